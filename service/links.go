package service

import (
	"context"
	"slices"

	"gatehouse/desk"
)

// The types of links between tickets.
const (
	LinkDependsOn = "depends_on" // it is not resolved before the other one
	LinkRefersTo  = "refers_to"
	LinkMemberOf  = "member_of" // it is a part of the other one
)

// LinkTickets links a ticket to another one (ModifyTicket on both). A link that
// is there stays.
func (s *Service) LinkTickets(ctx context.Context, by desk.Actor, l Link) error {
	return s.do(ctx, by, func(o *op) error {
		if !slices.Contains([]string{LinkDependsOn, LinkRefersTo, LinkMemberOf}, l.Type) {
			return desk.InvalidFields(map[string]string{"type": "A ticket depends on, refers to or is a member of another one."})
		}
		from, to, err := o.lockBoth(ctx, l.From, l.To)
		switch {
		case err != nil:
			return err
		case from.ID == to.ID:
			return desk.InvalidFields(map[string]string{"target": "A ticket is not linked to itself."})
		case to.Status == desk.StatusDeleted:
			return desk.Errorf(desk.Conflict, "Ticket %d is deleted and cannot be linked to.", to.ID)
		}
		l.From, l.To = from.ID, to.ID
		links, err := o.Tx.Links(ctx, l.From)
		if err != nil || slices.Contains(links, l) {
			return err
		}
		if err := o.AddLink(ctx, l); err != nil {
			return err
		}
		return o.recordLink(ctx, l, "added")
	})
}

// UnlinkTickets takes a link away. It asks what LinkTickets asks.
func (s *Service) UnlinkTickets(ctx context.Context, by desk.Actor, l Link) error {
	return s.do(ctx, by, func(o *op) error {
		from, to, err := o.lockBoth(ctx, l.From, l.To)
		if err != nil {
			return err
		}
		l.From, l.To = from.ID, to.ID
		if err := o.dependsOpenly(ctx, l, to); err != nil {
			return err
		}
		if err := o.RemoveLink(ctx, l); err != nil {
			return err
		}
		return o.recordLink(ctx, l, "removed")
	})
}

// lockBoth returns two tickets that the actor may change, in the order named.
// They are locked in the order of their numbers, so that two who do it at once
// do not wait for each other.
func (o *op) lockBoth(ctx context.Context, a, b desk.TicketID) (first, second *desk.Ticket, err error) {
	ids := []desk.TicketID{a, b}
	slices.Sort(ids)
	found := map[desk.TicketID]*desk.Ticket{}
	for _, id := range ids {
		if found[id], err = o.lockFor(ctx, desk.ModifyTicket, id); err != nil {
			return nil, nil, err
		}
	}
	return found[a], found[b], nil
}

