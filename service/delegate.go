package service

import (
	"context"
	"fmt"

	"gatehouse/access"
	"gatehouse/desk"
)

// A Delegation is what somebody passes on: a grant that reaches him, to a user
// or to a personal group of his.
type Delegation struct {
	Source desk.GrantID
	To     desk.PrincipalID
	Until  desk.Day // last day, zero: as long as the source
}

// Delegate passes on what the actor holds by a grant to himself or to a group
// of his. It needs DelegateRights for the whole desk, or on the group or
// customer that the grant is about. What comes with a role, and what was passed
// on to him, cannot be passed on.
func (s *Service) Delegate(ctx context.Context, by desk.Actor, in Delegation) (desk.GrantID, error) {
	var id desk.GrantID
	err := s.do(ctx, by, func(o *op) error {
		source, err := o.mayPassOn(ctx, in.Source)
		if err != nil {
			return err
		}
		if err := o.checkReceiver(ctx, in); err != nil {
			return err
		}
		g := desk.Grant{Who: in.To, Right: source.Right, Permission: source.Permission, Place: source.Place,
			Until: in.Until, Source: source.ID, Delegator: o.by.User}
		if _, err := o.makeWayFor(ctx, g); err != nil {
			return err
		}
		if err := o.InsertGrant(ctx, &g); err != nil {
			return err
		}
		id = g.ID
		return o.changedAccess(ctx, change{"grant.delegate", o.placeName(ctx, g.Place), "", o.describeGrant(ctx, g)})
	})
	return id, err
}

// mayPassOn returns the grant if the actor may pass it on.
func (o *op) mayPassOn(ctx context.Context, id desk.GrantID) (*desk.Grant, error) {
	if o.by.User == 0 {
		return nil, desk.Errorf(desk.Invalid, "Only a user can pass on a right, for he must hold it himself; grant it instead.")
	}
	g, err := o.Tx.Grant(ctx, id)
	if err != nil {
		return nil, err
	}
	reached := o.e.IsMember(desk.PrincipalID(o.by.User), g.Who)
	switch {
	case !reached && !o.seesGrantsOn(g.Place):
		return nil, desk.Errorf(desk.NotFound, "There is no grant %d.", id)
	case g.Source != 0:
		return nil, desk.Errorf(desk.Forbidden, "This was passed on to you and cannot be passed on again.")
	case g.As != 0:
		return nil, desk.Errorf(desk.Forbidden, "This goes with a role on a ticket and cannot be passed on.")
	case !o.isAgent():
		return nil, desk.Errorf(desk.Forbidden, "Only agents can pass on their rights.")
	case !o.e.Holds(o.by.User, g.ID):
		return nil, desk.Errorf(desk.Forbidden, "You can pass on only what you hold yourself, by a grant to you or to a group of yours.")
	case !o.can(desk.DelegateRights, access.Object{Place: g.Place}):
		return nil, o.need(desk.DelegateRights, access.Object{Place: g.Place})
	}
	return g, nil
}

// checkReceiver refuses whoever is neither a user nor a personal group of the
// actor's, and days that are past.
func (o *op) checkReceiver(ctx context.Context, in Delegation) error {
	refuse := func(field, why string) error { return desk.InvalidFields(map[string]string{field: why}) }
	names, err := o.PrincipalNames(ctx, []desk.PrincipalID{in.To})
	if err != nil {
		return err
	}
	to, own := names[in.To], false
	if to.Kind == "personal" {
		g, err := o.Tx.Group(ctx, desk.GroupID(in.To))
		if err != nil {
			return err
		}
		own = g.Personal == o.by.User
	}
	switch {
	case to.Kind != "user" && !own:
		return refuse("to", "Choose a user or a personal group of yours: rights can be passed on to nobody else.")
	case in.To == desk.PrincipalID(o.by.User):
		return refuse("to", "You hold this already; choose somebody else.")
	case to.Disabled:
		return refuse("to", fmt.Sprintf("%s is disabled; enable this first.", to.Name))
	case in.Until != 0 && in.Until < o.today():
		return refuse("until", "This day is past.")
	}
	return nil
}

func (o *op) today() desk.Day { return desk.DayOf(o.s.Now()) }

// Undelegate withdraws what somebody has passed on: he himself does, or a
// superuser. Others end it by revoking what it comes from.
func (s *Service) Undelegate(ctx context.Context, by desk.Actor, id desk.GrantID) error {
	return s.do(ctx, by, func(o *op) error {
		g, err := o.Tx.Grant(ctx, id)
		if err != nil {
			return err
		}
		none := desk.Errorf(desk.NotFound, "There is no grant %d.", id)
		switch {
		case o.mayWithdraw(*g):
		case !o.seesGrantsOn(g.Place):
			return none
		case g.Source == 0:
			return desk.Errorf(desk.Conflict, "Grant %d was not passed on by anybody; revoke it instead.", id)
		default:
			return desk.Errorf(desk.Forbidden, "Only who passed this on can withdraw it; to end it, revoke grant %d that it comes from.", g.Source)
		}
		if err := o.RemoveGrant(ctx, id); err != nil {
			return err
		}
		return o.changedAccess(ctx, change{"grant.undelegate", o.placeName(ctx, g.Place), o.describeGrant(ctx, *g), ""})
	})
}

// mayWithdraw reports whether the actor may withdraw a delegated grant.
func (o *op) mayWithdraw(g desk.Grant) bool {
	return g.Source != 0 && (o.by.User != 0 && g.Delegator == o.by.User && !o.by.Limits.Narrow() || o.can(desk.SuperUser, access.System()))
}

// endDelegations ends what rests on something that is not there any more, and
// then what rested on that. It comes with every change of access, in its
// transaction.
func (o *op) endDelegations(ctx context.Context) error {
	for ended := o.e.Ended(); len(ended) > 0; ended = o.e.Ended() {
		for _, id := range ended {
			g, err := o.Tx.Grant(ctx, id)
			if err != nil {
				return err
			}
			if err := o.RemoveGrant(ctx, id); err != nil {
				return err
			}
			if err := o.audit(ctx, change{"grant.end", o.placeName(ctx, g.Place), o.describeGrant(ctx, *g), ""}); err != nil {
				return err
			}
		}
		if err := o.raise(ctx); err != nil {
			return err
		}
	}
	return nil
}
