package storetest

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatehouse/desk"
	"gatehouse/store"
)

// testAhead: what was read ahead is what is read one by one, also of things that
// there are not, costs no statement any more, and belongs to whom it is given.
func (h *hall) testAhead(t *testing.T) {
	next := store.Ahead{Users: append([]desk.UserID{9999}, h.users...), Customers: []desk.CustomerID{9999}, Contents: true}
	for _, c := range h.customers {
		next.Customers = append(next.Customers, desk.CustomerID(c))
	}
	for _, p := range append([]desk.PrincipalID{9999}, h.principals...) {
		next.Groups, next.Members = append(next.Groups, desk.GroupID(p)), append(next.Members, p)
	}
	for _, k := range h.tickets[:60] {
		next.Tickets = append(next.Tickets, k.ID)
	}
	var one, ahead []any
	view(t, h.s, func(ctx context.Context, tx *store.Tx) error {
		one = readOneByOne(ctx, tx, next)
		return nil
	})
	view(t, h.s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.ReadAhead(ctx, next); err != nil {
			return err
		}
		before := h.s.Statements()
		for range 2 { // what is done to the first answer does not show in the second
			ahead = readOneByOne(ctx, tx, next)
		}
		// One for each that there is not, and for each time a queue is asked for.
		if n := h.s.Statements() - before; n > 20 {
			t.Errorf("%d statements after all was read ahead", n)
		}
		return nil
	})
	if diff := cmp.Diff(one, ahead, cmp.Comparer(func(a, b error) bool { return fmt.Sprint(a) == fmt.Sprint(b) })); diff != "" {
		t.Errorf("read ahead differs from what is read one by one (-one +ahead):\n%s", diff)
	}
	do(t, h.s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.ReadAhead(ctx, next); err != nil {
			return err
		}
		if err := tx.Squelch(ctx, h.tickets[0].ID, h.users[0], true); err != nil {
			return err
		}
		list, err := tx.Squelched(ctx, h.tickets[0].ID)
		same(t, "what was written is read where it was written", list, err, []desk.UserID{h.users[0]})
		return tx.Squelch(ctx, h.tickets[0].ID, h.users[0], false)
	})
}

// readOneByOne asks for everything, and spoils a copy of what it is given.
func readOneByOne(ctx context.Context, tx *store.Tx, a store.Ahead) (all []any) {
	add := func(what any, err error) { all = append(all, what, err) }
	for _, id := range a.Groups {
		g, err := tx.Group(ctx, id)
		add(g, err)
		members, err := tx.MembersOf(ctx, desk.PrincipalID(id))
		add(len(members), err)
	}
	for _, id := range a.Users {
		u, err := tx.User(ctx, id)
		add(u, err)
	}
	for _, id := range a.Customers {
		c, err := tx.Customer(ctx, id)
		add(c, err)
	}
	for _, id := range a.Members {
		groups, err := tx.MembershipsOf(ctx, id)
		add(len(groups), err)
	}
	for _, id := range a.Tickets {
		k, err := tx.Ticket(ctx, id)
		if err == nil {
			whole := *k
			whole.Holders = append([]desk.Holder{}, k.Holders...)
			add(whole, nil)
			for i := range k.Holders {
				k.Holders[i].Who = 0
			}
		}
		links, err := tx.Links(ctx, id)
		add(append([]store.Link{}, links...), err)
		squelched, err := tx.Squelched(ctx, id)
		add(len(squelched), err)
		watchers, err := tx.QueueWatchers(ctx, k.Queue)
		add(len(watchers), err)
		addContents(ctx, tx, id, add)
	}
	return all
}

// addContents reads messages and histories in several ways.
func addContents(ctx context.Context, tx *store.Tx, id desk.TicketID, add func(any, error)) {
	messages, err := tx.Messages(ctx, id, true, 0, 1000)
	add(append([]desk.Message{}, messages...), err)
	replies, err := tx.Messages(ctx, id, false, 0, 1000)
	add(append([]desk.Message{}, replies...), err)
	if len(messages) > 0 {
		later, err := tx.Messages(ctx, id, true, messages[0].ID, 1)
		add(append([]desk.Message{}, later...), err)
		messages[0].Text = "spoiled"
	}
	events, err := tx.Events(ctx, id, 0, 1000)
	add(append([]desk.Event{}, events...), err)
}
