package access_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gatehouse/access"
	"gatehouse/access/oracle"
	"gatehouse/access/worlds"
	"gatehouse/desk"
)

func TestWhoCanIsALoopOverCan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		engine, definition := access.New(w), oracle.New(w)
		superusers := rapid.Bool().Draw(t, "superusers")
		for _, q := range everyQuestion(w, objectsOf(t, w)) {
			if q.u != nobody {
				continue // a question about all users at once, so once is enough
			}
			want := definition.WhoCan(q.r, q.x, superusers)
			if got := provenHolders(t, w, engine.WhoCan(q.r, q.x, superusers), q); !slices.Equal(got, want) {
				t.Fatalf("WhoCan(%v, %s, %v) = %v, want %v\nin %+v", q.r, describe(q.x), superusers, got, want, *w)
			}
			if got := engine.WhoCanUsers(q.r, q.x, superusers); !slices.Equal(got, want) {
				t.Fatalf("WhoCanUsers(%v, %s, %v) = %v, want %v\nin %+v", q.r, describe(q.x), superusers, got, want, *w)
			}
			for _, kind := range []desk.UserKind{0, desk.Agent, desk.Contact} {
				anyone := slices.ContainsFunc(want, func(u desk.UserID) bool { return kind == 0 || engine.KindOf(u) == kind })
				if got := engine.AnyoneCan(kind, q.r, q.x, superusers); got != anyone {
					t.Fatalf("AnyoneCan(%v, %v, %s, %v) = %v, want one of %v\nin %+v", kind, q.r, describe(q.x), superusers, got, want, *w)
				}
			}
		}
	})
}

// provenHolders returns the users of holdings, whose proofs must hold.
func provenHolders(t *rapid.T, w *desk.World, holdings []access.Holding, q asked) []desk.UserID {
	var list []desk.UserID
	for _, h := range holdings {
		q.u = h.User
		list = append(list, h.User)
		if why := replay(w, q, h.Proof); why != "" || !h.Proof.Yes {
			t.Fatalf("the proof that %d may %v on %s does not hold: %s\n%+v\nin %+v", q.u, q.r, describe(q.x), why, h.Proof, *w)
		}
	}
	return list
}

func TestFillersAreTheOracles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		engine, definition := access.New(w), oracle.New(w)
		roles := desk.RoleSet(rapid.Uint64().Draw(t, "roles")) | desk.RolesOf(desk.Requestor)
		for _, f := range ticketsOf(t, w, 20) {
			want := definition.Fillers(f, roles)
			if diff := cmp.Diff(want, engine.Fillers(f, roles)); diff != "" {
				t.Fatalf("fillers of %+v (-want +got):\n%s\nin %+v", *f, diff, *w)
			}
			fillsAgrees(t, w, f, roles, want)
		}
	})
}

// fillsAgrees asks of each user by himself what the fillers are the answer to.
func fillsAgrees(t *rapid.T, w *desk.World, f *desk.TicketFacts, roles desk.RoleSet, fillers []access.Filling) {
	engine := access.New(w)
	for _, u := range usersOf(w) {
		want := slices.ContainsFunc(fillers, func(f access.Filling) bool { return f.User == u })
		if got := engine.Fills(u, roles, f); got != want {
			t.Fatalf("Fills(%d, %b, %+v) = %v, want %v\nin %+v", u, roles, *f, got, want, *w)
		}
	}
}

func TestMembershipIsTheOracles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		engine, definition := access.New(w), oracle.New(w)
		principals := []desk.PrincipalID{desk.Everyone, desk.Agents, desk.Contacts, desk.Customers, 99}
		for _, g := range w.Groups {
			principals = append(principals, g.ID)
		}
		for _, p := range principals {
			if got, want := engine.Members(p), definition.Members(p); !slices.Equal(got, want) {
				t.Fatalf("Members(%d) = %v, want %v\nin %+v", p, got, want, *w)
			}
		}
		for _, u := range w.Users {
			if !u.Disabled {
				membershipsAgree(t, w, desk.PrincipalID(u.ID))
			}
		}
	})
}

// membershipsAgree compares all that is asked about one user's memberships.
func membershipsAgree(t *rapid.T, w *desk.World, p desk.PrincipalID) {
	engine, definition := access.New(w), oracle.New(w)
	var groups, customers []desk.PrincipalID
	for _, g := range w.Groups {
		level := definition.Level(p, g.ID)
		if got, want := engine.IsMember(p, g.ID), level != oracle.NoPath; got != want {
			t.Fatalf("IsMember(%d, %d) = %v, want %v\nin %+v", p, g.ID, got, want, *w)
		}
		if level == oracle.NoPath {
			continue
		}
		groups = append(groups, g.ID)
		if !g.Customer {
			continue
		}
		customers = append(customers, g.ID)
		want := map[oracle.Level]desk.Part{oracle.AsContact: desk.PartContact, oracle.AsReader: desk.PartReader,
			oracle.AsMember: desk.PartMember, oracle.AsManager: desk.PartManager}[level]
		if got := engine.PartAt(desk.UserID(p), desk.CustomerID(g.ID)); got != want {
			t.Fatalf("PartAt(%d, %d) = %v, want %v\nin %+v", p, g.ID, got, want, *w)
		}
	}
	if got := engine.GroupsOf(p); !slices.Equal(got, groups) {
		t.Fatalf("GroupsOf(%d) = %v, want %v\nin %+v", p, got, groups, *w)
	}
	if got := engine.CustomersOf(desk.UserID(p)); !slices.Equal(got, customers) {
		t.Fatalf("CustomersOf(%d) = %v, want %v\nin %+v", p, got, customers, *w)
	}
	for _, info := range desk.AllRights() {
		var want []desk.QueueID
		for _, q := range w.Queues {
			if definition.Can(desk.UserID(p), info.Right, access.Queue(q.ID)) {
				want = append(want, q.ID)
			}
		}
		if got := engine.QueuesWhere(desk.UserID(p), info.Right); !slices.Equal(got, want) {
			t.Fatalf("QueuesWhere(%d, %v) = %v, want %v\nin %+v", p, info.Right, got, want, *w)
		}
	}
}

// TestWithinIsMembershipTurnedRound: the groups within a group are those
// enabled ones that are its deep members, itself included; a disabled group
// has none.
func TestWithinIsMembershipTurnedRound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		engine := access.New(w)
		for _, g := range w.Groups {
			var want []desk.PrincipalID
			for _, inner := range w.Groups {
				if !g.Disabled && !inner.Disabled && engine.IsMember(inner.ID, g.ID) {
					want = append(want, inner.ID)
				}
			}
			slices.Sort(want)
			got := slices.DeleteFunc(engine.Within(g.ID), func(p desk.PrincipalID) bool { return desk.SystemGroups()[p] != "" })
			if !slices.Equal(got, want) {
				t.Fatalf("Within(%d) = %v, want %v\nin %+v", g.ID, got, want, *w)
			}
		}
	})
}
