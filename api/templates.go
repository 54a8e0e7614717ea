package api

import (
	"context"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) templateRoutes() []route {
	return []route{
		shows(h, what{"listLetterTemplates", "GET /letter-templates", "ShowTemplate", "The templates of the desk's letters as they are in force in a queue and a language"}, h.listLetterTemplates),
		does(h, what{"saveLetterTemplate", "PUT /letter-templates/{name}", "ModifyTemplate", "Write a letter by a template of one's own"}, h.saveLetterTemplate),
		does(h, what{"resetLetterTemplate", "DELETE /letter-templates/{name}", "ModifyTemplate", "Go back to what holds without a template of one's own"}, h.resetLetterTemplate),
		shows(h, what{"previewLetter", "POST /letter-templates/{name}/preview", "ShowTemplate, ShowTicket", "The letter that a template makes of a ticket; nothing is sent"}, h.previewLetter),
	}
}

// A TemplateAt says of which queue and language templates are.
type TemplateAt struct {
	Queue    int64  `query:"queue" minimum:"0" doc:"Left out: of every queue without one of its own."`
	Language string `query:"language" default:"en" maxLength:"20"`
}

func (at TemplateAt) place() service.TemplatePlace {
	return service.TemplatePlace{Queue: desk.QueueID(at.Queue), Language: at.Language}
}

// A LetterTemplate is a template of a letter.
type LetterTemplate struct {
	Name       string `json:"name"`
	Subject    string `json:"subject,omitempty" doc:"Without the tag; left out: as the desk writes it."`
	Text       string `json:"text,omitempty"`
	Own        bool   `json:"own" doc:"It was written for this very queue and language."`
	Everywhere bool   `json:"everywhere" doc:"It was written for every queue."`
	Fault      string `json:"fault,omitempty" doc:"Why what ships is taken instead."`
}

func (h *handler) listLetterTemplates(ctx context.Context, by caller, in *TemplateAt) (Page[LetterTemplate], error) {
	list, err := h.desk.LetterTemplates(ctx, by.Actor, in.place())
	return pageOf(list, func(t service.LetterTemplate) LetterTemplate {
		return LetterTemplate{t.Name, t.Subject, t.Text, t.Own, t.Everywhere, t.Fault}
	}), err
}

// TemplateNamed says which letter's template, and of which queue and language.
type TemplateNamed struct {
	Name string `path:"name" maxLength:"50"`
	TemplateAt
}

type saveTemplateInput struct {
	TemplateNamed
	Body struct {
		Subject string `json:"subject,omitempty"`
		Text    string `json:"text"`
	}
}

func (h *handler) saveLetterTemplate(ctx context.Context, by caller, in *saveTemplateInput) error {
	return h.desk.SaveLetterTemplate(ctx, by.Actor, desk.LetterTemplate{Name: in.Name, Queue: desk.QueueID(in.Queue), Language: in.Language,
		Subject: in.Body.Subject, Text: in.Body.Text})
}

func (h *handler) resetLetterTemplate(ctx context.Context, by caller, in *TemplateNamed) error {
	return h.desk.ResetLetterTemplate(ctx, by.Actor, in.Name, in.place())
}

type previewLetterInput struct {
	TemplateNamed
	Body struct {
		Subject  string `json:"subject,omitempty"`
		Text     string `json:"text"`
		Ticket   int64  `json:"ticket" minimum:"1"`
		Customer bool   `json:"customer,omitempty" doc:"As the ticket's requestor gets it, not you."`
	}
}

// A LetterPreview is a letter as it would be written.
type LetterPreview struct {
	Subject string `json:"subject"`
	Text    string `json:"text"`
}

func (h *handler) previewLetter(ctx context.Context, by caller, in *previewLetterInput) (LetterPreview, error) {
	b := in.Body
	letter, err := h.desk.PreviewLetter(ctx, by.Actor, desk.LetterTemplate{Name: in.Name, Queue: desk.QueueID(in.Queue), Language: in.Language, Subject: b.Subject, Text: b.Text},
		desk.TicketID(b.Ticket), b.Customer)
	if err != nil {
		return LetterPreview{}, err
	}
	return LetterPreview{letter.Subject, letter.Text}, nil
}
