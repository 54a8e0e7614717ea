package service

import (
	"context"

	"gatehouse/access"
	"gatehouse/desk"
)

// can reports whether the actor may do r on x. The system may everything.
func (o *op) can(r desk.Right, x access.Object) bool {
	return o.by.IsSystem() || o.e.Can(o.by.User, r, x)
}

// canAny reports whether the actor may do one of several things on x.
func (o *op) canAny(x access.Object, rights ...desk.Right) bool {
	for _, r := range rights {
		if o.can(r, x) {
			return true
		}
	}
	return false
}

// need refuses unless the actor may do r on x.
func (o *op) need(r desk.Right, x access.Object) error {
	if o.can(r, x) {
		return nil
	}
	return desk.Errorf(desk.Forbidden, "You may not do this: it asks for the right %s.", r)
}

// scope returns the tickets on which the actor holds the right.
func (o *op) scope(r desk.Right) *desk.Scope {
	if o.by.IsSystem() {
		return &desk.Scope{All: true}
	}
	scope := o.e.Scope(o.by.User, r)
	return &scope
}

// isAgent reports whether the actor works at the desk. The system does.
func (o *op) isAgent() bool {
	return o.by.IsSystem() || o.e.KindOf(o.by.User) == desk.Agent
}

// ticketFor returns the ticket if the actor may do r on it. Who may not see
// the ticket is told that there is none. The number of a merged ticket stands
// for the one that took it in.
func (o *op) ticketFor(ctx context.Context, r desk.Right, id desk.TicketID) (*desk.Ticket, error) {
	t, err := o.current(ctx, id)
	return o.allowed(t, err, r, id)
}

// lockFor is ticketFor for a change: nobody else changes the ticket until the
// transaction ends.
func (o *op) lockFor(ctx context.Context, r desk.Right, id desk.TicketID) (*desk.Ticket, error) {
	t, err := o.lockCurrent(ctx, id)
	return o.allowed(t, err, r, id)
}

func (o *op) allowed(t *desk.Ticket, err error, r desk.Right, id desk.TicketID) (*desk.Ticket, error) {
	if desk.KindOf(err) == desk.NotFound {
		return nil, noTicket(id)
	}
	if err != nil {
		return nil, err
	}
	x := access.Ticket(t.Facts())
	switch {
	case !t.Findable() && !o.by.IsSystem() && !o.can(desk.DeleteTicket, x):
		return nil, noTicket(id)
	case o.can(r, x):
		return t, nil
	case o.can(desk.ShowTicket, x):
		return nil, desk.Errorf(desk.Forbidden, "You may see ticket %d but not do this to it.", id)
	}
	return nil, noTicket(id)
}

func noTicket(id desk.TicketID) error {
	return desk.Errorf(desk.NotFound, "There is no ticket %d.", id)
}

// queueFor returns the queue if the actor may do r on it; who may not see it
// is told that there is none.
func (o *op) queueFor(ctx context.Context, r desk.Right, id desk.QueueID) (*desk.Queue, error) {
	q, err := o.Queue(ctx, id)
	if err != nil {
		return nil, err
	}
	x := access.Queue(id)
	switch {
	case o.can(r, x):
		return q, nil
	case o.can(desk.SeeQueue, x):
		return nil, desk.Errorf(desk.Forbidden, "You may not do this in the queue %s: it asks for the right %s.", q.Name, r)
	}
	return nil, desk.Errorf(desk.NotFound, "There is no such queue.")
}
