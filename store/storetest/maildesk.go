package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

func testMailPolicy(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	type said struct {
		p  desk.MailPolicy
		ok bool
	}
	of := func(q desk.QueueID) said {
		return read(t, s, func(ctx context.Context, tx *store.Tx) (said, error) {
			p, ok, err := tx.MailPolicy(ctx, q)
			return said{p, ok}, err
		})
	}
	if got := of(c.support); got.ok || got.p.Unproven != "" {
		t.Errorf("before it was said: %+v", got)
	}
	want := desk.MailPolicy{Unproven: desk.TrustHold, FollowUpAfter: -1, AcceptSpam: true, Allow: []string{"@a.example"}, Block: []string{"b@b.example"}}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SetMailPolicy(ctx, c.support, desk.MailPolicy{FollowUpAfter: 3}); err != nil {
			return err
		}
		return tx.SetMailPolicy(ctx, c.support, want)
	})
	got := of(c.support)
	same(t, "the policy", got.p, nil, want)
	if !got.ok || of(0).ok {
		t.Error("the policy of one queue is that of all, or of none")
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.SetMailPolicy(ctx, 0, desk.MailPolicy{FollowUpAfter: 9})
	})
	all := read(t, s, func(ctx context.Context, tx *store.Tx) (map[desk.QueueID]desk.MailPolicy, error) {
		return tx.MailPolicies(ctx)
	})
	same(t, "all policies", all, nil, map[desk.QueueID]desk.MailPolicy{0: {FollowUpAfter: 9}, c.support: want})
}

func testSuggestions(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	k := newTicket(t, s, c, "Fire")
	sp := desk.Spooled{Raw: []byte("x")}
	want := desk.Suggestion{Ticket: k.ID, From: desk.MailAddress{Name: "Eve", Address: "eve@x.example"}, Subject: "s", Excerpt: "e", Reason: "r",
		At: Start.Truncate(time.Microsecond)}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertSpooled(ctx, &sp); err != nil {
			return err
		}
		want.Spool = sp.ID
		return tx.InsertSuggestion(ctx, &want)
	})
	open := func(ctx context.Context, tx *store.Tx) ([]desk.Suggestion, error) { return tx.Suggestions(ctx, k.ID) }
	same(t, "undecided", read(t, s, open), nil, []desk.Suggestion{want})
	again := want
	again.Reason = "r2"
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertSuggestion(ctx, &again) })
	same(t, "suggested again", read(t, s, open), nil, []desk.Suggestion{again})
	again.Decision, again.By, again.Decided = desk.AddAsCc, c.anna, Start.Truncate(time.Microsecond)
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DecideSuggestion(ctx, &again) })
	same(t, "decided", read(t, s, open), nil, nil)
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Suggestion(ctx, again.ID)
		same(t, "by number", got, err, &again)
		got, err = tx.SuggestionOf(ctx, sp.ID)
		same(t, "by letter", got, err, &again)
		return nil
	})
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { _, err := tx.Suggestion(ctx, 99); return err })
	if got := read(t, s, func(ctx context.Context, tx *store.Tx) (*desk.Suggestion, error) { return tx.SuggestionOf(ctx, 99) }); got != nil {
		t.Errorf("a letter without one has %+v", got)
	}
}

