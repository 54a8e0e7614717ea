package query

import (
	"slices"
	"strings"

	"gatehouse/desk"
)

// A Kind says what sort of thing a field is, and so how it can be compared.
type Kind uint8

// The kinds of fields.
const (
	StatusKind   Kind = iota + 1
	QueueKind         // by name or number
	NumberKind        // whole numbers
	MinutesKind       // a length of time, in minutes
	TimeKind          // a moment
	TextKind          // one line
	ContentKind       // the words of messages
	UserKind          // one user
	WatcherKind       // who stands in roles
	GroupKind         // groups whose members stand in roles
	CustomerKind      // the customers for whom a ticket is
	LinkKind          // other tickets
	TypeKind          // what RT calls a type: every ticket has "ticket"
	CustomKind        // a custom field
)

// A Column is a fact of the ticket itself.
type Column string

// The columns.
const (
	ID              Column = "id"
	Queue           Column = "queue"
	Status          Column = "status"
	Subject         Column = "subject"
	Reporter        Column = "reporter"
	Owner           Column = "owner"
	Priority        Column = "priority"
	InitialPriority Column = "initial_priority"
	FinalPriority   Column = "final_priority"
	TimeWorked      Column = "time_worked"
	TimeLeft        Column = "time_left"
	TimeEstimated   Column = "time_estimated"
	Created         Column = "created"
	Updated         Column = "updated"
	Heard           Column = "heard"
	UpdatedBy       Column = "updated_by"
	HeardBy         Column = "heard_by"
	Told            Column = "told"
	Asked           Column = "asked"
	StartsAt        Column = "starts"
	Started         Column = "started"
	Due             Column = "due"
	Resolved        Column = "resolved"
	FirstReply      Column = "first_reply"
	LastAsked       Column = "last_asked"
	ClockDue        Column = "clock_due"
)

// A Direction says which end of a link the ticket is.
type Direction uint8

// The directions.
const (
	Either  Direction = iota
	Outward           // the link leads from the ticket to others
	Inward            // the link leads from others to the ticket
)

// A Field is what can be asked of a ticket.
type Field struct {
	Name   string
	Kind   Kind
	Column Column
	Role   desk.RoleID // of watchers and groups; zero: any
	// OnQueue: not who stands on the ticket, but on its queue.
	OnQueue bool
	Link    string // the type of link; empty: any
	Dir     Direction
	Also    []string // other names of it
}

// The types of links, as RT calls them.
const (
	DependsOn = "depends_on"
	RefersTo  = "refers_to"
	MemberOf  = "member_of"
)

// Fields lists the fields of every desk, in the order in which people are shown
// them. Custom fields are CF.{Name}, roles of the desk's own CustomRole.{Name}.
func Fields() []Field {
	return slices.Concat([]Field{
		{Name: "id", Kind: NumberKind, Column: ID, Also: []string{"EffectiveId", "Ticket"}},
		{Name: "Subject", Kind: TextKind, Column: Subject},
		{Name: "Content", Kind: ContentKind},
		{Name: "Queue", Kind: QueueKind, Column: Queue},
		{Name: "Status", Kind: StatusKind, Column: Status},
		{Name: "Priority", Kind: NumberKind, Column: Priority},
		{Name: "InitialPriority", Kind: NumberKind, Column: InitialPriority},
		{Name: "FinalPriority", Kind: NumberKind, Column: FinalPriority},
		{Name: "Owner", Kind: WatcherKind, Role: desk.Owner},
		{Name: "Creator", Kind: UserKind, Column: Reporter, Also: []string{"Reporter"}},
		{Name: "LastUpdatedBy", Kind: UserKind, Column: UpdatedBy},
	}, watchers(), times(), links(), []Field{
		{Name: "TimeWorked", Kind: MinutesKind, Column: TimeWorked},
		{Name: "TimeLeft", Kind: MinutesKind, Column: TimeLeft},
		{Name: "TimeEstimated", Kind: MinutesKind, Column: TimeEstimated},
		{Name: "Type", Kind: TypeKind},
	})
}

func watchers() []Field {
	return []Field{
		{Name: "Requestor", Kind: WatcherKind, Role: desk.Requestor, Also: []string{"Requestors"}},
		{Name: "Cc", Kind: WatcherKind, Role: desk.Cc},
		{Name: "AdminCc", Kind: WatcherKind, Role: desk.AdminCc},
		{Name: "Watcher", Kind: WatcherKind, Also: []string{"Watchers"}},
		{Name: "Customer", Kind: CustomerKind, Role: desk.CustomerRole},
		{Name: "OwnerGroup", Kind: GroupKind, Role: desk.Owner},
		{Name: "RequestorGroup", Kind: GroupKind, Role: desk.Requestor},
		{Name: "CCGroup", Kind: GroupKind, Role: desk.Cc},
		{Name: "AdminCCGroup", Kind: GroupKind, Role: desk.AdminCc},
		{Name: "WatcherGroup", Kind: GroupKind},
		{Name: "QueueCc", Kind: WatcherKind, Role: desk.Cc, OnQueue: true},
		{Name: "QueueAdminCc", Kind: WatcherKind, Role: desk.AdminCc, OnQueue: true},
		{Name: "QueueWatcher", Kind: WatcherKind, OnQueue: true},
	}
}

