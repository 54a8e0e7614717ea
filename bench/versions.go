package bench

import (
	"slices"
	"sync"

	"gatehouse/access"
	"gatehouse/access/oracle"
	"gatehouse/desk"
)

// definitionLimit is up to how many users answers are compared with the
// definition of access; above, that takes too long, and the engine stands for
// it, which the tests of package access compare with it.
const definitionLimit = 1000

// A version is all that access depended on for a while. A change of one
// membership makes the next one.
type version struct {
	world *desk.World
	can   func(desk.UserID, desk.Right, access.Object) bool
	next  *version // kept by the history

	mu    sync.Mutex
	known map[asked]bool
}

// An asked thing is whether somebody may do something to a ticket, or in a queue
// where there is no ticket.
type asked struct {
	user   desk.UserID
	right  desk.Right
	ticket desk.TicketID
	queue  desk.QueueID
}

func newVersion(w *desk.World) *version {
	v := &version{world: w, known: map[asked]bool{}}
	if len(w.Users) <= definitionLimit {
		v.can = oracle.New(w).Can
	} else {
		v.can = access.New(w).Can
	}
	return v
}

// may answers, and remembers the answer: what access depends on of a ticket
// stays as it is while the load is driven.
func (v *version) may(q asked, facts *desk.TicketFacts) bool {
	v.mu.Lock()
	yes, ok := v.known[q]
	v.mu.Unlock()
	if ok {
		return yes
	}
	x := access.Queue(q.queue)
	if facts != nil {
		x = access.Ticket(facts)
	}
	yes = v.can(q.user, q.right, x)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.known[q] = yes
	return yes
}

// A history is the versions, in the order in which one administrator made
// them. What a request may be answered lies between the last version that was
// confirmed when it was sent and the newest that was asked for when its answer
// came.
type history struct {
	mu        sync.Mutex
	confirmed *version
	newest    *version
	unsure    map[desk.UserID]bool
}

func newHistory(w *desk.World) *history {
	v := newVersion(w)
	return &history{confirmed: v, newest: v, unsure: map[desk.UserID]bool{}}
}

// now is the version that was confirmed last.
func (h *history) now() *version {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.confirmed
}

// begin notes that a change is asked for which makes this world.
func (h *history) begin(w *desk.World) {
	next := newVersion(w)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.newest.next = next
	h.newest = next
}

// confirm notes that the change was made.
func (h *history) confirm() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.confirmed = h.newest
}

// doubt notes that a change of somebody's memberships was sent and not
// answered: it may still be carried out, at any time, so nothing that he is
// answered is wrong any more.
func (h *history) doubt(user desk.UserID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.unsure[user] = true
}

// doubted reports whether that is so.
func (h *history) doubted(user desk.UserID) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.unsure[user]
}

// doubts is how many people it is so of.
func (h *history) doubts() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.unsure)
}

// since lists the versions from one on.
func (h *history) since(from *version) []*version {
	h.mu.Lock()
	defer h.mu.Unlock()
	var list []*version
	for v := from; v != nil; v = v.next {
		list = append(list, v)
	}
	return list
}

// may answers from a version on: whether the answer is yes in any of them, and
// whether it is in all.
func (h *history) may(from *version, q asked, facts *desk.TicketFacts) (some, all bool) {
	list := h.since(from)
	if h.doubted(q.user) {
		return true, false
	}
	all = true
	for _, v := range list {
		yes := v.may(q, facts)
		some, all = some || yes, all && yes
	}
	return some, all
}

// without returns the world without a membership.
func without(w *desk.World, m desk.Membership) *desk.World {
	after := *w
	after.Memberships = slices.DeleteFunc(slices.Clone(w.Memberships), func(o desk.Membership) bool {
		return o.Group == m.Group && o.Member == m.Member
	})
	return &after
}

// with returns the world with one more.
func with(w *desk.World, m desk.Membership) *desk.World {
	after := *w
	after.Memberships = append(slices.Clone(w.Memberships), m)
	return &after
}
