package access

import (
	"cmp"
	"slices"

	"gatehouse/desk"
)

// A Difference is what a change gives to users and takes from them. They were
// alike before it and are alike after it.
type Difference struct {
	Users  []desk.UserID // by number
	Things []ThingChange // by place
	// Tickets are the rights for which the tickets differ, or may: compare the
	// Scope of both engines. Rights that no ticket has are not among them.
	Tickets desk.RightSet
}

// A ThingChange is what is gained and lost on the desk, a queue, a group, a
// customer or a field itself. What is said of the desk holds for all things
// that are not named; one that is named without anything gained or lost is
// left as it was.
type ThingChange struct {
	Place        desk.Place
	Gained, Lost desk.RightSet
}

// Diff returns what differs between two engines of one desk: for each user, and
// for each right that he holds in one of them and not in the other, on what. It
// looks only at users whose groups, grants, kind or validity differ; who is in
// no Difference may exactly what he might before.
func Diff(before, after *Engine) []Difference {
	return DiffBy(before.Scoper(), after.Scoper())
}

// DiffBy is Diff for who asks for the scopes of those who differ afterwards: they
// are made by the same two.
func DiffBy(old, now *Scoper) []Difference {
	before, after := old.e, now.e
	d := &differ{before: before, after: after, sameQueues: slices.Equal(before.queueIDs, after.queueIDs),
		rows: map[[2]*row]*rowChange{}, none: &cell{}, scopes: [2]*Scoper{old, now}}
	d.compareRules()
	classes := map[likeness][]desk.UserID{}
	last := max(len(before.users.pages), len(after.users.pages)) * pageSize
	for id := desk.UserID(1); int(id) < last; id++ {
		c := likeness{before.stateOf(id), after.stateOf(id)}
		if d.mayDiffer(c) {
			classes[c] = append(classes[c], id)
		}
	}
	var list []Difference
	for c, users := range classes {
		if one := d.compare(c, users); one.Tickets != 0 || len(one.Things) > 0 {
			list = append(list, one)
		}
	}
	slices.SortFunc(list, func(a, b Difference) int { return cmp.Compare(a.Users[0], b.Users[0]) })
	return list
}

// A state is all that an engine knows of a user but his number; zero: there is
// none, or he is disabled.
type state struct {
	row  *row
	set  *closure
	kind desk.UserKind
}

func (e *Engine) stateOf(u desk.UserID) state {
	p := e.person(u)
	if p == nil {
		return state{}
	}
	return state{p.row, p.set, p.kind}
}

// A likeness is what users have in common that a change treats alike.
type likeness struct{ before, after state }

// A differ compares two engines.
type differ struct {
	before, after *Engine
	sameQueues    bool
	rows          map[[2]*row]*rowChange
	none          *cell // of who has no row
	scopes        [2]*Scoper
	// everybody: what differs may touch the tickets of users who have the same
	// groups and grants.
	everybody bool
	watchers  map[desk.PrincipalID]bool // who stand on other queues by now
	climbed   map[desk.PrincipalID]bool // customers that are members of something else by now
}

// A rowChange is the difference between two rows.
type rowChange struct {
	things  []ThingChange
	tickets desk.RightSet // rights whose cells differ
	held    desk.RightSet // rights on tickets that either gives anywhere
	byRole  desk.RightSet // of them those that a role gives
	cells   map[[2]*cell]bool
	// What sortRights finds.
	alike []desk.Right // one of each sort of held rights
	sorts map[desk.Right]desk.RightSet
}

// compareRules looks for differences beyond groups and grants on which it
// depends which tickets one reaches.
func (d *differ) compareRules() {
	b, a := d.before, d.after
	d.everybody = b.roles != a.roles // they say who is named on a ticket
	d.watchers, d.climbed = map[desk.PrincipalID]bool{}, map[desk.PrincipalID]bool{}
	for _, one := range []struct{ e, other *Engine }{{b, a}, {a, b}} {
		for who, p := range one.e.powers {
			if len(p.watches) > 0 && !one.other.standsAlike(who, one.e) {
				d.watchers[who] = true
			}
		}
		one.e.groups.each(func(id int64, g *group) {
			there := one.other.group(desk.PrincipalID(id))
			if g.kind == customerGroup && (there == nil || !slices.Equal(g.up, there.up)) {
				d.climbed[desk.PrincipalID(id)] = true
			}
		})
	}
}

