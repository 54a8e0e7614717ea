package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/pressly/goose/v3"

	"gatehouse/desk"
)

// Edition counts the programs that were released: each works beside the one
// before it on one database, and on what the one after it makes of the schema.
// Releasing raises it; docs/upgrade.md says how.
const Edition = 2

// nodeLost is after how long without a sign a node is taken for gone.
const nodeLost = 2 * time.Minute

// narrowing finds in a migration the oldest program that can do with what it
// leaves.
var narrowing = regexp.MustCompile(`(?i)UPDATE\s+access_version\s+SET\s+oldest\s*=\s*(\d+)`)

// tooOld refuses a program older than what the schema asks for.
func tooOld(oldest int64) error {
	if oldest <= Edition {
		return nil
	}
	return desk.Wrap(desk.Unavailable, ErrNewer,
		"The database was brought up to date for programs of edition %d and later, this program knows version %d of it and ends here; start a newer program.", oldest, Edition)
}

// unknown returns the newest migration that was applied and that this program
// does not know; 0: there is none.
func (s *Store) unknown(ctx context.Context, steps *goose.Provider) (version int64, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		applied, err := tx.applied(ctx)
		for _, v := range applied {
			if !slices.ContainsFunc(steps.ListSources(), func(m *goose.Source) bool { return m.Version == v }) {
				version = v
			}
		}
		return err
	})
	return version, err
}

// refuseBeyond refuses a schema with a migration of a newer program, unless it
// says that this program can work with it.
func (s *Store) refuseBeyond(ctx context.Context, version int64) error {
	if version == 0 {
		return nil
	}
	var oldest int64
	if err := s.read.QueryRowContext(ctx, `SELECT oldest FROM access_version WHERE id = 1`).Scan(&oldest); err != nil {
		return s.d.wrap(err, "read which programs the schema is for, version", version)
	}
	if err := tooOld(oldest); err != nil {
		return desk.Wrap(desk.Unavailable, err,
			"The database has schema version %d for programs of edition %d and later, this program knows version %d; start a newer program.", version, oldest, Edition)
	}
	s.log.Warn("a newer program has brought the schema up to date; this one goes on as long as it is upgraded soon", "schema", version)
	return nil
}

// refuseNarrowing refuses to take from the schema what a node uses that still
// runs.
func (s *Store) refuseNarrowing(ctx context.Context, steps *goose.Provider) error {
	oldest, err := s.narrowest(ctx, steps)
	if err != nil || oldest == 0 {
		return err
	}
	return s.View(ctx, func(tx *Tx) error { return tx.refuseNodesBelow(ctx, oldest) })
}

func (tx *Tx) refuseNodesBelow(ctx context.Context, oldest int) error {
	nodes, err := tx.Nodes(ctx)
	if err != nil {
		return err
	}
	for _, n := range nodes {
		if n.Edition < oldest && tx.now().Sub(n.Seen) < nodeLost {
			return desk.Errorf(desk.Unavailable, "The node %s of edition %d still runs, and the schema is to become one for edition %d and later: upgrade that node to edition %d first, or stop it. A node that was killed is taken for gone at %s.",
				n.Name, n.Edition, oldest, oldest, n.Seen.Add(nodeLost).UTC().Format(time.TimeOnly+" MST"))
		}
	}
	return nil
}

// narrowest returns the highest edition that a migration which is not applied
// yet asks for, or 0 where there are no nodes to be asked yet.
func (s *Store) narrowest(ctx context.Context, steps *goose.Provider) (oldest int, err error) {
	status, err := steps.Status(ctx)
	if err != nil {
		return 0, s.d.wrap(err, "read the plan of migrations", "")
	}
	counted := false
	for _, m := range status {
		if m.State == goose.StateApplied {
			counted = counted || m.Source.Version == nodesMigration
			continue
		}
		n, err := narrowingOf(s.d.name, m.Source)
		if err != nil {
			return 0, err
		}
		oldest = max(oldest, n)
	}
	if !counted {
		return 0, nil
	}
	return oldest, nil
}

// nodesMigration makes the table of nodes.
const nodesMigration = 290

// narrowingOf returns the oldest edition that a migration leaves able to work,
// or 0 where it takes nothing away.
func narrowingOf(engine string, m *goose.Source) (int, error) {
	if m.Type != goose.TypeSQL {
		return 0, nil
	}
	text, err := fs.ReadFile(migrations, "migrations/"+engine+"/"+m.Path)
	if err != nil {
		return 0, err
	}
	found := narrowing.FindSubmatch(text)
	if found == nil {
		return 0, nil
	}
	return strconv.Atoi(string(found[1]))
}

// refuseBehind refuses what an older program would not do whole on the schema
// of a newer one.
func (tx *Tx) refuseBehind(ctx context.Context, what string) error {
	steps, err := tx.s.steps()
	if err != nil {
		return err
	}
	applied, err := tx.applied(ctx)
	if err != nil {
		return err
	}
	for _, v := range applied {
		if !slices.ContainsFunc(steps.ListSources(), func(m *goose.Source) bool { return m.Version == v }) {
			return desk.Errorf(desk.Unavailable, "A newer program has brought the desk up to date, and this one does not know all that is in it: %s from a node that is upgraded.", what)
		}
	}
	return nil
}

// Beat notes that a node is alive, and refuses one that is too old for the
// schema.
func (tx *Tx) Beat(ctx context.Context, n desk.Node) error {
	if _, err := tx.AccessVersion(ctx); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `INSERT INTO node (name, edition, program, started, seen, access) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (name) DO UPDATE SET edition = $2, program = $3, started = $4, seen = $5, access = $6`,
		n.Name, Edition, n.Program, micros(n.Started), micros(tx.now()), n.Access)
	if err != nil {
		return tx.wrap(err, "note that there is the node", n.Name)
	}
	_, err = tx.exec(ctx, `DELETE FROM node WHERE seen < $1`, micros(tx.now().Add(-24*time.Hour)))
	return tx.wrap(err, "forget nodes that are gone", "")
}

// EndNode notes that a node has ended in order.
func (tx *Tx) EndNode(ctx context.Context, name string) error {
	_, err := tx.exec(ctx, `DELETE FROM node WHERE name = $1`, name)
	return tx.wrap(err, "note that there is no more the node", name)
}

// Nodes lists the nodes that run or that were killed within the last day, by
// name.
func (tx *Tx) Nodes(ctx context.Context) (list []desk.Node, err error) {
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var n desk.Node
		err := rows.Scan(&n.Name, &n.Edition, &n.Program, when(&n.Started), when(&n.Seen), &n.Access)
		list = append(list, n)
		return err
	}, `SELECT name, edition, program, started, seen, access FROM node ORDER BY name`)
	return list, tx.wrap(err, "list the nodes", "")
}

// IsNewer reports whether an error says that the schema is for newer programs
// only.
func IsNewer(err error) bool { return errors.Is(err, ErrNewer) }
