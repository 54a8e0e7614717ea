package store_test

import (
	"context"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/store"
)

// TestTurnsGoByAnIndex: however many tickets there are, a rule by time reads
// those that have come since it last looked, in their order, and sorts none.
func TestTurnsGoByAnIndex(t *testing.T) {
	s := openSQLite(t)
	for _, tt := range []struct {
		on     desk.Trigger
		behind string
	}{
		{desk.OnWaiting, "ticket_asked (asked>? AND asked<?)"},
		{desk.OnAsked, "ticket_last_asked (last_asked>? AND last_asked<?)"},
		{desk.OnUnanswered, "ticket_by_created (created>? AND created<?)"},
		{desk.OnUntouched, "ticket_by_updated (updated>? AND updated<?)"},
		{desk.OnAged, "ticket_by_created (created>? AND created<?)"},
		{desk.OnInStatus, "ticket_status_since (status=? AND status_since>? AND status_since<?)"},
		{desk.OnDue, "ticket_due (due>? AND due<?)"},
	} {
		for queue, daily := range map[desk.QueueID]string{0: "ticket_active (id", 3: "ticket_active_queue (queue=? AND id"} {
			r := &desk.Rule{ID: 1, Queue: queue, On: []desk.Trigger{tt.on}, Hours: 4, Time: desk.RuleTime{In: desk.StatusOpen}}
			goBy(t, s, r, [3]string{tt.behind, "ticket_by_updated (updated>", daily})
		}
	}
}

// goBy fails the test where the turns of a rule are found by other indexes.
func goBy(t *testing.T, s *store.Store, r *desk.Rule, want [3]string) {
	t.Helper()
	var plans [3]string
	if err := s.View(t.Context(), func(tx *store.Tx) (err error) { plans, err = tx.TurnPlans(context.Background(), r); return err }); err != nil {
		t.Fatal(err)
	}
	for i, got := range plans {
		if !strings.Contains(strings.ReplaceAll(got, "rowid", "id"), want[i]) || strings.Contains(got, "TEMP B-TREE") {
			t.Errorf("%s in queue %d: got the plan\n%swant %s", r.On[0], r.Queue, got, want[i])
		}
	}
}
