package service

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
)

const (
	spoolLease = 5 * time.Minute
	spoolTries = 10
)

// A MailTarget is where letters to an address go.
type MailTarget struct {
	Queue  string
	Action desk.MailAction
}

// MailTarget returns where letters to an address go, or an error of kind
// NotFound where the desk has no such address. Only the system asks.
func (s *Service) MailTarget(ctx context.Context, by desk.Actor, address string) (*MailTarget, error) {
	var target *MailTarget
	err := s.view(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		q, action, err := o.queueOfAddress(ctx, strings.ToLower(address))
		if err != nil {
			return err
		}
		target = &MailTarget{q.Name, action}
		return nil
	})
	return target, err
}

// SpoolMail stores a letter as it came. When it returns without an error the
// letter is on disk and can be acknowledged. Only the system does it.
func (s *Service) SpoolMail(ctx context.Context, by desk.Actor, env desk.Envelope, raw []byte) (desk.SpoolID, error) {
	entry := &desk.Spooled{Envelope: env, At: s.Now(), State: desk.SpoolWaiting, Raw: raw}
	err := s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		if env.Queue != "" {
			if _, err := o.QueueByName(ctx, env.Queue); err != nil {
				return err
			}
		}
		return o.InsertSpooled(ctx, entry)
	})
	return entry.ID, err
}

// NextSpooled returns a letter that is to be looked at now, or nil, and keeps
// others from it for five minutes. One that was tried too often without a word
// of how it ended has brought the program down each time; it is parked here.
// Only the system asks.
func (s *Service) NextSpooled(ctx context.Context, by desk.Actor) (*desk.Spooled, error) {
	var entry *desk.Spooled
	err := s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		var err error
		entry, err = o.ClaimSpooled(ctx, spoolLease)
		if err != nil || entry == nil || entry.Tries <= spoolTries {
			return err
		}
		entry.State, entry.Reason = desk.SpoolParked, "The program broke off each time that it looked at this letter."
		if err := o.UpdateSpooled(ctx, entry, s.Now()); err != nil {
			return err
		}
		entry = nil
		return nil
	})
	return entry, err
}

// SpoolFailed records that a letter could not be looked at. It is tried again
// later, and parked after too many tries. Only the system does it.
func (s *Service) SpoolFailed(ctx context.Context, by desk.Actor, id desk.SpoolID, reason string) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		entry, err := o.Tx.Spooled(ctx, id)
		if err != nil || entry.State != desk.SpoolWaiting {
			return err
		}
		entry.Reason = oneLine(reason)
		if entry.Tries >= spoolTries {
			entry.State = desk.SpoolParked
		}
		return o.UpdateSpooled(ctx, entry, s.Now().Add(backoff(entry.Tries)))
	})
}

// Received says what became of a letter.
type Received struct {
	State   desk.SpoolState
	Reason  string // why it was refused
	Ticket  desk.TicketID
	Message desk.MessageID
}

// sentence says what became of the letter.
func (r Received) sentence() string {
	text := ""
	switch {
	case r.State == desk.SpoolDone && r.Ticket == 0:
		text = "It was taken."
	case r.State == desk.SpoolDone && r.Message == 0 && r.Reason == "":
		text = fmt.Sprintf("It opened ticket %d.", r.Ticket)
	case r.State == desk.SpoolDone:
		text = fmt.Sprintf("It belongs to ticket %d.", r.Ticket)
	case r.State == desk.SpoolRefused:
		text = "It was refused."
	case r.State == desk.SpoolHeld && r.Ticket != 0:
		text = fmt.Sprintf("The agents of ticket %d are asked.", r.Ticket)
	case r.State == desk.SpoolHeld || r.State == desk.SpoolJunk:
		text = "It waits until somebody releases it."
	}
	return strings.TrimSpace(text + " " + r.Reason)
}

