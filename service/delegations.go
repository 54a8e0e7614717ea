package service

import (
	"context"

	"gatehouse/desk"
)

// A Chain is where a delegated grant comes from.
type Chain struct {
	Maker  Name
	Source GrantLine
	Path   []StepLine // from the maker to whom the source was granted; none: that is he
}

// PassedOn returns what the actor has passed on, by number. Nobody else's is
// shown; that is in Grants.
func (s *Service) PassedOn(ctx context.Context, by desk.Actor) ([]GrantLine, error) {
	var lines []GrantLine
	err := s.view(ctx, by, func(o *op) error {
		if o.by.User == 0 {
			return nil
		}
		list, _, err := o.Tx.Grants(ctx, GrantFilter{Delegator: o.by.User, Limit: 1000})
		if err != nil {
			return err
		}
		lines, err = o.grantLines(ctx, list)
		return err
	})
	return lines, err
}

// CanPassOn returns the grants that the actor may pass on, by number: what he
// holds himself, where he holds DelegateRights.
func (s *Service) CanPassOn(ctx context.Context, by desk.Actor) ([]GrantLine, error) {
	var lines []GrantLine
	err := s.view(ctx, by, func(o *op) error {
		list, err := o.Tx.GrantsByID(ctx, o.e.Delegable(o.by.User))
		if err != nil {
			return err
		}
		lines, err = o.grantLines(ctx, list)
		return err
	})
	return lines, err
}

// DelegationByWords is a delegation as people write it.
type DelegationByWords struct {
	What  string // a right or a permission
	Where string // system, group:NAME, personal:OWNER/NAME, customer:KEY, queue:NAME
	From  string // user or group to whom it was granted; empty: oneself or any group of one's own
	To    string // a user, or personal:OWNER/NAME
	Until string // 2026-03-31; empty: as long as the source
}

// ReadDelegation turns a written delegation into one, without making it. It
// finds only what Delegate would pass on.
func (s *Service) ReadDelegation(ctx context.Context, by desk.Actor, in DelegationByWords) (Delegation, error) {
	var d Delegation
	err := s.view(ctx, by, func(o *op) error {
		var g desk.Grant
		var err error
		if err := o.readWhat(ctx, in.What, &g); err != nil {
			return err
		}
		if in.From != "" {
			if g.Who, err = o.lookUp(ctx, in.From); err != nil {
				return err
			}
		}
		if d.Source, err = o.ownGrant(ctx, g, in.Where); err != nil {
			return err
		}
		if d.To, err = o.lookUp(ctx, in.To); err != nil {
			return err
		}
		d.Until, err = desk.ParseDay(in.Until)
		if err != nil {
			return desk.InvalidFields(map[string]string{"until": desk.Sentence(err)})
		}
		return o.checkReceiver(ctx, d)
	})
	return d, err
}

// ownGrant finds what the actor may pass on by what it gives where, and to whom
// it was granted if that is said.
func (o *op) ownGrant(ctx context.Context, want desk.Grant, where string) (desk.GrantID, error) {
	for _, id := range o.e.Delegable(o.by.User) {
		g, err := o.Tx.Grant(ctx, id)
		if err != nil {
			return 0, err
		}
		if g.Right == want.Right && g.Permission == want.Permission && (want.Who == 0 || g.Who == want.Who) &&
			desk.Fold(o.placeName(ctx, g.Place)) == desk.Fold(where) {
			return id, nil
		}
	}
	return 0, desk.Errorf(desk.Forbidden, "There is nothing like this that you may pass on: you need the right by a grant to you or to a group of yours, and DelegateRights.")
}

// chain returns where a delegated grant comes from.
func (o *op) chain(ctx context.Context, g desk.Grant) (*Chain, error) {
	source, err := o.grantAt(ctx, g.Source)
	if err != nil {
		return nil, err
	}
	lines, err := o.grantLines(ctx, []desk.Grant{*source})
	if err != nil {
		return nil, err
	}
	steps := o.e.Path(desk.PrincipalID(g.Delegator), source.Who)
	ids := []desk.PrincipalID{desk.PrincipalID(g.Delegator)}
	for _, s := range steps {
		ids = append(ids, s.From, s.To)
	}
	names, err := o.names(ctx, ids)
	return &Chain{Maker: names[ids[0]], Source: lines[0], Path: stepLines(steps, names)}, err
}
