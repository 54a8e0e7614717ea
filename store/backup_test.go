package store_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatehouse/desk"
	"gatehouse/store"
	"gatehouse/store/pgtest"
	"gatehouse/store/storetest"
)

// emptyDesks are options for desks that are not there yet, in each database.
func emptyDesks() map[string]func(*testing.T) store.Options {
	return map[string]func(*testing.T) store.Options{
		"sqlite": func(t *testing.T) store.Options { return store.Options{Dir: t.TempDir(), Now: atStart} },
		"postgres": func(t *testing.T) store.Options {
			return store.Options{Dir: t.TempDir(), Now: atStart, URL: pgtest.NewDatabase(t)}
		},
	}
}

func atStart() time.Time { return storetest.Start }

func backup(t *testing.T, s *store.Store) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := s.Backup(t.Context(), &b, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func wantClean(t *testing.T, s *store.Store) {
	t.Helper()
	v, err := s.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Notes) > 0 {
		t.Errorf("it has notes: %q", v.Notes)
	}
	for _, c := range v.Checks {
		if c.Bad > 0 || c.Looked == 0 && c.Name != "owners" {
			t.Errorf("%s: looked at %d, %d are bad: %q", c.Name, c.Looked, c.Bad, c.Faults)
		}
	}
}

// TestRestoredIsTheSame: what was restored, in either database from either, is
// what was backed up, row by row, and goes on with the next numbers.
func TestRestoredIsTheSame(t *testing.T) {
	for from, open := range engines(t) {
		s := open(t)
		storetest.Fill(t, s)
		wantClean(t, s)
		before := storetest.Contents(t, s)
		archive := backup(t, s)
		for to, target := range emptyDesks() {
			t.Run(from+" to "+to, func(t *testing.T) {
				o := target(t)
				done, err := store.Restore(t.Context(), o, bytes.NewReader(archive), nil)
				if err != nil {
					t.Fatal(err)
				}
				if !done.Made.Equal(storetest.Start.Truncate(time.Nanosecond)) || done.Files < 2 || len(done.Missing) > 0 {
					t.Errorf("it says %+v", done)
				}
				restored := open2(t, o)
				wantClean(t, restored)
				if diff := cmp.Diff(storetest.Contents(t, restored), before); diff != "" {
					t.Errorf("-restored +before:\n%s", diff)
				}
				if _, err := store.Restore(t.Context(), o, bytes.NewReader(archive), nil); desk.KindOf(err) != desk.Conflict {
					t.Errorf("once more: got %v, want Conflict", err)
				}
			})
		}
	}
}

// open2 opens a desk as a node does that did not make it.
func open2(t *testing.T, o store.Options) *store.Store {
	t.Helper()
	o.Migrate = false
	s, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// TestBackupIsOfOneMoment: what is written while a backup is made is in it
// whole or not at all.
func TestBackupIsOfOneMoment(t *testing.T) {
	for name, open := range engines(t) {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			storetest.Fill(t, s)
			stop, done := make(chan struct{}), make(chan error)
			wrote := make(chan struct{}, 1)
			go func() { done <- storetest.KeepWriting(context.Background(), s, wrote, stop) }()
			<-wrote
			archive := backup(t, s)
			<-wrote // the backup kept nobody from writing
			close(stop)
			if err := <-done; err != nil {
				t.Fatal(err)
			}
			o := emptyDesks()["sqlite"](t)
			if _, err := store.Restore(t.Context(), o, bytes.NewReader(archive), nil); err != nil {
				t.Fatal(err)
			}
			wantClean(t, open2(t, o))
		})
	}
}

// TestBadBackups: what is no whole backup is refused, and leaves the desk as
// empty as it was, so that another one can be restored.
func TestBadBackups(t *testing.T) {
	s := openSQLite(t)
	storetest.Fill(t, s)
	good := backup(t, s)
	bad := map[string][]byte{
		"nothing":      nil,
		"a text":       []byte("SELECT 1"),
		"cut in half":  good[:len(good)/2],
		"the end gone": good[:len(good)-2000],
	}
	for why, edit := range map[string][2]string{
		"a text changed": {"Never", "never"}, // is not in it: the control of the test
		"a row changed":  {"grant.add", "grant.odd"},
		"a file changed": {"letter letter", "LETTER letter"},
		"other columns":  {`"before_json"`, `"beyond_json"`},
	} {
		bad[why] = storetest.EditArchive(t, good, edit[0], edit[1])
	}
	for name, target := range emptyDesks() {
		o := target(t)
		for why, archive := range bad {
			if why == "a text changed" {
				continue
			}
			if _, err := store.Restore(t.Context(), o, bytes.NewReader(archive), nil); desk.KindOf(err) != desk.Invalid {
				t.Errorf("%s, %s: got %v, want Invalid", name, why, err)
			}
		}
		if _, err := store.Restore(t.Context(), o, bytes.NewReader(bad["a text changed"]), nil); err != nil {
			t.Errorf("%s: after bad ones, a good one: %v", name, err)
		}
	}
}

