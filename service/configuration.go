package service

import (
	"context"
	"slices"

	"gatehouse/access"
	"gatehouse/desk"
)

// AccessConfiguration is everything that an administrator decides about access,
// as it stands at one version, with the names of what it is about.
type AccessConfiguration struct {
	// World has no delegations, since those are their makers', and no
	// memberships that a directory keeps. Its users are none.
	World    *desk.World
	Names    map[desk.PrincipalID]Name // of all groups and customers, and of users who are named
	Groups   []desk.Group
	Queues   []desk.Queue
	Roles    []desk.Role       // those that every desk has included
	Settings map[string]string // all that SetSetting knows, with their present values
}

// AccessConfiguration returns the access configuration, with the members of
// customers only where they are asked for (ShowACL, SeeGroup, SeeQueue,
// AdminUsers and ShowConfigTab, and for customers SeeCustomer, on the whole
// desk).
func (s *Service) AccessConfiguration(ctx context.Context, by desk.Actor, customers bool) (*AccessConfiguration, error) {
	var c *AccessConfiguration
	err := s.view(ctx, by, func(o *op) error {
		rights := []desk.Right{desk.ShowACL, desk.SeeGroup, desk.SeeQueue, desk.AdminUsers, desk.ShowConfigTab}
		if customers {
			rights = append(rights, desk.SeeCustomer)
		}
		for _, r := range rights {
			if err := o.need(r, access.System()); err != nil {
				return err
			}
		}
		var err error
		c, err = o.configuration(ctx, customers)
		return err
	})
	return c, err
}

func (o *op) configuration(ctx context.Context, customers bool) (*AccessConfiguration, error) {
	c := &AccessConfiguration{Settings: map[string]string{}}
	var err error
	if c.World, err = o.World(ctx); err != nil {
		return nil, err
	}
	c.World.Today, c.World.Users = o.today(), nil
	c.World.Grants = slices.DeleteFunc(c.World.Grants, func(g desk.Grant) bool { return g.Source != 0 })
	if err := o.leaveOut(ctx, c, customers); err != nil {
		return nil, err
	}
	if c.Roles, err = o.Tx.Roles(ctx); err != nil {
		return nil, err
	}
	if c.Queues, err = o.Tx.Queues(ctx); err != nil {
		return nil, err
	}
	for name, fallback := range settingDefaults() {
		value, set, err := o.Tx.Setting(ctx, name)
		if err != nil {
			return nil, err
		}
		if !set || value == "" {
			value = fallback
		}
		c.Settings[name] = value
	}
	if c.Names, err = o.names(ctx, principalsOf(c.World)); err != nil {
		return nil, err
	}
	return c, o.groupsOfConfiguration(ctx, c)
}

// leaveOut takes memberships away that are not asked for or are a directory's.
func (o *op) leaveOut(ctx context.Context, c *AccessConfiguration, customers bool) error {
	directories, err := o.Tx.Directories(ctx)
	theirs := map[string]bool{}
	for _, d := range directories {
		theirs[d.Name] = true
	}
	c.World.Memberships = slices.DeleteFunc(c.World.Memberships, func(m desk.Membership) bool {
		if !customers && o.e.IsCustomer(m.Group) {
			return true
		}
		return theirs[m.Source]
	})
	return err
}

// principalsOf lists the groups and customers of a world, and whoever else it
// names, each once.
func principalsOf(w *desk.World) []desk.PrincipalID {
	var ids []desk.PrincipalID
	for _, g := range w.Groups {
		ids = append(ids, g.ID)
	}
	for _, m := range w.Memberships {
		ids = append(ids, m.Member)
	}
	for _, x := range w.Watchers {
		ids = append(ids, x.Who)
	}
	for _, g := range w.Grants {
		ids = append(ids, g.Who)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (o *op) groupsOfConfiguration(ctx context.Context, c *AccessConfiguration) error {
	for _, g := range c.World.Groups {
		if g.Customer {
			continue
		}
		group, err := o.Tx.Group(ctx, desk.GroupID(g.ID))
		if err != nil {
			return err
		}
		c.Groups = append(c.Groups, *group)
	}
	return nil
}
