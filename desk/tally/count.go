package tally

import (
	"cmp"
	"slices"

	"gatehouse/desk"
	"gatehouse/desk/query"
)

// A Spec says what is counted.
type Spec struct {
	// Test is what a ticket must be, without foreign parts.
	Test query.Test
	// By are at most two groupings; with none there is one cell.
	By   []By
	Time Time
}

// A By groups tickets. Exactly one of its parts is set, or none: by status.
type By struct {
	Number query.Column // by a number, as that of the queue
	Holder desk.RoleID  // by each of those who stand in a role, zero: nobody
	// Time with Bounds, which ascend: group i is from Bounds[i] to before
	// Bounds[i+1]; what lies outside of them is not counted.
	Time   query.Column
	Bounds []int64
	// Values are by ticket; a ticket without one is in group zero.
	Values map[desk.TicketID][]int64
}

// A Time is the length of time that is measured of each ticket: from From to
// To, or without To until Until. Tickets of which an end is not set are not
// counted. The zero Time measures nothing.
type Time struct {
	From, To query.Column
	Until    int64
}

// A Cell is the tickets that are in one group, or in two at once. Keys are the
// number of the queue, person and so on, or which group of Bounds; statuses
// have their places in Counted.Statuses.
type Cell struct {
	Keys  [2]int64
	N     int
	Times []int64 // microseconds, in no order
}

// Counted is what was counted for a Spec, by keys.
type Counted struct {
	Cells    []Cell
	Statuses []desk.Status
	// Total are all tickets, each once, though it be in several groups.
	Total Cell
}

// Count counts for each of the specs what the scope covers, in one pass.
func (l *Ledger) Count(s *desk.Scope, specs []Spec) []Counted {
	sees := covers(s)
	counters := make([]*counter, len(specs))
	for i := range specs {
		counters[i] = l.newCounter(&specs[i])
	}
	for _, p := range l.pages {
		if p == nil {
			continue
		}
		var seen marks
		sees(p, &seen)
		if seen == (marks{}) {
			continue
		}
		for _, c := range counters {
			c.page(p, &seen)
		}
	}
	out := make([]Counted, len(specs))
	for i, c := range counters {
		out[i] = c.counted(l.statuses)
	}
	return out
}

// A counter counts for one spec.
type counter struct {
	test  asker
	keys  []keyer
	time  func(p *page, i int) (int64, bool)
	timed bool
	codes [2]codes
	cells [][]Cell // by the codes of both keys
	total Cell
	buf   [2][]int64
}

func (l *Ledger) newCounter(s *Spec) *counter {
	c := &counter{test: l.ask(&s.Test), timed: s.Time.From != ""}
	if c.timed {
		c.time = s.Time.measure()
	}
	for i := range s.By {
		c.keys = append(c.keys, s.By[i].keyer())
	}
	return c
}

// page counts the tickets of a page that are seen.
func (c *counter) page(p *page, seen *marks) {
	var fit marks
	c.test(p, &fit)
	fit.and(seen)
	fit.each(func(i int) { c.ticket(p, i) })
}

func (c *counter) ticket(p *page, i int) {
	var length int64
	if c.timed {
		var ok bool
		if length, ok = c.time(p, i); !ok {
			return
		}
	}
	for k, keys := range c.keys {
		c.buf[k] = keys(p, i, c.buf[k][:0])
		if len(c.buf[k]) == 0 {
			return
		}
	}
	c.add(&c.total, length)
	switch len(c.keys) {
	case 1:
		for _, a := range c.buf[0] {
			c.add(c.cell(a, 0), length)
		}
	case 2:
		for _, a := range c.buf[0] {
			for _, b := range c.buf[1] {
				c.add(c.cell(a, b), length)
			}
		}
	}
}

func (c *counter) add(to *Cell, length int64) {
	to.N++
	if c.timed {
		to.Times = append(to.Times, length)
	}
}

func (c *counter) cell(a, b int64) *Cell {
	x, y := c.codes[0].of(a), c.codes[1].of(b)
	for len(c.cells) <= x {
		c.cells = append(c.cells, nil)
	}
	for len(c.cells[x]) <= y {
		c.cells[x] = append(c.cells[x], Cell{})
	}
	return &c.cells[x][y]
}

