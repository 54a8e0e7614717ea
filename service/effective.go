package service

import (
	"cmp"
	"context"
	"slices"

	"gatehouse/access"
	"gatehouse/desk"
)

// An EffectivePermission is a permission that somebody holds on a group.
type EffectivePermission struct {
	Group Name
	Other bool           // it is for the tickets of other customers
	From  RelationOrigin // which permission, and by what
}

// EffectivePermissions returns which permissions a user, group or customer
// holds, on at most limit groups, by their names, and whether there are more.
// It leaves out the groups on which the actor may not see the grants.
func (s *Service) EffectivePermissions(ctx context.Context, by desk.Actor, who desk.PrincipalID, limit int) ([]EffectivePermission, bool, error) {
	var list []EffectivePermission
	more := false
	err := s.view(ctx, by, func(o *op) error {
		if !o.isAgent() || !o.mayKnow(who) {
			return desk.Errorf(desk.NotFound, "There is no such user, group or customer.")
		}
		all, err := o.Tx.Permissions(ctx)
		if err != nil {
			return err
		}
		contexts := []bool{false}
		if o.e.HasOwnTickets(who) {
			contexts = append(contexts, true)
		}
		for _, other := range contexts {
			groups := slices.DeleteFunc(o.e.PermittedGroups(who, other), func(g desk.GroupID) bool { return !o.seesGrantsOn(desk.OnGroup(g)) })
			more = more || len(groups) > limit
			for _, g := range groups[:min(limit, len(groups))] {
				list = append(list, held(o.e.Permitted(who, g, other), all, EffectivePermission{Group: Name{ID: desk.PrincipalID(g)}, Other: other}, who)...)
			}
		}
		return o.nameEffective(ctx, list)
	})
	return list, more, err
}

// held words grants of permissions on one group, each permission by each
// holder once.
func held(grants []access.Held, all []desk.Permission, on EffectivePermission, who desk.PrincipalID) []EffectivePermission {
	var list []EffectivePermission
	for _, h := range grants {
		p := on
		p.From = RelationOrigin{Who: Name{ID: h.Who}, Permission: nameOfPermission(all, h.Permission), Own: h.Who == who, Everywhere: h.Place.Kind == desk.SystemPlace}
		if !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return list
}

// nameEffective names the groups and the holders, and sorts by the groups.
func (o *op) nameEffective(ctx context.Context, list []EffectivePermission) error {
	var ids []desk.PrincipalID
	for _, p := range list {
		ids = append(ids, p.Group.ID, p.From.Who.ID)
	}
	names, err := o.names(ctx, ids)
	if err != nil {
		return err
	}
	for i := range list {
		list[i].Group, list[i].From.Who = names[list[i].Group.ID], names[list[i].From.Who.ID]
	}
	slices.SortStableFunc(list, func(a, b EffectivePermission) int { return cmp.Compare(a.Group.Text, b.Group.Text) })
	return nil
}
