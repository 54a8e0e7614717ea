package rules_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/sla"
	"gatehouse/mail/mailtest"
	"gatehouse/service"
)

// pass lets hours go by, one at a time, and has everything done.
func (s shop) pass(hours int) {
	s.T.Helper()
	for range hours {
		s.Clock.Advance(time.Hour)
		s.MustWork()
	}
}

// TestHoursAfter: each trigger by hours comes when its hours are over, once, and
// anew only where what it counts from begins anew.
func TestHoursAfter(t *testing.T) {
	s := open(t)
	rules := map[string]desk.RuleID{}
	for on, hours := range map[string]int{"aged": 10, "asked": 4, "in-status": 6, "due": 2} {
		rules[on] = s.rule(service.WrittenRule{Name: on, Queue: "support", On: []string{on}, Hours: hours, InStatus: "open", Priority: "+1"})
	}
	ran := func(want string) {
		t.Helper()
		var got []string
		for on, id := range rules {
			if n := len(s.runs(id)); n > 0 {
				got = append(got, fmt.Sprintf("%s %d", on, n))
			}
		}
		slices.Sort(got)
		if strings.Join(got, ", ") != want {
			t.Errorf("after %s: got %v, want %s", s.Clock.Now().Format("02 15:04"), got, want)
		}
	}
	k := s.ask("Fire")
	due := s.Clock.Now().Add(5 * time.Hour)
	if err := s.ChangeTicket(t.Context(), mailtest.System(), service.TicketChange{Ticket: k, Plan: service.Plan{Due: &due}}); err != nil {
		t.Fatal(err)
	}
	s.pass(2)
	ran("")
	s.write("carla", k, desk.Reply, "Hello?")
	s.pass(2)
	ran("due 1") // three hours before it is due is not yet, two is
	s.pass(2)
	ran("asked 1, due 1") // four hours after his last message, not after his first
	if err := s.SetStatus(t.Context(), s.By("ann"), k, desk.StatusOpen, 0); err != nil {
		t.Fatal(err)
	}
	s.pass(5)
	ran("aged 1, asked 1, due 1")
	s.pass(1)
	ran("aged 1, asked 1, due 1, in-status 1")
	s.write("ann", k, desk.Reply, "Coming.")
	s.write("carla", k, desk.Reply, "When?")
	s.pass(4)
	ran("aged 1, asked 2, due 1, in-status 1")
	for _, to := range []desk.Status{desk.StatusStalled, desk.StatusOpen} {
		if err := s.SetStatus(t.Context(), s.By("ann"), k, to, 0); err != nil {
			t.Fatal(err)
		}
	}
	s.pass(7)
	ran("aged 1, asked 2, due 1, in-status 2")
	if got := s.Show(k).Priority; got != 6 {
		t.Errorf("got priority %d after 6 runs", got)
	}
}

// TestWhatIsDoneByTime: of a status that is no work any more, too.
func TestWhatIsDoneByTime(t *testing.T) {
	s := open(t)
	id := s.rule(service.WrittenRule{Name: "R", On: []string{"in-status"}, InStatus: "resolved", Hours: 24, Comment: "Long done."})
	k := s.ask("Fire")
	if err := s.SetStatus(t.Context(), s.By("ann"), k, desk.StatusResolved, 0); err != nil {
		t.Fatal(err)
	}
	s.pass(23)
	if got := s.runs(id); len(got) != 0 {
		t.Errorf("too early: %v", got)
	}
	s.pass(2)
	if got := s.runs(id); len(got) != 1 {
		t.Errorf("got %v", got)
	}
}

// TestChangedBackwards: what time alone does not bring, a change does: a due date
// set to the past, a ticket moved into the rule's queue, one opened again.
func TestChangedBackwards(t *testing.T) {
	s := open(t)
	due := s.rule(service.WrittenRule{Name: "Due", On: []string{"due"}, Hours: 0, Priority: "+1"})
	other := s.rule(service.WrittenRule{Name: "Other", Queue: "other", On: []string{"aged"}, Hours: 5, Priority: "+1"})
	k := s.ask("Fire")
	s.pass(20)
	past := s.Clock.Now().Add(-10 * time.Hour)
	if err := s.ChangeTicket(t.Context(), mailtest.System(), service.TicketChange{Ticket: k, Plan: service.Plan{Due: &past}}); err != nil {
		t.Fatal(err)
	}
	if err := s.MoveTicket(t.Context(), mailtest.System(), k, s.Queues["other"]); err != nil {
		t.Fatal(err)
	}
	s.pass(2)
	if a, b := s.runs(due), s.runs(other); len(a) != 1 || len(b) != 1 {
		t.Errorf("got %v and %v", a, b)
	}
}

