package access_test

import (
	"testing"

	"pgregory.net/rapid"

	"gatehouse/access"
	"gatehouse/access/worlds"
	"gatehouse/desk"
)

// TestScoperMakesTheSameScopes: scopes that are made for everybody, one after the
// other and again, are those that each would get alone, and making more of them
// changes none.
func TestScoperMakesTheSameScopes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		e := access.New(w)
		many := e.Scoper()
		type asked struct {
			user  desk.UserID
			right desk.Right
			got   desk.Scope
		}
		var all []asked
		for range 2 {
			for _, r := range []desk.Right{desk.ShowTicket, desk.ReplyToTicket, desk.CreateTicket, desk.SuperUser, 0} {
				for _, u := range append(usersOf(w), 0, 9999) {
					all = append(all, asked{u, r, many.Scope(u, r)})
				}
			}
		}
		for _, a := range all {
			if want := e.Scope(a.user, a.right); !a.got.Equal(&want) || a.got.Empty() != want.Empty() {
				t.Fatalf("of user %d and %v: got %+v, want %+v\nin %+v", a.user, a.right, a.got, want, *w)
			}
		}
	})
}

// TestWideningIsAskedOnce: what one engine opens that another does not is the
// same, asked of scopes that were made before.
func TestWideningIsAskedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		without := *w
		without.Grants = nil
		for _, g := range w.Grants {
			if rapid.Bool().Draw(t, "kept") {
				without.Grants = append(without.Grants, g)
			}
		}
		if rapid.Bool().Draw(t, "a queue less") && len(w.Queues) > 1 {
			without.Queues = w.Queues[1:]
		}
		before, after := access.New(&without), access.New(w)
		old, now, widening := before.Scoper(), after.Scoper(), before.WideningTo(after)
		for _, u := range usersOf(w) {
			for _, r := range []desk.Right{desk.ShowTicket, desk.ReplyToTicket} {
				was, is := old.Scope(u, r), now.Scope(u, r)
				if got, want := widening.Opens(&was, &is), before.WidenedTo(after, u, r); got != want {
					t.Fatalf("user %d, %v: opens %v, want %v: before %+v, after %+v", u, r, got, want, was, is)
				}
			}
		}
	})
}
