package admin

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// setGrants is how many grants of a permission its page shows.
const setGrants = 20

func setURL(id desk.PermissionID) string {
	return "/admin/permissions/" + strconv.FormatInt(int64(id), 10)
}

func (h handler) setFrame(r *http.Request) (*frame, error) {
	f, err := h.frame(r, "admin.permissions")
	if err != nil {
		return nil, err
	}
	return f, partOf(f.Sets)
}

// sets lists the permissions with what they give.
func (h handler) sets(w http.ResponseWriter, r *http.Request) error {
	f, err := h.setFrame(r)
	if err != nil {
		return err
	}
	list, err := h.svc.NamedSets(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	page := SetsPage{Nav: f.nav, New: f.ChangeSets, Undo: takeBackOf(r)}
	for _, p := range list {
		page.Rows = append(page.Rows, SetRow{Name: p.Name, URL: setURL(p.ID), Disabled: p.Disabled, Own: !p.Shipped,
			Agents: p.Agents.Names(), Contacts: p.Contacts.Names(), Grants: grantCount(p), GrantsURL: grantsLink("what", p.Name)})
	}
	return h.site.Show(w, r, page.View())
}

func grantCount(p service.NamedSetLine) web.Text {
	text := strconv.Itoa(p.Grants)
	if p.More {
		text += "+"
	}
	return web.Plain(text)
}

// set shows one permission; number 0 is the form for a new one.
func (h handler) set(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.setPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) newSet(w http.ResponseWriter, r *http.Request) error {
	f, err := h.setFrame(r)
	if err != nil {
		return err
	}
	if err := partOf(f.ChangeSets); err != nil {
		return err
	}
	page := setForm(service.NamedSetLine{NamedSet: service.NamedSet{ForAgents: true}})
	page.Nav, page.May = f.nav, true
	return h.site.Show(w, r, page.View())
}

// setPage makes the page of a permission ready, with the permission as it is.
func (h handler) setPage(r *http.Request) (*SetPage, *service.NamedSet, error) {
	f, err := h.setFrame(r)
	if err != nil {
		return nil, nil, err
	}
	id, err := web.ID[desk.PermissionID](r, "id")
	if err != nil {
		return nil, nil, err
	}
	list, err := h.svc.NamedSets(r.Context(), web.Actor(r))
	if err != nil {
		return nil, nil, err
	}
	for _, line := range list {
		if line.ID != id {
			continue
		}
		page := setForm(line)
		page.Nav, page.May, page.Undo = f.nav, f.ChangeSets, takeBackOf(r)
		page.Switch, page.Remove = page.May && id != desk.RW, page.May && page.Own && line.Grants == 0
		grants, _, err := h.svc.Grants(r.Context(), web.Actor(r), service.GrantFilter{Permission: id, Limit: setGrants})
		page.Grants = grantRows(web.ReaderOf(r), grants)
		return page, &line.NamedSet, err
	}
	return nil, nil, desk.Errorf(desk.NotFound, "There is no permission %d.", id)
}

// setForm fills the fields of a permission.
func setForm(line service.NamedSetLine) *SetPage {
	page := &SetPage{Title: line.Name, URL: setURL(line.ID), Seen: seenState(line.NamedSet), Own: !line.Shipped, Disabled: line.Disabled, AllGrants: grantsLink("what", line.Name),
		Name:      web.Field{Name: "name", Value: line.Name, Required: true},
		ForAgents: web.Field{Name: "for-agents", Kind: "checkbox", Checked: line.ForAgents},
		ForOthers: web.Field{Name: "for-contacts", Kind: "checkbox", Checked: line.ForContacts}}
	if line.ID == 0 {
		page.URL = "/admin/permissions"
	}
	for _, class := range []desk.RightClass{desk.TicketRight, desk.FieldRight, desk.QueueRight} {
		part := SetPart{Title: map[desk.RightClass]string{desk.TicketRight: "set.tickets", desk.FieldRight: "set.fields", desk.QueueRight: "set.queues"}[class]}
		for _, info := range desk.AllRights() {
			if info.Class == class {
				part.Rows = append(part.Rows, SetRight{info.Name, "right." + info.Name, line.Agents.Has(info.Right), line.Contacts.Has(info.Right)})
			}
		}
		page.Parts = append(page.Parts, part)
	}
	return page
}

// readSet puts what was sent into a permission.
func readSet(r *http.Request, s *service.NamedSet) {
	if r.PostForm.Has("name") {
		s.Name = strings.TrimSpace(r.PostFormValue("name"))
	}
	s.ForAgents, s.ForContacts = r.PostFormValue("for-agents") != "", r.PostFormValue("for-contacts") != ""
	s.Agents, s.Contacts = sentRights(r.PostForm["agents"]), sentRights(r.PostForm["contacts"])
}

func sentRights(names []string) desk.RightSet {
	var set desk.RightSet
	for _, name := range names {
		if right, ok := desk.ParseRight(name); ok {
			set |= desk.RightsOf(right)
		}
	}
	return set
}

// makeSet makes a permission.
func (h handler) makeSet(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	f, err := h.setFrame(r)
	if err != nil {
		return err
	}
	var s service.NamedSet
	readSet(r, &s)
	id, err := h.svc.SaveNamedSet(r.Context(), web.Actor(r), s)
	if err != nil {
		page := setForm(service.NamedSetLine{NamedSet: s})
		page.Nav, page.May = f.nav, true
		return h.setRefused(w, r, page, err)
	}
	return h.done(w, r, setURL(id), web.T("admin.done.made", s.Name))
}

func (h handler) setRefused(w http.ResponseWriter, r *http.Request, page *SetPage, err error) error {
	if rest := web.Refuse(err, &page.Name); rest != "" {
		page.Error = web.Plain(rest)
	}
	return h.showRefused(w, r, page.View(), err)
}

// changeSet changes the rights of a permission, or disables, enables or removes
// it.
func (h handler) changeSet(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, s, err := h.setPage(r)
	if err != nil {
		return err
	}
	err = stale(r, page.Seen)
	do := r.PostFormValue("do")
	switch do {
	case "disable", "enable":
		s.Disabled = do == "disable"
	case "remove":
	default:
		readSet(r, s)
		kept := setForm(service.NamedSetLine{NamedSet: *s, Shipped: !page.Own})
		page.Parts, page.Name.Value, page.ForAgents, page.ForOthers = kept.Parts, kept.Name.Value, kept.ForAgents, kept.ForOthers
	}
	var number int64
	if err == nil {
		number, err = h.svc.Together(r.Context(), web.Actor(r), func(in *service.Service, by desk.Actor) error {
			if do == "remove" {
				return in.RemovePermission(r.Context(), by, s.ID)
			}
			_, err := in.SaveNamedSet(r.Context(), by, *s)
			return err
		})
	}
	if err != nil {
		return h.setRefused(w, r, page, err)
	}
	if do == "remove" {
		return h.done(w, r, "/admin/permissions", web.T("set.removed", s.Name))
	}
	return h.done(w, r, withUndo(page.URL, number), web.T("set.saved", s.Name))
}

// withUndo is the address of a page that offers to take a change back.
func withUndo(address string, change int64) string {
	if change == 0 {
		return address
	}
	return address + "?undo=" + strconv.FormatInt(change, 10)
}

// takeBackOf offers to take the change back that the address names.
func takeBackOf(r *http.Request) *TakeBack {
	change, err := strconv.ParseInt(r.URL.Query().Get("undo"), 10, 64)
	if err != nil {
		return nil
	}
	return takingBack(change, r.URL.Path)
}

// takingBack is the form that takes a change back and leads to a page of ours.
func takingBack(change int64, to string) *TakeBack {
	if change <= 0 {
		return nil
	}
	return &TakeBack{Action: "/admin/changes/" + strconv.FormatInt(change, 10) + "/take-back", To: to}
}

// takeBack takes a change of access back.
func (h handler) takeBack(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	change, err := web.ID[int64](r, "change")
	if err != nil {
		return err
	}
	to := "/admin/"
	if u, err := url.Parse(r.PostFormValue("to")); err == nil && u.Host == "" && strings.HasPrefix(u.Path, "/admin/") {
		to = u.RequestURI()
	}
	if _, err := h.svc.TakeBack(r.Context(), web.Actor(r), change); err != nil {
		return err
	}
	return h.done(w, r, to, web.T("set.takenback"))
}
