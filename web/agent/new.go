package agent

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// askNew shows the form for a new ticket, or what has to come before one.
func (h handler) askNew(w http.ResponseWriter, r *http.Request) error {
	page, err := h.newPage(r)
	if err != nil && page != nil {
		v := page.View()
		v.Status = web.StatusOf(desk.KindOf(err))
		return h.site.Show(w, r, v)
	}
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

// newPage is the form with what the request brings: of the address, or typed
// into a form that was refused. Where there is no queue for it, it is a page that
// says so, and the refusal.
func (h handler) newPage(r *http.Request) (*NewPage, error) {
	queues, err := h.desk.Queues(r.Context(), web.Actor(r), desk.CreateTicket)
	if err != nil {
		return nil, err
	}
	f, err := h.frame(r)
	if err != nil {
		return nil, err
	}
	if len(queues) == 0 {
		return &NewPage{Nav: f.nav, None: nowhere(f)}, desk.Errorf(desk.Forbidden, "There is no queue in which you may open tickets: that asks for the right CreateTicket.")
	}
	value := func(name string) string { return r.FormValue(name) }
	page := &NewPage{
		Nav: f.nav, Token: web.FormToken(),
		Queue:     choices("queue", value("queue")),
		Requestor: web.Field{Name: "requestor", Required: true, Value: value("requestor"), Suggest: "all"},
		Customer:  web.Field{Name: "customer", Value: value("customer"), Suggest: "customer"},
		Sharing:   choices("sharing", value("sharing"), web.Option{Label: web.T("new.sharing.usual")}),
		Cc:        web.Field{Name: "cc", Value: value("cc"), Suggest: "all"},
		Subject:   web.Field{Name: "subject", Required: true, Value: value("subject")},
		Text:      web.Field{Name: "text", Kind: "textarea", Rows: 10, Value: value("text")},
		File:      web.Field{Name: "files", Kind: "file", Multiple: true},
	}
	if err := h.fillSplit(r, page); err != nil {
		return nil, err
	}
	chosen := cmp.Or(value("queue"), page.Queue.Value)
	for _, q := range queues {
		add(&page.Queue, chosen, strconv.FormatInt(int64(q.ID), 10), web.Plain(q.Name))
	}
	page.Sharing.Options = append(page.Sharing.Options, sharingField("", value("sharing")).Options...)
	return page, h.fillNewFields(r, page, chosen, queues)
}

// nowhere says why the reader can open no ticket, and what comes first.
func nowhere(f *frame) *web.Empty {
	e := &web.Empty{Icon: "tray", Title: web.T("new.nowhere"), Hint: web.T("new.nowhere.ask"), Action: web.Link{Label: web.T("view.open"), URL: base + "/tickets?view=open"}}
	if f.reader.Admin {
		e.Hint, e.Action = web.T("new.nowhere.grant"), web.Link{Label: web.T("admin.queues"), URL: "/admin/queues"}
		if len(f.queues) == 0 {
			e.Hint, e.Action = web.T("new.nowhere.make"), web.Link{Label: web.T("admin.blueprints"), URL: "/admin/blueprints"}
		}
	}
	return e
}

// fillNewFields shows the custom fields of the queue that is chosen.
func (h handler) fillNewFields(r *http.Request, page *NewPage, typed string, queues []desk.Queue) error {
	chosen := queues[0].ID
	for _, q := range queues {
		if typed == strconv.FormatInt(int64(q.ID), 10) {
			chosen = q.ID
		}
	}
	fields, err := h.desk.NewTicketFields(r.Context(), web.Actor(r), chosen)
	if err != nil {
		return err
	}
	page.Fields = web.CustomForms(web.ReaderOf(r), fields)
	all, err := h.desk.Fields(r.Context(), web.Actor(r))
	for _, f := range all {
		page.ByQueue = page.ByQueue || len(queues) > 1 && f.Of == desk.OfTickets && !f.Everywhere
	}
	return err
}

// A refusal is a form's error at one of its fields.
func refusal(field string, err error) error {
	if err == nil || desk.KindOf(err) == desk.Internal {
		return err
	}
	return desk.InvalidFields(map[string]string{field: desk.Sentence(err)})
}

// open takes the form for a new ticket.
func (h handler) open(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); web.FormKept(r, err) {
		return h.newAgain(w, r, err)
	} else if err != nil {
		return err
	}
	if r.PostFormValue("do") == "queue" {
		return h.newOfQueue(w, r)
	}
	in, err := h.readNew(r)
	var id desk.TicketID
	if err == nil {
		id, err = h.desk.OpenTicket(r.Context(), web.Actor(r), in)
	}
	if err != nil {
		return h.newAgain(w, r, err)
	}
	if _, err := h.desk.Ticket(r.Context(), web.Actor(r), id); err != nil {
		return h.site.Done(w, r, base+"/", web.Notice{Level: "good", Text: web.T("done.opened.unseen", id.String())})
	}
	return h.site.Done(w, r, ticketURL(id), web.Notice{Level: "good", Text: web.T("done.opened", id.String())})
}

