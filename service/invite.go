package service

import (
	"context"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// An Invitation asks somebody to become a contact of a customer.
type Invitation struct {
	Customer desk.CustomerID
	Address  string
	Name     string // empty: as the address
	Part     desk.Part
}

// Invite makes somebody a contact of a customer by his mail address, and tells
// him by letter how to sign in (AdminCustomer, or being its manager). A user
// whom the desk has already is taken only if he is a contact of no other
// customer, unless the actor has AdminCustomers: otherwise the one customer
// would see what he asks for the other.
func (s *Service) Invite(ctx context.Context, by desk.Actor, in Invitation) error {
	return s.do(ctx, by, func(o *op) error {
		c, err := o.customerFor(ctx, desk.AdminCustomer, in.Customer)
		if err != nil {
			return err
		}
		if err := o.trustedWith(desk.PrincipalID(c.ID)); err != nil {
			return err
		}
		if !by.IsSystem() && !s.tries.allow("invite "+formatID(by.User)) {
			return desk.Errorf(desk.TooMany, "You have invited many people in a short time. Wait a few minutes, then go on.")
		}
		if in.Address, err = canonicalAddress(in.Address); err != nil {
			return err
		}
		if in.Part == desk.PartNone {
			in.Part = desk.PartMember
		}
		u, err := o.invited(ctx, c, in)
		if err != nil {
			return err
		}
		m := desk.Membership{Group: desk.PrincipalID(c.ID), Member: desk.PrincipalID(u.ID), Part: in.Part, Primary: len(o.e.CustomersOf(u.ID)) == 0, Source: "hand"}
		if err := o.AddMembership(ctx, m); err != nil {
			return err
		}
		if err := o.changedAccess(ctx, change{"member.invite", "customer:" + c.Key, "", describeMembership(m)}, memberChanged(m)); err != nil {
			return err
		}
		return o.sendInvitation(ctx, c, u)
	})
}

// invited returns the user whom an invitation means, who is made if there is
// none.
func (o *op) invited(ctx context.Context, c *desk.Customer, in Invitation) (*desk.User, error) {
	u, err := o.UserByName(ctx, in.Address)
	if desk.KindOf(err) == desk.NotFound {
		made := desk.User{Login: in.Address, Name: strings.TrimSpace(in.Name), Kind: desk.Contact, Addresses: []string{in.Address}}
		return &made, o.createUser(ctx, &made)
	}
	if err != nil {
		return nil, err
	}
	belongs, err := o.MembershipsOf(ctx, desk.PrincipalID(u.ID))
	if err != nil {
		return nil, err
	}
	for _, m := range belongs {
		if m.Group == desk.PrincipalID(c.ID) {
			return nil, desk.InvalidFields(map[string]string{"address": in.Address + " belongs to this customer already."})
		}
	}
	free := u.Kind == desk.Contact && !u.Disabled && len(belongs) == 0
	if !free && !o.can(desk.AdminCustomers, access.System()) {
		return nil, desk.InvalidFields(map[string]string{"address": in.Address + " cannot be invited here. Ask the people who run this desk."})
	}
	return u, nil
}

// Welcome tells a user by letter that he has an account and how he signs in
// (AdminUsers).
func (s *Service) Welcome(ctx context.Context, by desk.Actor, user desk.UserID) error {
	return s.do(ctx, by, func(o *op) error {
		u, err := o.userToChange(ctx, user)
		if err != nil {
			return err
		}
		if u.Address() == "" || u.Disabled {
			return desk.InvalidFields(map[string]string{"address": "Give an address that the letter can go to."})
		}
		if !by.IsSystem() && !s.tries.allow("welcome "+formatID(by.User)) {
			return desk.Errorf(desk.TooMany, "You have welcomed many people in a short time. Wait a few minutes, then go on.")
		}
		if _, err := o.writeTo(ctx, u, o.welcomeLetter(u)); err != nil {
			return err
		}
		return o.audit(ctx, change{"user.welcome", "user:" + u.Login, "", u.Address()})
	})
}
