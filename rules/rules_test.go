package rules_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
	"gatehouse/service"
)

// A shop is the mailtest desk with a customer's ticket on it.
type shop struct{ *mailtest.Desk }

func open(t *testing.T) shop {
	t.Helper()
	s := shop{mailtest.OpenShop(t, "")}
	s.Queue("other")
	return s
}

// rule saves a rule that is on.
func (s shop) rule(in service.WrittenRule) desk.RuleID {
	s.T.Helper()
	in.Enabled = true
	id, err := s.SaveRule(s.T.Context(), mailtest.System(), in)
	if err != nil {
		s.T.Fatal(err)
	}
	return id
}

// ask opens a ticket as carla and has everything done.
func (s shop) ask(subject string) desk.TicketID {
	s.T.Helper()
	id, err := s.OpenTicket(s.T.Context(), s.By("carla"), service.NewTicket{Queue: s.Queues["support"], Subject: subject, Text: "It burns."})
	if err != nil {
		s.T.Fatal(err)
	}
	s.MustWork()
	return id
}

// write adds a message and has everything done.
func (s shop) write(login string, id desk.TicketID, kind desk.MessageKind, text string) {
	s.T.Helper()
	if _, err := s.Write(s.T.Context(), s.By(login), service.NewMessage{Ticket: id, Kind: kind, Text: text}); err != nil {
		s.T.Fatal(err)
	}
	s.MustWork()
}

func (s shop) line(id desk.RuleID) *service.RuleLine {
	s.T.Helper()
	line, err := s.Rule(s.T.Context(), mailtest.System(), fmt.Sprint(id))
	if err != nil {
		s.T.Fatal(err)
	}
	return line
}

// runs are the runs of a rule, newest first, as "state: what".
func (s shop) runs(id desk.RuleID) []string {
	s.T.Helper()
	list, _, err := s.RuleRuns(s.T.Context(), mailtest.System(), service.RunFilter{Rules: []desk.RuleID{id}})
	if err != nil {
		s.T.Fatal(err)
	}
	var runs []string
	for _, r := range list {
		runs = append(runs, string(r.State)+": "+r.What)
	}
	return runs
}

// letters are the letters to an address whose text holds something.
func (s shop) letters(to, text string) (list []string) {
	s.T.Helper()
	out, _, err := s.Outbox(s.T.Context(), mailtest.System(), service.OutFilter{Limit: 1000})
	if err != nil {
		s.T.Fatal(err)
	}
	for _, o := range out {
		if o.Address == to+"@case.example" && o.State == desk.OutSent && strings.Contains(o.Body, text) {
			list = append(list, o.Body)
		}
	}
	return list
}

func TestActions(t *testing.T) {
	s := open(t)
	s.Group("Managers", "abe")
	id := s.rule(service.WrittenRule{Name: "All at once", Queue: "support", On: []string{"created"}, If: `event.customer && ticket.requestors.size() == 0`,
		Status: "open", Owner: "ann", Priority: "+10", Due: "24", Watch: []string{"Cc group:Managers"}, Comment: "{{ticket.subject}} is {{ticket.status}}",
		OpenIn: "other", OpenLink: "blocks", OpenSubject: "Part of {{ticket.id}}"})
	k := s.ask("Fire")
	v := s.Show(k)
	if v.Status != desk.StatusOpen || v.Owner != desk.UserID(s.Names["ann"]) || v.Priority != 10 || v.Due.Sub(v.Created).Round(time.Second) != 24*time.Hour {
		t.Errorf("got %s, owner %d, priority %d, due %v; runs %v", v.Status, v.Owner, v.Priority, v.Due, s.runs(id))
	}
	if !slices.Contains(v.In(desk.Cc), s.Names["Managers"]) || len(v.Links) != 1 || v.Links[0].From != k {
		t.Errorf("got Cc %v, links %v", v.In(desk.Cc), v.Links)
	}
	last := v.Messages[len(v.Messages)-1]
	if last.Kind != desk.Comment || last.Text != "Fire is open" {
		t.Errorf("got the comment %q", last.Text)
	}
	if made := s.Show(v.Links[0].To); made.Subject != "Part of "+k.String() || made.QueueName != "other" {
		t.Errorf("got the ticket %q in %s", made.Subject, made.QueueName)
	}
	for _, e := range v.Events {
		if e.Kind == desk.EventPriority && (e.Data["rule_name"] != "All at once" || e.By != 0 || e.Via != desk.ViaRule) {
			t.Errorf("the history does not say that the rule did it: %v", e)
		}
	}
	if runs := s.runs(id); len(runs) != 1 || !strings.HasPrefix(runs[0], "done: status open; owner Ann; priority 10") {
		t.Errorf("got %v", runs)
	}
}

