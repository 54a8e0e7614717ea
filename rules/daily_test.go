package rules_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
	"gatehouse/service"
	"gatehouse/store"
)

// tickets puts tickets of all sorts straight into the database.
func (s shop) tickets(n int) []desk.TicketID {
	s.T.Helper()
	var ids []desk.TicketID
	now := s.Clock.Now()
	day := func(n int) time.Time { return now.Add(time.Duration(n) * 24 * time.Hour) }
	err := s.Store.Do(s.T.Context(), func(tx *store.Tx) error {
		for i := range n {
			k := desk.Ticket{Queue: s.Queues[[]string{"support", "support", "other"}[i%3]], Subject: fmt.Sprint("printer ", i%7), Status: desk.Statuses()[i%3],
				Priority: i % 5 * 10, Created: day(-i%4 - 1), Updated: day(-i % 3), Heard: now}
			if i%2 == 0 {
				k.Owner = s.By("ann").User
			}
			if i%5 == 0 {
				k.Due = day(i%7 - 3)
			}
			if i%4 == 0 {
				k.Asked = day(-i % 6)
			}
			if err := tx.InsertTicket(context.Background(), &k); err != nil {
				return err
			}
			ids = append(ids, k.ID)
		}
		return nil
	})
	if err != nil {
		s.T.Fatal(err)
	}
	return ids
}

// asked are comparisons of what tickets differ by: each with each.
func asked() (list []string) {
	each := func(lefts, hows, rights string) {
		for _, left := range strings.Split(lefts, "|") {
			for _, how := range strings.Fields(hows) {
				for _, right := range strings.Split(rights, "|") {
					list = append(list, left+" "+how+" "+right)
				}
			}
		}
	}
	each("ticket.status", "== != <", `"new"|"open"|"Open"|"gone"`)
	each("ticket.queue", "== !=", `"support"|"Support"|"nowhere"`)
	each("ticket.owner", "== !=", `""|"ann"|"Ann"|"nobody"`)
	each("ticket.status|ticket.owner|ticket.queue", "in", `["new", "Open", "ann", ""]|["open", "support", "nobody"]`)
	each("ticket.priority|ticket.id", "== != < <= > >= ", "0|10|25|-3")
	each("ticket.priority", "in", "[10, 30, 31]")
	each("ticket.due", "< <= > >= ==", `now|now + duration("30h")|timestamp("1970-01-01T00:00:00Z")|timestamp("0001-01-01T00:00:00Z")|timestamp("1960-01-01T00:00:00Z")`)
	each("ticket.age|ticket.waited|now - ticket.updated", "< <= > >= ==", `duration("36h")|duration("0s")|duration("-5h")`)
	return append(list, "ticket.told < now", "ticket.active", `ticket.subject.endsWith("3")`)
}

// drawDaily joins some of them.
func drawDaily(t *rapid.T, deep int) string {
	if deep == 0 {
		return rapid.SampledFrom(asked()).Draw(t, "asked")
	}
	switch part := func() string { return drawDaily(t, deep-1) }; rapid.IntRange(0, 2).Draw(t, "kind") {
	case 0:
		return "(" + part() + " || " + part() + ")"
	case 1:
		return "!(" + part() + ")"
	default:
		return "(" + part() + " && " + part() + ")"
	}
}

// TestADayFindsWhatEachLookFinds: a daily rule has something to do for just the
// tickets of which its condition holds where each of them is looked at alone.
func TestADayFindsWhatEachLookFinds(t *testing.T) {
	s := open(t)
	ids := s.tickets(24)
	found := 0
	for _, when := range asked() {
		for _, when := range []string{when, "!(" + when + ")"} {
			got, want := s.foundDaily(ids, service.WrittenRule{If: when})
			if found += len(want); !slices.Equal(got, want) {
				t.Errorf("%s: found %v, want %v", when, got, want)
			}
		}
	}
	if most := 2 * len(asked()) * len(ids); found < most/4 || found > most*3/4 {
		t.Errorf("the comparisons held %d of %d times, which tells little", found, most)
	}
	rapid.Check(t, func(rt *rapid.T) {
		w := service.WrittenRule{If: drawDaily(rt, 2), Queue: rapid.SampledFrom([]string{"", "support"}).Draw(rt, "queue")}
		if got, want := s.foundDaily(ids, w); !slices.Equal(got, want) {
			rt.Fatalf("%s in %q: found %v, want %v", w.If, w.Queue, got, want)
		}
	})
}

