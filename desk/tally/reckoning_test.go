package tally_test

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/desk/query"
	"gatehouse/desk/tally"
)

// A reckoning counts the slow and obvious way: ticket by ticket.
type reckoning struct {
	scope  *desk.Scope
	values map[desk.TicketID][]int64
}

// facts are what access depends on of a ticket.
func facts(k *tally.Ticket) *desk.TicketFacts {
	return &desk.TicketFacts{ID: k.ID, Queue: desk.QueueID(k.Numbers[at(query.Queue)]), Reporter: desk.UserID(k.Numbers[at(query.Reporter)]), Sharing: k.Sharing, Holders: k.Holders}
}

// holds is what a test means, of the tests that are drawn here.
func holds(q *query.Test, k *tally.Ticket) bool {
	number := func(c query.Column) int64 {
		if c == query.ID {
			return int64(k.ID)
		}
		return k.Numbers[at(c)]
	}
	switch q.What {
	case query.All:
		return !slices.ContainsFunc(q.Tests, func(part query.Test) bool { return !holds(&part, k) })
	case query.One:
		return slices.ContainsFunc(q.Tests, func(part query.Test) bool { return holds(&part, k) })
	case query.No:
		return !holds(&q.Tests[0], k)
	case query.In:
		return slices.Contains(q.Numbers, number(q.Column))
	case query.Between:
		n := number(q.Column)
		return n >= q.From && (n < q.To || q.To == query.Highest)
	case query.After:
		return number(q.Other) > 0 && number(q.Column) > number(q.Other)
	case query.Texts:
		return slices.ContainsFunc(q.Patterns, func(p string) bool { return query.Match(p, string(k.Status)) })
	case query.Covered:
		return q.Scope.Covers(facts(k))
	}
	return slices.ContainsFunc(k.Holders, func(h desk.Holder) bool {
		return (q.Who == nil || slices.Contains(q.Who, h.Who)) && slices.ContainsFunc(q.Roles, func(on query.RoleOn) bool {
			return on.Role == h.Role && (on.Queues == nil || slices.Contains(on.Queues, desk.QueueID(number(query.Queue))))
		})
	})
}

// keys are the groups of a ticket.
func (r *reckoning) keys(by *tally.By, k *tally.Ticket, statuses []desk.Status) []int64 {
	switch {
	case by.Number != "":
		return []int64{k.Numbers[at(by.Number)]}
	case by.Holder != 0:
		var list []int64
		for _, h := range k.Holders {
			if h.Role == by.Holder {
				list = append(list, int64(h.Who))
			}
		}
		return orNone(list)
	case by.Time != "":
		n := k.Numbers[at(by.Time)]
		for i := range len(by.Bounds) - 1 {
			if n > 0 && n >= by.Bounds[i] && n < by.Bounds[i+1] {
				return []int64{int64(i)}
			}
		}
		return nil
	case by.Values != nil:
		return orNone(r.values[k.ID])
	}
	return []int64{int64(slices.Index(statuses, k.Status))}
}

func orNone(list []int64) []int64 {
	if len(list) == 0 {
		return []int64{0}
	}
	return list
}

// count counts by one or two groupings, or none.
func (r *reckoning) count(s *tally.Spec, tickets map[desk.TicketID]*tally.Ticket, statuses []desk.Status) (cells map[[2]int64]int, total int) {
	cells = map[[2]int64]int{}
	for _, k := range tickets {
		if !r.scope.Covers(facts(k)) || !holds(&s.Test, k) {
			continue
		}
		groups := [2][]int64{{0}, {0}}
		for i := range s.By {
			groups[i] = r.keys(&s.By[i], k, statuses)
		}
		if len(groups[0]) > 0 && len(groups[1]) > 0 {
			total++
		}
		for _, a := range groups[0] {
			for _, b := range groups[1] {
				cells[[2]int64{a, b}]++
			}
		}
	}
	return cells, total
}

// drawScope draws whose tickets are counted.
func drawScope(rt *rapid.T) *desk.Scope {
	reach := func(label string) desk.Reach {
		return []desk.Reach{{All: true}, {Shared: true}, {Named: true}, {}}[rapid.IntRange(0, 3).Draw(rt, label)]
	}
	s := &desk.Scope{All: rapid.IntRange(0, 5).Draw(rt, "all") == 0, User: desk.UserID(rapid.IntRange(0, 3).Draw(rt, "user")), Contact: rapid.Bool().Draw(rt, "contact"),
		RolesElsewhere: desk.RoleSet(rapid.SampledFrom([]uint64{0, 1 << desk.CustomerRole}).Draw(rt, "roles")), Naming: 1 << desk.CustomerRole}
	for q := range desk.QueueID(4) {
		if rapid.Bool().Draw(rt, "queue") {
			s.Queues = append(s.Queues, desk.QueueReach{Queue: q, Reach: reach("reach of the queue")})
		}
	}
	for _, who := range []desk.PrincipalID{101, 102, 1 << 21} {
		if rapid.Bool().Draw(rt, "principal") {
			s.Principals = append(s.Principals, desk.PrincipalReach{Who: who, Reach: reach("reach through the principal")})
		}
	}
	return s
}

