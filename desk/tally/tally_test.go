package tally_test

import (
	"cmp"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/desk/query"
	"gatehouse/desk/tally"
)

// at is where a column stands in Ticket.Numbers.
func at(c query.Column) int { return slices.Index(tally.Columns(), c) }

// drawTickets draws tickets on several pages, with few different facts.
func drawTickets(rt *rapid.T) map[desk.TicketID]*tally.Ticket {
	list := map[desk.TicketID]*tally.Ticket{}
	for _, id := range rapid.SliceOfNDistinct(rapid.SampledFrom([]desk.TicketID{1, 2, 3, 4095, 4096, 4097, 9000, 9001}), 0, 8, rapid.ID).Draw(rt, "ids") {
		list[id] = drawTicket(rt, id)
	}
	return list
}

func drawTicket(rt *rapid.T, id desk.TicketID) *tally.Ticket {
	k := &tally.Ticket{ID: id, Status: rapid.SampledFrom(desk.Statuses()).Draw(rt, "status"), Sharing: desk.Sharing(rapid.IntRange(0, 2).Draw(rt, "sharing"))}
	for i := range k.Numbers {
		k.Numbers[i] = rapid.Int64Range(0, 3).Draw(rt, "number")
	}
	for range rapid.IntRange(0, 3).Draw(rt, "holders") {
		k.Holders = append(k.Holders, desk.Holder{Role: desk.CustomerRole, Who: desk.PrincipalID(rapid.SampledFrom([]int64{101, 102, 1 << 21}).Draw(rt, "who"))})
	}
	slices.SortFunc(k.Holders, func(a, b desk.Holder) int { return cmp.Compare(a.Who, b.Who) })
	k.Holders = slices.Compact(k.Holders)
	return k
}

func ledgerOf(list map[desk.TicketID]*tally.Ticket) *tally.Ledger {
	edit := (&tally.Ledger{}).Edit()
	for _, id := range slices.Sorted(maps.Keys(list)) {
		edit.Put(list[id])
	}
	return edit.Done()
}

// cells are what was counted, in a form to compare: status by name.
func cells(c tally.Counted) map[[2]string]int {
	found := map[[2]string]int{}
	for _, cell := range c.Cells {
		status := ""
		if int(cell.Keys[1]) < len(c.Statuses) {
			status = string(c.Statuses[cell.Keys[1]])
		}
		found[[2]string{string(rune('0' + cell.Keys[0]%100)), status}] += cell.N
	}
	return found
}

// TestCountsAreWhatIsThere: by customer and status, whatever was put in, changed
// and taken out before, counts are those of going through all tickets; and the
// ledger before the change still says what it said.
func TestCountsAreWhatIsThere(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		tickets := drawTickets(rt)
		before := ledgerOf(tickets)
		old := len(tickets)
		edit := before.Edit()
		for _, id := range []desk.TicketID{2, 4096, 9001, 20_000} {
			switch rapid.IntRange(0, 2).Draw(rt, "what happens") {
			case 0:
				delete(tickets, id)
				edit.Remove(id)
			case 1:
				tickets[id] = drawTicket(rt, id)
				edit.Put(tickets[id])
			}
		}
		now := edit.Done()
		want := map[[2]string]int{}
		for _, k := range tickets {
			for _, h := range k.Holders {
				want[[2]string{string(rune('0' + h.Who%100)), string(k.Status)}]++
			}
			if len(k.Holders) == 0 {
				want[[2]string{"0", string(k.Status)}]++
			}
		}
		got := now.Count(&desk.Scope{All: true}, []tally.Spec{{By: []tally.By{{Holder: desk.CustomerRole}, {}}}})[0]
		if !maps.Equal(cells(got), want) || got.Total.N != len(tickets) || now.Len() != len(tickets) {
			rt.Errorf("counted %v of %d, want %v of %d", cells(got), got.Total.N, want, len(tickets))
		}
		if before.Len() != old {
			rt.Errorf("the ledger before has %d tickets now, had %d", before.Len(), old)
		}
	})
}

// TestTimesAndGroups counts lengths of time in bounds, by hand.
func TestTimesAndGroups(t *testing.T) {
	ticket := func(id desk.TicketID, created, resolved int64) *tally.Ticket {
		k := &tally.Ticket{ID: id, Status: desk.StatusOpen}
		k.Numbers[at(query.Created)], k.Numbers[at(query.Resolved)], k.Numbers[at(query.Queue)] = created, resolved, int64(id%2)
		return k
	}
	l := ledgerOf(map[desk.TicketID]*tally.Ticket{1: ticket(1, 10, 15), 2: ticket(2, 20, 50), 3: ticket(3, 29, 0), 4: ticket(4, 0, 70), 5: ticket(5, 30, 31), 6: ticket(6, 9, 11)})
	bounds := tally.By{Time: query.Created, Bounds: []int64{10, 20, 30}}
	values := tally.By{Values: map[desk.TicketID][]int64{1: {7, 8}, 3: {8}}}
	for _, tt := range []struct {
		why  string
		spec tally.Spec
		want []tally.Cell
	}{
		{"what lies outside of the bounds is not counted", tally.Spec{By: []tally.By{bounds}}, []tally.Cell{{Keys: [2]int64{0}, N: 1}, {Keys: [2]int64{1}, N: 2}}},
		{"nor what has not ended", tally.Spec{By: []tally.By{bounds}, Time: tally.Time{From: query.Created, To: query.Resolved}},
			[]tally.Cell{{Keys: [2]int64{0}, N: 1, Times: []int64{5}}, {Keys: [2]int64{1}, N: 1, Times: []int64{30}}}},
		{"until now", tally.Spec{By: []tally.By{{Number: query.Queue}}, Time: tally.Time{From: query.Resolved, Until: 71}, Test: query.Test{What: query.In, Column: query.ID, Numbers: []int64{1, 4}}},
			[]tally.Cell{{N: 1, Times: []int64{1}}, {Keys: [2]int64{1}, N: 1, Times: []int64{56}}}},
		{"by values, of which one may have several or none", tally.Spec{By: []tally.By{values}}, []tally.Cell{{N: 4}, {Keys: [2]int64{7}, N: 1}, {Keys: [2]int64{8}, N: 2}}},
	} {
		got := l.Count(&desk.Scope{All: true}, []tally.Spec{tt.spec})[0]
		same := func(a, b tally.Cell) bool { return a.Keys == b.Keys && a.N == b.N && slices.Equal(a.Times, b.Times) }
		if !slices.EqualFunc(got.Cells, tt.want, same) {
			t.Errorf("%s: counted %v, want %v", tt.why, got.Cells, tt.want)
		}
	}
}

