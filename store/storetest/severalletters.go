package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"gatehouse/desk"
	"gatehouse/store"
)

// testSeveralLetters: letters that are put into the outbox together are the same
// as those put there one by one, whatever their number, and are found by their
// Message-IDs.
func testSeveralLetters(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	k := desk.Ticket{Queue: c.support, Subject: "x", Status: desk.StatusNew}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertTicket(ctx, &k) })
	for _, n := range []int{0, 1, 2, 3, 16, 17, 45} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			wantAlike(t, s, drafts(&k, c.anna, n, fmt.Sprint("together", n)), drafts(&k, c.anna, n, fmt.Sprint("alone", n)))
		})
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		letters := drafts(&k, c.anna, 2, "twice")
		letters[1].LetterID = letters[0].LetterID
		return tx.InsertLetters(ctx, letters)
	})
	tickets := read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.TicketID, error) {
		return tx.TicketsByLetter(ctx, []string{"twice-0@x", "twice-1@x", "together45-44@x"})
	})
	same(t, "the tickets of letters", tickets, nil, []desk.TicketID{k.ID})
}

// drafts are letters of a ticket, no two alike.
func drafts(k *desk.Ticket, to desk.UserID, n int, called string) []desk.Outgoing {
	var list []desk.Outgoing
	for i := range n {
		o := desk.Outgoing{Kind: desk.LetterReply, Ticket: k.ID, LetterID: fmt.Sprintf("%s-%d@x", called, i), Address: fmt.Sprintf("a%d@x", i),
			Subject: fmt.Sprintf("It's %d", i), Body: "Über\n'quoted' $1 ?", ReplyTo: "r@x", Refs: []string{"a@x", "b@x"}, Auto: "auto-generated",
			From: desk.MailAddress{Name: "Desk", Address: "desk@x"}, Why: []desk.Why{{Role: desk.Cc, Through: desk.PrincipalID(to)}}}
		if i%2 == 0 {
			o.To = to
		}
		if i%3 == 0 {
			o.State, o.Next = desk.OutCollected, Start
		}
		list = append(list, o)
	}
	return list
}

// wantAlike puts some letters into the outbox together and others one by one,
// and compares all of them but their names.
func wantAlike(t *testing.T, s *store.Store, together, alone []desk.Outgoing) {
	t.Helper()
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		err := tx.InsertLetters(ctx, slices.Clone(together))
		for i := range alone {
			o := alone[i]
			err = errors.Join(err, tx.InsertOutgoing(ctx, &o), tx.RememberLetter(ctx, o.LetterID, o.Ticket, o.Message))
		}
		return err
	})
	stored := func(list []desk.Outgoing) []desk.Outgoing {
		var found []desk.Outgoing
		for _, o := range list {
			one := read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.Outgoing, error) {
				return tx.OutgoingByLetter(ctx, []string{o.LetterID})
			})
			if len(one) != 1 || one[0].ID == 0 {
				t.Fatalf("letter %s is %d times in the outbox", o.LetterID, len(one))
			}
			one[0].ID, one[0].LetterID = 0, ""
			found = append(found, one[0])
		}
		return found
	}
	same(t, "letters put in together", stored(together), nil, stored(alone))
}

// testSecretsInViews: a secret that was never asked for is not made by looking,
// and is the same within a transaction and after it.
func testSecretsInViews(t *testing.T, s *store.Store) {
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		if value, err := tx.Secret(ctx, "fresh"); !errors.Is(err, store.ErrNoSecret) {
			t.Errorf("before it was made: %x, %v", value, err)
		}
		return nil
	})
	var first, second []byte
	do(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
		if first, err = tx.Secret(ctx, "fresh"); err == nil {
			second, err = tx.Secret(ctx, "fresh")
		}
		return err
	})
	same(t, "the secret asked for twice", second, nil, first)
	for range 2 {
		same(t, "the secret later", read(t, s, func(ctx context.Context, tx *store.Tx) ([]byte, error) { return tx.Secret(ctx, "fresh") }), nil, first)
	}
}

// testPoliciesWithin: within a transaction a queue's mail policy is what was set
// last in it.
func testPoliciesWithin(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		want := func(when string, queue desk.QueueID, after int, own bool) {
			t.Helper()
			p, is, err := tx.MailPolicy(ctx, queue)
			if p.FollowUpAfter != after || is != own || err != nil {
				t.Errorf("%s: of queue %d got %d, its own %v (%v)", when, queue, p.FollowUpAfter, is, err)
			}
		}
		want("at first", c.support, 0, false)
		err := tx.SetMailPolicy(ctx, c.support, desk.MailPolicy{FollowUpAfter: 3})
		want("once set", c.support, 3, true)
		want("of all queues", 0, 0, false)
		err = errors.Join(err, tx.SetMailPolicy(ctx, 0, desk.MailPolicy{FollowUpAfter: 5}))
		want("of all queues, once set", 0, 5, true)
		want("of another queue", c.sales, 0, false)
		err = errors.Join(err, tx.DeleteMailPolicy(ctx, c.support))
		want("once it was taken away", c.support, 0, false)
		want("of all queues still", 0, 5, true)
		return err
	})
}
