package service

import (
	"context"
	"slices"
	"strings"

	"gatehouse/desk"
)

// An approval is a ticket of a queue whose life cycle names granted and refused
// statuses. Who reported it asks; who stands in its AdminCc was asked, and any
// one of them decides. Another ticket depends on it, and is not done before.

// ApprovalAsk asks somebody to approve of something.
type ApprovalAsk struct {
	Ticket desk.TicketID // that depends on it
	// Of are the people and groups who are asked: all of them have to grant it, of
	// a group any one.
	Of      []desk.PrincipalID
	Subject string // empty: the ticket's own
	Reason  string // what they read; they need not be able to read the ticket
	Form    string // token of the form, so that sending it twice asks once
	queue   *desk.Queue
	cycle   *desk.LifeCycle // of the queue
}

// maxApprovers bounds how many are asked at once.
const maxApprovers = 20

// AskApproval asks people for their approval of what a ticket is to do
// (ModifyTicket on it): for each of them it opens a ticket in the queue of
// approvals on which this one depends, and returns their numbers. One that the
// same one refused before is withdrawn.
func (s *Service) AskApproval(ctx context.Context, by desk.Actor, in ApprovalAsk) ([]desk.TicketID, error) {
	var made []desk.TicketID
	err := s.do(ctx, by, func(o *op) error {
		t, err := o.lockFor(ctx, desk.ModifyTicket, in.Ticket)
		if err != nil {
			return err
		}
		if earlier, err := o.formSentBefore(ctx, in.Form); err != nil || earlier != 0 {
			made = []desk.TicketID{earlier}
			return err
		}
		if made, err = o.ask(ctx, t, in); err != nil {
			return err
		}
		return o.rememberForm(ctx, in.Form, made[0])
	})
	return made, err
}

// ask opens the approvals that are asked for of a locked ticket.
func (o *op) ask(ctx context.Context, t *desk.Ticket, in ApprovalAsk) ([]desk.TicketID, error) {
	if err := o.checkAsk(ctx, t, &in); err != nil {
		return nil, err
	}
	var err error
	if in.queue, in.cycle, err = o.approvalQueue(ctx); err != nil {
		return nil, err
	}
	if in.queue == nil {
		return nil, desk.Errorf(desk.Conflict, "Nothing is set up for approvals yet. An administrator does that with the blueprint “approvals”.")
	}
	var made []desk.TicketID
	for _, who := range in.Of {
		id, err := o.askOne(ctx, t, who, in)
		if err != nil {
			return nil, err
		}
		made = append(made, id)
	}
	return made, nil
}

// checkAsk refuses what cannot be asked, and of whom.
func (o *op) checkAsk(ctx context.Context, t *desk.Ticket, in *ApprovalAsk) error {
	if !t.Active() {
		return desk.Errorf(desk.Conflict, "Ticket %d is done; nothing of it waits for an approval.", t.ID)
	}
	if in.Subject = oneLine(in.Subject); in.Subject == "" {
		in.Subject = t.Subject
	}
	if strings.TrimSpace(in.Reason) == "" {
		return desk.InvalidFields(map[string]string{"reason": "Say what is to be approved: it is all that they read of it."})
	}
	if err := checkText(in.Reason); err != nil {
		return err
	}
	slices.Sort(in.Of)
	in.Of = slices.Compact(in.Of)
	if len(in.Of) == 0 || len(in.Of) > maxApprovers {
		return desk.InvalidFields(map[string]string{"of": "Name somebody who is to approve of it, or a group; 20 at most."})
	}
	for _, who := range in.Of {
		if err := o.checkApprover(ctx, t, who); err != nil {
			return err
		}
	}
	return nil
}

