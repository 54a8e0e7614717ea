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
	State   string     `json:"state" enum:"waiting,sent,dropped,failed"`
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
	State  string `query:"state" enum:"waiting,sent,dropped,failed"`
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
}

func spooledOf(s desk.Spooled) Spooled {
	return Spooled{
		int64(s.ID), string(s.State), s.Reason, s.Envelope.From, s.Envelope.Recipient, s.Envelope.Queue, s.Envelope.Via,
		s.Size, s.Tries, moment(s.At), int64(s.Ticket), int64(s.Message),
	}
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
	return spooledOf(*s), nil
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
