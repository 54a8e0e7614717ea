package access

import (
	"gatehouse/desk"
)

// A draft collects what grants and watchers bring to one cell.
type draft struct {
	direct, named         desk.RightSet
	as                    []pair
	whole, member, reader desk.RoleSet // the roles that the user has as a watcher, by level
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

// add adds all of another draft.
func (d *draft) add(o *draft) {
	d.direct, d.named = d.direct|o.direct, d.named|o.named
	d.whole, d.member, d.reader = d.whole|o.whole, d.member|o.member, d.reader|o.reader
	for _, p := range o.as {
		d.addPair(p)
	}
}

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

// A layer collects what some principals bring to everything there is.
type layer struct {
	wide    draft          // what holds everywhere
	broad   bool           // there is something in wide
	narrow  map[int]*draft // what holds in a queue, by number
	objects map[desk.Place]*draft
	spare   []*draft
}

// in returns the draft of a queue, of the whole desk for number 0.
func (l *layer) in(queue int) *draft {
	if queue == 0 {
		l.broad = true
		return &l.wide
	}
	return draftIn(l, l.narrow, queue)
}

// on returns the draft of an object.
func (l *layer) on(place desk.Place) *draft { return draftIn(l, l.objects, place) }

// draftIn returns the draft at a key, a new one the first time.
func draftIn[K comparable](l *layer, drafts map[K]*draft, at K) *draft {
	d := drafts[at]
	if d == nil {
		if last := len(l.spare) - 1; last >= 0 {
			d, l.spare = l.spare[last], l.spare[:last]
		} else {
			d = new(draft)
		}
		drafts[at] = d
	}
	return d
}

// empty makes the layer as new, keeping its memory.
func (l *layer) empty() {
	l.wide.empty()
	l.broad = false
	for _, d := range l.narrow {
		d.empty()
		l.spare = append(l.spare, d)
	}
	for _, d := range l.objects {
		d.empty()
		l.spare = append(l.spare, d)
	}
	clear(l.narrow)
	clear(l.objects)
}

func newLayer() *layer {
	return &layer{narrow: map[int]*draft{}, objects: map[desk.Place]*draft{}}
}
