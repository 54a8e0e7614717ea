package agent

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

// A draft is what somebody typed into a form of a ticket's page that was
// refused, with why.
type draft struct {
	err      error
	kind     desk.MessageKind // of the message; zero: it was another form
	text     string
	also     string
	status   string
	seen     desk.MessageID
	hadFiles bool
	watcher  string // who was to be added, and as what
	role     string
	// step is the status that a message is to bring, and with which sort of it.
	step, with string
	read       desk.MessageID // up to which the reader had read the ticket; zero: never
}

// ticket shows one ticket.
func (h handler) ticket(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.TicketID](r, "id")
	if err != nil {
		return err
	}
	read, err := h.read(r, id)
	if err != nil {
		return err
	}
	page, err := h.ticketPage(r, id, draft{read: read, step: r.URL.Query().Get("step"), with: r.URL.Query().Get("with")})
	if err != nil {
		return err
	}
	v := page.View()
	if desk.TicketID(page.ID) != id { // a link to a ticket that was merged
		v.Notices = []web.Notice{{Level: "warn", Text: web.T("kin.merge.done", id.String(), desk.TicketID(page.ID).String())}}
	}
	return h.site.Show(w, r, v)
}

// again shows the ticket's page as it is now with the form that was refused:
// why, and what was typed. Where the ticket is out of reach meanwhile, or
// nothing can be mended, the error has its own page.
func (h handler) again(w http.ResponseWriter, r *http.Request, id desk.TicketID, d draft) error {
	if kind := desk.KindOf(d.err); kind != desk.Invalid && kind != desk.Conflict && kind != desk.TooLarge {
		return d.err
	}
	page, err := h.ticketPage(r, id, d)
	if err != nil {
		return d.err
	}
	v := page.View()
	v.Status = web.StatusOf(desk.KindOf(d.err))
	if d.kind == 0 && d.watcher == "" {
		v.Notices = []web.Notice{{Level: "bad", Text: web.Plain(refusedFor(d.err))}}
	}
	return h.site.Show(w, r, v)
}

// An opened ticket is all that its page is made of.
type opened struct {
	*frame
	*service.TicketView
	beside *service.Beside
	queues map[desk.QueueID]string
	step   desk.Status // that one is about to take alone; empty: none
}

func (h handler) opened(r *http.Request, id desk.TicketID) (*opened, error) {
	v, err := h.desk.Ticket(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, err
	}
	o := &opened{TicketView: v, queues: map[desk.QueueID]string{}}
	if o.beside, err = h.desk.Beside(r.Context(), web.Actor(r), id); err != nil {
		return nil, err
	}
	if o.frame, err = h.frame(r); err != nil {
		return nil, err
	}
	for _, q := range o.frame.queues {
		o.queues[q.ID] = q.Name
	}
	return o, nil
}

func (h handler) ticketPage(r *http.Request, id desk.TicketID, d draft) (*TicketPage, error) {
	o, err := h.opened(r, id)
	if err != nil {
		return nil, err
	}
	if d.with == "" {
		o.step = desk.Status(d.step)
	}
	page := &TicketPage{
		ID: int64(o.ID), URL: ticketURL(o.ID), Subject: o.Subject, Status: string(o.Status), Queue: o.QueueName, Version: o.Version,
		Opened: o.reader.In(o.Created), Nav: o.nav, ListTitle: o.list.title, ListURL: o.list.url(), ListQuery: strings.TrimPrefix(o.list.carried(), "?"), Priority: o.Priority,
		Readers: o.beside.Readers, Kin: len(o.Links), MergedInto: int64(o.MergedInto),
	}
	t := teller{reader: o.reader, ticket: o.TicketView, desk: h.desk.Name(), queues: o.queues, may: o.MergedInto == 0, all: r.URL.Query().Get("all") != "", read: d.read}
	var older bool
	if page.Entries, older = t.entries(); older {
		page.Older = page.URL + o.list.all()
	}
	for i := range o.Messages {
		for _, a := range o.Messages[i].Attachments {
			if !a.Inline {
				page.Files = append(page.Files, file(a))
			}
		}
	}
	if err := h.fillList(r, o, page); err != nil {
		return nil, err
	}
	if err := h.fillSuggestions(r, o, page); err != nil {
		return nil, err
	}
	for _, fill := range []func(*http.Request, *opened, *TicketPage) error{h.fillClocks, h.fillRatings, h.fillReminders, h.fillApprovals} {
		if err := fill(r, o, page); err != nil {
			return nil, err
		}
	}
	present, err := h.desk.Attending(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, err
	}
	page.Here = heres(present)
	o.fillHeld(page, h.desk.Now())
	o.fillPlan(page, h.desk.Now())
	o.fillFacts(page)
	o.fillFields(r, page, d)
	o.fillPeople(page, d)
	o.fillCompany(page)
	page.fillRefused(r, d.err)
	return page, h.fillComposer(r, o, page, d)
}

