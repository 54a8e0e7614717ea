package service

import (
	"context"
	"slices"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// A TicketLine is a ticket as lists show it.
type TicketLine struct {
	desk.Ticket
	QueueName string
	Requestor []Name // as far as the actor may know them
	Customers []Name
	OwnerName Name
	Asked     Name // who reported it; zero where the actor may not know him
	Updater   Name // who changed it last; zero: the system, or one whom the actor may not know
	Unread    bool // there is something new to the actor, where the filter asked for it
	// Fields are the values of the custom fields that the filter named, where
	// the actor may see them.
	Fields map[desk.FieldID][]desk.FieldValue
}

// TicketPage is a page of a list: newest first, and whether there is more.
type TicketPage struct {
	Lines []TicketLine
	More  bool
}

// Tickets returns the tickets that the actor may see, newest first.
func (s *Service) Tickets(ctx context.Context, by desk.Actor, f TicketFilter) (*TicketPage, error) {
	page := &TicketPage{}
	err := s.view(ctx, by, func(o *op) error {
		if err := o.bindFilter(ctx, &f); err != nil {
			return err
		}
		list, more, err := o.listed(ctx, f)
		if err != nil {
			return err
		}
		page.More = more
		if page.Lines, err = o.lines(ctx, list); err != nil {
			return err
		}
		return o.fillLines(ctx, page.Lines, list, f)
	})
	return page, err
}

// CountTickets returns how many tickets the actor may see, up to limit+1.
func (s *Service) CountTickets(ctx context.Context, by desk.Actor, f TicketFilter, limit int) (int, error) {
	var n int
	err := s.view(ctx, by, func(o *op) error {
		err := o.bindFilter(ctx, &f)
		if err != nil {
			return err
		}
		n, err = o.Tx.CountTickets(ctx, o.scope(desk.ShowTicket), f, limit)
		return err
	})
	return n, err
}

func (o *op) lines(ctx context.Context, list []desk.Ticket) ([]TicketLine, error) {
	queues, err := o.queueNames(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]desk.PrincipalID, 0, 5*len(list))
	for i := range list {
		t := &list[i]
		o.hideUnheard(t)
		ids = append(ids, desk.PrincipalID(t.Owner), desk.PrincipalID(t.Reporter), desk.PrincipalID(t.UpdatedBy))
		for _, h := range t.Holders {
			ids = append(ids, h.Who)
		}
	}
	names, err := o.names(ctx, ids)
	if err != nil {
		return nil, err
	}
	lines := make([]TicketLine, len(list))
	for i, t := range list {
		lines[i] = TicketLine{
			Ticket: t, QueueName: queues[t.Queue], OwnerName: names[desk.PrincipalID(t.Owner)],
			Requestor: o.known(t.In(desk.Requestor), names), Customers: o.known(t.In(desk.CustomerRole), names),
		}
		if o.mayKnow(desk.PrincipalID(t.Reporter)) {
			lines[i].Asked = names[desk.PrincipalID(t.Reporter)]
		}
		if o.mayKnow(desk.PrincipalID(t.UpdatedBy)) {
			lines[i].Updater = names[desk.PrincipalID(t.UpdatedBy)]
		}
	}
	return lines, nil
}

// hideUnheard keeps from whoever may not read comments that there was one: to
// him the ticket was last changed when he could see something of it.
func (o *op) hideUnheard(t *desk.Ticket) {
	if !o.can(desk.ShowTicketComments, access.Ticket(t.Facts())) {
		t.Updated, t.UpdatedBy, t.Version = t.Heard, t.HeardBy, 0
	}
	if !o.isAgent() {
		t.ClockDue = time.Time{} // what was agreed is between the desk and itself
	}
}

func (o *op) queueNames(ctx context.Context) (map[desk.QueueID]string, error) {
	queues, err := o.Tx.Queues(ctx)
	names := make(map[desk.QueueID]string, len(queues))
	for _, q := range queues {
		names[q.ID] = q.Name
	}
	return names, err
}

