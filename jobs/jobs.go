// Package jobs does what the desk has put off: letters in the spool, jobs that
// events left behind, letters in the outbox.
//
// It promises that one piece of work that fails, even by a panic, does not keep
// the others from being done, that what is in flight when it is told to stop
// comes to its end, and that no more is done at once than it was told. It knows
// no clock: something outside ticks.
//
// It does not know what the work is, and decides neither when something is
// tried again nor when it is given up; service does.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

// A Step does one piece of work that is due, as often as it is asked.
type Step struct {
	Name string
	// Do does the next piece and reports whether there was one. An error means
	// that trying at once again will not help, unless it is a PutOff.
	Do func(ctx context.Context) (worked bool, err error)
	// Workers is how many pieces are done at once; zero means one.
	Workers int
}

// A PutOff says of a piece of work that it failed and was put off or parked:
// others may be done at once.
type PutOff struct{ Err error }

// Error says why it failed.
func (e *PutOff) Error() string { return e.Err.Error() }

// Unwrap returns why it failed.
func (e *PutOff) Unwrap() error { return e.Err }

// A Runner runs steps.
type Runner struct {
	steps []Step
	log   *slog.Logger
	poke  chan struct{}
}

// New returns a runner of the steps.
func New(log *slog.Logger, steps ...Step) *Runner {
	return &Runner{steps: steps, log: log, poke: make(chan struct{}, 1)}
}

// Poke says that there may be work. It never blocks.
func (r *Runner) Poke() { wake(r.poke) }

func wake(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default: // it is awake
	}
}

// Drain does everything that is due now, what comes of it included, and
// returns the errors of the steps; a step that failed is not run again.
func (r *Runner) Drain(ctx context.Context) error {
	failed := make([]error, len(r.steps))
	for again := true; again && ctx.Err() == nil; {
		again = false
		for i, step := range r.steps {
			for worked := true; worked && failed[i] == nil && ctx.Err() == nil; again = again || worked {
				worked, failed[i] = do(ctx, step)
			}
		}
	}
	return errors.Join(append(failed, ctx.Err())...)
}

// Run does what is due at every tick and every poke, until ctx is done and what
// was in flight has come to its end.
func (r *Runner) Run(ctx context.Context, tick <-chan time.Time) {
	var workers sync.WaitGroup
	var bells []chan struct{}
	for _, step := range r.steps {
		for range max(step.Workers, 1) {
			bell := make(chan struct{}, 1)
			bells = append(bells, bell)
			workers.Go(func() { r.work(ctx, step, bell) })
		}
	}
	defer workers.Wait()
	for {
		for _, bell := range bells {
			wake(bell)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick:
		case <-r.poke:
		}
	}
}

// work runs a step whenever its bell rings, until there is nothing to do or it
// fails. What it did may be work for other steps.
func (r *Runner) work(ctx context.Context, step Step, bell <-chan struct{}) {
	failing := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-bell:
		}
		for worked := true; worked && ctx.Err() == nil; {
			var err error
			worked, err = do(context.WithoutCancel(ctx), step)
			r.report(step, failing, err)
			if failing = err != nil; failing {
				break
			}
			if worked {
				r.Poke()
			}
		}
	}
}

// report logs that a step began to fail, or that it works again, once.
func (r *Runner) report(step Step, failing bool, err error) {
	switch {
	case err != nil && !failing:
		r.log.Error("work failed and is tried again", "step", step.Name, "error", err)
	case err == nil && failing:
		r.log.Info("work goes on again", "step", step.Name)
	}
}

// do runs a step once. What was put off was a piece of work like others.
func do(ctx context.Context, step Step) (worked bool, err error) {
	worked, err = caught(ctx, step.Do)
	if putOff := (*PutOff)(nil); errors.As(err, &putOff) {
		err = nil
	}
	return worked, err
}

// caught makes a panic an error.
func caught(ctx context.Context, do func(context.Context) (bool, error)) (worked bool, err error) {
	defer func() {
		if r := recover(); r != nil {
			worked, err = false, &panicError{fmt.Sprint(r), debug.Stack()}
		}
	}()
	return do(ctx)
}

// A panicError is a panic that was caught.
type panicError struct {
	text  string
	stack []byte
}

func (e *panicError) Error() string { return "the program broke: " + e.text }
