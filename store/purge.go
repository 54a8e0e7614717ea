package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"gatehouse/desk"
)

// A reference is a column of a table whose values are keys of another one. The
// schema is asked instead of a list: whoever adds a table need not think of
// what is erased.
type reference struct{ table, column, to, key string }

// references lists the references between the desk's tables.
func (tx *Tx) references(ctx context.Context) ([]reference, error) {
	var list []reference
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var r reference
		err := rows.Scan(&r.table, &r.column, &r.to, &r.key)
		list = append(list, r)
		return err
	}, tx.d.references)
	return list, tx.wrap(err, "read the references of the schema", "")
}

const (
	sqliteNaming = `SELECT l.name, f."from", f."table", coalesce(f."to", 'id') FROM pragma_table_list l, pragma_foreign_key_list(l.name) f
		WHERE l.schema = 'main' ORDER BY 1, 2`
	postgresNaming = `SELECT k.conrelid::regclass::text, f.attname, k.confrelid::regclass::text, t.attname
		FROM pg_constraint k JOIN pg_attribute f ON f.attrelid = k.conrelid AND f.attnum = k.conkey[1]
		JOIN pg_attribute t ON t.attrelid = k.confrelid AND t.attnum = k.confkey[1]
		WHERE k.contype = 'f' AND array_length(k.conkey, 1) = 1 AND k.connamespace = current_schema()::regnamespace ORDER BY 1, 2`
)

// A belonging is a table with rows that go with what is erased.
type belonging struct {
	table string
	which string // the condition for its rows
}

// belongings lists the tables that name rows of a table, or rows that name
// them, and so on, in the order in which their rows can be removed. which is
// the condition for the rows that the first one loses.
func belongings(refs []reference, table, which string) []belonging {
	var order []belonging
	known := map[string]bool{table: true}
	var visit func(string)
	visit = func(to string) {
		for _, r := range refs {
			if r.to != to || known[r.table] {
				continue // rows of the first table that name others of it were chosen too
			}
			known[r.table] = true
			visit(r.table)
			order = append(order, belonging{table: r.table})
		}
	}
	visit(table)
	conditions := map[string]string{table: which}
	for i := len(order) - 1; i >= 0; i-- { // what a table names stands behind it
		order[i].which = conditionOf(refs, order[i].table, conditions)
		conditions[order[i].table] = order[i].which
	}
	return order
}

// conditionOf finds the rows of a table that name rows which go.
func conditionOf(refs []reference, table string, conditions map[string]string) string {
	var either []string
	for _, r := range refs {
		if which := conditions[r.to]; r.table == table && r.to != table && which != "" {
			either = append(either, fmt.Sprintf(`"%s" IN (SELECT "%s" FROM "%s" WHERE %s)`, r.column, r.key, r.to, which))
		}
	}
	return strings.Join(either, " OR ")
}

// PurgeTickets removes tickets, with those that were merged into them and with
// everything that names them: messages, letters, files, history. Nothing brings
// them back. It returns all that went, with when they were made. Files on the
// disk go by SweepFiles.
func (tx *Tx) PurgeTickets(ctx context.Context, ids []desk.TicketID) (map[desk.TicketID]time.Time, error) {
	all, err := tx.withMerged(ctx, ids)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	made, err := tx.ticketsMade(ctx, all)
	if err != nil {
		return nil, err
	}
	refs, err := tx.references(ctx)
	if err != nil {
		return nil, err
	}
	list := tx.d.list(numbers(all))
	if err := tx.uncount(ctx, list); err != nil {
		return nil, err
	}
	which := `id IN (` + tx.d.inList(1) + `)`
	rows := belongings(refs, "ticket", which)
	digests, err := tx.digestsOf(ctx, refs, rows, list)
	if err != nil {
		return nil, err
	}
	if err := tx.dropTexts(ctx, `ticket IN (`+tx.d.inList(1)+`)`, list); err != nil {
		return nil, err
	}
	if err := tx.dropFieldValues(ctx, desk.OfTickets, numbers(all)); err != nil {
		return nil, err
	}
	for _, b := range append(rows, belonging{"ticket", which}) {
		if _, err := tx.exec(ctx, fmt.Sprintf(`DELETE FROM "%s" WHERE %s`, b.table, b.which), list); err != nil {
			return nil, tx.wrap(err, "purge tickets from", b.table)
		}
	}
	return made, tx.dropContents(ctx, refs, digests)
}

func (tx *Tx) ticketsMade(ctx context.Context, ids []desk.TicketID) (map[desk.TicketID]time.Time, error) {
	made := map[desk.TicketID]time.Time{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id desk.TicketID
		var at time.Time
		err := rows.Scan(&id, when(&at))
		made[id] = at
		return err
	}, `SELECT id, created FROM ticket WHERE id IN (`+tx.d.inList(1)+`)`, tx.d.list(numbers(ids)))
	return made, tx.wrap(err, "read when tickets were made", "")
}

// withMerged adds the tickets that were merged into some, and into those. Only
// tickets that there are, each once.
func (tx *Tx) withMerged(ctx context.Context, ids []desk.TicketID) ([]desk.TicketID, error) {
	found, err := ticketNumbers(ctx, tx, `id IN (`+tx.d.inList(1)+`)`, ids)
	for more := found; err == nil && len(more) > 0; {
		more, err = ticketNumbers(ctx, tx, `merged_into IN (`+tx.d.inList(1)+`)`, more)
		more = slices.DeleteFunc(more, func(id desk.TicketID) bool { return slices.Contains(found, id) })
		found = append(found, more...)
	}
	slices.Sort(found)
	return found, tx.wrap(err, "find what was merged into", ids)
}

