package storetest

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/desk/query"
	"gatehouse/store"
)

// testAskedTwice: a list whose filter and whose query ask for the same of a
// ticket, the query perhaps more than once, is what both mean. Databases put what
// one condition says into the other, and into indexed expressions.
func (h *hall) testAskedTwice(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		scope := everyone()
		if rapid.IntRange(0, 3).Draw(rt, "a scope") == 0 {
			scope = h.drawScope(rt)
		}
		filter, again := h.drawTwice(rt)
		test := query.Test{What: query.All}
		for range rapid.IntRange(1, 3).Draw(rt, "times more") {
			one := again()
			if rapid.IntRange(0, 3).Draw(rt, "not") == 0 {
				one = query.NotThis(one)
			}
			if rapid.IntRange(0, 3).Draw(rt, "or else") == 0 {
				one = query.Test{What: query.One, Tests: []query.Test{one, h.drawLeaf(rt)}}
			}
			test.Tests = append(test.Tests, one)
		}
		var want []desk.Ticket
		for _, k := range h.listed(scope, filter) {
			if h.holds(&test, &k) {
				want = append(want, k)
			}
		}
		filter.Test = &test
		filter.Limit = hallTickets
		view(t, h.s, func(ctx context.Context, tx *store.Tx) error {
			h.wantList(ctx, rt, tx, asked{scope, filter, want})
			return nil
		})
	})
}

// asked is a list, and what it has to hold.
type asked struct {
	scope  *desk.Scope
	filter store.TicketFilter
	want   []desk.Ticket
}

// wantList compares a list with what it has to be: by number, counted, and
// sorted by columns of which expressions are indexed, and by others.
func (h *hall) wantList(ctx context.Context, rt *rapid.T, tx *store.Tx, a asked) {
	list, _, err := tx.Tickets(ctx, a.scope, a.filter)
	if diff := difference(append([]desk.Ticket(nil), list...), a.want); diff != "" || err != nil {
		rt.Errorf("the list differs (-got +want): %v\n%s", err, diff)
	}
	n, err := tx.CountTickets(ctx, a.scope, a.filter, 0)
	if n != len(a.want) || err != nil {
		rt.Errorf("counted %d, want %d: %v", n, len(a.want), err)
	}
	for _, by := range []store.Sort{{By: "owner", Down: true}, {By: "queue"}, {By: "priority"}} {
		list, _, _, err := tx.SortedTickets(ctx, a.scope, a.filter, by)
		if diff := difference(append([]desk.Ticket(nil), list...), h.ordered(a.want, by)); diff != "" || err != nil {
			rt.Errorf("sorted by %s it differs (-got +want): %v\n%s", by.By, err, diff)
		}
	}
	list, _, _, err = tx.SortedTickets(ctx, a.scope, a.filter, store.Sort{By: "updater"})
	if len(list) != len(a.want) || err != nil {
		rt.Errorf("sorted by who changed them there are %d, want %d: %v", len(list), len(a.want), err)
	}
}

// drawTwice draws a filter that asks for something of a ticket, among other
// things perhaps, and returns what draws more questions for the same.
func (h *hall) drawTwice(rt *rapid.T) (store.TicketFilter, func() query.Test) {
	var f store.TicketFilter
	if rapid.Bool().Draw(rt, "customers too") {
		f.Customers = []desk.CustomerID{desk.CustomerID(rapid.SampledFrom(h.customers).Draw(rt, "customer"))}
	}
	if rapid.IntRange(0, 3).Draw(rt, "somebody stands there") == 0 {
		f.Standing = append([]desk.PrincipalID{}, drawSome(rt, "standing", h.principals)...)
	}
	f.Activity = rapid.SampledFrom([]store.Activity{store.Any, store.Any, store.OnlyActive, store.OnlyInactive}).Draw(rt, "activity")
	people := append([]desk.UserID{0}, h.users...)
	user := rapid.SampledFrom(people)
	users := numbersOfUsers(people)
	numbers := func(of query.Column, known []int64) func() query.Test {
		return func() query.Test {
			if rapid.IntRange(0, 3).Draw(rt, "a range") == 0 {
				from := rapid.SampledFrom(known).Draw(rt, "from")
				return query.Test{What: query.Between, Column: of, From: from, To: rapid.SampledFrom(append([]int64{query.Highest}, known...)).Draw(rt, "to")}
			}
			return query.Test{What: query.In, Column: of, Numbers: append([]int64{}, drawSome(rt, "numbers", known)...)}
		}
	}
	switch rapid.SampledFrom([]string{"owner", "owner", "reporter", "queue", "updater", "status", "requestor"}).Draw(rt, "asked twice") {
	case "owner":
		owner := user.Draw(rt, "owner")
		f.Owner = &owner
		return f, numbers(query.Owner, users)
	case "reporter":
		f.Reporter = rapid.SampledFrom(h.users).Draw(rt, "reporter")
		return f, numbers(query.Reporter, users)
	case "queue":
		f.Queues = append([]desk.QueueID{}, drawSome(rt, "queues", h.queues)...)
		return f, numbers(query.Queue, []int64{1, 2, 3, 4, 5})
	case "updater": // which no filter asks for
		return f, numbers(query.UpdatedBy, users)
	case "status":
		f.Statuses = append([]desk.Status{}, drawSome(rt, "statuses", desk.Statuses())...)
		return f, func() query.Test { return h.drawTexts(rt) }
	}
	f.Requestor = rapid.SampledFrom(h.principals).Draw(rt, "requestor")
	return f, func() query.Test { return h.drawStands(rt) }
}

func numbersOfUsers(list []desk.UserID) []int64 {
	var out []int64
	for _, u := range list {
		out = append(out, int64(u))
	}
	return out
}
