package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// sweepAtOnce is how many files are looked at while nobody can store one.
const sweepAtOnce = 200

// SweepFiles removes files that no content in the database has, as they are
// left by transactions that were rolled back and by crashes, where they are at
// least that old by the disk's clock. It returns how many it removed.
func (s *Store) SweepFiles(ctx context.Context, age time.Duration) (removed int, err error) {
	var old []string
	err = s.eachFile(func(path string, d fs.DirEntry) error {
		info, err := d.Info()
		if err == nil && time.Since(info.ModTime()) >= age {
			old = append(old, path)
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	})
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
func (tx *Tx) sweep(ctx context.Context, paths []string) (removed int, err error) {
	if tx.d.lockTable != "" {
		if _, err := tx.exec(ctx, `LOCK TABLE blob `+tx.d.lockTable); err != nil {
			return 0, tx.wrap(err, "keep others from storing files", "")
		}
	}
	for _, path := range paths {
		name := filepath.Base(path)
		var n int
		if err := tx.row(ctx, `SELECT count(*) FROM blob WHERE digest = $1 AND content IS NULL`, name).Scan(&n); err != nil {
			return removed, tx.wrap(err, "look for the content", name)
		}
		if n > 0 {
			continue
		}
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return removed, err
		}
		removed++
	}
	return removed, nil
}

// eachFile calls do with every file under blobs, half-written ones included.
func (s *Store) eachFile(do func(path string, d fs.DirEntry) error) error {
	return filepath.WalkDir(s.blobs, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if name := d.Name(); len(name) != 64 && !strings.HasPrefix(name, ".new-") {
			return nil // not ours
		}
		return do(path, d)
	})
}
