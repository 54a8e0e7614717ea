package service

import (
	"context"
	"slices"

	"gatehouse/access"
	"gatehouse/desk"
)

// lives returns the life cycles and which queue has which, as the transaction
// sees them.
func (o *op) lives(ctx context.Context) (*desk.LifeBook, error) {
	kept, err := o.definitions(ctx)
	if err != nil {
		return nil, err
	}
	return kept.lives, nil
}

// lifeOf returns the life cycle of a queue.
func (o *op) lifeOf(ctx context.Context, queue desk.QueueID) (*desk.LifeCycle, error) {
	b, err := o.lives(ctx)
	if err != nil {
		return nil, err
	}
	return b.Of(queue), nil
}

// step finds how the ticket gets to a status, and the right that it asks for.
// A step that there is not asks ModifyTicket, so that nobody else learns which
// there are.
func (o *op) step(ctx context.Context, t *desk.Ticket, to desk.Status) (*desk.Step, *desk.LifeCycle, error) {
	c, err := o.lifeOf(ctx, t.Queue)
	if err != nil {
		return nil, nil, err
	}
	step := c.Step(t.Status, to)
	if step == nil && c.State(t.Status) == nil && c.State(to) != nil {
		step = &desk.Step{From: t.Status, To: to} // it stands outside, and comes in again
	}
	return step, c, nil
}

// offerSteps fills in the changes of status that the actor may make now.
func (o *op) offerSteps(ctx context.Context, v *TicketView) error {
	c, err := o.lifeOf(ctx, v.Queue)
	if err != nil || v.MergedInto != 0 {
		return err
	}
	for _, step := range c.From(v.Status) {
		if !o.can(step.Asks(), access.Ticket(v.Facts())) || o.guardEnd(c, &v.Ticket, step.To) != nil {
			continue
		}
		v.Steps = append(v.Steps, step)
		if s := c.State(step.To); s != nil && s.Solved && v.Solve == "" {
			v.Solve = step.To
		}
	}
	return nil
}

// A StatusName is a status that tickets can have, with what it means.
type StatusName struct {
	Name desk.Status
	Kind desk.StatusKind
}

// Statuses returns the statuses that tickets can have in the queues that the
// actor may see (SeeQueue): those that ship first, then the others by name.
func (s *Service) Statuses(ctx context.Context, by desk.Actor) ([]StatusName, error) {
	var list []StatusName
	err := s.view(ctx, by, func(o *op) error {
		b, err := o.lives(ctx)
		if err != nil {
			return err
		}
		seen := desk.LifeBook{Queues: map[desk.QueueID]desk.LifeCycleID{}}
		for _, c := range b.Cycles {
			queues := b.With(c.ID)
			if slices.ContainsFunc(queues, func(q desk.QueueID) bool { return o.can(desk.SeeQueue, access.Queue(q)) }) {
				seen.Cycles = append(seen.Cycles, c)
			}
		}
		for _, name := range seen.Statuses() {
			list = append(list, StatusName{name, seen.Kind(name)})
		}
		return nil
	})
	return list, err
}

// StatusesOf returns the statuses that some tickets can have in their queues, of
// those tickets that the actor may see: those that ship first, then the others
// by name.
func (s *Service) StatusesOf(ctx context.Context, by desk.Actor, tickets []desk.TicketID) ([]StatusName, error) {
	var list []StatusName
	err := s.view(ctx, by, func(o *op) error {
		b, err := o.lives(ctx)
		if err != nil {
			return err
		}
		if len(tickets) == 0 {
			return nil
		}
		found, _, err := o.Tx.Tickets(ctx, o.scope(desk.ShowTicket), TicketFilter{IDs: tickets, Limit: MaxBatch})
		has := map[desk.Status]bool{}
		for _, t := range found {
			for _, state := range b.Of(t.Queue).States {
				has[state.Name] = true
			}
		}
		for _, name := range b.Statuses() {
			if has[name] {
				list = append(list, StatusName{name, b.Kind(name)})
			}
		}
		return err
	})
	return list, err
}