// all is the list as the page of a ticket carries it that shows all its messages.
func (l *listing) all() string {
	return "?all=1" + strings.Replace(l.carried(), "?", "&", 1)
}

// openList is the list of all that is open.
func openList() *listing {
	return &listing{view: "open", title: web.T("view.open"), query: url.Values{"view": {"open"}}, filter: service.TicketFilter{Activity: service.OnlyActive}}
}

// fillList shows the list from which the ticket was opened.
func (h handler) fillList(r *http.Request, o *opened, page *TicketPage) error {
	if len(o.list.query) == 0 {
		*o.list = *openList()
		page.ListTitle, page.ListURL = o.list.title, o.list.url()
	}
	o.list.filter.Limit, o.list.filter.Unread = paneRows, true
	list, err := h.page(r, o.list)
	if err != nil {
		return err
	}
	page.Query, page.List = o.list.carried(), rows(o.reader, h.desk.Now(), list.Lines, o.list)
	for i := range page.List {
		page.List[i].Current = page.List[i].ID == page.ID
	}
	return nil
}

// fillFields shows the custom fields; the form that was refused keeps what was
// typed.
func (o *opened) fillFields(r *http.Request, page *TicketPage, d draft) {
	page.Fields = web.Customs(o.reader, o.TicketView.Fields)
	for i := range page.Fields {
		f := &page.Fields[i]
		if d.err != nil && f.Form != nil && r.PostForm.Has(f.Seen.Name) && !web.RetypeCustoms(r, d.err, f.Form) {
			f.Form.Error = desk.Sentence(d.err)
		}
	}
}

// may reports whether the reader holds one of some rights on the ticket.
func (o *opened) may(rights ...desk.Right) bool {
	for _, r := range rights {
		if o.Rights.Has(r) {
			return o.MergedInto == 0
		}
	}
	return false
}

// fillFacts offers the ticket's own facts for change where they may be.
func (o *opened) fillFacts(page *TicketPage) {
	me := o.reader.Actor.User
	if o.Ticket.Owner != 0 {
		page.Owner.Person = person(o.reader, o.Names[desk.PrincipalID(o.Ticket.Owner)])
	}
	mine, nobodys := o.Ticket.Owner == me, o.Ticket.Owner == 0
	page.Owner.Take = nobodys && o.may(desk.TakeTicket, desk.ModifyTicket, desk.ReassignTicket) && o.may(desk.OwnTicket)
	page.Owner.Steal = !nobodys && !mine && o.may(desk.StealTicket, desk.ModifyTicket, desk.ReassignTicket) && o.may(desk.OwnTicket)
	page.Owner.Untake = mine && o.may(desk.ModifyTicket, desk.ReassignTicket)
	if give := choices("owner", ""); o.may(desk.ReassignTicket) || o.may(desk.ModifyTicket) && (mine || nobodys) {
		give.Form = "owner-"
		for _, n := range o.beside.Owners {
			if n.ID != desk.PrincipalID(o.Ticket.Owner) {
				add(&give, "", strconv.FormatInt(int64(n.ID), 10), web.Plain(n.Text))
			}
		}
		if len(give.Options) > 0 {
			page.Owner.Give = &give
		}
	}
	o.fillSteps(page)
	if o.may(desk.ModifyTicket) {
		subject := web.Field{Form: "facts-", Name: "subject", Value: o.Subject, Required: true}
		page.SubjectForm = &subject
		page.QueueForm = o.queueForm()
	}
	if o.may(desk.ModifyTicket, desk.SetPriority) {
		priority := web.Field{Form: "facts-", Name: "priority", Kind: "number", Value: strconv.Itoa(o.Priority)}
		page.PriorityForm = &priority
	}
}

