package service

import (
	"context"
	"slices"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// Message returns one message with its attachments' names, if the actor may
// read it: ShowTicket, and ShowTicketComments for a comment.
func (s *Service) Message(ctx context.Context, by desk.Actor, id desk.MessageID) (*desk.Message, error) {
	var m *desk.Message
	err := s.view(ctx, by, func(o *op) error {
		none := desk.Errorf(desk.NotFound, "There is no such message.")
		found, err := o.Tx.Message(ctx, id)
		if desk.KindOf(err) == desk.NotFound {
			return none
		}
		if err != nil {
			return err
		}
		right := desk.ShowTicket
		if found.Kind == desk.Comment {
			right = desk.ShowTicketComments
		}
		if _, err := o.ticketFor(ctx, right, found.Ticket); err != nil {
			return none
		}
		m = found
		return nil
	})
	return m, err
}

// CountEach counts what each filter lists, each up to limit+1, as CountTickets
// does for one. It counts nothing for who can see no ticket at all.
func (s *Service) CountEach(ctx context.Context, by desk.Actor, filters []TicketFilter, limit int) ([]int, error) {
	var counts []int
	err := s.view(ctx, by, func(o *op) error {
		scope := o.scope(desk.ShowTicket)
		if scope.Empty() {
			return nil
		}
		next := store.Ahead{}
		for _, f := range filters {
			next.Customers = append(next.Customers, f.Customers...)
		}
		if err := o.ReadAhead(ctx, next); err != nil {
			return err
		}
		counts = make([]int, len(filters))
		var companies []desk.CustomerID // counted together
		of := map[desk.CustomerID][]int{}
		for i, f := range filters {
			err := o.bindFilter(ctx, &f)
			if c, one := f.OfOneCustomer(); err == nil && one {
				companies, of[c] = append(companies, c), append(of[c], i)
				continue
			}
			if err == nil {
				counts[i], err = o.Tx.CountTickets(ctx, scope, f, limit)
			}
			if err != nil {
				return err
			}
		}
		open, err := o.Tx.CountOpen(ctx, scope, companies, limit)
		for c, n := range open {
			for _, i := range of[c] {
				counts[i] = n
			}
		}
		return err
	})
	return counts, err
}

// Beside is what the desk shows beside a ticket.
type Beside struct {
	Readers      int       // how many people may see it
	Contacts     []Contact // of the customers for which it is, up to the limit
	MoreContacts bool
	Owners       []Name       // who could own it, where the actor may give it
	Others       []TicketLine // other open tickets of its customers that the actor may see
	MoreOthers   bool
}

// A Contact is one of a customer's people.
type Contact struct {
	Name
	Part desk.Part
}

// besideLimit is how many people and tickets stand beside a ticket.
const besideLimit = 6

// Beside returns what the people at the desk see beside a ticket (ShowTicket).
// Owners are there for who may give it away (ModifyTicket or ReassignTicket).
func (s *Service) Beside(ctx context.Context, by desk.Actor, id desk.TicketID) (*Beside, error) {
	var b *Beside
	err := s.view(ctx, by, func(o *op) error {
		if !o.isAgent() {
			return noTicket(id)
		}
		t, err := o.ticketFor(ctx, desk.ShowTicket, id)
		if err != nil {
			return err
		}
		b, err = o.beside(ctx, t)
		return err
	})
	return b, err
}

func (o *op) beside(ctx context.Context, t *desk.Ticket) (*Beside, error) {
	x := access.Ticket(t.Facts())
	b := &Beside{Readers: len(o.e.WhoCanUsers(desk.ShowTicket, x, true))}
	var people []desk.UserID
	var owners []desk.UserID
	customers := t.In(desk.CustomerRole)
	for _, c := range customers {
		for _, u := range o.e.Members(c) {
			if o.e.KindOf(u) == desk.Contact && !slices.Contains(people, u) {
				people = append(people, u)
			}
		}
	}
	if len(people) > besideLimit {
		people, b.MoreContacts = people[:besideLimit], true
	}
	if o.canAny(x, desk.ModifyTicket, desk.ReassignTicket) {
		owners = slices.DeleteFunc(o.e.WhoCanUsers(desk.OwnTicket, x, true), func(u desk.UserID) bool { return o.e.KindOf(u) != desk.Agent })
	}
	names, err := o.names(ctx, principals(slices.Concat(people, owners)))
	if err != nil {
		return nil, err
	}
	for _, u := range people {
		b.Contacts = append(b.Contacts, Contact{names[desk.PrincipalID(u)], o.bestPart(u, customers)})
	}
	for _, u := range owners {
		b.Owners = append(b.Owners, names[desk.PrincipalID(u)])
	}
	return b, o.othersBeside(ctx, t, b)
}

func principals(users []desk.UserID) []desk.PrincipalID {
	ids := make([]desk.PrincipalID, len(users))
	for i, u := range users {
		ids[i] = desk.PrincipalID(u)
	}
	return ids
}

// bestPart is the highest part that somebody has at one of the customers.
func (o *op) bestPart(u desk.UserID, customers []desk.PrincipalID) desk.Part {
	best := desk.PartNone
	for _, c := range customers {
		best = max(best, o.e.PartAt(u, desk.CustomerID(c)))
	}
	return best
}

// othersBeside finds the other open tickets of the ticket's customers.
func (o *op) othersBeside(ctx context.Context, t *desk.Ticket, b *Beside) error {
	var customers []desk.CustomerID
	for _, c := range t.In(desk.CustomerRole) {
		customers = append(customers, desk.CustomerID(c))
	}
	if len(customers) == 0 {
		return nil
	}
	list, more, err := o.Tx.Tickets(ctx, o.scope(desk.ShowTicket), TicketFilter{Customers: customers, Activity: OnlyActive, Limit: besideLimit + 1})
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(other desk.Ticket) bool { return other.ID == t.ID })
	if len(list) > besideLimit {
		list, more = list[:besideLimit], true
	}
	b.MoreOthers = more
	b.Others, err = o.lines(ctx, list)
	return err
}

