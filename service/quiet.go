package service

import (
	"context"
	"slices"

	"gatehouse/desk"
)

// CompanyLetters says of which tickets of a customer one of its people is told
// by mail: of all where it stands, or only of those where he stands himself.
type CompanyLetters struct {
	Customer desk.CustomerID
	Member   desk.UserID
	Quiet    bool // only where he stands himself
}

// SetCompanyLetters chooses of which tickets of a customer one of its people is
// told (AdminCustomer on it or being its manager; for oneself nothing). It
// changes nothing of what he may.
func (s *Service) SetCompanyLetters(ctx context.Context, by desk.Actor, in CompanyLetters) error {
	return s.do(ctx, by, func(o *op) error {
		object, err := o.mayChangeLetters(ctx, in)
		if err != nil {
			return err
		}
		member := desk.PrincipalID(in.Member)
		m, err := o.Membership(ctx, desk.PrincipalID(in.Customer), member)
		if err != nil {
			return err
		}
		if o.e.KindOf(in.Member) == 0 {
			return desk.Errorf(desk.Invalid, "Only a person gets letters: choose it for the people of that company.")
		}
		quiet, err := o.Quiet(ctx, []desk.PrincipalID{member})
		if err != nil || slices.Contains(quiet[member], m.Group) == in.Quiet {
			return err
		}
		if err := o.SetQuiet(ctx, m.Group, member, in.Quiet); err != nil {
			return err
		}
		return o.audit(ctx, change{"member.letters", object, describeLetters(in.Member, !in.Quiet), describeLetters(in.Member, in.Quiet)})
	})
}

func describeLetters(u desk.UserID, quiet bool) string {
	if quiet {
		return "member: " + formatID(u) + "; letters: named"
	}
	return "member: " + formatID(u) + "; letters: all"
}

// mayChangeLetters asks for the right to choose somebody's letters, and returns
// the customer's name for the audit log.
func (o *op) mayChangeLetters(ctx context.Context, in CompanyLetters) (string, error) {
	if in.Member != o.by.User || in.Member == 0 {
		c, err := o.customerFor(ctx, desk.AdminCustomer, in.Customer)
		if err != nil {
			return "", err
		}
		return "customer:" + c.Key, nil
	}
	return o.ownCustomer(ctx, in.Customer)
}

// ownCustomer returns the name for the audit log of a customer of which the
// actor is a direct member. Of others he is told that there is none.
func (o *op) ownCustomer(ctx context.Context, id desk.CustomerID) (string, error) {
	none := desk.Errorf(desk.NotFound, "There is no such customer.")
	if o.by.IsSystem() || o.by.Limits.Narrow() {
		return "", none
	}
	if _, err := o.Membership(ctx, desk.PrincipalID(id), desk.PrincipalID(o.by.User)); desk.KindOf(err) == desk.NotFound {
		return "", none
	} else if err != nil {
		return "", err
	}
	c, err := o.Tx.Customer(ctx, id)
	if desk.KindOf(err) == desk.NotFound { // a group
		return "", none
	}
	if err != nil {
		return "", err
	}
	return "customer:" + c.Key, nil
}

// withoutQuiet leaves out of those who would be told of a ticket the reasons
// that reach them only through customers that are quiet for them, and who has
// no other. Who reported it, or wants its letters, is told in any case.
func (o *op) withoutQuiet(ctx context.Context, t *desk.Ticket, list []Recipient) ([]Recipient, error) {
	var asked []desk.PrincipalID
	for _, r := range list {
		if r.User != t.Reporter && slices.ContainsFunc(r.Why, func(w desk.Why) bool { return w.Through != desk.PrincipalID(r.User) }) {
			asked = append(asked, desk.PrincipalID(r.User))
		}
	}
	if len(asked) == 0 {
		return list, nil
	}
	quiet, err := o.Quiet(ctx, asked)
	if err != nil || len(quiet) == 0 {
		return list, err
	}
	wanted, err := o.Wanted(ctx, t.ID)
	if err != nil {
		return nil, err
	}
	kept := make([]Recipient, 0, len(list))
	for _, r := range list {
		customers := quiet[desk.PrincipalID(r.User)]
		if len(customers) > 0 && !slices.Contains(wanted, r.User) {
			if r.Why, err = o.loud(ctx, r, customers); err != nil {
				return nil, err
			}
		}
		if len(r.Why) > 0 {
			kept = append(kept, r)
		}
	}
	return kept, nil
}

// loud returns the reasons that reach somebody otherwise than through customers
// that are quiet for him.
func (o *op) loud(ctx context.Context, r Recipient, quiet []desk.PrincipalID) ([]desk.Why, error) {
	self := desk.PrincipalID(r.User)
	memberships, err := o.MembershipsOf(ctx, self)
	if err != nil {
		return nil, err
	}
	var others []desk.PrincipalID
	for _, m := range memberships {
		if !slices.Contains(quiet, m.Group) && desk.InForce(m.From, m.Until, o.today()) {
			others = append(others, m.Group)
		}
	}
	reaches := func(through desk.PrincipalID) func(desk.PrincipalID) bool {
		return func(g desk.PrincipalID) bool { return o.e.IsMember(g, through) }
	}
	var why []desk.Why
	for _, w := range r.Why {
		if w.Through == self || slices.ContainsFunc(others, reaches(w.Through)) || !slices.ContainsFunc(quiet, reaches(w.Through)) {
			why = append(why, w)
		}
	}
	return why, nil
}

// quietOn reports whether the actor is not told of a ticket because the customer
// through which alone he would be is quiet for him.
func (o *op) quietOn(ctx context.Context, t *desk.Ticket) (bool, error) {
	if o.by.IsSystem() {
		return false, nil
	}
	r := Recipient{User: o.by.User}
	for _, f := range o.e.Fillers(t.Facts(), toldRoles) {
		if f.User == r.User {
			r.Why = append(r.Why, desk.Why{Role: f.Role, Through: f.Holder, OnQueue: f.OnQueue})
		}
	}
	if len(r.Why) == 0 {
		return false, nil
	}
	left, err := o.withoutQuiet(ctx, t, []Recipient{r})
	return len(left) == 0, err
}

// toldRoles are the built-in roles that entitle to letters.
const toldRoles = desk.RoleSet(1<<desk.Requestor | 1<<desk.Cc | 1<<desk.AdminCc | 1<<desk.Owner)

// wantNamed has those told of a ticket who were named on it, though a customer
// that is quiet for them may stand in their place.
func (o *op) wantNamed(ctx context.Context, t desk.TicketID, named ...desk.PrincipalID) error {
	quiet, err := o.Quiet(ctx, named)
	if err != nil || len(quiet) == 0 {
		return err
	}
	for _, who := range named {
		if len(quiet[who]) == 0 {
			continue
		}
		if err := o.Want(ctx, t, desk.UserID(who)); err != nil {
			return err
		}
	}
	return nil
}
