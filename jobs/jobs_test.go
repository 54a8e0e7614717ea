package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/jobs"
	"gatehouse/service"
	"gatehouse/store"
)

func silent() *slog.Logger { return slog.New(slog.DiscardHandler) }

// counted returns a step that has n pieces of work and counts what it did.
func counted(n int) (jobs.Step, *atomic.Int64) {
	var did atomic.Int64
	return jobs.Step{Name: "counted", Do: func(context.Context) (bool, error) {
		if did.Load() >= int64(n) {
			return false, nil
		}
		did.Add(1)
		return true, nil
	}}, &did
}

func TestDrainDoesAllThatComesOfIt(t *testing.T) {
	var later []string // what the second step left for the first
	waits := 3
	first := jobs.Step{Name: "first", Do: func(context.Context) (bool, error) {
		if len(later) == 0 {
			return false, nil
		}
		later = later[1:]
		return true, nil
	}}
	second := jobs.Step{Name: "second", Do: func(context.Context) (bool, error) {
		if waits == 0 {
			return false, nil
		}
		waits--
		later = append(later, "x")
		return true, nil
	}}
	if err := jobs.New(silent(), first, second).Drain(t.Context()); err != nil || waits != 0 || len(later) != 0 {
		t.Errorf("got %v with %d and %d left", err, waits, len(later))
	}
}

func TestAStepThatFailsKeepsNoOther(t *testing.T) {
	for _, tt := range []struct {
		why  string
		do   func(context.Context) (bool, error)
		want string
	}{
		{"an error", func(context.Context) (bool, error) { return true, errors.New("no relay") }, "no relay"},
		{"a panic", func(context.Context) (bool, error) { panic("nil map") }, "nil map"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			other, did := counted(5)
			err := jobs.New(silent(), jobs.Step{Name: "bad", Do: tt.do}, other).Drain(t.Context())
			if err == nil || !strings.Contains(err.Error(), tt.want) || did.Load() != 5 {
				t.Errorf("got %v after %d of 5", err, did.Load())
			}
		})
	}
}

func TestDrainEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	endless := jobs.Step{Name: "endless", Do: func(context.Context) (bool, error) { cancel(); return true, nil }}
	if err := jobs.New(silent(), endless).Drain(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestRunWakesAtTicksAndPokes(t *testing.T) {
	asked := make(chan struct{})
	step := jobs.Step{Name: "step", Do: func(context.Context) (bool, error) { asked <- struct{}{}; return false, nil }}
	runner := jobs.New(silent(), step)
	tick := make(chan time.Time)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { runner.Run(ctx, tick); close(ended) }()
	<-asked // at the start
	tick <- time.Time{}
	<-asked
	runner.Poke()
	<-asked
	cancel()
	<-ended
}

// What one step did is work for another one, without a tick.
func TestRunGoesOnWithWhatCameOfIt(t *testing.T) {
	made := make(chan int, 1)
	done := make(chan int)
	var once sync.Once
	first := jobs.Step{Name: "second", Do: func(context.Context) (bool, error) {
		select {
		case n := <-made:
			done <- n
			return true, nil
		default:
			return false, nil
		}
	}}
	second := jobs.Step{Name: "first", Do: func(context.Context) (worked bool, _ error) {
		once.Do(func() { made <- 1; worked = true })
		return worked, nil
	}}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { jobs.New(silent(), first, second).Run(ctx, nil); close(ended) }()
	<-done
	cancel()
	<-ended
}

func TestStoppingFinishesWhatIsInFlight(t *testing.T) {
	begun, goOn := make(chan struct{}), make(chan struct{})
	var finished atomic.Bool
	step := jobs.Step{Name: "step", Do: func(ctx context.Context) (bool, error) {
		close(begun)
		<-goOn
		finished.Store(ctx.Err() == nil)
		return true, nil
	}}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { jobs.New(silent(), step).Run(ctx, nil); close(ended) }()
	<-begun
	cancel()
	select {
	case <-ended:
		t.Error("ended in the middle of its work")
	default:
	}
	close(goOn)
	<-ended
	if !finished.Load() {
		t.Error("the work in flight was broken off")
	}
}

func TestNoMoreAtOnceThanWorkers(t *testing.T) {
	var mu sync.Mutex
	now, most, left := 0, 0, 50
	both, last := make(chan struct{}), make(chan struct{}) // two wait for each other, so that both are at work
	begin := func() bool {
		mu.Lock()
		defer mu.Unlock()
		now, left = now+1, left-1
		most = max(most, now)
		if left == 0 {
			close(last)
		}
		return left >= 0
	}
	step := jobs.Step{Name: "step", Workers: 2, Do: func(context.Context) (bool, error) {
		worked := begin()
		if worked {
			select {
			case both <- struct{}{}:
			case <-both:
			}
		}
		mu.Lock()
		defer mu.Unlock()
		now--
		return worked, nil
	}}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { jobs.New(silent(), step).Run(ctx, nil); close(ended) }()
	<-last
	cancel()
	<-ended
	if most != 2 {
		t.Errorf("got %d at once, want 2", most)
	}
}

// TestHandle has three jobs: one fails, one panics, one works.
func TestHandle(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	st, err := store.Open(t.Context(), store.Options{Dir: t.TempDir(), Now: clock, Migrate: true})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	svc := service.New(st, service.Options{Now: clock})
	system := desk.System(desk.ViaJob)
	insert(t, st, "fails", "panics", "works", "other")
	var did []string
	handlers := map[string]jobs.Handler{
		"fails":  func(context.Context, desk.Job) error { return errors.New("not today") },
		"panics": func(context.Context, desk.Job) error { panic("nil map") },
		"works": func(ctx context.Context, job desk.Job) error {
			did = append(did, job.Data)
			return svc.QueueLetters(ctx, system, job.ID, nil)
		},
	}
	runner := jobs.New(silent(), jobs.Handle(svc, silent(), service.StepEvents, handlers))
	if err := runner.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(did) != 1 || did[0] != "data of works" {
		t.Errorf("done: got %v", did)
	}
	want := map[string]desk.Job{
		"fails":  {Reason: "not today", Tries: 1},
		"panics": {Reason: "the program broke: nil map", Tries: 1, Parked: true},
		"other":  {},
	}
	for kind, got := range left(t, st) {
		w, ok := want[kind]
		if !ok || got.Reason != w.Reason || got.Tries != w.Tries || got.Parked != w.Parked {
			t.Errorf("%s: got %+v, want %+v", kind, got, w)
		}
		delete(want, kind)
	}
	if len(want) != 0 {
		t.Errorf("gone: %v", want)
	}
	for range 20 { // until it is given up
		now = now.Add(2 * time.Hour)
		if err := runner.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if got := left(t, st)["fails"]; !got.Parked || got.Tries != 12 {
		t.Errorf("a job that always fails: got %+v, want it parked after 12 tries", got)
	}
}

func insert(t *testing.T, st *store.Store, kinds ...string) {
	t.Helper()
	err := st.Do(t.Context(), func(tx *store.Tx) error {
		for _, kind := range kinds {
			if err := tx.InsertJob(t.Context(), &desk.Job{Kind: kind, Data: "data of " + kind}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// left returns the jobs that are there, by kind.
func left(t *testing.T, st *store.Store) map[string]desk.Job {
	t.Helper()
	found := map[string]desk.Job{}
	err := st.View(t.Context(), func(tx *store.Tx) error {
		list, _, err := tx.Jobs(t.Context(), store.JobFilter{})
		for _, j := range list {
			found[j.Kind] = j
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
