package agent

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

const viewsURL = base + "/views"

// A ViewsPage puts the reader's views in order.
type ViewsPage struct {
	Nav     []web.NavSection
	List    []ArrangedView
	Starts  []StartForm
	Undo    string // URL that brings back what was just taken away
	Changed bool   // the order is no longer that of the desk
}

// An ArrangedView is a view in its place.
type ArrangedView struct {
	Key, URL, Icon    string
	Name              web.Text
	Whose             web.Text
	Hidden            bool
	Start, Own        bool // the desk opens with it, and that is the reader's own choice
	First, Last, Edit bool
	Focus             string // "up", "down", "hide" or "start": the button that was just pressed
	Share             web.Field
}

// A StartForm chooses with which view the desk opens for others.
type StartForm struct {
	For  string
	Who  web.Text
	View web.Field
	Says web.Text // what is chosen, for those who may not change it
	May  bool
}

// View makes the page ready to be shown.
func (p ViewsPage) View() web.View {
	return web.View{Template: "agent/views", Title: web.T("views.arrange"), Nav: p.Nav, Body: p}
}

// savedURL is where a view is shown.
func savedURL(v *service.ViewLine) string {
	if v.ID == 0 || v.Address == "" {
		return base + "/tickets?" + strings.TrimPrefix(v.Address+savedMark(v), "&")
	}
	return base + "/tickets?" + v.Address + savedMark(v)
}

func savedMark(v *service.ViewLine) string {
	if v.ID == 0 {
		return ""
	}
	return "&saved=" + string(v.Key)
}

// nameOf is what a view is called.
func nameOf(v *service.ViewLine) web.Text {
	if v.ID == 0 {
		return web.T("view." + string(v.Key))
	}
	return web.Plain(v.Name)
}

