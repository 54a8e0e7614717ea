package service

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// An arrival is a letter on its way to a ticket.
type arrival struct {
	entry   *desk.Spooled
	letter  *desk.Letter
	action  desk.MailAction
	vouched bool   // an agent decided that it is to be taken
	unfit   string // what the agents are told where its sender may not write
}

// receiveOnTicket makes the letter a reply or a comment on the ticket, if its
// sender may write it and it is known to be his. Else the agents are asked;
// the sender is given nothing.
func (o *op) receiveOnTicket(ctx context.Context, a arrival, id desk.TicketID) (Received, error) {
	l := a.letter
	id, err := o.survivor(ctx, id)
	if err != nil {
		return Received{}, err
	}
	a.unfit = fmt.Sprintf("%s may not write on this ticket.", l.From.Address)
	unproven := fmt.Sprintf("Nothing proves that it comes from %s.", l.From.Address)
	sender, err := o.UserByAddress(ctx, l.From.Address)
	if desk.KindOf(err) == desk.NotFound {
		a.unfit = fmt.Sprintf("Nobody here has the address %s.", l.From.Address)
		unproven = a.unfit
		if l.From.Address == "" {
			return Received{}, ask(id, "It does not say who wrote it.")
		}
		sender, err = o.newContact(ctx, l.From) // it goes again where he may not write
	}
	if err != nil {
		return Received{}, refusal(err)
	}
	if sender.Disabled {
		return Received{}, refuse("Its sender %s is disabled.", sender.Login)
	}
	if err := o.knows(sender); err != nil {
		return Received{}, err
	}
	if l.Proof == desk.ProofMissing && !a.vouched {
		return Received{}, ask(id, "%s", unproven)
	}
	t, err := o.Ticket(ctx, id)
	if err != nil {
		return Received{}, err
	}
	if _, err := o.breakLoop(ctx, a.entry, t.Queue, sender.ID, l); err != nil {
		return Received{}, err
	}
	p, err := o.mailPolicy(ctx, t.Queue)
	if err != nil {
		return Received{}, err
	}
	if kindOf(a.action) == desk.Reply && l.Automatic != AutoReplied && p.FollowsUp(t, o.s.Now()) {
		return o.followUp(ctx, a, t, sender)
	}
	l.Note(desk.StepFrom, "%s is %s.", l.From.Address, who(sender))
	in := NewMessage{Ticket: id, Kind: kindOf(a.action), Subject: l.Subject, Text: l.Text, HTML: l.HTML, Files: l.Files, letter: l, vouched: a.vouched}
	m, err := o.asSender(sender).write(ctx, in)
	switch desk.KindOf(err) {
	case desk.Forbidden, desk.NotFound:
		l.Note(desk.StepRights, "%s may not write a %s on ticket %d.", sender.Login, kindOf(a.action), id)
		return Received{}, ask(id, "%s", a.unfit)
	}
	if err != nil {
		return Received{}, refusal(err)
	}
	if !a.vouched {
		l.Note(desk.StepRights, "%s may write a %s on ticket %d.", sender.Login, kindOf(a.action), id)
	}
	return Received{State: desk.SpoolDone, Ticket: id, Message: m.ID}, o.rememberThread(ctx, id, m.ID, l)
}

// maxThread is how many Message-IDs of other letters one letter adds to a
// ticket.
const maxThread = 20

// rememberThread notes the letters that this one answers, so that an answer
// among colleagues to a letter that the desk never got lands in the ticket.
// Who writes it still needs the right to.
func (o *op) rememberThread(ctx context.Context, id desk.TicketID, m desk.MessageID, l *desk.Letter) error {
	ids := append(append([]string(nil), l.InReplyTo...), l.References...)
	for _, letterID := range ids[:min(len(ids), maxThread)] {
		known, err := o.TicketsByLetter(ctx, []string{letterID})
		if err != nil {
			return err
		}
		if len(known) > 0 {
			continue
		}
		if err := o.RememberLetter(ctx, letterID, id, m); err != nil {
			return err
		}
	}
	return nil
}

// followUp opens a new ticket for an answer to a closed one, as the queue
// wants it, and refers to the old one. Who may not answer the old one is
// treated as if it were open.
func (o *op) followUp(ctx context.Context, a arrival, old *desk.Ticket, sender *desk.User) (Received, error) {
	if !o.e.Can(sender.ID, desk.ReplyToTicket, access.Ticket(old.Facts())) && !a.vouched {
		return Received{}, ask(old.ID, "%s", a.unfit)
	}
	q, err := o.Queue(ctx, old.Queue)
	if err != nil {
		return Received{}, err
	}
	got, err := o.receiveNew(ctx, a, q)
	if err != nil {
		return got, err
	}
	if err := o.AddLink(ctx, store.Link{From: got.Ticket, Type: "refers-to", To: old.ID}); err != nil {
		return got, err
	}
	return got, o.record(ctx, desk.Event{Ticket: got.Ticket, Kind: desk.EventLink,
		Data: map[string]string{"type": "refers-to", "target": formatID(old.ID)}})
}

// survivor follows merges to the ticket that is still there.
func (o *op) survivor(ctx context.Context, id desk.TicketID) (desk.TicketID, error) {
	for {
		t, err := o.Ticket(ctx, id)
		if err != nil || t.MergedInto == 0 {
			return id, refusal(err)
		}
		id = t.MergedInto
	}
}

