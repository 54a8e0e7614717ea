package desk

import (
	"math/bits"
	"slices"
	"strings"
)

// A Right is one thing that one may be allowed to do. Zero is no right, which
// nobody holds.
type Right uint8

// The rights. Those of queues and tickets come first: the engine keeps them in
// one word per queue. A new right is one entry here and one in rightTable.
const (
	SeeQueue Right = iota + 1
	CreateTicket
	ShowTicket
	ShowTicketComments
	ShowOutgoingEmail
	ReplyToTicket
	CommentOnTicket
	ForwardMessage
	OwnTicket
	TakeTicket
	StealTicket
	ReassignTicket
	SetPriority
	MoveIntoQueue
	ModifyTicket
	DeleteTicket
	Watch
	WatchAsAdminCc
	ModifyQueueWatchers
	SetCustomer
	AdminQueue
	ShowACL
	ModifyACL
	ShowTemplate
	ModifyTemplate
	ShowScrips
	ModifyScrips
	AssignCustomFields
	SeeCustomField
	ModifyCustomField
	SetInitialCustomField
	AdminCustomField
	SeeGroup
	AdminGroup
	AdminGroupMembership
	ModifyOwnMembership
	DelegateRights
	SeeCustomer
	ModifyCustomer
	AdminCustomer
	ShowSavedSearches
	EditSavedSearches
	SeeDashboard
	ModifyDashboard
	SubscribeDashboard
	SuperUser
	AdminUsers
	AdminCustomers
	AdminRoles
	AdminSettings
	ShowConfigTab
	AdminMail
	AdminAllPersonalGroups
	AdminOwnPersonalGroups
	ModifySelf
	ManageAuthTokens
	ShowAudit
	lastRight
)

// A RightClass says of what kind of thing a right is.
type RightClass uint8

// The classes of rights: see the table of docs/access.md.
const (
	TicketRight   RightClass = iota + 1 // of a queue and its tickets
	QueueRight                          // of a queue
	FieldRight                          // of a custom field
	GroupRight                          // of a group
	CustomerRight                       // of a customer
	ViewRight                           // of saved searches and dashboards
	SystemRight                         // of the desk as a whole
)

// RightInfo describes a right.
type RightInfo struct {
	Right   Right
	Name    string
	Class   RightClass
	Meaning string
}

