package service

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
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

// ReceiveMail makes of a letter what it is meant to be: a new ticket, a reply
// or a comment, with the rights of whoever wrote it. What is refused changes
// nothing, leaves no account behind, and stays in the spool with the reason.
// An error is returned only where trying again may help. Only the system asks.
func (s *Service) ReceiveMail(ctx context.Context, by desk.Actor, l desk.Letter) (Received, error) {
	var got Received
	err := s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		entry, err := o.Tx.Spooled(ctx, l.Spool)
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
		return o.endSpooled(ctx, entry, got)
	})
	if refusal := (&refusedLetter{}); errors.As(err, &refusal) {
		got = Received{State: desk.SpoolRefused, Reason: refusal.reason}
		return got, s.do(ctx, by, func(o *op) error {
			entry, err := o.Tx.Spooled(ctx, l.Spool)
			if err != nil {
				return err
			}
			return o.endSpooled(ctx, entry, got)
		})
	}
	return got, err
}

func (o *op) endSpooled(ctx context.Context, entry *desk.Spooled, got Received) error {
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
	if err := o.checkLoop(ctx, l); err != nil {
		return Received{}, err
	}
	pointed, q, action, err := o.addressee(ctx, l)
	if err != nil {
		return Received{}, err
	}
	if pointed == 0 {
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
	if pointed != 0 {
		return o.receiveOnTicket(ctx, pointed, action, l)
	}
	if action == desk.CommentByMail {
		return Received{}, refuse("It came to the comment address but names no ticket that it could be a comment on.")
	}
	return o.receiveNew(ctx, q, l)
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

// checkLoop refuses the desk's own letters, reports of letters that could not
// be delivered, and letters from addresses of the desk itself.
func (o *op) checkLoop(ctx context.Context, l *desk.Letter) error {
	if l.Own {
		return refuse("It is a letter of the desk's own that came back.")
	}
	if l.Bounce {
		return refuse("It reports that a letter could not be delivered: %s", l.Subject)
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
	id, err := o.ticketOfAddress(ctx, recipient)
	if err != nil {
		return 0, nil, "", err
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
		return found[0], nil
	}
	id, ok := desk.SubjectTag(l.Subject, o.s.opt.Name)
	if !ok {
		return 0, nil
	}
	if _, err := o.Ticket(ctx, id); desk.KindOf(err) == desk.NotFound {
		return 0, nil
	} else if err != nil {
		return 0, err
	}
	return id, nil
}

// asSender lets the op go on as whoever wrote the letter.
func (o *op) asSender(u *desk.User) *op {
	sender := *o
	sender.by = desk.Actor{User: u.ID, Via: desk.ViaMail}
	return &sender
}

// receiveOnTicket makes the letter a reply or a comment on the ticket, if its
// sender may write it.
func (o *op) receiveOnTicket(ctx context.Context, id desk.TicketID, action desk.MailAction, l *desk.Letter) (Received, error) {
	sender, err := o.UserByAddress(ctx, l.From.Address)
	if desk.KindOf(err) == desk.NotFound {
		sender, err = o.newContact(ctx, l.From) // it goes again where he may not write
	}
	if err != nil {
		return Received{}, refusal(err)
	}
	if sender.Disabled {
		return Received{}, refuse("Its sender %s is disabled.", sender.Login)
	}
	in := NewMessage{Ticket: id, Kind: kindOf(action), Subject: l.Subject, Text: l.Text, HTML: l.HTML, Files: l.Files, letter: l}
	m, err := o.asSender(sender).write(ctx, in)
	if err != nil {
		return Received{}, refusal(err)
	}
	return Received{State: desk.SpoolDone, Ticket: id, Message: m.ID}, nil
}

// receiveNew opens a ticket for the letter's sender. An unknown one becomes a
// contact, in the same transaction and only if he may open a ticket; his mail
// domain may make him a contact of a customer.
func (o *op) receiveNew(ctx context.Context, q *desk.Queue, l *desk.Letter) (Received, error) {
	if l.From.Address == "" {
		if !o.anyoneMayOpen(q.ID) {
			return Received{}, refuse("It does not say who wrote it, and not everybody may open tickets in the queue %s.", q.Name)
		}
		return o.openFor(ctx, o, q, l, 0)
	}
	sender, err := o.UserByAddress(ctx, l.From.Address)
	if desk.KindOf(err) == desk.NotFound {
		if sender, err = o.newContact(ctx, l.From); desk.KindOf(err) == desk.Conflict {
			// Another node was just told of the same person by another letter.
			return Received{}, errors.Join(store.ErrAgain, refusal(err))
		}
	}
	if err != nil {
		return Received{}, refusal(err)
	}
	if sender.Disabled {
		return Received{}, refuse("Its sender %s is disabled.", sender.Login)
	}
	if !o.e.Can(sender.ID, desk.CreateTicket, access.Queue(q.ID)) {
		return Received{}, refuse("%s may not open tickets in the queue %s.", l.From.Address, q.Name)
	}
	return o.openFor(ctx, o.asSender(sender), q, l, sender.ID)
}

// anyoneMayOpen reports whether a contact of whom the desk knows nothing may
// open tickets in the queue.
func (o *op) anyoneMayOpen(q desk.QueueID) bool {
	const nobody = desk.UserID(desk.FirstPrincipal - 1) // which no user has
	e := o.e.With(access.Change{Version: o.e.Version(), Users: []desk.WorldUser{{ID: nobody, Kind: desk.Contact}}})
	return e.Can(nobody, desk.CreateTicket, access.Queue(q))
}

func (o *op) openFor(ctx context.Context, as *op, q *desk.Queue, l *desk.Letter, sender desk.UserID) (Received, error) {
	as.e = o.e
	in := NewTicket{Queue: q.ID, Subject: l.Subject, Text: l.Text, HTML: l.HTML, Files: l.Files,
		machine: l.Automatic != "" || sender == 0, reporter: sender, letter: l}
	if sender != 0 {
		in.Requestors = []desk.PrincipalID{desk.PrincipalID(sender)}
	}
	t, err := as.openTicket(ctx, in)
	if err != nil {
		return Received{}, refusal(err)
	}
	if err := o.RememberLetter(ctx, o.s.rootLetterID(t.ID), t.ID, 0); err != nil {
		return Received{}, err
	}
	return Received{State: desk.SpoolDone, Ticket: t.ID}, nil
}

// newContact makes an unknown sender a contact, and a contact of each customer
// that takes in senders of his mail domain.
func (o *op) newContact(ctx context.Context, from desk.MailAddress) (*desk.User, error) {
	u := &desk.User{Login: from.Address, Name: from.Name, Kind: desk.Contact, Addresses: []string{from.Address}}
	if err := o.createUser(ctx, u); err != nil {
		return nil, err
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	customers, err := o.CustomerByDomain(ctx, domain)
	if err != nil {
		return nil, err
	}
	primary := true
	for _, c := range customers {
		if !c.AutoJoin || c.Disabled {
			continue
		}
		m := desk.Membership{Group: desk.PrincipalID(c.ID), Member: desk.PrincipalID(u.ID), Part: desk.PartMember,
			Primary: primary, Source: "domain"}
		if err := o.AddMembership(ctx, m); err != nil {
			return nil, err
		}
		if err := o.changedAccess(ctx, change{"member.add", "customer:" + c.Key, "", describeMembership(m) + "; by mail domain: " + domain}, memberChanged(m)); err != nil {
			return nil, err
		}
		primary = false
	}
	return u, nil
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
		entry.State, entry.Reason, entry.Tries = desk.SpoolWaiting, "", 0
		return o.UpdateSpooled(ctx, entry, s.Now())
	})
}
