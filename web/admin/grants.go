package admin

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// grantsShown is how many grants a page shows that is about something else.
const grantsShown = 10

// peopleNamed is how many people a preview names.
const peopleNamed = 20

// grantRoutes adds the pages of grants.
func (h handler) grantRoutes(page func(string, func(http.ResponseWriter, *http.Request) error)) {
	page("GET /admin/grants", h.grants)
	page("POST /admin/grants", h.makeGrant)
	page("GET /admin/grants.csv", h.exportGrants)
	page("GET /admin/grants/new", h.newGrant)
	page("GET /admin/grants/{id}/revoke", h.askRevoke)
	page("POST /admin/grants/{id}/revoke", h.revoke)
}

// grants lists grants, narrowed by who, what and where.
func (h handler) grants(w http.ResponseWriter, r *http.Request) error {
	f, err := h.frame(r, "admin.grants")
	if err != nil {
		return err
	}
	if err := partOf(f.Grants); err != nil {
		return err
	}
	after, _ := strconv.ParseInt(r.FormValue("after"), 10, 64)
	list, more, err := h.svc.FindGrants(r.Context(), web.Actor(r), written(r.FormValue), desk.GrantID(after), pageSize)
	if err != nil {
		return err
	}
	page := GrantsPage{
		Nav: f.nav, MayGrant: f.MayGrant, Rows: grantRows(web.ReaderOf(r), list), CSV: "/admin/grants.csv", Empty: empty(r), Undo: takeBackOf(r),
		Who:   web.Field{Name: "who", Value: r.FormValue("who"), Suggest: "all"},
		What:  web.Field{Name: "what", Value: r.FormValue("what")},
		Where: web.Field{Name: "where", Value: r.FormValue("where")},
		Until: web.Field{Name: "until", Kind: "date", Value: r.FormValue("until")},
	}
	if r.URL.RawQuery != "" {
		page.CSV += "?" + r.URL.RawQuery
	}
	if more {
		page.Pager.Older = next(r, "after", strconv.FormatInt(int64(list[len(list)-1].ID), 10))
	}
	return h.site.Show(w, r, page.View())
}

// exportGrants writes the grants that a list shows, and those behind it, the
// oldest first, as CSV: for a review of who holds what since when.
func (h handler) exportGrants(w http.ResponseWriter, r *http.Request) error {
	f, err := h.frame(r, "admin.grants")
	if err != nil {
		return err
	}
	if err := partOf(f.Grants); err != nil {
		return err
	}
	in := written(r.FormValue)
	list, more, err := h.svc.FindGrants(r.Context(), web.Actor(r), in, 0, pageSize)
	if err != nil {
		return err
	}
	out, err := web.SendCSV(w, "grants.csv", []string{"grant", "who", "as", "what", "where", "since", "until", "passed_on_by"})
	for err == nil && len(list) > 0 {
		for _, g := range list {
			if err := out.Write(grantCells(g)); err != nil {
				return err
			}
		}
		if !more {
			break
		}
		list, more, err = h.svc.FindGrants(r.Context(), web.Actor(r), in, list[len(list)-1].ID, pageSize)
	}
	out.Flush()
	return err
}

// grantCells is a grant as a row of a file; times are in UTC.
func grantCells(g service.GrantLine) []string {
	since := ""
	if !g.Since.IsZero() {
		since = g.Since.UTC().Format(time.RFC3339)
	}
	cells := []string{strconv.FormatInt(int64(g.ID), 10), g.WhoName.Text, strings.Join(g.RoleNames, ", "), g.What, g.PlaceName, since, g.Until.String(), g.MadeBy.Text}
	for i, cell := range cells {
		cells[i] = web.Harmless(cell)
	}
	return cells
}

// written reads a grant as people write it.
func written(value func(string) string) service.Written {
	in := service.Written{Who: strings.TrimSpace(value("who")), What: strings.TrimSpace(value("what")),
		Where: strings.TrimSpace(value("where")), Until: value("until")}
	if as := value("as"); as != "" {
		in.As = []string{as}
	}
	return in
}

// grantsLink leads to all grants to somebody, or on a place.
func grantsLink(name, ref string) string { return "/admin/grants?" + url.Values{name: {ref}}.Encode() }

// grantRows are the first grants to somebody and on a place.
func (h handler) grantRows(r *http.Request, who desk.PrincipalID, on desk.Place) ([]GrantRow, error) {
	list, err := h.svc.GrantsFor(r.Context(), web.Actor(r), who, on, grantsShown)
	return grantRows(web.ReaderOf(r), list), err
}

func grantRows(reader web.Reader, list []service.GrantLine) []GrantRow {
	rows := make([]GrantRow, len(list))
	for i, g := range list {
		rows[i] = GrantRow{
			ID: int64(g.ID), Who: web.Link{Label: web.Plain(g.WhoName.Text), URL: urlOf(g.WhoName)}, WhoIcon: iconOf(g.WhoName),
			What: g.What, Where: placeLink(g), Since: reader.In(g.Since), Until: g.Until.String(), Revoke: g.Revocable, Sleeping: g.WhoName.Disabled,
		}
		if g.As != 0 {
			rows[i].As = rolesText(g)
		}
		if g.Source != 0 {
			rows[i].PassedOn = web.T("grant.passed", g.MadeBy.Text, int64(g.Source))
		}
	}
	return rows
}

func rolesText(g service.GrantLine) web.Text {
	if list := g.As.List(); len(list) == 1 {
		return roleText(list[0], strings.Join(g.RoleNames, ""))
	}
	return web.Plain(strings.Join(g.RoleNames, ", "))
}

