package service

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

const (
	// digestHour is the hour of the day, where its reader is, from which on his
	// digest is sent.
	digestHour = 7
	// digestLetters is how many letters go in one digest, and digestLines how
	// many lines of each.
	digestLetters = 200
	digestLines   = 30
)

// LettersDaily reports whether one wants the letters of a day as one
// (ModifySelf).
func (s *Service) LettersDaily(ctx context.Context, by desk.Actor) (bool, error) {
	daily := false
	err := s.view(ctx, by, func(o *op) error {
		if err := o.oneself(); err != nil {
			return err
		}
		wishes, err := o.DigestWishes(ctx, by.User)
		daily = len(wishes) > 0
		return err
	})
	return daily, err
}

// SetLettersDaily chooses whether one gets what others write on tickets at once,
// or once a day as one letter (ModifySelf). What was collected goes at once when
// one no longer wants it collected.
func (s *Service) SetLettersDaily(ctx context.Context, by desk.Actor, daily bool) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.oneself(); err != nil {
			return err
		}
		wishes, err := o.DigestWishes(ctx, by.User)
		if err != nil || daily == (len(wishes) > 0) {
			return err
		}
		if daily {
			return o.SetDigestWish(ctx, store.DigestWish{User: by.User, Sent: s.Now()})
		}
		return o.EndDigestWish(ctx, by.User)
	})
}

// oneself refuses who may not change what is about himself.
func (o *op) oneself() error {
	if o.by.IsSystem() {
		return desk.Errorf(desk.Invalid, "The system has no preferences.")
	}
	return o.need(desk.ModifySelf, access.System())
}

// collects reports whether a letter waits for the digest of who wants one: what
// others write and do on tickets. What is about himself goes at once, and so
// does what he was named for.
func collects(out *desk.Outgoing) bool {
	switch out.Kind {
	case desk.LetterOpened, desk.LetterReply, desk.LetterComment, desk.LetterResolved, desk.LetterRule:
		return out.To != 0 && !oneTime(out.Why)
	}
	return false
}

// collect marks the letters that wait for digests.
func (o *op) collect(ctx context.Context, letters []desk.Outgoing) error {
	var who []desk.UserID
	for i := range letters {
		if collects(&letters[i]) {
			who = append(who, letters[i].To)
		}
	}
	if len(who) == 0 {
		return nil
	}
	wishes, err := o.DigestWishes(ctx, who...)
	wants := map[desk.UserID]bool{}
	for _, w := range wishes {
		wants[w.User] = true
	}
	for i := range letters {
		if out := &letters[i]; wants[out.To] && collects(out) {
			out.State = desk.OutCollected
		}
	}
	return err
}

// SendDigests puts the digests that are due into the outbox, and reports whether
// there were any: one a day for each who wants it, in the morning where he is.
// Only the system does it.
func (s *Service) SendDigests(ctx context.Context, by desk.Actor) (bool, error) {
	made := false
	err := s.do(ctx, by, func(o *op) error {
		made = false
		if err := o.needSystem(); err != nil {
			return err
		}
		wishes, err := o.DigestWishes(ctx)
		if err != nil || len(wishes) == 0 {
			return err
		}
		ids := make([]desk.UserID, len(wishes))
		for i, w := range wishes {
			ids[i] = w.User
		}
		users, err := o.UsersByID(ctx, ids)
		if err != nil {
			return err
		}
		for _, w := range wishes {
			u := users[w.User]
			if u == nil || !digestDue(w.Sent, s.Now(), zoneOf(u, s.Zone())) {
				continue
			}
			n, err := o.makeDigests(ctx, u)
			if err != nil {
				return err
			}
			made = made || n > 0
			if err := o.SetDigestWish(ctx, store.DigestWish{User: w.User, Sent: s.Now()}); err != nil {
				return err
			}
		}
		return nil
	})
	return made, err
}

// digestDue: it is morning, and the last one was on an earlier day.
func digestDue(sent, now time.Time, zone *time.Location) bool {
	now, sent = now.In(zone), sent.In(zone)
	return now.Hour() >= digestHour && sent.Format(time.DateOnly) < now.Format(time.DateOnly)
}

