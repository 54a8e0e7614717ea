package service

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
)

// rootLetterID is the Message-ID that stands for a ticket as a whole.
func (s *Service) rootLetterID(id desk.TicketID) string {
	return fmt.Sprintf("ticket-%d@%s", id, s.opt.Domain)
}

// letterID returns a Message-ID that no other letter has.
func (s *Service) letterID(what string, at time.Time) string {
	return fmt.Sprintf("%s.%d.%s@%s", what, at.UnixMicro(), strings.ToLower(rand.Text()[:10]), s.opt.Domain)
}

// replyAddress returns the address by which somebody's answer finds the ticket:
// support+42.17-MAC@desk.example, of user 17. The MAC keeps others from making
// one up, and says that an answer in his name comes from somebody who got his
// letter. Who is no user gets one without a number.
func (o *op) replyAddress(ctx context.Context, q *desk.Queue, id desk.TicketID, to desk.UserID, comment bool) (string, error) {
	address := q.Address
	if comment && q.CommentAddress != "" {
		address = q.CommentAddress
	}
	local, domain, ok := strings.Cut(address, "@")
	if !ok {
		return "", nil // the queue has none
	}
	mac, err := o.ticketMAC(ctx, id, to)
	number := formatID(id)
	if to != 0 {
		number += "." + formatID(to)
	}
	return fmt.Sprintf("%s+%s-%s@%s", local, number, mac, domain), err
}

// ticketMAC returns the MAC of a ticket's number and of whose address it is:
// 50 bits, in letters and digits that survive every mail program.
func (o *op) ticketMAC(ctx context.Context, id desk.TicketID, of desk.UserID) (string, error) {
	secret, err := o.Secret(ctx, "reply-address")
	if err != nil {
		return "", err
	}
	h := hmac.New(sha256.New, secret)
	fmt.Fprintf(h, "ticket %d", id)
	if of != 0 {
		fmt.Fprintf(h, " user %d", of)
	}
	return strings.ToLower(base32.StdEncoding.EncodeToString(h.Sum(nil))[:10]), nil
}

// untagged returns an address without what stands behind its last +, and that.
func untagged(address string) (bare, tag string) {
	local, domain, ok := strings.Cut(address, "@")
	plus := strings.LastIndexByte(local, '+')
	if !ok || plus < 0 {
		return address, ""
	}
	return local[:plus] + "@" + domain, local[plus+1:]
}

// ticketOfAddress returns the ticket in a reply address and whose address it
// is, zero for nobody's; a ticket of zero where there is none or the MAC is
// wrong.
func (o *op) ticketOfAddress(ctx context.Context, address string) (desk.TicketID, desk.UserID, error) {
	_, tag := untagged(address)
	number, mac, ok := strings.Cut(tag, "-")
	number, person, personal := strings.Cut(number, ".")
	id, of := parseID[desk.TicketID](number), parseID[desk.UserID](person)
	if !ok || id <= 0 || personal != (of > 0) {
		return 0, 0, nil
	}
	want, err := o.ticketMAC(ctx, id, of)
	if err != nil || !hmac.Equal([]byte(want), []byte(strings.ToLower(mac))) {
		return 0, 0, err
	}
	return id, of, nil
}

// proveByAddress notes what the address that a letter was sent to proves: that
// its writer got a letter about the ticket. That is enough for a contact's
// answer; to write as an agent, whom the others on the ticket could name as
// easily, it must be the agent's own address.
func (o *op) proveByAddress(ctx context.Context, l *desk.Letter, of desk.UserID) error {
	if l.Proof != desk.ProofMissing {
		return nil
	}
	sender, err := o.UserByAddress(ctx, l.From.Address)
	if desk.KindOf(err) == desk.NotFound {
		return nil
	}
	if err == nil && (sender.ID == of || sender.Kind == desk.Contact) {
		l.Proof = desk.ProofGiven
		l.Note(desk.StepProof, "Only who got a letter of the ticket knows the reply address: that proves an answer of %s.", sender.Login)
	}
	return err
}

// queueOfAddress returns the queue to which letters to an address go, whether
// or not it names a ticket.
func (o *op) queueOfAddress(ctx context.Context, address string) (*desk.Queue, desk.MailAction, error) {
	q, action, err := o.QueueByAddress(ctx, address)
	if bare, tag := untagged(address); tag != "" && desk.KindOf(err) == desk.NotFound {
		return o.QueueByAddress(ctx, bare)
	}
	return q, action, err
}

