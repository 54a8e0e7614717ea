package service

import (
	"context"
	"slices"
	"strings"

	"gatehouse/desk"
)

// Together makes edits as one change: all of them or none. It asks what they
// ask, and returns the number of the change, by which it can be taken back;
// zero where nothing came into the audit log.
func (s *Service) Together(ctx context.Context, by desk.Actor, edits Edits) (int64, error) {
	var change int64
	err := s.do(ctx, by, func(o *op) error {
		if err := edits(o.within(), by); err != nil {
			return err
		}
		change = o.AuditChange()
		return nil
	})
	return change, err
}

// TakeBack makes a change of access or of life cycles undone, as a change of its own, and returns
// that one's number. It plays the reverse of every step, newest first, and asks
// for each what that asks. It is refused where something of it was changed
// again since, and says what. What was made is not removed but disabled; a
// delegation that ended with what it rested on stays ended.
func (s *Service) TakeBack(ctx context.Context, by desk.Actor, change int64) (int64, error) {
	return s.Together(ctx, by, func(in *Service, by desk.Actor) error {
		o := in.joined
		none := desk.Errorf(desk.NotFound, "There is no change %d of access that you could take back.", change)
		if !o.isAgent() {
			return none
		}
		facts, err := o.AccessFacts(ctx, change)
		if err != nil {
			return err
		}
		cycles, err := o.takeBackCycles(ctx, change)
		if err != nil {
			return err
		}
		if len(facts) == 0 && !cycles {
			return none
		}
		slices.Reverse(facts)
		for i := range facts {
			if err := o.takeBack(ctx, &facts[i]); err != nil {
				return err
			}
		}
		return o.stopRulesOf(ctx, change)
	})
}

// stopRulesOf switches off the rules that a change made.
func (o *op) stopRulesOf(ctx context.Context, change int64) error {
	lines, _, err := o.AuditList(ctx, AuditFilter{Action: "rule.add", Change: change, Limit: 100})
	if err != nil {
		return err
	}
	for _, line := range lines {
		r, err := o.RuleByName(ctx, strings.TrimPrefix(line.Object, "rule:"))
		if desk.KindOf(err) == desk.NotFound || err == nil && !r.Enabled {
			continue
		}
		if err == nil {
			err = o.within().SwitchRule(ctx, o.by, formatID(r.ID), false)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// takeBack reverses one step by the use case that does so.
func (o *op) takeBack(ctx context.Context, f *desk.AccessFact) error {
	before, after := &f.Before, &f.After
	switch {
	case len(before.Grants)+len(after.Grants) > 0:
		return o.takeBackGrant(ctx, before.Grants, after.Grants)
	case len(before.Memberships)+len(after.Memberships) > 0:
		return o.takeBackMember(ctx, before.Memberships, after.Memberships)
	case len(before.Watchers) > 0:
		return o.s.AddQueueWatcher(ctx, o.by, before.Watchers[0])
	case len(after.Watchers) > 0:
		return o.s.RemoveQueueWatcher(ctx, o.by, after.Watchers[0])
	case len(after.Users) > 0:
		return o.takeBackUser(ctx, before.Users, after.Users[0])
	case len(after.Groups) > 0:
		return o.takeBackGroup(ctx, before.Groups, after.Groups[0])
	case len(after.Queues) > 0:
		return o.takeBackQueue(ctx, before.Queues, after.Queues[0])
	case len(before.Permissions)+len(after.Permissions) > 0:
		return o.takeBackPermission(ctx, before.Permissions, after.Permissions)
	case f.Setting != "":
		return o.takeBackSetting(ctx, f)
	}
	return o.takeBackRole(ctx, f)
}

// changedSince refuses to take back what is not as the change left it.
func changedSince(what string) error {
	return desk.Errorf(desk.Conflict, "%s was changed again since. Look at it, and change it by hand.", what)
}

func (o *op) takeBackGrant(ctx context.Context, before, after []desk.Grant) error {
	if len(after) == 0 {
		if before[0].Source != 0 {
			return nil // ended with what it rested on
		}
		g := before[0]
		g.ID = 0
		_, err := o.s.Grant(ctx, o.by, g)
		return err
	}
	now, err := o.Tx.Grant(ctx, after[0].ID)
	if desk.KindOf(err) == desk.NotFound || err == nil && *now != after[0] {
		return changedSince("A grant of this change")
	}
	if err != nil {
		return err
	}
	if err := o.s.Revoke(ctx, o.by, now.ID); err != nil || len(before) == 0 {
		return err
	}
	g := before[0]
	g.ID = 0
	_, err = o.s.Grant(ctx, o.by, g)
	return err
}

func (o *op) takeBackMember(ctx context.Context, before, after []desk.Membership) error {
	if len(after) == 0 {
		return o.s.AddMember(ctx, o.by, before[0])
	}
	now, err := o.Membership(ctx, after[0].Group, after[0].Member)
	if desk.KindOf(err) == desk.NotFound || err == nil && *now != after[0] {
		return changedSince("A membership of this change")
	}
	switch {
	case err != nil:
		return err
	case len(before) == 0:
		return o.s.RemoveMember(ctx, o.by, now.Group, now.Member)
	}
	return o.s.UpdateMember(ctx, o.by, before[0])
}

func (o *op) takeBackUser(ctx context.Context, before []desk.WorldUser, after desk.WorldUser) error {
	u, err := o.Tx.User(ctx, after.ID)
	if err != nil {
		return err
	}
	if u.Kind != after.Kind || u.Disabled != after.Disabled {
		return changedSince("The user " + u.Login)
	}
	u.Disabled = true
	if len(before) > 0 {
		u.Kind, u.Disabled = before[0].Kind, before[0].Disabled
	}
	return o.s.UpdateUser(ctx, o.by, *u)
}

func (o *op) takeBackGroup(ctx context.Context, before []desk.WorldGroup, after desk.WorldGroup) error {
	disabled := len(before) == 0 || before[0].Disabled
	if after.Customer {
		c, err := o.Tx.Customer(ctx, desk.CustomerID(after.ID))
		if err != nil {
			return err
		}
		if c.Disabled != after.Disabled || c.OwnOnly != after.OwnOnly {
			return changedSince("The customer " + c.Key)
		}
		c.Disabled = disabled
		c.OwnOnly = len(before) > 0 && before[0].OwnOnly
		return o.s.UpdateCustomer(ctx, o.by, *c)
	}
	g, err := o.Tx.Group(ctx, desk.GroupID(after.ID))
	if err != nil {
		return err
	}
	if g.Disabled != after.Disabled {
		return changedSince("The group " + g.Name)
	}
	g.Disabled = disabled
	return o.s.UpdateGroup(ctx, o.by, *g)
}

func (o *op) takeBackQueue(ctx context.Context, before []desk.WorldQueue, after desk.WorldQueue) error {
	q, err := o.Tx.Queue(ctx, after.ID)
	if err != nil {
		return err
	}
	if q.AccessGroup != after.AccessGroup || q.Disabled != after.Disabled {
		return changedSince("The queue " + q.Name)
	}
	q.Disabled = true
	if len(before) > 0 {
		q.AccessGroup, q.Disabled = before[0].AccessGroup, before[0].Disabled
	}
	return o.s.UpdateQueue(ctx, o.by, *q)
}
