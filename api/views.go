package api

import (
	"context"
	"net/url"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) viewRoutes() []route {
	const sees, changes = "None for one's own and those that every desk has; ShowSavedSearches on its group, of which one is a member, or on the desk", "none for one's own; EditSavedSearches on its group, of which one is a member, or on the desk"
	return []route{
		shows(h, what{"listViews", "GET /views", sees, "The views that you may see, in your order"}, h.listViews),
		shows(h, what{"getView", "GET /views/{id}", sees, "One saved view"}, h.getView),
		makes(h, what{"createView", "POST /views", changes, "Keep a list of tickets under a name"}, "/views", h.createView),
		does(h, what{"changeView", "PATCH /views/{id}", changes, "Change a view's name and what it lists"}, h.changeView),
		does(h, what{"removeView", "DELETE /views/{id}", changes, "Take a view away; it can be had back"}, h.removeView),
		does(h, what{"restoreView", "POST /views/{id}/restore", changes, "Bring a view back that was taken away"}, h.restoreView),
		does(h, what{"shareView", "POST /views/{id}/share", "EditSavedSearches for what it was, ShowSavedSearches and EditSavedSearches for what it becomes, where that is not one's own", "Give a view to a group or the desk, or take it back"}, h.shareView),
		does(h, what{"orderViews", "PUT /views/order", "being an agent", "Put your views in order, and hide some of them"}, h.orderViews),
		shows(h, what{"listViewStarts", "GET /views/start", "none", "With which view the desk opens"}, h.listViewStarts),
		does(h, what{"startWithView", "PUT /views/start", "none for oneself; EditSavedSearches on the group, of which one is a member, or on the desk", "Say with which view the desk opens"}, h.startWithView),
	}
}

// A View is a list of tickets that is kept under a name, or one that every desk
// has.
type View struct {
	Key     string `json:"key" doc:"What names it among all: its number, or the name of one that every desk has."`
	ID      int64  `json:"id,omitempty"`
	Name    string `json:"name"`
	Whose   string `json:"whose" enum:"mine,group,desk,shipped"`
	Group   *Thing `json:"group,omitempty"`
	Address string `json:"address" doc:"What it lists, as behind the question mark of its page."`
	Query   string `json:"query,omitempty" doc:"Of the address: the query."`
	Hidden  bool   `json:"hidden" doc:"You do not want it in the list on the left."`
	Start   bool   `json:"start" doc:"The desk opens with it for you."`
	May     bool   `json:"may_change"`
}

func viewWire(bar *service.ViewBar, v *service.ViewLine) View {
	out := View{Key: string(v.Key), ID: int64(v.ID), Name: v.Name, Whose: "desk", Address: v.Address, Hidden: v.Hidden, Start: v.Key == bar.Start, May: v.May}
	switch {
	case v.ID == 0:
		out.Whose = "shipped"
	case v.Owner != 0:
		out.Whose = "mine"
	case v.Group != 0:
		out.Whose, out.Group = "group", &Thing{int64(v.Group), v.GroupName}
	}
	if q, err := url.ParseQuery(v.Address); err == nil {
		out.Query = q.Get("query")
	}
	return out
}

func (h *handler) listViews(ctx context.Context, by caller, _ *Nothing) (Page[View], error) {
	bar, err := h.desk.ViewBar(ctx, by.Actor)
	if err != nil {
		return Page[View]{}, err
	}
	return pageOf(bar.Lines, func(v service.ViewLine) View { return viewWire(bar, &v) }), nil
}

// viewOf returns a saved view that the caller may see.
func (h *handler) viewOf(ctx context.Context, by caller, id int64) (*service.ViewBar, *service.ViewLine, error) {
	bar, err := h.desk.ViewBar(ctx, by.Actor)
	if err != nil {
		return nil, nil, err
	}
	for i := range bar.Lines {
		if bar.Lines[i].ID == desk.ViewID(id) {
			return bar, &bar.Lines[i], nil
		}
	}
	return nil, nil, desk.Errorf(desk.NotFound, "There is no such view.")
}

func (h *handler) getView(ctx context.Context, by caller, in *Numbered) (View, error) {
	bar, v, err := h.viewOf(ctx, by, in.ID)
	if err != nil {
		return View{}, err
	}
	return viewWire(bar, v), nil
}

// ViewLists says what a view lists.
type ViewLists struct {
	Address *string   `json:"address,omitempty" maxLength:"10000" doc:"As behind the question mark of a list's page. The following are written into it."`
	Query   *string   `json:"query,omitempty" maxLength:"8000" doc:"In the query language."`
	Columns *[]string `json:"columns,omitempty" doc:"Names of columns, in their order."`
	Sort    *string   `json:"sort,omitempty" doc:"by-updated, -by-updated and so on, as behind the question mark; empty: the newest first."`
}

// on writes what is said into an address.
func (l *ViewLists) on(address string) (string, error) {
	set(&address, l.Address)
	q, err := url.ParseQuery(address)
	if err != nil {
		return "", invalid("address", "The address cannot be read; copy what stands behind the question mark of a list's page.")
	}
	var columns *string
	if l.Columns != nil {
		joined := strings.Join(*l.Columns, ",")
		columns = &joined
	}
	for name, value := range map[string]*string{"query": l.Query, "sort": l.Sort, "columns": columns} {
		switch {
		case value == nil:
		case *value == "":
			q.Del(name)
		default:
			q.Set(name, *value)
		}
	}
	return q.Encode(), nil
}