// placeLink names the place of a grant and leads to it.
func placeLink(g service.GrantLine) web.Link {
	kind, name, _ := strings.Cut(g.PlaceName, ":")
	switch g.Place.Kind {
	case desk.QueuePlace, desk.GroupPlace, desk.CustomerPlace, desk.FieldPlace:
		return web.Link{Label: web.T("grant.place."+kind, name), URL: placeURL(kind, g.Place.ID)}
	}
	return web.Link{Label: web.T("grant.place.system")}
}

// newGrant shows the form for a grant.
func (h handler) newGrant(w http.ResponseWriter, r *http.Request) error {
	page, err := h.grantPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) grantPage(r *http.Request) (*GrantNewPage, error) {
	f, err := h.frame(r, "admin.grants")
	if err != nil {
		return nil, err
	}
	if err := partOf(f.MayGrant); err != nil {
		return nil, err
	}
	roles, err := h.svc.Roles(r.Context(), web.Actor(r))
	as := []web.Option{{Value: "", Label: web.T("grant.as.any")}}
	for _, role := range roles {
		if !role.Disabled {
			as = append(as, web.Option{Value: role.Name, Label: roleText(role.ID, role.Name), Selected: role.Name == r.FormValue("as")})
		}
	}
	return &GrantNewPage{
		Nav: f.nav, As: web.Field{Name: "as", Kind: "select", Options: as},
		Who:   web.Field{Name: "who", Required: true, Value: r.FormValue("who"), Suggest: "all"},
		What:  web.Field{Name: "what", Required: true, Value: r.FormValue("what")},
		Where: web.Field{Name: "where", Required: true, Value: r.FormValue("where")},
		Until: web.Field{Name: "until", Kind: "date", Value: r.FormValue("until")},
	}, err
}

// makeGrant shows whom a grant reaches, or makes it.
func (h handler) makeGrant(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, err := h.grantPage(r)
	if err != nil {
		return err
	}
	g, err := h.svc.ReadGrant(r.Context(), web.Actor(r), written(r.PostFormValue))
	if err == nil && r.PostFormValue("do") == "look" {
		page.Preview, err = h.preview(r, g, "grant.gives", func(in *service.Service, by desk.Actor) error {
			_, err := in.Grant(r.Context(), by, g)
			return err
		})
		if err == nil {
			return h.site.Show(w, r, page.View())
		}
	}
	if err == nil {
		_, err = h.svc.Grant(r.Context(), web.Actor(r), g)
	}
	if err != nil {
		page.Error = web.T("error.invalid.title")
		if rest := web.Refuse(err, &page.Who, &page.As, &page.What, &page.Where, &page.Until); rest != "" {
			page.Error = web.Plain(rest)
		}
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, "/admin/grants", web.T("grant.done"))
}

// preview says in a sentence what a grant gives, whom it reaches, and what the
// edits give and take.
func (h handler) preview(r *http.Request, g desk.Grant, key string, edits service.Edits) (*Preview, error) {
	effect, err := h.svc.WhatIf(r.Context(), web.Actor(r), edits)
	if err != nil {
		return nil, err
	}
	reached, err := h.svc.Reach(r.Context(), web.Actor(r), g, peopleNamed)
	if err != nil {
		return nil, err
	}
	line := reached.Line
	as := web.T("grant.as.any")
	if line.As != 0 {
		as = web.T("grant.standing", rolesText(line))
	}
	kind, name, _ := strings.Cut(line.PlaceName, ":")
	on := web.T("grant.on."+kind, name)
	if kind == "system" {
		on = web.T("grant.place.system")
	}
	p := &Preview{Effect: web.EffectOf(effect, person), Summary: web.T(key, line.WhoName.Text, line.What, on, as, reached.Total)}
	for _, n := range reached.Some {
		p.Gains = append(p.Gains, web.Recipient{Person: person(n)})
	}
	if reached.Total > len(reached.Some) {
		p.Warning = web.T("grant.more", reached.Total-len(reached.Some))
	}
	return p, nil
}

// askRevoke asks once more before a grant is taken away.
func (h handler) askRevoke(w http.ResponseWriter, r *http.Request) error {
	f, err := h.frame(r, "admin.grants")
	if err != nil {
		return err
	}
	id, err := web.ID[desk.GrantID](r, "id")
	if err != nil {
		return err
	}
	reached, err := h.svc.Reach(r.Context(), web.Actor(r), desk.Grant{ID: id}, 0)
	if err != nil {
		return err
	}
	effect, err := h.preview(r, desk.Grant{ID: id}, "grant.takes", func(in *service.Service, by desk.Actor) error {
		return end(r, in, by, reached.Line.Grant)
	})
	if err != nil {
		return err
	}
	page := GrantRevokePage{Nav: f.nav, Grant: grantRows(web.ReaderOf(r), []service.GrantLine{reached.Line})[0], Effect: *effect}
	return h.site.Show(w, r, page.View())
}

func (h handler) revoke(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.GrantID](r, "id")
	if err != nil {
		return err
	}
	reached, err := h.svc.Reach(r.Context(), web.Actor(r), desk.Grant{ID: id}, 0)
	if err != nil {
		return err
	}
	change, err := h.svc.Together(r.Context(), web.Actor(r), func(in *service.Service, by desk.Actor) error {
		return end(r, in, by, reached.Line.Grant)
	})
	if err != nil {
		return err
	}
	return h.done(w, r, withUndo("/admin/grants", change), web.T("grant.undone"))
}

// end takes a grant away: what was passed on is withdrawn.
func end(r *http.Request, in *service.Service, by desk.Actor, g desk.Grant) error {
	if g.Source != 0 {
		return in.Undelegate(r.Context(), by, g.ID)
	}
	return in.Revoke(r.Context(), by, g.ID)
}
