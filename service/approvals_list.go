package service

import (
	"context"
	"slices"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
)

// An ApprovalState says how an approval stands.
type ApprovalState string

// The states of an approval.
const (
	ApprovalOpen      ApprovalState = "open"
	ApprovalGranted   ApprovalState = "granted"
	ApprovalRefused   ApprovalState = "refused"
	ApprovalWithdrawn ApprovalState = "withdrawn"
)

// stateIn returns how an approval stands that has a status.
func stateIn(c *desk.LifeCycle, s desk.Status) ApprovalState {
	state := c.State(s)
	switch {
	case s == c.Granted:
		return ApprovalGranted
	case s == c.Refused:
		return ApprovalRefused
	case state != nil && state.Kind.Active():
		return ApprovalOpen
	}
	return ApprovalWithdrawn
}

func stateOfApproval(c *desk.LifeCycle, t *desk.Ticket) ApprovalState { return stateIn(c, t.Status) }

// An Approval is one that was asked for, as far as the reader may know of it.
type Approval struct {
	ID      desk.TicketID
	Subject string
	State   ApprovalState
	Asker   Name
	ByDesk  bool   // the desk asked by itself, by a rule or the command line
	Of      []Name // who was asked: any of them decides
	At      time.Time
	By      Name      // who decided or withdrew it
	Ended   time.Time // when; zero: it is open
	Word    string    // what he said to it
	// Reason is what was asked, for those who may open the approval; Opens says
	// whether the reader may.
	Reason string
	Opens  bool
	// For is the ticket that depends on it; zero: the reader may not see it.
	For        desk.TicketID
	ForSubject string
	May        bool // the reader may decide now
	Withdraws  bool // the reader may withdraw it now
	ticket     *desk.Ticket
}

// TicketApprovals are the approvals of one ticket.
type TicketApprovals struct {
	Lines []Approval // that it asked for, oldest first
	About *Approval  // what the ticket itself asks; nil: it is no approval
	Ask   bool       // the reader may ask for one
}

// TicketApprovals returns the approvals on which a ticket depends, to the people
// at the desk who may read its comments, and what it asks itself where it is
// one (ShowTicket). Of an approval that the reader may not open he is told who
// was asked and what came of it, and not what was asked.
func (s *Service) TicketApprovals(ctx context.Context, by desk.Actor, id desk.TicketID) (*TicketApprovals, error) {
	found := &TicketApprovals{}
	err := s.view(ctx, by, func(o *op) error {
		t, err := o.ticketFor(ctx, desk.ShowTicket, id)
		if err != nil {
			return err
		}
		c, err := o.lifeOf(ctx, t.Queue)
		if err != nil {
			return err
		}
		if c.Approves() {
			found.About, err = o.approval(ctx, t)
			return err
		}
		x := access.Ticket(t.Facts())
		if !o.isAgent() || !o.can(desk.ShowTicketComments, x) {
			return nil
		}
		if found.Lines, err = o.approvalsOf(ctx, t.ID); err != nil {
			return err
		}
		q, _, err := o.approvalQueue(ctx)
		found.Ask = q != nil && t.Active() && o.can(desk.ModifyTicket, x)
		return err
	})
	return found, err
}

// ToApprove returns the approvals that the actor may grant or refuse now, the
// oldest first, at most a hundred of the newest.
func (s *Service) ToApprove(ctx context.Context, by desk.Actor) ([]Approval, error) {
	var list []Approval
	err := s.view(ctx, by, func(o *op) error {
		tickets, err := o.toApprove(ctx)
		if err != nil {
			return err
		}
		for i := range tickets {
			a, err := o.approval(ctx, &tickets[i])
			if err != nil {
				return err
			}
			list = append(list, *a)
		}
		slices.Reverse(list)
		return nil
	})
	return list, err
}

// CountToApprove returns how many ToApprove lists.
func (s *Service) CountToApprove(ctx context.Context, by desk.Actor) (int, error) {
	n := 0
	err := s.view(ctx, by, func(o *op) error {
		list, err := o.toApprove(ctx)
		n = len(list)
		return err
	})
	return n, err
}

func (o *op) toApprove(ctx context.Context) ([]desk.Ticket, error) {
	b, err := o.lives(ctx)
	if err != nil {
		return nil, err
	}
	queues := b.Approving()
	if len(queues) == 0 || o.by.User == 0 {
		return nil, nil
	}
	self := desk.PrincipalID(o.by.User)
	list, _, err := o.Tx.Tickets(ctx, o.scope(desk.ShowTicket), TicketFilter{
		Queues: queues, Activity: OnlyActive, Standing: append(o.e.GroupsOf(self), self), Limit: 100,
	})
	return slices.DeleteFunc(list, func(t desk.Ticket) bool { return !o.decides(&t) }), err
}

// decides reports whether the actor may grant or refuse an approval now.
func (o *op) decides(t *desk.Ticket) bool {
	return t.Active() && o.by.User != 0 && o.asked(t) && o.can(desk.ReplyToTicket, access.Ticket(t.Facts()))
}

