// Package store keeps the desk: people, queues, rights, tickets, messages,
// letters and jobs, in SQLite or in PostgreSQL, and what is large in files.
//
// It promises that a transaction is stored whole or not at all, that what was
// confirmed survives a power cut, that ids are never used again, and that the
// two databases answer alike; storetest holds both to that. Lists take a
// desk.Scope and show nothing outside of it.
//
// It decides no rights, knows neither HTTP nor mail, and starts no goroutines.
//
// Errors: what is not there is a desk.NotFound, what is there already a
// desk.Conflict, a database that is gone, locked, full or read-only a
// desk.Unavailable; anything else says what was being done to which thing.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"gatehouse/desk"
	"gatehouse/trace"
)

// Options say where the desk is kept and how.
type Options struct {
	// Dir holds the files and, without a URL, the SQLite database. It is made
	// with mode 0700 if it is not there.
	Dir string
	// URL is that of a PostgreSQL database (postgres://…), or empty.
	URL string
	// Replica is the address of a server that follows the PostgreSQL database and
	// from which lists may be read that are late by ReplicaLate at the most; empty:
	// there is none.
	Replica     string
	ReplicaLate time.Duration
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	Log *slog.Logger
	// Migrate brings an older schema up to date; without it, it is refused.
	Migrate bool
	// Volatile does not wait for the disk: for desks that need not survive a
	// power cut, such as those of scenario runs.
	Volatile bool
	// Bucket, if set, keeps large contents in the place of files.
	Bucket *Bucket
	// Fatal, if set, is called when the disk says that it did not keep what was
	// written. It should end the program: what is in memory is then not what is
	// on the disk. Without it, the store refuses all further changes.
	Fatal func(error)
}

// A Store is an open desk. It is safe for any number of callers at once.
type Store struct {
	write *sql.DB
	read  *sql.DB // write itself on PostgreSQL
	d     *dialect
	dir   string // the data directory
	files files  // large contents
	sync  bool
	now   func() time.Time
	log   *slog.Logger
	plans plans
	asked atomic.Int64 // statements, see Statements
	hub   *hub
	// replica is the server from which lists may be read; nil: there is none.
	replica *replica

	fatal  func(error)
	broken atomic.Pointer[error] // see giveUp
}