// checkApprover refuses whom it makes no sense to ask.
func (o *op) checkApprover(ctx context.Context, t *desk.Ticket, who desk.PrincipalID) error {
	wrong := func(text string) error { return desk.InvalidFields(map[string]string{"of": text}) }
	if err := o.checkPrincipal(ctx, who); err != nil {
		return wrong(desk.Sentence(err))
	}
	names, err := o.names(ctx, []desk.PrincipalID{who})
	if err != nil {
		return err
	}
	can := slices.DeleteFunc(o.toldOf(who), func(u desk.UserID) bool { return u == o.by.User })
	switch name := names[who].Text; {
	case o.e.IsCustomer(who) || who < desk.FirstPrincipal:
		return wrong("Only a person or a group of people is asked for an approval; " + name + " is neither.")
	case who == desk.PrincipalID(o.by.User):
		return wrong("Nobody approves of what he asked for himself; ask somebody else.")
	case len(can) == 0:
		return wrong("There is nobody in " + name + " who could decide.")
	}
	open, err := o.approvalsOf(ctx, t.ID)
	for _, a := range open {
		if a.State == ApprovalOpen && slices.Contains(a.ticket.In(desk.AdminCc), who) {
			return desk.Errorf(desk.Conflict, "%s was asked already and has not decided yet.", names[who].Text)
		}
	}
	return err
}

// approvalQueue returns the queue in which approvals are asked for, with its
// life cycle: the oldest enabled one whose life cycle knows them; nil: none.
func (o *op) approvalQueue(ctx context.Context) (*desk.Queue, *desk.LifeCycle, error) {
	b, err := o.lives(ctx)
	if err != nil {
		return nil, nil, err
	}
	ids := b.Approving()
	for _, id := range ids {
		q, err := o.Queue(ctx, id)
		if err != nil || !q.Disabled {
			return q, b.Of(id), err
		}
	}
	return nil, nil, nil
}

// askOne opens the approval of one who is asked.
func (o *op) askOne(ctx context.Context, t *desk.Ticket, who desk.PrincipalID, in ApprovalAsk) (desk.TicketID, error) {
	if err := o.supersede(ctx, t, who); err != nil {
		return 0, err
	}
	now := o.s.Now()
	a := &desk.Ticket{Queue: in.queue.ID, Subject: in.Subject, Reporter: o.by.User, Created: now}
	a.HeardOf(o.by.User, now)
	in.cycle.Enter(a, in.cycle.First(desk.Initial), now)
	if o.by.User != 0 {
		stand(a, desk.Requestor, desk.PrincipalID(o.by.User))
	} else if t.Owner != 0 && o.by.Cause().Rule != 0 {
		stand(a, desk.Requestor, desk.PrincipalID(t.Owner)) // he hears what comes of it
	}
	stand(a, desk.AdminCc, who)
	if err := o.InsertTicket(ctx, a); err != nil {
		return 0, err
	}
	if err := o.recordOpening(ctx, a, NewTicket{Text: in.Reason, approval: true}, nil); err != nil {
		return 0, err
	}
	l := Link{From: t.ID, Type: LinkDependsOn, To: a.ID}
	if err := o.AddLink(ctx, l); err != nil {
		return 0, err
	}
	return a.ID, o.noteApproval(ctx, t.ID, a, ApprovalOpen)
}

