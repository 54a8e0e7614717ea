package storetest

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatehouse/desk"
	"gatehouse/store"
)

// testAuditAbout looks for what the audit log says of things.
func testAuditAbout(t *testing.T, s *store.Store) {
	for _, e := range []desk.AuditEntry{
		{Action: "user.create", Object: "user:bob", After: "login: bob"},
		{Action: "grant.add", Object: "queue:Support", After: "who: 12; what: ro"},
		{Action: "grant.add", Object: "queue:Support", After: "who: 123; what: ro"},
		{Action: "member.add", Object: "group:Staff", After: "member: 12"},
		{Action: "member.remove", Object: "group:Staff", Before: "member: 12; part: reader"},
		{Action: "user.update", Object: "user:eve", Before: "name: x; who: 12; member: 12", After: "name: 12"},
		{Action: "watcher.add", Object: "queue:7 role:2", After: "12"},
		{Action: "watcher.remove", Object: "queue:77 role:2", Before: "12"},
		{Action: "group.create", Object: "group:7 role:1"},
		{Action: "user.merge", Object: "user:ann", After: "member: 12; login: ann"},
		{Action: "session.start", Object: "user:bob"},
		{Action: "user.update", Object: "user:bob", Before: "login: rob", After: "login: bob"},
	} {
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.Audit(ctx, &e) })
	}
	for _, tt := range []struct {
		why    string
		filter store.AuditFilter
		want   []int64
	}{
		{"a principal is a grantee, a member, a watcher and merged, and no number that begins like his", about(store.AuditAbout{Who: 12}), []int64{10, 8, 7, 5, 4, 2}},
		{"the watchers of a queue", about(store.AuditAbout{Queue: 7}), []int64{7}},
		{"a name, whatever its time", about(store.AuditAbout{Object: "user:bob"}), []int64{12, 11, 1}},
		{"a name from a line on", about(store.AuditAbout{Object: "user:bob", From: 11}), []int64{12, 11}},
		{"a name before a line", about(store.AuditAbout{Object: "user:bob", To: 11}), []int64{1}},
		{"either of two", about(store.AuditAbout{Object: "user:eve"}, store.AuditAbout{Queue: 77}), []int64{8, 6}},
		{"and what else is asked for", store.AuditFilter{About: []store.AuditAbout{{Who: 12}}, Kind: "member", Before: 5}, []int64{4}},
		{"changes are not sign-ins", store.AuditFilter{About: []store.AuditAbout{{Object: "user:bob"}}, Changes: true}, []int64{12, 1}},
	} {
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			list, _, err := tx.AuditList(ctx, tt.filter)
			var got []int64
			for _, e := range list {
				got = append(got, e.ID)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%s: got lines %v, want %v", tt.why, got, tt.want)
			}
			return err
		})
	}
}

func about(list ...store.AuditAbout) store.AuditFilter { return store.AuditFilter{About: list} }

// testAuditState notes how the log was found.
func testAuditState(t *testing.T, s *store.Store) {
	t.Helper()
	note := func(at time.Time, line, bad int64, want desk.AuditState) {
		t.Helper()
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.NoteAuditCheck(ctx, at, line, bad) })
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			got, err := tx.AuditState(ctx)
			if !cmp.Equal(got, want) {
				t.Errorf("the state of the log (-got +want):\n%s", cmp.Diff(got, want))
			}
			return err
		})
	}
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.AuditState(ctx)
		if !cmp.Equal(got, desk.AuditState{Last: 3}) {
			t.Errorf("a log at which nobody has looked: %+v", got)
		}
		return err
	})
	note(Start, 2, 0, desk.AuditState{Last: 3, Checked: Start, Right: Start, RightLine: 2})
	later := Start.Add(time.Hour)
	note(later, 3, 1, desk.AuditState{Last: 3, Checked: later, Bad: 1, Right: Start, RightLine: 2})
	note(later, 3, 0, desk.AuditState{Last: 3, Checked: later, Right: later, RightLine: 3})
}
