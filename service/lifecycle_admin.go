package service

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// A LifeCycleChange is a life cycle as it is to be, a new one where it has no
// ID, or with Queue, which one that queue is to have.
type LifeCycleChange struct {
	Cycle desk.LifeCycle // of a queue only its ID counts
	Queue desk.QueueID
	// Map says what the statuses become that the tickets concerned stand in and
	// that there are no longer.
	Map map[desk.Status]desk.Status
}

// A LifeCycleEffect is what a change of a life cycle does, or did.
type LifeCycleEffect struct {
	Change int64 // by which it can be taken back; zero: it was only looked at
	ID     desk.LifeCycleID
	Queues []string // concerned
	// Moved are the statuses that there are no longer in which tickets stand.
	Moved      []MovedStatus
	Added      []desk.Status
	Gone       []desk.Status // no ticket stands there
	StepsAdded []desk.Step
	StepsGone  []desk.Step
}

// A MovedStatus is a status that a life cycle lacks and in which tickets stand.
type MovedStatus struct {
	From    desk.Status
	Tickets int64
	// To is what it becomes. Where nobody said so yet, it is what would be
	// proposed, and Open.
	To   desk.Status
	Open bool
}

// WeighLifeCycle returns what a change would do. It asks what SaveLifeCycle asks.
func (s *Service) WeighLifeCycle(ctx context.Context, by desk.Actor, in LifeCycleChange) (*LifeCycleEffect, error) {
	var effect *LifeCycleEffect
	err := s.view(ctx, by, func(o *op) error {
		r, err := o.replacing(ctx, &in)
		if err == nil {
			effect, err = o.lifeCycleEffect(ctx, r, in.Map)
		}
		return err
	})
	return effect, err
}

// SaveLifeCycle stores a life cycle (AdminSettings), or gives a queue another
// one (AdminQueue on it). A status is not taken away while tickets stand in it,
// unless it is said what they become; then they change with it, and nobody gets
// a letter of that. TakeBack undoes it.
func (s *Service) SaveLifeCycle(ctx context.Context, by desk.Actor, in LifeCycleChange) (*LifeCycleEffect, error) {
	var effect *LifeCycleEffect
	err := s.do(ctx, by, func(o *op) error {
		r, err := o.replacing(ctx, &in)
		if err != nil {
			return err
		}
		if effect, err = o.lifeCycleEffect(ctx, r, in.Map); err != nil {
			return err
		}
		if err := effect.settled(); err != nil {
			return err
		}
		if err := o.replaceCycle(ctx, r); err != nil {
			return err
		}
		effect.ID, effect.Change = r.to.ID, o.AuditChange()
		var mappings []store.StatusMapping
		for _, moved := range effect.Moved {
			mappings = append(mappings, o.mapping(r, moved.From, moved.To))
		}
		return o.mapStatuses(ctx, mappings, func(m store.StatusMapping) error { return o.NoteStatus(ctx, m) })
	})
	if err != nil {
		return nil, err
	}
	return effect, nil
}

// RemoveLifeCycle takes a life cycle away that no queue has (AdminSettings), and
// returns the number of the change. TakeBack brings it back.
func (s *Service) RemoveLifeCycle(ctx context.Context, by desk.Actor, id desk.LifeCycleID) (int64, error) {
	var change int64
	err := s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminSettings, access.System()); err != nil {
			return err
		}
		b, err := o.lives(ctx)
		if err != nil {
			return err
		}
		c := b.Cycle(id)
		if id == 0 || c == nil {
			return noLifeCycle()
		}
		if queues := b.With(id); len(queues) > 0 {
			names, err := o.namesOfQueues(ctx, queues)
			if err != nil {
				return err
			}
			return desk.Errorf(desk.Conflict, "The life cycle %s is that of %s; give them another one first.", c.Name, strings.Join(names, ", "))
		}
		err = o.replaceCycle(ctx, &replacement{from: c})
		change = o.AuditChange()
		return err
	})
	return change, err
}

func noLifeCycle() error { return desk.Errorf(desk.NotFound, "There is no such life cycle.") }

// A replacement is a life cycle in the place of another one: its new form, or
// another one of a queue.
type replacement struct {
	queue    *desk.Queue     // nil: the life cycle itself is changed
	from, to *desk.LifeCycle // nil: there was none, or it goes
	queues   []desk.QueueID  // concerned
}

