package storetest

import (
	"context"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/desk/query"
	"gatehouse/desk/tally"
	"gatehouse/store"
)

// testLedger: what is counted from memory, after some tickets were changed and
// only those were read again, is what is counted in the database and what scope
// and query mean.
func (h *hall) testLedger(t *testing.T) {
	ledger, mark := h.ledger(t)
	if tally := ledger.Len(); tally == 0 {
		t.Fatal("there is nothing to count")
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 40 {
		h.change(t, r)
	}
	view(t, h.s, func(ctx context.Context, tx *store.Tx) error {
		changed, ok, err := tx.TicketsChanged(ctx, mark, 1000)
		if err != nil || !ok || len(changed) == 0 || len(changed) > 60 {
			t.Fatalf("changed are %v, known %t: %v", changed, ok, err)
		}
		edit := ledger.Edit()
		for _, id := range changed {
			edit.Remove(id)
		}
		err = tx.EachCounted(ctx, changed, edit.Put)
		ledger = edit.Done()
		return err
	})
	rapid.Check(t, func(rt *rapid.T) {
		scope, test := h.drawScope(rt), h.drawTest(rt, 3)
		want := 0
		for _, k := range h.listed(scope, store.TicketFilter{}) {
			if h.holds(&test, &k) {
				want++
			}
		}
		view(t, h.s, func(ctx context.Context, tx *store.Tx) error {
			inSQL, err := tx.CountTickets(ctx, scope, store.TicketFilter{Test: &test}, 0)
			if err != nil {
				return err
			}
			for _, part := range tally.Foreign(&test) {
				found, err := tx.TicketsMatching(ctx, part)
				if err != nil {
					return err
				}
				*part = query.Test{What: query.In, Column: query.ID, Numbers: found}
			}
			got := ledger.Count(scope, []tally.Spec{{Test: test}})[0].Total.N
			if got != want || inSQL != want {
				rt.Errorf("counted %d from memory and %d in the database, want %d", got, inSQL, want)
			}
			return nil
		})
	})
}

// ledger reads all tickets, and up to where they were changed.
func (h *hall) ledger(t *testing.T) (*tally.Ledger, store.TicketMark) {
	var mark store.TicketMark
	edit := (&tally.Ledger{}).Edit()
	view(t, h.s, func(ctx context.Context, tx *store.Tx) error {
		var err error
		if mark, err = tx.TicketMark(ctx); err != nil {
			return err
		}
		return tx.EachCounted(ctx, nil, edit.Put)
	})
	return edit.Done(), mark
}

// testTicketChanges: each change of what is counted is noted, none of what is
// not, and old notes can be taken away.
func testTicketChanges(t *testing.T, s *store.Store) {
	k := desk.Ticket{Queue: 1, Status: desk.StatusNew, Subject: "Printer"}
	other := k
	var mark store.TicketMark
	look := func() []desk.TicketID {
		return read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.TicketID, error) {
			ids, ok, err := tx.TicketsChanged(ctx, mark, 10)
			if !ok {
				t.Error("what was changed is not known")
			}
			if err == nil {
				mark, err = tx.TicketMark(ctx)
			}
			return ids, err
		})
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertQueue(ctx, &desk.Queue{Name: "support"}); err != nil {
			return err
		}
		if err := tx.InsertTicket(ctx, &k); err != nil {
			return err
		}
		return tx.InsertTicket(ctx, &other)
	})
	if ids := look(); len(ids) != 2 {
		t.Errorf("after two were made, changed are %v", ids)
	}
	k.Status = desk.StatusResolved
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateTicket(ctx, &k) })
	if ids := look(); len(ids) == 0 || ids[0] != k.ID {
		t.Errorf("after a change, changed are %v", ids)
	}
	look() // the last change may be told of again, and is not forgotten then
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PruneTicketChanges(ctx) })
	look()
	for range 12 {
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			one := other
			return tx.InsertTicket(ctx, &one)
		})
	}
	err := s.View(t.Context(), func(tx *store.Tx) error {
		if ids, ok, err := tx.TicketsChanged(t.Context(), mark, 10); ok || err != nil {
			t.Errorf("more than ten are %v, known %t: %v", ids, ok, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
