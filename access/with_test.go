package access_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gatehouse/access"
	"gatehouse/access/worlds"
	"gatehouse/desk"
)

// A changer changes a world and says how, as the store does.
type changer struct {
	*rapid.T
	w *desk.World
}

// change changes up to three things.
func (c changer) change() access.Change {
	c.w.Version++
	done := access.Change{Version: c.w.Version}
	for range rapid.IntRange(1, 3).Draw(c.T, "changes") {
		switch rapid.IntRange(1, 8).Draw(c.T, "change") {
		case 1:
			c.changeUser(&done)
		case 2:
			c.flip(&done)
		case 3:
			c.leave(&done)
		case 4:
			c.revoke(&done)
		case 5:
			c.give(&done)
		default:
			c.join(&done)
		}
	}
	return done
}

// changeUser makes a user, turns one's kind round, or disables or enables him.
func (c changer) changeUser(done *access.Change) {
	i := rapid.IntRange(0, len(c.w.Users)).Draw(c.T, "user")
	if i == len(c.w.Users) {
		c.w.Users = append(c.w.Users, desk.WorldUser{ID: c.w.Users[i-1].ID + 1, Kind: desk.Contact})
	} else if u := &c.w.Users[i]; rapid.Bool().Draw(c.T, "turn") {
		u.Kind = desk.Agent + desk.Contact - u.Kind
	} else {
		u.Disabled = !u.Disabled
	}
	done.Users = append(done.Users, c.w.Users[i])
}

// revoke takes a grant away from which nothing was delegated.
func (c changer) revoke(done *access.Change) {
	if len(c.w.Grants) == 0 {
		return
	}
	g := c.w.Grants[rapid.IntRange(0, len(c.w.Grants)-1).Draw(c.T, "grant")]
	same := func(o desk.Grant) bool { return o.ID == g.ID }
	passedOn := func(o desk.Grant) bool { return o.Source == g.ID }
	if g.Source != 0 || slices.ContainsFunc(c.w.Grants, passedOn) || slices.ContainsFunc(done.Granted, same) {
		return
	}
	c.w.Grants = slices.DeleteFunc(slices.Clone(c.w.Grants), same)
	done.Revoked = append(done.Revoked, g.ID)
}

// give makes a grant like one that is there, to somebody else.
func (c changer) give(done *access.Change) {
	if len(c.w.Grants) == 0 {
		return
	}
	g := rapid.SampledFrom(c.w.Grants).Draw(c.T, "like")
	g.ID, g.Source, g.Delegator = desk.GrantID(1000*c.w.Version)+desk.GrantID(len(done.Granted)), 0, 0
	g.Who = rapid.SampledFrom(append(principalsOf(c.w), desk.Contacts, desk.Everyone)).Draw(c.T, "to")
	c.w.Grants = append(slices.Clone(c.w.Grants), g)
	done.Granted = append(done.Granted, g)
}

func (c changer) flip(done *access.Change) {
	if len(c.w.Groups) == 0 {
		return
	}
	g := &c.w.Groups[rapid.IntRange(0, len(c.w.Groups)-1).Draw(c.T, "group")]
	g.Disabled = !g.Disabled
	done.Switched = append(done.Switched, access.Switch{Group: g.ID, Disabled: g.Disabled})
}

// leave takes memberships of a pair away, if the change has not made them:
// what goes, goes before what comes.
func (c changer) leave(done *access.Change) {
	if len(c.w.Memberships) == 0 {
		return
	}
	m := c.w.Memberships[rapid.IntRange(0, len(c.w.Memberships)-1).Draw(c.T, "membership")]
	if slices.ContainsFunc(done.Memberships, samePair(m)) {
		return
	}
	c.w.Memberships = slices.DeleteFunc(c.w.Memberships, samePair(m))
	done.Left = append(done.Left, m)
}

func samePair(m desk.Membership) func(desk.Membership) bool {
	return func(o desk.Membership) bool { return o.Group == m.Group && o.Member == m.Member }
}

