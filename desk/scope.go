package desk

import (
	"cmp"
	"slices"
)

// A Scope is the set of tickets on which a user holds a right, in the form in
// which a list can use it. The zero Scope covers nothing. The store has the
// same meaning in SQL (inScope); a change to one is a change to both.
type Scope struct {
	// All: every ticket, whatever else stands here.
	All bool
	// User is whose scope it is; Contact, that sharing narrows it.
	User    UserID
	Contact bool
	// Queues whose tickets he reaches without standing on the ticket, by queue.
	Queues []QueueReach
	// Principals through which he stands in roles on tickets, by number:
	// himself, the system groups, his groups and customers.
	Principals []PrincipalReach
	// Roles says for each queue which roles on the ticket are enough; queues
	// that are not named have RolesElsewhere.
	Roles          []QueueRoles
	RolesElsewhere RoleSet
	// Naming are the roles in which standing oneself makes one named on a
	// ticket.
	Naming RoleSet
	// Customers are the customers of which he is a (deep) member, Managed
	// those of which he is a manager; both sorted.
	Customers []PrincipalID
	Managed   []PrincipalID
}

// A Reach says which tickets something opens. The parts add up.
type Reach struct {
	All    bool // every ticket
	Shared bool // tickets that are shared
	Named  bool // tickets on which the user stands himself, or that he reported
	// Reported: tickets that the user reported and on which the customer
	// stands as Customer.
	Reported []ReportedFor
}

// ReportedFor is a customer for which the user may have reported a ticket.
type ReportedFor struct {
	Customer   PrincipalID
	OnlyShared bool // it opens shared tickets only
}

// QueueReach says which tickets of a queue are reached.
type QueueReach struct {
	Queue QueueID
	Reach Reach
}

// PrincipalReach says on which of the tickets where the principal stands that
// counts for the user.
type PrincipalReach struct {
	Who   PrincipalID
	Reach Reach
}

// QueueRoles says which roles are enough on the tickets of a queue.
type QueueRoles struct {
	Queue QueueID
	Roles RoleSet
}

// Empty reports whether the scope can be seen to cover no ticket at all.
func (s *Scope) Empty() bool {
	return !s.All && len(s.Queues) == 0 && (len(s.Principals) == 0 || s.RolesElsewhere == 0 && len(s.Roles) == 0)
}

// Equal reports whether two scopes are written alike; then they cover the same
// tickets.
func (s *Scope) Equal(o *Scope) bool {
	return s.All == o.All && s.User == o.User && s.Contact == o.Contact &&
		s.RolesElsewhere == o.RolesElsewhere && s.Naming == o.Naming &&
		slices.Equal(s.Roles, o.Roles) && slices.Equal(s.Customers, o.Customers) && slices.Equal(s.Managed, o.Managed) &&
		slices.EqualFunc(s.Queues, o.Queues, func(a, b QueueReach) bool { return a.Queue == b.Queue && a.Reach.Equal(b.Reach) }) &&
		slices.EqualFunc(s.Principals, o.Principals, func(a, b PrincipalReach) bool { return a.Who == b.Who && a.Reach.Equal(b.Reach) })
}

// Equal reports whether two reaches are written alike.
func (r Reach) Equal(o Reach) bool {
	return r.All == o.All && r.Shared == o.Shared && r.Named == o.Named && slices.Equal(r.Reported, o.Reported)
}

// Covers reports whether the scope covers the ticket.
func (s *Scope) Covers(t *TicketFacts) bool {
	if s.All {
		return true
	}
	if s.Contact && !s.sharingLetsIn(t) {
		return false
	}
	for _, q := range s.Queues {
		if q.Queue == t.Queue && s.reaches(q.Reach, t) {
			return true
		}
	}
	roles := s.RolesOn(t.Queue)
	for _, h := range t.Holders {
		if !roles.Has(h.Role) {
			continue
		}
		i, ok := slices.BinarySearchFunc(s.Principals, h.Who, func(p PrincipalReach, id PrincipalID) int {
			return int(p.Who - id)
		})
		if ok && s.reaches(s.Principals[i].Reach, t) {
			return true
		}
	}
	return false
}

// Within reports whether the other scope of the same user covers every ticket of
// some queues that this one covers, whatever tickets there are or will be. True
// is certain; false is said also where what one opens is opened by several
// parts of the other together. Each queue stands in a scope once, as access
// makes them.
func (s *Scope) Within(o *Scope, queues []QueueID) bool {
	if o.All || s.Empty() {
		return true
	}
	namedAlike := s.User == o.User && s.Naming&^o.Naming == 0 && sortedWithin(s.Customers, o.Customers)
	if s.All || o.Contact && !(s.Contact && namedAlike && sortedWithin(s.Managed, o.Managed)) {
		return false
	}
	mine, others := readerOf(s), readerOf(o)
	if !slices.IsSorted(queues) {
		queues = slices.Sorted(slices.Values(queues))
	}
	for _, q := range queues {
		if !mine.withinOn(q, &others, namedAlike) {
			return false
		}
	}
	return true
}

