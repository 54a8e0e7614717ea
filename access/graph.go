package access

import (
	"cmp"
	"encoding/binary"
	"iter"
	"slices"

	"gatehouse/desk"
)

// A groupKind says what a group is; zero: there is no such group.
type groupKind uint8

const (
	plainGroup groupKind = iota + 1
	customerGroup
	systemGroup
)

// A group is a node of the graph: a group, customer or system group.
type group struct {
	kind     groupKind
	disabled bool
	ownOnly  bool               // of a customer: contacts have the part contact there
	above    []edge             // its direct memberships, what follows from its kind not included
	members  []desk.PrincipalID // direct members in force, by number
	up       links              // all that it is a deep member of, itself included; nil: disabled
}

// A user is a leaf of the graph.
type user struct {
	set      *closure // nil: there is no such user
	row      *row
	kind     desk.UserKind
	disabled bool
}

// A closure is what a user is a member of. Users of one kind with the same
// direct memberships share it.
type closure struct {
	kind   desk.UserKind
	direct []edge
	all    links // without the user himself
	row    *row  // of those who hold nothing in their own name
}

// level returns how far the user u reaches to a principal.
func (p *user) level(u desk.UserID, to desk.PrincipalID) level {
	if to == desk.PrincipalID(u) {
		return whole
	}
	return p.set.all.find(to)
}

// A graph holds users, groups and who is a member of what.
type graph struct {
	users          paged[user]
	groups         paged[group]
	companyTickets bool
	today          desk.Day
}

func (g *graph) group(id desk.PrincipalID) *group {
	if at := g.groups.at(int64(id)); at != nil && at.kind != 0 {
		return at
	}
	return nil
}

func (g *graph) user(id desk.UserID) *user {
	if at := g.users.at(int64(id)); at != nil && at.set != nil {
		return at
	}
	return nil
}

// person returns the user if he is enabled.
func (g *graph) person(id desk.UserID) *user {
	if u := g.user(id); u != nil && !u.disabled {
		return u
	}
	return nil
}

func (g *graph) isCustomer(p desk.PrincipalID) bool {
	at := g.group(p)
	return at != nil && at.kind == customerGroup
}

func (g *graph) enabled(p desk.PrincipalID) bool {
	if at := g.group(p); at != nil {
		return !at.disabled
	}
	return g.person(desk.UserID(p)) != nil
}

// above yields the direct memberships of a principal, those included that
// follow from what it is.
func (g *graph) above(p desk.PrincipalID) iter.Seq[edge] {
	return func(yield func(edge) bool) {
		var direct []edge
		if at := g.group(p); at != nil {
			direct = at.above
			if at.kind == customerGroup && !yield(edge{to: desk.Customers, level: whole}) {
				return
			}
		} else if u := g.user(desk.UserID(p)); u != nil {
			direct = u.set.direct
			if !yield(edge{to: desk.Everyone, level: whole}) || !yield(edge{to: side(u.kind), level: whole}) {
				return
			}
		}
		for _, e := range direct {
			if !yield(e) {
				return
			}
		}
	}
}

// side is the system group of the users of a kind.
func side(kind desk.UserKind) desk.PrincipalID {
	if kind == desk.Agent {
		return desk.Agents
	}
	return desk.Contacts
}

// climb adds the group p and all above it to what is reached, at level l or
// as far as the paths go.
func (g *graph) climb(found links, p desk.PrincipalID, l level) links {
	at := g.group(p)
	if at == nil || at.disabled {
		return found
	}
	found, higher := found.raise(link{p, l, at.kind == customerGroup})
	if !higher {
		return found
	}
	for e := range g.above(p) {
		found = g.climb(found, e.to, min(l, e.level))
	}
	return found
}

// closureOf works out all that a user of that kind with these direct memberships
// is a member of, from what is known of the groups.
func (g *graph) closureOf(kind desk.UserKind, direct []edge) *closure {
	var buf [32]link
	all := links(buf[:0])
	add := func(e edge) {
		at := g.group(e.to)
		if at == nil {
			return
		}
		for _, l := range at.up {
			l.level = min(l.level, e.level)
			all, _ = all.raise(l)
		}
	}
	add(edge{to: desk.Everyone, level: whole})
	add(edge{to: side(kind), level: whole})
	for _, e := range direct {
		add(e)
	}
	return &closure{kind: kind, direct: direct, all: slices.Clone(all)}
}

// edgeOf is a membership as an edge of the graph.
func (g *graph) edgeOf(m desk.Membership) edge {
	e := edge{to: m.Group, part: m.Part}
	if desk.InForce(m.From, m.Until, g.today) {
		e.level = g.levelOf(m.Member, m.Group, m.Part)
	}
	return e
}

