package service

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// RatePath is where a letter's link to rate a ticket leads; a token follows.
const RatePath = "/rate/"

// noteLimit is how many characters the note of a rating may have.
const noteLimit = 2000

// Rate keeps what the actor says of how a ticket was solved, in place of what
// he said before. It asks ShowTicket and that nobody works on the ticket any
// more; of agents it takes only the word of who reported it himself. User and
// At of the rating are filled in.
func (s *Service) Rate(ctx context.Context, by desk.Actor, r desk.Rating) error {
	return s.do(ctx, by, func(o *op) error {
		t, err := o.lockFor(ctx, desk.ShowTicket, r.Ticket)
		if err != nil {
			return err
		}
		if !o.rates(t) {
			return desk.Errorf(desk.Forbidden, "Only who asked for ticket %d says how content he is with it.", t.ID)
		}
		return o.rate(ctx, t, r)
	})
}

// rates reports whether a ticket is for the actor to rate.
func (o *op) rates(t *desk.Ticket) bool {
	return !o.by.IsSystem() && (!o.isAgent() || t.Reporter == o.by.User)
}

func (o *op) rate(ctx context.Context, t *desk.Ticket, r desk.Rating) error {
	if r.Mark.String() == "" {
		return desk.InvalidFields(map[string]string{"mark": "Choose one of these."})
	}
	if t.Active() {
		return desk.Errorf(desk.Conflict, "Ticket %d is being worked on. Say how content you are when it is done.", t.ID)
	}
	r.Note = strings.TrimSpace(r.Note)
	if len([]rune(r.Note)) > noteLimit {
		return desk.InvalidFields(map[string]string{"note": fmt.Sprintf("Write at most %d characters; to write more, answer on the ticket.", noteLimit)})
	}
	r.Ticket, r.User, r.At = t.ID, o.by.User, o.s.Now()
	if err := o.SaveRating(ctx, &r); err != nil {
		return err
	}
	return o.record(ctx, desk.Event{Ticket: t.ID, Kind: desk.EventRated, Data: map[string]string{"mark": r.Mark.String()}})
}

// TicketRatings are what people say of how a ticket was solved.
type TicketRatings struct {
	Lines []RatingLine // the newest first
	May   bool         // the actor may say now how content he is
}

// A RatingLine is a rating with the name of whose it is.
type RatingLine struct {
	desk.Rating
	Name Name
}

// Ratings returns what people say of how a ticket was solved (ShowTicket).
// Agents read all; others what they said themselves.
func (s *Service) Ratings(ctx context.Context, by desk.Actor, ticket desk.TicketID) (*TicketRatings, error) {
	var found *TicketRatings
	err := s.view(ctx, by, func(o *op) error {
		t, err := o.ticketFor(ctx, desk.ShowTicket, ticket)
		if err != nil {
			return err
		}
		all, err := o.Tx.Ratings(ctx, t.ID)
		if err != nil {
			return err
		}
		var ids []desk.PrincipalID
		for _, r := range all {
			ids = append(ids, desk.PrincipalID(r.User))
		}
		names, err := o.names(ctx, ids)
		found = &TicketRatings{May: !t.Active() && o.rates(t)}
		for _, r := range all {
			if o.isAgent() || by.IsSystem() || r.User == by.User {
				found.Lines = append(found.Lines, RatingLine{r, names[desk.PrincipalID(r.User)]})
			}
		}
		return err
	})
	return found, err
}

// rateLinks are the links by which receivers of a letter rate its ticket, of
// those who can.
func (o *op) rateLinks(ctx context.Context, t *desk.Ticket, to []Recipient) (map[desk.UserID]string, error) {
	links := map[desk.UserID]string{}
	if o.s.opt.BaseURL == "" {
		return links, nil
	}
	for _, r := range to {
		if r.User == 0 || r.Kind != desk.LetterResolved || !o.as(r.User).rates(t) {
			continue
		}
		mac, err := o.rateMAC(ctx, t.ID, r.User)
		if err != nil {
			return nil, err
		}
		links[r.User] = fmt.Sprintf("%s%s%d.%d-%s", o.s.opt.BaseURL, RatePath, t.ID, r.User, mac)
	}
	return links, nil
}

// rateMAC keeps others from rating in somebody's name: 130 bits.
func (o *op) rateMAC(ctx context.Context, ticket desk.TicketID, user desk.UserID) (string, error) {
	secret, err := o.Secret(ctx, "rate")
	if err != nil {
		return "", err
	}
	h := hmac.New(sha256.New, secret)
	fmt.Fprintf(h, "rate ticket %d user %d", ticket, user)
	return strings.ToLower(base32.StdEncoding.EncodeToString(h.Sum(nil))[:26]), nil
}

// RateByLink is Rate for who has the link of a letter, without being signed in.
// The link rates its ticket in the name of whom the letter went to, as long as
// he may see the ticket, and does and tells nothing else.
func (s *Service) RateByLink(ctx context.Context, token string, r desk.Rating) error {
	number, mac, ok := strings.Cut(token, "-")
	number, person, personal := strings.Cut(number, ".")
	ticket, user := parseID[desk.TicketID](number), parseID[desk.UserID](person)
	if !ok || !personal || ticket <= 0 || user <= 0 {
		return noRating()
	}
	return s.do(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		want, err := o.rateMAC(ctx, ticket, user)
		if err != nil {
			return err
		}
		if !hmac.Equal([]byte(want), []byte(mac)) {
			return noRating()
		}
		t, err := o.lockCurrent(ctx, ticket)
		if err != nil && desk.KindOf(err) != desk.NotFound {
			return err
		}
		his := o.as(user)
		if err != nil || !his.can(desk.ShowTicket, access.Ticket(t.Facts())) || !his.rates(t) {
			return noRating()
		}
		return his.rate(ctx, t, r)
	})
}

func noRating() error {
	return desk.Errorf(desk.NotFound, "This link rates nothing. Take the whole link of the letter, or sign in and say it on the ticket's page.")
}
