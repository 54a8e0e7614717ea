package access_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gatehouse/access"
	"gatehouse/access/oracle"
	"gatehouse/access/worlds"
	"gatehouse/desk"
)

// A replayer checks a proof against a world. It asks neither the engine nor
// the oracle for a decision: every step must be a membership in force into
// something enabled, the grant must be there, in force and cover x, and what
// the path and the role open must be enough.
type replayer struct {
	w *desk.World
	u desk.WorldUser
	r desk.Right
	x access.Object
}

// replay returns why the proof of a yes does not hold, or "".
func replay(w *desk.World, q asked, p access.Proof) string {
	i := slices.IndexFunc(w.Users, func(u desk.WorldUser) bool { return u.ID == q.u && !u.Disabled })
	if i < 0 {
		return "there is no such enabled user"
	}
	c := replayer{w, w.Users[i], q.r, q.x}
	level, why := c.walk(desk.PrincipalID(q.u), p.Path, p.Grant.Who)
	if why != "" {
		return "path: " + why
	}
	for _, why := range []string{c.grantCounts(p.Grant), c.covers(p.Grant), c.gives(p.Grant)} {
		if why != "" {
			return why
		}
	}
	if p.Grant.As != 0 {
		return c.role(p)
	}
	if level == desk.PartReader && !desk.ReadingRights.Has(q.r) {
		return "a reader writes"
	}
	if level == desk.PartContact && !c.named() {
		return "one with the part contact, who is not named on it"
	}
	return ""
}

// wholly is the level of a path through no customer.
const wholly = desk.PartManager + 1

// walk follows a path and returns the least part on it.
func (c replayer) walk(from desk.PrincipalID, path []access.Step, to desk.PrincipalID) (desk.Part, string) {
	least := wholly
	for _, s := range path {
		if s.From != from {
			return 0, fmt.Sprintf("step %v does not begin at %d", s, from)
		}
		part, why := c.step(s)
		if why != "" {
			return 0, why
		}
		least, from = min(least, part), s.To
	}
	if from != to {
		return 0, fmt.Sprintf("it ends at %d, not at %d", from, to)
	}
	return least, ""
}

// step returns the part that one step gives.
func (c replayer) step(s access.Step) (desk.Part, string) {
	from := slices.IndexFunc(c.w.Users, func(u desk.WorldUser) bool { return desk.PrincipalID(u.ID) == s.From })
	fromGroup := c.group(s.From)
	switch s.To {
	case desk.Everyone, desk.Agents, desk.Contacts:
		side := desk.Contacts
		if from >= 0 && c.w.Users[from].Kind == desk.Agent {
			side = desk.Agents
		}
		if from >= 0 && (s.To == desk.Everyone || s.To == side) {
			return wholly, ""
		}
	case desk.Customers:
		if fromGroup != nil && fromGroup.Customer {
			return wholly, ""
		}
	}
	to := c.group(s.To)
	if to == nil || to.Disabled {
		return 0, fmt.Sprintf("%d is not an enabled group", s.To)
	}
	for _, m := range c.w.Memberships {
		if m.Group != s.To || m.Member != s.From || !desk.InForce(m.From, m.Until, c.w.Today) {
			continue
		}
		if !to.Customer {
			return wholly, ""
		}
		if from >= 0 && c.w.Users[from].Kind == desk.Contact && (!c.w.Settings.CompanyTickets || to.OwnOnly) {
			m.Part = desk.PartContact
		}
		if s.Part != m.Part {
			return 0, fmt.Sprintf("step %v shows another part than %v", s, m.Part)
		}
		return m.Part, ""
	}
	return 0, fmt.Sprintf("step %v is no membership in force", s)
}

func (c replayer) group(id desk.PrincipalID) *desk.WorldGroup {
	for i := range c.w.Groups {
		if c.w.Groups[i].ID == id {
			return &c.w.Groups[i]
		}
	}
	return nil
}

func (c replayer) grantCounts(g desk.Grant) string {
	if g.ID == 0 && !c.w.Settings.GroupSupport && c.u.Kind == desk.Contact &&
		g.Who == desk.Contacts && g.Permission == desk.RW && g.As == desk.RolesOf(desk.Requestor, desk.CustomerRole) {
		return ""
	}
	if !slices.Contains(c.w.Grants, g) {
		return fmt.Sprintf("there is no grant %+v", g)
	}
	if g.Until != 0 && g.Until < c.w.Today {
		return "the grant is out of date"
	}
	ofCustomer := g.Who == desk.Customers || g.Who >= worlds.FirstCustomer
	ofContact := g.Who == desk.Contacts || g.Who == desk.PrincipalID(c.u.ID) && c.u.Kind == desk.Contact
	if g.Permission != 0 && (ofCustomer || ofContact) && !c.w.Settings.GroupSupport {
		return "there is no group support"
	}
	if g.Permission != 0 && ofCustomer && g.As == 0 && !c.w.Settings.OtherCustomers {
		return "permissions for other customers do not count"
	}
	if g.Source == 0 {
		return ""
	}
	source := slices.IndexFunc(c.w.Grants, func(s desk.Grant) bool { return s.ID == g.Source })
	if source < 0 || c.w.Grants[source].Until != 0 && c.w.Grants[source].Until < c.w.Today {
		return "what it passes on is not in force"
	}
	if oracle.New(c.w).Level(desk.PrincipalID(g.Delegator), c.w.Grants[source].Who) == oracle.NoPath {
		return "its maker does not hold it"
	}
	return ""
}

