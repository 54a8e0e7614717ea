package access

import "gatehouse/desk"

// Narrowed returns an engine by which the user holds of his rights those of the
// set only, and rights of queues only in some of them; with no queues named, in
// all. What others may stays. It takes away and never gives.
func (e *Engine) Narrowed(u desk.UserID, rights desk.RightSet, queues []desk.QueueID) *Engine {
	p := e.user(u)
	if p == nil || p.row == nil {
		return e
	}
	inside := make([]bool, len(e.queueIDs))
	for n := range inside {
		inside[n] = len(queues) == 0
	}
	for _, q := range queues {
		if n := e.number(q); n != 0 {
			inside[n] = true
		}
	}
	narrow := *p
	narrow.row = p.row.narrowed(rights, inside)
	out := *e
	out.users = e.users.fork()
	out.users.put(int64(u), narrow)
	out.users.seal()
	return &out
}

// narrowed returns the row with some rights only; inside says by number in which
// queues rights of queues stay, the first whether they do elsewhere.
func (r *row) narrowed(rights desk.RightSet, inside []bool) *row {
	cut := func(c *cell, n int) cell {
		switch {
		case inside[n]:
			return c.narrowed(rights)
		case n == 0: // what has no queue
			return cell{plain: c.plain & rights &^ ofQueuesAlone()}
		}
		return cell{}
	}
	outside := rights
	if !inside[0] {
		outside &^= ofQueuesAlone()
	}
	objects := func(list []objectRights) []objectRights {
		out := make([]objectRights, len(list))
		for i, o := range list {
			out[i] = objectRights{o.place, o.rights & outside}
		}
		return out
	}
	f := &floor{cells: make([]cell, len(inside)), at: make([]uint16, len(inside)), objects: objects(r.floor.objects)}
	for n := range inside {
		f.at[n] = uint16(n) //nolint:gosec // queues are numbered with 16 bits
		f.cells[n] = cut(&r.floor.cells[r.floor.at[n]], n)
	}
	own := make([]cell, len(r.cells))
	for i, q := range r.queues {
		own[i] = cut(&r.cells[i], int(q))
	}
	return &row{floor: f, queues: r.queues, cells: own, objects: objects(r.objects), key: r.key + "\x00narrowed"} // which is no key of a maker
}

// ofQueuesAlone are the rights that mean something on queues and their tickets
// only. Those on fields mean something on fields as well.
func ofQueuesAlone() desk.RightSet {
	var s desk.RightSet
	for _, info := range desk.AllRights() {
		if info.Right.OfQueues() && info.Class != desk.FieldRight {
			s |= desk.RightsOf(info.Right)
		}
	}
	return s
}

func (c *cell) narrowed(rights desk.RightSet) cell {
	out := cell{plain: c.plain & rights, direct: c.direct & rights, shared: c.shared & rights, named: c.named & rights}
	for _, p := range c.as {
		if p.rights &= rights; p.rights != 0 {
			out.as = append(out.as, p)
		}
	}
	return out
}
