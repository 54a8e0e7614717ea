package desk

import "time"

// Status is where a ticket stands in its life.
type Status string

// The statuses of the life cycle that ships. They are of the same kind in each
// one that has them.
const (
	StatusNew      Status = "new"
	StatusOpen     Status = "open"
	StatusStalled  Status = "stalled"
	StatusResolved Status = "resolved"
	StatusRejected Status = "rejected"
	StatusDeleted  Status = "deleted"
)

// Statuses lists the statuses of the life cycle that ships, in its order.
func Statuses() []Status {
	return []Status{StatusNew, StatusOpen, StatusStalled, StatusResolved, StatusRejected, StatusDeleted}
}

// Active reports whether work is still to be done on a ticket of such a status
// that ships; of others Ticket.Active and LifeBook.Kind know.
func (s Status) Active() bool {
	return s == StatusNew || s == StatusOpen || s == StatusStalled
}

// Known reports whether the status is one that ships.
func (s Status) Known() bool {
	return s.Active() || s == StatusResolved || s == StatusRejected || s == StatusDeleted
}

// A Ticket is one matter that somebody brought to the desk.
//
// For whom it is stands in its Customer role, which is set when the ticket is
// opened and does not change when the reporter later changes companies.
type Ticket struct {
	ID      TicketID
	Queue   QueueID
	Subject string
	Status  Status
	// Live: its status is one of a life cycle of the desk's own in which work is
	// still to be done. Active answers for any status.
	Live     bool
	Priority int
	// InitialPriority is the one that it was opened with, FinalPriority the one
	// that it is to have when it is due.
	InitialPriority, FinalPriority int

	Sharing  Sharing
	Reporter UserID // who opened it; zero: the system
	Owner    UserID // zero: nobody yet; he stands among the holders too
	Created  time.Time
	Updated  time.Time
	Told     time.Time // when the customer was last written to; zero: never
	Asked    time.Time // since when the customer has waited for an answer; zero: he does not
	Resolved time.Time // zero: not resolved
	Starts   time.Time // when work on it is to begin; zero: not set
	Started  time.Time // when it was first opened by somebody at the desk; zero: not yet
	Due      time.Time // when it is to be done; zero: not set
	// FirstReply is when the desk first answered the customer; zero: not yet.
	FirstReply time.Time
	LastAsked  time.Time // when the customer last wrote; zero: never
	// ClockDue is when the most urgent clock is due; zero: none runs. It is
	// reckoned from the ticket's events and only read.
	ClockDue time.Time
	// Minutes of work: done, still to do, and thought of at first.
	TimeWorked, TimeLeft, TimeEstimated int

	// Heard is when something last happened that everybody on it can see: the
	// opening, a reply, another status. Comments move Updated but not this.
	Heard time.Time
	// UpdatedBy is who moved Updated last, HeardBy who moved Heard; zero: the
	// system.
	UpdatedBy, HeardBy UserID
	// MergedInto is the ticket that took this one in; zero: not merged.
	MergedInto TicketID
	// Version counts changes; a form that was made for an older one is stale.
	Version int64
	// Holders are the people, groups and customers in the ticket's roles.
	Holders []Holder
}

// Touched records that somebody changed the ticket at a moment.
func (t *Ticket) Touched(by UserID, at time.Time) { t.Updated, t.UpdatedBy = at, by }

// HeardOf records that somebody did at a moment what everybody on the ticket can
// see.
func (t *Ticket) HeardOf(by UserID, at time.Time) {
	t.Touched(by, at)
	t.Heard, t.HeardBy = at, by
}

// Facts returns what access depends on of the ticket.
func (t *Ticket) Facts() *TicketFacts {
	return &TicketFacts{ID: t.ID, Queue: t.Queue, Reporter: t.Reporter, Sharing: t.Sharing, Holders: t.Holders}
}

// In returns the principals that stand in the role on the ticket.
func (t *Ticket) In(role RoleID) []PrincipalID {
	var list []PrincipalID
	for _, h := range t.Holders {
		if h.Role == role {
			list = append(list, h.Who)
		}
	}
	return list
}

// Findable reports whether lists and searches show the ticket: neither deleted
// nor merged into another one.
func (t *Ticket) Findable() bool { return t.Status != StatusDeleted && t.MergedInto == 0 }

// Active reports whether work on the ticket is still to be done.
func (t *Ticket) Active() bool {
	if t.Status.Known() {
		return t.Status.Active()
	}
	return t.Live
}

