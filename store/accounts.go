package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"gatehouse/desk"
)

// MailAccounts lists the mailboxes that are fetched, by name, with their
// secrets.
func (tx *Tx) MailAccounts(ctx context.Context) ([]desk.MailAccount, error) {
	var list []desk.MailAccount
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var a desk.MailAccount
		var id desk.MailAccountID
		var said string
		if err := rows.Scan(&id, asJSON{&a}, &said, when(&a.At)); err != nil {
			return err
		}
		a.ID, a.Said = id, said
		list = append(list, a)
		return nil
	}, `SELECT id, account, said, at FROM mail_account ORDER BY folded`)
	return list, tx.wrap(err, "list mail accounts", "")
}

// SaveMailAccount stores a mailbox under its name, a new one or one that is
// there, and sets its ID.
func (tx *Tx) SaveMailAccount(ctx context.Context, a *desk.MailAccount) error {
	text, err := json.Marshal(a)
	if err != nil {
		return tx.wrap(err, "write mail account", a.Name)
	}
	err = tx.row(ctx, `INSERT INTO mail_account (name, folded, account, uid_validity, last_uid, said, at) VALUES ($1, $2, $3, 0, 0, '', 0)
		ON CONFLICT (folded) DO UPDATE SET name = excluded.name, account = excluded.account RETURNING id`,
		a.Name, desk.Fold(a.Name), string(text)).Scan(&a.ID)
	return tx.wrap(err, "store mail account", a.Name)
}

// DeleteMailAccount forgets a mailbox.
func (tx *Tx) DeleteMailAccount(ctx context.Context, name string) error {
	n, err := tx.exec(ctx, `DELETE FROM mail_account WHERE folded = $1`, desk.Fold(name))
	if err == nil && n == 0 {
		return desk.Errorf(desk.NotFound, "There is no mail account %s.", name)
	}
	return tx.wrap(err, "delete mail account", name)
}

// MailAccountState returns how far a mailbox was read.
func (tx *Tx) MailAccountState(ctx context.Context, id desk.MailAccountID) (s desk.MailAccountState, err error) {
	err = tx.row(ctx, `SELECT uid_validity, last_uid, said FROM mail_account WHERE id = $1`, int64(id)).Scan(&s.UIDValidity, &s.LastUID, &s.Said)
	return s, tx.found(err, "read mail account", id, "There is no such mail account.")
}

// SetMailAccountState stores how far a mailbox was read, and that it was asked
// now. One that is gone meanwhile is none.
func (tx *Tx) SetMailAccountState(ctx context.Context, id desk.MailAccountID, s desk.MailAccountState) error {
	_, err := tx.exec(ctx, `UPDATE mail_account SET uid_validity = $2, last_uid = $3, said = $4, at = $5 WHERE id = $1`,
		int64(id), int64(s.UIDValidity), int64(s.LastUID), s.Said, micros(tx.now()))
	return tx.wrap(err, "store how far was read mail account", id)
}