// Open opens the desk, making or migrating its schema as Options say. A schema
// newer than the program's is refused with ErrNewer.
func Open(ctx context.Context, o Options) (*Store, error) {
	s, err := connect(ctx, o)
	if err != nil {
		return nil, err
	}
	if err := s.prepareSchema(ctx, o.Migrate); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// connect opens the database whatever its schema is.
func connect(ctx context.Context, o Options) (*Store, error) {
	if o.Dir == "" {
		return nil, desk.Errorf(desk.Invalid, "The store needs a directory; name one.")
	}
	s := &Store{dir: o.Dir, now: o.Now, log: o.Log, sync: !o.Volatile, plans: usualPlans(), hub: &hub{open: map[*Listening]bool{}}, fatal: o.Fatal}
	if s.now == nil {
		s.now = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if err := s.openFiles(o); err != nil {
		return nil, err
	}
	open := openSQLite
	if o.URL != "" {
		open = openPostgres
	}
	err := open(ctx, s, o)
	if err == nil && o.Replica != "" {
		s.replica, err = openReplica(o)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// openFiles makes the data directory, and opens where large contents are.
func (s *Store) openFiles(o Options) error {
	disk := &diskFiles{filepath.Join(o.Dir, "blobs"), !o.Volatile}
	if err := os.MkdirAll(disk.dir, 0o700); err != nil {
		return fmt.Errorf("making the data directory %s: %w", o.Dir, err)
	}
	s.files = disk
	if o.Bucket == nil {
		return nil
	}
	bucket, err := openBucket(o.Bucket)
	s.files = bucket
	return err
}

// Close closes the desk. Transactions still open are rolled back.
func (s *Store) Close() error {
	var errs []error
	if s.replica != nil {
		errs = append(errs, s.replica.db.Close())
	}
	if s.read != nil && s.read != s.write {
		errs = append(errs, s.read.Close())
	}
	if s.write != nil {
		errs = append(errs, s.write.Close())
	}
	return errors.Join(errs...)
}

// Engine returns "sqlite" or "postgres".
func (s *Store) Engine() string { return s.d.name }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	var one int
	err := s.read.QueryRowContext(ctx, `SELECT 1`).Scan(&one)
	return s.d.wrap(err, "ask the database for a sign of life", "")
}

// A Tx is one transaction. It belongs to one goroutine and ends with the
// function that Do or View handed it to.
type Tx struct {
	s         *Store
	tx        *sql.Tx
	d         *dialect
	write     bool
	span      *trace.Span
	redefined bool                        // see DefinitionsChanged
	bumped    bool                        // see AccessBumped
	change    int64                       // the first line of the audit log that the transaction wrote
	access    int64                       // the access version by which the transaction decides; zero: none yet
	counts    map[desk.QueueID]queueCount // changes not yet written, see flushCounts
	summed    map[string][2]int64         // what countQueues has read, where nothing is written
	changes   []Changed                   // what is to be told when the transaction is stored
	by        desk.UserID                 // see By
	wrote     bool                        // it has changed something
	// replicated: some node reads from a replica; known with the access version.
	replicated bool
	// What was read already and does not change meanwhile: letters to several
	// people ask for it again and again.
	secrets  map[string][]byte
	policies map[desk.QueueID]knownPolicy
	known    map[fact]any // see once
}

// tries is how often Do runs a transaction that PostgreSQL broke off because
// of another one.
const tries = 5

// ErrAgain, among the errors of a function run by Do, has it run again, a few
// times at the most: another transaction has just written what this one was to
// write, and would now be found.
var ErrAgain = errors.New("another transaction was quicker")

// Do runs fn in one write transaction and commits it if fn returns nil. On
// PostgreSQL fn may run again when the database broke the transaction off
// because of another one, when fn returns ErrAgain, or when access was changed after the transaction had
// read its version, so fn must be repeatable. A commit that failed in any
// other way is not tried again: what became of it is not known.
func (s *Store) Do(ctx context.Context, fn func(*Tx) error) error {
	for try := 1; ; try++ {
		err := s.once(ctx, fn)
		again := s.d.retryable(err) || errors.Is(err, errAccessMoved) || errors.Is(err, ErrAgain)
		if err == nil || try == tries || !again || ctx.Err() != nil {
			return s.d.wrap(err, "change the desk", "")
		}
		s.log.Info("transaction broken off by another one, trying again", "try", try, "error", err)
	}
}

// errRehearsed ends a transaction that was never to be stored.
var errRehearsed = errors.New("only rehearsed")

// Rehearse runs fn as Do does, and stores nothing of it. On SQLite nobody else
// writes meanwhile, so fn must be quick.
func (s *Store) Rehearse(ctx context.Context, fn func(*Tx) error) error {
	err := s.Do(ctx, func(tx *Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		return nil
	}
	return err
}

// errNotKept is in the errors of a disk that did not keep what it was to keep.
var errNotKept = errors.New("the disk did not keep what was written")

// giveUp ends the work on a disk that did not keep what was written. Waiting
// for it again would be no help: the system may have thrown away what it could
// not write, and then says that all is well.
func (s *Store) giveUp(err error) error {
	if err == nil || !errors.Is(err, errNotKept) && !s.d.notKept(err) {
		return err
	}
	err = desk.Wrap(desk.Unavailable, err, "The disk did not keep what was written, so that nothing more is written; look at the disk, then start the desk again.")
	if s.broken.CompareAndSwap(nil, &err) {
		s.log.Error("the disk did not keep what was written", "error", err)
		if s.fatal != nil {
			s.fatal(err)
		}
	}
	return err
}

func (s *Store) once(ctx context.Context, fn func(*Tx) error) (err error) {
	if broken := s.broken.Load(); broken != nil {
		return *broken
	}
	ctx, span := trace.Start(ctx, "store.Do")
	defer func() { err = s.giveUp(err); span.End(err) }()
	sqlTx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	tx := &Tx{s: s, tx: sqlTx, d: s.d, write: true, span: span}
	defer tx.rollback()
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.flushCounts(ctx); err != nil {
		return err
	}
	if err := tx.claimRest(ctx); err != nil {
		return err
	}
	if err := tx.confirmAccess(ctx); err != nil {
		return err
	}
	if err := tx.announce(ctx); err != nil {
		return err
	}
	if err := tx.countOwn(ctx); err != nil {
		return err
	}
	if err := sqlTx.Commit(); err != nil {
		return err
	}
	if tx.d.announce == nil && len(tx.changes) > 0 {
		s.hub.tell(tx.changes)
	}
	return nil
}

// View runs fn in one transaction that only reads, on one state of the desk.
func (s *Store) View(ctx context.Context, fn func(*Tx) error) (err error) {
	ctx, span := trace.Start(ctx, "store.View")
	defer func() { span.End(err) }()
	sqlTx, err := s.read.BeginTx(ctx, s.d.viewOptions)
	if err != nil {
		return s.d.wrap(err, "read the desk", "")
	}
	tx := &Tx{s: s, tx: sqlTx, d: s.d, span: span, summed: map[string][2]int64{}}
	defer tx.rollback()
	return s.d.wrap(fn(tx), "read the desk", "")
}

// rollback ends a transaction that was not committed. Its error says nothing
// new: the transaction is over, or the connection is gone and it with it.
func (tx *Tx) rollback() { _ = tx.tx.Rollback() }

// storable makes texts storable that hold what PostgreSQL refuses: the
// character NUL, and bytes that are no UTF-8.
func storable(args []any) []any {
	for i, arg := range args {
		text, ok := arg.(string)
		if ok && (strings.IndexByte(text, 0) >= 0 || !utf8.ValidString(text)) {
			args[i] = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
		}
	}
	return args
}

func (tx *Tx) exec(ctx context.Context, query string, args ...any) (int64, error) {
	tx.s.asked.Add(1)
	span := tx.span.Child(query)
	result, err := tx.tx.ExecContext(ctx, query, storable(args)...)
	span.End(err)
	tx.wrote = true
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (tx *Tx) row(ctx context.Context, query string, args ...any) *sql.Row {
	tx.s.asked.Add(1)
	span := tx.span.Child(query)
	defer span.End(nil)
	tx.wrote = tx.wrote || !strings.HasPrefix(query, "SELECT")
	return tx.tx.QueryRowContext(ctx, query, storable(args)...)
}

// each runs a query and calls scan for every row.
func (tx *Tx) each(ctx context.Context, scan func(*sql.Rows) error, query string, args ...any) (err error) {
	tx.s.asked.Add(1)
	span := tx.span.Child(query)
	defer func() { span.End(err) }()
	rows, err := tx.tx.QueryContext(ctx, query, storable(args)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// now is the moment by the store's clock.
func (tx *Tx) now() time.Time { return tx.s.now() }
