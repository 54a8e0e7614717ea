package desk

import (
	"strings"
	"time"
)

// A RuleID numbers a rule; numbers are never used again.
type RuleID int64

// A RuleStage says when among the others a rule has its turn: all rules of a
// stage are done before those of the next one.
type RuleStage string

// The stages, in their order.
const (
	StageFirst  RuleStage = "first"
	StageNormal RuleStage = "normal"
	StageLast   RuleStage = "last"
)

// RuleStages lists the stages in their order.
func RuleStages() []RuleStage { return []RuleStage{StageFirst, StageNormal, StageLast} }

// A Trigger is something that happens to a ticket and makes a rule look at it.
type Trigger string

// The triggers. The first are kinds of events, those with Timed come with time.
const (
	OnCreated        Trigger = "created"
	OnReply          Trigger = "reply"             // by anybody
	OnAgentReply     Trigger = "reply-by-agent"    // by somebody at the desk who is no requestor of it
	OnCustomerReply  Trigger = "reply-by-customer" // by anybody else
	OnComment        Trigger = "comment"
	OnStatus         Trigger = "status"
	OnOwner          Trigger = "owner"
	OnMoved          Trigger = "queue" // it came into the queue
	OnPriority       Trigger = "priority"
	OnSubject        Trigger = "subject"
	OnSharing        Trigger = "sharing"
	OnPlan           Trigger = "plan" // due, starts, time worked and so on
	OnCustomerSet    Trigger = "customer"
	OnWatcherAdded   Trigger = "watcher-added"
	OnWatcherRemoved Trigger = "watcher-removed"
	OnMerged         Trigger = "merged"
	OnLink           Trigger = "link"
	OnLetterFailed   Trigger = "letter-failed" // a letter of it came back
	OnFieldSet       Trigger = "field"         // a custom field got another value
	OnClockWarned    Trigger = "clock-warned"  // a clock of an agreement is due soon
	OnClockOverdue   Trigger = "clock-overdue" // one was not met
	OnClockMet       Trigger = "clock-met"     // one ended in time
	OnClockPaused    Trigger = "clock-paused"  // one stands still, as its ticket's status says
	OnClockResumed   Trigger = "clock-resumed" // one that stood still goes on
	OnApproval       Trigger = "approval"      // one for which it asked is open, granted, refused or withdrawn
	OnRated          Trigger = "rated"         // somebody said how content he is
	OnSquelched      Trigger = "squelched"     // somebody's letters of it were turned off or on
	OnWaiting        Trigger = "waiting"       // the customer has waited for an answer for Hours
	OnUnanswered     Trigger = "unanswered"    // nobody has ever answered for Hours
	OnUntouched      Trigger = "untouched"     // nothing has happened for Hours
	OnDue            Trigger = "due"           // it is due in Hours; below zero: it was
	OnAged           Trigger = "aged"          // it was opened Hours ago
	OnAsked          Trigger = "asked"         // the customer's last message has had no answer for Hours
	OnInStatus       Trigger = "in-status"     // it has had the status RuleTime.In for Hours
	OnDaily          Trigger = "daily"         // it is the time of day RuleTime.At
)

// Triggers lists the triggers by events, then those by time.
func Triggers() []Trigger {
	return []Trigger{OnCreated, OnReply, OnAgentReply, OnCustomerReply, OnComment, OnStatus, OnOwner, OnMoved, OnPriority, OnSubject,
		OnSharing, OnPlan, OnCustomerSet, OnWatcherAdded, OnWatcherRemoved, OnMerged, OnLink, OnLetterFailed,
		OnFieldSet, OnClockWarned, OnClockOverdue, OnClockMet, OnClockPaused, OnClockResumed, OnApproval, OnRated, OnSquelched,
		OnWaiting, OnAsked, OnUnanswered, OnUntouched, OnAged, OnInStatus, OnDue, OnDaily}
}

// Timed reports whether the trigger comes with time and not with an event.
func (t Trigger) Timed() bool {
	switch t {
	case OnWaiting, OnAsked, OnUnanswered, OnUntouched, OnAged, OnInStatus, OnDue, OnDaily:
		return true
	}
	return false
}

// A RuleTime says more of when a rule by time has its turn; zero parts say
// nothing.
type RuleTime struct {
	In       Status // of OnInStatus
	At       int    // of OnDaily: minutes from midnight
	Calendar int64  // of OnDaily: an sla.CalendarID, whose zone and days count; zero: the desk's zone, Monday to Friday
	Workdays bool   // of OnDaily: only on days of work
}

