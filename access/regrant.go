package access

import (
	"cmp"
	"maps"
	"slices"

	"gatehouse/desk"
)

// give takes up a grant that was made.
func (d *dirt) give(g desk.Grant) {
	n := d.n
	if !desk.InForce(0, g.Until, n.today) || g.Place.Kind == desk.TicketPlace {
		return
	}
	if _, twice := n.sources[g.ID]; twice {
		d.revoke(g.ID)
	}
	d.ownGrants()
	c := n.compiled(g)
	c.asleep = n.switchedOff(&g)
	n.sources[g.ID] = g
	p := power{}
	if old := n.powers[g.Who]; old != nil {
		p = *old
	}
	p.grants = inserted(p.grants, c)
	n.powers[g.Who] = &p
	n.onPlace[g.Place] = inserted(n.onPlace[g.Place], c)
	d.rowsOf(g.Who)
}

// revoke drops a grant that is gone.
func (d *dirt) revoke(id desk.GrantID) {
	n := d.n
	g, ok := n.sources[id]
	if !ok {
		return
	}
	d.ownGrants()
	delete(n.sources, id)
	without := func(list []*grant) []*grant {
		return slices.DeleteFunc(slices.Clone(list), func(c *grant) bool { return c.ID == id })
	}
	p := *n.powers[g.Who]
	if p.grants = without(p.grants); len(p.grants) == 0 && len(p.watches) == 0 {
		delete(n.powers, g.Who)
	} else {
		n.powers[g.Who] = &p
	}
	if n.onPlace[g.Place] = without(n.onPlace[g.Place]); len(n.onPlace[g.Place]) == 0 {
		delete(n.onPlace, g.Place)
	}
	d.rowsOf(g.Who)
}

// ownGrants makes all maps that hold grants this engine's own.
func (d *dirt) ownGrants() {
	d.ownRules()
	if !d.regranted {
		d.n.sources = maps.Clone(d.n.sources)
		d.regranted = true
	}
}

// inserted puts a grant where it belongs, by place and number, in a copy.
func inserted(list []*grant, c *grant) []*grant {
	i, _ := slices.BinarySearchFunc(list, c, func(a, b *grant) int {
		return cmp.Or(comparePlaces(a.Place, b.Place), cmp.Compare(a.ID, b.ID))
	})
	return slices.Insert(slices.Clone(list), i, c)
}
