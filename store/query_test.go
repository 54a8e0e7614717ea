package store

import (
	"context"
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/desk/query"
)

// status is the test that a ticket has one of some statuses.
func status(names ...string) query.Test {
	return query.Test{What: query.Texts, Column: query.Status, Patterns: names}
}

func all(tests ...query.Test) query.Test { return query.Test{What: query.All, Tests: tests} }

func one(tests ...query.Test) query.Test { return query.Test{What: query.One, Tests: tests} }

// TestNarrowing: a list starts from what its query asks in any case, and from
// nothing else.
func TestNarrowing(t *testing.T) {
	urgent := query.Test{What: query.Between, Column: query.Priority, From: 50, To: query.Highest}
	inQueue := query.Test{What: query.In, Column: query.Queue, Numbers: []int64{3, 4}}
	held := query.Test{What: query.Stands, Who: []desk.PrincipalID{101}}
	for _, tt := range []struct {
		why      string
		test     query.Test
		activity Activity
		statuses []desk.Status
		queues   []desk.QueueID
		standing []desk.PrincipalID
	}{
		{"nothing asked", query.Always(), Any, nil, nil, nil},
		{"a status", status("open"), Any, []desk.Status{"open"}, nil, nil},
		{"one of two, joined by OR", one(status("open"), status("new")), Any, []desk.Status{"new", "open"}, nil, nil},
		{"all that are active", status("new", "open", "stalled"), OnlyActive, nil, nil, nil},
		{"all that are not resolved or rejected", query.NotThis(status("resolved", "rejected")), OnlyActive, nil, nil, nil},
		{"a status or something else", one(status("open"), urgent), Any, nil, nil, nil},
		{"neither a status nor something else", query.NotThis(one(status("new", "open", "stalled"), urgent)), OnlyInactive, nil, nil, nil},
		{"not both", query.NotThis(all(status("open"), urgent)), Any, nil, nil, nil},
		{"a pattern", status("%s%"), Any, []desk.Status{"resolved", "stalled"}, nil, nil},
		{"no status at all", status(), Any, []desk.Status{}, nil, nil},
		{"a queue and a person", all(inQueue, urgent, held), Any, nil, []desk.QueueID{3, 4}, []desk.PrincipalID{101}},
		{"a queue inside of another bracket", all(all(inQueue)), Any, nil, []desk.QueueID{3, 4}, nil},
		{"a queue or a person", one(inQueue, held), Any, nil, nil, nil},
		{"not that queue", query.NotThis(inQueue), Any, nil, nil, nil},
	} {
		var f TicketFilter
		f.narrow(&tt.test)
		f.narrowStatuses(&tt.test)
		if f.Activity != tt.activity || !slices.Equal(f.Statuses, tt.statuses) || (f.Statuses == nil) != (tt.statuses == nil) ||
			!slices.Equal(f.Queues, tt.queues) || !slices.Equal(f.Standing, tt.standing) {
			t.Errorf("%s: got %+v", tt.why, f)
		}
	}
}

// TestPartsAskedFor: a list starts from parts of subjects only where each subject
// that fits has some of them.
func TestPartsAskedFor(t *testing.T) {
	like := func(patterns ...string) query.Test {
		return query.Test{What: query.Texts, Column: query.Subject, Patterns: patterns}
	}
	for _, tt := range []struct {
		why  string
		test query.Test
		want [][]string
	}{
		{"a part", like("%fire%"), [][]string{{"fir", "ire"}}},
		{"every other part, and the last", like("%printers%"), [][]string{{"ers", "int", "pri", "ter"}}},
		{"the whole subject", like("über"), [][]string{{"ber", "übe"}}},
		{"two pieces, one too short", like("%ab%lamp"), [][]string{{"amp", "lam"}}},
		{"the same part twice", like("%aaaa%"), [][]string{{"aaa"}}},
		{"signs that stand for themselves", like("%a!%!_!!b%"), [][]string{{"_!b", "a%_"}}},
		{"one of two", one(like("%fire%"), like("%lam%", "%fir%")), [][]string{{"fir", "ire"}, {"lam"}, {"fir"}}},
		{"two signs", like("%ab%"), [][]string{{"ab"}}},
		{"the longer of two short pieces", like("a%bé%c"), [][]string{{"bé"}}},
		{"one of them too short", one(like("%fire%"), like("%ab%")), [][]string{{"fir", "ire"}, {"ab"}}},
		{"anything", like("%"), nil},
		{"a subject or a status", one(like("%fire%"), status("new")), nil},
		{"a status", status("new"), nil},
		{"no pattern at all", like(), nil},
		{"signs that are no text", like("%abcd\x00efg\ufffe%"), [][]string{{"abc", "bcd", "efg"}}},
	} {
		if got := partsAsked(&tt.test); !slices.EqualFunc(got, tt.want, slices.Equal) {
			t.Errorf("%s: got %q, want %q", tt.why, got, tt.want)
		}
	}
	long := query.Pattern(query.Like, strings.Repeat("0123456789abcdefghijklmnopqrstuvwxyz", 3))
	if got := partsOf(long); len(got) > mostParts+1 {
		t.Errorf("a long pattern asks for %d parts, want %d", len(got), mostParts)
	}
	var many []query.Test
	for range mostLists + 1 {
		many = append(many, like("%fire%"))
	}
	if got := one(many...); partsAsked(&got) != nil {
		t.Error("more patterns than are looked up are looked up")
	}
}

