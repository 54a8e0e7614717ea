package api

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) mailRoutes() []route {
	return []route{
		shows(h, what{"countMail", "GET /mail", "AdminMail", "How many letters and jobs wait"}, h.countMail),
		shows(h, what{"listOutbox", "GET /outbox", "AdminMail", "Letters that go out, newest first"}, h.listOutbox),
		shows(h, what{"getOutgoing", "GET /outbox/{id}", "AdminMail", "A letter that goes out, with its text"}, h.getOutgoing),
		does(h, what{"retryOutgoing", "POST /outbox/{id}/retry", "AdminMail", "Try a waiting or failed letter again at once"}, h.retryOutgoing),
		shows(h, what{"listSpool", "GET /spool", "AdminMail", "Letters that came in, newest first"}, h.listSpool),
		shows(h, what{"getSpooled", "GET /spool/{id}", "AdminMail", "A letter that came in"}, h.getSpooled),
		h.downloadLetter(),
		does(h, what{"retrySpooled", "POST /spool/{id}/retry", "AdminMail", "Look at a refused or parked letter again"}, h.retrySpooled),
		does(h, what{"ticketFromLetter", "POST /spool/{id}/ticket", "AdminMail, CreateTicket", "Make a refused, held, parked or junk letter a ticket"}, h.ticketFromLetter),
		h.downloadSent(),
		shows(h, what{"listPaused", "GET /paused-addresses", "AdminMail", "Addresses to which nothing is sent since letters came back"}, h.listPaused),
		does(h, what{"resumeAddress", "POST /paused-addresses/{address}/resume", "AdminMail", "Send letters to an address again"}, h.resumeAddress),
		shows(h, what{"listMailAccounts", "GET /mail-accounts", "AdminMail", "Mailboxes that are fetched, with their state, without secrets"}, h.listMailAccounts),
		does(h, what{"saveMailAccount", "PUT /mail-accounts/{name}", "AdminMail", "Add a mailbox or change it"}, h.saveMailAccount),
		does(h, what{"removeMailAccount", "DELETE /mail-accounts/{name}", "AdminMail", "Fetch a mailbox no longer"}, h.removeMailAccount),
		shows(h, what{"testMailAccount", "POST /mail-accounts/{name}/test", "AdminMail", "Sign in at a mailbox and count its letters"}, h.testMailAccount),
		shows(h, what{"getMailPolicy", "GET /mail-policy", "AdminQueue, AdminMail", "What letters may do in a queue"}, h.getMailPolicy),
		does(h, what{"setMailPolicy", "PUT /mail-policy", "AdminQueue, AdminMail", "Say what letters may do in a queue"}, h.setMailPolicy),
	}
}

// MailCounts count letters and jobs that are not done.
type MailCounts struct {
	SpoolWaiting  int `json:"spool_waiting"`
	SpoolParked   int `json:"spool_parked"`
	OutboxWaiting int `json:"outbox_waiting"`
	OutboxFailed  int `json:"outbox_failed"`
	JobsWaiting   int `json:"jobs_waiting"`
	JobsParked    int `json:"jobs_parked"`

	OldestSpool *time.Time `json:"oldest_spool,omitempty" doc:"Since when the oldest letter that came in waits."`
	OldestOut   *time.Time `json:"oldest_outbox,omitempty" doc:"Since when the oldest letter that goes out waits."`
}

func (h *handler) countMail(ctx context.Context, by caller, _ *Nothing) (MailCounts, error) {
	c, err := h.desk.PostCounts(ctx, by.Actor)
	return MailCounts{
		c.SpoolWaiting, c.SpoolParked, c.OutWaiting, c.OutFailed, c.Jobs, c.JobsParked, moment(c.OldestSpool), moment(c.OldestOut),
	}, err
}

// An Outgoing is a letter to one person.
type Outgoing struct {
	ID      int64      `json:"id"`
	Kind    string     `json:"kind"`
	State   string     `json:"state" enum:"waiting,sent,collected,dropped,failed"`
	Reason  string     `json:"reason,omitempty"`
	Ticket  int64      `json:"ticket,omitempty"`
	Message int64      `json:"message,omitempty"`
	To      int64      `json:"to,omitempty" doc:"The user."`
	Address string     `json:"address"`
	Subject string     `json:"subject"`
	Body    string     `json:"body,omitempty" doc:"Where one letter is asked for."`
	Tries   int        `json:"tries"`
	At      *time.Time `json:"at"`
	Next    *time.Time `json:"next,omitempty" doc:"When it is tried again."`
	SentAt  *time.Time `json:"sent_at,omitempty"`
}

func outgoingOf(o desk.Outgoing) Outgoing {
	wire := Outgoing{
		ID: int64(o.ID), Kind: string(o.Kind), State: string(o.State), Reason: o.Reason, Ticket: int64(o.Ticket), Message: int64(o.Message),
		To: int64(o.To), Address: o.Address, Subject: o.Subject, Tries: o.Tries, At: moment(o.At), SentAt: moment(o.SentAt),
	}
	if o.State == desk.OutWaiting {
		wire.Next = moment(o.Next)
	}
	return wire
}

type listOutboxInput struct {
	Paging
	State  string `query:"state" enum:"waiting,sent,collected,dropped,failed"`
	Ticket int64  `query:"ticket" minimum:"1"`
}