// standsAlike reports whether a principal stands in the same roles of the same
// queues in both engines.
func (e *Engine) standsAlike(who desk.PrincipalID, other *Engine) bool {
	mine, theirs := e.watchedBy(who), other.watchedBy(who)
	return slices.Equal(mine, theirs)
}

func (e *Engine) watchedBy(who desk.PrincipalID) []desk.Watcher {
	p := e.powers[who]
	if p == nil {
		return nil
	}
	var list []desk.Watcher
	for _, w := range p.watches {
		list = append(list, desk.Watcher{Queue: e.queueIDs[w.queue], Role: w.role})
	}
	slices.SortFunc(list, func(a, b desk.Watcher) int {
		return cmp.Or(cmp.Compare(a.Queue, b.Queue), cmp.Compare(a.Role, b.Role))
	})
	return list
}

// mayDiffer says at a glance that users of a likeness cannot be touched.
func (d *differ) mayDiffer(c likeness) bool {
	return c.before != c.after || c.before.row != nil && (d.everybody || d.throughCustomers(c))
}

// throughCustomers: a customer of theirs is a member of something else, or
// something above it stands elsewhere, which counts on what they reported.
func (d *differ) throughCustomers(c likeness) bool {
	if len(d.watchers) == 0 && len(d.climbed) == 0 {
		return false
	}
	for _, one := range []struct {
		e *Engine
		s state
	}{{d.before, c.before}, {d.after, c.after}} {
		if one.s.set == nil {
			continue
		}
		for _, l := range one.s.set.all {
			if l.customer && (d.climbed[l.to] ||
				slices.ContainsFunc(one.e.group(l.to).up, func(up link) bool { return d.watchers[up.to] })) {
				return true
			}
		}
	}
	return false
}

// compare works out the difference for the users of a likeness.
func (d *differ) compare(c likeness, users []desk.UserID) Difference {
	rows := d.compareRows(c.before.row, c.after.row)
	list := Difference{Users: users, Things: rows.things}
	asked, links := rows.tickets, sameLinks(c.before.set, c.after.set)
	if d.everybody || d.throughCustomers(c) || c.before.kind != c.after.kind || !links {
		asked = rows.held
	}
	if asked == 0 {
		return list
	}
	rows.sortRights()
	if !links { // other groups may stand on other tickets
		list.Tickets = rows.byRole
	}
	for _, r := range rows.alike {
		if rows.sorts[r]&asked&^list.Tickets == 0 {
			continue
		}
		before, after := d.scopes[0].Scope(users[0], r), d.scopes[1].Scope(users[0], r)
		if !before.Equal(&after) {
			list.Tickets |= rows.sorts[r]
		}
	}
	return list
}

func sameLinks(a, b *closure) bool {
	return a == b || a != nil && b != nil && slices.Equal(a.all, b.all)
}

// compareRows compares each pair of rows once.
func (d *differ) compareRows(before, after *row) *rowChange {
	key := [2]*row{before, after}
	if known := d.rows[key]; known != nil {
		return known
	}
	c := &rowChange{cells: map[[2]*cell]bool{}}
	d.rows[key] = c
	all := ThingChange{Place: desk.OnSystem()}
	if before != after {
		all = thing(desk.OnSystem(), plainOn(d.before, before, desk.OnSystem()), plainOn(d.after, after, desk.OnSystem()))
		if all.Gained|all.Lost != 0 {
			c.things = append(c.things, all)
		}
	}
	for _, q := range d.queues() {
		b, a := d.cellOf(d.before, before, q), d.cellOf(d.after, after, q)
		c.compareCells(b, a)
		if q == 0 || before == after {
			continue
		}
		if one := thing(desk.OnQueue(q), b.plain, a.plain); one.Gained != all.Gained || one.Lost != all.Lost {
			c.things = append(c.things, one)
		}
	}
	if before != after {
		c.things = append(c.things, d.objects(before, after, all)...)
		slices.SortFunc(c.things, func(a, b ThingChange) int { return comparePlaces(a.Place, b.Place) })
	}
	return c
}

