package storetest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/query"
	"gatehouse/store"
)

// testSorted: by each column, both ways, page after page, each ticket of the
// scope comes once and in order, equal ones by number.
func testSorted(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	at := Start.Truncate(time.Microsecond)
	subjects := []string{"beta", "Alpha", "alpha", "Ümlaut", "beta", "zeta 😀", ""}
	var made []desk.Ticket
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i, subject := range subjects {
			ticket := desk.Ticket{Queue: c.support, Subject: subject, Status: desk.Statuses()[i%5], Priority: (i * 5) % 3, TimeWorked: i % 4,
				Created: at.Add(time.Duration(i%3) * time.Hour), Updated: at.Add(time.Duration(i*7%5) * time.Hour), Heard: at}
			ticket.UpdatedBy = []desk.UserID{0, c.carl, c.anna}[i%3]
			if i%2 == 0 {
				ticket.Due, ticket.Owner = at.Add(time.Duration(7-i)*time.Hour), c.anna
				ticket.Holders = []desk.Holder{{Role: desk.Owner, Who: desk.PrincipalID(c.anna)}}
			}
			if err := tx.InsertTicket(ctx, &ticket); err != nil {
				return err
			}
			made = append(made, ticket)
		}
		return nil
	})
	names := map[desk.UserID]string{c.anna: "anna", c.carl: "carl"}
	owner := func(t desk.Ticket) string { return strings.Repeat("a", min(int(t.Owner), 1)) }
	orders := map[store.SortBy]func(a, b desk.Ticket) int{
		"id":       func(desk.Ticket, desk.Ticket) int { return 0 },
		"created":  func(a, b desk.Ticket) int { return a.Created.Compare(b.Created) },
		"updated":  func(a, b desk.Ticket) int { return a.Updated.Compare(b.Updated) },
		"due":      func(a, b desk.Ticket) int { return a.Due.Compare(b.Due) },
		"priority": func(a, b desk.Ticket) int { return cmp.Compare(a.Priority, b.Priority) },
		"worked":   func(a, b desk.Ticket) int { return cmp.Compare(a.TimeWorked, b.TimeWorked) },
		"status":   func(a, b desk.Ticket) int { return cmp.Compare(a.Status, b.Status) },
		"subject":  func(a, b desk.Ticket) int { return cmp.Compare(desk.Fold(a.Subject), desk.Fold(b.Subject)) },
		"owner":    func(a, b desk.Ticket) int { return cmp.Compare(owner(a), owner(b)) },
		"queue":    func(desk.Ticket, desk.Ticket) int { return 0 },
		"updater":  func(a, b desk.Ticket) int { return cmp.Compare(names[a.UpdatedBy], names[b.UpdatedBy]) },
	}
	for by, order := range orders {
		for _, down := range []bool{false, true} {
			want := slices.DeleteFunc(slices.Clone(made), func(t desk.Ticket) bool { return by == "due" && !down && t.Due.IsZero() })
			slices.SortFunc(want, func(a, b desk.Ticket) int { return cmp.Or(order(a, b), cmp.Compare(a.ID, b.ID)) })
			if down {
				slices.Reverse(want)
			}
			same(t, fmt.Sprintf("by %s, down %v", by, down), sortedPages(t, s, store.Sort{By: by, Down: down}), nil, numbersOf(want))
		}
	}
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		list, _, _, err := tx.SortedTickets(ctx, &desk.Scope{}, store.TicketFilter{}, store.Sort{By: "id"})
		same(t, "of an empty scope", len(list), err, 0)
		list, _, _, err = tx.SortedTickets(ctx, &desk.Scope{All: true}, store.TicketFilter{Activity: store.OnlyInactive}, store.Sort{By: "updated"})
		same(t, "what is done", len(list), err, 2)
		wantSortedFew(ctx, t, tx, made, c.anna)
		_, _, _, err = tx.SortedTickets(ctx, &desk.Scope{All: true}, store.TicketFilter{}, store.Sort{By: "id; DROP TABLE ticket"})
		same(t, "by nonsense", desk.KindOf(err), nil, desk.Invalid)
		return nil
	})
}

