package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"

	"github.com/alecthomas/kong"
	"pgregory.net/rapid"

	"gatehouse/config"
	"gatehouse/desk"
)

// TestEveryKindHasAnExitCode: a kind of error without one would end as if
// nothing had happened.
func TestEveryKindHasAnExitCode(t *testing.T) {
	for _, kind := range desk.Kinds() {
		if got := exitCode(desk.Errorf(kind, "No.")); got < exitUsage || got > exitConfig {
			t.Errorf("kind %d ends with %d, which is none of the codes for errors", kind, got)
		}
	}
	if len(exitOf) != len(desk.Kinds()) {
		t.Errorf("the table has %d kinds, there are %d", len(exitOf), len(desk.Kinds()))
	}
}

func TestExitCodes(t *testing.T) {
	for _, tt := range []struct {
		why  string
		err  error
		want int
	}{
		{"it went well", nil, 0},
		{"the answer is no", no(), 1},
		{"wrong usage of a command", &failure{exitUsage, errors.New("x")}, 64},
		{"a form that cannot be", desk.InvalidFields(map[string]string{"name": "Give it a name."}), 65},
		{"there is no such thing", desk.Errorf(desk.NotFound, "There is no ticket 1."), 66},
		{"not permitted", fmt.Errorf("replying: %w", desk.Errorf(desk.Forbidden, "No.")), 77},
		{"the database is away", desk.Errorf(desk.Unavailable, "Not now."), 75},
		{"a directory of somebody else", fmt.Errorf("making it: %w", &fs.PathError{Op: "mkdir", Path: "x", Err: fs.ErrPermission}), 73},
		{"a read-only disk", &fs.PathError{Op: "open", Path: "x", Err: syscall.EROFS}, 73},
		{"a full disk", fmt.Errorf("writing: %w", syscall.ENOSPC), 73},
		{"anything else", errors.New("the moon is full"), 70},
		{"a letter while the program has a fault", tryAgain(errors.New("x")), 75},
		{"a letter while the database is away", tryAgain(desk.Errorf(desk.Unavailable, "x")), 75},
		{"a letter that is too large", tryAgain(desk.Errorf(desk.TooLarge, "x")), 65},
		{"a letter for no queue", tryAgain(desk.Errorf(desk.NotFound, "x")), 66},
	} {
		t.Run(tt.why, func(t *testing.T) {
			if got := exitCode(tt.err); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}

// TestLengths: how long until a reminder, and nothing that would come to another
// time than was said.
func TestLengths(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"90m": 90 * time.Minute, "8h": 8 * time.Hour, "3d": 72 * time.Hour, "2w": 336 * time.Hour, "100000m": 100000 * time.Minute,
		"": 0, "3": 0, "d": 0, "-3d": 0, "3y": 0, "1.5h": 0, "30501w": 0, "4294967295w": 0, "2026-03-14": 0,
	} {
		if got, ok := lengthOf(text); ok != (want != 0) || ok && got != want {
			t.Errorf("%q: got %v, %v, want %v", text, got, ok, want)
		}
	}
}

func TestErrorsAreOneSentence(t *testing.T) {
	got := oneSentence(errors.Join(errors.New("first\nline"), errors.New("second")))
	if strings.Contains(got, "\n") || got != "first line second" {
		t.Errorf("got %q", got)
	}
}

// model returns the whole command line as kong understands it.
func model(t *testing.T) *kong.Node {
	t.Helper()
	a := &app{ctx: context.Background()}
	parser, err := a.parser(&grammar{}, settingFlags())
	if err != nil {
		t.Fatal(err)
	}
	return parser.Model.Node
}

// eachCommand calls do with every command that does something.
func eachCommand(n *kong.Node, do func(*kong.Node)) {
	if len(n.Children) == 0 {
		do(n)
	}
	for _, child := range n.Children {
		eachCommand(child, do)
	}
}

// TestFlagsAreNotSettings: a flag of a command with the name of a setting
// would change the setting instead.
func TestFlagsAreNotSettings(t *testing.T) {
	settings := map[string]bool{}
	for _, s := range config.Table() {
		settings[s.Flag] = true
	}
	eachCommand(model(t), func(n *kong.Node) {
		for _, f := range n.Flags {
			if settings["--"+f.Name] {
				t.Errorf("%s has the flag --%s, which is a setting", n.Path(), f.Name)
			}
		}
	})
}

// TestCommandsHaveHelp: every command, flag and argument says what it is.
func TestCommandsHaveHelp(t *testing.T) {
	eachCommand(model(t), func(n *kong.Node) {
		if !strings.HasSuffix(n.Help, ".") {
			t.Errorf("%s is not explained by a sentence: %q", n.Path(), n.Help)
		}
		for _, f := range n.Flags {
			if f.Help == "" {
				t.Errorf("%s --%s is not explained", n.Path(), f.Name)
			}
		}
		for _, p := range n.Positional {
			if p.Help == "" {
				t.Errorf("%s <%s> is not explained", n.Path(), p.Name)
			}
		}
	})
}

// TestCommandsAreDocumented: docs/cli.md has an example of every command.
func TestCommandsAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../docs/cli.md")
	if err != nil {
		t.Fatal(err)
	}
	page = regexp.MustCompile(`\$ gatehouse --as \w+`).ReplaceAll(page, []byte("$$ gatehouse"))
	eachCommand(model(t), func(n *kong.Node) {
		if !strings.Contains(string(page), "$ "+n.FullPath()) {
			t.Errorf("docs/cli.md has no example of %s", n.FullPath())
		}
	})
}

// process returns a process with an empty environment that keeps what it
// prints.
func process(args ...string) (Process, *bytes.Buffer, *bytes.Buffer) {
	var out, err bytes.Buffer
	return Process{Name: "gatehouse", Args: args, In: strings.NewReader(""), Out: &out, Err: &err,
		Env: func(string) (string, bool) { return "", false }, Now: time.Now}, &out, &err
}

func TestHelpIsNoError(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"ticket", "--help"}, {"ticket", "create", "-h"}} {
		p, out, errs := process(args...)
		if code := Run(t.Context(), p); code != 0 || errs.Len() > 0 || !strings.Contains(out.String(), "Usage: gatehouse") {
			t.Errorf("%q ended with %d: %s%s", args, code, out, errs)
		}
	}
}

