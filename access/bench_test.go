package access_test

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"gatehouse/access"
	"gatehouse/bench"
	"gatehouse/desk"
)

// A question is one that a running desk asks.
type question struct {
	user   desk.UserID
	right  desk.Right
	ticket *desk.TicketFacts
}

// A measured world is built once for each benchmark.
type measured struct {
	w         *desk.World
	engine    *access.Engine
	questions []question
}

func measure(b *testing.B, size string) measured {
	b.Helper()
	w, tickets, err := bench.World(size, 1)
	if err != nil {
		b.Fatal(err)
	}
	m := measured{w: w, engine: access.New(w)}
	random := rand.New(rand.NewPCG(1, 2))
	agents := bench.Sizes()[size].Agents
	for range 1 << 14 {
		f := tickets.At(random.IntN(tickets.Len())).TicketFacts
		q := question{w.Users[random.IntN(len(w.Users))].ID, desk.ShowTicket, &f}
		switch random.IntN(4) {
		case 0:
			q.user = f.Reporter
		case 1:
			q.user = w.Users[random.IntN(agents)].ID
		}
		if random.IntN(4) == 0 {
			q.right = desk.ModifyTicket
		}
		m.questions = append(m.questions, q)
	}
	return m
}

func eachSize(b *testing.B, do func(*testing.B, measured)) {
	for _, size := range []string{"S", "M", "L"} {
		m := measure(b, size)
		b.Run(size, func(b *testing.B) {
			b.ReportAllocs()
			do(b, m)
		})
	}
}

func (m *measured) question(i int) question { return m.questions[i%len(m.questions)] }

func BenchmarkCan(b *testing.B) {
	eachSize(b, func(b *testing.B, m measured) {
		for i := range b.N {
			q := m.question(i)
			m.engine.Can(q.user, q.right, access.Ticket(q.ticket))
		}
		b.ReportMetric(float64(percentile(m, 50)), "p50-ns")
		b.ReportMetric(float64(percentile(m, 99)), "p99-ns")
	})
}

// percentile times every question by itself, less what the clock costs.
func percentile(m measured, percent int) time.Duration {
	var took, clock []time.Duration
	for _, q := range m.questions {
		start := time.Now()
		m.engine.Can(q.user, q.right, access.Ticket(q.ticket))
		took = append(took, time.Since(start))
		start = time.Now()
		clock = append(clock, time.Since(start))
	}
	slices.Sort(took)
	slices.Sort(clock)
	return max(0, took[len(took)*percent/100]-clock[len(clock)/2])
}

func BenchmarkNew(b *testing.B) {
	eachSize(b, func(b *testing.B, m measured) {
		for range b.N {
			m.engine = access.New(m.w)
		}
		m.engine = nil
		before := heap()
		engine := access.New(m.w)
		b.ReportMetric(float64(heap()-before)/(1<<20), "heap-MB")
		runtime.KeepAlive(engine)
	})
}

// heap returns the bytes in use.
func heap() int64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

func BenchmarkScope(b *testing.B) {
	eachSize(b, func(b *testing.B, m measured) {
		for i := range b.N {
			m.engine.Scope(m.question(i).user, desk.ShowTicket)
		}
	})
}

func BenchmarkExplain(b *testing.B) {
	eachSize(b, func(b *testing.B, m measured) {
		for i := range b.N {
			q := m.question(i)
			m.engine.Explain(q.user, q.right, access.Ticket(q.ticket))
		}
	})
}

func BenchmarkWhoCan(b *testing.B) {
	eachSize(b, func(b *testing.B, m measured) {
		var took []time.Duration
		who := 0
		for i := range b.N {
			start := time.Now()
			who += len(m.engine.WhoCan(desk.ShowTicket, access.Ticket(m.question(i).ticket), true))
			took = append(took, time.Since(start))
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
		b.ReportMetric(float64(who)/float64(b.N), "users")
	})
}

func BenchmarkFillers(b *testing.B) {
	eachSize(b, func(b *testing.B, m measured) {
		for i := range b.N {
			m.engine.Fillers(m.question(i).ticket, desk.RolesOf(desk.Requestor, desk.Cc, desk.Owner))
		}
	})
}

func BenchmarkWith(b *testing.B) {
	eachSize(b, func(b *testing.B, m measured) {
		group := m.w.Groups[len(m.w.Groups)/2].ID
		for i := range b.N {
			edge := desk.Membership{Group: group, Member: desk.PrincipalID(m.question(i).user), Part: desk.PartMember}
			m.engine.With(access.Change{Memberships: []desk.Membership{edge}})
		}
	})
}
