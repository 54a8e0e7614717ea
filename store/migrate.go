package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"gatehouse/desk"
)

//go:embed migrations
var migrations embed.FS

// ErrNewer is the cause of the error that Open returns for a database that a
// newer program has migrated so far that this one cannot work with it, and of
// the error with which it ends where that happens while it runs.
var ErrNewer = errors.New("the schema is newer than the program")

// A Migration is one step of the schema.
type Migration struct {
	Version int64
	Name    string
	Applied bool
}

// Plan lists the steps of the schema and which of them are applied, oldest
// first.
func (s *Store) Plan(ctx context.Context) ([]Migration, error) {
	steps, err := s.steps()
	if err != nil {
		return nil, err
	}
	status, err := steps.Status(ctx)
	if err != nil {
		return nil, s.d.wrap(err, "read the plan of migrations", "")
	}
	plan := make([]Migration, len(status))
	for i, m := range status {
		name := path.Base(m.Source.Path)
		if m.Source.Type == goose.TypeGo {
			name = goSteps()[m.Source.Version]
		}
		plan[i] = Migration{Version: m.Source.Version, Name: name, Applied: m.State == goose.StateApplied}
	}
	return plan, nil
}

// PlanOf lists the steps of the schema of a desk, applied or not, and applies
// none. It makes the database if it is not there.
func PlanOf(ctx context.Context, o Options) ([]Migration, error) {
	s, err := connect(ctx, o)
	if err != nil {
		return nil, err
	}
	plan, err := s.Plan(ctx)
	return plan, errors.Join(err, s.Close())
}

// prepareSchema refuses a schema that is for newer programs only and brings an
// older one up to date, or refuses it where it may not.
func (s *Store) prepareSchema(ctx context.Context, migrate bool) error {
	steps, err := s.steps()
	if err != nil {
		return err
	}
	current, target, err := steps.GetVersions(ctx)
	if err != nil {
		return s.d.wrap(err, "read the version of the schema", "")
	}
	newer, err := s.unknown(ctx, steps)
	if err != nil {
		return err
	}
	if err := s.refuseBeyond(ctx, newer); err != nil {
		return err
	}
	pending, err := steps.HasPending(ctx)
	switch {
	case err != nil:
		return s.d.wrap(err, "look for steps of the schema to apply", "")
	case !pending:
		return s.recount(ctx)
	case !migrate:
		return desk.Errorf(desk.Unavailable,
			"The database has schema version %d, this program needs version %d; run gatehouse migrate.", current, target)
	}
	if err := s.refuseNarrowing(ctx, steps); err != nil {
		return err
	}
	s.log.Info("migrating the schema", "from", current, "to", target)
	if _, err := steps.Up(ctx); err != nil {
		return s.d.wrap(err, "migrate the schema to version", target)
	}
	return s.recount(ctx)
}

// recount tells the planner of SQLite how many rows there are, where that is
// unknown or has changed much: without, it looks through a million tickets in
// the wrong order.
func (s *Store) recount(ctx context.Context) error {
	if s.d.recount == "" {
		return nil
	}
	_, err := s.write.ExecContext(ctx, s.d.recount)
	return s.d.wrap(err, "count for the planner", "")
}

func (s *Store) steps() (*goose.Provider, error) {
	folder, err := fs.Sub(migrations, "migrations/"+s.d.name)
	if err != nil {
		return nil, fmt.Errorf("reading the migrations of %s: %w", s.d.name, err)
	}
	options := []goose.ProviderOption{
		goose.WithDisableGlobalRegistry(true),
		goose.WithAllowOutofOrder(true), // steps get their numbers before they are there
		goose.WithGoMigrations(
			goose.NewGoMigration(2, &goose.GoFunc{RunTx: shipped}, nil),
			goose.NewGoMigration(51, &goose.GoFunc{RunTx: foldSubjects}, nil)),
	}
	dialect := goose.DialectSQLite3
	if s.d.name == "postgres" {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
		if err != nil {
			return nil, fmt.Errorf("preparing the lock for migrations: %w", err)
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	steps, err := goose.NewProvider(dialect, s.write, folder, options...)
	if err != nil {
		return nil, fmt.Errorf("reading the migrations of %s: %w", s.d.name, err)
	}
	return steps, nil
}

// goSteps are the names of the steps that are written in Go.
func goSteps() map[int64]string {
	return map[int64]string{2: "shipped roles and permissions", 51: "folded subjects"}
}

// foldSubjects fills in the folded subjects: neither database folds as we do.
func foldSubjects(ctx context.Context, tx *sql.Tx) error {
	for last := int64(0); ; {
		page, err := subjectsAfter(ctx, tx, last)
		if err != nil {
			return fmt.Errorf("reading subjects: %w", err)
		}
		if len(page) == 0 {
			return nil
		}
		for _, t := range page {
			last = int64(t.ID)
			if _, err := tx.ExecContext(ctx, `UPDATE ticket SET subject_folded = $2 WHERE id = $1`, last, desk.Fold(t.Subject)); err != nil {
				return fmt.Errorf("folding the subject of ticket %d: %w", last, err)
			}
		}
	}
}

func subjectsAfter(ctx context.Context, tx *sql.Tx, last int64) (page []desk.Ticket, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, subject FROM ticket WHERE id > $1 AND subject <> '' ORDER BY id LIMIT 1000`, last)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var t desk.Ticket
		if err := rows.Scan(&t.ID, &t.Subject); err != nil {
			return nil, err
		}
		page = append(page, t)
	}
	return page, rows.Err()
}

// shipped inserts the roles and permissions of a fresh desk.
func shipped(ctx context.Context, tx *sql.Tx) error {
	for _, id := range desk.BuiltinRoles.List() {
		name := id.BuiltinName()
		_, err := tx.ExecContext(ctx, `INSERT INTO role (id, name, folded, single, disabled, everywhere)
			VALUES ($1, $2, $3, $4, 0, 1)`, int64(id), name, desk.Fold(name), bit(id == desk.Owner))
		if err != nil {
			return fmt.Errorf("inserting role %s: %w", name, err)
		}
	}
	for _, p := range desk.ShippedPermissions() {
		_, err := tx.ExecContext(ctx, `INSERT INTO permission (id, name, folded, agents, contacts)
			VALUES ($1, $2, $3, $4, $5)`, int64(p.ID), p.Name, desk.Fold(p.Name), rightNames(p.Agents), rightNames(p.Contacts))
		if err != nil {
			return fmt.Errorf("inserting permission %s: %w", p.Name, err)
		}
	}
	return nil
}
