package cli

import (
	"context"

	"gatehouse/desk"
	"gatehouse/service"
)

// demoDays is how many days the demo's desk has been in use.
const demoDays = 8

// demoPassword returns the password of somebody in the demo.
func demoPassword(login string) string { return "demo-" + login }

// A demoPerson is somebody in the demo.
type demoPerson struct {
	login, name string
	kind        desk.UserKind
	address     string
	language    string
	zone        string
	about       string
}

func demoPeople() []demoPerson {
	return []demoPerson{
		{"anna", "Anna Abel", desk.Agent, "anna@desk.example", "en", "Europe/Berlin", "agent in Managers; may everything"},
		{"ben", "Ben Burke", desk.Agent, "ben@desk.example", "en", "Europe/London", "agent in Support"},
		{"carla", "Carla Costa", desk.Agent, "carla@desk.example", "en", "Europe/Lisbon", "agent in Support and Billing"},
		{"bob", "Bob Baker", desk.Contact, "bob@acme.example", "en", "Europe/London", "contact of Acme Ltd: manager, all its tickets and people"},
		{"alice", "Alice Archer", desk.Contact, "alice@acme.example", "en", "Europe/London", "contact of Acme Ltd: member, writes on its shared tickets"},
		{"ruth", "Ruth Reed", desk.Contact, "ruth@acme.example", "en", "Europe/London", "contact of Acme Ltd and of Corvus: reader"},
		{"jonas", "Jonas Jansen", desk.Contact, "jonas@borealis.example", "de", "Europe/Berlin", "contact of Borealis GmbH: manager (German)"},
		{"petra", "Petra Peters", desk.Contact, "petra@borealis.example", "de", "Europe/Berlin", "contact of Borealis GmbH and of Corvus: member (German)"},
		{"cora", "Cora Crane", desk.Contact, "cora@corvus.example", "en", "Europe/Dublin", "contact of Corvus: member"},
	}
}

func (d *demo) makePeople(ctx context.Context) error {
	for _, p := range demoPeople() {
		id, err := d.svc.CreateUser(ctx, d.sys, desk.User{Login: p.login, Name: p.name, Kind: p.kind,
			Addresses: []string{p.address}, Language: p.language, Zone: p.zone})
		if err != nil {
			return err
		}
		d.users[p.login] = id
		if err := d.svc.SetPassword(ctx, d.sys, id, "", demoPassword(p.login)); err != nil {
			return err
		}
	}
	return d.makeGroups(ctx)
}

