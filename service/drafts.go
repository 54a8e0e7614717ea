package service

import (
	"context"
	"strings"

	"gatehouse/desk"
)

// draftsShown is how many drafts a list has at the most.
const draftsShown = 20

// SaveDraft keeps what the actor has begun to write on a ticket, in place of
// what he had begun before; an empty text forgets it. It asks what writing it
// asks.
func (s *Service) SaveDraft(ctx context.Context, by desk.Actor, d desk.Draft) error {
	return s.do(ctx, by, func(o *op) error {
		if by.IsSystem() {
			return desk.Errorf(desk.Invalid, "The system has no drafts.")
		}
		right := desk.ReplyToTicket
		if d.Kind == desk.Comment {
			right = desk.CommentOnTicket
		}
		t, err := o.ticketFor(ctx, right, d.Ticket)
		if err != nil {
			return err
		}
		if err := checkText(d.Text); err != nil {
			return err
		}
		if len(d.Also) > 10_000 {
			return desk.Errorf(desk.TooLarge, "These are too many addresses for a draft.")
		}
		d.User, d.Ticket, d.At = by.User, t.ID, s.Now()
		if strings.TrimSpace(d.Text) == "" {
			return o.DeleteDraft(ctx, by.User, t.ID, d.Kind)
		}
		return o.Tx.SaveDraft(ctx, &d)
	})
}

// A DraftLine is a draft with the subject of its ticket.
type DraftLine struct {
	desk.Draft
	Subject string
}

// Drafts lists what the actor has begun to write, the newest first, on tickets
// that he may see; with a ticket, there only.
func (s *Service) Drafts(ctx context.Context, by desk.Actor, ticket desk.TicketID) ([]DraftLine, error) {
	var list []DraftLine
	err := s.view(ctx, by, func(o *op) error {
		if by.IsSystem() {
			return nil
		}
		all, err := o.Tx.Drafts(ctx, by.User, ticket, draftsShown)
		if err != nil {
			return err
		}
		for _, d := range all {
			t, err := o.ticketFor(ctx, desk.ShowTicket, d.Ticket)
			if desk.KindOf(err) == desk.NotFound || desk.KindOf(err) == desk.Forbidden {
				continue
			}
			if err != nil {
				return err
			}
			list = append(list, DraftLine{d, t.Subject})
		}
		return nil
	})
	return list, err
}
