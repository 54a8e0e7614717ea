package api_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gatehouse/api"
)

// asking is the path of a list, or with "/count" of a count, for a query.
func asking(what, query string) string {
	return "GET /tickets" + what + "?query=" + url.QueryEscape(query)
}

// TestListsByQuery: what is listed is counted, and everybody finds only what he
// may see.
func TestListsByQuery(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct {
		why, login, query string
		want              int
	}{
		{"the agent finds it by its subject", "anna", "Subject LIKE 'printer'", 1},
		{"and not by another one", "anna", "Subject NOT LIKE 'printer' AND id = 1", 0},
		{"by its customer", "anna", "Customer = 'acme'", 1},
		{"the contact finds his own", "bob", "Status = '__Active__'", 1},
		{"his colleague too", "bea", "Customer = 'acme'", 1},
		{"the stranger finds nothing, whatever he asks", "gus", "id > 0 OR id <= 0", 0},
		{"and an agent without rights neither", "otto", "Subject LIKE 'printer'", 0},
		{"a company that a contact may not know is none", "bob", "Customer = 'globex' OR Watcher = 'gus'", 0},
	} {
		listed := read[api.Page[api.Ticket]](h, tt.login, asking("", tt.query))
		counted := read[api.Count](h, tt.login, asking("/count", tt.query))
		if len(listed.Items) != tt.want || counted.Count != tt.want {
			t.Errorf("%s: lists %d, counts %d, want %d", tt.why, len(listed.Items), counted.Count, tt.want)
		}
	}
}

// TestMistakesInQueries: the answer says where the mistake is.
func TestMistakesInQueries(t *testing.T) {
	h := newHouse(t)
	for query, want := range map[string]string{
		"Stauts = 'open'":   "position 1, at",
		"id = 1 AND":        "position 11: expected a field",
		"Subject = 'it's'":  "position 15",
		"Due < 'some time'": "Due is compared with a time",
	} {
		got := h.ask("anna", asking("", query), nil)
		body, err := io.ReadAll(got.Body)
		if err != nil || got.StatusCode != http.StatusUnprocessableEntity && got.StatusCode != http.StatusBadRequest || !strings.Contains(string(body), want) {
			t.Errorf("%s: got %d, %s (%v); want %q", query, got.StatusCode, body, err, want)
		}
	}
}
