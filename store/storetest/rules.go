package storetest

import (
	"context"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// micro is Start as it is stored.
func micro() time.Time { return Start.Truncate(time.Microsecond) }

func testRules(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	k := newTicket(t, s, c, "Fire")
	nobody, soon := desk.UserID(0), 4
	second := desk.Rule{Name: "Second", Queue: c.support, Stage: desk.StageNormal, Place: 2, On: []desk.Trigger{desk.OnCreated, desk.OnReply}, If: "true", Enabled: true,
		Then: desk.RuleActions{Status: desk.StatusOpen, Owner: &nobody, Due: &soon, Priority: "+10", Notify: []desk.PrincipalID{c.acmeID()},
			Watch: []desk.Holder{{Role: desk.Cc, Who: c.acmeID()}}, Open: &desk.RuleTicket{Queue: c.sales, Subject: "s"}}, Author: c.anna, Changed: micro()}
	first := desk.Rule{Name: "First", Stage: desk.StageFirst, Place: 9, On: []desk.Trigger{desk.OnWaiting}, Hours: 48, Enabled: true, Changed: micro()}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertRule(ctx, &second); err != nil {
			return err
		}
		return tx.InsertRule(ctx, &first)
	})
	rules := func(ctx context.Context, tx *store.Tx) ([]desk.Rule, error) { return tx.Rules(ctx) }
	same(t, "in their order", read(t, s, rules), nil, []desk.Rule{first, second})
	refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error {
		return tx.InsertRule(ctx, &desk.Rule{Name: " FIRST", Stage: desk.StageFirst, On: first.On})
	})

	any := func(id desk.TicketID, on ...desk.Trigger) bool {
		return read(t, s, func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.AnyRuleOn(ctx, id, on) })
	}
	if !any(k.ID, desk.OnStatus, desk.OnReply) || any(k.ID, desk.OnStatus) || any(k.ID, desk.OnWaiting) {
		t.Error("rules wait for other triggers than they say")
	}
	elsewhere := k
	elsewhere.Queue = c.sales
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertTicket(ctx, &elsewhere) })
	if any(elsewhere.ID, desk.OnReply) {
		t.Error("a rule of one queue waits for what happens in another one")
	}

	stale := second
	second.Parked = desk.Parked{Reason: "it broke", Ticket: k.ID, At: micro()}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateRule(ctx, &second) })
	refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateRule(ctx, &stale) })
	byName := read(t, s, func(ctx context.Context, tx *store.Tx) (*desk.Rule, error) { return tx.RuleByName(ctx, "sEcond ") })
	same(t, "a parked rule", *byName, nil, second)
	if any(k.ID, desk.OnReply) {
		t.Error("a parked rule takes part in what happens")
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DeleteRule(ctx, second.ID) })
	same(t, "after one was deleted", read(t, s, rules), nil, []desk.Rule{first})
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { _, err := tx.Rule(ctx, second.ID); return err })
}

func (c cast) acmeID() desk.PrincipalID { return desk.PrincipalID(c.acme) }

func testRuleRuns(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	k := newTicket(t, s, c, "Fire")
	r := desk.Rule{Name: "R", Stage: desk.StageNormal, On: []desk.Trigger{desk.OnCreated}}
	e := desk.Event{Ticket: k.ID, Kind: desk.EventCreated, At: micro()}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertRule(ctx, &r); err != nil {
			return err
		}
		return tx.InsertEvent(ctx, &e)
	})
	run := desk.RuleRun{Rule: r.ID, Ticket: k.ID, Event: e.ID, At: micro(), State: desk.RunDone, What: "status open"}
	byTime := desk.RuleRun{Rule: r.ID, Ticket: k.ID, Moment: 7, At: micro().Add(-time.Hour), State: desk.RunParked, What: "broke", Tries: 1}
	insert := func(run desk.RuleRun) (made desk.RuleRun, fresh bool) {
		do(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			fresh, err = tx.InsertRuleRun(ctx, &run)
			return err
		})
		return run, fresh
	}
	for _, one := range []*desk.RuleRun{&run, &byTime} {
		made, fresh := insert(*one)
		if _, again := insert(*one); !fresh || again {
			t.Errorf("the same run is recorded: at first %t, again %t", fresh, again)
		}
		*one = made
	}
	runs := func(f store.RunFilter) []desk.RuleRun {
		return read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.RuleRun, error) {
			list, _, err := tx.RuleRuns(ctx, f)
			return list, err
		})
	}
	same(t, "all", runs(store.RunFilter{Rules: []desk.RuleID{r.ID}, Ticket: k.ID}), nil, []desk.RuleRun{byTime, run})
	same(t, "parked", runs(store.RunFilter{State: desk.RunParked}), nil, []desk.RuleRun{byTime})
	same(t, "of no rule", len(runs(store.RunFilter{Rules: []desk.RuleID{}})), nil, 0)
	same(t, "of an event", runs(store.RunFilter{Event: e.ID}), nil, []desk.RuleRun{run})
	count := read(t, s, func(ctx context.Context, tx *store.Tx) (int, error) { return tx.RunsSince(ctx, r.ID, k.ID, micro()) })
	same(t, "since", count, nil, 1)

	byTime.State, byTime.Tries = desk.RunAgain, 2
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateRuleRun(ctx, &byTime) })
	one := read(t, s, func(ctx context.Context, tx *store.Tx) (*desk.RuleRun, error) { return tx.RuleRun(ctx, byTime.ID) })
	same(t, "changed", *one, nil, byTime)
	sweep := func() {
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SweepRuns(ctx, micro()) })
	}
	sweep() // a rule by time has run once, which holds as long as the ticket is open
	same(t, "after sweeping", runs(store.RunFilter{}), nil, []desk.RuleRun{byTime, run})
	k.Status = desk.StatusResolved
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateTicket(ctx, &k) })
	sweep()
	same(t, "after sweeping what is closed", runs(store.RunFilter{}), nil, []desk.RuleRun{run})
}

func testAsked(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	k := newTicket(t, s, c, "Fire")
	var last desk.MessageID
	for i, author := range []desk.UserID{c.carl, c.anna, c.dora, c.bob} {
		m := desk.Message{Ticket: k.ID, Kind: desk.Reply, Author: author, At: micro().Add(time.Duration(i) * time.Hour)}
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertMessage(ctx, &m) })
		if author == c.anna {
			last = m.ID
		}
	}
	asked := func(before desk.MessageID) time.Time {
		return read(t, s, func(ctx context.Context, tx *store.Tx) (time.Time, error) { return tx.LastAsked(ctx, k.ID, before) })
	}
	same(t, "last", asked(0), nil, micro().Add(2*time.Hour))
	same(t, "before the first answer", asked(last), nil, micro())

	e := desk.Event{Ticket: k.ID, Kind: desk.EventStatus, At: micro()}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertEvent(ctx, &e) })
	events := func(scope *desk.Scope, from time.Time) []desk.Event {
		return read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.Event, error) {
			return tx.EventsBetween(ctx, scope, from, micro().Add(time.Hour), 10)
		})
	}
	if got := events(everyone(), micro()); len(got) != 1 || got[0].ID != e.ID {
		t.Errorf("got %v", got)
	}
	if got := append(events(&desk.Scope{User: c.dora}, micro()), events(everyone(), micro().Add(time.Second))...); len(got) != 0 {
		t.Errorf("got %v, which is out of scope or of time", got)
	}
}
