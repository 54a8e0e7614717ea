package store

import (
	"context"
	"path"
	"time"
)

// sweepAtOnce is how many files are looked at while nobody can store one.
const sweepAtOnce = 200

// SweepFiles removes files that no content in the database has, as they are
// left by transactions that were rolled back and by crashes, where they are at
// least that old by the clock of where they are. It returns how many it removed.
// It also has the database count again what has grown.
func (s *Store) SweepFiles(ctx context.Context, age time.Duration) (removed int, err error) {
	var old []string
	err = s.files.each(ctx, func(name string, written time.Time) error {
		if time.Since(written) >= age {
			old = append(old, name)
		}
		return nil
	})
	if err == nil {
		err = s.recount(ctx)
	}
	for len(old) > 0 && err == nil {
		part := old[:min(sweepAtOnce, len(old))]
		old = old[len(part):]
		var n int
		err = s.Do(ctx, func(tx *Tx) error {
			var err error
			n, err = tx.sweep(ctx, part)
			return err
		})
		removed += n
	}
	return removed, err
}

// sweep removes those of the files that have no row. Whoever stores a content
// writes its row before its file, and waits for this transaction.
func (tx *Tx) sweep(ctx context.Context, names []string) (removed int, err error) {
	if tx.d.lockTable != "" {
		if _, err := tx.exec(ctx, `LOCK TABLE blob `+tx.d.lockTable); err != nil {
			return 0, tx.wrap(err, "keep others from storing files", "")
		}
	}
	for _, file := range names {
		name := path.Base(file)
		var n int
		if err := tx.row(ctx, `SELECT count(*) FROM blob WHERE digest = $1 AND content IS NULL`, name).Scan(&n); err != nil {
			return removed, tx.wrap(err, "look for the content", name)
		}
		if n > 0 {
			continue
		}
		if err := tx.s.files.remove(ctx, file); err != nil {
			return removed, err
		}
		removed++
	}
	return removed, nil
}
