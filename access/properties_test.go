package access_test

import (
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gatehouse/access"
	"gatehouse/access/worlds"
	"gatehouse/desk"
)

// rightsOf returns the rights of all users on all objects.
func rightsOf(w *desk.World, objects []access.Object) []desk.RightSet {
	e := access.New(w)
	var list []desk.RightSet
	for _, x := range objects {
		for _, u := range usersOf(w) {
			list = append(list, e.Rights(u, x))
		}
	}
	return list
}

func TestAnotherGrantTakesNothingAway(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		objects := objectsOf(t, w)
		all := rightsOf(w, objects)
		without := *w
		i := rapid.IntRange(0, len(w.Grants)-1).Draw(t, "grant")
		id := w.Grants[i].ID
		without.Grants = slices.DeleteFunc(slices.Clone(w.Grants), func(g desk.Grant) bool { return g.ID == id || g.Source == id })
		for i, fewer := range rightsOf(&without, objects) {
			if !all[i].Contains(fewer) {
				t.Fatalf("grant %d takes %v away\nin %+v", id, (fewer &^ all[i]).Names(), *w)
			}
		}
	})
}

func TestDisablingAndEnablingChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		objects := objectsOf(t, w)
		e := access.New(w)
		want := answersOf(e, w, objects)
		for _, g := range w.Groups {
			for _, disabled := range []bool{!g.Disabled, g.Disabled} {
				e = e.With(access.Change{Version: 1, Switched: []access.Switch{{Group: g.ID, Disabled: disabled}}})
			}
		}
		for _, u := range w.Users {
			for _, disabled := range []bool{!u.Disabled, u.Disabled} {
				u.Disabled = disabled
				e = e.With(access.Change{Version: 1, Users: []desk.WorldUser{u}})
			}
		}
		if diff := cmp.Diff(want, answersOf(e, w, objects)); diff != "" {
			t.Fatalf("(-before +after):\n%s\nin %+v", diff, *w)
		}
	})
}

// TestOrderDoesNotMatter turns all lists of a world round.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		objects := objectsOf(t, w)
		want := rightsOf(w, objects)
		slices.Reverse(w.Groups)
		slices.Reverse(w.Memberships)
		slices.Reverse(w.Queues)
		slices.Reverse(w.Grants)
		slices.Reverse(w.Watchers)
		if got := rightsOf(w, objects); !slices.Equal(got, want) {
			t.Fatalf("rights are %v, want %v\nin %+v", got, want, *w)
		}
	})
}

// TestNumbersDoNotMatter gives all principals other numbers, far apart.
func TestNumbersDoNotMatter(t *testing.T) {
	far := func(p desk.PrincipalID) desk.PrincipalID {
		if p < desk.FirstPrincipal {
			return p
		}
		return 1_000_000 - 700*p
	}
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		objects := objectsOf(t, w)
		want := rightsOf(w, objects)
		renumber(w, far)
		for i, x := range objects {
			objects[i] = renumbered(x, far)
		}
		if got := rightsOf(w, objects); !slices.Equal(got, want) {
			t.Fatalf("rights are %v, want %v\nin %+v", got, want, *w)
		}
	})
}

func renumber(w *desk.World, far func(desk.PrincipalID) desk.PrincipalID) {
	for i := range w.Users {
		w.Users[i].ID = desk.UserID(far(desk.PrincipalID(w.Users[i].ID)))
	}
	for i := range w.Groups {
		w.Groups[i].ID = far(w.Groups[i].ID)
	}
	for i, m := range w.Memberships {
		w.Memberships[i].Group, w.Memberships[i].Member = far(m.Group), far(m.Member)
	}
	for i, q := range w.Queues {
		w.Queues[i].AccessGroup = desk.GroupID(far(desk.PrincipalID(q.AccessGroup)))
	}
	for i := range w.Watchers {
		w.Watchers[i].Who = far(w.Watchers[i].Who)
	}
	for i := range w.Grants {
		g := &w.Grants[i]
		g.Who, g.Delegator = far(g.Who), desk.UserID(far(desk.PrincipalID(g.Delegator)))
		g.Place = renumbered(access.Object{Place: g.Place}, far).Place
	}
}

