package access

import "gatehouse/desk"

// WhoCan returns every enabled user who may r on x, by number, each with a
// proof. Without superusers it leaves out those who may it only because
// SuperUser implies it.
func (e *Engine) WhoCan(r desk.Right, x Object, superusers bool) []Holding {
	var list []Holding
	for _, u := range e.within(r, x, superusers) {
		a := e.ask(e.person(u), u, r, x)
		if f := a.best(superusers); f.grant != nil && f.missing == MissNothing {
			list = append(list, Holding{u, a.proof(f)})
		}
	}
	return list
}

// WhoCanUsers returns the users of WhoCan without their proofs, which is
// quicker.
func (e *Engine) WhoCanUsers(r desk.Right, x Object, superusers bool) []desk.UserID {
	list := e.within(r, x, superusers)
	if superusers {
		return list
	}
	kept := list[:0]
	for _, u := range list {
		a := e.ask(e.person(u), u, r, x)
		if f := a.best(false); f.grant != nil && f.missing == MissNothing {
			kept = append(kept, u)
		}
	}
	return kept
}

// within returns the users who may r on x, but for some of those who may it
// only by SuperUser if they are not to count. It looks only at members of the
// grantees, and where a grant asks for roles, of who stands in them.
func (e *Engine) within(r desk.Right, x Object, superusers bool) []desk.UserID {
	walk := newWalk(&e.graph)
	var roles desk.RoleSet
	for _, g := range e.covering(r, x) {
		switch {
		case g.implied(r) && !superusers:
		case g.As == 0 || r == desk.CreateTicket && x.Ticket == nil && g.As.Has(desk.Requestor):
			walk.down(g.Who)
		default:
			roles |= g.As
		}
	}
	a := e.ask(nil, 0, r, x)
	a.eachHolder(roles, func(h desk.Holder, _ RolePlace) bool {
		walk.down(h.Who)
		return true
	})
	var users []desk.UserID
	for _, u := range walk.sorted() {
		if e.Can(u, r, x) {
			users = append(users, u)
		}
	}
	return users
}
