package sla

import (
	"slices"
	"time"

	"gatehouse/desk"
)

// Facts are what it depends on of a ticket which clocks run and how.
type Facts struct {
	Queue     desk.QueueID
	Customers []desk.CustomerID
	Priority  int
	Status    desk.Status
	Active    bool // the status is one of work that is still to be done
}

// A Step is a moment in the life of a ticket: what was said at it, and how the
// ticket stood from it on.
type Step struct {
	At    time.Time
	Facts Facts
	Asked bool // the customer wrote
	Told  bool // the desk answered him
}

// A Run is a clock from its beginning to its end.
//
// Number counts the times at which a ticket's clock of that kind could run, from
// zero; it stays the same however often the ticket is reckoned.
type Run struct {
	Kind      Kind
	Number    int
	Agreement AgreementID
	Started   time.Time
	Ended     time.Time     // zero: it runs, or is paused
	Paused    bool          // it has not ended, and its ticket stands in a status that pauses it
	Target    time.Duration // of working time
	Worked    time.Duration // working time that counts: until it ended, or until the last pause began
	// Due and Warn are when the target and the share of it at which one is warned
	// are reached; zero: that is not known while it is paused, or never.
	Due, Warn time.Time
}

// Kept reports whether a run that has ended did so in time.
func (r *Run) Kept() bool { return !r.Ended.IsZero() && r.Worked <= r.Target }

// Broken reports whether the target was passed at a moment.
func (r *Run) Broken(at time.Time) bool {
	if !r.Ended.IsZero() {
		return r.Worked > r.Target
	}
	return !r.Due.IsZero() && r.Due.Before(at)
}

// State says in one word how a run stands at a moment: kept or broken where it
// has ended, overdue, paused, or running.
func (r *Run) State(at time.Time) string {
	switch {
	case r.Kept():
		return "kept"
	case !r.Ended.IsZero():
		return "broken"
	case r.Broken(at):
		return "overdue"
	case r.Paused:
		return "paused"
	}
	return "running"
}

// Reckon returns all runs of a ticket's clocks, by what happened on it in
// order of time, the first step being its opening. What is agreed for a run is
// judged by how the ticket stood when the run ended, or stands; it then holds
// from the run's beginning.
func Reckon(b *Book, steps []Step) []Run {
	var runs []Run
	for _, p := range periods(steps) {
		if r, ok := b.run(p, steps); ok {
			runs = append(runs, r)
		}
	}
	return runs
}

// A period is when a clock of a kind would run, if anything is agreed: from one
// step to another, which is -1 while it has not ended.
type period struct {
	kind        Kind
	number      int
	first, last int
}

// A walk goes through the steps and opens and ends periods.
type walk struct {
	list    []period
	open    [len(kindNames)]int // by kind: the place in list plus one
	numbers [len(kindNames)]int // by kind: how many there were
	waiting bool                // the customer, for an answer after the opening
	first   bool                // the first answer is outstanding
}

func periods(steps []Step) []period {
	var w walk
	for i, s := range steps {
		if i == 0 {
			w.first = s.Asked
		} else if s.Asked {
			w.waiting = true
		}
		if s.Told {
			w.first, w.waiting = false, false
		}
		closed := !s.Facts.Active && (i == 0 || steps[i-1].Facts.Active)
		if closed && (i == 0 || !s.Asked) {
			w.first, w.waiting = false, false // done: there is nothing left to answer
		}
		w.set(FirstResponse, i, w.first && s.Facts.Active)
		w.set(Update, i, w.waiting && s.Facts.Active)
		w.set(Resolution, i, s.Facts.Active)
	}
	return w.list
}

// set opens or ends the period of a kind at a step.
func (w *walk) set(k Kind, at int, on bool) {
	switch {
	case on && w.open[k] == 0:
		w.list = append(w.list, period{k, w.numbers[k], at, -1})
		w.numbers[k]++
		w.open[k] = len(w.list)
	case !on && w.open[k] != 0:
		w.list[w.open[k]-1].last = at
		w.open[k] = 0
	}
}

// run reckons one period; false: nothing is agreed for it.
func (b *Book) run(p period, steps []Step) (Run, bool) {
	last := p.last
	judged := last - 1 // how it stood when it ended: before the step that ended it
	if last < 0 {
		last, judged = len(steps), len(steps)-1
	}
	a, _ := b.Choose(&steps[max(judged, p.first)].Facts)
	if a == nil || a.Targets[p.kind] == 0 {
		return Run{}, false
	}
	r := Run{Kind: p.kind, Number: p.number, Agreement: a.ID, Started: steps[p.first].At, Target: a.Targets[p.kind]}
	if p.last >= 0 {
		r.Ended = steps[p.last].At
	}
	c := b.Calendar(a.Calendar)
	warn := time.Duration(0)
	if a.Warn > 0 {
		warn = r.Target / 100 * time.Duration(a.Warn)
	}
	for i := p.first; i < last; i++ {
		if slices.Contains(a.Pauses, steps[i].Facts.Status) {
			r.Paused = p.last < 0 && i == last-1
			continue
		}
		begin, end := steps[i].At, r.Ended
		if i+1 < len(steps) {
			end = steps[i+1].At
		}
		r.piece(c, begin, end, warn)
	}
	return r, true
}

// piece adds a time without a pause to a run; without an end it goes on.
func (r *Run) piece(c *Calendar, begin, end time.Time, warn time.Duration) {
	reach := func(target time.Duration) time.Time {
		at := c.Add(begin, target-r.Worked)
		if at.IsZero() || !end.IsZero() && at.After(end) {
			return time.Time{}
		}
		return at
	}
	if warn > 0 && r.Warn.IsZero() {
		r.Warn = reach(warn)
	}
	if r.Due.IsZero() {
		r.Due = reach(r.Target)
	}
	if !end.IsZero() {
		r.Worked += c.Between(begin, end)
	}
}
