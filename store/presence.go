package store

import (
	"context"
	"database/sql"
	"time"

	"gatehouse/desk"
)

// SetPresent notes that somebody has a ticket open, and tells of it where that
// is news: he was not there since a moment, or does something else.
func (tx *Tx) SetPresent(ctx context.Context, p desk.Present, since time.Time) error {
	n, err := tx.exec(ctx, `UPDATE presence SET at = $4 WHERE ticket = $1 AND user_id = $2 AND writes = $3 AND at >= $5`,
		int64(p.Ticket), int64(p.User), bit(p.Writes), micros(p.At), micros(since))
	if err != nil || n > 0 {
		return tx.wrap(err, "note who is at ticket", p.Ticket)
	}
	if _, err := tx.exec(ctx, `DELETE FROM presence WHERE ticket = $1 AND (user_id = $2 OR at < $3)`, int64(p.Ticket), int64(p.User), micros(since)); err != nil {
		return tx.wrap(err, "forget who was at ticket", p.Ticket)
	}
	_, err = tx.exec(ctx, `INSERT INTO presence (ticket, user_id, writes, at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (ticket, user_id) DO UPDATE SET writes = excluded.writes, at = excluded.at`, int64(p.Ticket), int64(p.User), bit(p.Writes), micros(p.At))
	tx.changed(p.Ticket, ChangedPresence)
	return tx.wrap(err, "note who is at ticket", p.Ticket)
}

// DropPresent notes that somebody has a ticket open no longer.
func (tx *Tx) DropPresent(ctx context.Context, ticket desk.TicketID, user desk.UserID) error {
	n, err := tx.exec(ctx, `DELETE FROM presence WHERE ticket = $1 AND user_id = $2`, int64(ticket), int64(user))
	if n > 0 {
		tx.changed(ticket, ChangedPresence)
	}
	return tx.wrap(err, "forget who was at ticket", ticket)
}

// Presents lists who has had a ticket open since a moment, those who write first.
func (tx *Tx) Presents(ctx context.Context, ticket desk.TicketID, since time.Time) ([]desk.Present, error) {
	var list []desk.Present
	err := tx.each(ctx, func(rows *sql.Rows) error {
		p := desk.Present{Ticket: ticket}
		err := rows.Scan(&p.User, flag(&p.Writes), when(&p.At))
		list = append(list, p)
		return err
	}, `SELECT user_id, writes, at FROM presence WHERE ticket = $1 AND at >= $2 ORDER BY writes DESC, user_id`, int64(ticket), micros(since))
	return list, tx.wrap(err, "list who is at ticket", ticket)
}
