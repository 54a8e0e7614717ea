package service

import (
	"context"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// FindMember returns whom a text means that is to become a member of a group
// or customer: a login, a mail address, the name of a group or the key of a
// customer, or any of them with its kind before it as Find takes it. It asks
// what AddMember asks.
func (s *Service) FindMember(ctx context.Context, by desk.Actor, group desk.PrincipalID, text string) (desk.PrincipalID, error) {
	var id desk.PrincipalID
	err := s.view(ctx, by, func(o *op) error {
		if _, err := o.mayChangeMembers(ctx, group, 0); err != nil {
			return err
		}
		var err error
		id, err = o.lookUp(ctx, text)
		return err
	})
	return id, err
}

// FindWatcher returns whom a text means that is to stand in a role of a queue,
// written as for FindMember (ModifyQueueWatchers on the queue).
func (s *Service) FindWatcher(ctx context.Context, by desk.Actor, queue desk.QueueID, text string) (desk.PrincipalID, error) {
	var id desk.PrincipalID
	err := s.view(ctx, by, func(o *op) error {
		if _, err := o.queueFor(ctx, desk.ModifyQueueWatchers, queue); err != nil {
			return err
		}
		var err error
		id, err = o.lookUp(ctx, text)
		return err
	})
	return id, err
}

// lookUp finds a principal that the actor may know by a text with or without
// its kind.
func (o *op) lookUp(ctx context.Context, text string) (desk.PrincipalID, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, desk.InvalidFields(map[string]string{"who": "Write a login, a mail address or a name."})
	}
	kinds := []string{"user:", "group:", "customer:", "system:"}
	if slices.ContainsFunc(append(kinds, "personal:"), func(kind string) bool { return strings.HasPrefix(text, kind) }) {
		kinds = []string{""}
	}
	for _, kind := range kinds {
		id, err := o.named(ctx, kind+text)
		if desk.KindOf(err) == desk.NotFound || err == nil && !o.mayKnow(id) {
			continue
		}
		return id, err
	}
	return 0, desk.InvalidFields(map[string]string{"who": "There is no " + text + ". Write a login, a mail address, the name of a group or the key of a customer."})
}

// A CustomerMember is a direct member of a customer with his primary address.
type CustomerMember struct {
	Member
	Address string // empty: he has none, or is no person
}

// ContactsOf returns the direct members of a customer (SeeCustomer).
func (s *Service) ContactsOf(ctx context.Context, by desk.Actor, id desk.CustomerID) ([]CustomerMember, error) {
	var list []CustomerMember
	err := s.view(ctx, by, func(o *op) error {
		if _, err := o.customerFor(ctx, desk.SeeCustomer, id); err != nil {
			return err
		}
		memberships, err := o.MembersOf(ctx, desk.PrincipalID(id))
		if err != nil {
			return err
		}
		ids, users := make([]desk.PrincipalID, len(memberships)), make([]desk.UserID, len(memberships))
		for i, m := range memberships {
			ids[i], users[i] = m.Member, desk.UserID(m.Member)
		}
		names, err := o.names(ctx, ids)
		if err != nil {
			return err
		}
		quiet, err := o.Quiet(ctx, ids)
		if err != nil {
			return err
		}
		people, err := o.UsersByID(ctx, users)
		for _, m := range memberships {
			c := CustomerMember{Member: Member{m, names[m.Member], slices.Contains(quiet[m.Member], m.Group)}}
			if u := people[desk.UserID(m.Member)]; u != nil {
				c.Address = u.Address()
			}
			list = append(list, c)
		}
		return err
	})
	return list, err
}

// A DeepMember is a user who is a member in the end, with the groups between
// him and the one that was asked about, from the top; none: directly.
type DeepMember struct {
	Name    Name
	Through []Name
}

// MemberPaths returns the enabled users who are members of a group or customer
// by paths of enabled groups, each with a shortest one (SeeGroup or
// SeeCustomer), up to limit users.
func (s *Service) MemberPaths(ctx context.Context, by desk.Actor, group desk.PrincipalID, limit int) ([]DeepMember, error) {
	var list []DeepMember
	err := s.view(ctx, by, func(o *op) error {
		if err := o.seesMembersOf(ctx, group); err != nil {
			return err
		}
		paths, order, err := o.pathsDown(ctx, group, limit)
		if err != nil {
			return err
		}
		var ids []desk.PrincipalID
		for _, id := range order {
			ids = append(append(ids, id), paths[id]...)
		}
		names, err := o.names(ctx, ids)
		for _, id := range order {
			m := DeepMember{Name: names[id]}
			for _, g := range paths[id] {
				m.Through = append(m.Through, names[g])
			}
			list = append(list, m)
		}
		return err
	})
	return list, err
}

// pathsDown walks level by level from a group to its users, and returns for
// each the groups on the way, and the users in the order of finding.
func (o *op) pathsDown(ctx context.Context, group desk.PrincipalID, limit int) (map[desk.PrincipalID][]desk.PrincipalID, []desk.PrincipalID, error) {
	paths := map[desk.PrincipalID][]desk.PrincipalID{group: nil}
	var users []desk.PrincipalID
	for queue := []desk.PrincipalID{group}; len(queue) > 0 && len(users) < limit; queue = queue[1:] {
		at := queue[0]
		if len(o.e.Members(at)) == 0 {
			continue // disabled, or with nobody in it
		}
		memberships, err := o.MembersOf(ctx, at)
		if err != nil {
			return nil, nil, err
		}
		way := paths[at]
		if at != group {
			way = append(slices.Clone(way), at)
		}
		for _, m := range memberships {
			if _, seen := paths[m.Member]; seen || !o.e.IsMember(m.Member, group) {
				continue
			}
			paths[m.Member] = way
			switch {
			case o.e.KindOf(desk.UserID(m.Member)) == 0:
				queue = append(queue, m.Member)
			case o.e.Enabled(desk.UserID(m.Member)):
				users = append(users, m.Member)
			}
		}
	}
	return paths, users[:min(limit, len(users))], nil
}

