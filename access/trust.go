package access

import (
	"slices"

	"gatehouse/desk"
)

// The questions of this file are about what may come of something, not about
// what is: who could become a superuser, and what one may be trusted to give.

// LeadsToSuperUser reports whether a principal is given SuperUser, or is, by any
// memberships, a member of what is. Disabled things and memberships out of force
// count, since they may come back.
func (e *Engine) LeadsToSuperUser(p desk.PrincipalID) bool {
	all := trail{g: &e.graph, from: p}
	all.to(0, func(edge) bool { return true }) // to everywhere
	return slices.ContainsFunc(e.onPlace[desk.OnSystem()], func(g *grant) bool {
		return (g.agents | g.contacts).Has(desk.SuperUser) &&
			(g.Who == p || slices.ContainsFunc(all.steps, func(s Step) bool { return s.To == g.Who }))
	})
}

// HoldsOn reports whether a user holds a right for all of a place, by a grant on
// it or on what covers it, and not only in a role.
func (e *Engine) HoldsOn(u desk.UserID, r desk.Right, place desk.Place) bool {
	p := e.person(u)
	if p == nil {
		return false
	}
	x := Object{Place: place}
	places := e.covering(r, x, e.queueOf(x), false)
	if place.Kind == desk.GroupPlace && r.OfQueues() {
		places = append(places, place)
	}
	for _, at := range places {
		for _, g := range e.onPlace[at] {
			if g.As == 0 && g.gives(p.kind).Has(r) && p.level(u, g.Who) >= asMember {
				return true
			}
		}
	}
	return false
}

// Path is a shortest of the best paths by which a principal is a deep member of
// another one; nothing where they are the same or it is none.
func (e *Engine) Path(from, to desk.PrincipalID) []Step {
	if !e.IsMember(from, to) {
		return nil
	}
	return e.path(from, to)
}