// known returns the names of those that the actor may know.
func (o *op) known(ids []desk.PrincipalID, names map[desk.PrincipalID]Name) []Name {
	var list []Name
	for _, id := range ids {
		if o.mayKnow(id) {
			list = append(list, names[id])
		}
	}
	return list
}

// mayKnow reports whether the actor may be told that a principal exists. The
// people at the desk may. A contact knows himself, the people at the desk, his
// own customers and their people: the people of one customer never learn that
// another exists.
func (o *op) mayKnow(id desk.PrincipalID) bool {
	if o.isAgent() || id == desk.PrincipalID(o.by.User) || id == 0 {
		return true
	}
	if o.e.KindOf(desk.UserID(id)) == desk.Agent {
		return true
	}
	mine := o.e.CustomersOf(o.by.User)
	if slices.Contains(mine, id) {
		return true
	}
	for _, c := range o.e.CustomersOf(desk.UserID(id)) {
		if slices.Contains(mine, c) {
			return true
		}
	}
	return o.e.IsCustomer(id) && o.can(desk.SeeCustomer, access.Customer(desk.CustomerID(id)))
}

// A TicketView is a ticket with everything that the actor may see of it.
type TicketView struct {
	desk.Ticket
	QueueName string
	Names     map[desk.PrincipalID]Name // of all that the view names and the actor may know
	Watchers  []WatcherLine
	Messages  []desk.Message
	Events    []desk.Event
	Rights    desk.RightSet // what the actor may do on it
	Squelched bool          // the actor gets no letters of it
	Quiet     bool          // he gets none since his customer's tickets are quiet for him
	Links     []Link
	Fields    []FieldShown // custom ones
	// Steps are the changes of status that the actor may make now.
	Steps []desk.Step
	// Solve is the status to which one of them leads that says that the matter is
	// solved; empty: none.
	Solve desk.Status
	// Marks are warnings that go with messages that came as letters, for the
	// people at the desk.
	Marks map[desk.MessageID][]desk.LetterMark
}

// A WatcherLine is somebody who stands in a role of a ticket or of its queue.
type WatcherLine struct {
	Role     desk.RoleID
	RoleName string
	Name     Name
	OnQueue  bool
}

// Ticket returns a ticket with all of it that the actor may see (ShowTicket).
// Comments are there for those with ShowTicketComments, the record of letters
// for those with ShowOutgoingEmail. A merged ticket is the one it went into.
func (s *Service) Ticket(ctx context.Context, by desk.Actor, id desk.TicketID) (*TicketView, error) {
	var v *TicketView
	err := s.view(ctx, by, func(o *op) error {
		t, err := o.ticketFor(ctx, desk.ShowTicket, id)
		if err != nil {
			return err
		}
		v, err = o.ticketView(ctx, t)
		return err
	})
	return v, err
}

// WholeTickets returns what Ticket returns of several tickets, in their order;
// those that the actor does not see are left out. It reads them in one go, so
// many at once should not be very many.
func (s *Service) WholeTickets(ctx context.Context, by desk.Actor, ids []desk.TicketID) ([]*TicketView, error) {
	var list []*TicketView
	err := s.view(ctx, by, func(o *op) error {
		list = nil
		var seen []*desk.Ticket
		if err := o.ReadAhead(ctx, store.Ahead{Tickets: ids, Contents: true}); err != nil {
			return err
		}
		for _, id := range ids {
			t, err := o.ticketFor(ctx, desk.ShowTicket, id)
			if desk.KindOf(err) == desk.NotFound {
				continue
			}
			if err != nil {
				return err
			}
			seen = append(seen, t)
		}
		if err := o.namesAhead(ctx, seen); err != nil {
			return err
		}
		for _, t := range seen {
			v, err := o.ticketView(ctx, t)
			if err != nil {
				return err
			}
			list = append(list, v)
		}
		return nil
	})
	return list, err
}

