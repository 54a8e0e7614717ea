package service

import (
	"context"
	"errors"
	"slices"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// A Recipient is one person who gets a letter, with all reasons for it.
type Recipient struct {
	User    desk.UserID // zero: an address that belongs to no user
	Address string
	Name    Name
	Kind    desk.LetterKind
	Why     []desk.Why
	Hidden  bool   // one-time Bcc
	ReplyTo string // the queue's address with the ticket and him in it; empty: the queue has none
}

// A notice is what people are to be told of, as far as it decides who.
type notice struct {
	ticket   *desk.Ticket
	event    desk.EventKind
	comment  bool
	resolved bool
	approval bool // it asks for one, or says what came of it
	machine  bool // a program wrote it
	actor    desk.UserID
	delivery Delivery
}

// A noticeRule is one line of the table of who is told what on a fresh desk.
type noticeRule struct {
	kind      desk.LetterKind
	roles     desk.RoleSet
	withActor bool
}

// rules is the table of who is told what: see docs/access.md, Mail.
func (n notice) rules() []noticeRule {
	everybody := desk.RolesOf(desk.Requestor, desk.Cc, desk.Owner, desk.AdminCc)
	switch {
	case n.event == desk.EventCreated && n.approval:
		return []noticeRule{{desk.LetterApproval, desk.RolesOf(desk.AdminCc), false}}
	case n.event == desk.EventStatus && n.approval:
		return []noticeRule{{desk.LetterDecided, desk.RolesOf(desk.Requestor, desk.AdminCc), false}}
	case n.event == desk.EventCreated && n.machine:
		return []noticeRule{{desk.LetterOpened, desk.RolesOf(desk.Cc, desk.Owner, desk.AdminCc), false}}
	case n.event == desk.EventCreated:
		return []noticeRule{
			{desk.LetterAcknowledge, desk.RolesOf(desk.Requestor), true},
			{desk.LetterOpened, desk.RolesOf(desk.Cc, desk.Owner, desk.AdminCc), false},
		}
	case n.event == desk.EventMessage && n.comment:
		return []noticeRule{{desk.LetterComment, desk.RolesOf(desk.AdminCc), false}}
	case n.event == desk.EventMessage:
		return []noticeRule{{desk.LetterReply, everybody, false}}
	case n.event == desk.EventClockWarned, n.event == desk.EventClockOverdue:
		return []noticeRule{{desk.LetterClock, desk.RolesOf(desk.Owner, desk.AdminCc), false}}
	case n.event == desk.EventOwner:
		return []noticeRule{{desk.LetterOwner, desk.RolesOf(desk.Owner), false}}
	case n.event == desk.EventStatus && n.resolved:
		return []noticeRule{{desk.LetterResolved, desk.RolesOf(desk.Requestor), false}}
	}
	return nil
}

// recipients returns who gets a letter of a notice, each person once however
// many reasons there are. Entitled is who stands in a role of the ticket or its
// queue as far as part and sharing go; the actor is left out, and who does not
// want the letters, of this ticket or of a customer's at large; who was named for this one message gets it in any case.
func (o *op) recipients(ctx context.Context, n notice) ([]Recipient, error) {
	squelched, err := o.Squelched(ctx, n.ticket.ID)
	if err != nil {
		return nil, err
	}
	quiet := append(squelched, n.delivery.Squelch...)
	var list []Recipient
	for _, rule := range n.rules() {
		for _, f := range o.e.Fillers(n.ticket.Facts(), rule.roles) {
			if f.User == n.actor && !rule.withActor || slices.Contains(quiet, f.User) || !o.mayHear(f.User, n) {
				continue
			}
			list = addRecipient(list, Recipient{User: f.User, Kind: rule.kind,
				Why: []desk.Why{{Role: f.Role, Through: f.Holder, OnQueue: f.OnQueue}}})
		}
	}
	if list, err = o.withoutQuiet(ctx, n.ticket, list); err != nil {
		return nil, err
	}
	if list, err = o.withAddresses(ctx, list); err != nil {
		return nil, err
	}
	return o.withOneTime(ctx, list, n)
}

// mayHear: comments go only to those who may read them.
func (o *op) mayHear(u desk.UserID, n notice) bool {
	x := access.Ticket(n.ticket.Facts())
	return !n.comment || o.e.Can(u, desk.ShowTicket, x) && o.e.Can(u, desk.ShowTicketComments, x)
}

// addRecipient adds a reason to somebody who is there already, else somebody.
func addRecipient(list []Recipient, r Recipient) []Recipient {
	for i := range list {
		if list[i].User == r.User && (r.User != 0 || list[i].Address == r.Address) {
			list[i].Why = append(list[i].Why, r.Why...)
			list[i].Hidden = list[i].Hidden && r.Hidden
			return list
		}
	}
	return append(list, r)
}

// withAddresses fills in names and addresses and leaves out who has none.
func (o *op) withAddresses(ctx context.Context, list []Recipient) ([]Recipient, error) {
	ids := make([]desk.UserID, len(list))
	for i, r := range list {
		ids[i] = r.User
	}
	users, err := o.UsersByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	kept := list[:0]
	for _, r := range list {
		u := users[r.User]
		if u == nil || u.Address() == "" {
			continue
		}
		r.Address = u.Address()
		r.Name = userName(u)
		kept = append(kept, r)
	}
	return kept, nil
}

func userName(u *desk.User) Name {
	return Name{ID: desk.PrincipalID(u.ID), Kind: "user", Text: u.Called(), Ref: "user:" + u.Login,
		Agent: u.Kind == desk.Agent, Disabled: u.Disabled}
}

func (o *op) withOneTime(ctx context.Context, list []Recipient, n notice) ([]Recipient, error) {
	kind := desk.LetterReply
	if n.comment {
		kind = desk.LetterComment
	}
	if n.event == desk.EventCreated {
		kind = desk.LetterOpened
	}
	for i, address := range slices.Concat(n.delivery.OneTimeCc, n.delivery.OneTimeBcc) {
		r := Recipient{Address: address, Kind: kind, Why: []desk.Why{{OneTime: true, Hidden: i >= len(n.delivery.OneTimeCc)}}, Hidden: i >= len(n.delivery.OneTimeCc)}
		if err := o.notOurs(ctx, address); desk.KindOf(err) == desk.Invalid {
			continue // the desk does not write to itself
		}
		u, err := o.UserByAddress(ctx, address)
		switch {
		case err == nil && u.Disabled:
			continue
		case err == nil:
			r.User, r.Address, r.Name = u.ID, u.Address(), userName(u)
		case desk.KindOf(err) == desk.NotFound:
			r.Name = Name{Text: address}
		default:
			return nil, err
		}
		list = addRecipient(list, r)
	}
	return list, nil
}

// GoesTo returns who would get a reply or comment that the actor wrote now. It
// asks what writing it asks. A contact is told only of those whom he may know;
// whom he names for this one message is not looked up for him.
func (s *Service) GoesTo(ctx context.Context, by desk.Actor, id desk.TicketID, kind desk.MessageKind, d Delivery) ([]Recipient, error) {
	var list []Recipient
	err := s.view(ctx, by, func(o *op) error {
		right := desk.ReplyToTicket
		if kind == desk.Comment {
			right = desk.CommentOnTicket
		}
		t, err := o.ticketFor(ctx, right, id)
		if err != nil {
			return err
		}
		if !o.isAgent() {
			d.OneTimeCc, d.OneTimeBcc = nil, nil
		}
		list, err = o.recipients(ctx, notice{ticket: t, event: desk.EventMessage, comment: kind == desk.Comment, actor: by.User, delivery: d})
		list = o.disclosed(list)
		return err
	})
	return list, err
}

// disclosed leaves out of what a contact is told of recipients those whom he
// may not know, and the addresses of the people at the desk.
func (o *op) disclosed(list []Recipient) []Recipient {
	if o.isAgent() {
		return list
	}
	list = slices.DeleteFunc(list, func(r Recipient) bool { return !o.mayKnow(r.Name.ID) })
	for i := range list {
		if list[i].Name.Agent {
			list[i].Address = ""
		}
		list[i].Why = slices.DeleteFunc(list[i].Why, func(w desk.Why) bool { return !o.mayKnow(w.Through) })
	}
	return list
}

// News is what a job needs to write the letters that tell of an event.
type News struct {
	Event      desk.Event
	Ticket     desk.Ticket
	Queue      desk.Queue
	Message    *desk.Message // nil: the event has none
	Actor      Name
	ActorAgent bool
	Machine    bool           // a program wrote it
	Zone       *time.Location // of the desk, for moments in letters
	Recipients []Recipient
	Languages  map[desk.UserID]string    // what people have chosen
	Usual      []string                  // languages of who has chosen none: the queue's, the desk's
	Templates  []desk.LetterTemplate     // those that somebody wrote for the queue, and for every queue
	Names      map[desk.PrincipalID]Name // of everything in the reasons
	// OthersSeen names, for each kind of letter, nobody: copying somebody
	// discloses him, so every letter goes to one person alone.
	References []string // of the ticket's letters, oldest first
	// Rate has for those who may say how content they are with what was done
	// the link by which they do.
	Rate map[desk.UserID]string
	// Rule is the rule that tells of it, nil: everybody is told by the desk.
	Rule *desk.Rule
	// Values are what templates put in, for a reader who may see everything.
	Values map[string]string
}

// News returns what there is to tell of an event and to whom. Only the system
// asks for it.
func (s *Service) News(ctx context.Context, by desk.Actor, id desk.EventID) (*News, error) {
	return s.readNews(ctx, by, id, nil)
}

// RuleNews returns what a rule has to tell of an event and to whom; nobody,
// where the rule is gone. Only the system asks for it.
func (s *Service) RuleNews(ctx context.Context, by desk.Actor, id desk.EventID, rule desk.RuleID) (*News, error) {
	return s.readNews(ctx, by, id, &rule)
}

// readNews reads the news of an event, while others write; the first reply
// address of all makes its secret, which is done alone.
func (s *Service) readNews(ctx context.Context, by desk.Actor, id desk.EventID, rule *desk.RuleID) (*News, error) {
	var news *News
	read := func(o *op) (err error) {
		if err := o.needSystem(); err != nil {
			return err
		}
		e, err := o.Event(ctx, id)
		if err != nil {
			return err
		}
		var r *desk.Rule
		if rule != nil {
			r, err = o.Tx.Rule(ctx, *rule)
		}
		if desk.KindOf(err) == desk.NotFound {
			news = &News{Event: *e}
			return nil
		}
		if err == nil {
			news, err = o.news(ctx, *e, r)
		}
		return err
	}
	err := s.view(ctx, by, read)
	if errors.Is(err, store.ErrNoSecret) {
		err = s.do(ctx, by, read)
	}
	return news, err
}

// needSystem refuses everybody but the system: work between its own parts.
func (o *op) needSystem() error {
	if o.by.IsSystem() {
		return nil
	}
	return desk.Errorf(desk.Forbidden, "Only the desk itself does this.")
}

// news reads what there is to tell of an event; by a rule, or nil by the desk.
func (o *op) news(ctx context.Context, e desk.Event, r *desk.Rule) (*News, error) {
	told, err := o.ruleNews(ctx, e)
	if err != nil {
		return nil, err
	}
	t := told.ticket
	n := &News{Event: e, Ticket: *t, Queue: *told.queue, Message: told.message, Zone: o.s.Zone(), Machine: e.Data["machine"] != "", Rule: r, Values: told.values(o.s)}
	about := told.notice()
	switch {
	case r != nil:
		n.Values["rule.name"] = r.Name
		n.Recipients, err = o.ruleRecipients(ctx, r, about)
	case e.Data["silent"] == "":
		if n.Recipients, err = o.recipients(ctx, about); err == nil {
			n.Recipients, err = o.withoutFlood(ctx, n.Recipients)
		}
	}
	if err != nil {
		return nil, err
	}
	if n.References, err = o.references(ctx, t, about.comment); err != nil {
		return nil, err
	}
	if n.Rate, err = o.rateLinks(ctx, t, n.Recipients); err != nil {
		return nil, err
	}
	for i := range n.Recipients {
		to := &n.Recipients[i]
		if to.ReplyTo, err = o.replyAddress(ctx, &n.Queue, t.ID, to.User, about.comment); err != nil {
			return nil, err
		}
	}
	return n, o.nameNews(ctx, n)
}

// answersPerHour bounds how many acknowledgements one person gets, so that two
// programs that do not take each other for programs cannot keep each other busy
// (RFC 3834, 2).
const answersPerHour = 20

// withoutFlood leaves out acknowledgements to those who had enough of them.
func (o *op) withoutFlood(ctx context.Context, list []Recipient) ([]Recipient, error) {
	since := o.s.Now().Add(-time.Hour)
	kept := make([]Recipient, 0, len(list))
	for _, r := range list {
		if r.Kind != desk.LetterAcknowledge {
			kept = append(kept, r)
			continue
		}
		latest, _, err := o.OutgoingList(ctx, OutFilter{To: r.User, Limit: 5 * answersPerHour})
		if err != nil {
			return nil, err
		}
		answers := 0
		for _, out := range latest {
			if out.Kind == desk.LetterAcknowledge && out.At.After(since) {
				answers++
			}
		}
		if answers < answersPerHour {
			kept = append(kept, r)
		}
	}
	return kept, nil
}

func (o *op) nameNews(ctx context.Context, n *News) error {
	ids := []desk.PrincipalID{desk.PrincipalID(n.Event.By), desk.PrincipalID(n.Ticket.Owner)}
	users := make([]desk.UserID, 0, len(n.Recipients))
	for _, r := range n.Recipients {
		users = append(users, r.User)
		for _, why := range r.Why {
			ids = append(ids, why.Through)
		}
	}
	for _, h := range n.Ticket.Holders {
		ids = append(ids, h.Who)
	}
	var err error
	if n.Names, err = o.names(ctx, ids); err != nil {
		return err
	}
	n.Actor = n.Names[desk.PrincipalID(n.Event.By)]
	n.ActorAgent = n.Event.By == 0 || n.Actor.Agent
	found, err := o.UsersByID(ctx, users)
	n.Languages = map[desk.UserID]string{}
	for id, u := range found {
		n.Languages[id] = u.Language
	}
	if err != nil {
		return err
	}
	p, err := o.mailPolicy(ctx, n.Queue.ID)
	if err != nil {
		return err
	}
	n.Usual = []string{p.Language, o.s.Language()}
	if n.Templates == nil {
		n.Templates, err = o.Tx.LetterTemplates(ctx, n.Queue.ID)
	}
	return err
}

// references returns the Message-IDs by which mail programs keep the letters
// of a ticket together: the first letter's and the ticket's own.
func (o *op) references(ctx context.Context, t *desk.Ticket, comment bool) ([]string, error) {
	root := o.s.rootLetterID(t.ID)
	if comment {
		return []string{root}, nil
	}
	first, err := o.Messages(ctx, t.ID, false, 0, 1)
	if err != nil || len(first) == 0 || first[0].LetterID == "" {
		return []string{root}, err
	}
	return []string{first[0].LetterID, root}, nil
}
