package sla_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/desk/sla"
)

const (
	support desk.QueueID    = 1
	sales   desk.QueueID    = 2
	acme    desk.CustomerID = 11
	bolt    desk.CustomerID = 12
)

func TestWhichAgreementHolds(t *testing.T) {
	five := 5
	book := &sla.Book{
		Agreements: []sla.Agreement{{ID: 1, Name: "everybody"}, {ID: 2, Name: "support"}, {ID: 3, Name: "acme"}, {ID: 4, Name: "acme in sales"}, {ID: 5, Name: "urgent"}},
		Assignments: []sla.Assignment{
			{ID: 1, Agreement: 1}, {ID: 2, Agreement: 2, Queue: support}, {ID: 3, Agreement: 3, Customer: acme},
			{ID: 4, Agreement: 4, Customer: acme, Queue: sales}, {ID: 5, Agreement: 5, Priority: &five}, {ID: 6, Agreement: 0, Customer: bolt, Priority: new(int)},
		},
	}
	for _, tt := range []struct {
		why   string
		facts sla.Facts
		want  string
	}{
		{"nothing special", sla.Facts{Queue: sales}, "everybody"},
		{"the queue's own", sla.Facts{Queue: support}, "support"},
		{"a queue counts more than a priority", sla.Facts{Queue: support, Priority: 9}, "support"},
		{"a priority counts more than nothing", sla.Facts{Queue: sales, Priority: 5}, "urgent"},
		{"a priority below it does not", sla.Facts{Queue: sales, Priority: 4}, "everybody"},
		{"a customer counts more than a queue", sla.Facts{Queue: support, Customers: []desk.CustomerID{acme}}, "acme"},
		{"both count more than one", sla.Facts{Queue: sales, Customers: []desk.CustomerID{acme}}, "acme in sales"},
		{"nothing can be agreed as well", sla.Facts{Queue: sales, Customers: []desk.CustomerID{bolt}}, ""},
	} {
		got := ""
		if a, _ := book.Choose(&tt.facts); a != nil {
			got = a.Name
		}
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.why, got, tt.want)
		}
	}
}

// drawBook draws two calendars and two agreements, one of which holds in the
// queue sales or for Acme.
func drawBook(t *rapid.T) *sla.Book {
	b := &sla.Book{}
	for id := sla.CalendarID(1); id <= 2; id++ {
		c := drawCalendar(t)
		c.ID = id
		b.Calendars = append(b.Calendars, *c)
	}
	for id := sla.AgreementID(1); id <= 2; id++ {
		a := sla.Agreement{ID: id, Calendar: sla.CalendarID(rapid.IntRange(0, 2).Draw(t, "calendar")), Targets: map[sla.Kind]time.Duration{},
			Warn: rapid.SampledFrom([]int{0, 50, 75}).Draw(t, "warn")}
		for _, k := range sla.Kinds() {
			a.Targets[k] = time.Duration(rapid.SampledFrom([]int{0, 100, 400, 1000}).Draw(t, "target")) * time.Minute
		}
		if rapid.Bool().Draw(t, "pauses") {
			a.Pauses = []desk.Status{desk.StatusStalled}
		}
		b.Agreements = append(b.Agreements, a)
	}
	b.Assignments = []sla.Assignment{{ID: 1, Agreement: 1}, {ID: 2, Agreement: 2, Queue: sales}}
	if rapid.Bool().Draw(t, "acme has its own") {
		b.Assignments = append(b.Assignments, sla.Assignment{ID: 3, Agreement: 2, Customer: acme})
	}
	return b
}

func drawSteps(t *rapid.T, start time.Time) []sla.Step {
	facts := sla.Facts{Queue: support, Status: desk.StatusNew, Active: true}
	steps := []sla.Step{{At: start, Facts: facts, Asked: rapid.IntRange(0, 4).Draw(t, "asked") > 0}}
	at := start
	for range rapid.IntRange(0, 8).Draw(t, "steps") {
		at = at.Add(time.Duration(rapid.IntRange(1, 1500).Draw(t, "later")) * time.Minute)
		s := sla.Step{At: at}
		switch rapid.IntRange(0, 6).Draw(t, "what") {
		case 0:
			s.Asked = true
		case 1:
			s.Told = true
		case 2:
			facts.Queue = rapid.SampledFrom([]desk.QueueID{support, sales}).Draw(t, "queue")
		case 3:
			facts.Customers = rapid.SampledFrom([][]desk.CustomerID{nil, {acme}}).Draw(t, "customer")
		default:
			facts.Status = rapid.SampledFrom([]desk.Status{desk.StatusOpen, desk.StatusStalled, desk.StatusStalled, desk.StatusResolved}).Draw(t, "status")
			facts.Active = facts.Status.Active()
		}
		s.Facts = facts
		steps = append(steps, s)
	}
	return steps
}

// A plainRun is a run reckoned minute by minute.
type plainRun struct {
	kind                    sla.Kind
	agreement               sla.AgreementID
	started, ended          time.Time
	due                     time.Time
	worked                  int
	paused, kept, hasTarget bool
}

// plainly walks through a ticket's life minute by minute: each clock that is on
// ticks in each minute of work in which its ticket's status does not pause it.
// It is done for each agreement, and the one is kept that held at the end.
func plainly(b *sla.Book, steps []sla.Step, until time.Time) []plainRun {
	var done []plainRun
	for _, k := range sla.Kinds() {
		var since = -1
		first, waiting := false, false
		for i, s := range steps {
			on := s.Facts.Active
			wasOn := i > 0 && steps[i-1].Facts.Active
			if i == 0 && s.Asked {
				first = true
			}
			if i > 0 && s.Asked {
				waiting = true
			}
			if s.Told || wasOn && !on {
				first, waiting = false, false
			}
			switch k {
			case sla.FirstResponse:
				on = on && first
			case sla.Update:
				on = on && waiting
			}
			if on && since < 0 {
				since = i
			}
			if !on && since >= 0 {
				done = append(done, tick(b, k, steps[since:i], s.At, s.At))
				since = -1
			}
		}
		if since >= 0 {
			done = append(done, tick(b, k, steps[since:], time.Time{}, until))
		}
	}
	return slices.DeleteFunc(done, func(r plainRun) bool { return !r.hasTarget })
}

