package storetest

import (
	"context"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// testImports: a file is taken by one job at a time, is its owner's, and is
// forgotten with what stood in it.
func testImports(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	at := Start.Truncate(time.Microsecond)
	one := desk.Import{By: c.anna, Via: desk.ViaWeb, Kind: "users", Name: "people.csv", At: at, State: desk.ImportNew, Places: map[string]int{"login": 2}, Lines: 7}
	two := one
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertImport(ctx, &one, []byte("\xef\xbb\xbflogin\n")); err != nil {
			return err
		}
		return tx.InsertImport(ctx, &two, []byte("x"))
	})
	got := read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.Import, error) { return tx.Imports(ctx, c.anna, 10) })
	same(t, "anna's files", got, nil, []desk.Import{two, one})
	got = read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.Import, error) { return tx.Imports(ctx, c.bob, 10) })
	same(t, "bob's files", len(got), nil, 0)

	claim := func() *desk.Import {
		t.Helper()
		var claimed *desk.Import
		do(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			claimed, err = tx.ClaimImport(ctx, time.Hour)
			return err
		})
		return claimed
	}
	if i := claim(); i != nil {
		t.Errorf("%+v is taken, which nobody has begun", i)
	}
	one.State, one.Next, one.SkipBad, one.Places = desk.ImportTrying, at, true, map[string]int{"login": 0}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateImport(ctx, &one, []string{"a report"}) })
	report := read(t, s, func(ctx context.Context, tx *store.Tx) (list []string, err error) {
		_, err = tx.ImportReport(ctx, one.ID, &list)
		return list, err
	})
	same(t, "the report", report, nil, []string{"a report"})
	if i := claim(); i == nil || i.ID != one.ID || !i.SkipBad || i.Places["login"] != 0 || !i.Next.After(at) {
		t.Errorf("got %+v, want %+v", i, one)
	}
	if i := claim(); i != nil {
		t.Errorf("%+v is taken twice", i)
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DropWaitingImports(ctx, at) })
	left := read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.Import, error) { return tx.Imports(ctx, c.anna, 10) })
	same(t, "how many files are as new as that", len(left), nil, 2)
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DropWaitingImports(ctx, at.Add(time.Second)) })
	left = read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.Import, error) { return tx.Imports(ctx, c.anna, 10) })
	if len(left) != 1 || left[0].ID != one.ID {
		t.Errorf("of the older ones there are %+v, want the one that a job has", left)
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DropImports(ctx, c.anna, 0) })
	content := read(t, s, func(ctx context.Context, tx *store.Tx) ([]byte, error) { return tx.ImportContent(ctx, one.ID) })
	same(t, "what stands in the file that a job has", string(content), nil, "\xef\xbb\xbflogin\n")
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DropImportContent(ctx, one.ID) })
	content = read(t, s, func(ctx context.Context, tx *store.Tx) ([]byte, error) { return tx.ImportContent(ctx, one.ID) })
	same(t, "what stands in it afterwards", len(content), nil, 0)
	for name, gone := range map[string]func(context.Context, *store.Tx) error{
		"reading":  func(ctx context.Context, tx *store.Tx) error { _, err := tx.Import(ctx, two.ID); return err },
		"content":  func(ctx context.Context, tx *store.Tx) error { _, err := tx.ImportContent(ctx, two.ID); return err },
		"changing": func(ctx context.Context, tx *store.Tx) error { return tx.UpdateImport(ctx, &two, nil) },
		"report":   func(ctx context.Context, tx *store.Tx) error { _, err := tx.ImportReport(ctx, two.ID, nil); return err },
	} {
		t.Run(name, func(t *testing.T) { refused(t, s, desk.NotFound, gone) })
	}
}
