package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gatehouse/desk"
)

// TestReportCheck: a report is completed, or refused with the fields that are
// wrong.
func TestReportCheck(t *testing.T) {
	by := func(list ...desk.Grouping) desk.TicketReport { return desk.TicketReport{By: list} }
	for _, tt := range []struct {
		why    string
		report desk.TicketReport
		wrong  string // fields, sorted
	}{
		{"nothing is said", desk.TicketReport{}, ""},
		{"one grouping", by(desk.ByQueue), ""},
		{"two groupings", by(desk.ByQueue, desk.ByStatus), ""},
		{"an empty grouping is none", by("", desk.ByStatus), ""},
		{"a custom field", by("field-7"), ""},
		{"a custom field without a number", by("field-"), "by"},
		{"a custom field below one", by("field-0"), "by"},
		{"a custom field that is a word", by("field-x"), "by"},
		{"a grouping that is not there", by("colour"), "by"},
		{"a second grouping that is not there", by(desk.ByQueue, "colour"), "and"},
		{"a period that is not there", by("created-year"), "by"},
		{"twice the same", by(desk.ByQueue, desk.ByQueue), "and"},
		{"three groupings", by(desk.ByQueue, desk.ByStatus, desk.ByOwner), "by"},
		{"opened and resolved", by(desk.FlowByWeek), ""},
		{"opened and resolved, with another grouping", by(desk.FlowByWeek, desk.ByQueue), "and"},
		{"another grouping, with opened and resolved", by(desk.ByQueue, desk.FlowByWeek), "and"},
		{"how long what was opened and resolved took", desk.TicketReport{By: []desk.Grouping{desk.FlowByDay}, Measure: desk.Age}, "measure"},
		{"a measure that is not there", desk.TicketReport{Measure: "love"}, "measure"},
		{"a chart that is not there", desk.TicketReport{Chart: "pie"}, "chart"},
		{"a title of 120 letters", desk.TicketReport{Title: strings.Repeat("ü", 120)}, ""},
		{"a title of 121 letters", desk.TicketReport{Title: strings.Repeat("ü", 121)}, "title"},
		{"a query that is too long", desk.TicketReport{Query: strings.Repeat("x", 5001)}, "query"},
		{"400 days", desk.TicketReport{Last: 400}, ""},
		{"401 days", desk.TicketReport{Last: 401}, "last"},
		{"less than no days", desk.TicketReport{Last: -1}, "last"},
		{"100 groups", desk.TicketReport{Top: 100}, ""},
		{"101 groups", desk.TicketReport{Top: 101}, "top"},
		{"several things", desk.TicketReport{Measure: "x", Chart: "y", Top: -1}, "chart measure top"},
	} {
		err := tt.report.Check()
		var fields []string
		for field := range desk.FieldTexts(err) {
			fields = append(fields, field)
		}
		slices.Sort(fields)
		if got := strings.Join(fields, " "); got != tt.wrong || (err == nil) != (tt.wrong == "") {
			t.Errorf("%s: wrong are %q (%v), want %q", tt.why, got, err, tt.wrong)
		}
	}
	r := desk.TicketReport{Title: " Mine ", Query: " Status = 'open' "}
	if err := r.Check(); err != nil || r.Title != "Mine" || r.Query != "Status = 'open'" || r.Measure != desk.HowMany || r.Chart != desk.BarChart {
		t.Errorf("completed it is %+v: %v", r, err)
	}
}

// TestGroupings: each says what it groups by.
func TestGroupings(t *testing.T) {
	for _, tt := range []struct {
		grouping       desk.Grouping
		field          desk.FieldID
		of, unit       string
		flow, isInList bool
	}{
		{desk.ByStatus, 0, "", "", false, true},
		{desk.CreatedByDay, 0, "created", "day", false, true},
		{desk.ResolvedByMonth, 0, "resolved", "month", false, true},
		{desk.FlowByWeek, 0, "flow", "week", true, true},
		{desk.GroupingOf(42), 42, "", "", false, false},
		{"field--1", 0, "", "", false, false},
		{"created-hour", 0, "", "", false, false},
		{"", 0, "", "", false, false},
	} {
		of, unit := tt.grouping.Period()
		if tt.grouping.Field() != tt.field || of != tt.of || unit != tt.unit || tt.grouping.Flow() != tt.flow {
			t.Errorf("%s: field %d, of %q by %q, flow %t", tt.grouping, tt.grouping.Field(), of, unit, tt.grouping.Flow())
		}
		if tt.grouping.Known() != (tt.isInList || tt.field != 0) || slices.Contains(desk.Groupings(), tt.grouping) != tt.isInList {
			t.Errorf("%s: known %t", tt.grouping, tt.grouping.Known())
		}
	}
}

