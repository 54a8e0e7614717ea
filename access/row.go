package access

import (
	"cmp"
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
// queues: a floor, which many rows share, and what they have above it.
type row struct {
	floor   *floor
	queues  []uint16 // the queues, by number, in which they have more
	cells   []cell   // what they have there, the floor included
	objects []objectRights
	key     string // what makes rows equal
}

// A floor is a cell for each queue by its number. Cell 0 is for what has no
// queue.
type floor struct {
	cells   []cell
	at      []uint16 // the cell of each queue
	objects []objectRights
}

// objectRights are the rights on a group, customer or field itself.
type objectRights struct {
	place  desk.Place
	rights desk.RightSet
}

// cell returns the cell of a queue.
func (r *row) cell(queue int) *cell {
	for i, q := range r.queues {
		if int(q) == queue {
			return &r.cells[i]
		}
	}
	return &r.floor.cells[r.floor.at[queue]]
}

// object returns the rights on something that is neither queue nor ticket.
func (r *row) object(place desk.Place) desk.RightSet {
	for _, list := range [][]objectRights{r.objects, r.floor.objects} {
		i, ok := slices.BinarySearchFunc(list, place, func(o objectRights, p desk.Place) int {
			return comparePlaces(o.place, p)
		})
		if ok {
			return list[i].rights
		}
	}
	return r.floor.cells[0].plain
}

func comparePlaces(a, b desk.Place) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
}
