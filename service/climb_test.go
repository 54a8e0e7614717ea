package service_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

// A climb plays people who try to become superusers: adm holds every right but
// SuperUser, half some of them, gus manages a customer. Four users are
// superusers, or become it when something is enabled.
type climb struct {
	*house
	rt      *rapid.T
	crowned map[desk.UserID]identity
	people  []desk.PrincipalID // users
	homes   []desk.PrincipalID // groups and customers
	firms   []desk.PrincipalID // customers
	granted []desk.GrantID
	passed  []desk.Grant // those that are delegated
	dirs    []desk.DirectoryID
	done    map[string]int // how often a step worked, by name
}

// An identity is by what somebody is known and gets in.
type identity struct {
	login, addresses, password string
	kind                       desk.UserKind
	tokens, sessions           int
}

func newClimb(t *testing.T, rt *rapid.T, done map[string]int) *climb {
	c := &climb{house: newHouse(t), rt: rt, done: done, crowned: map[desk.UserID]identity{}}
	for _, login := range []string{"root", "boss", "retired", "adm", "half", "xan"} {
		c.agent(login)
	}
	c.group("admins", "boss", "retired")
	c.group("sleeping")
	c.group("team", "xan")
	for _, key := range []string{"acme", "crown", "dormant"} {
		c.customer(desk.Customer{Key: key, Domains: []string{key + ".example"}, AutoJoin: true})
	}
	for _, member := range []string{"sleeping", "crown", "dormant"} {
		c.join("admins", member, desk.PartNone, false)
	}
	c.contact("king", "crown")
	c.contact("gus", "acme")
	c.ok(c.UpdateMember(c.ctx, c.sys, desk.Membership{Group: c.names["acme"], Member: c.names["gus"], Part: desk.PartManager, Primary: true}))
	c.personalGroup("root", "mine")
	c.personalGroup("adm", "mine")
	c.grant(c.names["root"], "SuperUser", desk.OnSystem())
	c.grant(c.names["admins"], "SuperUser", desk.OnSystem())
	c.everyRightBut(rapid.Uint64().Draw(rt, "rights of half"))
	c.switchGroup("sleeping", true)
	dormant := must(c.Customer(c.ctx, c.sys, desk.CustomerID(c.names["dormant"])))(t)
	dormant.Disabled = true
	c.ok(c.UpdateCustomer(c.ctx, c.sys, *dormant))
	c.switchUser("retired", true)
	c.makeQueue(desk.Queue{Name: "support", Address: "support@desk.example"})
	c.settle()
	for _, login := range []string{"root", "boss", "retired", "king"} {
		c.crowned[c.id(login)] = c.identity(c.id(login))
	}
	return c
}

// everyRightBut gives adm all rights but SuperUser and half those of the mask.
func (c *climb) everyRightBut(mask uint64) {
	for i, info := range desk.AllRights() {
		if info.Right == desk.SuperUser {
			continue
		}
		c.grant(c.names["adm"], info.Name, desk.OnSystem())
		if mask>>i&1 == 1 {
			c.grant(c.names["half"], info.Name, desk.OnSystem())
		}
	}
}

// settle notes who and what is there by now.
func (c *climb) settle() {
	c.people, c.homes, c.firms, c.granted, c.passed = nil, nil, nil, nil, nil
	for last := ""; ; {
		list, more, err := c.Users(c.ctx, c.sys, service.UserFilter{Limit: 100, After: last})
		c.ok(err)
		for _, u := range list {
			c.people, last = append(c.people, desk.PrincipalID(u.ID)), desk.Fold(u.Login)
		}
		if !more {
			break
		}
	}
	groups, _, err := c.Groups(c.ctx, c.sys, service.GroupFilter{Limit: 100})
	c.ok(err)
	for _, g := range groups {
		c.homes = append(c.homes, desk.PrincipalID(g.ID))
	}
	customers, _, err := c.Customers(c.ctx, c.sys, service.CustomerFilter{Limit: 100})
	c.ok(err)
	for _, k := range customers {
		c.firms = append(c.firms, desk.PrincipalID(k.ID))
	}
	c.homes = append(c.homes, c.firms...)
	grants, _, err := c.Grants(c.ctx, c.sys, service.GrantFilter{Limit: 1000})
	c.ok(err)
	for _, g := range grants {
		c.granted = append(c.granted, g.ID)
		if g.Source != 0 {
			c.passed = append(c.passed, g.Grant)
		}
	}
}

func (c *climb) identity(id desk.UserID) identity {
	var who identity
	c.ok(c.store.View(c.ctx, func(tx *store.Tx) error {
		u, err := tx.User(c.ctx, id)
		c.ok(err)
		who = identity{login: u.Login, addresses: fmt.Sprint(u.Addresses), kind: u.Kind}
		who.password, err = tx.PasswordHash(c.ctx, id)
		c.ok(err)
		tokens, err := tx.Tokens(c.ctx, id)
		c.ok(err)
		sessions, err := tx.SessionsOf(c.ctx, id)
		who.tokens, who.sessions = len(tokens), len(sessions)
		return err
	}))
	return who
}