func ticketNumbers(ctx context.Context, tx *Tx, which string, ids []desk.TicketID) ([]desk.TicketID, error) {
	var list []desk.TicketID
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id desk.TicketID
		err := rows.Scan(&id)
		list = append(list, id)
		return err
	}, `SELECT id FROM ticket WHERE `+which+` ORDER BY id`+tx.d.lockRow, tx.d.list(numbers(ids)))
	return list, err
}

// uncount takes tickets out of the counters of their queues.
func (tx *Tx) uncount(ctx context.Context, list any) error {
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var queue desk.QueueID
		var state, n int64
		err := rows.Scan(&queue, &state, &n)
		tx.count(queue, state, -n)
		return err
	}, `SELECT queue, state, CAST(count(*) AS BIGINT) FROM ticket WHERE id IN (`+tx.d.inList(1)+`) GROUP BY queue, state`, list)
	return tx.wrap(err, "count the tickets that go", "")
}

// dropTexts takes texts out of the index of words.
func (tx *Tx) dropTexts(ctx context.Context, which string, args ...any) error {
	if tx.d.dropText == "" {
		return nil
	}
	ids, err := tx.texts(ctx, `SELECT CAST(id AS TEXT) FROM document WHERE `+which, args...)
	if err != nil {
		return tx.wrap(err, "find the texts that go", "")
	}
	for _, id := range ids {
		if _, err := tx.exec(ctx, tx.d.dropText, id); err != nil {
			return tx.wrap(err, "drop the text", id)
		}
	}
	return nil
}

// digestsOf returns the contents that rows which go have.
func (tx *Tx) digestsOf(ctx context.Context, refs []reference, rows []belonging, list any) ([]string, error) {
	var digests []string
	for _, b := range rows {
		for _, r := range refs {
			if r.table != b.table || r.to != "blob" {
				continue
			}
			some, err := tx.texts(ctx, fmt.Sprintf(`SELECT DISTINCT "%s" FROM "%s" WHERE "%s" IS NOT NULL AND (%s)`, r.column, r.table, r.column, b.which), list)
			if err != nil {
				return nil, tx.wrap(err, "find the contents that go of", b.table)
			}
			digests = append(digests, some...)
		}
	}
	slices.Sort(digests)
	return slices.Compact(digests), nil
}

// dropContents removes those of the contents that nothing has any more. Copies
// of a letter that went are nothing.
func (tx *Tx) dropContents(ctx context.Context, refs []reference, digests []string) error {
	query := `DELETE FROM blob WHERE digest = $1`
	for _, r := range refs {
		if r.to == "blob" {
			query += fmt.Sprintf(` AND NOT EXISTS (SELECT 1 FROM "%s" x WHERE x."%s" = blob.digest)`, r.table, r.column)
		}
	}
	for _, digest := range digests {
		_, err := tx.exec(ctx, `DELETE FROM spool WHERE digest = $1 AND state = 'done' AND ticket IS NULL AND NOT EXISTS
			(SELECT 1 FROM spool e WHERE e.digest = spool.digest AND e.recipient = spool.recipient AND e.id < spool.id)`, digest)
		if err != nil {
			return tx.wrap(err, "drop copies of the letter", digest)
		}
		if _, err := tx.exec(ctx, query, digest); err != nil {
			return tx.wrap(err, "drop the content", digest)
		}
	}
	return nil
}

// SetRetention says after how many days closed tickets of a queue are erased;
// zero: never.
func (tx *Tx) SetRetention(ctx context.Context, queue desk.QueueID, days int) error {
	if _, err := tx.exec(ctx, `DELETE FROM retention WHERE queue = $1`, int64(queue)); err != nil || days == 0 {
		return tx.wrap(err, "keep the tickets of queue", queue)
	}
	_, err := tx.exec(ctx, `INSERT INTO retention (queue, days) VALUES ($1, $2)`, int64(queue), days)
	return tx.wrap(err, "set how long tickets are kept of queue", queue)
}

// Retentions returns after how many days closed tickets are erased, of the
// queues where they are.
func (tx *Tx) Retentions(ctx context.Context) (map[desk.QueueID]int, error) {
	list := map[desk.QueueID]int{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var queue desk.QueueID
		var days int
		err := rows.Scan(&queue, &days)
		list[queue] = days
		return err
	}, `SELECT queue, days FROM retention`)
	return list, tx.wrap(err, "read how long tickets are kept", "")
}

// ClosedTickets returns tickets of a queue that are closed or deleted and that
// nothing happened to since a moment, the longest ago first, and how many there
// are, counted up to 10,000.
func (tx *Tx) ClosedTickets(ctx context.Context, queue desk.QueueID, since time.Time, limit int) (ids []desk.TicketID, count int, err error) {
	const which = ` FROM ticket WHERE queue = $1 AND state < 2 AND merged_into IS NULL AND updated < $2`
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var id desk.TicketID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT id`+which+` ORDER BY updated, id`+limited(`$3`), int64(queue), micros(since), limit)
	if err == nil {
		err = tx.row(ctx, `SELECT count(*) FROM (SELECT 1`+which+limited(`$3`)+`) t`, int64(queue), micros(since), 10_000).Scan(&count)
	}
	return ids, count, tx.wrap(err, "find the closed tickets of queue", queue)
}
