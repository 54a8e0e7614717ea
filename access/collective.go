package access

import (
	"math/bits"
	"slices"

	"gatehouse/desk"
)

// RightsOfGroup returns the rights that a group or customer itself holds on x:
// what is granted to it and to what it is a deep member of, where a role is
// asked for if that is filled through it. What every user has anyway is not
// among them. A customer counts as a contact, other groups as agents.
func (e *Engine) RightsOfGroup(p desk.PrincipalID, x Object) desk.RightSet {
	at := e.group(p)
	if at == nil || at.disabled {
		return 0
	}
	kind := desk.Agent
	if at.kind == customerGroup {
		kind = desk.Contact
	}
	reached := []desk.PrincipalID{p}
	for _, l := range at.up {
		reached = append(reached, l.to)
	}
	return e.eachRight(x, func(a *asking, r desk.Right) bool {
		for _, who := range append(slices.Clone(reached), desk.Everyone, side(kind)) {
			if a.givenTo(who, kind, reached) {
				return true
			}
		}
		return false
	})
}

// givenTo reports whether a grant to who gives the right: a plain one to those
// whom the group reaches, one with a role where that is filled.
func (a *asking) givenTo(who desk.PrincipalID, kind desk.UserKind, reached []desk.PrincipalID) bool {
	plain := slices.Contains(reached, who)
	for g := range a.e.held(who, a.places) {
		if g.gives(kind).Has(a.r) && (g.As == 0 && plain || g.As != 0 && a.filledBy(reached, g.As)) {
			return true
		}
	}
	return false
}

// filledBy reports whether one of the principals stands in one of the roles on
// x, or would as the future Requestor.
func (a *asking) filledBy(who []desk.PrincipalID, roles desk.RoleSet) bool {
	if a.r == desk.CreateTicket && a.x.Ticket == nil && roles.Has(desk.Requestor) {
		return true
	}
	found := false
	a.eachHolder(roles, func(h desk.Holder, _ RolePlace) bool {
		found = slices.Contains(who, h.Who)
		return !found
	})
	return found
}

// RightsOfRole returns the rights on x of whoever fills a role on a ticket, a
// queue or the whole desk, by that alone: whoever he is and whatever else he
// holds.
func (e *Engine) RightsOfRole(role desk.RoleID, on, x Object) desk.RightSet {
	return e.eachRight(x, func(a *asking, r desk.Right) bool {
		filled := on.Place == x.Place || on.Place.Kind == desk.SystemPlace ||
			on.Place.Kind == desk.QueuePlace && a.queue != 0 && e.number(desk.QueueID(on.Place.ID)) == a.queue
		if !filled || !e.applies[a.queue].Has(role) {
			return false
		}
		for g := range e.held(desk.Everyone, a.places) {
			if g.As.Has(role) && g.gives(desk.Agent).Has(r) && g.gives(desk.Contact).Has(r) {
				return true
			}
		}
		return false
	})
}

// eachRight returns the rights on x for which holds says yes.
func (e *Engine) eachRight(x Object, holds func(*asking, desk.Right) bool) desk.RightSet {
	var held desk.RightSet
	for rest := desk.EveryRight(); rest != 0; rest &= rest - 1 {
		r := desk.Right(bits.TrailingZeros64(uint64(rest)))
		if holds(e.ask(r, x), r) {
			held |= desk.RightsOf(r)
		}
	}
	return held
}
