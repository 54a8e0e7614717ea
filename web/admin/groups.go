package admin

import (
	"net/http"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// membersShown is how many people a group's page names in the end.
const membersShown = 40

// groups lists groups by name.
func (h handler) groups(w http.ResponseWriter, r *http.Request) error {
	page, err := h.groupsPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) groupsPage(r *http.Request) (*PlacesPage, error) {
	f, err := h.frame(r, "admin.groups")
	if err != nil {
		return nil, err
	}
	if err := partOf(f.Groups); err != nil {
		return nil, err
	}
	list, more, err := h.svc.Groups(r.Context(), web.Actor(r), service.GroupFilter{
		Text: strings.TrimSpace(r.URL.Query().Get("text")), After: r.URL.Query().Get("after"), Limit: pageSize,
	})
	if err != nil {
		return nil, err
	}
	page := &PlacesPage{Nav: f.nav, Kind: "group", Text: searchField(r), Empty: empty(r)}
	var ids []desk.PrincipalID
	for _, g := range list {
		page.Rows = append(page.Rows, PlaceRow{Name: g.Name, URL: placeURL("group", int64(g.ID)), About: g.Description, Disabled: g.Disabled})
		ids = append(ids, desk.PrincipalID(g.ID))
	}
	if err := h.fillCounts(r, page, ids, nil); err != nil {
		return nil, err
	}
	if more {
		page.Pager.Older = next(r, "after", desk.Fold(list[len(list)-1].Name))
	}
	if f.NewGroups {
		page.New = groupSettings(desk.Group{}, "/admin/groups")
	}
	return page, nil
}

func groupSettings(g desk.Group, action string) *PlaceForm {
	f := &PlaceForm{Action: action, Fields: []Labelled{input("name", g.Name, "col.name"), input("about", g.Description, "col.about")}}
	f.Fields[0].Field.Required = true
	if g.ID != 0 {
		f.Seen = seenState(g)
	}
	return f
}

func (h handler) makeGroup(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, err := h.groupsPage(r)
	if err != nil {
		return err
	}
	if err := partOf(page.New != nil); err != nil {
		return err
	}
	g := desk.Group{Name: r.PostFormValue("name"), Description: strings.TrimSpace(r.PostFormValue("about"))}
	id, err := h.svc.CreateGroup(r.Context(), web.Actor(r), g)
	if err != nil {
		page.New.refuse(r, err)
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, placeURL("group", int64(id)), web.T("admin.done.made", g.Name))
}

// group shows one group: who is in it directly, and who in the end.
func (h handler) group(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.groupPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) groupPage(r *http.Request) (*GroupPage, *desk.Group, error) {
	f, err := h.frame(r, "admin.groups")
	if err != nil {
		return nil, nil, err
	}
	id, err := web.ID[desk.GroupID](r, "id")
	if err != nil {
		return nil, nil, err
	}
	by := web.Actor(r)
	g, err := h.svc.Group(r.Context(), by, id)
	if err != nil {
		return nil, nil, err
	}
	held, err := h.svc.Held(r.Context(), by, desk.OnGroup(id))
	if err != nil {
		return nil, nil, err
	}
	page := &GroupPage{Nav: f.nav, URL: placeURL("group", int64(id)), Name: g.Name, About: g.Description, Disabled: g.Disabled,
		From: cameFromSheet(r), Relations: h.relationLinks(f, "group", desk.PrincipalID(id))}
	page.Switch, page.AllGrants = held.Has(desk.AdminGroup), grantsLink("who", "group:"+g.Name)
	if f.Grants {
		page.Sees = whoLink(desk.SeeGroup, "group:"+g.Name)
	}
	if page.Switch {
		page.Settings = groupSettings(*g, page.URL)
	}
	mayChoose := held.Has(desk.AdminGroupMembership)
	if mayChoose {
		page.Add = &MemberForm{Who: whoField()}
	}
	if err := h.fillMembers(r, page, id, mayChoose); err != nil {
		return nil, nil, err
	}
	if page.Tree, err = h.tree(r, id); err != nil {
		return nil, nil, err
	}
	if roster, err := h.svc.Roster(r.Context(), by, "group:"+g.Name); err == nil && g.Personal == 0 {
		page.Letters = roster.Addresses
	}
	if page.Holds, err = h.effective(r, "group", desk.PrincipalID(id)); err != nil {
		return nil, nil, err
	}
	page.Grants, err = h.grantRows(r, desk.PrincipalID(id), desk.OnGroup(id))
	return page, g, err
}

// fillMembers fills in who is in the group, and in what it is.
func (h handler) fillMembers(r *http.Request, page *GroupPage, id desk.GroupID, may bool) error {
	direct, err := h.svc.Members(r.Context(), web.Actor(r), desk.PrincipalID(id))
	if err != nil {
		return err
	}
	shown, pager := membersPage(r, direct, func(m service.Member) desk.PrincipalID { return m.Membership.Member })
	page.Pager = pager
	for _, m := range shown {
		member := membership(m.Name)
		if may {
			member.Remove = strconv.FormatInt(int64(m.Membership.Member), 10)
		}
		page.Direct = append(page.Direct, member)
	}
	deep, err := h.svc.MemberPaths(r.Context(), web.Actor(r), desk.PrincipalID(id), membersShown+1)
	if err != nil {
		return err
	}
	page.DeepMore = len(deep) > membersShown
	for _, m := range deep[:min(membersShown, len(deep))] {
		member := membership(m.Name)
		for _, g := range m.Through {
			member.Through = append(member.Through, web.Link{Label: web.Plain(g.Text), URL: urlOf(g)})
		}
		page.Deep = append(page.Deep, member)
	}
	in, err := h.svc.BelongsTo(r.Context(), web.Actor(r), id)
	for _, m := range in {
		place := membership(m.Name)
		place.Part = web.T("admin.directly")
		page.In = append(page.In, place)
	}
	return err
}

// membership is a principal as lists of members show it.
func membership(n service.Name) Membership {
	kind := n.Kind
	if kind == "user" {
		kind = "contact"
		if n.Agent {
			kind = "agent"
		}
	}
	if kind == "system" {
		kind = "group"
	}
	return Membership{Name: n.Text, URL: urlOf(n), Kind: iconOf(n), Part: web.T("admin.kind." + kind), Disabled: n.Disabled}
}

func (h handler) changeGroup(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, g, err := h.groupPage(r)
	if err != nil {
		return err
	}
	if page.Settings == nil {
		return desk.Errorf(desk.Forbidden, "You may not change this group: it asks for the right AdminGroup.")
	}
	if err = stale(r, page.Settings.Seen); err == nil {
		g.Name, g.Description = r.PostFormValue("name"), strings.TrimSpace(r.PostFormValue("about"))
		err = h.svc.UpdateGroup(r.Context(), web.Actor(r), *g)
	}
	if err != nil {
		page.Settings.refuse(r, err)
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, page.URL, web.T("admin.done.saved"))
}

func (h handler) switchGroup(w http.ResponseWriter, r *http.Request) error {
	disable, err := switched(r)
	if err != nil {
		return err
	}
	page, g, err := h.groupPage(r)
	if err != nil {
		return err
	}
	g.Disabled = disable
	if err := h.svc.UpdateGroup(r.Context(), web.Actor(r), *g); err != nil {
		return err
	}
	return h.done(w, r, page.URL, switchedText(g.Name, disable))
}

// addMember makes somebody, a group or a customer a member of a group.
func (h handler) addMember(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, g, err := h.groupPage(r)
	if err != nil {
		return err
	}
	if page.Add == nil {
		return desk.Errorf(desk.Forbidden, "You may not choose the members of this group: it asks for the right AdminGroupMembership.")
	}
	m := desk.Membership{Group: desk.PrincipalID(g.ID)}
	if m.Member, err = h.svc.FindMember(r.Context(), web.Actor(r), m.Group, r.PostFormValue("who")); err == nil {
		err = h.svc.AddMember(r.Context(), web.Actor(r), m)
	}
	if err != nil {
		page.Add.refuse(r, err)
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, page.URL, web.T("admin.done.added", r.PostFormValue("who")))
}

// removeMember ends a direct membership of a group.
func (h handler) removeMember(w http.ResponseWriter, r *http.Request) error {
	return h.remove(w, r, "group")
}
