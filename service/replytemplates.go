package service

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/desk/template"
)

// maxReplyTemplates is how many reply templates one owner, group or queue, or
// the desk, can have.
const maxReplyTemplates = 200

// A ReplyTemplateLine is a reply template with whose it is and whether the actor
// may change it.
type ReplyTemplateLine struct {
	desk.ReplyTemplate
	Of  string // the name of its group or queue; empty: somebody's own, or of the whole desk
	May bool
	Fit bool // its language is that of who asked on the ticket, or it has none
}

// WordsOfReplies are what reply templates can put in, and through which filters.
func WordsOfReplies() LetterWords { return LetterWords{template.ReplyFields(), template.Filters()} }

// usesReplyTemplate reports whether the actor, who works at the desk, may use a
// reply template: his own, those of his groups, and those of queues, and of the
// desk, where he may write or look after templates.
func (o *op) usesReplyTemplate(t *desk.ReplyTemplate) bool {
	switch {
	case o.by.IsSystem():
		return true
	case !o.isAgent():
		return false
	case t.Owner != 0:
		return t.Owner == o.by.User
	case t.Group != 0:
		return o.e.IsMember(desk.PrincipalID(o.by.User), desk.PrincipalID(t.Group))
	}
	return o.canAny(templateObject(t.Queue), desk.ReplyToTicket, desk.CommentOnTicket, desk.ShowTemplate, desk.ModifyTemplate)
}

// changesReplyTemplate reports whether he may change it: his own, those of his
// groups with AdminGroup on them, of queues and the desk with ModifyTemplate
// there. On the whole desk that right serves for groups of his too.
func (o *op) changesReplyTemplate(t *desk.ReplyTemplate) bool {
	switch {
	case o.by.IsSystem():
		return true
	case !o.isAgent() || !o.usesReplyTemplate(t):
		return false
	case t.Owner != 0:
		return true
	case t.Group != 0:
		return o.can(desk.AdminGroup, access.Group(t.Group)) || o.can(desk.ModifyTemplate, access.System())
	}
	return o.can(desk.ModifyTemplate, templateObject(t.Queue))
}

// ReplyTemplates returns the reply templates that the actor may use, by name: his
// own, those of his groups, of queues where he may write or see templates, and
// of the desk. With a ticket they are those that he can put into what he writes
// there (ReplyToTicket or CommentOnTicket on it), those in the language of who
// asked first.
func (s *Service) ReplyTemplates(ctx context.Context, by desk.Actor, ticket desk.TicketID) ([]ReplyTemplateLine, error) {
	var list []ReplyTemplateLine
	err := s.view(ctx, by, func(o *op) error {
		var on *desk.Ticket
		language := ""
		if ticket != 0 {
			var err error
			if on, err = o.ticketToWrite(ctx, ticket); err != nil {
				return err
			}
			if language, err = o.languageOfContact(ctx, on); err != nil {
				return err
			}
		}
		all, err := o.Tx.ReplyTemplates(ctx, by.User)
		if err != nil {
			return err
		}
		for _, t := range all {
			if o.offersReplyTemplate(&t, on) {
				list = append(list, ReplyTemplateLine{ReplyTemplate: t, May: o.changesReplyTemplate(&t), Fit: t.Language == "" || language == "" || t.Language == language})
			}
		}
		slices.SortStableFunc(list, func(a, b ReplyTemplateLine) int { return cmp.Compare(rank(a.Fit), rank(b.Fit)) })
		return o.nameReplyTemplates(ctx, list)
	})
	return list, err
}

func rank(first bool) int {
	if first {
		return 0
	}
	return 1
}

// offersReplyTemplate reports whether a template is for the actor, on a ticket
// where one is given. Who may write on a ticket may use what its queue, and the
// desk, have for it.
func (o *op) offersReplyTemplate(t *desk.ReplyTemplate, on *desk.Ticket) bool {
	if on == nil || t.Owner != 0 || t.Group != 0 {
		return o.usesReplyTemplate(t)
	}
	return o.isAgent() && (t.Queue == 0 || t.Queue == on.Queue)
}

func (o *op) nameReplyTemplates(ctx context.Context, list []ReplyTemplateLine) error {
	var groups []desk.PrincipalID
	for _, t := range list {
		if t.Group != 0 {
			groups = append(groups, desk.PrincipalID(t.Group))
		}
	}
	names, err := o.names(ctx, groups)
	if err != nil {
		return err
	}
	queues, err := o.queueNames(ctx)
	for i := range list {
		switch t := &list[i]; {
		case t.Group != 0:
			t.Of = names[desk.PrincipalID(t.Group)].Text
		case t.Queue != 0 && o.canAny(access.Queue(t.Queue), desk.SeeQueue, desk.ShowTemplate, desk.ModifyTemplate):
			t.Of = queues[t.Queue]
		}
	}
	return err
}