// approvalsOf returns the approvals on which a ticket depends, oldest first.
func (o *op) approvalsOf(ctx context.Context, id desk.TicketID) ([]Approval, error) {
	links, err := o.Links(ctx, id)
	if err != nil {
		return nil, err
	}
	b, err := o.lives(ctx)
	if err != nil {
		return nil, err
	}
	var list []Approval
	for _, l := range links {
		if l.From != id || l.Type != LinkDependsOn {
			continue
		}
		t, err := o.Tx.Ticket(ctx, l.To)
		if err != nil {
			return nil, err
		}
		if !b.Of(t.Queue).Approves() || t.Status == desk.StatusDeleted {
			continue
		}
		a, err := o.approval(ctx, t)
		if err != nil {
			return nil, err
		}
		list = append(list, *a)
	}
	slices.SortFunc(list, func(a, b Approval) int { return int(a.ID - b.ID) })
	return list, nil
}

// approval returns what the actor may know of an approval that he may know of.
func (o *op) approval(ctx context.Context, t *desk.Ticket) (*Approval, error) {
	c, err := o.lifeOf(ctx, t.Queue)
	if err != nil {
		return nil, err
	}
	x := access.Ticket(t.Facts())
	a := &Approval{
		ID: t.ID, Subject: t.Subject, State: stateOfApproval(c, t), At: t.Created, ticket: t,
		Opens: o.can(desk.ShowTicket, x), May: c.Approves() && o.decides(t),
	}
	open := a.State == ApprovalOpen || a.State == ApprovalRefused
	a.Withdraws = open && (t.Reporter == o.by.User && a.Opens || o.can(desk.ModifyTicket, x))
	names, err := o.names(ctx, append(t.In(desk.AdminCc), desk.PrincipalID(t.Reporter)))
	if err != nil {
		return nil, err
	}
	a.Of = o.known(t.In(desk.AdminCc), names)
	if a.ByDesk = t.Reporter == 0; !a.ByDesk && o.mayKnow(desk.PrincipalID(t.Reporter)) {
		a.Asker = names[desk.PrincipalID(t.Reporter)]
	}
	if a.Opens {
		first, err := o.Messages(ctx, t.ID, false, 0, 1)
		if err != nil {
			return nil, err
		}
		if len(first) > 0 {
			a.Reason = first[0].Text
		}
	}
	if err := o.fillAsking(ctx, a); err != nil || a.State == ApprovalOpen {
		return a, err
	}
	return a, o.fillEnd(ctx, a, t)
}

// fillAsking names the ticket that depends on an approval, where the actor may
// see it.
func (o *op) fillAsking(ctx context.Context, a *Approval) error {
	links, err := o.visibleLinks(ctx, a.ticket)
	for _, l := range links {
		if l.To != a.ID || l.Type != LinkDependsOn {
			continue
		}
		t, err := o.current(ctx, l.From)
		if err != nil {
			return err
		}
		a.For, a.ForSubject = t.ID, t.Subject
	}
	return err
}

// fillEnd says who ended an approval, when, and with what word.
func (o *op) fillEnd(ctx context.Context, a *Approval, t *desk.Ticket) error {
	events, err := o.Tx.Events(ctx, t.ID, 0, 5000)
	if err != nil {
		return err
	}
	var end desk.Event
	for _, e := range events {
		if e.Kind == desk.EventStatus {
			end = e
		}
	}
	a.Ended = end.At
	names, err := o.names(ctx, []desk.PrincipalID{desk.PrincipalID(end.By)})
	if err != nil {
		return err
	}
	if o.mayKnow(desk.PrincipalID(end.By)) {
		a.By = names[desk.PrincipalID(end.By)]
	}
	if end.Message == 0 {
		return nil
	}
	m, err := o.Tx.Message(ctx, end.Message)
	if err == nil {
		a.Word = m.Text
	}
	return err
}

// waitsForApproval is why a ticket is not done yet: the approval and who was
// asked for it, to those who may know that there is one.
func (o *op) waitsForApproval(ctx context.Context, t, approval *desk.Ticket) error {
	if !o.isAgent() || !o.can(desk.ShowTicketComments, access.Ticket(t.Facts())) {
		return desk.Errorf(desk.Conflict, "Ticket %d depends on something that is still open at the desk.", t.ID)
	}
	return desk.Errorf(desk.Conflict, "Ticket %d waits for approval %d (%s): %s was asked and has neither granted nor refused it yet. Whoever asked can withdraw it.", t.ID, approval.ID, approval.Subject, o.approverNames(ctx, approval))
}

// approvalRefused is the same for an approval that was refused.
func (o *op) approvalRefused(ctx context.Context, t, approval *desk.Ticket) error {
	if !o.isAgent() || !o.can(desk.ShowTicketComments, access.Ticket(t.Facts())) {
		return desk.Errorf(desk.Conflict, "Ticket %d depends on something that was refused at the desk.", t.ID)
	}
	return desk.Errorf(desk.Conflict, "Approval %d (%s), on which ticket %d depends, was refused; %s was asked. Ask again, withdraw it, or end the ticket in another way.", approval.ID, approval.Subject, t.ID, o.approverNames(ctx, approval))
}

// approverNames are those who were asked, in words.
func (o *op) approverNames(ctx context.Context, t *desk.Ticket) string {
	names, err := o.names(ctx, t.In(desk.AdminCc))
	if err != nil || len(t.In(desk.AdminCc)) == 0 {
		return "nobody"
	}
	var list []string
	for _, who := range t.In(desk.AdminCc) {
		list = append(list, names[who].Text)
	}
	return strings.Join(list, " or ")
}
