package service

import (
	"context"
	"fmt"
	"slices"

	"gatehouse/access"
	"gatehouse/desk"
)

// A UserMerge makes two users one.
type UserMerge struct {
	From, Into desk.UserID
	// Previewed says that the actor was shown the effect (WhatIf). Without it
	// the user who stays gains nothing that neither of them had, and no tickets
	// by what the other holds.
	Previewed bool
}

// MergeUsers makes one user of two of the same kind, by what UpdateUser,
// AddMember, RemoveMember and the watchers of queues ask. The user who stays
// gets the addresses, memberships, roles on tickets and queues of the other,
// and those of his grants that the actor may give. The other is disabled; his
// login stays taken, his sessions and tokens end, and what he wrote stays his.
// It returns the number of the change.
func (s *Service) MergeUsers(ctx context.Context, by desk.Actor, in UserMerge) (int64, error) {
	return s.Together(ctx, by, func(joined *Service, by desk.Actor) error {
		m := &merging{s: joined, o: joined.joined, by: by, in: in, old: joined.joined.e}
		for _, step := range []func(context.Context) error{m.check, m.memberships, m.watchers, m.grants, m.person} {
			if err := step(ctx); err != nil {
				return err
			}
		}
		return m.gainsNothing()
	})
}

// A merging is two users on their way to be one.
type merging struct {
	s          *Service
	o          *op
	by         desk.Actor
	in         UserMerge
	old        *access.Engine
	from, into *desk.User
}

// check refuses what cannot be merged.
func (m *merging) check(ctx context.Context) error {
	var err error
	if m.from, err = m.o.userToChange(ctx, m.in.From); err != nil {
		return err
	}
	if m.into, err = m.o.userToChange(ctx, m.in.Into); err != nil {
		return err
	}
	d, err := m.o.directoryOf(ctx, m.in.From)
	switch {
	case err != nil:
		return err
	case m.in.From == m.in.Into:
		return desk.Errorf(desk.Invalid, "This is one user already; name two.")
	case m.from.Kind != m.into.Kind:
		return desk.Errorf(desk.Conflict, "An agent and a contact cannot be merged.")
	case m.into.Disabled:
		return desk.Errorf(desk.Conflict, "%s is disabled; merge into a user who is not.", m.into.Login)
	case m.in.From == m.by.User:
		return desk.Errorf(desk.Conflict, "You cannot merge yourself away; merge the other one into you.")
	case d != nil:
		return desk.Errorf(desk.Conflict, "%s comes from the directory %s, which would bring him back; merge the other one into him.", m.from.Login, d.Name)
	}
	return nil
}