// A reader looks up queues in a scope, one after the other in their order. Where
// they stand in the scope in this order too, that takes a step for each.
type reader struct {
	s            *Scope
	ordered      bool
	queue, roles int // how far it is
}

func readerOf(s *Scope) reader {
	return reader{s: s, ordered: slices.IsSortedFunc(s.Queues, func(a, b QueueReach) int { return cmp.Compare(a.Queue, b.Queue) }) &&
		slices.IsSortedFunc(s.Roles, func(a, b QueueRoles) int { return cmp.Compare(a.Queue, b.Queue) })}
}

// withinOn reports it of one queue.
func (r *reader) withinOn(q QueueID, o *reader, namedAlike bool) bool {
	open, roles := o.reachOf(q), r.rolesOn(q)
	if !r.reachOf(q).within(open, namedAlike) {
		return false
	}
	if open.All || roles == 0 {
		return true
	}
	enough := roles&^o.rolesOn(q) == 0
	for _, p := range r.s.Principals {
		if reach := p.Reach; !reach.within(open, namedAlike) && !(enough && reach.within(o.s.reachThrough(p.Who), namedAlike)) {
			return false
		}
	}
	return true
}

// reachOf returns what is reached in a queue without standing on the ticket.
func (r *reader) reachOf(q QueueID) Reach {
	list := r.s.Queues
	if !r.ordered {
		r.queue = 0
	}
	for r.queue < len(list) && (list[r.queue].Queue < q || !r.ordered && list[r.queue].Queue != q) {
		r.queue++
	}
	if r.queue < len(list) && list[r.queue].Queue == q {
		return list[r.queue].Reach
	}
	return Reach{}
}

// rolesOn is RolesOn.
func (r *reader) rolesOn(q QueueID) RoleSet {
	list := r.s.Roles
	if !r.ordered {
		return r.s.RolesOn(q)
	}
	for r.roles < len(list) && list[r.roles].Queue < q {
		r.roles++
	}
	if r.roles < len(list) && list[r.roles].Queue == q {
		return list[r.roles].Roles
	}
	return r.s.RolesElsewhere
}

func (s *Scope) reachThrough(who PrincipalID) Reach {
	for _, p := range s.Principals {
		if p.Who == who {
			return p.Reach
		}
	}
	return Reach{}
}

// within reports whether the other reach opens every ticket that this one does.
func (r Reach) within(o Reach, namedAlike bool) bool {
	if o.All {
		return true
	}
	if r.All || r.Shared && !o.Shared || r.Named && !(o.Named && namedAlike) {
		return false
	}
	for _, c := range r.Reported {
		same := func(d ReportedFor) bool { return d.Customer == c.Customer && (c.OnlyShared || !d.OnlyShared) }
		if !(c.OnlyShared && o.Shared) && !slices.ContainsFunc(o.Reported, same) {
			return false
		}
	}
	return true
}

// sortedWithin reports whether all of some sorted numbers are among others.
func sortedWithin(some, others []PrincipalID) bool {
	for _, id := range some {
		if _, ok := slices.BinarySearch(others, id); !ok {
			return false
		}
	}
	return true
}

// RolesOn returns the roles that are enough on the tickets of a queue.
func (s *Scope) RolesOn(q QueueID) RoleSet {
	for _, r := range s.Roles {
		if r.Queue == q {
			return r.Roles
		}
	}
	return s.RolesElsewhere
}

func (s *Scope) reaches(r Reach, t *TicketFacts) bool {
	if r.All || r.Shared && t.Sharing == Shared || r.Named && s.named(t) {
		return true
	}
	if t.Reporter != s.User || s.User == 0 {
		return false
	}
	for _, c := range r.Reported {
		if (t.Sharing == Shared || !c.OnlyShared) && t.Stands(c.Customer, 1<<CustomerRole) {
			return true
		}
	}
	return false
}

// sharingLetsIn is the one thing that narrows: see docs/access.md, Sharing.
func (s *Scope) sharingLetsIn(t *TicketFacts) bool {
	if t.Sharing == Shared || s.named(t) {
		return true
	}
	return t.Sharing == ManagersOnly && s.customerOf(t, s.Managed)
}

// named reports whether the user stands himself on the ticket, or reported it
// and still belongs to a customer for whom it is (if it is for any).
func (s *Scope) named(t *TicketFacts) bool {
	if s.User == 0 {
		return false
	}
	if t.Stands(PrincipalID(s.User), s.Naming) {
		return true
	}
	return t.Reporter == s.User && (!t.ForCustomers() || s.customerOf(t, s.Customers))
}

func (s *Scope) customerOf(t *TicketFacts, among []PrincipalID) bool {
	for _, h := range t.Holders {
		if h.Role != CustomerRole {
			continue
		}
		if _, ok := slices.BinarySearch(among, h.Who); ok {
			return true
		}
	}
	return false
}

// ForCustomers reports whether the ticket is for any customer.
func (t *TicketFacts) ForCustomers() bool {
	for _, h := range t.Holders {
		if h.Role == CustomerRole {
			return true
		}
	}
	return false
}
