// Package access decides who may do what at the desk.
//
// An Engine is built from everything that has been granted (a desk.World) and
// answers from memory: Can, Rights, Scope, Explain, WhoCan, Fillers. It is
// immutable and safe for any number of readers; when a membership changes,
// With makes the next engine from the last one, sharing all that stayed.
//
// It promises to answer exactly as access/oracle does, which is the definition
// of docs/access.md in code. It does no I/O, reads no clock and knows tickets
// only by what it is handed (desk.TicketFacts).
package access

import "gatehouse/desk"

// An Object is what a right is asked for on: the desk, a queue, a group, a
// customer, a custom field, or a ticket.
type Object struct {
	Place  desk.Place
	Ticket *desk.TicketFacts // set for a ticket, and only then
}

// System is the desk as a whole.
func System() Object { return Object{Place: desk.OnSystem()} }

// Queue is a queue itself, not one of its tickets.
func Queue(id desk.QueueID) Object { return Object{Place: desk.OnQueue(id)} }

// Group is a group itself.
func Group(id desk.GroupID) Object { return Object{Place: desk.OnGroup(id)} }

// Customer is a customer itself.
func Customer(id desk.CustomerID) Object { return Object{Place: desk.OnCustomer(id)} }

// Field is a custom field itself, on whatever its values are.
func Field(id desk.FieldID) Object { return Object{Place: desk.OnField(id)} }

// Ticket is a ticket with its people.
func Ticket(t *desk.TicketFacts) Object {
	return Object{Place: desk.Place{Kind: desk.TicketPlace, ID: int64(t.ID)}, Ticket: t}
}

// A Proof says why somebody may do something, or what comes nearest.
//
// For a yes, Grant with the path by which it reaches him, and where a role is
// asked for the role, what stands in it, and the path to that. For a no, the
// same as far as it goes, and Missing says what is not there.
type Proof struct {
	Yes     bool
	Grant   desk.Grant // ID zero: no grant comes near, or the switch GroupSupport stands for one
	Path    []Step     // from the user to the grantee
	Role    desk.RoleID
	Holder  desk.PrincipalID // what stands in the role
	At      RolePlace        // where it stands there
	Through []Step           // from the user to the holder
	Future  bool             // the role is that of the future Requestor
	Missing Miss             // for a no
}

// A Step is one membership of a path: From is a member of To. A path has no
// step where the principal is the user himself.
type Step struct {
	From desk.PrincipalID
	To   desk.PrincipalID
	Part desk.Part // where To is a customer
}

// RolePlace says where somebody stands in a role.
type RolePlace uint8

// Where somebody can stand in a role.
const (
	OnTicket RolePlace = iota + 1
	OnQueue
	OnSystem
)

// Miss says what is missing for a yes, nearest miss first.
type Miss uint8

// What can be missing.
const (
	MissNothing  Miss = iota
	MissPart          // he fills the role, but his part at the customer is not enough
	MissSharing       // everything is there, but the ticket is not shared with him
	MissDisabled      // it would reach him but for something disabled: Path or Through leads up to it, or it is the grant's access group
	MissRole          // a grant reaches him, but he fills none of its roles here
	MissPath          // a grant covers this, but does not reach him
	MissGrant         // nothing that covers this grants the right
	MissUser          // the user is disabled or unknown
	MissRight         // there is no such right
)

// A Holding is somebody who may do what was asked, with the proof.
type Holding struct {
	User  desk.UserID
	Proof Proof
}

// A Filling is somebody who fills a role on a ticket, through what.
type Filling struct {
	User    desk.UserID
	Role    desk.RoleID
	Holder  desk.PrincipalID // he himself, a group or a customer
	OnQueue bool             // it stands there on the queue
}
