package sla

import (
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
)

// Weekdays lists the days of the week as people count them, from Monday.
func Weekdays() []time.Weekday {
	return []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}
}

// WeekdayKey is the short name of a weekday: mon, tue, …
func WeekdayKey(d time.Weekday) string { return weekdayKey(d) }

// ParseSpans reads the hours of one day, as 08:00–12:00, 13:00–17:00. Nothing,
// or a dash, is a day off. What goes past midnight is refused with how it is
// said.
func ParseSpans(text string) ([]Span, error) {
	var spans []Span
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		if part == "" || part == "-" || part == "–" {
			continue
		}
		from, to, ok := cutSpan(part)
		if !ok {
			return nil, desk.Errorf(desk.Invalid, "%q is no span of hours; write them as 08:00-12:00, 13:00-17:00.", part)
		}
		spans = append(spans, Span{from, to})
	}
	if err := checkEach(spans); err != nil {
		return nil, err
	}
	sortSpans(spans)
	return spans, checkSpans(spans)
}

// checkEach looks at spans that have no order yet.
func checkEach(spans []Span) error {
	for _, s := range spans {
		if err := checkSpans([]Span{s}); err != nil {
			return err
		}
	}
	return nil
}

func cutSpan(text string) (from, to int, ok bool) {
	a, b, ok := strings.Cut(strings.NewReplacer("–", "-", "—", "-").Replace(text), "-")
	if !ok {
		return 0, 0, false
	}
	from, okFrom := parseClock(a)
	to, okTo := parseClock(b)
	return from, to, okFrom && okTo
}

// parseClock reads 8, 8:30 or 08:30, up to 24:00, as minutes from midnight.
func parseClock(text string) (int, bool) {
	h, m, ok := strings.Cut(strings.TrimSpace(text), ":")
	if ok && len(m) != 2 || len(h) == 0 || len(h) > 2 {
		return 0, false
	}
	hours, err := strconv.ParseUint(h, 10, 8)
	if err != nil {
		return 0, false
	}
	var minutes uint64
	if ok {
		if minutes, err = strconv.ParseUint(m, 10, 8); err != nil || minutes > 59 {
			return 0, false
		}
	}
	all := int(hours*60 + minutes)
	return all, all <= 1440
}

// FormatSpans writes the hours of a day as ParseSpans reads them.
func FormatSpans(spans []Span) string {
	texts := make([]string, len(spans))
	for i, s := range spans {
		texts[i] = s.String()
	}
	return strings.Join(texts, ", ")
}

// ParseWeek reads the hours of a week: days or ranges of days with their hours,
// apart by semicolons or lines, as mon-fri 08:00-12:00, 13:00-17:00; sat 9-12.
func ParseWeek(text string) ([7][]Span, error) {
	var week [7][]Span
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ';' || r == '\n' }) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		days, hours, _ := strings.Cut(part, " ")
		chosen, ok := parseDays(days)
		if !ok {
			return week, desk.Errorf(desk.Invalid, "%q is no day of the week; write mon, tue, … or mon-fri.", days)
		}
		spans, err := ParseSpans(hours)
		if err != nil {
			return week, err
		}
		for _, day := range chosen {
			if week[day] != nil {
				return week, desk.Errorf(desk.Invalid, "%s is named twice.", weekdayKey(day))
			}
			week[day] = spans
		}
	}
	return week, nil
}

func parseDays(text string) ([]time.Weekday, bool) {
	a, b, isRange := strings.Cut(strings.ToLower(text), "-")
	if !isRange {
		b = a
	}
	from, to := -1, -1
	days := Weekdays()
	for i, day := range days {
		if weekdayKey(day) == a {
			from = i
		}
		if weekdayKey(day) == b {
			to = i
		}
	}
	if from < 0 || to < from {
		return nil, false
	}
	return days[from : to+1], true
}

// FormatWeek writes the hours of a week as ParseWeek reads them, equal days
// that follow each other together.
func FormatWeek(week [7][]Span) string {
	var parts []string
	days := Weekdays()
	for i := 0; i < len(days); {
		j := i
		for j+1 < len(days) && FormatSpans(week[days[j+1]]) == FormatSpans(week[days[i]]) {
			j++
		}
		name := weekdayKey(days[i])
		if j > i {
			name += "-" + weekdayKey(days[j])
		}
		if hours := FormatSpans(week[days[i]]); hours != "" {
			parts = append(parts, name+" "+hours)
		}
		i = j + 1
	}
	return strings.Join(parts, "; ")
}

// ParseHolidays reads holidays, one a line: a day as 2026-12-24, or as 12-24
// for each year, and its name.
func ParseHolidays(text string) ([]Holiday, error) {
	var list []Holiday
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		day, name, _ := strings.Cut(line, " ")
		h, ok := parseHoliday(day)
		if !ok || !h.exists() {
			return nil, desk.Errorf(desk.Invalid, "%q is no day; write one a line, as 2026-04-03 Good Friday, or 12-25 Christmas for each year.", day)
		}
		h.Name = strings.Join(strings.Fields(name), " ")
		list = append(list, h)
	}
	return list, nil
}

func parseHoliday(text string) (Holiday, bool) {
	parts := strings.Split(text, "-")
	var n [3]int
	if len(parts) == 2 {
		parts = append([]string{"0"}, parts...)
	}
	if len(parts) != 3 {
		return Holiday{}, false
	}
	for i, part := range parts {
		v, err := strconv.ParseUint(part, 10, 16)
		if err != nil {
			return Holiday{}, false
		}
		n[i] = int(v)
	}
	yearly := strings.Count(text, "-") == 1
	return Holiday{n[0], time.Month(n[1]), n[2], ""}, yearly || n[0] > 0
}

// FormatHolidays writes holidays as ParseHolidays reads them.
func FormatHolidays(list []Holiday) string {
	var b strings.Builder
	for _, h := range list {
		b.WriteString(strings.TrimSpace(h.date() + " " + h.Name))
		b.WriteByte('\n')
	}
	return b.String()
}

// ParseLength reads a length of working time, as 4h, 90m or 1h 30m; nothing is
// none.
func ParseLength(text string) (time.Duration, error) {
	text = strings.ReplaceAll(strings.TrimSpace(text), " ", "")
	if text == "" || text == "–" {
		return 0, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 || d > maxTarget || d%time.Minute != 0 {
		return 0, desk.Errorf(desk.Invalid, "%q is no length of time; write it as 4h, 90m or 1h 30m.", text)
	}
	return d, nil
}

// FormatLength writes a length of time as ParseLength reads it.
func FormatLength(d time.Duration) string {
	hours, minutes := int(d/time.Hour), int(d%time.Hour/time.Minute)
	var parts []string
	if hours > 0 {
		parts = append(parts, strconv.Itoa(hours)+"h")
	}
	if minutes > 0 {
		parts = append(parts, strconv.Itoa(minutes)+"m")
	}
	return strings.Join(parts, " ")
}