// replacing says what a change replaces by what, to who may make it.
func (o *op) replacing(ctx context.Context, in *LifeCycleChange) (*replacement, error) {
	if in.Queue != 0 {
		return o.replacingOf(ctx, in)
	}
	if err := o.need(desk.AdminSettings, access.System()); err != nil {
		return nil, err
	}
	b, err := o.lives(ctx)
	if err != nil {
		return nil, err
	}
	r := &replacement{to: &in.Cycle}
	if in.Cycle.ID != 0 {
		if r.from = b.Cycle(in.Cycle.ID); r.from == nil {
			return nil, noLifeCycle()
		}
		r.queues = b.With(in.Cycle.ID)
	}
	if err := in.Cycle.Check(); err != nil {
		return nil, err
	}
	for _, other := range b.Cycles {
		if other.ID != in.Cycle.ID && desk.Fold(other.Name) == desk.Fold(in.Cycle.Name) {
			return nil, desk.InvalidFields(map[string]string{"name": "Another life cycle is called so already."})
		}
	}
	return r, b.CheckKinds(&in.Cycle)
}

// replacingOf is replacing where a queue gets another life cycle.
func (o *op) replacingOf(ctx context.Context, in *LifeCycleChange) (*replacement, error) {
	q, err := o.queueFor(ctx, desk.AdminQueue, in.Queue)
	if err != nil {
		return nil, err
	}
	b, err := o.lives(ctx)
	if err != nil {
		return nil, err
	}
	to := b.Cycle(in.Cycle.ID)
	if to == nil {
		return nil, noLifeCycle()
	}
	return &replacement{queue: q, from: b.Of(q.ID), to: to, queues: []desk.QueueID{q.ID}}, nil
}

// lifeCycleEffect reckons what a replacement does.
func (o *op) lifeCycleEffect(ctx context.Context, r *replacement, chosen map[desk.Status]desk.Status) (*LifeCycleEffect, error) {
	e := &LifeCycleEffect{ID: r.to.ID}
	var err error
	if e.Queues, err = o.namesOfQueues(ctx, r.queues); err != nil || r.from == nil {
		return e, err
	}
	counts, err := o.StatusCounts(ctx, r.queues)
	if err != nil {
		return nil, err
	}
	for _, s := range r.from.States {
		now := r.to.State(s.Name)
		switch n := counts[s.Name]; {
		case now == nil && n == 0:
			e.Gone = append(e.Gone, s.Name)
		case now == nil:
			m := MovedStatus{From: s.Name, Tickets: n, To: chosen[s.Name]}
			if r.to.State(m.To) == nil {
				m.Open, m.To = true, r.to.Arrives(s.Name, s.Kind)
			}
			e.Moved = append(e.Moved, m)
		case now.Kind != s.Kind && n > 0:
			return nil, desk.InvalidFields(map[string]string{"states": fmt.Sprintf("%s in the status %s, which keeps its kind as long as they do. Add another status that is %s, and let them become that.",
				standing(n), s.Name, now.Kind)})
		}
	}
	for _, s := range r.to.States {
		if r.from.State(s.Name) == nil {
			e.Added = append(e.Added, s.Name)
		}
	}
	e.StepsAdded, e.StepsGone = stepsLacking(r.to, r.from), stepsLacking(r.from, r.to)
	return e, nil
}

// stepsLacking are the steps of one life cycle between statuses of both that the
// other one has not, or with another right.
func stepsLacking(of, in *desk.LifeCycle) []desk.Step {
	var list []desk.Step
	for _, s := range of.Steps {
		if in.State(s.From) == nil || in.State(s.To) == nil {
			continue
		}
		if other := in.Step(s.From, s.To); other == nil || other.Asks() != s.Asks() {
			list = append(list, s)
		}
	}
	return list
}

func standing(tickets int64) string {
	if tickets == 1 {
		return "1 ticket stands"
	}
	return fmt.Sprintf("%d tickets stand", tickets)
}

// settled refuses an effect of which it is not said what all tickets become.
func (e *LifeCycleEffect) settled() error {
	texts := map[string]string{}
	var all []string
	for _, m := range e.Moved {
		if m.Open {
			texts["map."+string(m.From)] = standing(m.Tickets) + " there. Say what that becomes."
			all = append(all, standing(m.Tickets)+" in "+string(m.From))
		}
	}
	if len(all) == 0 {
		return nil
	}
	return &desk.Error{Kind: desk.Conflict, Fields: texts,
		Text: strings.Join(all, ", ") + ": there the life cycle has no such status. Say what each becomes, as in " + string(e.Moved[0].From) + "=" + string(e.Moved[0].To) + "."}
}

// replaceCycle stores a replacement, with how it was before.
func (o *op) replaceCycle(ctx context.Context, r *replacement) error {
	c := change{action: "lifecycle.save", before: describeCycle(r.from), after: describeCycle(r.to)}
	note := store.LifeCycleChange{Before: r.from, After: r.to}
	var err error
	switch {
	case r.queue != nil:
		note.Queue = r.queue.ID
		c = change{"queue.lifecycle", "queue:" + r.queue.Name, "life_cycle: " + r.from.Name, "life_cycle: " + r.to.Name}
		err = o.SetQueueLifeCycle(ctx, r.queue.ID, r.to.ID)
	case r.to == nil:
		c.action, c.object = "lifecycle.remove", "lifecycle:"+r.from.Name
		err = o.DeleteLifeCycle(ctx, r.from.ID)
	default:
		c.object = "lifecycle:" + r.to.Name
		err = o.Tx.SaveLifeCycle(ctx, r.to)
	}
	if err != nil {
		return err
	}
	if err := o.audit(ctx, c); err != nil {
		return err
	}
	note.Change = o.AuditChange()
	if err := o.NoteLifeCycle(ctx, note); err != nil {
		return err
	}
	return o.InsertJob(ctx, &desk.Job{Kind: JobReckon, Data: "0", Next: o.s.Now()})
}

