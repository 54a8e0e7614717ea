package service

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// SetStatus sets a ticket's status by a step of its queue's life cycle. It needs
// the right that the step asks for: of the life cycle that ships ModifyTicket,
// and DeleteTicket for the status deleted. A ticket that depends on open ones is
// not resolved. version is the one that the actor had before him, zero: whatever
// it is.
func (s *Service) SetStatus(ctx context.Context, by desk.Actor, id desk.TicketID, status desk.Status, version int64) error {
	return s.do(ctx, by, func(o *op) error {
		t, err := o.lockCurrent(ctx, id)
		right := desk.ModifyTicket
		if err == nil {
			if right, err = o.rightToSet(ctx, t, status); err != nil {
				return err
			}
		}
		if t, err = o.allowed(t, err, right, id); err != nil {
			return err
		}
		if err := fresh(t, version); err != nil {
			return err
		}
		return o.setStatus(ctx, t, status)
	})
}

// rightToSet returns the right that a change of status asks for. What there is
// no step for asks ModifyTicket, so that nobody else learns which there are.
func (o *op) rightToSet(ctx context.Context, t *desk.Ticket, status desk.Status) (desk.Right, error) {
	step, _, err := o.step(ctx, t, status)
	switch {
	case err != nil:
		return 0, err
	case step != nil:
		return step.Asks(), nil
	case status == desk.StatusDeleted:
		return desk.DeleteTicket, nil
	}
	return desk.ModifyTicket, nil
}

// setStatus sets the status of a locked ticket and stores it.
func (o *op) setStatus(ctx context.Context, t *desk.Ticket, status desk.Status) error {
	right, err := o.rightToSet(ctx, t, status)
	if err != nil {
		return err
	}
	if err := o.need(right, access.Ticket(t.Facts())); err != nil {
		return err
	}
	step, c, err := o.step(ctx, t, status)
	if err != nil {
		return err
	}
	if err := checkStep(c, step, t, status); err != nil {
		return err
	}
	if err := o.guardEnd(c, t, status); err != nil {
		return err
	}
	before, now := *t, o.s.Now()
	c.Enter(t, status, now)
	t.HeardOf(o.by.User, now)
	if before.Active() && !t.Active() {
		if err := o.checkDependencies(ctx, &before, c.State(status)); err != nil {
			return err
		}
	}
	if err := o.recordStatus(ctx, c, &before, status); err != nil {
		return err
	}
	if err := o.approvalEnds(ctx, c, t); err != nil {
		return err
	}
	return o.UpdateTicket(ctx, t)
}

// checkStep refuses a change of status that the life cycle does not know.
func checkStep(c *desk.LifeCycle, step *desk.Step, t *desk.Ticket, status desk.Status) error {
	switch {
	case c.State(status) == nil:
		return desk.InvalidFields(map[string]string{"status": "There is no status " + strconv.Quote(string(status)) + " in this queue's life cycle."})
	case status == t.Status:
		return desk.Errorf(desk.Conflict, "Ticket %d is %s already.", t.ID, status)
	case step != nil:
		return nil
	}
	var next []string
	for _, s := range c.From(t.Status) {
		next = append(next, string(s.To))
	}
	return desk.Errorf(desk.Conflict, "In this queue's life cycle a ticket does not go from %s to %s; from %s it goes to %s.", t.Status, status, t.Status, cmp.Or(strings.Join(next, ", "), "nowhere"))
}

// recordStatus writes a change of status into the history; people are told of a
// ticket that is solved.
func (o *op) recordStatus(ctx context.Context, c *desk.LifeCycle, before *desk.Ticket, status desk.Status) error {
	e := statusEvent(c, before, status)
	if c.Approves() && before.Active() {
		return o.recordEnd(ctx, c, e, status)
	}
	if s := c.State(status); s == nil || !s.Solved {
		return o.record(ctx, e)
	}
	e.Data["solved"] = "yes"
	return o.tell(ctx, e)
}

// fresh refuses a change that was made before an older state of the ticket.
func fresh(t *desk.Ticket, version int64) error {
	if version == 0 || version == t.Version {
		return nil
	}
	return desk.Errorf(desk.Conflict, "Ticket %d was changed by somebody else meanwhile. Look at it again, then repeat your change.", t.ID)
}

// OwnerChange says how the owner is changed (RT: SetOwner with a type).
type OwnerChange string

// The ways of changing the owner.
const (
	Give   OwnerChange = "give"
	Take   OwnerChange = "take"
	Steal  OwnerChange = "steal"
	Untake OwnerChange = "untake"
)

