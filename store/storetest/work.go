package storetest

import (
	"context"
	"maps"
	"slices"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// testWork asks for what is kept of nodes and of the work that they do.
func testWork(t *testing.T, s *store.Store) {
	testNodes(t, s)
	testWorkDue(t, s)
	testCommonTurns(t, s)
	testWorkTimes(t, s)
}

// testWorkTimes: of each node and sort of work is known what was said last, and
// the last run outlives a restart of the program; what a node that is gone said
// is forgotten once others have done the work since.
func testWorkTimes(t *testing.T, s *store.Store) {
	ran := Start.Add(-time.Minute)
	note := func(list ...desk.StepTimes) {
		t.Helper()
		if err := s.Do(t.Context(), func(tx *store.Tx) error { return tx.NoteWork(t.Context(), list) }); err != nil {
			t.Fatal(err)
		}
	}
	known := func() (list []desk.StepTimes) {
		view(t, s, func(ctx context.Context, tx *store.Tx) (err error) { list, err = tx.Work(ctx); return err })
		return list
	}
	full := desk.StepTimes{Step: "letters out", Node: "b:80", Looked: Start, Begun: Start.Add(-time.Second), Ran: ran, Took: 1500 * time.Millisecond, Failures: 3, Failing: ran, Reason: "no relay"}
	note(full, desk.StepTimes{Step: "clocks", Node: "b:80", Looked: Start})
	if got := known(); len(got) != 2 || got[0].Step != "clocks" || !got[0].Ran.IsZero() || got[1] != full {
		t.Errorf("got %+v, want %+v after clocks", got, full)
	}
	note(desk.StepTimes{Step: "letters out", Node: "b:80", Looked: Start.Add(time.Second)}) // it was started anew
	if got := known()[1]; !got.Ran.Equal(ran) || got.Took != full.Took || got.Failures != 0 || got.Reason != "" || !got.Begun.IsZero() {
		t.Errorf("after a restart: got %+v, want its last run and no failures", got)
	}
	old := desk.StepTimes{Step: "letters out", Node: "gone:80", Looked: Start.Add(-25 * time.Hour), Ran: Start.Add(-26 * time.Hour)}
	last := desk.StepTimes{Step: "sweeping", Node: "gone:80", Looked: Start.Add(-25 * time.Hour), Ran: Start.Add(-26 * time.Hour)}
	note(old, last, desk.StepTimes{Step: "sweeping", Node: "b:80", Looked: Start})
	var steps []string
	for _, w := range known() {
		steps = append(steps, w.Step+" on "+w.Node)
	}
	if want := []string{"clocks on b:80", "letters out on b:80", "sweeping on b:80", "sweeping on gone:80"}; !slices.Equal(steps, want) {
		t.Errorf("got %q, want %q: who swept last is still known", steps, want)
	}
}

// testWorkDue: what waits is counted by its sort, with when the first is due.
func testWorkDue(t *testing.T, s *store.Store) {
	due := func() (list map[string]desk.Due) {
		view(t, s, func(ctx context.Context, tx *store.Tx) (err error) { list, err = tx.WorkDue(ctx); return err })
		return list
	}
	before := due()
	err := s.Do(t.Context(), func(tx *store.Tx) error {
		for _, j := range []desk.Job{{Kind: "push", Next: Start.Add(time.Hour)}, {Kind: "push", Next: Start}, {Kind: "push", Next: Start.Add(-time.Hour), Parked: true}, {Kind: "held", Next: Start}} {
			if err := tx.InsertJob(t.Context(), &j); err != nil {
				return err
			}
		}
		_, _, err := tx.TakeTurn(t.Context(), "other", time.Hour, time.Minute)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	got := due()
	for _, name := range slices.Collect(maps.Keys(before)) {
		delete(got, name)
	}
	want := map[string]desk.Due{"job:push": {Count: 2, Next: Start}, "job:held": {Count: 1, Next: Start}, "turn:other": {Count: 1, Next: Start.Add(time.Minute)}}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// testCommonTurns: one of several does what is done once for all; where it says
// nothing more another does after the lease, and a clock that was ahead puts
// nothing off.
func testCommonTurns(t *testing.T, s *store.Store) {
	take := func(every time.Duration) (next time.Time, mine bool) {
		t.Helper()
		err := s.Do(t.Context(), func(tx *store.Tx) (err error) {
			next, mine, err = tx.TakeTurn(t.Context(), "sweeping", every, time.Hour)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return next, mine
	}
	end := func(next time.Time) {
		t.Helper()
		if err := s.Do(t.Context(), func(tx *store.Tx) error { return tx.EndTurn(t.Context(), "sweeping", next) }); err != nil {
			t.Fatal(err)
		}
	}
	const day = 24 * time.Hour
	for _, tt := range []struct {
		why  string
		ends time.Time // what was said before; zero: nothing
		mine bool
		next time.Time
	}{
		{"on a new desk", time.Time{}, false, Start.Add(time.Hour)},
		{"while it waits", time.Time{}, false, Start.Add(time.Hour)},
		{"when it is due", Start, true, Start.Add(time.Hour)},
		{"while another does it", time.Time{}, false, Start.Add(time.Hour)},
		{"when it was done", Start.Add(day), false, Start.Add(day)},
		{"long after it was due", Start.Add(-10 * day), true, Start.Add(time.Hour)},
		{"put off by a clock that was a month ahead", Start.Add(30 * day), true, Start.Add(time.Hour)},
	} {
		if !tt.ends.IsZero() {
			end(tt.ends)
		}
		if next, mine := take(day); mine != tt.mine || !next.Equal(tt.next) {
			t.Errorf("%s: got %v, %v, want %v, %v", tt.why, next, mine, tt.next, tt.mine)
		}
	}
}
