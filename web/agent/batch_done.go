package agent

import (
	"net/http"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// A BatchDonePage shows how far a change of several tickets is, and what came
// of it.
type BatchDonePage struct {
	Nav     []web.NavSection
	URL     string
	State   string // "works", "done" or "stopped"
	At      time.Time
	Words   []web.Text
	Done    int
	All     int
	Changed []BatchTicket
	Count   int // how many were changed
	More    bool
	Skipped int
	Skips   []BatchSkip
	Undo    bool   // it can be taken back
	Undone  string // URL of what took it back; empty: nothing did
}

// A BatchTicket is a ticket that was changed; without a subject it is out of
// the reader's sight.
type BatchTicket struct {
	ID      int64
	Subject string
}

// A BatchesPage lists the latest changes of several tickets.
type BatchesPage struct {
	Nav  []web.NavSection
	List []BatchDonePage
}

// View makes the page ready to be shown.
func (p BatchDonePage) View() web.View {
	return web.View{Template: "agent/batch-done", Title: web.T("batch.title"), Nav: p.Nav, Body: p,
		Crumbs: []web.Link{{Label: web.T("batch.earlier"), URL: base + "/batches"}}}
}

// View makes the page ready to be shown.
func (p BatchesPage) View() web.View {
	return web.View{Template: "agent/batches", Title: web.T("batch.earlier"), Nav: p.Nav, Body: p}
}

// batchShown is how many tickets of a batch its page names.
const batchShown = 100

// batchDone shows a batch.
func (h handler) batchDone(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.BatchID](r, "id")
	if err != nil {
		return err
	}
	v, err := h.desk.Batch(r.Context(), web.Actor(r), id, batchShown)
	if err != nil {
		return err
	}
	f, err := h.frame(r)
	if err != nil {
		return err
	}
	fields, err := h.desk.Fields(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	page := donePage(f, v, fields)
	page.Nav = f.nav
	return h.site.Show(w, r, page.View())
}

func donePage(f *frame, v *service.BatchView, fields []service.FieldLine) BatchDonePage {
	page := BatchDonePage{URL: batchURL(v.ID), State: v.State(), At: f.reader.In(v.At), Words: batchWords(f, v, fields), Done: v.Counts.All() - v.Counts.Waits,
		All: v.Counts.All(), Count: v.Counts.Changed, More: v.More, Skipped: v.Counts.Skipped, Skips: batchSkips(v.Skips), Undo: v.Undoes}
	for _, t := range v.Changed {
		page.Changed = append(page.Changed, BatchTicket{int64(t.ID), t.Subject})
	}
	if v.Undone != 0 {
		page.Undone = batchURL(v.Undone)
	}
	return page
}

// batchWords says what a batch was to do.
func batchWords(f *frame, v *service.BatchView, fields []service.FieldLine) []web.Text {
	c := v.Change
	var words []web.Text
	say := func(yes bool, key string, args ...any) {
		if yes {
			words = append(words, web.T("batch.do."+key, args...))
		}
	}
	say(c.Undo != 0, "undo")
	say(c.Status != "", "status", statusText(string(c.Status)))
	if c.Owner != nil && *c.Owner != 0 {
		say(true, "owner", v.Names[desk.PrincipalID(*c.Owner)].Text)
	}
	say(c.Owner != nil && *c.Owner == 0, "owner", web.T("batch.do.nobody"))
	if c.Priority != nil {
		say(true, "priority", *c.Priority)
	}
	for _, q := range f.queues {
		say(q.ID == c.Queue, "queue", q.Name)
	}
	say(c.Customer != 0, "customer", v.Names[desk.PrincipalID(c.Customer)].Text)
	for _, set := range c.Fields {
		for _, field := range fields {
			say(field.ID == set.Field, "field", field.Name, strings.Join(set.Values, ", "))
		}
	}
	say(c.Kind != 0, c.Kind.String())
	say(c.Link != "", "link", web.T("kin."+c.Link), int64(c.To))
	say(c.Merge != 0, "merge", int64(c.Merge))
	return words
}

// batches lists the latest ones.
func (h handler) batches(w http.ResponseWriter, r *http.Request) error {
	f, err := h.frame(r)
	if err != nil {
		return err
	}
	list, err := h.desk.Batches(r.Context(), web.Actor(r), listRows)
	if err != nil {
		return err
	}
	fields, err := h.desk.Fields(r.Context(), web.Actor(r))
	page := BatchesPage{Nav: f.nav}
	for i := range list {
		page.List = append(page.List, donePage(f, &list[i], fields))
	}
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

// changeBatch stops a batch, or takes it back.
func (h handler) changeBatch(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.BatchID](r, "id")
	if err != nil {
		return err
	}
	switch r.PathValue("do") {
	case "stop":
		if err := h.desk.StopBatch(r.Context(), web.Actor(r), id); err != nil {
			return err
		}
	case "undo":
		if id, err = h.desk.StartBatch(r.Context(), web.Actor(r), nil, service.BatchChange{Undo: id}, ""); err != nil {
			return err
		}
	default:
		return h.nothing(w, r)
	}
	http.Redirect(w, r, batchURL(id), http.StatusSeeOther)
	return nil
}