func times() []Field {
	return []Field{
		{Name: "Created", Kind: TimeKind, Column: Created},
		{Name: "LastUpdated", Kind: TimeKind, Column: Updated},
		{Name: "Told", Kind: TimeKind, Column: Told, Also: []string{"LastContact"}},
		{Name: "Waiting", Kind: TimeKind, Column: Asked, Also: []string{"WaitingSince"}},
		{Name: "Starts", Kind: TimeKind, Column: StartsAt},
		{Name: "Started", Kind: TimeKind, Column: Started},
		{Name: "Due", Kind: TimeKind, Column: Due},
		{Name: "Resolved", Kind: TimeKind, Column: Resolved},
		{Name: "FirstAnswered", Kind: TimeKind, Column: FirstReply},
		{Name: "CustomerWrote", Kind: TimeKind, Column: LastAsked},
		{Name: "ClockDue", Kind: TimeKind, Column: ClockDue},
	}
}

func links() []Field {
	return []Field{
		{Name: "DependsOn", Kind: LinkKind, Link: DependsOn, Dir: Outward},
		{Name: "DependedOnBy", Kind: LinkKind, Link: DependsOn, Dir: Inward, Also: []string{"DependentOn"}},
		{Name: "RefersTo", Kind: LinkKind, Link: RefersTo, Dir: Outward},
		{Name: "ReferredToBy", Kind: LinkKind, Link: RefersTo, Dir: Inward},
		{Name: "MemberOf", Kind: LinkKind, Link: MemberOf, Dir: Outward},
		{Name: "HasMember", Kind: LinkKind, Link: MemberOf, Dir: Inward},
		{Name: "LinkedTo", Kind: LinkKind, Dir: Outward},
		{Name: "LinkedFrom", Kind: LinkKind, Dir: Inward},
		{Name: "Linked", Kind: LinkKind},
	}
}

// subs are what of a field of the kind can be compared, in lower case.
func (k Kind) subs() []string {
	switch k {
	case WatcherKind, UserKind:
		return []string{"emailaddress", "name", "realname", "id"}
	case CustomerKind:
		return []string{"key", "name", "id"}
	}
	return nil
}

// hows are the ways in which fields of the kind can be compared.
func (k Kind) hows() []How {
	ordered := []How{Equal, Less, AtMost, More, AtLeast}
	texts := []How{Equal, Like, Starts, Ends, Null}
	switch k {
	case NumberKind, MinutesKind:
		return ordered
	case TimeKind:
		return append(ordered, Null)
	case ContentKind:
		return []How{Like, Equal}
	case GroupKind, TypeKind:
		return []How{Equal}
	case LinkKind:
		return []How{Equal, Null}
	case CustomKind:
		return append(texts, ordered[1:]...)
	}
	return texts
}

// HowNames are the comparisons of a field of the kind, as they are written.
func (k Kind) HowNames() []string {
	var names []string
	for _, how := range k.hows() {
		names = append(names, howNames[how]...)
	}
	return names
}

// howNames are the comparisons as they are written.
var howNames = map[How][]string{
	Equal: {"=", "!=", "IN", "NOT IN"}, Like: {"LIKE", "NOT LIKE"}, Starts: {"STARTSWITH", "NOT STARTSWITH"},
	Ends: {"ENDSWITH", "NOT ENDSWITH"}, Less: {"<"}, AtMost: {"<="}, More: {">"}, AtLeast: {">="}, Null: {"IS NULL", "IS NOT NULL"},
}

// fieldNames are the names of all fields, without their other names.
func fieldNames() []string {
	names := []string{"CF.{…}", "CustomRole.{…}"}
	for _, f := range Fields() {
		names = append(names, f.Name)
	}
	return names
}

// fieldNamed returns the field of that name, without regard to case.
func fieldNamed(name string) (Field, bool) {
	for _, f := range Fields() {
		if strings.EqualFold(f.Name, name) || slices.ContainsFunc(f.Also, func(also string) bool { return strings.EqualFold(also, name) }) {
			return f, true
		}
	}
	return Field{}, false
}
