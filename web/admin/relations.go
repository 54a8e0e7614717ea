package admin

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

// relationRows is how many rows a relation page has: seven boxes in each of
// them stay below the size that a page may have.
const relationRows = 40

// picks is how many records are offered on each side of a relation.
const picks = 15

func relationURL(r service.Relation) string { return "/admin/relations/" + string(r) }

// sheetURL is the page of one record of a relation; side is "left" or "right".
func sheetURL(r service.Relation, side string, id desk.PrincipalID) string {
	return relationURL(r) + "/" + side + "/" + strconv.FormatInt(int64(id), 10)
}

func (h handler) relationFrame(r *http.Request) (*frame, error) {
	f, err := h.frame(r, "admin.relations")
	if err != nil {
		return nil, err
	}
	return f, partOf(f.Grants || f.Users || f.Customers)
}

// relations lists the five relations.
func (h handler) relations(w http.ResponseWriter, r *http.Request) error {
	f, err := h.relationFrame(r)
	if err != nil {
		return err
	}
	page := RelationsPage{Nav: f.nav}
	for _, relation := range service.Relations() {
		page.Relations = append(page.Relations, string(relation))
	}
	return h.site.Show(w, r, page.View())
}

// relation offers the records on both sides of a relation.
func (h handler) relation(w http.ResponseWriter, r *http.Request) error {
	f, err := h.relationFrame(r)
	if err != nil {
		return err
	}
	relation := service.Relation(r.PathValue("relation"))
	if !slices.Contains(service.Relations(), relation) {
		return partOf(false)
	}
	left, right := relation.Sides()
	page := RelationPickPage{Nav: f.nav, Relation: string(relation), Undo: undoOf(r, relation)}
	for i, kind := range []string{left, right} {
		side, err := h.pickSide(r, relation, []string{"left", "right"}[i], kind)
		if err != nil {
			return err
		}
		page.Sides = append(page.Sides, side)
	}
	return h.site.Show(w, r, page.View())
}

// pickSide lists the records of a kind that the reader may see.
func (h handler) pickSide(r *http.Request, relation service.Relation, side, kind string) (PickSide, error) {
	query := r.URL.Query()
	text, after := strings.TrimSpace(query.Get(side)), query.Get(side+"-after")
	names, last, err := h.records(r, kind, text, after)
	if k := desk.KindOf(err); err != nil && k != desk.Forbidden && k != desk.NotFound {
		return PickSide{}, err
	}
	p := PickSide{Side: side, Kind: kind, Text: web.Field{Name: side, Kind: "search", Value: text}}
	for _, n := range names {
		p.Links = append(p.Links, web.Link{Label: web.Plain(n.Text), URL: sheetURL(relation, side, n.ID)})
	}
	if last != "" {
		query.Set(side+"-after", last)
		query.Del("undo")
		p.More = relationURL(relation) + "?" + query.Encode()
	}
	return p, nil
}

// records lists users, customers or groups by name, and where the rest begins.
func (h handler) records(r *http.Request, kind, text, after string) ([]service.Name, string, error) {
	var names []service.Name
	var more bool
	var last string
	ctx, by := r.Context(), web.Actor(r)
	add := func(id desk.PrincipalID, text, key string) {
		if text == "" {
			text = key
		}
		names, last = append(names, service.Name{ID: id, Text: text}), key
	}
	switch kind {
	case "group":
		nobody := desk.UserID(0)
		list, rest, err := h.svc.Groups(ctx, by, service.GroupFilter{Text: text, Personal: &nobody, After: after, Limit: picks})
		for _, g := range list {
			add(desk.PrincipalID(g.ID), g.Name, g.Name)
		}
		if more = rest; err != nil {
			return nil, "", err
		}
	case "customer":
		list, rest, err := h.svc.Customers(ctx, by, service.CustomerFilter{Text: text, After: after, Limit: picks})
		for _, c := range list {
			add(desk.PrincipalID(c.ID), c.Name, c.Key)
		}
		if more = rest; err != nil {
			return nil, "", err
		}
	default:
		filter := service.UserFilter{Text: text, Kind: desk.Contact, After: after, Limit: picks}
		if kind == "agent" {
			filter.Kind = desk.Agent
		}
		list, rest, err := h.svc.Users(ctx, by, filter)
		for _, u := range list {
			add(desk.PrincipalID(u.ID), u.Name, u.Login)
		}
		if more = rest; err != nil {
			return nil, "", err
		}
	}
	if !more {
		last = ""
	}
	return names, last, nil
}

