package store

import (
	"context"
	"database/sql"

	"gatehouse/desk"
)

// SaveDraft stores a draft in place of the one before.
func (tx *Tx) SaveDraft(ctx context.Context, d *desk.Draft) error {
	_, err := tx.exec(ctx, `INSERT INTO draft (user_id, ticket, kind, text, also, at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (user_id, ticket, kind) DO UPDATE SET text = excluded.text, also = excluded.also, at = excluded.at`,
		int64(d.User), int64(d.Ticket), int64(d.Kind), d.Text, d.Also, micros(d.At))
	return tx.wrap(err, "store a draft on ticket", d.Ticket)
}

// DeleteDraft forgets a draft; one that is not there is none.
func (tx *Tx) DeleteDraft(ctx context.Context, user desk.UserID, ticket desk.TicketID, kind desk.MessageKind) error {
	_, err := tx.exec(ctx, `DELETE FROM draft WHERE user_id = $1 AND ticket = $2 AND kind = $3`, int64(user), int64(ticket), int64(kind))
	return tx.wrap(err, "forget a draft on ticket", ticket)
}

// Drafts lists the drafts of a user, the newest first: on a ticket, or with
// zero on all.
func (tx *Tx) Drafts(ctx context.Context, user desk.UserID, ticket desk.TicketID, limit int) ([]desk.Draft, error) {
	var list []desk.Draft
	err := tx.each(ctx, func(rows *sql.Rows) error {
		d := desk.Draft{User: user}
		err := rows.Scan(&d.Ticket, &d.Kind, &d.Text, &d.Also, when(&d.At))
		list = append(list, d)
		return err
	}, `SELECT ticket, kind, text, also, at FROM draft WHERE user_id = $1 AND (ticket = $2 OR $2 = 0) ORDER BY at DESC, ticket, kind LIMIT $3`,
		int64(user), int64(ticket), int64(limit))
	return list, tx.wrap(err, "list the drafts of user", user)
}
