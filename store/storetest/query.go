package storetest

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/desk/query"
	"gatehouse/store"
)

// linkTypes are those in the hall.
var linkTypes = []string{query.DependsOn, query.RefersTo, "other"}

// link links some tickets of the hall.
func (h *hall) link(ctx context.Context, tx *store.Tx, r *rand.Rand) error {
	for range hallTickets / 3 {
		l := store.Link{From: pick(r, h.tickets).ID, Type: pick(r, linkTypes), To: pick(r, h.tickets).ID}
		if slices.Contains(h.links, l) {
			continue
		}
		h.links = append(h.links, l)
		if err := tx.AddLink(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

// testQueries: a list with a query is what the query means, by the evaluation
// below, of what the scope covers and the rest of the filter asks for.
func (h *hall) testQueries(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		scope := h.drawScope(rt)
		if rapid.Bool().Draw(rt, "everything") {
			scope = everyone()
		}
		var filter store.TicketFilter
		if rapid.IntRange(0, 3).Draw(rt, "filtered too") == 0 {
			filter = h.drawFilter(rt)
		}
		test := h.drawTest(rt, 3)
		var want []desk.Ticket
		for _, k := range h.listed(scope, filter) {
			if h.holds(&test, &k) {
				want = append(want, k)
			}
		}
		filter.Test = &test
		view(t, h.s, func(ctx context.Context, tx *store.Tx) error {
			if diff := difference(h.pages(ctx, rt, tx, scope, filter), want); diff != "" {
				rt.Errorf("pages joined differ from what the query means (-got +want):\n%s", diff)
			}
			n, err := tx.CountTickets(ctx, scope, filter, 0)
			if n != len(want) {
				rt.Errorf("counted %d, want %d", n, len(want))
			}
			return err
		})
	})
}

// testOwnerTwice: a list by owner whose query asks for owners too.
func (h *hall) testOwnerTwice(t *testing.T) {
	found := 0
	view(t, h.s, func(ctx context.Context, tx *store.Tx) error {
		for _, owner := range append(slices.Clone(h.users), 0) {
			for _, c := range h.customers {
				filter := store.TicketFilter{Owner: &owner, Customers: []desk.CustomerID{desk.CustomerID(c)}, Limit: hallTickets,
					Test: &query.Test{What: query.In, Column: query.Owner, Numbers: []int64{0, int64(owner)}}}
				list, _, err := tx.Tickets(ctx, everyone(), filter)
				if err != nil {
					return err
				}
				if diff := difference(list, h.listed(everyone(), filter)); diff != "" {
					t.Errorf("tickets of %d that %d owns (-got +want):\n%s", c, owner, diff)
				}
				found += len(list)
			}
		}
		return nil
	})
	if found == 0 {
		t.Error("none of the lists has a ticket")
	}
}

// holds is the meaning of a test: whether it holds for a ticket of the hall.
func (h *hall) holds(q *query.Test, k *desk.Ticket) bool {
	one := func(part query.Test) bool { return h.holds(&part, k) }
	switch q.What {
	case query.All:
		return !slices.ContainsFunc(q.Tests, func(part query.Test) bool { return !one(part) })
	case query.One:
		return slices.ContainsFunc(q.Tests, one)
	case query.No:
		return !one(q.Tests[0])
	case query.In:
		return slices.Contains(q.Numbers, number(q.Column, k))
	case query.Between:
		n := number(q.Column, k)
		return n >= q.From && (n < q.To || q.To == query.Highest)
	case query.After:
		return number(q.Other, k) > 0 && number(q.Column, k) > number(q.Other, k)
	case query.Texts:
		text := map[query.Column]string{query.Subject: desk.Fold(k.Subject), query.Status: string(k.Status)}[q.Column]
		return slices.ContainsFunc(q.Patterns, func(p string) bool { return query.Match(p, text) })
	case query.Stands:
		return slices.ContainsFunc(k.Holders, func(s desk.Holder) bool { return standsFor(q, k, s) })
	case query.Linked:
		return slices.ContainsFunc(h.links, func(l store.Link) bool { return h.linkFits(q, k, l) })
	case query.Words:
		return h.hasWords(q, k)
	case query.Covered:
		return q.Scope.Covers(k.Facts())
	case query.Valued:
		return h.hasValue(q, k)
	}
	return false
}

func number(c query.Column, k *desk.Ticket) int64 {
	at := func(t time.Time) int64 {
		if t.IsZero() {
			return 0
		}
		return t.UnixMicro()
	}
	switch c {
	case query.ID:
		return int64(k.ID)
	case query.Queue:
		return int64(k.Queue)
	case query.Reporter:
		return int64(k.Reporter)
	case query.Owner:
		return int64(k.Owner)
	case query.UpdatedBy:
		return int64(k.UpdatedBy)
	case query.HeardBy:
		return int64(k.HeardBy)
	case query.Priority:
		return int64(k.Priority)
	case query.TimeWorked:
		return int64(k.TimeWorked)
	case query.Created:
		return at(k.Created)
	case query.Updated:
		return at(k.Updated)
	case query.Heard:
		return at(k.Heard)
	case query.Due:
		return at(k.Due)
	}
	return 0
}

func standsFor(q *query.Test, k *desk.Ticket, s desk.Holder) bool {
	return (q.Who == nil || slices.Contains(q.Who, s.Who)) && slices.ContainsFunc(q.Roles, func(on query.RoleOn) bool {
		return on.Role == s.Role && (on.Queues == nil || slices.Contains(on.Queues, k.Queue))
	})
}

func (h *hall) linkFits(q *query.Test, k *desk.Ticket, l store.Link) bool {
	other := l.To
	switch {
	case q.Dir != query.Inward && l.From == k.ID:
	case q.Dir != query.Outward && l.To == k.ID:
		other = l.From
	default:
		return false
	}
	i := slices.IndexFunc(h.tickets, func(t desk.Ticket) bool { return t.ID == other })
	return h.tickets[i].Findable() && q.Scope.Covers(h.tickets[i].Facts()) &&
		(q.Links == nil || slices.Contains(q.Links, l.Type)) && (q.Numbers == nil || slices.Contains(q.Numbers, int64(other)))
}

// hasWords: the words are in one message, as words of a search are.
func (h *hall) hasWords(q *query.Test, k *desk.Ticket) bool {
	var messages []text
	for _, x := range h.texts[k.ID] {
		if x.message {
			messages = append(messages, x)
		}
	}
	of := hall{texts: map[desk.TicketID][]text{k.ID: messages}}
	return of.found(k, store.TicketFilter{Text: q.Words, TextComments: q.Scope})
}

// drawTest draws a test with parts inside each other as deep as said.
func (h *hall) drawTest(rt *rapid.T, depth int) query.Test {
	if depth == 0 || rapid.IntRange(0, 2).Draw(rt, "leaf") == 0 {
		return h.drawLeaf(rt)
	}
	what := rapid.SampledFrom([]query.What{query.All, query.One, query.No}).Draw(rt, "joined by")
	if what == query.No {
		return query.NotThis(h.drawTest(rt, depth-1))
	}
	t := query.Test{What: what}
	for range rapid.IntRange(0, 3).Draw(rt, "parts") {
		t.Tests = append(t.Tests, h.drawTest(rt, depth-1))
	}
	return t
}

func (h *hall) drawLeaf(rt *rapid.T) query.Test {
	few := func(label string, most int64) []int64 {
		return rapid.SliceOfN(rapid.Int64Range(0, most), 0, 4).Draw(rt, label)
	}
	times := rapid.SampledFrom([]query.Column{query.Created, query.Updated, query.Heard, query.Due, query.Priority, query.TimeWorked})
	leaves := []func() query.Test{
		func() query.Test {
			c := rapid.SampledFrom([]query.Column{query.Queue, query.Priority, query.TimeWorked}).Draw(rt, "column")
			return query.Test{What: query.In, Column: c, Numbers: append([]int64{}, few("numbers", 5)...)}
		},
		func() query.Test {
			return query.Test{What: query.In, Column: query.ID, Numbers: append([]int64{}, rapid.SliceOfN(rapid.Int64Range(1, hallTickets), 0, 60).Draw(rt, "ids")...)}
		},
		func() query.Test {
			c := rapid.SampledFrom([]query.Column{query.Owner, query.Reporter, query.UpdatedBy, query.HeardBy}).Draw(rt, "person")
			return query.Test{What: query.In, Column: c, Numbers: []int64{0, int64(rapid.SampledFrom(h.users).Draw(rt, "user"))}}
		},
		func() query.Test {
			return query.Test{What: query.Between, Column: times.Draw(rt, "time"), From: rapid.SampledFrom([]int64{query.Lowest, 0, 1, 2}).Draw(rt, "from"),
				To: rapid.SampledFrom([]int64{2, 3, 4, 1 << 40, query.Highest}).Draw(rt, "to")}
		},
		func() query.Test {
			return query.Test{What: query.After, Column: times.Draw(rt, "later"), Other: times.Draw(rt, "earlier")}
		},
		func() query.Test { return h.drawTexts(rt) },
		func() query.Test { return h.drawStands(rt) },
		func() query.Test { return h.drawLinked(rt) },
		func() query.Test {
			words := rapid.SampledFrom(append([]string{"prin", "fire pr", "!", "oneil"}, vocabulary...)).Draw(rt, "words")
			return query.Test{What: query.Words, Words: words, Scope: h.drawScope(rt)}
		},
		func() query.Test { return query.Test{What: query.Covered, Scope: h.drawScope(rt)} },
		func() query.Test { return h.drawValued(rt) },
	}
	return leaves[rapid.IntRange(0, len(leaves)-1).Draw(rt, "kind of leaf")]()
}

func (h *hall) drawTexts(rt *rapid.T) query.Test {
	if rapid.Bool().Draw(rt, "by status") {
		return query.Test{What: query.Texts, Column: query.Status, Patterns: rapid.SliceOfN(rapid.SampledFrom([]string{"new", "open", "resolved", "deleted", "%ol%", "nix"}), 0, 3).Draw(rt, "statuses")}
	}
	how := rapid.SampledFrom([]query.How{query.Equal, query.Like, query.Starts, query.Ends}).Draw(rt, "how")
	value := rapid.SampledFrom([]string{"prin", "print", "Printer fire", "ÜBER", "p%r", "'", "_", "%", "!", "", strings.ToUpper(vocabulary[5]),
		"pri%ire", "ire%pri", "er 4", "o'n", "in", "xyzzy", "pri_t"}).Draw(rt, "value")
	return query.Test{What: query.Texts, Column: query.Subject, Patterns: []string{query.Pattern(how, value)}}
}

func (h *hall) drawStands(rt *rapid.T) query.Test {
	t := query.Test{What: query.Stands}
	for _, role := range drawSome(rt, "roles", hallRoles) {
		on := query.RoleOn{Role: role}
		if rapid.IntRange(0, 3).Draw(rt, "only on some queues") == 0 {
			on.Queues = append([]desk.QueueID{}, drawSome(rt, "its queues", h.queues)...)
		}
		t.Roles = append(t.Roles, on)
	}
	if rapid.IntRange(0, 3).Draw(rt, "somebody in particular") > 0 {
		t.Who = append([]desk.PrincipalID{}, drawSome(rt, "who", h.principals)...)
	}
	return t
}

func (h *hall) drawLinked(rt *rapid.T) query.Test {
	t := query.Test{What: query.Linked, Dir: query.Direction(rapid.IntRange(0, 2).Draw(rt, "direction")), Scope: everyone()}
	if rapid.Bool().Draw(rt, "to what may be seen") {
		t.Scope = h.drawScope(rt)
	}
	if rapid.Bool().Draw(rt, "of a type") {
		t.Links = append([]string{}, drawSome(rt, "types", linkTypes)...)
	}
	if rapid.Bool().Draw(rt, "to some") {
		t.Numbers = append([]int64{}, rapid.SliceOfN(rapid.Int64Range(1, hallTickets), 0, 60).Draw(rt, "targets")...)
	}
	return t
}
