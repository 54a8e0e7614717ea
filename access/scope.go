package access

import (
	"slices"

	"gatehouse/desk"
)

// Scope returns the tickets on which the user holds the right: exactly those t
// with Can(u, r, Ticket(t)), in queues that the engine knows. Who is disabled
// or unknown gets the zero Scope, which covers nothing.
func (e *Engine) Scope(u desk.UserID, r desk.Right) desk.Scope {
	p := e.person(u)
	if p == nil || !r.Known() {
		return desk.Scope{}
	}
	if p.kind == desk.Agent && p.row.cell(0).direct.Has(r) {
		return desk.Scope{All: true, User: u}
	}
	s := desk.Scope{User: u, Contact: p.kind == desk.Contact, Naming: e.roles}
	for _, l := range p.set.all {
		if !l.customer {
			continue
		}
		s.Customers = append(s.Customers, l.to)
		if l.level >= asManager {
			s.Managed = append(s.Managed, l.to)
		}
	}
	e.addRoles(&s, p.row, r)
	for n := 1; n < len(e.queueIDs); n++ {
		if reach := e.queueReach(p.row.cell(n), &s, r, n); opens(reach) {
			s.Queues = append(s.Queues, desk.QueueReach{Queue: e.queueIDs[n], Reach: reach})
		}
	}
	if s.RolesElsewhere != 0 || len(s.Roles) > 0 {
		s.Principals = e.principalReaches(p, &s, r)
	}
	return s
}

// WidenedTo reports whether the user may have the right on a ticket by the other
// engine that he has not by this one, whether there is such a ticket or not.
// False is certain.
func (e *Engine) WidenedTo(other *Engine, u desk.UserID, r desk.Right) bool {
	before, after := e.Scope(u, r), other.Scope(u, r)
	var both, added []desk.QueueID
	for _, q := range other.queueIDs[1:] {
		if e.number(q) != 0 {
			both = append(both, q)
		} else {
			added = append(added, q)
		}
	}
	return !after.Within(&before, both) || !after.Within(&desk.Scope{All: before.All, User: u}, added)
}

func opens(r desk.Reach) bool { return r.All || r.Shared || r.Named || len(r.Reported) > 0 }

// addRoles says which roles on tickets are enough. What most queues have
// stands for all that are not named, so that the list is short.
func (e *Engine) addRoles(s *desk.Scope, row *row, r desk.Right) {
	counts := map[desk.RoleSet]int{}
	for n := 1; n < len(e.queueIDs); n++ {
		roles := row.cell(n).rolesFor(r)
		counts[roles]++
		if most := counts[s.RolesElsewhere]; counts[roles] > most {
			s.RolesElsewhere = roles
		}
	}
	for n := 1; n < len(e.queueIDs); n++ {
		if roles := row.cell(n).rolesFor(r); roles != s.RolesElsewhere {
			s.Roles = append(s.Roles, desk.QueueRoles{Queue: e.queueIDs[n], Roles: roles})
		}
	}
}

// queueReach says which tickets of a queue the user reaches without standing
// on them. As reporter he also does so through those of his customers that
// are members of a watcher.
func (e *Engine) queueReach(c *cell, s *desk.Scope, r desk.Right, n int) desk.Reach {
	if c.direct.Has(r) {
		return desk.Reach{All: true}
	}
	reach := desk.Reach{Shared: c.shared.Has(r), Named: c.named.Has(r)}
	roles := c.rolesFor(r)
	if roles == 0 {
		return reach
	}
	for _, customer := range s.Customers {
		best := noPath
		for _, l := range e.group(customer).up {
			if e.watches(l.to, roles, n) {
				best = max(best, l.level)
			}
		}
		reach = addReported(reach, customer, best, r)
	}
	return reach
}

// addReported adds the tickets that the user reported for a customer which
// reaches what stands in the role at a level.
func addReported(reach desk.Reach, customer desk.PrincipalID, l level, r desk.Right) desk.Reach {
	onlyShared := !l.opens(r, false)
	if !l.opens(r, true) || onlyShared && reach.Shared {
		return reach
	}
	reach.Reported = append(reach.Reported, desk.ReportedFor{Customer: customer, OnlyShared: onlyShared})
	return reach
}

// principalReaches says through whom the user fills roles on tickets.
func (e *Engine) principalReaches(p *user, s *desk.Scope, r desk.Right) []desk.PrincipalReach {
	list := []desk.PrincipalReach{{Who: desk.PrincipalID(s.User), Reach: desk.Reach{All: true}}}
	for _, l := range p.set.all {
		reach := desk.Reach{All: l.level.opens(r, false)}
		if !reach.All {
			reach.Shared = l.level.opens(r, true)
			for _, customer := range s.Customers {
				reach = addReported(reach, customer, e.group(customer).up.find(l.to), r)
			}
		}
		if opens(reach) {
			list = append(list, desk.PrincipalReach{Who: l.to, Reach: reach})
		}
	}
	slices.SortFunc(list, func(a, b desk.PrincipalReach) int { return int(a.Who - b.Who) })
	return list
}