// drawTest draws a query as deep as said.
func drawTest(rt *rapid.T, depth int) query.Test {
	column := func() query.Column {
		return rapid.SampledFrom(append(tally.Columns(), query.ID)).Draw(rt, "column")
	}
	switch kind := rapid.IntRange(0, 8).Draw(rt, "kind of test"); {
	case depth > 0 && kind < 2:
		t := query.Test{What: []query.What{query.All, query.One}[kind]}
		for range rapid.IntRange(0, 3).Draw(rt, "parts") {
			t.Tests = append(t.Tests, drawTest(rt, depth-1))
		}
		return t
	case depth > 0 && kind == 2:
		return query.NotThis(drawTest(rt, depth-1))
	case kind < 5:
		return query.Test{What: query.In, Column: column(), Numbers: rapid.SliceOfN(rapid.SampledFrom([]int64{0, 1, 2, 4096, 9000, -1, 1 << 30}), 0, 3).Draw(rt, "numbers")}
	case kind == 5:
		return query.Test{What: query.Between, Column: column(), From: rapid.SampledFrom([]int64{query.Lowest, 0, 1, 4000}).Draw(rt, "from"), To: rapid.SampledFrom([]int64{1, 3, 9000, query.Highest}).Draw(rt, "to")}
	case kind == 6:
		other := rapid.SampledFrom(tally.Columns()).Draw(rt, "other")
		return query.Test{What: query.After, Column: column(), Other: other}
	case kind == 7:
		return query.Test{What: query.Texts, Column: query.Status, Patterns: rapid.SliceOfN(rapid.SampledFrom([]string{"open", "re%", "%", "none"}), 0, 2).Draw(rt, "patterns")}
	}
	t := query.Test{What: query.Stands, Roles: []query.RoleOn{{Role: desk.CustomerRole}}}
	if rapid.Bool().Draw(rt, "on a queue") {
		t.Roles[0].Queues = []desk.QueueID{1}
	}
	if rapid.Bool().Draw(rt, "somebody") {
		t.Who = []desk.PrincipalID{101}
	}
	return t
}

// TestCountsAreTheReckoning: any query by any groupings for any scope is counted
// as by going through the tickets.
func TestCountsAreTheReckoning(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		tickets := drawTickets(rt)
		l := ledgerOf(tickets)
		r := &reckoning{drawScope(rt), map[desk.TicketID][]int64{1: {5}, 4096: {5, 6}, 9001: {7}}}
		bys := []tally.By{{}, {Number: query.Queue}, {Number: query.Owner}, {Holder: desk.CustomerRole}, {Holder: desk.Cc}, {Time: query.Created, Bounds: []int64{1, 2, 4}}, {Time: query.Due, Bounds: []int64{3, 9}}, {Values: r.values}}
		spec := tally.Spec{Test: drawTest(rt, 3)}
		for range rapid.IntRange(0, 2).Draw(rt, "groupings") {
			spec.By = append(spec.By, rapid.SampledFrom(bys).Draw(rt, "by"))
		}
		if foreign := tally.Foreign(&spec.Test); len(foreign) > 0 {
			rt.Fatalf("what is drawn has parts that are not known: %+v", foreign)
		}
		got := l.Count(r.scope, []tally.Spec{{}, spec})[1]
		want, total := r.count(&spec, tickets, got.Statuses)
		if len(spec.By) == 0 {
			want = map[[2]int64]int{}
		}
		found := map[[2]int64]int{}
		for _, cell := range got.Cells {
			found[cell.Keys] = cell.N
		}
		if !maps.Equal(found, want) || got.Total.N != total {
			rt.Errorf("counted %v, %d in all, want %v, %d", found, got.Total.N, want, total)
		}
	})
}

// TestForeign: what a ledger does not hold is said to be so, each part by itself.
func TestForeign(t *testing.T) {
	subject := query.Test{What: query.Texts, Column: query.Subject, Patterns: []string{"%x%"}}
	words := query.Test{What: query.Words, Words: "x"}
	for _, tt := range []struct {
		why  string
		test query.Test
		want int
	}{
		{"everything", query.Always(), 0},
		{"a status", query.Test{What: query.Texts, Column: query.Status}, 0},
		{"a subject", subject, 1},
		{"words, not in a subject", query.Test{What: query.All, Tests: []query.Test{query.NotThis(words), subject}}, 2},
		{"links", query.Test{What: query.Linked}, 1},
		{"a custom field", query.HasValue(3), 1},
		{"a number that is not held", query.Test{What: query.In, Column: query.TimeLeft}, 1},
		{"a range of one that is not held", query.Test{What: query.Between, Column: query.FinalPriority}, 1},
		{"later than what is not held", query.Test{What: query.After, Column: query.Created, Other: query.StartsAt}, 1},
		{"a scope", query.Test{What: query.Covered, Scope: &desk.Scope{}}, 0},
	} {
		if got := tally.Foreign(&tt.test); len(got) != tt.want {
			t.Errorf("%s: %d parts, want %d", tt.why, len(got), tt.want)
		}
	}
}
