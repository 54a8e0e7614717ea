package service

import (
	"context"

	"gatehouse/desk"
	"gatehouse/store"
)

// A SortBy is a column by which a list of tickets can be sorted: id, subject,
// status, queue, owner, priority, created, updated, updater (who changed it
// last), due, starts, told, resolved or worked.
type SortBy = store.SortBy

// A Sort is how a list of tickets is sorted, and from where on.
type Sort = store.Sort

// A SortEnd is the end of a page of a sorted list.
type SortEnd = store.SortEnd

// SortedTickets returns the tickets that the actor may see in an order, with
// the end of the page. A time that is not set is no value: a list that goes up
// by it leaves those tickets out, one that goes down ends with them. To whom
// comments are not shown, a ticket was last changed when he could see something
// of it.
func (s *Service) SortedTickets(ctx context.Context, by desk.Actor, f TicketFilter, how Sort) (*TicketPage, SortEnd, error) {
	page, end := &TicketPage{}, SortEnd{}
	err := s.view(ctx, by, func(o *op) error {
		if err := o.bindFilter(ctx, &f); err != nil {
			return err
		}
		if how.By == "updater" && !o.isAgent() {
			return desk.Errorf(desk.Invalid, "Lists cannot be sorted by %q.", string(how.By)) // the order would tell of people whom he may not know
		}
		how.Comments = f.TextComments
		list, last, more, err := o.sorted(ctx, f, how)
		if err != nil {
			return err
		}
		page.More, end = more, last
		if page.Lines, err = o.lines(ctx, list); err != nil {
			return err
		}
		return o.fillLines(ctx, page.Lines, list, f)
	})
	return page, end, err
}
