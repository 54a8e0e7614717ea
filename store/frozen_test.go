package store_test

import (
	"context"
	"io"
	"testing"

	"gatehouse/desk"
	"gatehouse/store"
	"gatehouse/store/pgtest"
)

// impatient is a store on PostgreSQL whose server ends transactions that stand
// still for a second, and another one on the same database.
func impatient(t *testing.T) (s, other *store.Store) {
	t.Helper()
	url := pgtest.NewDatabase(t)
	other = open(t, store.Options{URL: url})
	return open(t, store.Options{URL: url + "&idle_in_transaction_session_timeout=1000"}), other
}

// TestAFrozenNodeKeepsNobodyWaiting: a node that stands still in the middle of a
// change holds what it was to change for a while, and no longer. When it goes on,
// its change is made again behind those that came between, or refused.
func TestAFrozenNodeKeepsNobodyWaiting(t *testing.T) {
	frozen, other := impatient(t)
	ctx := t.Context()
	u := desk.User{Login: "anna", Name: "Anna", Kind: desk.Agent}
	if err := other.Do(ctx, func(tx *store.Tx) error { return tx.InsertUser(ctx, &u) }); err != nil {
		t.Fatal(err)
	}
	rename := func(s *store.Store, name string, then func()) error {
		return s.Do(ctx, func(tx *store.Tx) error {
			of, err := tx.User(ctx, u.ID)
			if err != nil {
				return err
			}
			of.Name += name
			if err := tx.UpdateUser(ctx, of); err != nil {
				return err
			}
			then()
			return nil
		})
	}
	stood := false
	err := rename(frozen, " of the node", func() {
		if stood {
			return
		}
		stood = true
		if err := rename(other, " of the other", func() {}); err != nil {
			t.Errorf("the other: %v", err)
		}
	})
	want := "Anna of the other of the node"
	if err != nil {
		want = "Anna of the other"
	}
	if err != nil && desk.KindOf(err) != desk.Unavailable {
		t.Errorf("the node is refused with %v", err)
	}
	if err := other.View(ctx, func(tx *store.Tx) error {
		got, err := tx.User(ctx, u.ID)
		if err == nil && got.Name != want {
			t.Errorf("in the end she is %q, want %q", got.Name, want)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}

// TestABackupMayBeReadSlowly: one whose reader stands still is not ended.
func TestABackupMayBeReadSlowly(t *testing.T) {
	s, _ := impatient(t)
	from, to := io.Pipe()
	go func() {
		_, err := s.Backup(context.WithoutCancel(t.Context()), to, func(int) {})
		to.CloseWithError(err)
	}()
	if _, err := io.ReadFull(from, make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.DB().ExecContext(t.Context(), "SELECT pg_sleep(1.5)"); err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, from); err != nil {
		t.Error(err)
	}
}
