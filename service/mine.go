package service

import (
	"context"
	"slices"

	"gatehouse/access"
	"gatehouse/desk"
)

// OwnTickets returns the tickets that are the actor's own, newest first: those
// that he reported and those on which he stands himself in a role, as far as
// he may see them. A customer that stands in his place does not take from him
// what he asked.
func (s *Service) OwnTickets(ctx context.Context, by desk.Actor, f TicketFilter) (*TicketPage, error) {
	page := &TicketPage{}
	err := s.view(ctx, by, func(o *op) error {
		if by.IsSystem() {
			return nil
		}
		if err := o.bindFilter(ctx, &f); err != nil {
			return err
		}
		reported, standing := f, f
		reported.Reporter, standing.Standing = by.User, []desk.PrincipalID{desk.PrincipalID(by.User)}
		list, more, err := o.eitherList(ctx, reported, standing)
		if err != nil {
			return err
		}
		page.More = more
		page.Lines, err = o.newLines(ctx, list, f.Unread)
		return err
	})
	return page, err
}

// How far SharedTickets looks for tickets among those that the actor may see.
const (
	sharedStep  = 200
	sharedSteps = 25
)

// SharedTickets returns the tickets that others share with the actor, newest
// first: those that he may see, did not report, and that are for no customer of
// his. Only Limit, Before, Activity and Unread of the filter count. It looks at the
// newest 5000 tickets that he may see.
func (s *Service) SharedTickets(ctx context.Context, by desk.Actor, f TicketFilter) (*TicketPage, error) {
	page := &TicketPage{}
	err := s.view(ctx, by, func(o *op) error {
		if by.IsSystem() {
			return nil
		}
		list, err := o.shared(ctx, TicketFilter{Before: f.Before, Activity: f.Activity, Limit: sharedStep}, f.Limit+1)
		if err != nil {
			return err
		}
		if page.More = len(list) > f.Limit; page.More {
			list = list[:f.Limit]
		}
		page.Lines, err = o.newLines(ctx, list, f.Unread)
		return err
	})
	return page, err
}

// newLines are the lines of some tickets, with what is new to the actor marked
// where he wants it.
func (o *op) newLines(ctx context.Context, list []desk.Ticket, unread bool) ([]TicketLine, error) {
	lines, err := o.lines(ctx, list)
	if err != nil || !unread || len(lines) == 0 {
		return lines, err
	}
	return lines, o.fillUnread(ctx, lines, list)
}

// shared collects up to wanted tickets that others share with the actor.
func (o *op) shared(ctx context.Context, f TicketFilter, wanted int) ([]desk.Ticket, error) {
	if err := o.bindFilter(ctx, &f); err != nil {
		return nil, err
	}
	mine := o.e.CustomersOf(o.by.User)
	foreign := func(t desk.Ticket) bool {
		return t.Reporter != o.by.User && !slices.ContainsFunc(t.In(desk.CustomerRole), func(c desk.PrincipalID) bool { return slices.Contains(mine, c) })
	}
	var list []desk.Ticket
	for range sharedSteps {
		some, more, err := o.Tx.Tickets(ctx, o.scope(desk.ShowTicket), f)
		if err != nil {
			return nil, err
		}
		for _, t := range some {
			if foreign(t) {
				list = append(list, t)
			}
		}
		if len(list) >= wanted || !more || len(some) == 0 {
			break
		}
		f.Before = some[len(some)-1].ID
	}
	return list[:min(len(list), wanted)], nil
}

// eitherList returns a page of the tickets that one of two filters finds,
// which differ in nothing else.
func (o *op) eitherList(ctx context.Context, a, b TicketFilter) ([]desk.Ticket, bool, error) {
	scope := o.scope(desk.ShowTicket)
	list, moreA, err := o.Tx.Tickets(ctx, scope, a)
	if err != nil {
		return nil, false, err
	}
	other, moreB, err := o.Tx.Tickets(ctx, scope, b)
	if err != nil {
		return nil, false, err
	}
	for _, t := range other {
		if !slices.ContainsFunc(list, func(have desk.Ticket) bool { return have.ID == t.ID }) {
			list = append(list, t)
		}
	}
	slices.SortFunc(list, func(x, y desk.Ticket) int { return int(y.ID - x.ID) })
	limit := a.Limit
	if limit <= 0 || len(list) <= limit {
		return list, moreA || moreB, nil
	}
	if a.After != 0 {
		return list[len(list)-limit:], true, nil
	}
	return list[:limit], true, nil
}

// Companies returns the enabled customers to which the actor belongs, also by
// way of another one, by name.
func (s *Service) Companies(ctx context.Context, by desk.Actor) ([]desk.Customer, error) {
	var list []desk.Customer
	err := s.view(ctx, by, func(o *op) error {
		if by.IsSystem() {
			return nil
		}
		for _, id := range o.e.CustomersOf(by.User) {
			c, err := o.Tx.Customer(ctx, desk.CustomerID(id))
			if err != nil {
				return err
			}
			list = append(list, *c)
		}
		slices.SortFunc(list, func(a, b desk.Customer) int { return compareNames(a.Name, b.Name) })
		return nil
	})
	return list, err
}

func compareNames(a, b string) int {
	a, b = desk.Fold(a), desk.Fold(b)
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// WouldSee returns who of the customers' side would see a ticket that the
// actor opened like this now, as far as he may know them. It asks what
// OpenTicket asks.
func (s *Service) WouldSee(ctx context.Context, by desk.Actor, in NewTicket) ([]Name, error) {
	var list []Name
	err := s.view(ctx, by, func(o *op) error {
		q, err := o.queueToOpenIn(ctx, in.Queue)
		if err != nil {
			return err
		}
		if in.Subject == "" {
			in.Subject = "?" // it is asked before there is one
		}
		c, err := o.lifeOf(ctx, q.ID)
		if err != nil {
			return err
		}
		if err := o.checkNewTicket(&in, c); err != nil {
			return err
		}
		t := &desk.Ticket{Queue: q.ID, Reporter: o.reporterOf(in)}
		if _, err := o.fillRoles(ctx, t, q, in); err != nil {
			return err
		}
		if t.Sharing, err = o.sharingOf(ctx, t, q, in.Sharing); err != nil {
			return err
		}
		list, err = o.contactsWhoSee(ctx, t)
		return err
	})
	return list, err
}

// contactsWhoSee returns the contacts who see a ticket and whom the actor may
// know.
func (o *op) contactsWhoSee(ctx context.Context, t *desk.Ticket) ([]Name, error) {
	var ids []desk.PrincipalID
	for _, u := range o.e.WhoCanUsers(desk.ShowTicket, access.Ticket(t.Facts()), true) {
		if o.e.KindOf(u) == desk.Contact && o.mayKnow(desk.PrincipalID(u)) {
			ids = append(ids, desk.PrincipalID(u))
		}
	}
	names, err := o.names(ctx, ids)
	var list []Name
	for _, id := range ids {
		list = append(list, names[id])
	}
	return list, err
}
