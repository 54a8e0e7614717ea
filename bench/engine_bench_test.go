package bench_test

import (
	"math/rand/v2"
	"testing"

	"gatehouse/access"
	"gatehouse/bench"
	"gatehouse/desk"
)

// These benchmarks are for work on access: what `bench` reports is measured by
// Run. Each asks about random tickets, a quarter of them for the reporter and a
// quarter for an agent.
func eachSize(b *testing.B, do func(*testing.B, *desk.World, *access.Engine, []*desk.TicketFacts, []desk.UserID)) {
	for _, size := range []string{"S", "M", "L"} {
		w, tickets, err := bench.World(size, 1)
		if err != nil {
			b.Fatal(err)
		}
		random := rand.New(rand.NewPCG(1, 2))
		var facts []*desk.TicketFacts
		var users []desk.UserID
		for range 1 << 14 {
			f := tickets.At(random.IntN(tickets.Len())).TicketFacts
			facts = append(facts, &f)
			users = append(users, [4]desk.UserID{f.Reporter, w.Users[random.IntN(bench.Sizes()[size].Agents)].ID,
				w.Users[random.IntN(len(w.Users))].ID, w.Users[random.IntN(len(w.Users))].ID}[random.IntN(4)])
		}
		engine := access.New(w)
		b.Run(size, func(b *testing.B) {
			b.ReportAllocs()
			do(b, w, engine, facts, users)
		})
	}
}

// eachQuestion measures what is asked about a user and a ticket.
func eachQuestion(b *testing.B, ask func(*access.Engine, desk.UserID, *desk.TicketFacts)) {
	eachSize(b, func(b *testing.B, _ *desk.World, e *access.Engine, facts []*desk.TicketFacts, users []desk.UserID) {
		for i := range b.N {
			ask(e, users[i%len(users)], facts[i%len(facts)])
		}
	})
}

func BenchmarkCan(b *testing.B) {
	eachQuestion(b, func(e *access.Engine, u desk.UserID, f *desk.TicketFacts) {
		e.Can(u, desk.ShowTicket, access.Ticket(f))
	})
}

func BenchmarkExplain(b *testing.B) {
	eachQuestion(b, func(e *access.Engine, u desk.UserID, f *desk.TicketFacts) {
		e.Explain(u, desk.ShowTicket, access.Ticket(f))
	})
}

func BenchmarkScope(b *testing.B) {
	eachQuestion(b, func(e *access.Engine, u desk.UserID, _ *desk.TicketFacts) { e.Scope(u, desk.ShowTicket) })
}

func BenchmarkWhoCan(b *testing.B) {
	eachQuestion(b, func(e *access.Engine, _ desk.UserID, f *desk.TicketFacts) {
		e.WhoCan(desk.ShowTicket, access.Ticket(f), true)
	})
}

func BenchmarkFillers(b *testing.B) {
	roles := desk.RolesOf(desk.Requestor, desk.Cc, desk.Owner)
	eachQuestion(b, func(e *access.Engine, _ desk.UserID, f *desk.TicketFacts) { e.Fillers(f, roles) })
}

func BenchmarkNew(b *testing.B) {
	eachSize(b, func(b *testing.B, w *desk.World, _ *access.Engine, _ []*desk.TicketFacts, _ []desk.UserID) {
		for range b.N {
			access.New(w)
		}
	})
}

func BenchmarkWith(b *testing.B) {
	eachSize(b, func(b *testing.B, w *desk.World, e *access.Engine, _ []*desk.TicketFacts, users []desk.UserID) {
		group := w.Groups[len(w.Groups)/2].ID
		for i := range b.N {
			edge := desk.Membership{Group: group, Member: desk.PrincipalID(users[i%len(users)]), Part: desk.PartMember}
			e.With(access.Change{Memberships: []desk.Membership{edge}})
		}
	})
}

// BenchmarkDiff compares engines where one user joined a group, and where all
// customers did, which touches nearly everybody.
func BenchmarkDiff(b *testing.B) {
	eachSize(b, func(b *testing.B, w *desk.World, e *access.Engine, _ []*desk.TicketFacts, users []desk.UserID) {
		group := desk.PrincipalID(0)
		var customers []desk.PrincipalID
		for _, g := range w.Groups {
			if g.Customer {
				customers = append(customers, g.ID)
			} else if group == 0 {
				group = g.ID
			}
		}
		one := access.Change{Memberships: []desk.Membership{{Group: group, Member: desk.PrincipalID(users[0])}}}
		all := access.Change{}
		for _, c := range customers {
			if e.WouldCycle(group, c) == nil {
				all.Memberships = append(all.Memberships, desk.Membership{Group: group, Member: c})
			}
		}
		for name, c := range map[string]access.Change{"edge": one, "all customers": all} {
			after := e.With(c)
			b.Run(name, func(b *testing.B) {
				for range b.N {
					access.Diff(e, after)
				}
			})
		}
		b.Run("built anew", func(b *testing.B) {
			after := access.New(w)
			for range b.N {
				access.Diff(e, after)
			}
		})
	})
}