type row struct {
	Name  string    `json:"name"`
	Empty string    `json:"empty"`
	Count int       `json:"some_count"`
	On    bool      `json:"on"`
	Words []string  `json:"words"`
	At    time.Time `json:"at"`
	Rows  []row     `json:"rows"`
}

func TestTables(t *testing.T) {
	p, out, _ := process()
	list := []row{
		{Name: "one", Count: 1, On: true, Words: []string{"a", "b"}},
		{Name: "two\nlines \x1b[31mred", At: time.Date(2026, 3, 31, 12, 30, 0, 0, time.UTC)},
	}
	if err := printList(&app{p: p}, list); err != nil {
		t.Fatal(err)
	}
	want := "NAME                SOME COUNT  ON   WORDS  AT\n" +
		"one                 1           yes  a, b   \n" +
		"two lines  [31mred                          2026-03-31 12:30\n"
	if got := out.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestThings(t *testing.T) {
	p, out, _ := process()
	if err := printThing(&app{p: p}, struct {
		row
		Last string `json:"last"`
	}{row{Name: "one"}, "x"}); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "name:        one\nsome count:  0\nlast:        x\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestEmptyListsInJSON(t *testing.T) {
	p, out, _ := process()
	if err := printList[row](&app{p: p, json: true}, nil); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != "[]\n" {
		t.Errorf("got %q, want an empty list", got)
	}
}

// TestTextsCommandNoTerminal: whatever a stranger writes, nothing of it is a
// control character when it is printed.
func TestTextsCommandNoTerminal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		for _, r := range clean(text) {
			if unicode.IsControl(r) {
				t.Fatalf("%q has %U", clean(text), r)
			}
		}
		if got, want := strings.Count(cleanText(text), "\n"), strings.Count(strings.ReplaceAll(text, "\r\n", "\n"), "\n"); got != want {
			t.Fatalf("%q has %d line ends, want %d", cleanText(text), got, want)
		}
	})
}

