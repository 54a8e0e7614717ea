package query

import (
	"fmt"
	"strings"
)

// An Error is a mistake in a query.
type Error struct {
	At     int    // where it begins, in characters, from 1
	Length int    // of what is wrong, in characters; 0 at the end of the text
	Found  string // what stands there; empty at the end
	What   string // what is wrong, or what was expected: a sentence without its end
	Meant  string // the name that was meant, where one is near
}

// Error returns the sentence for people.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "The query has a mistake at position %d", e.At)
	if e.Found != "" {
		fmt.Fprintf(&b, ", at %q", e.Found)
	}
	b.WriteString(": " + e.What)
	if e.Meant != "" {
		fmt.Fprintf(&b, "; did you mean %s?", e.Meant)
		return b.String()
	}
	return b.String() + "."
}

// nearest returns the name that a misspelt one most likely means, or "".
func nearest(name string, names []string) string {
	best, least := "", len(name)/3+2
	for _, n := range names {
		if d := distance(strings.ToLower(name), strings.ToLower(n), least); d < least {
			best, least = n, d
		}
	}
	return best
}

// distance is how many letters must be changed, added, left out or swapped with
// the next one to make one word of the other; above the limit it may be anything
// above.
func distance(a, b string, limit int) int {
	if len(a) > 40 || len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j-1]+cost, rows[i-1][j]+1, rows[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