// supersede withdraws what the same one refused before.
func (o *op) supersede(ctx context.Context, t *desk.Ticket, who desk.PrincipalID) error {
	list, err := o.approvalsOf(ctx, t.ID)
	if err != nil {
		return err
	}
	for _, a := range list {
		if a.State != ApprovalRefused || !slices.Contains(a.ticket.In(desk.AdminCc), who) {
			continue
		}
		locked, err := o.LockTicket(ctx, a.ID)
		if err == nil {
			err = o.withdraw(ctx, locked)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// DecideApproval grants or refuses an approval, with a word (ReplyToTicket on
// it). Only who was asked may, in person, and nobody what he asked for himself.
// Whoever refuses says why. The one who asked gets a letter.
func (s *Service) DecideApproval(ctx context.Context, by desk.Actor, id desk.TicketID, grant bool, word string) error {
	return s.do(ctx, by, func(o *op) error {
		t, err := o.lockFor(ctx, desk.ReplyToTicket, id)
		if err != nil {
			return err
		}
		c, err := o.lifeOf(ctx, t.Queue)
		if err != nil {
			return err
		}
		if err := o.mayDecide(c, t); err != nil {
			return err
		}
		end := c.Granted
		if !grant {
			end = c.Refused
		}
		if !grant && strings.TrimSpace(word) == "" {
			return desk.InvalidFields(map[string]string{"word": "Say in a word why you refuse it: the one who asked has to go on from there."})
		}
		if err := checkText(word); err != nil {
			return err
		}
		o.deciding = &decision{ticket: t.ID}
		defer func() { o.deciding = nil }()
		if strings.TrimSpace(word) != "" {
			if o.deciding.word, err = o.writeWord(ctx, t, word); err != nil {
				return err
			}
		}
		if err := o.notify(ctx, t, desk.Notice{User: t.Reporter, Kind: desk.NoticeDecided}); err != nil {
			return err
		}
		return o.setStatus(ctx, t, end)
	})
}

// A decision is one that is being made on an approval, with its word; zero: it
// is made without one.
type decision struct {
	ticket desk.TicketID
	word   desk.MessageID
}

// mayDecide refuses whoever was not asked.
func (o *op) mayDecide(c *desk.LifeCycle, t *desk.Ticket) error {
	switch {
	case !c.Approves():
		return desk.Errorf(desk.Conflict, "Ticket %d asks for no approval.", t.ID)
	case !t.Active():
		return desk.Errorf(desk.Conflict, "This was decided meanwhile: it is %s.", t.Status)
	case !o.asked(t):
		return desk.Errorf(desk.Forbidden, "Only those who were asked for it grant or refuse approval %d, and nobody what he asked for himself.", t.ID)
	}
	return nil
}

// asked reports whether the actor is one of those whom an approval asks.
func (o *op) asked(t *desk.Ticket) bool {
	if o.by.IsSystem() {
		return true
	}
	if o.by.User == t.Reporter {
		return false
	}
	return slices.ContainsFunc(t.In(desk.AdminCc), func(who desk.PrincipalID) bool { return slices.Contains(o.toldOf(who), o.by.User) })
}

// writeWord writes what somebody says to his decision; the letter that tells of
// the decision carries it.
func (o *op) writeWord(ctx context.Context, t *desk.Ticket, word string) (desk.MessageID, error) {
	m := &desk.Message{Ticket: t.ID, Kind: desk.Reply, Author: o.by.User, At: o.s.Now(), Subject: t.Subject, Text: word, Via: o.by.Via}
	if err := o.insertMessage(ctx, m, nil); err != nil {
		return 0, err
	}
	data := map[string]string{"kind": desk.Reply.String(), "side": sideDesk, "silent": "yes"}
	return m.ID, o.record(ctx, desk.Event{Ticket: t.ID, Kind: desk.EventMessage, Message: m.ID, Data: data})
}

// WithdrawApproval takes back what was asked, whether it is still open or was
// refused. Who asked may, or who may change the approval (ModifyTicket).
func (s *Service) WithdrawApproval(ctx context.Context, by desk.Actor, id desk.TicketID) error {
	return s.do(ctx, by, func(o *op) error {
		t, err := o.lockCurrent(ctx, id)
		right := desk.ModifyTicket
		if err == nil && t.Reporter == by.User && by.User != 0 {
			right = desk.ShowTicket
		}
		if t, err = o.allowed(t, err, right, id); err != nil {
			return err
		}
		c, err := o.lifeOf(ctx, t.Queue)
		switch {
		case err != nil:
			return err
		case !c.Approves():
			return desk.Errorf(desk.Conflict, "Ticket %d asks for no approval.", t.ID)
		case !t.Active() && t.Status != c.Refused:
			return desk.Errorf(desk.Conflict, "There is nothing to withdraw: it is %s.", t.Status)
		}
		return o.withdraw(ctx, t)
	})
}

// withdraw ends a locked approval, by no step of the life cycle.
func (o *op) withdraw(ctx context.Context, t *desk.Ticket) error {
	c, err := o.lifeOf(ctx, t.Queue)
	if err != nil {
		return err
	}
	before, now := *t, o.s.Now()
	c.Enter(t, c.Withdrawn(), now)
	t.HeardOf(o.by.User, now)
	if err := o.recordStatus(ctx, c, &before, t.Status); err != nil {
		return err
	}
	if err := o.approvalEnds(ctx, c, t); err != nil {
		return err
	}
	return o.UpdateTicket(ctx, t)
}

// guardApproval refuses what would decide on an approval, or change who does, by
// a way around those who were asked.
func (o *op) guardApproval(ctx context.Context, t *desk.Ticket, what string) error {
	c, err := o.lifeOf(ctx, t.Queue)
	if err != nil || !c.Approves() || o.by.IsSystem() {
		return err
	}
	return desk.Errorf(desk.Conflict, "Ticket %d asks for an approval: %s Withdraw it and ask again instead.", t.ID, what)
}

// guardEnd refuses to grant or refuse an approval by a mere change of status.
func (o *op) guardEnd(c *desk.LifeCycle, t *desk.Ticket, to desk.Status) error {
	if !c.Ends(to) || o.by.IsSystem() || o.deciding != nil && o.deciding.ticket == t.ID {
		return nil
	}
	return desk.Errorf(desk.Conflict, "Ticket %d asks for an approval: those who were asked grant or refuse it, under “To approve”.", t.ID)
}

// recordEnd writes what became of an approval into its own history, and tells
// those who are concerned of it.
func (o *op) recordEnd(ctx context.Context, c *desk.LifeCycle, e desk.Event, end desk.Status) error {
	if !c.Ends(end) && end != c.Withdrawn() {
		return o.record(ctx, e)
	}
	e.Data["approval"] = string(stateIn(c, end))
	if o.deciding != nil {
		e.Message = o.deciding.word
	}
	return o.tell(ctx, e)
}

// approvalEnds writes into the history of the tickets that depend on an approval
// what became of it.
func (o *op) approvalEnds(ctx context.Context, c *desk.LifeCycle, t *desk.Ticket) error {
	if !c.Approves() {
		return nil
	}
	links, err := o.Links(ctx, t.ID)
	if err != nil {
		return err
	}
	for _, l := range links {
		if l.To != t.ID || l.Type != LinkDependsOn {
			continue
		}
		if err := o.noteApproval(ctx, l.From, t, stateOfApproval(c, t)); err != nil {
			return err
		}
	}
	return nil
}

// noteApproval writes a change of an approval into the history of a ticket that
// depends on it.
func (o *op) noteApproval(ctx context.Context, of desk.TicketID, a *desk.Ticket, state ApprovalState) error {
	e := desk.Event{Ticket: of, Kind: desk.EventApproval, Data: map[string]string{"change": string(state), "target": formatID(a.ID)}}
	if who := a.In(desk.AdminCc); len(who) > 0 {
		e.Data["who"] = formatID(who[0])
	}
	return o.record(ctx, e)
}

// dependsOpenly refuses to unlink an approval that is not granted.
func (o *op) dependsOpenly(ctx context.Context, l Link, to *desk.Ticket) error {
	c, err := o.lifeOf(ctx, to.Queue)
	if err != nil || l.Type != LinkDependsOn || !c.Approves() || !to.Active() && to.Status != c.Refused {
		return err
	}
	return o.guardApproval(ctx, to, "the ticket that depends on it cannot let go of it.")
}