func (h *handler) listOutbox(ctx context.Context, by caller, in *listOutboxInput) (Page[Outgoing], error) {
	before, err := idAfter[desk.OutboxID]("outbox", in.After)
	if err != nil {
		return Page[Outgoing]{}, err
	}
	list, more, err := h.desk.Outbox(ctx, by.Actor, service.OutFilter{State: desk.OutboxState(in.State), Ticket: desk.TicketID(in.Ticket), Before: before, Limit: in.Limit})
	page := pageOf(list, outgoingOf)
	if more {
		page.Next = link(by.url, "after", idCursor("outbox", list[len(list)-1].ID))
	}
	return page, err
}

func (h *handler) getOutgoing(ctx context.Context, by caller, in *Numbered) (Outgoing, error) {
	o, err := h.desk.OutgoingLetter(ctx, by.Actor, desk.OutboxID(in.ID))
	if err != nil {
		return Outgoing{}, err
	}
	wire := outgoingOf(*o)
	wire.Body = o.Body
	return wire, nil
}

func (h *handler) retryOutgoing(ctx context.Context, by caller, in *Numbered) error {
	return h.desk.RetryLetter(ctx, by.Actor, desk.OutboxID(in.ID))
}

// A Spooled is a letter that came in.
type Spooled struct {
	ID        int64      `json:"id"`
	State     string     `json:"state" enum:"waiting,done,refused,parked,held,junk"`
	Reason    string     `json:"reason,omitempty"`
	From      string     `json:"from" doc:"The sender of the envelope."`
	Recipient string     `json:"recipient"`
	Queue     string     `json:"queue,omitempty"`
	Via       string     `json:"via"`
	Size      int64      `json:"size"`
	Tries     int        `json:"tries"`
	At        *time.Time `json:"at"`
	Ticket    int64      `json:"ticket,omitempty"`
	Message   int64      `json:"message,omitempty"`

	Subject string       `json:"subject,omitempty"`
	Author  string       `json:"author,omitempty" doc:"Who wrote it, as its header says."`
	Marks   []string     `json:"marks,omitempty" doc:"Warnings that go with its message: unproven, spam, encrypted, signed, vouched."`
	Defects []string     `json:"defects,omitempty" doc:"What is wrong with its form."`
	Steps   []LetterStep `json:"steps,omitempty" doc:"What was found out and decided, in order; where one letter is asked for."`
}

// A LetterStep is one thing that was found out or decided about a letter.
type LetterStep struct {
	What string `json:"what" enum:"to,from,kind,proof,policy,thread,rights,result"`
	Said string `json:"said"`
}

func spooledOf(s desk.Spooled) Spooled {
	wire := Spooled{
		ID: int64(s.ID), State: string(s.State), Reason: s.Reason, From: s.Envelope.From, Recipient: s.Envelope.Recipient, Queue: s.Envelope.Queue,
		Via: s.Envelope.Via, Size: s.Size, Tries: s.Tries, At: moment(s.At), Ticket: int64(s.Ticket), Message: int64(s.Message),
		Subject: s.Notes.Subject, Author: s.Notes.From, Defects: s.Notes.Defects,
	}
	for _, m := range s.Notes.Marks {
		wire.Marks = append(wire.Marks, string(m))
	}
	return wire
}

type listSpoolInput struct {
	Paging
	State string `query:"state" enum:"waiting,done,refused,parked,held,junk"`
}

func (h *handler) listSpool(ctx context.Context, by caller, in *listSpoolInput) (Page[Spooled], error) {
	before, err := idAfter[desk.SpoolID]("spool", in.After)
	if err != nil {
		return Page[Spooled]{}, err
	}
	list, more, err := h.desk.SpoolList(ctx, by.Actor, service.SpoolFilter{State: desk.SpoolState(in.State), Before: before, Limit: in.Limit})
	page := pageOf(list, spooledOf)
	if more {
		page.Next = link(by.url, "after", idCursor("spool", list[len(list)-1].ID))
	}
	return page, err
}

func (h *handler) getSpooled(ctx context.Context, by caller, in *Numbered) (Spooled, error) {
	s, err := h.desk.SpooledLetter(ctx, by.Actor, desk.SpoolID(in.ID))
	if err != nil {
		return Spooled{}, err
	}
	wire := spooledOf(*s)
	for _, step := range s.Notes.Steps {
		wire.Steps = append(wire.Steps, LetterStep{string(step.What), step.Said})
	}
	return wire, nil
}

// downloadLetter serves the bytes of a letter that came in.
func (h *handler) downloadLetter() route {
	w := what{"getSpooledLetter", "GET /spool/{id}/letter", "AdminMail", "The letter as it came in"}
	return w.route(func(api huma.API, op huma.Operation) {
		op.Responses = map[string]*huma.Response{"200": octets("The letter (RFC 5322).")}
		huma.Register(api, op, func(ctx context.Context, in *Numbered) (*downloadOutput, error) {
			s, err := h.desk.SpooledLetter(ctx, callerOf(ctx).Actor, desk.SpoolID(in.ID))
			if err != nil {
				return nil, h.failure(ctx, w.name, err)
			}
			return saved("letter-"+number(s.ID)+".eml", s.Raw), nil
		})
	})
}

func (h *handler) retrySpooled(ctx context.Context, by caller, in *Numbered) error {
	return h.desk.RetrySpooled(ctx, by.Actor, desk.SpoolID(in.ID))
}
