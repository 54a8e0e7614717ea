package agent_test

import (
	"net/url"
	"strings"
	"testing"

	"gatehouse/desk"
)

// TestReportPages puts a report together, keeps it on a dashboard, orders the
// dashboard, takes it away and brings it back.
func TestReportPages(t *testing.T) {
	d := newDesk(t)
	ask(t, d, "bob", "Arm 7 stops")
	wants(t, d.Get("ann", "/agent/reports"), 200, "Which tickets", "<svg", "As CSV", "Keep this report")
	address := "/agent/reports?" + url.Values{"query": {"Subject LIKE 'arm'"}, "by": {"status"}, "and": {"queue"}, "chart": {"stacked"}, "title": {"Arms <b>"}}.Encode()
	shown := d.Get("ann", address)
	wants(t, shown, 200, "Arms &lt;b&gt;", "<svg", `class="s1"`, "/agent/tickets?query=Subject%20LIKE%20%27arm%27%20AND%20Status", "as of ")
	if strings.Contains(shown.Body.String(), " style=") {
		t.Error("the page carries a style")
	}
	wrong := d.Get("ann", "/agent/reports?query=Status+%3D%3D+x&by=queue&top=many")
	wants(t, wrong, 200, "Status == x", "Choose a number of groups", "!Keep this report")
	wants(t, d.Get("ann", "/agent/reports?query=Status+%3D+"), 200, "mistake", "Status = ")
	kept := follow(t, d, "ann", d.Post("ann", "/agent/reports", "dashboard", "new", "name", "Mine", "for", "me", "query", "Subject LIKE 'arm'", "by", "status", "title", "Arms <b>"))
	wants(t, kept, 200, "The dashboard Mine is saved", "Arms &lt;b&gt;", "<svg")
	wants(t, follow(t, d, "ann", d.Post("ann", "/agent/reports", "dashboard", "1", "measure", "age", "chart", "number")), 200, "Age", "Arms")
	wants(t, d.Get("tom", "/agent/dashboards/1"), 404)
	wants(t, d.Post("tom", "/agent/dashboards/1/remove"), 404)
	wants(t, d.Get("ann", "/agent/dashboards/1/edit"), 200, "Arms &lt;b&gt;", "a third")
	moved := follow(t, d, "ann", d.Post("ann", "/agent/dashboards/1", "name", "Mine", "width", "6", "width", "2", "do", "up:1"))
	if body := moved.Body.String(); !strings.Contains(body, "part=0") || strings.Index(body, ">Age<") > strings.Index(body, ">Arms") {
		t.Errorf("the second report does not stand first: %.800s", text(moved))
	}
	wants(t, d.Post("ann", "/agent/dashboards/1", "name", " "), 422, "Change", "Arms")
	wants(t, d.Post("ann", "/agent/dashboards/1", "name", "Mine", "version", "1"), 409)
	wants(t, follow(t, d, "ann", d.Post("ann", "/agent/dashboards/1/subscribe", "every", "weekly", "day", "1", "hour", "8")), 200, "You get it each week")
	gone := d.Post("ann", "/agent/dashboards/1/remove")
	wants(t, follow(t, d, "ann", gone), 200, "!/agent/dashboards/1\"", "/agent/dashboards/1/restore")
	wants(t, follow(t, d, "ann", d.Post("ann", "/agent/dashboards/1/restore")), 200, "Mine")
	wants(t, follow(t, d, "tom", d.Post("tom", "/agent/dashboards", "name", "Tom's", "for", "me", "from", "start")), 200, "Tom&#39;s", "Workload")
	wants(t, d.Post("tom", "/agent/dashboards", "name", "All", "for", "desk"), 403)
}

// TestDashboardsShowWhatOneMaySee: the page of the same dashboard has other
// numbers for who sees less, and a report that is wrong for one says so.
func TestDashboardsShowWhatOneMaySee(t *testing.T) {
	d := newDesk(t)
	ask(t, d, "bob", "Arm 7 stops")
	wants(t, d.Get("ann", "/agent/dashboards/start"), 200, "Still to be done", "Workload", "Opened and resolved", "as of ")
	wants(t, d.Get("zoe", "/agent/dashboards/start"), 200, "No tickets here.")
	wants(t, d.Get("bob", "/agent/dashboards/start"), 404)
	wants(t, d.Get("ann", "/agent/reports?by=field-77"), 200, "There is no such field")
	d.Give(desk.Agents, 0, desk.OnSystem(), "SeeDashboard")
	wants(t, d.Get("ann", "/agent/dashboards"), 200, "Overview", "12 reports")
}

// TestReportCSV: the table comes as it is shown, for programs, and no text in it
// is a formula.
func TestReportCSV(t *testing.T) {
	d := newDesk(t)
	ask(t, d, "bob", "Arm 7 stops")
	got := d.Get("ann", "/agent/reports.csv?by=status")
	wants(t, got, 200, "Status,Tickets\n", "New,1\n")
	wants(t, d.Get("ann", "/agent/reports.csv?by=status&measure=age"), 200, "Status,Tickets,Median,9 of 10 within\n", ",1,0.00,0.00\n")
	wants(t, d.Get("ann", "/agent/reports.csv?by=colour"), 422)
}

// TestTitlesOfReportsByTime: they read as a sentence does.
func TestTitlesOfReportsByTime(t *testing.T) {
	d := newDesk(t)
	ask(t, d, "bob", "Arm 7 stops")
	wants(t, d.Get("ann", "/agent/reports?by=created-week"), 200, "by week of opening", "!by Opened, by week")
	wants(t, d.Get("ann", "/agent/reports?by=queue&and=resolved-day"), 200, "by Queue and day of resolving")
	wants(t, d.Get("ann", "/agent/reports?by=flow-month"), 200, "by month, opened and resolved")
}
