// Package worlds draws small random desks for tests: a desk.World and tickets
// in it, small enough that the oracle can answer every question about them,
// and steered so that the rare things happen: disabled groups in the middle of
// a path, customers of customers with every part, own roles, watchers that are
// customers, grants that sleep, memberships out of date, switches that are off.
//
// It promises worlds as a store can hold them: every id is that of a thing,
// users have no members, and the only circles of memberships are those that
// Circles asks for. Only tests import it.
package worlds

import (
	"pgregory.net/rapid"

	"gatehouse/desk"
)

// Today is the day of the worlds.
const Today desk.Day = 20000

// Where the numbers of the things of a world begin.
const (
	FirstUser     = 101
	FirstGroup    = 201
	FirstCustomer = 301
	FirstField    = 1
	FirstQueue    = 1
)

// Own roles of the worlds: the first is used in queue 1 only, the second
// everywhere.
const (
	Supervisor = desk.FirstOwnRole
	Observer   = desk.FirstOwnRole + 1
)

// Size says how many things a world has at most.
type Size struct {
	Users, Groups, Customers, Queues, Grants int
	Circles                                  bool // memberships may go in a circle
}

// Small is a size for comparing everything with the oracle.
func Small() Size { return Size{Users: 5, Groups: 4, Customers: 3, Queues: 3, Grants: 7} }

// Draw draws a world of at most that size.
func Draw(t *rapid.T, size Size) *desk.World {
	d := &drawer{T: t, w: &desk.World{
		Version:     1,
		Today:       Today,
		Permissions: append(desk.ShippedPermissions(), sparePermission()),
		Settings:    desk.DefaultAccessSettings(),
	}}
	d.settings()
	d.w.Permissions[len(d.w.Permissions)-1].Disabled = d.oneIn(6)
	d.principals(size)
	d.roles()
	for i := range d.number("queues", 1, size.Queues) {
		q := desk.WorldQueue{ID: desk.QueueID(FirstQueue + i)}
		if d.oneIn(2) && len(d.groups) > 0 {
			q.AccessGroup = desk.GroupID(pick(d, d.groups))
		}
		d.w.Queues = append(d.w.Queues, q)
	}
	d.memberships(size.Circles)
	d.watchers()
	for range d.number("grants", 1, size.Grants) {
		d.grant()
	}
	return d.w
}

// sparePermission has in each of its sets what the other has not.
func sparePermission() desk.Permission {
	return desk.Permission{ID: 8, Name: "spare", Agents: desk.RightsOf(desk.ShowTicket, desk.DeleteTicket, desk.SeeGroup),
		Contacts: desk.RightsOf(desk.ReplyToTicket, desk.CommentOnTicket, desk.SeeCustomer)}
}

// A drawer holds the world that is being drawn.
type drawer struct {
	*rapid.T
	w                        *desk.World
	users, groups, customers []desk.PrincipalID
	agents                   []desk.PrincipalID
	everybody                []desk.PrincipalID // system groups included
}

func (d *drawer) number(what string, least, most int) int {
	return rapid.IntRange(least, most).Draw(d.T, what)
}

// oneIn is true once in n times.
func (d *drawer) oneIn(n int) bool { return d.number("one in", 1, n) == n }

func pick[T any](d *drawer, list []T) T { return list[d.number("pick", 0, len(list)-1)] }

func (d *drawer) settings() {
	s := &d.w.Settings
	s.GroupSupport, s.OtherCustomers, s.CompanyTickets = !d.oneIn(6), !d.oneIn(4), !d.oneIn(6)
}

func (d *drawer) principals(size Size) {
	d.everybody = []desk.PrincipalID{desk.Everyone, desk.Agents, desk.Contacts, desk.Customers}
	for i := range d.number("users", 2, size.Users) {
		u := desk.WorldUser{ID: desk.UserID(FirstUser + i), Kind: desk.Contact, Disabled: d.oneIn(8)}
		if d.oneIn(2) {
			u.Kind = desk.Agent
			d.agents = append(d.agents, desk.PrincipalID(u.ID))
		}
		d.w.Users = append(d.w.Users, u)
		d.users = append(d.users, desk.PrincipalID(u.ID))
	}
	for i := range d.number("groups", 0, size.Groups) {
		d.w.Groups = append(d.w.Groups, desk.WorldGroup{ID: desk.PrincipalID(FirstGroup + i), Disabled: d.oneIn(6)})
		d.groups = append(d.groups, desk.PrincipalID(FirstGroup+i))
	}
	for i := range d.number("customers", 0, size.Customers) {
		id := desk.PrincipalID(FirstCustomer + i)
		d.w.Groups = append(d.w.Groups, desk.WorldGroup{ID: id, Customer: true, Disabled: d.oneIn(6), OwnOnly: d.oneIn(6)})
		d.customers = append(d.customers, id)
	}
	for _, list := range [][]desk.PrincipalID{d.users, d.groups, d.customers} {
		d.everybody = append(d.everybody, list...)
	}
}