// QueueLetters puts the letters that tell of an event into the outbox and ends
// the job that asked for them, in one transaction; doing it again changes
// nothing. Only the system does it.
func (s *Service) QueueLetters(ctx context.Context, by desk.Actor, job desk.JobID, letters []desk.Outgoing) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		if err := o.DeleteJob(ctx, job); desk.KindOf(err) == desk.NotFound {
			return nil // done already
		} else if err != nil {
			return err
		}
		for i := range letters {
			letters[i].State = desk.OutWaiting
		}
		if err := o.collect(ctx, letters); err != nil {
			return err
		}
		var to []string
		for i := range letters {
			out := &letters[i]
			out.At, out.Next = s.Now(), s.Now()
			if out.Reason != "" {
				s.log.WarnContext(ctx, "a letter is not written as it should be", "kind", string(out.Kind), "ticket", int64(out.Ticket), "reason", out.Reason)
			}
			to = append(to, out.Address)
		}
		if len(to) == 0 {
			return nil
		}
		if err := o.InsertLetters(ctx, letters); err != nil {
			return err
		}
		data := map[string]string{"to": strings.Join(to, ","), "kind": string(letters[0].Kind)}
		if letters[0].Rule != "" {
			data["rule_name"] = letters[0].Rule
		}
		return o.record(ctx, desk.Event{Ticket: letters[0].Ticket, Kind: desk.EventSent, Message: letters[0].Message, Data: data})
	})
}

// How long a letter waits before the next try, by the number of tries so far;
// after the last it is given up.
var letterWaits = [...]time.Duration{
	time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour,
	4 * time.Hour, 8 * time.Hour, 12 * time.Hour, 24 * time.Hour, 24 * time.Hour, 24 * time.Hour,
}

const letterLease = 10 * time.Minute

// ClaimLetters returns letters that are to be sent now, and keeps others from
// sending them for ten minutes. Who is no longer entitled to a letter does
// not get it: it is dropped here, with the reason. Only the system asks.
func (s *Service) ClaimLetters(ctx context.Context, by desk.Actor, limit int) ([]desk.Outgoing, error) {
	var list []desk.Outgoing
	err := s.do(ctx, by, func(o *op) error {
		list = nil
		if err := o.needSystem(); err != nil {
			return err
		}
		claimed, err := o.ClaimOutgoing(ctx, letterLease, limit)
		if err != nil {
			return err
		}
		for _, out := range claimed {
			reason, err := o.notEntitled(ctx, &out)
			if err == nil && reason == "" && out.Kind == desk.LetterDigest {
				reason, err = o.fillDigest(ctx, &out)
			}
			if err == nil && reason == "" {
				err = o.address(ctx, &out)
			}
			if err != nil {
				return err
			}
			if reason == "" {
				list = append(list, out)
				continue
			}
			out.State, out.Reason = desk.OutDropped, reason
			if err := errors.Join(o.UpdateOutgoing(ctx, &out), o.endDigest(ctx, &out)); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

// notEntitled says why somebody is not to get a letter at this moment, or
// nothing: he must still be enabled, still stand where he stood when it was
// written, still be allowed to read it, and not have turned letters off.
func (o *op) notEntitled(ctx context.Context, out *desk.Outgoing) (string, error) {
	if out.To != 0 {
		u, err := o.Tx.User(ctx, out.To)
		if err != nil {
			return "", err
		}
		if u.Disabled || u.Address() != out.Address {
			return "the user is disabled or has another address now", nil
		}
	}
	if reason, err := o.paused(ctx, out.Address); reason != "" || err != nil {
		return reason, err
	}
	if out.Ticket == 0 || oneTime(out.Why) {
		return "", nil
	}
	t, err := o.Ticket(ctx, out.Ticket)
	if err != nil {
		return "", err
	}
	squelched, err := o.Squelched(ctx, out.Ticket)
	if err != nil {
		return "", err
	}
	for _, u := range squelched {
		if u == out.To {
			return "he does not want letters of this ticket", nil
		}
	}
	if reason := o.noLongerStands(t, out); reason != "" || out.To == 0 {
		return reason, nil
	}
	left, err := o.withoutQuiet(ctx, t, []Recipient{{User: out.To, Why: out.Why}})
	if err == nil && len(left) == 0 && len(out.Why) > 0 {
		return "of the tickets of his customer he is told only where he stands himself", nil
	}
	return "", err
}

func oneTime(why []desk.Why) bool {
	for _, w := range why {
		if w.OneTime {
			return true
		}
	}
	return false
}

func (o *op) noLongerStands(t *desk.Ticket, out *desk.Outgoing) string {
	var roles desk.RoleSet
	for _, w := range out.Why {
		if w.Role != 0 {
			roles |= desk.RolesOf(w.Role)
		}
	}
	if !o.e.Fills(out.To, roles, t.Facts()) && !o.stillTold(t, out) {
		return "he no longer stands in a role on the ticket"
	}
	if (out.Kind == desk.LetterComment || out.Kind == desk.LetterClock) && !o.mayHear(out.To, notice{ticket: t, comment: true}) {
		return "he may not read comments any more"
	}
	return ""
}

// KeepLetterBytes stores the letter as it is sent, before the first try; every
// later try sends the same bytes. Only the system does it.
func (s *Service) KeepLetterBytes(ctx context.Context, by desk.Actor, id desk.OutboxID, raw []byte) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		return o.SetOutgoingBytes(ctx, id, raw)
	})
}

// LetterSent records that the relay took a letter. Only the system does it.
func (s *Service) LetterSent(ctx context.Context, by desk.Actor, id desk.OutboxID) error {
	return s.letterEnded(ctx, by, id, func(out *desk.Outgoing) {
		out.State, out.SentAt, out.Reason = desk.OutSent, s.Now(), ""
	})
}

// LetterFailed records that a letter was not taken. It is tried again later,
// unless the relay refused it for good or it was tried too often. Only the
// system does it.
func (s *Service) LetterFailed(ctx context.Context, by desk.Actor, id desk.OutboxID, forGood bool, reason string) error {
	return s.letterEnded(ctx, by, id, func(out *desk.Outgoing) {
		out.Reason = oneLine(reason)
		if forGood || out.Tries > len(letterWaits) {
			out.State = desk.OutFailed
			return
		}
		wait := letterWaits[max(out.Tries-1, 0)]
		out.Next = s.Now().Add(wait - wait/10*time.Duration(out.ID%8)/8) // not all in the same moment
	})
}

func (s *Service) letterEnded(ctx context.Context, by desk.Actor, id desk.OutboxID, change func(*desk.Outgoing)) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		out, err := o.Outgoing(ctx, id)
		if err != nil {
			return err
		}
		change(out)
		if err := o.UpdateOutgoing(ctx, out); err != nil {
			return err
		}
		return o.endDigest(ctx, out)
	})
}

