package admin

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// Routes adds the pages of the administration below /admin/. Agents see the
// parts for which they hold a right; others are told that there is none.
func Routes(mux *web.Mux, site *web.Site, svc *service.Service) {
	h := newHandler(site, svc)
	page := func(pattern string, serve func(http.ResponseWriter, *http.Request) error) {
		mux.Handle(pattern, site.Page(web.ForAgents(serve)))
	}
	page("GET /admin/{$}", h.overview)
	page("GET /admin/find", h.find)
	h.lookRoutes(page)
	page("GET /admin/users", h.users)
	page("POST /admin/users", h.makeUser)
	h.sources(page)
	h.postRoutes(page)
	h.erasing(page)
	page("GET /admin/users/new", h.newUser)
	page("GET /admin/users/{id}", h.user)
	page("POST /admin/users/{id}", h.weighed(handler.changeUser))
	page("POST /admin/users/{id}/merge", h.weighed(handler.mergeUser))
	page("POST /admin/users/{id}/{switch}", h.weighed(handler.switchUser))
	page("GET /admin/customers", h.customers)
	page("POST /admin/customers", h.offered(handler.makeCustomer))
	page("GET /admin/customers/{id}", h.customer)
	page("POST /admin/customers/{id}", h.weighed(handler.changeCustomer))
	page("POST /admin/customers/{id}/{switch}", h.weighed(handler.switchCustomer))
	page("POST /admin/customers/{id}/members", h.weighed(handler.addContact))
	page("POST /admin/customers/{id}/members/remove", h.weighed(handler.removeContact))
	page("POST /admin/customers/{id}/admit", h.weighed(handler.admit))
	page("POST /admin/customers/{id}/parts", h.weighed(handler.changePart))
	page("GET /admin/groups", h.groups)
	page("POST /admin/groups", h.makeGroup)
	page("GET /admin/groups/{id}", h.group)
	page("POST /admin/groups/{id}", h.changeGroup)
	page("POST /admin/groups/{id}/{switch}", h.weighed(handler.switchGroup))
	page("POST /admin/groups/{id}/members", h.weighed(handler.addMember))
	page("POST /admin/groups/{id}/members/remove", h.weighed(handler.removeMember))
	page("GET /admin/queues", h.queues)
	page("POST /admin/queues", h.offered(handler.makeQueue))
	page("GET /admin/queues/{id}", h.queue)
	page("POST /admin/queues/{id}", h.weighed(handler.changeQueue))
	page("POST /admin/queues/{id}/{switch}", h.weighed(handler.switchQueue))
	page("POST /admin/queues/{id}/watchers", h.weighed(handler.addWatcher))
	page("POST /admin/queues/{id}/watchers/remove", h.weighed(handler.removeWatcher))
	h.fieldRoutes(page)
	h.grantRoutes(page)
	page("GET /admin/relations", h.relations)
	page("GET /admin/relations/{relation}", h.relation)
	page("GET /admin/relations/{relation}/{side}/{id}", h.sheet)
	page("POST /admin/relations/{relation}/{side}/{id}", h.saveSheet)
	page("GET /admin/permissions", h.sets)
	page("POST /admin/permissions", h.makeSet)
	page("GET /admin/permissions/new", h.newSet)
	page("GET /admin/permissions/{id}", h.set)
	page("POST /admin/permissions/{id}", h.weighed(handler.changeSet))
	page("GET /admin/default-groups", h.defaults)
	page("POST /admin/default-groups/{of}", h.weighed(handler.setDefaults))
	page("GET /admin/switches", h.switches)
	page("POST /admin/switches/{switch}", h.weighed(handler.setSwitch))
	page("POST /admin/changes/{change}/take-back", h.weighed(handler.takeBack))
	page("GET /admin/ask", h.ask)
	page("GET /admin/audit", h.audit)
	page("GET /admin/audit.csv", h.exportAudit)
	page("POST /admin/audit/check", h.checkAudit)
	h.clockRoutes(page)
	h.ruleRoutes(page)
	h.blueprintRoutes(page)
	h.mailRoutes(page)
}

