package storetest

import (
	"cmp"
	"context"
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
		by := store.Sort{By: rapid.SampledFrom(slices.Sorted(maps.Keys(h.orders()))).Draw(rt, "by"), Down: rapid.Bool().Draw(rt, "down")}
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
	order := h.orders()[by.By]
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

func (h *hall) orders() map[store.SortBy]func(a, b desk.Ticket) int {
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
		"queue":    func(a, b desk.Ticket) int { return cmp.Compare(a.Queue, b.Queue) }, // as they are named
		"owner":    func(a, b desk.Ticket) int { return cmp.Compare(name(a), name(b)) },
		"priority": func(a, b desk.Ticket) int { return cmp.Compare(a.Priority, b.Priority) },
		"starts":   moments(func(k desk.Ticket) time.Time { return k.Starts }),
		"told":     moments(func(k desk.Ticket) time.Time { return k.Told }),
		"due":      moments(func(k desk.Ticket) time.Time { return k.Due }),
		"resolved": moments(func(k desk.Ticket) time.Time { return k.Resolved }),
	}
}