func TestTriggers(t *testing.T) {
	for _, tt := range []struct {
		on   string
		do   func(s shop, k desk.TicketID) error
		want int
	}{
		{"reply", func(s shop, k desk.TicketID) error { s.write("ann", k, desk.Reply, "x"); return nil }, 1},
		{"reply-by-agent", func(s shop, k desk.TicketID) error { s.write("ann", k, desk.Reply, "x"); return nil }, 1},
		{"reply-by-customer", func(s shop, k desk.TicketID) error { s.write("ann", k, desk.Reply, "x"); return nil }, 0},
		{"reply-by-customer", func(s shop, k desk.TicketID) error { s.write("carla", k, desk.Reply, "x"); return nil }, 1},
		{"comment", func(s shop, k desk.TicketID) error { s.write("ann", k, desk.Comment, "x"); return nil }, 1},
		{"reply", func(s shop, k desk.TicketID) error { s.write("ann", k, desk.Comment, "x"); return nil }, 0},
		{"status", func(s shop, k desk.TicketID) error {
			return s.SetStatus(s.T.Context(), s.By("ann"), k, desk.StatusStalled, 0)
		}, 1},
		{"owner", func(s shop, k desk.TicketID) error { return s.SetOwner(s.T.Context(), s.By("ann"), k, service.Take, 0) }, 1},
		{"queue", func(s shop, k desk.TicketID) error {
			return s.MoveTicket(s.T.Context(), mailtest.System(), k, s.Queues["other"])
		}, 1},
		{"watcher-added", func(s shop, k desk.TicketID) error {
			return s.AddWatcher(s.T.Context(), s.By("ann"), k, desk.Cc, s.Names["abe"])
		}, 1},
		{"squelched", func(s shop, k desk.TicketID) error {
			return s.Squelch(s.T.Context(), s.By("ann"), k, desk.UserID(s.Names["ann"]), true)
		}, 1},
		{"approval", func(s shop, k desk.TicketID) error {
			ask := service.ApprovalAsk{Ticket: k, Of: []desk.PrincipalID{s.Names["abe"]}, Reason: "A new one?"}
			made, err := s.AskApproval(s.T.Context(), s.By("ann"), ask)
			if err != nil {
				return err
			}
			return s.WithdrawApproval(s.T.Context(), s.By("ann"), made[0])
		}, 2},
		{"field", func(s shop, k desk.TicketID) error {
			building, err := s.CreateField(s.T.Context(), mailtest.System(), desk.Field{Name: "Building", Of: desk.OfTickets, Kind: desk.TextField, Everywhere: true})
			if err != nil {
				return err
			}
			return s.SetFields(s.T.Context(), mailtest.System(), service.FieldsChange{Ticket: k, Set: []service.FieldSet{{Field: building, Values: []string{"South"}}}})
		}, 1},
		{"watcher-removed", func(s shop, k desk.TicketID) error {
			return s.RemoveWatcher(s.T.Context(), s.By("ann"), k, desk.Requestor, s.Names["acme"])
		}, 1},
	} {
		t.Run(tt.on, func(t *testing.T) {
			s := open(t)
			if _, err := s.ApplyBlueprint(t.Context(), mailtest.System(), "approvals", map[string]string{"queue": "Approvals"}); err != nil {
				t.Fatal(err)
			}
			in := service.WrittenRule{Name: "R", On: []string{tt.on}, Priority: "7"}
			if tt.on == "field" {
				in.If = `event.field == "Building" && event.from == "" && event.to == "South"`
			}
			id := s.rule(in)
			k := s.ask("Fire")
			if err := tt.do(s, k); err != nil {
				t.Fatal(err)
			}
			s.MustWork()
			if runs := s.runs(id); len(runs) != tt.want {
				t.Errorf("got %v, want %d runs", runs, tt.want)
			}
		})
	}
}

// TestWhoIsTold: a rule tells whom it names as far as they may read it, each
// once, with every reason, and never a comment to who may read none.
func TestWhoIsTold(t *testing.T) {
	s := open(t)
	s.User("mia", desk.Agent)
	s.User("max", desk.Agent)
	s.Group("Managers", "mia", "max")
	s.Grant(s.Names["mia"], 0, desk.ShowTicket)
	s.rule(service.WrittenRule{Name: "Managers hear", Queue: "support", On: []string{"reply", "comment"}, Notify: []string{"group:Managers", "user:mia", "AdminCc"}})
	k := s.ask("Fire")
	s.write("ann", k, desk.Reply, "Shake it.")
	if got := s.letters("mia", "Shake it."); len(got) != 1 || !strings.Contains(got[0], "because you belong to Managers, which the rule “Managers hear” names, and because the rule") {
		t.Errorf("mia got %q", got)
	}
	if got := s.letters("max", ""); len(got) != 0 {
		t.Errorf("max may not read the ticket and got %q", got)
	}
	if got := s.letters("abe", "Shake it."); len(got) != 1 {
		t.Errorf("abe, who gets the desk's letter, got %q", got)
	}
	if got := append(s.letters("ann", "Shake it."), s.letters("carla", "names")...); len(got) != 0 {
		t.Errorf("who wrote it, or who is not named, got %q", got)
	}
	s.write("ann", k, desk.Comment, "Internal.")
	if got := s.letters("mia", "Internal."); len(got) != 0 {
		t.Errorf("mia may read no comments and got %q", got)
	}
}

