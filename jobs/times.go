package jobs

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"gatehouse/desk"
)

// Times know how it goes with the steps that they watch. They may be used by
// many at once.
type Times struct {
	now func() time.Time

	mu    sync.Mutex
	steps map[string]*course
}

// A course is how it goes with one step.
type course struct {
	desk.StepTimes
	putOff   bool        // the last failure was of one piece: that nothing else is due does not mend it
	underWay []time.Time // since when, the first one first
}

// NewTimes returns times by that clock.
func NewTimes(now func() time.Time) *Times {
	return &Times{now: now, steps: map[string]*course{}}
}

// Watch returns the step, watched.
func (t *Times) Watch(step Step) Step {
	do := step.Do
	step.Do = func(ctx context.Context) (bool, error) {
		begun := t.begin(step.Name)
		worked, err := caught(ctx, do)
		t.end(step.Name, begun, worked, err)
		return worked, err
	}
	return step
}

func (t *Times) begin(name string) time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.steps[name]
	if c == nil {
		c = &course{StepTimes: desk.StepTimes{Step: name}}
		t.steps[name] = c
	}
	now := t.now()
	c.underWay = append(c.underWay, now)
	return now
}

func (t *Times) end(name string, begun time.Time, worked bool, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now, c := t.now(), t.steps[name]
	at := slices.Index(c.underWay, begun)
	c.underWay = slices.Delete(c.underWay, at, at+1)
	c.Looked = now
	if worked || err != nil {
		c.Ran, c.Took = begun, now.Sub(begun)
	}
	if err == nil && (worked || !c.putOff) {
		c.Failures, c.Failing, c.Reason, c.putOff = 0, time.Time{}, "", false
	}
	if err == nil {
		return
	}
	if c.Failures++; c.Failures == 1 {
		c.Failing = now
	}
	c.Reason, c.putOff = err.Error(), errors.As(err, new(*PutOff))
}

// All tells how it goes with every step that was ever begun, by their names.
func (t *Times) All() []desk.StepTimes {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []desk.StepTimes
	for _, name := range slices.Sorted(maps.Keys(t.steps)) {
		c := t.steps[name]
		times := c.StepTimes
		if len(c.underWay) > 0 {
			times.Begun = c.underWay[0]
		}
		all = append(all, times)
	}
	return all
}