var rightTable = [lastRight]RightInfo{
	SeeQueue:               {SeeQueue, "SeeQueue", TicketRight, "see that the queue is there, with its name"},
	CreateTicket:           {CreateTicket, "CreateTicket", TicketRight, "open tickets in the queue"},
	ShowTicket:             {ShowTicket, "ShowTicket", TicketRight, "see tickets and their replies, in lists and searches too"},
	ShowTicketComments:     {ShowTicketComments, "ShowTicketComments", TicketRight, "read internal comments"},
	ShowOutgoingEmail:      {ShowOutgoingEmail, "ShowOutgoingEmail", TicketRight, "see which letters the desk sent, and to whom"},
	ReplyToTicket:          {ReplyToTicket, "ReplyToTicket", TicketRight, "write replies, which customers see"},
	CommentOnTicket:        {CommentOnTicket, "CommentOnTicket", TicketRight, "write internal comments"},
	ForwardMessage:         {ForwardMessage, "ForwardMessage", TicketRight, "send a message on to somebody outside of the ticket"},
	OwnTicket:              {OwnTicket, "OwnTicket", TicketRight, "be the owner of tickets"},
	TakeTicket:             {TakeTicket, "TakeTicket", TicketRight, "take a ticket that nobody owns"},
	StealTicket:            {StealTicket, "StealTicket", TicketRight, "take a ticket that somebody else owns"},
	ReassignTicket:         {ReassignTicket, "ReassignTicket", TicketRight, "give any ticket to any fit owner"},
	SetPriority:            {SetPriority, "SetPriority", TicketRight, "set the priority of tickets"},
	MoveIntoQueue:          {MoveIntoQueue, "MoveIntoQueue", TicketRight, "move tickets into the queue"},
	ModifyTicket:           {ModifyTicket, "ModifyTicket", TicketRight, "change tickets: subject, status, people, customer, priority, links"},
	DeleteTicket:           {DeleteTicket, "DeleteTicket", TicketRight, "set tickets to deleted"},
	Watch:                  {Watch, "Watch", TicketRight, "put oneself on tickets or the queue as Requestor or Cc"},
	WatchAsAdminCc:         {WatchAsAdminCc, "WatchAsAdminCc", TicketRight, "put oneself on tickets or the queue as AdminCc"},
	ModifyQueueWatchers:    {ModifyQueueWatchers, "ModifyQueueWatchers", TicketRight, "choose the watchers of the queue"},
	SetCustomer:            {SetCustomer, "SetCustomer", TicketRight, "set for which customers a ticket is"},
	AdminQueue:             {AdminQueue, "AdminQueue", QueueRight, "make and change queues"},
	ShowACL:                {ShowACL, "ShowACL", QueueRight, "see who was granted what"},
	ModifyACL:              {ModifyACL, "ModifyACL", QueueRight, "grant and revoke rights"},
	ShowTemplate:           {ShowTemplate, "ShowTemplate", QueueRight, "see templates of letters"},
	ModifyTemplate:         {ModifyTemplate, "ModifyTemplate", QueueRight, "change templates of letters"},
	ShowScrips:             {ShowScrips, "ShowScrips", QueueRight, "see rules"},
	ModifyScrips:           {ModifyScrips, "ModifyScrips", QueueRight, "change rules"},
	AssignCustomFields:     {AssignCustomFields, "AssignCustomFields", QueueRight, "choose which custom fields a queue has"},
	SeeCustomField:         {SeeCustomField, "SeeCustomField", FieldRight, "see the values of custom fields"},
	ModifyCustomField:      {ModifyCustomField, "ModifyCustomField", FieldRight, "set the values of custom fields"},
	SetInitialCustomField:  {SetInitialCustomField, "SetInitialCustomField", FieldRight, "set the values of custom fields when opening a ticket"},
	AdminCustomField:       {AdminCustomField, "AdminCustomField", FieldRight, "make and change custom fields"},
	SeeGroup:               {SeeGroup, "SeeGroup", GroupRight, "see the group and its members"},
	AdminGroup:             {AdminGroup, "AdminGroup", GroupRight, "rename, describe and disable the group, and grant on it"},
	AdminGroupMembership:   {AdminGroupMembership, "AdminGroupMembership", GroupRight, "choose the members of the group"},
	ModifyOwnMembership:    {ModifyOwnMembership, "ModifyOwnMembership", GroupRight, "join and leave the group"},
	DelegateRights:         {DelegateRights, "DelegateRights", GroupRight, "pass on rights that one holds"},
	SeeCustomer:            {SeeCustomer, "SeeCustomer", CustomerRight, "see the customer and its contacts"},
	ModifyCustomer:         {ModifyCustomer, "ModifyCustomer", CustomerRight, "change name, domains and settings of the customer"},
	AdminCustomer:          {AdminCustomer, "AdminCustomer", CustomerRight, "choose the contacts of the customer and their parts"},
	ShowSavedSearches:      {ShowSavedSearches, "ShowSavedSearches", ViewRight, "use saved views"},
	EditSavedSearches:      {EditSavedSearches, "EditSavedSearches", ViewRight, "save views"},
	SeeDashboard:           {SeeDashboard, "SeeDashboard", ViewRight, "see dashboards"},
	ModifyDashboard:        {ModifyDashboard, "ModifyDashboard", ViewRight, "change dashboards"},
	SubscribeDashboard:     {SubscribeDashboard, "SubscribeDashboard", ViewRight, "get dashboards by mail"},
	SuperUser:              {SuperUser, "SuperUser", SystemRight, "do everything"},
	AdminUsers:             {AdminUsers, "AdminUsers", SystemRight, "make, change and disable users"},
	AdminCustomers:         {AdminCustomers, "AdminCustomers", SystemRight, "make, change and disable customers"},
	AdminRoles:             {AdminRoles, "AdminRoles", SystemRight, "make and change roles and system-wide watchers"},
	AdminSettings:          {AdminSettings, "AdminSettings", SystemRight, "change the settings of the desk"},
	ShowConfigTab:          {ShowConfigTab, "ShowConfigTab", SystemRight, "see the administration pages"},
	AdminMail:              {AdminMail, "AdminMail", SystemRight, "see outbox and spool, and try letters again"},
	AdminAllPersonalGroups: {AdminAllPersonalGroups, "AdminAllPersonalGroups", SystemRight, "change everybody's personal groups"},
	AdminOwnPersonalGroups: {AdminOwnPersonalGroups, "AdminOwnPersonalGroups", SystemRight, "make and change one's own personal groups"},
	ModifySelf:             {ModifySelf, "ModifySelf", SystemRight, "change one's own name, language and password"},
	ManageAuthTokens:       {ManageAuthTokens, "ManageAuthTokens", SystemRight, "make tokens for the API"},
	ShowAudit:              {ShowAudit, "ShowAudit", SystemRight, "read the audit log"},
}

