package store_test

import (
	"testing"
	"time"

	"gatehouse/store"
	"gatehouse/store/pgtest"
	"gatehouse/store/storetest"
)

// openSQLite opens a new desk in SQLite.
func openSQLite(t testing.TB) *store.Store { return open(t, store.Options{}) }

// postgresOpener returns a function that opens a new desk in PostgreSQL: a copy
// of an empty one, as that is quicker than making the schema again.
func postgresOpener(t *testing.T) func(testing.TB) *store.Store {
	empty := pgtest.NewDatabase(t)
	if err := open(t, store.Options{URL: empty}).Close(); err != nil {
		t.Fatal(err)
	}
	return func(t testing.TB) *store.Store {
		return open(t, store.Options{URL: pgtest.Shared(t).Copy(t, empty)})
	}
}

func open(t testing.TB, o store.Options) *store.Store {
	t.Helper()
	if o.Dir == "" {
		o.Dir = t.TempDir()
	}
	if o.Now == nil {
		o.Now = func() time.Time { return storetest.Start }
	}
	o.Migrate, o.Volatile = true, true
	s, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("closing the store: %v", err)
		}
	})
	return s
}

func TestConformance(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { storetest.Run(t, openSQLite) })
	t.Run("postgres", func(t *testing.T) { storetest.Run(t, postgresOpener(t)) })
}

// TestPlans makes every list in each of the ways in which lists can be made.
func TestPlans(t *testing.T) {
	for name, open := range map[string]func(testing.TB) *store.Store{"sqlite": openSQLite, "postgres": postgresOpener(t)} {
		for _, plan := range []struct {
			name      string
			queues    string
			textFirst bool
		}{
			{"scan, texts first", "scan", true},
			{"newest of each queue, tickets first", "each", false},
			{"whole queues, tickets first", "whole", false},
		} {
			forced := func(t testing.TB) *store.Store {
				s := open(t)
				s.ForcePlans(plan.queues, plan.textFirst)
				return s
			}
			t.Run(name+", "+plan.name, func(t *testing.T) { storetest.RunLists(t, forced) })
		}
	}
}
