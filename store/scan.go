package store

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"gatehouse/desk"
)

// How values are stored: times as microseconds since 1970 in UTC with 0 for
// the zero time, flags as 0 and 1, references to nothing as NULL, lists and
// maps as JSON.

// micros returns a moment as it is stored.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// moment is what was stored by micros.
func moment(stored int64) time.Time {
	if stored == 0 {
		return time.Time{}
	}
	return time.UnixMicro(stored).UTC()
}

// bit returns a flag as it is stored.
func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// null returns a reference as it is stored: zero is NULL.
func null[T ~int64](id T) any {
	if id == 0 {
		return nil
	}
	return int64(id)
}

// scanned makes a sql.Scanner of a function that takes a whole number; NULL is
// zero.
type scanned func(int64)

// Scan takes the value of a column.
func (f scanned) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		f(0)
	case int64:
		f(v)
	default:
		return fmt.Errorf("a column holds a %T instead of a whole number", value)
	}
	return nil
}

func when(t *time.Time) sql.Scanner { return scanned(func(v int64) { *t = moment(v) }) }

func flag(b *bool) sql.Scanner { return scanned(func(v int64) { *b = v != 0 }) }

// ref scans a reference that may be NULL.
func ref[T ~int64](id *T) sql.Scanner { return scanned(func(v int64) { *id = T(v) }) }

// bits scans a mask of 64 bits.
func bits[T ~uint64](mask *T) sql.Scanner { return scanned(func(v int64) { *mask = T(v) }) }

// sharing scans a sharing that may be unset.
type sharing struct{ to **desk.Sharing }

// Scan takes the value of a column.
func (s sharing) Scan(value any) error {
	*s.to = nil
	if value == nil {
		return nil
	}
	return scanned(func(v int64) { is := desk.Sharing(v); *s.to = &is }).Scan(value)
}

func storedSharing(s *desk.Sharing) any {
	if s == nil {
		return nil
	}
	return int64(*s)
}

// asJSON scans JSON into what to points at.
type asJSON struct{ to any }

// Scan takes the value of a column.
func (j asJSON) Scan(value any) error {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("a column holds a %T instead of a text", value)
	}
	return json.Unmarshal([]byte(text), j.to)
}

// numbers returns ids as plain numbers.
func numbers[T ~int64](ids []T) []int64 {
	list := make([]int64, len(ids))
	for i, id := range ids {
		list[i] = int64(id)
	}
	return list
}
