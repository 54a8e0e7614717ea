// Package notify tells people what happened on the tickets they stand on.
//
// Plan is pure: the same news gives the same letters with the same Message-IDs,
// so that planning twice sends nothing twice. Each letter goes to one person
// alone and names no other recipient. Who is told, and that everybody may know
// what he is told, is decided by service; that somebody is still entitled when
// his letter is sent, too.
//
// It writes plain text, by templates in English and German or by those that
// somebody wrote, and sends nothing itself. A template that is broken stops no
// letter.
package notify

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

// Desk is what letters say of the desk that sends them.
type Desk struct {
	Name    string // in subject tags: [Name #42]
	BaseURL string // where its pages are, without a slash at the end; may be empty
	Domain  string // of Message-IDs
}

// Handler returns the handler of jobs of the kind service.JobNotify: it plans
// the letters that tell of the job's event and puts them into the outbox.
func Handler(svc *service.Service) func(context.Context, desk.Job) error {
	from := Desk{svc.Name(), svc.BaseURL(), svc.Domain()}
	by := desk.System(desk.ViaJob)
	return func(ctx context.Context, job desk.Job) error {
		news, err := newsOf(ctx, svc, by, job)
		if err != nil {
			return err
		}
		return svc.QueueLetters(ctx, by, job.ID, Plan(news, from))
	}
}

// newsOf reads the news of a job: an event's number, behind a / that of the
// rule that tells of it.
func newsOf(ctx context.Context, svc *service.Service, by desk.Actor, job desk.Job) (*service.News, error) {
	first, second, ruled := strings.Cut(job.Data, "/")
	event, err := strconv.ParseInt(first, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("job %d names no event: %w", job.ID, err)
	}
	if !ruled {
		return svc.News(ctx, by, desk.EventID(event))
	}
	rule, err := strconv.ParseInt(second, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("job %d names no rule: %w", job.ID, err)
	}
	return svc.RuleNews(ctx, by, desk.EventID(event), desk.RuleID(rule))
}

// Plan returns the letters that tell of the news, one for each recipient.
func Plan(news *service.News, from Desk) []desk.Outgoing {
	letters := make([]desk.Outgoing, 0, len(news.Recipients))
	templates := kept{}
	for _, r := range news.Recipients {
		letters = append(letters, templates.plan(news, from, r))
	}
	return letters
}

func (k kept) plan(news *service.News, from Desk, r service.Recipient) desk.Outgoing {
	out := desk.Outgoing{
		Kind: r.Kind, Ticket: news.Ticket.ID, Event: news.Event.ID, To: r.User, Address: r.Address, Why: r.Why,
		LetterID: letterID(news.Event.ID, r, from.Domain),
		Subject:  subject(news, from, r.Kind),
		From:     sender(news, from, r.Kind), ReplyTo: r.ReplyTo, Refs: news.References,
		Auto: auto(news, r.Kind),
	}
	if news.Message != nil {
		out.Message = news.Message.ID
	}
	if news.Rule != nil {
		out.Rule = news.Rule.Name
		out.LetterID = fmt.Sprintf("r%d.%s", news.Rule.ID, out.LetterID)
	}
	l := k.write(news, from, r)
	out.Body, out.Reason = l.body, l.problem
	if l.subject != "" {
		out.Subject = desk.TagSubject(l.subject, from.Name, news.Ticket.ID)
	}
	return out
}

// letterID returns the Message-ID of the letter that tells somebody of an
// event: always the same.
func letterID(event desk.EventID, r service.Recipient, domain string) string {
	to := "u" + strconv.FormatInt(int64(r.User), 10)
	if r.User == 0 {
		sum := sha256.Sum256([]byte(r.Address))
		to = "a" + hex.EncodeToString(sum[:8])
	}
	return fmt.Sprintf("e%d.%s@%s", event, to, domain)
}

// tellsMessage reports whether the letter carries what somebody wrote.
func tellsMessage(kind desk.LetterKind) bool {
	return slices.Contains([]desk.LetterKind{desk.LetterReply, desk.LetterComment, desk.LetterOpened, desk.LetterApproval, desk.LetterDecided}, kind)
}

// subject returns the tagged subject; a message after the first one answers.
func subject(news *service.News, from Desk, kind desk.LetterKind) string {
	text := news.Ticket.Subject
	if kind != desk.LetterReply && kind != desk.LetterComment {
		return desk.TagSubject(text, from.Name, news.Ticket.ID)
	}
	if news.Message != nil && news.Message.Subject != "" {
		text = news.Message.Subject
	}
	if text == news.Ticket.Subject && !strings.HasPrefix(strings.ToLower(text), "re: ") {
		text = "Re: " + text
	}
	return desk.TagSubject(text, from.Name, news.Ticket.ID)
}

// sender returns the sender: the queue's address, under the name of the agent
// who wrote, so that nobody writes to an agent past the desk.
func sender(news *service.News, from Desk, kind desk.LetterKind) desk.MailAddress {
	address := news.Queue.Address
	if kind == desk.LetterComment {
		address = cmp.Or(news.Queue.CommentAddress, address)
	}
	name := from.Name
	if news.Actor.Agent && tellsMessage(kind) {
		name = news.Actor.Text + " via " + from.Name
	}
	return desk.MailAddress{Name: name, Address: cmp.Or(address, "desk@"+from.Domain)}
}

// auto returns Auto-Submitted (RFC 3834): what a person wrote is not automatic
// though a program passes it on.
func auto(news *service.News, kind desk.LetterKind) string {
	switch {
	case kind == desk.LetterAcknowledge:
		return "auto-replied"
	case tellsMessage(kind) && !news.Machine:
		return ""
	}
	return "auto-generated"
}
