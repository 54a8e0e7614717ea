package admin

import (
	"net/http"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/web"
)

// rolesURL is where the roles of tickets are.
const rolesURL = "/admin/roles"

// roleRoutes adds the pages of roles.
func (h handler) roleRoutes(page func(string, func(http.ResponseWriter, *http.Request) error)) {
	page("GET "+rolesURL, h.roles)
	page("POST "+rolesURL, h.makeRole)
	page("GET "+rolesURL+"/{id}", h.role)
	page("POST "+rolesURL+"/{id}", h.weighed(handler.changeRole))
	page("POST "+rolesURL+"/{id}/{switch}", h.weighed(handler.switchRole))
}

// A RolesPage lists the roles in which people stand on tickets.
type RolesPage struct {
	Nav  []web.NavSection
	Rows []RoleRow
	New  *PlaceForm
}

// A RoleRow is one role.
type RoleRow struct {
	Name     web.Text
	URL      string // empty: it is built in, so nothing of it can be changed
	Where    web.Text
	Queues   []string
	Single   bool
	Disabled bool
}

// A RolePage shows and changes a role of the desk's own.
type RolePage struct {
	Nav  []web.NavSection
	Row  RoleRow
	Form *PlaceForm
}

// View makes the page ready to be shown.
func (p RolesPage) View() web.View {
	return web.View{Template: "admin/roles", Title: web.T("roles.title"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// View makes the page ready to be shown.
func (p RolePage) View() web.View {
	return web.View{Template: "admin/role", Title: p.Row.Name, Nav: p.Nav, Crumbs: top(to("roles.title", rolesURL)), Body: p}
}

func (h handler) roles(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.rolesPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) rolesPage(r *http.Request) (*RolesPage, []desk.Role, error) {
	f, err := h.frame(r, "roles.title")
	if err != nil {
		return nil, nil, err
	}
	if err := partOf(f.Roles); err != nil {
		return nil, nil, err
	}
	list, err := h.svc.Roles(r.Context(), web.Actor(r))
	if err != nil {
		return nil, nil, err
	}
	queues, err := h.svc.Queues(r.Context(), web.Actor(r), desk.SeeQueue)
	if err != nil {
		return nil, nil, err
	}
	page := &RolesPage{Nav: f.nav, New: roleForm(&desk.Role{Everywhere: true}, queues, rolesURL)}
	for i := range list {
		page.Rows = append(page.Rows, roleRow(&list[i], queues))
	}
	return page, list, nil
}

func roleRow(role *desk.Role, queues []desk.Queue) RoleRow {
	row := RoleRow{Name: roleText(role.ID, role.Name), Single: role.Single, Disabled: role.Disabled, Where: web.T("roles.everywhere")}
	if role.ID.Builtin() {
		return row
	}
	row.URL = rolesURL + "/" + strconv.Itoa(int(role.ID))
	if role.Everywhere {
		return row
	}
	applies := map[desk.QueueID]bool{}
	for _, id := range role.Queues {
		applies[id] = true
	}
	for _, q := range queues {
		if applies[q.ID] {
			row.Queues = append(row.Queues, q.Name)
		}
	}
	row.Where = web.T("roles.nowhere")
	if len(row.Queues) > 0 {
		row.Where = web.Plain(strings.Join(row.Queues, ", "))
	}
	return row
}

// roleForm asks for what can be chosen of a role. Whether one person at the most
// stands in it is said once, when it is made.
func roleForm(role *desk.Role, queues []desk.Queue, action string) *PlaceForm {
	name := input("name", role.Name, "col.name")
	name.Field.Required = true
	where := Labelled{Label: web.T("roles.queues"), Help: web.T("roles.queues.help"), Field: web.Field{Form: "set-", Name: "queue", Kind: "boxes"}}
	row := roleRow(role, queues)
	for _, q := range queues {
		o := web.Option{Value: strconv.FormatInt(int64(q.ID), 10), Label: web.Plain(q.Name)}
		for _, chosen := range row.Queues {
			o.Selected = o.Selected || chosen == q.Name && !role.Everywhere
		}
		where.Field.Options = append(where.Field.Options, o)
	}
	f := &PlaceForm{Action: action, Fields: []Labelled{name, where}}
	if role.ID != 0 {
		f.Seen = seenState(*role)
		return f
	}
	f.Fields = append(f.Fields, Labelled{Label: web.T("roles.single"), Help: web.T("roles.single.help"), Field: web.Field{Form: "set-", Name: "single", Kind: "checkbox"}})
	return f
}

// readTheRole puts what was chosen into a role: no queue means all of them.
func readTheRole(r *http.Request, role *desk.Role) error {
	role.Name, role.Queues, role.Everywhere = strings.TrimSpace(r.PostFormValue("name")), nil, len(r.PostForm["queue"]) == 0
	for _, text := range r.PostForm["queue"] {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return desk.InvalidFields(map[string]string{"queue": "Choose some of these."})
		}
		role.Queues = append(role.Queues, desk.QueueID(id))
	}
	if role.Name == "" {
		return desk.InvalidFields(map[string]string{"name": "Give the role a name."})
	}
	return nil
}

func (h handler) makeRole(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, _, err := h.rolesPage(r)
	if err != nil {
		return err
	}
	role := desk.Role{Single: r.PostFormValue("single") != ""}
	if err = readTheRole(r, &role); err == nil {
		role.ID, err = h.svc.CreateRole(r.Context(), web.Actor(r), role)
	}
	if err != nil {
		page.New.refuse(r, err)
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, rolesURL+"/"+strconv.Itoa(int(role.ID)), web.T("admin.done.made", role.Name))
}

func (h handler) role(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.rolePage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) rolePage(r *http.Request) (*RolePage, *desk.Role, error) {
	all, list, err := h.rolesPage(r)
	if err != nil {
		return nil, nil, err
	}
	id, err := web.ID[int64](r, "id")
	if err != nil {
		return nil, nil, err
	}
	for i := range list {
		if role := &list[i]; int64(role.ID) == id && !role.ID.Builtin() {
			queues, err := h.svc.Queues(r.Context(), web.Actor(r), desk.SeeQueue)
			row := all.Rows[i]
			return &RolePage{Nav: all.Nav, Row: row, Form: roleForm(role, queues, row.URL)}, role, err
		}
	}
	return nil, nil, desk.Errorf(desk.NotFound, "There is no such role.")
}

// changeRole renames a role and says where it applies. Queues that the reader
// may not see keep it.
func (h handler) changeRole(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, role, err := h.rolePage(r)
	if err != nil {
		return err
	}
	changed := *role
	if err = stale(r, page.Form.Seen); err == nil {
		err = readTheRole(r, &changed)
	}
	if err == nil {
		offered := map[string]bool{}
		for _, o := range page.Form.Fields[1].Field.Options {
			offered[o.Value] = true
		}
		for _, q := range role.Queues {
			if !offered[strconv.FormatInt(int64(q), 10)] {
				changed.Queues, changed.Everywhere = append(changed.Queues, q), false
			}
		}
		err = h.svc.UpdateRole(r.Context(), web.Actor(r), changed)
	}
	if err != nil {
		page.Form.refuse(r, err)
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, page.Row.URL, web.T("admin.done.saved"))
}

func (h handler) switchRole(w http.ResponseWriter, r *http.Request) error {
	disable, err := switched(r)
	if err != nil {
		return err
	}
	page, role, err := h.rolePage(r)
	if err != nil {
		return err
	}
	role.Disabled = disable
	if err := h.svc.UpdateRole(r.Context(), web.Actor(r), *role); err != nil {
		return err
	}
	return h.done(w, r, page.Row.URL, switchedText(role.Name, disable))
}