// TestWhoIsNoLongerTold: a letter that waits is dropped where its receiver left
// the group meanwhile.
func TestWhoIsNoLongerTold(t *testing.T) {
	s := open(t)
	s.User("mia", desk.Agent)
	s.Group("Managers", "mia")
	s.Grant(s.Names["mia"], 0, desk.ShowTicket)
	s.rule(service.WrittenRule{Name: "R", On: []string{"reply"}, Notify: []string{"group:Managers"}})
	k := s.ask("Fire")
	if _, err := s.Write(t.Context(), s.By("ann"), service.NewMessage{Ticket: k, Kind: desk.Reply, Text: "Shake it."}); err != nil {
		t.Fatal(err)
	}
	s.Relay.Down()
	if s.Work() == nil {
		t.Fatal("letters went out without a relay")
	}
	if err := s.RemoveMember(t.Context(), mailtest.System(), s.Names["Managers"], s.Names["mia"]); err != nil {
		t.Fatal(err)
	}
	s.Relay.Up()
	s.Clock.Advance(time.Hour)
	s.MustWork()
	if got := s.letters("mia", ""); len(got) != 0 {
		t.Errorf("got %q", got)
	}
}

func TestByTime(t *testing.T) {
	s := open(t)
	waiting := s.rule(service.WrittenRule{Name: "Waits", On: []string{"waiting"}, Hours: 48, Priority: "+1", Comment: "Waits for {{ticket.waited}}."})
	never := s.rule(service.WrittenRule{Name: "Never", On: []string{"waiting"}, Hours: 48, If: "ticket.priority > 100", Priority: "+1"})
	k := s.ask("Fire")
	s.Clock.Advance(47 * time.Hour)
	s.MustWork()
	if got := s.runs(waiting); len(got) != 0 {
		t.Errorf("too early: %v", got)
	}
	for range 3 {
		s.Clock.Advance(time.Hour)
		s.MustWork()
	}
	if got := s.runs(waiting); len(got) != 1 || s.Show(k).Priority != 1 {
		t.Errorf("got %v", got)
	}
	if got := s.runs(never); len(got) != 1 || !strings.HasPrefix(got[0], "passed") {
		t.Errorf("got %v", got)
	}
	messages := s.Show(k).Messages
	if got := messages[len(messages)-1].Text; got != "Waits for 2 d." {
		t.Errorf("got %q", got)
	}
	s.write("ann", k, desk.Reply, "Coming.")
	s.write("carla", k, desk.Reply, "When?")
	s.Clock.Advance(49 * time.Hour)
	s.MustWork()
	if got := s.runs(waiting); len(got) != 2 {
		t.Errorf("after he waits anew got %v", got)
	}
}

// TestWaited: on an answer, how long the customer had waited.
func TestWaited(t *testing.T) {
	s := open(t)
	s.rule(service.WrittenRule{Name: "R", On: []string{"reply-by-agent"}, Comment: "after {{ticket.waited}}"})
	k := s.ask("Fire")
	s.Clock.Advance(3*time.Hour + 20*time.Minute)
	s.write("ann", k, desk.Reply, "Coming.")
	messages := s.Show(k).Messages
	if got := messages[len(messages)-1].Text; got != "after 3 h 20 min" {
		t.Errorf("got %q", got)
	}
}

// TestOrder: rules have their turn by stage, then place, and each sees what
// those before it did.
func TestOrder(t *testing.T) {
	s := open(t)
	for _, r := range []service.WrittenRule{
		{Name: "c", Stage: "last", Comment: "3 {{ticket.priority}}"}, {Name: "b", Place: 2, If: "ticket.priority == 5", Comment: "2"},
		{Name: "a", Place: 1, Priority: "5", Comment: "1"}, {Name: "z", Stage: "first", Place: 9, Comment: "0"},
	} {
		r.On = []string{"created"}
		s.rule(r)
	}
	var got []string
	for _, m := range s.Show(s.ask("Fire")).Messages[1:] {
		got = append(got, m.Text)
	}
	if want := "0,1,2,3 5"; strings.Join(got, ",") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}
