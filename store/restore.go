package store

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gatehouse/desk"
)

// Restored says what was restored.
type Restored struct {
	Made    time.Time // when the backup was made
	Tables  int
	Rows    int64
	Files   int
	Missing []string // digests of contents that the backup did not have
}

// Restore fills an empty desk from a backup, made in either database, and
// brings its schema up to date. It reads all rows again before it commits and
// refuses a backup of which anything is missing or different. A desk that is
// not empty is a desk.Conflict, a backup by a newer program ErrNewer. Where it
// fails, the desk is left empty. progress, if not nil, is told the rows and
// files restored.
func Restore(ctx context.Context, o Options, from io.Reader, progress func(done int)) (*Restored, error) {
	zip, err := gzip.NewReader(bufio.NewReaderSize(from, 1<<20))
	if err != nil {
		return nil, notABackup(err)
	}
	r := &restore{tar: tar.NewReader(zip), progress: progress, sums: map[string]*rowSum{}}
	if r.progress == nil {
		r.progress = func(int) {}
	}
	if err := r.readBeginning(); err != nil {
		return nil, err
	}
	if err := refuseFiles(o); err != nil {
		return nil, err
	}
	if r.s, err = connect(ctx, o); err != nil {
		return nil, err
	}
	err = r.run(ctx)
	err = errors.Join(err, r.s.Close())
	if err != nil {
		return nil, errors.Join(err, r.clear(o))
	}
	done := &Restored{Made: r.begin.Made, Tables: len(r.end.Tables), Files: r.files, Missing: r.end.Missing}
	for _, rows := range r.end.Tables {
		done.Rows += rows.Count
	}
	return done, nil
}

// A restore is one being made.
type restore struct {
	s        *Store
	tar      *tar.Reader
	begin    beginning
	end      *ending // nil: not yet read
	tables   map[string]table
	sums     map[string]*rowSum // what was read, by table
	files    int
	done     int
	ours     bool // what is in the database is of this restore
	progress func(done int)
}

func (r *restore) readBeginning() error {
	head, err := r.tar.Next()
	if err != nil || head.Name != "begin.json" {
		return notABackup(err)
	}
	if err := json.NewDecoder(io.LimitReader(r.tar, 1<<20)).Decode(&r.begin); err != nil {
		return notABackup(err)
	}
	if r.begin.Format != archiveFormat {
		return desk.Wrap(desk.Unavailable, ErrNewer, "The backup has format %d, this program knows %d; restore it with a newer program.", r.begin.Format, archiveFormat)
	}
	return nil
}

// refuseFiles refuses a data directory in which there is a desk.
func refuseFiles(o Options) error {
	full := desk.Errorf(desk.Conflict, "There is a desk in %s already; restore into an empty directory.", o.Dir)
	if _, err := os.Lstat(filepath.Join(o.Dir, "gatehouse.db")); err == nil && o.URL == "" {
		return full
	}
	err := filepath.WalkDir(filepath.Join(o.Dir, "blobs"), func(_ string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			return full
		}
		return nil // what is not there is empty
	})
	return err
}

func (r *restore) run(ctx context.Context) error {
	if err := r.prepare(ctx); err != nil {
		return err
	}
	r.ours = true
	if err := r.s.once(ctx, func(tx *Tx) error { return r.load(ctx, tx) }); err != nil {
		return r.s.d.wrap(err, "restore the desk", "")
	}
	if err := r.s.prepareSchema(ctx, true); err != nil {
		return err
	}
	_, err := r.s.write.ExecContext(ctx, r.s.d.afterLoad)
	return r.s.d.wrap(err, "count for the planner", "")
}

