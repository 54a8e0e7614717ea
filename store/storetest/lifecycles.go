package storetest

import (
	"context"
	"slices"
	"testing"

	"gatehouse/desk"
	"gatehouse/store"
)

func testLifeCycles(t *testing.T, s *store.Store) {
	testLifeBook(t, s)
	testMapping(t, s)
}

// waitingRoom is a life cycle with a status of the desk's own.
func waitingRoom() desk.LifeCycle {
	return desk.LifeCycle{Name: "Waiting room", About: "Of the workshop.", States: []desk.State{
		{Name: desk.StatusNew, Kind: desk.Initial, Answered: "in work"}, {Name: "in work", Kind: desk.Active},
		{Name: "parts ordered", Kind: desk.Active, Asked: "in work"}, {Name: "handed out", Kind: desk.Inactive, Solved: true}, {Name: desk.StatusDeleted, Kind: desk.Inactive},
	}, Steps: []desk.Step{{From: desk.StatusNew, To: "in work", Label: "Begin", Does: desk.StepComment}, {From: "in work", To: "handed out", Right: desk.OwnTicket}},
		Becomes: map[desk.Status]desk.Status{desk.StatusStalled: "parts ordered"}}
}

func testLifeBook(t *testing.T, s *store.Store) {
	c := waitingRoom()
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SaveLifeCycle(ctx, &c); err != nil {
			return err
		}
		return tx.SetQueueLifeCycle(ctx, 4711, c.ID)
	})
	book := func() *desk.LifeBook {
		return read(t, s, func(ctx context.Context, tx *store.Tx) (*desk.LifeBook, error) { return tx.LifeBook(ctx) })
	}
	same(t, "a life cycle after it was stored", *book().Of(4711), nil, c)
	if got := book().Of(4712).Name; got != "default" {
		t.Errorf("a queue of which nothing was said has the life cycle %s", got)
	}
	twice := waitingRoom()
	twice.Name = "WAITING ROOM"
	refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error { return tx.SaveLifeCycle(ctx, &twice) })
	changed := c
	changed.Name, changed.Granted, changed.Refused = "Repair", "handed out", desk.StatusDeleted
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SaveLifeCycle(ctx, &changed); err != nil {
			return err
		}
		if err := tx.NoteLifeCycle(ctx, store.LifeCycleChange{Change: 90, Before: &c, After: &changed}); err != nil {
			return err
		}
		return tx.NoteLifeCycle(ctx, store.LifeCycleChange{Change: 90, Queue: 4711, Before: &desk.LifeCycle{}, After: &c})
	})
	same(t, "a life cycle after a change", *book().Cycle(c.ID), nil, changed)
	notes := read(t, s, func(ctx context.Context, tx *store.Tx) ([]store.LifeCycleChange, error) {
		return tx.LifeCycleChanges(ctx, 90)
	})
	same(t, "what is kept of a change", notes, nil, []store.LifeCycleChange{{Change: 90, Before: &c, After: &changed},
		{Change: 90, Queue: 4711, Before: &desk.LifeCycle{}, After: &desk.LifeCycle{ID: c.ID}}})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SetQueueLifeCycle(ctx, 4711, 0); err != nil {
			return err
		}
		return tx.DeleteLifeCycle(ctx, c.ID)
	})
	if b := book(); len(b.Cycles)+len(b.Queues) != 0 {
		t.Errorf("after taking all away: got %+v", b)
	}
}

