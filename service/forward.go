package service

import (
	"context"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
)

// mayRead returns a message that the actor may read, with the files' contents.
func (o *op) mayRead(ctx context.Context, id desk.MessageID, right desk.Right) (*desk.Message, *desk.Ticket, error) {
	none := desk.Errorf(desk.NotFound, "There is no such message.")
	m, err := o.Tx.Message(ctx, id)
	if desk.KindOf(err) == desk.NotFound {
		return nil, nil, none
	}
	if err != nil {
		return nil, nil, err
	}
	t, err := o.ticketFor(ctx, right, m.Ticket)
	if err != nil {
		return nil, nil, err
	}
	if m.Kind == desk.Comment && !o.can(desk.ShowTicketComments, access.Ticket(t.Facts())) {
		return nil, nil, none
	}
	for i := range m.Attachments {
		whole, err := o.Tx.Attachment(ctx, m.Attachments[i].ID)
		if err != nil {
			return nil, nil, err
		}
		m.Attachments[i] = desk.Attachment{Name: whole.Name, Type: whole.Type, Data: whole.Data}
	}
	return m, t, nil
}

// A Forward sends a message on to people who have nothing to do with it yet.
type Forward struct {
	Message desk.MessageID
	To      []string // addresses
	Text    string   // before the message; may be empty
	Form    string   // token of the form, so that sending it twice sends once
}

// ForwardMessage sends a message with its files to some addresses, which the
// ticket keeps as a comment (ForwardMessage, and what reading it asks).
func (s *Service) ForwardMessage(ctx context.Context, by desk.Actor, in Forward) (desk.MessageID, error) {
	var id desk.MessageID
	err := s.do(ctx, by, func(o *op) error {
		if earlier, err := o.formSentBefore(ctx, in.Form); err != nil || earlier != 0 {
			id = desk.MessageID(earlier)
			return err
		}
		m, t, err := o.mayRead(ctx, in.Message, desk.ForwardMessage)
		if err != nil {
			return err
		}
		if !o.isAgent() {
			return desk.Errorf(desk.Forbidden, "Only the people at the desk forward messages.")
		}
		if len(in.To) == 0 {
			return desk.InvalidFields(map[string]string{"to": "Write at least one mail address."})
		}
		for _, address := range in.To {
			if err := checkAddress(address); err != nil {
				return desk.InvalidFields(map[string]string{"to": desk.Sentence(err)})
			}
		}
		text, err := o.forwarded(ctx, m, t, in.Text)
		if err != nil {
			return err
		}
		written, err := o.write(ctx, NewMessage{Ticket: t.ID, Kind: desk.Comment, Subject: "Fwd: " + t.Subject, Text: text, Files: m.Attachments,
			Delivery: Delivery{OneTimeCc: in.To, Forward: true}, vouched: true})
		if err != nil {
			return err
		}
		id = written.ID
		return o.rememberForm(ctx, in.Form, desk.TicketID(id))
	})
	return id, err
}

// forwarded is the text of a message that is sent on, below what is said to it.
func (o *op) forwarded(ctx context.Context, m *desk.Message, t *desk.Ticket, lead string) (string, error) {
	author := o.s.Name()
	if m.Author != 0 {
		u, err := o.Tx.User(ctx, m.Author)
		if err != nil {
			return "", err
		}
		author = u.Called()
	}
	var text strings.Builder
	if lead = strings.TrimSpace(lead); lead != "" {
		text.WriteString(lead + "\n\n")
	}
	text.WriteString("---------- Forwarded message ----------\nFrom: " + author + "\nDate: " + m.At.UTC().Format(time.RFC1123) + "\nSubject: " + t.Subject + "\n\n" + m.Text)
	return text.String(), nil
}

// splitFrom brings the files of a message along into the ticket that is opened
// of it, and links the two.
func (o *op) splitFrom(ctx context.Context, in *NewTicket) (func(t *desk.Ticket) error, error) {
	m, source, err := o.mayRead(ctx, in.Split, desk.ModifyTicket)
	if err != nil {
		return nil, err
	}
	in.Files = append(in.Files, m.Attachments...)
	return func(t *desk.Ticket) error {
		l := Link{From: t.ID, Type: LinkRefersTo, To: source.ID}
		if err := o.AddLink(ctx, l); err != nil {
			return err
		}
		return o.recordLink(ctx, l, "added")
	}, nil
}
