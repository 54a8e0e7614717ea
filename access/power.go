package access

import (
	"cmp"
	"iter"
	"slices"

	"gatehouse/desk"
)

// A grant is a desk.Grant with the rights that it stands for.
type grant struct {
	desk.Grant
	agents, contacts desk.RightSet // what it gives to users of each kind
	super            bool          // it gives everything
	asleep           bool          // switched off, or delegated and asleep
}

// gives returns the rights that a grant gives to users of a kind.
func (g *grant) gives(kind desk.UserKind) desk.RightSet {
	if g.asleep {
		return 0
	}
	if kind == desk.Contact {
		return g.contacts
	}
	return g.agents
}

// A watch is a role that a principal has on a queue by its number, or (number
// zero) on the whole desk.
type watch struct {
	queue int
	role  desk.RoleID
}

// A power is what comes with a principal to all its deep members.
type power struct {
	grants  []*grant // by place and number
	watches []watch
}

// rules are what the graph is not: queues, roles, grants and watchers. Queues
// have numbers from 1; number 0 is no queue that we know.
type rules struct {
	queueIDs []desk.QueueID // by number
	numbers  paged[uint16]  // of queues
	guard    []desk.GroupID // the access group, by number
	guards   map[int64][]int
	roles    desk.RoleSet     // roles that are there and enabled
	applies  []desk.RoleSet   // those of them that are used in a queue, by number
	standing [][]desk.Watcher // who stands in roles, by number; 0: on the whole desk

	powers    map[desk.PrincipalID]*power
	onPlace   map[desk.Place][]*grant
	delegated []*grant
	over      []desk.GrantID // delegated ones whose last day is past
	sources   map[desk.GrantID]desk.Grant
	settings  desk.AccessSettings

	permissions map[desk.PermissionID]desk.Permission
}

// number returns the number of a queue.
func (r *rules) number(id desk.QueueID) int { return int(r.numbers.get(int64(id))) }

// newRules compiles everything of a world but the graph.
func newRules(w *desk.World) rules {
	r := rules{
		guards:   map[int64][]int{},
		powers:   map[desk.PrincipalID]*power{},
		onPlace:  map[desk.Place][]*grant{},
		sources:  map[desk.GrantID]desk.Grant{},
		settings: w.Settings,
	}
	r.addQueues(w.Queues)
	r.addRoles(w.Roles)
	r.addWatchers(w.Watchers)
	r.addGrants(w)
	return r
}

func (r *rules) addQueues(queues []desk.WorldQueue) {
	r.numbers = r.numbers.fork()
	r.queueIDs, r.guard = []desk.QueueID{0}, []desk.GroupID{0}
	for _, q := range queues {
		n := len(r.queueIDs)
		if n > 1<<16-1 || r.number(q.ID) != 0 {
			continue
		}
		r.numbers.put(int64(q.ID), uint16(n))
		r.queueIDs = append(r.queueIDs, q.ID)
		r.guard = append(r.guard, q.AccessGroup)
		r.guards[int64(q.AccessGroup)] = append(r.guards[int64(q.AccessGroup)], n)
	}
	r.numbers.seal()
}

// addRoles: a built-in role is enabled unless it is named as disabled; one of
// the desk's own applies where it says.
func (r *rules) addRoles(roles []desk.Role) {
	r.roles = desk.BuiltinRoles
	for _, role := range roles {
		r.roles |= desk.RolesOf(role.ID)
		if role.Disabled {
			r.roles &^= desk.RolesOf(role.ID)
		}
	}
	r.applies = make([]desk.RoleSet, len(r.queueIDs))
	for n := range r.applies {
		r.applies[n] = desk.BuiltinRoles & r.roles
	}
	for _, role := range roles {
		own := desk.RolesOf(role.ID) & r.roles
		for n := range r.applies {
			if role.Everywhere || n > 0 && slices.Contains(role.Queues, r.queueIDs[n]) {
				r.applies[n] |= own
			}
		}
	}
}

func (r *rules) addWatchers(watchers []desk.Watcher) {
	r.standing = make([][]desk.Watcher, len(r.queueIDs))
	for _, w := range watchers {
		n := r.number(w.Queue)
		if n == 0 && w.Queue != 0 {
			continue
		}
		r.standing[n] = append(r.standing[n], w)
		p := r.powerOf(w.Who)
		p.watches = append(p.watches, watch{n, w.Role})
	}
}

// powerOf returns the power of a principal, to be written while building.
func (r *rules) powerOf(who desk.PrincipalID) *power {
	p := r.powers[who]
	if p == nil {
		p = new(power)
		r.powers[who] = p
	}
	return p
}

