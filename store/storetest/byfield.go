package storetest

import (
	"cmp"
	"context"
	"slices"
	"testing"

	"gatehouse/desk"
	"gatehouse/desk/query"
	"gatehouse/store"

	"pgregory.net/rapid"
)

// testOrdersByField: a list that is sorted by a custom field holds what the list by
// number holds, each ticket once: by what the reader may see of it, and behind them
// those of which he sees no value.
func (h *hall) testOrdersByField(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		scope, filter := h.drawScope(rt), h.drawFilter(rt)
		if rapid.Bool().Draw(rt, "everything") {
			scope, filter = everyone(), store.TicketFilter{Activity: filter.Activity, Queues: filter.Queues}
		}
		by := store.Sort{Field: h.drawSortField(rt), Down: rapid.Bool().Draw(rt, "down")}
		want := h.orderedByField(h.listed(scope, filter), by)
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

// drawSortField draws a field: texts, numbers, or numbers as choices that stand in
// an order of their own.
func (h *hall) drawSortField(rt *rapid.T) *store.SortField {
	f := h.fields[rapid.IntRange(0, 1).Draw(rt, "field")]
	by := &store.SortField{ID: f.ID, Kind: f.Kind, Seen: query.Always()}
	if f.Kind == desk.WholeField && rapid.Bool().Draw(rt, "chosen") {
		by.Kind, by.Choices = desk.OneField, rapid.Permutation([]int64{-3, -2, -1, 0, 1, 2, 3}).Draw(rt, "choices")
	}
	if rapid.Bool().Draw(rt, "some values") {
		by.Seen = query.Test{What: query.Covered, Scope: h.drawScope(rt)}
	}
	return by
}

// orderedByField sorts a list by the definition.
func (h *hall) orderedByField(list []desk.Ticket, by store.Sort) []desk.Ticket {
	value := func(k desk.Ticket) (v desk.FieldValue, set bool) {
		values := h.values[k.ID][by.Field.ID]
		if len(values) == 0 || by.Field.Seen.Scope != nil && !by.Field.Seen.Scope.Covers(k.Facts()) {
			return v, false
		}
		switch v = values[0]; {
		case by.Field.Choices != nil:
			return desk.FieldValue{Number: int64(slices.Index(by.Field.Choices, v.Number))}, true
		case by.Field.Kind == desk.WholeField:
			return desk.FieldValue{Number: v.Number}, true
		}
		text := []rune(desk.Fold(v.Text))
		return desk.FieldValue{Text: string(text[:min(len(text), shortText)])}, true
	}
	slices.SortFunc(list, func(a, b desk.Ticket) int {
		x, setX := value(a)
		y, setY := value(b)
		if setX != setY {
			return cmp.Compare(boolean(setY), boolean(setX))
		}
		if by.Down {
			a, b, x, y = b, a, y, x
		}
		return cmp.Or(cmp.Compare(x.Number, y.Number), cmp.Compare(x.Text, y.Text), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// shortText is how much of a text counts.
const shortText = 60

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}
