package desk

import (
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// read returns the value that a text means in a field of that kind, whatever
// else the field asks of its values; or a sentence that says what is wrong.
// Choices are not read.
func (f *Field) read(text string, zone *time.Location) (FieldValue, string) {
	switch f.Kind {
	case TextField, TextsField, LongField:
		return f.readText(text)
	case WholeField:
		n, err := strconv.ParseInt(strings.TrimPrefix(strings.TrimSpace(text), "+"), 10, 64)
		if err != nil || n >= maxWhole || n <= -maxWhole {
			return FieldValue{}, f.Name + " is a whole number, as 42."
		}
		return FieldValue{strconv.FormatInt(n, 10), n}, ""
	case DecimalField:
		n, ok := ParseDecimal(text)
		if !ok {
			return FieldValue{}, f.Name + " is a number with at most six digits after the point, as 12.50."
		}
		return FieldValue{formatDecimal(n), n}, ""
	case DayField:
		day, err := ParseDay(strings.TrimSpace(text))
		if err != nil || day == 0 || outOfTime(time.Unix(int64(day)*86400, 0)) {
			return FieldValue{}, f.Name + " is a day, as 2026-03-31."
		}
		return FieldValue{day.String(), int64(day)}, ""
	case MomentField:
		at, ok := parseMoment(strings.TrimSpace(text), zone)
		if !ok {
			return FieldValue{}, f.Name + " is a day with a time, as 2026-03-31 14:30."
		}
		return FieldValue{at.UTC().Format(time.RFC3339), at.UnixMicro()}, ""
	case YesField:
		return f.readYes(text)
	case LinkField:
		return f.readLink(text)
	}
	return FieldValue{}, "There is no such kind of field."
}

// outOfTime are moments that nobody means.
func outOfTime(t time.Time) bool { return t.Year() < 1000 || t.Year() > 9000 }

func (f *Field) readText(text string) (FieldValue, string) {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "\uFFFD")
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if most := f.Length(); len(text) > 4*most || utf8.RuneCountInString(text) > most {
		return FieldValue{}, f.Name + " has at most " + strconv.Itoa(most) + " characters."
	}
	text = norm.NFC.String(text)
	for _, r := range text {
		if f.Kind != LongField && (unicode.IsControl(r) || r == '\u2028' || r == '\u2029') {
			return FieldValue{}, f.Name + " is one line of text."
		}
	}
	return FieldValue{Text: text}, ""
}

func (f *Field) readYes(text string) (FieldValue, string) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "yes", "1", "true", "on":
		return FieldValue{"yes", 1}, ""
	case "no", "0", "false", "off":
		return FieldValue{"no", 0}, ""
	}
	return FieldValue{}, f.Name + " is yes or no."
}

// readLink lets nothing in that a browser would run.
func (f *Field) readLink(text string) (FieldValue, string) {
	v, sentence := f.readText(text)
	if sentence != "" {
		return v, sentence
	}
	u, err := url.Parse(v.Text)
	web := err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
	other := err == nil && (u.Scheme == "mailto" || u.Scheme == "tel") && u.Opaque != ""
	if !web && !other || strings.ContainsAny(v.Text, " <>\"") {
		return v, f.Name + " is an address that begins with https://, http://, mailto: or tel:."
	}
	return v, ""
}

// ParseDecimal reads a decimal number in millionths. A comma serves for the
// point.
func ParseDecimal(text string) (int64, bool) {
	text = strings.Replace(strings.TrimSpace(text), ",", ".", 1)
	text, negative := strings.CutPrefix(text, "-")
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(text, "+"), ".")
	fraction = strings.TrimRight(fraction, "0")
	digits := func(s string) bool { return strings.Trim(s, "0123456789") == "" }
	if whole+fraction == "" && !strings.Contains(text, "0") || !digits(whole) || !digits(fraction) || len(fraction) > 6 || len(whole) > 30 {
		return 0, false
	}
	n, err := strconv.ParseInt("0"+whole, 10, 64)
	if err != nil || n >= maxDecimal {
		return 0, false
	}
	part, err := strconv.ParseInt((fraction + "000000")[:6], 10, 64)
	if err != nil {
		return 0, false
	}
	n = n*decimalScale + part
	if negative {
		n = -n
	}
	return n, true
}

func formatDecimal(n int64) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	text := sign + strconv.FormatInt(n/decimalScale, 10)
	if part := n % decimalScale; part != 0 {
		text += "." + strings.TrimRight(strconv.FormatInt(decimalScale+part, 10)[1:], "0")
	}
	return text
}

// parseMoment reads a moment as programs and forms write it, to the second.
func parseMoment(text string, zone *time.Location) (time.Time, bool) {
	if zone == nil {
		zone = time.UTC
	}
	at, err := time.Parse(time.RFC3339, text)
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02 15:04", time.DateTime} {
		if err != nil {
			at, err = time.ParseInLocation(layout, text, zone)
		}
	}
	if err != nil || outOfTime(at) {
		return at, false
	}
	return at.Truncate(time.Second), true
}

// A FieldSet is what a custom field is set to: texts as people write them. Was,
// if set, are the values that the actor had before him.
type FieldSet struct {
	Field  FieldID
	Values []string
	Was    *[]string
}