// TestBackupByTheEditionBefore: a program that knew less of the schema than it
// had backs up tables that are in no backup now. They are left out, and the rest
// is the same; a table that nobody knows is refused.
func TestBackupByTheEditionBefore(t *testing.T) {
	for name, open := range engines(t) {
		s := open(t)
		storetest.Fill(t, s)
		behindItsBack(t, s, `INSERT INTO own_write (user_id, slot, n) VALUES (7, 0, 42)`)
		s.BackUpAll()
		archive := backup(t, s)
		held := storetest.Unpacked(t, archive)
		for _, table := range map[string][]string{"sqlite": {"own_write"}, "postgres": {"own_write", "ticket_part"}}[name] {
			if !bytes.Contains(held, []byte("tables/"+table+"/")) {
				t.Fatalf("%s: the backup holds no %s, as those of that program do", name, table)
			}
		}
		for into, target := range emptyDesks() {
			o := target(t)
			if _, err := store.Restore(t.Context(), o, bytes.NewReader(storetest.EditArchive(t, archive, "tables/own_write/", "tables/our_write/")), nil); desk.KindOf(err) != desk.Invalid {
				t.Errorf("%s into %s, a table that nobody knows: got %v, want Invalid", name, into, err)
			}
			done, err := store.Restore(t.Context(), o, bytes.NewReader(archive), nil)
			if err != nil {
				t.Errorf("%s into %s: %v", name, into, err)
				continue
			}
			wantClean(t, open2(t, o))
			if done.Rows == 0 {
				t.Errorf("%s into %s: nothing was restored", name, into)
			}
		}
	}
}

func TestBackupByANewerProgram(t *testing.T) {
	good := backup(t, openSQLite(t))
	for why, edit := range map[string][2]string{
		"a newer schema": {`"schema": [`, `"schema": [ 900001,`},
		"a newer format": {`"format": 1`, `"format": 2`},
	} {
		o := store.Options{Dir: t.TempDir()}
		_, err := store.Restore(t.Context(), o, bytes.NewReader(storetest.EditArchive(t, good, edit[0], edit[1])), nil)
		if !errors.Is(err, store.ErrNewer) {
			t.Errorf("%s: got %v, want ErrNewer", why, err)
		}
	}
}

// TestBackupWithALostFile: a file that is lost does not keep the rest from
// being saved, and is named.
func TestBackupWithALostFile(t *testing.T) {
	dir := t.TempDir()
	s := open(t, store.Options{Dir: dir})
	storetest.Fill(t, s)
	files, err := filepath.Glob(filepath.Join(dir, "blobs", "*", "*"))
	if err != nil || len(files) < 2 {
		t.Fatalf("there are %d files (%v)", len(files), err)
	}
	if err := os.Remove(files[0]); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	saved, err := s.Backup(t.Context(), &b, nil)
	if err != nil || len(saved.Missing) != 1 || saved.Missing[0] != filepath.Base(files[0]) {
		t.Fatalf("got %+v (%v), want the lost file named", saved, err)
	}
	done, err := store.Restore(t.Context(), store.Options{Dir: t.TempDir()}, &b, nil)
	if err != nil || len(done.Missing) != 1 {
		t.Errorf("got %+v (%v), want the lost file named", done, err)
	}
}

// TestSweepFiles: only files that nothing has, and only old ones, are removed.
func TestSweepFiles(t *testing.T) {
	for name, target := range emptyDesks() {
		t.Run(name, func(t *testing.T) {
			o := target(t)
			s := open(t, o)
			storetest.Fill(t, s)
			content := []byte(strings.Repeat("rolled back ", 10_000))
			failed := s.Do(t.Context(), func(tx *store.Tx) error {
				return errors.Join(tx.InsertSpooled(t.Context(), &desk.Spooled{Raw: content}), errors.New("no"))
			})
			path := filepath.Join(o.Dir, "blobs", store.Digest(content)[:2], store.Digest(content))
			if _, err := os.Stat(path); failed == nil || err != nil {
				t.Fatalf("there is no file to remove: %v, %v", failed, err)
			}
			half := filepath.Join(filepath.Dir(path), ".new-1")
			if err := os.WriteFile(half, []byte("half"), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, step := range []struct {
				age  time.Duration
				want int
			}{{time.Hour, 0}, {0, 2}, {0, 0}} {
				if got, err := s.SweepFiles(t.Context(), step.age); got != step.want || err != nil {
					t.Errorf("older than %v: removed %d (%v), want %d", step.age, got, err, step.want)
				}
			}
			wantClean(t, s)
		})
	}
}
