package access

import (
	"slices"

	"gatehouse/desk"
)

// The conditions of a delegation, of which there are two readings: whether it
// counts now (awake), with disabled things passing nothing on, and whether it
// is over (Ended), with disabled things as if they were enabled.

// awake: a delegated grant counts while its source counts and is not about
// something disabled, and its maker is an enabled agent whom the source reaches
// undiminished and who may pass it on.
func (e *Engine) awake(g *desk.Grant) bool {
	if g.Source == 0 {
		return true
	}
	source, ok := e.sources[g.Source]
	maker := e.person(g.Delegator)
	if !ok || maker == nil || maker.kind != desk.Agent || e.switchedOff(&source) || e.aboutDisabled(source.Place) {
		return false
	}
	reaches := func(p desk.PrincipalID) bool { return maker.level(g.Delegator, p) >= asMember }
	return reaches(source.Who) && e.passes(&source, reaches, false)
}

// aboutDisabled: the place is a group or customer that is disabled.
func (e *Engine) aboutDisabled(p desk.Place) bool {
	return (p.Kind == desk.GroupPlace || p.Kind == desk.CustomerPlace) && !e.enabled(desk.PrincipalID(p.ID))
}

// passes: some grant of DelegateRights, for the whole desk or for the place of
// the source, reaches the maker, asleep or not if asleepToo. A source that
// gives DelegateRights there is one.
func (e *Engine) passes(source *desk.Grant, reaches func(desk.PrincipalID) bool, asleepToo bool) bool {
	for _, at := range []desk.Place{source.Place, desk.OnSystem()} {
		for _, g := range e.onPlace[at] {
			counts := asleepToo || !g.asleep || g.ID == source.ID
			if g.As == 0 && counts && g.agents.Has(desk.DelegateRights) && reaches(g.Who) {
				return true
			}
		}
	}
	return false
}

// byDependence sorts delegated grants so that those of DelegateRights, which
// depend on no others, come before those that may depend on them.
func byDependence(list []*grant) []*grant {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *grant) int { return rank(a) - rank(b) })
	return list
}

func rank(g *grant) int {
	switch {
	case g.Source == 0:
		return 0
	case g.agents.Has(desk.DelegateRights):
		return 1
	}
	return 2
}

// Holds reports whether an agent holds a grant himself as far as a delegation
// asks: the grant counts now, and reaches him by a path that takes nothing from
// it. What comes with a role is nobody's own.
func (e *Engine) Holds(u desk.UserID, id desk.GrantID) bool {
	g, ok := e.sources[id]
	maker := e.person(u)
	return ok && g.As == 0 && !e.switchedOff(&g) && e.awake(&g) &&
		maker != nil && maker.kind == desk.Agent && maker.level(u, g.Who) >= asMember
}

// Ended returns the delegated grants, by number, for which it is over for
// good: the grant that they pass on is not there or out of date, its maker is
// not an agent any more, does not belong to its grantee, or has lost
// DelegateRights; or their own last day is past. What is disabled counts here
// as if it were enabled, since then they only sleep.
func (e *Engine) Ended() []desk.GrantID {
	ended := slices.Clone(e.over)
	for _, g := range e.delegated {
		if !e.standsOn(&g.Grant) {
			ended = append(ended, g.ID)
		}
	}
	slices.Sort(ended)
	return ended
}

// standsOn reports whether a delegated grant still has what it was made from.
func (e *Engine) standsOn(g *desk.Grant) bool {
	source, ok := e.sources[g.Source]
	maker := e.user(g.Delegator)
	if !ok || maker == nil || maker.kind != desk.Agent {
		return false
	}
	belongs := e.belonging(g.Delegator)
	return belongs(source.Who) && e.passes(&source, belongs, true)
}

// belonging returns what a user belongs to by memberships in force that take
// nothing from what they bring, disabled ones included.
func (e *Engine) belonging(u desk.UserID) func(desk.PrincipalID) bool {
	all := trail{g: &e.graph, from: desk.PrincipalID(u)}
	all.to(0, func(next edge) bool { return next.level >= asMember }) // to everywhere
	return func(p desk.PrincipalID) bool {
		return p == all.from || slices.ContainsFunc(all.steps, func(s Step) bool { return s.To == p })
	}
}

// Delegable returns the grants that a user may pass on now, by number: what he
// holds himself where he holds DelegateRights, and what was not passed on to
// him.
func (e *Engine) Delegable(u desk.UserID) []desk.GrantID {
	var list []desk.GrantID
	for id, g := range e.sources {
		if id != 0 && g.Source == 0 && e.Can(u, desk.DelegateRights, Object{Place: g.Place}) && e.Holds(u, id) {
			list = append(list, id)
		}
	}
	slices.Sort(list)
	return list
}