func tick(b *sla.Book, k sla.Kind, steps []sla.Step, ended, until time.Time) plainRun {
	r := plainRun{kind: k, started: steps[0].At, ended: ended}
	a, _ := b.Choose(&steps[len(steps)-1].Facts)
	if a == nil || a.Targets[k] == 0 {
		return r
	}
	c := b.Calendar(a.Calendar)
	r.agreement, r.hasTarget = a.ID, true
	target := int(a.Targets[k] / time.Minute)
	zone, at := c.Location(), steps[0].At
	for i := range steps {
		end := until
		if i+1 < len(steps) {
			end = steps[i+1].At
		}
		r.paused = slices.Contains(a.Pauses, steps[i].Facts.Status)
		for ; at.Before(end); at = at.Add(time.Minute) {
			if r.paused || !works(c, zone, at) {
				continue
			}
			if r.worked++; r.worked == target {
				r.due = at.Add(time.Minute)
			}
		}
	}
	r.paused = r.paused && ended.IsZero()
	r.kept = r.worked <= target
	return r
}

func TestClocksAreMinuteByMinute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBook(t)
		steps := drawSteps(t, drawMoment(t, &b.Calendars[0], "start"))
		until := steps[len(steps)-1].At.Add(8 * 24 * time.Hour)
		want := plainly(b, steps, until)
		got := sla.Reckon(b, steps)
		slices.SortStableFunc(got, func(x, y sla.Run) int { return int(x.Kind) - int(y.Kind) })
		if len(got) != len(want) {
			t.Fatalf("got %d runs, want %d:\n%+v\n%+v\nof %+v", len(got), len(want), got, want, steps)
		}
		for i, g := range got {
			w := want[i]
			due := g.Due
			if due.After(until) {
				due = time.Time{} // the plain reckoning does not look so far
			}
			same := g.Kind == w.kind && g.Agreement == w.agreement && g.Started.Equal(w.started) && g.Ended.Equal(w.ended) && g.Paused == w.paused && due.Equal(w.due)
			if same && !g.Ended.IsZero() {
				same = g.Worked == time.Duration(w.worked)*time.Minute && g.Kept() == w.kept
			}
			if !same {
				t.Fatalf("run %d: got %+v\nwant %+v\nof %+v", i, g, w, steps)
			}
		}
	})
}

func TestLivesOfTickets(t *testing.T) {
	office, _ := sla.ParseWeek("mon-fri 09:00-17:00")
	book := &sla.Book{
		Calendars: []sla.Calendar{{ID: 1, Zone: "Europe/Berlin", Week: office}},
		Agreements: []sla.Agreement{{ID: 1, Calendar: 1, Warn: 75, Pauses: []desk.Status{desk.StatusStalled},
			Targets: map[sla.Kind]time.Duration{sla.FirstResponse: 4 * time.Hour, sla.Update: 2 * time.Hour, sla.Resolution: 16 * time.Hour}}},
		Assignments: []sla.Assignment{{ID: 1, Agreement: 1}},
	}
	at := func(text string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", "2026-11-"+text, book.Calendars[0].Location())
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	in := func(s desk.Status) sla.Facts { return sla.Facts{Queue: support, Status: s, Active: s.Active()} }
	steps := []sla.Step{
		{At: at("20 16:00"), Facts: in(desk.StatusNew), Asked: true}, // a Friday
		{At: at("23 10:00"), Facts: in(desk.StatusOpen), Told: true},
		{At: at("23 12:00"), Facts: in(desk.StatusStalled)},
		{At: at("24 12:00"), Facts: in(desk.StatusOpen), Asked: true},
		{At: at("24 16:00"), Facts: in(desk.StatusOpen), Told: true},
		{At: at("25 09:00"), Facts: in(desk.StatusResolved)},
		{At: at("27 09:00"), Facts: in(desk.StatusOpen), Asked: true},
	}
	want := []struct {
		kind         sla.Kind
		worked       time.Duration
		due, warn    time.Time
		kept, broken bool
	}{
		{sla.FirstResponse, 2 * time.Hour, time.Time{}, time.Time{}, true, false},
		{sla.Resolution, 9 * time.Hour, time.Time{}, time.Time{}, true, false}, // Friday 1, Monday 3, Tuesday 5, and Wednesday none: a day's pause does not count
		{sla.Update, 4 * time.Hour, at("24 14:00"), at("24 13:30"), false, true},
		{sla.Update, 0, at("27 11:00"), at("27 10:30"), false, false},
		{sla.Resolution, 0, at("30 17:00"), at("30 13:00"), false, false}, // it begins anew
	}
	got := sla.Reckon(book, steps)
	if len(got) != len(want) {
		t.Fatalf("got %+v", got)
	}
	for i, w := range want {
		g := got[i]
		if g.Kind != w.kind || g.Worked != w.worked || !g.Due.Equal(w.due) || !g.Warn.Equal(w.warn) || g.Kept() != w.kept || g.Broken(at("27 09:30")) != w.broken {
			t.Errorf("%d: got %+v, kept %t; want %+v", i, g, g.Kept(), w)
		}
	}
}
