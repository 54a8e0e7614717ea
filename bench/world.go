package bench

import (
	"fmt"
	"math/rand/v2"

	"gatehouse/desk"
)

// A world is made from a size and a seed, always the same from the same: users,
// groups, queues and grants as a grown desk has them, and tickets one by one,
// so that a million of them need not be kept. It has no names; whoever fills a
// store with it makes them from the numbers.

// Counts are how much there is of everything in a world.
type Counts struct {
	Agents, Contacts, Groups, Customers, Queues, Tickets int
}

// Sizes returns the counts of the sizes S, M, H and L, and of XS, which is for
// tries. Groups are those that are not customers.
func Sizes() map[string]Counts {
	return map[string]Counts{
		"XS": {Agents: 20, Contacts: 60, Groups: 21, Customers: 8, Queues: 8, Tickets: 400},
		"S":  {Agents: 40, Contacts: 160, Groups: 30, Customers: 20, Queues: 10, Tickets: 1_000},
		"M":  {Agents: 400, Contacts: 1_600, Groups: 370, Customers: 130, Queues: 50, Tickets: 10_000},
		"H":  {Agents: 1_200, Contacts: 10_000, Groups: 1_500, Customers: 800, Queues: 100, Tickets: 100_000},
		"L":  {Agents: 5_000, Contacts: 45_000, Groups: 6_400, Customers: 3_600, Queues: 200, Tickets: 1_000_000},
	}
}

// World makes the world of a size with its tickets.
func World(size string, seed uint64) (*desk.World, *Tickets, error) {
	counts, ok := Sizes()[size]
	if !ok {
		return nil, nil, desk.Errorf(desk.Invalid, "There is no world of size %q; say S, M, H or L.", size)
	}
	m := &maker{
		Counts: counts,
		random: rand.New(rand.NewPCG(seed, uint64(len(size)))),
		w: &desk.World{Version: 1, Today: 20_500, Settings: desk.DefaultAccessSettings(),
			Permissions: desk.ShippedPermissions()},
		joined: map[[2]desk.PrincipalID]bool{}, granted: map[desk.Grant]bool{},
	}
	m.users()
	m.groups()
	m.customers()
	m.queues()
	m.grants()
	m.watchers()
	return m.w, &Tickets{counts: counts, seed: seed, primary: m.primary}, nil
}

// Numbers of principals: agents, contacts, groups and customers one after the
// other.
func (c Counts) agent(i int) desk.PrincipalID   { return desk.FirstPrincipal + desk.PrincipalID(i) }
func (c Counts) contact(i int) desk.PrincipalID { return c.agent(c.Agents + i) }
func (c Counts) group(i int) desk.PrincipalID   { return c.contact(c.Contacts + i) }
func (c Counts) customer(i int) desk.PrincipalID {
	return c.group(c.Groups + i)
}

// A maker makes one world.
type maker struct {
	Counts
	random  *rand.Rand
	w       *desk.World
	primary []desk.PrincipalID // of each contact; zero: none
	joined  map[[2]desk.PrincipalID]bool
	granted map[desk.Grant]bool // without their ids
	levels  [5]int              // groups of a level of the tree go from one to the next
}

// oneIn is true once in n times.
func (m *maker) oneIn(n int) bool { return m.random.IntN(n) == 0 }

// join makes a membership, each pair once.
func (m *maker) join(group, member desk.PrincipalID, part desk.Part) {
	pair := [2]desk.PrincipalID{group, member}
	if group == member || m.joined[pair] {
		return
	}
	m.joined[pair] = true
	m.w.Memberships = append(m.w.Memberships, desk.Membership{Group: group, Member: member, Part: part, Source: "import"})
}

func (m *maker) users() {
	for i := range m.Agents {
		m.w.Users = append(m.w.Users, desk.WorldUser{ID: desk.UserID(m.agent(i)), Kind: desk.Agent, Disabled: m.oneIn(50)})
	}
	for i := range m.Contacts {
		m.w.Users = append(m.w.Users, desk.WorldUser{ID: desk.UserID(m.contact(i)), Kind: desk.Contact, Disabled: m.oneIn(50)})
	}
}

