package sla_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/desk/sla"
)

// works says of a minute whether it is one of work, from the definition: what a
// clock on the wall shows at it lies within the day's hours, on no holiday.
func works(c *sla.Calendar, zone *time.Location, t time.Time) bool {
	local := t.In(zone)
	for _, h := range c.Holidays {
		if h.Month == local.Month() && h.Day == local.Day() && (h.Year == 0 || h.Year == local.Year()) {
			return false
		}
	}
	minute := local.Hour()*60 + local.Minute()
	for _, s := range c.Week[local.Weekday()] {
		if s.From <= minute && minute < s.To {
			return true
		}
	}
	return false
}

// minutes counts the minutes of work one by one.
func minutes(c *sla.Calendar, from, to time.Time) int {
	zone, n := c.Location(), 0
	for t := from; t.Before(to); t = t.Add(time.Minute) {
		if works(c, zone, t) {
			n++
		}
	}
	return n
}

// zones are some with a change of time in each direction, at midnight, by half
// an hour, of a whole day, and with none.
func zones() []string {
	return []string{"", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Havana", "Asia/Beirut", "Atlantic/Azores", "Asia/Kolkata", "Africa/Casablanca", "Pacific/Apia"}
}

func drawCalendar(t *rapid.T) *sla.Calendar {
	c := &sla.Calendar{Name: "drawn", Zone: rapid.SampledFrom(zones()).Draw(t, "zone")}
	for day := range c.Week {
		from := 0
		for range rapid.IntRange(0, 3).Draw(t, "spans") {
			from = rapid.IntRange(from, 1439).Draw(t, "from")
			to := rapid.IntRange(from+1, 1440).Draw(t, "to")
			c.Week[day] = append(c.Week[day], sla.Span{From: from, To: to})
			if from = to; from >= 1440 {
				break
			}
		}
	}
	for range rapid.IntRange(0, 4).Draw(t, "holidays") {
		c.Holidays = append(c.Holidays, sla.Holiday{Year: rapid.SampledFrom([]int{0, 0, 2025, 2026}).Draw(t, "year"),
			Month: time.Month(rapid.IntRange(1, 12).Draw(t, "month")), Day: rapid.IntRange(1, 31).Draw(t, "day")})
	}
	c.Prepare()
	return c
}

// drawMoment draws a minute, mostly near a change of time.
func drawMoment(t *rapid.T, c *sla.Calendar, name string) time.Time {
	base := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 2*366*24*60).Draw(t, name)) * time.Minute)
	_, change := base.In(c.Location()).ZoneBounds()
	if change.IsZero() || rapid.IntRange(0, 3).Draw(t, name+" anywhere") == 0 {
		return base
	}
	return change.Add(time.Duration(rapid.IntRange(-2*24*60, 2*24*60).Draw(t, name+" near")) * time.Minute).UTC().Truncate(time.Minute)
}

func TestBetweenIsMinuteByMinute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCalendar(t)
		from := drawMoment(t, c, "moment")
		to := from.Add(time.Duration(rapid.IntRange(0, 12*24*60).Draw(t, "length")) * time.Minute)
		got, want := c.Between(from, to), time.Duration(minutes(c, from, to))*time.Minute
		if got != want {
			t.Fatalf("%s, %s, holidays %v: from %s to %s: got %s, want %s", c.Zone, sla.FormatWeek(c.Week), c.Holidays, from, to, got, want)
		}
	})
}

func TestAddIsMinuteByMinute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCalendar(t)
		from := drawMoment(t, c, "moment")
		want := rapid.IntRange(1, 1500).Draw(t, "minutes")
		got := c.Add(from, time.Duration(want)*time.Minute)
		zone, left, at := c.Location(), want, from
		for end := from.Add(60 * 24 * time.Hour); left > 0 && at.Before(end); at = at.Add(time.Minute) {
			if works(c, zone, at) {
				left--
			}
		}
		if left > 0 && !got.IsZero() && got.Before(at) || left == 0 && !got.Equal(at) {
			t.Fatalf("%s, %s, holidays %v: %s and %d minutes: got %s, want %s (%d left)", c.Zone, sla.FormatWeek(c.Week), c.Holidays, from, want, got, at, left)
		}
	})
}