// join makes a membership, or changes the part and the days of one.
func (c changer) join(done *access.Change) {
	if len(c.w.Groups) == 0 {
		return
	}
	members := []desk.PrincipalID{desk.Agents, desk.Customers}
	for _, u := range c.w.Users {
		members = append(members, desk.PrincipalID(u.ID), desk.PrincipalID(u.ID))
	}
	for _, g := range c.w.Groups {
		members = append(members, g.ID)
	}
	m := desk.Membership{Group: rapid.SampledFrom(c.w.Groups).Draw(c.T, "group").ID, Member: rapid.SampledFrom(members).Draw(c.T, "member")}
	if access.New(c.w).WouldCycle(m.Group, m.Member) != nil {
		return
	}
	if m.Group >= worlds.FirstCustomer {
		m.Part = desk.Part(rapid.IntRange(1, 4).Draw(c.T, "part"))
	}
	if rapid.IntRange(1, 5).Draw(c.T, "days") == 5 {
		m.From = worlds.Today + 1
	}
	c.w.Memberships = append(slices.DeleteFunc(c.w.Memberships, samePair(m)), m)
	done.Memberships = append(done.Memberships, m)
}

// answers is everything that an engine says about some tickets and objects.
type answers struct {
	Version int64
	Rights  []desk.RightSet
	Scopes  []desk.Scope
	Who     [][]desk.UserID
	Fillers [][]access.Filling
	Groups  [][]desk.PrincipalID
	Members [][]desk.UserID
	Parts   []desk.Part
	Why     []access.Proof
}

func answersOf(e *access.Engine, w *desk.World, objects []access.Object) answers {
	a := answers{Version: e.Version()}
	for _, x := range objects {
		for _, u := range usersOf(w) {
			a.Rights = append(a.Rights, e.Rights(u, x))
			a.Why = append(a.Why, e.Explain(u, desk.ShowTicket, x))
		}
		a.Who = append(a.Who, e.WhoCanUsers(desk.ShowTicket, x, true), e.WhoCanUsers(desk.AdminCustomer, x, false))
		if x.Ticket != nil {
			a.Fillers = append(a.Fillers, e.Fillers(x.Ticket, ^desk.RoleSet(0)))
		}
	}
	for _, u := range usersOf(w) {
		a.Scopes = append(a.Scopes, e.Scope(u, desk.ShowTicket), e.Scope(u, desk.ReplyToTicket))
		a.Groups = append(a.Groups, e.GroupsOf(desk.PrincipalID(u)), e.CustomersOf(u))
		for _, g := range w.Groups {
			a.Parts = append(a.Parts, e.PartAt(u, desk.CustomerID(g.ID)))
		}
	}
	for _, g := range w.Groups {
		a.Members = append(a.Members, e.Members(g.ID))
		a.Groups = append(a.Groups, e.GroupsOf(g.ID))
	}
	a.Members = append(a.Members, e.Members(desk.Agents), e.Members(desk.Customers), e.Members(desk.Everyone))
	return a
}

// TestWithAnotherKind: without company tickets contacts have the part contact,
// which is no longer so for one who becomes an agent.
func TestWithAnotherKind(t *testing.T) {
	w := aDesk()
	w.Settings.CompanyTickets = false
	e := access.New(w).With(access.Change{Users: []desk.WorldUser{{ID: manager, Kind: desk.Agent}}})
	if got := e.PartAt(manager, desk.CustomerID(acme)); got != desk.PartManager {
		t.Errorf("as an agent he has the part %v, want manager", got)
	}
	e = e.With(access.Change{Users: []desk.WorldUser{{ID: manager, Kind: desk.Contact}}})
	if got := e.PartAt(manager, desk.CustomerID(acme)); got != desk.PartContact {
		t.Errorf("as a contact he has the part %v, want contact", got)
	}
}

func TestWithIsNewOfTheWorldAfter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		objects := objectsOf(t, w)
		engine := access.New(w)
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			before, old := engine, answersOf(engine, w, objects)
			users := slices.Clone(w.Users)
			change := changer{t, w}.change()
			engine = engine.With(change)
			if got, want := answersOf(engine, w, objects), answersOf(access.New(w), w, objects); !reflect.DeepEqual(got, want) {
				t.Fatalf("after %+v (-New +With):\n%s\nin %+v", change, cmp.Diff(want, got), *w)
			}
			then := *w
			then.Users = users
			if now := answersOf(before, &then, objects); !reflect.DeepEqual(old, now) {
				t.Fatalf("%+v changed the engine before it (-before +after):\n%s\nin %+v", change, cmp.Diff(old, now), *w)
			}
		}
	})
}
