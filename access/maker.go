package access

import (
	"encoding/binary"
	"maps"
	"slices"

	"gatehouse/desk"
)

// A ground is a floor with what it was made of, which is what the system groups
// bring to all of their members.
type ground struct {
	layer *layer
	floor *floor
}

// A rowMaker makes rows, equal ones once. It is scratch memory of a build.
type rowMaker struct {
	e       *Engine
	rows    map[string]*row
	grounds map[string]*ground
	own     *layer // of the row that is being made
	key     []byte
	sum     draft
}

func newRowMaker(e *Engine) *rowMaker {
	return &rowMaker{e: e, rows: map[string]*row{}, grounds: map[string]*ground{}, own: newLayer()}
}

// of returns the row of a user with that closure.
func (m *rowMaker) of(id desk.UserID, set *closure) *row {
	if m.e.powers[desk.PrincipalID(id)] != nil {
		return m.row(set, id)
	}
	if set.row == nil {
		set.row = m.row(set, 0)
	}
	return set.row
}

// row returns the row of users with that closure, and where self is not zero
// of the one who holds something in his own name.
func (m *rowMaker) row(set *closure, self desk.UserID) *row {
	common := 0 // how many of the links are to system groups, which come first
	for common < len(set.all) && set.all[common].to < desk.FirstPrincipal {
		common++
	}
	m.key = append(m.key[:0], byte(set.kind))
	m.appendKey(set.all[:common])
	prefix := len(m.key)
	m.appendKey(set.all[common:])
	if self != 0 {
		m.appendKey(links{{to: desk.PrincipalID(self), level: whole}})
	}
	if r := m.rows[string(m.key)]; r != nil {
		return r
	}
	g := m.grounds[string(m.key[:prefix])]
	if g == nil {
		g = m.ground(set.kind, set.all[:common])
		m.grounds[string(m.key[:prefix])] = g
	}
	m.collect(m.own, set.kind, set.all[common:])
	if self != 0 {
		m.collect(m.own, set.kind, links{{to: desk.PrincipalID(self), level: whole}})
	}
	r := m.above(g)
	r.key = string(m.key)
	m.rows[r.key] = r
	m.own.empty()
	return r
}

// appendKey appends those of the links that bring anything.
func (m *rowMaker) appendKey(all links) {
	for _, l := range all {
		if m.e.powers[l.to] != nil {
			m.key = append(binary.AppendVarint(m.key, int64(l.to)), byte(l.level))
		}
	}
}

// collect adds to a layer what comes with all that is reached.
func (m *rowMaker) collect(into *layer, kind desk.UserKind, all links) {
	for _, l := range all {
		p := m.e.powers[l.to]
		if p == nil {
			continue
		}
		for _, g := range p.grants {
			if rights := g.gives(kind); rights != 0 {
				m.grant(into, g, l.level, rights)
			}
		}
		for _, w := range p.watches {
			into.in(w.queue).stand(w.role, l.level)
		}
	}
}

// grant adds a grant to all that it covers.
func (m *rowMaker) grant(into *layer, g *grant, l level, rights desk.RightSet) {
	switch g.Place.Kind {
	case desk.SystemPlace:
		into.in(0).grant(g.As, l, rights)
	case desk.QueuePlace:
		if n := m.e.number(desk.QueueID(g.Place.ID)); n != 0 {
			into.in(n).grant(g.As, l, rights)
		}
	case desk.GroupPlace:
		ofQueues := rights & queueRights
		if ofQueues != 0 && m.e.enabled(desk.PrincipalID(g.Place.ID)) {
			for _, n := range m.e.guards[g.Place.ID] {
				into.in(n).grant(g.As, l, ofQueues)
			}
		}
		if rights &^= queueRights; rights != 0 {
			into.on(g.Place).grant(g.As, l, rights)
		}
	default:
		into.on(g.Place).grant(g.As, l, rights)
	}
}

// queueRights are the rights that a grant on an access group gives on queues.
var queueRights = desk.QueueRights()

// ground makes the floor of those who are in these system groups.
func (m *rowMaker) ground(kind desk.UserKind, common links) *ground {
	g := &ground{layer: newLayer()}
	m.collect(g.layer, kind, common)
	g.floor = m.floor(newLayer(), g.layer)
	return g
}

// floor resolves two layers for every queue.
func (m *rowMaker) floor(a, b *layer) *floor {
	e := m.e
	f := &floor{cells: []cell{m.resolve(e.applies[0], &a.wide, &b.wide)}, at: make([]uint16, len(e.queueIDs))}
	for n := 1; n < len(e.queueIDs); n++ {
		if e.applies[n] == e.applies[0] && a.narrow[n] == nil && b.narrow[n] == nil {
			continue
		}
		c := m.resolve(e.applies[n], &a.wide, &b.wide, a.narrow[n], b.narrow[n])
		i := slices.IndexFunc(f.cells, func(d cell) bool { return d.equal(&c) })
		if i < 0 {
			i = len(f.cells)
			f.cells = append(f.cells, c)
		}
		f.at[n] = uint16(i)
	}
	places := slices.Collect(maps.Keys(a.objects))
	for place := range b.objects {
		if a.objects[place] == nil {
			places = append(places, place)
		}
	}
	f.objects = m.objects(places, a, b)
	return f
}

// above makes the row of what has been collected, above a ground.
func (m *rowMaker) above(g *ground) *row {
	own, under := m.own, g.layer
	if own.broad {
		return &row{floor: m.floor(own, under)}
	}
	r := &row{floor: g.floor}
	for _, n := range slices.Sorted(maps.Keys(own.narrow)) {
		r.queues = append(r.queues, uint16(n))
		r.cells = append(r.cells, m.resolve(m.e.applies[n], &under.wide, own.narrow[n], under.narrow[n]))
	}
	r.objects = m.objects(slices.Collect(maps.Keys(own.objects)), own, under)
	return r
}

// objects resolves two layers for some objects.
func (m *rowMaker) objects(places []desk.Place, a, b *layer) []objectRights {
	slices.SortFunc(places, comparePlaces)
	var list []objectRights
	for _, place := range places {
		c := m.resolve(m.e.applies[0], &a.wide, &b.wide, a.objects[place], b.objects[place])
		list = append(list, objectRights{place, c.plain})
	}
	return list
}

// resolve makes the cell of several drafts together, nil ones left out.
func (m *rowMaker) resolve(applies desk.RoleSet, drafts ...*draft) cell {
	m.sum.empty()
	for _, d := range drafts {
		if d != nil {
			m.sum.add(d)
		}
	}
	return m.sum.cell(applies)
}
