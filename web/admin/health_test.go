package admin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
	"gatehouse/web/admin"
)

// TestNodesOnTheHealthPage: each node is shown; one that has said nothing for
// long is pointed out, and is gone from the page when it ended in order.
func TestNodesOnTheHealthPage(t *testing.T) {
	d := newDesk(t)
	wants(t, d.Get("root", "/admin/health"), http.StatusOK, "No node has said yet that it runs.", "!more than one version")
	beat := func(name string) {
		t.Helper()
		d.OK(d.Beat(t.Context(), d.Sys, desk.Node{Name: name, Started: d.Now()}))
	}
	beat("desk-a:8080")
	wants(t, d.Get("root", "/admin/health"), http.StatusOK, "desk-a:8080", "!Silent since", "!more than one version")
	d.Pass(2 * time.Minute)
	beat("desk-b <b>")
	wants(t, d.Get("root", "/admin/health"), http.StatusOK, "desk-a:8080", "Silent since", "desk-b &lt;b&gt;")
	wants(t, d.Get("root", "/admin/health"), http.StatusOK, "Knows all", "!One since")
	d.Group("A change of rights")
	wants(t, d.Get("root", "/admin/health"), http.StatusOK, "One since")
	beat("desk-b <b>")
	wants(t, d.Get("root", "/admin/health"), http.StatusOK, "Knows all", "One since")
	d.OK(d.EndNode(t.Context(), d.Sys, "desk-a:8080"))
	wants(t, d.Get("root", "/admin/health"), http.StatusOK, "!desk-a:8080", "!Silent since")
	wants(t, d.Get("ann", "/admin/health"), http.StatusNotFound)
}

// TestReplicaRow: how it is with the replica is said in words of the reader's
// language, whatever it is; a desk without one says nothing of it.
func TestReplicaRow(t *testing.T) {
	if row := admin.NewReplicaRow(service.ReplicaState{}); row.Set {
		t.Errorf("without a replica: got %+v", row)
	}
	row := admin.NewReplicaRow(service.ReplicaState{Set: true, Used: true, Late: 240 * time.Millisecond, Answered: 7, Behind: 2, Failed: 1})
	if !row.Set || !row.Used || row.Late != "0.2" || row.Answered != 7 || row.Behind != 3 || row.Why.Key != "" {
		t.Errorf("one that is used: got %+v", row)
	}
	for _, cause := range []string{"unasked", "unanswered", "other", "itself", "schema", "behind", "late", "main"} {
		row := admin.NewReplicaRow(service.ReplicaState{Set: true, Cause: cause, Late: -1})
		for _, language := range []string{"en", "de"} {
			words := web.Reader{Lang: language}.Say(row.Why)
			if row.Late != "" || row.Used || !strings.HasSuffix(words, ".") && !strings.HasSuffix(words, "?") {
				t.Errorf("%s in %s: got %+v, %q", cause, language, row, words)
			}
		}
	}
	d := newDesk(t)
	wants(t, d.Get("root", "/admin/health"), http.StatusOK, "!Replica")
}

// TestWorkOnTheHealthPage: each sort of work has a name in both languages, what
// is the matter with it is said, and the checkup leads there.
func TestWorkOnTheHealthPage(t *testing.T) {
	d := newDesk(t)
	wants(t, d.Get("root", "/admin/health"), http.StatusOK, "Work that the desk does by itself", "nobody has said", "!health.work", "!in a row")
	now := d.Now()
	d.OK(d.Beat(t.Context(), d.Sys, desk.Node{Name: "desk-a:80", Started: now},
		desk.StepTimes{Step: service.StepWebhooks, Looked: now, Ran: now, Took: 2300 * time.Millisecond, Failures: 4, Failing: now, Reason: "refused <b>"},
		desk.StepTimes{Step: service.StepDigests, Looked: now, Ran: now, Took: 45 * time.Millisecond}))
	wants(t, d.Get("root", "/admin/health"), http.StatusOK, "Failed 4 times in a row on desk-a:80, since", "refused &lt;b&gt;", "took 2.3 s", "took 45 ms", "in order")
	wants(t, d.Get("root", "/admin/checkup"), http.StatusOK, "Work that fails each time", "Webhooks of rules", "/admin/health#work")
	health, err := d.Health(t.Context(), d.Sys, false)
	d.OK(err)
	names := map[string]bool{}
	for _, w := range health.Work {
		for _, state := range []service.WorkState{service.WorkUnknown, service.WorkWell, service.WorkOff, service.WorkBusy, service.WorkRetried, service.WorkLate, service.WorkFails, service.WorkHangs, service.WorkUnlooked} {
			w.State, w.Node, w.Failures = state, "desk-a:80", 4
			row := admin.NewWorkRow(w, now, time.Time.UTC)
			for _, reader := range []web.Reader{{Lang: "en"}, {Lang: "de"}} {
				said := []string{reader.Say(row.What), reader.Say(web.T("health.work." + row.State)), reader.Say(row.Says)}
				names[said[0]] = true
				unread(t, strings.Join(said, " "))
			}
		}
	}
	if len(names) != 2*len(health.Work) || len(health.Work) != 17 {
		t.Errorf("%d sorts of work have %d names in two languages", len(health.Work), len(names))
	}
}

// unread fails where a text has the name of one that there is not, or a place in
// it was not filled.
func unread(t *testing.T, text string) {
	t.Helper()
	if strings.Contains(text, "health.") || strings.Contains(text, "%") {
		t.Errorf("got %q", text)
	}
}