// Answered records a reply at a moment, with what the life cycle makes of the
// ticket's status then. One by an agent counts as telling the customer.
func (t *Ticket) Answered(byAgent bool, at time.Time, c *LifeCycle) {
	t.Heard = at
	var to Status
	state := c.State(t.Status)
	if byAgent {
		t.Told, t.Asked = at, time.Time{}
		if t.FirstReply.IsZero() {
			t.FirstReply = at
		}
	} else {
		t.AskedBy(at)
	}
	if state != nil && byAgent {
		to = state.Answered
	} else if state != nil {
		to = state.Asked
	}
	if to != "" {
		c.Enter(t, to, at)
	}
}

// AskedBy records that the customer wrote: from then on he waits for an answer,
// if he did not before.
func (t *Ticket) AskedBy(at time.Time) {
	t.LastAsked = at
	if t.Asked.IsZero() {
		t.Asked = at
	}
}

// Waited is how long ago the customer last wrote; zero where he never did.
func (t *Ticket) Waited(now time.Time) time.Duration {
	if t.LastAsked.IsZero() {
		return 0
	}
	return now.Sub(t.LastAsked)
}

// MessageKind says for whom a message is.
type MessageKind uint8

// The kinds of messages.
const (
	Reply   MessageKind = iota + 1 // for everybody on the ticket
	Comment                        // internal: only for those with ShowTicketComments
)

// String returns the name of the kind.
func (k MessageKind) String() string {
	if k == Comment {
		return "comment"
	}
	return "reply"
}

// A Message is what somebody wrote on a ticket. The first one opened it.
type Message struct {
	ID      MessageID
	Ticket  TicketID
	Kind    MessageKind
	Author  UserID // zero: the system
	At      time.Time
	Subject string
	Text    string
	HTML    string // as it came in a letter, never shown without cleaning
	// LetterID is the Message-ID of the letter that it came in or goes out by,
	// without brackets.
	LetterID string
	// Spool is the letter that it came in; zero: it did not come by mail.
	Spool       SpoolID
	Via         Way
	Attachments []Attachment
}

// An AttachmentID numbers an attachment.
type AttachmentID int64

// An Attachment is a file that belongs to a message. Data is only filled where
// a single attachment is asked for.
type Attachment struct {
	ID        AttachmentID
	Message   MessageID
	Ticket    TicketID
	Name      string
	Type      string // MIME type as sent; never trusted when served
	ContentID string
	Inline    bool
	Size      int64
	Data      []byte
}

// An EventKind says what happened to a ticket.
type EventKind string

// The kinds of events. Their Event.Data is described beside each.
const (
	EventCreated   EventKind = "created"   // what: subject
	EventMessage   EventKind = "message"   // Message is set
	EventStatus    EventKind = "status"    // from, to
	EventOwner     EventKind = "owner"     // from, to: user ids, 0 nobody
	EventWatcher   EventKind = "watcher"   // role, who: ids; change: added or removed; why
	EventQueue     EventKind = "queue"     // from, to: queue ids
	EventSharing   EventKind = "sharing"   // from, to
	EventSubject   EventKind = "subject"   // from, to
	EventPriority  EventKind = "priority"  // from, to
	EventPlan      EventKind = "plan"      // what: due, starts, time_worked, …; from, to
	EventCustomer  EventKind = "customer"  // who: customer id; change; why
	EventField     EventKind = "field"     // field: its id; before, after: values as texts
	EventMerged    EventKind = "merged"    // into or from: ticket id
	EventLink      EventKind = "link"      // type, target
	EventApproval  EventKind = "approval"  // target: the approval; change: open, granted, refused, withdrawn; who: was asked
	EventSent      EventKind = "sent"      // one outgoing letter per recipient: shown by ShowOutgoingEmail
	EventSquelched EventKind = "squelched" // who; change
	EventRule      EventKind = "rule"      // what: a rule by time had its turn; for: since when
	// Of a clock: which one (first_response, update, resolution), agreement (its
	// name), due (RFC 3339) and target and worked (seconds of working time).
	EventClockWarned  EventKind = "clock.warned"
	EventClockOverdue EventKind = "clock.overdue"
	// These are written where a rule waits for them, with the same.
	EventClockMet     EventKind = "clock.met"
	EventClockPaused  EventKind = "clock.paused"
	EventClockResumed EventKind = "clock.resumed"
	EventRated        EventKind = "rated"   // mark: content, partly or not
	EventBounced      EventKind = "bounced" // to; change: returned or paused; reason: shown by ShowOutgoingEmail
)

// An EventID numbers an event; later events have higher numbers.
type EventID int64

// An Event is an entry in the history of a ticket.
type Event struct {
	ID      EventID
	Ticket  TicketID
	Kind    EventKind
	By      UserID // zero: the system
	Via     Way
	At      time.Time
	Message MessageID // zero: none
	Data    map[string]string
}
