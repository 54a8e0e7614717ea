package store

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
)

// reaches are the reaches of a scope's queues or principals, turned over: what
// is reached, by how far.
type reaches struct {
	all, shared, named []int64
	// reported and reportedShared pair what is reached with the customer for
	// whom the user must have reported the ticket.
	reported, reportedShared [][2]int64
}

func (r *reaches) add(id int64, reach desk.Reach) {
	if reach.All {
		r.all = append(r.all, id)
		return
	}
	if reach.Shared {
		r.shared = append(r.shared, id)
	}
	if reach.Named {
		r.named = append(r.named, id)
	}
	for _, c := range reach.Reported {
		if c.OnlyShared {
			r.reportedShared = append(r.reportedShared, [2]int64{id, int64(c.Customer)})
		} else {
			r.reported = append(r.reported, [2]int64{id, int64(c.Customer)})
		}
	}
}

// personal reports whether anything is reached because of the user himself.
func (r *reaches) personal() bool {
	return len(r.named) > 0 || len(r.reported) > 0 || len(r.reportedShared) > 0
}

func queueReaches(s *desk.Scope) *reaches {
	var r reaches
	for _, q := range s.Queues {
		r.add(int64(q.Queue), q.Reach)
	}
	return &r
}

func principalReaches(s *desk.Scope) *reaches {
	var r reaches
	if s.RolesElsewhere == 0 && len(s.Roles) == 0 {
		return &r // no role is enough anywhere
	}
	for _, p := range s.Principals {
		r.add(int64(p.Who), p.Reach)
	}
	return &r
}

// A scoped writes conditions on tickets t for one scope, collecting arguments
// in w. Its parts are written once, whatever number of times they are used.
type scoped struct {
	d     *dialect
	w     *where
	s     *desk.Scope
	texts map[string]string
}

func newScoped(d *dialect, w *where, s *desk.Scope) *scoped {
	return &scoped{d: d, w: w, s: s, texts: map[string]string{}}
}

// once returns the text of that name, written at its first use.
func (c *scoped) once(name string, write func() string) string {
	text, ok := c.texts[name]
	if !ok {
		text = write()
		c.texts[name] = text
	}
	return text
}

// in is the condition that an expression is one of the numbers.
func in(d *dialect, w *where, expr string, ids []int64) string {
	return expr + " IN (" + d.inList(w.param(d.list(ids))) + ")"
}

// inScope is desk.Scope.Covers in SQL, about ticket t. A change to one is a
// change to both; storetest compares them on random tickets.
func (c *scoped) inScope() string {
	return c.once("inScope", func() string {
		if c.s.All {
			return "1 = 1"
		}
		ways := append(c.ways("t.queue", queueReaches(c.s)), c.standing()...)
		if len(ways) == 0 {
			return "1 = 0"
		}
		cond := "(" + strings.Join(ways, " OR ") + ")"
		if c.s.Contact {
			return "(" + c.sharingLetsIn() + " AND " + cond + ")"
		}
		return cond
	})
}

// standing is the way into a scope by what stands on the ticket.
func (c *scoped) standing() []string {
	ways := c.ways("p.who", principalReaches(c.s))
	if len(ways) == 0 {
		return nil
	}
	return []string{"EXISTS (SELECT 1 FROM holder p WHERE p.ticket = t.id AND " + c.roleIsEnough("p") +
		" AND (" + strings.Join(ways, " OR ") + ")" + oneByOne + ")"}
}

// ways are the conditions, each enough by itself, that a ticket is reached by
// what the expression names: its queue, or who stands on it.
func (c *scoped) ways(expr string, r *reaches) []string {
	var ways []string
	if len(r.all) > 0 {
		ways = append(ways, in(c.d, c.w, expr, r.all))
	}
	if len(r.shared) > 0 {
		ways = append(ways, "(t.sharing = 0 AND "+in(c.d, c.w, expr, r.shared)+")")
	}
	if c.s.User == 0 {
		return ways
	}
	if len(r.named) > 0 {
		ways = append(ways, "("+in(c.d, c.w, expr, r.named)+" AND "+c.named()+")")
	}
	if len(r.reported) > 0 {
		ways = append(ways, c.reportedFor(expr, r.reported, ""))
	}
	if len(r.reportedShared) > 0 {
		ways = append(ways, c.reportedFor(expr, r.reportedShared, "t.sharing = 0 AND "))
	}
	return ways
}

