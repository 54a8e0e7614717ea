package storetest

import (
	"context"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// testBatches: a ticket of a batch is done once, counts say how far it is, and
// old batches go with their tickets.
func testBatches(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	at := Start.Truncate(time.Microsecond)
	var ids []desk.TicketID
	b := desk.Batch{By: c.anna, Via: desk.ViaWeb, Change: desk.BatchChange{Status: desk.StatusOpen, Fields: []desk.FieldSet{{Field: 3, Values: []string{"a"}}}}, At: at}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for range 3 {
			ticket := desk.Ticket{Queue: c.support, Subject: "x", Status: desk.StatusNew, Created: at, Updated: at, Heard: at}
			if err := tx.InsertTicket(ctx, &ticket); err != nil {
				return err
			}
			ids = append(ids, ticket.ID)
		}
		return tx.InsertBatch(ctx, &b, append(ids, ids[0]))
	})
	undo := desk.Batch{By: c.anna, Via: desk.ViaAPI, Change: desk.BatchChange{Undo: b.ID}, Undoes: b.ID, At: at.Add(time.Second)}
	changed := desk.BatchTicket{Ticket: ids[0], State: desk.BatchChanged, Before: desk.TicketBefore{Merged: true, Fields: map[desk.FieldID][]string{7: {"x", "y"}}}}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i, want := range []bool{true, false} {
			done, err := tx.SetBatchTicket(ctx, b.ID, changed)
			same(t, "done the "+[]string{"first", "second"}[i]+" time", done, err, want)
		}
		_, err := tx.SetBatchTicket(ctx, b.ID, desk.BatchTicket{Ticket: ids[1], State: desk.BatchSkipped, Reason: "No 😀."})
		if err != nil {
			return err
		}
		return tx.InsertBatch(ctx, &undo, ids[:1])
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.BatchCounts(ctx, b.ID)
		same(t, "counts", got, err, desk.BatchCounts{Waits: 1, Changed: 1, Skipped: 1})
		list, err := tx.BatchTickets(ctx, b.ID, desk.BatchChanged, 0, 5)
		same(t, "changed", list, err, []desk.BatchTicket{changed})
		list, err = tx.BatchTickets(ctx, b.ID, desk.BatchWaits, ids[2], 5)
		same(t, "after the last", len(list), err, 0)
		all, err := tx.Batches(ctx, c.anna, 5)
		same(t, "batches", all, err, []desk.Batch{undo, b})
		undone, err := tx.BatchUndone(ctx, b.ID)
		same(t, "undone by", undone, err, []desk.Batch{undo})
		_, err = tx.Batch(ctx, 99)
		same(t, "one that is not there", desk.KindOf(err), nil, desk.NotFound)
		return nil
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.EndBatch(ctx, b.ID, at, true); err != nil {
			return err
		}
		if err := tx.EndBatch(ctx, b.ID, at.Add(time.Hour), false); err != nil {
			return err
		}
		ended, err := tx.Batch(ctx, b.ID)
		b.Ended, b.Stopped = at, true
		same(t, "ended once", ended, err, &b)
		return tx.DropBatches(ctx, c.anna, 1)
	})
	undo.Undoes = 0
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.Batches(ctx, c.anna, 5)
		same(t, "what is left", all, err, []desk.Batch{undo})
		return nil
	})
}
