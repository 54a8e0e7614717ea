package access_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gatehouse/access"
	"gatehouse/access/oracle"
	"gatehouse/access/worlds"
	"gatehouse/desk"
)

// TestDiffIsCheckAfterMinusCheckBefore compares what Diff says with what the
// definition says of the world before and of the world after, for every user
// and right on everything, over worlds that change again and again.
func TestDiffIsCheckAfterMinusCheckBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		engine, then := access.New(w), clone(w)
		for range rapid.IntRange(1, 5).Draw(t, "steps") {
			next := changed(t, w, engine)
			users := append(usersOf(w), usersOf(then)...)
			slices.Sort(users)
			c := comparison{t, access.Diff(engine, next), oracle.New(then), oracle.New(w), engine, next, map[desk.QueueID]bool{}}
			for _, q := range w.Queues {
				c.queues[q.ID] = slices.ContainsFunc(then.Queues, func(o desk.WorldQueue) bool { return o.ID == q.ID })
			}
			for _, x := range objectsOf(t, w) {
				for _, u := range slices.Compact(users) {
					c.compare(u, x)
				}
			}
			engine, then = next, clone(w)
		}
	})
}

// changed changes the world, as the store would tell it, or in any part.
func changed(t *rapid.T, w *desk.World, e *access.Engine) *access.Engine {
	if rapid.Bool().Draw(t, "told") {
		return e.With(changer{t, w}.change())
	}
	other := worlds.Draw(t, worlds.Small())
	w.Version++
	switch rapid.IntRange(1, 7).Draw(t, "part") {
	case 1:
		w.Grants = other.Grants
	case 2:
		w.Watchers = other.Watchers
	case 3:
		w.Settings = other.Settings
	case 4:
		w.Roles = other.Roles
	case 5:
		w.Queues = other.Queues
	case 6:
		w.Grants = append(slices.Clone(w.Grants), desk.Grant{ID: desk.GrantID(w.Version) * 1000, Who: desk.Everyone,
			As: desk.RolesOf(desk.Requestor), Right: desk.ShowTicket, Place: desk.OnSystem()})
	default:
		if len(w.Grants) > 0 {
			w.Grants = slices.Delete(slices.Clone(w.Grants), 0, 1)
		}
	}
	return access.New(w)
}

func clone(w *desk.World) *desk.World {
	c := *w
	c.Users, c.Groups, c.Memberships = slices.Clone(w.Users), slices.Clone(w.Groups), slices.Clone(w.Memberships)
	return &c
}

// A comparison holds what Diff said against both worlds.
type comparison struct {
	*rapid.T
	said          []access.Difference
	before, after *oracle.Oracle
	old, next     *access.Engine
	queues        map[desk.QueueID]bool // that are there before and after
}

// about returns what was said about a user; he may be named once at most.
func (c comparison) about(u desk.UserID) access.Difference {
	var found access.Difference
	for _, d := range c.said {
		if slices.Contains(d.Users, u) {
			if found.Users != nil {
				c.Fatalf("user %d is told of twice", u)
			}
			found = d
		}
	}
	return found
}

func (c comparison) compare(u desk.UserID, x access.Object) {
	d := c.about(u)
	for r := range desk.Right(64) {
		was, is := c.before.Can(u, r, x), c.after.Can(u, r, x)
		gained, lost := thingOf(d, x.Place, r)
		if x.Ticket != nil {
			gained, lost = c.onTicket(d, u, r, x.Ticket)
			if !desk.TicketRights().Has(r) {
				continue
			}
		}
		if gained != (is && !was) || lost != (was && !is) {
			c.Fatalf("user %d, %v on %s: gained %t, lost %t; but before %t, after %t\n%+v", u, r, describe(x), gained, lost, was, is, d)
		}
	}
}

// thingOf is what a difference says of a right on what is no ticket.
func thingOf(d access.Difference, p desk.Place, r desk.Right) (gained, lost bool) {
	for _, place := range []desk.Place{p, desk.OnSystem()} {
		for _, t := range d.Things {
			if t.Place == place {
				return t.Gained.Has(r), t.Lost.Has(r)
			}
		}
	}
	return false, false
}

// onTicket is what the scopes say of a right of which the tickets differ.
func (c comparison) onTicket(d access.Difference, u desk.UserID, r desk.Right, t *desk.TicketFacts) (gained, lost bool) {
	if !c.queues[t.Queue] { // scopes are about queues that there are
		x := access.Ticket(t)
		was, is := c.before.Can(u, r, x), c.after.Can(u, r, x)
		return is && !was, was && !is
	}
	if !d.Tickets.Has(r) {
		return false, false
	}
	before, after := c.old.Scope(u, r), c.next.Scope(u, r)
	if after.Covers(t) && !before.Covers(t) && !c.old.WidenedTo(c.next, u, r) || before.Covers(t) && !after.Covers(t) && !c.next.WidenedTo(c.old, u, r) {
		c.Fatalf("user %d, %v: before %+v, after %+v; said to open nothing new, but there is %+v", u, r, before, after, t)
	}
	return after.Covers(t) && !before.Covers(t), before.Covers(t) && !after.Covers(t)
}

// TestDiffOfNothing: where nothing was changed that counts, nothing is said,
// even if the engine was built anew.
func TestDiffOfNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		if said := access.Diff(access.New(w), access.New(w)); said != nil {
			t.Fatalf("the same world differs from itself: %+v\nin %+v", said, *w)
		}
	})
}

// TestRevokingWidensNothing: who loses a grant is never said to gain tickets,
// also where most queues' roles become others.
func TestRevokingWidensNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		w.Grants = slices.DeleteFunc(w.Grants, func(g desk.Grant) bool { return g.Source != 0 })
		if len(w.Grants) == 0 {
			return
		}
		less := *w
		i := rapid.IntRange(0, len(w.Grants)-1).Draw(t, "revoked")
		less.Grants = slices.Delete(slices.Clone(w.Grants), i, i+1)
		before, after := access.New(w), access.New(&less)
		for _, u := range usersOf(w) {
			for _, r := range desk.TicketRights().List() {
				if before.WidenedTo(after, u, r) {
					t.Fatalf("without %+v user %d is said to gain %v: before %+v, after %+v", w.Grants[i], u, r, before.Scope(u, r), after.Scope(u, r))
				}
			}
		}
	})
}

// TestANewQueueTakesNothing: who holds a right on the tickets of most queues
// only is not said to lose it on those of a queue that was not there.
func TestANewQueueTakesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		less := *w
		if len(w.Queues) == 0 {
			return
		}
		i := rapid.IntRange(0, len(w.Queues)-1).Draw(t, "new")
		gone := w.Queues[i].ID
		less.Queues = slices.Delete(slices.Clone(w.Queues), i, i+1)
		less.Grants = slices.DeleteFunc(slices.Clone(w.Grants), func(g desk.Grant) bool { return g.Place == desk.OnQueue(gone) })
		less.Watchers = slices.DeleteFunc(slices.Clone(w.Watchers), func(w desk.Watcher) bool { return w.Queue == gone })
		before, after := access.New(&less), access.New(w)
		for _, u := range usersOf(w) {
			for _, r := range desk.TicketRights().List() {
				if after.WidenedTo(before, u, r) {
					t.Fatalf("with queue %d user %d is said to lose %v: before %+v, after %+v", gone, u, r, before.Scope(u, r), after.Scope(u, r))
				}
			}
		}
	})
}
