package store_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
	"gatehouse/store/pgtest"
)

func databases(t *testing.T) map[string]store.Options {
	return map[string]store.Options{
		"sqlite":   {Dir: t.TempDir()},
		"postgres": {Dir: t.TempDir(), URL: pgtest.NewDatabase(t)},
	}
}

func behindItsBack(t *testing.T, s *store.Store, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		if _, err := s.DB().Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAnOlderProgramGoesOn: where a newer program has only added to the schema,
// an older one starts and works on it; it refuses what it would do by halves.
func TestAnOlderProgramGoesOn(t *testing.T) {
	for name, options := range databases(t) {
		t.Run(name, func(t *testing.T) {
			s := open(t, options)
			behindItsBack(t, s, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (3, true)`, // lower than what is known, too
				`CREATE TABLE news (id BIGINT)`, `ALTER TABLE setting ADD COLUMN news BIGINT NOT NULL DEFAULT 0`)
			older := open(t, options)
			if err := setSetting(t.Context(), older); err != nil {
				t.Errorf("writing: %v", err)
			}
			err := older.Do(t.Context(), func(tx *store.Tx) error { _, err := tx.EraseUser(t.Context(), 1, false); return err })
			if desk.KindOf(err) != desk.Unavailable || !strings.Contains(err.Error(), "node that is upgraded") {
				t.Errorf("erasing: got %v, want that it is left to a newer program", err)
			}
		})
	}
}

// TestNewerSchemaIsRefused: where a newer program has taken something from the
// schema, an older one does not start, and one that runs is refused by its next
// transaction.
func TestNewerSchemaIsRefused(t *testing.T) {
	for name, options := range databases(t) {
		t.Run(name, func(t *testing.T) {
			s := open(t, options)
			behindItsBack(t, s, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (90001, true)`,
				fmt.Sprintf(`UPDATE access_version SET oldest = %d`, store.Edition+1))
			err := s.Do(t.Context(), func(tx *store.Tx) error { return tx.Beat(t.Context(), desk.Node{Name: "a"}) })
			if !store.IsNewer(err) || desk.KindOf(err) != desk.Unavailable {
				t.Errorf("a node that runs: got %v, want that it must end", err)
			}
			err = s.View(t.Context(), func(tx *store.Tx) error { _, err := tx.AccessVersion(t.Context()); return err })
			if !store.IsNewer(err) {
				t.Errorf("a question of it: got %v, want a refusal", err)
			}
			options.Migrate = true
			_, err = store.Open(t.Context(), options)
			if !errors.Is(err, store.ErrNewer) || desk.KindOf(err) != desk.Unavailable || !strings.Contains(err.Error(), "90001") || !strings.Contains(err.Error(), "knows version ") {
				t.Errorf("starting: got %v, want a refusal that names both versions", err)
			}
		})
	}
}

// TestNarrowingWaitsForNodes: what an older node uses is not taken away while
// it runs, however it was started; one that was killed is waited for a while.
func TestNarrowingWaitsForNodes(t *testing.T) {
	for name, options := range databases(t) {
		t.Run(name, func(t *testing.T) {
			now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
			options.Now = func() time.Time { return now }
			s := open(t, options)
			if err := s.RefuseNodesBelow(t.Context(), store.Edition+1); err != nil {
				t.Errorf("without nodes: %v", err)
			}
			err := s.Do(t.Context(), func(tx *store.Tx) error {
				return tx.Beat(t.Context(), desk.Node{Name: "first", Program: "1.0", Started: now})
			})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.RefuseNodesBelow(t.Context(), store.Edition); err != nil {
				t.Errorf("with a node that can do with it: %v", err)
			}
			err = s.RefuseNodesBelow(t.Context(), store.Edition+1)
			if desk.KindOf(err) != desk.Unavailable || !strings.Contains(err.Error(), "node first ") || !strings.Contains(err.Error(), "12:02:00 UTC") {
				t.Errorf("with a node that is too old: got %v, want its name and until when", err)
			}
			now = now.Add(3 * time.Minute)
			if err := s.RefuseNodesBelow(t.Context(), store.Edition+1); err != nil {
				t.Errorf("with one that was killed: %v", err)
			}
		})
	}
}

// released lists the migrations of the programs that were released, with the
// digest of each: one a line.
const released = "testdata/released"

func readReleased(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(released)
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	for line := range strings.Lines(string(text)) {
		digest, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		list[name] = digest
	}
	return list
}

// TestMigrationsOnlyAdd holds the rule of docs/upgrade.md: a migration that was
// released stays as it is, and a new one takes nothing from the schema that the
// program before this one uses. GATEHOUSE_RELEASE=1 takes down all there are as
// released.
func TestMigrationsOnlyAdd(t *testing.T) {
	files, err := fs.Glob(store.Embedded(), "migrations/*/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("GATEHOUSE_RELEASE") != "" {
		var list strings.Builder
		for _, file := range files {
			text, _ := fs.ReadFile(store.Embedded(), file)
			fmt.Fprintf(&list, "%s %s\n", store.Digest(text), strings.TrimPrefix(file, "migrations/"))
		}
		if err := os.WriteFile(released, []byte(list.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before := readReleased(t)
	for _, file := range files {
		text, err := fs.ReadFile(store.Embedded(), file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(file, "migrations/")
		if digest, ok := before[name]; ok {
			if digest != store.Digest(text) {
				t.Errorf("%s was released and is changed: write a new one", name)
			}
			delete(before, name)
			continue
		}
		for _, why := range narrows(string(text), store.Edition) {
			t.Errorf("%s: %s", name, why)
		}
	}
	for name := range before {
		t.Errorf("%s was released and is gone", name)
	}
	if len(store.GoSteps()) != 2 {
		t.Errorf("there are the migrations %v in Go: nothing can check whether a new one only adds; write SQL", store.GoSteps())
	}
}

// TestNothingReadsEveryColumn: a statement that does not name its columns would
// break in an older program when a newer one adds some.
func TestNothingReadsEveryColumn(t *testing.T) {
	files, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	unnamed := regexp.MustCompile(`(?i)\bSELECT\s+(\w+\.)?\*\s+FROM\s+\w|\bINSERT\s+INTO\s+\w+\s+(VALUES|SELECT)\b`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if found := unnamed.Find(text); found != nil && !strings.HasSuffix(file, "_test.go") {
			t.Errorf("%s: %s names no columns", file, found)
		}
	}
}

// A change is a form of statement that a migration may have.
type change struct {
	form *regexp.Regexp
	// wrong says why one like it is refused, where it is: it gets what the form
	// found and what the migration has made itself.
	wrong func(found []string, made []string) string
}

func fine([]string, []string) string { return "" }

func onlyNew(what string) func([]string, []string) string {
	return func(found, made []string) string {
		if slices.Contains(made, found[1]) {
			return ""
		}
		return what + " " + found[1] + ", which the program before knows otherwise"
	}
}

func changes() []change {
	form := func(text string) *regexp.Regexp { return regexp.MustCompile(`(?is)^` + text) }
	return []change{
		{form(`CREATE (?:VIRTUAL )?TABLE (\w+)`), fine},
		{form(`CREATE INDEX (\w+)`), fine},
		{form(`CREATE UNIQUE INDEX \w+ ON (\w+)`), onlyNew("it makes rows unique in")},
		{form(`CREATE (?:OR REPLACE )?FUNCTION (\w+)`), fine},
		{form(`CREATE TRIGGER (\w+)`), fine},
		{form(`CREATE EXTENSION (?:IF NOT EXISTS )?(\w+)`), fine},
		{form(`ALTER TABLE \w+ ADD COLUMN (\w+) (.*)`), func(found, _ []string) string {
			rest := strings.ToUpper(found[2])
			if strings.Contains(rest, "NOT NULL") && !strings.Contains(rest, "DEFAULT") || strings.Contains(rest, "UNIQUE") {
				return "it adds " + found[1] + ", which the program before does not fill in: give it a DEFAULT"
			}
			return ""
		}},
		{form(`INSERT INTO (\w+)`), fine},
		{form(`DELETE FROM (\w+)`), onlyNew("it takes rows from")},
		{form(`UPDATE (?:\w+ )+?SET (\w+)`), onlyNew("it changes")},
		{form(`DROP (?:TRIGGER|INDEX|FUNCTION)(?: IF EXISTS)? (\w+)`), onlyNew("it drops")},
	}
}

// narrows says what a migration takes away that the program before the one of
// the edition may use. It may where it says which edition can do without, and
// that is the one before, or an older one.
func narrows(text string, edition int) (why []string) {
	if found := store.NarrowingOf(text); found != nil {
		if oldest, err := strconv.Atoi(found[1]); err == nil && oldest < edition {
			return nil
		}
		return []string{"it leaves no program before edition " + found[1] + " able to work; edition " + strconv.Itoa(edition-1) + " must be"}
	}
	list := statements(text)
	var made []string
	for _, s := range list {
		if found := makes.FindStringSubmatch(s); found != nil {
			made = append(made, found[1])
		}
	}
	for _, s := range list {
		if wrong := refused(s, made); wrong != "" {
			why = append(why, wrong)
		}
	}
	return why
}

// makes finds what a statement makes: a table, an index, a column and so on.
var makes = regexp.MustCompile(`(?is)^(?:CREATE (?:VIRTUAL |OR REPLACE )?\w+ |ALTER TABLE \w+ ADD COLUMN )(\w+)`)

func refused(statement string, made []string) string {
	for _, c := range changes() {
		if found := c.form.FindStringSubmatch(statement); found != nil {
			return c.wrong(found, made)
		}
	}
	return "it does what may break the program before: " + statement
}

// statements splits the going up of a migration.
func statements(text string) (list []string) {
	up, _, _ := strings.Cut(text, "-- +goose Down")
	var s strings.Builder
	whole := false
	for line := range strings.Lines(up) {
		switch {
		case strings.HasPrefix(line, "-- +goose StatementBegin"):
			whole = true
		case strings.HasPrefix(line, "-- +goose StatementEnd"):
			whole = false
		}
		line, _, _ = strings.Cut(line, "--")
		s.WriteString(strings.TrimSpace(line) + " ")
		if !whole && strings.HasSuffix(strings.TrimSpace(s.String()), ";") {
			list = append(list, strings.TrimSpace(s.String()))
			s.Reset()
		}
	}
	if rest := strings.TrimSpace(s.String()); rest != "" {
		list = append(list, rest)
	}
	return list
}

func TestNarrows(t *testing.T) {
	for _, tt := range []struct {
		why, text string
		says      string // empty: it only adds
	}{
		{"a table with its index", "CREATE TABLE a (id BIGINT);\nCREATE UNIQUE INDEX a_id ON a (id);", ""},
		{"a column with a default", "ALTER TABLE ticket ADD COLUMN a BIGINT NOT NULL DEFAULT 0;\nUPDATE ticket SET a = 1;", ""},
		{"a column that may be empty", "ALTER TABLE ticket ADD COLUMN a BIGINT REFERENCES desk_user (id);", ""},
		{"a trigger over several lines", "-- +goose StatementBegin\nCREATE FUNCTION a() AS $$\nBEGIN DELETE FROM ticket;\nEND;\n$$;\n-- +goose StatementEnd\nCREATE TRIGGER a AFTER INSERT ON ticket;", ""},
		{"a trigger made anew", "DROP TRIGGER a;\nCREATE TRIGGER a AFTER INSERT ON ticket;", ""},
		{"a column that must be filled in", "ALTER TABLE ticket ADD COLUMN a BIGINT NOT NULL;", "give it a DEFAULT"},
		{"a column dropped", "ALTER TABLE ticket DROP COLUMN due;", "may break"},
		{"a column renamed", "ALTER TABLE ticket RENAME COLUMN due TO end;", "may break"},
		{"a type narrowed", "ALTER TABLE ticket ALTER COLUMN due TYPE INTEGER;", "may break"},
		{"a constraint", "ALTER TABLE ticket ADD CONSTRAINT c CHECK (due > 0);", "may break"},
		{"a table dropped, in small letters", "drop table ticket;", "may break"},
		{"an index dropped", "DROP INDEX ticket_due;", "drops ticket_due"},
		{"uniqueness of what there is", "CREATE UNIQUE INDEX a ON ticket (due);", "unique in ticket"},
		{"rows taken away", "DELETE FROM ticket WHERE due = 0;", "takes rows from ticket"},
		{"what the program before reads is rewritten", "UPDATE ticket SET due = due / 1000;", "changes due"},
		{"what edition 2 does without is dropped", "ALTER TABLE ticket DROP COLUMN due;\nUPDATE access_version SET oldest = 2;", ""},
		{"what the program before uses is dropped", "ALTER TABLE ticket DROP COLUMN due;\nUPDATE access_version SET oldest = 3;", "edition 2 must be"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got := strings.Join(narrows("-- +goose Up\n\n-- Why.\n"+tt.text+"\n", 3), "; ")
			if (tt.says == "") != (got == "") || !strings.Contains(got, tt.says) {
				t.Errorf("got %q, want %q", got, tt.says)
			}
		})
	}
}