// ReceiveMail makes of a letter what it is meant to be: a new ticket, a reply
// or a comment, with the rights of whoever wrote it. What is refused changes
// nothing, leaves no account behind, and stays in the spool with the reason.
// An error is returned only where trying again may help. Only the system asks.
func (s *Service) ReceiveMail(ctx context.Context, by desk.Actor, l desk.Letter) (Received, error) {
	var got Received
	before := l.Notes
	err := s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		l.Notes = before // where this is done once more
		entry, err := o.LockSpooled(ctx, l.Spool)
		if err != nil {
			return err
		}
		if entry.State != desk.SpoolWaiting {
			got = Received{entry.State, entry.Reason, entry.Ticket, entry.Message}
			return nil
		}
		if got, err = o.receive(ctx, entry, &l); err != nil {
			return err
		}
		return o.endSpooled(ctx, entry, l.Notes, got)
	})
	if err == nil || !setsAside(err) {
		return got, err
	}
	s.log.InfoContext(ctx, "a letter was not taken", "spool", int64(l.Spool), "reason", err.Error())
	return got, s.do(ctx, by, func(o *op) error {
		entry, spoolErr := o.LockSpooled(ctx, l.Spool)
		if spoolErr != nil {
			return spoolErr
		}
		if entry.State != desk.SpoolWaiting {
			got = Received{entry.State, entry.Reason, entry.Ticket, entry.Message}
			return nil
		}
		var asideErr error
		if got, asideErr = o.setAside(ctx, &l, err); asideErr != nil {
			return asideErr
		}
		return o.endSpooled(ctx, entry, l.Notes, got)
	})
}

// setsAside reports whether an error says what becomes of the letter instead.
func setsAside(err error) bool {
	return errors.As(err, new(*refusedLetter)) || errors.As(err, new(*hold)) || errors.As(err, new(*question))
}

// setAside carries out what became of a letter instead.
func (o *op) setAside(ctx context.Context, l *desk.Letter, why error) (Received, error) {
	held, asked, refused := &hold{}, &question{}, &refusedLetter{}
	switch {
	case errors.As(why, &held):
		if held.loop {
			if err := o.tellOfLoop(ctx, l, held.reason); err != nil {
				return Received{}, err
			}
		}
		return Received{State: held.state, Reason: held.reason}, nil
	case errors.As(why, &asked):
		return o.askAgents(ctx, asked.ticket, l, asked.reason)
	case errors.As(why, &refused):
		return Received{State: desk.SpoolRefused, Reason: refused.reason}, nil
	}
	return Received{}, why
}

// endSpooled notes on a letter what became of it, and all that led there.
func (o *op) endSpooled(ctx context.Context, entry *desk.Spooled, notes desk.LetterNotes, got Received) error {
	entry.Notes = notes
	entry.Notes.Steps = append(slices.Clip(notes.Steps), desk.LetterStep{What: desk.StepResult, Said: got.sentence()})
	entry.State, entry.Reason, entry.Ticket, entry.Message = got.State, got.Reason, got.Ticket, got.Message
	return o.UpdateSpooled(ctx, entry, o.s.Now())
}

// A refusedLetter undoes what the letter has begun; its reason is kept.
type refusedLetter struct{ reason string }

func (r *refusedLetter) Error() string { return r.reason }

func refuse(format string, args ...any) error {
	return &refusedLetter{fmt.Sprintf(format, args...)}
}

// refusal turns an error that trying again will not help into the refusal of
// the letter.
func refusal(err error) error {
	switch desk.KindOf(err) {
	case desk.Forbidden, desk.NotFound, desk.Invalid, desk.Conflict, desk.TooLarge, desk.Unauthenticated:
		return refuse("%s", desk.Sentence(err))
	}
	return err
}