// recordLink writes a link into the history of both its tickets.
func (o *op) recordLink(ctx context.Context, l Link, change string) error {
	for _, end := range [][2]desk.TicketID{{l.From, l.To}, {l.To, l.From}} {
		e := desk.Event{Ticket: end[0], Kind: desk.EventLink, Data: map[string]string{
			"type": l.Type, "target": formatID(end[1]), "change": change,
		}}
		if end[0] == l.To {
			e.Data["from"] = "target"
		}
		if err := o.record(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// checkDependencies refuses to let a ticket be done while one that it depends on
// is open, and to let it be solved while an approval that it asked for is not
// granted.
func (o *op) checkDependencies(ctx context.Context, t *desk.Ticket, to *desk.State) error {
	links, err := o.Links(ctx, t.ID)
	if err != nil {
		return err
	}
	lives, err := o.lives(ctx)
	if err != nil {
		return err
	}
	for _, link := range links {
		if link.From != t.ID || link.Type != LinkDependsOn {
			continue
		}
		other, err := o.Ticket(ctx, link.To)
		if err != nil {
			return err
		}
		c := lives.Of(other.Queue)
		switch {
		case other.Active() && c.Approves():
			return o.waitsForApproval(ctx, t, other)
		case other.Active():
			return desk.Errorf(desk.Conflict, "Ticket %d depends on a ticket that is still open; resolve that one first.", t.ID)
		case c.Approves() && other.Status == c.Refused && to.Solved:
			return o.approvalRefused(ctx, t, other)
		}
	}
	return nil
}

// MergeTicket makes one matter of two: what was said on the ticket and who
// stands on it, the owner and roles for one apart, comes to the other one, its
// links too, and its number leads there from then on, for letters as well
// (ModifyTicket on both). Unmerge takes it out again.
func (s *Service) MergeTicket(ctx context.Context, by desk.Actor, id, into desk.TicketID) error {
	return s.do(ctx, by, func(o *op) error {
		from, to, err := o.lockBoth(ctx, id, into)
		switch {
		case err != nil:
			return err
		case from.ID == to.ID:
			return desk.Errorf(desk.Conflict, "That is one ticket already: %d.", to.ID)
		case !to.Findable():
			return desk.Errorf(desk.Conflict, "Ticket %d is deleted; merge into another one.", to.ID)
		}
		for _, t := range []*desk.Ticket{from, to} {
			if err := o.guardApproval(ctx, t, "it is no part of another matter."); err != nil {
				return err
			}
		}
		return o.merge(ctx, from, to)
	})
}

func (o *op) merge(ctx context.Context, from, to *desk.Ticket) error {
	if err := o.mergeLinks(ctx, from.ID, to.ID); err != nil {
		return err
	}
	if err := o.MoveContent(ctx, from.ID, to.ID); err != nil {
		return err
	}
	roles, err := o.Tx.Roles(ctx)
	if err != nil {
		return err
	}
	for _, r := range roles {
		if r.Single {
			continue
		}
		for _, who := range from.In(r.ID) {
			h := desk.Holder{Role: r.ID, Who: who}
			if slices.Contains(to.Holders, h) {
				continue
			}
			stand(to, r.ID, who)
			if err := o.NoteMergedHolder(ctx, from.ID, h); err != nil {
				return err
			}
		}
	}
	now := o.s.Now()
	from.MergedInto = to.ID
	from.Touched(o.by.User, now)
	to.HeardOf(o.by.User, now)
	if from.LastAsked.After(to.LastAsked) {
		to.LastAsked = from.LastAsked
	}
	to.Sharing = max(to.Sharing, from.Sharing)
	if from.Active() && !from.Asked.IsZero() && (to.Asked.IsZero() || from.Asked.Before(to.Asked)) {
		to.Asked = from.Asked
	}
	for _, e := range []desk.Event{
		{Ticket: from.ID, Kind: desk.EventMerged, Data: map[string]string{"into": formatID(to.ID)}},
		{Ticket: to.ID, Kind: desk.EventMerged, Data: map[string]string{"from": formatID(from.ID)}},
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

// mergeLinks makes the links of one ticket those of another one; links between
// the two go.
func (o *op) mergeLinks(ctx context.Context, from, to desk.TicketID) error {
	links, err := o.Tx.Links(ctx, from)
	if err != nil {
		return err
	}
	for _, l := range links {
		if err := o.RemoveLink(ctx, l); err != nil {
			return err
		}
		if l.From == from {
			l.From = to
		} else {
			l.To = to
		}
		if l.From == l.To {
			continue
		}
		if err := o.AddLink(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

// lockCurrent locks a ticket, or the one that took it in.
func (o *op) lockCurrent(ctx context.Context, id desk.TicketID) (*desk.Ticket, error) {
	for {
		t, err := o.LockTicket(ctx, id)
		if err != nil || t.MergedInto == 0 {
			return t, err
		}
		id = t.MergedInto
	}
}

// current returns a ticket, or the one that took it in.
func (o *op) current(ctx context.Context, id desk.TicketID) (*desk.Ticket, error) {
	for {
		t, err := o.Ticket(ctx, id)
		if err != nil || t.MergedInto == 0 {
			return t, err
		}
		id = t.MergedInto
	}
}
