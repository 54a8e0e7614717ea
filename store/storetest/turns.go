package storetest

import (
	"context"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/query"
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

	testDailyTurns(t, s, &r, ids, at)
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DeleteRule(ctx, r.ID) })
	gone := read(t, s, func(ctx context.Context, tx *store.Tx) (store.RuleLook, error) { return tx.RuleLook(ctx, r.ID) })
	same(t, "of a rule that is gone", gone, nil, none)
}

// testDailyTurns: of a day part by part, however few are asked for.
func testDailyTurns(t *testing.T, s *store.Store, r *desk.Rule, ids []desk.TicketID, at time.Time) {
	third := query.Test{What: query.In, Column: query.ID, Numbers: []int64{int64(ids[2])}}
	for _, tt := range []struct {
		why  string
		part store.DailyPart
		want []desk.TicketID
		last desk.TicketID
		more bool
	}{
		{"as many as are listed", store.DailyPart{At: at, Looks: 9, Limit: 3}, ids[:3], ids[2], true},
		{"the rest", store.DailyPart{At: at, After: ids[2], Looks: 9, Limit: 3}, ids[3:], ids[4], false},
		{"behind the last", store.DailyPart{At: at, After: ids[4], Looks: 9, Limit: 3}, nil, 0, false},
		{"as many as are looked at", store.DailyPart{At: at, Looks: 2, Limit: 3}, ids[:2], ids[1], true},
		{"one that is asked for", store.DailyPart{At: at, Of: &third, Looks: 9, Limit: 3}, ids[2:3], ids[4], false},
		{"none of a part", store.DailyPart{At: at, Of: &third, Looks: 2, Limit: 3}, nil, ids[1], true},
		{"before they were opened", store.DailyPart{At: at.AddDate(0, 0, -9), Looks: 9, Limit: 3}, nil, 0, false},
	} {
		var got []desk.TicketID
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			turns, last, more, err := tx.DailyTurns(ctx, r, tt.part)
			for _, turn := range turns {
				got = append(got, turn.Ticket)
				if !turn.Since.Equal(at) || turn.Done {
					t.Errorf("%s: got %v", tt.why, turn)
				}
			}
			if last != tt.last || more != tt.more {
				t.Errorf("%s: it looked up to %d, more %t, want %d, %t", tt.why, last, more, tt.last, tt.more)
			}
			return err
		})
		same(t, tt.why, got, nil, tt.want)
	}
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
