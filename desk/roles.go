package desk

import "math/bits"

// A RoleID names a role: the five that every desk has, and those that an
// administrator adds. Numbers go from 1 to 63 and are never used again.
type RoleID uint8

// The roles that every desk has.
const (
	Requestor    RoleID = 1
	Cc           RoleID = 2
	AdminCc      RoleID = 3
	Owner        RoleID = 4
	CustomerRole RoleID = 5
	// FirstOwnRole is the lowest number of a role of the desk's own.
	FirstOwnRole RoleID = 8
	// LastRole is the highest number that a role can have.
	LastRole RoleID = 63
)

// BuiltinRoles is the set of the roles that every desk has.
const BuiltinRoles = RoleSet(1<<Requestor | 1<<Cc | 1<<AdminCc | 1<<Owner | 1<<CustomerRole)

// A Role is a part that somebody can play on a ticket, a queue or the whole
// desk. Roles of the desk's own apply to the queues named, or to all when
// none is named; the built-in ones to all, always.
type Role struct {
	ID       RoleID
	Name     string
	Single   bool // at most one user
	Disabled bool
	Queues   []QueueID // empty: none for an own role, unless Everywhere
	// Everywhere makes an own role apply to every queue.
	Everywhere bool
}

// A RoleSet is a set of roles.
type RoleSet uint64

// RolesOf returns the set of the given roles.
func RolesOf(roles ...RoleID) RoleSet {
	var s RoleSet
	for _, r := range roles {
		s |= 1 << r
	}
	return s
}

// Has reports whether the set holds the role.
func (s RoleSet) Has(r RoleID) bool { return s>>r&1 != 0 }

// List returns the roles of the set by number.
func (s RoleSet) List() []RoleID {
	list := make([]RoleID, 0, bits.OnesCount64(uint64(s)))
	for ; s != 0; s &= s - 1 {
		list = append(list, RoleID(bits.TrailingZeros64(uint64(s))))
	}
	return list
}

// Builtin reports whether every desk has the role.
func (r RoleID) Builtin() bool { return BuiltinRoles.Has(r) }

// BuiltinName returns the name of a built-in role, or "".
func (r RoleID) BuiltinName() string {
	switch r {
	case Requestor:
		return "Requestor"
	case Cc:
		return "Cc"
	case AdminCc:
		return "AdminCc"
	case Owner:
		return "Owner"
	case CustomerRole:
		return "Customer"
	}
	return ""
}
