package service

import (
	"context"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/desk/query"
	"gatehouse/store"
)

const (
	currentUser = "__currentuser__"
	nobody      = "nobody"
)

// userTest asks for one user, as who opened the ticket.
func (b *binder) userTest(ctx context.Context, c *query.Cond) (query.Test, error) {
	t := query.Test{What: query.In, Column: c.Field.Column, Numbers: []int64{0}}
	if c.How == query.Null {
		return t, nil
	}
	users, err := b.people(ctx, c)
	t.Numbers = []int64{}
	for _, u := range users {
		if b.mayKnow(u) {
			t.Numbers = append(t.Numbers, int64(u))
		}
	}
	return t, err
}

// watcherTest asks whether somebody stands in a role, himself or through his
// groups. Negated, it asks that nobody such does.
func (b *binder) watcherTest(ctx context.Context, c *query.Cond) (query.Test, error) {
	if c.Field.OnQueue {
		return b.queueWatcherTest(ctx, c)
	}
	roles, err := b.rolesOf(ctx, c)
	if err != nil {
		return query.Test{}, err
	}
	t := query.Test{What: query.Stands, Roles: roles}
	if c.How == query.Null {
		if !b.isAgent() {
			t.Who, err = b.allKnown(ctx)
		}
		return query.NotThis(t), err
	}
	t.Who, err = b.standing(ctx, c)
	if c.Field.Role == desk.Owner && c.Sub != "emailaddress" && namesNobody(c) {
		unowned := query.Test{What: query.In, Column: query.Owner, Numbers: []int64{0}}
		return query.Test{What: query.One, Tests: []query.Test{unowned, t}}, err
	}
	return t, err
}

func namesNobody(c *query.Cond) bool {
	return c.How == query.Equal && slices.ContainsFunc(c.Values, func(v query.Value) bool { return strings.EqualFold(v.Text, nobody) })
}

// rolesOf are the roles that a condition is about. Watchers stand in any but
// Customer; who stands in a role that does not apply stands nowhere.
func (b *binder) rolesOf(ctx context.Context, c *query.Cond) ([]query.RoleOn, error) {
	if b.roles == nil {
		var err error
		if b.roles, err = b.Roles(ctx); err != nil {
			return nil, err
		}
	}
	var list []query.RoleOn
	for _, r := range b.roles {
		asked := r.ID == c.Field.Role || c.Field.Role == 0 && r.ID != desk.CustomerRole
		if c.Name != "" {
			asked = !r.ID.Builtin() && desk.Fold(r.Name) == desk.Fold(c.Name)
		}
		if !asked || r.Disabled {
			continue
		}
		on := query.RoleOn{Role: r.ID}
		if !r.ID.Builtin() && !r.Everywhere {
			on.Queues = append([]desk.QueueID{}, r.Queues...)
		}
		list = append(list, on)
	}
	return list, nil
}

// standing are those by whom, standing there, the people that a condition
// names stand there, as far as the actor may know them.
func (b *binder) standing(ctx context.Context, c *query.Cond) ([]desk.PrincipalID, error) {
	people, err := b.people(ctx, c)
	if err != nil {
		return nil, err
	}
	if !c.Shallow {
		people = b.above(people)
	}
	return b.knownOnes(people), nil
}

