package storetest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatehouse/desk"
	"gatehouse/store"
)

// testQuiet: which customers are quiet for whom stays when the membership is
// changed otherwise, moves no access version, and goes with the membership.
func testQuiet(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	carl, acme, globex := desk.PrincipalID(c.carl), desk.PrincipalID(c.acme), desk.PrincipalID(c.globex)
	at := desk.Membership{Group: acme, Member: carl, Part: desk.PartMember, Source: "hand"}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.AddMembership(ctx, at), tx.AddMembership(ctx, desk.Membership{Group: globex, Member: carl, Part: desk.PartReader, Source: "hand"}))
	})
	check := func(want map[desk.PrincipalID][]desk.PrincipalID) {
		t.Helper()
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			got, err := tx.Quiet(ctx, []desk.PrincipalID{carl, desk.PrincipalID(c.bob)})
			if !cmp.Equal(got, want) {
				t.Errorf("quiet are %v, want %v", got, want)
			}
			return err
		})
	}
	check(map[desk.PrincipalID][]desk.PrincipalID{})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		at.Part = desk.PartManager
		return errors.Join(tx.SetQuiet(ctx, acme, carl, true), tx.UpdateMembership(ctx, at))
	})
	check(map[desk.PrincipalID][]desk.PrincipalID{carl: {acme}})
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SetQuiet(ctx, globex, carl, true) })
	check(map[desk.PrincipalID][]desk.PrincipalID{carl: {min(acme, globex), max(acme, globex)}})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.SetQuiet(ctx, globex, carl, false), tx.RemoveMembership(ctx, acme, carl), tx.AddMembership(ctx, at))
	})
	check(map[desk.PrincipalID][]desk.PrincipalID{})
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error {
		return tx.SetQuiet(ctx, acme, desk.PrincipalID(c.bob), true)
	})
}

// wantWanted: who wants a ticket's letters is not squelched, squelching ends it,
// and letting the letters through leaves nothing.
func wantWanted(t *testing.T, ctx context.Context, tx *store.Tx, ticket desk.TicketID, user desk.UserID) {
	t.Helper()
	for range 2 { // the second time changes nothing
		if err := tx.Want(ctx, ticket, user); err != nil {
			t.Fatal(err)
		}
	}
	check := func(why string, wanted, squelched bool) {
		t.Helper()
		w, err := tx.Wanted(ctx, ticket)
		q, errToo := tx.Squelched(ctx, ticket)
		if err != nil || errToo != nil || slices.Contains(w, user) != wanted || slices.Contains(q, user) != squelched {
			t.Errorf("%s: wanted by %v, squelched for %v (%v, %v)", why, w, q, err, errToo)
		}
	}
	check("wanted", true, false)
	if err := tx.Squelch(ctx, ticket, user, true); err != nil {
		t.Fatal(err)
	}
	check("squelched", false, true)
	if err := tx.Want(ctx, ticket, user); err != nil {
		t.Fatal(err)
	}
	check("wanted again", true, false)
	if err := tx.Squelch(ctx, ticket, user, false); err != nil {
		t.Fatal(err)
	}
	check("neither", false, false)
}
