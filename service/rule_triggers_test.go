package service_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// noTrigger are the kinds of events on which no rule can be made, and why.
var noTrigger = map[desk.EventKind]string{
	desk.EventSent: "a letter went out: a rule that tells of it would set itself going",
	desk.EventRule: "a rule by time had its turn",
}

// TestEachKindOfEventIsATrigger: whatever is written into a ticket's history can
// set a rule going, and each trigger comes from something.
func TestEachKindOfEventIsATrigger(t *testing.T) {
	var reached []desk.Trigger
	for _, kind := range eventKinds(t) {
		var on []desk.Trigger
		for _, data := range []map[string]string{{}, {"kind": "comment"}, {"side": "customer"}, {"change": "removed", "role": "1"}, {"role": strconv.Itoa(int(desk.CustomerRole))}, {"from": "3"}} {
			on = append(on, service.TriggersOf(&desk.Event{Kind: kind, Data: data})...)
		}
		if (len(on) == 0) != (noTrigger[kind] != "") {
			t.Errorf("%s sets off %v; why none: %q", kind, on, noTrigger[kind])
		}
		reached = append(reached, on...)
	}
	for _, trigger := range desk.Triggers() {
		if !trigger.Timed() && !slices.Contains(reached, trigger) {
			t.Errorf("nothing that happens sets off %s", trigger)
		}
	}
}

// eventKinds are the kinds of events as the source names them.
func eventKinds(t *testing.T) []desk.EventKind {
	t.Helper()
	source, err := os.ReadFile("../desk/ticket.go")
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), "ticket.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []desk.EventKind
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if of, ok := spec.Type.(*ast.Ident); ok && of.Name == "EventKind" {
			value, _ := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			kinds = append(kinds, desk.EventKind(value))
		}
		return true
	})
	if len(kinds) < 15 {
		t.Fatalf("found only %v", kinds)
	}
	return kinds
}