// BelongsTo returns the groups and customers of which a group is a direct
// member, as far as the actor may see them.
func (s *Service) BelongsTo(ctx context.Context, by desk.Actor, group desk.GroupID) ([]Member, error) {
	var list []Member
	err := s.view(ctx, by, func(o *op) error {
		if _, err := o.groupFor(ctx, group); err != nil {
			return err
		}
		memberships, err := o.MembershipsOf(ctx, desk.PrincipalID(group))
		if err != nil {
			return err
		}
		var ids []desk.PrincipalID
		for _, m := range memberships {
			ids = append(ids, m.Group)
		}
		names, err := o.names(ctx, ids)
		for _, m := range memberships {
			if o.seesMembersOf(ctx, m.Group) == nil {
				list = append(list, Member{m, names[m.Group], false})
			}
		}
		return err
	})
	return list, err
}

// MemberCounts counts the enabled users in groups and customers, of those that
// the actor may see.
func (s *Service) MemberCounts(ctx context.Context, by desk.Actor, ids []desk.PrincipalID) (map[desk.PrincipalID]int, error) {
	var counts map[desk.PrincipalID]int
	err := s.view(ctx, by, func(o *op) error {
		next := store.Ahead{}
		for _, id := range ids {
			next.Groups, next.Customers = append(next.Groups, desk.GroupID(id)), append(next.Customers, desk.CustomerID(id))
		}
		if err := o.ReadAhead(ctx, next); err != nil {
			return err
		}
		for _, id := range ids {
			if err := o.seesMembersOf(ctx, id); err != nil {
				continue
			}
			if counts == nil {
				counts = map[desk.PrincipalID]int{}
			}
			counts[id] = len(o.e.Members(id))
		}
		return nil
	})
	return counts, err
}

// WatcherCounts counts who stands in the roles of each of some queues (SeeQueue on
// all of them, for agents).
func (s *Service) WatcherCounts(ctx context.Context, by desk.Actor, queues []desk.QueueID) (map[desk.QueueID]int, error) {
	var counts map[desk.QueueID]int
	err := s.view(ctx, by, func(o *op) error {
		if err := o.needAgent(); err != nil {
			return err
		}
		all, err := o.Tx.WatcherCounts(ctx)
		if err != nil {
			return err
		}
		counts = map[desk.QueueID]int{}
		for _, q := range queues {
			if _, err := o.queueFor(ctx, desk.SeeQueue, q); err != nil {
				return err
			}
			counts[q] = all[q]
		}
		return nil
	})
	return counts, err
}

// WatchersOf returns who stands in the roles of a queue, with their names
// (SeeQueue, for agents).
func (s *Service) WatchersOf(ctx context.Context, by desk.Actor, queue desk.QueueID) ([]WatcherLine, error) {
	var list []WatcherLine
	err := s.view(ctx, by, func(o *op) error {
		if err := o.needAgent(); err != nil {
			return err
		}
		if _, err := o.queueFor(ctx, desk.SeeQueue, queue); err != nil {
			return err
		}
		watchers, err := o.Tx.QueueWatchers(ctx, queue)
		if err != nil {
			return err
		}
		roles, err := o.Tx.Roles(ctx)
		if err != nil {
			return err
		}
		ids := make([]desk.PrincipalID, len(watchers))
		for i, w := range watchers {
			ids[i] = w.Who
		}
		names, err := o.names(ctx, ids)
		for _, w := range watchers {
			at := slices.IndexFunc(roles, func(r desk.Role) bool { return r.ID == w.Role })
			if at >= 0 {
				list = append(list, WatcherLine{w.Role, roles[at].Name, names[w.Who], true})
			}
		}
		return err
	})
	return list, err
}

// Held returns the rights that the actor holds on a place himself.
func (s *Service) Held(ctx context.Context, by desk.Actor, p desk.Place) (desk.RightSet, error) {
	var rights desk.RightSet
	err := s.view(ctx, by, func(o *op) error {
		rights = o.rightsOn(access.Object{Place: p})
		return nil
	})
	return rights, err
}

// Manages says what the actor may do with a customer and its people.
type Manages struct {
	Settings bool // ModifyCustomer: change its name and settings
	People   bool // AdminCustomer: add and remove people, change parts
	Switch   bool // AdminCustomers: change its key, disable and enable it
}

// ManagesCustomer returns what the actor may do with a customer (SeeCustomer).
func (s *Service) ManagesCustomer(ctx context.Context, by desk.Actor, id desk.CustomerID) (Manages, error) {
	var m Manages
	err := s.view(ctx, by, func(o *op) error {
		if _, err := o.customerFor(ctx, desk.SeeCustomer, id); err != nil {
			return err
		}
		_, settings := o.customerFor(ctx, desk.ModifyCustomer, id)
		_, people := o.customerFor(ctx, desk.AdminCustomer, id)
		m = Manages{settings == nil, people == nil, o.can(desk.AdminCustomers, access.System())}
		return nil
	})
	return m, err
}
