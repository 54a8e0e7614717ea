package service

import (
	"context"
	"slices"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
)

// Steps are the sorts of work that the program does by itself, as log, figures
// and System health call them.
const (
	StepLettersIn   = "letters in"
	StepEvents      = "events"  // letters to write and clocks to reckon, after something happened
	StepTimed       = "timed"   // held replies and reminders
	StepBatches     = "batches" // changes of many tickets
	StepClocks      = "clocks"
	StepDashboards  = "dashboards"
	StepRules       = "rules"
	StepWebhooks    = "webhooks"
	StepDevices     = "messages to devices"
	StepRulesByTime = "rules by time"
	StepDigests     = "digests"
	StepTokens      = "tokens that end"
	StepCounting    = "counting"
	StepLettersOut  = "letters out"
	StepSweeping    = "sweeping"
	StepDirectories = "directories"
	StepFiles       = "files"
)

// A workSort is a sort of work, and what waits for it, as store.WorkDue names it.
type workSort struct {
	step string
	due  []string
}

func workSorts() []workSort {
	return []workSort{
		{StepLettersIn, []string{"spool"}},
		{StepEvents, []string{"job:" + JobNotify, "job:" + JobReckon}},
		{StepRules, []string{"job:" + JobRules}},
		{StepLettersOut, []string{"outbox"}},
		{StepTimed, []string{"job:" + JobHeld, "job:" + JobRemind}},
		{StepClocks, nil},
		{StepRulesByTime, []string{"rules"}},
		{StepWebhooks, []string{"job:" + JobWebhook}},
		{StepDevices, []string{"job:" + JobPush}},
		{StepBatches, []string{"job:" + JobBatch}},
		{StepDigests, nil},
		{StepTokens, nil},
		{StepDashboards, []string{"dashboard"}},
		{StepCounting, nil},
		{StepDirectories, []string{"directory"}},
		{StepFiles, nil},
		{StepSweeping, []string{"turn:" + StepSweeping}},
	}
}

// A WorkState says whether work is done as it should be.
type WorkState string

// The states of work, from the best to the worst.
const (
	WorkUnknown  WorkState = "unknown"  // no node that runs has said
	WorkWell     WorkState = "well"     //
	WorkOff      WorkState = "off"      // letters wait, and no relay is named that takes them
	WorkBusy     WorkState = "busy"     // a piece of it takes minutes
	WorkRetried  WorkState = "retried"  // it failed, and is tried again
	WorkLate     WorkState = "late"     // some should have been done minutes ago
	WorkFails    WorkState = "fails"    // it failed several times in a row
	WorkHangs    WorkState = "hangs"    // a piece of it does not come to its end
	WorkUnlooked WorkState = "unlooked" // a node that runs looks for it no more
)

// Trouble reports whether somebody must look.
func (s WorkState) Trouble() bool { return workRank(s) >= workRank(WorkLate) }

func workRank(s WorkState) int {
	return slices.Index([]WorkState{WorkUnknown, WorkWell, WorkOff, WorkBusy, WorkRetried, WorkLate, WorkFails, WorkHangs, WorkUnlooked}, s)
}

// From when on work is in which state.
const (
	workBusyAfter  = 2 * time.Minute
	workHangsAfter = 30 * time.Minute
	workLateAfter  = 5 * time.Minute
	workLookAfter  = 2 * time.Minute
	workFailsAfter = 3
)

// A Work is how it goes with one sort of work, on all nodes.
type Work struct {
	Step     string
	Ran      time.Time     // when the last piece of it began; zero: never
	Took     time.Duration // how long that took
	On       string        // the node that did it
	Waiting  int           // pieces that wait, as far as they can be counted
	Next     time.Time     // when the next one is due; zero: as soon as there is one
	State    WorkState
	Node     string    // on which the state is that; empty: on none of its own
	Since    time.Time // of the state; zero: not known
	Failures int       // in a row, on that node
	Reason   string    // what the last of these said; only superusers are told
}

