package storetest

import (
	"context"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

func testTurns(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	k := newTicket(t, s, c, "Fire")
	at := micro()
	save := func() {
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateTicket(ctx, &k) })
	}
	k.Created, k.Updated = at.Add(-72*time.Hour), at.Add(-30*time.Hour)
	k.Status = desk.StatusOpen
	save()
	k.Asked, k.LastAsked, k.Due, k.Updated = at.Add(-49*time.Hour), at.Add(-25*time.Hour), at.Add(3*time.Hour), at.Add(-24*time.Hour)
	save() // the same status as before: it counts from then
	for _, tt := range []struct {
		why   string
		on    desk.Trigger
		hours int
		queue desk.QueueID
		want  bool
	}{
		{"the customer has waited", desk.OnWaiting, 48, 0, true},
		{"but not that long", desk.OnWaiting, 50, c.support, false},
		{"and not in another queue", desk.OnWaiting, 48, c.sales, false},
		{"his last message is so old", desk.OnAsked, 25, c.support, true},
		{"but not older", desk.OnAsked, 26, 0, false},
		{"it is due soon", desk.OnDue, 4, c.support, true},
		{"but not that soon", desk.OnDue, 2, 0, false},
		{"it was never due before", desk.OnDue, -1, 0, false},
		{"nobody answered", desk.OnUnanswered, 0, 0, true},
		{"nothing happened", desk.OnUntouched, 24, 0, true},
		{"nothing happened for longer", desk.OnUntouched, 25, 0, false},
		{"it was opened then", desk.OnAged, 72, c.support, true},
		{"but not before", desk.OnAged, 73, 0, false},
		{"it has been open for so long", desk.OnInStatus, 30, c.support, true},
		{"but not for longer", desk.OnInStatus, 31, 0, false},
		{"a trigger by an event has no time", desk.OnCreated, 0, 0, false},
	} {
		r := desk.Rule{Name: tt.why, Queue: tt.queue, Stage: desk.StageNormal, On: []desk.Trigger{tt.on}, Hours: tt.hours, Time: desk.RuleTime{In: desk.StatusOpen}}
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertRule(ctx, &r) })
		turns := func() []store.Turn {
			return read(t, s, func(ctx context.Context, tx *store.Tx) ([]store.Turn, error) {
				return tx.Turns(ctx, &r, store.RuleLook{}, at, 10)
			})
		}
		changed := read(t, s, func(ctx context.Context, tx *store.Tx) ([]store.Turn, error) {
			return tx.ChangedTurns(ctx, &r, k.Updated, at, 10)
		})
		got := turns()
		if (len(got) == 1) != tt.want || len(changed) != len(got) {
			t.Errorf("%s: got %v, of those changed %v", tt.why, got, changed)
			continue
		}
		if !tt.want {
			continue
		}
		run := desk.RuleRun{Rule: r.ID, Ticket: k.ID, Moment: got[0].Since.UnixMicro(), At: at, State: desk.RunDone}
		do(t, s, func(ctx context.Context, tx *store.Tx) error { _, err := tx.InsertRuleRun(ctx, &run); return err })
		if again := turns(); got[0].Done || len(again) != 1 || !again[0].Done {
			t.Errorf("%s: before it ran %v, after it %v", tt.why, got, again)
		}
	}
}

// testLooks: a rule goes on where it was, ticket by ticket of the same moment.
func testLooks(t *testing.T, s *store.Store) {
	testRuleClock(t, s)
	c := newCast(t, s)
	var ids []desk.TicketID
	for range 5 {
		k := newTicket(t, s, c, "Fire")
		ids = append(ids, k.ID)
	}
	done := newTicket(t, s, c, "Done")
	done.Status = desk.StatusResolved
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateTicket(ctx, &done) })
	r := desk.Rule{Name: "R", Queue: c.support, Stage: desk.StageNormal, On: []desk.Trigger{desk.OnAged}}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertRule(ctx, &r) })
	at := micro().Add(time.Hour)
	none := read(t, s, func(ctx context.Context, tx *store.Tx) (store.RuleLook, error) { return tx.RuleLook(ctx, r.ID) })
	same(t, "before it looked", none, nil, store.RuleLook{Rule: r.ID})

	var seen []desk.TicketID
	look := none
	for range 4 {
		turns := read(t, s, func(ctx context.Context, tx *store.Tx) ([]store.Turn, error) { return tx.Turns(ctx, &r, look, at, 2) })
		for _, turn := range turns {
			seen = append(seen, turn.Ticket)
			look = store.RuleLook{Rule: r.ID, Version: 1, Moment: turn.Since, Ticket: turn.Ticket, Changed: at}
		}
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveRuleLook(ctx, look) })
		stored := read(t, s, func(ctx context.Context, tx *store.Tx) (store.RuleLook, error) { return tx.RuleLook(ctx, r.ID) })
		same(t, "how far it looked", stored, nil, look)
	}
	same(t, "each once", seen, nil, ids)

	daily := func(after desk.TicketID, moment time.Time) []desk.TicketID {
		var list []desk.TicketID
		for _, turn := range read(t, s, func(ctx context.Context, tx *store.Tx) ([]store.Turn, error) {
			return tx.DailyTurns(ctx, &r, moment, after, 3)
		}) {
			list = append(list, turn.Ticket)
			if !turn.Since.Equal(moment) || turn.Done {
				t.Errorf("got %v", turn)
			}
		}
		return list
	}
	same(t, "on a day", daily(0, at), nil, ids[:3])
	same(t, "the rest of that day", daily(ids[2], at), nil, ids[3:])
	same(t, "on a day before they were opened", len(daily(0, micro().AddDate(0, 0, -9))), nil, 0)
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DeleteRule(ctx, r.ID) })
	gone := read(t, s, func(ctx context.Context, tx *store.Tx) (store.RuleLook, error) { return tx.RuleLook(ctx, r.ID) })
	same(t, "of a rule that is gone", gone, nil, none)
}

func testRuleClock(t *testing.T, s *store.Store) {
	claim := func() (claims int) {
		for range 3 {
			do(t, s, func(ctx context.Context, tx *store.Tx) error {
				got, err := tx.ClaimRuleClock(ctx, time.Minute)
				if got {
					claims++
				}
				return err
			})
		}
		return claims
	}
	same(t, "claims of the clock in one minute", claim(), nil, 1)
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.HurryRuleClock(ctx) })
	same(t, "claims after there was more to do", claim(), nil, 1)
}
