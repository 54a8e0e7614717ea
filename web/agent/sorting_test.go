package agent_test

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// subjects are those of the rows of a list.
func subjects(page string) string {
	var got []string
	for _, row := range regexp.MustCompile(`value=\d+>\d+</label><td>(?:<i class=unread>Unread</i> )?<a href="[^"]*">([^<]*)</a>`).FindAllStringSubmatch(page, -1) {
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
		"sort=by-id": "Cable Arm Belt", "sort=by-nonsense": "Belt Arm Cable", "sort=by-subject&text=belt": "Belt", "sort=by-due": "", "sort=by-updater": "Cable Arm Belt", "sort=by-subject&end=garbage": "Arm Belt Cable",
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

// TestUpdatedBy: a column of lists says who changed a ticket last, and so does
// the export; to whom comments are not shown, who last did what he can see.
func TestUpdatedBy(t *testing.T) {
	d := newDesk(t)
	arm, belt := ask(t, d, "bob", "Arm"), ask(t, d, "mei", "Belt")
	say(d, "ann", desk.Comment, arm, "He calls every week.")
	say(d, "tom", desk.Reply, belt, "It is on its way.")
	const list = "/agent/tickets?view=open&columns=updater"
	wants(t, d.Get("ann", list), 200, "Updated by", "Ann Archer", "Tom Tailor", "sort=by-updater")
	wants(t, d.Get("ray", list), 200, "Bob Baker", "Tom Tailor", "!Ann Archer")
	wants(t, d.Get("ann", "/agent/tickets.csv?view=open"), 200, "updated_by", "Ann Archer")
	wants(t, d.Get("ray", "/agent/tickets.csv?view=open"), 200, "Bob Baker", "!Ann Archer")
	for who, want := range map[string]string{"ann": "Arm Belt", "ray": "Arm Belt", "tom": "Arm Belt"} {
		if got := subjects(d.Get(who, "/agent/tickets?view=open&sort=by-updater").Body.String()); got != want {
			t.Errorf("sorted by it %s sees %q, want %q", who, got, want)
		}
	}
	say(d, "ann", desk.Comment, belt, "The last one was late too.")
	say(d, "ann", desk.Comment, arm, "Again.")
	for who, want := range map[string]string{"ann": "Belt Arm", "ray": "Arm Belt"} {
		if got := subjects(d.Get(who, "/agent/tickets?view=open&sort=by-updated").Body.String()); got != want {
			t.Errorf("sorted by the last change %s sees %q, want %q", who, got, want)
		}
	}
}
