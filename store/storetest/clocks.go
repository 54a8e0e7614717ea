package storetest

import (
	"context"
	"slices"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/sla"
	"gatehouse/store"
)

func testClocks(t *testing.T, s *store.Store) {
	testDefinitions(t, s)
	testBadDefinitions(t, s)
	testClockRuns(t, s)
}

func testDefinitions(t *testing.T, s *store.Store) {
	version := func() int64 {
		return read(t, s, func(ctx context.Context, tx *store.Tx) (int64, error) { return tx.DefinitionVersion(ctx) })
	}
	week, _ := sla.ParseWeek("mon-fri 09:00-12:00, 13:00-17:00")
	five := 5
	c := sla.Calendar{Name: "Büro", Zone: "Europe/Berlin", Week: week, Holidays: []sla.Holiday{{Month: 12, Day: 25, Name: "Weihnachten"}, {Year: 2026, Month: 4, Day: 3}}}
	a := sla.Agreement{Name: "Gold", Warn: 75, Targets: map[sla.Kind]time.Duration{sla.Update: 90 * time.Minute}, Pauses: []desk.Status{desk.StatusStalled}}
	as := sla.Assignment{Queue: 7, Customer: 8, Priority: &five}
	began := version()
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if tx.DefinitionsChanged() {
			t.Error("nothing was changed yet")
		}
		if err := tx.SaveCalendar(ctx, &c); err != nil {
			return err
		}
		a.Calendar = c.ID
		if err := tx.SaveAgreement(ctx, &a); err != nil {
			return err
		}
		as.Agreement = a.ID
		if !tx.DefinitionsChanged() {
			t.Error("a change is not known to its transaction")
		}
		return tx.SaveAssignment(ctx, &as)
	})
	if version() <= began {
		t.Error("the version of definitions stays")
	}
	want := &sla.Book{Calendars: []sla.Calendar{c}, Agreements: []sla.Agreement{a}, Assignments: []sla.Assignment{as}}
	check := func(why string) {
		t.Helper()
		got := read(t, s, func(ctx context.Context, tx *store.Tx) (*sla.Book, error) { return tx.Book(ctx) })
		if sla.FormatWeek(got.Calendar(c.ID).Week) != sla.FormatWeek(want.Calendar(c.ID).Week) || len(got.Calendars) != len(want.Calendars) ||
			!slices.Equal(got.Calendar(c.ID).Holidays, want.Calendar(c.ID).Holidays) || got.Calendar(c.ID).Zone != want.Calendar(c.ID).Zone {
			t.Errorf("%s: got calendars %+v, want %+v", why, got.Calendars, want.Calendars)
		}
		same(t, why, got.Agreements, nil, want.Agreements)
		same(t, why, got.Assignments, nil, want.Assignments)
	}
	check("after making them")
	a.Name, a.Targets[sla.Update] = "Silver", time.Hour
	want.Agreements = []sla.Agreement{a}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveAgreement(ctx, &a) })
	check("after a change")
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.DeleteAssignment(ctx, as.ID); err != nil {
			return err
		}
		if err := tx.DeleteAgreement(ctx, a.ID); err != nil {
			return err
		}
		return tx.DeleteCalendar(ctx, c.ID)
	})
	got := read(t, s, func(ctx context.Context, tx *store.Tx) (*sla.Book, error) { return tx.Book(ctx) })
	if !got.Empty() || len(got.Calendars)+len(got.Agreements) != 0 {
		t.Errorf("after deleting all: got %+v", got)
	}
}

func testBadDefinitions(t *testing.T, s *store.Store) {
	five := 5
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SaveCalendar(ctx, &sla.Calendar{Name: "Büro"}); err != nil {
			return err
		}
		return tx.SaveAssignment(ctx, &sla.Assignment{Queue: 7, Customer: 8, Priority: &five})
	})
	for _, ask := range []func(context.Context, *store.Tx) error{
		func(ctx context.Context, tx *store.Tx) error {
			return tx.SaveCalendar(ctx, &sla.Calendar{Name: "BÜRO"})
		},
		func(ctx context.Context, tx *store.Tx) error {
			return tx.SaveAssignment(ctx, &sla.Assignment{Queue: 7, Customer: 8, Priority: &five})
		},
	} {
		refused(t, s, desk.Conflict, ask)
	}
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error {
		return tx.SaveAgreement(ctx, &sla.Agreement{ID: 999, Name: "none"})
	})
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { return tx.DeleteCalendar(ctx, 999) })
}

