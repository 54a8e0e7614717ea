package store_test

import (
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
	"gatehouse/store/pgtest"
	"gatehouse/store/storetest"
)

// openSQLite opens a new desk in SQLite.
func openSQLite(t testing.TB) *store.Store { return open(t, store.Options{Dir: storetest.Dir(t)}) }

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

// TestManyTextsAreSeenInASample: with all of the texts as the sample it is
// exact on PostgreSQL; SQLite counts, and takes none.
func TestManyTextsAreSeenInASample(t *testing.T) {
	subjects := func(yield func(desk.Ticket) bool) {
		for i := range 60 {
			subject := "printer"
			if i%3 == 0 {
				subject = "paper and Printer"
			}
			if !yield(desk.Ticket{ID: desk.TicketID(1000 + i), Queue: 9, Subject: subject, Status: desk.StatusOpen, Reporter: 201}) {
				return
			}
		}
	}
	for name, open := range map[string]func(testing.TB) *store.Store{"sqlite": openSQLite, "postgres": postgresOpener(t)} {
		s := open(t)
		if err := s.BulkLoad(t.Context(), store.Bulk{Users: []desk.User{{ID: 201, Login: "anna", Kind: desk.Agent}},
			Queues: []desk.Queue{{ID: 9, Name: "Support"}}, Tickets: subjects}); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			why   string
			words string
			share float64
			most  int
			many  bool
		}{
			{"in all", "printer", 100, 14, true},
			{"in all, and as many may be looked at", "printer", 100, 15, false},
			{"both in a third", "paper printer", 100, 4, true},
			{"both in a third, and as many may be looked at", "paper printer", 100, 5, false},
			{"in none", "scanner", 100, 1, false},
			{"a sample too small to tell", "printer", 1e-9, 0, false},
		} {
			many, err := s.ManyTexts(t.Context(), tt.words, tt.share, tt.most)
			if err != nil || many != (tt.many && name == "postgres") {
				t.Errorf("%s, %s: many is %v (%v)", name, tt.why, many, err)
			}
		}
	}
}
