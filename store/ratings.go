package store

import (
	"context"
	"database/sql"

	"gatehouse/desk"
)

// SaveRating stores what somebody says of a ticket, in place of what he said
// before.
func (tx *Tx) SaveRating(ctx context.Context, r *desk.Rating) error {
	_, err := tx.exec(ctx, `INSERT INTO rating (ticket, user_id, mark, note, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (ticket, user_id) DO UPDATE SET mark = excluded.mark, note = excluded.note, at = excluded.at`,
		int64(r.Ticket), int64(r.User), int64(r.Mark), r.Note, micros(r.At))
	return tx.wrap(err, "store a rating of ticket", r.Ticket)
}

// Ratings lists what people say of a ticket, the newest first.
func (tx *Tx) Ratings(ctx context.Context, ticket desk.TicketID) ([]desk.Rating, error) {
	var list []desk.Rating
	err := tx.each(ctx, func(rows *sql.Rows) error {
		r := desk.Rating{Ticket: ticket}
		err := rows.Scan(&r.User, &r.Mark, &r.Note, when(&r.At))
		list = append(list, r)
		return err
	}, `SELECT user_id, mark, note, at FROM rating WHERE ticket = $1 ORDER BY at DESC, user_id`, int64(ticket))
	return list, tx.wrap(err, "list the ratings of ticket", ticket)
}
