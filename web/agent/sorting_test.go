package agent_test

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"gatehouse/service"
	"gatehouse/web/webtest"
)

// subjects are those of the rows of a list.
func subjects(page string) string {
	var got []string
	for _, row := range regexp.MustCompile(`value=\d+>\d+</label><td><a href="[^"]*">([^<]*)</a>`).FindAllStringSubmatch(page, -1) {
		got = append(got, row[1])
	}
	return strings.Join(got, " ")
}

// TestSortedLists: the heads of columns sort, one way and the other, with what
// else the list asks for; pages go on in that order, and only what one may see
// is there.
func TestSortedLists(t *testing.T) {
	d := newDesk(t)
	c, a, b := ask(t, d, "bob", "Cable"), ask(t, d, "bob", "Arm"), ask(t, d, "mei", "Belt")
	webtest.Must(d.OpenTicket(t.Context(), d.Sys, service.NewTicket{Queue: d.Queue["Billing"], Subject: "Aardvark"}))(t)
	for id, priority := range map[int64]int{int64(a): 5, int64(b): 9, int64(c): 1} {
		wants(t, d.Post("ann", fmt.Sprintf("/agent/tickets/%d/facts", id), "priority", fmt.Sprint(priority)), 303)
	}
	for query, want := range map[string]string{
		"sort=by-subject": "Arm Belt Cable", "sort=-by-subject": "Cable Belt Arm", "sort=by-priority": "Cable Arm Belt", "sort=-by-priority": "Belt Arm Cable",
		"sort=by-id": "Cable Arm Belt", "sort=by-nonsense": "Belt Arm Cable", "sort=by-subject&text=belt": "Belt", "sort=by-due": "", "sort=by-subject&end=garbage": "Arm Belt Cable",
		"sort=by-subject&end=tarm~99999": "Belt Cable",
	} {
		if got := subjects(d.Get("ann", "/agent/tickets?view=open&"+query).Body.String()); got != want {
			t.Errorf("%s lists %q, want %q", query, got, want)
		}
	}
	page := d.Get("ann", "/agent/tickets?view=open&sort=by-subject")
	wants(t, page, 200, `aria-sort="ascending"`, "sort=-by-subject", "sort=-by-updated", "sort=by-queue")
	wants(t, d.Get("ann", "/agent/tickets?view=open&sort=-by-updated"), 200, `aria-sort="descending"`, "sort=by-updated")
	for i := range 60 {
		ask(t, d, "bob", fmt.Sprintf("Row %02d", i))
	}
	first := d.Get("ann", "/agent/tickets?view=open&sort=by-subject").Body.String()
	second := d.Get("ann", html.UnescapeString(way(first, "next"))).Body.String()
	if n := strings.Count(first, "<label><input type=checkbox") + strings.Count(second, "<label><input type=checkbox"); n != 63 || !strings.HasSuffix(strings.TrimSpace(subjects(second)), "Row 59") {
		t.Errorf("two pages have %d rows and end with %q", n, subjects(second))
	}
	if back := way(second, "prev"); !strings.Contains(back, "sort=by-subject") || strings.Contains(back, "end=") {
		t.Errorf("back leads to %q", back)
	}
}
