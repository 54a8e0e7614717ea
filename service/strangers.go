package service

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"gatehouse/access"
	"gatehouse/desk"
)

// maxExcerpt bounds in bytes what a suggestion shows of a letter.
const maxExcerpt = 4000

// A question about a letter undoes what the letter has begun, such as an
// account for its sender, and is put to the agents.
type question struct {
	ticket desk.TicketID
	reason string
}

func (q *question) Error() string { return q.reason }

func ask(ticket desk.TicketID, format string, args ...any) error {
	return &question{ticket, fmt.Sprintf(format, args...)}
}

// askAgents keeps a letter for the ticket on which its sender may not write, for
// the agents to decide. The sender learns nothing of it.
func (o *op) askAgents(ctx context.Context, ticket desk.TicketID, l *desk.Letter, reason string) (Received, error) {
	excerpt := l.Text
	if len(excerpt) > maxExcerpt {
		excerpt = strings.ToValidUTF8(excerpt[:maxExcerpt], "") + "…"
	}
	if !utf8.ValidString(excerpt) {
		excerpt = strings.ToValidUTF8(excerpt, "\ufffd")
	}
	s := &desk.Suggestion{Ticket: ticket, Spool: l.Spool, From: l.From, Subject: oneLine(l.Subject), Excerpt: excerpt, Reason: reason, At: o.s.Now()}
	if err := o.InsertSuggestion(ctx, s); err != nil {
		return Received{}, err
	}
	return Received{State: desk.SpoolHeld, Reason: reason, Ticket: ticket}, nil
}

// Suggestions lists the letters for a ticket whose senders may not write on
// it and on which nobody has decided. They are internal: it asks
// ShowTicketComments.
func (s *Service) Suggestions(ctx context.Context, by desk.Actor, ticket desk.TicketID) ([]desk.Suggestion, error) {
	var list []desk.Suggestion
	err := s.view(ctx, by, func(o *op) error {
		t, err := o.Ticket(ctx, ticket)
		if _, err = o.allowed(t, err, desk.ShowTicketComments, ticket); err != nil {
			return err
		}
		list, err = o.Tx.Suggestions(ctx, ticket)
		return err
	})
	return list, err
}

// Decide says what becomes of a suggestion (ModifyTicket on its ticket, and
// CreateTicket in the queue for a new one). The letter is received accordingly
// when the spool is next looked at.
func (s *Service) Decide(ctx context.Context, by desk.Actor, id desk.SuggestionID, decision desk.Decision) error {
	return s.do(ctx, by, func(o *op) error {
		suggestion, err := o.Tx.Suggestion(ctx, id)
		if err != nil {
			return err
		}
		t, err := o.lockFor(ctx, desk.ModifyTicket, suggestion.Ticket)
		if desk.KindOf(err) == desk.NotFound {
			return desk.Errorf(desk.NotFound, "There is no such suggestion.")
		}
		if err != nil {
			return err
		}
		if suggestion.Decision != desk.Undecided {
			return desk.Errorf(desk.Conflict, "Somebody decided on this letter already.")
		}
		switch decision {
		case desk.AddAsCc:
			err = o.addSender(ctx, t, suggestion)
		case desk.AsNewTicket:
			err = o.need(desk.CreateTicket, access.Queue(t.Queue))
		case desk.Discard:
		default:
			err = desk.InvalidFields(map[string]string{"decision": "Choose cc, ticket or discard."})
		}
		if err != nil {
			return err
		}
		suggestion.Decision, suggestion.By, suggestion.Decided = decision, o.by.User, o.s.Now()
		if err := o.DecideSuggestion(ctx, suggestion); err != nil {
			return err
		}
		return o.decided(ctx, suggestion)
	})
}

// addSender puts the sender of a suggested letter into Cc; an unknown one
// becomes a contact.
func (o *op) addSender(ctx context.Context, t *desk.Ticket, s *desk.Suggestion) error {
	sender, err := o.UserByAddress(ctx, s.From.Address)
	if desk.KindOf(err) == desk.NotFound {
		sender, err = o.newContact(ctx, s.From)
	}
	if err != nil {
		return err
	}
	if sender.Disabled {
		return desk.Errorf(desk.Conflict, "%s is disabled; enable him first.", sender.Login)
	}
	who := desk.PrincipalID(sender.ID)
	if t.Facts().Stands(who, desk.RolesOf(desk.Requestor, desk.Cc, desk.AdminCc)) {
		return nil
	}
	q, err := o.Queue(ctx, t.Queue)
	if err != nil {
		return err
	}
	return o.addWatcher(ctx, entering{ticket: t, queue: q, role: desk.Cc, who: who})
}

// decided gives the letter back to the spool, or ends it.
func (o *op) decided(ctx context.Context, s *desk.Suggestion) error {
	entry, err := o.Tx.Spooled(ctx, s.Spool)
	if err != nil {
		return err
	}
	entry.State, entry.Reason, entry.Tries, entry.Released = desk.SpoolWaiting, "", 0, true
	if s.Decision == desk.Discard {
		entry.State, entry.Reason = desk.SpoolRefused, "An agent discarded it."
	}
	return o.UpdateSpooled(ctx, entry, o.s.Now())
}

// vouched returns the decision of the agent who vouches for a letter, nil
// where there is none.
func (o *op) vouched(ctx context.Context, entry *desk.Spooled) (*desk.Suggestion, error) {
	if entry.AsTicket {
		return &desk.Suggestion{Spool: entry.ID, Decision: desk.AsNewTicket}, nil
	}
	s, err := o.SuggestionOf(ctx, entry.ID)
	if err != nil || s == nil || s.Decision != desk.AddAsCc && s.Decision != desk.AsNewTicket {
		return nil, err
	}
	return s, nil
}
