package store

import (
	"context"
	"database/sql"
	"io/fs"
	"strings"

	"gatehouse/desk"
	"gatehouse/desk/query"
)

// ForcePlans has lists made in one way only, whatever is counted: "scan", "each"
// or "whole", and from the texts found or not.
func (s *Store) ForcePlans(queues string, textFirst bool) {
	s.plans = plans{scan: 1e18, each: 1e18, whole: 1e18, textFirst: -1, rangeFirst: -1, percent: 100}
	switch queues {
	case "scan":
		s.plans.scan = 0
	case "each":
		s.plans.each = 0
	case "whole":
		s.plans.whole = 0
	}
	if textFirst {
		s.plans.textFirst, s.plans.rangeFirst = 1<<29, 1<<29
	}
}

// DB is the database itself, to tamper with.
func (s *Store) DB() *sql.DB { return s.write }

// BackUpAll has backups hold all tables but those of which the program of
// edition 1 knew that they are in none.
func (s *Store) BackUpAll() {
	s.d.tableNames = strings.Replace(s.d.tableNames, leftOut, "'goose_db_version', 'ticket_change', 'node'", 1)
}

// NamesPeople lists the columns that name users, and whether their rows go with
// a user who is erased.
func (s *Store) NamesPeople(ctx context.Context) (map[string]bool, error) {
	columns := map[string]bool{}
	err := s.View(ctx, func(tx *Tx) error {
		refs, err := tx.references(ctx)
		for _, r := range refs {
			if r.to == "desk_user" || r.to == "principal" {
				columns[r.table+"."+r.column] = goesWith[r.table+"."+r.column]
			}
		}
		if err != nil {
			return err
		}
		return tx.each(ctx, func(rows *sql.Rows) error {
			var column string
			err := rows.Scan(&column)
			columns[column] = goesWith[column]
			return err
		}, tx.d.calledLikePeople())
	})
	return columns, err
}

// calledLikePeople finds the columns whose name says that they name a user, also
// where nothing holds them to there being one.
func (d *dialect) calledLikePeople() string {
	const names = `IN ('user_id', 'by_user', 'owner', 'author', 'reporter', 'who', 'to_user')`
	if d.name == "sqlite" {
		return `SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.name ` + names
	}
	return `SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = current_schema() AND column_name ` + names
}

// Exec runs a statement, to tamper with the desk.
func (tx *Tx) Exec(ctx context.Context, query string) error {
	_, err := tx.exec(ctx, query)
	return err
}

// Embedded are the migrations of both databases.
func Embedded() fs.FS { return migrations }

// GoSteps are the names of the migrations that are written in Go.
func GoSteps() map[int64]string { return goSteps() }

// RefuseNodesBelow asks whether a migration may leave programs of an edition
// and later only.
func (s *Store) RefuseNodesBelow(ctx context.Context, oldest int) error {
	return s.View(ctx, func(tx *Tx) error { return tx.refuseNodesBelow(ctx, oldest) })
}

// NarrowingOf is what a migration that is read from a file asks for.
var NarrowingOf = narrowing.FindStringSubmatch

// ManyTexts is whether a sample of so many percent of the texts shows that more
// than most have the words.
func (s *Store) ManyTexts(ctx context.Context, words string, percent float64, most int) (many bool, err error) {
	s.plans.percent, s.plans.textFirst = percent, most
	err = s.View(ctx, func(tx *Tx) error {
		many, err = tx.manyTexts(ctx, tx.d.wordQuery(askedWords(words)))
		return err
	})
	return many, err
}

// TurnPlans says how the database finds the turns of a rule: those behind where it
// has looked, those of tickets changed, and those of a day.
func (tx *Tx) TurnPlans(ctx context.Context, r *desk.Rule) ([3]string, error) {
	now := tx.now()
	behind, column, _ := turnsOf(r)
	behind.behind(r, column, RuleLook{Moment: now}, now)
	changed, _, _ := turnsOf(r)
	changed.changed(r, column, now, now)
	daily := tx.dailyOf(r, &DailyPart{At: now, After: 7, Looks: 100, Of: &query.Test{What: query.Between, Column: query.Priority, From: 7, To: 9}})
	var plans [3]string
	for i, q := range []turnQuery{{where: behind, column: column, order: column + ", t.id"}, {where: changed, column: column, order: "t.updated, t.id"}, daily} {
		err := tx.each(ctx, func(rows *sql.Rows) error {
			var a, b, c int
			var what string
			err := rows.Scan(&a, &b, &c, &what)
			plans[i] += what + "\n"
			return err
		}, `EXPLAIN QUERY PLAN `+strings.TrimPrefix(q.statement(r, 500), unkept), q.args...)
		if err != nil {
			return plans, err
		}
	}
	return plans, nil
}
