package service

import (
	"context"

	"gatehouse/desk"
	"gatehouse/desk/query"
	"gatehouse/store"
)

// aside asks something of the replica and reports whether it answered; if not,
// the same is to be asked of o. What may be asked so is what lists show and
// count, with a scope of the engine, which is never late. The replica answers
// only where access was the same there, and where it has what the actor changed
// last: then it says what the desk would have said to him at that moment.
func (o *op) aside(ctx context.Context, fn func(late *store.Tx) error) (bool, error) {
	most := o.s.store.ReplicaLate()
	if most == 0 || o.by.IsSystem() || o.s.joined != nil {
		return false, nil
	}
	now := o.s.Now()
	if desk.DayOf(now.Add(-most)) != desk.DayOf(now) {
		return false, nil // memberships may have begun or ended with the day
	}
	return o.OnReplica(ctx, o.by.User, fn)
}

// listed lists tickets that the actor may see. Where the replica found them,
// the desk's own database is asked for each of them again: whether it is in
// scope and asked for, and what is in it. If one is not, it lists them itself.
func (o *op) listed(ctx context.Context, f TicketFilter) ([]desk.Ticket, bool, error) {
	scope := o.scope(desk.ShowTicket)
	var ids []desk.TicketID
	found, err := o.aside(ctx, func(late *store.Tx) (err error) {
		ids, err = late.TicketIDs(ctx, scope, f)
		return err
	})
	if err != nil {
		return nil, false, err
	}
	if found {
		again := f
		again.IDs = append([]desk.TicketID{}, ids...)
		list, more, err := o.Tx.Tickets(ctx, scope, again)
		if err != nil || isAll(ids, list, more) {
			return list, more, err
		}
	}
	return o.Tx.Tickets(ctx, scope, f)
}

// sorted is listed for a list in an order.
func (o *op) sorted(ctx context.Context, f TicketFilter, how Sort) ([]desk.Ticket, SortEnd, bool, error) {
	scope := o.scope(desk.ShowTicket)
	var ids []desk.TicketID
	found, err := o.aside(ctx, func(late *store.Tx) (err error) {
		ids, err = late.SortedIDs(ctx, scope, f, how)
		return err
	})
	if err != nil {
		return nil, SortEnd{}, false, err
	}
	if found {
		again := f
		again.IDs = append([]desk.TicketID{}, ids...)
		list, end, more, err := o.Tx.SortedTickets(ctx, scope, again, how)
		if err != nil || isAll(ids, list, more) {
			return list, end, more, err
		}
	}
	return o.Tx.SortedTickets(ctx, scope, f, how)
}

// isAll reports whether a page, with the ticket behind it, is all of some
// tickets.
func isAll(ids []desk.TicketID, list []desk.Ticket, more bool) bool {
	n := len(list)
	if more {
		n++
	}
	return n == len(ids)
}

// counted counts tickets of a scope, and reports whether the replica did.
func (o *op) counted(ctx context.Context, scope *desk.Scope, f TicketFilter, limit int) (n int, late bool, err error) {
	late, err = o.aside(ctx, func(late *store.Tx) (err error) {
		n, err = late.CountTickets(ctx, scope, f, limit)
		return err
	})
	if err == nil && !late {
		n, err = o.Tx.CountTickets(ctx, scope, f, limit)
	}
	return n, late, err
}

// matching finds the tickets that are to be counted, and reports whether the
// replica did.
func (o *op) matching(ctx context.Context, t *query.Test) (found []int64, late bool, err error) {
	late, err = o.aside(ctx, func(late *store.Tx) (err error) {
		found, err = late.TicketsMatching(ctx, t)
		return err
	})
	if err == nil && !late {
		found, err = o.TicketsMatching(ctx, t)
	}
	return found, late, err
}

// A TicketCount is how many tickets there are, up to the limit and one.
type TicketCount struct {
	N int
	// Late: the replica counted them, as they were some seconds ago.
	Late bool
}

// TicketsCounted counts the tickets that the actor may see as CountTickets does,
// from the replica where there is one.
func (s *Service) TicketsCounted(ctx context.Context, by desk.Actor, f TicketFilter, limit int) (TicketCount, error) {
	var c TicketCount
	err := s.view(ctx, by, func(o *op) error {
		err := o.bindFilter(ctx, &f)
		if err != nil {
			return err
		}
		c.N, c.Late, err = o.counted(ctx, o.scope(desk.ShowTicket), f, limit)
		return err
	})
	return c, err
}

// A ReplicaState is how it is with the replica from which lists may be read.
type ReplicaState = store.ReplicaState

// FollowReplica keeps looking at the replica, so that lists are read from it
// where that is allowed, until ctx is done.
func (s *Service) FollowReplica(ctx context.Context) { s.store.FollowReplica(ctx) }