// makeDigests makes as many letters as are needed of what was collected for
// somebody. What they say is written when they are sent.
func (o *op) makeDigests(ctx context.Context, u *desk.User) (made int, err error) {
	for {
		left, err := o.Collected(ctx, u.ID)
		if err != nil || left == 0 {
			return made, err
		}
		subject := o.say(u, inWords{"{desk}: what happened on your tickets", "{desk}: was auf Ihren Tickets geschah"})
		now := o.s.Now()
		out := &desk.Outgoing{Kind: desk.LetterDigest, To: u.ID, Address: u.Address(), LetterID: o.s.letterID("digest", now), Subject: subject,
			Auto: "auto-generated", At: now, Next: now, State: desk.OutWaiting}
		if err := o.InsertOutgoing(ctx, out); err != nil {
			return made, err
		}
		if _, err := o.Gather(ctx, u.ID, out.ID, digestLetters); err != nil {
			return made, err
		}
		made++
	}
}

func isGerman(language string) bool { return strings.HasPrefix(strings.ToLower(language), "de") }

// fillDigest writes what a digest says, of what its reader may still be told at
// this moment; the rest is dropped, and a digest that was written already is
// written anew. It says why there is nothing to send, or nothing.
func (o *op) fillDigest(ctx context.Context, out *desk.Outgoing) (reason string, err error) {
	list, err := o.Gathered(ctx, out.ID)
	if err != nil {
		return "", err
	}
	kept := list[:0]
	for i := range list {
		part := &list[i]
		reason, err := o.notEntitled(ctx, part)
		if err != nil {
			return "", err
		}
		if reason == "" {
			kept = append(kept, *part)
			continue
		}
		part.State, part.Reason = desk.OutDropped, reason
		if err := o.UpdateOutgoing(ctx, part); err != nil {
			return "", err
		}
	}
	if len(kept) == 0 {
		return "nothing is left that may be told", nil
	}
	if len(kept) < len(list) {
		if err := o.ForgetOutgoingBytes(ctx, out.ID); err != nil {
			return "", err
		}
	}
	u, err := o.Tx.User(ctx, out.To)
	if err == nil {
		out.Body = o.digestText(kept, u)
	}
	return "", err
}

// digestText is the text of a digest: ticket by ticket, what the letters say
// without their ends.
func (o *op) digestText(letters []desk.Outgoing, u *desk.User) string {
	s := o.s
	begin := o.say(u, inWords{"What happened on your tickets since the last digest:", "Was auf Ihren Tickets seit dem letzten Sammelbrief geschah:"})
	end := o.say(u, inWords{"You get one letter a day since you chose that: ", "Sie erhalten einen Brief am Tag, weil Sie das gewählt haben: "})
	side := "portal"
	if u.Kind == desk.Agent {
		side = "agent"
	}
	text := begin + "\n"
	last := desk.TicketID(0)
	for i := range letters {
		out := &letters[i]
		if out.Ticket != last {
			last = out.Ticket
			text += "\n== " + strings.TrimPrefix(out.Subject, "Re: ") + " ==\n"
			if s.opt.BaseURL != "" {
				text += fmt.Sprintf("%s/%s/tickets/%d\n", s.opt.BaseURL, side, out.Ticket)
			}
		}
		body := out.Body
		if at := strings.LastIndex(body, "\n-- \n"); at >= 0 {
			body = body[:at]
		}
		lines := strings.Split(strings.TrimSpace(body), "\n")
		if len(lines) > digestLines {
			lines = append(lines[:digestLines], "…")
		}
		text += "\n" + out.At.In(zoneOf(u, s.Zone())).Format("2006-01-02 15:04") + "\n" + strings.Join(lines, "\n") + "\n"
	}
	return text + "\n-- \n" + end + s.opt.BaseURL + "/account\n"
}

// endDigest notes on the letters of a digest what became of it.
func (o *op) endDigest(ctx context.Context, digest *desk.Outgoing) error {
	if digest.Kind != desk.LetterDigest || digest.State != desk.OutSent && digest.State != desk.OutDropped {
		return nil
	}
	list, err := o.Gathered(ctx, digest.ID)
	for i := range list {
		part := &list[i]
		part.State, part.Reason, part.SentAt = digest.State, digest.Reason, digest.SentAt
		if err == nil {
			err = o.UpdateOutgoing(ctx, part)
		}
	}
	return err
}
