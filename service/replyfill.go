package service

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/desk/template"
)

// A ReplyFill asks for the text that a reply template makes on a ticket.
type ReplyFill struct {
	Ticket   desk.TicketID
	Template desk.ReplyTemplateID // zero: Text, which need not be stored
	Text     string
}

// FillReply returns what a reply template puts into what the actor writes on a
// ticket (ReplyToTicket or CommentOnTicket on it), as he may see what it names.
// Nothing is written.
func (s *Service) FillReply(ctx context.Context, by desk.Actor, in ReplyFill) (string, error) {
	text := ""
	err := s.view(ctx, by, func(o *op) error {
		on, err := o.ticketToWrite(ctx, in.Ticket)
		if err != nil {
			return err
		}
		if !o.isAgent() {
			return desk.Errorf(desk.Forbidden, "Reply templates are for the people at the desk.")
		}
		if in.Template != 0 {
			t, err := o.Tx.ReplyTemplate(ctx, in.Template)
			if desk.KindOf(err) == desk.NotFound || err == nil && (t.Gone || !o.offersReplyTemplate(t, on)) {
				return noReplyTemplate()
			}
			if err != nil {
				return err
			}
			in.Text = t.Text
		}
		if err := checkReplyText(in.Text); err != nil {
			return err
		}
		parsed, err := template.ParseReply(in.Text)
		if err != nil {
			return err
		}
		values, err := o.replyValues(ctx, on)
		text = parsed.Render(values)
		return err
	})
	return text, err
}

// replyValues are what the fields of reply templates hold on a ticket.
func (o *op) replyValues(ctx context.Context, on *desk.Ticket) (map[string]string, error) {
	v := map[string]string{"ticket.id": on.ID.String(), "ticket.subject": on.Subject, "desk.name": o.s.Name()}
	if o.can(desk.SeeQueue, access.Queue(on.Queue)) {
		q, err := o.Tx.Queue(ctx, on.Queue)
		if err != nil {
			return nil, err
		}
		v["ticket.queue"] = q.Name
	}
	if !on.Due.IsZero() {
		v["ticket.due"] = on.Due.In(o.s.Zone()).Format("2006-01-02")
	}
	if o.s.opt.BaseURL != "" {
		v["ticket.url"] = o.s.opt.BaseURL + "/portal/tickets/" + strconv.FormatInt(int64(on.ID), 10)
	}
	me := desk.PrincipalID(o.by.User)
	contact := o.contactOf(on)
	ids := append([]desk.PrincipalID{contact, me}, on.In(desk.CustomerRole)...)
	names, err := o.names(ctx, slices.DeleteFunc(slices.Clone(ids), func(id desk.PrincipalID) bool { return id == 0 || !o.mayKnow(id) }))
	if err != nil {
		return nil, err
	}
	v["contact.name"], v["me.name"] = names[contact].Text, names[me].Text
	v["contact.first"], _, _ = strings.Cut(v["contact.name"], " ")
	v["me.first"], _, _ = strings.Cut(v["me.name"], " ")
	for _, id := range slices.Backward(ids[2:]) {
		if name := names[id].Text; name != "" {
			v["customer.name"] = name
		}
	}
	return v, nil
}

// contactOf is the person who asked: the first user among the requestors, or who
// reported the ticket for his company.
func (o *op) contactOf(on *desk.Ticket) desk.PrincipalID {
	for _, id := range on.In(desk.Requestor) {
		if o.e.KindOf(desk.UserID(id)) != 0 {
			return id
		}
	}
	return desk.PrincipalID(on.Reporter)
}

// languageOfContact is the language of who asked, as template.Base writes it.
func (o *op) languageOfContact(ctx context.Context, on *desk.Ticket) (string, error) {
	id := desk.UserID(o.contactOf(on))
	users, err := o.UsersByID(ctx, []desk.UserID{id})
	if u := users[id]; err == nil && u != nil && u.Language != "" {
		return template.Base(u.Language), nil
	}
	return template.Base(o.s.Language()), err
}