// leads is the definition: by memberships of any kind, whatever is disabled or
// not in force, a grant of SuperUser can be reached.
func (c *climb) leads(ctx context.Context, tx *store.Tx, id desk.PrincipalID) bool {
	given := map[desk.PrincipalID]bool{}
	grants, _, err := tx.Grants(ctx, store.GrantFilter{Right: desk.SuperUser, Limit: 1000})
	c.ok(err)
	for _, g := range grants {
		given[g.Who] = true
	}
	seen := map[desk.PrincipalID]bool{id: true}
	for queue := []desk.PrincipalID{id}; len(queue) > 0; queue = queue[1:] {
		if given[queue[0]] {
			return true
		}
		above, err := tx.MembershipsOf(ctx, queue[0])
		c.ok(err)
		for _, m := range above {
			if !seen[m.Group] {
				seen[m.Group] = true
				queue = append(queue, m.Group)
			}
		}
	}
	return false
}

// nobodyClimbed fails where somebody is a superuser who was none, could become
// one, or has got hold of one.
func (c *climb) nobodyClimbed(step string) {
	c.settle()
	for _, p := range c.people {
		id := desk.UserID(p)
		var leads bool
		c.ok(c.store.View(c.ctx, func(tx *store.Tx) error { leads = c.leads(c.ctx, tx, p); return nil }))
		before, crowned := c.crowned[id]
		switch now := c.identity(id); {
		case leads && !crowned:
			c.rt.Fatalf("after %s %s is a superuser, or becomes one when something is enabled", step, now.login)
		case !leads && crowned:
			delete(c.crowned, id) // he may be put out by whoever chooses the members
		case crowned && now != before:
			c.rt.Fatalf("after %s the superuser %+v is %+v", step, before, now)
		}
	}
}

// by draws who does the next step.
func (c *climb) actor() desk.Actor {
	return c.house.by(rapid.SampledFrom([]string{"adm", "adm", "adm", "half", "gus", "xan"}).Draw(c.rt, "by"))
}

func (c *climb) one(label string, list []desk.PrincipalID) desk.PrincipalID {
	return rapid.SampledFrom(list).Draw(c.rt, label)
}

func (c *climb) coin(label string) bool { return rapid.Bool().Draw(c.rt, label) }

func (c *climb) day(label string) desk.Day {
	today := desk.DayOf(c.clock.at)
	return rapid.SampledFrom([]desk.Day{0, 0, today - 1, today + 1}).Draw(c.rt, label)
}

func (c *climb) membership() desk.Membership {
	all := slices.Concat(c.people, c.homes)
	return desk.Membership{Group: c.one("group", c.homes), Member: c.one("member", all), From: c.day("from"), Until: c.day("until")}
}

func (c *climb) name(label string) string {
	return rapid.SampledFrom([]string{"root", "boss", "king", "retired", "gus", "new", "newer", "newest", "xan", "yan", "zoe"}).Draw(c.rt, label)
}

func (c *climb) address(label string) string {
	return c.name(label) + rapid.SampledFrom([]string{"@case.example", "@acme.example", "@crown.example", "@dormant.example"}).Draw(c.rt, label)
}

func (c *climb) grantOf() desk.Grant {
	g := desk.Grant{Who: c.one("who", slices.Concat(c.people, c.homes, []desk.PrincipalID{desk.Everyone, desk.Agents})), Place: desk.OnSystem(), Until: c.day("until")}
	if c.coin("of a permission") {
		g.Permission = rapid.SampledFrom([]desk.PermissionID{1, desk.RW}).Draw(c.rt, "permission")
		return g
	}
	g.Right = rapid.SampledFrom([]desk.Right{desk.SuperUser, desk.SuperUser, desk.AdminUsers, desk.DelegateRights, desk.AdminGroup}).Draw(c.rt, "right")
	if home := c.one("at", c.homes); g.Right == desk.AdminGroup && c.coin("there") {
		g.Place = desk.OnGroup(desk.GroupID(home))
	}
	return g
}

// steps are the use cases that change access or who somebody is.
func (c *climb) steps() map[string]func(by desk.Actor) error {
	all := map[string]func(by desk.Actor) error{}
	for _, part := range []map[string]func(by desk.Actor) error{c.givingSteps(), c.placeSteps(), c.peopleSteps(), c.outerSteps()} {
		maps.Copy(all, part)
	}
	return all
}

// TestNobodyClimbsToSuperUser plays random allowed steps of people who are no
// superusers: after none of them somebody is one, could become one when
// something is enabled or a day comes, or has hold of one's identity.
func TestNobodyClimbsToSuperUser(t *testing.T) {
	rounds, failed, done := 0, false, map[string]int{}
	var names []string
	rapid.Check(t, func(rt *rapid.T) {
		if rounds++; rounds > 12 && !failed {
			return // one takes a third of a second
		}
		defer func() { failed = failed || rt.Failed() }()
		c := newClimb(t, rt, done)
		steps := c.steps()
		names = slices.Sorted(maps.Keys(steps))
		for _, name := range rapid.SliceOfN(rapid.SampledFrom(names), 40, 60).Draw(rt, "steps") {
			err := steps[name](c.actor())
			if err == nil {
				done[name]++
			} else if desk.KindOf(err) == desk.Internal {
				rt.Fatalf("%s: %v", name, err)
			}
			c.nobodyClimbed(name)
		}
	})
	if len(done) < len(names)*3/4 {
		t.Errorf("of %d steps only %d ever worked: %v", len(names), len(done), done)
	}
}