// foundDaily returns the tickets that a daily rule finds the next minute, and those
// of which its condition holds.
func (s shop) foundDaily(ids []desk.TicketID, w service.WrittenRule) (got, want []desk.TicketID) {
	w.Name, w.On, w.At, w.Priority, w.Enabled = "R", []string{"daily"}, s.Clock.Now().Add(time.Minute).Format("15:04"), "+1", true
	id := s.rule(w)
	s.Clock.Advance(2 * time.Minute)
	got = s.day()
	for _, k := range ids {
		d, err := s.TryRule(s.T.Context(), mailtest.System(), w, k)
		if err != nil {
			s.T.Fatal(w.If, err)
		}
		if len(d.Trials) == 1 && d.Trials[0].Holds {
			want = append(want, k)
		}
	}
	if err := s.DeleteRule(s.T.Context(), mailtest.System(), fmt.Sprint(id)); err != nil {
		s.T.Fatal(err)
	}
	return got, want
}

// day is what rules by time have to do, which is not done.
func (s shop) day() (list []desk.TicketID) {
	by := mailtest.System()
	for more := true; more; {
		rounds, err := s.RipeRules(s.T.Context(), by)
		if err != nil {
			s.T.Fatal(err)
		}
		more = len(rounds) > 0 && rounds[0].More
		for _, round := range rounds {
			tasks, err := s.RoundTasks(s.T.Context(), by, round)
			if err != nil {
				s.T.Fatal(err)
			}
			for _, task := range tasks {
				list = append(list, task.Ticket)
			}
			if err := s.RoundDone(s.T.Context(), by, round); err != nil {
				s.T.Fatal(err)
			}
		}
	}
	return list
}

// TestADayAfterARestart: what was looked at before the desk stopped is not looked
// at again, and the rest is.
func TestADayAfterARestart(t *testing.T) {
	s := open(t)
	ids := s.tickets(720) // of which 480 are not of the queue other
	s.rule(service.WrittenRule{Name: "R", On: []string{"daily"}, At: s.Clock.Now().Add(time.Minute).Format("15:04"), If: `ticket.subject != ""`, Priority: "+1"})
	s.Clock.Advance(2 * time.Minute)
	by := mailtest.System()
	var got []desk.TicketID
	for range 2 {
		svc := service.New(s.Store, service.Options{Name: "Desk", Domain: "desk.example", Now: s.Clock.Now})
		rounds, err := svc.RipeRules(t.Context(), by)
		if err != nil || len(rounds) != 1 {
			t.Fatalf("got %+v, %v", rounds, err)
		}
		tasks, err := svc.RoundTasks(t.Context(), by, rounds[0])
		if err != nil {
			t.Fatal(err)
		}
		for _, task := range tasks {
			got = append(got, task.Ticket)
		}
		if err := svc.RoundDone(t.Context(), by, rounds[0]); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(got, ids) {
		t.Errorf("found %d tickets, want %d in their order", len(got), len(ids))
	}
}

// TestADayOfAConditionThatFails: of many tickets at once it is told as of one:
// the rule is parked, with the ticket it met, and others go on.
func TestADayOfAConditionThatFails(t *testing.T) {
	s := open(t)
	ids := s.tickets(20)
	at := s.Clock.Now().Add(time.Minute).Format("15:04")
	bad := s.rule(service.WrittenRule{Name: "Bad", On: []string{"daily"}, At: at, If: `ticket.subject != "" && 1 / ticket.priority < 5`, Priority: "+1"})
	good := s.rule(service.WrittenRule{Name: "Good", On: []string{"daily"}, At: at, If: `ticket.subject != ""`, Priority: "+1"})
	s.Clock.Advance(2 * time.Minute)
	s.MustWork()
	if p := s.line(bad).Parked; p.Ticket != ids[0] || p.Reason == "" {
		t.Errorf("the bad one is %+v", p)
	}
	if got := s.runs(good); len(got) != len(ids) {
		t.Errorf("the good one ran %d times, want %d", len(got), len(ids))
	}
}
