package rules_test

import (
	"errors"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
	"gatehouse/service"
)

// TestAFieldFromTo: a rule waits for one change of one custom field, by name or as
// queries write it.
func TestAFieldFromTo(t *testing.T) {
	s := open(t)
	field := func(f desk.Field) desk.FieldID {
		f.Of, f.Everywhere = desk.OfTickets, true
		id, err := s.CreateField(t.Context(), mailtest.System(), f)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	building := field(desk.Field{Name: "Building", Kind: desk.TextField})
	floor := field(desk.Field{Name: "Floor", Kind: desk.TextField})
	rule := func(name, from, to string) desk.RuleID {
		return s.rule(service.WrittenRule{Name: name, Field: "CF.{building}", From: from, To: to, Priority: "+1"})
	}
	any, moved, away, first := rule("any", "", ""), rule("moved", "south", "North"), rule("away", "South", ""), rule("first", "-", "South")
	k := s.ask("Fire")
	for _, step := range []struct {
		field desk.FieldID
		value string
		want  [4]int // runs of any, moved, away and first
	}{
		{building, "South", [4]int{1, 0, 0, 1}},
		{floor, "South", [4]int{1, 0, 0, 1}},
		{building, "North", [4]int{2, 1, 1, 1}},
		{building, "East", [4]int{3, 1, 1, 1}},
		{building, "", [4]int{4, 1, 1, 1}},
		{building, "South", [4]int{5, 1, 1, 2}},
	} {
		set := service.FieldSet{Field: step.field}
		if step.value != "" {
			set.Values = []string{step.value}
		}
		if err := s.SetFields(t.Context(), mailtest.System(), service.FieldsChange{Ticket: k, Set: []service.FieldSet{set}}); err != nil {
			t.Fatal(err)
		}
		s.MustWork()
		if got := [4]int{len(s.runs(any)), len(s.runs(moved)), len(s.runs(away)), len(s.runs(first))}; got != step.want {
			t.Errorf("after %q: got %v runs, want %v", step.value, got, step.want)
		}
	}
	if w := s.line(moved).Written; w.Field != "Building" || w.From != "south" || w.To != "North" || strings.Join(w.On, " ") != "field" {
		t.Errorf("it is written as %+v", w)
	}
	d, err := s.TryRule(t.Context(), mailtest.System(), s.line(moved).Written, k)
	if err != nil || d.Would != 1 {
		t.Errorf("tried on the ticket it would act %d times, %v; want once", d.Would, err)
	}
}

// TestWrongFieldsAndApprovals: what cannot be meant is refused by field, with what
// may have been meant.
func TestWrongFieldsAndApprovals(t *testing.T) {
	s := open(t)
	if _, err := s.CreateField(t.Context(), mailtest.System(), desk.Field{Name: "Building", Of: desk.OfTickets, Everywhere: true, Kind: desk.OneField,
		Choices: []desk.Choice{{Name: "South"}, {Name: "North"}}}); err != nil {
		t.Fatal(err)
	}
	refused := func(why string, in service.WrittenRule, field, says string) {
		t.Helper()
		in.Name, in.Priority = "R", "1"
		_, err := s.SaveRule(t.Context(), mailtest.System(), in)
		wrong := (*desk.Error)(nil)
		if !errors.As(err, &wrong) || !strings.Contains(wrong.Fields[field], says) {
			t.Errorf("%s: got %v", why, err)
		}
	}
	refused("no such field", service.WrittenRule{Field: "Bulding"}, "field", "did you mean Building?")
	refused("no such value", service.WrittenRule{Field: "Building", To: "Sout"}, "to", "did you mean South?")
	refused("no change", service.WrittenRule{Field: "Building", From: "South", To: "south"}, "to", "to the same")
	refused("values of no field", service.WrittenRule{On: []string{"field"}, From: "South"}, "field", "which custom field")
	refused("other things happen too", service.WrittenRule{On: []string{"field", "created"}, Field: "Building"}, "field", "alone")
	ask := service.WrittenRule{On: []string{"created"}, Approvers: []string{"user:abe"}, ApprovalReason: "Please"}
	refused("nothing is set up", ask, "approvers", "blueprint")
	if _, err := s.ApplyBlueprint(t.Context(), mailtest.System(), "approvals", map[string]string{"queue": "Approvals"}); err != nil {
		t.Fatal(err)
	}
	refused("nobody is asked", service.WrittenRule{On: []string{"created"}, ApprovalReason: "Please"}, "approvers", "Say who")
	ask.ApprovalReason = ""
	refused("nothing is asked", ask, "approval_reason", "Say what")
	ask.ApprovalReason = "{{ticket.subjct}}"
	refused("an unknown name", ask, "approval_reason", "ticket.subject")
	ask.ApprovalReason, ask.Approvers = "Please", []string{"customer:acme"}
	refused("a company decides nothing", ask, "approvers", "neither")
}

// asking is a shop with approvals and a rule that asks the group Heads, in which
// abe is, about every new ticket.
func asking(t *testing.T) (shop, desk.RuleID) {
	s := open(t)
	if _, err := s.ApplyBlueprint(t.Context(), mailtest.System(), "approvals", map[string]string{"queue": "Approvals"}); err != nil {
		t.Fatal(err)
	}
	s.Group("Heads", "abe")
	return s, s.rule(service.WrittenRule{Name: "Ask", On: []string{"created", "status"}, Owner: "ann", Approvers: []string{"group:Heads"}, ApprovalReason: "Buy {{ticket.subject}}?"})
}

// approvals are those of a ticket.
func (s shop) approvals(id desk.TicketID) []service.Approval {
	s.T.Helper()
	found, err := s.TicketApprovals(s.T.Context(), mailtest.System(), id)
	if err != nil {
		s.T.Fatal(err)
	}
	return found.Lines
}

// TestARuleAsksForApproval: the desk is said to ask, the ticket waits, it is asked
// once however often the rule runs, and the owner hears what came of it. The rule
// looks at every queue, and does not ask about the approvals themselves.
func TestARuleAsksForApproval(t *testing.T) {
	s, id := asking(t)
	k := s.ask("Printer")
	list := s.approvals(k)
	if len(list) != 1 || !list[0].ByDesk || list[0].Asker.Text != "" || list[0].Reason != "Buy Printer?" || list[0].State != service.ApprovalOpen {
		t.Fatalf("got %+v; runs %v", list, s.runs(id))
	}
	if got := s.letters("abe", "Buy Printer?"); len(got) != 1 {
		t.Errorf("abe was asked by %d letters", len(got))
	}
	if err := s.SetStatus(t.Context(), s.By("ann"), k, desk.StatusStalled, 0); err != nil {
		t.Fatal(err)
	}
	s.MustWork()
	if got := s.approvals(k); len(got) != 1 {
		t.Errorf("it was asked again: %+v", got)
	}
	if err := s.SetStatus(t.Context(), s.By("ann"), k, desk.StatusResolved, 0); desk.KindOf(err) != desk.Conflict {
		t.Errorf("it is done without: %v", err)
	}
	if err := s.DecideApproval(t.Context(), s.By("abe"), list[0].ID, true, "Good."); err != nil {
		t.Fatal(err)
	}
	s.MustWork()
	if got := s.letters("ann", "Good."); len(got) != 1 {
		t.Errorf("the owner heard of it by %d letters", len(got))
	}
	if err := s.SetStatus(t.Context(), s.By("ann"), k, desk.StatusResolved, 0); err != nil {
		t.Errorf("it was granted, and is not done: %v", err)
	}
	if line := s.line(id); line.Parked.Reason != "" || line.Waiting != 0 {
		t.Errorf("the rule broke: %+v, %v", line.Parked, s.runs(id))
	}
}

// TestApproversWhoAreGone: a rule that asks where nobody can decide is parked with
// the reason, and runs again once somebody can.
func TestApproversWhoAreGone(t *testing.T) {
	s, id := asking(t)
	if err := s.RemoveMember(t.Context(), mailtest.System(), s.Names["Heads"], s.Names["abe"]); err != nil {
		t.Fatal(err)
	}
	k := s.ask("Printer")
	line := s.line(id)
	if !strings.Contains(line.Parked.Reason, "nobody in Heads who could decide") || line.Parked.Ticket != k || line.Waiting != 1 {
		t.Fatalf("got %+v, %d waiting", line.Parked, line.Waiting)
	}
	if err := s.AddMember(t.Context(), mailtest.System(), desk.Membership{Group: s.Names["Heads"], Member: s.Names["abe"]}); err != nil {
		t.Fatal(err)
	}
	failed, _, err := s.RuleRuns(t.Context(), mailtest.System(), service.RunFilter{State: desk.RunParked})
	if err != nil || len(failed) != 1 {
		t.Fatalf("got %v, %v", failed, err)
	}
	if err := s.RunAgain(t.Context(), mailtest.System(), failed[0].ID); err != nil {
		t.Fatal(err)
	}
	s.MustWork()
	if got := s.approvals(k); len(got) != 1 {
		t.Errorf("run again, it asked for %d approvals; %v", len(got), s.runs(id))
	}
}

// TestAskingRoundAndRound: a rule that asks again whenever somebody refuses sets
// itself going by what it withdraws, and is parked.
func TestAskingRoundAndRound(t *testing.T) {
	s, _ := asking(t)
	again := s.rule(service.WrittenRule{Name: "Again", On: []string{"approval"}, If: `event.to == "refused" || event.to == "withdrawn" || event.to == "open"`,
		Approvers: []string{"group:Heads", "user:ann"}, ApprovalReason: "Really not?"})
	s.ask("Printer")
	if line := s.line(again); !strings.Contains(line.Parked.Reason, "set itself going") {
		t.Errorf("got %+v; runs %v", line.Parked, s.runs(again))
	}
}