// above adds the groups of which somebody is a deep member.
func (b *binder) above(people []desk.PrincipalID) []desk.PrincipalID {
	list := slices.Clone(people)
	for _, p := range people {
		list = append(list, b.e.GroupsOf(p)...)
		for _, system := range []desk.PrincipalID{desk.Everyone, desk.Agents, desk.Contacts, desk.Customers} {
			if b.e.IsMember(p, system) {
				list = append(list, system)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// knownOnes leaves those that the actor may know; never nil.
func (b *binder) knownOnes(list []desk.PrincipalID) []desk.PrincipalID {
	known := []desk.PrincipalID{}
	for _, id := range list {
		if b.mayKnow(id) {
			known = append(known, id)
		}
	}
	return known
}

// allKnown are all that a contact may know.
func (b *binder) allKnown(ctx context.Context) ([]desk.PrincipalID, error) {
	if b.known != nil {
		return b.known, nil
	}
	all, err := b.MatchingUsers(ctx, store.Match{})
	if err != nil {
		return nil, err
	}
	customers, err := b.MatchingCustomers(ctx, store.Match{Patterns: []string{"%"}})
	if err != nil {
		return nil, err
	}
	b.known = b.knownOnes(slices.Concat(all, customers))
	return b.known, nil
}

// people are the users, and with id any principals, that a condition names.
func (b *binder) people(ctx context.Context, c *query.Cond) ([]desk.PrincipalID, error) {
	rest := *c
	rest.Values = nil
	var list []desk.PrincipalID
	for _, v := range c.Values {
		if c.How == query.Equal && strings.EqualFold(v.Text, currentUser) {
			if b.by.User != 0 {
				list = append(list, desk.PrincipalID(b.by.User))
			}
			continue
		}
		rest.Values = append(rest.Values, v)
	}
	if len(rest.Values) == 0 {
		return list, nil
	}
	found, err := b.peopleNamed(ctx, &rest)
	return append(list, found...), err
}

func (b *binder) peopleNamed(ctx context.Context, c *query.Cond) ([]desk.PrincipalID, error) {
	switch c.Sub {
	case "emailaddress":
		return b.MatchingUsers(ctx, matched(c, "address"))
	case "name":
		return b.MatchingUsers(ctx, matched(c, "login"))
	case "realname":
		return b.MatchingUsers(ctx, matched(c, "name"))
	case "id":
		return b.numbered(ctx, c)
	}
	list, err := b.MatchingUsers(ctx, matched(c, "address"))
	if err != nil || c.How != query.Equal && c.Field.Role != desk.Owner && c.Field.Kind != query.UserKind {
		return list, err
	}
	logins, err := b.MatchingUsers(ctx, matched(c, "login"))
	if err != nil || c.How != query.Equal {
		return append(list, logins...), err
	}
	ids, err := b.numbered(ctx, c)
	return slices.Concat(list, logins, ids), err
}

// numbered are the principals whose numbers a condition names. A group that the
// actor may not see is none.
func (b *binder) numbered(ctx context.Context, c *query.Cond) ([]desk.PrincipalID, error) {
	var list []desk.PrincipalID
	for _, v := range c.Values {
		if !v.IsNumber || c.How != query.Equal {
			continue
		}
		g, err := b.Group(ctx, desk.GroupID(v.Number))
		if err == nil && !b.seesGroup(g) {
			continue
		}
		if err != nil && desk.KindOf(err) != desk.NotFound {
			return nil, err
		}
		list = append(list, desk.PrincipalID(v.Number))
	}
	return list, nil
}

// queueWatcherTest asks who stands in a role on the queue itself, of queues
// that the actor, at the desk, may see.
func (b *binder) queueWatcherTest(ctx context.Context, c *query.Cond) (query.Test, error) {
	t := query.Test{What: query.In, Column: query.Queue, Numbers: []int64{}}
	if !b.isAgent() {
		return t, nil
	}
	var who []desk.PrincipalID
	if c.How != query.Null {
		var err error
		if who, err = b.standing(ctx, c); err != nil {
			return t, err
		}
	}
	queues, err := b.allQueues(ctx)
	if err != nil {
		return t, err
	}
	for _, q := range queues {
		if !b.can(desk.SeeQueue, access.Queue(q.ID)) {
			continue
		}
		watchers, err := b.QueueWatchers(ctx, q.ID)
		if err != nil {
			return t, err
		}
		stands := slices.ContainsFunc(watchers, func(w desk.Watcher) bool {
			return w.Queue == q.ID && (c.Field.Role == 0 || w.Role == c.Field.Role) && (c.How == query.Null || slices.Contains(who, w.Who))
		})
		if stands != (c.How == query.Null) {
			t.Numbers = append(t.Numbers, int64(q.ID))
		}
	}
	return t, nil
}

// groupTest asks whether a group, or a member of it, stands in a role, himself
// or through another group.
func (b *binder) groupTest(ctx context.Context, c *query.Cond) (query.Test, error) {
	roles, err := b.rolesOf(ctx, c)
	t := query.Test{What: query.Stands, Roles: roles, Who: []desk.PrincipalID{}}
	if err != nil {
		return t, err
	}
	for _, v := range c.Values {
		group, err := b.groupNamed(ctx, v)
		if err != nil {
			return t, err
		}
		if group == 0 {
			continue
		}
		t.Who = append(t.Who, b.e.Within(group)...)
		var users []desk.PrincipalID
		for _, u := range b.e.Members(group) {
			users = append(users, desk.PrincipalID(u))
		}
		t.Who = append(t.Who, b.above(users)...)
	}
	t.Who = b.knownOnes(t.Who)
	slices.Sort(t.Who)
	t.Who = slices.Compact(t.Who)
	return t, nil
}

// groupNamed returns the group, or the customer, of a name or number that the
// actor may see; zero: there is none.
func (b *binder) groupNamed(ctx context.Context, v query.Value) (desk.PrincipalID, error) {
	g, err := b.GroupByName(ctx, v.Text, 0)
	if desk.KindOf(err) == desk.NotFound && v.IsNumber {
		g, err = b.Group(ctx, desk.GroupID(v.Number))
	}
	switch {
	case err == nil && b.seesGroup(g):
		return desk.PrincipalID(g.ID), nil
	case err != nil && desk.KindOf(err) != desk.NotFound:
		return 0, err
	}
	found, err := b.customersNamed(ctx, &query.Cond{How: query.Equal, Values: []query.Value{v}})
	if len(found) == 0 {
		return 0, err
	}
	return found[0], err
}

// customerTest asks for whom a ticket is.
func (b *binder) customerTest(ctx context.Context, c *query.Cond) (query.Test, error) {
	t := query.Test{What: query.Stands, Roles: []query.RoleOn{{Role: desk.CustomerRole}}}
	var err error
	if c.How == query.Null {
		if !b.isAgent() {
			t.Who, err = b.allKnown(ctx)
		}
		return query.NotThis(t), err
	}
	t.Who, err = b.customersNamed(ctx, c)
	return t, err
}

// customersNamed are the customers that a condition names by key, name or
// number, as far as the actor may know them; never nil.
func (b *binder) customersNamed(ctx context.Context, c *query.Cond) ([]desk.PrincipalID, error) {
	list := []desk.PrincipalID{}
	for _, by := range []string{"key", "name"} {
		if c.Sub != "" && c.Sub != by {
			continue
		}
		found, err := b.MatchingCustomers(ctx, matched(c, by))
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	for _, v := range c.Values {
		id := desk.PrincipalID(v.Number)
		if v.IsNumber && c.How == query.Equal && (c.Sub == "" || c.Sub == "id") && b.e.IsCustomer(id) {
			list = append(list, id)
		}
	}
	return b.knownOnes(list), nil
}