// renumbered is an object under its new number.
func renumbered(x access.Object, far func(desk.PrincipalID) desk.PrincipalID) access.Object {
	if x.Place.Kind == desk.GroupPlace || x.Place.Kind == desk.CustomerPlace {
		x.Place.ID = int64(far(desk.PrincipalID(x.Place.ID)))
	}
	if x.Ticket == nil {
		return x
	}
	f := *x.Ticket
	f.Reporter = desk.UserID(far(desk.PrincipalID(f.Reporter)))
	f.Holders = slices.Clone(f.Holders)
	for i := range f.Holders {
		f.Holders[i].Who = far(f.Holders[i].Who)
	}
	x.Ticket = &f
	return x
}

func TestNewKeepsTheWorldAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		objects := objectsOf(t, w)
		kept := *w
		kept.Users, kept.Groups, kept.Memberships = slices.Clone(w.Users), slices.Clone(w.Groups), slices.Clone(w.Memberships)
		kept.Grants, kept.Watchers, kept.Roles = slices.Clone(w.Grants), slices.Clone(w.Watchers), slices.Clone(w.Roles)
		e := access.New(w)
		want := answersOf(e, w, objects)
		if !reflect.DeepEqual(*w, kept) {
			t.Fatal("New changed the world")
		}
		clear(w.Users)
		clear(w.Groups)
		clear(w.Memberships)
		clear(w.Grants)
		clear(w.Watchers)
		clear(w.Roles)
		clear(w.Permissions)
		if diff := cmp.Diff(want, answersOf(e, &kept, objects)); diff != "" {
			t.Fatalf("the engine depends on the world's memory:\n%s", diff)
		}
	})
}

// TestOddWorlds: what refers to nothing counts for nothing, and nothing
// panics or takes for ever.
func TestOddWorlds(t *testing.T) {
	w := granted(aDesk(), rightTo(999, desk.ShowTicket, desk.OnSystem()), rightTo(team, desk.ShowTicket, desk.OnQueue(77)),
		rightTo(team, 0, desk.OnSystem()), rightTo(team, 63, desk.OnSystem()),
		desk.Grant{Who: team, Permission: 99, Place: desk.OnSystem()},
		desk.Grant{Who: team, Right: desk.ShowTicket, Place: desk.OnSystem(), Source: 999, Delegator: lead},
		desk.Grant{Who: 1 << 40, Right: desk.ShowTicket, Place: desk.OnQueue(1 << 40)})
	w.Memberships = append(w.Memberships, []desk.Membership{
		{Group: team, Member: team}, {Group: crew, Member: team}, {Group: 999, Member: desk.PrincipalID(agent)}, {Group: team, Member: 998},
		{Group: desk.PrincipalID(agent), Member: desk.PrincipalID(lead)}, {Group: team, Member: desk.PrincipalID(agent)}, {Group: -1, Member: -1},
	}...)
	w.Users = append(w.Users, desk.WorldUser{ID: -5}, desk.WorldUser{ID: 1 << 50}, desk.WorldUser{ID: 0}, desk.WorldUser{ID: 3})
	w.Watchers = []desk.Watcher{{Queue: 77, Role: desk.Cc, Who: team}, {Role: 200, Who: team}, {Role: desk.Cc, Who: 999}}
	w.Queues = append(w.Queues, desk.WorldQueue{ID: 0}, desk.WorldQueue{ID: -1, AccessGroup: 999}, desk.WorldQueue{ID: support})
	w.Roles = []desk.Role{{ID: 200, Everywhere: true}, {ID: 0}}
	e := access.New(w)
	odd := &desk.TicketFacts{Queue: support, Reporter: -1, Sharing: 9, Holders: []desk.Holder{{Role: 200, Who: team}, {Role: desk.CustomerRole, Who: -3}}}
	for _, u := range []desk.UserID{agent, lead, -5, 0, 3, 1 << 50, 1 << 62, desk.UserID(team)} {
		for _, x := range []access.Object{access.Ticket(odd), access.Queue(77), access.Queue(-1), {}, access.System(), access.Group(1 << 60)} {
			if held := e.Rights(u, x); held != 0 {
				t.Errorf("%d holds %v on %s", u, held.Names(), describe(x))
			}
			e.Explain(u, desk.ShowTicket, x)
		}
		e.Scope(u, desk.ShowTicket)
	}
	if got, want := e.Members(crew), users(agent, lead); !slices.Equal(got, want) {
		t.Errorf("members in a circle are %v, want %v", got, want)
	}
	next := e.With(access.Change{Users: []desk.WorldUser{{ID: -7}, {ID: 1 << 60}, {ID: 2}},
		Memberships: []desk.Membership{{Group: 999, Member: 1}, {Group: team, Member: 997}, {Group: team, Member: team}},
		Left:        []desk.Membership{{Group: 5, Member: 6}, {Group: team, Member: desk.PrincipalID(reader)}},
		Switched:    []access.Switch{{Group: 999, Disabled: true}, {Group: desk.Everyone, Disabled: true}}})
	if got, want := next.Members(crew), users(agent, lead); !slices.Equal(got, want) {
		t.Errorf("after an odd change, members are %v, want %v", got, want)
	}
}

