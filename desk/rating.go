package desk

import "time"

// A Mark says how content somebody is with how his ticket was solved. The zero
// Mark is none.
type Mark int

// The marks, from the worst.
const (
	MarkNot Mark = iota + 1
	MarkPartly
	MarkContent
)

// Marks are all of them, the best first, as they are offered.
func Marks() []Mark { return []Mark{MarkContent, MarkPartly, MarkNot} }

// String is the mark as it is written: content, partly or not.
func (m Mark) String() string {
	switch m {
	case MarkContent:
		return "content"
	case MarkPartly:
		return "partly"
	case MarkNot:
		return "not"
	}
	return ""
}

// ParseMark reads a mark.
func ParseMark(text string) (Mark, bool) {
	for _, m := range Marks() {
		if m.String() == text {
			return m, true
		}
	}
	return 0, false
}

// A Rating is what one person says of how a ticket was solved. He has one on
// each ticket and may change it.
type Rating struct {
	Ticket TicketID
	User   UserID
	Mark   Mark
	Note   string // may be empty
	At     time.Time
}
