package service

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
)

// How much one person may send before his letters wait: letters in ten
// minutes, and letters of the very same subject and text in a day. No person writes that
// often, and two programs that answer each other would go on for ever.
const (
	floodWindow  = 10 * time.Minute
	floodLetters = 1000
	floodSame    = 3
)

// breakLoop puts a letter aside whose sender writes as no person does, or more
// than the queue takes of one. It reports whether the letter repeats the last
// one: then it is a program's, and nobody acknowledges it.
func (o *op) breakLoop(ctx context.Context, entry *desk.Spooled, queue desk.QueueID, sender desk.UserID, l *desk.Letter) (repeats bool, err error) {
	if sender == 0 || entry.Released {
		return false, nil
	}
	all, _, err := o.WroteSince(ctx, sender, o.s.Now().Add(-floodWindow), &desk.Message{})
	if err != nil {
		return false, err
	}
	_, same, err := o.WroteSince(ctx, sender, o.s.Now().Add(-24*time.Hour), &desk.Message{Subject: oneLine(l.Subject), Text: l.Text})
	if err != nil {
		return false, err
	}
	reason := ""
	switch {
	case all >= floodLetters:
		reason = fmt.Sprintf("Its sender sent more than %d letters in ten minutes; it may be a loop.", floodLetters)
	case same >= floodSame && strings.TrimSpace(l.Text) != "":
		reason = fmt.Sprintf("Its sender sent the same letter %d times in a day; it may be a loop.", same)
	}
	if reason != "" {
		l.Mark(desk.MarkLoop)
		return false, &hold{desk.SpoolHeld, reason, true}
	}
	p, err := o.mailPolicy(ctx, queue)
	if err != nil {
		return false, err
	}
	if p.PerHour > 0 {
		hour, err := o.WroteInQueue(ctx, sender, queue, o.s.Now().Add(-time.Hour))
		if err != nil {
			return false, err
		}
		if hour >= p.PerHour {
			l.Mark(desk.MarkLoop)
			return false, &hold{desk.SpoolHeld, fmt.Sprintf("Its sender sent %d letters to this queue in an hour, which is all that it takes of one.", hour), true}
		}
	}
	return same > 0 && strings.TrimSpace(l.Text) != "", nil
}

// tellOfLoop writes to the people who look after letters that those of a sender
// are held: one letter to each, once a day for each sender.
func (o *op) tellOfLoop(ctx context.Context, l *desk.Letter, reason string) error {
	who := o.e.WhoCanUsers(desk.AdminMail, access.System(), false)
	if len(who) == 0 {
		who = o.e.WhoCanUsers(desk.AdminMail, access.System(), true)
	}
	users, err := o.UsersByID(ctx, who)
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(l.From.Address))
	for _, id := range who {
		u := users[id]
		if u == nil || u.Address() == "" || u.Address() == l.From.Address || u.Kind != desk.Agent {
			continue
		}
		now := o.s.Now()
		letterID := fmt.Sprintf("loop.%s.%s.u%d@%s", now.Format(time.DateOnly), hex.EncodeToString(sum[:8]), id, o.s.opt.Domain)
		if told, err := o.OutgoingByLetter(ctx, []string{letterID}); err != nil || len(told) > 0 {
			return err
		}
		subject, body := o.s.loopLetter(cmp.Or(u.Language, o.s.Language()), l.From.Address, reason)
		err := o.InsertOutgoing(ctx, &desk.Outgoing{Kind: desk.LetterLoop, To: u.ID, Address: u.Address(), LetterID: letterID, Subject: subject, Body: body,
			Auto: "auto-generated", At: now, Next: now, State: desk.OutWaiting})
		if err != nil {
			return err
		}
	}
	return nil
}

// loopLetter is what the letter about a loop says.
func (s *Service) loopLetter(language, sender, reason string) (subject, body string) {
	page := s.opt.BaseURL + "/admin/spool?status=held"
	if strings.HasPrefix(strings.ToLower(language), "de") {
		return "Briefe von " + sender + " werden zurückgehalten", "Briefe von " + sender + " sehen nach einer Schleife aus, daher werden sie zurückgehalten, und niemand antwortet ihnen:\n\n> " + reason +
			"\n\nSie können angesehen und doch angenommen werden:\n" + page + "\n\nDavon erfahren Sie einmal am Tag für jeden Absender.\n\n-- \nSie erhalten diese Nachricht, weil Sie sich um die Briefe von " + s.Name() + " kümmern.\n"
	}
	return "Letters of " + sender + " are held", "Letters of " + sender + " look like a loop, so they are held, and nothing answers them:\n\n> " + reason +
		"\n\nThey can be looked at, and taken all the same:\n" + page + "\n\nYou are told once a day for each sender.\n\n-- \nYou get this letter because you look after the letters of " + s.Name() + ".\n"
}

// HeldLoops lists the senders whose letters wait because they look like a loop,
// the latest first (AdminMail). Of the letters held, the newest 200 are looked
// at.
func (s *Service) HeldLoops(ctx context.Context, by desk.Actor) ([]HeldLoop, error) {
	var loops []HeldLoop
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		list, _, err := o.SpooledList(ctx, SpoolFilter{State: desk.SpoolHeld, Limit: 200})
		for _, entry := range list {
			if !slices.Contains(entry.Notes.Marks, desk.MarkLoop) {
				continue
			}
			sender := strings.Trim(entry.Notes.From, "<>")
			at := slices.IndexFunc(loops, func(l HeldLoop) bool { return l.Sender == sender })
			if at < 0 {
				at = len(loops)
				loops = append(loops, HeldLoop{Sender: sender, Reason: entry.Reason, Latest: entry.At})
			}
			loops[at].Letters++
		}
		return err
	})
	return loops, err
}

// A HeldLoop is a sender whose letters look like a loop.
type HeldLoop struct {
	Sender  string
	Letters int
	Reason  string // of the latest
	Latest  time.Time
}
