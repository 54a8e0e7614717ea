package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gatehouse/api"
)

// workshop is a life cycle as programs write it.
func workshop() object {
	return object{
		"name":  "Workshop",
		"about": "Of what is repaired.",
		"statuses": []object{
			{"name": "handed in", "kind": "initial", "answered": "in work"},
			{"name": "in work", "kind": "active"},
			{"name": "handed out", "kind": "inactive", "solved": true, "asked": "handed in"},
		},
		"steps": []object{
			{"from": "handed in", "to": "in work", "label": "Begin", "with": "comment"},
			{"from": "in work", "to": "handed out", "right": "OwnTicket"},
		},
		"becomes": object{"stalled": "in work"},
	}
}

// TestLifeCycles makes one, gives it to a queue with a map, and takes it back.
func TestLifeCycles(t *testing.T) {
	h := newHouse(t)
	list := func() []api.LifeCycle {
		return read[api.LifeCycles](h, "root", "GET /life-cycles").LifeCycles
	}
	if got := list(); len(got) != 1 || got[0].ID != 0 || len(got[0].Statuses) != 6 || len(got[0].Steps) != 30 {
		t.Errorf("a fresh desk has %+v", got)
	}
	body := object{"life_cycle": workshop(), "only_look": true}
	h.want(http.StatusOK, "root", "POST /life-cycles", body)
	if got := list(); len(got) != 1 {
		t.Errorf("only a look made %+v", got)
	}
	body["only_look"] = false
	h.want(http.StatusOK, "root", "POST /life-cycles", body)
	made := list()[1]
	if made.Name != "Workshop" || made.Steps[1].Right != "OwnTicket" || made.Becomes["stalled"] != "in work" || !made.Statuses[2].Solved {
		t.Errorf("it came back as %+v", made)
	}
	h.want(http.StatusUnprocessableEntity, "root", "POST /life-cycles", body)

	support := fmt.Sprintf("/queues/%d/life-cycle", h.support)
	give := object{"life_cycle": made.ID}
	h.want(http.StatusConflict, "root", "POST "+support, give)
	give["map"] = object{"new": "handed in", "open": "in work", "stalled": "in work", "resolved": "handed out", "rejected": "handed out"}
	h.want(http.StatusOK, "root", "POST "+support, give)
	if got := read[api.LifeCycle](h, "root", "GET "+support); got.Name != "Workshop" {
		t.Errorf("the queue has %+v", got)
	}
	if got := list()[1].Queues; len(got) != 1 {
		t.Errorf("it is that of %v", got)
	}
	h.want(http.StatusConflict, "root", fmt.Sprintf("DELETE /life-cycles/%d", made.ID), nil)
	h.want(http.StatusOK, "root", "POST "+support, object{"life_cycle": 0, "map": object{"handed in": "new", "in work": "open", "handed out": "resolved"}})
	h.want(http.StatusNoContent, "root", fmt.Sprintf("DELETE /life-cycles/%d", made.ID), nil)
	h.want(http.StatusNotFound, "root", fmt.Sprintf("DELETE /life-cycles/%d", made.ID), nil)
}

// TestBadLifeCycles sends what is refused, and says why.
func TestBadLifeCycles(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct {
		why   string
		spoil func(c object)
	}{
		{"no name", func(c object) { c["name"] = "" }},
		{"the name of the one that ships", func(c object) { c["name"] = "default" }},
		{"a right that there is not", func(c object) { c["steps"].([]object)[0]["right"] = "Dance" }},
		{"a right that nobody holds on tickets", func(c object) { c["steps"].([]object)[0]["right"] = "AdminUsers" }},
		{"a step from nowhere", func(c object) { c["steps"].([]object)[0]["from"] = "lost" }},
		{"a kind that there is not", func(c object) { c["statuses"].([]object)[0]["kind"] = "busy" }},
		{"a status of the desk's of another kind", func(c object) { c["statuses"].([]object)[2]["name"] = "open" }},
		{"a name that is a pattern", func(c object) { c["statuses"].([]object)[1]["name"] = "in%work" }},
		{"half an approval", func(c object) { c["granted"] = "handed out" }},
		{"a map to nowhere", func(c object) { c["becomes"] = object{"stalled": "lost"} }},
	} {
		c := workshop()
		tt.spoil(c)
		if got := h.ask("root", "POST /life-cycles", object{"life_cycle": c}); got.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: got %d, %s", tt.why, got.StatusCode, got.body)
		}
	}
	for _, login := range []string{"anna", "gus"} {
		for _, path := range []string{"GET /life-cycles", "DELETE /life-cycles/1"} {
			if got := h.ask(login, path, nil); got.StatusCode != http.StatusForbidden && got.StatusCode != http.StatusNotFound {
				t.Errorf("%s asks %s: got %d", login, path, got.StatusCode)
			}
		}
		got := h.ask(login, "POST /life-cycles", object{"life_cycle": workshop()})
		if got.StatusCode != http.StatusForbidden || strings.Contains(got.body, "Workshop") {
			t.Errorf("%s makes a life cycle: got %d, %s", login, got.StatusCode, got.body)
		}
	}
}
