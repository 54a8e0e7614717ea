package sla

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestLatest(t *testing.T) {
	berlin := Calendar{Zone: "Europe/Berlin", Holidays: []Holiday{{Month: time.December, Day: 24}}}
	for day := time.Monday; day <= time.Friday; day++ {
		berlin.Week[day] = []Span{{540, 1020}}
	}
	apia := Calendar{Zone: "Pacific/Apia"}
	for _, tt := range []struct {
		why      string
		c        *Calendar
		at       string
		minute   int
		workdays bool
		want     string
	}{
		{"today, in winter", &berlin, "2026-03-02T08:00:00Z", 540, false, "2026-03-02T08:00:00Z"},
		{"not yet today", &berlin, "2026-03-02T07:59:59Z", 540, false, "2026-03-01T08:00:00Z"},
		{"in summer an hour earlier by UTC", &berlin, "2026-07-01T12:00:00Z", 540, false, "2026-07-01T07:00:00Z"},
		{"on Sunday, the Friday before", &berlin, "2026-03-01T12:00:00Z", 540, true, "2026-02-27T08:00:00Z"},
		{"not on a holiday", &berlin, "2026-12-24T12:00:00Z", 540, true, "2026-12-23T08:00:00Z"},
		{"half past two is left out: when the clock jumps", &berlin, "2026-03-29T12:00:00Z", 150, false, "2026-03-29T01:00:00Z"},
		{"half past two comes twice: the first", &berlin, "2026-10-25T12:00:00Z", 150, false, "2026-10-25T00:30:00Z"},
		{"and between the two it was already", &berlin, "2026-10-25T01:00:00Z", 150, false, "2026-10-25T00:30:00Z"},
		{"a day that there never was", &apia, "2011-12-30T10:00:00Z", 720, false, "2011-12-30T10:00:00Z"},
		{"who never works has none", &apia, "2026-03-02T08:00:00Z", 540, true, "0001-01-01T00:00:00Z"},
	} {
		at, err := time.Parse(time.RFC3339, tt.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := tt.c.Latest(at, tt.minute, tt.workdays).UTC().Format(time.RFC3339); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.why, got, tt.want)
		}
	}
}

// TestLatestMinuteByMinute compares Latest with a plain reckoning: of each date
// the first minute at which the clock shows the time of day or more.
func TestLatestMinuteByMinute(t *testing.T) {
	zones := []string{"UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo", "Africa/Casablanca"}
	rapid.Check(t, func(t *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		year := rapid.IntRange(2005, 2030).Draw(t, "year")
		at := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 365*1440).Draw(t, "minutes")) * time.Minute)
		if rapid.Bool().Draw(t, "near a change") {
			if _, change := at.In(zone).ZoneBounds(); !change.IsZero() {
				at = change.UTC().Truncate(time.Minute).Add(time.Duration(rapid.IntRange(-1440, 1440).Draw(t, "off")) * time.Minute)
			}
		}
		minute := rapid.IntRange(0, 1439).Draw(t, "minute")
		var want time.Time
		reached := map[string]bool{}
		for i := at.Add(-72 * time.Hour); !i.After(at); i = i.Add(time.Minute) {
			wall := i.In(zone)
			if date := wall.Format(time.DateOnly); wall.Hour()*60+wall.Minute() >= minute && !reached[date] {
				reached[date], want = true, i
			}
		}
		c := Calendar{zone: zone}
		if got := c.Latest(at, minute, false); !got.Equal(want) {
			t.Fatalf("%s, %s, minute %d: got %s, want %s", zone, at, minute, got, want)
		}
	})
}
