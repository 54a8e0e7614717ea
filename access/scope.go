package access

import (
	"slices"

	"gatehouse/desk"
)

// Scope returns the tickets on which the user holds the right: exactly those t
// with Can(u, r, Ticket(t)), in queues that the engine knows. Who is disabled
// or unknown gets the zero Scope, which covers nothing.
func (e *Engine) Scope(u desk.UserID, r desk.Right) desk.Scope {
	return (&Scoper{e: e}).Scope(u, r)
}

// A Scoper makes the scopes of very many users. What those have in common who
// hold the same rights directly it works out once, and the scopes share it. It
// serves one caller at a time.
type Scoper struct {
	e    *Engine
	rows map[rowRight]*desk.Scope // nil: nothing is kept
}

type rowRight struct {
	row   *row
	right desk.Right
}

// Scoper returns one for this engine.
func (e *Engine) Scoper() *Scoper { return &Scoper{e, map[rowRight]*desk.Scope{}} }

// Scope returns what Engine.Scope returns.
func (c *Scoper) Scope(u desk.UserID, r desk.Right) desk.Scope {
	e := c.e
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
	c.addQueues(&s, p.row, r)
	if s.RolesElsewhere != 0 || len(s.Roles) > 0 {
		s.Principals = e.principalReaches(p, &s, r)
	}
	return s
}

// addQueues adds what the row gives, and what comes of customers of the user
// that watch through others.
func (c *Scoper) addQueues(s *desk.Scope, row *row, r desk.Right) {
	watching := c.e.anyWatches(s.Customers)
	alike := c.rows != nil && !watching
	if known := c.rows[rowRight{row, r}]; alike && known != nil {
		s.RolesElsewhere, s.Roles, s.Queues = known.RolesElsewhere, known.Roles, known.Queues
		return
	}
	enough := c.e.addRoles(s, row, r)
	for n := 1; n < len(c.e.queueIDs); n++ {
		cell := row.cell(n)
		reach := desk.Reach{All: cell.direct.Has(r)}
		if !reach.All {
			reach.Shared, reach.Named = cell.shared.Has(r), cell.named.Has(r)
		}
		if watching && !reach.All {
			reach = c.e.reachAsReporter(reach, s, enough[n], reporting{r, n})
		}
		if opens(reach) {
			s.Queues = append(s.Queues, desk.QueueReach{Queue: c.e.queueIDs[n], Reach: reach})
		}
	}
	if alike {
		c.rows[rowRight{row, r}] = &desk.Scope{RolesElsewhere: s.RolesElsewhere, Roles: slices.Clip(s.Roles), Queues: slices.Clip(s.Queues)}
	}
}

// anyWatches reports whether one of some customers is a member of what stands in
// a role of a queue or of the desk.
func (e *Engine) anyWatches(customers []desk.PrincipalID) bool {
	for _, customer := range customers {
		for _, l := range e.group(customer).up {
			if p := e.powers[l.to]; p != nil && len(p.watches) > 0 {
				return true
			}
		}
	}
	return false
}

// WidenedTo reports whether the user may have the right on a ticket by the other
// engine that he has not by this one, whether there is such a ticket or not.
// False is certain.
func (e *Engine) WidenedTo(other *Engine, u desk.UserID, r desk.Right) bool {
	before, after := e.Scope(u, r), other.Scope(u, r)
	return e.WideningTo(other).Opens(&before, &after)
}

// A Widening is what one engine may open that another does not.
type Widening struct{ both, added []desk.QueueID }

// WideningTo returns that of another engine.
func (e *Engine) WideningTo(other *Engine) Widening {
	var w Widening
	for _, q := range other.queueIDs[1:] {
		if e.number(q) != 0 {
			w.both = append(w.both, q)
		} else {
			w.added = append(w.added, q)
		}
	}
	return w
}

// Opens reports, of the scopes of one user in both, what WidenedTo does.
func (w Widening) Opens(before, after *desk.Scope) bool {
	return !after.Within(before, w.both) || !after.Within(&desk.Scope{All: before.All, User: after.User}, w.added)
}

func opens(r desk.Reach) bool { return r.All || r.Shared || r.Named || len(r.Reported) > 0 }

// addRoles says which roles on tickets are enough, and returns them by queue.
// What most queues have stands for all that are not named, so that the list is
// short.
func (e *Engine) addRoles(s *desk.Scope, row *row, r desk.Right) []desk.RoleSet {
	type count struct {
		roles desk.RoleSet
		n     int
	}
	enough := make([]desk.RoleSet, len(e.queueIDs))
	var counts []count // of few sets of roles
	most := 0
	for n := 1; n < len(enough); n++ {
		roles := row.cell(n).rolesFor(r)
		enough[n] = roles
		at := slices.IndexFunc(counts, func(c count) bool { return c.roles == roles })
		if at < 0 {
			at, counts = len(counts), append(counts, count{roles: roles})
		}
		if counts[at].n++; counts[at].n > most {
			most, s.RolesElsewhere = counts[at].n, roles
		}
	}
	for n := 1; n < len(enough); n++ {
		if roles := enough[n]; roles != s.RolesElsewhere {
			s.Roles = append(s.Roles, desk.QueueRoles{Queue: e.queueIDs[n], Roles: roles})
		}
	}
	return enough
}

// A reporting is a right that somebody has on what he reported in a queue.
type reporting struct {
	right desk.Right
	queue int
}

// reachAsReporter adds the tickets of a queue that the user reaches as reporter
// through those of his customers that are members of a watcher.
func (e *Engine) reachAsReporter(reach desk.Reach, s *desk.Scope, roles desk.RoleSet, as reporting) desk.Reach {
	if roles == 0 {
		return reach
	}
	for _, customer := range s.Customers {
		best := noPath
		for _, l := range e.group(customer).up {
			if e.watches(l.to, roles, as.queue) {
				best = max(best, l.level)
			}
		}
		reach = addReported(reach, customer, best, as.right)
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
