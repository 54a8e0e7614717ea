package tally

import (
	"math/bits"

	"gatehouse/desk"
)

// pageSize is how many tickets a page holds. A page is written anew as a whole.
const pageSize = 4096

// A page holds the tickets of a range of numbers, column by column.
type page struct {
	first   desk.TicketID
	there   marks
	status  [pageSize]uint8
	sharing [pageSize]uint8
	numbers [columns]*[pageSize]int64 // nil: all of them are zero
	// The holders of ticket i are holders[from[i]:from[i+1]].
	from    [pageSize + 1]uint32
	holders []desk.Holder
}

// number is a fact of a ticket of the page.
func (p *page) number(c, i int) int64 {
	if p.numbers[c] == nil {
		return 0
	}
	return p.numbers[c][i]
}

// held are the holders of a ticket of the page.
func (p *page) held(i int) []desk.Holder { return p.holders[p.from[i]:p.from[i+1]] }

// facts are what access depends on of a ticket of the page.
func (p *page) facts(i int) desk.TicketFacts {
	return desk.TicketFacts{
		ID: p.first + desk.TicketID(i), Queue: desk.QueueID(p.number(queueColumn, i)), Reporter: desk.UserID(p.number(reporterColumn, i)),
		Sharing: desk.Sharing(p.sharing[i]), Holders: p.held(i),
	}
}

// A draft is a page being written.
type draft struct {
	at      int
	there   marks
	status  [pageSize]uint8
	sharing [pageSize]uint8
	numbers [columns]*[pageSize]int64
	holders [pageSize][]desk.Holder
}

func newDraft(at int, old *page) *draft {
	d := &draft{at: at}
	if old == nil {
		return d
	}
	d.there, d.status, d.sharing = old.there, old.status, old.sharing
	for c, column := range old.numbers {
		if column != nil {
			copied := *column
			d.numbers[c] = &copied
		}
	}
	for i := range d.holders {
		d.holders[i] = old.held(i)
	}
	return d
}

func (d *draft) put(c, i int, n int64) {
	if d.numbers[c] == nil {
		if n == 0 {
			return
		}
		d.numbers[c] = new([pageSize]int64)
	}
	d.numbers[c][i] = n
}

func (d *draft) page() *page {
	p := &page{first: desk.TicketID(d.at * pageSize), there: d.there, status: d.status, sharing: d.sharing, numbers: d.numbers}
	n := 0
	for _, list := range d.holders {
		n += len(list)
	}
	p.holders = make([]desk.Holder, 0, n)
	for i, list := range d.holders {
		p.holders = append(p.holders, list...)
		p.from[i+1] = uint32(len(p.holders))
	}
	return p
}

// marks are a set of tickets of a page.
type marks [pageSize / 64]uint64

func (m *marks) set(i int)      { m[i/64] |= 1 << (i % 64) }
func (m *marks) clear(i int)    { m[i/64] &^= 1 << (i % 64) }
func (m *marks) has(i int) bool { return m[i/64]>>(i%64)&1 != 0 }

func (m *marks) count() int {
	n := 0
	for _, word := range m {
		n += bits.OnesCount64(word)
	}
	return n
}

func (m *marks) and(o *marks) {
	for w := range m {
		m[w] &= o[w]
	}
}

func (m *marks) or(o *marks) {
	for w := range m {
		m[w] |= o[w]
	}
}

func (m *marks) invert() {
	for w := range m {
		m[w] = ^m[w]
	}
}

// without reports whether one is marked here that is not marked there.
func (m *marks) without(o *marks) bool {
	for w := range m {
		if m[w]&^o[w] != 0 {
			return true
		}
	}
	return false
}

// each calls f for each that is marked, in order.
func (m *marks) each(f func(i int)) {
	for w, word := range m {
		for ; word != 0; word &= word - 1 {
			f(w*64 + bits.TrailingZeros64(word))
		}
	}
}

// A numberSet is a set of numbers that are mostly small.
type numberSet struct {
	small []bool
	large map[int64]bool
}

// smallest numbers are looked up in a list.
const smallNumbers = 1 << 20

func newSet[T ~int64](list []T) *numberSet {
	s := &numberSet{large: map[int64]bool{}}
	for _, n := range list {
		if n < 0 || n >= smallNumbers {
			s.large[int64(n)] = true
			continue
		}
		for int64(len(s.small)) <= int64(n) {
			s.small = append(s.small, make([]bool, max(64, int(n)+1-len(s.small)))...)
		}
		s.small[n] = true
	}
	return s
}

func (s *numberSet) has(n int64) bool {
	if n >= 0 && n < smallNumbers {
		return n < int64(len(s.small)) && s.small[n]
	}
	return s.large[n]
}
