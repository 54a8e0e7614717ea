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
		for _, x := range objectsOf(t, w) {
			for _, info := range desk.AllRights() {
				r := info.Right
				want := definition.WhoCan(r, x, superusers)
				var got []desk.UserID
				for _, h := range engine.WhoCan(r, x, superusers) {
					got = append(got, h.User)
					if why := replay(w, h.User, r, x, h.Proof); why != "" || !h.Proof.Yes {
						t.Fatalf("the proof that %d may %v on %s does not hold: %s\n%+v\nin %+v", h.User, r, describe(x), why, h.Proof, *w)
					}
				}
				if !slices.Equal(got, want) {
					t.Fatalf("WhoCan(%v, %s, %v) = %v, want %v\nin %+v", r, describe(x), superusers, got, want, *w)
				}
				if got := engine.WhoCanUsers(r, x, superusers); !slices.Equal(got, want) {
					t.Fatalf("WhoCanUsers(%v, %s, %v) = %v, want %v\nin %+v", r, describe(x), superusers, got, want, *w)
				}
			}
		}
	})
}

func TestFillersAreTheOracles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		engine, definition := access.New(w), oracle.New(w)
		for _, f := range ticketsOf(t, w, 20) {
			for _, roles := range []desk.RoleSet{^desk.RoleSet(0), desk.RolesOf(desk.Requestor), desk.RolesOf(desk.Cc, worlds.Supervisor)} {
				got, want := engine.Fillers(f, roles), definition.Fillers(f, roles)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("fillers of %+v (-want +got):\n%s\nin %+v", *f, diff, *w)
				}
				for _, u := range usersOf(w) {
					got := engine.Fills(u, roles, f)
					if want := slices.ContainsFunc(want, func(f access.Filling) bool { return f.User == u }); got != want {
						t.Fatalf("Fills(%d, %b, %+v) = %v, want %v\nin %+v", u, roles, *f, got, want, *w)
					}
				}
			}
		}
	})
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
