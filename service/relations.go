package service

import (
	"context"
	"slices"

	"gatehouse/access"
	"gatehouse/desk"
)

// A PermissionChange says which permissions somebody shall hold on an access
// group, and which not.
type PermissionChange struct {
	Who     desk.PrincipalID // a user, group or customer
	Group   desk.GroupID
	Other   bool            // of a customer: for the tickets of other customers
	Set     map[string]bool // permissions by name
	Replace bool            // those not named are taken away; else they stay
}

// SetPermissions grants and revokes permissions on an access group (AdminGroup
// on it). Contacts and customers get them as Requestor and Customer, but for a
// customer's on other customers' tickets; agents and groups without a role. To
// set what is set is no change. Permissions that the settings do not offer are
// passed over.
func (s *Service) SetPermissions(ctx context.Context, by desk.Actor, in PermissionChange) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.mayGrant(ctx, desk.Grant{Place: desk.OnGroup(in.Group)}); err != nil {
			return err
		}
		if len(in.Set) == 0 {
			return desk.InvalidFields(map[string]string{"permissions": "Name at least one permission."})
		}
		like, err := o.likeGrant(ctx, in.Who, in.Group, in.Other)
		if err != nil {
			return err
		}
		offered, err := o.offered(ctx, like.As != 0 || in.Other)
		if err != nil {
			return err
		}
		boxes, err := o.boxesOf(ctx, in, like, offered)
		if err != nil {
			return err
		}
		return o.setGrants(ctx, boxes)
	})
}

// likeGrant returns what all grants of permissions to somebody on a group have
// in common, in a context.
func (o *op) likeGrant(ctx context.Context, who desk.PrincipalID, group desk.GroupID, other bool) (desk.Grant, error) {
	g := desk.Grant{Who: who, Place: desk.OnGroup(group)}
	names, err := o.PrincipalNames(ctx, []desk.PrincipalID{who})
	if err != nil {
		return g, err
	}
	name, ok := names[who]
	switch {
	case !ok, name.Kind == "system":
		return g, desk.InvalidFields(map[string]string{"who": "There is no such user, group or customer."})
	case other && name.Kind != "customer":
		return g, desk.InvalidFields(map[string]string{"context": "Only customers have permissions for other customers' tickets."})
	case name.Kind == "customer" && !other, name.Kind == "user" && name.UserKind == desk.Contact:
		g.As = asOwn
	}
	return g, nil
}

// asOwn are the roles for which contacts and customers are granted permissions
// on their own tickets.
const asOwn = desk.RoleSet(1<<desk.Requestor | 1<<desk.CustomerRole)

// offered returns the enabled permissions that can be set for contacts and
// customers, or for agents and groups.
func (o *op) offered(ctx context.Context, contacts bool) ([]desk.Permission, error) {
	name := SettingAgentPermissions
	if contacts {
		name = SettingContactPermissions
	}
	words, err := o.permissionNames(ctx, name)
	if err != nil {
		return nil, err
	}
	all, err := o.Tx.Permissions(ctx)
	return slices.DeleteFunc(all, func(p desk.Permission) bool {
		return p.Disabled || !slices.Contains(words, desk.Fold(p.Name))
	}), err
}

// A box is a grant that shall be there, or not.
type box struct {
	grant desk.Grant
	on    bool
}

// boxesOf turns a change by names into grants that shall be there or not.
func (o *op) boxesOf(ctx context.Context, in PermissionChange, like desk.Grant, offered []desk.Permission) ([]box, error) {
	all, err := o.Tx.Permissions(ctx)
	if err != nil {
		return nil, err
	}
	set := map[string]bool{}
	for name, on := range in.Set {
		if _, ok := permissionNamed(all, name); !ok {
			return nil, desk.InvalidFields(map[string]string{"permissions": "There is no permission " + name + "."})
		}
		set[desk.Fold(name)] = on
	}
	var boxes []box
	for _, p := range all {
		on, named := set[desk.Fold(p.Name)]
		canBeSet := slices.ContainsFunc(offered, func(q desk.Permission) bool { return q.ID == p.ID })
		if named && !canBeSet || !named && !in.Replace {
			continue
		}
		g := like
		g.Permission = p.ID
		boxes = append(boxes, box{g, on})
	}
	return boxes, nil
}

func permissionNamed(all []desk.Permission, name string) (desk.Permission, bool) {
	i := slices.IndexFunc(all, func(p desk.Permission) bool { return desk.Fold(p.Name) == desk.Fold(name) })
	if i < 0 {
		return desk.Permission{}, false
	}
	return all[i], true
}