func (o *opened) addStatuses(f *web.Field, chosen string) {
	for _, s := range o.Steps {
		add(f, chosen, string(s.To), statusText(string(s.To)))
	}
}

// fillSteps offers the changes of status that the reader may make: those with a
// label as buttons, all in a form.
func (o *opened) fillSteps(page *TicketPage) {
	if len(o.Steps) == 0 {
		return
	}
	status := choices("status", "")
	status.Form = "status-"
	o.addStatuses(&status, string(o.step))
	status.Autofocus = o.step != ""
	page.StatusForm = &status
	for _, s := range o.Steps {
		right := desk.ReplyToTicket
		if s.Does == desk.StepComment {
			right = desk.CommentOnTicket
		}
		if s.Label == "" || s.Does != desk.StepPlain && !o.may(right) {
			continue
		}
		button := StepButton{Label: web.Known("step.", s.Label), To: string(s.To)}
		if s.Does != desk.StepPlain {
			q := url.Values{"step": {string(s.To)}, "with": {string(s.Does)}}
			for name, values := range o.list.query {
				q[name] = values
			}
			button.URL = page.URL + "?" + q.Encode() + "#compose"
		}
		page.Steps = append(page.Steps, button)
	}
}

// queueForm chooses another queue; the service knows which of them take
// tickets from the reader.
func (o *opened) queueForm() *web.Field {
	f := choices("queue", "")
	f.Form = "queue-"
	for _, q := range o.frame.queues {
		if q.ID != o.Queue && !q.Disabled && len(f.Options) < manyQueues {
			add(&f, "", strconv.FormatInt(int64(q.ID), 10), web.Plain(q.Name))
		}
	}
	if len(f.Options) == 0 {
		return nil
	}
	return &f
}

// fillPeople shows who stands in which role.
func (o *opened) fillPeople(page *TicketPage, d draft) {
	for _, id := range []desk.RoleID{desk.Requestor, desk.Cc, desk.AdminCc} {
		page.Roles = append(page.Roles, o.role(id, roleText(id, "")))
	}
	var shown desk.RoleSet
	for _, w := range o.Watchers {
		if w.Role >= desk.FirstOwnRole && !shown.Has(w.Role) {
			shown |= desk.RolesOf(w.Role)
			page.Roles = append(page.Roles, o.role(w.Role, web.Plain(w.RoleName)))
		}
	}
	if !o.may(desk.ModifyTicket) {
		page.Watch = o.watchOneself(d)
		return
	}
	role := choices("role", d.role)
	role.Form = "watch-"
	for _, id := range []desk.RoleID{desk.Cc, desk.AdminCc, desk.Requestor} {
		add(&role, d.role, strconv.Itoa(int(id)), roleText(id, ""))
	}
	page.Watch = &NewWatcher{Role: role, Who: web.Field{Form: "watch-", Name: "who", Required: true, Value: d.watcher, Suggest: "all"}}
	if d.watcher != "" {
		page.Watch.Who.Error = desk.Sentence(d.err)
	}
}

