package api

import (
	"context"
	"strconv"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) ticketRoutes() []route {
	return []route{
		shows(h, what{"listTickets", "GET /tickets", "ShowTicket", "Tickets that you may see, newest first"}, h.listTickets),
		shows(h, what{"countTickets", "GET /tickets/count", "ShowTicket", "How many tickets you may see"}, h.countTickets),
		makes(h, what{"openTicket", "POST /tickets", "CreateTicket in the queue", "Open a ticket"}, "/tickets", h.openTicket).withFiles(),
		shows(h, what{"getTicket", "GET /tickets/{id}", "ShowTicket", "A ticket with who stands on it and what you may do"}, h.getTicket),
		does(h, what{"changeTicket", "PATCH /tickets/{id}", "ModifyTicket; SetPriority for the priority, DeleteTicket for the status deleted, TakeTicket, StealTicket or ReassignTicket for the owner, CreateTicket or MoveIntoQueue where it goes", "Change status, owner, queue, or subject, priority and sharing"}, h.changeTicket),
		shows(h, what{"listEvents", "GET /tickets/{id}/events", "ShowTicket; ShowTicketComments and ShowOutgoingEmail for what they cover", "The history of a ticket, oldest first"}, h.listEvents),
		shows(h, what{"ticketClocks", "GET /tickets/{id}/clocks", "ShowTicket, for the people at the desk", "The clocks of a ticket: those that run, and the last ones that ended"}, h.ticketClocks),
		shows(h, what{"listAgreements", "GET /agreements", "ShowConfigTab", "What is agreed about clocks, and for which tickets"}, h.listAgreements),
		shows(h, what{"whoSees", "GET /tickets/{id}/who-sees", "ShowTicket", "Who of the customers' side sees the ticket"}, h.whoSees),
	}
}

// A Ticket is a ticket as lists show it.
type Ticket struct {
	ID         int64  `json:"id"`
	Queue      Thing  `json:"queue"`
	Subject    string `json:"subject"`
	Status     string `json:"status"`
	Priority   int    `json:"priority"`
	Sharing    string `json:"sharing" enum:"shared,managers,private"`
	Requestors []Who  `json:"requestors" nullable:"false"`
	Customers  []Who  `json:"customers" nullable:"false"`
	Owner      *Who   `json:"owner,omitempty"`
	UpdatedBy  *Who   `json:"updated_by,omitempty" doc:"Who changed it last; none: the desk itself. For the people at the desk."`

	Created  *time.Time `json:"created"`
	Updated  *time.Time `json:"updated,omitempty" doc:"For the people at the desk: internal comments move it."`
	Told     *time.Time `json:"told,omitempty" doc:"When the customer was last written to."`
	Resolved *time.Time `json:"resolved,omitempty"`
	Due      *time.Time `json:"due,omitempty"`
	ClockDue *time.Time `json:"clock_due,omitempty" doc:"When the most urgent clock is due. For the people at the desk."`
}

// A TicketView is a ticket with what the caller may see of it; messages and
// the whole history are lists of their own.
type TicketView struct {
	Ticket
	Reporter   *Who          `json:"reporter,omitempty"`
	MergedInto int64         `json:"merged_into,omitempty"`
	Version    int64         `json:"version,omitempty" doc:"Send it with a change, to be refused if somebody was faster."`
	Rights     []string      `json:"rights" nullable:"false" doc:"What you may do on it."`
	Squelched  bool          `json:"squelched" doc:"You get no letters of it."`
	Quiet      bool          `json:"quiet,omitempty" doc:"You get no letters of it since of the tickets of your company you are told only where you stand yourself."`
	Watchers   []Watcher     `json:"watchers" nullable:"false"`
	Links      []Link        `json:"links" nullable:"false"`
	Fields     []FieldValues `json:"fields" nullable:"false" doc:"Custom fields, as far as you may see them."`
	Events     []Event       `json:"events" nullable:"false" doc:"The last entries of the history."`
}

// A Link is a link between two tickets.
type Link struct {
	From int64  `json:"from"`
	To   int64  `json:"to"`
	Type string `json:"type"`
}

func (c caller) ticket(t *desk.Ticket, queue string) Ticket {
	wire := Ticket{
		ID: int64(t.ID), Queue: Thing{int64(t.Queue), queue}, Subject: t.Subject, Status: string(t.Status),
		Priority: t.Priority, Sharing: t.Sharing.String(), Created: moment(t.Created), Told: moment(t.Told), Resolved: moment(t.Resolved), Due: moment(t.Due), ClockDue: moment(t.ClockDue),
	}
	if c.agent() {
		wire.Updated = moment(t.Updated)
	}
	return wire
}

