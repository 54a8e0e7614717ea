package desk

import "time"

// A Present is somebody who has a ticket open at the moment. (How a customer
// takes part in a ticket is its Presence.)
type Present struct {
	Ticket TicketID
	User   UserID
	Writes bool // he is writing on it
	At     time.Time
}