func (d *demo) makeGroups(ctx context.Context) error {
	for _, g := range []desk.Group{
		{Name: "Staff", Description: "Everybody who works here"},
		{Name: "Support", Description: "Answers customers' questions; guards the queue support"},
		{Name: "Billing", Description: "Invoices and contracts; guards the queue billing"},
		{Name: "Managers", Description: "Runs the desk"},
	} {
		id, err := d.svc.CreateGroup(ctx, d.sys, g)
		if err != nil {
			return err
		}
		d.groups[g.Name] = desk.PrincipalID(id)
	}
	if err := d.makeCustomers(ctx); err != nil {
		return err
	}
	for _, m := range []desk.Membership{
		d.member("Staff", d.groups["Support"]), d.member("Staff", d.groups["Billing"]),
		d.member("Support", d.groups["Managers"]), d.member("Billing", d.groups["Managers"]),
		d.member("Managers", d.user("anna")), d.member("Support", d.user("ben")),
		d.member("Support", d.user("carla")), d.member("Billing", d.user("carla")),
		d.contact("acme", "bob", desk.PartManager), d.contact("acme", "alice", desk.PartMember), d.contact("acme", "ruth", desk.PartReader),
		d.contact("borealis", "jonas", desk.PartManager), d.contact("borealis", "petra", desk.PartMember),
		d.contact("corvus", "cora", desk.PartMember), d.second("corvus", "petra", desk.PartMember), d.second("corvus", "ruth", desk.PartReader),
	} {
		if err := d.svc.AddMember(ctx, d.sys, m); err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) user(login string) desk.PrincipalID { return desk.PrincipalID(d.users[login]) }

func (d *demo) member(group string, who desk.PrincipalID) desk.Membership {
	return desk.Membership{Group: d.groups[group], Member: who}
}

func (d *demo) contact(customer, login string, part desk.Part) desk.Membership {
	return desk.Membership{Group: d.groups[customer], Member: d.user(login), Part: part, Primary: true}
}

// second makes somebody a contact of a further customer.
func (d *demo) second(customer, login string, part desk.Part) desk.Membership {
	return desk.Membership{Group: d.groups[customer], Member: d.user(login), Part: part}
}

func (d *demo) makeCustomers(ctx context.Context) error {
	for _, c := range []desk.Customer{
		{Key: "acme", Name: "Acme Ltd", Domains: []string{"acme.example"}, AutoJoin: true, Street: "1 Quay Street", City: "Bristol", Country: "United Kingdom"},
		{Key: "borealis", Name: "Borealis GmbH", Domains: []string{"borealis.example"}, Street: "Nordwall 7", City: "Kiel", Country: "Germany"},
		{Key: "corvus", Name: "Corvus", Domains: []string{"corvus.example"}, City: "Cork", Country: "Ireland"},
	} {
		id, err := d.svc.CreateCustomer(ctx, d.sys, c)
		if err != nil {
			return err
		}
		d.groups[c.Key] = desk.PrincipalID(id)
	}
	return d.svc.SetSetting(ctx, d.sys, service.SettingPresences, "replace off off")
}

func (d *demo) makeQueues(ctx context.Context) error {
	for _, q := range []desk.Queue{
		{Name: "support", Description: "Questions and faults", Address: "support@desk.example", CommentAddress: "support-comment@desk.example",
			AccessGroup: desk.GroupID(d.groups["Support"])},
		{Name: "billing", Description: "Invoices and contracts", Address: "billing@desk.example", CommentAddress: "billing-comment@desk.example",
			AccessGroup: desk.GroupID(d.groups["Billing"])},
		{Name: "internal", Description: "Our own work", AccessGroup: desk.GroupID(d.groups["Staff"])},
	} {
		id, err := d.svc.CreateQueue(ctx, d.sys, q)
		if err != nil {
			return err
		}
		d.queues[q.Name] = id
	}
	for queue, group := range map[string]string{"support": "Support", "billing": "Billing"} {
		w := desk.Watcher{Queue: d.queues[queue], Role: desk.AdminCc, Who: d.groups[group]}
		if err := d.svc.AddQueueWatcher(ctx, d.sys, w); err != nil {
			return err
		}
	}
	return nil
}

// makeGrants grants by the two schemas that most desks have: anybody may write
// to support, customers have their tickets, and each group has its queue.
func (d *demo) makeGrants(ctx context.Context) error {
	support, billing := desk.OnQueue(d.queues["support"]), desk.OnGroup(desk.GroupID(d.groups["Billing"]))
	ticket := desk.RolesOf(desk.Requestor, desk.Cc, desk.CustomerRole)
	customer := desk.RolesOf(desk.Requestor, desk.CustomerRole)
	grants := []desk.Grant{
		{Who: d.user("anna"), Right: desk.SuperUser, Place: desk.OnSystem()},
		{Who: desk.Everyone, Right: desk.CreateTicket, Place: support},
		{Who: desk.Everyone, Right: desk.SeeQueue, Place: support},
		{Who: desk.Everyone, As: ticket, Right: desk.ShowTicket, Place: support},
		{Who: desk.Everyone, As: ticket, Right: desk.ReplyToTicket, Place: support},
		{Who: desk.Contacts, As: customer, Permission: desk.RW, Place: billing},
		{Who: d.groups["Support"], Permission: desk.RW, Place: desk.OnGroup(desk.GroupID(d.groups["Support"]))},
		{Who: d.groups["Billing"], Permission: desk.RW, Place: billing},
		{Who: d.groups["Staff"], Permission: desk.RW, Place: desk.OnGroup(desk.GroupID(d.groups["Staff"]))},
		{Who: desk.Everyone, Right: desk.ModifySelf, Place: desk.OnSystem()},
	}
	for _, r := range []desk.Right{desk.SeeCustomer, desk.SeeGroup, desk.ManageAuthTokens} {
		grants = append(grants, desk.Grant{Who: desk.Agents, Right: r, Place: desk.OnSystem()})
	}
	for _, r := range []desk.Right{desk.ShowConfigTab, desk.AdminCustomers, desk.ShowACL, desk.DeleteTicket} {
		grants = append(grants, desk.Grant{Who: d.groups["Managers"], Right: r, Place: desk.OnSystem()})
	}
	for _, g := range grants {
		if _, err := d.svc.Grant(ctx, d.sys, g); err != nil {
			return err
		}
	}
	return nil
}