func (c caller) line(l service.TicketLine) Ticket {
	wire := c.ticket(&l.Ticket, l.QueueName)
	wire.Requestors, wire.Customers = c.whos(l.Requestor), c.whos(l.Customers)
	if l.Owner != 0 {
		owner := c.who(l.OwnerName)
		wire.Owner = &owner
	}
	if l.Updater.ID != 0 && c.agent() {
		updater := c.who(l.Updater)
		wire.UpdatedBy = &updater
	}
	return wire
}

// A TicketQuery narrows a list of tickets.
type TicketQuery struct {
	Queue     []int64  `query:"queue" maxItems:"100" doc:"In one of these queues."`
	Status    []string `query:"status" maxItems:"10" maxLength:"30"`
	State     string   `query:"state" enum:"active,inactive" doc:"Still to be done, or done."`
	Owner     string   `query:"owner" pattern:"^(me|nobody|[0-9]{1,18})$" doc:"A user's number, me or nobody."`
	Customer  []int64  `query:"customer" maxItems:"100" doc:"For one of these customers."`
	Requestor int64    `query:"requestor" minimum:"1"`
	Reporter  int64    `query:"reporter" minimum:"1"`
	Standing  []int64  `query:"standing" maxItems:"100" doc:"One of these stands in any role."`
	Text      string   `query:"text" maxLength:"200" doc:"Words in the subject or in a message."`
	Query     string   `query:"query" maxLength:"8000" doc:"A query in the query language, as Status = 'open' AND Due < 'today'. A mistake is told with its position."`
}

func (q TicketQuery) filter(by caller) (service.TicketFilter, error) {
	f := service.TicketFilter{
		Queues: ids[desk.QueueID](q.Queue), Customers: ids[desk.CustomerID](q.Customer), Requestor: desk.PrincipalID(q.Requestor),
		Reporter: desk.UserID(q.Reporter), Standing: ids[desk.PrincipalID](q.Standing), Text: q.Text, Query: q.Query,
	}
	for _, s := range q.Status {
		f.Statuses = append(f.Statuses, desk.Status(s))
	}
	switch q.State {
	case "active":
		f.Activity = service.OnlyActive
	case "inactive":
		f.Activity = service.OnlyInactive
	}
	switch q.Owner {
	case "":
	case "me":
		f.Owner = &by.User
	case "nobody":
		f.Owner = new(desk.UserID)
	default:
		n, err := strconv.ParseInt(q.Owner, 10, 64)
		if err != nil || n == 0 {
			return f, desk.Errorf(desk.Invalid, "owner is a user's number, me or nobody.")
		}
		owner := desk.UserID(n)
		f.Owner = &owner
	}
	return f, nil
}

type listTicketsInput struct {
	TicketQuery
	Paging
	Before string `query:"before" maxLength:"1500" doc:"Where the page after began; follow prev. Not with sort."`
	Sort   string `query:"sort" pattern:"^-?([a-z]{2,20}|cf\\..{1,200})$" doc:"id, subject, status, queue, owner, requestor, customer, priority, created, updated, updater, due, starts, told, resolved or worked, or cf.NAME for a custom field; with - before it downwards. Without: the newest first. A list that goes up by a time has no tickets without that time; tickets without a value of the custom field come last both ways."`
}

// ticketList names the cursors of lists of tickets.
const ticketList = "tickets"

func (h *handler) listTickets(ctx context.Context, by caller, in *listTicketsInput) (Page[Ticket], error) {
	f, err := in.filter(by)
	if err != nil {
		return Page[Ticket]{}, err
	}
	if in.After != "" && in.Before != "" {
		return Page[Ticket]{}, desk.Errorf(desk.Invalid, "Send after or before, not both.")
	}
	f.Limit = in.Limit
	if in.Sort != "" {
		return h.sortedTickets(ctx, by, f, in)
	}
	// The store's words are about time: what comes after on the page is older.
	if f.Before, err = idAfter[desk.TicketID](ticketList, in.After); err != nil {
		return Page[Ticket]{}, err
	}
	if f.After, err = idAfter[desk.TicketID](ticketList, in.Before); err != nil {
		return Page[Ticket]{}, err
	}
	found, err := h.desk.Tickets(ctx, by.Actor, f)
	if err != nil {
		return Page[Ticket]{}, err
	}
	page := pageOf(found.Lines, by.line)
	if n := len(found.Lines); n > 0 {
		backwards := f.After != 0
		if found.More || backwards {
			page.Next = link(by.url, "after", idCursor(ticketList, found.Lines[n-1].ID))
		}
		if found.More && backwards || f.Before != 0 {
			page.Prev = link(by.url, "before", idCursor(ticketList, found.Lines[0].ID))
		}
	}
	return page, nil
}

