package access

import (
	"cmp"
	"encoding/binary"
	"slices"

	"gatehouse/desk"
)

// A cell is what users who share a row may do in a queue.
type cell struct {
	plain  desk.RightSet // on the queue itself, where there is no ticket
	direct desk.RightSet // on each of its tickets
	shared desk.RightSet // on its tickets that are shared
	named  desk.RightSet // on those on which the user is named
	as     []pair        // on those where the user fills a role
}

// A pair says which rights each of some roles on a ticket gives.
type pair struct {
	roles  desk.RoleSet
	rights desk.RightSet
}

// rolesFor returns the roles on a ticket that give the right.
func (c *cell) rolesFor(r desk.Right) desk.RoleSet {
	var roles desk.RoleSet
	for i := range c.as {
		if c.as[i].rights.Has(r) {
			roles |= c.as[i].roles
		}
	}
	return roles
}

func (c *cell) equal(d *cell) bool {
	return c.plain == d.plain && c.direct == d.direct && c.shared == d.shared && c.named == d.named &&
		slices.Equal(c.as, d.as)
}

// A row is what users may do whom the same grants reach and who watch the same
// queues: a cell per queue by its number. Cell 0 is for what has no queue.
type row struct {
	cells   []cell
	at      []uint16 // the cell of each queue; nil: 0 for all
	objects []objectRights
	key     string // what makes rows equal
}

// objectRights are the rights on a group, customer or field itself.
type objectRights struct {
	place  desk.Place
	rights desk.RightSet
}

// cell returns the cell of a queue.
func (r *row) cell(queue int) *cell {
	if r.at == nil {
		return &r.cells[0]
	}
	return &r.cells[r.at[queue]]
}

// object returns the rights on something that is neither queue nor ticket.
func (r *row) object(place desk.Place) desk.RightSet {
	i, ok := slices.BinarySearchFunc(r.objects, place, func(o objectRights, p desk.Place) int {
		return comparePlaces(o.place, p)
	})
	if ok {
		return r.objects[i].rights
	}
	return r.cells[0].plain
}

func comparePlaces(a, b desk.Place) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
}

// A draft collects what grants and watchers bring to one cell.
type draft struct {
	direct, named         desk.RightSet
	as                    []pair
	whole, member, reader desk.RoleSet // the roles that the user has as a watcher, by level
	used                  bool
}

// grant adds the rights of a grant that reaches the user at a level.
func (d *draft) grant(as desk.RoleSet, l level, rights desk.RightSet) {
	switch {
	case rights == 0:
	case as != 0:
		d.addPair(pair{as, rights})
	case l == asContact:
		d.named |= rights
	case l == asReader:
		d.direct |= rights & desk.ReadingRights
	default:
		d.direct |= rights
	}
}

func (d *draft) addPair(p pair) {
	for i := range d.as {
		if d.as[i].roles == p.roles {
			d.as[i].rights |= p.rights
			return
		}
	}
	d.as = append(d.as, p)
}

// stand adds a role in which the user stands as a watcher.
func (d *draft) stand(role desk.RoleID, l level) {
	switch l {
	case whole, asManager:
		d.whole |= desk.RolesOf(role)
	case asMember:
		d.member |= desk.RolesOf(role)
	case asReader:
		d.reader |= desk.RolesOf(role)
	}
}

// empty makes the draft as new, keeping its memory.
func (d *draft) empty() { *d = draft{as: d.as[:0]} }

// cell resolves a draft where the given roles apply. What watchers have is
// known here; roles on tickets stay as pairs.
func (d *draft) cell(applies desk.RoleSet) cell {
	c := cell{direct: d.direct, named: d.named}
	opens := false
	for _, p := range d.as {
		// Who opens a ticket counts as its future Requestor.
		opens = opens || p.roles.Has(desk.Requestor) && p.rights.Has(desk.CreateTicket)
		roles := p.roles & applies
		if roles&d.whole != 0 {
			c.direct |= p.rights
		}
		if roles&d.member != 0 {
			c.shared |= p.rights
		}
		if roles&d.reader != 0 {
			c.shared |= p.rights & desk.ReadingRights
		}
	}
	for _, p := range d.as {
		p.roles, p.rights = p.roles&applies, p.rights&^c.direct
		if p.roles != 0 && p.rights != 0 {
			c.as = append(c.as, p)
		}
	}
	c.shared &^= c.direct
	c.plain = c.direct | c.shared
	if opens {
		c.plain |= desk.RightsOf(desk.CreateTicket)
	}
	return c
}

// A rowMaker makes rows, equal ones once. It is scratch memory of a build.
type rowMaker struct {
	e       *Engine
	rows    map[string]*row
	wide    draft   // what holds everywhere
	narrow  []draft // what holds in a queue, by number
	touched []int   // the queues of which narrow has something
	objects map[desk.Place]*draft
	key     []byte
	sum     draft
}

