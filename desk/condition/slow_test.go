package condition_test

import (
	"strings"
	"testing"
	"time"
)

// TestCompilingEnds: texts made to keep a parser busy are refused or compiled
// at once.
func TestCompilingEnds(t *testing.T) {
	l := language(t)
	for _, part := range []string{"(", "[", "{", "a?b:", "-", "!", "a.", "[1].map(x,", "1+", "a&&", "a(", "a[", "'", "a.b.c(d,", "{a:", "\"\"\"", "x{y:"} {
		began := time.Now()
		_, _ = l.Compile(strings.Repeat(part, 3900/len(part)))
		_, _ = l.Compile(strings.Repeat(part, 30) + "1")
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%q over and over takes %v", part, took)
		}
	}
}