func testClockRuns(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	first, second, third := newTicket(t, s, c, "first"), newTicket(t, s, c, "second"), newTicket(t, s, c, "third")
	hour := func(n int) time.Time { return Start.Add(time.Duration(n) * time.Hour).Truncate(time.Microsecond) }
	runs := []store.ClockRun{
		{Run: sla.Run{Kind: sla.FirstResponse, Agreement: 3, Started: hour(0), Ended: hour(1), Target: time.Hour, Worked: 30 * time.Minute}},
		{Run: sla.Run{Kind: sla.Update, Number: 2, Agreement: 3, Started: hour(2), Target: time.Hour, Worked: time.Minute, Warn: hour(4), Due: hour(5)}},
		{Run: sla.Run{Kind: sla.Resolution, Agreement: 3, Started: hour(0), Paused: true, Target: 9 * time.Hour}, Warned: true, Told: true},
	}
	save := func(id desk.TicketID, runs ...store.ClockRun) {
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveRuns(ctx, id, runs) })
	}
	save(first.ID, runs...)
	save(second.ID, store.ClockRun{Run: sla.Run{Kind: sla.Resolution, Started: hour(0), Due: hour(3)}})
	save(third.ID, store.ClockRun{Run: sla.Run{Kind: sla.Resolution, Started: hour(0), Due: hour(3)}, Told: true})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Runs(ctx, first.ID)
		same(t, "runs", got, err, runs)
		return nil
	})
	ringing := func(at time.Time) []desk.TicketID {
		var ids []desk.TicketID
		do(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			ids, err = tx.RingingTickets(ctx, at, 10)
			return err
		})
		return ids
	}
	for _, tt := range []struct {
		why  string
		at   time.Time
		want []desk.TicketID
	}{
		{"nothing is due", hour(2), nil},
		{"the second is due; of the third people know", hour(3), []desk.TicketID{second.ID}},
		{"a warning of the first", hour(4), []desk.TicketID{second.ID, first.ID}},
	} {
		if got := ringing(tt.at); !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.why, got, tt.want)
		}
	}
	testUrgent(t, s, []desk.TicketID{second.ID, third.ID, first.ID}, hour(3))
	save(first.ID, runs[0])
	before := read(t, s, func(ctx context.Context, tx *store.Tx) (*desk.Ticket, error) { return tx.Ticket(ctx, second.ID) })
	if before.Version != second.Version || !before.ClockDue.Equal(hour(3)) {
		t.Errorf("got version %d, due %s; want the version to stay, due %s", before.Version, before.ClockDue, hour(3))
	}
	if got := read(t, s, func(ctx context.Context, tx *store.Tx) (*desk.Ticket, error) { return tx.Ticket(ctx, first.ID) }); !got.ClockDue.IsZero() {
		t.Errorf("after its clocks ended: got %s", got.ClockDue)
	}
	active := read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.TicketID, error) {
		return tx.ActiveTickets(ctx, first.ID, 10)
	})
	if want := []desk.TicketID{second.ID, third.ID}; !slices.Equal(active, want) {
		t.Errorf("active tickets after the first: got %v, want %v", active, want)
	}
}

// testUrgent lists tickets that are due in that order, the first two at the
// same moment.
func testUrgent(t *testing.T, s *store.Store, order []desk.TicketID, due time.Time) {
	t.Helper()
	urgent := func(scope *desk.Scope, f store.TicketFilter, after store.DueEnd) []desk.TicketID {
		var ids []desk.TicketID
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			list, _, err := tx.UrgentTickets(ctx, scope, f, after)
			for _, k := range list {
				ids = append(ids, k.ID)
			}
			return err
		})
		return ids
	}
	all := &desk.Scope{All: true}
	if got, want := urgent(all, store.TicketFilter{}, store.DueEnd{}), order; !slices.Equal(got, want) {
		t.Errorf("most urgent first: got %v, want %v", got, want)
	}
	if got, want := urgent(all, store.TicketFilter{Limit: 1}, store.DueEnd{Due: due.UnixMicro(), ID: order[0]}), order[1:2]; !slices.Equal(got, want) {
		t.Errorf("the page after the second: got %v, want %v", got, want)
	}
	if got := urgent(&desk.Scope{}, store.TicketFilter{}, store.DueEnd{}); got != nil {
		t.Errorf("an empty scope: got %v", got)
	}
	if got := urgent(all, store.TicketFilter{Queues: []desk.QueueID{999}}, store.DueEnd{}); got != nil {
		t.Errorf("another queue: got %v", got)
	}
}