// setGrants makes and revokes grants on access groups, all in one change of
// access with a line of the audit log each. What is so already stays. It asks
// for AdminGroup on each group.
func (o *op) setGrants(ctx context.Context, boxes []box) error {
	var changes []desk.AccessChange
	for _, b := range boxes {
		did, err := o.setGrant(ctx, b)
		if err != nil {
			return err
		}
		changes = append(changes, did...)
	}
	if len(changes) == 0 {
		return nil
	}
	return o.accessChanged(ctx, changes...)
}

// setGrant makes or revokes one grant, unless it is so already. One whose last
// day is past is made anew.
func (o *op) setGrant(ctx context.Context, b box) ([]desk.AccessChange, error) {
	if err := o.mayGrantThere(ctx, b.grant); err != nil {
		return nil, err
	}
	found, err := o.Tx.FindGrant(ctx, b.grant)
	if err != nil && desk.KindOf(err) != desk.NotFound {
		return nil, err
	}
	var changes []desk.AccessChange
	was := err == nil
	inForce := was && desk.InForce(0, found.Until, o.today())
	if b.on == was && b.on == inForce {
		return nil, nil
	}
	if was {
		dropped, err := o.dropGrant(ctx, found)
		if changes = append(changes, dropped); err != nil || !b.on {
			return changes, err
		}
	}
	if err := o.checkAwake(ctx, b.grant); err != nil {
		return nil, err
	}
	if err := o.InsertGrant(ctx, &b.grant); err != nil {
		return nil, err
	}
	changes = append(changes, desk.AccessChange{Kind: desk.ChangeGrant, Grant: b.grant.ID})
	return changes, o.audit(ctx, change{"grant.add", o.placeName(ctx, b.grant.Place), "", o.describeGrant(ctx, b.grant)})
}

// dropGrant revokes a grant, with its audit line.
func (o *op) dropGrant(ctx context.Context, g *desk.Grant) (desk.AccessChange, error) {
	what, err := o.removeGrant(ctx, g.ID)
	if err != nil {
		return what, err
	}
	return what, o.audit(ctx, change{"grant.revoke", o.placeName(ctx, g.Place), o.describeGrant(ctx, *g), ""})
}

// removeGrant removes a grant. Where something was passed on from it, that goes
// too, and everything is read again.
func (o *op) removeGrant(ctx context.Context, id desk.GrantID) (desk.AccessChange, error) {
	what := desk.AccessChange{Kind: desk.ChangeGrant, Grant: id}
	passedOn, _, err := o.Tx.Grants(ctx, GrantFilter{Source: id, Limit: 1})
	if err != nil {
		return what, err
	}
	if len(passedOn) > 0 {
		what = desk.AccessChange{Kind: desk.ChangeAll}
	}
	return what, o.RemoveGrant(ctx, id)
}

// A DefaultGroup is an access group on which every contact, or every customer,
// holds a permission.
type DefaultGroup struct {
	Group      desk.GroupID
	Permission string // ro or rw
	Name       Name   // of the group; SetDefaultGroups does not need it
}

// SetDefaultGroups says which groups are those of all contacts or of all
// customers (who is desk.Contacts or desk.Customers): AdminGroup on each that
// changes. Groups that are not there are passed over, and those on which the
// actor may not see grants stay as they are.
func (s *Service) SetDefaultGroups(ctx context.Context, by desk.Actor, who desk.PrincipalID, list []DefaultGroup) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.needAgent(); err != nil {
			return err
		}
		if who != desk.Contacts && who != desk.Customers {
			return desk.InvalidFields(map[string]string{"who": "Default groups are those of all contacts or of all customers."})
		}
		all, err := o.Tx.Permissions(ctx)
		if err != nil {
			return err
		}
		wanted := map[desk.Grant]bool{}
		for _, d := range list {
			p, ok := permissionNamed(all, d.Permission)
			if !ok {
				return desk.InvalidFields(map[string]string{"permission": "There is no permission " + d.Permission + "."})
			}
			if _, err := o.Tx.Group(ctx, d.Group); err == nil {
				wanted[desk.Grant{Who: who, As: asOwn, Permission: p.ID, Place: desk.OnGroup(d.Group)}] = true
			}
		}
		boxes, err := o.defaultBoxes(ctx, who, wanted)
		if err != nil {
			return err
		}
		return o.setGrants(ctx, boxes)
	})
}

// defaultBoxes are the default groups that shall be there and are not, and
// those that are there and shall not.
func (o *op) defaultBoxes(ctx context.Context, who desk.PrincipalID, wanted map[desk.Grant]bool) ([]box, error) {
	var boxes []box
	grants, err := o.defaultGrants(ctx, who)
	for _, g := range grants {
		key := desk.Grant{Who: who, As: asOwn, Permission: g.Permission, Place: g.Place}
		if !wanted[key] && o.seesGrantsOn(g.Place) {
			boxes = append(boxes, box{key, false})
		}
		delete(wanted, key)
	}
	for key := range wanted {
		boxes = append(boxes, box{key, true})
	}
	slices.SortFunc(boxes, func(a, b box) int {
		return int(a.grant.Place.ID-b.grant.Place.ID)*100 + int(a.grant.Permission-b.grant.Permission)
	})
	return boxes, err
}

