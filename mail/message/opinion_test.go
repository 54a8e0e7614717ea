package message

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// An opinion is what a program finds in a letter.
type opinion struct {
	Subject, From string
	Names         []string // of files that have one
	Failed        string   // why it found nothing
}

// theirs asks Python's email package.
func theirs(t *testing.T, letters [][]byte) []opinion {
	t.Helper()
	var in bytes.Buffer
	for _, raw := range letters {
		fmt.Fprintf(&in, "%d\n", len(raw))
		in.Write(raw)
	}
	python := exec.CommandContext(t.Context(), "python3", "-W", "ignore", "testdata/opinion.py")
	python.Stdin, python.Stderr = &in, os.Stderr
	out, err := python.Output()
	if err != nil {
		t.Fatalf("python3, which tools/debian-packages installs: %v", err)
	}
	var list []opinion
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var o opinion
		if err := json.Unmarshal(lines.Bytes(), &o); err != nil {
			t.Fatalf("%v in %s", err, lines.Text())
		}
		list = append(list, o)
	}
	if len(list) != len(letters) {
		t.Fatalf("python3 says something of %d letters out of %d", len(list), len(letters))
	}
	return list
}

// mutated changes a letter as bad programs, gateways and hands do.
func mutated(random *rand.Rand, raw string, all []string) string {
	lines := strings.SplitAfter(raw, "\n")
	at := random.IntN(len(lines))
	switch random.IntN(12) {
	case 0: // a line is lost
		lines = slices.Delete(lines, at, at+1)
	case 1: // or comes twice
		lines = slices.Insert(lines, at, lines[at])
	case 2: // or loses its end
		lines[at] = strings.TrimRight(lines[at], "\r\n")
	case 3: // two lines change places
		other := random.IntN(len(lines))
		lines[at], lines[other] = lines[other], lines[at]
	case 4: // all in capitals
		lines[at] = strings.ToUpper(lines[at])
	case 5: // folded where it has a blank
		lines[at] = strings.Replace(lines[at], " ", "\n ", 1)
	case 6: // the end is missing
		lines = lines[:at+1]
	case 7: // a byte becomes another one
		if line := []byte(lines[at]); len(line) > 1 {
			line[random.IntN(len(line)-1)] = "\x00 =?_\"<>;:\xe4\xff\t"[random.IntN(13)]
			lines[at] = string(line)
		}
	case 8: // a line of another letter gets in
		other := strings.SplitAfter(all[random.IntN(len(all))], "\n")
		lines = slices.Insert(lines, at, other[random.IntN(len(other))])
	case 9: // lines end as on the wire
		return strings.ReplaceAll(strings.ReplaceAll(raw, "\r\n", "\n"), "\n", "\r\n")
	case 10: // a header of a mail server in front
		return "Received: from a.example by b.example;\n\tMon, 2 Mar 2026 09:00:00 +0000\nX-Spam-Score: 1.2\n" + raw
	case 11: // another charset is named
		lines[at] = strings.NewReplacer("utf-8", "windows-1252", "iso-8859-1", "utf-8").Replace(lines[at])
	}
	return strings.Join(lines, "")
}

// opinionLetters is how many letters are compared: GATEHOUSE_OPINIONS, or a few
// thousand.
func opinionLetters() int {
	if n, err := strconv.Atoi(os.Getenv("GATEHOUSE_OPINIONS")); err == nil {
		return n
	}
	return 3000
}

// TestSecondOpinion compares what is found in letters that were made awkward at
// random with what Python finds there. They differ where one of them is kinder
// to a broken letter; how often is a figure that may not grow.
func TestSecondOpinion(t *testing.T) {
	var all []string
	for _, a := range awkwardLetters() {
		if len(a.raw) < 100_000 {
			all = append(all, a.raw)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	letters := make([][]byte, opinionLetters())
	for i := range letters {
		raw := all[i%len(all)]
		for range i / len(all) % 3 {
			raw = mutated(random, raw, all)
		}
		letters[i] = []byte(raw)
	}
	differ := map[string]int{}
	for i, their := range theirs(t, letters) {
		our, err := Parse(letters[i], DefaultLimits())
		if err != nil {
			t.Errorf("letter %d is not read: %v\n%q", i, err, letters[i])
			continue
		}
		checkPromises(t, our)
		for what, same := range compared(our, their) {
			if same {
				continue
			}
			differ[what]++
			show(what, our, their, letters[i])
		}
	}
	for what, most := range map[string]float64{"subject": 12, "sender": 9, "names": 3} {
		percent := 100 * float64(differ[what]) / float64(len(letters))
		t.Logf("%s: %.1f in a hundred of %d letters differ", what, percent, len(letters))
		if percent > most {
			t.Errorf("%s: more than %.0f in a hundred differ; look at them with GATEHOUSE_OPINIONS_SHOW=%s", what, most, what)
		}
	}
}

// show prints a difference where GATEHOUSE_OPINIONS_SHOW names its kind.
func show(what string, our *Letter, their opinion, raw []byte) {
	if os.Getenv("GATEHOUSE_OPINIONS_SHOW") == what {
		fmt.Printf("---- %s\nours: %q <%s> %q\ntheirs: %q <%s> %q %s\n%q\n", what, our.Subject, our.From.Address, namesOf(our),
			their.Subject, their.From, their.Names, their.Failed, raw)
	}
}

func namesOf(l *Letter) []string {
	var list []string
	for _, p := range l.Parts {
		list = append(list, p.Name)
	}
	return list
}

// compared tells of each fact whether the two agree. A name of theirs that we do
// not have counts; we name files that have no name, and read uuencode and
// winmail.dat, which they do not.
func compared(our *Letter, their opinion) map[string]bool {
	plain := func(s string) string {
		return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
			if r < ' ' || r == 0x7f || r >= 0xd800 && r < 0xe000 || r == '\ufffd' {
				return ' '
			}
			return r
		}, s)), " ")
	}
	names := true
	for _, name := range their.Names {
		names = names && slices.Contains(namesOf(our), cleanName(name))
	}
	return map[string]bool{
		"subject": plain(our.Subject) == plain(their.Subject),
		"sender":  strings.EqualFold(our.From.Address, their.From),
		"names":   names,
	}
}
