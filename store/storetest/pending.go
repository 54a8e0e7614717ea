package storetest

import (
	"context"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// testPending: somebody waits once, is let in or refused once, and who was
// refused does not wait again.
func testPending(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	anna := desk.PendingMember{Customer: c.acme, User: c.anna, Domain: "acme.example", Since: Start.Truncate(time.Microsecond)}
	bob := anna
	bob.User, bob.Since = c.bob, anna.Since.Add(-time.Hour)
	add := func(p desk.PendingMember, want bool) {
		t.Helper()
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			added, err := tx.AddPending(ctx, p)
			if added != want {
				t.Errorf("%d waits anew: %v, want %v", p.User, added, want)
			}
			return err
		})
	}
	waiting := func(want ...desk.PendingMember) {
		t.Helper()
		got := read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.PendingMember, error) {
			return tx.Pending(ctx, c.acme, 10)
		})
		same(t, "who waits", got, nil, want)
	}
	add(anna, true)
	add(anna, false)
	add(bob, true)
	waiting(bob, anna)
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.RefusePending(ctx, c.acme, c.bob) })
	waiting(anna)
	add(bob, false)
	for name, again := range map[string]func(context.Context, *store.Tx) error{
		"refuse": func(ctx context.Context, tx *store.Tx) error { return tx.RefusePending(ctx, c.acme, c.bob) },
		"let in": func(ctx context.Context, tx *store.Tx) error { return tx.EndPending(ctx, c.acme, c.bob) },
	} {
		t.Run(name, func(t *testing.T) { refused(t, s, desk.NotFound, again) })
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.EndPending(ctx, c.acme, c.anna) })
	waiting()
	add(anna, true)
}