// A Count says how many there are.
type Count struct {
	Count int  `json:"count"`
	More  bool `json:"more" doc:"There are more than count; it stops there."`
	Late  bool `json:"late,omitempty" doc:"They were counted on a replica: as they were some seconds ago."`
}

// countLimit is where counting stops.
const countLimit = 1000

func (h *handler) countTickets(ctx context.Context, by caller, in *TicketQuery) (Count, error) {
	f, err := in.filter(by)
	if err != nil {
		return Count{}, err
	}
	n, err := h.desk.TicketsCounted(ctx, by.Actor, f, countLimit)
	return Count{min(n.N, countLimit), n.N > countLimit, n.Late}, err
}

// lastEvents is how much of the history comes with a ticket.
const lastEvents = 50

func (h *handler) getTicket(ctx context.Context, by caller, in *Numbered) (TicketView, error) {
	v, err := h.desk.Ticket(ctx, by.Actor, desk.TicketID(in.ID))
	if err != nil {
		return TicketView{}, err
	}
	wire := TicketView{
		Ticket: by.ticket(&v.Ticket, v.QueueName), Reporter: by.whoOf(v.Names, desk.PrincipalID(v.Reporter)),
		MergedInto: int64(v.MergedInto), Rights: v.Rights.Names(), Squelched: v.Squelched, Quiet: v.Quiet,
		Watchers: by.watchers(v.Watchers), Links: make([]Link, len(v.Links)),
	}
	if by.agent() {
		wire.Version, wire.UpdatedBy = v.Version, by.whoOf(v.Names, desk.PrincipalID(v.UpdatedBy))
	}
	wire.Owner = by.whoOf(v.Names, desk.PrincipalID(v.Owner))
	wire.Requestors, wire.Customers = by.standing(v, desk.Requestor), by.standing(v, desk.CustomerRole)
	wire.Fields = pageOf(v.Fields, fieldValues).Items
	for i, l := range v.Links {
		wire.Links[i] = Link{int64(l.From), int64(l.To), l.Type}
	}
	for _, e := range v.Events[max(0, len(v.Events)-lastEvents):] {
		wire.Events = append(wire.Events, by.event(v, e))
	}
	return wire, nil
}

func (c caller) standing(v *service.TicketView, role desk.RoleID) []Who {
	list := []Who{}
	for _, id := range v.In(role) {
		if w := c.whoOf(v.Names, id); w != nil {
			list = append(list, *w)
		}
	}
	return list
}

// A TicketInput is what one says when opening a ticket.
type TicketInput struct {
	Queue      int64      `json:"queue" minimum:"1"`
	Subject    string     `json:"subject" minLength:"1" maxLength:"500"`
	Text       string     `json:"text,omitempty"`
	Requestors []int64    `json:"requestors,omitempty" maxItems:"100" doc:"Users, groups or customers; for a contact himself where none is named."`
	Cc         []int64    `json:"cc,omitempty" maxItems:"100"`
	AdminCc    []int64    `json:"admin_cc,omitempty" maxItems:"100"`
	Owner      int64      `json:"owner,omitempty" minimum:"0"`
	Status     string     `json:"status,omitempty" maxLength:"30"`
	Priority   int32      `json:"priority,omitempty"`
	Sharing    *string    `json:"sharing,omitempty" enum:"shared,managers,private"`
	Customers  []int64    `json:"customers,omitempty" maxItems:"100" doc:"For whom it is; else for those of the requestors."`
	Files      []File     `json:"files,omitempty" maxItems:"20"`
	Fields     FieldTexts `json:"fields,omitempty" maxProperties:"100" doc:"Custom fields by name (SetInitialCustomField or ModifyCustomField)."`
	Delivery
}

// A Once lets a request be sent twice and be carried out once.
type Once struct {
	Key string `header:"Idempotency-Key" maxLength:"200" doc:"The same key again gives the same answer and does nothing more."`
}

