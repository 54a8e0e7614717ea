package sla

import "time"

// Workday reports whether there is work on a day of the calendar.
func (c *Calendar) Workday(year int, month time.Month, day int) bool {
	_, off := c.HolidayOn(year, month, day)
	return !off && len(c.Week[time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Weekday()]) > 0
}

// OfficeDays is the calendar of who works from Monday to Friday in a zone.
func OfficeDays(zone *time.Location) *Calendar {
	c := &Calendar{zone: zone}
	for day := time.Monday; day <= time.Friday; day++ {
		c.Week[day] = []Span{{0, 1440}}
	}
	return c
}

// Latest returns the last moment until t at which the clock on the wall showed a
// time of day, in minutes from midnight, with workdays on days of work only;
// zero where there was none for long. There is one each day: of a time that is
// shown twice the first, of one that is left out the moment at which the clock
// jumped over it.
func (c *Calendar) Latest(t time.Time, minute int, workdays bool) time.Time {
	zone := c.Location()
	year, month, day := t.In(zone).Date()
	for back := range horizon {
		y, m, d := time.Date(year, month, day+1-back, 0, 0, 0, 0, time.UTC).Date()
		if workdays && !c.Workday(y, m, d) {
			continue
		}
		if at := onWall(zone, time.Date(y, m, d, 0, minute, 0, 0, time.UTC)); !at.After(t) {
			return at
		}
	}
	return time.Time{}
}

// onWall returns the first moment at which the clock on the wall shows what wall
// does in UTC, or at which it jumps over that.
func onWall(zone *time.Location, wall time.Time) time.Time {
	shown := func(t time.Time) time.Time {
		_, offset := t.In(zone).Zone()
		return t.Add(time.Duration(offset) * time.Second)
	}
	// No zone is further from UTC than a day, and none changes its distance twice
	// within two, so that the bounds of one change are enough.
	before := wall.Add(-24 * time.Hour)
	_, first := before.In(zone).Zone()
	if at := wall.Add(-time.Duration(first) * time.Second); shown(at).Equal(wall) {
		return at
	}
	_, change := before.In(zone).ZoneBounds()
	if change.IsZero() {
		return wall
	}
	if shown(change).After(wall) {
		return change.UTC()
	}
	_, second := change.In(zone).Zone()
	return wall.Add(-time.Duration(second) * time.Second)
}
