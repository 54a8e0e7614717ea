package access

import (
	"maps"
	"slices"

	"gatehouse/desk"
)

// A Change is what With takes up. For anything else, build anew with New.
type Change struct {
	Version int64            // of the world after the change
	Users   []desk.WorldUser // made, or changed
	Left    []desk.Membership
	// Memberships are made, or changed: one of the same pair is replaced.
	// Of those in Left only Group and Member count; they go first.
	Memberships []desk.Membership
	Switched    []Switch // groups and customers
	// Granted are grants that were made, Revoked those that are gone. They are
	// not delegated, and nothing was delegated from those that are gone.
	Granted []desk.Grant
	Revoked []desk.GrantID
}

// A Switch disables or enables a group or customer.
type Switch struct {
	Group    desk.PrincipalID
	Disabled bool
}

// With returns the engine of the world after the change, of the same day. It
// works out anew what is below the changed memberships and shares the rest.
// What refers to things that the engine does not know counts for nothing.
func (e *Engine) With(c Change) *Engine {
	n := *e
	n.version = c.Version
	n.users, n.groups = e.users.fork(), e.groups.fork()
	d := &dirt{n: &n, direct: map[desk.UserID][]edge{}, groups: map[desk.PrincipalID]bool{},
		users: map[desk.UserID]bool{}, rows: map[desk.UserID]bool{}}
	for _, u := range c.Users {
		d.user(u)
	}
	for _, m := range c.Left {
		d.leave(m)
	}
	for _, m := range c.Memberships {
		d.leave(m)
		d.join(m)
	}
	for _, s := range c.Switched {
		d.flip(s)
	}
	d.climb()
	d.close()
	for _, id := range c.Revoked {
		d.revoke(id)
	}
	for _, g := range c.Granted {
		d.give(g)
	}
	d.wake(c.Users)
	d.makeRows()
	n.users.seal()
	n.groups.seal()
	return &n
}

// dirt is what a change has touched and what must be worked out anew.
type dirt struct {
	n      *Engine
	direct map[desk.UserID][]edge // direct memberships of users, where changed
	groups map[desk.PrincipalID]bool
	users  map[desk.UserID]bool // whose closures
	rows   map[desk.UserID]bool // whose rows, at least
	places []desk.Place         // access groups that were switched
	woken  bool                 // powers have changed

	regranted bool // so have the sources
}

// user puts a new user in place, or a changed one.
func (d *dirt) user(u desk.WorldUser) {
	if u.ID <= 0 || u.ID > maxID || d.n.group(desk.PrincipalID(u.ID)) != nil {
		return
	}
	at := d.n.users.get(int64(u.ID))
	isNew, turned := at.set == nil, at.kind != kindOf(u)
	at.kind, at.disabled = kindOf(u), u.Disabled
	if isNew {
		at.set = &closure{kind: at.kind}
	}
	d.n.users.put(int64(u.ID), at)
	if !isNew && !turned {
		return
	}
	d.users[u.ID] = true
	edges := slices.Clone(d.edges(u.ID))
	for i, e := range edges {
		if e.level != noPath {
			edges[i].level = d.n.levelOf(desk.PrincipalID(u.ID), e.to, e.part)
		}
	}
	d.direct[u.ID] = edges
}

// edges returns the direct memberships of a user as they are by now.
func (d *dirt) edges(u desk.UserID) []edge {
	if edges, changed := d.direct[u]; changed {
		return edges
	}
	return d.n.users.get(int64(u)).set.direct
}

func searchEdge(edges []edge, to desk.PrincipalID) (int, bool) {
	return slices.BinarySearchFunc(edges, to, func(e edge, to desk.PrincipalID) int { return int(e.to - to) })
}

// change lets edit change the direct memberships of a principal that is known.
func (d *dirt) change(member desk.PrincipalID, edit func([]edge) []edge) {
	if at := d.n.group(member); at != nil {
		d.groups[member] = true
		changed := *at
		changed.above = edit(slices.Clone(at.above))
		d.n.groups.put(int64(member), changed)
	} else if u := desk.UserID(member); d.n.user(u) != nil {
		d.users[u] = true
		d.direct[u] = edit(slices.Clone(d.edges(u)))
	}
}

// leave takes a membership away.
func (d *dirt) leave(m desk.Membership) {
	d.change(m.Member, func(edges []edge) []edge {
		if i, found := searchEdge(edges, m.Group); found {
			return slices.Delete(edges, i, i+1)
		}
		return edges
	})
	at := d.n.group(m.Group)
	if at == nil {
		return
	}
	if i, found := slices.BinarySearch(at.members, m.Member); found {
		changed := *at
		changed.members = slices.Delete(slices.Clone(at.members), i, i+1)
		d.n.groups.put(int64(m.Group), changed)
	}
}

