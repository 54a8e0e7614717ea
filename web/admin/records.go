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

// ticketsCounted is up to how many tickets a record counts.
const ticketsCounted = 999

// A Related is what a record shows of what is around the thing: tickets, the
// customers above and below, and what was changed.
type Related struct {
	Tickets []web.Link
	Counts  []web.Text // of Tickets
	Above   []Membership
	Below   []Membership
	History []web.Event
	AllOfIt string // URL of all that was done to it; empty: may not see the log
	Add     bool   // who looks can add subsidiaries
}

// A FindPage looks for people, customers, groups and queues at once.
type FindPage struct {
	Nav   []web.NavSection
	Text  web.Field
	Asked bool // something was looked for
	Found []Found
	Empty web.Empty
}

// Found are the things of one kind that a search found.
type Found struct {
	Label web.Text
	Rows  []Membership
	More  bool
}

// View makes the page ready to be shown.
func (p FindPage) View() web.View {
	return web.View{Template: "admin/find", Title: web.T("record.find"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// foundShown is how many things of each kind a search shows.
const foundShown = 10

// find looks for a text in all kinds of things that the reader administers.
func (h handler) find(w http.ResponseWriter, r *http.Request) error {
	f, err := h.frame(r, "record.find")
	if err != nil {
		return err
	}
	if err := partOf(f.Users || f.Customers || f.Groups || f.Queues); err != nil {
		return err
	}
	text := strings.TrimSpace(r.URL.Query().Get("text"))
	page := FindPage{Nav: f.nav, Text: web.Field{Name: "text", Kind: "search", Value: text, Autofocus: text == ""}, Asked: text != "", Empty: empty(r)}
	for _, part := range []struct {
		may  bool
		find func(*http.Request, string) (Found, error)
	}{{f.Users, h.findUsers}, {f.Customers, h.findCustomers}, {f.Groups, h.findGroups}, {f.Queues, h.queuesNamed}} {
		if !part.may || text == "" {
			continue
		}
		found, err := part.find(r, text)
		if err != nil {
			return err
		}
		if len(found.Rows) > 0 {
			page.Found = append(page.Found, found)
		}
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) findUsers(r *http.Request, text string) (Found, error) {
	list, more, err := h.svc.Users(r.Context(), web.Actor(r), service.UserFilter{Text: text, Limit: foundShown})
	found := Found{Label: web.T("admin.users"), More: more}
	for _, u := range list {
		found.Rows = append(found.Rows, Membership{Name: u.Called(), URL: placeURL("user", int64(u.ID)), Kind: "person",
			Part: web.Plain(strings.Join([]string{u.Login, u.Address()}, " · ")), Disabled: u.Disabled})
	}
	return found, err
}

func (h handler) findCustomers(r *http.Request, text string) (Found, error) {
	list, more, err := h.svc.Customers(r.Context(), web.Actor(r), service.CustomerFilter{Text: text, Limit: foundShown})
	found := Found{Label: web.T("admin.customers"), More: more}
	for i := range list {
		c := &list[i]
		found.Rows = append(found.Rows, Membership{Name: c.Name, URL: placeURL("customer", int64(c.ID)), Kind: "customer",
			Part: web.Plain(aboutCustomer(c)), Disabled: c.Disabled})
	}
	return found, err
}

func (h handler) findGroups(r *http.Request, text string) (Found, error) {
	list, more, err := h.svc.Groups(r.Context(), web.Actor(r), service.GroupFilter{Text: text, Limit: foundShown})
	found := Found{Label: web.T("admin.groups"), More: more}
	for _, g := range list {
		found.Rows = append(found.Rows, Membership{Name: g.Name, URL: placeURL("group", int64(g.ID)), Kind: "group",
			Part: web.Plain(g.Description), Disabled: g.Disabled})
	}
	return found, err
}

func (h handler) queuesNamed(r *http.Request, text string) (Found, error) {
	list, err := h.svc.Queues(r.Context(), web.Actor(r), desk.AdminQueue)
	found := Found{Label: web.T("admin.queues")}
	for _, q := range list {
		if !strings.Contains(desk.Fold(q.Name+" "+q.Address), desk.Fold(text)) {
			continue
		}
		if found.More = len(found.Rows) == foundShown; found.More {
			break
		}
		found.Rows = append(found.Rows, Membership{Name: q.Name, URL: placeURL("queue", int64(q.ID)), Kind: "place",
			Part: web.Plain(q.Description), Disabled: q.Disabled})
	}
	return found, err
}

// ticketLinks lead to the open and the closed tickets that a filter and a query
// of the same meaning find, with how many the reader may see.
func (h handler) ticketLinks(r *http.Request, f service.TicketFilter, query string, to *Related) error {
	open, closed := f, f
	open.Activity, closed.Activity = service.OnlyActive, service.OnlyInactive
	counts, err := h.svc.CountEach(r.Context(), web.Actor(r), []service.TicketFilter{open, closed}, ticketsCounted)
	if err != nil || counts == nil {
		return err
	}
	for i, kind := range []struct{ key, status string }{{"record.open", "__Active__"}, {"record.closed", "__Inactive__"}} {
		address := "/agent/tickets?" + url.Values{"query": {query + " AND Status = '" + kind.status + "'"}}.Encode()
		to.Tickets = append(to.Tickets, web.Link{Label: web.T(kind.key), URL: address})
		to.Counts = append(to.Counts, counted(counts[i]))
	}
	return nil
}

func counted(n int) web.Text {
	if n > ticketsCounted {
		return web.T("record.many", ticketsCounted)
	}
	return web.Plain(strconv.Itoa(n))
}

// quoted writes a text as a value of the query language.
func quoted(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(text) + "'"
}

// aroundCustomer finds what is around a customer.
func (h handler) aroundCustomer(r *http.Request, c *desk.Customer, may service.Manages) (*Related, error) {
	facts, err := h.svc.AboutCustomer(r.Context(), web.Actor(r), c.ID)
	if err != nil {
		return nil, err
	}
	around := &Related{History: changeEvents(web.ReaderOf(r), facts.History), Add: may.People, AllOfIt: auditLink("customer:"+c.Key, facts.History)}
	for _, n := range facts.Above {
		around.Above = append(around.Above, Membership{Name: n.Text, URL: urlOf(n), Kind: iconOf(n), Disabled: n.Disabled})
	}
	for _, m := range facts.Below {
		row := Membership{Name: m.Name.Text, URL: urlOf(m.Name), Kind: iconOf(m.Name), Part: web.T("part." + m.Part.String()), Disabled: m.Name.Disabled}
		if may.People {
			row.Remove = memberNumber(m.Membership)
		}
		around.Below = append(around.Below, row)
	}
	filter := service.TicketFilter{Customers: []desk.CustomerID{c.ID}}
	return around, h.ticketLinks(r, filter, "Customer.Key = "+quoted(c.Key), around)
}

// aroundUser puts on a user's page what the desk knows of him besides his data.
func (h handler) aroundUser(r *http.Request, u *desk.User, page *UserPage) error {
	facts, err := h.svc.AboutUser(r.Context(), web.Actor(r), u.ID)
	if err != nil {
		return err
	}
	reader := web.ReaderOf(r)
	page.Related = &Related{History: changeEvents(reader, facts.History), AllOfIt: auditLink("user:"+u.Login, facts.History)}
	for _, s := range facts.Sessions {
		page.SignIns = append(page.SignIns, SignIn{What: web.Plain(web.BrowserName(s.Agent)), Where: s.Address, At: reader.In(s.Seen)})
	}
	tokens := facts.Tokens
	if mine, err := h.svc.Tokens(r.Context(), web.Actor(r), u.ID); err == nil {
		tokens = mine // which he may end, too
	} else if kind := desk.KindOf(err); kind != desk.Forbidden && kind != desk.NotFound {
		return err
	}
	queues, err := h.tokenQueues(r, tokens)
	if err != nil {
		return err
	}
	for _, t := range tokens {
		row := SignIn{What: web.T("record.token", t.Name), May: web.TokenMay(reader, t.Scope, queues), Token: t.Digest}
		if !t.Until.IsZero() {
			row.Until = reader.In(t.Until)
		}
		if !t.LastUsed.IsZero() {
			row.At = reader.In(t.LastUsed)
		}
		page.SignIns = append(page.SignIns, row)
	}
	page.fromDirectory(facts)
	if page.Form != nil {
		f, err := h.svc.FactorsOf(r.Context(), web.Actor(r), u.ID)
		if err != nil {
			return err
		}
		page.Codes, page.Passkeys = !f.App.IsZero(), len(f.Passkeys)
	}
	// Where his company takes his place, he stands on none of the tickets that he reported.
	his := "(Requestor.Name = " + quoted(u.Login) + " OR Creator = " + quoted(u.Login) + ")"
	return h.ticketLinks(r, service.TicketFilter{Query: his}, his, page.Related)
}

// fromDirectory marks what of a user a directory says.
func (p *UserPage) fromDirectory(facts *service.UserFacts) {
	if facts.Directory == "" {
		return
	}
	p.Source = web.T("record.directory", facts.Directory)
	if facts.Gone {
		p.Source = web.T("record.gone", facts.Directory)
	}
	if p.Form == nil {
		return
	}
	for _, f := range []*web.Field{&p.Form.Login, &p.Form.Name, &p.Form.Address} {
		f.Readonly = true
	}
}

// sourceText says from where a membership is.
func sourceText(m desk.Membership) web.Text {
	switch m.Source {
	case "hand", "domain", "import", "merge":
		return web.T("record.source." + m.Source)
	}
	return web.T("record.source.named", m.Source)
}

// daysText says from when until when a membership is; zero: always.
func daysText(m desk.Membership) web.Text {
	switch {
	case m.From != 0 && m.Until != 0:
		return web.T("record.days", m.From.String(), m.Until.String())
	case m.From != 0:
		return web.T("record.from", m.From.String())
	case m.Until != 0:
		return web.T("record.until", m.Until.String())
	}
	return web.Text{}
}

// resetFactors takes the second factors of somebody away who has lost them.
func (h handler) resetFactors(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.UserID](r, "id")
	if err != nil {
		return err
	}
	if err := h.svc.ResetFactors(r.Context(), web.Actor(r), id); err != nil {
		return err
	}
	return h.done(w, r, placeURL("user", int64(id)), web.T("factors.done"))
}

// tokenQueues are the queues that the reader sees, where a token is limited to
// some.
func (h handler) tokenQueues(r *http.Request, tokens []desk.Token) ([]desk.Queue, error) {
	if !slices.ContainsFunc(tokens, func(t desk.Token) bool { return strings.Contains(t.Scope, "queue:") }) {
		return nil, nil
	}
	return h.svc.Queues(r.Context(), web.Actor(r), desk.SeeQueue)
}
