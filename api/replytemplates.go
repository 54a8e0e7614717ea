package api

import (
	"context"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) replyTemplateRoutes() []route {
	const change = "One's own: being an agent; of a group of one's own: AdminGroup on it; of a queue and of the desk: ModifyTemplate there"
	return []route{
		shows(h, what{"listReplyTemplates", "GET /reply-templates", "None: one's own, those of one's groups, and of queues where one may write or see templates", "The reply templates that one may use, or that fit a ticket"}, h.listReplyTemplates),
		makes(h, what{"createReplyTemplate", "POST /reply-templates", change, "Make a reply template"}, "/reply-templates", h.createReplyTemplate),
		shows(h, what{"getReplyTemplate", "GET /reply-templates/{id}", "As for the list", "One reply template"}, h.getReplyTemplate),
		does(h, what{"saveReplyTemplate", "PUT /reply-templates/{id}", change, "Change name, language and text of a reply template"}, h.saveReplyTemplate),
		does(h, what{"removeReplyTemplate", "DELETE /reply-templates/{id}", change, "Take a reply template away; it can be had back"}, h.removeReplyTemplate),
		does(h, what{"restoreReplyTemplate", "POST /reply-templates/{id}/restore", change, "Have a reply template back"}, h.restoreReplyTemplate),
		shows(h, what{"fillReplyTemplate", "GET /tickets/{id}/reply-templates/{template}", "ReplyToTicket or CommentOnTicket", "What a reply template makes of a ticket; nothing is written"}, h.fillReplyTemplate),
	}
}

// A ReplyTemplate is a text that agents put into what they write.
type ReplyTemplate struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Language string `json:"language,omitempty" doc:"As en or de; left out: any."`
	Text     string `json:"text"`
	Group    int64  `json:"group,omitempty"`
	Queue    int64  `json:"queue,omitempty"`
	Own      bool   `json:"own" doc:"One's own. With neither group nor queue, and not one's own, it is of the whole desk."`
	May      bool   `json:"may" doc:"One may change it."`
}

func replyTemplate(t service.ReplyTemplateLine) ReplyTemplate {
	return ReplyTemplate{int64(t.ID), t.Name, t.Language, t.Text, int64(t.Group), int64(t.Queue), t.Owner != 0, t.May}
}

type listReplyTemplatesInput struct {
	Ticket int64 `query:"ticket" minimum:"1" doc:"Those for what is written on this ticket; in the language of who asked first."`
}

func (h *handler) listReplyTemplates(ctx context.Context, by caller, in *listReplyTemplatesInput) (Page[ReplyTemplate], error) {
	list, err := h.desk.ReplyTemplates(ctx, by.Actor, desk.TicketID(in.Ticket))
	return pageOf(list, replyTemplate), err
}

func (h *handler) getReplyTemplate(ctx context.Context, by caller, in *Numbered) (ReplyTemplate, error) {
	t, err := h.desk.ReplyTemplate(ctx, by.Actor, desk.ReplyTemplateID(in.ID))
	if err != nil {
		return ReplyTemplate{}, err
	}
	return replyTemplate(*t), nil
}

// A ReplyText is what can be changed of a reply template.
type ReplyText struct {
	Name     string `json:"name"`
	Language string `json:"language,omitempty"`
	Text     string `json:"text" doc:"With fields as {{contact.name}}."`
}

type createReplyTemplateInput struct {
	Body struct {
		ReplyText
		Group int64 `json:"group,omitempty"`
		Queue int64 `json:"queue,omitempty"`
		Desk  bool  `json:"desk,omitempty" doc:"Of the whole desk. Without group, queue and desk it is one's own."`
	}
}

func (h *handler) createReplyTemplate(ctx context.Context, by caller, in *createReplyTemplateInput) (desk.ReplyTemplateID, error) {
	b := in.Body
	t := desk.ReplyTemplate{Name: b.Name, Language: b.Language, Text: b.Text, Group: desk.GroupID(b.Group), Queue: desk.QueueID(b.Queue)}
	if b.Group == 0 && b.Queue == 0 && !b.Desk {
		t.Owner = by.User
	}
	return h.desk.SaveReplyTemplate(ctx, by.Actor, t)
}

type saveReplyTemplateInput struct {
	Numbered
	Body ReplyText
}

func (h *handler) saveReplyTemplate(ctx context.Context, by caller, in *saveReplyTemplateInput) error {
	_, err := h.desk.SaveReplyTemplate(ctx, by.Actor, desk.ReplyTemplate{ID: desk.ReplyTemplateID(in.ID), Name: in.Body.Name, Language: in.Body.Language, Text: in.Body.Text})
	return err
}

func (h *handler) removeReplyTemplate(ctx context.Context, by caller, in *Numbered) error {
	return h.desk.RemoveReplyTemplate(ctx, by.Actor, desk.ReplyTemplateID(in.ID), false)
}

func (h *handler) restoreReplyTemplate(ctx context.Context, by caller, in *Numbered) error {
	return h.desk.RemoveReplyTemplate(ctx, by.Actor, desk.ReplyTemplateID(in.ID), true)
}

type fillReplyInput struct {
	Numbered
	Template int64 `path:"template" minimum:"1"`
}

// A FilledReply is what a reply template puts in.
type FilledReply struct {
	Text string `json:"text"`
}

func (h *handler) fillReplyTemplate(ctx context.Context, by caller, in *fillReplyInput) (FilledReply, error) {
	text, err := h.desk.FillReply(ctx, by.Actor, service.ReplyFill{Ticket: desk.TicketID(in.ID), Template: desk.ReplyTemplateID(in.Template)})
	return FilledReply{text}, err
}
