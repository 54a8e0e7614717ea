package storetest

import (
	"context"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// testDirectories: they are kept whole, listed in their order, and one that is
// due is claimed once.
func testDirectories(t *testing.T, s *store.Store) {
	second := &desk.Directory{Name: "HR", Kind: "sql", Place: 2, Config: `{"a":1}`, Secret: "s", Adopt: true, Every: time.Hour, MaxLoss: 20,
		Groups: []desk.DirectoryGroup{{Theirs: "t", Ours: 7}}, Next: Start.Truncate(time.Microsecond), Confirm: true}
	first := &desk.Directory{Name: "Änne", Kind: "ldap", Place: 1, Disabled: true, Next: Start.Truncate(time.Microsecond)}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SaveDirectory(ctx, second); err != nil {
			return err
		}
		return tx.SaveDirectory(ctx, first)
	})
	refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error {
		return tx.SaveDirectory(ctx, &desk.Directory{Name: "ÄNNE"})
	})
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error {
		return tx.SaveDirectory(ctx, &desk.Directory{ID: 99, Name: "x"})
	})
	got := read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.Directory, error) { return tx.Directories(ctx) })
	same(t, "directories", got, nil, []desk.Directory{*first, *second})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		d, err := tx.ClaimDirectory(ctx, time.Hour)
		if err != nil || d == nil || d.ID != second.ID || d.Run != 1 {
			t.Errorf("claimed %+v, %v, want HR", d, err)
		}
		d, err = tx.ClaimDirectory(ctx, time.Hour)
		if d != nil {
			t.Errorf("claimed %+v too", d)
		}
		return err
	})
	r := &desk.SyncReport{Directory: second.ID, Run: 1, Started: Start.Truncate(time.Microsecond), State: desk.SyncRunning}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveSyncReport(ctx, r) })
	r.State, r.Read, r.Text = desk.SyncDone, 5, "a\nb"
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveSyncReport(ctx, r) })
	reports := read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.SyncReport, error) {
		return tx.SyncReports(ctx, second.ID, 5)
	})
	same(t, "reports", reports, nil, []desk.SyncReport{*r})
}

// testDirectoryUsers: who was not seen by a reading is missed, until he is gone.
func testDirectoryUsers(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	d := &desk.Directory{Name: "HR", Kind: "sql"}
	anna, bob := desk.DirectoryUser{User: c.anna, Entry: `"1",{}`, Run: 1}, desk.DirectoryUser{User: c.bob, Entry: "2", Run: 1}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SaveDirectory(ctx, d); err != nil {
			return err
		}
		anna.Directory, bob.Directory = d.ID, d.ID
		for _, u := range []desk.DirectoryUser{anna, bob} {
			if err := tx.SetDirectoryUser(ctx, u); err != nil {
				return err
			}
		}
		return tx.SeenInDirectory(ctx, []desk.UserID{c.anna}, 2)
	})
	anna.Run = 2
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		missed, err := tx.DirectoryMissed(ctx, d.ID, 2, 10)
		same(t, "missed", missed, err, []desk.DirectoryUser{bob})
		found, err := tx.DirectoryEntries(ctx, d.ID, []string{`"1",{}`, "3"})
		same(t, "found by entry", found, err, []desk.DirectoryUser{anna})
		found, err = tx.DirectoryUsers(ctx, []desk.UserID{c.bob, 999})
		same(t, "found by user", found, err, []desk.DirectoryUser{bob})
		all, n, err := tx.CountDirectory(ctx, d.ID, 2)
		same(t, "all", all, err, 2)
		same(t, "missed", n, err, 1)
		none, err := tx.DirectoryUser(ctx, 999)
		same(t, "nobody", none, err, nil)
		return nil
	})
	bob.Gone = true
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SetDirectoryUser(ctx, bob) })
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		all, n, err := tx.CountDirectory(ctx, d.ID, 2)
		same(t, "all without bob", all, err, 1)
		same(t, "missed without bob", n, err, 0)
		return nil
	})
}

// testSources: memberships of one source, and another name for it.
func testSources(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	g := &desk.Group{Name: "sourced"}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertGroup(ctx, g); err != nil {
			return err
		}
		return tx.AddMembership(ctx, desk.Membership{Group: desk.PrincipalID(g.ID), Member: desk.PrincipalID(c.anna), Source: "HR"})
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.RenameSource(ctx, "HR", "Staff office") })
	for source, want := range map[string]int{"HR": 0, "Staff office": 1} {
		list := read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.Membership, error) {
			return tx.MembershipsFrom(ctx, source, []desk.PrincipalID{desk.PrincipalID(c.anna)})
		})
		same(t, source, len(list), nil, want)
	}
}