// lookRoutes adds the pages that say how the desk is doing.
func (h handler) lookRoutes(page func(string, func(http.ResponseWriter, *http.Request) error)) {
	h.settingRoutes(page)
	h.roleRoutes(page)
	page("GET /admin/checkup", h.checkup)
	page("GET /admin/health", h.health)
}

// sources adds the pages of where people come from.
func (h handler) sources(page func(string, func(http.ResponseWriter, *http.Request) error)) {
	page("POST /admin/users/{id}/factors/reset", h.resetFactors)
	page("POST /admin/users/{id}/sign-ins/end", h.endSignIns)
	page("GET /admin/import", h.imports)
	page("POST /admin/import", h.uploadImport)
	page("GET /admin/import/{id}", h.importFile)
	page("POST /admin/import/{id}", h.startImport)
	page("GET /admin/import/{id}/report.csv", h.importCSV)
	page("GET /admin/directories", h.directories)
	page("POST /admin/directories", h.saveDirectory)
	page("GET /admin/directories/new", h.newDirectory)
	page("POST /admin/directories/test", h.tryDirectory)
	page("GET /admin/directories/{id}", h.directory)
	page("POST /admin/directories/{id}", h.saveDirectory)
	page("POST /admin/directories/{id}/test", h.tryDirectory)
	page("POST /admin/directories/{id}/sync", h.syncDirectory)
	page("POST /admin/directories/{id}/{switch}", h.switchDirectory)
}

// fieldRoutes adds the pages of custom fields.
func (h handler) fieldRoutes(page func(string, func(http.ResponseWriter, *http.Request) error)) {
	page("GET /admin/fields", h.fields)
	page("POST /admin/fields", h.makeField)
	page("GET /admin/fields/new", h.newField)
	page("POST /admin/fields/order", h.orderFields)
	page("GET /admin/fields/{id}", h.field)
	page("POST /admin/fields/{id}", h.changeField)
	page("POST /admin/fields/{id}/{switch}", h.switchField)
	page("POST /admin/users/{id}/fields", h.fillUser)
	page("POST /admin/customers/{id}/fields", h.fillCustomer)
}

// mailRoutes adds the pages of letters that go out and that came in.
func (h handler) mailRoutes(page func(string, func(http.ResponseWriter, *http.Request) error)) {
	h.letterRoutes(page)
	h.relayRoutes(page)
	page("GET /admin/outbox", h.outbox)
	page("GET /admin/outbox/{id}", h.outgoing)
	page("POST /admin/outbox/{id}/retry", h.retryOutgoing)
	page("GET /admin/spool", h.spool)
	page("GET /admin/spool/{id}", h.spooled)
	page("POST /admin/spool/{id}/retry", h.retrySpooled)
}

// A handler answers requests for the administration's pages.
type handler struct {
	site *web.Site
	svc  *service.Service
}

// newHandler makes a handler that offers its pages to the palette.
func newHandler(site *web.Site, svc *service.Service) handler {
	h := handler{site, svc}
	site.Offer(h.offer)
	return h
}

// offer lists the pages that somebody may go to; none, where there are none.
func (h handler) offer(r *http.Request) ([]web.NavSection, error) {
	f, err := h.frame(r, "")
	if desk.KindOf(err) == desk.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return f.nav, nil
}

// A frame is what is around every page: what the reader may administer, and
// the navigation through that.
type frame struct {
	*service.Administers
	nav []web.NavSection
}

