package storetest

import (
	"context"
	"maps"
	"testing"

	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/store"
)

// testGained: what is counted as gained are the tickets that the one scope
// covers and the other does not.
func (h *hall) testGained(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		after, before := h.drawScope(rt), h.drawScope(rt)
		if rapid.Bool().Draw(rt, "alike but for a part") {
			before = h.changeScope(rt, *after)
		}
		want, total := map[desk.QueueID]int{}, 0
		for _, k := range h.tickets {
			if k.Findable() && after.Covers(k.Facts()) && !before.Covers(k.Facts()) {
				want[k.Queue]++
				total++
			}
		}
		view(t, h.s, func(ctx context.Context, tx *store.Tx) error {
			got, more, err := tx.CountGained(ctx, after, before, hallTickets)
			if err == nil && (more || !maps.Equal(got, want)) {
				rt.Errorf("gained %v (more: %t), want %v", got, more, want)
			}
			if total == 0 || err != nil {
				return err
			}
			if _, more, err = tx.CountGained(ctx, after, before, total-1); !more {
				rt.Errorf("%d tickets are not more than %d", total, total-1)
			}
			return err
		})
	})
}

// testOpenOf: open tickets of several customers are counted as each of them is
// by itself.
func (h *hall) testOpenOf(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		scope, limit := h.drawScope(rt), rapid.IntRange(1, 6).Draw(rt, "limit")
		companies := make([]desk.CustomerID, len(h.customers))
		for i, c := range h.customers {
			companies[i] = desk.CustomerID(c)
		}
		view(t, h.s, func(ctx context.Context, tx *store.Tx) error {
			got, err := tx.CountOpen(ctx, scope, companies, limit)
			if err != nil {
				return err
			}
			for _, c := range companies {
				f := store.TicketFilter{Customers: []desk.CustomerID{c}, Activity: store.OnlyActive}
				want, err := tx.CountTickets(ctx, scope, f, limit)
				if err != nil || got[c] != want {
					rt.Errorf("%d open tickets of customer %d, want %d, %v", got[c], c, want, err)
				}
				if of, one := f.OfOneCustomer(); of != c || !one {
					rt.Errorf("the filter of customer %d is of %d, %t", c, of, one)
				}
			}
			return nil
		})
	})
}

// changeScope returns a scope in which one part is another one.
func (h *hall) changeScope(rt *rapid.T, s desk.Scope) *desk.Scope {
	other := h.drawScope(rt)
	switch rapid.IntRange(0, 7).Draw(rt, "changed part") {
	case 0:
		s.Queues = other.Queues
	case 1:
		s.Principals = other.Principals
	case 2:
		s.Roles, s.RolesElsewhere = other.Roles, other.RolesElsewhere
	case 3:
		s.Naming = other.Naming
	case 4:
		s.Customers = other.Customers
	case 5:
		s.Managed = other.Managed
	case 6:
		s.Contact = other.Contact
	default:
		return &desk.Scope{}
	}
	return &s
}
