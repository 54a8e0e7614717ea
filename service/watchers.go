package service

import (
	"context"
	"slices"

	"gatehouse/access"
	"gatehouse/desk"
)

// AddWatcher puts a principal into a role of a ticket; its customers take
// part. ModifyTicket serves for everybody, SetCustomer for the Customer role;
// oneself one may add with Watch (Requestor, Cc) or WatchAsAdminCc.
func (s *Service) AddWatcher(ctx context.Context, by desk.Actor, id desk.TicketID, role desk.RoleID, who desk.PrincipalID) error {
	return s.do(ctx, by, func(o *op) error {
		t, r, err := o.lockForWatcher(ctx, id, role, who)
		if err != nil {
			return err
		}
		if err := o.checkWatcher(ctx, t, r, who); err != nil {
			return err
		}
		return o.enter(ctx, t, r, who)
	})
}

// AddWatcherAddress is AddWatcher for whoever has a mail address. Where nobody
// has it, a contact is made with it.
func (s *Service) AddWatcherAddress(ctx context.Context, by desk.Actor, id desk.TicketID, role desk.RoleID, address string) error {
	return s.do(ctx, by, func(o *op) error {
		who, err := o.userOfAddress(ctx, address)
		if err != nil {
			return err
		}
		t, r, err := o.lockForWatcher(ctx, id, role, who)
		if err != nil {
			return err
		}
		if who == 0 {
			if who, err = o.makeContact(ctx, address); err != nil {
				return err
			}
		}
		if err := o.checkWatcher(ctx, t, r, who); err != nil {
			return err
		}
		return o.enter(ctx, t, r, who)
	})
}

