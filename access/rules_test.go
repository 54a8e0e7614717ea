package access_test

import (
	"slices"
	"testing"

	"gatehouse/access"
	"gatehouse/access/oracle"
	"gatehouse/desk"
)

// The people of the desk on which the rules are told. Each of acme's contacts
// is called for his part there.
const (
	agent desk.UserID = 101 + iota
	lead
	manager
	member
	reader
	contact
	stranger
	gone // a disabled agent of the team
)

// Its groups and customers. The branch is a subsidiary, a member of acme; only
// brancher is in it.
const (
	team desk.PrincipalID = 201 + iota
	crew                  // a member of team; lead is in it
	acme
	branch
	rival
	brancher desk.UserID = 210
)

const support, sales desk.QueueID = 1, 2

// aDesk is a desk without grants.
func aDesk() *desk.World {
	w := &desk.World{Today: 100, Settings: desk.DefaultAccessSettings(), Permissions: desk.ShippedPermissions(),
		Queues: []desk.WorldQueue{{ID: support, AccessGroup: desk.GroupID(team)}, {ID: sales}}}
	for _, u := range []desk.UserID{agent, lead, gone} {
		w.Users = append(w.Users, desk.WorldUser{ID: u, Kind: desk.Agent, Disabled: u == gone})
	}
	for _, u := range []desk.UserID{manager, member, reader, contact, stranger, brancher} {
		w.Users = append(w.Users, desk.WorldUser{ID: u, Kind: desk.Contact})
	}
	for _, g := range []desk.PrincipalID{team, crew, acme, branch, rival} {
		w.Groups = append(w.Groups, desk.WorldGroup{ID: g, Customer: g >= acme})
	}
	join := func(group desk.PrincipalID, part desk.Part, members ...desk.PrincipalID) {
		for _, m := range members {
			w.Memberships = append(w.Memberships, desk.Membership{Group: group, Member: m, Part: part})
		}
	}
	join(team, 0, desk.PrincipalID(agent), crew, desk.PrincipalID(gone))
	join(crew, 0, desk.PrincipalID(lead))
	join(acme, desk.PartManager, desk.PrincipalID(manager))
	join(acme, desk.PartMember, desk.PrincipalID(member), branch)
	join(acme, desk.PartReader, desk.PrincipalID(reader))
	join(acme, desk.PartContact, desk.PrincipalID(contact))
	join(branch, desk.PartManager, desk.PrincipalID(brancher))
	join(rival, desk.PartMember, desk.PrincipalID(stranger))
	return w
}

func granted(w *desk.World, grants ...desk.Grant) *desk.World {
	for _, g := range grants {
		g.ID = desk.GrantID(len(w.Grants) + 1)
		w.Grants = append(w.Grants, g)
	}
	return w
}

// rightTo is a grant of ShowTicket and so on.
func rightTo(who desk.PrincipalID, r desk.Right, place desk.Place, as ...desk.RoleID) desk.Grant {
	return desk.Grant{Who: who, Right: r, Place: place, As: desk.RolesOf(as...)}
}

// forAcme is a ticket in support for which acme stands as Requestor and
// Customer.
func forAcme(reporter desk.UserID, sharing desk.Sharing) *desk.TicketFacts {
	return &desk.TicketFacts{ID: 1, Queue: support, Reporter: reporter, Sharing: sharing, Holders: []desk.Holder{
		{Role: desk.Requestor, Who: acme}, {Role: desk.CustomerRole, Who: acme}}}
}

// forBranch is a ticket for branch, reported by its manager, on which acme is
// the Requestor.
func forBranch(sharing desk.Sharing) *desk.TicketFacts {
	return &desk.TicketFacts{ID: 3, Queue: sales, Reporter: brancher, Sharing: sharing, Holders: []desk.Holder{
		{Role: desk.Requestor, Who: acme}, {Role: desk.CustomerRole, Who: branch}}}
}

// A rule is a row of the tables: who may do it, of all users.
type rule struct {
	why  string
	w    *desk.World
	r    desk.Right
	x    access.Object
	want []desk.UserID
}

// holds checks a rule on the engine, its lists included, and on the oracle.
func (tt rule) holds(t *testing.T) {
	t.Helper()
	engine, definition := access.New(tt.w), oracle.New(tt.w)
	var may []desk.UserID
	for _, u := range tt.w.Users {
		can, scope := engine.Can(u.ID, tt.r, tt.x), engine.Scope(u.ID, tt.r)
		if can {
			may = append(may, u.ID)
		}
		if tt.x.Ticket != nil && scope.Covers(tt.x.Ticket) != can {
			t.Errorf("a list shows %d the ticket: %v, but he may open it: %v", u.ID, !can, can)
		}
	}
	if !slices.Equal(may, tt.want) {
		t.Errorf("the engine lets %v, want %v", may, tt.want)
	}
	if got := engine.WhoCanUsers(tt.r, tt.x, true); !slices.Equal(got, tt.want) {
		t.Errorf("the engine lists %v, want %v", got, tt.want)
	}
	if got := definition.WhoCan(tt.r, tt.x, true); !slices.Equal(got, tt.want) {
		t.Errorf("the oracle says %v, want %v", got, tt.want)
	}
}

