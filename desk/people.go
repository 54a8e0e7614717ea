package desk

import "time"

// UserKind says on which side of the desk a user is.
type UserKind uint8

// The kinds of users.
const (
	Agent   UserKind = iota + 1 // works at the desk (RT: privileged)
	Contact                     // on the customers' side (OTOBO: customer user)
)

// String returns the name of the kind.
func (k UserKind) String() string {
	switch k {
	case Agent:
		return "agent"
	case Contact:
		return "contact"
	}
	return "no kind"
}

// ParseUserKind returns the kind of that name.
func ParseUserKind(name string) (UserKind, bool) {
	switch name {
	case "agent":
		return Agent, true
	case "contact":
		return Contact, true
	}
	return 0, false
}

// A User is one person or program, whichever of his addresses he writes from.
type User struct {
	ID        UserID
	Login     string
	Name      string // as people call him; may be empty
	Kind      UserKind
	Disabled  bool
	Addresses []string // canonical, the primary one first; may be empty
	Language  string   // "en", "de"; empty: the desk's
	Zone      string   // IANA time zone; empty: the desk's
	// OnlyPrimary makes him bring only his primary customer to new tickets.
	OnlyPrimary bool
	Created     time.Time
}

// Address returns the primary address, or "".
func (u *User) Address() string {
	if len(u.Addresses) == 0 {
		return ""
	}
	return u.Addresses[0]
}

// Called returns the name that people see: name, or login.
func (u *User) Called() string {
	if u.Name != "" {
		return u.Name
	}
	return u.Login
}

// A Group holds users and groups. Customers have a type of their own.
type Group struct {
	ID          GroupID
	Name        string
	Description string
	Disabled    bool
	Personal    UserID // whose personal group it is; zero: user-defined
}

// Presence says how a customer takes part in a ticket when one of its
// contacts enters a role.
type Presence uint8

// The kinds of presence.
const (
	PresenceDefault Presence = iota // as the queue, or the whole desk, has it
	PresenceReplace                 // the customer stands in the role instead of the contact
	PresenceAdd                     // the customer stands beside the contact
	PresenceOff                     // only the ticket's Customer is set
)

var presenceNames = [...]string{"", "replace", "add", "off"}

// String returns the name: replace, add, off, or "" for the default.
func (p Presence) String() string {
	if int(p) >= len(presenceNames) {
		return "unknown"
	}
	return presenceNames[p]
}

// ParsePresence returns the presence of that name; "" is the default.
func ParsePresence(name string) (Presence, bool) {
	for i, n := range presenceNames {
		if n == name {
			return Presence(i), true
		}
	}
	return 0, false
}

// Presences says how a customer takes part, per role in which a contact can
// enter: Requestor, Cc and AdminCc.
type Presences struct {
	Requestor, Cc, AdminCc Presence
}

// In returns the presence in a role; roles that customers never enter are off.
func (p Presences) In(role RoleID) Presence {
	switch role {
	case Requestor:
		return p.Requestor
	case Cc:
		return p.Cc
	case AdminCc:
		return p.AdminCc
	}
	return PresenceOff
}

// PresenceIn returns how a customer takes part in a role: what the customer
// says, else what the queue says, else what the desk says, else off.
func PresenceIn(role RoleID, customer, queue, system Presences) Presence {
	for _, p := range []Presences{customer, queue, system} {
		if in := p.In(role); in != PresenceDefault {
			return in
		}
	}
	return PresenceOff
}

// A Customer is a company: a group of contacts with a key, a name and settings.
type Customer struct {
	ID       CustomerID
	Key      string // unique without regard to case (OTOBO: CustomerID)
	Name     string
	Disabled bool
	Comment  string
	Street   string
	City     string
	Country  string
	Domains  []string // lower case, without @
	AutoJoin bool     // unknown senders of these domains become its contacts
	// AskFirst makes those who would join by their domain wait until somebody
	// who chooses the customer's people lets them in.
	AskFirst bool
	// OwnOnly gives every contact the part contact there, whatever is set.
	OwnOnly   bool
	Presences Presences
	// Sharing is the sharing of its new tickets; nil: as the queue has it.
	Sharing  *Sharing
	AlwaysCc []PrincipalID // put in Cc of its new tickets
}

// A PendingMember waits to become a contact of a customer.
type PendingMember struct {
	Customer CustomerID
	User     UserID
	Domain   string // the mail domain by which he would join
	Since    time.Time
}

// A Queue is where tickets lie.
type Queue struct {
	ID          QueueID
	Name        string
	Description string
	Disabled    bool
	AccessGroup GroupID // the group that guards it; zero: none
	// Address is where customers write to and where replies come from;
	// CommentAddress is where agents send comments. Canonical; may be empty.
	Address        string
	CommentAddress string
	Presences      Presences
	Sharing        *Sharing // of new tickets; nil: shared
	// Customer is the customer that every new ticket is for; zero: the reporter's.
	Customer CustomerID
}