// A Rule does something by itself when something happens to a ticket (RT:
// scrip). It acts as the desk, within what RuleActions can say.
type Rule struct {
	ID    RuleID
	Name  string
	Queue QueueID // zero: every queue
	Stage RuleStage
	Place int // among the rules of its stage, the lowest first
	On    []Trigger
	Hours int // of the trigger by time, if there is one
	Time  RuleTime
	Field RuleField
	If    string // a condition in CEL; empty: always
	Then  RuleActions
	// Enabled: it is to run. A rule that broke is parked besides.
	Enabled bool
	Parked  Parked
	Author  UserID // who changed it last; zero: the system
	Changed time.Time
	Version int64
}

// Timed reports whether the rule comes with time.
func (r *Rule) Timed() bool { return len(r.On) == 1 && r.On[0].Timed() }

// A RuleField is a change of a custom field that a rule waits for: from a value
// and to one. Zero: any change of any field.
type RuleField struct {
	ID       FieldID
	From, To string // empty: any value; NoValue: none
}

// NoValue stands for a field without a value.
const NoValue = "-"

// Met reports whether a change between what histories keep of values is the one
// that the rule waits for: of a field with several values, whether From was among
// them and is no more, and To is among them and was not.
func (f *RuleField) Met(before, after string) bool {
	return left(f.From, before, after) && left(f.To, after, before)
}

// left reports whether a value is in one text of values and not in the other.
func left(value, in, out string) bool {
	switch value {
	case "":
		return true
	case NoValue:
		return in == "" && out != ""
	}
	has := func(texts string) bool {
		if Fold(texts) == Fold(value) {
			return true
		}
		for _, v := range strings.Split(texts, ", ") {
			if Fold(v) == Fold(value) {
				return true
			}
		}
		return false
	}
	return has(in) && !has(out)
}

// Daily reports whether the rule has its turn at a time of day.
func (r *Rule) Daily() bool { return r.Timed() && r.On[0] == OnDaily }

// Runs reports whether the rule takes part in what happens.
func (r *Rule) Runs() bool { return r.Enabled && r.Parked.Reason == "" }

// Parked says why a rule was taken out until somebody looks at it, and which
// ticket it had met. Zero: it was not.
type Parked struct {
	Reason string
	Ticket TicketID
	At     time.Time
}

// RuleActions are what a rule does. Zero parts are not done. They are done in
// the order of the fields.
type RuleActions struct {
	Status   Status
	Owner    *UserID // zero: nobody
	Priority string  // a number, or one to add as +10 or -10
	Queue    QueueID
	Due      *int // hours from then
	Watch    []Holder
	Unwatch  []Holder
	Comment  string // a template
	Open     *RuleTicket
	Approval *RuleApproval
	// Notify and Roles are told, each person once, with the letter that Letter
	// is the template of; without one, with the one for the event.
	Roles   RoleSet
	Notify  []PrincipalID
	Letter  string
	Push    bool   // their devices show a message as well
	Webhook string // an address that is sent what happened
	Secret  string // signs what is sent there
}

// Tells reports whether people get a letter.
func (a *RuleActions) Tells() bool { return a.Roles != 0 || len(a.Notify) > 0 }

// A RuleTicket is a ticket that a rule opens beside the one that it met.
type RuleTicket struct {
	Queue         QueueID
	Link          string // how the new one is linked to it: depends_on, refers_to, member_of; blocks: it depends on the new one
	Subject, Text string // templates
}

// A RuleApproval is what a rule asks people to approve of: the ticket is not done
// before all of them have.
type RuleApproval struct {
	Of     []PrincipalID // people and groups
	Reason string        // a template
}

// A RunID numbers a run of a rule.
type RunID int64

// RunState says how a run ended.
type RunState string

// The states of a run.
const (
	RunDone   RunState = "done"
	RunParked RunState = "parked" // it failed and waits for somebody
	RunAgain  RunState = "again"  // it failed and is to be run again
	RunPassed RunState = "passed" // a rule by time looked, and its condition did not hold
)

// A RuleRun is one time that a rule was to do something.
type RuleRun struct {
	ID     RunID
	Rule   RuleID
	Ticket TicketID
	Event  EventID // zero: it came with time
	Moment int64   // what keeps it from running twice for the same: of a rule by time, since when
	At     time.Time
	State  RunState
	What   string // what was done, or why it failed
	Tries  int
}