// ticketToWrite returns a ticket on which the actor may reply or comment.
func (o *op) ticketToWrite(ctx context.Context, id desk.TicketID) (*desk.Ticket, error) {
	t, err := o.ticketFor(ctx, desk.ReplyToTicket, id)
	if desk.KindOf(err) == desk.Forbidden {
		return o.ticketFor(ctx, desk.CommentOnTicket, id)
	}
	return t, err
}

// ReplyTemplate returns a reply template that the actor may use.
func (s *Service) ReplyTemplate(ctx context.Context, by desk.Actor, id desk.ReplyTemplateID) (*ReplyTemplateLine, error) {
	var line *ReplyTemplateLine
	err := s.view(ctx, by, func(o *op) error {
		t, err := o.replyTemplate(ctx, id)
		if err != nil {
			return err
		}
		list := []ReplyTemplateLine{{ReplyTemplate: *t, May: o.changesReplyTemplate(t), Fit: true}}
		line = &list[0]
		return o.nameReplyTemplates(ctx, list)
	})
	return line, err
}

func (o *op) replyTemplate(ctx context.Context, id desk.ReplyTemplateID) (*desk.ReplyTemplate, error) {
	t, err := o.Tx.ReplyTemplate(ctx, id)
	if err != nil && desk.KindOf(err) != desk.NotFound {
		return nil, err
	}
	if err != nil || !o.usesReplyTemplate(t) {
		return nil, noReplyTemplate()
	}
	return t, nil
}

func noReplyTemplate() error { return desk.Errorf(desk.NotFound, "There is no such reply template.") }

// replyTemplateToChange returns one that the actor may change.
func (o *op) replyTemplateToChange(ctx context.Context, id desk.ReplyTemplateID) (*desk.ReplyTemplate, error) {
	t, err := o.replyTemplate(ctx, id)
	if err == nil && !o.changesReplyTemplate(t) {
		return nil, desk.Errorf(desk.Forbidden, "You may use this template but not change it: it asks for the right %s.", map[bool]desk.Right{true: desk.AdminGroup, false: desk.ModifyTemplate}[t.Group != 0])
	}
	return t, err
}

// A ReplyTemplatePlace is where the actor may make reply templates.
type ReplyTemplatePlace struct {
	Group desk.GroupID
	Queue desk.QueueID // with neither: the whole desk
	Name  string       // of the group or queue
}

// ReplyTemplatePlaces returns where, besides for himself, the actor may make
// reply templates: his groups (AdminGroup on them), queues and the desk
// (ModifyTemplate there).
func (s *Service) ReplyTemplatePlaces(ctx context.Context, by desk.Actor) ([]ReplyTemplatePlace, error) {
	var list []ReplyTemplatePlace
	err := s.view(ctx, by, func(o *op) error {
		if !o.isAgent() {
			return nil
		}
		if o.can(desk.ModifyTemplate, access.System()) {
			list = append(list, ReplyTemplatePlace{})
		}
		queues, err := o.Tx.Queues(ctx)
		if err != nil {
			return err
		}
		for _, q := range queues {
			if !q.Disabled && o.can(desk.ModifyTemplate, access.Queue(q.ID)) {
				list = append(list, ReplyTemplatePlace{Queue: q.ID, Name: q.Name})
			}
		}
		if by.IsSystem() {
			return nil
		}
		ids := slices.DeleteFunc(o.e.GroupsOf(desk.PrincipalID(by.User)), func(id desk.PrincipalID) bool {
			return o.e.IsCustomer(id) || id < desk.FirstPrincipal || !o.changesReplyTemplate(&desk.ReplyTemplate{Group: desk.GroupID(id)})
		})
		names, err := o.names(ctx, ids)
		for _, id := range ids {
			list = append(list, ReplyTemplatePlace{Group: desk.GroupID(id), Name: names[id].Text})
		}
		return err
	})
	return list, err
}

