package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// testChanges: what is stored is told to those who listen, once for each
// transaction, and nothing of what is not; presence only where it is news.
func testChanges(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	l := s.Listen() // before the node listens, so that it is told when it does
	defer l.Close()
	go func() { s.FollowChanges(ctx); close(ended) }()
	defer func() { cancel(); <-ended }()
	if s.Engine() == "postgres" {
		same(t, "the first that is told", <-l.C, nil, store.Changed{})
	}
	at := Start.Truncate(time.Microsecond)
	ticket := desk.Ticket{Queue: c.support, Subject: "x", Status: desk.StatusNew, Created: at, Updated: at, Heard: at}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertTicket(ctx, &ticket) })
	tell := func(kind desk.EventKind, data map[string]string) {
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			e := desk.Event{Ticket: ticket.ID, Kind: kind, At: at, Data: data}
			if err := tx.InsertEvent(ctx, &e); err != nil {
				return err
			}
			e.ID = 0
			return tx.InsertEvent(ctx, &e)
		})
	}
	here := func(writes bool) {
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.SetPresent(ctx, desk.Present{Ticket: ticket.ID, User: c.anna, Writes: writes, At: at}, at.Add(-time.Minute))
		})
	}
	tell(desk.EventStatus, nil)
	_ = s.Rehearse(t.Context(), func(tx *store.Tx) error {
		return tx.InsertEvent(t.Context(), &desk.Event{Ticket: ticket.ID, Kind: desk.EventOwner, At: at})
	})
	tell(desk.EventMessage, map[string]string{"kind": "comment"})
	here(false)
	here(false)
	here(true)
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DropPresent(ctx, ticket.ID, c.bob) })
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Presents(ctx, ticket.ID, at)
		same(t, "who is there", got, err, []desk.Present{{Ticket: ticket.ID, User: c.anna, Writes: true, At: at}})
		return nil
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DropPresent(ctx, ticket.ID, c.anna) })
	var got []string
	for range 5 {
		change := <-l.C
		got = append(got, string(change.Kind))
		same(t, "the ticket", change.Ticket, nil, ticket.ID)
	}
	same(t, "the changes", fmt.Sprint(got), nil, "[status comment presence presence presence]")
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.AddNotice(ctx, &desk.Notice{User: c.anna, Ticket: ticket.ID, Kind: desk.NoticeOwner, At: at})
	})
	same(t, "what one person is told", <-l.C, nil, store.Changed{Kind: store.ChangedNotices, User: c.anna})
}
