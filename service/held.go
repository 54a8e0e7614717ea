package service

import (
	"context"
	"slices"
	"strings"
	"time"

	"gatehouse/desk"
)

// JobHeld is the kind of job that writes a held reply; its data is the reply's
// number.
const JobHeld = "held"

// HoldFor is how long a reply that is held can be taken back; zero: none is.
func (s *Service) HoldFor() time.Duration { return s.opt.HoldReplies }

// Hold takes a reply that its writer can take back for HoldFor: it is stored,
// and written when that time is over, whatever becomes of his browser. It asks
// what Write asks, and asks again when it is written.
func (s *Service) Hold(ctx context.Context, by desk.Actor, in NewMessage) (desk.HeldID, error) {
	var id desk.HeldID
	in.Kind = desk.Reply
	if err := s.rehearseWriting(ctx, by, in); err != nil {
		return 0, err
	}
	err := s.do(ctx, by, func(o *op) error {
		if earlier, err := o.formSentBefore(ctx, in.Form); err != nil || earlier != 0 {
			id = desk.HeldID(earlier)
			return err
		}
		h, err := o.hold(ctx, in)
		if err != nil {
			return err
		}
		id = h.ID
		return o.rememberForm(ctx, in.Form, desk.TicketID(h.ID))
	})
	return id, err
}

// rehearseWriting refuses a message that could not be written now. The same
// form sent again is none of it: what it wrote then may be newer.
func (s *Service) rehearseWriting(ctx context.Context, by desk.Actor, in NewMessage) error {
	files := make([]desk.Attachment, len(in.Files))
	for i, f := range in.Files {
		files[i] = desk.Attachment{Name: f.Name, Type: f.Type}
	}
	in.Files = files
	return s.rehearse(ctx, by, func(o *op) error {
		if by.IsSystem() {
			return desk.Errorf(desk.Invalid, "The system takes nothing back, so it holds nothing.")
		}
		if earlier, err := o.formSentBefore(ctx, in.Form); err != nil || earlier != 0 {
			return err
		}
		_, err := o.write(ctx, in)
		return err
	})
}

func (o *op) hold(ctx context.Context, in NewMessage) (*desk.Held, error) {
	t, err := o.ticketFor(ctx, desk.ReplyToTicket, in.Ticket)
	if err != nil {
		return nil, err
	}
	what := desk.HeldText{Subject: in.Subject, Text: in.Text, OneTimeCc: in.Delivery.OneTimeCc, OneTimeBcc: in.Delivery.OneTimeBcc, Squelch: in.Delivery.Squelch, Status: in.Status}
	now := o.s.Now()
	h := &desk.Held{User: o.by.User, Via: o.by.Via, Ticket: t.ID, Text: what, At: now, Due: now.Add(o.s.opt.HoldReplies), Files: in.Files}
	if err := o.InsertHeld(ctx, h); err != nil {
		return nil, err
	}
	if err := o.DeleteDraft(ctx, o.by.User, t.ID, desk.Reply); err != nil {
		return nil, err
	}
	return h, o.InsertJob(ctx, &desk.Job{Kind: JobHeld, Data: formatID(h.ID), Next: h.Due})
}

// HeldReplies lists the actor's own held replies, the oldest first: on a ticket,
// or with zero on all; on tickets that he may see.
func (s *Service) HeldReplies(ctx context.Context, by desk.Actor, ticket desk.TicketID) ([]desk.Held, error) {
	var list []desk.Held
	err := s.view(ctx, by, func(o *op) error {
		all, err := o.HeldOf(ctx, by.User, ticket)
		if err != nil {
			return err
		}
		for _, h := range all {
			_, err := o.ticketFor(ctx, desk.ShowTicket, h.Ticket)
			if err != nil && isRefusal(err) {
				continue
			}
			if err != nil {
				return err
			}
			list = append(list, h)
		}
		return nil
	})
	return list, err
}

// heldFor returns a held reply of the actor's own. One that was written
// meanwhile is told of as such, whoever asks: there is nothing to learn from it.
func (o *op) heldFor(ctx context.Context, id desk.HeldID) (*desk.Held, error) {
	h, err := o.Tx.Held(ctx, id)
	if desk.KindOf(err) == desk.NotFound || err == nil && h.User != o.by.User {
		return nil, desk.Errorf(desk.NotFound, "There is no such reply to take back: it was sent already.")
	}
	return h, err
}