// form returns the key as the desk keeps it: apart for each user and use.
func (o Once) form(by caller, use string) string {
	if o.Key == "" {
		return ""
	}
	return "api " + number(by.User) + " " + use + " " + o.Key
}

type openTicketInput struct {
	Once
	Body TicketInput
}

func (h *handler) openTicket(ctx context.Context, by caller, in *openTicketInput) (desk.TicketID, error) {
	b := in.Body
	sharing, err := sharingNamed(b.Sharing)
	if err != nil {
		return 0, err
	}
	files, err := filesOf(b.Files)
	if err != nil {
		return 0, err
	}
	fields, err := h.sets(ctx, by, b.Fields, nil)
	if err != nil {
		return 0, err
	}
	return h.desk.OpenTicket(ctx, by.Actor, service.NewTicket{
		Fields: fields,
		Queue:  desk.QueueID(b.Queue), Subject: b.Subject, Text: b.Text, Owner: desk.UserID(b.Owner),
		Requestors: ids[desk.PrincipalID](b.Requestors), Cc: ids[desk.PrincipalID](b.Cc), AdminCc: ids[desk.PrincipalID](b.AdminCc),
		Status: desk.Status(b.Status), Sharing: sharing, Customers: ids[desk.CustomerID](b.Customers),
		Files: files, Priority: int(b.Priority), Delivery: b.Delivery.desk(), Form: in.form(by, "ticket"),
	})
}

// A TicketPatch is a change of a ticket. One request makes one change: the
// status, the owner, the queue, or any of subject, priority and sharing, so
// that it happens whole or not at all.
type TicketPatch struct {
	Status   *string     `json:"status,omitempty" maxLength:"30"`
	Owner    *OwnerPatch `json:"owner,omitempty"`
	Queue    *int64      `json:"queue,omitempty" minimum:"1"`
	Subject  *string     `json:"subject,omitempty" minLength:"1" maxLength:"500"`
	Priority *int32      `json:"priority,omitempty"`
	Sharing  *string     `json:"sharing,omitempty" enum:"shared,managers,private"`
	Version  int64       `json:"version,omitempty" minimum:"0" doc:"The version that you saw: 409 if it has changed since. For status, subject, priority and sharing."`
}

// An OwnerPatch says how the owner is changed.
type OwnerPatch struct {
	How  string `json:"how" enum:"give,take,steal,untake"`
	User int64  `json:"user,omitempty" minimum:"0" doc:"To whom it is given; 0: to nobody."`
}

type changeTicketInput struct {
	Numbered
	Body TicketPatch
}

func (h *handler) changeTicket(ctx context.Context, by caller, in *changeTicketInput) error {
	p, id := in.Body, desk.TicketID(in.ID)
	facts := p.Subject != nil || p.Priority != nil || p.Sharing != nil
	changes := 0
	for _, sent := range []bool{p.Status != nil, p.Owner != nil, p.Queue != nil, facts} {
		if sent {
			changes++
		}
	}
	switch {
	case changes != 1:
		return desk.Errorf(desk.Invalid, "One request makes one change: send the status, the owner, the queue, or any of subject, priority and sharing.")
	case p.Version != 0 && (p.Owner != nil || p.Queue != nil):
		return invalid("version", "A version goes with status, subject, priority and sharing only.")
	case p.Status != nil:
		return h.desk.SetStatus(ctx, by.Actor, id, desk.Status(*p.Status), p.Version)
	case p.Owner != nil:
		return h.desk.SetOwner(ctx, by.Actor, id, service.OwnerChange(p.Owner.How), desk.UserID(p.Owner.User))
	case p.Queue != nil:
		return h.desk.MoveTicket(ctx, by.Actor, id, desk.QueueID(*p.Queue))
	}
	change := service.TicketChange{Ticket: id, Version: p.Version, Subject: p.Subject}
	if p.Priority != nil {
		priority := int(*p.Priority)
		change.Priority = &priority
	}
	var err error
	if change.Sharing, err = sharingNamed(p.Sharing); err != nil {
		return err
	}
	return h.desk.ChangeTicket(ctx, by.Actor, change)
}

// Seers are those who see a ticket.
type Seers struct {
	Who []Who `json:"who" nullable:"false" doc:"Of the customers' side, as far as you may know them."`
}

func (h *handler) whoSees(ctx context.Context, by caller, in *Numbered) (Seers, error) {
	names, err := h.desk.VisibleTo(ctx, by.Actor, desk.TicketID(in.ID))
	return Seers{by.whos(names)}, err
}
