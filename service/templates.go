package service

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/desk/template"
)

// A LetterTemplate is one template of a letter as it is in force in a queue and
// a language.
type LetterTemplate struct {
	desk.LetterTemplate        // as written; Queue and Language are what was asked
	Own                 bool   // written for this very queue and language
	Everywhere          bool   // written for every queue, and this one has none of its own
	Shipped             string // what ships; empty: nothing does in this language
	Fault               string // why it cannot be used, so that the shipped one is; empty: it can
	MayChange           bool
}

// LetterWords are what templates of letters can put in, and through which
// filters.
type LetterWords struct{ Fields, Filters []template.Field }

// WordsOfLetters returns them.
func WordsOfLetters() LetterWords { return LetterWords{template.Fields(), template.Filters()} }

// TemplatePlace says of which queue and language templates are asked.
type TemplatePlace struct {
	Queue    desk.QueueID // zero: every queue without a template of its own
	Language string
}

func templateObject(queue desk.QueueID) access.Object {
	if queue == 0 {
		return access.System()
	}
	return access.Queue(queue)
}

// templatePlace asks for a right where a template is, and returns the reference
// of the place.
func (o *op) templatePlace(ctx context.Context, r desk.Right, queue desk.QueueID) (string, error) {
	if queue == 0 {
		return "system", o.need(r, access.System())
	}
	q, err := o.queueFor(ctx, r, queue)
	if err != nil {
		return "", err
	}
	return "queue:" + q.Name, nil
}

// LetterTemplates returns the templates of all letters as they are in force in a
// queue and a language (ShowTemplate on it, on the system for no queue).
func (s *Service) LetterTemplates(ctx context.Context, by desk.Actor, at TemplatePlace) ([]LetterTemplate, error) {
	var list []LetterTemplate
	err := s.view(ctx, by, func(o *op) error {
		if _, err := o.templatePlace(ctx, desk.ShowTemplate, at.Queue); err != nil {
			return err
		}
		language, err := checkLanguage(at.Language)
		if err != nil {
			return err
		}
		all, err := o.Tx.LetterTemplates(ctx, at.Queue)
		if err != nil {
			return err
		}
		list = make([]LetterTemplate, 0, len(template.Letters()))
		for _, l := range template.Letters() {
			list = append(list, o.templateInForce(all, l.Name, TemplatePlace{at.Queue, language}))
		}
		return nil
	})
	return list, err
}

// LetterTemplate returns one of them.
func (s *Service) LetterTemplate(ctx context.Context, by desk.Actor, name string, at TemplatePlace) (*LetterTemplate, error) {
	list, err := s.LetterTemplates(ctx, by, at)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].Name == name {
			return &list[i], nil
		}
	}
	return nil, noLetterTemplate(name)
}

func noLetterTemplate(name string) error {
	names := make([]string, 0, len(template.Letters()))
	for _, l := range template.Letters() {
		names = append(names, l.Name)
	}
	return desk.Errorf(desk.NotFound, "There is no letter %s; there are %s.", name, strings.Join(names, ", "))
}

