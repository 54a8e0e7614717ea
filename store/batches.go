package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"gatehouse/desk"
)

// InsertBatch adds a batch of tickets that all wait, and sets its ID.
func (tx *Tx) InsertBatch(ctx context.Context, b *desk.Batch, tickets []desk.TicketID) error {
	what, err := json.Marshal(b.Change)
	if err != nil {
		return tx.wrap(err, "write the change of a batch of", b.By)
	}
	err = tx.row(ctx, `INSERT INTO batch (by_user, via, what, undoes, at, ended, stopped) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
		int64(b.By), string(b.Via), string(what), null(b.Undoes), micros(b.At), micros(b.Ended), bit(b.Stopped)).Scan(&b.ID)
	if err != nil {
		return tx.wrap(err, "add a batch of", b.By)
	}
	_, err = tx.exec(ctx, `INSERT INTO batch_ticket (batch, ticket, state, reason, before)
		SELECT DISTINCT CAST($2 AS BIGINT), n, 0, '', '{}' FROM (`+tx.d.inList(1)+`) AS list`, tx.d.list(numbers(tickets)), int64(b.ID))
	return tx.wrap(err, "add the tickets of batch", b.ID)
}

const batchColumns = `SELECT id, by_user, via, what, undoes, at, ended, stopped FROM batch`

func batchFields(b *desk.Batch) []any {
	return []any{&b.ID, &b.By, &b.Via, asJSON{&b.Change}, ref(&b.Undoes), when(&b.At), when(&b.Ended), flag(&b.Stopped)}
}

// Batch returns a batch.
func (tx *Tx) Batch(ctx context.Context, id desk.BatchID) (*desk.Batch, error) {
	var b desk.Batch
	if err := tx.row(ctx, batchColumns+` WHERE id = $1`, int64(id)).Scan(batchFields(&b)...); err != nil {
		return nil, tx.found(err, "read batch", id, fmt.Sprintf("There is no batch %d.", id))
	}
	return &b, nil
}

// Batches lists the batches of a user, the newest first.
func (tx *Tx) Batches(ctx context.Context, by desk.UserID, limit int) ([]desk.Batch, error) {
	return tx.batches(ctx, batchColumns+` WHERE by_user = $1 ORDER BY id DESC`+limited(`$2`), int64(by), int64(limit))
}

// BatchUndone returns the batches that took one back, the newest first.
func (tx *Tx) BatchUndone(ctx context.Context, id desk.BatchID) ([]desk.Batch, error) {
	return tx.batches(ctx, batchColumns+` WHERE undoes = $1 ORDER BY id DESC`, int64(id))
}

func (tx *Tx) batches(ctx context.Context, statement string, args ...any) ([]desk.Batch, error) {
	var list []desk.Batch
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var b desk.Batch
		err := rows.Scan(batchFields(&b)...)
		list = append(list, b)
		return err
	}, statement, args...)
	return list, tx.wrap(err, "list batches", "")
}

// EndBatch records that a batch is over, once.
func (tx *Tx) EndBatch(ctx context.Context, id desk.BatchID, at time.Time, stopped bool) error {
	_, err := tx.exec(ctx, `UPDATE batch SET ended = $2, stopped = $3 WHERE id = $1 AND ended = 0`, int64(id), micros(at), bit(stopped))
	return tx.wrap(err, "end batch", id)
}

// BatchTickets lists tickets of a batch in one state, after a number, by number.
func (tx *Tx) BatchTickets(ctx context.Context, id desk.BatchID, state desk.BatchState, after desk.TicketID, limit int) ([]desk.BatchTicket, error) {
	var list []desk.BatchTicket
	err := tx.each(ctx, func(rows *sql.Rows) error {
		t := desk.BatchTicket{State: state}
		err := rows.Scan(&t.Ticket, &t.Reason, asJSON{&t.Before})
		list = append(list, t)
		return err
	}, `SELECT ticket, reason, before FROM batch_ticket WHERE batch = $1 AND state = $2 AND ticket > $3 ORDER BY ticket`+limited(`$4`),
		int64(id), int64(state), int64(after), int64(limit))
	return list, tx.wrap(err, "list the tickets of batch", id)
}

// BatchCounts counts the tickets of a batch.
func (tx *Tx) BatchCounts(ctx context.Context, id desk.BatchID) (desk.BatchCounts, error) {
	var c desk.BatchCounts
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var state desk.BatchState
		var n int
		err := rows.Scan(&state, &n)
		*map[desk.BatchState]*int{desk.BatchWaits: &c.Waits, desk.BatchChanged: &c.Changed, desk.BatchSkipped: &c.Skipped}[state] = n
		return err
	}, `SELECT state, count(*) FROM batch_ticket WHERE batch = $1 GROUP BY state`, int64(id))
	return c, tx.wrap(err, "count the tickets of batch", id)
}

// SetBatchTicket records what became of a ticket that waits in a batch, and
// reports whether it did: another one may have been quicker.
func (tx *Tx) SetBatchTicket(ctx context.Context, id desk.BatchID, t desk.BatchTicket) (bool, error) {
	before, err := json.Marshal(t.Before)
	if err != nil {
		return false, tx.wrap(err, "write what a ticket was before batch", id)
	}
	n, err := tx.exec(ctx, `UPDATE batch_ticket SET state = $3, reason = $4, before = $5 WHERE batch = $1 AND ticket = $2 AND state = 0`,
		int64(id), int64(t.Ticket), int64(t.State), t.Reason, string(before))
	return n == 1, tx.wrap(err, "record a ticket of batch", id)
}

// DropBatches forgets the batches of a user but the latest ones, of those that
// are over.
func (tx *Tx) DropBatches(ctx context.Context, by desk.UserID, keep int) error {
	const old = `SELECT id FROM batch WHERE by_user = $1 AND ended > 0 AND id NOT IN
		(SELECT id FROM (SELECT id FROM batch WHERE by_user = $1 ORDER BY id DESC LIMIT $2) AS latest)`
	for _, statement := range []string{
		`UPDATE batch SET undoes = NULL WHERE undoes IN (` + old + `)`,
		`DELETE FROM batch_ticket WHERE batch IN (` + old + `)`,
		`DELETE FROM batch WHERE id IN (` + old + `)`,
	} {
		if _, err := tx.exec(ctx, statement, int64(by), int64(keep)); err != nil {
			return tx.wrap(err, "forget the batches of user", by)
		}
	}
	return nil
}
