package service

import (
	"context"
	"net/url"
	"strings"

	"gatehouse/desk"
)

// ShippedFilter returns what a view that every desk has lists for somebody, and
// whether there is such a view.
func ShippedFilter(key desk.ViewKey, me desk.UserID) (TicketFilter, bool) {
	nobody := desk.UserID(0)
	f, ok := map[desk.ViewKey]TicketFilter{
		"mine":     {Owner: &me, Activity: OnlyActive},
		"new":      {Owner: &nobody, Activity: OnlyActive, NoApprovals: true}, // whoever is asked has them elsewhere
		"open":     {Activity: OnlyActive},
		"watching": {Standing: []desk.PrincipalID{desk.PrincipalID(me)}, Activity: OnlyActive},
		"stalled":  {Statuses: []desk.Status{desk.StatusStalled}},
		"waiting":  {Query: "Waiting < '48 hours ago'", Activity: OnlyActive},
		"overdue":  {Query: "ClockDue < 'now'", Activity: OnlyActive},
		"soon":     {Query: "ClockDue >= 'now' AND ClockDue < 'in 24 hours'", Activity: OnlyActive},
		"recent":   {Query: "Resolved IS NOT NULL", Activity: OnlyInactive},
	}[key]
	return f, ok
}

// AddressFilter reads what the address of a list asks for, but for its customer
// and its end: the view, and what narrows it. queues are those of which the reader
// knows.
func AddressFilter(q url.Values, me desk.UserID, queues []desk.Queue) TicketFilter {
	f, _ := ShippedFilter(desk.ViewKey(q.Get("view")), me)
	if name := q.Get("queue"); name != "" {
		f.Queues = []desk.QueueID{}
		for _, queue := range queues {
			if desk.Fold(queue.Name) == desk.Fold(name) {
				f.Queues = append(f.Queues, queue.ID)
			}
		}
		if len(q) == 1 {
			f.Activity = OnlyActive
		}
	}
	switch status := desk.Status(q.Get("status")); {
	case status == "":
	case status == "active":
		f.Statuses, f.Activity = nil, OnlyActive
	case status == "inactive":
		f.Statuses, f.Activity = nil, OnlyInactive
	default:
		f.Statuses, f.Activity = []desk.Status{status}, 0
	}
	var nobody desk.UserID
	switch q.Get("owner") {
	case "me":
		f.Owner = &me
	case "nobody":
		f.Owner = &nobody
	}
	f.Text = q.Get("text")
	if text := q.Get("query"); text != "" {
		f.Query = text
	}
	return f
}

// AddressSort reads in which order the address of a list has its tickets: the
// most urgent first, or by a column or custom field; neither: the newest first.
func AddressSort(q url.Values) (by Sort, urgent bool) {
	order, view := q.Get("sort"), q.Get("view")
	if order == "due" || order == "" && (view == "overdue" || view == "soon") {
		return Sort{}, true
	}
	name, down := strings.CutPrefix(order, "-")
	if column, ok := strings.CutPrefix(name, "by-"); ok && (SortBy(column).Sorts() || strings.HasPrefix(column, sortsByField)) {
		return Sort{By: SortBy(column), Down: down}, false
	}
	return Sort{}, false
}

// ViewTickets returns the first tickets of a view that the actor may see, in its
// order; an order that is not there is that of the newest first.
func (s *Service) ViewTickets(ctx context.Context, by desk.Actor, key desk.ViewKey, limit int) (*TicketPage, error) {
	bar, err := s.ViewBar(ctx, by)
	if err != nil {
		return nil, err
	}
	line := bar.line(key)
	if line == nil {
		return nil, noView(key)
	}
	q, err := url.ParseQuery(line.Address)
	if err != nil {
		return nil, desk.Errorf(desk.Invalid, "The view %s lists nothing that can be read; change it.", line.Name)
	}
	queues, err := s.Queues(ctx, by, desk.SeeQueue)
	if err != nil {
		return nil, err
	}
	f := AddressFilter(q, by.User, queues)
	f.Limit = limit
	if named := q.Get("customer"); named != "" {
		id, err := s.Find(ctx, by, "customer:"+strings.TrimPrefix(named, "customer:"))
		if err != nil && !isRefusal(err) {
			return nil, err
		}
		f.Customers = []desk.CustomerID{desk.CustomerID(id)} // zero: none, as on its page
	}
	sort, urgent := AddressSort(q)
	if urgent {
		return s.UrgentTickets(ctx, by, f, DueEnd{})
	}
	if sort.By != "" {
		page, _, err := s.SortedTickets(ctx, by, f, sort)
		if err == nil || sort.By.Sorts() {
			return page, err // else it is a field that there is not, or not for the actor
		}
	}
	return s.Tickets(ctx, by, f)
}