func TestWouldCycle(t *testing.T) {
	w := aDesk()
	w.Groups[1].Disabled = true // crew
	w.Memberships = append(w.Memberships, desk.Membership{Group: acme, Member: team, Part: desk.PartReader, From: w.Today + 1},
		desk.Membership{Group: team, Member: desk.Agents})
	e := access.New(w)
	for _, tt := range []struct {
		why           string
		group, member desk.PrincipalID
		want          []desk.PrincipalID
	}{
		{"a group in itself", team, team, []desk.PrincipalID{team}},
		{"a disabled group counts", crew, team, []desk.PrincipalID{crew, team}},
		{"so does what is not yet in force", crew, acme, []desk.PrincipalID{crew, team, acme}},
		{"a customer is in Customers by itself", acme, desk.Customers, []desk.PrincipalID{acme, desk.Customers}},
		{"the same way again is no circle", team, crew, nil},
		{"a user closes none", team, desk.PrincipalID(lead), nil},
		{"a rival neither", rival, acme, nil},
	} {
		t.Run(tt.why, func(t *testing.T) {
			if got := e.WouldCycle(tt.group, tt.member); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestCanAllocatesNothing(t *testing.T) {
	w := granted(aDesk(), rightTo(desk.Everyone, desk.ShowTicket, desk.OnSystem(), desk.Requestor, desk.AdminCc))
	w.Watchers = []desk.Watcher{{Queue: support, Role: desk.AdminCc, Who: acme}}
	e := access.New(w)
	ticket := access.Ticket(forAcme(contact, desk.ManagersOnly))
	for _, u := range usersOf(w) {
		if n := testing.AllocsPerRun(10, func() { e.Can(u, desk.ShowTicket, ticket) }); n != 0 {
			t.Errorf("Can of %d allocates %v times", u, n)
		}
	}
}

// TestReadersAndWithTogether is for the race detector: engines share what
// stayed, so that With must not write to any of it.
func TestReadersAndWithTogether(t *testing.T) {
	w := granted(aDesk(), rightTo(team, desk.ShowTicket, desk.OnGroup(desk.GroupID(team))))
	e := access.New(w)
	var done sync.WaitGroup
	change := func(disabled bool) {
		next := e.With(access.Change{Memberships: []desk.Membership{{Group: crew, Member: desk.PrincipalID(member)}},
			Switched: []access.Switch{{Group: team, Disabled: disabled}}})
		next.Scope(member, desk.ShowTicket)
		if next.IsMember(desk.PrincipalID(member), crew) == e.IsMember(desk.PrincipalID(member), crew) {
			t.Error("the change is not in the new engine alone")
		}
		e.WhoCan(desk.ShowTicket, access.Ticket(forAcme(member, desk.Shared)), true)
	}
	for n := range 8 {
		done.Go(func() {
			for i := range 50 {
				change((n+i)%2 == 0)
			}
		})
	}
	done.Wait()
}