// Outbox returns letters that go out, newest first (AdminMail).
func (s *Service) Outbox(ctx context.Context, by desk.Actor, f OutFilter) ([]desk.Outgoing, bool, error) {
	var list []desk.Outgoing
	var more bool
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		var err error
		list, more, err = o.OutgoingList(ctx, f)
		return err
	})
	return list, more, err
}

// OutgoingLetter returns one letter that goes out (AdminMail). The secret of a
// sign-in link is not shown.
func (s *Service) OutgoingLetter(ctx context.Context, by desk.Actor, id desk.OutboxID) (*desk.Outgoing, error) {
	var out *desk.Outgoing
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		var err error
		if out, err = o.Outgoing(ctx, id); err == nil && out.Kind == desk.LetterSignIn {
			out.Body = "(A link to sign in. It is shown to its receiver only.)"
		}
		return err
	})
	return out, err
}

// SentLetter returns a letter that goes out as the bytes that it is; an error of
// kind NotFound where it was not written yet (AdminMail). A letter with a link
// to sign in is shown to its receiver only.
func (s *Service) SentLetter(ctx context.Context, by desk.Actor, id desk.OutboxID) ([]byte, error) {
	var raw []byte
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		out, err := o.Outgoing(ctx, id)
		if err != nil {
			return err
		}
		if out.Kind == desk.LetterSignIn {
			return desk.Errorf(desk.NotFound, "A letter with a link to sign in is shown to its receiver only.")
		}
		if raw, err = o.OutgoingBytes(ctx, id); err == nil && raw == nil {
			err = desk.Errorf(desk.NotFound, "Letter %d is written when it is sent for the first time.", id)
		}
		return err
	})
	return raw, err
}

// RetryLetter has a letter tried at once, or sent once more as the same letter
// (AdminMail). Whether its receiver is still to get it is asked again.
func (s *Service) RetryLetter(ctx context.Context, by desk.Actor, id desk.OutboxID) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		out, err := o.Outgoing(ctx, id)
		if err != nil {
			return err
		}
		was := out.State
		out.State, out.Next, out.Tries, out.Reason = desk.OutWaiting, s.Now(), 0, ""
		if err := o.UpdateOutgoing(ctx, out); err != nil || was != desk.OutSent {
			return err
		}
		return o.audit(ctx, change{"mail.resend", fmt.Sprintf("letter:%d", id), "", "sent once more to " + out.Address})
	})
}

// PostCounts returns how many letters and jobs wait (AdminMail).
func (s *Service) PostCounts(ctx context.Context, by desk.Actor) (PostCounts, error) {
	var counts PostCounts
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		var err error
		counts, err = o.Tx.PostCounts(ctx)
		return err
	})
	return counts, err
}