func (c *scoped) reportedFor(expr string, pairs [][2]int64, also string) string {
	p := c.w.param(c.d.pairs(pairs))
	return "(" + also + "t.reporter = " + c.user() + " AND EXISTS (SELECT 1 FROM holder c WHERE c.ticket = t.id AND c.role = " +
		customerRole + " AND (" + expr + ", c.who) IN (" + c.d.inPairs(p) + ")))"
}

// customerRole is the role Customer as it is written into statements.
var customerRole = strconv.Itoa(int(desk.CustomerRole))

func (c *scoped) user() string {
	return c.once("user", func() string { return c.w.arg(int64(c.s.User)) })
}

// sharingLetsIn is the one thing that narrows.
func (c *scoped) sharingLetsIn() string {
	return c.once("sharing", func() string {
		ways := []string{"t.sharing = 0"}
		if len(c.s.Managed) > 0 {
			ways = append(ways, "(t.sharing = "+strconv.Itoa(int(desk.ManagersOnly))+" AND "+c.customerAmong(c.s.Managed)+")")
		}
		if c.s.User != 0 {
			ways = append(ways, c.named())
		}
		return "(" + strings.Join(ways, " OR ") + ")"
	})
}

// named: the user stands himself on the ticket, or reported it and still
// belongs to a customer for whom it is, if it is for any. Only for a user.
func (c *scoped) named() string {
	return c.once("named", func() string {
		mine := "NOT EXISTS (SELECT 1 FROM holder c WHERE c.ticket = t.id AND c.role = " + customerRole + ")"
		if len(c.s.Customers) > 0 {
			mine = "(" + mine + " OR " + c.customerAmong(c.s.Customers) + ")"
		}
		return "(EXISTS (SELECT 1 FROM holder n WHERE n.ticket = t.id AND n.who = " + c.user() + " AND " + c.has(c.s.Naming, "n.role") +
			") OR (t.reporter = " + c.user() + " AND " + mine + "))"
	})
}

func (c *scoped) customerAmong(ids []desk.PrincipalID) string {
	return "EXISTS (SELECT 1 FROM holder c WHERE c.ticket = t.id AND c.role = " + customerRole + " AND " +
		in(c.d, c.w, "c.who", numbers(ids)) + ")"
}

// has is the condition that a set of roles holds the role in a column.
func (c *scoped) has(set desk.RoleSet, column string) string {
	return "(" + c.set(set) + " >> " + column + ") & 1 = 1"
}

// set is a set of roles as a number of bits.
func (c *scoped) set(roles desk.RoleSet) string {
	return "CAST(" + c.w.arg(int64(roles)) + " AS BIGINT)"
}

// roleIsEnough is the condition that on the queue of holder h its role counts.
// Queues on which the same roles count stand in one list, for there are few
// such sets of roles, and long lists are what it costs.
func (c *scoped) roleIsEnough(h string) string {
	return c.once("role of "+h, func() string {
		if len(c.s.Roles) == 0 {
			return c.has(c.s.RolesElsewhere, h+".role")
		}
		queues := map[desk.RoleSet][]int64{}
		for _, q := range c.s.Roles {
			queues[q.Roles] = append(queues[q.Roles], int64(q.Queue))
		}
		var enough strings.Builder
		for _, set := range slices.Sorted(maps.Keys(queues)) {
			enough.WriteString(" WHEN " + in(c.d, c.w, h+".queue", queues[set]) + " THEN " + c.set(set))
		}
		return "((CASE" + enough.String() + " ELSE " + c.set(c.s.RolesElsewhere) + " END) >> " + h + ".role) & 1 = 1"
	})
}