// defaultGrants returns the grants that are the default groups of all contacts
// or of all customers.
func (o *op) defaultGrants(ctx context.Context, who desk.PrincipalID) ([]desk.Grant, error) {
	var list []desk.Grant
	f := GrantFilter{Who: who, Limit: 1000}
	for {
		grants, more, err := o.Tx.Grants(ctx, f)
		if err != nil {
			return nil, err
		}
		for _, g := range grants {
			if g.Permission != 0 && g.Place.Kind == desk.GroupPlace && g.As == asOwn && g.Source == 0 {
				list = append(list, g)
			}
			f.After = g.ID
		}
		if !more {
			return list, nil
		}
	}
}

// DefaultGroups returns the default groups of all contacts or of all customers
// on which the actor may see grants, by number, disabled ones too.
func (s *Service) DefaultGroups(ctx context.Context, by desk.Actor, who desk.PrincipalID) ([]DefaultGroup, error) {
	var list []DefaultGroup
	err := s.view(ctx, by, func(o *op) error {
		all, err := o.Tx.Permissions(ctx)
		if err != nil {
			return err
		}
		grants, err := o.defaultGrants(ctx, who)
		for _, g := range grants {
			if i := slices.IndexFunc(all, func(p desk.Permission) bool { return p.ID == g.Permission }); i >= 0 && o.seesGrantsOn(g.Place) {
				list = append(list, DefaultGroup{Group: desk.GroupID(g.Place.ID), Permission: all[i].Name})
			}
		}
		slices.SortStableFunc(list, func(a, b DefaultGroup) int { return int(a.Group - b.Group) })
		if err != nil {
			return err
		}
		return o.nameDefaults(ctx, list)
	})
	return list, err
}

func (o *op) nameDefaults(ctx context.Context, list []DefaultGroup) error {
	ids := make([]desk.PrincipalID, len(list))
	for i, d := range list {
		ids[i] = desk.PrincipalID(d.Group)
	}
	names, err := o.names(ctx, ids)
	for i := range list {
		list[i].Name = names[ids[i]]
	}
	return err
}

// askedPermission finds a permission by name; not found, nobody holds it.
func (o *op) askedPermission(ctx context.Context, name string) (desk.Permission, []desk.Permission, error) {
	all, err := o.Tx.Permissions(ctx)
	p, _ := permissionNamed(all, name)
	if p.Disabled {
		p.ID = 0
	}
	return p, all, err
}

// countsAs returns the numbers of the enabled permissions that count as p.
func countsAs(p desk.Permission, all []desk.Permission) map[desk.PermissionID]bool {
	ids := map[desk.PermissionID]bool{}
	for _, q := range all {
		if p.ID != 0 && !q.Disabled && q.CountsAs(&p) {
			ids[q.ID] = true
		}
	}
	return ids
}

// HasPermission reports whether a user, group or customer holds a permission,
// or rw, on a group ("group:a"), or whether it reaches a user on a ticket
// ("ticket:1"), roles included. Who asks must be one who may see the grants on
// the group, or an agent who sees the ticket. What is unknown nobody holds.
func (s *Service) HasPermission(ctx context.Context, by desk.Actor, who desk.PrincipalID, permission, object string) (bool, error) {
	var has bool
	err := s.view(ctx, by, func(o *op) error {
		p, all, err := o.askedPermission(ctx, permission)
		if err != nil {
			return err
		}
		x, err := o.object(ctx, object)
		if desk.KindOf(err) == desk.NotFound || err == nil && !o.mayAsk(0, x) {
			return nil
		}
		if err != nil {
			return err
		}
		counts := countsAs(p, all)
		if x.Ticket != nil {
			grants := o.e.Reaching(desk.UserID(who), x.Ticket, p.Reads())
			has = slices.ContainsFunc(grants, func(g desk.Grant) bool { return counts[g.Permission] })
		} else if x.Place.Kind == desk.GroupPlace {
			has = o.holds(who, desk.GroupID(x.Place.ID), p, counts, Permitted{})
		}
		return nil
	})
	return has, err
}

// Permitted says which grants count where permissions are asked about.
type Permitted struct {
	Direct bool // not what comes through a customer or a group; default groups count
	Other  bool // of contacts and customers: those for other customers' tickets
}