// namesAhead reads the names of those whom views of the tickets name.
func (o *op) namesAhead(ctx context.Context, tickets []*desk.Ticket) error {
	var ids []desk.PrincipalID
	for _, t := range tickets {
		ids = append(ids, desk.PrincipalID(t.Owner), desk.PrincipalID(t.Reporter), desk.PrincipalID(t.UpdatedBy), desk.PrincipalID(t.HeardBy))
		for _, h := range t.Holders {
			ids = append(ids, h.Who)
		}
		messages, err := o.Tx.Messages(ctx, t.ID, true, 0, 1000)
		if err != nil {
			return err
		}
		for _, m := range messages {
			ids = append(ids, desk.PrincipalID(m.Author))
		}
		watchers, err := o.QueueWatchers(ctx, t.Queue)
		if err != nil {
			return err
		}
		for _, w := range watchers {
			ids = append(ids, w.Who)
		}
	}
	_, err := o.PrincipalNames(ctx, ids)
	return err
}

func (o *op) ticketView(ctx context.Context, t *desk.Ticket) (*TicketView, error) {
	v := &TicketView{Ticket: *t, Rights: o.rightsOn(access.Ticket(t.Facts()))}
	o.hideUnheard(&v.Ticket)
	q, err := o.Tx.Queue(ctx, t.Queue)
	if err != nil {
		return nil, err
	}
	v.QueueName = q.Name
	if v.Messages, err = o.Tx.Messages(ctx, t.ID, v.Rights.Has(desk.ShowTicketComments), 0, 1000); err != nil {
		return nil, err
	}
	if err := o.offerSteps(ctx, v); err != nil {
		return nil, err
	}
	if v.Fields, err = o.ticketFields(ctx, t); err != nil {
		return nil, err
	}
	if v.Events, err = o.visibleEvents(ctx, t, v.Rights); err != nil {
		return nil, err
	}
	if v.Links, err = o.visibleLinks(ctx, t); err != nil {
		return nil, err
	}
	squelched, err := o.Squelched(ctx, t.ID)
	if err != nil {
		return nil, err
	}
	if v.Marks, err = o.marksOf(ctx, v.Messages); err != nil {
		return nil, err
	}
	v.Squelched = slices.Contains(squelched, o.by.User)
	if v.Quiet, err = o.quietOn(ctx, t); err != nil {
		return nil, err
	}
	return v, o.nameView(ctx, v)
}

// marksOf returns the warnings that go with messages. Customers are not told of
// them: who forges a letter need not learn that it was seen.
func (o *op) marksOf(ctx context.Context, messages []desk.Message) (map[desk.MessageID][]desk.LetterMark, error) {
	if !o.isAgent() {
		return nil, nil
	}
	var letters []desk.SpoolID
	for _, m := range messages {
		if m.Spool != 0 {
			letters = append(letters, m.Spool)
		}
	}
	if len(letters) == 0 {
		return nil, nil
	}
	notes, err := o.LetterNotes(ctx, letters)
	marks := map[desk.MessageID][]desk.LetterMark{}
	for _, m := range messages {
		if list := notes[m.Spool].Marks; len(list) > 0 {
			marks[m.ID] = list
		}
	}
	return marks, err
}

func (o *op) rightsOn(x access.Object) desk.RightSet {
	if o.by.IsSystem() {
		return desk.EveryRight()
	}
	return o.e.Rights(o.by.User, x)
}