// QueueLifeCycle returns the life cycle of a queue (SeeQueue on it).
func (s *Service) QueueLifeCycle(ctx context.Context, by desk.Actor, queue desk.QueueID) (*desk.LifeCycle, error) {
	var c *desk.LifeCycle
	err := s.view(ctx, by, func(o *op) error {
		if _, err := o.queueFor(ctx, desk.SeeQueue, queue); err != nil {
			return err
		}
		var err error
		c, err = o.lifeOf(ctx, queue)
		return err
	})
	return c, err
}

// A LifeCycleLine is a life cycle with the queues that have it.
type LifeCycleLine struct {
	desk.LifeCycle
	Queues []string // of the shipped one: nil, as all others have it
}

// LifeCycles returns all life cycles, the shipped one first (ShowConfigTab).
func (s *Service) LifeCycles(ctx context.Context, by desk.Actor) ([]LifeCycleLine, error) {
	var list []LifeCycleLine
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.ShowConfigTab, access.System()); err != nil {
			return err
		}
		b, err := o.lives(ctx)
		if err != nil {
			return err
		}
		list = []LifeCycleLine{{LifeCycle: *desk.ShippedLifeCycle()}}
		for _, c := range b.Cycles {
			line := LifeCycleLine{LifeCycle: c}
			if line.Queues, err = o.namesOfQueues(ctx, b.With(c.ID)); err != nil {
				return err
			}
			list = append(list, line)
		}
		return nil
	})
	return list, err
}

func (o *op) namesOfQueues(ctx context.Context, queues []desk.QueueID) ([]string, error) {
	var names []string
	for _, id := range queues {
		q, err := o.Tx.Queue(ctx, id)
		if err != nil {
			return nil, err
		}
		names = append(names, q.Name)
	}
	slices.Sort(names)
	return names, nil
}

// arrive gives a ticket that comes into another queue the status that it has
// there, and tells of it in its history.
func (o *op) arrive(ctx context.Context, t *desk.Ticket, from desk.QueueID) error {
	b, err := o.lives(ctx)
	if err != nil {
		return err
	}
	kind := b.Kind(t.Status)
	if kind == "" {
		kind = desk.Inactive
		if t.Active() {
			kind = desk.Active
		}
	}
	to := b.Of(t.Queue)
	status := to.Arrives(t.Status, kind)
	if status == t.Status {
		return nil
	}
	before, solved := *t, t.Resolved
	to.Enter(t, status, o.s.Now())
	if !t.Resolved.IsZero() && !solved.IsZero() {
		t.Resolved = solved
	}
	e := statusEvent(b.Of(from), &before, status)
	e.Data["why"] = "moved"
	return o.record(ctx, e)
}

// statusEvent tells of a change of status. What kind a status of the desk's own
// was stands with it, as nobody may know later.
func statusEvent(c *desk.LifeCycle, before *desk.Ticket, to desk.Status) desk.Event {
	e := desk.Event{Ticket: before.ID, Kind: desk.EventStatus, Data: map[string]string{"from": string(before.Status), "to": string(to)}}
	if s := c.State(before.Status); s != nil && !s.Name.Known() {
		e.Data["from_kind"] = string(s.Kind)
	}
	return e
}

// wasActive reports whether a ticket was still to be done before an event that
// changed its status.
func wasActive(e *desk.Event) bool {
	if kind := e.Data["from_kind"]; kind != "" {
		return desk.StatusKind(kind).Active()
	}
	return desk.Status(e.Data["from"]).Active()
}

// solves reports whether an event tells the customer that his matter is solved.
// Events of before that was noted tell by the status.
func solves(e *desk.Event) bool {
	return e.Data["solved"] != "" || e.Data["to"] == string(desk.StatusResolved)
}
