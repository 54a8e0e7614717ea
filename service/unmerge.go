package service

import (
	"context"

	"gatehouse/access"
	"gatehouse/desk"
)

// A MergePreview is what merging one ticket into another one would do.
type MergePreview struct {
	From, Into TicketLine
	Messages   int    // that come along, as far as the actor may read them
	Gains      []Name // who would see what was said on both and sees one of them, or none, now
	GainsMore  int    // how many more there are
}

// previewNames is how many people a preview names.
const previewNames = 20

// PreviewMerge returns what MergeTicket would do. It asks what that asks.
func (s *Service) PreviewMerge(ctx context.Context, by desk.Actor, id, into desk.TicketID) (*MergePreview, error) {
	var p *MergePreview
	err := s.view(ctx, by, func(o *op) error {
		from, err := o.ticketFor(ctx, desk.ModifyTicket, id)
		if err != nil {
			return err
		}
		to, err := o.ticketFor(ctx, desk.ModifyTicket, into)
		if err != nil {
			return err
		}
		if from.ID == to.ID {
			return desk.Errorf(desk.Conflict, "That is one ticket already: %d.", to.ID)
		}
		p, err = o.previewMerge(ctx, from, to)
		return err
	})
	return p, err
}

func (o *op) previewMerge(ctx context.Context, from, to *desk.Ticket) (*MergePreview, error) {
	lines, err := o.lines(ctx, []desk.Ticket{*from, *to})
	if err != nil {
		return nil, err
	}
	p := &MergePreview{From: lines[0], Into: lines[1]}
	messages, err := o.Messages(ctx, from.ID, o.can(desk.ShowTicketComments, access.Ticket(from.Facts())), 0, 0)
	if err != nil {
		return nil, err
	}
	p.Messages = len(messages)
	after := *to
	after.Holders = append(append([]desk.Holder{}, to.Holders...), from.Holders...)
	after.Sharing = max(to.Sharing, from.Sharing)
	sees := map[desk.UserID]int{} // how many of the two
	for _, t := range []*desk.Ticket{from, to} {
		for _, u := range o.e.WhoCanUsers(desk.ShowTicket, access.Ticket(t.Facts()), true) {
			sees[u]++
		}
	}
	var gain []desk.PrincipalID
	for _, u := range o.e.WhoCanUsers(desk.ShowTicket, access.Ticket(after.Facts()), true) {
		if sees[u] < 2 && o.mayKnow(desk.PrincipalID(u)) {
			gain = append(gain, desk.PrincipalID(u))
		}
	}
	if len(gain) > previewNames {
		p.GainsMore, gain = len(gain)-previewNames, gain[:previewNames]
	}
	names, err := o.names(ctx, gain)
	for _, id := range gain {
		p.Gains = append(p.Gains, names[id])
	}
	return p, err
}

// MergedTickets lists the tickets that one took in and that can be taken out
// again, as far as the actor may change them (ModifyTicket).
func (s *Service) MergedTickets(ctx context.Context, by desk.Actor, into desk.TicketID) ([]TicketLine, error) {
	var list []TicketLine
	err := s.view(ctx, by, func(o *op) error {
		to, err := o.ticketFor(ctx, desk.ModifyTicket, into)
		if err != nil {
			return err
		}
		ids, err := o.Tx.MergedInto(ctx, to.ID)
		if err != nil {
			return err
		}
		var tickets []desk.Ticket
		for _, id := range ids {
			t, err := o.Tx.Ticket(ctx, id)
			if err != nil {
				return err
			}
			if o.can(desk.ModifyTicket, access.Ticket(t.Facts())) {
				tickets = append(tickets, *t)
			}
		}
		list, err = o.lines(ctx, tickets)
		return err
	})
	return list, err
}

// Unmerge takes a ticket out of the one that it was merged into: what was said
// on it and its history go back, and who came to the other one only with it
// stands there no longer. What was said since, links and a narrower sharing
// stay with the other one (ModifyTicket on both).
func (s *Service) Unmerge(ctx context.Context, by desk.Actor, id desk.TicketID) error {
	return s.do(ctx, by, func(o *op) error {
		from, err := o.LockTicket(ctx, id)
		if desk.KindOf(err) == desk.NotFound || err == nil && !o.can(desk.ModifyTicket, access.Ticket(from.Facts())) {
			return noTicket(id)
		}
		if err != nil {
			return err
		}
		if from.MergedInto == 0 {
			return desk.Errorf(desk.Conflict, "Ticket %d is not merged into another one.", id)
		}
		to, err := o.LockTicket(ctx, from.MergedInto)
		if err != nil {
			return err
		}
		if to.MergedInto != 0 {
			return desk.Errorf(desk.Conflict, "Ticket %d was merged into another one itself; take that one out first.", to.ID)
		}
		if to, err = o.allowed(to, nil, desk.ModifyTicket, to.ID); err != nil {
			return err
		}
		return o.unmerge(ctx, from, to)
	})
}

func (o *op) unmerge(ctx context.Context, from, to *desk.Ticket) error {
	came, err := o.Tx.MergedHolders(ctx, from.ID)
	if err != nil {
		return err
	}
	for _, h := range came {
		unstand(to, h.Role, h.Who)
	}
	if err := o.MoveBack(ctx, from.ID, to.ID); err != nil {
		return err
	}
	now := o.s.Now()
	from.MergedInto = 0
	from.Touched(o.by.User, now)
	to.Touched(o.by.User, now)
	for _, e := range []desk.Event{
		{Ticket: from.ID, Kind: desk.EventMerged, Data: map[string]string{"out": formatID(to.ID)}},
		{Ticket: to.ID, Kind: desk.EventMerged, Data: map[string]string{"gave": formatID(from.ID)}},
	} {
		if err := o.record(ctx, e); err != nil {
			return err
		}
	}
	if err := o.UpdateTicket(ctx, from); err != nil {
		return err
	}
	return o.UpdateTicket(ctx, to)
}
