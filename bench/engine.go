package bench

import (
	"context"
	"runtime"
	"slices"
	"time"

	"gatehouse/access"
	"gatehouse/access/oracle"
	"gatehouse/desk"
	"gatehouse/store"
)

// A question is one that a running desk asks.
type question struct {
	user   desk.UserID
	right  desk.Right
	object access.Object
}

// batch is how many questions are asked between two looks at the clock, which
// costs about as much as one of them.
const batch = 64

// questions makes questions about random tickets, one in eight about a queue;
// half of them by those whom the ticket is near.
func (r *run) questions(n int) []question {
	rights := []desk.Right{desk.ShowTicket, desk.ShowTicket, desk.ModifyTicket, desk.ReplyToTicket, desk.CommentOnTicket}
	list := make([]question, n)
	for i := range list {
		facts := r.tickets.At(r.random.IntN(r.tickets.Len())).TicketFacts
		q := question{r.world.Users[r.random.IntN(len(r.world.Users))].ID, rights[r.random.IntN(len(rights))], access.Ticket(&facts)}
		switch r.random.IntN(4) {
		case 0:
			q.user = facts.Reporter
		case 1:
			q.user = r.anybody(desk.Agent)
		}
		if r.random.IntN(8) == 0 {
			q.right, q.object = desk.CreateTicket, access.Queue(facts.Queue)
		}
		list[i] = q
	}
	return list
}

// measureEngine measures what is answered from memory.
func (r *run) measureEngine(context.Context) error {
	r.measureBuild()
	questions := r.questions(1 << 14)
	r.measureChecks(questions)
	var explained, who times
	for w := r.watch(5000); w.goOn(len(explained)); {
		q := questions[len(explained)%len(questions)]
		begin := time.Now()
		r.engine.Explain(q.user, q.right, q.object)
		explained = append(explained, time.Since(begin))
	}
	for w := r.watch(2000); w.goOn(len(who)); {
		q := questions[len(who)%len(questions)]
		begin := time.Now()
		r.engine.WhoCan(q.right, q.object, true)
		who = append(who, time.Since(begin))
	}
	r.report.ExplainUS, r.report.WhoUS, r.report.WhoP99US = micros(explained.median()), micros(who.median()), micros(who.percentile(99))
	return r.measureOracle(questions)
}

func (r *run) measureBuild() {
	var built times
	for w := r.watch(9); w.goOn(len(built)); {
		begin := time.Now()
		access.New(r.world)
		built = append(built, time.Since(begin))
	}
	r.report.EngineBuildMS = millis(built.median())
	before := heap()
	r.engine = access.New(r.world)
	r.report.EngineHeapMB = round(float64(heap()-before) / (1 << 20))
}

// heap returns the bytes in use.
func heap() int64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.GC() // the first one may have left what finalizers held
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

// measureChecks takes the median from batches, and the 99th percentile from
// single checks less what the clock costs.
func (r *run) measureChecks(questions []question) {
	var batches, single, clock times
	for round := range 20 {
		for part := range slices.Chunk(questions, batch) {
			begin := time.Now()
			for _, q := range part {
				r.engine.Can(q.user, q.right, q.object)
			}
			if took := time.Since(begin); round > 0 {
				batches = append(batches, took)
			}
		}
	}
	for _, q := range questions {
		begin := time.Now()
		r.engine.Can(q.user, q.right, q.object)
		single = append(single, time.Since(begin))
		begin = time.Now()
		clock = append(clock, time.Since(begin))
	}
	r.report.CheckNS = round(float64(batches.median()) / batch)
	r.report.CheckP99NS = float64(max(0, single.percentile(99)-clock.median()))
}

// measureOracle has the same questions answered from the definition, and
// compares the answers.
func (r *run) measureOracle(questions []question) error {
	definition := oracle.New(r.world)
	var took times
	for w := r.watch(1000); w.goOn(len(took)); {
		q := questions[len(took)]
		begin := time.Now()
		want := definition.Can(q.user, q.right, q.object)
		took = append(took, time.Since(begin))
		if got := r.engine.Can(q.user, q.right, q.object); got != want {
			return desk.Errorf(desk.Internal, "The engine says %t and the definition %t: user %d, %v on %+v.", got, want, q.user, q.right, q.object)
		}
	}
	r.report.OracleNS = float64(took.median())
	return nil
}

// measureChanges measures what a new membership costs: the next engine, and by
// itself the transaction that stores it.
func (r *run) measureChanges(ctx context.Context) error {
	var next, commit times
	for w := r.watch(100); w.goOn(len(commit)); {
		m := r.newMembership()
		begin := time.Now()
		r.engine.With(access.Change{Version: r.engine.Version() + 1, Memberships: []desk.Membership{m}})
		next = append(next, time.Since(begin))
		change := desk.AccessChange{Kind: desk.ChangeMembership, Group: m.Group, Member: m.Member}
		begin = time.Now()
		if err := r.store.Do(ctx, func(tx *store.Tx) error {
			if err := tx.AddMembership(ctx, m); err != nil {
				return err
			}
			_, err := tx.BumpAccess(ctx, change)
			return err
		}); err != nil {
			return err
		}
		commit = append(commit, time.Since(begin))
		if err := r.store.Do(ctx, func(tx *store.Tx) error {
			if err := tx.RemoveMembership(ctx, m.Group, m.Member); err != nil {
				return err
			}
			_, err := tx.BumpAccess(ctx, change)
			return err
		}); err != nil {
			return err
		}
	}
	r.report.MemberChangeUS, r.report.MemberCommitUS = micros(next.median()), micros(commit.median())
	return nil
}

// newMembership is one that the world does not have, of a contact at a
// customer.
func (r *run) newMembership() desk.Membership {
	for {
		m := desk.Membership{Group: r.tickets.counts.customer(r.random.IntN(r.tickets.counts.Customers)),
			Member: desk.PrincipalID(r.anybody(desk.Contact)), Part: desk.PartMember, Source: "hand"}
		if !slices.ContainsFunc(r.world.Memberships, func(o desk.Membership) bool { return o.Group == m.Group && o.Member == m.Member }) {
			return m
		}
	}
}