type createViewInput struct {
	Body struct {
		Name  string `json:"name" minLength:"1" maxLength:"200"`
		Group int64  `json:"group,omitempty" doc:"Keep it for this group, of which you are a member."`
		Desk  bool   `json:"desk,omitempty" doc:"Keep it for the whole desk."`
		ViewLists
	}
}

func (h *handler) createView(ctx context.Context, by caller, in *createViewInput) (desk.ViewID, error) {
	b := in.Body
	v := desk.View{Name: b.Name, Group: desk.GroupID(b.Group)}
	switch {
	case b.Desk && b.Group != 0:
		return 0, invalid("desk", "A view is for a group or for the whole desk; choose one.")
	case !b.Desk && b.Group == 0:
		v.Owner = by.User
	}
	var err error
	if v.Address, err = b.on(""); err != nil {
		return 0, err
	}
	return h.desk.SaveView(ctx, by.Actor, v)
}

type changeViewInput struct {
	Numbered
	Body struct {
		Name *string `json:"name,omitempty" minLength:"1" maxLength:"200"`
		ViewLists
	}
}

func (h *handler) changeView(ctx context.Context, by caller, in *changeViewInput) error {
	_, line, err := h.viewOf(ctx, by, in.ID)
	if err != nil {
		return err
	}
	v := line.View
	set(&v.Name, in.Body.Name)
	if v.Address, err = in.Body.on(v.Address); err != nil {
		return err
	}
	_, err = h.desk.SaveView(ctx, by.Actor, v)
	return err
}

func (h *handler) removeView(ctx context.Context, by caller, in *Numbered) error {
	return h.desk.RemoveView(ctx, by.Actor, desk.ViewID(in.ID), false)
}

func (h *handler) restoreView(ctx context.Context, by caller, in *Numbered) error {
	return h.desk.RemoveView(ctx, by.Actor, desk.ViewID(in.ID), true)
}

type shareViewInput struct {
	Numbered
	Body struct {
		Group int64 `json:"group,omitempty" doc:"For this group, of which you are a member."`
		Desk  bool  `json:"desk,omitempty" doc:"For the whole desk. With neither it becomes your own."`
	}
}

func (h *handler) shareView(ctx context.Context, by caller, in *shareViewInput) error {
	return h.desk.ShareView(ctx, by.Actor, desk.ViewID(in.ID), desk.GroupID(in.Body.Group), in.Body.Desk)
}

// A ViewPlace is a view in your order.
type ViewPlace struct {
	View   string `json:"view" maxLength:"50" doc:"The key of a view."`
	Hidden bool   `json:"hidden,omitempty"`
}

type orderViewsInput struct {
	Body struct {
		Views []ViewPlace `json:"views" maxItems:"500" nullable:"false" doc:"Those that are not named come last; without any the order is that of the desk again."`
	}
}

func (h *handler) orderViews(ctx context.Context, by caller, in *orderViewsInput) error {
	places := make([]desk.ViewPlace, len(in.Body.Views))
	for i, p := range in.Body.Views {
		places[i] = desk.ViewPlace{View: desk.ViewKey(p.View), Hidden: p.Hidden}
	}
	return h.desk.ArrangeViews(ctx, by.Actor, places)
}

// ViewStarts are with which views the desk opens.
type ViewStarts struct {
	View   string      `json:"view" doc:"For you; empty: your own tickets, or all open where you have none."`
	Mine   string      `json:"mine" doc:"As you chose; empty: you did not."`
	Others []ViewStart `json:"others" nullable:"false" doc:"As was chosen for your groups and for the desk."`
}

// A ViewStart is with which view the desk opens for a group or for everybody.
type ViewStart struct {
	Group *Thing `json:"group,omitempty" doc:"Left out: everybody at the desk."`
	View  string `json:"view"`
	May   bool   `json:"may_change"`
}

func (h *handler) listViewStarts(ctx context.Context, by caller, _ *Nothing) (ViewStarts, error) {
	bar, err := h.desk.ViewBar(ctx, by.Actor)
	if err != nil {
		return ViewStarts{}, err
	}
	out := ViewStarts{View: string(bar.Start), Mine: string(bar.Own), Others: []ViewStart{}}
	for _, s := range bar.Starts {
		start := ViewStart{View: string(s.View), May: s.May}
		if !s.Desk {
			start.Group = &Thing{int64(s.Group), s.GroupName}
		}
		out.Others = append(out.Others, start)
	}
	return out, nil
}

type startWithViewInput struct {
	Body struct {
		View  string `json:"view" maxLength:"50" doc:"The key of a view; empty: none is chosen any more."`
		Group int64  `json:"group,omitempty" doc:"For this group, of which you are a member."`
		Desk  bool   `json:"desk,omitempty" doc:"For everybody at the desk. With neither it is for you."`
	}
}

func (h *handler) startWithView(ctx context.Context, by caller, in *startWithViewInput) error {
	b := in.Body
	if b.Group != 0 && b.Desk {
		return invalid("desk", "Say it for a group or for the whole desk; choose one.")
	}
	return h.desk.StartWithView(ctx, by.Actor, service.ViewStart{View: desk.ViewKey(b.View), Group: desk.GroupID(b.Group), Desk: b.Desk})
}
