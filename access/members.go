package access

import (
	"maps"
	"slices"

	"gatehouse/desk"
)

// The questions of this file are about membership. Disabled groups pass
// nothing on; a disabled user stays a member, but Members leaves him out.

// IsMember reports whether a principal is a deep member of another one, or the
// same.
func (e *Engine) IsMember(p, of desk.PrincipalID) bool {
	return p == of || e.linksOf(p).find(of) != noPath
}

// GroupsOf returns the enabled groups and customers of which a principal is a
// deep member, by number, without the system groups and itself.
func (e *Engine) GroupsOf(p desk.PrincipalID) []desk.PrincipalID {
	var list []desk.PrincipalID
	for _, l := range e.linksOf(p) {
		if l.to != p && e.group(l.to).kind != systemGroup {
			list = append(list, l.to)
		}
	}
	return list
}

// CustomersOf returns the enabled customers of which a user is a deep member,
// whatever his part, by number.
func (e *Engine) CustomersOf(u desk.UserID) []desk.PrincipalID {
	var list []desk.PrincipalID
	for _, l := range e.linksOf(desk.PrincipalID(u)) {
		if l.customer && l.to != desk.PrincipalID(u) {
			list = append(list, l.to)
		}
	}
	return list
}

// PartAt returns the user's part at a customer by the best path, or PartNone.
func (e *Engine) PartAt(u desk.UserID, customer desk.CustomerID) desk.Part {
	return e.linksOf(desk.PrincipalID(u)).find(desk.PrincipalID(customer)).part()
}

// linksOf returns what a user or group is a deep member of.
func (e *Engine) linksOf(p desk.PrincipalID) links {
	if u := e.user(desk.UserID(p)); u != nil {
		return u.set.all
	}
	if at := e.group(p); at != nil {
		return at.up
	}
	return nil
}

// Members returns the enabled users who are deep members of a group, a
// customer or a system group, by number; of a user, himself. A disabled group
// has none.
func (e *Engine) Members(p desk.PrincipalID) []desk.UserID {
	walk := newWalk(&e.graph)
	walk.down(p)
	return slices.DeleteFunc(walk.sorted(), func(u desk.UserID) bool { return e.person(u) == nil })
}

// Within returns the enabled groups that are deep members of a group or
// customer, itself included, by number. A disabled one has none.
func (e *Engine) Within(p desk.PrincipalID) []desk.PrincipalID {
	walk := newWalk(&e.graph)
	walk.down(p)
	maps.DeleteFunc(walk.seen, func(id desk.PrincipalID, _ bool) bool { return e.group(id).kind == systemGroup })
	return slices.Sorted(maps.Keys(walk.seen))
}

// WouldCycle returns the path that would close if member became a direct
// member of group: each a direct member of the next, from the group to the
// member. It is nil where none would. Disabled groups and memberships out of
// force count, since they may come back.
func (e *Engine) WouldCycle(group, member desk.PrincipalID) []desk.PrincipalID {
	return e.wayUp(group, member, map[desk.PrincipalID]bool{})
}

// wayUp is a path up from a principal to another by any memberships.
func (e *Engine) wayUp(at, to desk.PrincipalID, seen map[desk.PrincipalID]bool) []desk.PrincipalID {
	if at == to {
		return []desk.PrincipalID{at}
	}
	if seen[at] {
		return nil
	}
	seen[at] = true
	for next := range e.above(at) {
		if way := e.wayUp(next.to, to, seen); way != nil {
			return slices.Insert(way, 0, at)
		}
	}
	return nil
}

// QueuesWhere returns the queues on which the user holds the right, by number.
func (e *Engine) QueuesWhere(u desk.UserID, r desk.Right) []desk.QueueID {
	var list []desk.QueueID
	for _, q := range e.queueIDs[1:] {
		if e.Can(u, r, Queue(q)) {
			list = append(list, q)
		}
	}
	slices.Sort(list)
	return list
}

// A walk goes down from groups to the users who are their deep members.
type walk struct {
	g           *graph
	seen        map[desk.PrincipalID]bool // groups
	users       []desk.UserID
	disabledToo bool // go through disabled groups
}

func newWalk(g *graph) *walk { return &walk{g: g, seen: map[desk.PrincipalID]bool{}} }

// down adds the users below a principal, through enabled groups; disabled
// users too, and those in several groups several times.
func (w *walk) down(p desk.PrincipalID) {
	at := w.g.group(p)
	if at == nil {
		if w.g.user(desk.UserID(p)) != nil {
			w.users = append(w.users, desk.UserID(p))
		}
		return
	}
	if at.disabled && !w.disabledToo || w.seen[p] {
		return
	}
	w.seen[p] = true
	for _, m := range at.members {
		w.down(m)
	}
	if at.kind == systemGroup {
		w.system(p)
	}
}

// system adds those who belong to a system group by what they are.
func (w *walk) system(p desk.PrincipalID) {
	if p == desk.Customers {
		w.g.groups.each(func(id int64, at *group) {
			if at.kind == customerGroup {
				w.down(desk.PrincipalID(id))
			}
		})
		return
	}
	w.g.users.each(func(id int64, u *user) {
		if u.set != nil && (p == desk.Everyone || p == side(u.kind)) {
			w.users = append(w.users, desk.UserID(id))
		}
	})
}

// sorted returns the users that were found, each once.
func (w *walk) sorted() []desk.UserID {
	slices.Sort(w.users)
	return slices.Compact(w.users)
}