// sheetQuery reads which page of a relation is asked for.
func sheetQuery(r *http.Request) (service.RelationQuery, error) {
	id, err := web.ID[desk.PrincipalID](r, "id")
	side := r.PathValue("side")
	if err == nil && side != "left" && side != "right" {
		err = partOf(false)
	}
	query := r.URL.Query()
	return service.RelationQuery{
		Relation: service.Relation(r.PathValue("relation")), Of: id, Right: side == "right",
		Other: query.Get("context") == "other", Text: strings.TrimSpace(query.Get("text")),
		Only: query.Get("only") != "", After: query.Get("after"), Limit: relationRows,
	}, err
}

// sheet shows what one record has with all others.
func (h handler) sheet(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.sheetPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) sheetPage(r *http.Request) (*SheetPage, service.RelationQuery, error) {
	q, err := sheetQuery(r)
	if err != nil {
		return nil, q, err
	}
	f, err := h.relationFrame(r)
	if err != nil {
		return nil, q, err
	}
	got, err := h.svc.RelationPage(r.Context(), web.Actor(r), q)
	if err != nil {
		return nil, q, err
	}
	page := &SheetPage{
		Nav: f.nav, Relation: string(q.Relation), Side: r.PathValue("side"), Of: link(got.Of), From: wayBack(q), Kind: kindOf(q, false), RowKind: kindOf(q, true),
		Action: r.URL.RequestURI(), Columns: got.Columns, Members: q.Relation == service.ContactCustomers,
		Text: web.Field{Name: "text", Kind: "search", Value: q.Text}, Only: q.Only, Other: q.Other, Empty: empty(r), Undo: undoOf(r, q.Relation),
		Contexts: q.Relation == service.CustomerGroups,
	}
	page.SwitchOnly, page.SwitchContext = turned(r, "only", "yes"), turned(r, "context", "other")
	for _, row := range got.Rows {
		page.Rows = append(page.Rows, sheetRow(q, got, row))
	}
	if got.Next != "" {
		page.Pager.Older = withoutUndo(next(r, "after", got.Next))
	}
	return page, q, nil
}

func kindOf(q service.RelationQuery, rows bool) string {
	left, right := q.Relation.Sides()
	if q.Right == rows {
		return left
	}
	return right
}

func link(n service.Name) web.Link { return web.Link{Label: web.Plain(n.Text), URL: urlOf(n)} }

// turned is the address of the page with a switch of its query turned round.
func turned(r *http.Request, key, value string) string {
	query := r.URL.Query()
	query.Del("after")
	query.Del("undo")
	if query.Get(key) != "" {
		query.Del(key)
	} else {
		query.Set(key, value)
	}
	return (&url.URL{Path: r.URL.Path, RawQuery: query.Encode()}).String()
}

func withoutUndo(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	query := u.Query()
	query.Del("undo")
	u.RawQuery = query.Encode()
	return u.String()
}

// sheetRow makes a row ready to be shown.
func sheetRow(q service.RelationQuery, page *service.RelationPage, row service.RelationRow) SheetRow {
	side := "right"
	if q.Right {
		side = "left"
	}
	out := SheetRow{ID: int64(row.Name.ID), Name: row.Name.Text, URL: urlOf(row.Name) + "?from=" + wayBack(q),
		Back: sheetURL(q.Relation, side, row.Name.ID), State: row.State, Disabled: row.Name.Disabled, Locked: row.Locked}
	for i, b := range row.Boxes {
		out.Boxes = append(out.Boxes, SheetBox{Name: page.Columns[i], On: b.On, From: origins(b)})
	}
	if q.Relation == service.ContactCustomers {
		out.Member = memberFields(row)
	}
	return out
}

// effectiveShown are the groups of which a record shows the permissions.
const effectiveShown = 10

