package admin_test

import (
	"net/http"
	"testing"
	"time"

	"gatehouse/desk"
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
	d.OK(d.EndNode(t.Context(), d.Sys, "desk-a:8080"))
	wants(t, d.Get("root", "/admin/health"), http.StatusOK, "!desk-a:8080", "!Silent since")
	wants(t, d.Get("ann", "/admin/health"), http.StatusNotFound)
}