// visibleEvents leaves out of the history what the actor may not see: the
// record of comments and of letters, links and merges with tickets that are
// hidden from him, and for contacts all but what concerns them.
func (o *op) visibleEvents(ctx context.Context, t *desk.Ticket, rights desk.RightSet) ([]desk.Event, error) {
	events, err := o.Tx.Events(ctx, t.ID, 0, 5000)
	if err != nil {
		return nil, err
	}
	if _, err := o.allFields(ctx); err != nil {
		return nil, err
	}
	agent := o.isAgent()
	hidden := map[desk.TicketID]bool{}
	for _, e := range events {
		for _, id := range otherTickets(e) {
			_, err := o.ticketFor(ctx, desk.ShowTicket, id)
			hidden[id] = err != nil
		}
	}
	return slices.DeleteFunc(events, func(e desk.Event) bool {
		switch e.Kind {
		case desk.EventCreated, desk.EventStatus:
			return false
		case desk.EventField:
			return !o.seesFieldEvent(t, e)
		case desk.EventMessage:
			return e.Data["kind"] == desk.Comment.String() && !rights.Has(desk.ShowTicketComments)
		case desk.EventSent:
			return !rights.Has(desk.ShowOutgoingEmail) ||
				e.Data["kind"] == string(desk.LetterComment) && !rights.Has(desk.ShowTicketComments)
		case desk.EventBounced:
			return !agent || !rights.Has(desk.ShowOutgoingEmail)
		case desk.EventApproval:
			return !agent || !rights.Has(desk.ShowTicketComments)
		case desk.EventLink, desk.EventMerged:
			return !agent || slices.ContainsFunc(otherTickets(e), func(id desk.TicketID) bool { return hidden[id] })
		}
		return !agent
	}), nil
}

// otherTickets are the tickets that an event of one ticket names.
func otherTickets(e desk.Event) []desk.TicketID {
	var out []desk.TicketID
	if e.Kind != desk.EventLink && e.Kind != desk.EventMerged {
		return nil
	}
	for _, name := range []string{"target", "into", "from", "out", "gave"} {
		if id := parseID[desk.TicketID](e.Data[name]); id != 0 {
			out = append(out, id)
		}
	}
	return out
}

// visibleLinks returns the links to tickets that the actor may see.
func (o *op) visibleLinks(ctx context.Context, t *desk.Ticket) ([]Link, error) {
	links, err := o.Tx.Links(ctx, t.ID)
	if err != nil {
		return nil, err
	}
	kept := links[:0]
	for _, link := range links {
		other := link.To
		if other == t.ID {
			other = link.From
		}
		if _, err := o.ticketFor(ctx, desk.ShowTicket, other); err == nil {
			kept = append(kept, link)
		}
	}
	return kept, nil
}

// nameView fills in the watchers and the names that the actor may know. What
// he may not know is not in the view.
func (o *op) nameView(ctx context.Context, v *TicketView) error {
	roles, err := o.Tx.Roles(ctx)
	if err != nil {
		return err
	}
	onQueue, err := o.Tx.QueueWatchers(ctx, v.Queue)
	if err != nil {
		return err
	}
	ids := []desk.PrincipalID{desk.PrincipalID(v.Owner), desk.PrincipalID(v.Reporter), desk.PrincipalID(v.UpdatedBy)}
	for _, h := range v.Holders {
		ids = append(ids, h.Who)
	}
	for _, w := range onQueue {
		ids = append(ids, w.Who)
	}
	for _, m := range v.Messages {
		ids = append(ids, desk.PrincipalID(m.Author))
	}
	for _, e := range v.Events {
		ids = append(ids, desk.PrincipalID(e.By))
		for _, field := range []string{"who", "for", "from", "to"} {
			if id := parseID[desk.PrincipalID](e.Data[field]); id != 0 {
				ids = append(ids, id)
			}
		}
	}
	names, err := o.names(ctx, ids)
	if err != nil {
		return err
	}
	for id := range names {
		if !o.mayKnow(id) {
			delete(names, id)
		}
	}
	v.Names = names
	v.Holders = slices.DeleteFunc(slices.Clone(v.Holders), func(h desk.Holder) bool { return !o.mayKnow(h.Who) })
	v.Watchers = o.watcherLines(v, roles, onQueue)
	return nil
}

func (o *op) watcherLines(v *TicketView, roles []desk.Role, onQueue []desk.Watcher) []WatcherLine {
	var lines []WatcherLine
	for _, r := range roles {
		if r.Disabled {
			continue
		}
		for _, h := range v.Holders {
			if h.Role == r.ID {
				lines = append(lines, WatcherLine{r.ID, r.Name, v.Names[h.Who], false})
			}
		}
		for _, w := range onQueue {
			if w.Role == r.ID && o.isAgent() {
				lines = append(lines, WatcherLine{r.ID, r.Name, v.Names[w.Who], true})
			}
		}
	}
	return lines
}

