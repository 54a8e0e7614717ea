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
