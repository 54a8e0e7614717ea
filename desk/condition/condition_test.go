package condition_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"gatehouse/desk/condition"
)

func language(t testing.TB) *condition.Language {
	t.Helper()
	l, err := condition.New()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func facts() condition.Facts {
	f := condition.None()
	f["ticket.subject"], f["ticket.priority"], f["ticket.requestors"] = "Printer ON FIRE", int64(70), []string{"ann@acme.example"}
	f["ticket.waited"], f["event.customer"], f["message.text"] = 50*time.Hour, true, "It burns."
	f["now"] = time.Date(2026, 3, 14, 15, 9, 0, 0, time.UTC)
	return f
}

func TestHolds(t *testing.T) {
	l := language(t)
	for _, tt := range []struct {
		why, text string
		want      bool
	}{
		{"nothing always holds", " \n", true},
		{"a text in small letters", `ticket.subject.lower().contains("on fire")`, true},
		{"a number and a flag", `ticket.priority >= 70 && event.customer`, true},
		{"not", `!event.customer || ticket.priority < 10`, false},
		{"a list", `ticket.requestors.exists(a, a.endsWith("@acme.example"))`, true},
		{"one of several", `ticket.queue in ["support", "sales"]`, false},
		{"a duration", `ticket.waited > duration("48h")`, true},
		{"a moment", `now.getDayOfWeek() == 6`, true},
		{"a time that is not set", `ticket.due < timestamp("1970-01-01T00:00:00Z")`, true},
		{"a pattern", `ticket.subject.matches("(?i)on\\s+fire")`, true},
	} {
		t.Run(tt.why, func(t *testing.T) {
			c, err := l.Compile(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := c.Holds(t.Context(), facts()); err != nil || got != tt.want {
				t.Errorf("got %t, %v, want %t", got, err, tt.want)
			}
		})
	}
}

func TestWhatDoesNotCompile(t *testing.T) {
	l := language(t)
	for _, tt := range []struct {
		why, text    string
		line, column int
		says         string
	}{
		{"a name with a slip", `ticket.priorty > 3`, 1, 1, "did you mean ticket.priority?"},
		{"a name without its first part", "event.agent &&\n  subject == 'x'", 2, 3, "did you mean ticket.subject?"},
		{"a name like no other", `zzz(1)`, 1, 1, "there is no"},
		{"types that do not go together", `ticket.priority > "high"`, 1, 17, "expected both sides"},
		{"something that is not true or false", `ticket.priority`, 1, 1, "must be true or false"},
		{"something left out", `ticket.priority > `, 1, 19, "expected"},
		{"a bracket too many", `(ticket.active))`, 1, 16, "expected the end"},
		{"too long", strings.Repeat("a", condition.MaxSize+1), 1, 1, "longer than"},
		{"nested too deeply", strings.Repeat("(", 600) + "true" + strings.Repeat(")", 600), 0, 0, "nested too deeply"},
		{"no text", "\xff", 1, 1, "not valid"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			_, err := l.Compile(tt.text)
			var e *condition.Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v", err)
			}
			if tt.line != 0 && (e.Line != tt.line || e.Column != tt.column) || !strings.Contains(e.Text, tt.says) {
				t.Errorf("got %v, want line %d, column %d, %q", e, tt.line, tt.column, tt.says)
			}
		})
	}
}

func TestWhatFails(t *testing.T) {
	l := language(t)
	long := `[0,1,2,3,4,5,6,7,8,9]`
	for range 7 {
		long = `[0,1,2,3,4,5,6,7,8,9].map(x, ` + long + `)`
	}
	for _, tt := range []struct{ why, text, says string }{
		{"it throws", `1 / (ticket.priority - 70) > 0`, "the condition failed"},
		{"it looks past the end of a list", `ticket.requestors[7] == ""`, "the condition failed"},
		{"it runs for ever", `size(` + long + `) > 0`, "takes too long"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			c, err := l.Compile(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			began := time.Now()
			if _, err := c.Holds(t.Context(), facts()); err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %v", err)
			}
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
	c, _ := l.Compile(`ticket.requestors.all(a, a != "x")`)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Holds(gone, condition.Facts{"ticket.requestors": make([]string, 1000)}); err == nil {
		t.Error("a condition goes on after its time")
	}
}

func TestWhatIsAsked(t *testing.T) {
	l := language(t)
	c, err := l.Compile(`message.text == "x" && event.agent`)
	if err != nil || !c.AsksComments() || strings.Join(c.Asks(), " ") != "event.agent message.text" {
		t.Errorf("got %v, %v", c.Asks(), err)
	}
	if c, _ = l.Compile("event.agent"); c.AsksComments() {
		t.Error("a condition on who did it asks for what was written")
	}
}

func TestNamesHaveHelp(t *testing.T) {
	none := condition.None()
	for _, n := range condition.Names() {
		if n.Help == "" || none[n.Name] == nil {
			t.Errorf("%s has no help or no type", n.Name)
		}
	}
}

func FuzzCompile(f *testing.F) {
	for _, text := range []string{`ticket.priority > 3`, `"a".matches("(a+)+$")`, "ticket.\n", `[1].map(x, x)`, "\x00", `ticket.subject.lower() == "é"`} {
		f.Add(text)
	}
	l := language(f)
	some := facts()
	f.Fuzz(func(t *testing.T, text string) {
		c, err := l.Compile(text)
		var e *condition.Error
		if err != nil && (!errors.As(err, &e) || e.Line < 1 || e.Column < 1 || e.Text == "") {
			t.Fatalf("got %#v", err)
		}
		if err == nil {
			_, _ = c.Holds(t.Context(), some)
		}
	})
}
