package agent

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// How many rows a list, and the pane beside a ticket, shows at once; up to
// which number the navigation counts, and how many queues it shows.
const (
	listRows   = 50
	paneRows   = 25
	countLimit = 999
	navQueues  = 20
	maxQuery   = 8000 // bytes of a query that an address carries
	manyQueues = 150  // from here on one writes a queue instead of choosing it
)

// A view is a saved way to look at tickets.
type view struct {
	name, icon string
	counted    bool
}

func views() []view {
	return []view{
		{"mine", "person", true}, {"new", "star", true}, {"open", "ticket", true}, {"watching", "eye", true}, {"stalled", "clock", true},
		{"waiting", "clock", true}, {"overdue", "warn", true}, {"soon", "clock", true}, {"recent", "check", false},
	}
}

// viewOf is the view of that name; an unknown one is that of all open tickets.
func viewOf(key desk.ViewKey) view {
	var open view
	for _, v := range views() {
		if v.name == string(key) {
			return v
		}
		if v.name == "open" {
			open = v
		}
	}
	return open
}

// A listing is what the address of a list asks for. Its query, without the
// end of the page, makes the address again.
type listing struct {
	view   string
	title  web.Text
	query  url.Values // of the list, with the end of the page
	filter service.TicketFilter
	wrong  map[string]string // sentences about fields, by name
	end    string            // of the page, where the list is sorted and has more
	here   string            // its packed address, where the page is there
	kept   url.Values        // what the saved view asks for that it is, unchanged but for its order; nil: none
}

func (l *listing) url() string { return l.at(l.query) }

// suffix is the list as the address of one of its tickets carries it.
func (l *listing) suffix() string {
	if len(l.query) == 0 {
		return ""
	}
	return "?" + l.address(l.query)
}

// plainly writes an address without the plus, for which HTML needs five signs.
func plainly(q url.Values) string {
	return strings.NewReplacer("+", "%20", "%3D", "=").Replace(q.Encode())
}

// carried is suffix for the pages of tickets: what is short of a list that is too
// long even so.
func (l *listing) carried() string {
	if all := l.suffix(); len(all) <= carriedMost {
		return all
	}
	short := maps.Clone(l.query)
	short.Del("query")
	short.Del("columns")
	short.Del("saved")
	return (&listing{query: short}).suffix()
}

// keep notes which saved view a list is, where it is one unchanged.
func (l *listing) keep(bar *service.ViewBar) {
	for i := range bar.Lines {
		v := &bar.Lines[i]
		address, err := url.ParseQuery(v.Address)
		if v.ID == 0 || err != nil || l.query.Get("saved") != string(v.Key) {
			continue
		}
		address.Set("saved", string(v.Key))
		if slices.Equal(narrowing(address), narrowing(l.query)) {
			l.kept = address
		}
	}
}

// narrowing are the values of an address that say which tickets are in a list.
func narrowing(q url.Values) []string {
	var list []string
	for _, name := range []string{"view", "queue", "status", "owner", "customer", "text", "query"} {
		list = append(list, q.Get(name))
	}
	return list
}

// addressOf is what an address asks for: one that only names a saved view asks for
// what that lists.
func addressOf(q url.Values, bar *service.ViewBar) url.Values {
	if slices.ContainsFunc(narrowing(q), func(value string) bool { return value != "" }) {
		return q
	}
	for i := range bar.Lines {
		v := &bar.Lines[i]
		if v.ID == 0 || q.Get("saved") != string(v.Key) {
			continue
		}
		if address, err := url.ParseQuery(v.Address); err == nil {
			maps.Copy(address, q)
			return address
		}
	}
	return q
}

// with is the list's address with one thing of it changed; empty: left out.
func (l *listing) with(changes ...string) string {
	q := url.Values{}
	for name, values := range l.query {
		q[name] = values
	}
	q.Del("before")
	q.Del("after")
	q.Del("end")
	for i := 0; i+1 < len(changes); i += 2 {
		q.Set(changes[i], changes[i+1])
		if changes[i+1] == "" {
			q.Del(changes[i])
		}
	}
	return l.at(q)
}

