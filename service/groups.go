package service

import (
	"context"
	"fmt"
	"slices"

	"gatehouse/access"
	"gatehouse/desk"
)

// CreateGroup makes a group: AdminGroup for the whole desk, or for a personal
// group AdminOwnPersonalGroups (one's own) or AdminAllPersonalGroups.
func (s *Service) CreateGroup(ctx context.Context, by desk.Actor, g desk.Group) (desk.GroupID, error) {
	err := s.do(ctx, by, func(o *op) error {
		if err := o.needForGroup(g); err != nil {
			return err
		}
		var err error
		if g.Name, err = desk.CheckName("group", g.Name); err != nil {
			return err
		}
		if err := o.InsertGroup(ctx, &g); err != nil {
			return err
		}
		return o.changedAccess(ctx, change{"group.create", "group:" + g.Name, "", describeGroup(g)})
	})
	return g.ID, err
}

func describeGroup(g desk.Group) string {
	text := fmt.Sprintf("name: %s; disabled: %t", g.Name, g.Disabled)
	if g.Personal != 0 {
		text += "; personal: " + formatID(g.Personal)
	}
	return text
}

// needForGroup asks for the right to make or change a group.
func (o *op) needForGroup(g desk.Group) error {
	if g.Personal == 0 {
		x := access.Group(g.ID)
		if g.ID == 0 {
			x = access.System()
		}
		return o.need(desk.AdminGroup, x)
	}
	if g.Personal == o.by.User && o.can(desk.AdminOwnPersonalGroups, access.System()) {
		return nil
	}
	return o.need(desk.AdminAllPersonalGroups, access.System())
}

// UpdateGroup renames, describes, disables or enables a group (AdminGroup on
// it; for personal groups as CreateGroup). Grants and members stay.
func (s *Service) UpdateGroup(ctx context.Context, by desk.Actor, g desk.Group) error {
	return s.do(ctx, by, func(o *op) error {
		old, err := o.groupFor(ctx, g.ID)
		if err != nil {
			return err
		}
		if err := o.needForGroup(*old); err != nil {
			return err
		}
		g.Personal = old.Personal
		if g.Name, err = desk.CheckName("group", g.Name); err != nil {
			return err
		}
		if err := o.Tx.UpdateGroup(ctx, &g); err != nil {
			return err
		}
		if g.Disabled == old.Disabled {
			return o.audit(ctx, change{"group.update", "group:" + g.Name, describeGroup(*old), describeGroup(g)})
		}
		return o.changedAccess(ctx, change{"group.update", "group:" + g.Name, describeGroup(*old), describeGroup(g)}, desk.AccessChange{Kind: desk.ChangeGroup, Group: desk.PrincipalID(g.ID)})
	})
}

// groupFor returns a group if the actor may see it (SeeGroup, or a right to
// change it); else there is none.
func (o *op) groupFor(ctx context.Context, id desk.GroupID) (*desk.Group, error) {
	g, err := o.Tx.Group(ctx, id)
	if desk.KindOf(err) == desk.NotFound || err == nil && !o.seesGroup(g) {
		return nil, noGroup()
	}
	return g, err
}

func noGroup() error { return desk.Errorf(desk.NotFound, "There is no such group.") }

func (o *op) seesGroup(g *desk.Group) bool {
	if g.Personal != 0 && (g.Personal == o.by.User || o.can(desk.AdminAllPersonalGroups, access.System())) {
		return true
	}
	return o.canAny(access.Group(g.ID), desk.SeeGroup, desk.AdminGroup, desk.AdminGroupMembership)
}

// Group returns a group (SeeGroup on it).
func (s *Service) Group(ctx context.Context, by desk.Actor, id desk.GroupID) (*desk.Group, error) {
	var g *desk.Group
	err := s.view(ctx, by, func(o *op) error {
		var err error
		g, err = o.groupFor(ctx, id)
		return err
	})
	return g, err
}

// Groups returns the groups that the actor may see (SeeGroup), by name.
func (s *Service) Groups(ctx context.Context, by desk.Actor, f GroupFilter) ([]desk.Group, bool, error) {
	var list []desk.Group
	var more bool
	err := s.view(ctx, by, func(o *op) error {
		var err error
		list, more, err = pageOf(f.Limit, func(limit int, last *desk.Group) ([]desk.Group, bool, error) {
			f.Limit = limit
			if last != nil {
				f.After = desk.Fold(last.Name)
			}
			return o.Tx.Groups(ctx, f)
		}, o.seesGroup)
		return err
	})
	return list, more, err
}

// pageOf fills a page of limit things that the actor may see, fetching as
// often as it takes.
func pageOf[T any](limit int, fetch func(limit int, last *T) ([]T, bool, error), sees func(*T) bool) ([]T, bool, error) {
	if limit <= 0 || limit > 1000 {
		limit = 100
	}
	var page []T
	var last *T
	for {
		list, more, err := fetch(limit, last)
		if err != nil {
			return nil, false, err
		}
		for i := range list {
			if !sees(&list[i]) {
				continue
			}
			if len(page) == limit {
				return page, true, nil
			}
			page = append(page, list[i])
		}
		if !more || len(list) == 0 {
			return page, false, nil
		}
		last = &list[len(list)-1]
	}
}

// A Member is a direct member of a group or customer, with his name.
type Member struct {
	desk.Membership
	Name  Name
	Quiet bool // of a customer's tickets he is told only where he stands himself
}

// Members returns the direct members of a group or customer.
func (s *Service) Members(ctx context.Context, by desk.Actor, group desk.PrincipalID) ([]Member, error) {
	var list []Member
	err := s.view(ctx, by, func(o *op) error {
		if err := o.seesMembersOf(ctx, group); err != nil {
			return err
		}
		memberships, err := o.MembersOf(ctx, group)
		if err != nil {
			return err
		}
		ids := make([]desk.PrincipalID, len(memberships))
		for i, m := range memberships {
			ids[i] = m.Member
		}
		names, err := o.names(ctx, ids)
		if err != nil {
			return err
		}
		quiet, err := o.Quiet(ctx, ids)
		for _, m := range memberships {
			list = append(list, Member{m, names[m.Member], slices.Contains(quiet[m.Member], m.Group)})
		}
		return err
	})
	return list, err
}

// DeepMembers returns the enabled users who are members of a group or customer
// by any path of enabled groups.
func (s *Service) DeepMembers(ctx context.Context, by desk.Actor, group desk.PrincipalID) ([]Name, error) {
	var list []Name
	err := s.view(ctx, by, func(o *op) error {
		if err := o.seesMembersOf(ctx, group); err != nil {
			return err
		}
		var ids []desk.PrincipalID
		for _, u := range o.e.Members(group) {
			ids = append(ids, desk.PrincipalID(u))
		}
		names, err := o.names(ctx, ids)
		for _, id := range ids {
			list = append(list, names[id])
		}
		return err
	})
	return list, err
}

// seesMembersOf refuses who may not see the members of a group or customer, in
// the same words for both: which of them a hidden number is of tells something.
func (o *op) seesMembersOf(ctx context.Context, group desk.PrincipalID) error {
	if o.e.IsCustomer(group) {
		_, err := o.customerFor(ctx, desk.SeeCustomer, desk.CustomerID(group))
		if desk.KindOf(err) == desk.NotFound {
			return noGroup()
		}
		return err
	}
	_, err := o.groupFor(ctx, desk.GroupID(group))
	return err
}
