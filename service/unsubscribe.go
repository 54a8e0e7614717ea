package service

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"

	"gatehouse/desk"
)

// UnsubscribePath is where letters of a ticket are ended; a token follows.
const UnsubscribePath = "/unsubscribe/"

// address fills in of which list a letter is and how its receiver ends the
// letters of its ticket.
func (o *op) address(ctx context.Context, out *desk.Outgoing) error {
	if out.Ticket == 0 {
		return nil
	}
	t, err := o.Ticket(ctx, out.Ticket)
	if err != nil {
		return err
	}
	q, err := o.Queue(ctx, t.Queue)
	if err != nil {
		return err
	}
	local, domain, ok := strings.Cut(q.Address, "@")
	if !ok {
		local, domain = "queue-"+formatID(q.ID), o.s.opt.Domain
	}
	out.List = desk.MailAddress{Name: q.Name, Address: local + "." + domain}
	if !isASCII(out.List.Address) {
		out.List = desk.MailAddress{}
	}
	if out.To == 0 || !strings.HasPrefix(o.s.opt.BaseURL, "https://") { // RFC 8058 wants https
		return nil
	}
	mac, err := o.unsubscribeMAC(ctx, out.Ticket, out.To)
	out.Unsubscribe = fmt.Sprintf("%s%s%d.%d-%s", o.s.opt.BaseURL, UnsubscribePath, out.Ticket, out.To, mac)
	return err
}

// unsubscribeMAC keeps others from ending somebody's letters: 130 bits.
func (o *op) unsubscribeMAC(ctx context.Context, ticket desk.TicketID, user desk.UserID) (string, error) {
	secret, err := o.Secret(ctx, "unsubscribe")
	if err != nil {
		return "", err
	}
	h := hmac.New(sha256.New, secret)
	fmt.Fprintf(h, "ticket %d user %d", ticket, user)
	return strings.ToLower(base32.StdEncoding.EncodeToString(h.Sum(nil))[:26]), nil
}

// Unsubscribe ends the letters of a ticket to whom a letter with the token
// went. The token is all that it asks: who has it reads his letters. It tells
// nothing of the ticket, and doing it again changes nothing.
func (s *Service) Unsubscribe(ctx context.Context, token string) error {
	number, mac, ok := strings.Cut(token, "-")
	number, person, personal := strings.Cut(number, ".")
	ticket, user := parseID[desk.TicketID](number), parseID[desk.UserID](person)
	if !ok || !personal || ticket <= 0 || user <= 0 {
		return noSubscription()
	}
	return s.do(ctx, desk.Actor{User: user, Via: desk.ViaWeb}, func(o *op) error {
		want, err := o.unsubscribeMAC(ctx, ticket, user)
		if err != nil {
			return err
		}
		if !hmac.Equal([]byte(want), []byte(mac)) {
			return noSubscription()
		}
		t, err := o.lockCurrent(ctx, ticket)
		if err != nil {
			return err
		}
		squelched, err := o.Squelched(ctx, t.ID)
		if err != nil {
			return err
		}
		for _, u := range squelched {
			if u == user {
				return nil
			}
		}
		if err := o.Tx.Squelch(ctx, t.ID, user, true); err != nil {
			return err
		}
		return o.record(ctx, desk.Event{Ticket: t.ID, Kind: desk.EventSquelched, Data: map[string]string{
			"who": formatID(user), "change": "added",
		}})
	})
}

func noSubscription() error {
	return desk.Errorf(desk.NotFound, "This link ends no letters. Take the whole link of the letter, or sign in and turn the ticket's letters off on its page.")
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f })
}