// read takes over what an address asks for.
func (l *listing) read(q url.Values) {
	for _, name := range []string{"view", "queue", "status", "owner", "customer", "text", "query", "columns", "saved", "sort", "end", "before", "after"} {
		if value := strings.TrimSpace(q.Get(name)); value != "" && (len(value) <= 200 || (name == "query" || name == "columns") && len(value) <= maxQuery) {
			l.query.Set(name, value)
		}
	}
}

// listingOf reads what a query asks for, as the address of a list has it. What
// cannot be found finds nothing and says so.
func (h handler) listingOf(r *http.Request, q url.Values, queues []desk.Queue) (*listing, error) {
	q = spread(q)
	l := &listing{view: q.Get("view"), title: web.T("view.found"), query: url.Values{}, wrong: map[string]string{}, here: r.PathValue("list")}
	l.read(q)
	l.filter = service.AddressFilter(l.query, web.Actor(r).User, queues)
	l.name(queues)
	if by, _ := l.sortedBy(); by != "" || l.byDue() {
		l.query.Del("before")
		l.query.Del("after")
	}
	l.filter.Before, l.filter.After = ticketID(l.query.Get("before")), ticketID(l.query.Get("after"))
	if err := h.readCustomer(r, l); err != nil {
		return nil, err
	}
	l.refuseLong(q)
	return l, nil
}

// refuseLong finds nothing for what is too long to be carried on, and says so.
func (l *listing) refuseLong(q url.Values) {
	for name, most := range map[string]int{"query": maxQuery, "text": 200} {
		if len(strings.TrimSpace(q.Get(name))) > most {
			l.wrong[name] = map[string]string{"query": "The query is longer than 8000 letters, so nothing was searched; shorten it.", "text": "The words are longer than 200 letters, so nothing was searched; shorten them."}[name]
			l.filter.IDs = []desk.TicketID{}
		}
	}
	if q.Has("in") {
		l.wrong["query"], l.filter.IDs = "The address of this list was cut or damaged, so nothing was searched; write the query again.", []desk.TicketID{}
	}
}

func ticketID(text string) desk.TicketID {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return desk.TicketID(n)
}

// name gives the list its title: that of its view, or of its queue.
func (l *listing) name(queues []desk.Queue) {
	for _, q := range queues {
		if l.query.Get("queue") != "" && desk.Fold(q.Name) == desk.Fold(l.query.Get("queue")) {
			l.title = web.Plain(q.Name)
		}
	}
	if _, ok := service.ShippedFilter(desk.ViewKey(l.view), 0); ok {
		l.title = web.T("view." + l.view)
	}
}

// readCustomer finds the customer whose key or name was typed.
func (h handler) readCustomer(r *http.Request, l *listing) error {
	typed := l.query.Get("customer")
	if typed == "" {
		return nil
	}
	id, sentence, err := h.findCustomer(r, typed)
	l.filter.Customers = []desk.CustomerID{id}
	if sentence != "" {
		l.wrong["customer"] = sentence
	}
	return err
}

// rows shows tickets; list is where one goes on from them.
func rows(reader web.Reader, now time.Time, lines []service.TicketLine, list *listing) []Row {
	urlOf := ticketURL
	if list != nil {
		urlOf = list.ticketURLs()
	}
	out := make([]Row, len(lines))
	for i, t := range lines {
		out[i] = Row{
			ID: int64(t.ID), URL: urlOf(t.ID), Subject: t.Subject, Requestor: requestorOf(t), Queue: t.QueueName,
			Status: string(t.Status), Updated: reader.In(t.Updated), Due: dueOf(t.ClockDue, now), Unread: t.Unread, Waited: waitedText(reader, t.Ticket.Asked, now),
		}
		if len(t.Customers) > 0 {
			out[i].Customer = web.Customer{Name: t.Customers[0].Text}
		}
		if t.Owner != 0 {
			out[i].Owner = t.OwnerName.Text
		}
	}
	return out
}

