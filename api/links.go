package api

import (
	"context"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) linkRoutes() []route {
	return []route{
		does(h, what{"linkTickets", "POST /tickets/{id}/links", "ModifyTicket on both tickets", "Link a ticket to another one"}, h.linkTickets),
		does(h, what{"unlinkTickets", "DELETE /tickets/{id}/links/{type}/{target}", "as linkTickets", "Take a link away"}, h.unlinkTickets),
		does(h, what{"mergeTicket", "POST /tickets/{id}/merge", "ModifyTicket on both tickets", "Merge a ticket into another one, for good"}, h.mergeTicket),
	}
}

// A LinkInput says to which ticket a link leads.
type LinkInput struct {
	Type   string `json:"type" enum:"depends_on,refers_to,member_of" doc:"A ticket that depends on an open one is not resolved."`
	Target int64  `json:"target" minimum:"1"`
}

type linkTicketsInput struct {
	Numbered
	Body LinkInput
}

func (h *handler) linkTickets(ctx context.Context, by caller, in *linkTicketsInput) error {
	return h.desk.LinkTickets(ctx, by.Actor, service.Link{From: desk.TicketID(in.ID), Type: in.Body.Type, To: desk.TicketID(in.Body.Target)})
}

type unlinkTicketsInput struct {
	Numbered
	Type   string `path:"type" maxLength:"20"`
	Target int64  `path:"target" minimum:"1"`
}

func (h *handler) unlinkTickets(ctx context.Context, by caller, in *unlinkTicketsInput) error {
	return h.desk.UnlinkTickets(ctx, by.Actor, service.Link{From: desk.TicketID(in.ID), Type: in.Type, To: desk.TicketID(in.Target)})
}

// A MergeInput names the ticket that goes on.
type MergeInput struct {
	Into int64 `json:"into" minimum:"1" doc:"What was said and who stands on the ticket comes there, and its number leads there."`
}

type mergeTicketInput struct {
	Numbered
	Body MergeInput
}

func (h *handler) mergeTicket(ctx context.Context, by caller, in *mergeTicketInput) error {
	return h.desk.MergeTicket(ctx, by.Actor, desk.TicketID(in.ID), desk.TicketID(in.Body.Into))
}