// TestEvery: pages are joined without a gap and without an end that is too
// early.
func TestEvery(t *testing.T) {
	all := []int{1, 2, 3, 4, 5}
	for size := 1; size <= 6; size++ {
		got, err := every(func(last *int) ([]int, bool, error) {
			rest := all
			if last != nil {
				rest = all[*last:]
			}
			return rest[:min(size, len(rest))], len(rest) > size, nil
		})
		if err != nil || fmt.Sprint(got) != fmt.Sprint(all) {
			t.Errorf("with pages of %d: got %v (%v), want %v", size, got, err, all)
		}
	}
	broken := errors.New("broken")
	if _, err := every(func(*int) ([]int, bool, error) { return nil, false, broken }); !errors.Is(err, broken) {
		t.Errorf("got %v, want the error of the page", err)
	}
}

func TestTicketNumbers(t *testing.T) {
	for text, want := range map[string]desk.TicketID{"42": 42, "#42": 42, "ticket:42": 42, "": 0, "0": 0, "-1": 0, "4 2": 0, "x": 0, "99999999999999999999": 0} {
		got, err := ticketID(text)
		if got != want || (err == nil) != (want != 0) {
			t.Errorf("%q: got %d (%v), want %d", text, got, err, want)
		}
	}
}

// TestFirstLetter: the command that a newcomer copies is one for his machine.
func TestFirstLetter(t *testing.T) {
	a := &app{conf: &config.Config{SMTP: "127.0.0.1:2525"}}
	t.Setenv("PATH", t.TempDir())
	if got := a.firstLetter(); !strings.Contains(got, "curl --url smtp://127.0.0.1:2525") || strings.Contains(got, "swaks") {
		t.Errorf("without swaks: %s", got)
	}
	if err := os.WriteFile(os.Getenv("PATH")+"/swaks", []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if got := a.firstLetter(); !strings.HasPrefix(got, "swaks --server 127.0.0.1:2525") {
		t.Errorf("with swaks: %s", got)
	}
}

// TestDemoIsBelievable: the demo has everything that it says it shows, and
// nothing of it lies in the future.
func TestDemoIsBelievable(t *testing.T) {
	keys, statuses := map[string]bool{}, map[desk.Status]bool{}
	for _, ticket := range demoTickets() {
		if keys[ticket.key] {
			t.Errorf("two tickets are called %s", ticket.key)
		}
		keys[ticket.key] = true
		at := ticket.at
		for _, s := range ticket.then {
			at += s.after
			statuses[s.status] = true
		}
		if at > (demoDays+1)*days {
			t.Errorf("the last thing on %s happens after today", ticket.key)
		}
	}
	for _, status := range []desk.Status{desk.StatusStalled, desk.StatusResolved, desk.StatusRejected} {
		if !statuses[status] {
			t.Errorf("no ticket is ever %s", status)
		}
	}
	if len(keys) < 12 {
		t.Errorf("there are %d tickets, want a dozen", len(keys))
	}
}

func TestLoopback(t *testing.T) {
	for host, want := range map[string]bool{"127.0.0.1": true, "localhost": true, "::1": true, "0.0.0.0": false, "192.0.2.1": false, "": false} {
		if got := isLoopback(host); got != want {
			t.Errorf("%q: got %t, want %t", host, got, want)
		}
	}
}