// levelOf says how far a membership in force reaches.
func (g *graph) levelOf(member, group desk.PrincipalID, part desk.Part) level {
	if !g.isCustomer(group) {
		return whole
	}
	if u := g.users.at(int64(member)); u != nil && u.kind == desk.Contact && (!g.companyTickets || g.group(group).ownOnly) {
		return asContact
	}
	switch part {
	case desk.PartContact:
		return asContact
	case desk.PartReader:
		return asReader
	case desk.PartManager:
		return asManager
	}
	return asMember
}

// newGraph builds the graph of a world. Memberships of or in what is not
// there, and members of users, are passed over.
func newGraph(w *desk.World) graph {
	g := graph{companyTickets: w.Settings.CompanyTickets, today: w.Today}
	g.users, g.groups = g.users.fork(), g.groups.fork()
	for _, wg := range w.Groups {
		kind := plainGroup
		if wg.Customer {
			kind = customerGroup
		}
		g.groups.put(int64(wg.ID), group{kind: kind, disabled: wg.Disabled, ownOnly: wg.OwnOnly})
	}
	for id := range desk.SystemGroups() {
		g.groups.put(int64(id), group{kind: systemGroup})
	}
	for _, u := range w.Users {
		g.users.put(int64(u.ID), user{kind: kindOf(u), disabled: u.Disabled})
	}
	byMember := g.connect(w.Memberships)
	g.groups.each(func(id int64, at *group) {
		if at.kind != 0 {
			at.up = slices.Clone(g.climb(nil, desk.PrincipalID(id), whole))
		}
	})
	g.closeAll(w.Users, byMember)
	return g
}

// kindOf takes whoever is not an agent for a contact, who may less.
func kindOf(u desk.WorldUser) desk.UserKind {
	if u.Kind == desk.Agent {
		return desk.Agent
	}
	return desk.Contact
}

// connect puts the edges between groups in place and returns those of users.
func (g *graph) connect(memberships []desk.Membership) map[desk.PrincipalID][]edge {
	list := make([]desk.Membership, 0, len(memberships))
	for _, m := range memberships {
		if g.group(m.Group) != nil && (g.group(m.Member) != nil || g.users.get(int64(m.Member)).kind != 0) {
			list = append(list, m)
		}
	}
	slices.SortStableFunc(list, func(a, b desk.Membership) int {
		return cmp.Or(cmp.Compare(a.Member, b.Member), cmp.Compare(a.Group, b.Group))
	})
	edges := make([]edge, 0, len(list))
	ofUsers := make(map[desk.PrincipalID][]edge, len(list))
	for i := 0; i < len(list); {
		member, from := list[i].Member, len(edges)
		for ; i < len(list) && list[i].Member == member; i++ {
			edges = addEdge(edges, from, g.edgeOf(list[i]))
		}
		mine := slices.Clip(edges[from:])
		for _, e := range mine {
			if at := g.group(e.to); e.level != noPath {
				at.members = append(at.members, member)
			}
		}
		if at := g.group(member); at != nil {
			at.above = mine
		} else {
			ofUsers[member] = mine
		}
	}
	return ofUsers
}

// addEdge appends an edge to those of a member, which begin at from and are
// sorted. Of two memberships in one group the better one counts.
func addEdge(edges []edge, from int, e edge) []edge {
	if last := len(edges) - 1; last >= from && edges[last].to == e.to {
		if e.level > edges[last].level {
			edges[last] = e
		}
		return edges
	}
	return append(edges, e)
}

// closeAll gives every user his closure, equal ones the same.
func (g *graph) closeAll(users []desk.WorldUser, byMember map[desk.PrincipalID][]edge) {
	shared := make(map[string]*closure, len(users)/4)
	var key []byte
	for _, u := range users {
		at := g.users.at(int64(u.ID))
		if at == nil || at.kind == 0 || g.group(desk.PrincipalID(u.ID)) != nil {
			continue
		}
		direct := byMember[desk.PrincipalID(u.ID)]
		key = appendKey(key[:0], at.kind, direct)
		set := shared[string(key)]
		if set == nil {
			set = g.closureOf(at.kind, direct)
			shared[string(key)] = set
		}
		at.set = set
	}
}

// appendKey appends what makes closures equal.
func appendKey(key []byte, kind desk.UserKind, direct []edge) []byte {
	key = append(key, byte(kind))
	for _, e := range direct {
		key = binary.AppendVarint(key, int64(e.to))
		key = append(key, byte(e.level), byte(e.part))
	}
	return key
}