// testMapping maps two statuses at once, one onto the other: what was mapped
// once is not mapped again, counters and holders follow, and it can be undone.
func testMapping(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	waits, works := standing(t, s, c)
	of := func(id desk.TicketID) *desk.Ticket {
		return read(t, s, func(ctx context.Context, tx *store.Tx) (*desk.Ticket, error) { return tx.Ticket(ctx, id) })
	}
	if k := of(waits.ID); !k.Active() || k.Status != "parts ordered" {
		t.Errorf("a ticket of a status of the desk's own: got %+v, want it at work", k)
	}
	counts := read(t, s, func(ctx context.Context, tx *store.Tx) (map[desk.Status]int64, error) {
		return tx.StatusCounts(ctx, []desk.QueueID{c.support})
	})
	if counts["in work"] != 1 || counts["parts ordered"] != 1 {
		t.Errorf("tickets by status: got %v, want one each and none that was merged", counts)
	}
	onto := store.StatusMapping{Change: 91, Queues: []desk.QueueID{c.support}, From: "parts ordered", To: "in work", Active: true, At: Start}
	done := store.StatusMapping{Change: 91, Queues: []desk.QueueID{c.support}, From: "in work", To: desk.StatusResolved, Solved: true, At: Start}
	mapped := func(mappings []store.StatusMapping, note func(ctx context.Context, tx *store.Tx, m store.StatusMapping) error) (list []int64) {
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			list = nil
			for _, m := range mappings {
				if err := note(ctx, tx, m); err != nil {
					return err
				}
			}
			for _, m := range mappings {
				n, err := tx.MapStatus(ctx, m)
				if err != nil {
					return err
				}
				list = append(list, n)
			}
			return nil
		})
		return list
	}
	n := mapped([]store.StatusMapping{onto, done}, func(ctx context.Context, tx *store.Tx, m store.StatusMapping) error { return tx.NoteStatus(ctx, m) })
	if !slices.Equal(n, []int64{1, 1}) {
		t.Errorf("mapped %v tickets, want one each", n)
	}
	wantStatus := func(why string, id desk.TicketID, status desk.Status, active bool) {
		t.Helper()
		if k := of(id); k.Status != status || k.Active() != active {
			t.Errorf("%s: got %s, active %t, want %s, %t", why, k.Status, k.Active(), status, active)
		}
	}
	wantStatus("mapped onto another status that is mapped too", waits.ID, "in work", true)
	wantStatus("mapped to one that ships", works.ID, desk.StatusResolved, false)
	if k := of(works.ID); k.Resolved != Start || !k.Asked.IsZero() {
		t.Errorf("a ticket mapped to resolved: resolved %v, asked %v", k.Resolved, k.Asked)
	}
	history := read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.Event, error) { return tx.Events(ctx, works.ID, 0, 10) })
	if len(history) != 1 || history[0].Kind != desk.EventStatus || history[0].Data["to"] != "resolved" {
		t.Errorf("history of a mapped ticket: got %+v", history)
	}
	clean(t, s)
	pairs := read(t, s, func(ctx context.Context, tx *store.Tx) ([][2]desk.Status, error) { return tx.MappedStatuses(ctx, 91) })
	same(t, "what a change mapped", pairs, nil, [][2]desk.Status{{"in work", desk.StatusResolved}, {"parts ordered", "in work"}})
	back := []store.StatusMapping{{Change: 92, From: desk.StatusResolved, To: "in work", Active: true, At: Start}, {Change: 92, From: "in work", To: "parts ordered", Active: true, At: Start}}
	mapped(back, func(ctx context.Context, tx *store.Tx, m store.StatusMapping) error {
		return tx.NoteStatusBack(ctx, 91, m)
	})
	wantStatus("after it was taken back", waits.ID, "parts ordered", true)
	wantStatus("after it was taken back", works.ID, "in work", true)
	clean(t, s)
}

// standing makes a ticket in each of two statuses of the desk's own, and one
// that was merged into the second.
func standing(t *testing.T, s *store.Store, c cast) (waits, works desk.Ticket) {
	var gone desk.Ticket
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, made := range []struct {
			k      *desk.Ticket
			status desk.Status
			live   bool
		}{{&waits, "parts ordered", true}, {&works, "in work", true}, {&gone, "in work", true}} {
			*made.k = desk.Ticket{Queue: c.support, Subject: "x", Status: made.status, Live: made.live, Created: Start, Updated: Start, Asked: Start, Reporter: c.carl,
				Holders: []desk.Holder{{Role: desk.Requestor, Who: desk.PrincipalID(c.carl)}}}
			if err := tx.InsertTicket(ctx, made.k); err != nil {
				return err
			}
		}
		gone.MergedInto = works.ID
		return tx.UpdateTicket(ctx, &gone)
	})
	return waits, works
}
