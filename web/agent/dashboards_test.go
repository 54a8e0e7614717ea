package agent_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/web/agent"
	"gatehouse/web/webtest"
)

// TestSharedDashboards: one for a group is seen by its members who may, changed
// by those who may, and copied by whoever sees it.
func TestSharedDashboards(t *testing.T) {
	d := newDesk(t)
	ask(t, d, "bob", "Arm 7 stops")
	d.Give(desk.Agents, 0, desk.OnSystem(), "SeeDashboard", "SubscribeDashboard")
	d.Give(d.Who["ann"], 0, desk.OnSystem(), "ModifyDashboard")
	wants(t, d.Get("ann", "/agent/dashboards"), 200, "Everybody at the desk")
	wants(t, follow(t, d, "ann", d.Post("ann", "/agent/dashboards", "name", "Ours", "for", "desk")), 200, "There is no report here yet", "/agent/dashboards/1/edit")
	wants(t, follow(t, d, "ann", d.Post("ann", "/agent/reports", "dashboard", "1", "by", "status", "title", "States")), 200, "States")
	seen := d.Get("tom", "/agent/dashboards/1")
	wants(t, seen, 200, "States", "Make a copy", "Get it by mail", "!/agent/dashboards/1/edit")
	wants(t, d.Get("tom", "/agent/dashboards/1/edit"), 403, "copy it instead")
	wants(t, d.Post("tom", "/agent/dashboards/1", "name", "Mine"), 403)
	wants(t, d.Post("tom", "/agent/reports", "dashboard", "1", "by", "queue"), 403)
	wants(t, d.Post("tom", "/agent/dashboards/1/remove"), 403)
	wants(t, follow(t, d, "tom", d.Post("tom", "/agent/dashboards", "name", "My copy", "for", "me", "from", "1")), 200, "My copy", "States", "/agent/dashboards/2/edit")
	wants(t, d.Get("ann", "/agent/dashboards/2"), 404)
	wants(t, d.Get("bob", "/agent/dashboards/1"), 404)
	wants(t, d.Get("", "/agent/dashboards/1"), 303)
}

// TestWrongDashboards: what is wrong is said, and nothing is kept.
func TestWrongDashboards(t *testing.T) {
	d := newDesk(t)
	for _, tt := range []struct {
		why    string
		path   string
		fields []string
		status int
		says   string
	}{
		{"no name", "/agent/dashboards", []string{"name", " "}, 422, "name"},
		{"for nobody", "/agent/dashboards", []string{"name", "x", "for", "nobody"}, 422, "Choose for whom"},
		{"for the desk, without the right", "/agent/dashboards", []string{"name", "x", "for", "desk"}, 403, "ModifyDashboard"},
		{"a copy of one that is not there", "/agent/dashboards", []string{"name", "x", "from", "99"}, 404, "There is no such dashboard"},
		{"a report for one that is not there", "/agent/reports", []string{"dashboard", "99"}, 404, "There is no such dashboard"},
		{"a report with a wrong query", "/agent/reports", []string{"dashboard", "new", "name", "x", "query", "Status ="}, 422, ""},
		{"a report of nothing", "/agent/reports", []string{"dashboard", "new", "name", "x", "by", "colour"}, 422, "grouping"},
		{"something that cannot be done", "/agent/dashboards/1/paint", nil, 404, ""},
		{"a letter of one that is not there", "/agent/dashboards/1/subscribe", []string{"every", "daily", "hour", "8"}, 404, ""},
	} {
		w := d.Post("ann", tt.path, tt.fields...)
		if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.says) {
			t.Errorf("%s: got status %d, want %d with %q: %.400s", tt.why, w.Code, tt.status, tt.says, text(w))
		}
	}
	wants(t, d.Get("ann", "/agent/dashboards"), 200, "!/agent/dashboards/1\"")
}

// TestTheTableBehindAChart is opened with the keyboard, and its numbers can be
// reached.
func TestTheTableBehindAChart(t *testing.T) {
	b := webtest.Open(t, webtest.Serve(t, reader(), reportSamples(), agent.Templates))
	for _, look := range []webtest.Look{{Width: 1440, Height: 900}, {Width: 320, Height: 640}} {
		b.Go(t, "/agent-dashboard", look)
		if got := webtest.Value[int](t, b, `[...document.querySelectorAll(".behind[open]")].length`); got != 0 {
			t.Errorf("%d tables are open", got)
		}
		b.Do(t, chromedp.Evaluate[chromedp.Void](`document.querySelector(".behind summary").focus()`), chromedp.KeyEvent("\r"))
		if got := webtest.Value[string](t, b, `document.querySelector(".behind[open] td a").textContent`); got != "3" {
			t.Errorf("the table says %q", got)
		}
		if got := webtest.Value[int](t, b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); got > 0 {
			t.Errorf("at %d the page is %d too wide", look.Width, got)
		}
	}
}
