package desk

import "time"

// A Draft is what somebody has begun to write on a ticket. Each has at most one
// reply and one comment there.
type Draft struct {
	User   UserID
	Ticket TicketID
	Kind   MessageKind
	Text   string
	Also   string // who else is to get it, as typed
	At     time.Time
}
