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
// each permission in one context.
func TestPermittedAgreesWithTheOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		e, o := access.New(w), oracle.New(w)
		p := rapid.SampledFrom(w.Permissions).Draw(t, "permission")
		other := rapid.Bool().Draw(t, "other")
		for _, who := range principalsOf(w) {
			for _, g := range w.Groups {
				want := o.Permitted(who, desk.GroupID(g.ID), p.ID, other, p.Reads())
				if got := permitted(e, who, desk.GroupID(g.ID), p, other); got != want {
					t.Fatalf("%d has %s on %d (other: %t): %t, want %t\nin %+v", who, p.Name, g.ID, other, got, want, *w)
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
		other := rapid.Bool().Draw(t, "other")
		for _, g := range w.Groups {
			listed := listedOn(e, desk.GroupID(g.ID), other)
			for _, who := range principalsOf(w) {
				plain := !e.IsCustomer(who) && who >= worlds.FirstGroup
				held := slices.Contains(e.PermittedGroups(who, other), desk.GroupID(g.ID))
				if !plain && held != slices.Contains(listed, who) {
					t.Fatalf("group %d is among those of %d: %t; he is listed on it: %v (other: %t)\nin %+v", g.ID, who, held, listed, other, *w)
				}
			}
		}
	})
}

// listedOn returns the users and customers listed on a group.
func listedOn(e *access.Engine, group desk.GroupID, other bool) []desk.PrincipalID {
	users, customers := e.PermittedOn(group, other)
	var list []desk.PrincipalID
	for _, u := range users {
		list = append(list, desk.PrincipalID(u))
	}
	for _, c := range customers {
		list = append(list, desk.PrincipalID(c))
	}
	return list
}

// TestReachingIsWhatOneMay: who is reached on a ticket by a grant of a
// permission may do there what the permission gives him.
func TestReachingIsWhatOneMay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		e := access.New(w)
		for _, x := range objectsOf(t, w) {
			for _, u := range w.Users {
				if missing := promised(w, e, u, x) &^ e.Rights(u.ID, x); missing != 0 {
					t.Fatalf("user %d is reached on %+v but lacks %v\nin %+v", u.ID, x.Ticket, missing.Names(), *w)
				}
			}
		}
	})
}

// promised returns the rights of the permissions that reach a user on a ticket.
func promised(w *desk.World, e *access.Engine, u desk.WorldUser, x access.Object) desk.RightSet {
	if x.Ticket == nil {
		return 0
	}
	var rights desk.RightSet
	for _, g := range e.Reaching(u.ID, x.Ticket, false) {
		p := w.Permissions[slices.IndexFunc(w.Permissions, func(p desk.Permission) bool { return p.ID == g.Permission })]
		switch {
		case p.Disabled:
		case u.Kind == desk.Contact:
			rights |= p.Contacts
		default:
			rights |= p.Agents
		}
	}
	return rights & desk.QueueRights()
}
