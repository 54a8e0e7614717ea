package agent

import (
	"strings"
	"testing"

	"gatehouse/service"
)

func TestMarkedMistakes(t *testing.T) {
	for _, tt := range []struct {
		why, text  string
		at, length int
		want       Mistake
	}{
		{"a word", "id = 1 AND Foo = 2", 12, 3, Mistake{"id = 1 AND ", "Foo", " = 2"}},
		{"the end", "id =", 5, 0, Mistake{"id =", "…", ""}},
		{"characters, not bytes", "Über = 1", 1, 4, Mistake{"", "Über", " = 1"}},
		{"beyond the text", "id", 9, 9, Mistake{"id", "…", ""}},
	} {
		if got := *marked(tt.text, &service.QueryError{At: tt.at, Length: tt.length}); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.why, got, tt.want)
		}
	}
}

func TestTheBuilderWritesQueries(t *testing.T) {
	for _, tt := range []struct{ text, joint, field, how, value, want string }{
		{"", "AND", "Status", "=", "open", "Status = 'open'"},
		{"id > 3", "AND", "Status", "IN", "new, open", "id > 3 AND Status IN ('new', 'open')"},
		{"id > 3", "OR", "Due", "IS NULL", "whatever", "id > 3 OR Due IS NULL"},
		{"id > 3 OR id < 1", "AND", "Subject", "LIKE", `it's \ it`, `(id > 3 OR id < 1) AND Subject LIKE 'it\'s \\ it'`},
	} {
		got := service.AddToQuery(tt.text, tt.joint, tt.field, tt.how, tt.value)
		if got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
	for _, f := range service.QueryFields() {
		if f.Name == "" || strings.Contains(f.Name, " ") || len(f.Comparisons) == 0 {
			t.Errorf("the builder cannot offer %+v", f)
		}
	}
}