// wantSortedFew: lists that start from few tickets are sorted like others. made[3]
// is the one with a rare subject.
func wantSortedFew(ctx context.Context, t *testing.T, tx *store.Tx, made []desk.Ticket, anna desk.UserID) {
	t.Helper()
	var hers []desk.Ticket
	for _, k := range made {
		if k.Owner == anna {
			hers = append(hers, k)
		}
	}
	slices.SortFunc(hers, func(a, b desk.Ticket) int {
		return cmp.Or(cmp.Compare(desk.Fold(a.Subject), desk.Fold(b.Subject)), cmp.Compare(a.ID, b.ID))
	})
	list, _, _, err := tx.SortedTickets(ctx, &desk.Scope{All: true}, store.TicketFilter{Owner: &anna}, store.Sort{By: "subject"})
	same(t, "what somebody owns", numbersOf(list), err, numbersOf(hers))
	list, _, _, err = tx.SortedTickets(ctx, &desk.Scope{All: true}, store.TicketFilter{Standing: []desk.PrincipalID{desk.PrincipalID(anna)}}, store.Sort{By: "subject"})
	same(t, "what somebody stands on", numbersOf(list), err, numbersOf(hers))
	list, _, _, err = tx.SortedTickets(ctx, &desk.Scope{All: true}, store.TicketFilter{Standing: []desk.PrincipalID{}}, store.Sort{By: "subject"})
	same(t, "what nobody stands on", len(list), err, 0)
	rare := query.Test{What: query.Texts, Column: query.Subject, Patterns: []string{query.Pattern(query.Like, "MLAU")}}
	list, _, _, err = tx.SortedTickets(ctx, &desk.Scope{All: true}, store.TicketFilter{Test: &rare}, store.Sort{By: "updated", Down: true})
	same(t, "part of a subject", numbersOf(list), err, numbersOf(made[3:4]))
}

func numbersOf(list []desk.Ticket) []desk.TicketID {
	var out []desk.TicketID
	for _, t := range list {
		out = append(out, t.ID)
	}
	return out
}

// sortedPages reads a sorted list in pages of two.
func sortedPages(t *testing.T, s *store.Store, by store.Sort) []desk.TicketID {
	t.Helper()
	var got []desk.TicketID
	for more := true; more && len(got) < 99; {
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			list, end, again, err := tx.SortedTickets(ctx, &desk.Scope{All: true}, store.TicketFilter{Limit: 2}, by)
			got, more, by.After = append(got, numbersOf(list)...), again, end
			return err
		})
	}
	return got
}

// testSortedAsSeen: to whom comments are not shown, lists by the last change go by
// what everybody could see, and their ends tell no more.
func testSortedAsSeen(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	at := Start.Truncate(time.Microsecond)
	hour := func(n int) time.Time { return at.Add(time.Duration(n) * time.Hour) }
	made := []desk.Ticket{
		{Queue: c.support, Updated: hour(9), UpdatedBy: c.anna, Heard: hour(1), HeardBy: c.carl},
		{Queue: c.sales, Updated: hour(5), UpdatedBy: c.anna, Heard: hour(2), HeardBy: c.anna},
		{Queue: c.support, Updated: hour(3), UpdatedBy: c.carl, Heard: hour(3)},
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i := range made {
			made[i].Subject, made[i].Status = numbered("x", i), desk.StatusNew
			if err := tx.InsertTicket(ctx, &made[i]); err != nil {
				return err
			}
		}
		return nil
	})
	some := &desk.Scope{Queues: []desk.QueueReach{{Queue: c.sales, Reach: desk.Reach{All: true}}}}
	for _, tt := range []struct {
		why      string
		by       store.SortBy
		comments *desk.Scope
		order    []int
		end      int64 // hours
	}{
		{"all comments", "updated", nil, []int{2, 1, 0}, 9},
		{"no comments", "updated", &desk.Scope{}, []int{0, 1, 2}, 3},
		{"comments of one queue", "updated", some, []int{0, 2, 1}, 5},
		{"all comments, by who it was", "updater", nil, []int{0, 1, 2}, 0},
		{"no comments, by who it was", "updater", &desk.Scope{}, []int{2, 1, 0}, 0},
		{"comments of one queue, by who it was", "updater", some, []int{2, 1, 0}, 0},
	} {
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			list, end, _, err := tx.SortedTickets(ctx, everyone(), store.TicketFilter{}, store.Sort{By: tt.by, Comments: tt.comments})
			var want []desk.TicketID
			for _, i := range tt.order {
				want = append(want, made[i].ID)
			}
			same(t, tt.why, numbersOf(list), err, want)
			if tt.end != 0 && end.Number != hour(int(tt.end)).UnixMicro() {
				t.Errorf("%s: the end is %d, want hour %d", tt.why, end.Number, tt.end)
			}
			return nil
		})
	}
}
