package service

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

const (
	// pendingShown is how many who wait are shown at once.
	pendingShown = 100
	// pendingLetters is how many may wait before managers get no more letters,
	// so that forged senders cannot flood them.
	pendingLetters = 5
)

// A Waiting is somebody who waits to become a contact of a customer.
type Waiting struct {
	desk.PendingMember
	Name    Name
	Address string
}

// askToJoin lets somebody who wrote wait for the customers of his mail domain
// that want to be asked. Waiting gives nothing. Their managers are told.
func (o *op) askToJoin(ctx context.Context, u *desk.User, address string) error {
	_, domain, _ := strings.Cut(address, "@")
	if u.Kind != desk.Contact || domain == "" {
		return nil
	}
	customers, err := o.CustomerByDomain(ctx, domain)
	if err != nil {
		return err
	}
	for i := range customers {
		c := &customers[i]
		if !c.AutoJoin || !c.AskFirst || c.Disabled || o.e.IsMember(desk.PrincipalID(u.ID), desk.PrincipalID(c.ID)) {
			continue
		}
		p := desk.PendingMember{Customer: c.ID, User: u.ID, Domain: domain, Since: o.s.Now()}
		added, err := o.AddPending(ctx, p)
		if err != nil {
			return err
		}
		if !added {
			continue
		}
		if err := o.audit(ctx, change{"member.wait", "customer:" + c.Key, "", "member: " + formatID(u.ID) + "; by mail domain: " + domain}); err != nil {
			return err
		}
		if err := o.tellManagers(ctx, c, address); err != nil {
			return err
		}
	}
	return nil
}

// tellManagers writes to the managers of a customer that somebody waits.
func (o *op) tellManagers(ctx context.Context, c *desk.Customer, address string) error {
	waiting, err := o.Tx.Pending(ctx, c.ID, pendingLetters+1)
	if err != nil || len(waiting) > pendingLetters {
		return err
	}
	for _, id := range o.e.Members(desk.PrincipalID(c.ID)) {
		if o.e.PartAt(id, c.ID) != desk.PartManager {
			continue
		}
		u, err := o.Tx.User(ctx, id)
		if err != nil {
			return err
		}
		if u.Disabled || u.Address() == "" {
			continue
		}
		letter := o.worded(u, ownLetter{kind: desk.LetterSignIn, what: "join"},
			inWords{"Somebody wants to join {company}", "Jemand möchte zu {company} gehören"},
			inWords{
				"{who} wrote to {desk} and wants to belong to {company}. Until somebody lets them in they see nothing of your company.\n\nTo decide, open this page:\n\n{page}\n",
				"{who} hat an {desk} geschrieben und möchte zu {company} gehören. Bis das jemand zulässt, ist dort nichts von Ihrer Firma zu sehen.\n\nZum Entscheiden öffnen Sie diese Seite:\n\n{page}\n",
			}, "{who}", address, "{company}", c.Name, "{page}", fmt.Sprintf("%s/portal/people/%d", o.s.opt.BaseURL, c.ID))
		_, err = o.writeTo(ctx, u, letter)
		if err != nil {
			return err
		}
	}
	return nil
}

// PendingMembers returns who waits to become a contact of a customer, the
// longest first (AdminCustomer on it, or being its manager).
func (s *Service) PendingMembers(ctx context.Context, by desk.Actor, id desk.CustomerID) ([]Waiting, error) {
	var list []Waiting
	err := s.view(ctx, by, func(o *op) error {
		if _, err := o.customerFor(ctx, desk.AdminCustomer, id); err != nil {
			return err
		}
		pending, err := o.Tx.Pending(ctx, id, pendingShown)
		if err != nil {
			return err
		}
		var users []desk.UserID
		for _, p := range pending {
			users = append(users, p.User)
		}
		people, err := o.UsersByID(ctx, users)
		for _, p := range pending {
			if u := people[p.User]; u != nil && !u.Disabled {
				list = append(list, Waiting{p, userName(u), addressAt(u, p.Domain)})
			}
		}
		return err
	})
	return list, err
}

// addressAt is a user's address at a mail domain, or "".
func addressAt(u *desk.User, domain string) string {
	for _, a := range u.Addresses {
		if _, at, _ := strings.Cut(a, "@"); strings.EqualFold(at, domain) {
			return a
		}
	}
	return ""
}

// Admission decides about somebody who waits to become a contact of a customer.
type Admission struct {
	Customer desk.CustomerID
	User     desk.UserID
	Refuse   bool
	Part     desk.Part // of whom is let in; none: member
}

// Admit lets somebody in who waits for a customer, or refuses him for good
// (AdminCustomer on it, or being its manager). Who belongs to another customer
// is let in only by AdminCustomers: else the one customer would see what he
// asks for the other.
func (s *Service) Admit(ctx context.Context, by desk.Actor, in Admission) error {
	return s.do(ctx, by, func(o *op) error {
		c, err := o.customerFor(ctx, desk.AdminCustomer, in.Customer)
		if err != nil {
			return err
		}
		object := "customer:" + c.Key
		if in.Refuse {
			if err := o.RefusePending(ctx, c.ID, in.User); err != nil {
				return err
			}
			return o.audit(ctx, change{"member.refuse", object, "", "member: " + formatID(in.User)})
		}
		m, err := o.admitted(ctx, c, in)
		if err != nil {
			return err
		}
		if err := o.AddMembership(ctx, m); err != nil {
			return err
		}
		return o.changedAccess(ctx, change{"member.admit", object, "", describeMembership(m)}, memberChanged(m))
	})
}

// admitted ends the waiting of somebody and returns his membership, if he can
// still have it.
func (o *op) admitted(ctx context.Context, c *desk.Customer, in Admission) (desk.Membership, error) {
	m := desk.Membership{Group: desk.PrincipalID(c.ID), Member: desk.PrincipalID(in.User), Part: in.Part, Source: "domain"}
	if m.Part == desk.PartNone {
		m.Part = desk.PartMember
	}
	waiting, err := o.Tx.Pending(ctx, c.ID, 1000)
	if err != nil {
		return m, err
	}
	at := slices.IndexFunc(waiting, func(p desk.PendingMember) bool { return p.User == in.User })
	if err := o.EndPending(ctx, c.ID, in.User); err != nil {
		return m, err
	}
	u, err := o.Tx.User(ctx, in.User)
	if err != nil {
		return m, err
	}
	belongs, err := o.MembershipsOf(ctx, m.Member)
	if err != nil {
		return m, err
	}
	others := slices.ContainsFunc(belongs, func(b desk.Membership) bool { return b.Group != m.Group })
	switch {
	case u.Disabled || u.Kind != desk.Contact || at < 0 || addressAt(u, waiting[at].Domain) == "":
		return m, desk.Errorf(desk.Conflict, "%s cannot join any more.", u.Called())
	case others && !o.can(desk.AdminCustomers, access.System()):
		return m, desk.Errorf(desk.Conflict, "%s cannot be let in here. Ask the people who run this desk.", u.Called())
	}
	m.Primary = len(o.e.CustomersOf(u.ID)) == 0
	return m, o.trustedWith(m.Group)
}