// objects compares the rights on what is neither queue nor ticket.
func (d *differ) objects(before, after *row, all ThingChange) []ThingChange {
	var places []desk.Place
	for _, r := range []*row{before, after} {
		if r == nil {
			continue
		}
		for _, o := range slices.Concat(r.objects, r.floor.objects) {
			places = append(places, o.place)
		}
	}
	slices.SortFunc(places, comparePlaces)
	var list []ThingChange
	for _, p := range slices.Compact(places) {
		one := thing(p, plainOn(d.before, before, p), plainOn(d.after, after, p))
		if one.Gained != all.Gained || one.Lost != all.Lost {
			list = append(list, one)
		}
	}
	return list
}

func thing(p desk.Place, before, after desk.RightSet) ThingChange {
	before, after = before&desk.EveryRight(), after&desk.EveryRight()
	return ThingChange{Place: p, Gained: after &^ before, Lost: before &^ after}
}

// plainOn returns what those with the row may do on what is not a ticket.
func plainOn(e *Engine, r *row, p desk.Place) desk.RightSet {
	if r == nil {
		return 0
	}
	return e.plainRights(&user{row: r}, p)
}

// cellOf returns the cell of a queue; without a row, one that gives nothing.
func (d *differ) cellOf(e *Engine, r *row, q desk.QueueID) *cell {
	if r == nil {
		return d.none
	}
	return r.cell(e.number(q))
}

// queues are those that either engine knows, zero for none among them.
func (d *differ) queues() []desk.QueueID {
	if d.sameQueues {
		return d.before.queueIDs
	}
	list := slices.Concat(d.before.queueIDs, d.after.queueIDs)
	slices.Sort(list)
	return slices.Compact(list)
}

// compareCells compares each pair of cells once.
func (c *rowChange) compareCells(b, a *cell) {
	if c.cells[[2]*cell{b, a}] {
		return
	}
	c.cells[[2]*cell{b, a}] = true
	for _, one := range []*cell{b, a} {
		held, byRole := one.onTickets()
		c.held, c.byRole = c.held|held&ticketRights, c.byRole|byRole&ticketRights
	}
	if b.equal(a) {
		return
	}
	changed := (b.direct ^ a.direct) | (b.shared ^ a.shared) | (b.named ^ a.named)
	for _, p := range slices.Concat(b.as, a.as) {
		changed |= p.rights
	}
	c.tickets |= changed & ticketRights
}

// sortRights puts those rights together that every cell treats alike: their
// scopes are the same but for the right.
func (c *rowChange) sortRights() {
	if c.sorts != nil {
		return
	}
	masks := []desk.RightSet{desk.ReadingRights}
	for pair := range c.cells {
		for _, one := range pair {
			masks = append(masks, one.direct, one.shared, one.named)
			for _, p := range one.as {
				masks = append(masks, p.rights)
			}
		}
	}
	slices.Sort(masks)
	sorts := []desk.RightSet{c.held}
	for _, mask := range slices.Compact(masks) {
		var finer []desk.RightSet
		for _, s := range sorts {
			if in, out := s&mask, s&^mask; in != 0 && out != 0 {
				finer = append(finer, in, out)
			} else {
				finer = append(finer, s)
			}
		}
		sorts = finer
	}
	c.sorts = map[desk.Right]desk.RightSet{}
	for _, s := range sorts {
		if s != 0 {
			c.alike = append(c.alike, s.List()[0])
			c.sorts[s.List()[0]] = s
		}
	}
}

// onTickets are the rights that the cell gives on any ticket, and those of them
// that a role on it gives.
func (c *cell) onTickets() (held, byRole desk.RightSet) {
	for _, p := range c.as {
		byRole |= p.rights
	}
	return c.direct | c.shared | c.named | byRole, byRole
}

// ticketRights are those that one can hold on a ticket.
var ticketRights = desk.TicketRights()
