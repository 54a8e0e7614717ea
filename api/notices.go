package api

import (
	"context"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) noticeRoutes() []route {
	const own = "nothing: it is about oneself"
	return []route{
		shows(h, what{"listNotices", "GET /notices", own, "What one, at the desk, was told in its pages on tickets that one may see, the latest first; at most 200"}, h.listNotices),
		does(h, what{"readNotices", "POST /notices/read", own, "Mark all of them as read"}, h.readNotices),
		does(h, what{"changeNotice", "PATCH /notices/{id}", own, "Mark one of them as read, or as unread"}, h.changeNotice),
		does(h, what{"markTickets", "POST /tickets/mark", "ShowTicket, as somebody at the desk; other tickets are passed over", "Mark tickets as read or as unread by oneself"}, h.markTickets),
	}
}

// A Notice tells somebody at the desk of something that concerns him.
type Notice struct {
	ID      int64     `json:"id"`
	Kind    string    `json:"kind" enum:"reply,mention,owner,watcher,approval,decided,reminder,clock,rule"`
	Ticket  int64     `json:"ticket"`
	Subject string    `json:"subject" doc:"The ticket's."`
	By      *Who      `json:"by,omitempty" doc:"Who did it; left out: the desk itself."`
	Comment bool      `json:"comment" doc:"It is about what is internal."`
	At      time.Time `json:"at" doc:"When it happened last."`
	Times   int       `json:"times" doc:"How often it did since one last read it."`
	Rule    string    `json:"rule,omitempty"`
	Note    string    `json:"note,omitempty" doc:"Of a reminder."`
	Read    bool      `json:"read"`
}

func (c caller) notice(n service.NoticeLine) Notice {
	wire := Notice{ID: int64(n.ID), Kind: string(n.Kind), Ticket: int64(n.Notice.Ticket), Subject: n.Subject, Comment: n.Internal, At: n.At.UTC(),
		Times: n.Times, Rule: n.Rule, Note: n.Note, Read: !n.Read.IsZero()}
	if n.Who.Text != "" {
		by := c.who(n.Who)
		wire.By = &by
	}
	return wire
}

type listNoticesInput struct {
	Unread bool `query:"unread" doc:"Only those that one has not read."`
}

func (h *handler) listNotices(ctx context.Context, by caller, in *listNoticesInput) (Page[Notice], error) {
	list, err := h.desk.Notices(ctx, by.Actor, in.Unread)
	return pageOf(list, by.notice), err
}

func (h *handler) readNotices(ctx context.Context, by caller, _ *Nothing) error {
	_, err := h.desk.ReadNotices(ctx, by.Actor)
	return err
}

type changeNoticeInput struct {
	Numbered
	Body struct {
		Read bool `json:"read"`
	}
}

func (h *handler) changeNotice(ctx context.Context, by caller, in *changeNoticeInput) error {
	return h.desk.SetNotice(ctx, by.Actor, desk.NoticeID(in.ID), in.Body.Read)
}

type markTicketsInput struct {
	Body struct {
		Tickets []int64 `json:"tickets" minItems:"1" maxItems:"500"`
		Unread  bool    `json:"unread,omitempty"`
	}
}

func (h *handler) markTickets(ctx context.Context, by caller, in *markTicketsInput) error {
	_, err := h.desk.MarkTickets(ctx, by.Actor, ids[desk.TicketID](in.Body.Tickets), in.Body.Unread)
	return err
}
