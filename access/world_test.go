package access_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"gatehouse/access"
	"gatehouse/access/oracle"
	"gatehouse/access/worlds"
	"gatehouse/desk"
)

// objectsOf lists everything in a world of which one can ask, and what is not
// there, with some tickets.
func objectsOf(t *rapid.T, w *desk.World) []access.Object {
	list := []access.Object{access.System(), access.Queue(99), access.Group(99), access.Customer(99),
		{Place: desk.Place{Kind: desk.FieldPlace, ID: worlds.FirstField}}}
	for _, q := range w.Queues {
		list = append(list, access.Queue(q.ID))
	}
	for _, g := range w.Groups {
		list = append(list, access.Group(desk.GroupID(g.ID)))
		if g.Customer {
			list = append(list, access.Customer(desk.CustomerID(g.ID)))
		}
	}
	for _, f := range ticketsOf(t, w, 8) {
		list = append(list, access.Ticket(f))
	}
	return list
}

func ticketsOf(t *rapid.T, w *desk.World, n int) []*desk.TicketFacts {
	var list []*desk.TicketFacts
	for i := range n {
		list = append(list, worlds.Ticket(t, w, desk.TicketID(i+1)))
	}
	return append(list, &desk.TicketFacts{ID: 99, Queue: 99,
		Holders: []desk.Holder{{Role: desk.Requestor, Who: worlds.FirstUser}}})
}

// nobody is no user of any world.
const nobody desk.UserID = 99

// usersOf lists the users of a world and one who is not there.
func usersOf(w *desk.World) []desk.UserID {
	list := []desk.UserID{nobody}
	for _, u := range w.Users {
		list = append(list, u.ID)
	}
	return list
}

// An asked thing is a question about a user, a right and an object.
type asked struct {
	u desk.UserID
	r desk.Right
	x access.Object
}

// everyQuestion lists all of them, also of rights that there are not.
func everyQuestion(w *desk.World, objects []access.Object) []asked {
	var list []asked
	for _, x := range objects {
		for _, u := range usersOf(w) {
			for r := range desk.Right(64) {
				list = append(list, asked{u, r, x})
			}
		}
	}
	return list
}

// describe shows an object in a failure.
func describe(x access.Object) string {
	if x.Ticket != nil {
		return fmt.Sprintf("ticket %+v", *x.Ticket)
	}
	return fmt.Sprintf("place %+v", x.Place)
}

func TestEngineIsTheOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := worlds.Small()
		size.Circles = rapid.IntRange(0, 9).Draw(t, "circles") == 9
		w := worlds.Draw(t, size)
		engine, definition := access.New(w), oracle.New(w)
		for _, q := range everyQuestion(w, objectsOf(t, w)) {
			got, want := engine.Can(q.u, q.r, q.x), definition.Can(q.u, q.r, q.x)
			if got != want {
				t.Fatalf("Can(%d, %v, %s) = %v, want %v\nin %+v", q.u, q.r, describe(q.x), got, want, *w)
			}
		}
	})
}

func TestScopeIsCan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		engine := access.New(w)
		var tickets []access.Object
		for _, f := range ticketsOf(t, w, 40)[:40] { // without the one in no queue
			tickets = append(tickets, access.Ticket(f))
		}
		for _, q := range everyQuestion(w, tickets) {
			scope := engine.Scope(q.u, q.r)
			got, want := scope.Covers(q.x.Ticket), engine.Can(q.u, q.r, q.x)
			if got != want || got && scope.Empty() {
				t.Fatalf("scope of %d for %v covers %s: %v, want %v\nscope %+v\nin %+v", q.u, q.r, describe(q.x), got, want, scope, *w)
			}
		}
	})
}