func (o *opened) standsSelf(role desk.RoleID) bool {
	return o.Facts().Stands(desk.PrincipalID(o.reader.Actor.User), desk.RolesOf(role))
}

// watchOneself is the form for who may only add himself.
func (o *opened) watchOneself(d draft) *NewWatcher {
	role := choices("role", d.role)
	role.Form = "watch-"
	if o.may(desk.Watch) && !o.standsSelf(desk.Cc) {
		add(&role, d.role, strconv.Itoa(int(desk.Cc)), roleText(desk.Cc, ""))
	}
	if o.may(desk.WatchAsAdminCc) && !o.standsSelf(desk.AdminCc) {
		add(&role, d.role, strconv.Itoa(int(desk.AdminCc)), roleText(desk.AdminCc, ""))
	}
	if len(role.Options) == 0 {
		return nil
	}
	return &NewWatcher{Role: role, Myself: true}
}

// role is one of the ticket's roles with those who stand in it.
func (o *opened) role(id desk.RoleID, name web.Text) Role {
	role := Role{Name: name}
	me := desk.PrincipalID(o.reader.Actor.User)
	for _, w := range o.Watchers {
		if w.Role != id {
			continue
		}
		shown := Watcher{Person: person(o.reader, w.Name)}
		if w.Name.Kind == "customer" {
			shown = Watcher{Customer: customer(o.reader, w.Name)}
		}
		self := w.Name.ID == me && (id != desk.AdminCc && o.may(desk.Watch) || id == desk.AdminCc && o.may(desk.WatchAsAdminCc))
		switch {
		case w.OnQueue:
			shown.Note = web.T("ticket.onqueue")
		case o.may(desk.ModifyTicket) || self:
			shown.Remove = strconv.Itoa(int(id)) + ":" + strconv.FormatInt(int64(w.Name.ID), 10)
		}
		role.Watchers = append(role.Watchers, shown)
	}
	return role
}

// fillCompany shows for whom the ticket is.
func (o *opened) fillCompany(page *TicketPage) {
	company := &page.Company
	var names []string
	for i, id := range o.In(desk.CustomerRole) {
		n := o.Names[id]
		names = append(names, n.Text)
		tag := customer(o.reader, n)
		if i == 0 {
			company.Tag = tag
			if len(o.beside.Others) > 0 && o.beside.MoreOthers {
				company.More = base + "/tickets?" + url.Values{"customer": {strings.TrimPrefix(n.Ref, "customer:")}, "status": {"active"}}.Encode()
			}
			continue
		}
		company.Also = append(company.Also, tag)
	}
	if o.may(desk.ModifyTicket, desk.SetCustomer) {
		company.Set = &web.Field{Form: "customer-", Name: "customer", Suggest: "customer"}
	}
	if len(names) > 0 {
		company.Sharing = sharingText(o.Sharing, strings.Join(names, ", "))
		if o.may(desk.ModifyTicket) {
			company.Share = sharingField("share-", o.Sharing.String())
		}
	}
	for _, c := range o.beside.Contacts {
		company.Contacts = append(company.Contacts, Contact{Person: person(o.reader, c.Name), Part: web.T("part." + c.Part.String())})
	}
	company.MoreContacts = o.beside.MoreContacts
	company.Open = rows(o.reader, time.Time{}, o.beside.Others, nil)
}

func sharingText(s desk.Sharing, customers string) web.Text {
	if s == desk.Private {
		return web.T("sharing.private")
	}
	return web.T("sharing."+s.String(), customers)
}

func sharingField(form, chosen string) *web.Field {
	f := choices("sharing", chosen)
	f.Form = form
	for _, s := range []desk.Sharing{desk.Shared, desk.ManagersOnly, desk.Private} {
		add(&f, chosen, s.String(), web.T("sharing."+s.String()+".short"))
	}
	return &f
}