func (d *drawer) roles() {
	if d.oneIn(6) {
		id := pick(d, desk.BuiltinRoles.List())
		d.w.Roles = append(d.w.Roles, desk.Role{ID: id, Name: id.BuiltinName(), Disabled: true})
	}
	d.w.Roles = append(d.w.Roles,
		desk.Role{ID: Supervisor, Name: "Supervisor", Queues: []desk.QueueID{FirstQueue}, Disabled: d.oneIn(5)},
		desk.Role{ID: Observer, Name: "Observer", Everywhere: true, Disabled: d.oneIn(5)})
}

// memberships puts users into groups and customers, and groups and customers
// into those that come later.
func (d *drawer) memberships(circles bool) {
	nodes := append(append([]desk.PrincipalID{}, d.customers...), d.groups...)
	if d.oneIn(2) {
		nodes = append(append([]desk.PrincipalID{}, d.groups...), d.customers...)
	}
	for _, u := range d.users {
		for _, g := range nodes {
			if d.oneIn(3) {
				d.member(g, u)
			}
		}
	}
	for i, g := range nodes {
		for j, above := range nodes {
			if (j > i || circles && j != i) && d.oneIn(3) {
				d.member(above, g)
			}
		}
	}
	if len(nodes) > 0 && d.oneIn(4) {
		d.member(pick(d, nodes), pick(d, []desk.PrincipalID{desk.Everyone, desk.Agents, desk.Contacts}))
	}
	if len(d.groups) > 0 && len(d.customers) == 0 && d.oneIn(4) {
		d.member(pick(d, d.groups), desk.Customers)
	}
}

func (d *drawer) member(group, member desk.PrincipalID) {
	m := desk.Membership{Group: group, Member: member, Source: "hand"}
	if group >= FirstCustomer {
		m.Part = pick(d, []desk.Part{desk.PartContact, desk.PartReader, desk.PartMember, desk.PartManager})
	}
	switch d.number("days", 1, 20) {
	case 17:
		m.From = Today
	case 18:
		m.From = Today + 1
	case 19:
		m.Until = Today
	case 20:
		m.Until = Today - 1
	}
	d.w.Memberships = append(d.w.Memberships, m)
}

func (d *drawer) role() desk.RoleID {
	return pick(d, []desk.RoleID{desk.Requestor, desk.Requestor, desk.Cc, desk.AdminCc, desk.Owner,
		desk.CustomerRole, desk.CustomerRole, Supervisor, Observer})
}

// watchers are often customers or groups, which count only in part or are
// reached on winding ways.
func (d *drawer) watchers() {
	winding := append(append([]desk.PrincipalID{desk.Customers}, d.customers...), d.groups...)
	for range d.number("watchers", 0, 4) {
		w := desk.Watcher{Role: d.role(), Who: pick(d, d.everybody[1:])}
		if d.oneIn(2) {
			w.Who = pick(d, winding)
		}
		if !d.oneIn(3) {
			w.Queue = pick(d, d.w.Queues).ID
		}
		d.w.Watchers = append(d.w.Watchers, w)
	}
}

// usual are rights that meet often, so that grants and questions do too.
func usual() []desk.Right {
	return []desk.Right{desk.ShowTicket, desk.ShowTicket, desk.ShowTicket, desk.ReplyToTicket, desk.CreateTicket,
		desk.SeeQueue, desk.ModifyTicket, desk.SeeGroup, desk.AdminCustomer, desk.ModifyACL, desk.SeeCustomField}
}

func (d *drawer) grant() {
	g := desk.Grant{ID: desk.GrantID(len(d.w.Grants) + 1), Who: pick(d, d.everybody)}
	if d.oneIn(2) {
		for range d.number("roles", 1, 2) {
			g.As |= desk.RolesOf(d.role())
		}
		if len(d.w.Watchers) > 0 && d.oneIn(2) {
			g.As = desk.RolesOf(pick(d, d.w.Watchers).Role)
		}
	}
	switch d.number("what", 1, 12) {
	case 1:
		g.Right, g.As, g.Who = desk.SuperUser, 0, pick(d, d.everybody[4:])
	case 2, 3, 4, 5, 6:
		g.Permission = pick(d, d.w.Permissions).ID
	default:
		g.Right = pick(d, usual())
	}
	g.Place = d.place(g)
	if d.oneIn(10) {
		g.Until = Today - desk.Day(d.number("days", 0, 1))
	}
	d.w.Grants = append(d.w.Grants, g)
	if d.oneIn(4) && g.As == 0 && len(d.users) > 0 {
		d.delegate(g)
	}
}