// TemplateLanguages lists the languages in which there are templates of a queue,
// those that ship first. It asks what LetterTemplates asks.
func (s *Service) TemplateLanguages(ctx context.Context, by desk.Actor, queue desk.QueueID) ([]string, error) {
	languages := template.Languages()
	err := s.view(ctx, by, func(o *op) error {
		if _, err := o.templatePlace(ctx, desk.ShowTemplate, queue); err != nil {
			return err
		}
		all, err := o.Tx.LetterTemplates(ctx, queue)
		for _, t := range all {
			if !slices.Contains(languages, t.Language) && (t.Queue == 0 || t.Queue == queue) {
				languages = append(languages, t.Language)
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return languages, nil
}

// templateInForce finds the template of a letter in a place.
func (o *op) templateInForce(all []desk.LetterTemplate, name string, at TemplatePlace) LetterTemplate {
	t := LetterTemplate{Shipped: template.Shipped(name, at.Language), MayChange: o.can(desk.ModifyTemplate, templateObject(at.Queue))}
	t.LetterTemplate = desk.LetterTemplate{Text: t.Shipped}
	if own := desk.TemplateOf(all, name, at.Queue, at.Language); own != nil {
		t.LetterTemplate = *own
		t.Own, t.Everywhere = own.Queue == at.Queue, own.Queue != at.Queue
		if err := parseTemplate(own); err != nil {
			t.Fault = desk.Sentence(err)
		}
	}
	t.Name, t.Queue, t.Language = name, at.Queue, at.Language
	return t
}

// parseTemplate reports what is wrong with a template, by field.
func parseTemplate(t *desk.LetterTemplate) error {
	wrong := map[string]string{}
	for field, text := range map[string]string{"subject": t.Subject, "text": t.Text} {
		var fault *template.Error
		if _, err := template.Parse(text); errors.As(err, &fault) {
			wrong[field] = fmt.Sprintf("Line %d, column %d: %s.", fault.Line, fault.Column, fault.Text)
		}
	}
	if len(wrong) > 0 {
		return desk.InvalidFields(wrong)
	}
	return nil
}

// checkLanguage returns a language as templates are filed under it.
func checkLanguage(tag string) (string, error) {
	language := template.Base(tag)
	if len(language) < 2 || len(language) > 3 || strings.ContainsFunc(language, func(c rune) bool { return c < 'a' || c > 'z' }) {
		return "", desk.InvalidFields(map[string]string{"language": "Write a language by its code of two or three letters, as en, de or fr."})
	}
	return language, nil
}

// checkTemplate makes a template one that can be stored, or says why not.
func (o *op) checkTemplate(t *desk.LetterTemplate) error {
	if !template.IsLetter(t.Name) {
		return noLetterTemplate(t.Name)
	}
	var err error
	if t.Language, err = checkLanguage(t.Language); err != nil {
		return err
	}
	t.Subject = strings.TrimSpace(t.Subject)
	t.Text = strings.TrimRight(strings.ReplaceAll(t.Text, "\r\n", "\n"), " \n") + "\n"
	switch {
	case strings.TrimSpace(t.Text) == "":
		return desk.InvalidFields(map[string]string{"text": "Write what the letter says, or go back to what ships."})
	case strings.ContainsAny(t.Subject, "\r\n") || len(t.Subject) > MaxSubject || !utf8.ValidString(t.Subject):
		return desk.InvalidFields(map[string]string{"subject": "Write one line of at most 500 letters."})
	}
	t.Changed = o.s.Now()
	return parseTemplate(t)
}

// SaveLetterTemplate has a letter be written by a template of one's own in a
// queue, or in every queue without one, and a language (ModifyTemplate there). A
// template that names a field that there is not is refused with the place and
// the nearest field.
func (s *Service) SaveLetterTemplate(ctx context.Context, by desk.Actor, t desk.LetterTemplate) error {
	return s.do(ctx, by, func(o *op) error {
		place, err := o.templatePlace(ctx, desk.ModifyTemplate, t.Queue)
		if err != nil {
			return err
		}
		if err := o.checkTemplate(&t); err != nil {
			return err
		}
		return o.replaceTemplate(ctx, place, &t)
	})
}

// ResetLetterTemplate goes back to what holds without a template of one's own:
// that for every queue, or what ships (ModifyTemplate there).
func (s *Service) ResetLetterTemplate(ctx context.Context, by desk.Actor, name string, at TemplatePlace) error {
	return s.do(ctx, by, func(o *op) error {
		place, err := o.templatePlace(ctx, desk.ModifyTemplate, at.Queue)
		if err != nil {
			return err
		}
		if !template.IsLetter(name) {
			return noLetterTemplate(name)
		}
		language, err := checkLanguage(at.Language)
		if err != nil {
			return err
		}
		return o.replaceTemplate(ctx, place, &desk.LetterTemplate{Name: name, Queue: at.Queue, Language: language})
	})
}

// replaceTemplate stores a template in place of the one that was there, or with
// an empty text forgets that.
func (o *op) replaceTemplate(ctx context.Context, place string, t *desk.LetterTemplate) error {
	all, err := o.Tx.LetterTemplates(ctx, t.Queue)
	if err != nil {
		return err
	}
	before := ""
	if old := desk.TemplateOf(all, t.Name, t.Queue, t.Language); old != nil && old.Queue == t.Queue {
		before = describeTemplate(old)
	}
	if t.Text == "" {
		err = o.DeleteLetterTemplate(ctx, t.Name, t.Queue, t.Language)
	} else {
		err = o.Tx.SaveLetterTemplate(ctx, t)
	}
	after := describeTemplate(t)
	if err != nil || before == after {
		return err
	}
	return o.audit(ctx, change{"mail.template", place, before, after})
}

func describeTemplate(t *desk.LetterTemplate) string {
	if t.Text == "" {
		return ""
	}
	return fmt.Sprintf("letter: %s; language: %s; subject: %s; text: %s", t.Name, t.Language, t.Subject, t.Text)
}

// A LetterPreview is a letter as it would be written.
type LetterPreview struct {
	To            Name
	From          desk.MailAddress
	Subject, Text string
}

// WriteLetters is how the service has letters written that tell of some news;
// the package notify knows how.
type WriteLetters func(*News) []desk.Outgoing

// PreviewLetter shows the letter that a template makes of a ticket, to oneself
// or to the customer's side (ShowTemplate where the template is, and ShowTicket
// on the ticket; for what comments say also ShowTicketComments). The template
// need not be stored, and nothing is sent.
func (s *Service) PreviewLetter(ctx context.Context, by desk.Actor, t desk.LetterTemplate, ticket desk.TicketID, toCustomer bool) (*LetterPreview, error) {
	var n *News
	err := s.view(ctx, by, func(o *op) error {
		if _, err := o.templatePlace(ctx, desk.ShowTemplate, t.Queue); err != nil {
			return err
		}
		if err := o.checkTemplate(&t); err != nil {
			return err
		}
		on, err := o.ticketFor(ctx, desk.ShowTicket, ticket)
		if err != nil {
			return err
		}
		n, err = o.previewNews(ctx, t, on, toCustomer)
		return err
	})
	if err != nil {
		return nil, err
	}
	if s.opt.WriteLetters == nil {
		return nil, desk.Errorf(desk.Unavailable, "This program writes no letters.")
	}
	letter := s.opt.WriteLetters(n)[0]
	return &LetterPreview{To: n.Recipients[0].Name, From: letter.From, Subject: letter.Subject, Text: letter.Body}, nil
}

// previewNews makes up news of a ticket of which the letter tells.
func (o *op) previewNews(ctx context.Context, t desk.LetterTemplate, on *desk.Ticket, toCustomer bool) (*News, error) {
	e, err := o.previewEvent(ctx, t.Name, on)
	if err != nil {
		return nil, err
	}
	told, err := o.ruleNews(ctx, e)
	if err != nil {
		return nil, err
	}
	t.Queue = on.Queue
	n := &News{Event: e, Ticket: *told.ticket, Queue: *told.queue, Message: told.message, Zone: o.s.Zone(), Values: told.values(o.s), Templates: []desk.LetterTemplate{t}}
	n.Values["rule.name"] = "…"
	to, err := o.previewReader(ctx, on, toCustomer)
	if err != nil {
		return nil, err
	}
	to.Kind = map[string]desk.LetterKind{"opened-for": desk.LetterAcknowledge, "forward": desk.LetterComment}[t.Name]
	if to.Kind == "" {
		to.Kind = desk.LetterKind(t.Name)
	}
	if t.Name == "forward" {
		to.Why = []desk.Why{{OneTime: true}}
	}
	n.Recipients = []Recipient{*to}
	if err := o.nameNews(ctx, n); err != nil {
		return nil, err
	}
	n.Languages[to.User] = t.Language
	n.Actor.Agent = t.Name != "acknowledge" && (n.Actor.Agent || t.Name == "opened-for")
	return n, nil
}

// previewReader is who reads a preview.
func (o *op) previewReader(ctx context.Context, on *desk.Ticket, toCustomer bool) (*Recipient, error) {
	id, role := o.by.User, desk.Owner
	if toCustomer {
		id, role = on.Reporter, desk.Requestor
	}
	to := &Recipient{User: id, Why: []desk.Why{{Role: role, Through: desk.PrincipalID(id)}}}
	users, err := o.UsersByID(ctx, []desk.UserID{id})
	if u := users[id]; u != nil {
		to.Name, to.Address = userName(u), u.Address()
	}
	to.Name.Agent = !toCustomer
	return to, err
}

// previewEvent is something of which the letter of that name tells: what
// happened last on the ticket, as far as the actor may see it.
func (o *op) previewEvent(ctx context.Context, name string, on *desk.Ticket) (desk.Event, error) {
	e := desk.Event{Ticket: on.ID, Kind: desk.EventMessage, By: o.by.User, At: o.s.Now(), Data: map[string]string{}}
	comments := o.can(desk.ShowTicketComments, access.Ticket(on.Facts()))
	list, err := o.Messages(ctx, on.ID, comments, 0, 1<<20)
	if err != nil {
		return e, err
	}
	kind := desk.Reply
	switch name {
	case "acknowledge", "opened-for", "opened", "approval":
		e.Kind, e.At = desk.EventCreated, on.Created
		list = list[:min(1, len(list))]
		if name != "opened-for" {
			e.By = on.Reporter
		}
	case "comment", "forward":
		kind = desk.Comment
		e.Data["forward"] = "1"
	case "owner":
		e.Kind, list = desk.EventOwner, nil
		e.Data["to"] = formatID(on.Owner)
	case "decided":
		e.Kind, e.Data["approval"] = desk.EventStatus, string(ApprovalGranted)
	case "resolved", "rule":
		e.Kind, list = desk.EventStatus, nil
		e.Data["from"], e.Data["to"] = string(on.Status), string(desk.StatusResolved)
	case "clock":
		e.Kind, list = desk.EventClockWarned, nil
		e.Data["clock"], e.Data["agreement"], e.Data["due"] = "first_response", "…", o.s.Now().UTC().Format("2006-01-02T15:04:05Z07:00")
	}
	for _, m := range slices.Backward(list) {
		if m.Kind != kind {
			continue
		}
		e.Message = m.ID
		if e.Kind == desk.EventMessage {
			e.By, e.At = m.Author, m.At
		}
		break
	}
	return e, nil
}
