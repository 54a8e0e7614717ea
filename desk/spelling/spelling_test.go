package spelling_test

import (
	"testing"

	"gatehouse/desk/spelling"
)

func TestNearest(t *testing.T) {
	names := []string{"ticket.priority", "ticket.subject", "event.agent", "now"}
	for _, tt := range []struct{ why, word, want string }{
		{"a slip", "ticket.priorty", "ticket.priority"},
		{"without its first part", "subject", "ticket.subject"},
		{"another case", "NOW", "now"},
		{"like no other", "zzzzzzzz", ""},
		{"nothing", "", ""},
	} {
		if got := spelling.Nearest(tt.word, names); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.why, got, tt.want)
		}
	}
}