// AllRights lists every right in the order of the table.
func AllRights() []RightInfo { return slices.Clone(rightTable[1:]) }

// Known reports whether there is such a right.
func (r Right) Known() bool { return r > 0 && r < lastRight }

// String returns the right's name, or "no right".
func (r Right) String() string {
	if !r.Known() {
		return "no right"
	}
	return rightTable[r].Name
}

// Class returns of what kind of thing the right is.
func (r Right) Class() RightClass {
	if !r.Known() {
		return 0
	}
	return rightTable[r].Class
}

// Meaning says in words what the right allows.
func (r Right) Meaning() string {
	if !r.Known() {
		return ""
	}
	return rightTable[r].Meaning
}

// ParseRight returns the right of that name, without regard to case.
func ParseRight(name string) (Right, bool) {
	for _, info := range rightTable[1:] {
		if strings.EqualFold(info.Name, name) {
			return info.Right, true
		}
	}
	return 0, false
}

// GrantableOn reports whether the right may be granted on a place of that
// kind. Every right of a narrower scope may be granted on a wider one. On a
// group, rights of tickets and queues cover the queues that it guards.
func (r Right) GrantableOn(kind PlaceKind) bool {
	if !r.Known() {
		return false
	}
	switch kind {
	case SystemPlace:
		return true
	case QueuePlace:
		return r.OfQueues()
	case GroupPlace:
		return r.OfQueues() || r.Class() == GroupRight || r.Class() == ViewRight
	case CustomerPlace:
		return r.Class() == CustomerRight || r.Class() == GroupRight
	case FieldPlace:
		return r.Class() == FieldRight
	}
	return false
}

// OfQueues reports whether queues carry the right: those of tickets, queues
// and custom fields.
func (r Right) OfQueues() bool {
	c := r.Class()
	return c == TicketRight || c == QueueRight || c == FieldRight
}

// A RightSet is a set of rights.
type RightSet uint64

// RightsOf returns the set of the given rights.
func RightsOf(rights ...Right) RightSet {
	var s RightSet
	for _, r := range rights {
		s |= 1 << r
	}
	return s
}

// Has reports whether the set holds the right.
func (s RightSet) Has(r Right) bool { return s>>r&1 != 0 && r != 0 }

// Contains reports whether the set holds every right of the other.
func (s RightSet) Contains(other RightSet) bool { return other&^s == 0 }

// List returns the rights of the set in the order of the table.
func (s RightSet) List() []Right {
	list := make([]Right, 0, bits.OnesCount64(uint64(s)))
	for ; s != 0; s &= s - 1 {
		list = append(list, Right(bits.TrailingZeros64(uint64(s))))
	}
	return list
}

// Names returns the names of the set's rights, sorted.
func (s RightSet) Names() []string {
	names := make([]string, 0, 8)
	for _, r := range s.List() {
		names = append(names, r.String())
	}
	slices.Sort(names)
	return names
}

// EveryRight is the set of all rights, which SuperUser implies.
func EveryRight() RightSet { return 1<<lastRight - 2 }

// ReadingRights are the rights that a contact with the part reader keeps where
// he fills a role through his customer.
const ReadingRights = RightSet(1<<SeeQueue | 1<<ShowTicket | 1<<ShowTicketComments |
	1<<ShowOutgoingEmail | 1<<SeeCustomField)

// QueueRights is the set of the rights that queues carry.
func QueueRights() RightSet {
	var s RightSet
	for _, info := range rightTable[1:] {
		if info.Right.OfQueues() {
			s |= 1 << info.Right
		}
	}
	return s
}

// TicketRights is the set of the rights that one can hold on a ticket.
func TicketRights() RightSet {
	var s RightSet
	for _, info := range rightTable[1:] {
		if info.Class == TicketRight || info.Class == FieldRight {
			s |= 1 << info.Right
		}
	}
	return s
}

// WorkRights is the set of the rights of somebody who works on tickets and
// administers nothing.
func WorkRights() RightSet {
	return TicketRights()&^RightsOf(ModifyQueueWatchers, AdminCustomField) |
		RightsOf(SeeGroup, SeeCustomer, ShowSavedSearches, SeeDashboard, SubscribeDashboard)
}
