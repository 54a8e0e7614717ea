package storetest

import (
	"context"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// testReminders: of a ticket with those merged into it, and of a person by when
// they are due; and whether somebody answered.
func testReminders(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	at := Start.Truncate(time.Microsecond)
	one := desk.Ticket{Queue: c.support, Subject: "one", Status: desk.StatusNew, Created: at, Updated: at, Heard: at}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertTicket(ctx, &one) })
	two := desk.Ticket{Queue: c.support, Subject: "two", Status: desk.StatusNew, Created: at, Updated: at, Heard: at}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertTicket(ctx, &two) })
	list := []desk.Reminder{
		{Ticket: one.ID, User: c.anna, Maker: c.anna, Note: "later 😀", Due: at.Add(2 * time.Hour), Made: at},
		{Ticket: one.ID, User: c.anna, Maker: c.bob, Due: at.Add(time.Hour), Silent: true, Made: at},
		{Ticket: two.ID, User: c.bob, Due: at, Made: at, Told: at},
		{Ticket: one.ID, User: c.bob, Due: at, Made: at, Done: at.Add(time.Minute)},
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i := range list {
			if err := tx.InsertReminder(ctx, &list[i]); err != nil {
				return err
			}
		}
		two.MergedInto = one.ID
		return tx.UpdateTicket(ctx, &two)
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.RemindersOf(ctx, c.anna, 5)
		same(t, "anna's", got, err, []desk.Reminder{list[1], list[0]})
		got, err = tx.RemindersOf(ctx, c.anna, 1)
		same(t, "the first", len(got), err, 1)
		got, err = tx.RemindersOn(ctx, one.ID, at)
		same(t, "on the ticket, with what was done just now", got, err, []desk.Reminder{list[2], list[1], list[0], list[3]})
		got, err = tx.RemindersOn(ctx, one.ID, at.Add(time.Hour))
		same(t, "on the ticket later", len(got), err, 3)
		_, err = tx.Reminder(ctx, 99_999)
		if desk.KindOf(err) != desk.NotFound {
			t.Errorf("one that is not there: %v", err)
		}
		return nil
	})
	list[0].Done, list[0].Note = at, "done"
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.UpdateReminder(ctx, &list[0]); err != nil {
			return err
		}
		got, err := tx.Reminder(ctx, list[0].ID)
		same(t, "as it was changed", got, err, &list[0])
		return tx.InsertMessage(ctx, &desk.Message{Ticket: one.ID, Kind: desk.Reply, Author: c.bob, Text: "x", At: at.Add(time.Minute)})
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		for why, tt := range map[string]struct {
			ticket desk.TicketID
			user   desk.UserID
			since  time.Time
			want   bool
		}{
			"bob answered anna":     {one.ID, c.anna, at, true},
			"not himself":           {one.ID, c.bob, at, false},
			"not since":             {one.ID, c.anna, at.Add(time.Hour), false},
			"not on another ticket": {two.ID, c.anna, at, false},
		} {
			got, err := tx.AnsweredSince(ctx, tt.ticket, tt.user, tt.since)
			same(t, why, got, err, tt.want)
		}
		return nil
	})
}
