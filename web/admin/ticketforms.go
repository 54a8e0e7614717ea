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

// A TicketFormPage shows by which forms customers open tickets in a queue, and
// changes one of them.
type TicketFormPage struct {
	Nav                      []web.NavSection
	Name, URL, Back          string
	Rows                     []TicketFormRow
	Of                       string // the customer's key of the form shown; empty: everybody
	For, Intro, Closed       web.Field
	RequiredFields, NotAsked web.Field // no options: the queue has no custom fields
	Error                    web.Text
}

// A TicketFormRow is one form of the list.
type TicketFormRow struct {
	Who  web.Text
	Says []web.Text
	URL  string
}

// View makes the page ready to be shown.
func (p *TicketFormPage) View() web.View {
	return web.View{Template: "admin/ticketform", Title: web.T("ticketform.title"), Nav: p.Nav,
		Crumbs: top(to("admin.queues", "/admin/queues"), web.Link{Label: web.Plain(p.Name), URL: p.Back}), Body: p}
}

func (h handler) ticketForms(page func(string, func(http.ResponseWriter, *http.Request) error)) {
	page("GET /admin/queues/{id}/form", h.askTicketForm)
	page("POST /admin/queues/{id}/form", h.saveTicketForm)
}

// ticketFormPage fills the page with the form of the customer of that key.
func (h handler) ticketFormPage(r *http.Request, key string) (*TicketFormPage, desk.QueueID, error) {
	f, err := h.frame(r, "admin.queues")
	if err != nil {
		return nil, 0, err
	}
	id, err := web.ID[desk.QueueID](r, "id")
	if err != nil {
		return nil, 0, err
	}
	forms, err := h.svc.QueueForms(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, 0, err
	}
	q, err := h.svc.Queue(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, 0, err
	}
	page := &TicketFormPage{Nav: f.nav, Name: q.Name, Back: placeURL("queue", int64(id)), URL: placeURL("queue", int64(id)) + "/form", Of: key}
	shown := desk.TicketForm{}
	for _, line := range forms {
		page.Rows = append(page.Rows, ticketFormRow(page.URL, line))
		if desk.Fold(line.Key) == desk.Fold(key) {
			shown = line.TicketForm
		}
	}
	page.For = web.Field{Name: "customer", Value: key}
	page.Intro = web.Field{Name: "intro", Kind: "textarea", Rows: 6, Value: shown.Intro}
	page.Closed = web.Field{Name: "closed", Kind: "checkbox", Checked: shown.Closed}
	page.RequiredFields, page.NotAsked = web.Field{Name: "required", Kind: "boxes"}, web.Field{Name: "hidden", Kind: "boxes"}
	fields, err := h.svc.Fields(r.Context(), web.Actor(r))
	for _, field := range fields {
		if !field.AppliesIn(id) || field.Disabled {
			continue
		}
		box := web.Option{Value: strconv.FormatInt(int64(field.ID), 10), Label: web.Plain(field.Name)}
		required, hidden := box, box
		required.Selected, hidden.Selected = slices.Contains(shown.Required, field.ID), slices.Contains(shown.Hidden, field.ID)
		page.RequiredFields.Options = append(page.RequiredFields.Options, required)
		page.NotAsked.Options = append(page.NotAsked.Options, hidden)
	}
	return page, id, err
}

func ticketFormRow(url string, line service.FormLine) TicketFormRow {
	row := TicketFormRow{Who: web.Plain(line.Customer), URL: url + "?customer=" + line.Key}
	if line.TicketForm.Customer == 0 {
		row.Who = web.T("ticketform.everybody")
	}
	if line.Closed {
		row.Says = append(row.Says, web.T("ticketform.says.closed"))
	}
	if first, _, more := strings.Cut(line.Intro, "\n"); first != "" {
		if more {
			first += " …"
		}
		row.Says = append(row.Says, web.Plain(first))
	}
	if n := len(line.Required); n > 0 {
		row.Says = append(row.Says, web.T("ticketform.says.required", strconv.Itoa(n)))
	}
	if n := len(line.Hidden); n > 0 {
		row.Says = append(row.Says, web.T("ticketform.says.hidden", strconv.Itoa(n)))
	}
	return row
}

func (h handler) askTicketForm(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.ticketFormPage(r, strings.TrimSpace(r.FormValue("customer")))
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) saveTicketForm(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	key := strings.TrimSpace(r.PostFormValue("customer"))
	page, id, err := h.ticketFormPage(r, key)
	if err != nil {
		return err
	}
	form := desk.TicketForm{Queue: id, Intro: r.PostFormValue("intro"), Closed: r.PostFormValue("closed") != "",
		Required: fieldsTicked(r, "required"), Hidden: fieldsTicked(r, "hidden")}
	if key != "" {
		customer, findErr := h.svc.Find(r.Context(), web.Actor(r), "customer:"+strings.TrimPrefix(key, "customer:"))
		if form.Customer = desk.CustomerID(customer); findErr != nil {
			err = desk.InvalidFields(map[string]string{"customer": web.ReaderOf(r).Say(web.T("ticketform.unknown"))})
		}
	}
	if err == nil {
		err = h.svc.SaveTicketForm(r.Context(), web.Actor(r), form)
	}
	if err == nil {
		return h.done(w, r, page.URL, web.T("ticketform.saved"))
	}
	fields := []*web.Field{&page.For, &page.Intro, &page.Closed, &page.RequiredFields, &page.NotAsked}
	web.Retype(r, fields...)
	if rest := web.Refuse(err, fields...); rest != "" {
		page.Error = web.Plain(rest)
	}
	return h.showRefused(w, r, page.View(), err)
}

// fieldsTicked are the custom fields whose boxes are ticked.
func fieldsTicked(r *http.Request, name string) []desk.FieldID {
	var ids []desk.FieldID
	for _, text := range r.PostForm[name] {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			ids = append(ids, desk.FieldID(n))
		}
	}
	return ids
}