// effective are the permissions that a record holds, the rest of which stand on
// its relation page.
func (h handler) effective(r *http.Request, kind string, who desk.PrincipalID) (*Holding, error) {
	list, more, err := h.svc.EffectivePermissions(r.Context(), web.Actor(r), who, effectiveShown)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	out := &Holding{}
	if more {
		out.All = sheetURL(service.Relation(kind+"-group"), "left", who)
	}
	for _, p := range list {
		row := HeldRow{Group: link(p.Group), Permission: p.From.Permission, From: originOf(p.From).Text}
		switch {
		case p.From.Own && !p.From.Everywhere:
			row.From = web.T("admin.directly")
		case p.From.Who.ID == desk.Contacts, p.From.Who.ID == desk.Customers:
			row.From = web.T("relation.by.default")
		}
		if kind == "contact" || kind == "customer" {
			row.On = web.T("relation.same")
			if p.Other {
				row.On = web.T("relation.other")
			}
		}
		out.Rows = append(out.Rows, row)
	}
	return out, nil
}

// wayBack names a relation page for the pages that it leads to.
func wayBack(q service.RelationQuery) string {
	return strings.TrimPrefix(sheetURL(q.Relation, map[bool]string{true: "right", false: "left"}[q.Right], q.Of), "/admin/relations/")
}

func originOf(from service.RelationOrigin) Origin {
	switch {
	case from.Own:
		return Origin{Text: web.T("relation.in", from.Permission)}
	case from.Who.ID == desk.Contacts && from.Everywhere:
		return Origin{Text: web.T("relation.everywhere"), Lock: true}
	case from.Who.ID == desk.Contacts, from.Who.ID == desk.Customers:
		return Origin{Text: web.T("relation.default", from.Permission), Lock: true}
	case from.Everywhere:
		return Origin{Text: web.T("relation.system", from.Who.Text), Lock: true}
	}
	return Origin{Text: web.Plain(from.Who.Text), Lock: true}
}

// origins says in words where else a permission comes from, each once.
func origins(b service.RelationBox) []Origin {
	var list []Origin
	for _, from := range b.From {
		o := originOf(from)
		same := func(p Origin) bool { return p.Text.Key == o.Text.Key && slices.Equal(p.Text.Args, o.Text.Args) }
		if !slices.ContainsFunc(list, same) {
			list = append(list, o)
		}
	}
	return list
}

func memberFields(row service.RelationRow) *SheetMember {
	m := &SheetMember{}
	if row.Member != nil {
		m.Part, m.Primary = row.Member.Part.String(), row.Member.Primary
		m.From, m.Until = row.Member.From.String(), row.Member.Until.String()
	}
	return m
}

// cameFromSheet leads back to the relation page that the reader came from; it
// is empty where he came from elsewhere.
func cameFromSheet(r *http.Request) web.Link {
	parts := strings.Split(r.URL.Query().Get("from"), "/")
	if len(parts) != 3 || !slices.Contains(service.Relations(), service.Relation(parts[0])) || parts[1] != "left" && parts[1] != "right" {
		return web.Link{}
	}
	of, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil {
		return web.Link{}
	}
	return web.Link{Label: web.T("relation.back", web.T("relation."+parts[0])), URL: sheetURL(service.Relation(parts[0]), parts[1], desk.PrincipalID(of))}
}

// recordCrumbs lead from a record to the relation page that the reader came
// from, or else to the list of its kind.
func recordCrumbs(from, list web.Link) []web.Link {
	if from.URL != "" {
		return top(from)
	}
	return top(list)
}

// relationLinks lead from a record to its relation pages.
func (h handler) relationLinks(f *frame, kind string, id desk.PrincipalID) []web.Link {
	if !f.Grants && !f.Users && !f.Customers {
		return nil
	}
	var links []web.Link
	for _, relation := range service.Relations() {
		left, right := relation.Sides()
		toRight, toLeft := "relation.to."+right, "relation.to."+left
		if left == right {
			toRight, toLeft = "relation.role.elsewhere", "relation.role.here"
		}
		if left == kind {
			links = append(links, web.Link{Label: web.T(toRight, web.T("relation."+string(relation))), URL: sheetURL(relation, "left", id)})
		}
		if right == kind {
			links = append(links, web.Link{Label: web.T(toLeft, web.T("relation."+string(relation))), URL: sheetURL(relation, "right", id)})
		}
	}
	return links
}
