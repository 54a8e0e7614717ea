package storetest

import (
	"context"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/desk/query"
	"gatehouse/store"
)

// testParts: any part of a subject finds what holds it and nothing else, before
// and after subjects change, whatever signs are in them.
func testParts(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	signs := rapid.StringOfN(rapid.SampledFrom([]rune(`aabbß%_!'"\&|*()- üÜİé😀:`+"\u0301\ufffe")), 0, 9, -1)
	rapid.Check(t, func(rt *rapid.T) {
		var made []desk.Ticket
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			for range 6 {
				k := desk.Ticket{Queue: c.support, Status: desk.StatusNew, Subject: signs.Draw(rt, "subject"), Created: Start, Updated: Start, Heard: Start}
				if err := tx.InsertTicket(ctx, &k); err != nil {
					return err
				}
				made = append(made, k)
			}
			return nil
		})
		test := query.Test{What: query.One}
		for range rapid.IntRange(1, 3).Draw(rt, "patterns") {
			how := rapid.SampledFrom([]query.How{query.Equal, query.Like, query.Starts, query.Ends}).Draw(rt, "how")
			test.Tests = append(test.Tests, query.Test{What: query.Texts, Column: query.Subject, Patterns: []string{query.Pattern(how, drawPart(rt, made, signs))}})
		}
		wantFound(rt, s, &test, made)
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			made[0].Subject = signs.Draw(rt, "new subject")
			return tx.UpdateTicket(ctx, &made[0])
		})
		wantFound(rt, s, &test, made)
	})
}

// drawPart draws a part of one of the subjects, or anything.
func drawPart(rt *rapid.T, of []desk.Ticket, signs *rapid.Generator[string]) string {
	if rapid.IntRange(0, 3).Draw(rt, "anything") == 0 {
		return signs.Draw(rt, "value")
	}
	subject := []rune(rapid.SampledFrom(of).Draw(rt, "of").Subject)
	from := rapid.IntRange(0, len(subject)).Draw(rt, "from")
	return string(subject[from:rapid.IntRange(from, len(subject)).Draw(rt, "to")])
}

// wantFound compares which of the tickets a test finds with its meaning.
func wantFound(rt *rapid.T, s *store.Store, test *query.Test, of []desk.Ticket) {
	var ids []desk.TicketID
	want := []desk.TicketID{}
	for _, k := range of {
		ids = append(ids, k.ID)
		if slices.ContainsFunc(test.Tests, func(q query.Test) bool { return query.Match(q.Patterns[0], desk.Fold(k.Subject)) }) {
			want = append(want, k.ID)
		}
	}
	err := s.View(context.Background(), func(tx *store.Tx) error {
		list, _, err := tx.Tickets(context.Background(), everyone(), store.TicketFilter{Test: test, Limit: 1000})
		got := []desk.TicketID{}
		for _, k := range list {
			if slices.Contains(ids, k.ID) {
				got = append(got, k.ID)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			rt.Errorf("%+v: got %d, want %d", test.Tests, got, want)
		}
		return err
	})
	if err != nil {
		rt.Fatal(err)
	}
}

// testRanges: what lies in a range of times or numbers is found from an index of
// them, and what is not set lies in none.
func testRanges(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	at := Start.Truncate(time.Microsecond)
	var made []desk.Ticket
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i := range 6 {
			k := desk.Ticket{Queue: c.support, Status: desk.StatusNew, Priority: i - 2, Created: at.AddDate(0, 0, -i), Updated: at.AddDate(0, 0, i), Heard: at}
			if i%2 == 0 {
				k.Due, k.Resolved = at.AddDate(0, 0, i), at.AddDate(0, 0, -i)
			}
			if err := tx.InsertTicket(ctx, &k); err != nil {
				return err
			}
			made = append(made, k)
		}
		return nil
	})
	day := func(n int) int64 { return at.AddDate(0, 0, n).UnixMicro() }
	between := func(c query.Column, from, to int64) query.Test {
		return query.Test{What: query.Between, Column: c, From: from, To: to}
	}
	for _, tt := range []struct {
		why  string
		test query.Test
		want []int // which were made, the newest first
	}{
		{"from a moment on", between(query.Created, day(-2), query.Highest), []int{2, 1, 0}},
		{"until a moment, without it", between(query.Updated, query.Lowest, day(2)), []int{1, 0}},
		{"numbers below zero", between(query.Priority, -2, 0), []int{1, 0}},
		{"due before a day: no ticket that is never due", between(query.Due, 1, day(3)), []int{2, 0}},
		{"not set", between(query.Due, query.Lowest, 1), []int{5, 3, 1}},
		{"resolved", between(query.Resolved, 1, query.Highest), []int{4, 2, 0}},
		{"two ranges", query.Test{What: query.All, Tests: []query.Test{between(query.Created, day(-4), query.Highest), between(query.Priority, 1, query.Highest)}}, []int{4, 3}},
		{"an empty range", between(query.Priority, 9, 3), nil},
	} {
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			list, _, err := tx.Tickets(ctx, everyone(), store.TicketFilter{Test: &tt.test, Limit: 10})
			var got []int
			for _, k := range list {
				got = append(got, slices.IndexFunc(made, func(m desk.Ticket) bool { return m.ID == k.ID }))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%s: got %d, want %d", tt.why, got, tt.want)
			}
			return err
		})
	}
}