func users(list ...desk.UserID) []desk.UserID { return list }

func TestGrants(t *testing.T) {
	inSupport := access.Ticket(&desk.TicketFacts{ID: 1, Queue: support})
	off := func(w *desk.World, group desk.PrincipalID) *desk.World {
		for i := range w.Groups {
			w.Groups[i].Disabled = w.Groups[i].Disabled || w.Groups[i].ID == group
		}
		return w
	}
	onSupport, onTeam := desk.OnQueue(support), desk.OnGroup(desk.GroupID(team))
	for _, tt := range []rule{
		{"nobody may anything on a fresh desk", aDesk(), desk.ShowTicket, inSupport, nil},
		{"a grant reaches deep members, not disabled ones",
			granted(aDesk(), rightTo(team, desk.ShowTicket, onSupport)), desk.ShowTicket, inSupport, users(agent, lead)},
		{"a disabled group in the middle passes nothing on",
			off(granted(aDesk(), rightTo(team, desk.ShowTicket, onSupport)), crew), desk.ShowTicket, inSupport, users(agent)},
		{"a grant on a queue says nothing of another",
			granted(aDesk(), rightTo(team, desk.ShowTicket, desk.OnQueue(sales))), desk.ShowTicket, inSupport, nil},
		{"SuperUser implies every right",
			granted(aDesk(), rightTo(crew, desk.SuperUser, desk.OnSystem())), desk.DeleteTicket, inSupport, users(lead)},
		{"a grant on an access group covers the queues that it guards",
			granted(aDesk(), rightTo(crew, desk.ShowTicket, onTeam)), desk.ShowTicket, inSupport, users(lead)},
		{"a disabled access group guards nothing any more",
			off(granted(aDesk(), rightTo(crew, desk.ShowTicket, onTeam)), team), desk.ShowTicket, inSupport, nil},
		{"a right of tickets on a group is not about the group itself",
			granted(aDesk(), rightTo(crew, desk.ShowTicket, onTeam)), desk.ShowTicket, access.Group(desk.GroupID(team)), nil},
		{"a right of groups on an access group is about the group itself",
			granted(aDesk(), rightTo(crew, desk.AdminGroup, onTeam)), desk.AdminGroup, access.Group(desk.GroupID(team)), users(lead)},
		{"and not about its queues",
			granted(aDesk(), rightTo(crew, desk.AdminGroup, onTeam)), desk.AdminGroup, access.Queue(support), nil},
		{"who may open tickets as a Requestor may open the first one",
			granted(aDesk(), rightTo(acme, desk.CreateTicket, onSupport, desk.Requestor)), desk.CreateTicket, access.Queue(support),
			users(manager, member, reader, contact, brancher)},
		{"a permission gives agents one set",
			granted(aDesk(), desk.Grant{Who: desk.Everyone, Permission: 1, Place: onSupport}), desk.ShowTicketComments, inSupport, users(agent, lead)},
		{"and contacts another",
			granted(aDesk(), desk.Grant{Who: rival, Permission: 1, Place: onSupport}), desk.ShowTicket, inSupport, users(stranger)},
	} {
		t.Run(tt.why, tt.holds)
	}
}

