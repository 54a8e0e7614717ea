package service

import (
	"context"
	"slices"

	"gatehouse/desk"
)

// A Passing is what somebody may pass on, what he has passed on and what was
// passed on to him.
type Passing struct {
	Of     Name
	May    []GrantLine
	Passed []Passed
	Got    []Passed
	Groups []desk.Group // his personal groups
}

// A Passed is a delegated grant with where it comes from.
type Passed struct {
	GrantLine
	Chain  *Chain
	Asleep bool // it gives nothing now: something that it rests on is disabled
}

// Passing returns what an agent passes on and gets passed on, live. Of oneself
// every agent may know; of others who sees grants on the whole desk (ShowACL).
func (s *Service) Passing(ctx context.Context, by desk.Actor, user desk.UserID) (*Passing, error) {
	p := &Passing{}
	err := s.view(ctx, by, func(o *op) error {
		if !o.isAgent() || user == 0 || user != by.User && !o.seesGrantsOn(desk.OnSystem()) {
			return desk.Errorf(desk.NotFound, "There is no such user, or you may not see what he passes on.")
		}
		names, err := o.names(ctx, []desk.PrincipalID{desk.PrincipalID(user)})
		if err != nil {
			return err
		}
		p.Of = names[desk.PrincipalID(user)]
		if err := o.mayPass(ctx, user, p); err != nil {
			return err
		}
		passed, _, err := o.Tx.Grants(ctx, GrantFilter{Delegator: user, Limit: 1000})
		if err != nil {
			return err
		}
		if p.Passed, err = o.passed(ctx, passed); err != nil {
			return err
		}
		if p.Got, err = o.got(ctx, user); err != nil {
			return err
		}
		p.Groups, _, err = o.Tx.Groups(ctx, GroupFilter{Personal: &user, Limit: 200})
		return err
	})
	return p, err
}

// mayPass fills in what somebody may pass on.
func (o *op) mayPass(ctx context.Context, user desk.UserID, p *Passing) error {
	list, err := o.Tx.GrantsByID(ctx, o.e.Delegable(user))
	if err != nil {
		return err
	}
	p.May, err = o.grantLines(ctx, list)
	return err
}

// got returns what was passed on to somebody, or to a group in which he is.
func (o *op) got(ctx context.Context, user desk.UserID) ([]Passed, error) {
	self := desk.PrincipalID(user)
	list, err := o.Tx.GrantsTo(ctx, append(o.e.GroupsOf(self), self))
	if err != nil {
		return nil, err
	}
	return o.passed(ctx, slices.DeleteFunc(list, func(g desk.Grant) bool { return g.Source == 0 || g.Delegator == user }))
}

// passed puts their chains to delegated grants.
func (o *op) passed(ctx context.Context, list []desk.Grant) ([]Passed, error) {
	lines, err := o.grantLines(ctx, list)
	if err != nil {
		return nil, err
	}
	out, chains := make([]Passed, len(lines)), map[desk.GrantID]*Chain{}
	for i, line := range lines {
		chain, err := o.chainOf(ctx, line.Grant, chains)
		if err != nil {
			return nil, err
		}
		out[i] = Passed{line, chain, line.WhoName.Disabled || !o.e.Holds(line.Delegator, line.Source)}
	}
	return out, nil
}
