package desk

import "time"

// A ReplyTemplateID names a reply template.
type ReplyTemplateID int64

// A ReplyTemplate is a text that agents put into what they write: somebody's
// own, that of a group, that of a queue or, with none of these, of the whole
// desk.
type ReplyTemplate struct {
	ID    ReplyTemplateID
	Owner UserID
	Group GroupID
	Queue QueueID
	Name  string
	// Language is that of the text, as en or de; empty: any.
	Language string
	Text     string // with fields, as {{contact.name}}
	Changed  time.Time
	Gone     bool // taken away, and can be had back
}
