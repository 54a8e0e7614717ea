package service

import (
	"context"
	"slices"

	"gatehouse/access"
	"gatehouse/desk"
)

// SetCustomer makes a ticket one for that customer instead of those for whom
// it was (ModifyTicket or SetCustomer). Who stands in other roles stays there.
func (s *Service) SetCustomer(ctx context.Context, by desk.Actor, id desk.TicketID, customer desk.CustomerID) error {
	return s.do(ctx, by, func(o *op) error {
		t, r, err := o.lockForWatcher(ctx, id, desk.CustomerRole, desk.PrincipalID(customer))
		if err != nil {
			return err
		}
		if err := o.checkWatcher(ctx, t, r, desk.PrincipalID(customer)); err != nil {
			return err
		}
		events := []desk.Event{watcherEvent(t.ID, r.ID, desk.PrincipalID(customer), "added")}
		for _, before := range slices.Clone(t.In(desk.CustomerRole)) {
			unstand(t, desk.CustomerRole, before)
			events = append(events, watcherEvent(t.ID, r.ID, before, "removed"))
		}
		stand(t, desk.CustomerRole, desk.PrincipalID(customer))
		for _, e := range events {
			if err := o.record(ctx, e); err != nil {
				return err
			}
		}
		t.Touched(o.by.User, o.s.Now())
		return o.UpdateTicket(ctx, t)
	})
}

// ContactFor returns the user of a mail address, for agents who choose people
// for tickets. An address that nobody has becomes a contact, as a letter from
// it would make one.
func (s *Service) ContactFor(ctx context.Context, by desk.Actor, address string) (desk.PrincipalID, error) {
	var id desk.PrincipalID
	err := s.do(ctx, by, func(o *op) error {
		if !o.isAgent() || !o.choosesPeople() {
			return o.need(desk.AdminUsers, access.System())
		}
		address, err := canonicalAddress(address)
		if err != nil {
			return err
		}
		u, err := o.UserByAddress(ctx, address)
		if desk.KindOf(err) == desk.NotFound {
			u, err = o.newContact(ctx, desk.MailAddress{Address: address})
		}
		if err != nil {
			return err
		}
		id = desk.PrincipalID(u.ID)
		return nil
	})
	return id, err
}