func describeCycle(c *desk.LifeCycle) string {
	if c == nil {
		return ""
	}
	var states, steps []string
	for _, s := range c.States {
		states = append(states, string(s.Name)+" ("+string(s.Kind)+")")
	}
	for _, s := range c.Steps {
		steps = append(steps, string(s.From)+" to "+string(s.To)+" ("+s.Asks().String()+")")
	}
	return fmt.Sprintf("name: %s; statuses: %s; steps: %s", c.Name, strings.Join(states, ", "), strings.Join(steps, ", "))
}

// mapping is what has the tickets of a replacement stand in another status.
func (o *op) mapping(r *replacement, from, to desk.Status) store.StatusMapping {
	m := store.StatusMapping{Change: o.AuditChange(), Queues: r.queues, From: from, To: to, By: o.by.User, Via: o.by.Via, At: o.s.Now()}
	if s := r.from.State(from); s != nil && !from.Known() {
		m.FromKind = s.Kind
	}
	if s := r.to.State(to); s != nil {
		m.Active, m.Solved = s.Kind.Active(), s.Solved
	}
	return m
}

// mapStatuses carries mappings out: all are noted before the first one is done.
func (o *op) mapStatuses(ctx context.Context, mappings []store.StatusMapping, note func(store.StatusMapping) error) error {
	for _, m := range mappings {
		if err := note(m); err != nil {
			return err
		}
	}
	for _, m := range mappings {
		if _, err := o.MapStatus(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// takeBackCycle makes one step of an earlier change of life cycles undone. The
// tickets whose status it mapped, and which stand there still, are put back.
func (o *op) takeBackCycle(ctx context.Context, was *store.LifeCycleChange) error {
	b, err := o.lives(ctx)
	if err != nil {
		return err
	}
	if was.After == nil { // it was taken away
		was.Before.ID = 0
		_, err := o.s.SaveLifeCycle(ctx, o.by, LifeCycleChange{Cycle: *was.Before})
		return err
	}
	now := b.Cycle(was.After.ID)
	switch {
	case was.Queue != 0 && b.Of(was.Queue).ID != was.After.ID:
		return changedSince("The life cycle of the queue")
	case was.Queue == 0 && (now == nil || !reflect.DeepEqual(*now, *was.After)):
		return changedSince("The life cycle " + was.After.Name)
	case was.Queue == 0 && was.Before == nil:
		_, err := o.s.RemoveLifeCycle(ctx, o.by, was.After.ID)
		return err
	}
	in := LifeCycleChange{Queue: was.Queue, Cycle: *was.Before}
	r, err := o.replacing(ctx, &in)
	if err != nil {
		return err
	}
	return o.putBack(ctx, was.Change, r)
}

// putBack stores the older life cycle and puts the tickets back.
func (o *op) putBack(ctx context.Context, change int64, r *replacement) error {
	if err := o.replaceCycle(ctx, r); err != nil {
		return err
	}
	pairs, err := o.MappedStatuses(ctx, change)
	if err != nil {
		return err
	}
	var mappings []store.StatusMapping
	for _, pair := range pairs {
		if r.to.State(pair[0]) != nil {
			mappings = append(mappings, o.mapping(r, pair[1], pair[0]))
		}
	}
	err = o.mapStatuses(ctx, mappings, func(m store.StatusMapping) error { return o.NoteStatusBack(ctx, change, m) })
	if err != nil {
		return err
	}
	counts, err := o.StatusCounts(ctx, r.queues)
	if err != nil {
		return err
	}
	for _, s := range r.from.States {
		if n := counts[s.Name]; n > 0 && r.to.State(s.Name) == nil {
			return desk.Errorf(desk.Conflict, "%s in %s since, which there was not before. Change the life cycle by hand and say what that becomes.", standing(n), s.Name)
		}
	}
	return nil
}

// takeBackCycles undoes what a change did to life cycles, and reports whether it
// did anything.
func (o *op) takeBackCycles(ctx context.Context, change int64) (bool, error) {
	list, err := o.LifeCycleChanges(ctx, change)
	if err != nil {
		return false, err
	}
	for _, was := range slices.Backward(list) {
		if err := o.takeBackCycle(ctx, &was); err != nil {
			return true, err
		}
	}
	return len(list) > 0, nil
}
