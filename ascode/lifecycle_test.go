package ascode_test

import (
	"reflect"
	"strings"
	"testing"

	"gatehouse/ascode"
	"gatehouse/desk"
)

func TestLifeCycleGoesThroughItsFile(t *testing.T) {
	own := desk.LifeCycle{Name: "Workshop", About: "Repairs.", States: []desk.State{{Name: "handed in", Kind: desk.Initial, Answered: "in work"}, {Name: "in work", Kind: desk.Active},
		{Name: "handed out", Kind: desk.Inactive, Solved: true, Asked: "handed in"}, {Name: "scrapped", Kind: desk.Inactive}, {Name: "deleted", Kind: desk.Inactive}},
		Steps:   []desk.Step{{From: "handed in", To: "in work", Label: "Begin", Does: desk.StepComment}, {From: "in work", To: "handed out", Right: desk.OwnTicket}},
		Becomes: map[desk.Status]desk.Status{"stalled": "in work"}, Granted: "handed out", Refused: "scrapped"}
	for _, c := range []*desk.LifeCycle{desk.ShippedLifeCycle(), &own} {
		text, err := ascode.LifeCycle(c)
		if err != nil {
			t.Fatal(err)
		}
		back, err := ascode.ReadLifeCycle(text)
		if err != nil || !reflect.DeepEqual(back, c) {
			t.Errorf("%s came back as %+v, %v from\n%s", c.Name, back, err, text)
		}
	}
}

func TestBadLifeCycleFiles(t *testing.T) {
	for _, tt := range []struct{ text, says string }{
		{"", "empty"},
		{"name: x\nstates: []", "line 2: field states not found"},
		{"- 1", "no life cycle"},
		{"name: x\nsteps:\n- from: a\n  to: b\n  right: Dance", "Dance, which is no right"},
		{strings.Repeat("# long\n", 50000), "256 kB"},
	} {
		_, err := ascode.ReadLifeCycle([]byte(tt.text))
		if err == nil || !strings.Contains(desk.Sentence(err), tt.says) {
			t.Errorf("%.20q: got %v, want %q", tt.text, err, tt.says)
		}
	}
}

func FuzzReadLifeCycle(f *testing.F) {
	f.Add([]byte("name: x\nstatuses:\n- {name: new, kind: initial}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if c, err := ascode.ReadLifeCycle(data); err == nil {
			_ = c.Check() // whatever it holds, it is told and does not throw
		}
	})
}
