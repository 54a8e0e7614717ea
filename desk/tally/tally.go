// Package tally counts tickets from memory: a Ledger holds of each ticket the
// facts by which reports count, and answers what a query, a scope and some
// groups make of them.
//
// It promises that a scope means what desk.Scope.Covers means, and a test what
// the store means by it; tests compare both. A Ledger never changes: the next
// one shares with it what stayed as it was, so that many may count while it is
// brought up to date. What a query asks of texts, links and custom fields it
// does not know: Foreign finds those parts, and whoever asks puts the numbers
// of the tickets in their places.
//
// It reads nothing, asks no clock and decides no rights.
package tally

import (
	"slices"

	"gatehouse/desk"
	"gatehouse/desk/query"
)

// Columns are the facts of tickets that a Ledger holds, in the order of
// Ticket.Numbers. Times are microseconds since 1970, zero where they are not
// set; people who are not there have the number zero.
func Columns() []query.Column {
	return []query.Column{query.Queue, query.Reporter, query.Owner, query.Priority, query.TimeWorked, query.Created, query.Updated, query.Heard,
		query.Told, query.Asked, query.Started, query.Due, query.Resolved, query.FirstReply, query.LastAsked, query.ClockDue}
}

// columns is how many Columns there are.
const columns = 16

// The places of those columns that access depends on.
const (
	queueColumn    = 0
	reporterColumn = 1
)

// place is where a column stands; false: a Ledger does not hold it.
func place(c query.Column) (int, bool) {
	for i, known := range Columns() {
		if known == c {
			return i, true
		}
	}
	return 0, false
}

// A Ticket is what a Ledger holds of a ticket that can be found.
type Ticket struct {
	ID      desk.TicketID
	Status  desk.Status
	Sharing desk.Sharing
	Numbers [columns]int64 // in the order of Columns
	Holders []desk.Holder  // the owner among them
}

// A Ledger holds tickets. The zero Ledger holds none.
type Ledger struct {
	pages    []*page // by number of ticket; nil: none of these
	statuses []desk.Status
}

// Len returns how many tickets the ledger holds.
func (l *Ledger) Len() int {
	n := 0
	for _, p := range l.pages {
		if p != nil {
			n += p.there.count()
		}
	}
	return n
}

// A Writer makes the next ledger. It is quickest where tickets come by number.
type Writer struct {
	last     *Ledger
	wrote    bool
	pages    []*page
	statuses []desk.Status
	open     *draft
}

// Edit begins the ledger after this one, which stays as it is.
func (l *Ledger) Edit() *Writer {
	return &Writer{last: l, pages: append([]*page(nil), l.pages...), statuses: append([]desk.Status(nil), l.statuses...)}
}

// Remove takes a ticket out, if it is there.
func (w *Writer) Remove(id desk.TicketID) {
	if !w.has(id) {
		return
	}
	d, i := w.draft(id)
	d.there.clear(i)
	d.holders[i] = nil
}

// Put adds a ticket, or how it stands now. Where it stands so already, its page
// stays the same.
func (w *Writer) Put(t *Ticket) {
	if w.has(t.ID) && w.same(t) {
		return
	}
	d, i := w.draft(t.ID)
	d.there.set(i)
	d.status[i] = w.status(t.Status)
	d.sharing[i] = uint8(t.Sharing)
	for c, n := range t.Numbers {
		d.put(c, i, n)
	}
	d.holders[i] = append([]desk.Holder(nil), t.Holders...)
}

// Done returns the next ledger, which is the last one where nothing changed. The
// writer is used up.
func (w *Writer) Done() *Ledger {
	w.seal()
	if !w.wrote {
		return w.last
	}
	return &Ledger{pages: w.pages, statuses: w.statuses}
}

// has reports whether a ticket is there.
func (w *Writer) has(id desk.TicketID) bool {
	at, i := int(id)/pageSize, int(id)%pageSize
	if w.open != nil && w.open.at == at {
		return w.open.there.has(i)
	}
	return at < len(w.pages) && w.pages[at] != nil && w.pages[at].there.has(i)
}

// same reports whether a ticket that is there stands so already. A page that is
// being written is not compared.
func (w *Writer) same(t *Ticket) bool {
	at, i := int(t.ID)/pageSize, int(t.ID)%pageSize
	if w.open != nil && w.open.at == at {
		return false
	}
	p := w.pages[at]
	for c, n := range t.Numbers {
		if p.number(c, i) != n {
			return false
		}
	}
	return w.statuses[p.status[i]] == t.Status && p.sharing[i] == uint8(t.Sharing) && slices.Equal(p.held(i), t.Holders)
}

func (w *Writer) status(s desk.Status) uint8 {
	for i, known := range w.statuses {
		if known == s {
			return uint8(i)
		}
	}
	w.statuses = append(w.statuses, s)
	return uint8(len(w.statuses) - 1)
}

// draft opens the page on which a ticket stands, and says where.
func (w *Writer) draft(id desk.TicketID) (*draft, int) {
	at, i := int(id)/pageSize, int(id)%pageSize
	if w.open != nil && w.open.at == at {
		return w.open, i
	}
	w.seal()
	for len(w.pages) <= at {
		w.pages = append(w.pages, nil)
	}
	w.open, w.wrote = newDraft(at, w.pages[at]), true
	return w.open, i
}

func (w *Writer) seal() {
	if w.open != nil {
		w.pages[w.open.at] = w.open.page()
		w.open = nil
	}
}

// Holds returns what tells of tickets whether a test holds, of which no part is
// foreign.
func (l *Ledger) Holds(t *query.Test) func(desk.TicketID) bool {
	ask := l.ask(t)
	known := map[int]*marks{}
	return func(id desk.TicketID) bool {
		at := int(id) / pageSize
		if at >= len(l.pages) || l.pages[at] == nil {
			return false
		}
		if known[at] == nil {
			known[at] = &marks{}
			ask(l.pages[at], known[at])
			known[at].and(&l.pages[at].there)
		}
		return known[at].has(int(id) % pageSize)
	}
}

// Lost reports whether the scope covered a ticket in an earlier ledger that it
// does not cover in this one. What is still the same page is not looked at.
func (l *Ledger) Lost(earlier *Ledger, s *desk.Scope) bool {
	sees := covers(s)
	for at, old := range earlier.pages {
		var now *page
		if at < len(l.pages) {
			now = l.pages[at]
		}
		if old == nil || old == now {
			continue
		}
		var before, after marks
		sees(old, &before)
		if now != nil {
			sees(now, &after)
		}
		if before.without(&after) {
			return true
		}
	}
	return false
}