// join puts a membership in place that is not there.
func (d *dirt) join(m desk.Membership) {
	at := d.n.group(m.Group)
	if at == nil || d.n.group(m.Member) == nil && d.n.user(desk.UserID(m.Member)) == nil {
		return
	}
	e := d.n.edgeOf(m)
	d.change(m.Member, func(edges []edge) []edge {
		i, _ := searchEdge(edges, m.Group)
		return slices.Insert(edges, i, e)
	})
	if e.level == noPath {
		return
	}
	changed := *d.n.group(m.Group)
	i, _ := slices.BinarySearch(changed.members, m.Member)
	changed.members = slices.Insert(slices.Clone(changed.members), i, m.Member)
	d.n.groups.put(int64(m.Group), changed)
}

// flip disables or enables a group.
func (d *dirt) flip(s Switch) {
	at := d.n.group(s.Group)
	if at == nil || at.kind == systemGroup || at.disabled == s.Disabled {
		return
	}
	changed := *at
	changed.disabled = s.Disabled
	d.n.groups.put(int64(s.Group), changed)
	d.groups[s.Group] = true
	if len(d.n.guards[int64(s.Group)]) > 0 {
		d.places = append(d.places, desk.OnGroup(desk.GroupID(s.Group)))
	}
}

// climb works out anew what is above the changed groups and all below them.
func (d *dirt) climb() {
	below := &walk{g: &d.n.graph, seen: map[desk.PrincipalID]bool{}, disabledToo: true}
	for g := range d.groups {
		below.down(g)
	}
	for id := range below.seen {
		changed := *d.n.group(id)
		changed.up = d.n.climb(nil, id, whole)
		d.n.groups.put(int64(id), changed)
	}
	for _, u := range below.users {
		d.users[u] = true
	}
}

// close gives the touched users new closures. Those who shared one and whose
// own memberships are as before share the new one.
func (d *dirt) close() {
	shared := map[*closure]*closure{}
	for id := range d.users {
		u := d.n.users.get(int64(id))
		if direct, changed := d.direct[id]; changed {
			u.set = d.n.closureOf(u.kind, direct)
		} else {
			u.set = anew(shared, u.set, func(old *closure) *closure { return d.n.closureOf(old.kind, old.direct) })
		}
		d.n.users.put(int64(id), u)
		d.rows[id] = true
	}
}

// anew makes each closure once.
func anew(made map[*closure]*closure, old *closure, how func(*closure) *closure) *closure {
	if made[old] == nil {
		made[old] = how(old)
	}
	return made[old]
}

// wake finds the grants that count by now and did not, or the other way round:
// delegated ones, and those of users who are of another kind now.
func (d *dirt) wake(users []desk.WorldUser) {
	watched := slices.Clone(d.n.delegated)
	for _, u := range users {
		if p := d.n.powers[desk.PrincipalID(u.ID)]; p != nil {
			watched = append(watched, p.grants...)
		}
	}
	for _, g := range byDependence(watched) {
		if asleep := d.n.switchedOff(&g.Grant) || !d.n.awake(&g.Grant); asleep != g.asleep {
			d.replace(g, asleep)
			d.rowsOf(g.Who)
		}
	}
	for _, place := range d.places {
		for _, g := range d.n.onPlace[place] {
			d.rowsOf(g.Who)
		}
	}
}

// rowsOf marks the rows of all members of a principal.
func (d *dirt) rowsOf(p desk.PrincipalID) {
	below := newWalk(&d.n.graph)
	below.down(p)
	for _, u := range below.users {
		d.rows[u] = true
	}
}

// replace puts a copy of a grant, asleep or awake, in the place of the old one.
func (d *dirt) replace(old *grant, asleep bool) {
	n := d.n
	d.ownRules()
	changed := *old
	changed.asleep = asleep
	swap := func(list []*grant) []*grant {
		list = slices.Clone(list)
		if i := slices.Index(list, old); i >= 0 {
			list[i] = &changed
		}
		return list
	}
	p := *n.powers[old.Who]
	p.grants = swap(p.grants)
	n.powers[old.Who] = &p
	n.onPlace[old.Place] = swap(n.onPlace[old.Place])
	n.delegated = swap(n.delegated)
}

// ownRules makes the maps of grants this engine's own, before they are changed.
func (d *dirt) ownRules() {
	if n := d.n; !d.woken {
		n.powers, n.onPlace, n.delegated = maps.Clone(n.powers), maps.Clone(n.onPlace), slices.Clone(n.delegated)
		d.woken = true
	}
}

// makeRows gives the touched users their rows. Those that they had still hold
// for whoever the same reaches, unless it is the grants that have changed.
func (d *dirt) makeRows() {
	rows := newRowMaker(d.n)
	powersStayed := !d.woken && len(d.places) == 0
	if powersStayed {
		rows.grounds = maps.Clone(d.n.grounds)
	}
	shared := map[*closure]*closure{}
	for id := range d.rows {
		u := d.n.users.get(int64(id))
		if powersStayed && u.row != nil {
			rows.rows[u.row.key] = u.row
		}
		if !d.users[id] {
			// The old engine reads this closure; the new row needs one of its own.
			u.set = anew(shared, u.set, func(old *closure) *closure {
				return &closure{kind: old.kind, direct: old.direct, all: old.all}
			})
		}
		u.row = rows.of(id, u.set)
		d.n.users.put(int64(id), u)
	}
	d.n.grounds = rows.grounds
}