// place picks a place on which what is granted may be granted.
func (d *drawer) place(g desk.Grant) desk.Place {
	places := []desk.Place{desk.OnSystem()}
	if g.Right == desk.SuperUser {
		return places[0]
	}
	for _, q := range d.w.Queues {
		if q.AccessGroup != 0 {
			places = append(places, desk.OnGroup(q.AccessGroup))
		}
	}
	for _, group := range d.groups {
		places = append(places, desk.OnGroup(desk.GroupID(group)))
	}
	for _, customer := range d.customers {
		places = append(places, desk.OnCustomer(desk.CustomerID(customer)))
	}
	for _, q := range d.w.Queues {
		places = append(places, desk.OnQueue(q.ID), desk.OnQueue(q.ID))
	}
	places = append(places, desk.Place{Kind: desk.FieldPlace, ID: FirstField})
	var fit []desk.Place
	for _, p := range places {
		if g.Permission != 0 && p.Kind != desk.FieldPlace || g.Right.GrantableOn(p.Kind) {
			fit = append(fit, p)
		}
	}
	return pick(d, fit)
}

func (d *drawer) delegate(source desk.Grant) {
	g := source
	g.ID, g.Until = source.ID+1, 0
	g.Source, g.Delegator = source.ID, desk.UserID(pick(d, d.users))
	g.Who = pick(d, d.everybody[4:])
	d.w.Grants = append(d.w.Grants, g)
	if d.oneIn(4) {
		return // to find out that he may not
	}
	may := desk.Grant{ID: g.ID + 1, Who: desk.PrincipalID(g.Delegator), Right: desk.DelegateRights, Place: desk.OnSystem()}
	if d.oneIn(2) && len(d.groups) > 0 {
		may.Who = pick(d, d.groups)
	}
	d.w.Grants = append(d.w.Grants, may)
}

// membersOf lists the users who are direct members of a group.
func membersOf(w *desk.World, group desk.PrincipalID) []desk.PrincipalID {
	var list []desk.PrincipalID
	for _, m := range w.Memberships {
		if m.Group == group && m.Member < FirstGroup && m.Member >= FirstUser {
			list = append(list, m.Member)
		}
	}
	return list
}

// groupsOf lists what a principal is a direct member of.
func groupsOf(w *desk.World, member desk.PrincipalID) []desk.PrincipalID {
	var list []desk.PrincipalID
	for _, m := range w.Memberships {
		if m.Member == member {
			list = append(list, m.Group)
		}
	}
	return list
}

// Ticket draws a ticket of the world: often for a customer, reported by one of
// its people, with holders of all kinds.
func Ticket(t *rapid.T, w *desk.World, id desk.TicketID) *desk.TicketFacts {
	d := &drawer{T: t, w: w}
	d.everybody = []desk.PrincipalID{desk.Agents, desk.Everyone}
	for _, u := range w.Users {
		d.users = append(d.users, desk.PrincipalID(u.ID))
	}
	for _, g := range w.Groups {
		if g.Customer {
			d.customers = append(d.customers, g.ID)
		}
		d.everybody = append(d.everybody, g.ID)
	}
	d.everybody = append(d.everybody, d.users...)
	f := &desk.TicketFacts{ID: id, Queue: pick(d, w.Queues).ID}
	f.Sharing = pick(d, []desk.Sharing{desk.Shared, desk.Shared, desk.Shared, desk.ManagersOnly, desk.Private})
	if !d.oneIn(4) {
		f.Reporter = desk.UserID(pick(d, d.users))
	}
	if len(d.customers) > 0 && !d.oneIn(3) {
		c := pick(d, d.customers)
		f.Holders = append(f.Holders, desk.Holder{Role: desk.CustomerRole, Who: c})
		if d.oneIn(2) {
			f.Holders = append(f.Holders, desk.Holder{Role: desk.Requestor, Who: c})
		}
		if m := membersOf(w, c); len(m) > 0 && d.oneIn(2) {
			f.Reporter = desk.UserID(pick(d, m))
		}
		if above := groupsOf(w, c); len(above) > 0 && d.oneIn(2) {
			f.Holders = append(f.Holders, desk.Holder{Role: d.role(), Who: pick(d, above)})
		}
	}
	if d.oneIn(3) {
		f.Holders = append(f.Holders, desk.Holder{Role: desk.Owner, Who: pick(d, d.users)})
	}
	for range d.number("holders", 0, 3) {
		f.Holders = append(f.Holders, desk.Holder{Role: d.role(), Who: pick(d, d.everybody)})
	}
	return f
}
