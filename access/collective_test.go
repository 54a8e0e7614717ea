package access_test

import (
	"testing"

	"pgregory.net/rapid"

	"gatehouse/access"
	"gatehouse/access/worlds"
	"gatehouse/desk"
)

// newcomer is a user whom no world has.
const newcomer desk.UserID = 9000

// TestWhatAGroupHoldsItsMembersHold: an agent who is a member of a group and
// nothing else holds at least what the group itself does.
func TestWhatAGroupHoldsItsMembersHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		e := access.New(w)
		for _, g := range w.Groups {
			if throughCustomer(e, g.ID) {
				continue // a part there may be less than the customer has
			}
			joined := e.With(access.Change{Version: w.Version + 1, Users: []desk.WorldUser{{ID: newcomer, Kind: desk.Agent}},
				Memberships: []desk.Membership{{Group: g.ID, Member: desk.PrincipalID(newcomer)}}})
			for _, x := range objectsOf(t, w) {
				if group, member := e.RightsOfGroup(g.ID, x), joined.Rights(newcomer, x); !member.Contains(group) {
					t.Fatalf("group %d holds %v on %v, its member only %v", g.ID, group.Names(), x, member.Names())
				}
			}
		}
	})
}

func throughCustomer(e *access.Engine, g desk.PrincipalID) bool {
	for _, above := range append(e.GroupsOf(g), g) {
		if e.IsCustomer(above) {
			return true
		}
	}
	return false
}

// TestWhatARoleGivesWhoeverFillsItHolds: an agent and a contact who are put
// into a role of a ticket hold at least what the role gives by itself.
func TestWhatARoleGivesWhoeverFillsItHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		e := access.New(w)
		for _, f := range ticketsOf(t, w, 4) {
			for role := desk.Requestor; role <= desk.FirstOwnRole; role++ {
				wantHeld(t, e, role, f)
			}
		}
	})
}

func wantHeld(t *rapid.T, e *access.Engine, role desk.RoleID, f *desk.TicketFacts) {
	x, with := access.Ticket(f), *f
	with.Holders = append([]desk.Holder{{Role: role, Who: desk.PrincipalID(newcomer)}}, f.Holders...)
	for _, kind := range []desk.UserKind{desk.Agent, desk.Contact} {
		one := e.With(access.Change{Version: e.Version() + 1, Users: []desk.WorldUser{{ID: newcomer, Kind: kind}}})
		if gives, holds := e.RightsOfRole(role, x, x), one.Rights(newcomer, access.Ticket(&with)); !holds.Contains(gives) {
			t.Fatalf("role %d gives %v on %v, kind %d in it holds %v", role, gives.Names(), f, kind, holds.Names())
		}
	}
}

// TestRightsOfGroupsAndRoles: what everybody has is not the group's, and a
// role gives nothing beside the thing on which it is filled.
func TestRightsOfGroupsAndRoles(t *testing.T) {
	const top, low, off, queue, other = 201, 202, 203, 1, 2
	requestor := desk.RolesOf(desk.Requestor)
	e := access.New(&desk.World{Settings: desk.DefaultAccessSettings(),
		Groups:      []desk.WorldGroup{{ID: top}, {ID: low}, {ID: off, Disabled: true}},
		Memberships: []desk.Membership{{Group: top, Member: low}},
		Queues:      []desk.WorldQueue{{ID: queue}, {ID: other}},
		Watchers:    []desk.Watcher{{Queue: queue, Role: desk.Requestor, Who: low}},
		Grants: []desk.Grant{
			{ID: 1, Who: top, Right: desk.SeeQueue, Place: desk.OnSystem()},
			{ID: 2, Who: off, Right: desk.SeeQueue, Place: desk.OnSystem()},
			{ID: 3, Who: desk.Everyone, Right: desk.Watch, Place: desk.OnSystem()},
			{ID: 4, Who: desk.Everyone, As: requestor, Right: desk.ShowTicket, Place: desk.OnSystem()},
			{ID: 5, Who: top, As: requestor, Right: desk.ReplyToTicket, Place: desk.OnQueue(queue)},
		}})
	ticket := access.Ticket(&desk.TicketFacts{ID: 7, Queue: queue})
	for _, tt := range []struct {
		why  string
		got  desk.RightSet
		want desk.RightSet
	}{
		{"a group above, and the role in which it stands", e.RightsOfGroup(low, access.Queue(queue)),
			desk.RightsOf(desk.SeeQueue, desk.ShowTicket, desk.ReplyToTicket)},
		{"the upper one does not stand there", e.RightsOfGroup(top, access.Queue(queue)), desk.RightsOf(desk.SeeQueue)},
		{"a disabled group", e.RightsOfGroup(off, access.Queue(queue)), 0},
		{"no group", e.RightsOfGroup(999, access.Queue(queue)), 0},
		{"a role on the ticket", e.RightsOfRole(desk.Requestor, ticket, ticket), desk.RightsOf(desk.ShowTicket)},
		{"a role on its queue", e.RightsOfRole(desk.Requestor, access.Queue(queue), ticket), desk.RightsOf(desk.ShowTicket)},
		{"a role on the desk", e.RightsOfRole(desk.Requestor, access.System(), ticket), desk.RightsOf(desk.ShowTicket)},
		{"a role on another queue", e.RightsOfRole(desk.Requestor, access.Queue(other), ticket), 0},
		{"another role", e.RightsOfRole(desk.Cc, ticket, ticket), 0},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.why, tt.got.Names(), tt.want.Names())
		}
	}
}
