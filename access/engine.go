package access

import (
	"math/bits"

	"gatehouse/desk"
)

// An Engine answers who may do what, from memory. Make one with New, or from
// another one with With. It never changes.
type Engine struct {
	graph
	rules
	grounds map[string]*ground // of rowMaker, for With
	version int64
}

// New builds the engine of a world, of which it keeps nothing. It takes
// worlds as they are: what refers to things that are not there counts for
// nothing, and memberships in a circle do not keep it busy.
func New(w *desk.World) *Engine {
	e := &Engine{graph: newGraph(w), rules: newRules(w), version: w.Version}
	for _, p := range e.powers {
		for _, g := range p.grants {
			g.asleep = e.switchedOff(&g.Grant)
		}
	}
	for _, g := range byDependence(e.delegated) {
		g.asleep = g.asleep || !e.awake(&g.Grant)
	}
	rows := newRowMaker(e)
	e.users.each(func(id int64, u *user) {
		if u.set != nil {
			u.row = rows.of(desk.UserID(id), u.set)
		}
	})
	e.grounds = rows.grounds
	e.users.seal()
	e.groups.seal()
	return e
}

// Version returns the version of the world that the engine answers for.
func (e *Engine) Version() int64 { return e.version }

// Can reports whether the user may r on x: he is enabled and some grant gives
// r, covers x and reaches him, filling a role where one is asked; a contact
// only where sharing lets him in. It allocates nothing.
func (e *Engine) Can(u desk.UserID, r desk.Right, x Object) bool {
	p := e.person(u)
	if p == nil || !r.Known() {
		return false
	}
	t := x.Ticket
	if t == nil {
		return e.plainRights(p, x.Place).Has(r)
	}
	c := p.row.cell(e.number(t.Queue))
	may := c.direct.Has(r) ||
		t.Sharing == desk.Shared && c.shared.Has(r) ||
		c.named.Has(r) && e.named(p, u, t) ||
		e.stands(p, u, c.rolesFor(r), r, t)
	return may && (p.kind != desk.Contact || t.Sharing == desk.Shared || e.letIn(p, u, t))
}

// Rights returns all rights that the user holds on x.
func (e *Engine) Rights(u desk.UserID, x Object) desk.RightSet {
	p := e.person(u)
	if p == nil {
		return 0
	}
	if x.Ticket == nil {
		return e.plainRights(p, x.Place) & desk.EveryRight()
	}
	var held desk.RightSet
	for rest := desk.EveryRight(); rest != 0; rest &= rest - 1 {
		if r := desk.Right(bits.TrailingZeros64(uint64(rest))); e.Can(u, r, x) {
			held |= desk.RightsOf(r)
		}
	}
	return held
}

// plainRights are the rights on what is not a ticket.
func (e *Engine) plainRights(p *user, place desk.Place) desk.RightSet {
	switch place.Kind {
	case desk.SystemPlace:
		return p.row.cell(0).plain
	case desk.QueuePlace:
		return p.row.cell(e.number(desk.QueueID(place.ID))).plain
	}
	return p.row.object(place)
}

// stands reports whether the user fills one of the roles on the ticket itself
// as far as his part goes.
func (e *Engine) stands(p *user, u desk.UserID, roles desk.RoleSet, r desk.Right, t *desk.TicketFacts) bool {
	if roles == 0 {
		return false
	}
	shared := t.Sharing == desk.Shared
	for i := range t.Holders {
		h := &t.Holders[i]
		if roles.Has(h.Role) && p.level(u, h.Who).opens(r, shared) {
			return true
		}
	}
	return t.Reporter == u && e.standsAsReporter(p, roles, r, t)
}

// standsAsReporter: on a ticket that he himself reported for a customer, being
// its member is enough, whatever the part.
func (e *Engine) standsAsReporter(p *user, roles desk.RoleSet, r desk.Right, t *desk.TicketFacts) bool {
	queue := e.number(t.Queue)
	for _, h := range t.Holders {
		if h.Role != desk.CustomerRole || !e.isCustomer(h.Who) || p.set.all.find(h.Who) == noPath {
			continue
		}
		for _, l := range e.group(h.Who).up {
			if l.level.opens(r, t.Sharing == desk.Shared) &&
				(t.Stands(l.to, roles) || e.watches(l.to, roles, queue)) {
				return true
			}
		}
	}
	return false
}

// watches reports whether a principal itself stands in one of the roles on the
// queue or on the whole desk.
func (e *Engine) watches(who desk.PrincipalID, roles desk.RoleSet, queue int) bool {
	p := e.powers[who]
	if p == nil {
		return false
	}
	for _, w := range p.watches {
		if roles.Has(w.role) && (w.queue == 0 || w.queue == queue) {
			return true
		}
	}
	return false
}

// letIn: sharing lets the contact in. A ticket for managers only is for the
// managers of its customers and the people named on it, a private one for the
// people named on it.
func (e *Engine) letIn(p *user, u desk.UserID, t *desk.TicketFacts) bool {
	if t.Sharing == desk.Shared || e.named(p, u, t) {
		return true
	}
	if t.Sharing == desk.Private {
		return false
	}
	for _, h := range t.Holders {
		if h.Role == desk.CustomerRole && p.set.all.find(h.Who) >= asManager && e.isCustomer(h.Who) {
			return true
		}
	}
	return false
}

// named: the user stands himself in a role on the ticket, or reported it and
// still belongs to a customer for whom it is, if it is for any.
func (e *Engine) named(p *user, u desk.UserID, t *desk.TicketFacts) bool {
	if t.Stands(desk.PrincipalID(u), e.roles) {
		return true
	}
	if t.Reporter != u {
		return false
	}
	for _, h := range t.Holders {
		if h.Role == desk.CustomerRole && p.set.all.find(h.Who) != noPath && e.isCustomer(h.Who) {
			return true
		}
	}
	return !t.ForCustomers()
}
