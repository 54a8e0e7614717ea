// Package sla reckons clocks: how long somebody may wait for a first answer,
// for each further answer and for the end of his ticket, counted in the working
// hours of a calendar.
//
// It is pure: what happened on a ticket and what was agreed go in, moments come
// out, the same ones whenever they are asked for. It promises to be exact over
// daylight saving, holidays, pauses and changes of what is agreed. It never
// asks for the time, keeps nothing and tells nobody.
package sla

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"gatehouse/desk"
)

// A CalendarID numbers a calendar; zero is round the clock.
type CalendarID int64

// A Span is a part of a day, in minutes from midnight as a clock on the wall
// shows them: from 0, to at most 1440, and the beginning before the end.
type Span struct{ From, To int }

// String returns the span as 08:00–12:00.
func (s Span) String() string { return clockText(s.From) + "–" + clockText(s.To) }

func clockText(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// A Holiday is a day without work: one day, or with Year zero the same day of
// each year.
type Holiday struct {
	Year  int
	Month time.Month
	Day   int
	Name  string
}

// A Calendar says when a desk works.
type Calendar struct {
	ID       CalendarID
	Name     string
	Zone     string    // IANA name, as Europe/Berlin; empty: UTC
	Week     [7][]Span // by time.Weekday, in order and apart from each other
	Holidays []Holiday

	zone *time.Location // as Prepare found it
}

// Always is the calendar of who works round the clock.
func Always() *Calendar {
	c := &Calendar{zone: time.UTC}
	for day := range c.Week {
		c.Week[day] = []Span{{0, 1440}}
	}
	return c
}

// Check refuses a calendar that cannot be meant: without a name, in a zone that
// there is not, with hours that are no hours, with days that are none, or
// without any hour of work.
func (c *Calendar) Check() error {
	name, err := desk.CheckName("calendar", c.Name)
	if err != nil {
		return desk.InvalidFields(map[string]string{"name": desk.Sentence(err)})
	}
	c.Name = name
	if _, err := time.LoadLocation(c.Zone); err != nil || c.Zone == "Local" {
		return desk.InvalidFields(map[string]string{"zone": "There is no time zone " + c.Zone + "; write it as Europe/Berlin."})
	}
	for day, spans := range c.Week {
		if err := checkSpans(spans); err != nil {
			return desk.InvalidFields(map[string]string{weekdayKey(time.Weekday(day)): desk.Sentence(err)})
		}
	}
	for _, h := range c.Holidays {
		if !h.exists() {
			return desk.InvalidFields(map[string]string{"holidays": "There is no day " + h.date() + "."})
		}
	}
	if _, _, ok := c.stretch(c.Location(), time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), 3*366); !ok {
		return desk.InvalidFields(map[string]string{"hours": "A calendar needs hours: nothing would ever become due. Give at least one day hours that is not always a holiday."})
	}
	return nil
}

// weekdayKey is the name of a weekday in forms and texts: mon, tue, …
func weekdayKey(d time.Weekday) string { return strings.ToLower(d.String()[:3]) }

func checkSpans(spans []Span) error {
	for i, s := range spans {
		switch {
		case s.From < 0 || s.To > 1440:
			return desk.Errorf(desk.Invalid, "%s is not within a day; a day ends at 24:00.", s)
		case s.From == s.To:
			return desk.Errorf(desk.Invalid, "%s is no time at all; for the whole day write 00:00–24:00.", s)
		case s.From > s.To:
			return desk.Errorf(desk.Invalid, "%s goes past midnight. Say for each day what belongs to it: %s–24:00 here, and 00:00–%s on the day after.",
				s, clockText(s.From), clockText(s.To))
		case i > 0 && s.From < spans[i-1].To:
			return desk.Errorf(desk.Invalid, "%s and %s overlap.", spans[i-1], s)
		}
	}
	return nil
}

func (h Holiday) exists() bool {
	year := h.Year
	if year == 0 {
		year = 2024 // a leap year: 29 February is a holiday when there is one
	}
	t := time.Date(year, h.Month, h.Day, 0, 0, 0, 0, time.UTC)
	return t.Month() == h.Month && t.Day() == h.Day && year >= 1970 && year < 3000
}