// SetOwner changes the owner: give to somebody (zero: to nobody), take an
// unowned ticket, steal somebody else's, untake one's own. The owner-to-be
// needs OwnTicket. ReassignTicket serves for everything, also for untaking
// another's; else an unowned
// ticket takes ModifyTicket (TakeTicket to oneself), another's can only be
// stolen (StealTicket or ModifyTicket), one's own be given on with
// ModifyTicket.
func (s *Service) SetOwner(ctx context.Context, by desk.Actor, id desk.TicketID, how OwnerChange, owner desk.UserID) error {
	return s.do(ctx, by, func(o *op) error {
		t, err := o.lockCurrent(ctx, id)
		if t, err = o.visible(t, err, id); err != nil {
			return err
		}
		switch how {
		case Take, Steal:
			owner = by.User
		case Untake:
			owner = 0
		}
		if err := o.maySetOwner(t, how, owner); err != nil {
			return err
		}
		if err := o.mayOwn(ctx, t, owner); err != nil {
			return err
		}
		return o.setOwner(ctx, t, owner)
	})
}

// visible returns a ticket to whoever may see it or do something to its owner.
func (o *op) visible(t *desk.Ticket, err error, id desk.TicketID) (*desk.Ticket, error) {
	if err == nil && o.canAny(access.Ticket(t.Facts()), desk.TakeTicket, desk.StealTicket, desk.ReassignTicket, desk.ModifyTicket) {
		return o.allowed(t, err, ownerRight(o, t), id)
	}
	return o.allowed(t, err, desk.ShowTicket, id)
}

func ownerRight(o *op, t *desk.Ticket) desk.Right {
	for _, r := range []desk.Right{desk.ModifyTicket, desk.ReassignTicket, desk.TakeTicket} {
		if o.can(r, access.Ticket(t.Facts())) {
			return r
		}
	}
	return desk.StealTicket
}

// mayOwn refuses an owner-to-be who is not fit.
func (o *op) mayOwn(ctx context.Context, t *desk.Ticket, owner desk.UserID) error {
	if owner == 0 {
		return nil
	}
	if owner == t.Owner {
		return desk.Errorf(desk.Conflict, "Ticket %d has this owner already.", t.ID)
	}
	if _, err := o.User(ctx, owner); err != nil {
		return err
	}
	if !o.e.Can(owner, desk.OwnTicket, access.Ticket(t.Facts())) {
		return desk.Errorf(desk.Conflict, "This user may not own tickets here: the right OwnTicket is missing.")
	}
	return nil
}

func (o *op) maySetOwner(t *desk.Ticket, how OwnerChange, owner desk.UserID) error {
	self := o.by.User
	switch {
	case how == Take && self == 0, how == Steal && self == 0:
		return desk.Errorf(desk.Invalid, "Only a user can take a ticket; name an owner instead.")
	case how == Steal && t.Owner == 0:
		return desk.Errorf(desk.Conflict, "Nobody owns ticket %d; take it instead.", t.ID)
	case how == Take && t.Owner != 0:
		return desk.Errorf(desk.Conflict, "Somebody owns ticket %d already; steal it instead.", t.ID)
	case how == Untake && t.Owner != self && !o.can(desk.ReassignTicket, access.Ticket(t.Facts())):
		return desk.Errorf(desk.Conflict, "You do not own ticket %d.", t.ID)
	case owner == 0 && t.Owner == 0:
		return desk.Errorf(desk.Conflict, "Nobody owns ticket %d already.", t.ID)
	}
	x := access.Ticket(t.Facts())
	allowed := o.can(desk.ReassignTicket, x)
	switch {
	case allowed:
	case t.Owner == 0 && owner == self:
		allowed = o.canAny(x, desk.ModifyTicket, desk.TakeTicket)
	case t.Owner == 0, t.Owner == self:
		allowed = o.can(desk.ModifyTicket, x)
	case how == Steal:
		allowed = o.canAny(x, desk.ModifyTicket, desk.StealTicket)
	}
	if !allowed {
		return desk.Errorf(desk.Forbidden, "You may not change the owner of ticket %d in this way.", t.ID)
	}
	return nil
}

func (o *op) setOwner(ctx context.Context, t *desk.Ticket, owner desk.UserID) error {
	e := desk.Event{Ticket: t.ID, Kind: desk.EventOwner, Data: map[string]string{
		"from": formatID(t.Owner), "to": formatID(owner),
	}}
	unstand(t, desk.Owner, desk.PrincipalID(t.Owner))
	if owner != 0 {
		stand(t, desk.Owner, desk.PrincipalID(owner))
	}
	t.Owner = owner
	t.Touched(o.by.User, o.s.Now())
	if err := o.UpdateTicket(ctx, t); err != nil {
		return err
	}
	if err := o.notify(ctx, t, desk.Notice{User: owner, Kind: desk.NoticeOwner}); err != nil {
		return err
	}
	return o.tell(ctx, e)
}