// TakeBackReply makes a draft of a held reply of the actor's own, and returns
// its ticket. Its files have to be chosen again. One that was written already
// is not there any more.
func (s *Service) TakeBackReply(ctx context.Context, by desk.Actor, id desk.HeldID) (desk.TicketID, error) {
	var ticket desk.TicketID
	err := s.do(ctx, by, func(o *op) error {
		h, err := o.heldFor(ctx, id)
		if err != nil {
			return err
		}
		what := h.Text
		ticket = h.Ticket
		if err := o.DeleteHeld(ctx, id); err != nil {
			return err
		}
		d := desk.Draft{User: by.User, Ticket: ticket, Kind: desk.Reply, Text: what.Text, At: s.Now(),
			Also: strings.Join(slices.Concat(what.OneTimeCc, what.OneTimeBcc), ", ")}
		newer, err := o.Tx.Drafts(ctx, by.User, ticket, 2)
		for _, n := range newer {
			if n.Kind == desk.Reply {
				d.Text += "\n\n" + n.Text
			}
		}
		if err != nil || strings.TrimSpace(d.Text) == "" {
			return err
		}
		return o.Tx.SaveDraft(ctx, &d)
	})
	return ticket, err
}

// SendHeld writes a held reply of the actor's own at once.
func (s *Service) SendHeld(ctx context.Context, by desk.Actor, id desk.HeldID) (desk.MessageID, error) {
	var written desk.MessageID
	err := s.do(ctx, by, func(o *op) error {
		h, err := o.heldFor(ctx, id)
		if err != nil {
			return err
		}
		written, err = o.writeHeld(ctx, h)
		return err
	})
	return written, err
}

// writeHeld writes a held reply and takes it away, in one transaction.
func (o *op) writeHeld(ctx context.Context, h *desk.Held) (desk.MessageID, error) {
	what := h.Text
	in := NewMessage{Ticket: h.Ticket, Kind: desk.Reply, Subject: what.Subject, Text: what.Text, Files: h.Files, Delivery: Delivery{OneTimeCc: what.OneTimeCc, OneTimeBcc: what.OneTimeBcc, Squelch: what.Squelch}, Status: what.Status}
	m, err := o.write(ctx, in)
	if err != nil {
		return 0, err
	}
	return m.ID, o.DeleteHeld(ctx, h.ID)
}

// SendDueReply writes the held reply that a job names, as its writer and with
// the rights that he has then; doing it again changes nothing. Where it is
// refused it stays, with why, until he takes it back. Only the system does it.
func (s *Service) SendDueReply(ctx context.Context, by desk.Actor, job desk.Job) error {
	id := parseID[desk.HeldID](job.Data)
	var h *desk.Held
	err := s.view(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		var err error
		h, err = o.Tx.Held(ctx, id)
		return err
	})
	if err == nil {
		err = s.do(ctx, desk.Actor{User: h.User, Via: h.Via}, func(o *op) error {
			if h, err = o.Tx.Held(ctx, id); err != nil {
				return err
			}
			if _, err := o.writeHeld(ctx, h); err != nil {
				return err
			}
			return o.DeleteJob(ctx, job.ID)
		})
	}
	switch {
	case err == nil:
		return nil
	case h != nil && isRefusal(err) || desk.KindOf(err) == desk.Unauthenticated:
		return s.refuseHeld(ctx, by, job, id, err)
	case desk.KindOf(err) == desk.NotFound:
		return s.refuseHeld(ctx, by, job, 0, err)
	}
	return err
}

// refuseHeld ends the job of a held reply that could not be written.
func (s *Service) refuseHeld(ctx context.Context, by desk.Actor, job desk.Job, id desk.HeldID, why error) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		if id != 0 {
			if err := o.RefuseHeld(ctx, id, desk.Sentence(why)); err != nil {
				return err
			}
		}
		if err := o.DeleteJob(ctx, job.ID); desk.KindOf(err) != desk.NotFound {
			return err
		}
		return nil // it was done already
	})
}