func (o *op) receive(ctx context.Context, entry *desk.Spooled, l *desk.Letter) (Received, error) {
	if earlier, err := o.FindDuplicate(ctx, entry); err != nil {
		return Received{}, err
	} else if earlier != nil {
		return Received{desk.SpoolDone, fmt.Sprintf("the same letter as %d, delivered twice", earlier.ID), earlier.Ticket, earlier.Message}, nil
	}
	if l.Bounce && !l.Own && !entry.AsTicket {
		return o.receiveBounce(ctx, l)
	}
	if err := o.checkLoop(ctx, l); err != nil && !(entry.AsTicket && setsAside(err)) {
		return Received{}, err
	}
	pointed, q, action, err := o.addressee(ctx, l)
	if err != nil {
		return Received{}, err
	}
	if err := o.admit(ctx, entry, q, l); err != nil {
		return Received{}, err
	}
	if pointed == 0 && !entry.AsTicket {
		if pointed, err = o.ticketOfThread(ctx, l); err != nil {
			return Received{}, err
		}
	}
	if pointed != 0 {
		t, err := o.current(ctx, pointed)
		if err != nil {
			return Received{}, refusal(err)
		}
		pointed = t.ID
	}
	if copied, err := o.copyOf(ctx, l, entry.Digest, place{pointed, q.ID, kindOf(action)}); err != nil {
		return Received{}, err
	} else if copied != nil {
		return Received{desk.SpoolDone, "the same letter came to another address of the desk, too", copied.Ticket, copied.Message}, nil
	}
	a := arrival{entry: entry, letter: l, action: action}
	vouched, err := o.vouched(ctx, entry)
	if err != nil {
		return Received{}, err
	}
	if a.vouched = vouched != nil; a.vouched {
		pointed = vouched.Ticket
		l.Note(desk.StepRights, "Somebody at the desk decided that it is to be taken.")
		l.Mark(desk.MarkVouched)
	}
	if pointed != 0 && (!a.vouched || vouched.Decision == desk.AddAsCc) {
		return o.receiveOnTicket(ctx, a, pointed)
	}
	if action == desk.CommentByMail {
		return Received{}, refuse("It came to the comment address but names no ticket that it could be a comment on.")
	}
	return o.receiveNew(ctx, a, q)
}

// A place is what a letter is about to become: a message on a ticket, or a new
// ticket in a queue.
type place struct {
	ticket desk.TicketID // zero: a new one
	queue  desk.QueueID
	kind   desk.MessageKind
}

func kindOf(action desk.MailAction) desk.MessageKind {
	if action == desk.CommentByMail {
		return desk.Comment
	}
	return desk.Reply
}

// copyOf returns what the very same letter became already by way of another
// recipient, where it would become the same once more: who answers to all
// writes to the reply address and to the queue.
func (o *op) copyOf(ctx context.Context, l *desk.Letter, digest string, at place) (*desk.Spooled, error) {
	if l.LetterID == "" {
		return nil, nil
	}
	tickets, err := o.TicketsByLetter(ctx, []string{l.LetterID})
	for _, id := range tickets {
		t, err := o.current(ctx, id)
		if err != nil {
			return nil, err
		}
		id = t.ID
		if at.ticket != id && (at.ticket != 0 || at.queue != t.Queue) {
			continue
		}
		messages, err := o.Messages(ctx, id, true, 0, 1<<20)
		if err != nil {
			return nil, err
		}
		for _, m := range messages {
			if m.LetterID != l.LetterID || m.Spool == 0 || m.Kind != at.kind {
				continue
			}
			if entry, err := o.Tx.Spooled(ctx, m.Spool); err != nil || entry.Digest == digest {
				return entry, err
			}
		}
	}
	return nil, err
}

// checkLoop refuses the desk's own letters, and letters from addresses of the desk itself.
func (o *op) checkLoop(ctx context.Context, l *desk.Letter) error {
	if l.Own {
		return refuse("It is a letter of the desk's own that came back.")
	}
	for _, from := range []string{l.From.Address, strings.ToLower(l.Envelope.From)} {
		_, _, err := o.queueOfAddress(ctx, from)
		if err == nil || from == o.s.ownAddress() {
			return refuse("Its sender is an address of the desk itself: %s.", from)
		}
		if desk.KindOf(err) != desk.NotFound {
			return err
		}
	}
	return nil
}

// addressee returns what the recipient's address says: the ticket, if it is a
// reply address, else the queue, and whether it is a comment.
func (o *op) addressee(ctx context.Context, l *desk.Letter) (desk.TicketID, *desk.Queue, desk.MailAction, error) {
	recipient := strings.ToLower(l.Envelope.Recipient)
	id, of, err := o.ticketOfAddress(ctx, recipient)
	if err != nil {
		return 0, nil, "", err
	}
	if id != 0 {
		l.Note(desk.StepTo, "%s is a reply address of ticket %d, and its code is right.", recipient, id)
		if err := o.proveByAddress(ctx, l, of); err != nil {
			return 0, nil, "", err
		}
	}
	q, action, err := o.queueOfAddress(ctx, recipient)
	if l.Envelope.Queue != "" {
		q, err = o.QueueByName(ctx, l.Envelope.Queue)
		action = l.Envelope.Action
	}
	if err != nil {
		return 0, nil, "", refusal(err)
	}
	if l.Envelope.Action == desk.CommentByMail {
		action = desk.CommentByMail
	}
	if l.Envelope.Queue != "" {
		l.Note(desk.StepTo, "It was handed in for the queue %s (%s).", q.Name, action)
	} else {
		l.Note(desk.StepTo, "Letters to %s go to the queue %s (%s).", recipient, q.Name, action)
	}
	return id, q, action, nil
}

