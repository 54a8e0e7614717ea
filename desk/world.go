package desk

import (
	"fmt"
	"time"
)

// A World is the whole access configuration of a desk: everything on which it
// depends who may do what, but for the tickets themselves. The store reads it
// in one transaction; access builds its engine from it.
type World struct {
	Version     int64 // the access version that it was read at
	Today       Day   // for first and last days
	Users       []WorldUser
	Groups      []WorldGroup // customers included, system groups not
	Memberships []Membership
	Queues      []WorldQueue
	Roles       []Role // own roles, and built-in ones that are disabled
	Permissions []Permission
	Grants      []Grant
	Watchers    []Watcher // of queues and of the whole desk
	Settings    AccessSettings
}

// A WorldUser is what access depends on of a user.
type WorldUser struct {
	ID       UserID
	Kind     UserKind
	Disabled bool
}

// A WorldGroup is what access depends on of a group or customer.
type WorldGroup struct {
	ID       PrincipalID
	Customer bool
	Disabled bool
	Personal UserID // whose personal group it is, or zero
	OwnOnly  bool   // of a customer: every contact has the part contact there
}

// A WorldQueue is what access depends on of a queue.
type WorldQueue struct {
	ID          QueueID
	AccessGroup GroupID // zero: none
	Disabled    bool
}

// AccessSettings are the switches of the whole desk that access depends on.
type AccessSettings struct {
	// GroupSupport off: every contact has rw as Requestor or Customer in every
	// queue, and permissions granted to contacts and customers do not count.
	GroupSupport bool
	// OtherCustomers off: permissions granted to customers without a role
	// (OTOBO: the context "other customers") do not count.
	OtherCustomers bool
	// CompanyTickets off: every contact has the part contact at all his customers.
	CompanyTickets bool
}

// DefaultAccessSettings are those of a fresh desk: everything on.
func DefaultAccessSettings() AccessSettings {
	return AccessSettings{GroupSupport: true, OtherCustomers: true, CompanyTickets: true}
}

// A Membership makes a principal a direct member of a group or customer.
type Membership struct {
	Group   PrincipalID
	Member  PrincipalID
	Part    Part   // at a customer; PartNone in other groups
	Primary bool   // the member's primary customer
	Source  string // "hand", "domain", "import", a directory's name
	From    Day    // first day, zero: always
	Until   Day    // last day, zero: for ever
}

// Part says how much a contact does and sees at his customer.
type Part uint8

// The parts, each containing the one before it.
const (
	PartNone    Part = iota // not at a customer
	PartContact             // only tickets that he opened or is named on
	PartReader              // the customer's shared tickets, reads
	PartMember              // the customer's shared tickets, writes
	PartManager             // all tickets of the customer, and its people
)

var partNames = [...]string{"", "contact", "reader", "member", "manager"}

// String returns the part's name.
func (p Part) String() string {
	if int(p) >= len(partNames) {
		return fmt.Sprintf("part %d", uint8(p))
	}
	return partNames[p]
}

// ParsePart returns the part of that name.
func ParsePart(name string) (Part, bool) {
	for i, n := range partNames {
		if i > 0 && n == name {
			return Part(i), true
		}
	}
	return 0, false
}

// Sharing says who of a customer sees a ticket.
type Sharing uint8

// The kinds of sharing. Agents are not narrowed by any of them.
const (
	Shared       Sharing = iota // everybody of the customer, as far as his part goes
	ManagersOnly                // managers of the customer and the people named on it
	Private                     // only the people named on it
)

var sharingNames = [...]string{"shared", "managers", "private"}

// String returns the name of the kind of sharing.
func (s Sharing) String() string {
	if int(s) >= len(sharingNames) {
		return fmt.Sprintf("sharing %d", uint8(s))
	}
	return sharingNames[s]
}

// ParseSharing returns the kind of sharing of that name.
func ParseSharing(name string) (Sharing, bool) {
	for i, n := range sharingNames {
		if n == name {
			return Sharing(i), true
		}
	}
	return 0, false
}

// A PermissionID names a permission.
type PermissionID int64

// A Permission is a named set of rights. It gives agents one set and contacts
// another, so that rw for a customer never opens internal comments.
//
// A disabled permission gives nothing; its grants stay.
type Permission struct {
	ID       PermissionID
	Name     string
	Agents   RightSet
	Contacts RightSet
	Disabled bool
}

// Shipped reports whether the permission is one of those of a fresh desk.
func (p *Permission) Shipped() bool { return p.ID > 0 && p.ID <= RW }

// CountsAs reports whether who holds p holds q too. RW counts as each of those
// that ship, and as others whose rights it contains; none of the others counts
// as another.
func (p *Permission) CountsAs(q *Permission) bool {
	return p.ID == q.ID ||
		p.ID == RW && (q.ID < RW || p.Agents.Contains(q.Agents) && p.Contacts.Contains(q.Contacts))
}

// Reads reports whether the permission gives contacts something, and nothing
// but to read.
func (p *Permission) Reads() bool { return p.Contacts != 0 && ReadingRights.Contains(p.Contacts) }

