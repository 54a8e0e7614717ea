package storetest

import (
	"context"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// testNodes: a node is listed from its first sign until it ends, once, and with
// what it said last.
func testNodes(t *testing.T, s *store.Store) {
	do := func(fn func(ctx context.Context, tx *store.Tx) error) {
		t.Helper()
		if err := s.Do(t.Context(), func(tx *store.Tx) error { return fn(t.Context(), tx) }); err != nil {
			t.Fatal(err)
		}
	}
	first := desk.Node{Name: "b:80", Program: "1.0", Started: Start}
	do(func(ctx context.Context, tx *store.Tx) error { return tx.Beat(ctx, first) })
	first.Program, first.Started, first.Access = "1.1", Start.Add(time.Hour), 42
	do(func(ctx context.Context, tx *store.Tx) error { return tx.Beat(ctx, first) })
	do(func(ctx context.Context, tx *store.Tx) error {
		return tx.Beat(ctx, desk.Node{Name: "a:80", Program: "1.0", Started: Start})
	})
	nodes := func() (list []desk.Node) {
		view(t, s, func(ctx context.Context, tx *store.Tx) (err error) { list, err = tx.Nodes(ctx); return err })
		return list
	}
	first.Edition, first.Seen = store.Edition, Start
	if got := nodes(); len(got) != 2 || got[0].Name != "a:80" || got[1] != first {
		t.Errorf("got %+v, want a:80 and what b:80 said last", got)
	}
	do(func(ctx context.Context, tx *store.Tx) error { return tx.EndNode(ctx, "a:80") })
	do(func(ctx context.Context, tx *store.Tx) error { return tx.EndNode(ctx, "a:80") })
	if got := nodes(); len(got) != 1 || got[0].Name != "b:80" {
		t.Errorf("after one has ended: got %+v", got)
	}
}