// Readers are the people who may see a ticket.
type Readers struct {
	Agents, Contacts int      // how many there are
	List             []Reader // the first ones of each, with why
}

// A Reader is somebody who may see a ticket: why, and what more he may.
type Reader struct {
	Answer
	Comments bool // reads comments too
	Reply    bool // may reply
}

// Readers returns who may see a ticket, up to so many agents and so many
// contacts with the proof of each. Agents who see it may ask (ShowTicket).
func (s *Service) Readers(ctx context.Context, by desk.Actor, id desk.TicketID, limit int) (*Readers, error) {
	var r *Readers
	err := s.view(ctx, by, func(o *op) error {
		if !o.isAgent() {
			return noTicket(id)
		}
		t, err := o.ticketFor(ctx, desk.ShowTicket, id)
		if err != nil {
			return err
		}
		r, err = o.readers(ctx, t, limit)
		return err
	})
	return r, err
}

func (o *op) readers(ctx context.Context, t *desk.Ticket, limit int) (*Readers, error) {
	x := access.Ticket(t.Facts())
	r := &Readers{}
	var shown []access.Holding
	for _, u := range o.e.WhoCanUsers(desk.ShowTicket, x, true) {
		n := &r.Contacts
		if o.e.KindOf(u) == desk.Agent {
			n = &r.Agents
		}
		if *n++; *n <= limit {
			shown = append(shown, access.Holding{User: u, Proof: o.e.Explain(u, desk.ShowTicket, x)})
		}
	}
	answers, err := o.answers(ctx, desk.ShowTicket, "ticket:"+formatID(t.ID), shown)
	for i, a := range answers {
		u := shown[i].User
		r.List = append(r.List, Reader{a, o.e.Can(u, desk.ShowTicketComments, x), o.e.Can(u, desk.ReplyToTicket, x)})
	}
	return r, err
}
