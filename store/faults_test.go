package store_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/store"
	"gatehouse/store/pgtest"
)

// engines are ways to open a new desk in each database, by its name.
func engines(t *testing.T) map[string]func(testing.TB) *store.Store {
	return map[string]func(testing.TB) *store.Store{"sqlite": openSQLite, "postgres": postgresOpener(t)}
}

func setSetting(ctx context.Context, s *store.Store) error {
	return s.Do(ctx, func(tx *store.Tx) error { return tx.SetSetting(ctx, "x", "y") })
}

func TestOlderSchemaIsMigratedOnlyWhenAsked(t *testing.T) {
	for name, options := range map[string]store.Options{
		"sqlite":   {Dir: t.TempDir()},
		"postgres": {Dir: t.TempDir(), URL: pgtest.NewDatabase(t)},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := store.Open(t.Context(), options); desk.KindOf(err) != desk.Unavailable || !strings.Contains(err.Error(), "migrate") {
				t.Errorf("without migrating: got %v, want a refusal that says what to do", err)
			}
			open(t, options) // makes the schema
			options.Migrate = false
			s, err := store.Open(t.Context(), options)
			if err != nil {
				t.Fatalf("once it is migrated: %v", err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestTwoNodesMigrateAtOnce: both find the schema made once.
func TestTwoNodesMigrateAtOnce(t *testing.T) {
	url := pgtest.NewDatabase(t)
	failed := make(chan error, 2)
	for range 2 {
		go func() {
			s, err := store.Open(context.Background(), store.Options{Dir: t.TempDir(), URL: url, Migrate: true})
			if err == nil {
				err = s.Close()
			}
			failed <- err
		}()
	}
	for range 2 {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
}

func TestLockedDatabase(t *testing.T) {
	dir := t.TempDir()
	s := open(t, store.Options{Dir: dir})
	s.DB().SetMaxOpenConns(1)
	if _, err := s.DB().Exec(`PRAGMA busy_timeout = 20`); err != nil {
		t.Fatal(err)
	}
	other, err := sql.Open("sqlite", filepath.Join(dir, "gatehouse.db")+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	lock, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if err := setSetting(t.Context(), s); desk.KindOf(err) != desk.Unavailable {
		t.Errorf("while locked: got %v, want Unavailable", err)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("reading while locked: %v", err)
	}
	if err := lock.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := setSetting(t.Context(), s); err != nil {
		t.Errorf("after the lock: %v", err)
	}
}

// TestFullDatabase: what does not fit is refused as Unavailable, and smaller
// things can be stored again once there is room.
func TestFullDatabase(t *testing.T) {
	s := openSQLite(t)
	if _, err := s.DB().Exec(`PRAGMA max_page_count = 1`); err != nil { // no more than there are
		t.Fatal(err)
	}
	big := strings.Repeat("x", 1<<20)
	err := s.Do(t.Context(), func(tx *store.Tx) error { return tx.SetSetting(t.Context(), "big", big) })
	if desk.KindOf(err) != desk.Unavailable {
		t.Errorf("while full: got %v, want Unavailable", err)
	}
	if _, err := s.DB().Exec(`PRAGMA max_page_count = 1000000`); err != nil {
		t.Fatal(err)
	}
	if err := setSetting(t.Context(), s); err != nil {
		t.Errorf("with room again: %v", err)
	}
}

func TestDatabaseGone(t *testing.T) {
	server := pgtest.Start(t)
	s := open(t, store.Options{URL: server.NewDatabase(t)})
	if err := setSetting(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	server.Crash(t)
	for name, err := range map[string]error{
		"writing": setSetting(t.Context(), s),
		"reading": s.View(t.Context(), func(tx *store.Tx) error { _, _, err := tx.Setting(t.Context(), "x"); return err }),
		"asking":  s.Ping(t.Context()),
	} {
		if desk.KindOf(err) != desk.Unavailable {
			t.Errorf("%s: got %v, want Unavailable", name, err)
		}
	}
	server.Restart(t)
	if err := setSetting(t.Context(), s); err != nil {
		t.Errorf("once it is back: %v", err)
	}
	if _, err := store.Open(t.Context(), store.Options{Dir: t.TempDir(), URL: "postgres:///x?host=" + t.TempDir()}); desk.KindOf(err) != desk.Unavailable {
		t.Errorf("opening one that is not there: got %v, want Unavailable", err)
	}
}

// TestServerEndsInTheMiddle: a transaction whose server ends is not stored, and
// its error says that the desk is not available.
func TestServerEndsInTheMiddle(t *testing.T) {
	server := pgtest.Start(t)
	s := open(t, store.Options{URL: server.NewDatabase(t)})
	err := s.Do(t.Context(), func(tx *store.Tx) error {
		if err := tx.SetSetting(t.Context(), "x", "y"); err != nil {
			return err
		}
		server.Stop(t)
		return nil
	})
	if desk.KindOf(err) != desk.Unavailable {
		t.Errorf("got %v, want Unavailable", err)
	}
	server.Restart(t)
	err = s.View(t.Context(), func(tx *store.Tx) error {
		_, ok, err := tx.Setting(t.Context(), "x")
		if ok {
			t.Error("it was stored")
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestAuditChain: a line that was changed, added or taken away behind the desk's
// back is found.
func TestAuditChain(t *testing.T) {
	for name, open := range engines(t) {
		for _, tt := range []struct {
			why, tamper string
			want        int64
		}{
			{"nothing", `UPDATE audit SET at = at`, 0},
			{"who did it", `UPDATE audit SET by_user = 7 WHERE id = 2`, 2},
			{"when", `UPDATE audit SET at = at + 1 WHERE id = 1`, 1},
			{"what was before", `UPDATE audit SET before_json = 'x' WHERE id = 3`, 3},
			{"a line is missing", `DELETE FROM audit WHERE id = 2`, 2},
			{"the first line is missing", `DELETE FROM audit WHERE id = 1`, 1},
			{"the last line is missing", `DELETE FROM audit WHERE id = 4`, 4},
			{"all are missing", `DELETE FROM audit`, 1},
			{"what it touched", `UPDATE access_fact SET after_row = '{}' WHERE line = 1`, 1},
			{"what it touched is missing", `DELETE FROM access_fact`, 1},
			{"it touched more", `INSERT INTO access_fact (line, kind) VALUES (3, 'user')`, 3},
			{"a line was added", `INSERT INTO audit SELECT 5, at, by_user, via, action, object, before_json, after_json, hash, change FROM audit WHERE id = 4`, 5},
		} {
			t.Run(name+": "+tt.why, func(t *testing.T) { tamper(t, open(t), tt.tamper, tt.want) })
		}
	}
}

// tamper writes four lines, of which the last touches nothing, runs a statement
// and says which line must be found.
func tamper(t *testing.T, s *store.Store, statement string, want int64) {
	for _, action := range []string{"a", "b", "c", "d"} {
		err := s.Do(t.Context(), func(tx *store.Tx) error {
			if action != "d" {
				if err := tx.InsertUser(t.Context(), &desk.User{Login: action, Kind: desk.Agent}); err != nil {
					return err
				}
			}
			return tx.Audit(t.Context(), &desk.AuditEntry{Action: action})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.DB().Exec(statement); err != nil {
		t.Fatal(err)
	}
	err := s.View(t.Context(), func(tx *store.Tx) error {
		got, err := tx.VerifyAudit(t.Context())
		if got != want {
			t.Errorf("got line %d, want %d", got, want)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestBlobFiles: what a crash can leave of a file does no harm, and a file that
// holds something else is not handed out.
func TestBlobFiles(t *testing.T) {
	dir := t.TempDir()
	s := open(t, store.Options{Dir: dir})
	raw := []byte(strings.Repeat("letter ", 20_000))
	digest := store.Digest(raw)
	folder := filepath.Join(dir, "blobs", digest[:2])
	path := filepath.Join(folder, digest)
	write := func(path, content string) {
		t.Helper()
		if err := errors.Join(os.MkdirAll(folder, 0o700), os.WriteFile(path, []byte(content), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	insert := func() desk.SpoolID {
		t.Helper()
		sp := desk.Spooled{Raw: raw}
		if err := s.Do(t.Context(), func(tx *store.Tx) error { return tx.InsertSpooled(t.Context(), &sp) }); err != nil {
			t.Fatal(err)
		}
		return sp.ID
	}
	read := func(id desk.SpoolID) (string, error) {
		var got []byte
		err := s.View(t.Context(), func(tx *store.Tx) error {
			sp, err := tx.Spooled(t.Context(), id)
			if err == nil {
				got = sp.Raw
			}
			return err
		})
		return string(got), err
	}
	write(filepath.Join(folder, ".new-1"), "half a l") // a crash while writing
	write(path, "half a letter")                       // a file system that lost the end
	id := insert()
	if got, err := read(id); got != string(raw) || err != nil {
		t.Errorf("got %d bytes (%v), want the letter", len(got), err)
	}
	write(path, strings.Repeat("LETTER ", 20_000))
	if got, err := read(id); err == nil {
		t.Errorf("got %.20q…, want an error: the file was changed", got)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := read(id); err == nil {
		t.Error("want an error: the file is gone")
	}
	insert() // the same content comes again
	if got, err := read(id); got != string(raw) || err != nil {
		t.Errorf("got %d bytes (%v), want the letter", len(got), err)
	}
}

func TestOpenWithoutDirectory(t *testing.T) {
	if _, err := store.Open(t.Context(), store.Options{}); desk.KindOf(err) != desk.Invalid {
		t.Errorf("got %v, want Invalid", err)
	}
	_, err := store.Open(t.Context(), store.Options{Dir: t.TempDir(), URL: "postgres://u:secret@host:port/x"})
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v, want an error without the password", err)
	}
}

// TestDataIsPrivate: nobody else on the machine reads the desk.
func TestDataIsPrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	s := open(t, store.Options{Dir: dir})
	if err := setSetting(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
