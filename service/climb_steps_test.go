package service_test

import (
	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/service"
)

// givingSteps give and take rights.
func (c *climb) givingSteps() map[string]func(by desk.Actor) error {
	grantID := func() desk.GrantID { return rapid.SampledFrom(c.granted).Draw(c.rt, "grant") }
	return map[string]func(by desk.Actor) error{
		"Grant":    func(by desk.Actor) error { _, err := c.Grant(c.ctx, by, c.grantOf()); return err },
		"GrantAll": func(by desk.Actor) error { return c.GrantAll(c.ctx, by, []desk.Grant{c.grantOf()}) },
		"Revoke": func(by desk.Actor) error {
			g, _, err := c.Grants(c.ctx, c.sys, service.GrantFilter{After: grantID() - 1, Limit: 1})
			if err != nil || g[0].Who == c.names["adm"] {
				return err // who takes his own rights away gets nowhere
			}
			return c.Revoke(c.ctx, by, g[0].ID)
		},
		"Delegate": func(by desk.Actor) error {
			to := append(c.homes[:len(c.homes):len(c.homes)], c.people...)
			_, err := c.Delegate(c.ctx, by, service.Delegation{Source: grantID(), To: c.one("to", to)})
			return err
		},
		"Undelegate": func(by desk.Actor) error {
			if len(c.passed) == 0 {
				return desk.Errorf(desk.NotFound, "Nothing is passed on yet.")
			}
			g := rapid.SampledFrom(c.passed).Draw(c.rt, "passed")
			if c.coin("oneself") {
				by = desk.Actor{User: g.Delegator, Via: desk.ViaWeb}
			}
			return c.Undelegate(c.ctx, by, g.ID)
		},
		"SetDefaultGroups": func(by desk.Actor) error {
			return c.SetDefaultGroups(c.ctx, by, desk.Contacts, []service.DefaultGroup{{Group: desk.GroupID(c.one("group", c.homes)), Permission: "rw"}})
		},
		"SetPermissions": func(by desk.Actor) error {
			return c.SetPermissions(c.ctx, by, service.PermissionChange{Who: c.one("who", c.people), Group: desk.GroupID(c.one("group", c.homes)), Set: map[string]bool{"rw": true}})
		},
		"SetSetting": func(by desk.Actor) error { return c.SetSetting(c.ctx, by, service.SettingModifyACL, "any") },
		"TakeBack": func(by desk.Actor) error {
			_, err := c.TakeBack(c.ctx, by, rapid.Int64Range(1, 80).Draw(c.rt, "change"))
			return err
		},
	}
}

// placeSteps make and change groups, customers, queues and roles, and who is
// in them.
func (c *climb) placeSteps() map[string]func(by desk.Actor) error {
	return map[string]func(by desk.Actor) error{
		"AddMember":    func(by desk.Actor) error { return c.AddMember(c.ctx, by, c.membership()) },
		"UpdateMember": func(by desk.Actor) error { return c.UpdateMember(c.ctx, by, c.someMembership()) },
		"RemoveMember": func(by desk.Actor) error {
			m := c.someMembership()
			return c.RemoveMember(c.ctx, by, m.Group, m.Member)
		},
		"CreateGroup": func(by desk.Actor) error {
			g := desk.Group{Name: c.name("name")}
			if c.coin("personal") {
				g.Personal = desk.UserID(c.one("owner", c.people))
			}
			_, err := c.CreateGroup(c.ctx, by, g)
			return err
		},
		"UpdateGroup": func(by desk.Actor) error {
			g, err := c.Group(c.ctx, c.sys, desk.GroupID(c.one("group", c.homes)))
			if err != nil {
				return err
			}
			g.Disabled = !g.Disabled
			return c.UpdateGroup(c.ctx, by, *g)
		},
		"UpdateCustomer": func(by desk.Actor) error {
			k, err := c.Customer(c.ctx, c.sys, desk.CustomerID(c.one("customer", c.firms)))
			if err != nil {
				return err
			}
			k.Disabled, k.AutoJoin = c.coin("disabled"), true
			return c.UpdateCustomer(c.ctx, by, *k)
		},
		"CreateCustomer": func(by desk.Actor) error {
			_, err := c.CreateCustomer(c.ctx, by, desk.Customer{Key: c.name("key"), AutoJoin: true})
			return err
		},
		"AddQueueWatcher": func(by desk.Actor) error {
			return c.AddQueueWatcher(c.ctx, by, desk.Watcher{Queue: c.queue["support"], Role: desk.AdminCc, Who: c.one("who", c.people)})
		},
		"UpdateQueue": func(by desk.Actor) error {
			return c.UpdateQueue(c.ctx, by, desk.Queue{ID: c.queue["support"], Name: "support", Address: "support@desk.example", AccessGroup: desk.GroupID(c.one("guard", c.homes))})
		},
	}
}

// someMembership is one that is there, with other days.
func (c *climb) someMembership() desk.Membership {
	m := c.membership()
	members, err := c.Members(c.ctx, c.sys, m.Group)
	if err == nil && len(members) > 0 {
		m.Member = rapid.SampledFrom(members).Draw(c.rt, "of those").Membership.Member
	}
	return m
}

