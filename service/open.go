package service

import (
	"context"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// NewTicket is what one says when opening a ticket.
type NewTicket struct {
	Queue      desk.QueueID
	Subject    string
	Text       string
	HTML       string // as it came in a letter
	Requestors []desk.PrincipalID
	Cc         []desk.PrincipalID
	AdminCc    []desk.PrincipalID
	Owner      desk.UserID
	Status     desk.Status   // empty: new
	Sharing    *desk.Sharing // nil: as customer and queue have it
	// Customers names those for whom the ticket is, of the requestors' own;
	// empty: all that they bring.
	Customers []desk.CustomerID
	Files     []desk.Attachment
	Priority  int
	Delivery  Delivery
	Fields    []FieldSet // custom ones
	// Split is a message of another ticket of which this one is made: its files
	// come along, and the tickets are linked (ModifyTicket on that one). Zero: none.
	Split desk.MessageID
	// Form is the token of the form that was sent, so that sending it twice
	// opens one ticket; empty: no form.
	Form string
	// machine: a program wrote the letter that opens it, so nothing is
	// acknowledged. reporter: who reported it where the system opens it.
	machine  bool
	reporter desk.UserID
	approval bool // it asks for one
	letter   *desk.Letter
}

// Delivery says who gets a message besides those in roles, and who does not.
type Delivery struct {
	OneTimeCc  []string      // addresses that get this one message
	OneTimeBcc []string      // the same, unseen by the others
	Squelch    []desk.UserID // who does not get this message
	Forward    bool          // it sends a message on; see ForwardMessage
}

// MaxSubject and MaxText bound what one message can hold, in bytes.
const (
	MaxSubject = 500
	MaxText    = 1 << 20
)

// OpenTicket opens a ticket. It needs CreateTicket in the queue, which takes
// tickets only while it is enabled. An owner who may not own it, and AdminCcs
// whom the actor may not set, are left out. The customers of those who stand
// in its roles take their place in the same transaction.
func (s *Service) OpenTicket(ctx context.Context, by desk.Actor, in NewTicket) (desk.TicketID, error) {
	var id desk.TicketID
	err := s.do(ctx, by, func(o *op) error {
		if earlier, err := o.formSentBefore(ctx, in.Form); err != nil || earlier != 0 {
			id = earlier
			return err
		}
		linked := func(*desk.Ticket) error { return nil }
		if in.Split != 0 {
			var err error
			if linked, err = o.splitFrom(ctx, &in); err != nil {
				return err
			}
		}
		t, err := o.openTicket(ctx, in)
		if err == nil {
			err = linked(t)
		}
		if err != nil {
			return err
		}
		id = t.ID
		return o.rememberForm(ctx, in.Form, t.ID)
	})
	return id, err
}

func (o *op) openTicket(ctx context.Context, in NewTicket) (*desk.Ticket, error) {
	q, err := o.queueToOpenIn(ctx, in.Queue)
	if err != nil {
		return nil, err
	}
	c, err := o.lifeOf(ctx, q.ID)
	if err != nil {
		return nil, err
	}
	if err := o.checkNewTicket(&in, c); err != nil {
		return nil, err
	}
	now := o.s.Now()
	t := &desk.Ticket{
		Queue: q.ID, Subject: in.Subject, Priority: in.Priority,
		Reporter: o.reporterOf(in), Created: now, Asked: now,
	}
	t.HeardOf(o.author(t.Reporter), now)
	c.Enter(t, in.Status, now)
	in.approval = c.Approves()
	events, err := o.fillRoles(ctx, t, q, in)
	if err != nil {
		return nil, err
	}
	if t.Sharing, err = o.sharingOf(ctx, t, q, in.Sharing); err != nil {
		return nil, err
	}
	o.dropUnfit(t, in)
	if o.asksByOpening(t) {
		t.LastAsked = now
	}
	if err := o.InsertTicket(ctx, t); err != nil {
		return nil, err
	}
	if err := o.wantNamed(ctx, t.ID, slices.Concat(in.Requestors, in.Cc, in.AdminCc)...); err != nil {
		return nil, err
	}
	if err := o.initialFields(ctx, t, in.Fields); err != nil {
		return nil, err
	}
	return t, o.recordOpening(ctx, t, in, events)
}

// queueToOpenIn returns the queue if the actor may open tickets there.
func (o *op) queueToOpenIn(ctx context.Context, id desk.QueueID) (*desk.Queue, error) {
	q, err := o.queueFor(ctx, desk.CreateTicket, id)
	if err != nil {
		return nil, err
	}
	if q.Disabled {
		return nil, desk.Errorf(desk.Conflict, "The queue %s is disabled and takes no new tickets.", q.Name)
	}
	return q, nil
}

func (o *op) checkNewTicket(in *NewTicket, c *desk.LifeCycle) error {
	in.Subject = oneLine(in.Subject)
	if in.Subject == "" && in.letter == nil {
		return desk.InvalidFields(map[string]string{"subject": "Say in a few words what it is about."})
	}
	if in.Subject == "" {
		in.Subject = "(no subject)"
	}
	if err := checkText(in.Text); err != nil {
		return err
	}
	if err := o.mayChooseDelivery(in.Delivery); err != nil {
		return err
	}
	if in.Status == "" {
		in.Status = c.First(desk.Initial)
	}
	if c.State(in.Status) == nil || in.Status == desk.StatusDeleted {
		return desk.InvalidFields(map[string]string{"status": "A ticket cannot be opened with the status " + string(in.Status) + "."})
	}
	if len(in.Requestors) == 0 && !o.isAgent() {
		in.Requestors = []desk.PrincipalID{desk.PrincipalID(o.by.User)}
	}
	return o.checkChosenCustomers(in)
}

// checkChosenCustomers lets nobody choose a customer that is not his own,
// unless he may set customers in that queue.
func (o *op) checkChosenCustomers(in *NewTicket) error {
	if o.canAny(access.Queue(in.Queue), desk.SetCustomer, desk.ModifyTicket) {
		return nil
	}
	for _, c := range in.Customers {
		if !o.e.IsMember(desk.PrincipalID(o.by.User), desk.PrincipalID(c)) {
			return desk.InvalidFields(map[string]string{"customer": "You can open tickets only for a company of yours."})
		}
	}
	return nil
}

// reporterOf returns who brought the matter: the actor where he is among the
// requestors or there are none, else the first person among them.
func (o *op) reporterOf(in NewTicket) desk.UserID {
	if in.reporter != 0 {
		return in.reporter
	}
	if len(in.Requestors) == 0 || slices.Contains(in.Requestors, desk.PrincipalID(o.by.User)) {
		return o.by.User
	}
	for _, p := range in.Requestors {
		if o.e.KindOf(desk.UserID(p)) != 0 {
			return desk.UserID(p)
		}
	}
	return o.by.User
}

// fillRoles puts everybody who was named into his role, with his customers.
func (o *op) fillRoles(ctx context.Context, t *desk.Ticket, q *desk.Queue, in NewTicket) ([]desk.Event, error) {
	var events []desk.Event
	for _, named := range []struct {
		role desk.RoleID
		who  []desk.PrincipalID
	}{{desk.Requestor, in.Requestors}, {desk.Cc, in.Cc}, {desk.AdminCc, in.AdminCc}} {
		for _, who := range named.who {
			if err := o.checkPrincipal(ctx, who); err != nil {
				return nil, err
			}
			more, err := o.customersTakePart(ctx, entering{ticket: t, queue: q, role: named.role, who: who, chosen: in.Customers})
			if err != nil {
				return nil, err
			}
			events = append(events, more...)
		}
	}
	for _, c := range in.Customers {
		stand(t, desk.CustomerRole, desk.PrincipalID(c))
	}
	if in.Owner != 0 {
		t.Owner = in.Owner
		stand(t, desk.Owner, desk.PrincipalID(in.Owner))
	}
	return events, nil
}

// dropUnfit leaves out AdminCcs whom the actor may not set and an owner who
// may not own the ticket, judged with everybody named already in his role.
func (o *op) dropUnfit(t *desk.Ticket, in NewTicket) {
	x := access.Ticket(t.Facts())
	if t.Owner != 0 && !o.e.Can(t.Owner, desk.OwnTicket, x) {
		unstand(t, desk.Owner, desk.PrincipalID(t.Owner))
		t.Owner = 0
	}
	if len(in.AdminCc) == 0 || o.canModifyApart(t, in) {
		return
	}
	self := desk.PrincipalID(o.by.User)
	keep := slices.Contains(in.AdminCc, self) && o.can(desk.WatchAsAdminCc, access.Queue(t.Queue))
	t.Holders = slices.DeleteFunc(t.Holders, func(h desk.Holder) bool {
		return h.Role == desk.AdminCc && !(keep && h.Who == self)
	})
}

// canModifyApart reports whether the actor may change the ticket without the
// help of the very AdminCcs that he wants to set.
func (o *op) canModifyApart(t *desk.Ticket, in NewTicket) bool {
	apart := *t
	apart.Holders = slices.DeleteFunc(slices.Clone(t.Holders), func(h desk.Holder) bool { return h.Role == desk.AdminCc })
	return o.can(desk.ModifyTicket, access.Ticket(apart.Facts()))
}

// sharingOf returns the sharing of a new ticket: what was asked for, else what
// its customers say (the narrowest of them), else what the queue says.
func (o *op) sharingOf(ctx context.Context, t *desk.Ticket, q *desk.Queue, asked *desk.Sharing) (desk.Sharing, error) {
	if asked != nil {
		return *asked, nil
	}
	said, found := desk.Shared, false
	for _, id := range t.In(desk.CustomerRole) {
		c, err := o.Customer(ctx, desk.CustomerID(id))
		if err != nil {
			return 0, err
		}
		if c.Sharing != nil {
			said, found = max(said, *c.Sharing), true
		}
	}
	if !found && q.Sharing != nil {
		return *q.Sharing, nil
	}
	return said, nil
}

// recordOpening writes the first message and the history of a new ticket.
func (o *op) recordOpening(ctx context.Context, t *desk.Ticket, in NewTicket, events []desk.Event) error {
	m := &desk.Message{
		Ticket: t.ID, Kind: desk.Reply, Author: o.author(t.Reporter), At: t.Created, Subject: t.Subject,
		Text: in.Text, HTML: in.HTML, Via: o.by.Via, Attachments: in.Files,
	}
	if in.letter != nil {
		m.LetterID, m.Spool = in.letter.LetterID, in.letter.Spool
	}
	if err := o.insertMessage(ctx, m, in.letter); err != nil {
		return err
	}
	data := in.Delivery.data()
	data["subject"] = t.Subject
	if in.approval {
		data["approval"] = string(ApprovalOpen)
	}
	if in.machine {
		data["machine"] = "yes"
	}
	if o.asksByOpening(t) {
		data["side"] = customerSide
	}
	if err := o.tell(ctx, desk.Event{Ticket: t.ID, Kind: desk.EventCreated, Message: m.ID, Data: data}); err != nil {
		return err
	}
	for _, e := range events {
		e.Ticket = t.ID
		if err := o.record(ctx, e); err != nil {
			return err
		}
	}
	return o.notifyOpening(ctx, t, m, in.approval)
}

// author returns who wrote: the actor, or who reported where the system acts
// for him.
func (o *op) author(reporter desk.UserID) desk.UserID {
	if o.by.IsSystem() {
		return reporter
	}
	return o.by.User
}

// insertMessage stores a message, and every Message-ID by which an answer to
// it may find the ticket.
func (o *op) insertMessage(ctx context.Context, m *desk.Message, letter *desk.Letter) error {
	if err := o.InsertMessage(ctx, m); err != nil {
		return err
	}
	if letter == nil || letter.LetterID == "" {
		return nil
	}
	return o.RememberLetter(ctx, letter.LetterID, m.Ticket, m.ID)
}

// record writes an event into the history.
func (o *op) record(ctx context.Context, e desk.Event) error {
	return o.recordEvent(ctx, &e)
}

func (o *op) recordEvent(ctx context.Context, e *desk.Event) error {
	e.By, e.Via, e.At = o.by.User, o.by.Via, o.s.Now()
	o.movesClocks(e)
	if c := o.by.Cause(); c.Rule != 0 {
		if e.Data == nil {
			e.Data = map[string]string{}
		}
		e.Data["rule"], e.Data["rule_name"], e.Data["chain"] = formatID(c.Rule), c.Name, c.Chain
	}
	if err := o.InsertEvent(ctx, e); err != nil {
		return err
	}
	return o.callRules(ctx, e)
}

// tell writes an event into the history and a job that tells people of it.
func (o *op) tell(ctx context.Context, e desk.Event) error {
	if err := o.recordEvent(ctx, &e); err != nil {
		return err
	}
	return o.InsertJob(ctx, &desk.Job{Kind: JobNotify, Data: formatID(e.ID), Next: o.s.Now()})
}

// JobNotify is the kind of job that tells people of an event; its data is the
// event's number.
const JobNotify = "notify"

// formSentBefore returns the ticket that the form made when it was sent the
// first time, or zero.
func (o *op) formSentBefore(ctx context.Context, form string) (desk.TicketID, error) {
	if form == "" {
		return 0, nil
	}
	made, sent, err := o.SeenForm(ctx, o.formToken(form))
	if err != nil || !sent {
		return 0, err
	}
	return parseID[desk.TicketID](made), nil
}

func (o *op) rememberForm(ctx context.Context, form string, id desk.TicketID) error {
	if form == "" {
		return nil
	}
	return o.RememberForm(ctx, o.formToken(form), formatID(id))
}

// formToken keeps the forms of one person apart from those of others.
func (o *op) formToken(form string) string { return formatID(o.by.User) + " " + form }

// checkPrincipal refuses somebody who is not there, or of whom the actor may not
// know. Who is disabled may stand in a role, and counts when he is enabled.
func (o *op) checkPrincipal(ctx context.Context, who desk.PrincipalID) error {
	names, err := o.PrincipalNames(ctx, []desk.PrincipalID{who})
	if err != nil {
		return err
	}
	if _, ok := names[who]; !ok || !o.mayKnow(who) {
		return noPrincipal()
	}
	return nil
}

func oneLine(text string) string {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "�")), " ")
	for len(text) > MaxSubject {
		text = strings.ToValidUTF8(text[:MaxSubject], "")
	}
	return text
}

func checkText(text string) error {
	if len(text) > MaxText {
		return desk.Wrap(desk.TooLarge, nil, "The text is larger than 1 MB; attach it as a file instead.")
	}
	return nil
}