// TicketChange is a change of a ticket's own facts; nil fields stay.
type TicketChange struct {
	Ticket   desk.TicketID
	Version  int64 // that the actor had before him; zero: whatever
	Subject  *string
	Priority *int
	Sharing  *desk.Sharing
	Plan
}

// ChangeTicket changes subject, priority, sharing and plan. It needs
// ModifyTicket; SetPriority serves for the priority.
func (s *Service) ChangeTicket(ctx context.Context, by desk.Actor, in TicketChange) error {
	return s.do(ctx, by, func(o *op) error {
		right := desk.ModifyTicket
		if in.Priority != nil && in.Subject == nil && in.Sharing == nil && in.Plan == (Plan{}) {
			right = desk.SetPriority
		}
		t, err := o.lockCurrent(ctx, in.Ticket)
		if err == nil && right == desk.SetPriority && o.can(desk.ModifyTicket, access.Ticket(t.Facts())) {
			right = desk.ModifyTicket
		}
		if t, err = o.allowed(t, err, right, in.Ticket); err != nil {
			return err
		}
		if err := fresh(t, in.Version); err != nil {
			return err
		}
		return o.changeTicket(ctx, t, in)
	})
}

func (o *op) changeTicket(ctx context.Context, t *desk.Ticket, in TicketChange) error {
	var events []desk.Event
	changed := func(kind desk.EventKind, from, to string) {
		if from != to {
			events = append(events, desk.Event{Ticket: t.ID, Kind: kind, Data: map[string]string{"from": from, "to": to}})
		}
	}
	if in.Subject != nil {
		subject := oneLine(*in.Subject)
		if subject == "" {
			return desk.InvalidFields(map[string]string{"subject": "A ticket needs a subject."})
		}
		changed(desk.EventSubject, t.Subject, subject)
		t.Subject = subject
	}
	if in.Priority != nil {
		changed(desk.EventPriority, strconv.Itoa(t.Priority), strconv.Itoa(*in.Priority))
		t.Priority = *in.Priority
	}
	if in.Sharing != nil {
		changed(desk.EventSharing, t.Sharing.String(), in.Sharing.String())
		t.Sharing = *in.Sharing
	}
	planned, err := in.Plan.apply(t)
	if err != nil {
		return err
	}
	events = append(events, planned...)
	for _, e := range events {
		if err := o.record(ctx, e); err != nil {
			return err
		}
	}
	t.Touched(o.by.User, o.s.Now())
	return o.UpdateTicket(ctx, t)
}

// MoveTicket moves a ticket to another queue: ModifyTicket on it, CreateTicket
// or MoveIntoQueue where it goes. An owner who may not own tickets there is
// taken off. A status that the queue's life cycle lacks becomes the one that it
// says.
func (s *Service) MoveTicket(ctx context.Context, by desk.Actor, id desk.TicketID, to desk.QueueID) error {
	return s.do(ctx, by, func(o *op) error {
		t, err := o.lockFor(ctx, desk.ModifyTicket, id)
		if err != nil {
			return err
		}
		target := access.Queue(to)
		q, err := o.Queue(ctx, to)
		if err != nil || !o.canAny(target, desk.CreateTicket, desk.MoveIntoQueue, desk.SeeQueue) {
			return desk.Errorf(desk.NotFound, "There is no such queue.")
		}
		switch {
		case !o.canAny(target, desk.CreateTicket, desk.MoveIntoQueue):
			return desk.Errorf(desk.Forbidden, "You may not move tickets into the queue %s: it asks for CreateTicket or MoveIntoQueue there.", q.Name)
		case q.Disabled:
			return desk.Errorf(desk.Conflict, "The queue %s is disabled and takes no tickets.", q.Name)
		case q.ID == t.Queue:
			return desk.Errorf(desk.Conflict, "Ticket %d is in the queue %s already.", t.ID, q.Name)
		}
		if err := o.guardApproval(ctx, t, "it stays in its queue."); err != nil {
			return err
		}
		return o.move(ctx, t, q)
	})
}

func (o *op) move(ctx context.Context, t *desk.Ticket, q *desk.Queue) error {
	e := desk.Event{Ticket: t.ID, Kind: desk.EventQueue, Data: map[string]string{
		"from": formatID(t.Queue), "to": formatID(q.ID),
	}}
	from := t.Queue
	t.Queue = q.ID
	t.Touched(o.by.User, o.s.Now())
	if err := o.record(ctx, e); err != nil {
		return err
	}
	if err := o.arrive(ctx, t, from); err != nil {
		return err
	}
	if t.Owner != 0 && !o.e.Can(t.Owner, desk.OwnTicket, access.Ticket(t.Facts())) {
		return o.setOwner(ctx, t, 0)
	}
	return o.UpdateTicket(ctx, t)
}
