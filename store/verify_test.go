package store_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"gatehouse/store"
	"gatehouse/store/pgtest"
	"gatehouse/store/storetest"
)

// damages are statements behind the desk's back and the check that must find
// what they do; each stands alone.
var damages = []struct{ why, statement, check string }{
	{"a counter is wrong", `UPDATE queue_count SET active = active + 1 WHERE queue = 2`, "counters"},
	{"a counter is missing", `DELETE FROM queue_count WHERE queue = 3`, "counters"},
	{"a deleted ticket is listed", `UPDATE ticket SET state = 9 WHERE id = (SELECT min(id) FROM ticket t WHERE state = 0 AND NOT EXISTS (SELECT 1 FROM holder WHERE ticket = t.id))`, "tickets"},
	{"a person is listed elsewhere", `UPDATE holder SET sharing = sharing + 1 WHERE ticket = (SELECT min(ticket) FROM holder)`, "holders"},
	{"an owner in name only", `DELETE FROM holder WHERE role = 4 AND ticket = (SELECT min(id) FROM ticket WHERE owner IS NOT NULL)`, "owners"},
	{"a file of another ticket", `UPDATE attachment SET ticket = ticket - 1 WHERE id = (SELECT min(id) FROM attachment)`, "attachments"},
	{"a letter became nothing", `UPDATE spool SET state = 'done'`, "letters in"},
	{"a letter in no state", `UPDATE outbox SET state = 'lost'`, "letters out"},
	{"a letter was sent at no time", `UPDATE outbox SET state = 'sent'`, "letters out"},
	{"a user who is not there", `INSERT INTO principal (id, kind) VALUES (99999, 'user')`, "principals"},
	{"a change to come", `INSERT INTO access_change (version, place, kind, group_id, member, user_id) VALUES (99999, 0, 0, 0, 0, 0)`, "access version"},
	{"a line of the log is gone", `DELETE FROM audit WHERE id = 1`, "audit log"},
	{"a content was changed", `UPDATE blob SET content = NULL WHERE digest = (SELECT min(digest) FROM blob WHERE size > 0 AND size < 60000)`, "contents"},
	{"a group in itself", `INSERT INTO membership (group_id, member, part, is_primary, source, from_day, until_day)
		SELECT min(id), min(id), 0, 0, '', 0, 0 FROM desk_group`, "memberships"},
	{"words that were never written", `UPDATE document SET words = 'zzz' WHERE id = (SELECT min(id) FROM document)`, "search"},
	{"parts of subjects that are not found", `DELETE FROM ticket_part`, "search"},
	{"a message that is not found", `DELETE FROM document WHERE message = (SELECT max(message) FROM document)`, "search"},
}

// TestVerifyFinds: each damage is found by its check, and by no other.
func TestVerifyFinds(t *testing.T) {
	for name, open := range map[string]func(*testing.T) *store.Store{"sqlite": openFilled, "postgres": filledOpener(t)} {
		for _, tt := range damages {
			t.Run(name+": "+tt.why, func(t *testing.T) {
				s := open(t)
				if _, err := s.DB().Exec(tt.statement); err != nil {
					t.Fatal(err)
				}
				wantOnly(t, s, tt.check)
			})
		}
	}
}

// openFilled opens a new desk in SQLite in which there is some of everything.
func openFilled(t *testing.T) *store.Store {
	s := openSQLite(t)
	storetest.Fill(t, s)
	return s
}

// filledOpener returns a function that opens such a desk in PostgreSQL.
func filledOpener(t *testing.T) func(*testing.T) *store.Store {
	o := store.Options{URL: pgtest.NewDatabase(t), Dir: t.TempDir()}
	s := open(t, o)
	storetest.Fill(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return func(t *testing.T) *store.Store {
		return open(t, store.Options{URL: pgtest.Shared(t).Copy(t, o.URL), Dir: o.Dir})
	}
}

func wantOnly(t *testing.T, s *store.Store, check string) {
	t.Helper()
	v, err := s.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, c := range v.Checks {
		if c.Bad > 0 {
			found = append(found, c.Name)
			t.Logf("%s: %q", c.Name, c.Faults)
		}
	}
	if !slices.Equal(found, []string{check}) || v.Clean() {
		t.Errorf("got faults of %q, want of %s alone", found, check)
	}
}

// TestVerifyFindsInSQLite: damage that only SQLite can have.
func TestVerifyFindsInSQLite(t *testing.T) {
	dir := t.TempDir()
	s := open(t, store.Options{Dir: dir})
	storetest.Fill(t, s)
	t.Run("a file that was changed", func(t *testing.T) {
		files, err := filepath.Glob(filepath.Join(dir, "blobs", "*", "*"))
		if err != nil || len(files) == 0 {
			t.Fatalf("there are no files (%v)", err)
		}
		whole, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(files[0], whole[1:], 0o600); err != nil {
			t.Fatal(err)
		}
		wantOnly(t, s, "contents")
		if err := os.WriteFile(files[0], whole, 0o600); err != nil {
			t.Fatal(err)
		}
		wantClean(t, s)
	})
	t.Run("a reference that leads nowhere", func(t *testing.T) {
		for _, statement := range []string{`PRAGMA foreign_keys = OFF`, `INSERT INTO link (ticket, type, target) VALUES (1, 'x', 99999)`} {
			if _, err := s.DB().Exec(statement); err != nil {
				t.Fatal(err)
			}
		}
		wantOnly(t, s, "references")
	})
}