// prepare brings the schema to where it was when the backup was made.
func (r *restore) prepare(ctx context.Context) error {
	if err := r.refuseFull(ctx); err != nil {
		return err
	}
	steps, err := r.s.steps()
	if err != nil {
		return err
	}
	applied := map[int64]bool{}
	status, err := steps.Status(ctx)
	if err != nil {
		return r.s.d.wrap(err, "read the plan of migrations", "")
	}
	known := map[int64]bool{}
	for _, m := range status {
		known[m.Source.Version] = true
		applied[m.Source.Version] = m.State == "applied"
	}
	for _, version := range r.begin.Schema {
		if !known[version] {
			return desk.Wrap(desk.Unavailable, ErrNewer, "The backup has schema version %d, which this program does not know; restore it with a newer program.", version)
		}
	}
	for _, version := range r.begin.Schema {
		if applied[version] {
			continue
		}
		if _, err := steps.ApplyVersion(ctx, version, true); err != nil {
			return r.s.d.wrap(err, "apply migration", version)
		}
	}
	return nil
}

// refuseFull refuses a database in which there is a desk.
func (r *restore) refuseFull(ctx context.Context) error {
	return r.s.View(ctx, func(tx *Tx) error {
		list, err := tx.tables(ctx)
		if err != nil {
			return err
		}
		for _, t := range list {
			if !slices.Contains([]string{"desk_user", "desk_group", "customer", "queue", "ticket", "audit", "spool"}, t.name) {
				continue
			}
			var n int
			if err := tx.row(ctx, `SELECT count(*) FROM "`+t.name+`"`).Scan(&n); err != nil {
				return tx.wrap(err, "look into the table", t.name)
			}
			if n > 0 {
				return desk.Errorf(desk.Conflict, "There is a desk in this database already; restore into an empty one.")
			}
		}
		return nil
	})
}

// load reads the backup into the tables and checks that all of it is there.
func (r *restore) load(ctx context.Context, tx *Tx) error {
	list, err := tx.tables(ctx)
	if err != nil {
		return err
	}
	r.tables = map[string]table{}
	for _, t := range list {
		r.tables[t.name] = t
	}
	tie, err := tx.untie(ctx)
	if err != nil {
		return err
	}
	for _, t := range list {
		if _, err := tx.exec(ctx, `DELETE FROM "`+t.name+`"`); err != nil {
			return tx.wrap(err, "empty the table", t.name)
		}
	}
	for r.end == nil {
		if err := r.loadEntry(ctx, tx); err != nil {
			return err
		}
	}
	if err := tx.setNumbering(ctx, r.end.Numbering); err != nil {
		return err
	}
	if err := r.check(ctx, tx); err != nil {
		return err
	}
	if err := tx.rebuildWords(ctx); err != nil {
		return err
	}
	return tie(ctx)
}

// loadEntry reads the next entry.
func (r *restore) loadEntry(ctx context.Context, tx *Tx) error {
	head, err := r.tar.Next()
	if err != nil {
		return notABackup(err)
	}
	kind, name, _ := strings.Cut(head.Name, "/")
	switch kind {
	case "tables":
		return r.loadRows(ctx, tx, path.Dir(name))
	case "files":
		return r.loadFile(ctx, tx, name, head.Size)
	case "end.json":
		r.end = &ending{}
		if err := json.NewDecoder(r.tar).Decode(r.end); err != nil {
			return notABackup(err)
		}
		return nil
	}
	return notABackup(fmt.Errorf("it has an entry %q", head.Name))
}

func (r *restore) loadRows(ctx context.Context, tx *Tx, name string) error {
	decoder := json.NewDecoder(r.tar)
	decoder.UseNumber()
	var columns []string
	t, known := r.tables[name]
	if !known && isLeftOut(name) {
		return nil // whoever made the backup did not know that it is in none
	}
	if err := decoder.Decode(&columns); err != nil || !known || !slices.Equal(columns, t.columns) {
		return notABackup(fmt.Errorf("the table %s has the columns %q, not those of the schema: %w", name, columns, err))
	}
	if r.sums[name] == nil {
		r.sums[name] = &rowSum{}
	}
	into, made := t.named(), []any{}
	if derived[name] != "" {
		into, made = into+`, "`+derived[name]+`"`, []any{""} // until it is made anew
	}
	writer := tx.rowsOf(`"`+name+`"`, into)
	for decoder.More() {
		var row []any
		if err := decoder.Decode(&row); err != nil {
			return notABackup(err)
		}
		if err := decodeRow(row); err != nil || len(row) != len(columns) {
			return notABackup(err)
		}
		if err := writer.add(ctx, append(row, made...)...); err != nil {
			return err
		}
		if r.done++; r.done%1000 == 0 {
			r.progress(r.done)
		}
	}
	return writer.flush(ctx)
}

