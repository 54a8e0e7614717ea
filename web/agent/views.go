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
	Address   string    // what is kept
	Own       string    // URL of the view that is shown; empty: none that may be changed
	Share     web.Field // for whom the view that is shown could be
	Refused   bool      // it was sent, and is shown once more with what was typed
	Error     string    // why, where it is about none of the fields
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
func (h handler) saved(r *http.Request, f *frame, refused error) (Saved, error) {
	kept := url.Values{}
	for name, values := range f.list.query {
		if name != "before" && name != "after" && name != "saved" {
			kept[name] = values
		}
	}
	address := kept.Encode()
	if len(address) > carriedMost {
		address = plainly(url.Values{"sort": kept["sort"], "in": {packed(kept)}})
	}
	s := Saved{Address: address, Name: web.Field{Form: "saved-", Name: "name", Required: true}, For: choices("for", "", web.Option{Value: "me", Label: web.T("saved.me")})}
	s.For.Form = "saved-"
	groups, all, err := h.desk.ViewGroups(r.Context(), web.Actor(r))
	s.For.Options = append(s.For.Options, sharers(groups, all, "")...)
	for i := range f.views {
		if v := &f.views[i]; v.May && f.list.query.Get("saved") == string(v.Key) {
			s.Own, s.Name.Value = viewsURL+"/"+string(v.Key), v.Name
			s.Share = shareField(v, groups, all)
		}
	}
	if refused != nil {
		web.Retype(r, &s.Name, &s.For)
		s.Refused, s.Error = true, web.Refuse(refused, &s.Name, &s.For)
	}
	return s, err
}

// refuseView shows the list of a view that was not kept once more, with what was
// typed and why.
func (h handler) refuseView(w http.ResponseWriter, r *http.Request, v desk.View, refused error) error {
	query, err := url.ParseQuery(v.Address)
	if kind := desk.KindOf(refused); err != nil || kind != desk.Invalid && kind != desk.Forbidden && kind != desk.Conflict {
		return refused
	}
	if v.ID != 0 {
		query.Set("saved", string(v.ID.Key()))
	}
	list := r.Clone(r.Context())
	list.URL.Path, list.URL.RawQuery = base+"/tickets", query.Encode()
	return h.showList(w, list, refused)
}

// saveView keeps a list under a name.
func (h handler) saveView(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := desk.View{Name: r.PostFormValue("name")}
	var err error
	if v.Address, err = unfold(r.PostFormValue("address")); err != nil {
		return err
	}
	group, all, err := viewFor(r)
	if err != nil {
		return err
	}
	if v.Group = group; group == 0 && !all {
		v.Owner = web.Actor(r).User
	}
	id, err := h.desk.SaveView(r.Context(), web.Actor(r), v)
	if err != nil {
		return h.refuseView(w, r, v, err)
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
	v := desk.View{ID: id, Name: r.PostFormValue("name")}
	if v.Address, err = unfold(r.PostFormValue("address")); err != nil {
		return err
	}
	if _, err := h.desk.SaveView(r.Context(), web.Actor(r), v); err != nil {
		return h.refuseView(w, r, v, err)
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

// viewFor reads for whom a view is to be: a group, everybody, or with neither
// oneself.
func viewFor(r *http.Request) (group desk.GroupID, all bool, err error) {
	switch who := r.PostFormValue("for"); who {
	case "desk":
		return 0, true, nil
	case "me", "":
		return 0, false, nil
	default:
		if group = desk.GroupID(ticketID(who)); group == 0 {
			err = desk.Errorf(desk.Invalid, "Choose for whom the view is.")
		}
		return group, false, err
	}
}

// doView takes a view away, brings it back, or shares it.
func (h handler) doView(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	id, err := web.ID[desk.ViewID](r, "id")
	if err != nil {
		return err
	}
	by, to, done := web.Actor(r), viewsURL, web.T("saved.back")
	switch r.PathValue("do") {
	case "remove":
		to, done = viewsURL+"?undo="+string(id.Key()), web.T("saved.gone")
		err = h.desk.RemoveView(r.Context(), by, id, false)
	case "restore":
		err = h.desk.RemoveView(r.Context(), by, id, true)
	case "share":
		done = web.T("views.shared")
		err = h.shareView(r, id)
	default:
		return h.nothing(w, r)
	}
	if err != nil {
		return err
	}
	return h.site.Done(w, r, to, web.Notice{Level: "good", Text: done})
}

func (h handler) shareView(r *http.Request, id desk.ViewID) error {
	group, all, err := viewFor(r)
	if err != nil {
		return err
	}
	return h.desk.ShareView(r.Context(), web.Actor(r), id, group, all)
}
