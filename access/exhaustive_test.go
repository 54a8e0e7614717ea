package access_test

import (
	"testing"

	"gatehouse/access"
	"gatehouse/access/oracle"
	"gatehouse/desk"
)

// The tiny worlds have one user, a group and a customer.
const (
	one  = desk.PrincipalID(101)
	some = desk.PrincipalID(201)
	firm = desk.PrincipalID(301)
)

// noPart makes no membership at all.
const noPart = desk.PartNone

// eachTinyGraph yields every way in which they can be members of one another,
// enabled and disabled, for both kinds of user.
func eachTinyGraph(yield func(desk.World)) {
	parts := []desk.Part{noPart, desk.PartContact, desk.PartReader, desk.PartMember, desk.PartManager}
	for n := range 2 * 2 * 2 * 2 {
		for _, ofUser := range parts {
			for _, ofGroup := range parts {
				yield(tinyGraph(n, ofUser, desk.Membership{Group: firm, Member: some, Part: ofGroup}))
			}
			yield(tinyGraph(n, ofUser, desk.Membership{Group: some, Member: firm, Part: desk.PartMember}))
		}
	}
}

// tinyGraph: the bits of n say what kind the user is, what is disabled and
// whether he is in the group. Memberships without a part are left out.
func tinyGraph(n int, ofUser desk.Part, between desk.Membership) desk.World {
	w := desk.World{Settings: desk.DefaultAccessSettings(), Queues: []desk.WorldQueue{{ID: support}},
		Users:  []desk.WorldUser{{ID: desk.UserID(one), Kind: desk.Agent + desk.UserKind(n&1)}},
		Groups: []desk.WorldGroup{{ID: some, Disabled: n&2 != 0}, {ID: firm, Customer: true, Disabled: n&4 != 0}}}
	if n&8 != 0 {
		w.Memberships = append(w.Memberships, desk.Membership{Group: some, Member: one})
	}
	if ofUser != noPart {
		w.Memberships = append(w.Memberships, desk.Membership{Group: firm, Member: one, Part: ofUser})
	}
	if between.Part != noPart {
		w.Memberships = append(w.Memberships, between)
	}
	return w
}

// tinyTickets are all tickets with their sharing, their reporter and one or
// two of those who can stand on them.
func tinyTickets() []*desk.TicketFacts {
	var list []*desk.TicketFacts
	holders := [][]desk.Holder{
		nil,
		{{Role: desk.Requestor, Who: one}},
		{{Role: desk.Requestor, Who: some}},
		{{Role: desk.Requestor, Who: firm}},
		{{Role: desk.CustomerRole, Who: firm}},
		{{Role: desk.Requestor, Who: some}, {Role: desk.CustomerRole, Who: firm}},
		{{Role: desk.Requestor, Who: firm}, {Role: desk.CustomerRole, Who: firm}},
	}
	for _, sharing := range []desk.Sharing{desk.Shared, desk.ManagersOnly, desk.Private} {
		for _, reporter := range []desk.UserID{0, desk.UserID(one)} {
			for _, h := range holders {
				list = append(list, &desk.TicketFacts{ID: 1, Queue: support, Sharing: sharing, Reporter: reporter, Holders: h})
			}
		}
	}
	return list
}

func TestAllTinyWorlds(t *testing.T) {
	tickets := tinyTickets()
	worlds := 0
	eachTinyGraph(func(w desk.World) {
		for _, who := range []desk.PrincipalID{one, some, firm, desk.Customers} {
			for _, as := range []desk.RoleSet{0, desk.RolesOf(desk.Requestor)} {
				w.Grants = []desk.Grant{
					{ID: 1, Who: who, As: as, Right: desk.ShowTicket, Place: desk.OnQueue(support)},
					{ID: 2, Who: who, As: as, Right: desk.ReplyToTicket, Place: desk.OnQueue(support)},
				}
				worlds++
				tinyWorldAgrees(t, &w, tickets)
			}
		}
	})
	if want := 16 * 5 * 6 * 4 * 2; worlds != want {
		t.Errorf("tried %d worlds, want %d", worlds, want)
	}
}

func tinyWorldAgrees(t *testing.T, w *desk.World, tickets []*desk.TicketFacts) {
	t.Helper()
	engine, definition := access.New(w), oracle.New(w)
	for _, r := range []desk.Right{desk.ShowTicket, desk.ReplyToTicket} {
		scope := engine.Scope(desk.UserID(one), r)
		for _, f := range tickets {
			want := definition.Can(desk.UserID(one), r, access.Ticket(f))
			if got := engine.Can(desk.UserID(one), r, access.Ticket(f)); got != want {
				t.Fatalf("Can(%v) on %+v = %v, want %v\nin %+v", r, *f, got, want, *w)
			}
			if got := scope.Covers(f); got != want {
				t.Fatalf("the scope of %v covers %+v: %v, want %v\nin %+v", r, *f, got, want, *w)
			}
		}
	}
}