func testBounces(t *testing.T, s *store.Store) {
	b := desk.BouncedAddress{Address: "Gone@X.example", Reason: "550", At: Start.Truncate(time.Microsecond)}
	for want := 1; want <= 2; want++ {
		got := 0
		do(t, s, func(ctx context.Context, tx *store.Tx) (err error) { got, err = tx.Bounced(ctx, b); return err })
		if got != want {
			t.Errorf("after %d: counted %d", want, got)
		}
	}
	list := func(ctx context.Context, tx *store.Tx) ([]desk.BouncedAddress, error) { return tx.PausedAddresses(ctx) }
	same(t, "none paused", read(t, s, list), nil, nil)
	pause := func(on bool) {
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PauseAddress(ctx, "gone@x.example", on) })
	}
	pause(true)
	b.Address, b.Count, b.Paused = "gone@x.example", 2, true
	same(t, "paused", read(t, s, list), nil, []desk.BouncedAddress{b})
	pause(false)
	b.Count, b.Paused = 0, false
	got := read(t, s, func(ctx context.Context, tx *store.Tx) (*desk.BouncedAddress, error) {
		return tx.BouncedAddress(ctx, "GONE@x.example")
	})
	same(t, "resumed", got, nil, &b)
	if got := read(t, s, func(ctx context.Context, tx *store.Tx) (*desk.BouncedAddress, error) {
		return tx.BouncedAddress(ctx, "a@b")
	}); got != nil {
		t.Errorf("an address without bounces has %+v", got)
	}
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { return tx.PauseAddress(ctx, "a@b", true) })
}

func testWroteSince(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	k := newTicket(t, s, c, "Fire")
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i, m := range []desk.Message{{Text: "a", Spool: 1}, {Text: "a", Spool: 2}, {Text: "b", Spool: 3}, {Text: "a"}, {Text: "a", Spool: 4, Author: c.anna}} {
			m.Ticket, m.Kind, m.At = k.ID, desk.Reply, Start.Add(time.Duration(i)*time.Minute)
			if m.Author == 0 {
				m.Author = c.carl
			}
			if err := tx.InsertMessage(ctx, &m); err != nil {
				return err
			}
		}
		return nil
	})
	for _, tt := range []struct {
		since     time.Duration
		all, same int
	}{{-time.Minute, 3, 2}, {30 * time.Second, 2, 1}, {time.Hour, 0, 0}} {
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			all, same, err := tx.WroteSince(ctx, c.carl, Start.Add(tt.since), &desk.Message{Text: "a"})
			if all != tt.all || same != tt.same {
				t.Errorf("since %v: got %d letters, %d the same; want %d and %d", tt.since, all, same, tt.all, tt.same)
			}
			return err
		})
	}
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		here, err := tx.WroteInQueue(ctx, c.carl, k.Queue, Start.Add(30*time.Second))
		elsewhere, other := tx.WroteInQueue(ctx, c.carl, k.Queue+1, Start.Add(-time.Minute))
		if here != 2 || elsewhere != 0 {
			t.Errorf("to its queue: got %d letters; to another: %d", here, elsewhere)
		}
		return errors.Join(err, other)
	})
	o := &desk.Outgoing{LetterID: "l@x"}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertOutgoing(ctx, o) })
	found := read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.Outgoing, error) {
		return tx.OutgoingByLetter(ctx, []string{"none@x", "l@x"})
	})
	if len(found) != 1 || found[0].ID != o.ID {
		t.Errorf("by its Message-ID: got %+v", found)
	}
}

func testMailAccounts(t *testing.T, s *store.Store) {
	a := desk.MailAccount{Name: "Office", Server: "imap.x.example:993", User: "u", Password: "p", Queue: "Support", Minutes: 5}
	save := func() {
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveMailAccount(ctx, &a) })
	}
	save()
	first := a.ID
	a.Name, a.MoveTo = "office", "Done"
	save()
	if a.ID != first {
		t.Errorf("changing it made another one, %d beside %d", a.ID, first)
	}
	state := desk.MailAccountState{UIDValidity: 1 << 31, LastUID: 7, Said: "busy"}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SetMailAccountState(ctx, a.ID, state) })
	same(t, "how far it was read", read(t, s, func(ctx context.Context, tx *store.Tx) (desk.MailAccountState, error) {
		return tx.MailAccountState(ctx, a.ID)
	}), nil, state)
	list := read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.MailAccount, error) { return tx.MailAccounts(ctx) })
	a.Said, a.At = "busy", Start.Truncate(time.Microsecond)
	same(t, "the accounts", list, nil, []desk.MailAccount{a})
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DeleteMailAccount(ctx, "OFFICE") })
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { return tx.DeleteMailAccount(ctx, "office") })
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { _, err := tx.MailAccountState(ctx, a.ID); return err })
}
