package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatehouse/desk"
	"gatehouse/store"
)

func testDashboards(t *testing.T, s *store.Store) {
	ann := desk.User{Login: "ann", Name: "Ann", Kind: desk.Agent}
	mine := desk.Dashboard{Name: "Ärger 😀", Parts: []desk.DashboardPart{{Report: desk.TicketReport{Title: "x", Query: "Status = 'open'", By: []desk.Grouping{desk.ByQueue, desk.ByStatus}}, Width: 2}}}
	all := desk.Dashboard{Name: "All"}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertUser(ctx, &ann); err != nil {
			return err
		}
		mine.Owner = ann.ID
		if err := tx.InsertDashboard(ctx, &mine); err != nil {
			return err
		}
		return tx.InsertDashboard(ctx, &all)
	})
	list := func(of desk.UserID) []desk.Dashboard {
		return read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.Dashboard, error) { return tx.Dashboards(ctx, of) })
	}
	if diff := cmp.Diff([]desk.Dashboard{all, mine}, list(ann.ID)); diff != "" {
		t.Errorf("ann's dashboards (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]desk.Dashboard{all}, list(ann.ID+1)); diff != "" {
		t.Errorf("another one's dashboards (-want +got):\n%s", diff)
	}
	stale := mine
	mine.Gone = true
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateDashboard(ctx, &mine) })
	refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateDashboard(ctx, &stale) })
	got := read(t, s, func(ctx context.Context, tx *store.Tx) (*desk.Dashboard, error) { return tx.Dashboard(ctx, mine.ID) })
	if diff := cmp.Diff(&mine, got); diff != "" {
		t.Errorf("the dashboard as it was changed (-want +got):\n%s", diff)
	}
	letter := desk.DashboardLetter{Dashboard: all.ID, User: ann.ID, Every: desk.Weekly, Day: 3, Hour: 8, Next: Start.Add(time.Hour).Truncate(time.Microsecond)}
	due := func(at time.Time) []desk.DashboardLetter {
		return read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.DashboardLetter, error) {
			return tx.DueDashboardLetters(ctx, at, 10)
		})
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SetDashboardLetter(ctx, letter) })
	letter.Hour = 9
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SetDashboardLetter(ctx, letter) })
	if early, diff := due(Start), cmp.Diff([]desk.DashboardLetter{letter}, due(letter.Next)); len(early) != 0 || diff != "" {
		t.Errorf("before it is due %v; when it is (-want +got):\n%s", early, diff)
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DropDashboardLetter(ctx, all.ID, ann.ID) })
	if left := read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.DashboardLetter, error) {
		return tx.DashboardLetters(ctx, ann.ID)
	}); len(left) != 0 {
		t.Errorf("after it was dropped there is %v", left)
	}
}
