package admin

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// letterShown is how many bytes of a letter a page shows.
const letterShown = 24_000

// mailPage refuses who may not see letters.
func (h handler) mailPage(r *http.Request, kind string) (*MailPage, error) {
	f, err := h.frame(r, "admin."+kind)
	if err != nil {
		return nil, err
	}
	if err := partOf(f.Mail); err != nil {
		return nil, err
	}
	return &MailPage{Nav: f.nav, Kind: kind, Empty: web.Empty{Icon: "mail", Title: web.T("mail.none"), Hint: web.T("mail.none.hint")}}, nil
}

// states makes a filter of the states that letters can be in, and returns the
// one that was chosen.
func states[S ~string](r *http.Request, all []S) (web.Field, S) {
	chosen := S(r.FormValue("status"))
	if !slices.Contains(all, chosen) {
		chosen = ""
	}
	field := web.Field{Name: "status", Kind: "select", Options: []web.Option{{Value: "", Label: web.T("form.any")}}}
	for _, s := range all {
		field.Options = append(field.Options, web.Option{Value: string(s), Label: web.T("status." + string(s)), Selected: s == chosen})
	}
	return field, chosen
}

func before(r *http.Request) int64 {
	n, _ := strconv.ParseInt(r.FormValue("before"), 10, 64)
	return max(n, 0)
}

func ticketLink(id desk.TicketID) web.Link {
	if id == 0 {
		return web.Link{}
	}
	return web.Link{Label: web.Plain(id.String()), URL: "/agent/tickets/" + strconv.FormatInt(int64(id), 10)}
}

// outbox lists letters that go out.
func (h handler) outbox(w http.ResponseWriter, r *http.Request) error {
	page, err := h.mailPage(r, "outbox")
	if err != nil {
		return err
	}
	status, state := states(r, desk.OutboxStates())
	list, more, err := h.svc.Outbox(r.Context(), web.Actor(r), service.OutFilter{State: state, Before: desk.OutboxID(before(r)), Limit: pageSize})
	if err != nil {
		return err
	}
	page.Status = status
	for i := range list {
		page.Rows = append(page.Rows, outgoingRow(web.ReaderOf(r), &list[i]))
	}
	if more {
		page.Pager.Older = next(r, "before", strconv.FormatInt(int64(list[len(list)-1].ID), 10))
	}
	return h.site.Show(w, r, page.View())
}

func outgoingRow(reader web.Reader, o *desk.Outgoing) MailRow {
	return MailRow{
		URL: "/admin/outbox/" + strconv.FormatInt(int64(o.ID), 10), Subject: o.Subject, Other: o.Address, Ticket: ticketLink(o.Ticket),
		Status: string(o.State), Tries: o.Tries, At: reader.In(o.At),
	}
}

// outgoing shows one letter that goes out, as its parts are known here.
func (h handler) outgoing(w http.ResponseWriter, r *http.Request) error {
	list, err := h.mailPage(r, "outbox")
	if err != nil {
		return err
	}
	id, err := web.ID[desk.OutboxID](r, "id")
	if err != nil {
		return err
	}
	o, err := h.svc.OutgoingLetter(r.Context(), web.Actor(r), id)
	if err != nil {
		return err
	}
	reader := web.ReaderOf(r)
	page := LetterPage{
		Nav: list.Nav, Kind: "outbox", Row: outgoingRow(reader, o), From: strings.TrimSpace(o.From.Name + " <" + o.From.Address + ">"), MessageID: "<" + o.LetterID + ">",
		Error: o.Reason, Retry: o.State == desk.OutWaiting || o.State == desk.OutFailed,
	}
	page.URL = page.Row.URL
	if o.State == desk.OutWaiting && o.Tries > 0 {
		page.Next = reader.In(o.Next)
	}
	page.Text, page.Cut = cut(o.Body)
	return h.site.Show(w, r, page.View())
}

// cut keeps a letter from filling the page.
func cut(text string) (string, bool) {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\r\n", "\n"), "�")
	if len(text) <= letterShown {
		return text, false
	}
	return strings.ToValidUTF8(text[:letterShown], ""), true
}

func (h handler) retryOutgoing(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.OutboxID](r, "id")
	if err != nil {
		return err
	}
	if err := h.svc.RetryLetter(r.Context(), web.Actor(r), id); err != nil {
		return err
	}
	return h.done(w, r, "/admin/outbox/"+r.PathValue("id"), web.T("mail.retried"))
}

// spool lists letters that came in.
func (h handler) spool(w http.ResponseWriter, r *http.Request) error {
	page, err := h.mailPage(r, "spool")
	if err != nil {
		return err
	}
	status, state := states(r, desk.SpoolStates())
	list, more, err := h.svc.SpoolList(r.Context(), web.Actor(r), service.SpoolFilter{State: state, Before: desk.SpoolID(before(r)), Limit: pageSize})
	if err != nil {
		return err
	}
	page.Status = status
	for i := range list {
		page.Rows = append(page.Rows, spooledRow(web.ReaderOf(r), &list[i]))
	}
	if more {
		page.Pager.Older = next(r, "before", strconv.FormatInt(int64(list[len(list)-1].ID), 10))
	}
	return h.site.Show(w, r, page.View())
}

func spooledRow(reader web.Reader, s *desk.Spooled) MailRow {
	to := s.Envelope.Recipient
	if to == "" {
		to = s.Envelope.Queue
	}
	from := s.Envelope.From
	if from == "" {
		from = reader.Say(web.T("mail.nullsender"))
	}
	return MailRow{
		URL: "/admin/spool/" + strconv.FormatInt(int64(s.ID), 10), Subject: reader.Say(web.T("mail.came", int64(s.ID), to)),
		Other: from, Ticket: ticketLink(s.Ticket), Status: string(s.State), Tries: s.Tries, At: reader.In(s.At),
	}
}

// spooled shows one letter that came in, as it came.
func (h handler) spooled(w http.ResponseWriter, r *http.Request) error {
	list, err := h.mailPage(r, "spool")
	if err != nil {
		return err
	}
	id, err := web.ID[desk.SpoolID](r, "id")
	if err != nil {
		return err
	}
	s, err := h.svc.SpooledLetter(r.Context(), web.Actor(r), id)
	if err != nil {
		return err
	}
	page := LetterPage{
		Nav: list.Nav, Kind: "spool", Row: spooledRow(web.ReaderOf(r), s), To: s.Envelope.Recipient, Error: s.Reason,
		Retry: s.State != desk.SpoolDone && s.State != desk.SpoolWaiting,
	}
	page.URL = page.Row.URL
	page.Text, page.Cut = cut(string(s.Raw))
	return h.site.Show(w, r, page.View())
}

func (h handler) retrySpooled(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.SpoolID](r, "id")
	if err != nil {
		return err
	}
	if err := h.svc.RetrySpooled(r.Context(), web.Actor(r), id); err != nil {
		return err
	}
	return h.done(w, r, "/admin/spool/"+r.PathValue("id"), web.T("mail.retried"))
}