// groups makes departments, divisions, teams and, in half of these, crews: a
// tree four deep. Agents are in one or two teams or crews. The last group is
// that of the administrators.
func (m *maker) groups() {
	for i := range m.Groups {
		m.w.Groups = append(m.w.Groups, desk.WorldGroup{ID: m.group(i), Disabled: m.oneIn(100) && i < m.Groups-1})
	}
	tree := m.Groups - 1
	m.levels = [5]int{0, max(2, tree/160), max(2, tree/160) + max(4, tree/20), tree * 2 / 5, tree}
	for level := 1; level < 4; level++ {
		above, below := m.levels[level]-m.levels[level-1], m.levels[level+1]-m.levels[level]
		for i := range below {
			m.join(m.group(m.levels[level-1]+i*above/below), m.group(m.levels[level]+i), desk.PartNone)
		}
	}
	leaves := tree - m.levels[2]
	for i := range m.Agents {
		for range 1 + m.random.IntN(2) {
			m.join(m.group(m.levels[2]+m.random.IntN(leaves)), m.agent(i), desk.PartNone)
		}
	}
	for i := range 3 + m.Agents/1000 {
		m.join(m.group(tree), m.agent(i*m.Agents/10), desk.PartNone)
	}
}

// customers makes customers of 5 to 20 contacts. One contact in 20 is in
// another customer too, one customer in 20 belongs to another one.
func (m *maker) customers() {
	m.primary = make([]desk.PrincipalID, m.Contacts)
	next := 0
	for i := range m.Customers {
		m.w.Groups = append(m.w.Groups, desk.WorldGroup{ID: m.customer(i), Customer: true, Disabled: m.oneIn(100)})
		size := 5 + m.random.IntN(16)
		for ; size > 0 && next < m.Contacts; size-- {
			m.primary[next] = m.customer(i)
			m.join(m.customer(i), m.contact(next), m.part())
			next++
		}
		if i > 0 && m.oneIn(20) {
			m.join(m.customer(m.random.IntN(i)), m.customer(i), desk.PartMember)
		}
	}
	for i := range m.Contacts / 20 {
		for range 1 + i%3/2 {
			m.join(m.customer(m.random.IntN(m.Customers)), m.contact(m.random.IntN(m.Contacts)), m.part())
		}
	}
}

// part: seven in ten contacts are members.
func (m *maker) part() desk.Part {
	switch m.random.IntN(10) {
	case 0:
		return desk.PartManager
	case 1:
		return desk.PartReader
	case 2:
		return desk.PartContact
	}
	return desk.PartMember
}

// queues: every other queue is guarded by a team's group.
func (m *maker) queues() {
	for i := range m.Queues {
		q := desk.WorldQueue{ID: desk.QueueID(i + 1)}
		if i%2 == 1 {
			q.AccessGroup = desk.GroupID(m.team(i))
		}
		m.w.Queues = append(m.w.Queues, q)
	}
}

// team is the team that a queue belongs to, division and department those
// above it.
func (m *maker) team(queue int) desk.PrincipalID { return m.nth(2, queue) }

func (m *maker) nth(level, queue int) desk.PrincipalID {
	count := m.levels[level+1] - m.levels[level]
	return m.group(m.levels[level] + queue*count/m.Queues)
}

// grant makes a grant, each once.
func (m *maker) grant(g desk.Grant) {
	if m.granted[g] {
		return
	}
	m.granted[g] = true
	g.ID = desk.GrantID(len(m.w.Grants) + 1)
	m.w.Grants = append(m.w.Grants, g)
}

func (m *maker) rights(who desk.PrincipalID, as desk.RoleSet, place desk.Place, rights ...desk.Right) {
	for _, r := range rights {
		m.grant(desk.Grant{Who: who, As: as, Right: r, Place: place})
	}
}

func (m *maker) grants() {
	for i := range m.Queues {
		queue := desk.OnQueue(desk.QueueID(i + 1))
		if i%4 == 0 {
			m.publicSupport(i, queue)
		} else {
			m.department(i, queue)
		}
		if i%2 == 1 {
			m.accessGroup(i)
		}
	}
	m.rights(m.group(m.Groups-1), 0, desk.OnSystem(), desk.SuperUser)
	m.rights(desk.Everyone, desk.RolesOf(desk.Owner), desk.OnSystem(), desk.ShowTicket, desk.ModifyTicket, desk.CommentOnTicket)
	for i := 0; i < m.Customers; i += 7 {
		m.rights(m.customer(i), 0, desk.OnCustomer(desk.CustomerID(m.customer(i))), desk.SeeCustomer)
	}
}

// publicSupport: everybody may open tickets and see his own; a team works on
// them, the department looks on.
func (m *maker) publicSupport(i int, queue desk.Place) {
	m.rights(desk.Everyone, 0, queue, desk.CreateTicket, desk.ReplyToTicket)
	m.rights(desk.Everyone, desk.RolesOf(desk.Requestor), queue, desk.ShowTicket)
	m.rights(desk.Everyone, desk.RolesOf(desk.Cc), queue, desk.ShowTicket)
	m.rights(desk.Everyone, desk.RolesOf(desk.AdminCc), queue, desk.ShowTicket, desk.ShowTicketComments, desk.CommentOnTicket)
	m.rights(m.nth(0, i), 0, queue, desk.SeeQueue, desk.ShowTicket)
	m.rights(m.nth(1, i), 0, queue, desk.ShowTicketComments, desk.CommentOnTicket, desk.OwnTicket, desk.TakeTicket, desk.ModifyTicket)
	m.rights(m.team(i), 0, queue, desk.DeleteTicket, desk.StealTicket)
}

