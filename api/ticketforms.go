package api

import (
	"context"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) ticketFormRoutes() []route {
	const admin = "AdminQueue on it"
	return []route{
		shows(h, what{"offeredTicketForms", "GET /ticket-forms", "CreateTicket in each", "The forms by which you can open tickets"}, h.offeredTicketForms),
		shows(h, what{"listTicketForms", "GET /queues/{id}/forms", admin, "The forms by which customers open tickets in a queue"}, h.listTicketForms),
		does(h, what{"saveTicketForm", "PUT /queues/{id}/forms", admin, "Say how a form of a queue is, for everybody or for one customer"}, h.saveTicketForm),
		does(h, what{"removeTicketForm", "DELETE /queues/{id}/forms", admin, "Take a form of a queue away"}, h.removeTicketForm),
	}
}

// A TicketForm is the form by which the people of a customer, or everybody whose
// customer has none of its own, open tickets in a queue.
type TicketForm struct {
	Customer *Thing   `json:"customer,omitempty" doc:"Left out: everybody."`
	Intro    string   `json:"intro" doc:"Told above the form."`
	Closed   bool     `json:"closed" doc:"The queue is not offered."`
	Required []string `json:"required" nullable:"false" doc:"Names of custom fields that have to be filled in, besides those that always have."`
	LeftOut  []string `json:"left_out" nullable:"false" doc:"Names of custom fields that are not asked for."`
}

func (h *handler) listTicketForms(ctx context.Context, by caller, in *Numbered) (Page[TicketForm], error) {
	list, err := h.desk.QueueForms(ctx, by.Actor, desk.QueueID(in.ID))
	if err != nil {
		return Page[TicketForm]{}, err
	}
	fields, err := h.desk.Fields(ctx, by.Actor)
	return pageOf(list, func(l service.FormLine) TicketForm {
		f := TicketForm{Intro: l.Intro, Closed: l.Closed, Required: fieldNames(fields, l.Required), LeftOut: fieldNames(fields, l.Hidden)}
		if l.TicketForm.Customer != 0 {
			f.Customer = &Thing{int64(l.TicketForm.Customer), l.Customer}
		}
		return f
	}), err
}

// fieldNames are the names of custom fields, as far as one may know them.
func fieldNames(fields []service.FieldLine, ids []desk.FieldID) []string {
	names := []string{}
	for _, id := range ids {
		for _, f := range fields {
			if f.ID == id {
				names = append(names, f.Name)
			}
		}
	}
	return names
}

type saveTicketFormInput struct {
	Numbered
	Body struct {
		Customer int64    `json:"customer,omitempty" minimum:"0" doc:"For the people of this customer; left out: for everybody else."`
		Intro    string   `json:"intro,omitempty"`
		Closed   bool     `json:"closed,omitempty"`
		Required []string `json:"required,omitempty" maxItems:"100"`
		LeftOut  []string `json:"left_out,omitempty" maxItems:"100"`
	}
}

func (h *handler) saveTicketForm(ctx context.Context, by caller, in *saveTicketFormInput) error {
	b := in.Body
	if _, err := h.desk.QueueForms(ctx, by.Actor, desk.QueueID(in.ID)); err != nil {
		return err // before fields are looked for
	}
	f := desk.TicketForm{Queue: desk.QueueID(in.ID), Customer: desk.CustomerID(b.Customer), Intro: b.Intro, Closed: b.Closed}
	fields, err := h.desk.Fields(ctx, by.Actor)
	if err != nil {
		return err
	}
	if f.Required, err = fieldsNamed(fields, "required", b.Required); err != nil {
		return err
	}
	if f.Hidden, err = fieldsNamed(fields, "left_out", b.LeftOut); err != nil {
		return err
	}
	return h.desk.SaveTicketForm(ctx, by.Actor, f)
}

// fieldsNamed are the custom fields of tickets with these names.
func fieldsNamed(fields []service.FieldLine, at string, names []string) ([]desk.FieldID, error) {
	var list []desk.FieldID
	for _, name := range names {
		var found desk.FieldID
		for _, f := range fields {
			if f.Of == desk.OfTickets && desk.Fold(f.Name) == desk.Fold(strings.TrimSpace(name)) {
				found = f.ID
			}
		}
		if found == 0 {
			return nil, invalid(at, "There is no such field of tickets; GET /fields lists them.")
		}
		list = append(list, found)
	}
	return list, nil
}

type removeTicketFormInput struct {
	Numbered
	Customer int64 `query:"customer" minimum:"0" doc:"That of the people of this customer; left out: that of everybody else."`
}

func (h *handler) removeTicketForm(ctx context.Context, by caller, in *removeTicketFormInput) error {
	return h.desk.SaveTicketForm(ctx, by.Actor, desk.TicketForm{Queue: desk.QueueID(in.ID), Customer: desk.CustomerID(in.Customer)})
}

type offeredFormsInput struct {
	Customer int64 `query:"customer" minimum:"0" doc:"For tickets of this company of yours; left out: of the first one."`
}

// An OfferedForm is a form by which you can open a ticket.
type OfferedForm struct {
	Queue  Thing          `json:"queue"`
	Intro  string         `json:"intro"`
	Fields []OfferedField `json:"fields" nullable:"false"`
}

// An OfferedField is a custom field of a form.
type OfferedField struct {
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Required bool   `json:"required"`
}

func (h *handler) offeredTicketForms(ctx context.Context, by caller, in *offeredFormsInput) (Page[OfferedForm], error) {
	list, err := h.desk.TicketForms(ctx, by.Actor, desk.CustomerID(in.Customer))
	return pageOf(list, func(o service.OfferedForm) OfferedForm {
		f := OfferedForm{Queue: Thing{int64(o.Queue.ID), o.Queue.Name}, Intro: o.Intro, Fields: []OfferedField{}}
		for _, field := range o.Fields {
			f.Fields = append(f.Fields, OfferedField{field.Name, string(field.Kind), field.Required})
		}
		return f
	}), err
}