// peopleSteps make people and change who they are.
func (c *climb) peopleSteps() map[string]func(by desk.Actor) error {
	user := func() desk.UserID { return desk.UserID(c.one("user", c.people)) }
	return map[string]func(by desk.Actor) error{
		"CreateUser": func(by desk.Actor) error {
			_, err := c.CreateUser(c.ctx, by, desk.User{Login: c.name("login"), Kind: desk.Agent, Addresses: []string{c.address("address")}})
			return err
		},
		"UpdateUser": func(by desk.Actor) error {
			u, err := c.User(c.ctx, c.sys, user())
			if err != nil || u.Login == "adm" {
				return err
			}
			switch rapid.SampledFrom([]string{"login", "address", "kind", "switch"}).Draw(c.rt, "what") {
			case "login":
				u.Login = c.name("login")
			case "address":
				u.Addresses = []string{c.address("address")}
			case "kind":
				u.Kind = desk.Agent + desk.Contact - u.Kind
			default:
				u.Disabled = !u.Disabled
			}
			return c.UpdateUser(c.ctx, by, *u)
		},
		"SetPassword": func(by desk.Actor) error { return c.SetPassword(c.ctx, by, user(), "", "correct horse battery") },
		"CreateToken": func(by desk.Actor) error {
			_, err := c.CreateToken(c.ctx, by, service.NewToken{User: user(), Name: "t"})
			return err
		},
		"SetPreferences": func(by desk.Actor) error { return c.SetPreferences(c.ctx, by, service.Preferences{Name: "Root"}) },
		"SetPrimaryCustomer": func(by desk.Actor) error {
			return c.SetPrimaryCustomer(c.ctx, by, user(), desk.CustomerID(c.one("customer", c.firms)))
		},
		"CreateContactOf": func(by desk.Actor) error {
			_, err := c.CreateContactOf(c.ctx, by, desk.User{Login: c.name("login"), Kind: desk.Contact}, desk.CustomerID(c.one("customer", c.firms)))
			return err
		},
		"Invite": func(by desk.Actor) error {
			return c.Invite(c.ctx, by, service.Invitation{Customer: desk.CustomerID(c.one("customer", c.firms)), Address: c.address("address")})
		},
		"ContactFor": func(by desk.Actor) error { _, err := c.ContactFor(c.ctx, by, c.address("address")); return err },
	}
}

// outerSteps bring in what comes from files, directories and letters.
func (c *climb) outerSteps() map[string]func(by desk.Actor) error {
	return map[string]func(by desk.Actor) error{
		"Import": func(by desk.Actor) error {
			login, addresses := c.name("login"), []string{c.address("address")}
			home := rapid.SampledFrom([]string{"group:admins", "group:sleeping", "group:team", "customer:acme", "customer:crown", "customer:dormant"}).Draw(c.rt, "home")
			in := service.Load{Users: []service.UserRecord{{Line: 1, Login: login, Addresses: &addresses}}}
			if c.coin("belonging") {
				in.Memberships = []service.MembershipRecord{{Line: 2, Group: home, Member: login}}
			}
			if c.coin("given") {
				what := rapid.SampledFrom([]string{"SuperUser", "AdminUsers"}).Draw(c.rt, "what")
				in.Grants = []service.GrantRecord{{Line: 3, Written: service.Written{Who: login, What: what, Where: "system"}}}
			}
			_, err := c.Import(c.ctx, by, in)
			return err
		},
		"SaveDirectory": func(by desk.Actor) error {
			d := desk.Directory{Name: c.name("directory"), Kind: "sql", Adopt: true, MaxLoss: 100,
				Groups: []desk.DirectoryGroup{{Theirs: "all", Ours: desk.GroupID(c.one("group", c.homes))}}}
			id, err := c.SaveDirectory(c.ctx, by, d)
			if err == nil {
				c.dirs = append(c.dirs, id)
			}
			return err
		},
		"SyncPage": c.readDirectory,
		"ReceiveMail": func(desk.Actor) error {
			env := desk.Envelope{Recipient: "support@desk.example", From: c.address("from")}
			id, err := c.SpoolMail(c.ctx, c.sys, env, []byte("Subject: x\r\n\r\ny"))
			if err != nil {
				return err
			}
			_, err = c.ReceiveMail(c.ctx, c.sys, desk.Letter{Spool: id, Envelope: env, From: desk.MailAddress{Address: env.From}, Subject: "x", Text: "y"})
			return err
		},
	}
}

// readDirectory reads a directory that somebody has set up, whose people are
// whom he likes.
func (c *climb) readDirectory(desk.Actor) error {
	if len(c.dirs) == 0 {
		return desk.Errorf(desk.NotFound, "There is no directory yet.")
	}
	if err := c.RequestSync(c.ctx, c.sys, rapid.SampledFrom(c.dirs).Draw(c.rt, "directory"), true); err != nil {
		return err
	}
	_, report, err := c.BeginSync(c.ctx, c.sys)
	if err != nil || report == nil {
		return err
	}
	customer := rapid.SampledFrom([]string{"acme", "crown", "dormant"}).Draw(c.rt, "customer")
	err = c.SyncPage(c.ctx, c.sys, report, []desk.DirectoryEntry{{ID: "1", Login: c.name("login"), Addresses: []string{c.address("address")},
		Customers: []string{customer}, Groups: []string{"all"}}})
	if end := c.EndSync(c.ctx, c.sys, report, err); end != nil {
		return end
	}
	return err
}