// requestorOf is the person who asks: one who stands as Requestor, else who
// reported it.
func requestorOf(t service.TicketLine) string {
	for _, n := range t.Requestor {
		if n.Kind == "user" {
			return n.Text
		}
	}
	if t.Reporter != 0 && !t.Asked.Agent {
		return t.Asked.Text
	}
	if len(t.Requestor) > 0 {
		return t.Requestor[0].Text
	}
	return ""
}

// frame is what stands around every page of the desk.
type frame struct {
	reader web.Reader
	queues []desk.Queue
	bar    *service.ViewBar
	views  []service.ViewLine // the saved ones of the bar
	held   []desk.Held
	list   *listing
	nav    []web.NavSection
}

func (h handler) frame(r *http.Request) (*frame, error) {
	f := &frame{reader: web.ReaderOf(r)}
	var err error
	if f.queues, err = h.desk.Queues(r.Context(), web.Actor(r), desk.SeeQueue); err != nil {
		return nil, err
	}
	if f.bar, err = h.desk.ViewBar(r.Context(), web.Actor(r)); err != nil {
		return nil, err
	}
	if f.list, err = h.listingOf(r, addressOf(asked(r), f.bar), f.queues); err != nil {
		return nil, err
	}
	f.list.keep(f.bar)
	for _, v := range f.bar.Lines {
		if v.ID != 0 {
			f.views = append(f.views, v)
		}
	}
	if f.held, err = h.desk.HeldReplies(r.Context(), web.Actor(r), 0); err != nil {
		return nil, err
	}
	f.nav, err = h.nav(r, f)
	return f, err
}

// list shows a list of tickets. A number leads to its ticket.
func (h handler) list(w http.ResponseWriter, r *http.Request) error {
	if id := ticketID(strings.TrimPrefix(strings.TrimSpace(r.URL.Query().Get("text")), "#")); id != 0 {
		if _, err := h.desk.Ticket(r.Context(), web.Actor(r), id); err == nil {
			http.Redirect(w, r, ticketURL(id), http.StatusSeeOther)
			return nil
		}
	}
	if to, err := h.settled(r); to != "" || err != nil {
		if err == nil {
			http.Redirect(w, r, to, http.StatusSeeOther)
		}
		return err
	}
	return h.showList(w, r, nil)
}