func (c replayer) covers(g desk.Grant) string {
	queue := c.queue()
	guarded := g.Place.Kind == desk.GroupPlace && queue != nil && int64(queue.AccessGroup) == g.Place.ID && c.r.OfQueues() &&
		!c.group(desk.PrincipalID(queue.AccessGroup)).Disabled
	itself := g.Place == c.x.Place && (g.Place.Kind != desk.GroupPlace || !c.r.OfQueues())
	if g.Place.Kind == desk.SystemPlace || queue != nil && g.Place == desk.OnQueue(queue.ID) || guarded || itself {
		return ""
	}
	return "the grant does not cover it"
}

// queue returns the queue of x.
func (c replayer) queue() *desk.WorldQueue {
	for i, q := range c.w.Queues {
		if c.x.Place == desk.OnQueue(q.ID) || c.x.Ticket != nil && c.x.Ticket.Queue == q.ID {
			return &c.w.Queues[i]
		}
	}
	return nil
}

func (c replayer) gives(g desk.Grant) string {
	rights := desk.RightsOf(g.Right)
	if g.Right == desk.SuperUser {
		rights = desk.EveryRight()
	}
	for _, p := range c.w.Permissions {
		if p.ID == g.Permission {
			rights = p.Agents
			if c.u.Kind == desk.Contact {
				rights = p.Contacts
			}
		}
	}
	if !rights.Has(c.r) {
		return "the grant does not give the right"
	}
	return ""
}

// role checks that the user fills the role of the proof.
func (c replayer) role(p access.Proof) string {
	if p.Future {
		if c.x.Ticket == nil && c.r == desk.CreateTicket && p.Grant.As.Has(desk.Requestor) {
			return ""
		}
		return "nobody is a future Requestor of that"
	}
	if !p.Grant.As.Has(p.Role) {
		return "the grant does not ask for that role"
	}
	if !c.stands(p) {
		return fmt.Sprintf("%d does not stand in the role there", p.Holder)
	}
	level, why := c.walk(desk.PrincipalID(c.u.ID), p.Through, p.Holder)
	if why != "" {
		return "through: " + why
	}
	if c.enough(level) {
		return ""
	}
	// He reported it for a customer on the way: the rest of the path counts.
	for i, s := range p.Through {
		if c.x.Ticket == nil || c.x.Ticket.Reporter != c.u.ID || !c.x.Ticket.Stands(s.To, desk.RolesOf(desk.CustomerRole)) {
			continue
		}
		if level, _ := c.walk(s.To, p.Through[i+1:], p.Holder); c.enough(level) {
			return ""
		}
	}
	return "the part is not enough"
}

// enough reports whether a part opens x for the right.
func (c replayer) enough(part desk.Part) bool {
	shared := c.x.Ticket == nil || c.x.Ticket.Sharing == desk.Shared
	return part >= desk.PartManager || part == desk.PartMember && shared ||
		part == desk.PartReader && shared && desk.ReadingRights.Has(c.r)
}

func (c replayer) stands(p access.Proof) bool {
	for _, role := range c.w.Roles {
		used := role.Everywhere || role.ID.Builtin() || c.queue() != nil && slices.Contains(role.Queues, c.queue().ID)
		if role.ID == p.Role && (role.Disabled || !used) {
			return false
		}
	}
	watcher := desk.Watcher{Role: p.Role, Who: p.Holder}
	switch p.At {
	case access.OnTicket:
		return c.x.Ticket != nil && c.x.Ticket.Stands(p.Holder, desk.RolesOf(p.Role))
	case access.OnQueue:
		if c.queue() == nil {
			return false
		}
		watcher.Queue = c.queue().ID
	}
	return slices.Contains(c.w.Watchers, watcher)
}

// named reports whether the user stands on the ticket or reported it. Whether
// he still belongs to its customers is in the path.
func (c replayer) named() bool {
	t := c.x.Ticket
	return t != nil && (t.Reporter == c.u.ID || t.Stands(desk.PrincipalID(c.u.ID), ^desk.RoleSet(0)))
}

func TestExplainIsCanAndItsProofsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		engine := access.New(w)
		for _, q := range everyQuestion(w, objectsOf(t, w)) {
			p := engine.Explain(q.u, q.r, q.x)
			if want := engine.Can(q.u, q.r, q.x); p.Yes != want || p.Yes != (p.Missing == access.MissNothing) {
				t.Fatalf("Explain(%d, %v, %s) = %+v, want yes: %v\nin %+v", q.u, q.r, describe(q.x), p, want, *w)
			}
			if !p.Yes {
				continue
			}
			if why := replay(w, q, p); why != "" {
				t.Fatalf("the proof that %d may %v on %s does not hold: %s\n%+v\nin %+v", q.u, q.r, describe(q.x), why, p, *w)
			}
		}
	})
}
