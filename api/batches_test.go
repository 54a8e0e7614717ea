package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gatehouse/api"
	"gatehouse/desk"
	"gatehouse/service"
)

// work does what batches wait for.
func (h *house) work() {
	h.t.Helper()
	for {
		job := must(h.ClaimJob(h.t.Context(), h.system, service.JobBatch))(h.t)
		if job == nil {
			return
		}
		h.ok(h.RunBatch(h.t.Context(), h.system, *job))
	}
}

// TestBatches looks at a change of many tickets, makes it, follows it, and takes
// it back; what anna may not see or do stays as it is and is told of as such.
func TestBatches(t *testing.T) {
	h := newHouse(t)
	vault := must(h.CreateQueue(t.Context(), h.system, desk.Queue{Name: "vault"}))(t)
	hidden := must(h.OpenTicket(t.Context(), h.system, service.NewTicket{Queue: vault, Subject: "Secret"}))(t)
	other := must(h.OpenTicket(t.Context(), h.as("bob"), service.NewTicket{Queue: h.support, Subject: "Other"}))(t)
	all := []int64{int64(h.acmes), int64(other), int64(hidden), 9999}
	priority := object{"priority": 7}

	p := h.ask("anna", "POST /batches/preview", object{"tickets": all, "change": priority})
	if want := fmt.Sprintf(`"changes":2,"letters":0,"skipped":2,"skips":[{"reason":"There is no such ticket.","tickets":[%d,9999]}]`, hidden); p.StatusCode != http.StatusOK || !strings.Contains(p.body, want) {
		t.Errorf("the preview is %d %s, want %s", p.StatusCode, p.body, want)
	}
	if v := must(h.Ticket(t.Context(), h.system, other))(t); v.Priority != 0 {
		t.Errorf("the preview changed the priority to %d", v.Priority)
	}
	id := h.made("anna", "POST /batches", object{"tickets": all, "change": priority}, "Idempotency-Key", "once")
	if again := h.made("anna", "POST /batches", object{"tickets": all, "change": priority}, "Idempotency-Key", "once"); again != id {
		t.Errorf("the same request twice began %d and %d", id, again)
	}
	at := fmt.Sprintf(" /batches/%d", id)
	if b := read[api.Batch](h, "anna", "GET"+at); b.State != "works" || b.Waits != 2 || b.CanUndo || *b.Change.Priority != 7 {
		t.Errorf("to begin with it is %+v", b)
	}
	h.work()
	b := read[api.Batch](h, "anna", "GET"+at)
	if b.State != "done" || b.Changed != 2 || b.Waits != 0 || !b.CanUndo || len(b.Tickets) != 2 || b.Tickets[1].Subject != "Other" || b.Ended == nil {
		t.Errorf("done it is %+v", b)
	}
	h.want(http.StatusNotFound, "root", "GET"+at, nil)
	h.want(http.StatusNotFound, "otto", "POST"+at+"/undo", nil)
	h.want(http.StatusForbidden, "bob", "POST /batches", object{"tickets": all, "change": priority})

	back := h.made("anna", "POST"+at+"/undo", nil)
	h.work()
	if b := read[api.Batch](h, "anna", fmt.Sprintf("GET /batches/%d", back)); b.Change.Undo != id || b.Changed != 2 || b.CanUndo {
		t.Errorf("taking it back is %+v", b)
	}
	if b := read[api.Batch](h, "anna", "GET"+at); b.Undone != back || b.CanUndo {
		t.Errorf("taken back it is %+v", b)
	}
	h.want(http.StatusConflict, "anna", "POST"+at+"/undo", nil)
	if v := must(h.Ticket(t.Context(), h.system, other))(t); v.Priority != 0 {
		t.Errorf("taken back the priority is %d", v.Priority)
	}
}

// TestBatchesOfAQuery changes what a query finds, in each way that there is, and
// stops one.
func TestBatchesOfAQuery(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct {
		why    string
		body   object
		status int
		says   string
	}{
		{"a comment on each", object{"query": "id > 0", "change": object{"message": object{"kind": "comment", "text": "Look."}}}, http.StatusOK, `"changes":1`},
		{"a reply tells of the letters", object{"query": "id > 0", "change": object{"message": object{"kind": "reply", "text": "Look."}}}, http.StatusOK, `"letters":`},
		{"nobody as owner: it is so already", object{"query": "id > 0", "change": object{"owner": 0}}, http.StatusOK, `It is so already.`},
		{"a link to itself", object{"query": "id > 0", "change": object{"link": object{"type": "refers_to", "target": h.acmes}}}, http.StatusOK, `"changes":0`},
		{"a query with a mistake", object{"query": "Statsu = 'new'", "change": object{"priority": 1}}, http.StatusUnprocessableEntity, "Status"},
		{"numbers and a query", object{"query": "id > 0", "tickets": []int{1}, "change": object{"priority": 1}}, http.StatusUnprocessableEntity, "not both"},
		{"neither", object{"change": object{"priority": 1}}, http.StatusUnprocessableEntity, "Choose at least one ticket."},
		{"no change", object{"query": "id > 0", "change": object{}}, http.StatusUnprocessableEntity, "Choose at least one thing to change."},
		{"merging and more", object{"query": "id > 0", "change": object{"merge": 1, "priority": 1}}, http.StatusUnprocessableEntity, "Merging goes with no other change"},
		{"a status that there is not", object{"query": "id > 0", "change": object{"status": "lost"}}, http.StatusUnprocessableEntity, "There is no status"},
		{"a field that there is not", object{"query": "id > 0", "change": object{"fields": object{"Nowhere": []string{"x"}}}}, http.StatusNotFound, "There is no such"},
	} {
		got := h.ask("anna", "POST /batches/preview", tt.body)
		if got.StatusCode != tt.status || !strings.Contains(got.body, tt.says) {
			t.Errorf("%s: got %d %s, want %d with %q", tt.why, got.StatusCode, got.body, tt.status, tt.says)
		}
	}
	id := h.made("anna", "POST /batches", object{"query": "Status = 'new' OR Status = 'open'", "change": object{"status": "stalled"}})
	h.want(http.StatusNoContent, "anna", fmt.Sprintf("POST /batches/%d/stop", id), nil)
	h.work()
	if b := read[api.Batch](h, "anna", fmt.Sprintf("GET /batches/%d", id)); b.State != "stopped" || b.Changed != 0 || b.Waits != 1 {
		t.Errorf("stopped it is %+v", b)
	}
	if list := read[api.Page[api.Batch]](h, "anna", "GET /batches").Items; len(list) != 1 || list[0].ID != id || list[0].Change.Status != "stalled" {
		t.Errorf("anna's changes are %+v", list)
	}
}