// TestEitherAskedFor: a list starts from the tickets of people where one
// condition that holds in any case asks for some, or each of those of which one
// holds.
func TestEitherAskedFor(t *testing.T) {
	stands := query.Test{What: query.Stands, Who: []desk.PrincipalID{101}}
	reported := query.Test{What: query.In, Column: query.Reporter, Numbers: []int64{7}}
	for _, tt := range []struct {
		why  string
		test query.Test
		want int
	}{
		{"one stands there or another reported it", one(stands, reported), 2},
		{"the same beside something else", all(status("new"), one(stands, reported)), 2},
		{"or it has a status", one(stands, status("new")), 0},
		{"or nobody reported it", one(stands, query.Test{What: query.In, Column: query.Reporter, Numbers: []int64{0}}), 0},
		{"or anybody stands there", one(reported, query.Test{What: query.Stands}), 0},
		{"not one of them", query.NotThis(one(stands, reported)), 0},
		{"both: one of them is enough to begin with", all(stands, reported), 1},
		{"one reported it", reported, 1},
		{"one stands there, which a list begins with by itself", stands, 0},
	} {
		var f TicketFilter
		f.narrow(&tt.test)
		if len(f.either) != tt.want {
			t.Errorf("%s: starts from %d conditions, want %d", tt.why, len(f.either), tt.want)
		}
	}
}

func TestPatternsThatAskForAText(t *testing.T) {
	for pattern, want := range map[string]string{"%printer%": "printer", "%a b%": "a b", "%%": "", "%a%b%": "", "%a!%b%": "", "a%": "", "%a": "", "a": "", "": ""} {
		got, plain := held(pattern)
		if !plain {
			got = ""
		}
		if got != want || plain != (want != "") {
			t.Errorf("%q: got %q, %v; want %q", pattern, got, plain, want)
		}
	}
}

// TestOldSubjectsAreFolded: tickets from before queries are found by their
// subjects too, whatever letters are in them.
func TestOldSubjectsAreFolded(t *testing.T) {
	s, err := Open(t.Context(), Options{Dir: t.TempDir(), Migrate: true, Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	subjects := query.Test{What: query.Texts, Column: query.Subject, Patterns: []string{query.Pattern(query.Like, "ÜBER")}}
	find := func(ctx context.Context, tx *Tx) int {
		n, err := tx.CountTickets(ctx, &desk.Scope{All: true}, TicketFilter{Test: &subjects}, 10)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	err = s.Do(t.Context(), func(tx *Tx) error {
		q := &desk.Queue{Name: "Support"}
		if err := tx.InsertQueue(t.Context(), q); err != nil {
			return err
		}
		for range 1001 {
			if err := tx.InsertTicket(t.Context(), &desk.Ticket{Queue: q.ID, Status: desk.StatusNew, Subject: "Übergabe"}); err != nil {
				return err
			}
		}
		if _, err := tx.exec(t.Context(), `UPDATE ticket SET subject_folded = ''`); err != nil {
			return err
		}
		if n := find(t.Context(), tx); n != 0 {
			t.Errorf("found %d before they were folded", n)
		}
		if err := foldSubjects(t.Context(), tx.tx); err != nil {
			return err
		}
		if n := find(t.Context(), tx); n != 11 {
			t.Errorf("found %d, want more than ten", n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