// RW is the permission that contains all others; it exists on every desk.
const RW PermissionID = 7

// ShippedPermissions are the permissions of a fresh desk, with their numbers.
func ShippedPermissions() []Permission {
	everyTicketRight := RightSet(0)
	for _, info := range AllRights() {
		if info.Class == TicketRight && info.Right != DeleteTicket {
			everyTicketRight |= RightsOf(info.Right)
		}
	}
	ro := RightsOf(SeeQueue, ShowTicket, SeeCustomField)
	create := RightsOf(SeeQueue, CreateTicket)
	return []Permission{
		{1, "ro", ro | RightsOf(ShowTicketComments, Watch), ro, false},
		{2, "move_into", RightsOf(SeeQueue, MoveIntoQueue), 0, false},
		{3, "create", create, create, false},
		{4, "note", RightsOf(CommentOnTicket, ShowTicketComments), 0, false},
		{5, "owner", RightsOf(ReassignTicket), 0, false},
		{6, "priority", RightsOf(SetPriority), 0, false},
		{RW, "rw", everyTicketRight | ro, ro | create | RightsOf(ReplyToTicket, Watch), false},
	}
}

// A GrantID names a grant.
type GrantID int64

// A Grant gives a principal a right or a permission on a place, where asked
// for only to those who fill one of the roles on the ticket.
type Grant struct {
	ID         GrantID
	Who        PrincipalID
	As         RoleSet // empty: no role is asked for
	Right      Right   // either a right …
	Permission PermissionID
	Place      Place
	Until      Day // last day, zero: for ever
	// Source and Delegator are set for a delegated grant: the grant that is
	// passed on, and who passes it on.
	Source    GrantID
	Delegator UserID
}

// PlaceKind says of what kind a place is.
type PlaceKind uint8

// The kinds of places where rights are granted and asked for.
const (
	SystemPlace PlaceKind = iota + 1
	GroupPlace            // a group itself, or the queues that it guards
	QueuePlace
	CustomerPlace
	FieldPlace
	TicketPlace // asked for, never granted on
)

// A Place is where a right is granted: the whole desk, the queues that an
// access group guards, a queue, or one object. ID is zero for the desk.
type Place struct {
	Kind PlaceKind
	ID   int64
}

// OnSystem is the whole desk.
func OnSystem() Place { return Place{Kind: SystemPlace} }

// OnQueue is one queue with its tickets.
func OnQueue(id QueueID) Place { return Place{QueuePlace, int64(id)} }

// OnGroup is one group, and for rights of queues those that it guards.
func OnGroup(id GroupID) Place { return Place{GroupPlace, int64(id)} }

// OnField is one custom field.
func OnField(id FieldID) Place { return Place{FieldPlace, int64(id)} }

// OnCustomer is one customer.
func OnCustomer(id CustomerID) Place { return Place{CustomerPlace, int64(id)} }

// A Watcher is a principal that stands in a role on a queue (or, with Queue
// zero, on the whole desk).
type Watcher struct {
	Queue QueueID
	Role  RoleID
	Who   PrincipalID
}

// A Holder is a principal that stands in a role on a ticket.
type Holder struct {
	Role RoleID
	Who  PrincipalID
}

// TicketFacts is what access depends on of a ticket. The owner stands among
// the holders.
type TicketFacts struct {
	ID       TicketID
	Queue    QueueID
	Reporter UserID // who opened it; zero: nobody that we know
	Sharing  Sharing
	Holders  []Holder
}

// Stands reports whether the principal itself stands in one of the roles.
func (t *TicketFacts) Stands(who PrincipalID, roles RoleSet) bool {
	for _, h := range t.Holders {
		if h.Who == who && roles.Has(h.Role) {
			return true
		}
	}
	return false
}

// Day is a calendar day, counted from 1970-01-01 as 1; zero is no day.
type Day int32

// DayOf returns the day of a moment in its location.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()/86400) + 1
}

// String returns the day as 2006-01-02, or "".
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return time.Unix(int64(d-1)*86400, 0).UTC().Format(time.DateOnly)
}

// ParseDay reads a day as 2006-01-02; the empty text is no day.
func ParseDay(text string) (Day, error) {
	if text == "" {
		return 0, nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, Errorf(Invalid, "%q is not a day; write it as 2026-03-31.", text)
	}
	return DayOf(t), nil
}

// InForce reports whether something with a first and last day counts today.
func InForce(from, until, today Day) bool {
	return (from == 0 || from <= today) && (until == 0 || today <= until)
}

// ChangeKind says what an access change was about.
type ChangeKind uint8

// The kinds of access changes.
const (
	ChangeAll        ChangeKind = iota // anything: read the whole world again
	ChangeMembership                   // Group and Member are set
	ChangeUser                         // User is set
	ChangeGroup                        // Group is set: enabled or disabled
	ChangeGrant                        // Grant is set: made or revoked, and not delegated
)

// An AccessChange is what was changed when the access version was raised, so
// that others need not read the whole world again.
type AccessChange struct {
	Version int64
	Kind    ChangeKind
	Group   PrincipalID
	Member  PrincipalID
	User    UserID
	Grant   GrantID
}
