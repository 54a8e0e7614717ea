package jobs_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/jobs"
)

// TestTimes: of each step is known when it last did something and for how long,
// and how often it failed in a row. A piece that was put off is mended by one
// that works, not by there being nothing to do; a step that failed is mended by
// either.
func TestTimes(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	start := now
	times := jobs.NewTimes(func() time.Time { return now })
	var worked bool
	var err error
	step := times.Watch(jobs.Step{Name: "rules", Do: func(context.Context) (bool, error) {
		now = now.Add(2 * time.Second)
		return worked, err
	}})
	down, putOff := errors.New("the database is away"), &jobs.PutOff{Err: errors.New("no such queue")}
	for _, tt := range []struct {
		why    string
		worked bool
		err    error
		want   desk.StepTimes
	}{
		{"nothing to do", false, nil, desk.StepTimes{}},
		{"some work", true, nil, desk.StepTimes{Ran: start.Add(time.Minute), Took: 2 * time.Second}},
		{"nothing to do, again", false, nil, desk.StepTimes{Ran: start.Add(time.Minute), Took: 2 * time.Second}},
		{"it fails", false, down, desk.StepTimes{Ran: start.Add(3 * time.Minute), Took: 2 * time.Second, Failures: 1, Failing: start.Add(3*time.Minute + 2*time.Second), Reason: "the database is away"}},
		{"it fails again", true, down, desk.StepTimes{Ran: start.Add(4 * time.Minute), Took: 2 * time.Second, Failures: 2, Failing: start.Add(3*time.Minute + 2*time.Second), Reason: "the database is away"}},
		{"the database is back", false, nil, desk.StepTimes{Ran: start.Add(4 * time.Minute), Took: 2 * time.Second}},
		{"a piece is put off", true, putOff, desk.StepTimes{Ran: start.Add(6 * time.Minute), Took: 2 * time.Second, Failures: 1, Failing: start.Add(6*time.Minute + 2*time.Second), Reason: "no such queue"}},
		{"nothing is due", false, nil, desk.StepTimes{Ran: start.Add(6 * time.Minute), Took: 2 * time.Second, Failures: 1, Failing: start.Add(6*time.Minute + 2*time.Second), Reason: "no such queue"}},
		{"another piece works", true, nil, desk.StepTimes{Ran: start.Add(8 * time.Minute), Took: 2 * time.Second}},
	} {
		worked, err = tt.worked, tt.err
		if _, got := step.Do(t.Context()); !errors.Is(got, tt.err) {
			t.Fatalf("%s: the step said %v", tt.why, got)
		}
		tt.want.Step, tt.want.Looked = "rules", now
		if got := times.All(); len(got) != 1 || got[0] != tt.want {
			t.Errorf("%s:\ngot  %+v\nwant %+v", tt.why, got, tt.want)
		}
		now = now.Truncate(time.Minute).Add(time.Minute)
	}
}

// TestTimesOfWhatIsUnderWay: the first piece that is under way counts, and a
// panic ends one as an error does.
func TestTimesOfWhatIsUnderWay(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	times := jobs.NewTimes(func() time.Time { return now })
	var inside []time.Time
	deep := 0
	var step jobs.Step
	step = times.Watch(jobs.Step{Name: "webhooks", Do: func(ctx context.Context) (bool, error) {
		inside = append(inside, times.All()[0].Begun)
		if deep++; deep == 3 {
			panic("nil map")
		}
		now = now.Add(time.Minute)
		_, _ = step.Do(ctx)
		return true, nil
	}})
	if worked, err := step.Do(t.Context()); !worked || err != nil {
		t.Errorf("got %v, %v", worked, err)
	}
	first := now.Add(-2 * time.Minute)
	for i, at := range inside {
		if !at.Equal(first) {
			t.Errorf("with %d under way: since %v, want %v", i+1, at, first)
		}
	}
	if got := times.All()[0]; len(inside) != 3 || !got.Begun.IsZero() || got.Failures != 0 || got.Took != 2*time.Minute {
		t.Errorf("got %+v after %d", got, len(inside))
	}
}

// TestPutOffIsNoEnd: where a piece is put off, the next one is done at once.
func TestPutOffIsNoEnd(t *testing.T) {
	left := 3
	step := jobs.Step{Name: "jobs", Do: func(context.Context) (bool, error) {
		if left == 0 {
			return false, nil
		}
		left--
		return true, &jobs.PutOff{Err: errors.New("not today")}
	}}
	if err := jobs.New(silent(), step).Drain(t.Context()); err != nil || left != 0 {
		t.Errorf("got %v with %d left", err, left)
	}
}