// userOfAddress returns the user with the address; zero: nobody has it.
func (o *op) userOfAddress(ctx context.Context, address string) (desk.PrincipalID, error) {
	address, err := canonicalAddress(address)
	if err != nil {
		return 0, err
	}
	u, err := o.UserByAddress(ctx, address)
	if desk.KindOf(err) == desk.NotFound {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return desk.PrincipalID(u.ID), nil
}

func (o *op) makeContact(ctx context.Context, address string) (desk.PrincipalID, error) {
	address, err := canonicalAddress(address)
	if err != nil {
		return 0, err
	}
	u, err := o.newContact(ctx, desk.MailAddress{Address: address})
	if err != nil {
		return 0, err
	}
	return desk.PrincipalID(u.ID), nil
}

// enter puts somebody who may stand there into a role of a locked ticket; one
// who stands in a role for one user alone gives way.
func (o *op) enter(ctx context.Context, t *desk.Ticket, r *desk.Role, who desk.PrincipalID) error {
	if r.Single {
		for _, before := range t.In(r.ID) {
			unstand(t, r.ID, before)
			if err := o.record(ctx, watcherEvent(t.ID, r.ID, before, "removed")); err != nil {
				return err
			}
		}
	}
	q, err := o.Queue(ctx, t.Queue)
	if err != nil {
		return err
	}
	return o.addWatcher(ctx, entering{ticket: t, queue: q, role: r.ID, who: who})
}

// applies reports whether an enabled role is used in a queue.
func applies(r *desk.Role, queue desk.QueueID) bool {
	return !r.Disabled && (r.ID.Builtin() || r.Everywhere || slices.Contains(r.Queues, queue))
}

func (o *op) addWatcher(ctx context.Context, in entering) error {
	before := len(in.ticket.Holders)
	events, err := o.customersTakePart(ctx, in)
	if err != nil {
		return err
	}
	if len(in.ticket.Holders) == before {
		return desk.Errorf(desk.Conflict, "That is in this role already.")
	}
	events = append(events, watcherEvent(in.ticket.ID, in.role, in.who, "added"))
	for _, e := range events {
		if err := o.record(ctx, e); err != nil {
			return err
		}
	}
	in.ticket.Touched(o.by.User, o.s.Now())
	if err := o.UpdateTicket(ctx, in.ticket); err != nil {
		return err
	}
	if err := o.wantNamed(ctx, in.ticket.ID, in.who); err != nil {
		return err
	}
	return o.notify(ctx, in.ticket, desk.Notice{User: desk.UserID(in.who), Kind: desk.NoticeWatcher})
}

func watcherEvent(t desk.TicketID, role desk.RoleID, who desk.PrincipalID, change string) desk.Event {
	return desk.Event{Ticket: t, Kind: desk.EventWatcher, Data: map[string]string{
		"role": formatID(role), "who": formatID(who), "change": change,
	}}
}

// RemoveWatcher takes a principal out of a role of a ticket. It asks what
// AddWatcher asks.
func (s *Service) RemoveWatcher(ctx context.Context, by desk.Actor, id desk.TicketID, role desk.RoleID, who desk.PrincipalID) error {
	return s.do(ctx, by, func(o *op) error {
		t, r, err := o.lockForWatcher(ctx, id, role, who)
		if err != nil {
			return err
		}
		if role == desk.Owner {
			return desk.Errorf(desk.Invalid, "The owner is not a watcher; change the owner instead.")
		}
		if !t.Facts().Stands(who, desk.RolesOf(role)) {
			return desk.Errorf(desk.NotFound, "That is not in the role %s.", r.Name)
		}
		unstand(t, role, who)
		t.Touched(o.by.User, o.s.Now())
		if err := o.record(ctx, watcherEvent(t.ID, role, who, "removed")); err != nil {
			return err
		}
		return o.UpdateTicket(ctx, t)
	})
}

// lockForWatcher returns the ticket and the role if the actor may change who
// stands in it.
func (o *op) lockForWatcher(ctx context.Context, id desk.TicketID, role desk.RoleID, who desk.PrincipalID) (*desk.Ticket, *desk.Role, error) {
	right := desk.ModifyTicket
	t, err := o.lockCurrent(ctx, id)
	if err == nil {
		right = o.watcherRight(access.Ticket(t.Facts()), role, who)
	}
	if t, err = o.allowed(t, err, right, id); err != nil {
		return nil, nil, err
	}
	if role == desk.AdminCc {
		if err := o.guardApproval(ctx, t, "who decides on it was named when it was asked."); err != nil {
			return nil, nil, err
		}
	}
	r, err := o.role(ctx, role)
	return t, r, err
}

// watcherRight returns the right that lets the actor change who stands in a
// role: of those that serve, one that he holds.
func (o *op) watcherRight(x access.Object, role desk.RoleID, who desk.PrincipalID) desk.Right {
	general := desk.ModifyTicket
	if x.Ticket == nil {
		general = desk.ModifyQueueWatchers
	}
	if o.can(general, x) {
		return general
	}
	self := who == desk.PrincipalID(o.by.User)
	switch {
	case role == desk.CustomerRole && x.Ticket != nil && o.can(desk.SetCustomer, x):
		return desk.SetCustomer
	case self && role == desk.AdminCc && o.can(desk.WatchAsAdminCc, x):
		return desk.WatchAsAdminCc
	case self && (role == desk.Requestor || role == desk.Cc) && o.can(desk.Watch, x):
		return desk.Watch
	}
	return general
}

func (o *op) checkWatcher(ctx context.Context, t *desk.Ticket, r *desk.Role, who desk.PrincipalID) error {
	switch {
	case r.ID == desk.Owner:
		return desk.Errorf(desk.Invalid, "The owner is not a watcher; change the owner instead.")
	case t.Facts().Stands(who, desk.RolesOf(r.ID)):
		return desk.Errorf(desk.Conflict, "That is in the role %s already.", r.Name)
	case !applies(r, t.Queue):
		return desk.Errorf(desk.Conflict, "The role %s is not used in this queue.", r.Name)
	case r.Single && o.e.KindOf(desk.UserID(who)) == 0:
		return desk.Errorf(desk.Invalid, "The role %s holds one user, not a group.", r.Name)
	}
	if err := o.checkPrincipal(ctx, who); err != nil {
		return err
	}
	if r.ID == desk.CustomerRole {
		if _, err := o.Customer(ctx, desk.CustomerID(who)); err != nil {
			return desk.Errorf(desk.Invalid, "Only a customer can stand in the role Customer.")
		}
	}
	return nil
}

// role returns an enabled role.
func (o *op) role(ctx context.Context, id desk.RoleID) (*desk.Role, error) {
	roles, err := o.Roles(ctx)
	if err != nil {
		return nil, err
	}
	for i := range roles {
		if roles[i].ID == id {
			return &roles[i], nil
		}
	}
	return nil, desk.Errorf(desk.NotFound, "There is no such role.")
}

// AddQueueWatcher puts a principal into a role of a queue (ModifyQueueWatchers
// there; oneself with Watch or WatchAsAdminCc) or, with queue zero, of the
// whole desk (AdminRoles).
func (s *Service) AddQueueWatcher(ctx context.Context, by desk.Actor, w desk.Watcher) error {
	return s.do(ctx, by, func(o *op) error {
		r, err := o.forQueueWatcher(ctx, w)
		if err != nil {
			return err
		}
		return o.watchQueue(ctx, r, w)
	})
}

func (o *op) watchQueue(ctx context.Context, r *desk.Role, w desk.Watcher) error {
	if r.ID == desk.Owner || r.Single {
		return desk.Errorf(desk.Invalid, "The role %s is filled on tickets only.", r.Name)
	}
	if w.Queue != 0 && !applies(r, w.Queue) {
		return desk.Errorf(desk.Conflict, "The role %s is not used in this queue.", r.Name)
	}
	if err := o.checkPrincipal(ctx, w.Who); err != nil {
		return err
	}
	if err := o.Tx.AddQueueWatcher(ctx, w); err != nil {
		return err
	}
	return o.changedAccess(ctx, change{"watcher.add", watcherObject(w), "", formatID(w.Who)})
}

// AddQueueWatcherAddress is AddQueueWatcher for whoever has a mail address.
// Where nobody has it, a contact is made with it.
func (s *Service) AddQueueWatcherAddress(ctx context.Context, by desk.Actor, queue desk.QueueID, role desk.RoleID, address string) error {
	return s.do(ctx, by, func(o *op) error {
		w := desk.Watcher{Queue: queue, Role: role}
		var err error
		if w.Who, err = o.userOfAddress(ctx, address); err != nil {
			return err
		}
		r, err := o.forQueueWatcher(ctx, w)
		if err != nil {
			return err
		}
		if w.Who == 0 {
			if w.Who, err = o.makeContact(ctx, address); err != nil {
				return err
			}
		}
		return o.watchQueue(ctx, r, w)
	})
}

// RemoveQueueWatcher takes a principal out of a role of a queue or, with queue
// zero, of the whole desk. It asks what AddQueueWatcher asks.
func (s *Service) RemoveQueueWatcher(ctx context.Context, by desk.Actor, w desk.Watcher) error {
	return s.do(ctx, by, func(o *op) error {
		if _, err := o.forQueueWatcher(ctx, w); err != nil {
			return err
		}
		if err := o.Tx.RemoveQueueWatcher(ctx, w); err != nil {
			return err
		}
		return o.changedAccess(ctx, change{"watcher.remove", watcherObject(w), formatID(w.Who), ""})
	})
}

func watcherObject(w desk.Watcher) string {
	if w.Queue == 0 {
		return "system role:" + formatID(w.Role)
	}
	return "queue:" + formatID(w.Queue) + " role:" + formatID(w.Role)
}

func (o *op) forQueueWatcher(ctx context.Context, w desk.Watcher) (*desk.Role, error) {
	if w.Queue == 0 {
		if err := o.need(desk.AdminRoles, access.System()); err != nil {
			return nil, err
		}
		return o.role(ctx, w.Role)
	}
	if _, err := o.queueFor(ctx, o.watcherRight(access.Queue(w.Queue), w.Role, w.Who), w.Queue); err != nil {
		return nil, err
	}
	return o.role(ctx, w.Role)
}

// QueueWatchers returns who stands in the roles of a queue (SeeQueue), or with
// queue zero of the whole desk (ShowConfigTab).
func (s *Service) QueueWatchers(ctx context.Context, by desk.Actor, queue desk.QueueID) ([]desk.Watcher, error) {
	var list []desk.Watcher
	err := s.view(ctx, by, func(o *op) error {
		if err := o.needAgent(); err != nil {
			return err
		}
		if queue == 0 {
			if err := o.need(desk.ShowConfigTab, access.System()); err != nil {
				return err
			}
		} else if _, err := o.queueFor(ctx, desk.SeeQueue, queue); err != nil {
			return err
		}
		var err error
		list, err = o.Tx.QueueWatchers(ctx, queue)
		return err
	})
	return list, err
}

// needAgent refuses contacts what is for the people at the desk.
func (o *op) needAgent() error {
	if o.isAgent() {
		return nil
	}
	return desk.Errorf(desk.NotFound, "There is no such page.")
}

// Roles returns the roles of the desk, the built-in ones first; contacts are
// told of those only.
func (s *Service) Roles(ctx context.Context, by desk.Actor) ([]desk.Role, error) {
	var list []desk.Role
	err := s.view(ctx, by, func(o *op) error {
		var err error
		list, err = o.Tx.Roles(ctx)
		if !o.isAgent() {
			list = slices.DeleteFunc(list, func(r desk.Role) bool { return !r.ID.Builtin() })
		}
		return err
	})
	return list, err
}

// Squelch keeps a ticket's letters from a user, or lets them through again,
// also where his customer's tickets are quiet for him.
// For oneself it needs nothing but seeing the ticket, for others ModifyTicket.
func (s *Service) Squelch(ctx context.Context, by desk.Actor, id desk.TicketID, user desk.UserID, on bool) error {
	return s.do(ctx, by, func(o *op) error {
		right := desk.ModifyTicket
		if user == by.User && user != 0 {
			right = desk.ShowTicket
		}
		t, err := o.lockFor(ctx, right, id)
		if err != nil {
			return err
		}
		if _, err := o.User(ctx, user); err != nil {
			return err
		}
		if err := o.Tx.Squelch(ctx, t.ID, user, on); err != nil {
			return err
		}
		change := "removed"
		if on {
			change = "added"
		} else if err := o.wantNamed(ctx, t.ID, desk.PrincipalID(user)); err != nil {
			return err
		}
		return o.record(ctx, desk.Event{Ticket: t.ID, Kind: desk.EventSquelched, Data: map[string]string{
			"who": formatID(user), "change": change,
		}})
	})
}
