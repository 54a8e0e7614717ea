package service

import (
	"context"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// A Roster is everything that has members, with its members: a group, a
// personal group, a customer, a system group, or what stands in a role of a
// ticket, a queue or the whole desk (RT: its role group).
type Roster struct {
	Name        Name   // of a role only Text and Ref are set
	Description string // of a group
	Owner       Name   // of a personal group
	Users       []Name // direct members
	Groups      []Name // direct members that have members themselves
	DeepUsers   []Name // enabled users who are members by any path
	DeepGroups  []Name // enabled groups and customers by any path
	Addresses   []string
}

// Roster returns what is written as group:NAME, personal:OWNER/NAME,
// customer:KEY, system:NAME, role:NAME@ticket:7, role:NAME@queue:NAME or
// role:NAME@system. It needs SeeGroup or SeeCustomer there; for roles ShowTicket,
// SeeQueue or AdminRoles, and for system groups AdminUsers or SeeGroup. Only
// agents are told. Addresses are the primary ones of the deep users.
func (s *Service) Roster(ctx context.Context, by desk.Actor, ref string) (*Roster, error) {
	var r *Roster
	err := s.view(ctx, by, func(o *op) error {
		found, direct, err := o.roster(ctx, ref)
		if err != nil {
			return err
		}
		if err := o.fillRoster(ctx, found, direct); err != nil {
			return err
		}
		r = found
		return nil
	})
	return r, err
}

// roster finds what a reference names, if the actor may see its members, and
// its direct members.
func (o *op) roster(ctx context.Context, ref string) (*Roster, []desk.PrincipalID, error) {
	none := desk.Errorf(desk.NotFound, "There is no %s.", ref)
	if !o.isAgent() {
		return nil, nil, none
	}
	if role, ok := strings.CutPrefix(ref, "role:"); ok {
		direct, err := o.inRole(ctx, role)
		if desk.KindOf(err) == desk.NotFound {
			err = none
		}
		return &Roster{Name: Name{Text: role, Ref: ref}}, direct, err
	}
	id, err := o.named(ctx, ref)
	if desk.KindOf(err) == desk.NotFound || err == nil && o.seesRoster(ctx, id) != nil {
		return nil, nil, none
	}
	if err != nil {
		return nil, nil, err
	}
	names, err := o.names(ctx, []desk.PrincipalID{id})
	if err != nil {
		return nil, nil, err
	}
	r := &Roster{Name: names[id]}
	if g, err := o.Tx.Group(ctx, desk.GroupID(id)); err == nil {
		r.Description = g.Description
		if g.Personal != 0 {
			owner, err := o.names(ctx, []desk.PrincipalID{desk.PrincipalID(g.Personal)})
			if err != nil {
				return nil, nil, err
			}
			r.Owner = owner[desk.PrincipalID(g.Personal)]
		}
	}
	if r.Name.Kind == "system" {
		return r, o.inSystemGroup(id), nil
	}
	memberships, err := o.MembersOf(ctx, id)
	direct := make([]desk.PrincipalID, len(memberships))
	for i, m := range memberships {
		direct[i] = m.Member
	}
	return r, direct, err
}

// seesRoster refuses who may not see the members of a principal; a user has
// none.
func (o *op) seesRoster(ctx context.Context, id desk.PrincipalID) error {
	switch {
	case desk.SystemGroups()[id] != "":
		if o.canAny(access.System(), desk.AdminUsers, desk.SeeGroup) {
			return nil
		}
		return o.need(desk.SeeGroup, access.System())
	case o.e.KindOf(desk.UserID(id)) != 0:
		return noGroup()
	}
	return o.seesMembersOf(ctx, id)
}

// inSystemGroup: whoever is what a system group is for is its direct member.
func (o *op) inSystemGroup(id desk.PrincipalID) []desk.PrincipalID {
	if id == desk.Customers {
		return o.e.Within(id)
	}
	var list []desk.PrincipalID
	for _, u := range o.e.Members(id) {
		list = append(list, desk.PrincipalID(u))
	}
	return list
}

// inRole returns what stands in a role, written NAME@ticket:7, NAME@queue:NAME
// or NAME@system, there itself.
func (o *op) inRole(ctx context.Context, ref string) ([]desk.PrincipalID, error) {
	name, at, _ := strings.Cut(ref, "@")
	set, err := o.readRoles(ctx, []string{name})
	if err != nil {
		return nil, noGroup()
	}
	role := set.List()[0]
	kind, key, _ := strings.Cut(at, ":")
	queue := desk.QueueID(0)
	switch kind {
	case "ticket":
		t, err := o.ticketFor(ctx, desk.ShowTicket, parseID[desk.TicketID](strings.TrimPrefix(key, "#")))
		if err != nil {
			return nil, err
		}
		return t.In(role), nil
	case "queue":
		q, err := o.QueueByName(ctx, key)
		if err != nil || !o.can(desk.SeeQueue, access.Queue(q.ID)) {
			return nil, noGroup()
		}
		queue = q.ID
	case "system":
		if !o.can(desk.AdminRoles, access.System()) {
			return nil, noGroup()
		}
	default:
		return nil, noGroup()
	}
	watchers, err := o.Tx.QueueWatchers(ctx, queue)
	var list []desk.PrincipalID
	for _, w := range watchers {
		if w.Role == role {
			list = append(list, w.Who)
		}
	}
	return list, err
}

// fillRoster works the members out from the direct ones.
func (o *op) fillRoster(ctx context.Context, r *Roster, direct []desk.PrincipalID) error {
	var users, groups []desk.PrincipalID
	if r.Name.Disabled {
		users, groups = nil, nil
	} else {
		users, groups = o.deep(direct)
	}
	names, err := o.names(ctx, slices.Concat(direct, users, groups))
	if err != nil {
		return err
	}
	for _, id := range direct {
		if names[id].Kind == "user" {
			r.Users = append(r.Users, names[id])
		} else {
			r.Groups = append(r.Groups, names[id])
		}
	}
	for _, id := range groups {
		r.DeepGroups = append(r.DeepGroups, names[id])
	}
	people := make([]desk.UserID, len(users))
	for i, id := range users {
		people[i] = desk.UserID(id)
	}
	if err := o.ReadAhead(ctx, store.Ahead{Users: people}); err != nil {
		return err
	}
	for _, id := range users {
		r.DeepUsers = append(r.DeepUsers, names[id])
		u, err := o.User(ctx, desk.UserID(id))
		if err != nil {
			return err
		}
		if a := u.Address(); a != "" && !slices.Contains(r.Addresses, a) {
			r.Addresses = append(r.Addresses, a)
		}
	}
	slices.Sort(r.Addresses)
	return nil
}

// deep returns the enabled users and the enabled groups below some principals,
// these included, by number.
func (o *op) deep(from []desk.PrincipalID) (users, groups []desk.PrincipalID) {
	for _, id := range from {
		for _, u := range o.e.Members(id) {
			users = append(users, desk.PrincipalID(u))
		}
		groups = append(groups, o.e.Within(id)...)
	}
	slices.Sort(users)
	slices.Sort(groups)
	return slices.Compact(users), slices.Compact(groups)
}

// HasMember reports whether a principal is a direct member of what has members,
// written as Roster takes it, or with deep a member by any path of enabled
// groups. It asks what Roster asks. Who is not there is no member.
func (s *Service) HasMember(ctx context.Context, by desk.Actor, ref, member string, deep bool) (bool, error) {
	var is bool
	err := s.view(ctx, by, func(o *op) error {
		r, direct, err := o.roster(ctx, ref)
		if err != nil {
			return err
		}
		id, err := o.lookUp(ctx, member)
		if desk.KindOf(err) == desk.Invalid {
			return nil // who is not there is no member
		}
		if err != nil {
			return err
		}
		is = slices.Contains(direct, id)
		if deep && !is && !r.Name.Disabled {
			is = slices.ContainsFunc(direct, func(d desk.PrincipalID) bool { return o.e.IsMember(id, d) })
		}
		return nil
	})
	return is, err
}

// MemberOf returns the groups and customers, as far as the actor may see them,
// of which a user or group is a direct member, or with deep by any path of
// enabled groups. Of a direct list disabled ones are part.
func (s *Service) MemberOf(ctx context.Context, by desk.Actor, member string, deep bool) ([]Name, error) {
	var list []Name
	err := s.view(ctx, by, func(o *op) error {
		id, err := o.find(ctx, member)
		if err != nil {
			return err
		}
		ids := o.e.GroupsOf(id)
		if !deep {
			memberships, err := o.MembershipsOf(ctx, id)
			if err != nil {
				return err
			}
			ids = nil
			for _, m := range memberships {
				ids = append(ids, m.Group)
			}
		}
		names, err := o.names(ctx, ids)
		for _, id := range ids {
			if o.seesMembersOf(ctx, id) == nil {
				list = append(list, names[id])
			}
		}
		return err
	})
	return list, err
}
