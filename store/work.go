package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gatehouse/desk"
)

// workKept is for how long is known how it went on a node that is heard of no
// more, unless no other has done the work since.
const workKept = 24 * time.Hour

// NoteWork keeps how it goes with the work of a node. What other nodes said
// long ago goes, where it is not the last that is known.
func (tx *Tx) NoteWork(ctx context.Context, list []desk.StepTimes) error {
	for _, t := range list {
		_, err := tx.exec(ctx, `INSERT INTO work_time (step, node, looked, begun, ran, took, failures, failing, reason)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
			ON CONFLICT (step, node) DO UPDATE SET looked = $3, begun = $4, failures = $7, failing = $8, reason = $9,
			took = CASE WHEN $5 > 0 THEN $6 ELSE work_time.took END, ran = CASE WHEN $5 > 0 THEN $5 ELSE work_time.ran END`,
			t.Step, t.Node, micros(t.Looked), micros(t.Begun), micros(t.Ran), t.Took.Microseconds(), t.Failures, micros(t.Failing), t.Reason)
		if err != nil {
			return tx.wrap(err, "note how it goes with", t.Step)
		}
	}
	_, err := tx.exec(ctx, `DELETE FROM work_time WHERE looked < $1 AND EXISTS
		(SELECT 1 FROM work_time o WHERE o.step = work_time.step AND o.node <> work_time.node AND o.ran >= work_time.ran AND o.looked > work_time.looked)`,
		micros(tx.now().Add(-workKept)))
	return tx.wrap(err, "forget the work of nodes that are gone", "")
}

// Work lists how it went with each sort of work on each node, by both.
func (tx *Tx) Work(ctx context.Context) (list []desk.StepTimes, err error) {
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var t desk.StepTimes
		var took int64
		err := rows.Scan(&t.Step, &t.Node, when(&t.Looked), when(&t.Begun), when(&t.Ran), &took, &t.Failures, when(&t.Failing), &t.Reason)
		t.Took = time.Duration(took) * time.Microsecond
		list = append(list, t)
		return err
	}, `SELECT step, node, looked, begun, ran, took, failures, failing, reason FROM work_time ORDER BY step, node`)
	return list, tx.wrap(err, "list how it went with the work", "")
}

// WorkDue counts the work that waits, by its sort: jobs by their kind with
// "job:" before it, letters as "spool" and "outbox", and what has a time as
// "directory", "dashboard", "rules" and, by its step, "turn:…".
func (tx *Tx) WorkDue(ctx context.Context) (map[string]desk.Due, error) {
	due := map[string]desk.Due{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var name string
		var d desk.Due
		err := rows.Scan(&name, &d.Count, when(&d.Next))
		if d.Count > 0 {
			due[name] = d
		}
		return err
	}, `SELECT 'job:' || kind, count(*), min(next) FROM job WHERE parked = 0 GROUP BY kind
		UNION ALL SELECT 'spool', count(*), min(next) FROM spool WHERE state = 'waiting'
		UNION ALL SELECT 'outbox', count(*), min(next) FROM outbox WHERE state = 'waiting'
		UNION ALL SELECT 'directory', count(*), min(next) FROM directory WHERE disabled = 0 AND next > 0
		UNION ALL SELECT 'dashboard', count(*), min(next) FROM dashboard_letter
		UNION ALL SELECT 'rules', count(*), min(next) FROM rule_clock WHERE next > 0
		UNION ALL SELECT 'turn:' || step, 1, next FROM work_turn`)
	return due, tx.wrap(err, "ask what work is due", "")
}

// TakeTurn has work that is done once for all nodes be done by who asks, if it
// is due; others may do it once the lease is over. It returns when it is next
// due. Work that there was never is due after the lease; what is due later than
// it ever would be was put off while the clock was ahead, and is due now.
func (tx *Tx) TakeTurn(ctx context.Context, step string, every, lease time.Duration) (next time.Time, mine bool, err error) {
	now := tx.now()
	until := now.Add(lease)
	if _, err := tx.exec(ctx, `INSERT INTO work_turn (step, next) VALUES ($1, $2) ON CONFLICT (step) DO NOTHING`, step, micros(until)); err != nil {
		return next, false, tx.wrap(err, "begin with", step)
	}
	err = tx.row(ctx, `UPDATE work_turn SET next = $2 WHERE step = $1 AND (next <= $3 OR next > $4) RETURNING next`,
		step, micros(until), micros(now), micros(now.Add(max(every, lease)))).Scan(when(&next))
	if !errors.Is(err, sql.ErrNoRows) {
		return next, err == nil, tx.wrap(err, "take the turn of", step)
	}
	err = tx.row(ctx, `SELECT next FROM work_turn WHERE step = $1`, step).Scan(when(&next))
	return next, false, tx.wrap(err, "ask for the turn of", step)
}

// EndTurn says when work that was done once for all nodes is next due.
func (tx *Tx) EndTurn(ctx context.Context, step string, next time.Time) error {
	_, err := tx.exec(ctx, `UPDATE work_turn SET next = $2 WHERE step = $1`, step, micros(next))
	return tx.wrap(err, "say when is next due", step)
}
