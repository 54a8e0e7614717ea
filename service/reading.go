package service

import (
	"context"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// mostMarked is how many tickets are marked as read at once.
const mostMarked = 500

// ReadTicket notes that the actor reads a ticket (ShowTicket), and what he was
// told of it with it. It returns up to which message he had read it before; zero:
// never. Where he has read all of it, nothing is written.
func (s *Service) ReadTicket(ctx context.Context, by desk.Actor, id desk.TicketID) (desk.MessageID, error) {
	var before desk.MessageID
	var t *desk.Ticket
	fresh := false
	err := s.view(ctx, by, func(o *op) error {
		var err error
		if t, err = o.readable(ctx, id); err != nil {
			return err
		}
		r, err := o.Reading(ctx, by.User, t.ID, o.readsComments(t))
		before, fresh = r.Upto, r.Newest > r.Upto || r.Marked || r.Told > 0
		return err
	})
	if err != nil || !fresh {
		return before, err
	}
	return before, s.do(ctx, by, func(o *op) error {
		if t, err = o.readable(ctx, id); err != nil {
			return err
		}
		r, err := o.Reading(ctx, by.User, t.ID, o.readsComments(t))
		if err != nil {
			return err
		}
		if err := o.SetReading(ctx, by.User, t.ID, store.Reading{Upto: max(r.Newest, r.Upto)}, s.Now()); err != nil {
			return err
		}
		_, err = o.Tx.ReadNotices(ctx, by.User, t.ID, s.Now())
		return err
	})
}

// readable returns a ticket that a person reads.
func (o *op) readable(ctx context.Context, id desk.TicketID) (*desk.Ticket, error) {
	if o.by.IsSystem() {
		return nil, noTicket(id)
	}
	return o.ticketFor(ctx, desk.ShowTicket, id)
}

// readsComments reports whether comments on a ticket are among what the actor
// reads of it: the portal shows none.
func (o *op) readsComments(t *desk.Ticket) bool {
	return o.isAgent() && o.can(desk.ShowTicketComments, access.Ticket(t.Facts()))
}

// MarkTickets marks tickets that the actor, who works at the desk, may see as read
// or as unread by him, and returns how many they are; the others are passed over.
func (s *Service) MarkTickets(ctx context.Context, by desk.Actor, ids []desk.TicketID, unread bool) (int, error) {
	n := 0
	err := s.do(ctx, by, func(o *op) error {
		n = 0
		if len(ids) > mostMarked {
			return desk.Errorf(desk.Invalid, "Mark at most %d tickets at once.", mostMarked)
		}
		for _, id := range ids {
			t, err := o.deskTicket(ctx, id)
			if err != nil && isRefusal(err) {
				continue
			}
			if err != nil {
				return err
			}
			r, err := o.Reading(ctx, by.User, t.ID, o.can(desk.ShowTicketComments, access.Ticket(t.Facts())))
			if err != nil {
				return err
			}
			if r.Marked = unread; !unread {
				r.Upto = max(r.Newest, r.Upto)
			}
			if err := o.SetReading(ctx, by.User, t.ID, r, s.Now()); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// fillUnread marks those lines of a list that hold something new to the actor.
// tickets are those of the lines.
func (o *op) fillUnread(ctx context.Context, lines []TicketLine, tickets []desk.Ticket) error {
	if o.by.IsSystem() {
		return nil
	}
	since, err := o.readUntil(ctx)
	if err != nil {
		return err
	}
	var ids, comments []desk.TicketID
	for i := range tickets {
		ids = append(ids, tickets[i].ID)
		if o.readsComments(&tickets[i]) {
			comments = append(comments, tickets[i].ID)
		}
	}
	unread, err := o.Unread(ctx, o.by.User, since, ids, comments)
	for i := range lines {
		lines[i].Unread = unread[lines[i].ID]
	}
	return err
}

// readUntil is the moment before which all counts as read by the actor.
func (o *op) readUntil(ctx context.Context) (time.Time, error) {
	since, err := o.ReadUntil(ctx, o.by.User)
	if kept := o.s.Now().Add(-noticesKept); kept.After(since) {
		since = kept
	}
	return since, err
}