// frame refuses who administers nothing, and marks the page of that key.
func (h handler) frame(r *http.Request, current string) (*frame, error) {
	a, err := h.svc.Administers(r.Context(), web.Actor(r))
	if err != nil {
		return nil, err
	}
	if !a.Any() {
		return nil, desk.Errorf(desk.NotFound, "There is no such page.")
	}
	var nav []web.NavSection
	section := func(title web.Text, items ...web.NavItem) {
		kept := make([]web.NavItem, 0, len(items))
		for _, item := range items {
			if item.URL != "" {
				item.Current = item.Label.Key == current
				kept = append(kept, item)
			}
		}
		if len(kept) > 0 {
			nav = append(nav, web.NavSection{Title: title, Items: kept})
		}
	}
	start := item(true, "admin.overview", "home", "/admin/")
	left, err := h.svc.FirstStepsLeft(r.Context(), web.Actor(r))
	if err != nil {
		return nil, err
	}
	first := item(left > 0, "first.steps", "star", web.FirstStepsPath)
	first.Count = left
	section(web.Text{}, start, first, item(a.Users || a.Customers || a.Groups || a.Queues, "record.find", "search", "/admin/find"),
		item(true, "checkup.title", "check", "/admin/checkup"), item(a.Clocks, "health.title", "clock", "/admin/health"), item(a.Clocks, "settings.title", "pencil", settingsURL), item(a.Clocks, "languages.title", "letter", languagesURL))
	section(web.T("admin.people"), item(a.Users, "admin.users", "person", "/admin/users"),
		item(a.Customers, "admin.customers", "customer", "/admin/customers"), item(a.Groups, "admin.groups", "group", "/admin/groups"),
		item(a.Directories, "admin.directories", "swap", "/admin/directories"),
		item((&frame{Administers: a}).imports(), "import.title", "letter", "/admin/import"))
	section(web.T("admin.tickets"), item(a.Fields, "admin.fields", "pencil", "/admin/fields"))
	section(web.T("admin.access"), item(a.Queues, "admin.queues", "place", "/admin/queues"), item(a.Grants, "admin.grants", "grant", "/admin/grants"),
		item(a.Grants || a.Users || a.Customers, "admin.relations", "swap", "/admin/relations"),
		item(a.Grants, "admin.defaults", "star", "/admin/default-groups"), item(a.Sets, "admin.permissions", "role", "/admin/permissions"), item(a.Roles, "roles.title", "person", rolesURL),
		item(a.Switches, "admin.switches", "lock", "/admin/switches"),
		item(true, "admin.ask", "eye", "/admin/ask"), item(a.Audit, "admin.audit", "clock", "/admin/audit"))
	section(web.T("admin.work"), item(a.Rules, "admin.rules", "swap", "/admin/rules"), item(a.Blueprints, "admin.blueprints", "star", blueprintsURL), item(a.Clocks, "admin.clocks", "clock", clocksURL), item(a.Clocks, "admin.lifecycles", "right", lifeCyclesURL))
	section(web.T("admin.mail"), item(a.Mail, "admin.outbox", "send", "/admin/outbox"), item(a.Mail, "admin.spool", "tray", "/admin/spool"),
		item(a.Mail, "mail.accounts", "mail", "/admin/mail/accounts"), item(a.Mail, "mail.relays", "send", relaysURL), item(a.Mail, "mail.rules", "filter", "/admin/mail/rules"),
		item(a.Templates, "mail.letters", "letter", lettersURL), item(a.Mail, "mail.paused", "clock", "/admin/mail/paused"))
	return &frame{a, nav}, nil
}

// item is a link of the navigation, with an address for who may go there.
func item(may bool, key, icon, address string) web.NavItem {
	if !may {
		return web.NavItem{}
	}
	return web.NavItem{Label: web.T(key), Icon: icon, URL: address}
}

// partOf refuses who may not enter a part of the administration.
func partOf(may bool) error {
	if may {
		return nil
	}
	return desk.Errorf(desk.NotFound, "There is no such page.")
}

// pageSize is how many rows a list shows at once.
const pageSize = 50