// work tells how it goes with every sort of work.
func (o *op) work(ctx context.Context) ([]Work, error) {
	nodes, err := o.Tx.Nodes(ctx)
	if err != nil {
		return nil, err
	}
	times, err := o.Tx.Work(ctx)
	if err != nil {
		return nil, err
	}
	due, err := o.WorkDue(ctx)
	if err != nil {
		return nil, err
	}
	now := o.s.Now()
	alive := map[string]bool{}
	for _, n := range nodes {
		alive[n.Name] = now.Sub(n.Seen) <= NodeSilent
	}
	told := o.can(desk.SuperUser, access.System())
	var all []Work
	for _, sort := range workSorts() {
		w := Work{Step: sort.step, State: WorkUnknown}
		for _, t := range times {
			if t.Step == sort.step {
				w.add(t, alive[t.Node], now)
			}
		}
		w.wait(sort, due, now)
		if err := o.workOff(ctx, &w); err != nil {
			return nil, err
		}
		if !told {
			w.Reason = ""
		}
		all = append(all, w)
	}
	return all, nil
}

// add adds what one node said of the work.
func (w *Work) add(t desk.StepTimes, alive bool, now time.Time) {
	if t.Ran.After(w.Ran) {
		w.Ran, w.Took, w.On = t.Ran, t.Took, t.Node
	}
	if !alive {
		return
	}
	state, since := WorkWell, time.Time{}
	switch {
	case !t.Begun.IsZero() && now.Sub(t.Begun) > workHangsAfter:
		state, since = WorkHangs, t.Begun
	case t.Begun.IsZero() && now.Sub(t.Looked) > workLookAfter:
		state, since = WorkUnlooked, t.Looked
	case t.Failures >= workFailsAfter:
		state, since = WorkFails, t.Failing
	case t.Failures > 0:
		state, since = WorkRetried, t.Failing
	case !t.Begun.IsZero() && now.Sub(t.Begun) > workBusyAfter:
		state, since = WorkBusy, t.Begun
	}
	if workRank(state) > workRank(w.State) {
		w.State, w.Node, w.Since, w.Failures, w.Reason = state, t.Node, since, t.Failures, t.Reason
	}
}

// wait adds what waits. Letters may wait for a relay, and say so elsewhere.
func (w *Work) wait(sort workSort, due map[string]desk.Due, now time.Time) {
	for _, name := range sort.due {
		d := due[name]
		if name == "spool" || name == "outbox" || strings.HasPrefix(name, "job:") { // the others have their times
			w.Waiting += d.Count
		}
		if w.Next.IsZero() || !d.Next.IsZero() && d.Next.Before(w.Next) {
			w.Next = d.Next
		}
	}
	late := !w.Next.IsZero() && now.Sub(w.Next) > workLateAfter && w.Step != StepLettersOut
	if late && workRank(w.State) < workRank(WorkLate) && w.State != WorkUnknown {
		w.State, w.Node, w.Since = WorkLate, "", w.Next
	}
}

// workOff says of letters that wait that nothing takes them, where it is so.
func (o *op) workOff(ctx context.Context, w *Work) error {
	if w.Step != StepLettersOut || w.Waiting == 0 || w.State != WorkWell {
		return nil
	}
	none, err := o.noRelay(ctx)
	if none {
		w.State, w.Node, w.Since = WorkOff, "", w.Next
	}
	return err
}

// checkWork finds work that is not done as it should be (ShowConfigTab).
func (o *op) checkWork(ctx context.Context) ([]Mistake, error) {
	if !o.can(desk.ShowConfigTab, access.System()) {
		return nil, nil
	}
	list, err := o.work(ctx)
	var all []Mistake
	for _, w := range list {
		if w.State.Trouble() {
			all = append(all, Mistake{Check: "work." + string(w.State), Grave: true, Kind: "work", Name: w.Step, Detail: w.Reason})
		}
	}
	return all, err
}

// TakeTurn has work that is done once for all nodes be done by who asks, if it
// is due, and returns when it is next due. Nobody else may do it before the
// lease is over, or EndTurn has said when it is due. Work that there was never
// is due for the first time after the lease. Only the system does it.
func (s *Service) TakeTurn(ctx context.Context, by desk.Actor, step string, every, lease time.Duration) (next time.Time, mine bool, err error) {
	err = s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		var err error
		next, mine, err = o.Tx.TakeTurn(ctx, step, every, lease)
		return err
	})
	return next, mine, err
}

// EndTurn says when work that was done once for all nodes is next due. Only the
// system does it.
func (s *Service) EndTurn(ctx context.Context, by desk.Actor, step string, next time.Time) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		return o.Tx.EndTurn(ctx, step, next)
	})
}
