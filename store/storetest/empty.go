package storetest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"gatehouse/store"
)

// database is the file that SQLite has of a desk.
const database = "gatehouse.db"

// empty holds the database of an empty desk, made once for all tests of a
// package: making the schema takes ten times as long as opening it.
var empty = sync.OnceValues(makeEmpty)

// Dir returns a directory for the test, with the SQLite database of an empty
// desk in it, as store.Open makes it.
func Dir(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	data, err := empty()
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, database), data, 0o600)
	}
	if err != nil {
		t.Fatalf("making an empty desk: %v", err)
	}
	return dir
}

// DirFor is Dir for a desk whose database is at that URL of PostgreSQL; without
// one it is Dir.
func DirFor(t testing.TB, url string) string {
	t.Helper()
	if url != "" {
		return t.TempDir()
	}
	return Dir(t)
}

func makeEmpty() (data []byte, err error) {
	dir, err := os.MkdirTemp("", "gatehouse-empty-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	s, err := store.Open(context.Background(), store.Options{Dir: dir, Migrate: true, Volatile: true})
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, database))
}