func TestPartsAndSharing(t *testing.T) {
	as := func(roles ...desk.RoleID) *desk.World {
		return granted(aDesk(), rightTo(desk.Everyone, desk.ShowTicket, desk.OnSystem(), roles...),
			rightTo(desk.Everyone, desk.ReplyToTicket, desk.OnSystem(), roles...))
	}
	toAcme := func(r desk.Right) *desk.World { return granted(aDesk(), rightTo(acme, r, desk.OnSystem())) }
	named := forAcme(stranger, desk.Private)
	named.Holders = append(named.Holders, desk.Holder{Role: desk.Cc, Who: desk.PrincipalID(contact)})
	withoutCompany := as(desk.Requestor)
	withoutCompany.Settings.CompanyTickets = false
	for _, tt := range []rule{
		{"a shared ticket is read by manager, member and reader, subsidiaries included", as(desk.Requestor), desk.ShowTicket,
			access.Ticket(forAcme(stranger, desk.Shared)), users(manager, member, reader, brancher)},
		{"a reader does not write", as(desk.Requestor), desk.ReplyToTicket,
			access.Ticket(forAcme(stranger, desk.Shared)), users(manager, member, brancher)},
		{"who reported a ticket for his customer writes, whatever his part", as(desk.Requestor), desk.ReplyToTicket,
			access.Ticket(forAcme(contact, desk.Shared)), users(manager, member, contact, brancher)},
		{"a ticket for managers is for the managers and its reporter", as(desk.Requestor), desk.ShowTicket,
			access.Ticket(forAcme(reader, desk.ManagersOnly)), users(manager, reader)},
		{"the manager of a subsidiary that is a member is no manager above", as(desk.Requestor), desk.ShowTicket,
			access.Ticket(forAcme(0, desk.ManagersOnly)), users(manager)},
		{"at a subsidiary one sees what the company above asks for", as(desk.Requestor), desk.ShowTicket,
			access.Ticket(forBranch(desk.Shared)), users(manager, member, reader, brancher)},
		{"but not what it does not share, even for one's own branch", as(desk.Requestor), desk.ShowTicket,
			access.Ticket(forBranch(desk.ManagersOnly)), nil},
		{"a private ticket is for its reporter alone", as(desk.Requestor), desk.ShowTicket,
			access.Ticket(forAcme(member, desk.Private)), users(member)},
		{"and for who is named on it", as(desk.Cc), desk.ShowTicket, access.Ticket(named), users(contact)},
		{"a former contact has lost what he reported", as(desk.Requestor), desk.ShowTicket,
			access.Ticket(forAcme(stranger, desk.Private)), nil},
		{"without a role, a grant to the customer gives its contacts what they are named on", toAcme(desk.ShowTicket), desk.ShowTicket,
			access.Ticket(forAcme(contact, desk.Shared)), users(manager, member, reader, contact, brancher)},
		{"and no other tickets", toAcme(desk.ShowTicket), desk.ShowTicket,
			access.Ticket(&desk.TicketFacts{ID: 1, Queue: sales}), users(manager, member, reader, brancher)},
		{"and its readers what reads", toAcme(desk.ReplyToTicket), desk.ReplyToTicket,
			access.Ticket(&desk.TicketFacts{ID: 1, Queue: sales}), users(manager, member, brancher)},
		{"sharing narrows agents in nothing",
			granted(aDesk(), rightTo(desk.Everyone, desk.ShowTicket, desk.OnSystem())), desk.ShowTicket,
			access.Ticket(forAcme(0, desk.Private)), users(agent, lead)},
		{"without company tickets everybody has the part contact", withoutCompany, desk.ShowTicket,
			access.Ticket(forAcme(member, desk.Shared)), users(member)},
	} {
		t.Run(tt.why, tt.holds)
	}
}