// loadFile puts a content where it was. Its name is not trusted: the file is
// named by what is in it.
func (r *restore) loadFile(ctx context.Context, tx *Tx, digest string, size int64) error {
	content, err := io.ReadAll(io.LimitReader(r.tar, size))
	if err != nil || Digest(content) != digest {
		return notABackup(err)
	}
	if err := tx.s.files.put(ctx, digest, content); err != nil {
		return fileError(err, digest)
	}
	r.files++
	r.done++
	r.progress(r.done)
	return nil
}

// check compares what is now in the tables with what the backup says of them.
func (r *restore) check(ctx context.Context, tx *Tx) error {
	got, err := tx.sums(ctx)
	if err != nil {
		return err
	}
	if r.files != r.end.Files {
		return notABackup(fmt.Errorf("it has %d files, not %d", r.files, r.end.Files))
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if want := r.end.Tables[name]; got[name] != want {
			return notABackup(fmt.Errorf("the table %s has %d rows that sum up to %s, not %d that sum up to %s",
				name, got[name].Count, got[name].Sum, want.Count, want.Sum))
		}
	}
	return nil
}

// clear takes away what a failed restore has left: the files, which were not
// there before. Rows were rolled back.
func (r *restore) clear(o Options) error {
	if !r.ours && o.URL != "" {
		return nil
	}
	errs := []error{os.RemoveAll(filepath.Join(o.Dir, "blobs"))}
	if o.URL != "" {
		return errors.Join(errs...)
	}
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(filepath.Join(o.Dir, "gatehouse.db"+end)); err != nil && !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// untie lets rows be written in any order, with nothing noted about them, until
// tie is called; then every reference must lead to a row.
func (tx *Tx) untie(ctx context.Context) (tie func(context.Context) error, err error) {
	drop, again := postgresUntie, postgresTie
	if tx.d.name == "sqlite" {
		if _, err := tx.exec(ctx, `PRAGMA defer_foreign_keys = ON`); err != nil {
			return nil, tx.wrap(err, "untie the tables", "")
		}
		drop, again = sqliteUntie, sqliteTie
	}
	dropping, err := tx.texts(ctx, drop)
	if err != nil {
		return nil, tx.wrap(err, "read how the tables are tied", "")
	}
	tying, err := tx.texts(ctx, again)
	if err != nil {
		return nil, tx.wrap(err, "read how the tables are tied", "")
	}
	tie = func(ctx context.Context) error { return tx.execAll(ctx, "tie the tables", tying) }
	return tie, tx.execAll(ctx, "untie the tables", dropping)
}

// Queries for the statements by which tables are untied and tied again: the
// triggers that note what access depends on and, on PostgreSQL, the references.
const (
	sqliteUntie = `SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%_fact' ORDER BY name`
	sqliteTie   = `SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%_fact' ORDER BY name`

	postgresReferences = ` FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace`
	postgresTriggers   = ` FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
		WHERE NOT g.tgisinternal AND g.tgname LIKE '%_fact' AND c.relnamespace = current_schema()::regnamespace`
	postgresUntie = `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS text` + postgresReferences +
		` UNION ALL SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', c.oid::regclass, g.tgname)` + postgresTriggers + ` ORDER BY 1`
	postgresTie = `SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS text` +
		postgresReferences + ` UNION ALL SELECT format('ALTER TABLE %s ENABLE TRIGGER %I', c.oid::regclass, g.tgname)` + postgresTriggers + ` ORDER BY 1`
)

func (tx *Tx) execAll(ctx context.Context, doing string, statements []string) error {
	for _, statement := range statements {
		if _, err := tx.exec(ctx, statement); err != nil {
			return tx.wrap(err, doing, "")
		}
	}
	return nil
}