// addGrants keeps the grants in force, by grantee and by place. A grant on a
// single ticket is never made and counts for nothing here.
func (r *rules) addGrants(w *desk.World) {
	r.permissions = map[desk.PermissionID]desk.Permission{}
	for _, p := range w.Permissions {
		if _, twice := r.permissions[p.ID]; !twice {
			r.permissions[p.ID] = p
		}
	}
	list := slices.Clone(w.Grants)
	slices.SortStableFunc(list, func(a, b desk.Grant) int {
		return cmp.Or(comparePlaces(a.Place, b.Place), cmp.Compare(a.ID, b.ID))
	})
	if !w.Settings.GroupSupport {
		r.add(everyContact())
	}
	for _, g := range list {
		if !desk.InForce(0, g.Until, w.Today) || g.Place.Kind == desk.TicketPlace {
			if g.Source != 0 {
				r.over = append(r.over, g.ID)
			}
			continue
		}
		r.add(g)
	}
}

// everyContact is the grant for which the switch GroupSupport stands.
func everyContact() desk.Grant {
	return desk.Grant{Who: desk.Contacts, As: desk.RolesOf(desk.Requestor, desk.CustomerRole),
		Permission: desk.RW, Place: desk.OnSystem()}
}

// compiled is a grant with the rights that it stands for.
func (r *rules) compiled(g desk.Grant) *grant {
	c := &grant{Grant: g}
	switch {
	case g.Permission != 0:
		if p := r.permissions[g.Permission]; !p.Disabled {
			c.agents, c.contacts = p.Agents, p.Contacts
		}
	case g.Right == desk.SuperUser:
		c.super = true
		c.agents, c.contacts = desk.EveryRight(), desk.EveryRight()
	case g.Right.Known():
		c.agents, c.contacts = desk.RightsOf(g.Right), desk.RightsOf(g.Right)
	}
	if g == everyContact() {
		c.agents = 0
	}
	return c
}

func (r *rules) add(g desk.Grant) {
	c := r.compiled(g)
	if _, twice := r.sources[g.ID]; !twice {
		r.sources[g.ID] = g
	}
	if g.Source != 0 {
		r.delegated = append(r.delegated, c)
	}
	p := r.powerOf(g.Who)
	p.grants = append(p.grants, c)
	r.onPlace[g.Place] = append(r.onPlace[g.Place], c)
}

// switchedOff: permissions of contacts and customers without group support,
// and those for other customers' tickets without that context.
func (e *Engine) switchedOff(g *desk.Grant) bool {
	if g.Permission == 0 || *g == everyContact() {
		return false
	}
	customer := g.Who == desk.Customers || e.isCustomer(g.Who)
	contact := g.Who == desk.Contacts
	if u := e.user(desk.UserID(g.Who)); u != nil {
		contact = u.kind == desk.Contact
	}
	return (customer || contact) && !e.settings.GroupSupport ||
		customer && g.As == 0 && !e.settings.OtherCustomers
}

// held yields the grants to a principal on some places.
func (r *rules) held(who desk.PrincipalID, places []desk.Place) iter.Seq[*grant] {
	return func(yield func(*grant) bool) {
		if p := r.powers[who]; p != nil {
			p.each(places, yield)
		}
	}
}

// each calls yield with the grants on some places, as long as it returns true.
func (p *power) each(places []desk.Place, yield func(*grant) bool) {
	for _, place := range places {
		for _, g := range p.on(place) {
			if !yield(g) {
				return
			}
		}
	}
}

// on returns the power's grants on a place.
func (p *power) on(place desk.Place) []*grant {
	from, _ := slices.BinarySearchFunc(p.grants, place, func(g *grant, at desk.Place) int {
		return comparePlaces(g.Place, at)
	})
	to := from
	for to < len(p.grants) && p.grants[to].Place == place {
		to++
	}
	return p.grants[from:to]
}

// covering returns the places on which grants of the right cover x, whose
// queue has number n: the whole desk, and a queue itself with an enabled group
// that guards it (for rights of queues), or the object itself. A disabled
// access group is among them if disabledToo.
func (e *Engine) covering(r desk.Right, x Object, n int, disabledToo bool) []desk.Place {
	places := []desk.Place{desk.OnSystem()}
	if n != 0 {
		places = append(places, desk.OnQueue(e.queueIDs[n]))
		guard := desk.PrincipalID(e.guard[n])
		if r.OfQueues() && (e.enabled(guard) || disabledToo && e.group(guard) != nil) {
			places = append(places, desk.OnGroup(e.guard[n]))
		}
		return places
	}
	switch x.Place.Kind {
	case desk.SystemPlace, desk.QueuePlace: // an unknown queue
		return places
	case desk.GroupPlace:
		if r.OfQueues() {
			return places
		}
	}
	return append(places, x.Place)
}

// queueOf returns the number of the queue of x, or 0.
func (e *Engine) queueOf(x Object) int {
	switch {
	case x.Ticket != nil:
		return e.number(x.Ticket.Queue)
	case x.Place.Kind == desk.QueuePlace:
		return e.number(desk.QueueID(x.Place.ID))
	}
	return 0
}