// TestQuantile compares with sorting.
func TestQuantile(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		list := rapid.SliceOfN(rapid.Int64Range(-5, 20), 1, 40).Draw(rt, "lengths")
		percent := rapid.IntRange(0, 100).Draw(rt, "percent")
		sorted := slices.Sorted(slices.Values(list))
		rank := 0 // the first that so many of a hundred are not above
		for rank+1 < len(sorted) && 100*(rank+1) < percent*len(sorted) {
			rank++
		}
		if got := tally.Quantile(list, percent); got != sorted[rank] {
			rt.Errorf("%d percent of %v is %d, want %d", percent, sorted, got, sorted[rank])
		}
	})
	if got := tally.Quantile(nil, 50); got != 0 {
		t.Errorf("of none it is %d", got)
	}
}

// TestLost: a scope lost a ticket where it covered it and does not now.
func TestLost(t *testing.T) {
	k := &tally.Ticket{ID: 5000, Status: desk.StatusOpen, Holders: []desk.Holder{{Role: desk.Cc, Who: 101}}}
	k.Numbers[at(query.Queue)] = 1
	before := ledgerOf(map[desk.TicketID]*tally.Ticket{5000: k})
	queue := &desk.Scope{Queues: []desk.QueueReach{{Queue: 1, Reach: desk.Reach{All: true}}}}
	watcher := &desk.Scope{Principals: []desk.PrincipalReach{{Who: 101, Reach: desk.Reach{All: true}}}, RolesElsewhere: desk.RolesOf(desk.Cc)}
	for _, tt := range []struct {
		why            string
		change         func(k *tally.Ticket)
		queue, watcher bool
	}{
		{"nothing changed", func(*tally.Ticket) {}, false, false},
		{"another status", func(k *tally.Ticket) { k.Status = desk.StatusResolved }, false, false},
		{"another queue", func(k *tally.Ticket) { k.Numbers[at(query.Queue)] = 2 }, true, false},
		{"nobody stands on it", func(k *tally.Ticket) { k.Holders = nil }, false, true},
		{"it is gone", nil, true, true},
	} {
		edit, now := before.Edit(), *k
		if tt.change == nil {
			edit.Remove(k.ID)
		} else {
			tt.change(&now)
			edit.Put(&now)
		}
		after := edit.Done()
		if q, w := after.Lost(before, queue), after.Lost(before, watcher); q != tt.queue || w != tt.watcher {
			t.Errorf("%s: lost by queue %t, as watcher %t", tt.why, q, w)
		}
		if after.Lost(&tally.Ledger{}, queue) {
			t.Errorf("%s: what never was is not lost", tt.why)
		}
	}
}

// TestAWatchCountsWhatACountDoes: over changes of tickets, of the scope and of
// the tests a watch says what a count from the beginning says.
func TestAWatchCountsWhatACountDoes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		l := ledgerOf(drawTickets(rt))
		var w tally.Watch
		for range rapid.IntRange(1, 6).Draw(rt, "counts") {
			edit := l.Edit()
			for _, id := range rapid.SliceOfN(rapid.SampledFrom([]desk.TicketID{1, 2, 4096, 9001, 20_000}), 0, 3).Draw(rt, "changed") {
				if rapid.Bool().Draw(rt, "gone") {
					edit.Remove(id)
				} else {
					edit.Put(drawTicket(rt, id))
				}
			}
			l = edit.Done()
			scope := &desk.Scope{All: rapid.Bool().Draw(rt, "all"), Queues: []desk.QueueReach{{Queue: desk.QueueID(rapid.IntRange(0, 3).Draw(rt, "reached")), Reach: desk.Reach{All: true}}}}
			var tests []query.Test
			var specs []tally.Spec
			for range rapid.IntRange(0, 3).Draw(rt, "tests") {
				test := query.Test{What: query.In, Column: query.Owner, Numbers: []int64{rapid.Int64Range(0, 3).Draw(rt, "owner")}}
				if rapid.Bool().Draw(rt, "status") {
					test = query.Test{What: query.Texts, Column: query.Status, Patterns: []string{string(rapid.SampledFrom(desk.Statuses()).Draw(rt, "which"))}}
				}
				tests, specs = append(tests, test), append(specs, tally.Spec{Test: test})
			}
			got, want := w.Count(l, scope, tests), []int{}
			for _, c := range l.Count(scope, specs) {
				want = append(want, c.Total.N)
			}
			if !slices.Equal(got, want) {
				rt.Fatalf("watched %v, want %v", got, want)
			}
		}
	})
}
