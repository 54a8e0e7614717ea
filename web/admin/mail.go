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
		Error: o.Reason, Retry: o.State != desk.OutSent, Resend: o.State == desk.OutSent, Sent: reader.In(o.SentAt),
	}
	page.URL = page.Row.URL
	if o.Kind != desk.LetterSignIn {
		page.Raw = page.URL + "/raw"
	}
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
	loops, err := h.svc.HeldLoops(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	for _, l := range loops {
		page.Loops = append(page.Loops, web.T("mail.loop", l.Sender, l.Letters, l.Reason))
	}
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
	subject := reader.Say(web.T("mail.came", int64(s.ID), to))
	if s.Notes.Subject != "" {
		subject = s.Notes.Subject
	}
	if s.Notes.From != "" {
		from = s.Notes.From
	}
	return MailRow{
		URL: "/admin/spool/" + strconv.FormatInt(int64(s.ID), 10), Subject: subject,
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
	page, err := h.letterPage(r, list, s)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

// letterPage shows what is known of a letter that came in, and what can be done
// with it.
func (h handler) letterPage(r *http.Request, list *MailPage, s *desk.Spooled) (*LetterPage, error) {
	page := &LetterPage{
		Nav: list.Nav, Kind: "spool", Row: spooledRow(web.ReaderOf(r), s), To: s.Envelope.Recipient, Error: s.Reason,
		Retry: s.State != desk.SpoolDone && s.State != desk.SpoolWaiting,
		Marks: s.Notes.Marks, Defects: s.Notes.Defects,
	}
	if page.To == "" {
		page.To = s.Envelope.Queue
	}
	for _, step := range s.Notes.Steps {
		page.Steps = append(page.Steps, LetterStep{web.T("letter.step." + string(step.What)), step.Said})
	}
	page.URL = page.Row.URL
	page.Raw = page.URL + "/raw"
	page.Text, page.Cut = cut(string(s.Raw))
	if !page.Retry {
		return page, nil
	}
	queues, err := h.svc.Queues(r.Context(), web.Actor(r), desk.CreateTicket)
	if err != nil || len(queues) == 0 {
		return page, err
	}
	page.Ticket = &web.Field{Name: "queue", Kind: "select"}
	for _, q := range queues {
		page.Ticket.Options = append(page.Ticket.Options, web.Option{Value: strconv.FormatInt(int64(q.ID), 10), Label: web.Plain(q.Name), Selected: q.Name == s.Envelope.Queue})
	}
	return page, nil
}

// ticketFromLetter has a letter open a ticket, whatever stood against it.
func (h handler) ticketFromLetter(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	id, err := web.ID[desk.SpoolID](r, "id")
	if err != nil {
		return err
	}
	queue, _ := strconv.ParseInt(r.PostFormValue("queue"), 10, 64) // of zero there is none
	if err := h.svc.TicketFromLetter(r.Context(), web.Actor(r), id, desk.QueueID(queue)); err != nil {
		return err
	}
	return h.done(w, r, "/admin/spool/"+r.PathValue("id"), web.T("letter.ticket.done"))
}

// rawSpooled serves a letter as it came, to be saved.
func (h handler) rawSpooled(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.SpoolID](r, "id")
	if err != nil {
		return err
	}
	s, err := h.svc.SpooledLetter(r.Context(), web.Actor(r), id)
	if err != nil {
		return err
	}
	return saveLetter(w, "letter-in-"+r.PathValue("id"), s.Raw)
}

// rawOutgoing serves a letter as it is sent, to be saved.
func (h handler) rawOutgoing(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.OutboxID](r, "id")
	if err != nil {
		return err
	}
	raw, err := h.svc.SentLetter(r.Context(), web.Actor(r), id)
	if err != nil {
		return err
	}
	return saveLetter(w, "letter-out-"+r.PathValue("id"), raw)
}

// saveLetter serves the bytes of a letter so that no browser shows them.
func saveLetter(w http.ResponseWriter, name string, raw []byte) error {
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`.eml"`)
	w.Header().Set("Content-Length", strconv.Itoa(len(raw)))
	_, _ = w.Write(raw) // who went away meanwhile does not matter
	return nil
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
