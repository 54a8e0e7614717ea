package desk

import "slices"

// A TicketForm is the form by which customers open tickets in a queue: of one
// customer's people, or of everybody whose customer has none of its own. The zero
// form of a queue is the one that is used where nothing was said.
type TicketForm struct {
	Queue    QueueID
	Customer CustomerID // zero: everybody
	// Intro is told above the form, as plain text with paragraphs.
	Intro string
	// Closed says that the queue is not offered. It takes no right away: who may
	// open tickets there can do so by letter and interface.
	Closed   bool
	Required []FieldID // custom fields that have to be filled in, besides those that always have
	Hidden   []FieldID // custom fields that are not asked for
}

// Plain reports whether the form says nothing.
func (f *TicketForm) Plain() bool {
	return f.Intro == "" && !f.Closed && len(f.Required) == 0 && len(f.Hidden) == 0
}

// FormFor returns the form of a queue for the people of a customer: its own one,
// else that of everybody, else the zero form.
func FormFor(forms []TicketForm, queue QueueID, customer CustomerID) TicketForm {
	for _, of := range []CustomerID{customer, 0} {
		if i := slices.IndexFunc(forms, func(f TicketForm) bool { return f.Queue == queue && f.Customer == of }); i >= 0 {
			return forms[i]
		}
	}
	return TicketForm{Queue: queue}
}
