package agent

import (
	"net/http"
	"net/url"
	"strconv"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// Saved is what a list offers to keep it under a name, or to change the view
// that it is.
type Saved struct {
	Name, For web.Field
	Address   string // what is kept
	Own       string // URL of the view that is shown; empty: none that may be changed
	Undo      string // URL that brings back what was just taken away
}

// maxViews is how many saved views the navigation shows.
const maxViews = 30

// savedNav is the section of the navigation with the saved views, and what each
// counts.
func (h handler) savedNav(r *http.Request, f *frame) (web.NavSection, []service.TicketFilter, error) {
	section := web.NavSection{Title: web.T("saved.title")}
	var filters []service.TicketFilter
	for i, v := range f.views {
		if i == maxViews {
			break
		}
		query, err := url.ParseQuery(v.Address)
		if err != nil {
			continue
		}
		l, err := h.listingOf(r, query, f.queues)
		if err != nil {
			return section, nil, err
		}
		if h.desk.CheckQuery(r.Context(), web.Actor(r), l.filter.Query) != nil {
			l.filter = service.TicketFilter{IDs: []desk.TicketID{}} // the page says what is wrong
		}
		id := strconv.FormatInt(int64(v.ID), 10)
		query.Set("saved", id)
		section.Items = append(section.Items, web.NavItem{Label: web.Plain(v.Name), URL: base + "/tickets?" + query.Encode(), Icon: iconOf(v), Current: f.list.query.Get("saved") == id})
		l.filter.Before, l.filter.After = 0, 0
		filters = append(filters, l.filter)
	}
	return section, filters, nil
}

// iconOf tells one's own views from those of a group and of the desk.
func iconOf(v service.ViewLine) string {
	switch {
	case v.Owner != 0:
		return "star"
	case v.Group != 0:
		return "group"
	}
	return "home"
}

// saved offers to keep the list.
func (h handler) saved(r *http.Request, f *frame) (Saved, error) {
	kept := url.Values{}
	for name, values := range f.list.query {
		if name != "before" && name != "after" && name != "saved" {
			kept[name] = values
		}
	}
	s := Saved{Address: kept.Encode(), Name: web.Field{Form: "saved-", Name: "name", Required: true}, For: choices("for", "", web.Option{Value: "me", Label: web.T("saved.me")})}
	s.For.Form = "saved-"
	groups, all, err := h.desk.ViewGroups(r.Context(), web.Actor(r))
	for _, g := range groups {
		add(&s.For, "", strconv.FormatInt(int64(g.ID), 10), web.Plain(g.Text))
	}
	if all {
		add(&s.For, "", "desk", web.T("saved.desk"))
	}
	for _, v := range f.views {
		if id := strconv.FormatInt(int64(v.ID), 10); v.May && f.list.query.Get("saved") == id {
			s.Own, s.Name.Value = base+"/views/"+id, v.Name
		}
	}
	if undo := ticketID(r.URL.Query().Get("undo")); undo != 0 {
		s.Undo = base + "/views/" + strconv.FormatInt(int64(undo), 10) + "/restore"
	}
	return s, err
}

// saveView keeps a list under a name.
func (h handler) saveView(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := desk.View{Name: r.PostFormValue("name"), Address: r.PostFormValue("address")}
	switch who := r.PostFormValue("for"); who {
	case "desk":
	case "me", "":
		v.Owner = web.Actor(r).User
	default:
		if v.Group = desk.GroupID(ticketID(who)); v.Group == 0 {
			return desk.Errorf(desk.Invalid, "Choose for whom the view is.")
		}
	}
	id, err := h.desk.SaveView(r.Context(), web.Actor(r), v)
	if err != nil {
		return err
	}
	return h.viewDone(w, r, id, v.Address, web.T("saved.done", v.Name))
}

// changeView gives a view another name, and what the list shows now.
func (h handler) changeView(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	id, err := web.ID[desk.ViewID](r, "id")
	if err != nil {
		return err
	}
	v := desk.View{ID: id, Name: r.PostFormValue("name"), Address: r.PostFormValue("address")}
	if _, err := h.desk.SaveView(r.Context(), web.Actor(r), v); err != nil {
		return err
	}
	return h.viewDone(w, r, id, v.Address, web.T("saved.done", v.Name))
}

func (h handler) viewDone(w http.ResponseWriter, r *http.Request, id desk.ViewID, address string, text web.Text) error {
	query, err := url.ParseQuery(address)
	if err != nil {
		query = url.Values{}
	}
	query.Set("saved", strconv.FormatInt(int64(id), 10))
	return h.site.Done(w, r, base+"/tickets?"+query.Encode(), web.Notice{Level: "good", Text: text})
}

// removeView takes a view away, or brings it back.
func (h handler) removeView(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.ViewID](r, "id")
	if err != nil {
		return err
	}
	back := r.PathValue("do") == "restore"
	if !back && r.PathValue("do") != "remove" {
		return h.nothing(w, r)
	}
	if err := h.desk.RemoveView(r.Context(), web.Actor(r), id, back); err != nil {
		return err
	}
	if back {
		return h.site.Done(w, r, base+"/tickets?view=open", web.Notice{Level: "good", Text: web.T("saved.back")})
	}
	return h.site.Done(w, r, base+"/tickets?view=open&undo="+strconv.FormatInt(int64(id), 10), web.Notice{Level: "good", Text: web.T("saved.gone")})
}
