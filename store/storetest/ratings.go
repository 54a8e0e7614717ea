package storetest

import (
	"context"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// testRatings: one of each person on a ticket, which the next one replaces.
func testRatings(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	at := Start.Truncate(time.Microsecond)
	ticket := desk.Ticket{Queue: c.support, Subject: "x", Status: desk.StatusResolved, Created: at, Updated: at, Heard: at}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertTicket(ctx, &ticket) })
	first := desk.Rating{Ticket: ticket.ID, User: c.carl, Mark: desk.MarkNot, Note: "slow", At: at}
	last := desk.Rating{Ticket: ticket.ID, User: c.carl, Mark: desk.MarkContent, Note: "well, \"fine\"", At: at.Add(time.Hour)}
	other := desk.Rating{Ticket: ticket.ID, User: c.dora, Mark: desk.MarkPartly, At: at}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, r := range []desk.Rating{first, other, last} {
			if err := tx.SaveRating(ctx, &r); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Ratings(ctx, ticket.ID)
		same(t, "ratings", got, err, []desk.Rating{last, other})
		got, err = tx.Ratings(ctx, ticket.ID+1)
		same(t, "of another ticket", len(got), err, 0)
		return nil
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.EraseUser(ctx, c.carl, false)
		return err
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Ratings(ctx, ticket.ID)
		same(t, "after he was erased", got, err, []desk.Rating{other})
		return nil
	})
}
