package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gatehouse/desk/query"
)

func TestRefusalsInGerman(t *testing.T) {
	list, _ := refusalsIn("de")
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
		{"There is no queue in which you may open tickets: that asks for the right CreateTicket.",
			"Es gibt keine Queue, in der Sie Tickets eröffnen dürfen: Das verlangt das Recht CreateTicket."},
		{"The query has a mistake at position 9: expected a value, as 'open' or 3.", "Die Abfrage hat einen Fehler an Stelle 9: erwartet wird ein Wert wie 'open' oder 3."},
		{`The query has a mistake at position 14, at "'%a%'": a pattern has at most 8 signs %.`, `Die Abfrage hat einen Fehler an Stelle 14, bei "'%a%'": ein Muster hat höchstens 8 Zeichen %.`},
		{`The query has a mistake at position 1, at "Statis": there is no field Statis; did you mean Status?`, `Die Abfrage hat einen Fehler an Stelle 1, bei "Statis": es gibt kein Feld Statis; meinten Sie Status?`},
		{`The query has a mistake at position 3, at "x": what nobody translated.`, `Die Abfrage hat einen Fehler an Stelle 3, bei "x": what nobody translated.`},
		{"A ticket needs a subject.", "Ein Ticket braucht einen Betreff."},
		{"A reply cannot make done of the status new.", "Eine Antwort kann aus dem Status new nicht done machen."},
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
	told, steps := refusalsIn("de")
	for format := range germanSentences() {
		list := told
		if _, ok := germanLetterSteps[format]; ok {
			list = steps
		}
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

// formats are the sentences in the source of the service, the desk and the pages,
// but for words that explain names and for the texts of letters, which have
// translations of their own.
func formats(t *testing.T) []string {
	t.Helper()
	var list []string
	for _, pattern := range []string{"../service/*.go", "../desk/*.go", "../desk/*/*.go", "*.go", "*/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") || strings.Contains(file, "text_") || strings.Contains(file, "desk/condition") || strings.Contains(file, "desk/template") || strings.HasSuffix(file, "ownletters.go") {
				continue
			}
			list = append(list, formatsIn(t, file)...)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

var aSentence = regexp.MustCompile(`^[“"A-Z%][^\n]* [^\n]* [^\n]*[.?]$`)

// formatsIn are the sentences of a file; parts that are put between texts are
// arguments. What is given to Errorf counts however it ends.
func formatsIn(t *testing.T, file string) []string {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	ast.Inspect(tree, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && len(call.Args) > 1 && strings.HasSuffix(types.ExprString(call.Fun), "Errorf") {
			if text, ok := formatOf(call.Args[1]); ok && len(blank.ReplaceAllString(text, "")) > 3 {
				list = append(list, text)
			}
		}
		if pair, ok := n.(*ast.CompositeLit); ok && pair.Type != nil && types.ExprString(pair.Type) == "inWords" {
			return false // a letter's words, in both languages
		}
		if e, ok := n.(ast.Expr); ok {
			if text, ok := formatOf(e); ok && aSentence.MatchString(text) {
				list = append(list, text)
				return false
			}
		}
		return true
	})
	return list
}

// formatOf is a text as it stands in the source, with %s for what is put between.
func formatOf(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			text, err := strconv.Unquote(e.Value)
			return text, err == nil
		}
	case *ast.BinaryExpr:
		x, hasX := formatOf(e.X)
		y, hasY := formatOf(e.Y)
		return x + y, e.Op == token.ADD && (hasX || hasY)
	}
	return "%s", false
}

// germanSentences is everything that German pages know.
func germanSentences() map[string]string {
	all := map[string]string{}
	for _, c := range []map[string]string{germanRefusals, germanTypedRefusals, germanPageRefusals, germanAccountRefusals, germanQueryMistakes, germanLetterSteps} {
		maps.Copy(all, c)
	}
	return all
}

// TestRefusalsStillInEnglish: those that no German page knows stand in a list
// that only shrinks and says why (lines that begin with #). A new one is translated; with GATEHOUSE_UPDATE=1 lines go
// that need not stand there any more.
func TestRefusalsStillInEnglish(t *testing.T) {
	golden := filepath.Join("testdata", "refusals_in_english.txt")
	data, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	listed := slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return strings.HasPrefix(l, "#") })
	var left []string
	known := germanSentences()
	for _, f := range formats(t) {
		if _, ok := known[f]; ok {
			continue
		}
		if !slices.Contains(listed, f) {
			t.Errorf("say %q in web/text_de_refusals_….go", f)
		}
		left = append(left, f)
	}
	if os.Getenv("GATEHOUSE_UPDATE") != "" {
		lines = slices.DeleteFunc(lines, func(l string) bool { return !strings.HasPrefix(l, "#") && !slices.Contains(left, l) })
		if err := os.WriteFile(golden, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
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

// TestQueryMistakesInGerman: what the parser says of a query is said in German whole.
func TestQueryMistakesInGerman(t *testing.T) {
	list, _ := refusalsIn("de")
	for _, text := range []string{
		"Status =", "id = 1 id = 2", "(id = 1", "AND", "Statis = 1", "Subject.Name = 'x'", "Requestor.Shoe = 'x'", "CF = 1", "Subject < 'x'", "id IS 3", "id IN 3",
		"id IN (1 2)", "Status = AND", "id = 'x'", "TimeWorked = 'x'", "Created = 'whenever'", "Subject LIKE '%a%a%a%a%a%a%a%a%a%a%'",
	} {
		_, err := query.Parse(text, time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
		if err == nil {
			t.Errorf("%q is no mistake", text)
			continue
		}
		if got := list.told(err.Error()); regexp.MustCompile(`\b(expected|compared|there is|did you|has no|mistake)\b`).MatchString(got) {
			t.Errorf("%q is told as %q", text, got)
		}
	}
}