// department: a division's own queue. Its people work on all tickets, others
// see what they asked for.
func (m *maker) department(i int, queue desk.Place) {
	m.rights(desk.Agents, 0, queue, desk.CreateTicket)
	m.rights(desk.Everyone, desk.RolesOf(desk.Requestor, desk.Cc), queue, desk.ShowTicket, desk.ReplyToTicket)
	m.rights(m.nth(1, i), 0, queue, desk.SeeQueue, desk.ShowTicket, desk.ReplyToTicket)
	m.rights(m.team(i), 0, queue, desk.OwnTicket, desk.ModifyTicket, desk.CommentOnTicket, desk.ShowTicketComments)
	m.rights(m.nth(0, i), desk.RolesOf(desk.AdminCc), queue, desk.ShowTicket, desk.ShowTicketComments)
}

// accessGroup gives permissions on the group that guards a queue: to a team,
// to some customers for their own tickets, to one for everybody's.
func (m *maker) accessGroup(i int) {
	place := desk.OnGroup(desk.GroupID(m.team(i)))
	m.grant(desk.Grant{Who: m.nth(3, i), Permission: desk.RW, Place: place})
	own := desk.RolesOf(desk.Requestor, desk.CustomerRole)
	m.grant(desk.Grant{Who: desk.Customers, As: own, Permission: 1, Place: place})
	for range min(10, m.Customers/4) {
		m.grant(desk.Grant{Who: m.customer(m.random.IntN(m.Customers)), As: own, Permission: desk.RW, Place: place})
	}
	m.grant(desk.Grant{Who: m.customer(m.random.IntN(m.Customers)), Permission: 1, Place: place})
}

// watchers: the team of every other queue is its AdminCc, of some an agent
// too; one division watches the whole desk.
func (m *maker) watchers() {
	for i := 0; i < m.Queues; i += 2 {
		queue := desk.QueueID(i + 1)
		m.w.Watchers = append(m.w.Watchers, desk.Watcher{Queue: queue, Role: desk.AdminCc, Who: m.team(i)})
		if i%5 == 0 {
			m.w.Watchers = append(m.w.Watchers, desk.Watcher{Queue: queue, Role: desk.Cc, Who: m.agent(m.random.IntN(m.Agents))})
		}
	}
	m.w.Watchers = append(m.w.Watchers, desk.Watcher{Role: desk.AdminCc, Who: m.nth(1, 0)})
}

// Tickets are those of a world, each made when it is asked for.
type Tickets struct {
	counts  Counts
	seed    uint64
	primary []desk.PrincipalID
}

// A Ticket is what the access to a ticket depends on, and whether it is
// active.
type Ticket struct {
	desk.TicketFacts
	Active bool
}

// Len returns how many tickets there are.
func (ts *Tickets) Len() int { return ts.counts.Tickets }

// At makes ticket number i+1: two in five stand for a customer, who is its
// Requestor; one in ten has an owner; 15 % are active. The first queues have
// the most.
func (ts *Tickets) At(i int) Ticket {
	if i < 0 || i >= ts.counts.Tickets {
		panic(fmt.Sprintf("bench: ticket %d of %d", i, ts.counts.Tickets))
	}
	random := rand.New(rand.NewPCG(ts.seed, 1<<32|uint64(i)))
	popular := random.Float64()
	contact := random.IntN(ts.counts.Contacts)
	t := Ticket{Active: random.IntN(100) < 15}
	t.ID = desk.TicketID(i + 1)
	t.Queue = desk.QueueID(1 + int(popular*popular*float64(ts.counts.Queues)))
	t.Reporter = desk.UserID(ts.counts.contact(contact))
	t.Sharing = desk.Shared
	switch random.IntN(50) {
	case 0:
		t.Sharing = desk.ManagersOnly
	case 1:
		t.Sharing = desk.Private
	}
	if customer := ts.primary[contact]; customer != 0 && random.IntN(5) < 2 {
		t.Holders = append(t.Holders, desk.Holder{Role: desk.Requestor, Who: customer},
			desk.Holder{Role: desk.CustomerRole, Who: customer})
	} else {
		t.Holders = append(t.Holders, desk.Holder{Role: desk.Requestor, Who: ts.counts.contact(contact)})
	}
	if random.IntN(10) == 0 {
		t.Holders = append(t.Holders, desk.Holder{Role: desk.Owner, Who: ts.counts.agent(random.IntN(ts.counts.Agents))})
	}
	return t
}
