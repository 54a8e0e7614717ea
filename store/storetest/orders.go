package storetest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"

	"pgregory.net/rapid"
)

// kim is the name of two people of the hall: their tickets are sorted as one's.
const kim = "Kim"

// testOrders: a sorted list holds what the list by number holds, each ticket
// once, in its order, on pages of any size.
func (h *hall) testOrders(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		scope, filter := h.drawScope(rt), h.drawFilter(rt)
		if rapid.Bool().Draw(rt, "everything") {
			scope, filter = everyone(), store.TicketFilter{Activity: filter.Activity, Queues: filter.Queues}
		}
		by := store.Sort{By: rapid.SampledFrom(slices.Sorted(maps.Keys(h.orders(nil)))).Draw(rt, "by"), Down: rapid.Bool().Draw(rt, "down")}
		if rapid.Bool().Draw(rt, "some comments") {
			by.Comments = h.drawScope(rt)
		}
		want := h.ordered(h.listed(scope, filter), by)
		filter.Limit = rapid.IntRange(1, 30).Draw(rt, "page")
		view(t, h.s, func(ctx context.Context, tx *store.Tx) error {
			var got []desk.Ticket
			for more := true; more && len(got) <= len(want); {
				list, end, again, err := tx.SortedTickets(ctx, scope, filter, by)
				if err != nil {
					rt.Fatal(err)
				}
				got, more, by.After = append(got, list...), again, end
			}
			if diff := difference(got, want); diff != "" {
				rt.Errorf("pages joined differ from the sorted list (-got +want):\n%s", diff)
			}
			return nil
		})
	})
}