// ticketOfThread returns the ticket that the letter's references or its
// subject tag lead to, or zero. The sender's right is asked later.
func (o *op) ticketOfThread(ctx context.Context, l *desk.Letter) (desk.TicketID, error) {
	found, err := o.TicketsByLetter(ctx, append(append([]string(nil), l.InReplyTo...), l.References...))
	if err != nil {
		return 0, err
	}
	if len(found) > 0 {
		l.Note(desk.StepThread, "It answers a letter of ticket %d (In-Reply-To, References).", found[0])
		return found[0], nil
	}
	id, ok := o.s.subjectTag(l.Subject)
	if !ok {
		l.Note(desk.StepThread, "It answers no letter that the desk knows, and its subject names no ticket.")
		return 0, nil
	}
	if _, err := o.Ticket(ctx, id); desk.KindOf(err) == desk.NotFound {
		l.Note(desk.StepThread, "Its subject names ticket %d, which there is not.", id)
		return 0, nil
	} else if err != nil {
		return 0, err
	}
	l.Note(desk.StepThread, "Its subject names ticket %d.", id)
	return id, nil
}

// asSender lets the op go on as whoever wrote the letter.
func (o *op) asSender(u *desk.User) *op {
	sender := *o
	sender.by = desk.Actor{User: u.ID, Via: desk.ViaMail}
	return &sender
}

// SpoolList returns letters that came in, newest first (AdminMail).
func (s *Service) SpoolList(ctx context.Context, by desk.Actor, f SpoolFilter) ([]desk.Spooled, bool, error) {
	var list []desk.Spooled
	var more bool
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		var err error
		list, more, err = o.SpooledList(ctx, f)
		return err
	})
	return list, more, err
}

// SpooledLetter returns one letter that came in, with its bytes (AdminMail).
func (s *Service) SpooledLetter(ctx context.Context, by desk.Actor, id desk.SpoolID) (*desk.Spooled, error) {
	var entry *desk.Spooled
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		var err error
		entry, err = o.Tx.Spooled(ctx, id)
		return err
	})
	return entry, err
}

// RetrySpooled has a refused or parked letter looked at again (AdminMail).
func (s *Service) RetrySpooled(ctx context.Context, by desk.Actor, id desk.SpoolID) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		entry, err := o.Tx.Spooled(ctx, id)
		if err != nil {
			return err
		}
		if entry.State == desk.SpoolDone {
			return desk.Errorf(desk.Conflict, "This letter became ticket %d; there is nothing to try again.", entry.Ticket)
		}
		entry.State, entry.Reason, entry.Tries, entry.Released = desk.SpoolWaiting, "", 0, true
		return o.UpdateSpooled(ctx, entry, s.Now())
	})
}

// TicketFromLetter has a letter that was refused, held, parked or called junk
// open a ticket in a queue, whatever stood against it (AdminMail, and
// CreateTicket in the queue). Its sender becomes the requestor.
func (s *Service) TicketFromLetter(ctx context.Context, by desk.Actor, id desk.SpoolID, queue desk.QueueID) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		entry, err := o.Tx.Spooled(ctx, id)
		if err != nil {
			return err
		}
		q, err := o.queueFor(ctx, desk.CreateTicket, queue)
		if err != nil {
			return err
		}
		if entry.State == desk.SpoolDone {
			return desk.Errorf(desk.Conflict, "This letter was taken already: see ticket %d.", entry.Ticket)
		}
		entry.State, entry.Reason, entry.Tries, entry.Released, entry.AsTicket = desk.SpoolWaiting, "", 0, true, true
		entry.Envelope.Queue, entry.Envelope.Action = q.Name, desk.Correspond
		if err := o.UpdateSpooled(ctx, entry, s.Now()); err != nil {
			return err
		}
		return o.audit(ctx, change{"mail.ticket", fmt.Sprintf("letter:%d", id), "", "a ticket in the queue " + q.Name})
	})
}