// memberships moves where the user belongs. In both, the larger part and the
// longer time count.
func (m *merging) memberships(ctx context.Context) error {
	theirs, err := m.o.MembershipsOf(ctx, desk.PrincipalID(m.in.From))
	if err != nil {
		return err
	}
	mine, err := m.o.MembershipsOf(ctx, desk.PrincipalID(m.in.Into))
	if err != nil {
		return err
	}
	quiet, err := m.o.Quiet(ctx, []desk.PrincipalID{desk.PrincipalID(m.in.From)})
	if err != nil {
		return err
	}
	primary := slices.ContainsFunc(mine, func(b desk.Membership) bool { return b.Primary })
	for _, t := range theirs {
		if err := m.s.RemoveMember(ctx, m.by, t.Group, t.Member); err != nil {
			return err
		}
		at := slices.IndexFunc(mine, func(b desk.Membership) bool { return b.Group == t.Group })
		if at < 0 {
			t.Member, t.Source, t.Primary = desk.PrincipalID(m.in.Into), "merge", t.Primary && !primary
			err = m.s.AddMember(ctx, m.by, t)
			if err == nil && slices.Contains(quiet[desk.PrincipalID(m.in.From)], t.Group) {
				err = m.o.SetQuiet(ctx, t.Group, t.Member, true)
			}
		} else if both := larger(mine[at], t); both != mine[at] {
			err = m.s.UpdateMember(ctx, m.by, both)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// larger is a membership widened to what another one gives.
func larger(a, b desk.Membership) desk.Membership {
	a.Part = max(a.Part, b.Part)
	a.From = min(a.From, b.From) // zero: from ever
	if a.Until != 0 {
		a.Until = max(a.Until, b.Until)
	}
	if b.Until == 0 {
		a.Until = 0
	}
	return a
}

// watchers moves what the user is on queues.
func (m *merging) watchers(ctx context.Context) error {
	queues, err := m.o.Tx.Queues(ctx)
	if err != nil {
		return err
	}
	for _, q := range queues {
		list, err := m.o.Tx.QueueWatchers(ctx, q.ID)
		if err != nil {
			return err
		}
		for _, w := range list {
			if w.Who != desk.PrincipalID(m.in.From) || w.Queue != q.ID {
				continue
			}
			if err := m.s.RemoveQueueWatcher(ctx, m.by, w); err != nil {
				return err
			}
			w.Who = desk.PrincipalID(m.in.Into)
			if slices.Contains(list, w) {
				continue
			}
			if err := m.s.AddQueueWatcher(ctx, m.by, w); err != nil {
				return err
			}
		}
	}
	return nil
}

// grants moves the grants that the actor may give. The others stay with the
// user who is disabled, and give nothing.
func (m *merging) grants(ctx context.Context) error {
	list, _, err := m.o.Tx.Grants(ctx, GrantFilter{Who: desk.PrincipalID(m.in.From), Limit: 1000})
	if err != nil {
		return err
	}
	for _, g := range list {
		if g.Source != 0 || m.o.mayGrant(ctx, g) != nil {
			continue
		}
		if err := m.s.Revoke(ctx, m.by, g.ID); err != nil {
			return err
		}
		g.ID, g.Who = 0, desk.PrincipalID(m.in.Into)
		_, err := m.s.Grant(ctx, m.by, g)
		if err != nil && desk.KindOf(err) != desk.Conflict { // he holds it already
			return err
		}
	}
	return nil
}

// person moves tickets and addresses, and disables the user.
func (m *merging) person(ctx context.Context) error {
	before := describeUser(*m.from) + "; into: " + formatID(m.in.Into)
	if err := m.o.MergeUser(ctx, m.in.From, m.in.Into); err != nil {
		return err
	}
	from, err := m.o.Tx.User(ctx, m.in.From)
	if err != nil {
		return err
	}
	from.Disabled = true
	if err := m.o.Tx.UpdateUser(ctx, from); err != nil {
		return err
	}
	into, err := m.o.Tx.User(ctx, m.in.Into)
	if err != nil {
		return err
	}
	return m.o.changedAccess(ctx,
		change{"user.merge", "user:" + into.Login, before, fmt.Sprintf("member: %d; %s", m.in.From, describeUser(*into))},
		desk.AccessChange{Kind: desk.ChangeUser, User: m.in.From}, desk.AccessChange{Kind: desk.ChangeUser, User: m.in.Into})
}

// gainsNothing refuses a merge by which the user who stays may what neither of
// both might, unless the actor has seen it.
func (m *merging) gainsNothing() error {
	if m.in.Previewed || m.by.IsSystem() {
		return nil
	}
	for _, d := range access.Diff(m.old, m.o.e) {
		if !slices.Contains(d.Users, m.in.Into) {
			continue
		}
		if d.Tickets != 0 {
			return desk.Errorf(desk.Conflict, "%s would see other tickets than before. Look at the effect first.", m.into.Called())
		}
		for _, t := range d.Things {
			if extra := t.Gained &^ m.old.Rights(m.in.From, access.Object{Place: t.Place}); extra != 0 {
				return desk.Errorf(desk.Conflict, "Together they could do what neither could before (%s). Look at the effect first.", extra.Names()[0])
			}
		}
	}
	return nil
}
