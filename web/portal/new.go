package portal

import (
	"net/http"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// askNew shows the form for a new ticket.
func (h handler) askNew(w http.ResponseWriter, r *http.Request) error {
	page, err := h.newPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

// newPage fills the form with what there is to choose from, and with what the
// request has chosen already.
func (h handler) newPage(r *http.Request) (*NewPage, error) {
	own, err := h.svc.MyCustomers(r.Context(), web.Actor(r))
	if err != nil {
		return nil, err
	}
	queues, err := h.svc.Queues(r.Context(), web.Actor(r), desk.CreateTicket)
	if err != nil {
		return nil, err
	}
	if len(queues) == 0 {
		return nil, desk.Errorf(desk.Forbidden, "You cannot open tickets here. Ask the people who run this desk.")
	}
	companies, err := h.svc.Companies(r.Context(), web.Actor(r))
	if err != nil {
		return nil, err
	}
	page := &NewPage{
		Form: web.FormToken(), File: filesField(),
		Customer: web.Field{Name: "customer", Kind: "select", Options: companyOptions(r, own)},
		Queue:    web.Field{Name: "queue", Kind: "select", Required: true, Options: queueOptions(r, queues)},
		Subject:  web.Field{Name: "subject", Required: true, Value: r.FormValue("subject")},
		Text:     web.Field{Name: "text", Kind: "textarea", Rows: 9, Value: r.FormValue("text")},
	}
	if page.Nav, err = h.nav(r, "", companies); err != nil {
		return nil, err
	}
	if err := h.fillFields(r, page, queues); err != nil {
		return nil, err
	}
	if len(own) > 0 {
		page.Sharing = web.Field{Name: "sharing", Kind: "select"}
		page.Sharing.Options, err = h.sharingOptions(r, own, queues)
	}
	return page, err
}

// fillFields shows the custom fields of the queue that is chosen, if one is.
func (h handler) fillFields(r *http.Request, page *NewPage, queues []desk.Queue) error {
	all, err := h.svc.Fields(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	for _, f := range all {
		page.ByQueue = page.ByQueue || len(queues) > 1 && f.Of == desk.OfTickets
	}
	for _, q := range queues {
		if len(queues) > 1 && q.Name != r.FormValue("queue") {
			continue
		}
		fields, err := h.svc.NewTicketFields(r.Context(), web.Actor(r), q.ID)
		if err != nil {
			return err
		}
		page.Fields = web.CustomForms(web.ReaderOf(r), fields)
	}
	return nil
}

// companyOptions lets choose where there is a choice; the primary one comes
// first.
func companyOptions(r *http.Request, own []desk.Customer) []web.Option {
	if len(own) < 2 {
		return nil
	}
	var options []web.Option
	for _, c := range own {
		options = append(options, web.Option{Value: c.Key, Label: web.Plain(c.Name), Selected: c.Key == r.FormValue("customer")})
	}
	return options
}

func queueOptions(r *http.Request, queues []desk.Queue) []web.Option {
	if len(queues) < 2 {
		return nil
	}
	options := []web.Option{{Label: web.T("portal.new.queue.choose")}}
	for _, q := range queues {
		options = append(options, web.Option{Value: q.Name, Label: web.Plain(q.Name), Selected: q.Name == r.FormValue("queue")})
	}
	return options
}

// sharingOptions says of each way of sharing who would see the ticket, where
// that does not hang on another choice of the form.
func (h handler) sharingOptions(r *http.Request, own []desk.Customer, queues []desk.Queue) ([]web.Option, error) {
	chosen := r.FormValue("sharing")
	options := []web.Option{{Label: web.T("portal.sharing.usual"), Selected: chosen == ""}}
	for _, s := range []desk.Sharing{desk.Shared, desk.ManagersOnly, desk.Private} {
		text := web.T("sharing." + s.String() + ".short")
		if len(own) == 1 && len(queues) == 1 {
			names, err := h.svc.WouldSee(r.Context(), web.Actor(r), service.NewTicket{Queue: queues[0].ID, Sharing: &s})
			if err != nil {
				return nil, err
			}
			text = web.T("portal.sharing.with", text, nameList(web.ReaderOf(r), names))
		}
		options = append(options, web.Option{Value: s.String(), Label: text, Selected: chosen == s.String()})
	}
	return options, nil
}

// nameList names some people, the reader first.
func nameList(reader web.Reader, names []service.Name) string {
	return reader.Say(visibleTo(reader, names))
}

// open takes the form of a new ticket.
func (h handler) open(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, err := h.newPage(r)
	if err != nil {
		return err
	}
	if r.PostFormValue("do") == "queue" {
		page.Form = r.PostFormValue("form")
		for i := range page.Fields {
			if r.PostForm.Has(page.Fields[i].Name) {
				web.Retype(r, &page.Fields[i])
			}
		}
		return h.site.Show(w, r, page.View())
	}
	in, err := h.readNew(r)
	var id desk.TicketID
	if err == nil {
		id, err = h.svc.OpenTicket(r.Context(), web.Actor(r), in)
	}
	switch desk.KindOf(err) {
	case 0:
		return h.site.Done(w, r, ticketURL(id), web.Notice{Level: "good", Text: web.T("portal.opened", id.String())})
	case desk.Invalid, desk.Conflict:
		page.Form = r.PostFormValue("form")
		fields := []*web.Field{&page.Customer, &page.Sharing, &page.Queue, &page.Subject, &page.Text}
		for i := range page.Fields {
			web.Retype(r, &page.Fields[i])
			fields = append(fields, &page.Fields[i])
		}
		if rest := web.Refuse(err, fields...); rest != "" {
			page.Error = web.Plain(rest)
		}
		if web.SentFiles(r, "files") {
			page.File.Error = web.ReaderOf(r).Say(web.T("compose.files.again"))
		}
		view := page.View()
		view.Status = web.StatusOf(desk.KindOf(err))
		return h.site.Show(w, r, view)
	}
	return err
}

// readNew reads the form. Queue and company go by name, and only what the
// reader could choose can be meant.
func (h handler) readNew(r *http.Request) (service.NewTicket, error) {
	in := service.NewTicket{
		Subject: r.PostFormValue("subject"), Text: r.PostFormValue("text"), Form: r.PostFormValue("form"),
		Requestors: []desk.PrincipalID{desk.PrincipalID(web.Actor(r).User)},
	}
	var err error
	if in.Queue, err = h.chosenQueue(r); err != nil {
		return in, err
	}
	if in.Customers, err = h.chosenCustomer(r); err != nil {
		return in, err
	}
	if name := r.PostFormValue("sharing"); name != "" {
		sharing, ok := desk.ParseSharing(name)
		if !ok {
			return in, desk.InvalidFields(map[string]string{"sharing": "Choose who can see the ticket."})
		}
		in.Sharing = &sharing
	}
	if strings.TrimSpace(in.Text) == "" {
		return in, desk.InvalidFields(map[string]string{"text": "Say what happened, or what you need."})
	}
	if in.Files, err = web.Attachments(r, "files"); err != nil {
		return in, err
	}
	fields, err := h.svc.NewTicketFields(r.Context(), web.Actor(r), in.Queue)
	in.Fields = web.NewSets(r, fields)
	return in, err
}

func (h handler) chosenQueue(r *http.Request) (desk.QueueID, error) {
	queues, err := h.svc.Queues(r.Context(), web.Actor(r), desk.CreateTicket)
	if err != nil {
		return 0, err
	}
	name := r.PostFormValue("queue")
	for _, q := range queues {
		if q.Name == name || name == "" && len(queues) == 1 {
			return q.ID, nil
		}
	}
	return 0, desk.InvalidFields(map[string]string{"queue": "Choose one of these."})
}

func (h handler) chosenCustomer(r *http.Request) ([]desk.CustomerID, error) {
	key := r.PostFormValue("customer")
	if key == "" {
		return nil, nil
	}
	own, err := h.svc.MyCustomers(r.Context(), web.Actor(r))
	if err != nil {
		return nil, err
	}
	for _, c := range own {
		if c.Key == key {
			return []desk.CustomerID{c.ID}, nil
		}
	}
	return nil, desk.InvalidFields(map[string]string{"customer": "You can open tickets only for a company of yours."})
}