// holds reports whether a principal holds a permission on a group.
func (o *op) holds(who desk.PrincipalID, group desk.GroupID, p desk.Permission, counts map[desk.PermissionID]bool, how Permitted) bool {
	return slices.ContainsFunc(o.e.Permitted(who, group, how.Other), func(h access.Held) bool {
		near := h.Who == who || h.Who == desk.Contacts || h.Who == desk.Customers && o.e.IsCustomer(who)
		return counts[h.Permission] && (near || !how.Direct) && (p.Reads() || !h.Reads)
	})
}

// PermittedGroups returns the enabled groups on which a user, group or
// customer holds a permission, or rw, as far as the actor may see the grants
// there.
func (s *Service) PermittedGroups(ctx context.Context, by desk.Actor, who desk.PrincipalID, permission string, how Permitted) ([]Name, error) {
	return s.permittedNames(ctx, by, permission, func(o *op, p desk.Permission, counts map[desk.PermissionID]bool) []desk.PrincipalID {
		var ids []desk.PrincipalID
		if !o.isAgent() {
			return nil
		}
		for _, g := range o.e.PermittedGroups(who, how.Other) {
			if o.seesGrantsOn(desk.OnGroup(g)) && o.holds(who, g, p, counts, how) {
				ids = append(ids, desk.PrincipalID(g))
			}
		}
		return ids
	})
}

// PermittedUsers returns the enabled users who hold a permission on a group,
// for who may see the grants there. It is the inverse of PermittedGroups.
func (s *Service) PermittedUsers(ctx context.Context, by desk.Actor, group desk.GroupID, permission string, direct bool) ([]Name, error) {
	return s.permittedNames(ctx, by, permission, func(o *op, p desk.Permission, counts map[desk.PermissionID]bool) []desk.PrincipalID {
		var ids []desk.PrincipalID
		if !o.isAgent() || !o.seesGrantsOn(desk.OnGroup(group)) {
			return nil
		}
		users, _ := o.e.PermittedOn(group, false)
		for _, u := range users {
			if o.holds(desk.PrincipalID(u), group, p, counts, Permitted{Direct: direct}) {
				ids = append(ids, desk.PrincipalID(u))
			}
		}
		return ids
	})
}

// PermittedCustomers returns the enabled customers that hold a permission on a
// group for their own tickets, or for those of others, for who may see the
// grants there.
func (s *Service) PermittedCustomers(ctx context.Context, by desk.Actor, group desk.GroupID, permission string, other bool) ([]Name, error) {
	return s.permittedNames(ctx, by, permission, func(o *op, p desk.Permission, counts map[desk.PermissionID]bool) []desk.PrincipalID {
		var ids []desk.PrincipalID
		if !o.isAgent() || !o.seesGrantsOn(desk.OnGroup(group)) {
			return nil
		}
		_, customers := o.e.PermittedOn(group, other)
		for _, c := range customers {
			if o.holds(desk.PrincipalID(c), group, p, counts, Permitted{Other: other}) {
				ids = append(ids, desk.PrincipalID(c))
			}
		}
		return ids
	})
}

func (s *Service) permittedNames(ctx context.Context, by desk.Actor, permission string,
	find func(o *op, p desk.Permission, counts map[desk.PermissionID]bool) []desk.PrincipalID) ([]Name, error) {
	var list []Name
	err := s.view(ctx, by, func(o *op) error {
		p, all, err := o.askedPermission(ctx, permission)
		if err != nil {
			return err
		}
		ids := find(o, p, countsAs(p, all))
		names, err := o.names(ctx, ids)
		for _, id := range ids {
			list = append(list, names[id])
		}
		return err
	})
	return list, err
}

// ReachableCustomers returns the enabled customers by which a contact may
// filter tickets: his own, and those that may read on a group where one of his
// may read other customers' tickets. One may ask about oneself, and about
// others who may see users.
func (s *Service) ReachableCustomers(ctx context.Context, by desk.Actor, user desk.UserID) ([]Name, error) {
	var list []Name
	err := s.view(ctx, by, func(o *op) error {
		if user != by.User || user == 0 {
			if err := o.seesUsers(); err != nil {
				return err
			}
		}
		p, all, err := o.askedPermission(ctx, "ro")
		if err != nil {
			return err
		}
		ids := o.reachable(user, p, countsAs(p, all))
		names, err := o.names(ctx, ids)
		for _, id := range ids {
			list = append(list, names[id])
		}
		return err
	})
	return list, err
}

func (o *op) reachable(user desk.UserID, ro desk.Permission, counts map[desk.PermissionID]bool) []desk.PrincipalID {
	if !o.e.Enabled(user) {
		return nil
	}
	ids := slices.Clone(o.e.CustomersOf(user))
	for _, g := range o.groupsOfOthers(user, ro, counts) {
		_, customers := o.e.PermittedOn(g, false)
		for _, c := range customers {
			if o.holds(desk.PrincipalID(c), g, ro, counts, Permitted{}) {
				ids = append(ids, desk.PrincipalID(c))
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