func newRowMaker(e *Engine) *rowMaker {
	return &rowMaker{e: e, rows: map[string]*row{}, narrow: make([]draft, len(e.queueIDs)),
		objects: map[desk.Place]*draft{}}
}

// row returns the row of a user of the kind who reaches all, and where self is
// not zero holds something in his own name.
func (m *rowMaker) row(kind desk.UserKind, all links, self desk.UserID) *row {
	m.key = append(m.key[:0], byte(kind))
	for _, l := range all {
		if m.e.powers[l.to] != nil {
			m.key = append(binary.AppendVarint(m.key, int64(l.to)), byte(l.level))
		}
	}
	if self != 0 {
		m.key = append(binary.AppendVarint(m.key, int64(self)), byte(whole))
	}
	if r := m.rows[string(m.key)]; r != nil {
		return r
	}
	for _, l := range all {
		m.collect(kind, m.e.powers[l.to], l.level)
	}
	if self != 0 {
		m.collect(kind, m.e.powers[desk.PrincipalID(self)], whole)
	}
	r := m.finish()
	r.key = string(m.key)
	m.rows[r.key] = r
	return r
}

// collect adds what comes with a principal that is reached at a level.
func (m *rowMaker) collect(kind desk.UserKind, p *power, l level) {
	if p == nil {
		return
	}
	for _, g := range p.grants {
		if rights := g.gives(kind); rights != 0 {
			m.grant(g, l, rights)
		}
	}
	for _, w := range p.watches {
		m.in(w.queue).stand(w.role, l)
	}
}

// grant adds a grant to all that it covers.
func (m *rowMaker) grant(g *grant, l level, rights desk.RightSet) {
	switch g.Place.Kind {
	case desk.SystemPlace:
		m.wide.grant(g.As, l, rights)
	case desk.QueuePlace:
		if n := m.e.number(desk.QueueID(g.Place.ID)); n != 0 {
			m.in(n).grant(g.As, l, rights)
		}
	case desk.GroupPlace:
		ofQueues := rights & queueRights
		if ofQueues != 0 && m.e.enabled(desk.PrincipalID(g.Place.ID)) {
			for _, n := range m.e.guards[g.Place.ID] {
				m.in(n).grant(g.As, l, ofQueues)
			}
		}
		m.on(g.Place).grant(g.As, l, rights&^queueRights)
	default:
		m.on(g.Place).grant(g.As, l, rights)
	}
}

// queueRights are the rights that a grant on an access group gives on queues.
var queueRights = desk.QueueRights()

// in returns the draft of a queue, of the whole desk for number 0.
func (m *rowMaker) in(queue int) *draft {
	if queue == 0 {
		return &m.wide
	}
	d := &m.narrow[queue]
	if !d.used {
		d.used = true
		m.touched = append(m.touched, queue)
	}
	return d
}

// on returns the draft of an object.
func (m *rowMaker) on(place desk.Place) *draft {
	d := m.objects[place]
	if d == nil {
		d = new(draft)
		m.objects[place] = d
	}
	return d
}

// with resolves what holds everywhere together with what holds in one place.
func (m *rowMaker) with(d *draft, applies desk.RoleSet) cell {
	w := &m.wide
	m.sum = draft{direct: w.direct | d.direct, named: w.named | d.named, as: append(m.sum.as[:0], w.as...),
		whole: w.whole | d.whole, member: w.member | d.member, reader: w.reader | d.reader}
	for _, p := range d.as {
		m.sum.addPair(p)
	}
	return m.sum.cell(applies)
}

// finish makes the row of what has been collected and empties the scratch.
func (m *rowMaker) finish() *row {
	e := m.e
	r := &row{cells: []cell{m.wide.cell(e.applies[0])}}
	for n := 1; n < len(e.queueIDs); n++ {
		if e.applies[n] == e.applies[0] && !m.narrow[n].used {
			continue
		}
		c := m.with(&m.narrow[n], e.applies[n])
		i := slices.IndexFunc(r.cells, func(d cell) bool { return d.equal(&c) })
		if i < 0 {
			i = len(r.cells)
			r.cells = append(r.cells, c)
		}
		if i > 0 && r.at == nil {
			r.at = make([]uint16, len(e.queueIDs))
		}
		if r.at != nil {
			r.at[n] = uint16(i)
		}
	}
	r.cells = slices.Clip(r.cells)
	for place, d := range m.objects {
		r.objects = append(r.objects, objectRights{place, m.with(d, e.applies[0]).plain})
	}
	slices.SortFunc(r.objects, func(a, b objectRights) int { return comparePlaces(a.place, b.place) })
	for _, n := range m.touched {
		m.narrow[n].empty()
	}
	m.wide.empty()
	m.touched = m.touched[:0]
	clear(m.objects)
	return r
}
