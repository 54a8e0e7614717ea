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

// TestPermittedAgreesWithTheOracle compares, for everybody on every group,
// each permission in each context.
func TestPermittedAgreesWithTheOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		e, o := access.New(w), oracle.New(w)
		for _, who := range principalsOf(w) {
			for _, g := range w.Groups {
				for _, p := range w.Permissions {
					for _, other := range []bool{false, true} {
						want := o.Permitted(who, desk.GroupID(g.ID), p.ID, other, p.Reads())
						if got := permitted(e, who, desk.GroupID(g.ID), p, other); got != want {
							t.Fatalf("%d has %s on %d (other: %t): %t, want %t\nin %+v", who, p.Name, g.ID, other, got, want, *w)
						}
					}
				}
			}
		}
	})
}

func permitted(e *access.Engine, who desk.PrincipalID, group desk.GroupID, p desk.Permission, other bool) bool {
	return slices.ContainsFunc(e.Permitted(who, group, other), func(h access.Held) bool {
		return h.Permission == p.ID && (p.Reads() || !h.Reads)
	})
}

func principalsOf(w *desk.World) []desk.PrincipalID {
	var list []desk.PrincipalID
	for _, u := range w.Users {
		list = append(list, desk.PrincipalID(u.ID))
	}
	for _, g := range w.Groups {
		list = append(list, g.ID)
	}
	return list
}

// TestRelationsAreInverses: the groups of everybody are the groups on which he
// is listed, in both contexts.
func TestRelationsAreInverses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		e := access.New(w)
		for _, other := range []bool{false, true} {
			for _, g := range w.Groups {
				group := desk.GroupID(g.ID)
				users, customers := e.PermittedOn(group, other)
				for _, u := range w.Users {
					checkInverse(t, e, desk.PrincipalID(u.ID), group, other, slices.Contains(users, u.ID))
				}
				for _, c := range w.Groups {
					if c.Customer {
						checkInverse(t, e, c.ID, group, other, slices.Contains(customers, desk.CustomerID(c.ID)))
					}
				}
			}
		}
	})
}

func checkInverse(t *rapid.T, e *access.Engine, who desk.PrincipalID, group desk.GroupID, other, listed bool) {
	if held := slices.Contains(e.PermittedGroups(who, other), group); held != listed {
		t.Fatalf("%d: group %d among his groups: %t; he among those of the group: %t (other: %t)", who, group, held, listed, other)
	}
}

// TestReachingIsWhatOneMay: who is reached on a ticket by a grant of a
// permission may do there what the permission gives him.
func TestReachingIsWhatOneMay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		e := access.New(w)
		byID := map[desk.PermissionID]desk.Permission{}
		for _, p := range w.Permissions {
			byID[p.ID] = p
		}
		for _, x := range objectsOf(t, w) {
			if x.Ticket == nil {
				continue
			}
			for _, u := range w.Users {
				for _, g := range e.Reaching(u.ID, x.Ticket, false) {
					gives := byID[g.Permission].Agents
					if u.Kind == desk.Contact {
						gives = byID[g.Permission].Contacts
					}
					if byID[g.Permission].Disabled {
						gives = 0
					}
					ticketRights := gives & desk.QueueRights()
					if !e.Rights(u.ID, x).Contains(ticketRights) {
						t.Fatalf("user %d is reached by %+v on %+v but lacks %v", u.ID, g, x.Ticket, (ticketRights &^ e.Rights(u.ID, x)).Names())
					}
				}
			}
		}
	})
}
