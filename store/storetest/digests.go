package storetest

import (
	"context"
	"slices"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// testDigests: what is collected for somebody goes into one digest, oldest
// first and no more than asked for; where he wants none any more, what is in no
// digest yet goes out at once, and nobody else's letters are touched.
func testDigests(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	k := newTicket(t, s, c, "Fire")
	var ids []desk.OutboxID
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		ids = nil
		for _, to := range []desk.UserID{c.carl, c.carl, c.carl, c.anna} {
			o := desk.Outgoing{Kind: desk.LetterReply, Ticket: k.ID, To: to, Address: "x@example.org", State: desk.OutCollected, Why: []desk.Why{{Role: desk.Cc}}}
			if err := tx.InsertOutgoing(ctx, &o); err != nil {
				return err
			}
			o.State = desk.OutCollected
			if err := tx.UpdateOutgoing(ctx, &o); err != nil {
				return err
			}
			ids = append(ids, o.ID)
		}
		if err := tx.SetDigestWish(ctx, store.DigestWish{User: c.carl, Sent: Start.Add(-time.Hour)}); err != nil {
			return err
		}
		return tx.SetDigestWish(ctx, store.DigestWish{User: c.carl, Sent: Start})
	})
	wishes := func(users ...desk.UserID) []store.DigestWish {
		return read(t, s, func(ctx context.Context, tx *store.Tx) ([]store.DigestWish, error) {
			return tx.DigestWishes(ctx, users...)
		})
	}
	if got := wishes(); len(got) != 1 || got[0].User != c.carl || !got[0].Sent.Equal(Start.Truncate(time.Microsecond)) {
		t.Errorf("who wants digests is %v, want carl alone, since the start", got)
	}
	if got := wishes(c.anna); len(got) != 0 {
		t.Errorf("anna wants %v, want none", got)
	}
	collected := func(who desk.UserID) int {
		return read(t, s, func(ctx context.Context, tx *store.Tx) (int, error) { return tx.Collected(ctx, who) })
	}
	if got := collected(c.carl); got != 3 {
		t.Errorf("%d letters are collected for carl, want 3", got)
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.Gather(ctx, c.carl, ids[0]+1000, 2)
		if n != 2 {
			t.Errorf("%d letters go in the digest, want the two asked for", n)
		}
		return err
	})
	gathered := read(t, s, func(ctx context.Context, tx *store.Tx) (list []desk.OutboxID, err error) {
		letters, err := tx.Gathered(ctx, ids[0]+1000)
		for _, o := range letters {
			list = append(list, o.ID)
		}
		return list, err
	})
	if !slices.Equal(gathered, ids[:2]) {
		t.Errorf("the digest has %v, want %v", gathered, ids[:2])
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.EndDigestWish(ctx, c.carl) })
	if got := wishes(); len(got) != 0 || collected(c.carl) != 0 || collected(c.anna) != 1 {
		t.Errorf("after he wants none: wishes %v, collected for carl %d and for anna %d, want none, 0 and 1", got, collected(c.carl), collected(c.anna))
	}
	for i, want := range []desk.OutboxState{desk.OutCollected, desk.OutCollected, desk.OutWaiting, desk.OutCollected} {
		o := read(t, s, func(ctx context.Context, tx *store.Tx) (*desk.Outgoing, error) { return tx.Outgoing(ctx, ids[i]) })
		if o.State != want {
			t.Errorf("letter %d is %s, want %s", i, o.State, want)
		}
	}
}