// newOfQueue shows the form with the custom fields of another queue and
// everything that was typed.
func (h handler) newOfQueue(w http.ResponseWriter, r *http.Request) error {
	page, err := h.newPage(r)
	if err != nil {
		return err
	}
	page.Token = r.PostFormValue("form")
	for i := range page.Fields {
		if r.PostForm.Has(page.Fields[i].Name) {
			web.Retype(r, &page.Fields[i])
		}
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) readNew(r *http.Request) (service.NewTicket, error) {
	in := service.NewTicket{
		Queue: desk.QueueID(ticketID(r.PostFormValue("queue"))), Subject: r.PostFormValue("subject"),
		Text: strings.ReplaceAll(r.PostFormValue("text"), "\r\n", "\n"), Form: r.PostFormValue("form"),
	}
	requestor, err := h.findPrincipal(r, strings.TrimSpace(r.PostFormValue("requestor")))
	if err != nil {
		return in, refusal("requestor", err)
	}
	in.Requestors = []desk.PrincipalID{requestor}
	for _, typed := range people(r.PostFormValue("cc")) {
		cc, err := h.findPrincipal(r, typed)
		if err != nil {
			return in, refusal("cc", err)
		}
		in.Cc = append(in.Cc, cc)
	}
	if typed := strings.TrimSpace(r.PostFormValue("customer")); typed != "" {
		id, sentence, err := h.findCustomer(r, typed)
		if err != nil {
			return in, err
		}
		if sentence != "" {
			return in, desk.InvalidFields(map[string]string{"customer": sentence})
		}
		in.Customers = []desk.CustomerID{id}
	}
	in.Split = desk.MessageID(ticketID(r.PostFormValue("split")))
	if sharing, ok := desk.ParseSharing(r.PostFormValue("sharing")); ok {
		in.Sharing = &sharing
	}
	if in.Files, err = web.Attachments(r, "files"); err != nil {
		return in, err
	}
	fields, err := h.desk.NewTicketFields(r.Context(), web.Actor(r), in.Queue)
	if err != nil {
		return in, err
	}
	in.Fields = web.NewSets(r, fields)
	return in, nil
}

// newAgain shows the form with what was typed and what is wrong with it.
func (h handler) newAgain(w http.ResponseWriter, r *http.Request, err error) error {
	kind := desk.KindOf(err)
	if kind != desk.Invalid && kind != desk.Conflict && kind != desk.TooLarge {
		return err
	}
	page, pageErr := h.newPage(r)
	if pageErr != nil {
		return err
	}
	page.Error = web.T("error.invalid.title")
	fields := desk.FieldTexts(err)
	shown := 0
	for _, f := range []*web.Field{&page.Queue, &page.Requestor, &page.Customer, &page.Cc, &page.Subject, &page.Text} {
		if f.Error = fields[f.Name]; f.Error != "" {
			shown++
		}
	}
	for i := range page.Fields {
		if web.RetypeCustoms(r, err, &page.Fields[i]) {
			shown++
		}
	}
	if shown == 0 {
		page.Error = web.Plain(desk.Sentence(err))
	}
	if web.FormKept(r, err) || r.MultipartForm != nil && len(r.MultipartForm.File["files"]) > 0 && r.MultipartForm.File["files"][0].Size > 0 {
		page.File.Error = web.ReaderOf(r).Say(web.T("compose.files.again"))
	}
	v := page.View()
	v.Status = web.StatusOf(kind)
	return h.site.Show(w, r, v)
}

// fillSplit fills the form from the message that the new ticket is made of,
// unless it was typed into already.
func (h handler) fillSplit(r *http.Request, page *NewPage) error {
	id := desk.MessageID(ticketID(r.FormValue("split")))
	if id == 0 {
		return nil
	}
	m, err := h.desk.Message(r.Context(), web.Actor(r), id)
	if err != nil {
		return err
	}
	v, err := h.desk.Ticket(r.Context(), web.Actor(r), m.Ticket)
	if err != nil {
		return err
	}
	page.Split, page.From = strconv.FormatInt(int64(id), 10), web.Link{Label: web.Plain(v.ID.String() + " " + v.Subject), URL: ticketURL(v.ID)}
	if r.Method != http.MethodGet {
		return nil
	}
	page.Subject.Value, page.Text.Value = v.Subject, m.Text
	who := v.Names[desk.PrincipalID(m.Author)]
	if who.Agent || who.Ref == "" {
		for _, p := range v.In(desk.Requestor) {
			who = v.Names[p]
		}
	}
	page.Requestor.Value = who.Ref
	page.Queue.Value = strconv.FormatInt(int64(v.Queue), 10)
	return nil
}
