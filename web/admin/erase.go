package admin

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/takeout"
	"gatehouse/web"
)

// erasing adds the pages by which what the desk holds of somebody is handed
// over and erased, and the other settings of queues.
func (h handler) erasing(page func(string, func(http.ResponseWriter, *http.Request) error)) {
	for _, kind := range []string{"user", "customer"} {
		at := "/admin/" + kind + "s/{id}"
		page("GET "+at+"/export", func(w http.ResponseWriter, r *http.Request) error { return h.export(w, r, kind) })
		page("GET "+at+"/erase", func(w http.ResponseWriter, r *http.Request) error { return h.askErase(w, r, kind, nil) })
		page("POST "+at+"/erase", func(w http.ResponseWriter, r *http.Request) error { return h.erase(w, r, kind) })
	}
	page("POST /admin/queues/{id}/keep", h.keep)
	h.ticketForms(page)
}

// dataOf leads to the archive of a thing, and to its erasing for who may.
func dataOf(f *frame, url string) *Data {
	d := &Data{Export: url + "/export", Internal: url + "/export?internal=1"}
	if f.Erase {
		d.Erase = url + "/erase"
	}
	return d
}

// export sends the archive of a user or customer.
func (h handler) export(w http.ResponseWriter, r *http.Request, kind string) error {
	if _, err := h.frame(r, "admin."+kind+"s"); err != nil {
		return err
	}
	id, err := web.ID[desk.PrincipalID](r, "id")
	if err != nil {
		return err
	}
	a := takeout.Archive{Service: h.svc, By: web.Actor(r), Internal: r.FormValue("internal") != ""}
	file, err := takeout.Hold(func(to io.Writer) error {
		if kind == "user" {
			return a.User(r.Context(), desk.UserID(id), to)
		}
		return a.Customer(r.Context(), desk.CustomerID(id), to)
	})
	if err != nil {
		return err
	}
	defer file.Close()
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s-%d.zip"`, kind, id))
	http.ServeContent(w, r, "", time.Time{}, file)
	return nil
}

// A victim is a user or customer who is to be erased.
type victim struct {
	id         desk.PrincipalID
	name, word string // word is what has to be typed
}

func (h handler) victim(r *http.Request, kind string) (*victim, error) {
	id, err := web.ID[desk.PrincipalID](r, "id")
	if err != nil {
		return nil, err
	}
	if kind == "user" {
		u, err := h.svc.User(r.Context(), web.Actor(r), desk.UserID(id))
		if err != nil {
			return nil, err
		}
		return &victim{id, u.Called(), u.Login}, nil
	}
	c, err := h.svc.Customer(r.Context(), web.Actor(r), desk.CustomerID(id))
	if err != nil {
		return nil, err
	}
	return &victim{id, c.Name, c.Key}, nil
}

// askErase says what would go and what would stay.
func (h handler) askErase(w http.ResponseWriter, r *http.Request, kind string, refused error) error {
	f, err := h.frame(r, "admin."+kind+"s")
	if err != nil {
		return err
	}
	if err := partOf(f.Erase); err != nil {
		return err
	}
	v, err := h.victim(r, kind)
	if err != nil {
		return err
	}
	url := placeURL(kind, int64(v.id))
	page := ErasePage{Nav: f.nav, Kind: kind, Name: v.name, Type: web.T("erase.type", v.word), URL: url + "/erase", Back: url, Export: url + "/export",
		Texts:  web.Field{Name: "texts", Kind: "checkbox", Checked: r.FormValue("texts") != ""},
		People: web.Field{Name: "people", Kind: "checkbox", Checked: r.FormValue("people") != ""},
		Typed:  web.Field{Name: "typed", Required: true, Autocomplete: "off"}}
	if refused == nil {
		return h.site.Show(w, r, page.View())
	}
	page.Error = web.T("error.invalid.title")
	if rest := web.Refuse(refused, &page.Typed); rest != "" {
		page.Error = web.Plain(rest)
	}
	return h.showRefused(w, r, page.View(), refused)
}

// erase does it, where the name was typed.
func (h handler) erase(w http.ResponseWriter, r *http.Request, kind string) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v, err := h.victim(r, kind)
	if err != nil {
		return err
	}
	if desk.Fold(strings.TrimSpace(r.PostFormValue("typed"))) != desk.Fold(v.word) {
		reader := web.ReaderOf(r)
		return h.askErase(w, r, kind, desk.InvalidFields(map[string]string{"typed": reader.Say(web.T("erase.type.wrong", v.word))}))
	}
	texts := r.PostFormValue("texts") != ""
	if kind == "user" {
		err = h.svc.EraseUser(r.Context(), web.Actor(r), service.UserErasure{User: desk.UserID(v.id), Texts: texts})
	} else {
		_, err = h.svc.EraseCustomer(r.Context(), web.Actor(r), service.CustomerErasure{
			Customer: desk.CustomerID(v.id), Texts: texts, People: r.PostFormValue("people") != ""})
	}
	if k := desk.KindOf(err); k == desk.Conflict || k == desk.Invalid {
		return h.askErase(w, r, kind, err)
	}
	if err != nil {
		return err
	}
	return h.done(w, r, placeURL(kind, int64(v.id)), web.T("erase.done", v.name))
}

// keptOf says how long a queue keeps its closed tickets; nil for who may not
// know it.
func (h handler) keptOf(ctx context.Context, by desk.Actor, q *desk.Queue) (*Kept, error) {
	r, err := h.svc.Retention(ctx, by, q.ID, nil)
	if k := desk.KindOf(err); k == desk.NotFound || k == desk.Forbidden {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	url := placeURL("queue", int64(q.ID))
	return &Kept{URL: url + "/keep", Back: url, Due: r.Due,
		Days: web.Field{Name: "days", Kind: "number", Value: strconv.Itoa(r.Days), Required: true}}, nil
}

// keep sets how long closed tickets are kept. What that would remove is shown
// first.
func (h handler) keep(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, q, err := h.queuePage(r)
	if err != nil {
		return err
	}
	if err := partOf(page.Kept != nil); err != nil {
		return err
	}
	days, err := strconv.Atoi(strings.TrimSpace(r.PostFormValue("days")))
	if err != nil {
		days = -1
	}
	if days > 0 && r.PostFormValue("sure") == "" {
		asked, err := h.svc.Retention(r.Context(), web.Actor(r), q.ID, &days)
		if err != nil {
			return err
		}
		page.Kept.Asked, page.Kept.Due, page.Kept.Days.Value = days, asked.Due, strconv.Itoa(days)
		return h.site.Show(w, r, KeepPage{Nav: page.Nav, Name: q.Name, Kept: *page.Kept}.View())
	}
	if err = h.svc.SetRetention(r.Context(), web.Actor(r), q.ID, days); desk.KindOf(err) == desk.Invalid {
		page.Kept.Days.Value = r.PostFormValue("days")
		page.Kept.Error = web.Plain(desk.Sentence(err))
		return h.showRefused(w, r, page.View(), err)
	}
	if err != nil {
		return err
	}
	return h.done(w, r, page.URL, web.T("keep.done"))
}
