package service

import (
	"context"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// IsMember reports whether somebody is a member of a group or customer, by any
// path of enabled groups or directly. Everything is a deep member of itself, and
// a disabled user stays a member. It asks what Members asks.
func (s *Service) IsMember(ctx context.Context, by desk.Actor, group, member desk.PrincipalID, direct bool) (bool, error) {
	var yes bool
	err := s.view(ctx, by, func(o *op) error {
		if err := o.seesMembersOf(ctx, group); err != nil {
			return err
		}
		if !direct {
			yes = o.e.IsMember(member, group)
			return nil
		}
		_, err := o.Membership(ctx, group, member)
		yes = err == nil
		if desk.KindOf(err) == desk.NotFound {
			return nil
		}
		return err
	})
	return yes, err
}

// DeepGroupsOf returns the enabled groups and customers of which somebody is a
// member by any path (AdminUsers, or oneself).
func (s *Service) DeepGroupsOf(ctx context.Context, by desk.Actor, who desk.PrincipalID) ([]Name, error) {
	var list []Name
	err := s.view(ctx, by, func(o *op) error {
		if who != desk.PrincipalID(by.User) || who == 0 {
			if err := o.seesUsers(); err != nil {
				return err
			}
		}
		ids := o.e.GroupsOf(who)
		names, err := o.names(ctx, ids)
		for _, id := range ids {
			list = append(list, names[id])
		}
		return err
	})
	return list, err
}

// A Holder is of whom rights are asked: a user, a group or a customer, or
// whoever fills a role on something, by that alone.
type Holder struct {
	Who  desk.PrincipalID
	Ref  string // instead of Who: a login, group:NAME and so on
	Role desk.RoleID
	On   string // where neither is set: the role on this, as Explain takes objects
}

// RightsOf returns all rights that somebody holds on an object. It asks what
// Explain asks.
func (s *Service) RightsOf(ctx context.Context, by desk.Actor, of Holder, object string) (desk.RightSet, error) {
	var held desk.RightSet
	err := s.view(ctx, by, func(o *op) error {
		none := desk.Errorf(desk.NotFound, "There is no %s or nobody of that name, or you may not ask about them.", object)
		x, err := o.object(ctx, object)
		if err == nil && of.Ref != "" {
			of.Who, err = o.holder(ctx, of.Ref)
		}
		if desk.KindOf(err) == desk.NotFound || err == nil && !o.mayAsk(desk.UserID(of.Who), x) {
			return none
		}
		if err != nil {
			return err
		}
		switch {
		case of.Who == 0:
			var on access.Object
			if on, err = o.object(ctx, of.On); err == nil {
				held = o.e.RightsOfRole(of.Role, on, x)
			}
		case o.e.KindOf(desk.UserID(of.Who)) != 0:
			held = o.e.Rights(desk.UserID(of.Who), x)
		default:
			held = o.e.RightsOfGroup(of.Who, x)
		}
		return err
	})
	return held, err
}

// holder finds whose rights are asked for; whether one may ask is another
// question.
func (o *op) holder(ctx context.Context, ref string) (desk.PrincipalID, error) {
	if !strings.Contains(ref, ":") {
		ref = "user:" + ref
	}
	return o.named(ctx, ref)
}

// SetPrimaryCustomer makes a user leave his primary customer, if he has one,
// and belong to another one as his primary (AdminCustomer on both). Where he
// belongs to it already he keeps his part.
func (s *Service) SetPrimaryCustomer(ctx context.Context, by desk.Actor, user desk.UserID, customer desk.CustomerID) error {
	return s.do(ctx, by, func(o *op) error {
		who, to := desk.PrincipalID(user), desk.PrincipalID(customer)
		if !o.e.IsCustomer(to) || o.e.KindOf(user) == 0 {
			return desk.Errorf(desk.NotFound, "There is no such customer or user.")
		}
		object, err := o.mayChangeMembers(ctx, to, who)
		if err != nil {
			return err
		}
		if err := o.trustedWith(to); err != nil {
			return err
		}
		joined, store, err := o.leavePrimary(ctx, who, to)
		if err != nil {
			return err
		}
		if err := store(ctx, joined); err != nil {
			return err
		}
		return o.changedAccess(ctx, change{"member.primary", object, "", describeMembership(joined)}, memberChanged(joined))
	})
}

// leavePrimary ends the primary membership of a user who goes to another
// customer, and returns the one that he is to have there and how it is stored.
func (o *op) leavePrimary(ctx context.Context, who, to desk.PrincipalID) (desk.Membership, func(context.Context, desk.Membership) error, error) {
	joined := desk.Membership{Group: to, Member: who, Part: desk.PartMember, Source: "hand"}
	store := o.AddMembership
	memberships, err := o.MembershipsOf(ctx, who)
	for _, m := range memberships {
		switch {
		case err != nil:
		case m.Group == to:
			joined, store = m, o.UpdateMembership
		case m.Primary:
			err = o.accessOf(ctx)(o.leave(ctx, m.Group, m.Member))
		}
	}
	joined.Primary = true
	return joined, store, err
}

// CreateContactOf makes a user who belongs to a customer as his primary one, in
// one transaction (AdminUsers).
func (s *Service) CreateContactOf(ctx context.Context, by desk.Actor, u desk.User, customer desk.CustomerID) (desk.UserID, error) {
	err := s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminUsers, access.System()); err != nil {
			return err
		}
		c, err := o.Tx.Customer(ctx, customer)
		if err != nil {
			return err
		}
		if err := o.trustedWith(desk.PrincipalID(customer)); err != nil {
			return err
		}
		if err := o.createUser(ctx, &u); err != nil {
			return err
		}
		m := desk.Membership{Group: desk.PrincipalID(customer), Member: desk.PrincipalID(u.ID), Part: desk.PartMember, Primary: true, Source: "hand"}
		if err := o.AddMembership(ctx, m); err != nil {
			return err
		}
		return o.changedAccess(ctx, change{"member.add", "customer:" + c.Key, "", describeMembership(m)}, memberChanged(m))
	})
	return u.ID, err
}