func TestSwitchesAndDelegation(t *testing.T) {
	place := desk.OnGroup(desk.GroupID(team))
	own := desk.RolesOf(desk.Requestor, desk.CustomerRole)
	with := func(s desk.AccessSettings, grants ...desk.Grant) *desk.World {
		w := granted(aDesk(), grants...)
		w.Settings = s
		return w
	}
	all := desk.AccessSettings{GroupSupport: true, OtherCustomers: true, CompanyTickets: true}
	noGroups := desk.AccessSettings{OtherCustomers: true, CompanyTickets: true}
	noOthers := desk.AccessSettings{GroupSupport: true, CompanyTickets: true}
	others := desk.Grant{Who: rival, Permission: 1, Place: place}
	ticket := access.Ticket(forAcme(0, desk.Shared))
	source := rightTo(team, desk.DeleteTicket, desk.OnSystem())
	passedOn := desk.Grant{Who: desk.PrincipalID(stranger), Right: desk.DeleteTicket, Place: desk.OnSystem(), Source: 1, Delegator: lead}
	maker := func(change func(*desk.World)) *desk.World {
		w := with(all, source, passedOn, rightTo(desk.PrincipalID(lead), desk.DelegateRights, desk.OnSystem()))
		change(w)
		return w
	}
	for _, tt := range []rule{
		{"a customer may see the tickets of others", with(all, others), desk.ShowTicket, ticket, users(stranger)},
		{"unless that is switched off", with(noOthers, others), desk.ShowTicket, ticket, nil},
		{"which leaves his own",
			with(noOthers, desk.Grant{Who: acme, As: own, Permission: 1, Place: place}), desk.ShowTicket, ticket,
			users(manager, member, reader, brancher)},
		{"without group support every contact has rw on his own tickets", with(noGroups, others), desk.ReplyToTicket, ticket,
			users(manager, member, brancher)},
		{"and agents keep their permissions",
			with(noGroups, desk.Grant{Who: team, Permission: desk.RW, Place: place}), desk.CommentOnTicket, ticket, users(agent, lead)},
		{"a delegated right is held by who got it", maker(func(*desk.World) {}), desk.DeleteTicket, ticket,
			users(agent, lead, stranger)},
		{"it sleeps while its maker is disabled", maker(func(w *desk.World) { w.Users[1].Disabled = true }), desk.DeleteTicket, ticket,
			users(agent)},
		{"or the group through which he holds it", maker(func(w *desk.World) { w.Groups[1].Disabled = true }), desk.DeleteTicket, ticket,
			users(agent)},
		{"or the group through which he may pass on", maker(func(w *desk.World) {
			w.Grants[2].Who, w.Groups[1].Disabled = crew, true
			w.Grants[0].Who = desk.PrincipalID(lead)
		}), desk.DeleteTicket, ticket, users(lead)},
		{"and with it what rests on a delegation that sleeps", maker(func(w *desk.World) {
			w.Grants[2].Source, w.Grants[2].Delegator = 4, gone
			granted(w, rightTo(desk.PrincipalID(gone), desk.DelegateRights, desk.OnSystem()))
		}), desk.DeleteTicket, ticket, users(agent, lead)},
		{"what a customer's reader holds by it is not his to pass on", maker(func(w *desk.World) {
			w.Grants[0].Who = acme
			w.Memberships = append(w.Memberships, desk.Membership{Group: acme, Member: desk.PrincipalID(lead), Part: desk.PartReader})
		}), desk.DeleteTicket, ticket, users(manager, member, brancher)},
		{"nor a contact's", maker(func(w *desk.World) { w.Users[1].Kind = desk.Contact }), desk.DeleteTicket, ticket, users(agent, lead)},
		{"whoever may not pass on has not passed on", maker(func(w *desk.World) { w.Grants = w.Grants[:2] }), desk.DeleteTicket, ticket,
			users(agent, lead)},
		{"and ends with the last day of its source", maker(func(w *desk.World) { w.Grants[0].Until = 99 }), desk.DeleteTicket, ticket, nil},
	} {
		t.Run(tt.why, tt.holds)
	}
}

func TestRolesAndWatchers(t *testing.T) {
	w := func(change func(*desk.World)) *desk.World {
		w := granted(aDesk(), rightTo(desk.Everyone, desk.ShowTicket, desk.OnSystem(), desk.AdminCc, desk.FirstOwnRole))
		change(w)
		return w
	}
	watcher := func(queue desk.QueueID, role desk.RoleID, who desk.PrincipalID) func(*desk.World) {
		return func(w *desk.World) {
			w.Roles = []desk.Role{{ID: desk.FirstOwnRole, Queues: []desk.QueueID{sales}}}
			w.Watchers = []desk.Watcher{{Queue: queue, Role: role, Who: who}}
		}
	}
	disabled := func(w *desk.World) {
		watcher(support, desk.AdminCc, crew)(w)
		w.Roles = []desk.Role{{ID: desk.AdminCc, Disabled: true}}
	}
	ticket := access.Ticket(forAcme(0, desk.Shared))
	onSales := access.Ticket(&desk.TicketFacts{ID: 2, Queue: sales})
	for _, tt := range []rule{
		{"a watcher of the queue fills the role on all its tickets", w(watcher(support, desk.AdminCc, crew)), desk.ShowTicket, ticket, users(lead)},
		{"and on no others", w(watcher(support, desk.AdminCc, crew)), desk.ShowTicket, onSales, nil},
		{"one of the whole desk does everywhere", w(watcher(0, desk.AdminCc, crew)), desk.ShowTicket, onSales, users(lead)},
		{"a customer that watches a queue reads every customer's shared tickets, as far as the parts go",
			w(watcher(support, desk.AdminCc, acme)), desk.ShowTicket, ticket, users(manager, member, reader, brancher)},
		{"and the customer's contact where he reported the ticket", w(watcher(support, desk.AdminCc, acme)), desk.ShowTicket,
			access.Ticket(forAcme(contact, desk.Private)), users(contact)},
		{"but not where his customer watches another queue", w(watcher(sales, desk.AdminCc, acme)), desk.ShowTicket,
			access.Ticket(forAcme(contact, desk.Private)), nil},
		{"an own role counts where it is used", w(watcher(0, desk.FirstOwnRole, crew)), desk.ShowTicket, onSales, users(lead)},
		{"and nowhere else", w(watcher(0, desk.FirstOwnRole, crew)), desk.ShowTicket, ticket, nil},
		{"a disabled role is filled by nobody", w(disabled), desk.ShowTicket, ticket, nil},
	} {
		t.Run(tt.why, tt.holds)
	}
}
