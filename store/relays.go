package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"gatehouse/desk"
)

// MailRelays lists the relays by place and name, with their secrets as they
// were stored.
func (tx *Tx) MailRelays(ctx context.Context) ([]desk.MailRelay, error) {
	var list []desk.MailRelay
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var r desk.MailRelay
		var id desk.MailRelayID
		var said string
		if err := rows.Scan(&id, asJSON{&r}, &said, when(&r.At)); err != nil {
			return err
		}
		r.ID, r.Said = id, said
		list = append(list, r)
		return nil
	}, `SELECT id, relay, said, at FROM mail_relay ORDER BY place, folded`)
	return list, tx.wrap(err, "list relays", "")
}

// SaveMailRelay stores a relay under its name, a new one or one that is there,
// and sets its ID. What it said before is forgotten.
func (tx *Tx) SaveMailRelay(ctx context.Context, r *desk.MailRelay) error {
	text, err := json.Marshal(r)
	if err != nil {
		return tx.wrap(err, "write relay", r.Name)
	}
	err = tx.row(ctx, `INSERT INTO mail_relay (name, folded, place, relay, said, at) VALUES ($1, $2, $3, $4, '', 0)
		ON CONFLICT (folded) DO UPDATE SET name = excluded.name, place = excluded.place, relay = excluded.relay, said = '', at = 0 RETURNING id`,
		r.Name, desk.Fold(r.Name), r.Place, string(text)).Scan(&r.ID)
	return tx.wrap(err, "store relay", r.Name)
}

// DeleteMailRelay forgets a relay.
func (tx *Tx) DeleteMailRelay(ctx context.Context, name string) error {
	n, err := tx.exec(ctx, `DELETE FROM mail_relay WHERE folded = $1`, desk.Fold(name))
	if err == nil && n == 0 {
		return desk.Errorf(desk.NotFound, "There is no relay %s.", name)
	}
	return tx.wrap(err, "delete relay", name)
}

// SetMailRelaySaid stores what a relay said last, and when.
func (tx *Tx) SetMailRelaySaid(ctx context.Context, id desk.MailRelayID, said string, at time.Time) error {
	_, err := tx.exec(ctx, `UPDATE mail_relay SET said = $2, at = $3 WHERE id = $1`, int64(id), said, micros(at))
	return tx.wrap(err, "note what was said by relay", id)
}