// views shows the reader's views in their order.
func (h handler) views(w http.ResponseWriter, r *http.Request) error {
	f, err := h.frame(r)
	if err != nil {
		return err
	}
	groups, all, err := h.desk.ViewGroups(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	p := ViewsPage{Nav: f.nav}
	if undo := ticketID(r.URL.Query().Get("undo")); undo != 0 {
		p.Undo = viewsURL + "/" + strconv.FormatInt(int64(undo), 10) + "/restore"
	}
	pressed, key, _ := strings.Cut(r.URL.Query().Get("did"), ":")
	for i := range f.bar.Lines {
		v := &f.bar.Lines[i]
		line := ArrangedView{Key: string(v.Key), URL: savedURL(v), Name: nameOf(v), Whose: web.T("views.shipped"), Hidden: v.Hidden, Edit: v.May, First: i == 0, Last: i == len(f.bar.Lines)-1,
			Start: v.Key == f.bar.Start, Own: v.Key == f.bar.Own}
		if v.ID != 0 {
			line.Icon, line.Whose = iconOf(*v), whoseView(v)
			line.Share = shareField(v, groups, all)
		} else {
			line.Icon = viewOf(v.Key).icon
		}
		if key == line.Key {
			line.Focus = focusOf(pressed, &line)
		}
		p.List = append(p.List, line)
		p.Changed = p.Changed || v.Hidden
	}
	p.Changed = p.Changed || !inShippedOrder(f.bar)
	for i := range f.bar.Starts {
		p.Starts = append(p.Starts, startForm(f.bar, &f.bar.Starts[i]))
	}
	return h.site.Show(w, r, p.View())
}

// focusOf is the button that has the focus after one was pressed: the same, or
// where that cannot be pressed any more, the one beside it.
func focusOf(pressed string, line *ArrangedView) string {
	switch {
	case pressed == "up" && line.First:
		return "down"
	case pressed == "down" && line.Last:
		return "up"
	case pressed == "show":
		return "hide"
	}
	return pressed
}

func whoseView(v *service.ViewLine) web.Text {
	switch {
	case v.Owner != 0:
		return web.T("saved.me")
	case v.Group != 0:
		return web.Plain(v.GroupName)
	}
	return web.T("saved.desk")
}

// shareField chooses for whom a view is; without a name there is nobody else.
func shareField(v *service.ViewLine, groups []service.Name, all bool) web.Field {
	if !v.May || len(groups) == 0 && !all {
		return web.Field{}
	}
	now := "desk"
	switch {
	case v.Owner != 0:
		now = "me"
	case v.Group != 0:
		now = strconv.FormatInt(int64(v.Group), 10)
	}
	f := choices("for", now, web.Option{Value: "me", Label: web.T("saved.me")})
	f.Form = "share-" + string(v.Key) + "-"
	f.Options = append(f.Options, sharers(groups, all, now)...)
	return f
}

// sharers are the groups, and all, for whom the reader may keep views.
func sharers(groups []service.Name, all bool, now string) []web.Option {
	var f web.Field
	for _, g := range groups {
		add(&f, now, strconv.FormatInt(int64(g.ID), 10), web.Plain(g.Text))
	}
	if all {
		add(&f, now, "desk", web.T("saved.desk"))
	}
	return f.Options
}

// inShippedOrder reports whether nobody put the views in another order.
func inShippedOrder(bar *service.ViewBar) bool {
	shipped := desk.ShippedViews()
	for i, key := range shipped {
		if i >= len(bar.Lines) || bar.Lines[i].Key != key {
			return false
		}
	}
	return slices.IsSortedFunc(bar.Lines[len(shipped):], func(a, b service.ViewLine) int {
		return strings.Compare(desk.Fold(a.Name), desk.Fold(b.Name))
	})
}

// startForm chooses among the views that all of those see for whom it is.
func startForm(bar *service.ViewBar, s *service.ViewStart) StartForm {
	f := StartForm{For: "desk", Who: web.T("saved.desk"), May: s.May, Says: web.T("views.start.none")}
	if !s.Desk {
		f.For, f.Who = strconv.FormatInt(int64(s.Group), 10), web.Plain(s.GroupName)
	}
	f.View = choices("view", string(s.View), web.Option{Label: web.T("views.start.none")})
	f.View.Form = "start-" + f.For + "-"
	for i := range bar.Lines {
		v := &bar.Lines[i]
		if v.Key == s.View {
			f.Says = nameOf(v)
		}
		if s.Offers(v) {
			add(&f.View, string(s.View), string(v.Key), nameOf(v))
		}
	}
	return f
}

// arrangeViews moves a view, hides it or shows it, has the desk open with it, or
// takes the order back.
func (h handler) arrangeViews(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	pressed := r.PostFormValue("do")
	do, key, _ := strings.Cut(pressed, ":")
	by := web.Actor(r)
	bar, err := h.desk.ViewBar(r.Context(), by)
	if err != nil {
		return err
	}
	done := web.T("views.ordered")
	switch do {
	case "usual":
		err = h.desk.ArrangeViews(r.Context(), by, nil)
	case "start":
		done = web.T("views.started")
		err = h.desk.StartWithView(r.Context(), by, service.ViewStart{View: desk.ViewKey(key)})
	case "unstart":
		done = web.T("views.started")
		err = h.desk.StartWithView(r.Context(), by, service.ViewStart{})
		pressed = "start:" + key
	case "up", "down", "hide", "show":
		err = h.desk.ArrangeViews(r.Context(), by, arranged(bar, do, desk.ViewKey(key)))
	default:
		return h.nothing(w, r)
	}
	if err != nil {
		return err
	}
	return h.site.Done(w, r, viewsURL+"?did="+url.QueryEscape(pressed), web.Notice{Level: "good", Text: done})
}

// arranged is the order of the bar with one view moved, hidden or shown. A view
// that is not there is named all the same, and so refused.
func arranged(bar *service.ViewBar, do string, key desk.ViewKey) []desk.ViewPlace {
	places := make([]desk.ViewPlace, len(bar.Lines))
	at := -1
	for i, v := range bar.Lines {
		places[i] = desk.ViewPlace{View: v.Key, Hidden: v.Hidden}
		if v.Key == key {
			at = i
		}
	}
	switch {
	case at < 0:
		return append(places, desk.ViewPlace{View: key})
	case do == "up" && at > 0:
		places[at-1], places[at] = places[at], places[at-1]
	case do == "down" && at < len(places)-1:
		places[at+1], places[at] = places[at], places[at+1]
	case do == "hide", do == "show":
		places[at].Hidden = do == "hide"
	}
	return places
}

// startWithView says with which view the desk opens for a group or for everybody.
func (h handler) startWithView(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	group, all, err := viewFor(r)
	if err != nil {
		return err
	}
	start := service.ViewStart{Group: group, Desk: all, View: desk.ViewKey(r.PostFormValue("view"))}
	if err := h.desk.StartWithView(r.Context(), web.Actor(r), start); err != nil {
		return err
	}
	return h.site.Done(w, r, viewsURL, web.Notice{Level: "good", Text: web.T("views.started")})
}
