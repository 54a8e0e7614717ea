package service

import (
	"context"
	"slices"
	"strconv"

	"gatehouse/desk"
)

// SettingPresences is the name of the setting that says how customers take
// part in tickets where neither queue nor customer says otherwise. Its value
// is three words: for Requestor, Cc and AdminCc.
const SettingPresences = "customers_on_tickets"

// entering is one principal that enters a role of a ticket, with what the
// customers do about it.
type entering struct {
	ticket *desk.Ticket
	queue  *desk.Queue
	role   desk.RoleID
	who    desk.PrincipalID
	chosen []desk.CustomerID // named by the address, the form or the queue; empty: his own
}

// customersTakePart puts the customers of somebody who enters a role in his
// place, beside him, or only among those for whom the ticket is, and returns
// the events that say so. It puts the person or group there as well, where
// that is what the customers want.
func (o *op) customersTakePart(ctx context.Context, in entering) ([]desk.Event, error) {
	customers, why, err := o.customersBrought(ctx, in)
	if err != nil {
		return nil, err
	}
	system, err := o.systemPresences(ctx)
	if err != nil {
		return nil, err
	}
	how := func(c desk.Customer) desk.Presence {
		return desk.PresenceIn(in.role, c.Presences, in.queue.Presences, system)
	}
	if !slices.ContainsFunc(customers, func(c desk.Customer) bool { return how(c) == desk.PresenceReplace }) {
		stand(in.ticket, in.role, in.who)
	}
	var events []desk.Event
	for _, c := range customers {
		if how(c) != desk.PresenceOff {
			stand(in.ticket, in.role, desk.PrincipalID(c.ID))
		}
		if in.role == desk.Requestor {
			stand(in.ticket, desk.CustomerRole, desk.PrincipalID(c.ID))
		}
		if in.role == desk.Requestor || how(c) != desk.PresenceOff {
			events = append(events, o.customerEvent(in, c.ID, how(c), why))
		}
		for _, p := range c.AlwaysCc {
			stand(in.ticket, desk.Cc, p)
		}
	}
	return events, nil
}

func (o *op) customerEvent(in entering, c desk.CustomerID, how desk.Presence, why string) desk.Event {
	return desk.Event{Ticket: in.ticket.ID, Kind: desk.EventCustomer, Data: map[string]string{
		"who": strconv.FormatInt(int64(c), 10), "role": strconv.Itoa(int(in.role)),
		"how": how.String(), "why": why, "for": strconv.FormatInt(int64(in.who), 10),
	}}
}

// customersBrought returns the enabled customers that somebody brings, and why
// these. Only a user's own customers count; a group pulls none in.
func (o *op) customersBrought(ctx context.Context, in entering) ([]desk.Customer, string, error) {
	if o.e.KindOf(desk.UserID(in.who)) == 0 {
		return nil, "", nil
	}
	ids, why := in.chosen, "chosen"
	if in.queue.Customer != 0 {
		ids, why = []desk.CustomerID{in.queue.Customer}, "queue"
	}
	if len(ids) == 0 {
		var err error
		if ids, err = o.ownCustomers(ctx, desk.UserID(in.who)); err != nil {
			return nil, "", err
		}
		why = "membership"
	}
	var list []desk.Customer
	for _, id := range ids {
		c, err := o.Customer(ctx, id)
		if err != nil {
			return nil, "", err
		}
		if !c.Disabled {
			list = append(list, *c)
		}
	}
	return list, why, nil
}

// ownCustomers returns the customers of which the user is a direct member
// today, the primary one first; only that one where he is set to bring it.
func (o *op) ownCustomers(ctx context.Context, user desk.UserID) ([]desk.CustomerID, error) {
	u, err := o.User(ctx, user)
	if err != nil {
		return nil, err
	}
	memberships, err := o.MembershipsOf(ctx, desk.PrincipalID(user))
	if err != nil {
		return nil, err
	}
	today := desk.DayOf(o.s.Now())
	var ids []desk.CustomerID
	for _, m := range memberships {
		if m.Part == desk.PartNone || !desk.InForce(m.From, m.Until, today) {
			continue
		}
		switch {
		case m.Primary && u.OnlyPrimary:
			return []desk.CustomerID{desk.CustomerID(m.Group)}, nil
		case m.Primary:
			ids = slices.Insert(ids, 0, desk.CustomerID(m.Group))
		default:
			ids = append(ids, desk.CustomerID(m.Group))
		}
	}
	return ids, nil
}

// systemPresences returns how customers take part where nothing else is said.
func (o *op) systemPresences(ctx context.Context) (desk.Presences, error) {
	text, _, err := o.Setting(ctx, SettingPresences)
	if err != nil {
		return desk.Presences{}, err
	}
	return parsePresences(text), nil
}

// stand puts a principal into a role of a ticket, unless it stands there.
func stand(t *desk.Ticket, role desk.RoleID, who desk.PrincipalID) {
	h := desk.Holder{Role: role, Who: who}
	if !slices.Contains(t.Holders, h) {
		t.Holders = append(t.Holders, h)
	}
}

// unstand takes a principal out of a role of a ticket.
func unstand(t *desk.Ticket, role desk.RoleID, who desk.PrincipalID) {
	t.Holders = slices.DeleteFunc(t.Holders, func(h desk.Holder) bool { return h == desk.Holder{Role: role, Who: who} })
}