func TestAddAcrossWhatPeopleTripOver(t *testing.T) {
	week := func(text string) [7][]sla.Span {
		w, err := sla.ParseWeek(text)
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	office := &sla.Calendar{Zone: "Europe/Berlin", Week: week("mon-fri 08:00-12:00, 13:00-17:00")}
	closed := *office
	closed.Holidays = []sla.Holiday{{Month: 12, Day: 25}, {Month: 12, Day: 26}, {Year: 2026, Month: 12, Day: 28}}
	night := &sla.Calendar{Zone: "Europe/Berlin", Week: week("mon-sun 00:00-06:00")}
	for _, tt := range []struct {
		why  string
		c    *sla.Calendar
		from string
		work time.Duration
		want string
	}{
		{"Friday 16:40 and an hour is Monday 08:40", office, "2026-11-20T16:40:00+01:00", time.Hour, "2026-11-23T08:40:00+01:00"},
		{"lunch is not counted", office, "2026-11-20T11:30:00+01:00", time.Hour, "2026-11-20T13:30:00+01:00"},
		{"what begins at night begins in the morning", office, "2026-11-20T03:00:00+01:00", 30 * time.Minute, "2026-11-20T08:30:00+01:00"},
		{"just in time is the end of work", office, "2026-11-20T16:00:00+01:00", time.Hour, "2026-11-20T17:00:00+01:00"},
		{"Christmas, a weekend and a day off", &closed, "2026-12-24T16:00:00+01:00", 2 * time.Hour, "2026-12-29T09:00:00+01:00"},
		{"the night when clocks go forward has five hours", night, "2026-03-29T00:00:00+01:00", 5 * time.Hour, "2026-03-29T06:00:00+02:00"},
		{"the night when they go back has seven", night, "2026-10-25T00:00:00+02:00", 7 * time.Hour, "2026-10-25T06:00:00+01:00"},
		{"a weekend with a change of time is no work at all", office, "2026-03-27T16:30:00+01:00", time.Hour, "2026-03-30T08:30:00+02:00"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			from, _ := time.Parse(time.RFC3339, tt.from)
			want, _ := time.Parse(time.RFC3339, tt.want)
			if got := tt.c.Add(from, tt.work); !got.Equal(want) {
				t.Errorf("got %s, want %s", got.In(tt.c.Location()), want)
			}
		})
	}
}

func TestCalendarsThatCannotBeMeant(t *testing.T) {
	all, _ := sla.ParseWeek("mon-fri 9-17")
	var each []sla.Holiday
	for day := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() == 2024; day = day.AddDate(0, 0, 1) {
		each = append(each, sla.Holiday{Month: day.Month(), Day: day.Day()})
	}
	for _, tt := range []struct {
		why   string
		c     sla.Calendar
		field string
		says  string
	}{
		{"no hours", sla.Calendar{Name: "a"}, "hours", "needs hours"},
		{"every day of the year is a holiday", sla.Calendar{Name: "a", Week: all, Holidays: each}, "hours", "needs hours"},
		{"no name", sla.Calendar{Week: all}, "name", ""},
		{"a zone that there is not", sla.Calendar{Name: "a", Week: all, Zone: "Europe/Entenhausen"}, "zone", "Europe/Berlin"},
		{"the machine's own zone", sla.Calendar{Name: "a", Week: all, Zone: "Local"}, "zone", ""},
		{"30 February", sla.Calendar{Name: "a", Week: all, Holidays: []sla.Holiday{{Month: 2, Day: 30}}}, "holidays", "02-30"},
		{"29 February of a year without one", sla.Calendar{Name: "a", Week: all, Holidays: []sla.Holiday{{Year: 2026, Month: 2, Day: 29}}}, "holidays", "2026-02-29"},
		{"past midnight", sla.Calendar{Name: "a", Week: [7][]sla.Span{1: {{From: 1320, To: 360}}}}, "mon", "00:00–06:00 on the day after"},
		{"overlapping", sla.Calendar{Name: "a", Week: [7][]sla.Span{1: {{From: 0, To: 60}, {From: 30, To: 90}}}}, "mon", "overlap"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			err := tt.c.Check()
			if fields := fieldsOf(err); desk.KindOf(err) != desk.Invalid || fields[tt.field] == "" || !strings.Contains(fields[tt.field], tt.says) {
				t.Errorf("got %v, %v", err, fields)
			}
		})
	}
	if err := (&sla.Calendar{Name: "leap", Week: all, Holidays: []sla.Holiday{{Month: 2, Day: 29}}}).Check(); err != nil {
		t.Errorf("29 February of each year: got %v", err)
	}
}

