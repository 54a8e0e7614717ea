package storetest

import (
	"context"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// testDrafts: one of each kind on a ticket, the newest first.
func testDrafts(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	at := Start.Truncate(time.Microsecond)
	ticket := desk.Ticket{Queue: c.support, Subject: "x", Status: desk.StatusNew, Created: at, Updated: at, Heard: at}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertTicket(ctx, &ticket) })
	reply := desk.Draft{User: c.anna, Ticket: ticket.ID, Kind: desk.Reply, Text: "two", Also: "a@b", At: at}
	comment := desk.Draft{User: c.anna, Ticket: ticket.ID, Kind: desk.Comment, Text: "three", At: at.Add(time.Second)}
	first := reply
	first.Text = "one"
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, d := range []desk.Draft{first, reply, comment} {
			if err := tx.SaveDraft(ctx, &d); err != nil {
				return err
			}
		}
		return tx.DeleteDraft(ctx, c.bob, ticket.ID, desk.Reply)
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Drafts(ctx, c.anna, 0, 5)
		same(t, "drafts", got, err, []desk.Draft{comment, reply})
		got, err = tx.Drafts(ctx, c.bob, ticket.ID, 5)
		same(t, "another's", len(got), err, 0)
		return nil
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.DeleteDraft(ctx, c.anna, ticket.ID, desk.Comment)
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Drafts(ctx, c.anna, ticket.ID, 5)
		same(t, "what is left", got, err, []desk.Draft{reply})
		return nil
	})
}
