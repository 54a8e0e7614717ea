package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/sla"
)

// A ClockRun is a run as it is kept: with what people were told of it.
type ClockRun struct {
	sla.Run
	Warned bool // that much of it has passed
	Told   bool // that it is overdue
}

// Next is when people are to be told of the run; zero: they need not.
func (r *ClockRun) Next() time.Time {
	switch {
	case !r.Ended.IsZero():
	case !r.Warned && !r.Warn.IsZero():
		return r.Warn
	case !r.Told:
		return r.Due
	}
	return time.Time{}
}

const clockColumns = `kind, number, agreement, started, ended, paused, target, worked, warn, due, warned, told`

func clockFields(r *ClockRun) []any {
	return []any{&r.Kind, &r.Number, &r.Agreement, when(&r.Started), when(&r.Ended), flag(&r.Paused),
		length(&r.Target), length(&r.Worked), when(&r.Warn), when(&r.Due), flag(&r.Warned), flag(&r.Told)}
}

// length reads a length of time, kept in microseconds.
func length(d *time.Duration) sql.Scanner {
	return scanned(func(v int64) { *d = time.Duration(v) * time.Microsecond })
}

// Runs returns the runs of a ticket's clocks, by kind and number.
func (tx *Tx) Runs(ctx context.Context, id desk.TicketID) ([]ClockRun, error) {
	var list []ClockRun
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var r ClockRun
		err := rows.Scan(clockFields(&r)...)
		list = append(list, r)
		return err
	}, `SELECT `+clockColumns+` FROM clock_run WHERE ticket = $1 ORDER BY kind, number`, int64(id))
	return list, tx.wrap(err, "read the clocks of ticket", id)
}

// SaveRuns stores the runs of a ticket's clocks instead of those that were
// there, and when the most urgent of them is due and when people are next to be
// told of one. It is no change of the ticket: its version stays.
func (tx *Tx) SaveRuns(ctx context.Context, id desk.TicketID, runs []ClockRun) error {
	before, err := tx.Runs(ctx, id)
	if err != nil {
		return err
	}
	var due, next time.Time
	kept := map[[2]int64]ClockRun{}
	for _, r := range before {
		kept[r.key()] = r
	}
	for _, r := range runs {
		if r.Ended.IsZero() {
			due, next = sooner(due, r.Due), sooner(next, r.Next())
		}
		old, there := kept[r.key()]
		delete(kept, r.key())
		if there && old == r {
			continue
		}
		if err := tx.saveRun(ctx, id, r); err != nil {
			return err
		}
	}
	for key := range kept {
		if _, err := tx.exec(ctx, `DELETE FROM clock_run WHERE ticket = $1 AND kind = $2 AND number = $3`, int64(id), key[0], key[1]); err != nil {
			return tx.wrap(err, "delete a clock of ticket", id)
		}
	}
	_, err = tx.exec(ctx, `UPDATE ticket SET clock_due = $2, clock_next = $3 WHERE id = $1 AND (clock_due <> $2 OR clock_next <> $3)`,
		int64(id), micros(due), micros(next))
	return tx.wrap(err, "store the due time of ticket", id)
}

func (r *ClockRun) key() [2]int64 { return [2]int64{int64(r.Kind), int64(r.Number)} }

// sooner is the earlier of two moments, zero being none.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func (tx *Tx) saveRun(ctx context.Context, id desk.TicketID, r ClockRun) error {
	_, err := tx.exec(ctx, `INSERT INTO clock_run (ticket, `+clockColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (ticket, kind, number) DO UPDATE SET agreement = $4, started = $5, ended = $6, paused = $7, target = $8, worked = $9,
		warn = $10, due = $11, warned = $12, told = $13`,
		int64(id), int64(r.Kind), r.Number, int64(r.Agreement), micros(r.Started), micros(r.Ended), bit(r.Paused),
		r.Target.Microseconds(), r.Worked.Microseconds(), micros(r.Warn), micros(r.Due), bit(r.Warned), bit(r.Told))
	return tx.wrap(err, "store a clock of ticket", id)
}

// RingingTickets returns tickets of which people are to be told by a moment that
// a clock is or soon will be overdue, the most urgent first. Others who ask at
// the same time get other ones.
func (tx *Tx) RingingTickets(ctx context.Context, by time.Time, limit int) ([]desk.TicketID, error) {
	return tx.ticketIDs(ctx, `SELECT id FROM ticket WHERE clock_next > 0 AND clock_next <= $1 ORDER BY clock_next, id`+limited(`$2`)+tx.d.skipLocked,
		micros(by), page(limit))
}

// ActiveTickets returns tickets that are still to be done, by number, from
// after one on.
func (tx *Tx) ActiveTickets(ctx context.Context, after desk.TicketID, limit int) ([]desk.TicketID, error) {
	return tx.ticketIDs(ctx, `SELECT id FROM ticket WHERE state = 2 AND id > $1 ORDER BY id`+limited(`$2`), int64(after), page(limit))
}

func (tx *Tx) ticketIDs(ctx context.Context, query string, args ...any) ([]desk.TicketID, error) {
	var list []desk.TicketID
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id desk.TicketID
		err := rows.Scan(&id)
		list = append(list, id)
		return err
	}, query, args...)
	return list, tx.wrap(err, "find tickets", "")
}

// A DueEnd is the last ticket of a page of the most urgent ones; zero: the
// beginning.
type DueEnd struct {
	Due int64 // microseconds
	ID  desk.TicketID
}

// UrgentTickets lists tickets of the scope of which a clock runs, the most
// urgent first, and whether there are more. The ends of the filter's pages do
// not count; after does.
func (tx *Tx) UrgentTickets(ctx context.Context, s *desk.Scope, f TicketFilter, after DueEnd) (list []desk.Ticket, more bool, err error) {
	limit := page(f.Limit)
	f.Before, f.After, f.Activity = 0, 0, OnlyActive
	l, err := tx.newListing(ctx, s, f, limit+1)
	if err != nil || l == nil || f.Text != "" && len(askedWords(f.Text)) == 0 {
		return nil, false, err
	}
	l.addConditions("")
	if l.f.Queues != nil {
		l.conds = append(l.conds, in(tx.d, &l.w, "t.queue", numbers(l.f.Queues)))
	}
	if l.f.IDs != nil {
		l.conds = append(l.conds, in(tx.d, &l.w, "t.id", numbers(l.f.IDs)))
	}
	if !s.All {
		l.conds = append(l.conds, "("+l.scope.inScope()+") IS TRUE")
	}
	conds := []string{"t.clock_due > 0", "t.state = 2"}
	if after.ID != 0 {
		due := l.w.arg(after.Due)
		conds = append(conds, "t.clock_due >= "+due, "(t.clock_due > "+due+" OR t.id > "+l.w.arg(int64(after.ID))+")")
	}
	statement, args := l.w.bind(l.unkept() + `SELECT ` + ticketColumns + ` FROM ticket t WHERE ` +
		strings.Join(append(conds, l.conds...), " AND ") + ` ORDER BY t.clock_due, t.id` + limited(l.w.arg(l.limit)))
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var t desk.Ticket
		err := rows.Scan(ticketFields(&t)...)
		list = append(list, t)
		return err
	}, statement, args...)
	if err != nil {
		return nil, false, tx.wrap(err, "list urgent tickets", "")
	}
	list, more = cut(list, limit)
	return list, more, tx.fillHolders(ctx, list)
}