func fieldsOf(err error) map[string]string {
	var e *desk.Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}

func TestSpansAsTheyAreWritten(t *testing.T) {
	for _, tt := range []struct{ text, want, says string }{
		{"08:00-12:00, 13:00-17:00", "08:00–12:00, 13:00–17:00", ""},
		{" 13:00 – 17:00 , 8-12", "08:00–12:00, 13:00–17:00", ""},
		{"0-24", "00:00–24:00", ""},
		{"", "", ""},
		{"–", "", ""},
		{"22:00-06:00", "", "goes past midnight"},
		{"08:00-08:00", "", "no time at all"},
		{"8-25", "", "no span of hours"},
		{"8:5-9", "", "no span of hours"},
		{"nine to five", "", "no span of hours"},
		{"8-12, 11-13", "", "overlap"},
	} {
		spans, err := sla.ParseSpans(tt.text)
		if tt.says != "" {
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("%q: got %v, want %q", tt.text, err, tt.says)
			}
		} else if got := sla.FormatSpans(spans); err != nil || got != tt.want {
			t.Errorf("%q: got %q %v, want %q", tt.text, got, err, tt.want)
		}
	}
}

func FuzzParseWeek(f *testing.F) {
	f.Add("mon-fri 08:00-12:00, 13:00-17:00; sat 9-12")
	f.Add("sun\nmon 22-24")
	f.Fuzz(func(t *testing.T, text string) {
		week, err := sla.ParseWeek(text)
		if err != nil {
			return
		}
		again, err := sla.ParseWeek(sla.FormatWeek(week))
		if err != nil || sla.FormatWeek(again) != sla.FormatWeek(week) {
			t.Errorf("%q is written %q and read %v, %v", text, sla.FormatWeek(week), again, err)
		}
	})
}

func FuzzParseHolidays(f *testing.F) {
	f.Add("12-25 Christmas\n2026-04-03 Good Friday")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := sla.ParseHolidays(text)
		if err != nil {
			return
		}
		again, err := sla.ParseHolidays(sla.FormatHolidays(list))
		if err != nil || len(again) != len(list) {
			t.Errorf("%q is read %v, written %q and read %v, %v", text, list, sla.FormatHolidays(list), again, err)
		}
	})
}

func TestLengthsAsTheyAreWritten(t *testing.T) {
	for text, want := range map[string]string{"4h": "4h", "90m": "1h 30m", "1h 30m": "1h 30m", "": "", "36h": "36h"} {
		if d, err := sla.ParseLength(text); err != nil || sla.FormatLength(d) != want {
			t.Errorf("%q: got %s %v, want %q", text, sla.FormatLength(d), err, want)
		}
	}
	for _, text := range []string{"4", "-1h", "30s", "ever", "999999h"} {
		if d, err := sla.ParseLength(text); err == nil {
			t.Errorf("%q: got %s, want an error", text, d)
		}
	}
}
