package access

import (
	"slices"

	"gatehouse/desk"
)

// WhoCan returns every enabled user who may r on x, by number, each with a
// proof. Without superusers it leaves out those who may it only because
// SuperUser implies it.
func (e *Engine) WhoCan(r desk.Right, x Object, superusers bool) []Holding {
	a := e.ask(r, x)
	var list []Holding
	for _, u := range a.within(superusers) {
		if f, ok := a.yes(u, superusers); ok {
			list = append(list, Holding{u, a.proof(f)})
		}
	}
	return list
}

// WhoCanUsers returns the users of WhoCan without their proofs, which is
// quicker.
func (e *Engine) WhoCanUsers(r desk.Right, x Object, superusers bool) []desk.UserID {
	a := e.ask(r, x)
	list := a.within(superusers)
	if superusers {
		return list
	}
	return slices.DeleteFunc(list, func(u desk.UserID) bool {
		_, ok := a.yes(u, false)
		return !ok
	})
}

// AnyoneCan reports whether anybody of a kind, zero: of any, is among the users
// of WhoCan. It looks no further than the first one.
func (e *Engine) AnyoneCan(kind desk.UserKind, r desk.Right, x Object, superusers bool) bool {
	a := e.ask(r, x)
	found := false
	e.users.each(func(id int64, p *user) {
		if found || kind != 0 && p.kind != kind {
			return
		}
		u := desk.UserID(id)
		if found = e.Can(u, r, x); found && !superusers {
			_, found = a.yes(u, false)
		}
	})
	return found
}

// yes returns the finding by which the user may, if he may.
func (a *asking) yes(u desk.UserID, superusers bool) (finding, bool) {
	if !a.about(u) {
		return finding{}, false
	}
	f := a.best(superusers)
	return f, f.grant != nil && f.missing == MissNothing
}

// within returns the users who may r on x, but for some of those who may it
// only by SuperUser if they are not to count. It looks only at members of the
// grantees, and where a grant asks for roles, of who stands in them.
func (a *asking) within(superusers bool) []desk.UserID {
	e := a.e
	walk := newWalk(&e.graph)
	var roles desk.RoleSet
	for _, place := range a.places {
		for _, g := range e.onPlace[place] {
			switch {
			case g.asleep || !(g.agents | g.contacts).Has(a.r) || g.implied(a.r) && !superusers:
			case g.As == 0 || a.r == desk.CreateTicket && a.x.Ticket == nil && g.As.Has(desk.Requestor):
				walk.down(g.Who)
			default:
				roles |= g.As
			}
		}
	}
	a.eachHolder(roles, func(h desk.Holder, _ RolePlace) bool {
		walk.down(h.Who)
		return true
	})
	var users []desk.UserID
	for _, u := range walk.sorted() {
		if e.Can(u, a.r, a.x) {
			users = append(users, u)
		}
	}
	return users
}