// SaveReplyTemplate keeps a reply template for oneself (agents), a group of one's
// own (AdminGroup), a queue or the desk (ModifyTemplate there), and returns its
// number; with a number it changes the name, language and text of that one. A
// text that names a field that there is not is refused with the place and the
// nearest field.
func (s *Service) SaveReplyTemplate(ctx context.Context, by desk.Actor, t desk.ReplyTemplate) (desk.ReplyTemplateID, error) {
	err := s.do(ctx, by, func(o *op) error {
		before := ""
		if t.ID != 0 {
			old, err := o.replyTemplateToChange(ctx, t.ID)
			if err != nil {
				return err
			}
			t.Owner, t.Group, t.Queue, t.Gone = old.Owner, old.Group, old.Queue, false
			before = describeReplyTemplate(old)
		}
		if err := o.checkReplyTemplate(ctx, &t); err != nil {
			return err
		}
		store := o.InsertReplyTemplate
		if t.ID != 0 {
			store = o.UpdateReplyTemplate
		}
		if err := store(ctx, &t); err != nil {
			return err
		}
		return o.auditReplyTemplate(ctx, &t, before)
	})
	return t.ID, err
}

func (o *op) checkReplyTemplate(ctx context.Context, t *desk.ReplyTemplate) error {
	var err error
	if t.Name, err = desk.CheckName("template", t.Name); err != nil {
		return err
	}
	if t.Language != "" {
		if t.Language, err = checkLanguage(t.Language); err != nil {
			return err
		}
	}
	t.Text = strings.TrimRight(strings.ReplaceAll(t.Text, "\r\n", "\n"), " \n")
	if t.Text == "" {
		return desk.InvalidFields(map[string]string{"text": "Write what the template puts in."})
	}
	if err := checkReplyText(t.Text); err != nil {
		return err
	}
	t.Changed = o.s.Now()
	if t.ID != 0 {
		return nil
	}
	switch {
	case t.Owner == 0 && t.Group == 0 && t.Queue != 0:
		if _, err := o.queueFor(ctx, desk.ModifyTemplate, t.Queue); err != nil {
			return err
		}
	case !o.changesReplyTemplate(t):
		return desk.Errorf(desk.Forbidden, "You may not make templates there: it asks for the right ModifyTemplate, on a group of yours for AdminGroup.")
	}
	return o.roomForReplyTemplate(ctx, t)
}

func checkReplyText(text string) error {
	var fault *template.Error
	if _, err := template.ParseReply(text); errors.As(err, &fault) {
		return desk.InvalidFields(map[string]string{"text": fmt.Sprintf("Line %d, column %d: %s.", fault.Line, fault.Column, fault.Text)})
	}
	return nil
}

func (o *op) roomForReplyTemplate(ctx context.Context, t *desk.ReplyTemplate) error {
	list, err := o.Tx.ReplyTemplates(ctx, t.Owner)
	same := 0
	for _, other := range list {
		if other.Owner == t.Owner && other.Group == t.Group && other.Queue == t.Queue {
			same++
		}
	}
	if same >= maxReplyTemplates {
		return desk.Errorf(desk.Conflict, "There are %d templates already; take one away first.", maxReplyTemplates)
	}
	return err
}

// auditReplyTemplate writes down what became of a template that others use.
func (o *op) auditReplyTemplate(ctx context.Context, t *desk.ReplyTemplate, before string) error {
	after := describeReplyTemplate(t)
	if t.Owner != 0 || before == after {
		return nil
	}
	place := "system"
	switch {
	case t.Group != 0:
		names, err := o.names(ctx, []desk.PrincipalID{desk.PrincipalID(t.Group)})
		if err != nil {
			return err
		}
		place = names[desk.PrincipalID(t.Group)].Ref
	case t.Queue != 0:
		q, err := o.Tx.Queue(ctx, t.Queue)
		if err != nil {
			return err
		}
		place = "queue:" + q.Name
	}
	return o.audit(ctx, change{"mail.reply", place, before, after})
}

func describeReplyTemplate(t *desk.ReplyTemplate) string {
	if t.Gone {
		return ""
	}
	return fmt.Sprintf("template: %s; language: %s; text: %s", t.Name, t.Language, t.Text)
}

// RemoveReplyTemplate takes a reply template away, or with back brings it back.
// It asks what SaveReplyTemplate asks.
func (s *Service) RemoveReplyTemplate(ctx context.Context, by desk.Actor, id desk.ReplyTemplateID, back bool) error {
	return s.do(ctx, by, func(o *op) error {
		t, err := o.replyTemplateToChange(ctx, id)
		if err != nil {
			return err
		}
		before := describeReplyTemplate(t)
		t.Gone = !back
		if err := o.UpdateReplyTemplate(ctx, t); err != nil {
			return err
		}
		return o.auditReplyTemplate(ctx, t, before)
	})
}
