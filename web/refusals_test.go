package web

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestRefusalsInGerman(t *testing.T) {
	list := refusalsOf(germanRefusals, germanAccountRefusals)
	for _, tt := range []struct{ sentence, want string }{
		{"There is no ticket 42.", "Es gibt kein Ticket 42."},
		{"There is no ticket x.", "There is no ticket x."},
		{"There is no calendar Ofice; did you mean Office?", "Es gibt keinen Kalender Ofice; meinten Sie Office?"},
		{"There is no calendar Office.", "Es gibt keinen Kalender Office."},
		{"There is nothing called creatd that can happen; did you mean created?", "Es kann nichts geschehen, das creatd heißt; meinten Sie created?"},
		{"The rule A. B was changed by somebody else meanwhile. Look at it again, then repeat your change.",
			"Die Regel A. B hat inzwischen jemand anders geändert. Sehen Sie sie noch einmal an und wiederholen Sie dann Ihre Änderung."},
		{"The text does not work: There is no queue X.", "Der Text geht so nicht: Es gibt keine Queue X."},
		{"The queue 100%s is disabled and takes no tickets.", "Die Queue 100%s ist stillgelegt und nimmt keine Tickets an."},
		{"Somebody wrote this.", "Somebody wrote this."},
		{"", ""},
	} {
		if got := list.told(tt.sentence); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.sentence, got, tt.want)
		}
	}
	if got := refusals(nil).told("There is no ticket 42."); got != "There is no ticket 42." {
		t.Errorf("in English: got %q", got)
	}
}

// TestRefusalsTakeTheirArguments: each says as many as the format has, whatever
// they are, and no place for one is left over.
func TestRefusalsTakeTheirArguments(t *testing.T) {
	list := refusalsOf(germanRefusals, germanAccountRefusals)
	for format := range germanRefusals {
		n := 0
		sentence := blank.ReplaceAllStringFunc(format, func(v string) string {
			n++
			if v == "%d" {
				return strconv.Itoa(70 + n)
			}
			return "x" + strconv.Itoa(70+n)
		})
		if strings.Contains(format, "%s%s") || regexp.MustCompile(`[a-z]%s`).MatchString(format) {
			continue // with an ending: see above
		}
		got := list.told(sentence)
		for i := 1; i <= n; i++ {
			if !strings.Contains(got, strconv.Itoa(70+i)) {
				t.Errorf("%q became %q, without argument %d", sentence, got, i)
			}
		}
		if got == sentence || strings.Contains(got, "%!") || strings.Contains(got, "%s") {
			t.Errorf("%q became %q", sentence, got)
		}
	}
}

// formats are the formats of refusals in the source of the service and the desk.
func formats(t *testing.T) []string {
	t.Helper()
	var list []string
	for _, pattern := range []string{"../service/*.go", "../desk/*.go", "../desk/*/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			list = append(list, formatsIn(t, file)...)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func formatsIn(t *testing.T, file string) []string {
	t.Helper()
	call := regexp.MustCompile(`(?:Errorf\((?:desk\.)?[A-Z][A-Za-z]*, |wrong\("[a-z_]+", )("(?:[^"\\]|\\.)*")`)
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, m := range call.FindAllSubmatch(source, -1) {
		if format, err := strconv.Unquote(string(m[1])); err == nil && len(blank.ReplaceAllString(format, "")) > 3 {
			list = append(list, format)
		}
	}
	return list
}

// TestRefusalsStillInEnglish: those that no German page knows stand in a list
// that only shrinks. A new one is translated; with GATEHOUSE_UPDATE=1 lines go
// that need not stand there any more.
func TestRefusalsStillInEnglish(t *testing.T) {
	golden := filepath.Join("testdata", "refusals_in_english.txt")
	data, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	listed := strings.Split(strings.TrimSpace(string(data)), "\n")
	var left []string
	for _, f := range formats(t) {
		if germanRefusals[f] != "" || germanAccountRefusals[f] != "" {
			continue
		}
		if !slices.Contains(listed, f) {
			t.Errorf("say %q in web/text_de_refusals.go or one beside it", f)
		}
		left = append(left, f)
	}
	if os.Getenv("GATEHOUSE_UPDATE") != "" {
		left = slices.DeleteFunc(left, func(f string) bool { return !slices.Contains(listed, f) })
		if err := os.WriteFile(golden, []byte(strings.Join(left, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, f := range listed {
		if !slices.Contains(left, f) {
			t.Errorf("%q is said in German or by nobody; take it off %s", f, golden)
		}
	}
}