// date returns the day as 2026-12-24, or 12-24 for each year.
func (h Holiday) date() string {
	if h.Year == 0 {
		return fmt.Sprintf("%02d-%02d", int(h.Month), h.Day)
	}
	return fmt.Sprintf("%04d-%02d-%02d", h.Year, int(h.Month), h.Day)
}

// HolidayOn returns the holiday of a day of the calendar, and whether it is one.
func (c *Calendar) HolidayOn(year int, month time.Month, day int) (Holiday, bool) {
	for _, h := range c.Holidays {
		if h.Day == day && h.Month == month && (h.Year == 0 || h.Year == year) {
			return h, true
		}
	}
	return Holiday{}, false
}

// Location is where the calendar's clocks hang. A zone that this machine does
// not know is UTC: Check refuses it, so it was known when it was chosen.
func (c *Calendar) Location() *time.Location {
	if c.zone != nil {
		return c.zone
	}
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// Prepare looks the zone up once, for a calendar that is asked often. It is to
// be called before others use the calendar.
func (c *Calendar) Prepare() { c.zone = c.Location() }

// horizon is how many days are looked at for the next working hour: a calendar
// has at least one in three years, so that there is one before.
const horizon = 4 * 366

// stretch returns the first working time that ends after t, cut at t. It looks
// at so many days.
//
// A zone keeps its distance from UTC between two changes of it. Within such a
// time the clock on the wall runs evenly, so that spans are plain numbers; an
// hour that is shown twice works twice, one that is left out never.
func (c *Calendar) stretch(zone *time.Location, t time.Time, days int) (from, to time.Time, ok bool) {
	for ; days > 0; days-- {
		local := t.In(zone)
		_, offset := local.Zone()
		_, ends := local.ZoneBounds()
		year, month, day := local.Date()
		// midnight as the present distance from UTC has it, though it may have
		// been another one then
		midnight := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Add(-time.Duration(offset) * time.Second)
		next := midnight.Add(24 * time.Hour)
		if !ends.IsZero() && ends.Before(next) {
			next = ends
		}
		if _, off := c.HolidayOn(year, month, day); !off {
			if from, to, ok = first(c.Week[local.Weekday()], midnight, t, next); ok {
				return from, to, true
			}
		}
		t = next
	}
	return t, t, false
}

// first returns the first of a day's spans that is not over at t, cut at t and
// at an end.
func first(spans []Span, midnight, t, end time.Time) (from, to time.Time, ok bool) {
	for _, s := range spans {
		from, to = midnight.Add(time.Duration(s.From)*time.Minute), midnight.Add(time.Duration(s.To)*time.Minute)
		if from.Before(t) {
			from = t
		}
		if to.After(end) {
			to = end
		}
		if from.Before(to) {
			return from, to, true
		}
	}
	return t, t, false
}

// Between returns how much working time there is from one moment to another;
// none where the second is not after the first.
func (c *Calendar) Between(from, to time.Time) time.Duration {
	var sum time.Duration
	zone := c.Location()
	for from.Before(to) {
		begin, end, ok := c.stretch(zone, from, horizon)
		if !ok || !begin.Before(to) {
			break
		}
		if end.After(to) {
			end = to
		}
		sum += end.Sub(begin)
		from = end
	}
	return sum
}

// Add returns the moment at which so much working time has passed since t: the
// end of the last of it, and t itself for none. Zero: there never is so much.
func (c *Calendar) Add(t time.Time, work time.Duration) time.Time {
	zone := c.Location()
	for work > 0 {
		from, to, ok := c.stretch(zone, t, horizon)
		if !ok {
			return time.Time{}
		}
		if length := to.Sub(from); length < work {
			work -= length
			t = to
			continue
		}
		return from.Add(work)
	}
	return t
}

// Working reports whether a moment is within the hours of work.
func (c *Calendar) Working(t time.Time) bool {
	from, _, ok := c.stretch(c.Location(), t, 2)
	return ok && from.Equal(t)
}

// sortSpans brings spans into the order of the day.
func sortSpans(spans []Span) {
	slices.SortFunc(spans, func(a, b Span) int { return a.From - b.From })
}