// ordered sorts a list by the definition.
func (h *hall) ordered(list []desk.Ticket, by store.Sort) []desk.Ticket {
	order := h.orders(by.Comments)[by.By]
	unset := func(k desk.Ticket) bool { return timed(by.By) && !by.Down && order(k, desk.Ticket{}) == 0 }
	if list = slices.DeleteFunc(slices.Clone(list), unset); len(list) == 0 {
		return nil
	}
	slices.SortFunc(list, func(a, b desk.Ticket) int {
		if by.Down {
			a, b = b, a
		}
		return cmp.Or(order(a, b), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// timed are the columns that need not be set.
func timed(by store.SortBy) bool {
	return slices.Contains([]store.SortBy{"starts", "told", "due", "resolved"}, by)
}

// orders are those of the columns, for who may read some comments; nil: all.
func (h *hall) orders(comments *desk.Scope) map[store.SortBy]func(a, b desk.Ticket) int {
	moments := func(of func(desk.Ticket) time.Time) func(a, b desk.Ticket) int {
		return func(a, b desk.Ticket) int { return of(a).Compare(of(b)) }
	}
	name := func(k desk.Ticket) string {
		at := slices.Index(h.users, k.Owner)
		switch {
		case at < 0:
			return ""
		case at%2 == 1:
			return desk.Fold(kim)
		}
		return desk.Fold(numbered("user", at))
	}
	return map[store.SortBy]func(a, b desk.Ticket) int{
		"requestor": func(a, b desk.Ticket) int { return cmp.Compare(h.named(h.asker(&a)), h.named(h.asker(&b))) },
		"customer": func(a, b desk.Ticket) int {
			return cmp.Compare(h.named(least(a.In(desk.CustomerRole), h.customers)), h.named(least(b.In(desk.CustomerRole), h.customers)))
		},
		"queue":    func(a, b desk.Ticket) int { return cmp.Compare(a.Queue, b.Queue) }, // as they are named
		"owner":    func(a, b desk.Ticket) int { return cmp.Compare(name(a), name(b)) },
		"priority": func(a, b desk.Ticket) int { return cmp.Compare(a.Priority, b.Priority) },
		"updated": moments(func(k desk.Ticket) time.Time {
			if comments == nil || comments.Covers(k.Facts()) {
				return k.Updated
			}
			return k.Heard
		}),
		"starts":   moments(func(k desk.Ticket) time.Time { return k.Starts }),
		"told":     moments(func(k desk.Ticket) time.Time { return k.Told }),
		"due":      moments(func(k desk.Ticket) time.Time { return k.Due }),
		"resolved": moments(func(k desk.Ticket) time.Time { return k.Resolved }),
	}
}

// least is the first of some principals that is of one sort; zero: none is.
func least(who, sort []desk.PrincipalID) desk.PrincipalID {
	var found desk.PrincipalID
	for _, id := range who {
		if slices.Contains(sort, id) && (found == 0 || id < found) {
			found = id
		}
	}
	return found
}

// asker is who asks, as lists show him.
func (h *hall) asker(k *desk.Ticket) desk.PrincipalID {
	stand, people := k.In(desk.Requestor), h.principals[:len(h.users)]
	return cmp.Or(least(stand, people), desk.PrincipalID(k.Reporter), least(stand, h.customers), least(stand, h.principals[len(h.users):]))
}

// named is the name of a principal as it is compared.
func (h *hall) named(id desk.PrincipalID) string {
	at := slices.Index(h.principals, id)
	switch {
	case at < 0:
		return ""
	case at < len(h.users) && at%2 == 1:
		return desk.Fold(kim)
	case at < len(h.users):
		return desk.Fold(numbered("user", at))
	case at < len(h.principals)-len(h.customers):
		return desk.Fold(numbered("group", at-len(h.users)))
	}
	return desk.Fold(numbered("customer", at-len(h.principals)+len(h.customers)))
}

// testSortedElsewhere: sorted by queue, the tickets of queues that somebody sees
// as a whole stand between those that he sees in other queues for another reason.
func (h *hall) testSortedElsewhere(t *testing.T) {
	who := h.users[1]
	all, own := desk.Reach{All: true}, desk.Reach{Named: true}
	roles := desk.RolesOf(desk.Requestor, desk.Cc, desk.Owner)
	for _, tt := range []struct {
		why   string
		scope desk.Scope
	}{
		{"the last queue as a whole, and what he stands on elsewhere", desk.Scope{User: who, RolesElsewhere: roles,
			Queues: []desk.QueueReach{{Queue: h.queues[4], Reach: all}}, Principals: []desk.PrincipalReach{{Who: desk.PrincipalID(who), Reach: all}}}},
		{"the queue in the middle, and what a group stands on", desk.Scope{User: who, RolesElsewhere: roles,
			Queues: []desk.QueueReach{{Queue: h.queues[2], Reach: all}}, Principals: []desk.PrincipalReach{{Who: h.principals[4], Reach: all}}}},
		{"shared ones of two queues, and what he reported or is named on in a third", desk.Scope{User: who, Contact: true, Naming: roles,
			Queues: []desk.QueueReach{{Queue: h.queues[3], Reach: desk.Reach{Shared: true}}, {Queue: h.queues[1], Reach: desk.Reach{Shared: true}},
				{Queue: h.queues[0], Reach: own}}}},
		{"no queue as a whole", desk.Scope{RolesElsewhere: roles, Principals: []desk.PrincipalReach{{Who: h.principals[2], Reach: all}, {Who: h.customers[0], Reach: all}}}},
		{"queues alone", desk.Scope{Queues: []desk.QueueReach{{Queue: h.queues[0], Reach: all}, {Queue: h.queues[4], Reach: all}}}},
	} {
		for _, f := range []store.TicketFilter{{}, {Activity: store.OnlyActive}, {Queues: h.queues[1:4]}} {
			h.wantByQueue(t, tt.why, &tt.scope, f)
		}
	}
}

// wantByQueue compares a list by queue, up and down, with the sorted list.
func (h *hall) wantByQueue(t *testing.T, why string, scope *desk.Scope, f store.TicketFilter) {
	t.Helper()
	all := h.listed(scope, f)
	if len(all) == 0 && f.Queues == nil && f.Activity == store.Any {
		t.Errorf("%s: the test has no ticket", why)
	}
	f.Limit = 7
	for _, down := range []bool{false, true} {
		by := store.Sort{By: "queue", Down: down}
		want := numbersOf(h.ordered(all, by))
		var got []desk.TicketID
		for more := true; more && len(got) <= len(want); {
			view(t, h.s, func(ctx context.Context, tx *store.Tx) error {
				list, end, again, err := tx.SortedTickets(ctx, scope, f, by)
				got, more, by.After = append(got, numbersOf(list)...), again, end
				return err
			})
		}
		same(t, fmt.Sprintf("%s, down %v", why, down), got, nil, want)
	}
}