// receiveNew opens a ticket for the letter's sender. An unknown one becomes a
// contact, in the same transaction and only if he may open a ticket; his mail
// domain may make him a contact of a customer.
func (o *op) receiveNew(ctx context.Context, a arrival, q *desk.Queue) (Received, error) {
	l := a.letter
	if l.From.Address == "" {
		if !o.anyoneMayOpen(q.ID) {
			return Received{}, refuse("It does not say who wrote it, and not everybody may open tickets in the queue %s.", q.Name)
		}
		return o.openFor(ctx, o, q, l, 0)
	}
	sender, err := o.UserByAddress(ctx, l.From.Address)
	if desk.KindOf(err) == desk.NotFound {
		if sender, err = o.newContact(ctx, l.From); desk.KindOf(err) == desk.Conflict {
			// Another node was just told of the same person by another letter.
			return Received{}, errors.Join(store.ErrAgain, refusal(err))
		}
	}
	if err != nil {
		return Received{}, refusal(err)
	}
	if sender.Disabled {
		return Received{}, refuse("Its sender %s is disabled.", sender.Login)
	}
	if err := o.knows(sender); err != nil {
		return Received{}, err
	}
	repeats, err := o.breakLoop(ctx, a.entry, q.ID, sender.ID, l)
	if err != nil {
		return Received{}, err
	}
	if repeats && l.Automatic == "" {
		l.Automatic = "repeated"
	}
	if !a.vouched && !o.e.Can(sender.ID, desk.CreateTicket, access.Queue(q.ID)) {
		l.Note(desk.StepRights, "%s may not open tickets in the queue %s.", sender.Login, q.Name)
		return Received{}, refuse("%s may not open tickets in the queue %s.", l.From.Address, q.Name)
	}
	l.Note(desk.StepFrom, "%s is %s.", l.From.Address, who(sender))
	if !a.vouched {
		l.Note(desk.StepRights, "%s may open tickets in the queue %s.", sender.Login, q.Name)
	}
	as := o.asSender(sender)
	if a.vouched {
		as = o
	}
	got, err := o.openFor(ctx, as, q, l, sender.ID)
	if err != nil {
		return got, err
	}
	return got, o.askToJoin(ctx, sender, l.From.Address)
}

// who says in words what a sender is to the desk.
func who(u *desk.User) string {
	if u.Kind == desk.Agent {
		return "the agent " + u.Login
	}
	return "the contact " + u.Login
}

// knows returns an error that has the letter read again where its sender became
// a user after the engine of this op was brought up to date: asked about him it
// would say no to all.
func (o *op) knows(sender *desk.User) error {
	if o.e.Enabled(sender.ID) {
		return nil
	}
	return errors.Join(store.ErrAgain, desk.Errorf(desk.Unavailable, "%s became a user just now.", sender.Login))
}

// anyoneMayOpen reports whether a contact of whom the desk knows nothing may
// open tickets in the queue.
func (o *op) anyoneMayOpen(q desk.QueueID) bool {
	const nobody = desk.UserID(desk.FirstPrincipal - 1) // which no user has
	e := o.e.With(access.Change{Version: o.e.Version(), Users: []desk.WorldUser{{ID: nobody, Kind: desk.Contact}}})
	return e.Can(nobody, desk.CreateTicket, access.Queue(q))
}

func (o *op) openFor(ctx context.Context, as *op, q *desk.Queue, l *desk.Letter, sender desk.UserID) (Received, error) {
	as.e = o.e
	in := NewTicket{Queue: q.ID, Subject: l.Subject, Text: l.Text, HTML: l.HTML, Files: l.Files,
		machine: l.Automatic != "" || sender == 0, reporter: sender, letter: l}
	if sender != 0 {
		in.Requestors = []desk.PrincipalID{desk.PrincipalID(sender)}
	}
	t, err := as.openTicket(ctx, in)
	if err != nil {
		return Received{}, refusal(err)
	}
	if err := o.RememberLetter(ctx, o.s.rootLetterID(t.ID), t.ID, 0); err != nil {
		return Received{}, err
	}
	return Received{State: desk.SpoolDone, Ticket: t.ID}, o.rememberThread(ctx, t.ID, 0, l)
}

// newContact makes an unknown sender a contact, and a contact of each customer
// that takes in senders of his mail domain without being asked.
func (o *op) newContact(ctx context.Context, from desk.MailAddress) (*desk.User, error) {
	u := &desk.User{Login: from.Address, Name: from.Name, Kind: desk.Contact, Addresses: []string{from.Address}}
	if err := o.createUser(ctx, u); err != nil {
		return nil, err
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	customers, err := o.CustomerByDomain(ctx, domain)
	if err != nil {
		return nil, err
	}
	primary := true
	for _, c := range customers {
		if !c.AutoJoin || c.AskFirst || c.Disabled || o.e.LeadsToSuperUser(desk.PrincipalID(c.ID)) {
			continue // nobody becomes a superuser by writing a letter
		}
		m := desk.Membership{Group: desk.PrincipalID(c.ID), Member: desk.PrincipalID(u.ID), Part: desk.PartMember,
			Primary: primary, Source: "domain"}
		if err := o.AddMembership(ctx, m); err != nil {
			return nil, err
		}
		if err := o.changedAccess(ctx, change{"member.add", "customer:" + c.Key, "", describeMembership(m) + "; by mail domain: " + domain}, memberChanged(m)); err != nil {
			return nil, err
		}
		primary = false
	}
	return u, nil
}
