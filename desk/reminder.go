package desk

import "time"

// A ReminderID names a reminder.
type ReminderID int64

// A Reminder brings a ticket back to somebody at the desk at a time that he, or
// a colleague, chose.
type Reminder struct {
	ID     ReminderID
	Ticket TicketID
	User   UserID // who is reminded
	Maker  UserID
	Note   string // internal; may be empty
	Due    time.Time
	// Silent: it is for the case that nobody has answered by then, and ends by
	// itself where somebody has.
	Silent bool
	Made   time.Time
	Told   time.Time // when it came due; zero: it has not
	Done   time.Time // zero: it is open
}