// urlOf is the page about a principal; empty: there is none.
func urlOf(n service.Name) string {
	switch n.Kind {
	case "user", "group", "customer", "queue":
		return "/admin/" + n.Kind + "s/" + strconv.FormatInt(int64(n.ID), 10)
	}
	return ""
}

func iconOf(n service.Name) string {
	switch n.Kind {
	case "user":
		return "person"
	case "customer":
		return "customer"
	}
	return "group"
}

func person(n service.Name) web.Person {
	return web.Person{Name: n.Text, URL: urlOf(n), Agent: n.Agent}
}

func placeURL(kind string, id int64) string {
	return "/admin/" + kind + "s/" + strconv.FormatInt(id, 10)
}

// next is the address of the following page of the list that the request shows.
func next(r *http.Request, key, value string) string {
	query := r.URL.Query()
	query.Del("after")
	query.Del("before")
	query.Set(key, value)
	return r.URL.Path + "?" + query.Encode()
}

// seenState is a short mark of a thing as a form shows it. What is sent with
// the mark of another state was made for a page that is out of date.
func seenState(thing any) string {
	sum := sha256.Sum256([]byte(fmt.Sprintf("%+v", thing)))
	return hex.EncodeToString(sum[:8])
}

// stale refuses a form that shows another state than the thing is in.
func stale(r *http.Request, now string) error {
	if r.PostFormValue("seen") == now {
		return nil
	}
	return desk.Errorf(desk.Conflict, "Somebody changed this while you looked at it. What you typed stands in the form; compare it with how things are now, then save again.")
}

// showRefused shows a page whose form was not taken, and other errors as what
// they are.
func (h handler) showRefused(w http.ResponseWriter, r *http.Request, v web.View, err error) error {
	switch kind := desk.KindOf(err); kind {
	case desk.Invalid, desk.Conflict, desk.Forbidden:
		v.Status = web.StatusOf(kind)
		return h.site.Show(w, r, v)
	}
	return err
}

func (h handler) done(w http.ResponseWriter, r *http.Request, to string, text web.Text) error {
	return h.site.Done(w, r, to, web.Notice{Level: "good", Text: text})
}

// contacted says what a test of something outside came to: that it works, or why
// it does not.
func (h handler) contacted(w http.ResponseWriter, r *http.Request, to string, err error, works web.Text) error {
	switch {
	case desk.KindOf(err) == desk.Unavailable:
		return h.site.Done(w, r, to, web.Notice{Level: "bad", Text: web.Plain(desk.Sentence(err))})
	case err != nil:
		return err
	}
	return h.done(w, r, to, works)
}

// switched reads whether a thing is to be disabled or enabled.
func switched(r *http.Request) (disable bool, err error) {
	switch r.PathValue("switch") {
	case "disable":
		return true, nil
	case "enable":
		return false, nil
	}
	return false, desk.Errorf(desk.NotFound, "There is no such page.")
}

func switchedText(name string, disabled bool) web.Text {
	if disabled {
		return web.T("admin.done.disabled", name)
	}
	return web.T("admin.done.enabled", name)
}

// options makes the choices of a select: values and the keys of their labels.
func options(chosen string, pairs ...string) []web.Option {
	var list []web.Option
	for i := 0; i+1 < len(pairs); i += 2 {
		list = append(list, web.Option{Value: pairs[i], Label: web.T(pairs[i+1]), Selected: pairs[i] == chosen})
	}
	return list
}

// empty is what stands where a list has no rows.
func empty(r *http.Request) web.Empty {
	if r.URL.RawQuery == "" {
		return web.Empty{Icon: "plus", Title: web.T("admin.none.title"), Hint: web.T("admin.none.hint")}
	}
	e := web.Empty{Icon: "search", Title: web.T("admin.empty.title"), Hint: web.T("admin.empty.hint")}
	e.Action = web.Link{Label: web.T("filter.clear"), URL: (&url.URL{Path: r.URL.Path}).String()}
	return e
}
