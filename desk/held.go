package desk

import "time"

// A HeldID names a held reply.
type HeldID int64

// A Held reply was sent by somebody who can still take it back: it is stored,
// and is written on its ticket when it is due.
type Held struct {
	ID      HeldID
	User    UserID
	Via     Way
	Ticket  TicketID
	Text    HeldText
	At      time.Time
	Due     time.Time
	Refused string       // why it could not be written when it was due; empty: it waits
	Files   []Attachment // Data is only filled where one held reply is asked for
}

// A HeldText is what a held reply says, to whom besides those in roles, and
// what status follows it.
type HeldText struct {
	Subject, Text         string
	OneTimeCc, OneTimeBcc []string
	Squelch               []UserID
	Status                Status
}
