package service

import (
	"context"
	"strings"

	"gatehouse/desk"
	"gatehouse/desk/query"
	"gatehouse/store"
)

// A SortBy is a column by which a list of tickets can be sorted: id, subject,
// status, queue, owner, requestor (who asks, as lists show him), customer,
// priority, created, updated, updater (who changed it last), due, starts, told,
// resolved or worked; or cf.NAME, a custom field.
type SortBy = store.SortBy

// sortsByField is what names of sorts by custom fields begin with.
const sortsByField = "cf."

// A Sort is how a list of tickets is sorted, and from where on.
type Sort = store.Sort

// A SortEnd is the end of a page of a sorted list.
type SortEnd = store.SortEnd

// SortedTickets returns the tickets that the actor may see in an order, with
// the end of the page. A time that is not set is no value: a list that goes up
// by it leaves those tickets out, one that goes down ends with them. To whom
// comments are not shown, a ticket was last changed when he could see something
// of it. By a custom field, tickets on which the actor sees no value come last,
// whichever way the list goes.
func (s *Service) SortedTickets(ctx context.Context, by desk.Actor, f TicketFilter, how Sort) (*TicketPage, SortEnd, error) {
	page, end := &TicketPage{}, SortEnd{}
	err := s.view(ctx, by, func(o *op) error {
		if err := o.bindFilter(ctx, &f); err != nil {
			return err
		}
		if !o.isAgent() && (how.By == "updater" || how.By == "requestor" || how.By == "customer") {
			return noSort(how.By) // the order would tell of people whom he may not know
		}
		if name, ok := strings.CutPrefix(string(how.By), sortsByField); ok {
			var err error
			if how.Field, err = o.sortField(ctx, name); err != nil {
				return err
			}
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

func noSort(by SortBy) error {
	return desk.Errorf(desk.Invalid, "Lists cannot be sorted by %q.", string(by))
}

// sortField is a custom field of tickets by which the actor may sort: one of which
// he may know, by the values that he may see.
func (o *op) sortField(ctx context.Context, name string) (*store.SortField, error) {
	b := &binder{op: o}
	f, err := b.fieldNamed(ctx, name)
	known, err := o.knownField(ctx, f, err)
	if err != nil {
		return nil, err
	}
	if !known || f.Of != desk.OfTickets || f.Disabled {
		return nil, noSort(SortBy(sortsByField + name))
	}
	seen, err := b.whereSeen(ctx, f, "")
	by := &store.SortField{ID: f.ID, Kind: f.Kind, Seen: query.Test{What: query.All, Tests: seen}}
	for _, c := range f.Choices {
		by.Choices = append(by.Choices, int64(c.ID))
	}
	return by, err
}