// TestDashboardCheck: widths that there are not become the usual one, and what
// is wrong with a report is wrong with its dashboard.
func TestDashboardCheck(t *testing.T) {
	d := desk.Dashboard{Name: " All ", Parts: []desk.DashboardPart{{Width: 2}, {Width: 3}, {Width: 6}, {Width: 4}, {Width: -1}, {}}}
	if err := d.Check(); err != nil || d.Name != "All" {
		t.Fatalf("%+v: %v", d, err)
	}
	var widths []int
	for _, p := range d.Parts {
		widths = append(widths, p.Width)
	}
	if want := []int{2, 3, 6, 3, 3, 3}; !slices.Equal(widths, want) {
		t.Errorf("widths are %v, want %v", widths, want)
	}
	for why, d := range map[string]desk.Dashboard{
		"no name":          {Name: "\t"},
		"a wrong report":   {Name: "x", Parts: []desk.DashboardPart{{Report: desk.TicketReport{Chart: "pie"}}}},
		"too many reports": {Name: "x", Parts: make([]desk.DashboardPart, desk.MaxParts+1)},
	} {
		if err := d.Check(); desk.KindOf(err) != desk.Invalid {
			t.Errorf("%s: got %v", why, err)
		}
	}
}

// TestLettersOfDashboards: what is no time is refused by field.
func TestLettersOfDashboards(t *testing.T) {
	for _, tt := range []struct {
		why    string
		letter desk.DashboardLetter
		wrong  string
	}{
		{"each day at eight", desk.DashboardLetter{Every: desk.Daily, Hour: 8}, ""},
		{"a day has no meaning there", desk.DashboardLetter{Every: desk.Daily, Day: 99}, ""},
		{"on Monday", desk.DashboardLetter{Every: desk.Weekly, Day: 1}, ""},
		{"on Sunday", desk.DashboardLetter{Every: desk.Weekly, Day: 7}, ""},
		{"on no day", desk.DashboardLetter{Every: desk.Weekly}, "day"},
		{"on the eighth day of the week", desk.DashboardLetter{Every: desk.Weekly, Day: 8}, "day"},
		{"on the 28th", desk.DashboardLetter{Every: desk.Monthly, Day: 28}, ""},
		{"on a day that February has not", desk.DashboardLetter{Every: desk.Monthly, Day: 29}, "day"},
		{"never", desk.DashboardLetter{}, "every"},
		{"at midnight of the next day", desk.DashboardLetter{Every: desk.Daily, Hour: 24}, "hour"},
		{"before midnight", desk.DashboardLetter{Every: desk.Daily, Hour: -1}, "hour"},
	} {
		texts := desk.FieldTexts(tt.letter.Check())
		if _, ok := texts[tt.wrong]; len(texts) > 1 || ok != (tt.wrong != "") {
			t.Errorf("%s: wrong are %v, want %q", tt.why, texts, tt.wrong)
		}
	}
}

// TestLettersComeInTheirRhythm: the next letter is later, at its hour unless
// the clock leaves that out, on its day, and none is left out before it.
func TestLettersComeInTheirRhythm(t *testing.T) {
	zones := []string{"UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia"}
	rapid.Check(t, func(rt *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(rt, "zone"))
		if err != nil {
			rt.Fatal(err)
		}
		l := desk.DashboardLetter{Every: rapid.SampledFrom([]desk.Rhythm{desk.Daily, desk.Weekly, desk.Monthly}).Draw(rt, "every"), Hour: rapid.IntRange(0, 23).Draw(rt, "hour")}
		longest := 50 * time.Hour
		switch l.Every {
		case desk.Weekly:
			l.Day, longest = rapid.IntRange(1, 7).Draw(rt, "day"), 8*24*time.Hour
		case desk.Monthly:
			l.Day, longest = rapid.IntRange(1, 28).Draw(rt, "day"), 32*24*time.Hour
		}
		at := time.Unix(rapid.Int64Range(1.6e9, 1.9e9).Draw(rt, "at"), 0).In(zone)
		next := l.After(at)
		if !next.After(at) || next.Sub(at) > longest {
			rt.Errorf("%+v after %v is %v", l, at, next)
		}
		if next.Hour() != l.Hour && time.Date(next.Year(), next.Month(), next.Day(), l.Hour, 0, 0, 0, zone).Hour() == l.Hour {
			rt.Errorf("%+v after %v is at %v", l, at, next)
		}
		if l.Every == desk.Weekly && (int(next.Weekday())+6)%7+1 != l.Day || l.Every == desk.Monthly && next.Day() != l.Day {
			rt.Errorf("%+v after %v is on %v", l, at, next)
		}
		if early := l.After(next.Add(-time.Second)); !early.Equal(next) {
			rt.Errorf("%+v: just before %v it is %v", l, next, early)
		}
	})
}

// TestShippedTitles: each report of the dashboard that every desk has a title,
// which no other has.
func TestShippedTitles(t *testing.T) {
	titles := desk.ShippedTitles()
	if len(titles) != 13 {
		t.Errorf("there are %d titles", len(titles))
	}
	for i, title := range titles {
		if title == "" || slices.Contains(titles[:i], title) {
			t.Errorf("title %d is %q", i, title)
		}
	}
	start := desk.StartingDashboard()
	if err := start.Check(); err != nil {
		t.Error(err)
	}
}
