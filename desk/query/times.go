package query

import (
	"strconv"
	"strings"
	"time"
)

// moment fills in the time that a text means, as people write it. Days begin in
// the zone of now.
func (v *Value) moment(now time.Time) bool {
	at, ok := momentOf(strings.ToLower(strings.Join(strings.Fields(v.Text), " ")), now)
	if !ok || at.Year() < 1900 || at.Year() > 3000 {
		return false
	}
	day := dayOf(at)
	v.Moment, v.Day, v.NextDay = at.UnixMicro(), day.UnixMicro(), day.AddDate(0, 0, 1).UnixMicro()
	return true
}

// ParseTime reads a time as people write it, in the zone of now; a custom field
// of times is compared with it.
func ParseTime(text string, now time.Time) (time.Time, bool) {
	at, ok := momentOf(strings.ToLower(strings.Join(strings.Fields(text), " ")), now)
	return at, ok && at.Year() >= 1000 && at.Year() <= 9000
}

func dayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

func momentOf(text string, now time.Time) (time.Time, bool) {
	today := dayOf(now)
	switch text {
	case "now":
		return now, true
	case "today":
		return today, true
	case "yesterday":
		return today.AddDate(0, 0, -1), true
	case "tomorrow":
		return today.AddDate(0, 0, 1), true
	}
	for _, layout := range []string{time.DateOnly, "2006-01-02 15:04", time.DateTime, "2006/01/02", "2006-01-02t15:04", "2006-01-02t15:04:05",
		"2 January 2006", "January 2, 2006", "2 Jan 2006", "Jan 2, 2006", "2006-01"} {
		if at, err := time.ParseInLocation(layout, text, now.Location()); err == nil {
			return at, true
		}
	}
	if at, err := time.Parse(time.RFC3339, strings.ToUpper(text)); err == nil {
		return at.In(now.Location()), true
	}
	if at, ok := weekday(text, today); ok {
		return at, true
	}
	return relative(text, now)
}

// weekday reads "monday", "next monday" and "last monday".
func weekday(text string, today time.Time) (time.Time, bool) {
	which, name, two := strings.Cut(text, " ")
	if !two {
		which, name = "next", text
	}
	for day := time.Sunday; day <= time.Saturday; day++ {
		if name != strings.ToLower(day.String()) {
			continue
		}
		ahead := (int(day-today.Weekday()) + 7) % 7
		switch which {
		case "this":
			return today.AddDate(0, 0, ahead), true
		case "next":
			return today.AddDate(0, 0, (ahead+6)%7+1), true
		case "last":
			return today.AddDate(0, 0, ahead-7), true
		}
	}
	return time.Time{}, false
}

// relative reads "2 days ago", "-2 days", "+3 hours", "in 1 week", "3 hours
// from now", and several of them in a row: "1 day 3 hours ago".
func relative(text string, now time.Time) (time.Time, bool) {
	text, ago := strings.CutSuffix(text, " ago")
	text = strings.TrimSuffix(strings.TrimPrefix(text, "in "), " from now")
	words := strings.Fields(spaced(text))
	if len(words) == 0 || len(words)%2 != 0 || len(words) > 12 {
		return time.Time{}, false
	}
	at := now
	for i := 0; i < len(words); i += 2 {
		n, err := strconv.Atoi(strings.TrimPrefix(words[i], "+"))
		if err != nil || n < -100_000 || n > 100_000 {
			return time.Time{}, false
		}
		if ago {
			n = -n
		}
		moved, ok := moved(at, n, strings.TrimSuffix(words[i+1], "s"))
		if !ok {
			return time.Time{}, false
		}
		at = moved
	}
	return at, true
}

// spaced puts a blank between a number and its unit: 2days.
func spaced(text string) string {
	var b strings.Builder
	digit := false
	for _, r := range text {
		if digit && r >= 'a' && r <= 'z' {
			b.WriteByte(' ')
		}
		digit = r >= '0' && r <= '9'
		b.WriteRune(r)
	}
	return b.String()
}

func moved(at time.Time, n int, unit string) (time.Time, bool) {
	switch unit {
	case "second", "sec":
		return at.Add(time.Duration(n) * time.Second), true
	case "minute", "min":
		return at.Add(time.Duration(n) * time.Minute), true
	case "hour", "h":
		return at.Add(time.Duration(n) * time.Hour), true
	case "day", "d":
		return at.Add(time.Duration(n) * 24 * time.Hour), true
	case "week", "w":
		return at.Add(time.Duration(n) * 7 * 24 * time.Hour), n > -15_000 && n < 15_000
	case "month":
		return at.AddDate(0, n, 0), n > -24_000 && n < 24_000
	case "year":
		return at.AddDate(n, 0, 0), n > -2000 && n < 2000
	}
	return time.Time{}, false
}

// minutesOf reads a length of time: minutes, or with units.
func minutesOf(text string) (int64, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if n, err := strconv.ParseInt(text, 10, 32); err == nil {
		return n, true
	}
	start := time.Unix(0, 0).UTC()
	at, ok := relative(text, start)
	return int64(at.Sub(start) / time.Minute), ok && !strings.HasSuffix(text, "ago")
}
