package scenario_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"

	"gatehouse/scenario"
	"gatehouse/service"
	"gatehouse/store"
	"gatehouse/store/pgtest"
)

// freshDesks returns what makes an empty desk for each scenario: a copy of one
// that was made once.
func freshDesks(t testing.TB) scenario.Fresh {
	t.Helper()
	dir := t.TempDir()
	st, err := store.Open(t.Context(), store.Options{Dir: dir, Migrate: true, Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	template, err := os.ReadFile(filepath.Join(dir, "gatehouse.db"))
	if err != nil {
		t.Fatal(err)
	}
	var made atomic.Int64
	return func(ctx context.Context) (*service.Service, func() error, error) {
		at := filepath.Join(dir, strconv.FormatInt(made.Add(1), 10))
		err := errors.Join(os.Mkdir(at, 0o700), os.WriteFile(filepath.Join(at, "gatehouse.db"), template, 0o600))
		if err != nil {
			return nil, nil, err
		}
		st, err := store.Open(ctx, store.Options{Dir: at, Volatile: true, Migrate: true})
		if err != nil {
			return nil, nil, err
		}
		svc := service.New(st, service.Options{Name: "Desk", Domain: "desk.example", MinPassword: 1})
		return svc, func() error { return errors.Join(st.Close(), os.RemoveAll(at)) }, nil
	}
}

// A loan is a database in PostgreSQL that is emptied for each scenario.
type loan struct {
	store *store.Store
	seed  *pgtest.Snapshot
}

// freshPostgres returns what makes an empty desk in PostgreSQL for each
// scenario: for as many as are played at once there is a database, which is
// brought back to what it held when it was new.
func freshPostgres(t *testing.T) scenario.Fresh {
	t.Helper()
	free := make(chan loan, runtime.GOMAXPROCS(0))
	for range cap(free) {
		free <- newLoan(t)
	}
	return func(ctx context.Context) (*service.Service, func() error, error) {
		l := <-free
		if err := l.seed.Restore(ctx); err != nil {
			return nil, nil, err
		}
		svc := service.New(l.store, service.Options{Name: "Desk", Domain: "desk.example", MinPassword: 1})
		return svc, func() error { free <- l; return nil }, nil
	}
}

func newLoan(t *testing.T) loan {
	t.Helper()
	at := pgtest.NewDatabase(t)
	st, err := store.Open(t.Context(), store.Options{URL: at, Dir: t.TempDir(), Migrate: true, Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	seed, err := pgtest.Remember(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(seed.Close(context.Background()), st.Close()); err != nil {
			t.Error(err)
		}
	})
	return loan{st, seed}
}

// TestScenarios: every scenario of testdata passes.
func TestScenarios(t *testing.T) {
	fresh := freshDesks(t)
	for _, file := range files(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			scenario.Run(t.Context(), readFile(t, file), fresh, func(r *scenario.Result) { wantPassed(t, r) })
		})
	}
}

// TestScenariosOnPostgres: they pass on the other database as well.
func TestScenariosOnPostgres(t *testing.T) {
	fresh := freshPostgres(t)
	for _, file := range files(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			scenario.Run(t.Context(), readFile(t, file), fresh, func(r *scenario.Result) { wantPassed(t, r) })
		})
	}
}

func wantPassed(t testing.TB, r *scenario.Result) {
	t.Helper()
	for _, f := range r.Failures {
		t.Errorf("%s (line %d): %s: want %s, got %s", r.Scenario.ID, f.Line, f.Asked, f.Want, f.Got)
	}
	if r.Broken != nil {
		t.Errorf("%s: %v", r.Scenario.ID, r.Broken)
	}
}
