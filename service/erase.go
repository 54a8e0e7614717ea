package service

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// A UserErasure says what of a user is to be erased.
type UserErasure struct {
	User desk.UserID
	// Texts: what he wrote as well, with its files, and the subjects of the
	// tickets that he reported.
	Texts bool
}

// EraseUser takes from the desk who a user is: his login, name, addresses and
// password, what leads to him in the audit log, letters to him and the originals
// of letters from him. He is disabled, loses memberships, grants and places on
// queues, and stays as a number on what he did. It cannot be taken back; what
// others wrote about him stays. Only a superuser does it, and not to himself.
func (s *Service) EraseUser(ctx context.Context, by desk.Actor, in UserErasure) error {
	err := s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.SuperUser, access.System()); err != nil {
			return err
		}
		return o.eraseUser(ctx, in)
	})
	if err != nil {
		return err
	}
	return s.store.KeepErasures(ctx)
}

func (o *op) eraseUser(ctx context.Context, in UserErasure) error {
	u, err := o.Tx.User(ctx, in.User)
	if err != nil {
		return err
	}
	d, err := o.directoryOf(ctx, u.ID)
	switch {
	case err != nil:
		return err
	case u.ID == o.by.User:
		return desk.Errorf(desk.Conflict, "You cannot erase yourself; have another superuser do it.")
	case d != nil:
		return desk.Errorf(desk.Conflict, "%s comes from the directory %s, which would bring him back; take him out there first.", u.Login, d.Name)
	}
	grants, _, err := o.Tx.Grants(ctx, GrantFilter{Who: desk.PrincipalID(u.ID), Limit: maxErasedGrants})
	for _, g := range grants {
		if err == nil {
			err = o.RemoveGrant(ctx, g.ID)
		}
	}
	if err != nil {
		return err
	}
	logins, err := o.loginsOf(ctx, u)
	if err != nil {
		return err
	}
	made, err := o.Tx.EraseUser(ctx, u.ID, in.Texts)
	if err != nil {
		return err
	}
	object := "user:" + store.ErasedLogin(u.ID)
	var lines []int64
	for _, login := range logins {
		some, err := o.BlankAudit(ctx, "user:"+login, object, made)
		if err != nil {
			return err
		}
		lines = append(lines, some...)
	}
	if err := o.NoteErasure(ctx, store.Erasure{Kind: "user", What: int64(u.ID), Made: made, Texts: in.Texts, At: o.s.Now()}); err != nil {
		return err
	}
	return o.changedAccess(ctx, change{"user.erase", object, "", describeErasure(in.Texts, lines)}, desk.AccessChange{Kind: desk.ChangeAll})
}

// maxErasedGrants is how many grants to one person are looked at; nobody has as
// many.
const maxErasedGrants = 100_000

// describeErasure says what an erasure did; the numbers of the lines that it
// blanked keep the audit log whole.
func describeErasure(texts bool, lines []int64) string {
	var b strings.Builder
	fmt.Fprintf(&b, "texts: %t; lines:", texts)
	for _, line := range lines {
		fmt.Fprintf(&b, " %d", line)
	}
	return b.String()
}

// loginsOf returns the login of a user and those that he had before.
func (o *op) loginsOf(ctx context.Context, u *desk.User) ([]string, error) {
	logins := []string{u.Login}
	for i := 0; i < len(logins); i++ {
		entries, _, err := o.AuditList(ctx, AuditFilter{Object: "user:" + logins[i], Action: "user.update", Since: u.Created, Limit: maxErasedGrants})
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			old, _, _ := strings.Cut(strings.TrimPrefix(e.Before, "login: "), ";")
			if old != "" && !slices.Contains(logins, old) {
				logins = append(logins, old)
			}
		}
	}
	return logins, nil
}

// A CustomerErasure says what of a customer is to be erased.
type CustomerErasure struct {
	Customer desk.CustomerID
	// People: its contacts who belong to no other customer as well, with what
	// they wrote where Texts is set.
	People, Texts bool
}

// EraseCustomer takes from the desk which company a customer is: key, name,
// address, comment, domains and what leads to it in the audit log. It is
// disabled and stays as a number on its tickets. It cannot be taken back. Only a
// superuser does it. It returns how many contacts were erased with it.
func (s *Service) EraseCustomer(ctx context.Context, by desk.Actor, in CustomerErasure) (people int, err error) {
	err = s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.SuperUser, access.System()); err != nil {
			return err
		}
		people, err = o.eraseCustomer(ctx, in)
		return err
	})
	if err != nil {
		return 0, err
	}
	return people, s.store.KeepErasures(ctx)
}

