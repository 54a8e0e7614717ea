package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// A table is one of the desk's, as the schema says, which is asked instead of
// a list: whoever adds a table need not think of backups.
type table struct {
	name    string
	columns []string // by name; those that are made from others left out
}

// derived are the columns that a desk makes anew from others, differently in
// each database.
var derived = map[string]string{"document": "words"}

// named lists the columns as SQL.
func (t table) named() string {
	quoted := make([]string, len(t.columns))
	for i, c := range t.columns {
		quoted[i] = `"` + c + `"`
	}
	return strings.Join(quoted, ", ")
}

// tables lists the desk's tables by name. The list of applied migrations, what is
// kept of texts to find them by, the nodes and who wrote last are none of them.
func (tx *Tx) tables(ctx context.Context) ([]table, error) {
	names, err := tx.texts(ctx, tx.d.tableNames)
	if err != nil {
		return nil, tx.wrap(err, "read the schema", "")
	}
	list := make([]table, len(names))
	for i, name := range names {
		columns, err := tx.texts(ctx, tx.d.columnNames, name)
		if err != nil {
			return nil, tx.wrap(err, "read the columns of", name)
		}
		columns = slices.DeleteFunc(columns, func(c string) bool { return derived[name] == c })
		slices.Sort(columns)
		list[i] = table{name, columns}
	}
	return list, nil
}

// texts returns the only column of a query's rows.
func (tx *Tx) texts(ctx context.Context, query string, args ...any) ([]string, error) {
	var list []string
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var text string
		err := rows.Scan(&text)
		list = append(list, text)
		return err
	}, query, args...)
	return list, err
}

// numbering returns the last number that each table which numbers its rows has
// given, so that none is given twice.
func (tx *Tx) numbering(ctx context.Context) (map[string]int64, error) {
	last := map[string]int64{}
	if tx.d.name == "sqlite" {
		err := tx.each(ctx, func(rows *sql.Rows) error {
			var name string
			var n int64
			err := rows.Scan(&name, &n)
			last[name] = n
			return err
		}, `SELECT name, seq FROM sqlite_sequence WHERE name NOT LIKE 'goose%' AND seq > 0`)
		return last, tx.wrap(err, "read the numbering", "")
	}
	names, err := tx.texts(ctx, postgresNumbered)
	for _, name := range names {
		var n int64
		if err == nil {
			err = tx.row(ctx, `SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM `+postgresSequence(name)).Scan(&n)
		}
		if n > 0 {
			last[name] = n
		}
	}
	return last, tx.wrap(err, "read the numbering", "")
}

// setNumbering makes the tables go on after these numbers.
func (tx *Tx) setNumbering(ctx context.Context, last map[string]int64) error {
	for name, n := range last {
		statements := []string{`DELETE FROM sqlite_sequence WHERE name = $1 AND $2 = $2`, `INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)`}
		if tx.d.name == "postgres" {
			statements = []string{`SELECT setval(pg_get_serial_sequence($1, 'id'), $2)`}
		}
		for _, statement := range statements {
			if _, err := tx.exec(ctx, statement, name, n); err != nil {
				return tx.wrap(err, "set the numbering of", name)
			}
		}
	}
	return nil
}

// leftOut are the tables that are none of the desk's. A backup by a program of
// the edition before may hold one of them that it did not know; so whatever is
// added here is never taken away again.
const leftOut = `'goose_db_version', 'ticket_change', 'ticket_part', 'node', 'own_write', 'work_time', 'work_turn'`

// isLeftOut reports whether a table is none of the desk's.
func isLeftOut(name string) bool { return strings.Contains(leftOut, "'"+name+"'") }

const (
	sqliteTables = `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
		AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name NOT IN (` + leftOut + `) ORDER BY name`
	sqliteColumns = `SELECT name FROM pragma_table_info($1) ORDER BY name`

	postgresTables = `SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
		AND relname NOT IN (` + leftOut + `) ORDER BY relname`
	postgresColumns = `SELECT attname FROM pg_attribute WHERE attrelid = ($1::text)::regclass AND attnum > 0
		AND NOT attisdropped AND attgenerated = '' ORDER BY attname`
	postgresNumbered = `SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
		WHERE a.attidentity <> '' AND c.relnamespace = current_schema()::regnamespace AND c.relname <> 'goose_db_version' ORDER BY c.relname`
)

// postgresSequence is what numbers the ids of a table, as PostgreSQL names it.
func postgresSequence(table string) string { return fmt.Sprintf(`"%s_id_seq"`, table) }

// applied lists the numbers of the migrations that were applied, in order.
func (tx *Tx) applied(ctx context.Context) ([]int64, error) {
	var list []int64
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var n int64
		err := rows.Scan(&n)
		list = append(list, n)
		return err
	}, `SELECT DISTINCT version_id FROM goose_db_version WHERE version_id > 0 ORDER BY version_id`)
	return list, tx.wrap(err, "read which migrations were applied", "")
}
