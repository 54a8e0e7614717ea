package service

import (
	"context"
	"fmt"
	"strings"

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
	Name Name
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
		for _, m := range memberships {
			list = append(list, Member{m, names[m.Member]})
		}
		return nil
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

// seesMembersOf refuses who may not see the members of a group or customer.
func (o *op) seesMembersOf(ctx context.Context, group desk.PrincipalID) error {
	if o.e.IsCustomer(group) {
		_, err := o.customerFor(ctx, desk.SeeCustomer, desk.CustomerID(group))
		return err
	}
	_, err := o.groupFor(ctx, desk.GroupID(group))
	return err
}

// AddMember makes somebody a direct member of a group (AdminGroupMembership
// on it, ModifyOwnMembership for oneself) or of a customer (AdminCustomer on
// it). A cycle is refused with the path that would close.
func (s *Service) AddMember(ctx context.Context, by desk.Actor, m desk.Membership) error {
	return s.do(ctx, by, func(o *op) error {
		object, err := o.mayChangeMembers(ctx, m.Group, m.Member)
		if err != nil {
			return err
		}
		if err := o.checkMembership(ctx, &m); err != nil {
			return err
		}
		if !o.e.LeadsToSuperUser(m.Member) {
			if err := o.trustedWith(m.Group); err != nil {
				return err
			}
		}
		if err := o.AddMembership(ctx, m); err != nil {
			return err
		}
		return o.changedAccess(ctx, change{"member.add", object, "", describeMembership(m)}, memberChanged(m))
	})
}

// trustedWith refuses who is no superuser where a group leads to SuperUser, be it
// only when something disabled is enabled or a day has come.
func (o *op) trustedWith(group desk.PrincipalID) error {
	if !o.can(desk.SuperUser, access.System()) && o.e.LeadsToSuperUser(group) {
		return desk.Errorf(desk.Forbidden, "Members of this group are superusers, or can become it; only a superuser can choose them.")
	}
	return nil
}

func memberChanged(m desk.Membership) desk.AccessChange {
	return desk.AccessChange{Kind: desk.ChangeMembership, Group: m.Group, Member: m.Member}
}

func describeMembership(m desk.Membership) string {
	text := "member: " + formatID(m.Member)
	if m.Part != desk.PartNone {
		text += fmt.Sprintf("; part: %s; primary: %t", m.Part, m.Primary)
	}
	if m.From != 0 || m.Until != 0 {
		text += fmt.Sprintf("; from: %s; until: %s", m.From, m.Until)
	}
	return text
}

// checkMembership refuses what cannot be, and fills in what is not said.
func (o *op) checkMembership(ctx context.Context, m *desk.Membership) error {
	names, err := o.PrincipalNames(ctx, []desk.PrincipalID{m.Member})
	if err != nil {
		return err
	}
	if _, ok := names[m.Member]; !ok {
		return desk.Errorf(desk.NotFound, "There is no such user, group or customer.")
	}
	if m.Member == m.Group {
		return desk.Errorf(desk.Conflict, "%s cannot be a member of itself.", names[m.Member].Name)
	}
	customer := o.e.IsCustomer(m.Group)
	switch {
	case customer && m.Part == desk.PartNone:
		m.Part = desk.PartMember
	case !customer && (m.Part != desk.PartNone || m.Primary):
		return desk.Errorf(desk.Invalid, "Only at a customer does one have a part.")
	case m.From != 0 && m.Until != 0 && m.Until < m.From:
		return desk.InvalidFields(map[string]string{"until": "The last day is before the first."})
	}
	if m.Source == "" {
		m.Source = "hand"
	}
	if cycle := o.e.WouldCycle(m.Group, m.Member); cycle != nil {
		return o.cycleError(ctx, cycle)
	}
	return nil
}

func (o *op) cycleError(ctx context.Context, cycle []desk.PrincipalID) error {
	names, err := o.names(ctx, cycle)
	if err != nil {
		return err
	}
	path := make([]string, 0, len(cycle)+1)
	for _, id := range append(cycle, cycle[0]) {
		path = append(path, names[id].Text)
	}
	return desk.Errorf(desk.Conflict, "This would make a circle of groups: %s.", strings.Join(path, " → "))
}

// mayChangeMembers asks for the right to choose members, and returns the
// group's name for the audit log.
func (o *op) mayChangeMembers(ctx context.Context, group, member desk.PrincipalID) (string, error) {
	if o.e.IsCustomer(group) {
		c, err := o.customerFor(ctx, desk.AdminCustomer, desk.CustomerID(group))
		if err != nil {
			return "", err
		}
		return "customer:" + c.Key, nil
	}
	g, err := o.Tx.Group(ctx, desk.GroupID(group))
	if desk.KindOf(err) == desk.NotFound {
		return "", noGroup()
	}
	if err != nil {
		return "", err
	}
	x := access.Group(g.ID)
	switch {
	case g.Personal != 0 && o.needForGroup(*g) == nil:
	case g.Personal != 0 && o.seesGroup(g):
		return "", o.needForGroup(*g)
	case g.Personal != 0:
		return "", noGroup()
	case o.can(desk.AdminGroupMembership, x):
	case member == desk.PrincipalID(o.by.User) && o.can(desk.ModifyOwnMembership, x):
	case o.seesGroup(g):
		return "", o.need(desk.AdminGroupMembership, x)
	default:
		return "", noGroup()
	}
	return "group:" + g.Name, nil
}

// UpdateMember changes part, primary, first and last day of a membership. It
// asks what AddMember asks.
func (s *Service) UpdateMember(ctx context.Context, by desk.Actor, m desk.Membership) error {
	return s.do(ctx, by, func(o *op) error {
		object, err := o.mayChangeMembers(ctx, m.Group, 0)
		if err != nil {
			return err
		}
		if err := o.trustedWith(m.Group); err != nil {
			return err
		}
		old, err := o.Membership(ctx, m.Group, m.Member)
		if err != nil {
			return err
		}
		m.Source = old.Source
		if m.From != old.From || m.Until != old.Until {
			if err := o.notFromDirectory(ctx, old); err != nil {
				return err
			}
		}
		if !desk.InForce(old.From, old.Until, o.today()) { // what rested on it ended with it and does not come back
			if err := o.endDelegations(ctx); err != nil {
				return err
			}
		}
		if !o.e.IsCustomer(m.Group) && m.Part != desk.PartNone {
			return desk.Errorf(desk.Invalid, "Only at a customer does one have a part.")
		}
		if err := o.UpdateMembership(ctx, m); err != nil {
			return err
		}
		return o.changedAccess(ctx, change{"member.update", object, describeMembership(*old), describeMembership(m)}, memberChanged(m))
	})
}

// RemoveMember ends a direct membership. It asks what AddMember asks.
func (s *Service) RemoveMember(ctx context.Context, by desk.Actor, group, member desk.PrincipalID) error {
	return s.do(ctx, by, func(o *op) error {
		object, err := o.mayChangeMembers(ctx, group, member)
		if err != nil {
			return err
		}
		old, err := o.Membership(ctx, group, member)
		if err != nil {
			return err
		}
		if err := o.notFromDirectory(ctx, old); err != nil {
			return err
		}
		if err := o.RemoveMembership(ctx, group, member); err != nil {
			return err
		}
		return o.changedAccess(ctx, change{"member.remove", object, describeMembership(*old), ""}, memberChanged(*old))
	})
}