func (o *op) eraseCustomer(ctx context.Context, in CustomerErasure) (people int, err error) {
	c, err := o.Tx.Customer(ctx, in.Customer)
	if err != nil {
		return 0, err
	}
	members, err := o.MembersOf(ctx, desk.PrincipalID(c.ID))
	if err != nil {
		return 0, err
	}
	for _, m := range members {
		if in.People && o.onlyOf(m.Member, desk.PrincipalID(c.ID)) {
			if err := o.eraseUser(ctx, UserErasure{User: desk.UserID(m.Member), Texts: in.Texts}); err != nil {
				return 0, err
			}
			people++
			continue
		}
		if err := o.RemoveMembership(ctx, m.Group, m.Member); err != nil {
			return 0, err
		}
	}
	made, err := o.CustomerMade(ctx, c.ID)
	if err != nil {
		return 0, err
	}
	if err := o.Tx.EraseCustomer(ctx, c); err != nil {
		return 0, err
	}
	object := "customer:" + store.ErasedLogin(c.ID)
	lines, err := o.BlankAudit(ctx, "customer:"+c.Key, object, time.Time{})
	if err != nil {
		return 0, err
	}
	if err := o.NoteErasure(ctx, store.Erasure{Kind: "customer", What: int64(c.ID), Made: made, At: o.s.Now()}); err != nil {
		return 0, err
	}
	return people, o.changedAccess(ctx, change{"customer.erase", object, "", describeErasure(false, lines)}, desk.AccessChange{Kind: desk.ChangeAll})
}

// onlyOf reports whether a principal is a contact of that customer and of no
// other.
func (o *op) onlyOf(id, customer desk.PrincipalID) bool {
	if o.e.KindOf(desk.UserID(id)) != desk.Contact {
		return false
	}
	for _, c := range o.e.CustomersOf(desk.UserID(id)) {
		if c != customer {
			return false
		}
	}
	return true
}

// PurgeTicket removes a ticket, those that were merged into it, and everything
// of theirs: messages, letters, files, history. It cannot be taken back; to
// delete a ticket is to set its status. Only a superuser does it.
func (s *Service) PurgeTicket(ctx context.Context, by desk.Actor, id desk.TicketID) error {
	err := s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.SuperUser, access.System()); err != nil {
			return err
		}
		t, err := o.Tx.Ticket(ctx, id)
		if err != nil {
			return err
		}
		return o.purge(ctx, t.Queue, []desk.TicketID{id})
	})
	if err != nil {
		return err
	}
	return s.store.KeepErasures(ctx)
}

func (o *op) purge(ctx context.Context, queue desk.QueueID, ids []desk.TicketID) error {
	made, err := o.PurgeTickets(ctx, ids)
	if err != nil {
		return err
	}
	gone := slices.Sorted(maps.Keys(made))
	for _, id := range gone {
		if err := o.NoteErasure(ctx, store.Erasure{Kind: "ticket", What: int64(id), Made: made[id], At: o.s.Now()}); err != nil {
			return err
		}
	}
	return o.audit(ctx, change{"ticket.purge", o.placeName(ctx, desk.OnQueue(queue)), "tickets: " + strings.ReplaceAll(formatIDs(gone), ",", " "), ""})
}

// EraseAgain does what erasures tell, after an older backup was restored: where
// the same user, customer or ticket is there again, it is erased again. It
// returns how many were. Only the system does it.
func (s *Service) EraseAgain(ctx context.Context, by desk.Actor, list []Erasure) (done int, err error) {
	for _, e := range list {
		did := false
		err := s.do(ctx, by, func(o *op) error {
			if err := o.needSystem(); err != nil {
				return err
			}
			var err error
			did, err = o.eraseAgain(ctx, e)
			if err != nil {
				return err
			}
			return o.NoteErasure(ctx, e)
		})
		if err != nil {
			return done, fmt.Errorf("erasing %s %d again: %w", e.Kind, e.What, err)
		}
		if did {
			done++
		}
	}
	return done, s.store.KeepErasures(ctx)
}

// An Erasure is that something was erased, told by number.
type Erasure = store.Erasure

func (o *op) eraseAgain(ctx context.Context, e Erasure) (bool, error) {
	var err error
	switch e.Kind {
	case "user":
		var u *desk.User
		u, err = o.Tx.User(ctx, desk.UserID(e.What))
		if err == nil && u.Created.Equal(e.Made) && (e.Texts || u.Login != store.ErasedLogin(u.ID)) {
			return true, o.eraseUser(ctx, UserErasure{User: u.ID, Texts: e.Texts})
		}
	case "customer":
		var made time.Time
		made, err = o.CustomerMade(ctx, desk.CustomerID(e.What))
		if err == nil && made.Equal(e.Made) {
			return o.eraseCustomerAgain(ctx, desk.CustomerID(e.What))
		}
	case "ticket":
		var t *desk.Ticket
		t, err = o.Tx.Ticket(ctx, desk.TicketID(e.What))
		if err == nil && t.Created.Equal(e.Made) {
			return true, o.purge(ctx, t.Queue, []desk.TicketID{t.ID})
		}
	}
	if desk.KindOf(err) == desk.NotFound {
		return false, nil
	}
	return false, err
}

func (o *op) eraseCustomerAgain(ctx context.Context, id desk.CustomerID) (bool, error) {
	c, err := o.Tx.Customer(ctx, id)
	if err != nil || c.Key == store.ErasedLogin(c.ID) {
		return false, err
	}
	_, err = o.eraseCustomer(ctx, CustomerErasure{Customer: c.ID})
	return true, err
}