// TestDaily: once a day at its time, on days of work, for each open ticket, and
// not for a day before the rule was there.
func TestDaily(t *testing.T) {
	s := open(t)
	week, err := sla.ParseWeek("mon-fri 08:00-17:00")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.SaveCalendar(t.Context(), mailtest.System(), sla.Calendar{Name: "Office", Zone: "Europe/Berlin", Week: week}); err != nil {
		t.Fatal(err)
	}
	k, done := s.ask("Fire"), s.ask("Water")
	if err := s.SetStatus(t.Context(), s.By("ann"), done, desk.StatusResolved, 0); err != nil {
		t.Fatal(err)
	}
	id := s.rule(service.WrittenRule{Name: "Morning", On: []string{"daily"}, At: "09:00", Calendar: "office", Workdays: true, Priority: "+1"})
	low := s.rule(service.WrittenRule{Name: "Low", On: []string{"daily"}, At: "23:30", If: "ticket.priority >= 3", Comment: "Three days now."})
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	s.MustWork()
	if got := s.runs(id); len(got) != 0 {
		t.Errorf("of the morning before it was made: %v", got)
	}
	want, comments := 0, 0
	for range 24 * 10 {
		s.Clock.Advance(time.Hour)
		s.MustWork()
		now := s.Clock.Now()
		if at := now.In(berlin); at.Hour() == 9 && at.Weekday() != time.Saturday && at.Weekday() != time.Sunday {
			want++
		}
		if now.Hour() == 0 && want >= 3 { // half past eleven, by the desk's time, was before it
			comments++
		}
		if got := len(s.runs(id)); got != want {
			t.Fatalf("at %s: got %d runs, want %d", now.In(berlin).Format("Mon 15:04"), got, want)
		}
	}
	if got := len(s.runs(low)); got != comments {
		t.Errorf("with a condition: got %d runs, want %d", got, comments)
	}
	if got := s.Show(done).Priority; got != 0 {
		t.Errorf("what is done got priority %d", got)
	}
	if got := s.Show(k).Priority; got != want {
		t.Errorf("got priority %d, want %d", got, want)
	}
	s.Clock.Advance(10 * 24 * time.Hour) // the desk slept: only the last day is made up for
	s.MustWork()
	if got := len(s.runs(id)); got != want+1 {
		t.Errorf("after a long sleep got %d runs, want %d", got, want+1)
	}
}

// TestManyTurns: more tickets than one round takes, each once, also where the
// rule is saved again.
func TestManyTurns(t *testing.T) {
	s := open(t)
	for range 520 {
		if _, err := s.OpenTicket(t.Context(), s.By("carla"), service.NewTicket{Queue: s.Queues["support"], Subject: "Fire", Text: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	id := s.rule(service.WrittenRule{Name: "Old", On: []string{"aged"}, Hours: 1, Priority: "+1"})
	day := s.rule(service.WrittenRule{Name: "Day", On: []string{"daily"}, At: s.Clock.Now().Add(2 * time.Hour).Format("15:04"), Priority: "+1"})
	s.Clock.Advance(3 * time.Hour)
	s.MustWork()
	count := func(id desk.RuleID) (n int) {
		f := service.RunFilter{Rules: []desk.RuleID{id}, Limit: 2000}
		list, _, err := s.RuleRuns(t.Context(), mailtest.System(), f)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	if a, b := count(id), count(day); a != 520 || b != 520 {
		t.Errorf("got %d and %d runs for 520 tickets", a, b)
	}
	w := s.line(id).Written
	w.Place = 7
	if _, err := s.SaveRule(t.Context(), mailtest.System(), w); err != nil {
		t.Fatal(err)
	}
	s.pass(1)
	if got := count(id); got != 520 {
		t.Errorf("saved again, it came again: %d runs", got)
	}
}

// TestClocksSetRulesOff: met, paused and resumed, each time once, and only where
// a rule waits for it.
func TestClocksSetRulesOff(t *testing.T) {
	s := open(t)
	gold, err := s.SaveAgreement(t.Context(), mailtest.System(), sla.Agreement{Name: "Gold", Pauses: []desk.Status{desk.StatusStalled},
		Targets: map[sla.Kind]time.Duration{sla.FirstResponse: 4 * time.Hour, sla.Resolution: 8 * time.Hour}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Assign(t.Context(), mailtest.System(), sla.Assignment{Agreement: gold}); err != nil {
		t.Fatal(err)
	}
	met := s.rule(service.WrittenRule{Name: "Met", On: []string{"clock-met"}, Comment: "met"})
	stands := s.rule(service.WrittenRule{Name: "Stands", On: []string{"clock-paused"}, If: `event.clock == "resolution"`, Priority: "+1"})
	k := s.ask("Fire")
	status := func(to desk.Status) {
		t.Helper()
		if err := s.SetStatus(t.Context(), s.By("ann"), k, to, 0); err != nil {
			t.Fatal(err)
		}
		s.MustWork()
	}
	s.pass(1)
	s.write("ann", k, desk.Reply, "Coming.")
	if got := s.runs(met); len(got) != 1 {
		t.Errorf("answered in time: got %v", got)
	}
	status(desk.StatusStalled)
	status(desk.StatusOpen)
	status(desk.StatusStalled)
	status(desk.StatusOpen)
	if got := s.runs(stands); len(got) != 2 {
		t.Errorf("stood still twice: got %v", got)
	}
	s.pass(9) // too late: the end is not met
	status(desk.StatusResolved)
	if got := s.runs(met); len(got) != 1 {
		t.Errorf("resolved too late: got %v", got)
	}
	var said []string
	for _, e := range s.Show(k).Events {
		if kind, ok := strings.CutPrefix(string(e.Kind), "clock."); ok {
			said = append(said, kind+" "+e.Data["clock"])
		}
	}
	if got := strings.Join(said, ", "); got != "met first_response, paused resolution, paused resolution" {
		t.Errorf("the history says %s", got)
	}
}