// showList shows the list that the address asks for; with refused, which keeping
// it as a view met, also what was typed for that.
func (h handler) showList(w http.ResponseWriter, r *http.Request, refused error) error {
	f, err := h.frame(r)
	if err != nil {
		return err
	}
	f.list.filter.Limit, f.list.filter.Unread = listRows, true
	columns, err := h.columns(r, f.list)
	if err != nil {
		return err
	}
	saved, err := h.saved(r, f, refused)
	if err != nil {
		return err
	}
	page, err := h.page(r, f.list)
	mistake := service.QueryMistake(err)
	switch {
	case mistake != nil:
		page = &service.TicketPage{}
	case err != nil:
		return err
	}
	columns.addClocks(page, f.list)
	columns.addWaited(f.list)
	columns.addSorts(f.list)
	statuses, err := h.desk.Statuses(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	rows := columns.rows(f.reader, h.desk.Now(), page.Lines, f.list)
	v := ListPage{
		Name: f.list.title, Nav: f.nav, Filter: f.list.form(f.queues, statuses), Query: queryBox(f.list, mistake), Rows: rows, Columns: *columns, Saved: saved, Pick: Pick{f.list.address(f.list.query), shown(rows)}, Pager: f.list.pager(page),
		Empty: f.list.empty(mistake != nil),
	}.View()
	if refused != nil {
		v.Status = web.StatusOf(desk.KindOf(refused))
	}
	return h.site.Show(w, r, v)
}

// empty says what to do where there is no ticket: to mend what was not understood,
// another view, or a new ticket where no view has any.
func (l *listing) empty(mistake bool) web.Empty {
	if mistake || len(l.wrong) > 0 {
		return web.Empty{Icon: "tray", Title: web.T("view.unasked.title"), Hint: web.T("view.unasked.hint"), Action: web.Link{Label: web.T("view.open"), URL: base + "/tickets?view=open"}}
	}
	hint, action, to := "view.empty.hint", "view.open", "/tickets?view=open"
	narrowed := slices.ContainsFunc(narrowing(l.query)[1:], func(value string) bool { return value != "" })
	switch {
	case narrowed:
	case l.view == "mine":
		hint, action, to = "view.empty.mine", "view.new", "/tickets?view=new"
	case l.view == "open" || l.view == "":
		hint, action, to = "view.empty.open", "nav.new", "/tickets/new"
	default:
		hint = "view.empty.view"
	}
	return web.Empty{Icon: "tray", Title: web.T("view.empty.title"), Hint: web.T(hint), Action: web.Link{Label: web.T(action), URL: base + to}}
}

// pager leads to the neighbouring pages.
func (l *listing) pager(page *service.TicketPage) web.Pager {
	if l.byDue() {
		return l.duePager(page)
	}
	if by, _ := l.sortedBy(); by != "" {
		return l.sortedPager()
	}
	var p web.Pager
	if len(page.Lines) == 0 {
		if l.filter.Before != 0 || l.filter.After != 0 {
			p.Newer = l.with()
		}
		return p
	}
	first, last := page.Lines[0].ID, page.Lines[len(page.Lines)-1].ID
	if l.filter.Before != 0 || l.filter.After != 0 && page.More {
		p.Newer = l.with("after", strconv.FormatInt(int64(first), 10))
	}
	if l.filter.After != 0 || page.More {
		p.Older = l.with("before", strconv.FormatInt(int64(last), 10))
	}
	return p
}

// form is the filter form with what is set.
func (l *listing) form(queues []desk.Queue, statuses []service.StatusName) Filter {
	f := Filter{
		View: l.query.Get("view"), Clear: base + "/tickets",
		Text:     web.Field{Name: "text", Kind: "search", Value: l.query.Get("text"), Error: l.wrong["text"]},
		Customer: web.Field{Name: "customer", Value: l.query.Get("customer"), Error: l.wrong["customer"], Suggest: "customer"},
		Queue:    choices("queue", l.query.Get("queue"), web.Option{Label: web.T("form.any")}),
		Status:   choices("status", l.query.Get("status"), web.Option{Label: web.T("form.any")}),
		Owner:    choices("owner", l.query.Get("owner"), web.Option{Label: web.T("form.any")}),
	}
	if len(queues) > manyQueues {
		f.Queue = web.Field{Name: "queue", Value: l.query.Get("queue")}
		queues = nil
	}
	for _, q := range queues {
		add(&f.Queue, l.query.Get("queue"), q.Name, web.Plain(q.Name))
	}
	add(&f.Status, l.query.Get("status"), "active", web.T("filter.active"))
	add(&f.Status, l.query.Get("status"), "inactive", web.T("filter.inactive"))
	for _, s := range statuses {
		if s.Name != desk.StatusDeleted {
			add(&f.Status, l.query.Get("status"), string(s.Name), statusText(string(s.Name)))
		}
	}
	add(&f.Owner, l.query.Get("owner"), "me", web.T("filter.owner.me"))
	add(&f.Owner, l.query.Get("owner"), "nobody", web.T("filter.owner.nobody"))
	for _, name := range []string{"queue", "status", "owner", "customer", "text"} {
		f.Narrowed = f.Narrowed || l.query.Get(name) != ""
	}
	if f.View != "" {
		f.Clear = base + "/tickets?view=" + url.QueryEscape(f.View)
	}
	return f
}

// choices is a select field with its first options.
func choices(name, chosen string, first ...web.Option) web.Field {
	f := web.Field{Name: name, Kind: "select"}
	for _, o := range first {
		o.Selected = o.Value == chosen
		f.Options = append(f.Options, o)
	}
	return f
}

func add(f *web.Field, chosen, value string, label web.Text) {
	f.Options = append(f.Options, web.Option{Value: value, Label: label, Selected: value == chosen})
}
