package store

import (
	"context"

	"gatehouse/desk"
)

// Activity says which tickets a list shows: none that are not findable.
type Activity uint8

// The kinds of activity.
const (
	Any          Activity = iota
	OnlyActive            // what is still to be done
	OnlyInactive          // what is done
)

// A TicketFilter chooses tickets; its zero parts choose all. Filters add up:
// each narrows the list further.
type TicketFilter struct {
	Queues   []desk.QueueID
	Statuses []desk.Status // given: Activity does not count
	Activity Activity
	Owner    *desk.UserID // zero: tickets that nobody owns
	// Customers are those of whom one is the ticket's customer.
	Customers []desk.CustomerID
	Requestor desk.PrincipalID
	Reporter  desk.UserID
	// Text holds words that must all be in the subject, or all in one message;
	// the last one may be unfinished.
	Text string
	// TextComments are the tickets whose comments are searched; nil: none.
	TextComments *desk.Scope
	// Standing are principals of whom one stands in any role on the ticket.
	Standing []desk.PrincipalID
	IDs      []desk.TicketID
	// Before and After show the page after and before the one that ends and
	// begins with that ticket.
	Before desk.TicketID
	After  desk.TicketID
	Limit  int
}

// plans are the thresholds by which the way to make a list is chosen.
type plans struct {
	// dense: the tickets of visible queues are found by a scan over all tickets
	// where that reads less than dense times what looking into each queue reads.
	dense float64
	// textFirst: up to so many texts found, they are looked through instead of
	// the tickets in scope.
	textFirst int
}

func usualPlans() plans { return plans{dense: 1, textFirst: 5000} }

// Tickets lists tickets of the scope, newest first, and whether there are more
// in that direction.
func (tx *Tx) Tickets(ctx context.Context, s *desk.Scope, f TicketFilter) (list []desk.Ticket, more bool, err error) {
	return nil, false, errNoScope
}

// CountTickets counts what Tickets lists on all its pages. It stops at limit + 1.
func (tx *Tx) CountTickets(ctx context.Context, s *desk.Scope, f TicketFilter, limit int) (int, error) {
	return 0, errNoScope
}

var errNoScope = desk.Errorf(desk.Internal, "A list was asked for without a scope.")
