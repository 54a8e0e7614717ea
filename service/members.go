package service

import (
	"context"
	"fmt"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// AddMember makes somebody a direct member of a group (AdminGroupMembership
// on it, ModifyOwnMembership for oneself) or of a customer (AdminCustomer on
// it). A cycle is refused with the path that would close.
func (s *Service) AddMember(ctx context.Context, by desk.Actor, m desk.Membership) error {
	return s.do(ctx, by, func(o *op) error {
		return o.accessOf(ctx)(o.join(ctx, m))
	})
}

// UpdateMember changes part, primary, first and last day of a membership. It
// asks what AddMember asks.
func (s *Service) UpdateMember(ctx context.Context, by desk.Actor, m desk.Membership) error {
	return s.do(ctx, by, func(o *op) error {
		return o.accessOf(ctx)(o.changeMember(ctx, m))
	})
}

// RemoveMember ends a direct membership. It asks what AddMember asks.
func (s *Service) RemoveMember(ctx context.Context, by desk.Actor, group, member desk.PrincipalID) error {
	return s.do(ctx, by, func(o *op) error {
		return o.accessOf(ctx)(o.leave(ctx, group, member))
	})
}

// accessOf takes what one change did to access into the engine.
func (o *op) accessOf(ctx context.Context) func(desk.AccessChange, error) error {
	return func(did desk.AccessChange, err error) error {
		if err != nil {
			return err
		}
		return o.accessChanged(ctx, did)
	}
}

// join makes a membership for which the actor may choose, with its audit line.
func (o *op) join(ctx context.Context, m desk.Membership) (desk.AccessChange, error) {
	object, err := o.mayChangeMembers(ctx, m.Group, m.Member)
	if err != nil {
		return desk.AccessChange{}, err
	}
	if !o.mayKnow(m.Member) {
		return desk.AccessChange{}, noPrincipal()
	}
	if err := o.checkMembership(ctx, &m); err != nil {
		return desk.AccessChange{}, err
	}
	if !o.e.LeadsToSuperUser(m.Member) {
		if err := o.trustedWith(m.Group); err != nil {
			return desk.AccessChange{}, err
		}
	}
	if err := o.AddMembership(ctx, m); err != nil {
		return desk.AccessChange{}, err
	}
	return memberChanged(m), o.audit(ctx, change{"member.add", object, "", describeMembership(m)})
}

// changeMember changes a membership, with its audit line.
func (o *op) changeMember(ctx context.Context, m desk.Membership) (desk.AccessChange, error) {
	object, err := o.mayChangeMembers(ctx, m.Group, 0)
	if err != nil {
		return desk.AccessChange{}, err
	}
	if err := o.trustedWith(m.Group); err != nil {
		return desk.AccessChange{}, err
	}
	old, err := o.Membership(ctx, m.Group, m.Member)
	if err != nil {
		return desk.AccessChange{}, err
	}
	m.Source = old.Source
	if err := o.checkMembership(ctx, &m); err != nil {
		return desk.AccessChange{}, err
	}
	if m.From != old.From || m.Until != old.Until {
		if err := o.notFromDirectory(ctx, old); err != nil {
			return desk.AccessChange{}, err
		}
	}
	if !desk.InForce(old.From, old.Until, o.today()) { // what rested on it ended with it and does not come back
		if err := o.endDelegations(ctx); err != nil {
			return desk.AccessChange{}, err
		}
	}
	if err := o.UpdateMembership(ctx, m); err != nil {
		return desk.AccessChange{}, err
	}
	return memberChanged(m), o.audit(ctx, change{"member.update", object, describeMembership(*old), describeMembership(m)})
}

// leave ends a membership, with its audit line.
func (o *op) leave(ctx context.Context, group, member desk.PrincipalID) (desk.AccessChange, error) {
	object, err := o.mayChangeMembers(ctx, group, member)
	if err != nil {
		return desk.AccessChange{}, err
	}
	old, err := o.Membership(ctx, group, member)
	if err != nil {
		return desk.AccessChange{}, err
	}
	if err := o.notFromDirectory(ctx, old); err != nil {
		return desk.AccessChange{}, err
	}
	if err := o.RemoveMembership(ctx, group, member); err != nil {
		return desk.AccessChange{}, err
	}
	return memberChanged(*old), o.audit(ctx, change{"member.remove", object, describeMembership(*old), ""})
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
		return noPrincipal()
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
		if desk.KindOf(err) == desk.NotFound {
			return "", noPrincipal()
		}
		if err != nil {
			return "", err
		}
		return "customer:" + c.Key, nil
	}
	g, err := o.Tx.Group(ctx, desk.GroupID(group))
	if desk.KindOf(err) == desk.NotFound {
		return "", noPrincipal()
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
		return "", noPrincipal()
	case o.can(desk.AdminGroupMembership, x):
	case member == desk.PrincipalID(o.by.User) && o.can(desk.ModifyOwnMembership, x):
	case o.seesGroup(g):
		return "", o.need(desk.AdminGroupMembership, x)
	default:
		return "", noPrincipal()
	}
	return "group:" + g.Name, nil
}

func noPrincipal() error {
	return desk.Errorf(desk.NotFound, "There is no such user, group or customer.")
}
