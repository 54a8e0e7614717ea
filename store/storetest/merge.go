package storetest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// testMergeUser: one user stands where the other stood, has his addresses and
// reported what he reported; the other's login names nobody new.
func testMergeUser(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	kim := desk.User{Login: "kim@home.example", Kind: desk.Contact, Addresses: []string{"kim@home.example", "kim@old.example"}}
	var both, one *desk.Ticket
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertUser(ctx, &kim); err != nil {
			return err
		}
		mk := func(holders ...desk.Holder) *desk.Ticket {
			ticket := &desk.Ticket{Queue: c.support, Subject: "x", Status: desk.StatusNew, Reporter: kim.ID, Holders: holders, Created: Start, Updated: Start}
			if err := tx.InsertTicket(ctx, ticket); err != nil {
				t.Fatal(err)
			}
			return ticket
		}
		both = mk(desk.Holder{Role: desk.Cc, Who: desk.PrincipalID(kim.ID)}, desk.Holder{Role: desk.Cc, Who: desk.PrincipalID(c.bob)})
		one = mk(desk.Holder{Role: desk.Requestor, Who: desk.PrincipalID(kim.ID)})
		return errors.Join(tx.Squelch(ctx, one.ID, kim.ID, true), tx.SetOwnKeys(ctx, kim.ID, desk.OwnKeys{Off: true}),
			tx.InsertSession(ctx, &desk.Session{Digest: "d", User: kim.ID, Created: Start, Seen: Start}))
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.MergeUser(ctx, kim.ID, c.bob) })
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, want := range []struct {
			id   desk.TicketID
			role desk.RoleID
		}{{both.ID, desk.Cc}, {one.ID, desk.Requestor}} {
			ticket, err := tx.Ticket(ctx, want.id)
			if err != nil {
				return err
			}
			if got := ticket.In(want.role); !slices.Equal(got, []desk.PrincipalID{desk.PrincipalID(c.bob)}) || ticket.Reporter != c.bob {
				t.Errorf("on ticket %d stand %v, reported by %d", want.id, got, ticket.Reporter)
			}
		}
		for _, name := range []string{"kim@home.example", "kim@old.example"} {
			if u, err := tx.UserByName(ctx, name); err != nil || u.ID != c.bob {
				t.Errorf("%s names %v, %v, want bob", name, u, err)
			}
		}
		silent, err := tx.Squelched(ctx, one.ID)
		if !slices.Equal(silent, []desk.UserID{c.bob}) {
			t.Errorf("%v are not told, want bob", silent)
		}
		if keys, err := tx.OwnKeys(ctx, kim.ID); keys.Off || err != nil {
			t.Errorf("his keys are left: %v, %v", keys, err)
		}
		if list, err := tx.SessionsOf(ctx, kim.ID); len(list) != 0 || err != nil {
			t.Errorf("sessions are left: %v, %v", list, err)
		}
		return err
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error { // and both can be saved
		bob, err := tx.User(ctx, c.bob)
		if err != nil {
			return err
		}
		gone, err := tx.User(ctx, kim.ID)
		if err != nil {
			return err
		}
		gone.Disabled, gone.Created = true, time.Time{}
		if err := tx.UpdateUser(ctx, gone); err != nil {
			return err
		}
		return tx.UpdateUser(ctx, bob)
	})
}
