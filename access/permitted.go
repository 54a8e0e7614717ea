package access

import (
	"slices"

	"gatehouse/desk"
)

// The questions of this file are about permissions held on access groups, as
// relation screens show them: whose grants, not which rights. For contacts and
// customers there are two contexts: the tickets of their own, by grants as
// Requestor or Customer, and (other) those of other customers, by grants
// without a role. For agents and groups only grants without a role count.

// A Held is a grant of a permission that counts for somebody. Who it is
// granted to says where it comes from.
type Held struct {
	desk.Grant
	Reads bool // it comes through a customer where he is a reader only
}

// Permitted returns the grants of permissions that a user, group or customer
// holds on a group, those in his own name first. A disabled one holds none, and
// on a disabled group nobody holds any.
func (e *Engine) Permitted(who desk.PrincipalID, group desk.GroupID, other bool) []Held {
	if !e.enabled(desk.PrincipalID(group)) || e.isCustomer(desk.PrincipalID(group)) {
		return nil
	}
	return e.permitted(who, []desk.Place{desk.OnSystem(), desk.OnGroup(group)}, other)
}

func (e *Engine) permitted(who desk.PrincipalID, places []desk.Place, other bool) []Held {
	if !e.enabled(who) {
		return nil
	}
	counts := e.relation(who, other)
	var list []Held
	add := func(from desk.PrincipalID, l level) {
		for g := range e.held(from, places) {
			if g.Permission == 0 || g.asleep || !counts(g.As) || g.As == 0 && l == asContact {
				continue
			}
			list = append(list, Held{g.Grant, g.As == 0 && l == asReader})
		}
	}
	add(who, whole)
	for _, l := range e.linksOf(who) {
		if l.to != who {
			add(l.to, l.level)
		}
	}
	return list
}

// relation says which grants count for a principal in a context, by the roles
// that they ask for.
func (e *Engine) relation(who desk.PrincipalID, other bool) func(desk.RoleSet) bool {
	if !other && e.HasOwnTickets(who) {
		return func(as desk.RoleSet) bool { return as&desk.RolesOf(desk.Requestor, desk.CustomerRole) != 0 }
	}
	return func(as desk.RoleSet) bool { return as == 0 }
}

// HasOwnTickets reports whether permissions of a principal on his own tickets
// and on those of others are told apart: of contacts and customers.
func (e *Engine) HasOwnTickets(p desk.PrincipalID) bool {
	u := e.user(desk.UserID(p))
	return e.isCustomer(p) || u != nil && u.kind == desk.Contact
}

// PermittedGroups returns the enabled groups on which a principal holds any
// permission, by number.
func (e *Engine) PermittedGroups(who desk.PrincipalID, other bool) []desk.GroupID {
	var list []desk.GroupID
	if len(e.permitted(who, []desk.Place{desk.OnSystem()}, other)) > 0 {
		e.groups.each(func(id int64, at *group) {
			if at.kind == plainGroup && !at.disabled {
				list = append(list, desk.GroupID(id))
			}
		})
		return list
	}
	list = e.powers[who].groups(nil)
	for _, l := range e.linksOf(who) {
		list = e.powers[l.to].groups(list)
	}
	slices.Sort(list)
	return slices.DeleteFunc(slices.Compact(list), func(id desk.GroupID) bool { return len(e.Permitted(who, id, other)) == 0 })
}

// groups adds the groups on which a power, which may be none, has permissions.
func (p *power) groups(list []desk.GroupID) []desk.GroupID {
	if p == nil {
		return list
	}
	for _, g := range p.grants {
		if g.Place.Kind == desk.GroupPlace && g.Permission != 0 {
			list = append(list, desk.GroupID(g.Place.ID))
		}
	}
	return list
}

// PermittedOn returns the enabled users, and the enabled customers, who hold
// any permission on a group, by number. It is the inverse of PermittedGroups.
func (e *Engine) PermittedOn(group desk.GroupID, other bool) (users []desk.UserID, customers []desk.CustomerID) {
	below := newWalk(&e.graph)
	for _, place := range []desk.Place{desk.OnSystem(), desk.OnGroup(group)} {
		for _, g := range e.onPlace[place] {
			if g.Permission != 0 && !g.asleep {
				below.down(g.Who)
			}
		}
	}
	for _, u := range below.sorted() {
		if len(e.Permitted(desk.PrincipalID(u), group, other)) > 0 {
			users = append(users, u)
		}
	}
	for id := range below.seen {
		if e.isCustomer(id) && len(e.Permitted(id, group, other)) > 0 {
			customers = append(customers, desk.CustomerID(id))
		}
	}
	slices.Sort(customers)
	return users, customers
}

// Reaching returns the grants of permissions that reach a user on a ticket,
// filling a role where one is asked; toRead says that reading is enough, so
// that a reader's part is.
func (e *Engine) Reaching(u desk.UserID, t *desk.TicketFacts, toRead bool) []desk.Grant {
	r := desk.ModifyTicket
	if toRead {
		r = desk.ShowTicket
	}
	a := e.ask(r, Ticket(t))
	if !a.about(u) {
		return nil
	}
	var list []desk.Grant
	for _, l := range append(links{{to: desk.PrincipalID(u), level: whole}}, a.p.set.all...) {
		for g := range e.held(l.to, a.places) {
			if g.Permission == 0 || g.asleep {
				continue
			}
			if f := a.judge(g, l.level); f.missing == MissNothing {
				list = append(list, g.Grant)
			}
		}
	}
	return list
}

// GrantedOn returns the grants of permissions on a group that are in force,
// whoever holds them and whether or not they count just now.
func (e *Engine) GrantedOn(group desk.GroupID) []desk.Grant {
	var list []desk.Grant
	for _, g := range e.onPlace[desk.OnGroup(group)] {
		if g.Permission != 0 {
			list = append(list, g.Grant)
		}
	}
	return list
}

// Granted returns the permissions that stand in a principal's own name on a
// group, with exactly those roles, whether or not they count just now. What
// was delegated is not among them.
func (e *Engine) Granted(who desk.PrincipalID, group desk.GroupID, as desk.RoleSet) []desk.PermissionID {
	var list []desk.PermissionID
	for g := range e.held(who, []desk.Place{desk.OnGroup(group)}) {
		if g.Permission != 0 && g.As == as && g.Source == 0 {
			list = append(list, g.Permission)
		}
	}
	return list
}

// GrantedGroups returns the groups on which a principal holds a permission in
// its own name, by number.
func (e *Engine) GrantedGroups(who desk.PrincipalID) []desk.GroupID {
	list := e.powers[who].groups(nil)
	slices.Sort(list)
	return slices.Compact(list)
}
