// Package desk holds the words of the service desk: tickets, messages, queues,
// users, customers, groups, rights, grants, scopes, events and errors, with the
// rules about them that need neither a store nor a clock.
//
// It promises that a value of its types means the same everywhere in the
// program. It does no I/O, keeps no state, reads no clock and imports nothing
// else of the program.
package desk

import "strconv"

// A PrincipalID names whatever can hold a right: a user, a group or a customer.
// Users, groups and customers share one row of numbers, which are never used
// again; a UserID, GroupID or CustomerID is the PrincipalID of the same number.
type PrincipalID int64

// A UserID names a user.
type UserID int64

// A GroupID names a group, a customer's included.
type GroupID int64

// A CustomerID names a customer.
type CustomerID int64

// A QueueID names a queue.
type QueueID int64

// A TicketID names a ticket; it is the number that people see.
type TicketID int64

// A MessageID numbers a message (a reply or a comment) of a ticket. It is not
// the Message-ID of a letter.
type MessageID int64

// The principals that every desk has. Their membership follows from the thing
// and is never stored.
const (
	Everyone  PrincipalID = 1 // every user
	Agents    PrincipalID = 2 // every agent (RT: Privileged)
	Contacts  PrincipalID = 3 // every contact (RT: Unprivileged)
	Customers PrincipalID = 4 // every customer
	// FirstPrincipal is the lowest number that a made principal can have.
	FirstPrincipal PrincipalID = 101
)

// SystemGroups lists the principals that every desk has, by name.
func SystemGroups() map[PrincipalID]string {
	return map[PrincipalID]string{
		Everyone: "Everyone", Agents: "Agents", Contacts: "Contacts", Customers: "Customers",
	}
}

// A Way says by which door somebody came in. It stands in the audit log.
type Way string

// The ways in.
const (
	ViaWeb  Way = "web"
	ViaAPI  Way = "api"
	ViaMail Way = "mail"
	ViaCLI  Way = "cli"
	ViaJob  Way = "job"
	ViaRule Way = "rule"
)

// An Actor is who asks for something and by which door. The zero Actor is
// nobody and may do nothing.
type Actor struct {
	User   UserID
	Via    Way
	Limits *Limits // of the token by which he came; nil: none
	Token  string  // digest of that token; empty: he came by none
	system bool
	cause  Cause
}

// A Cause is the rule for which the system acts, and the rules that led to it.
type Cause struct {
	Rule  RuleID
	Name  string
	Chain string // numbers of rules, the first first, this one last, with commas
}

// ByRule returns the system acting for a rule.
func ByRule(c Cause) Actor { return Actor{Via: ViaRule, system: true, cause: c} }

// Cause returns the rule for which the system acts; zero: for none.
func (a Actor) Cause() Cause { return a.cause }

// System returns the actor that holds every right, is nobody's member and has
// no address: the command line of the operator, jobs and imports.
func System(via Way) Actor { return Actor{Via: via, system: true} }

// IsSystem reports whether the actor is the system itself.
func (a Actor) IsSystem() bool { return a.system }

// IsNobody reports whether the actor is neither a user nor the system.
func (a Actor) IsNobody() bool { return !a.system && a.User == 0 }

// String shows the ticket's number as people write it: #42.
func (id TicketID) String() string { return "#" + strconv.FormatInt(int64(id), 10) }