// Attachment returns a file with its bytes, if the actor may read the message
// that it belongs to.
func (s *Service) Attachment(ctx context.Context, by desk.Actor, id desk.AttachmentID) (*desk.Attachment, error) {
	var a *desk.Attachment
	err := s.view(ctx, by, func(o *op) error {
		none := desk.Errorf(desk.NotFound, "There is no such file.")
		found, err := o.Tx.Attachment(ctx, id)
		if desk.KindOf(err) == desk.NotFound {
			return none
		}
		if err != nil {
			return err
		}
		m, err := o.Message(ctx, found.Message)
		if err != nil {
			return err
		}
		right := desk.ShowTicket
		if m.Kind == desk.Comment {
			right = desk.ShowTicketComments
		}
		if _, err := o.ticketFor(ctx, right, m.Ticket); err != nil {
			return none
		}
		a = found
		return nil
	})
	return a, err
}

// Suggest returns users, groups and customers that a name could mean, for
// agents who choose people for tickets or administer them; contacts are told
// of their own colleagues only.
func (s *Service) Suggest(ctx context.Context, by desk.Actor, text string) ([]Name, error) {
	var list []Name
	err := s.view(ctx, by, func(o *op) error {
		text = strings.TrimSpace(text)
		if text == "" {
			return nil
		}
		if !o.isAgent() {
			return o.suggestColleagues(ctx, text, &list)
		}
		if !o.choosesPeople() {
			return nil
		}
		return o.suggest(ctx, text, &list)
	})
	return list, err
}

// choosesPeople reports whether the actor can put people on tickets anywhere,
// or administers them.
func (o *op) choosesPeople() bool {
	if o.canAny(access.System(), desk.AdminUsers, desk.AdminCustomers, desk.ModifyACL, desk.DelegateRights, desk.AdminOwnPersonalGroups) {
		return true
	}
	for _, r := range []desk.Right{desk.ModifyTicket, desk.CreateTicket, desk.SetCustomer} {
		if len(o.e.QueuesWhere(o.by.User, r)) > 0 {
			return true
		}
	}
	return false
}

const suggestions = 8

func (o *op) suggest(ctx context.Context, text string, list *[]Name) error {
	enabled := false
	customers, _, err := o.Tx.Customers(ctx, CustomerFilter{Text: text, Disabled: &enabled, Limit: suggestions})
	if err != nil {
		return err
	}
	for _, c := range customers {
		*list = append(*list, Name{ID: desk.PrincipalID(c.ID), Kind: "customer", Text: c.Name, Ref: "customer:" + c.Key})
	}
	groups, _, err := o.Tx.Groups(ctx, GroupFilter{Text: text, Disabled: &enabled, Limit: suggestions})
	if err != nil {
		return err
	}
	for i, g := range groups {
		if o.seesGroup(&groups[i]) {
			*list = append(*list, Name{ID: desk.PrincipalID(g.ID), Kind: "group", Text: g.Name, Ref: "group:" + g.Name})
		}
	}
	users, _, err := o.Tx.Users(ctx, UserFilter{Text: text, Disabled: &enabled, Limit: suggestions})
	for i := range users {
		*list = append(*list, userName(&users[i]))
	}
	return err
}

func (o *op) suggestColleagues(ctx context.Context, text string, list *[]Name) error {
	fold := desk.Fold(text)
	for _, c := range o.e.CustomersOf(o.by.User) {
		var ids []desk.PrincipalID
		for _, u := range o.e.Members(c) {
			ids = append(ids, desk.PrincipalID(u))
		}
		names, err := o.names(ctx, ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			n := names[id]
			if strings.Contains(desk.Fold(n.Text), fold) && len(*list) < suggestions && !slices.Contains(*list, n) {
				*list = append(*list, n)
			}
		}
	}
	return nil
}
