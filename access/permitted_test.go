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

// TestWhoHoldsWhat is a small world by hand: Ann is a member of Acme, Rita a
// reader, Carl has the part contact; Al is an agent in the group Crew.
func TestWhoHoldsWhat(t *testing.T) {
	const ann, rita, carl, al = 101, 102, 103, 104
	const group, crew, off = 201, 202, 203
	const acme = 301
	ro, note, rw := desk.PermissionID(1), desk.PermissionID(4), desk.RW
	own := desk.RolesOf(desk.Requestor, desk.CustomerRole)
	on := desk.OnGroup(group)
	for _, tt := range []struct {
		why   string
		grant desk.Grant
		who   desk.PrincipalID
		other bool
		want  bool
		reads bool
	}{
		{why: "his own", grant: desk.Grant{Who: ann, As: own, Permission: ro, Place: on}, who: ann, want: true},
		{why: "as Requestor alone is enough", grant: desk.Grant{Who: ann, As: desk.RolesOf(desk.Requestor), Permission: ro, Place: on}, who: ann, want: true},
		{why: "as Cc is no relation", grant: desk.Grant{Who: ann, As: desk.RolesOf(desk.Cc), Permission: ro, Place: on}, who: ann},
		{why: "another's", grant: desk.Grant{Who: ann, As: own, Permission: ro, Place: on}, who: rita},
		{why: "his customer's, whatever his part", grant: desk.Grant{Who: acme, As: own, Permission: rw, Place: on}, who: carl, want: true},
		{why: "on others' tickets as a member", grant: desk.Grant{Who: acme, Permission: rw, Place: on}, who: ann, other: true, want: true},
		{why: "on others' tickets as a reader, reading", grant: desk.Grant{Who: acme, Permission: ro, Place: on}, who: rita, other: true, want: true, reads: true},
		{why: "on others' tickets with the part contact", grant: desk.Grant{Who: acme, Permission: ro, Place: on}, who: carl, other: true},
		{why: "what is for others is not for one's own", grant: desk.Grant{Who: acme, Permission: ro, Place: on}, who: ann},
		{why: "what is for one's own is not for others", grant: desk.Grant{Who: acme, As: own, Permission: ro, Place: on}, who: ann, other: true},
		{why: "an agent through a group", grant: desk.Grant{Who: crew, Permission: note, Place: on}, who: al, want: true},
		{why: "an agent by a grant with a role", grant: desk.Grant{Who: crew, As: own, Permission: note, Place: on}, who: al},
		{why: "on the whole desk", grant: desk.Grant{Who: desk.Agents, Permission: ro, Place: desk.OnSystem()}, who: al, want: true},
		{why: "on a queue is on no group", grant: desk.Grant{Who: al, Permission: ro, Place: desk.OnQueue(401)}, who: al},
		{why: "a right is no permission", grant: desk.Grant{Who: al, Right: desk.ShowTicket, Place: on}, who: al},
		{why: "its last day is past", grant: desk.Grant{Who: al, Permission: ro, Place: on, Until: worlds.Today - 1}, who: al},
		{why: "on a disabled group", grant: desk.Grant{Who: al, Permission: ro, Place: desk.OnGroup(off)}, who: al},
	} {
		tt.grant.ID = 1
		e := access.New(&desk.World{
			Today: worlds.Today, Permissions: desk.ShippedPermissions(), Settings: desk.DefaultAccessSettings(), Grants: []desk.Grant{tt.grant},
			Users:  []desk.WorldUser{{ID: ann, Kind: desk.Contact}, {ID: rita, Kind: desk.Contact}, {ID: carl, Kind: desk.Contact}, {ID: al, Kind: desk.Agent}},
			Groups: []desk.WorldGroup{{ID: group}, {ID: crew}, {ID: off, Disabled: true}, {ID: acme, Customer: true}},
			Queues: []desk.WorldQueue{{ID: 401, AccessGroup: group}},
			Memberships: []desk.Membership{{Group: acme, Member: ann, Part: desk.PartMember}, {Group: acme, Member: rita, Part: desk.PartReader},
				{Group: acme, Member: carl, Part: desk.PartContact}, {Group: crew, Member: al}},
		})
		held := e.Permitted(tt.who, desk.GroupID(tt.grant.Place.ID), tt.other)
		if tt.grant.Place.Kind == desk.SystemPlace {
			held = e.Permitted(tt.who, group, tt.other)
		}
		if len(held) > 0 != tt.want || len(held) > 0 && held[0].Reads != tt.reads {
			t.Errorf("%s: got %+v, want one: %t", tt.why, held, tt.want)
		}
	}
}
