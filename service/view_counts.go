package service

import (
	"context"
	"maps"
	"slices"
	"sync"

	"gatehouse/desk"
	"gatehouse/desk/query"
	"gatehouse/desk/tally"
	"gatehouse/store"
)

// maxViewers is of how many people the numbers beside their views are kept.
const maxViewers = 500

// A viewing keeps the numbers beside people's views, so that a page counts only
// what was changed since the page before it.
type viewing struct {
	mu   sync.Mutex
	kept map[desk.UserID]*viewer
}

// A viewer is the numbers beside the views of one person.
type viewer struct {
	sync.Mutex
	watch tally.Watch
}

func (v *viewing) of(user desk.UserID) *viewer {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.kept[user] == nil {
		for old := range v.kept {
			if len(v.kept) < maxViewers {
				break
			}
			delete(v.kept, old)
		}
		v.kept[user] = &viewer{}
	}
	return v.kept[user]
}

// ViewCounts counts what each filter lists, each up to limit+1, as CountTickets
// does for one. It is for the same filters of the same person again and again:
// agents' are counted from memory where that has been read already, others from
// the replica where there is one. What a query calls now is the minute that has
// begun. A filter whose query has a mistake counts nothing.
func (s *Service) ViewCounts(ctx context.Context, by desk.Actor, filters []TicketFilter, limit int) ([]TicketCount, error) {
	// Before the transaction, for it reads in one of its own, and a reader who
	// waits for another could wait for himself.
	ledger, err := s.ticketsIfRead(ctx)
	if err != nil {
		return nil, err
	}
	var counts []TicketCount
	err = s.view(ctx, by, func(o *op) error {
		scope := o.scope(desk.ShowTicket)
		if scope.Empty() {
			return nil
		}
		o.byMinute = true
		counts = make([]TicketCount, len(filters))
		var tests []query.Test
		var at []int // which filters the tests are
		b := &binder{op: o}
		for i, f := range filters {
			err := b.filter(ctx, &f)
			if desk.KindOf(err) == desk.Invalid {
				continue
			}
			if err != nil {
				return err
			}
			test, ok, err := o.filterTest(ctx, &f)
			if err != nil {
				return err
			}
			if ok && ledger != nil && !by.Limits.Narrow() { // what is kept of him is of all that he sees
				tests, at = append(tests, test), append(at, i)
				continue
			}
			if counts[i].N, counts[i].Late, err = o.counted(ctx, scope, f, limit); err != nil {
				return err
			}
		}
		if len(tests) == 0 {
			return nil
		}
		viewer := s.counting.viewers.of(by.User)
		viewer.Lock()
		defer viewer.Unlock()
		for i, n := range viewer.watch.Count(ledger, scope, tests) {
			counts[at[i]].N = min(n, limit+1)
		}
		return nil
	})
	return counts, err
}

// filterTest writes a bound filter as a test that can be counted from memory;
// ok is false where it asks for what is not there.
func (o *op) filterTest(ctx context.Context, f *TicketFilter) (test query.Test, ok bool, err error) {
	if !o.isAgent() || f.Requestor != 0 || f.Text != "" || f.IDs != nil || f.Customers != nil || f.Test != nil && len(tally.Foreign(f.Test)) > 0 {
		return test, false, nil
	}
	parts := query.Test{What: query.All}
	add := func(t query.Test) { parts.Tests = append(parts.Tests, t) }
	if f.Queues != nil {
		add(query.Test{What: query.In, Column: query.Queue, Numbers: numbersOf(f.Queues)})
	}
	if f.Statuses != nil {
		add(statusIn(f.Statuses))
	}
	if f.Activity != store.Any {
		book, err := o.lives(ctx)
		if err != nil {
			return test, false, err
		}
		kinds := book.Kinds()
		add(statusIn(slices.DeleteFunc(slices.Sorted(maps.Keys(kinds)), func(s desk.Status) bool { return kinds[s].Active() != (f.Activity == OnlyActive) })))
	}
	if f.Owner != nil {
		add(query.Test{What: query.In, Column: query.Owner, Numbers: []int64{int64(*f.Owner)}})
	}
	if f.Reporter != 0 {
		add(query.Test{What: query.In, Column: query.Reporter, Numbers: []int64{int64(f.Reporter)}})
	}
	if f.Standing != nil {
		stands := query.Test{What: query.Stands, Who: f.Standing}
		roles, err := o.Tx.Roles(ctx)
		if err != nil {
			return test, false, err
		}
		for _, r := range roles {
			stands.Roles = append(stands.Roles, query.RoleOn{Role: r.ID})
		}
		add(stands)
	}
	if f.Test != nil {
		add(*f.Test)
	}
	return parts, true, nil
}

func statusIn(list []desk.Status) query.Test {
	t := query.Test{What: query.Texts, Column: query.Status, Patterns: []string{}}
	for _, s := range list {
		t.Patterns = append(t.Patterns, query.Pattern(query.Equal, string(s)))
	}
	return t
}

func numbersOf[T ~int64](list []T) []int64 {
	out := make([]int64, len(list))
	for i, id := range list {
		out[i] = int64(id)
	}
	return out
}