func (c *counter) counted(statuses []desk.Status) Counted {
	out := Counted{Statuses: statuses, Total: c.total}
	for x, row := range c.cells {
		for y, cell := range row {
			if cell.N > 0 {
				cell.Keys = [2]int64{c.codes[0].values[x], c.codes[1].values[y]}
				out.Cells = append(out.Cells, cell)
			}
		}
	}
	slices.SortFunc(out.Cells, func(a, b Cell) int {
		return cmp.Or(cmp.Compare(a.Keys[0], b.Keys[0]), cmp.Compare(a.Keys[1], b.Keys[1]))
	})
	return out
}

// codes number the keys that were met, from zero.
type codes struct {
	small  []int32 // by key, the code plus one
	large  map[int64]int32
	values []int64
}

func (c *codes) of(key int64) int {
	if key >= 0 && key < smallNumbers {
		if key >= int64(len(c.small)) {
			c.small = append(c.small, make([]int32, max(64, int(key)+1-len(c.small)))...)
		}
		if c.small[key] == 0 {
			c.values = append(c.values, key)
			c.small[key] = int32(len(c.values))
		}
		return int(c.small[key] - 1)
	}
	if c.large == nil {
		c.large = map[int64]int32{}
	}
	code, ok := c.large[key]
	if !ok {
		c.values = append(c.values, key)
		code = int32(len(c.values) - 1)
		c.large[key] = code
	}
	return int(code)
}

// A keyer appends the keys of a ticket; none: it is not counted.
type keyer func(p *page, i int, keys []int64) []int64

func (b *By) keyer() keyer {
	switch {
	case b.Number != "":
		c, _ := place(b.Number)
		return func(p *page, i int, keys []int64) []int64 { return append(keys, p.number(c, i)) }
	case b.Holder != 0:
		return b.holders
	case b.Time != "":
		return b.times()
	case b.Values != nil:
		return b.values
	}
	return func(p *page, i int, keys []int64) []int64 { return append(keys, int64(p.status[i])) }
}

func (b *By) holders(p *page, i int, keys []int64) []int64 {
	for _, h := range p.held(i) {
		if h.Role == b.Holder {
			keys = append(keys, int64(h.Who))
		}
	}
	if len(keys) == 0 {
		keys = append(keys, 0)
	}
	return keys
}

func (b *By) times() keyer {
	c, _ := place(b.Time)
	return func(p *page, i int, keys []int64) []int64 {
		at := p.number(c, i)
		group, exact := slices.BinarySearch(b.Bounds, at)
		if !exact {
			group--
		}
		if at == 0 || group < 0 || group >= len(b.Bounds)-1 {
			return keys
		}
		return append(keys, int64(group))
	}
}

func (b *By) values(p *page, i int, keys []int64) []int64 {
	keys = append(keys, b.Values[p.first+desk.TicketID(i)]...)
	if len(keys) == 0 {
		keys = append(keys, 0)
	}
	return keys
}

// measure is how long a ticket took, and whether both ends are set.
func (t Time) measure() func(p *page, i int) (int64, bool) {
	from, _ := place(t.From)
	to, ends := place(t.To)
	return func(p *page, i int) (int64, bool) {
		a, b := p.number(from, i), t.Until
		if ends {
			b = p.number(to, i)
		}
		return max(b-a, 0), a > 0 && b > 0
	}
}

// Quantile returns the length below or at which so many of a hundred lie, by
// nearest rank; zero of none. It changes the order of the list.
func Quantile(list []int64, percent int) int64 {
	if len(list) == 0 {
		return 0
	}
	rank := max((len(list)*percent+99)/100-1, 0)
	for len(list) > 1 {
		pivot := list[len(list)/2]
		less, same := partition(list, pivot)
		switch {
		case rank < less:
			list = list[:less]
		case rank < less+same:
			return pivot
		default:
			list, rank = list[less+same:], rank-less-same
		}
	}
	return list[0]
}

// partition brings what is less than the pivot to the front and what is the
// same behind it, and says how many are of each.
func partition(list []int64, pivot int64) (less, same int) {
	more := len(list)
	for i := 0; i < more; {
		switch n := list[i]; {
		case n < pivot:
			list[less], list[i] = list[i], list[less]
			less++
			i++
		case n > pivot:
			more--
			list[i], list[more] = list[more], list[i]
		default:
			i++
		}
	}
	return less, more - less
}
