package storetest

import (
	"context"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// testHeld: a held reply comes back as it was stored, and its large files go
// with it unless something else has them.
func testHeld(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	at := Start.Truncate(time.Microsecond)
	ticket := desk.Ticket{Queue: c.support, Subject: "x", Status: desk.StatusNew, Created: at, Updated: at, Heard: at}
	large := []byte(strings.Repeat("large ", 20_000))
	h := desk.Held{User: c.anna, Via: desk.ViaWeb, At: at, Due: at.Add(10 * time.Second), Text: desk.HeldText{Text: "Hello 😀", OneTimeCc: []string{"a@b.example"}, Status: desk.StatusOpen},
		Files: []desk.Attachment{{Name: "b.txt", Type: "text/plain", Size: int64(len(large)), Data: large}, {Name: "a.txt", Type: "text/plain", Size: 1, Data: []byte("b")}}}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertTicket(ctx, &ticket); err != nil {
			return err
		}
		h.Ticket = ticket.ID
		return tx.InsertHeld(ctx, &h)
	})
	bare := h
	bare.Files = []desk.Attachment{{Name: "b.txt", Type: "text/plain", Size: int64(len(large))}, {Name: "a.txt", Type: "text/plain", Size: 1}}
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Held(ctx, h.ID)
		same(t, "held", got, err, &h)
		list, err := tx.HeldOf(ctx, c.anna, ticket.ID)
		same(t, "of anna", list, err, []desk.Held{bare})
		list, err = tx.HeldOf(ctx, c.bob, 0)
		same(t, "of bob", len(list), err, 0)
		others, err := tx.HeldByOthers(ctx, ticket.ID, c.bob)
		same(t, "others than bob", others, err, []desk.UserID{c.anna})
		others, err = tx.HeldByOthers(ctx, ticket.ID, c.anna)
		same(t, "others than anna", others, err, []desk.UserID{})
		return nil
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.RefuseHeld(ctx, h.ID, "No."); err != nil {
			return err
		}
		refused, err := tx.Held(ctx, h.ID)
		same(t, "why", refused.Refused, err, "No.")
		others, err := tx.HeldByOthers(ctx, ticket.ID, c.bob)
		same(t, "who was refused", others, err, []desk.UserID{})
		return tx.DeleteHeld(ctx, h.ID)
	})
	err := s.Do(t.Context(), func(tx *store.Tx) error { return tx.DeleteHeld(t.Context(), h.ID) })
	if desk.KindOf(err) != desk.NotFound {
		t.Errorf("taking away twice gives %v", err)
	}
}
