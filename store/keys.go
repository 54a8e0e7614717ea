package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"gatehouse/desk"
)

// OwnKeys returns the keys as somebody wants them; the zero value: as they ship.
func (tx *Tx) OwnKeys(ctx context.Context, user desk.UserID) (desk.OwnKeys, error) {
	var k desk.OwnKeys
	err := tx.row(ctx, `SELECT off, keys FROM own_keys WHERE user_id = $1`, int64(user)).Scan(flag(&k.Off), asJSON{&k.Keys})
	if errors.Is(err, sql.ErrNoRows) {
		return desk.OwnKeys{}, nil
	}
	return k, tx.wrap(err, "read the keys of user", user)
}

// SetOwnKeys stores them.
func (tx *Tx) SetOwnKeys(ctx context.Context, user desk.UserID, k desk.OwnKeys) error {
	keys, err := json.Marshal(k.Keys)
	if err != nil {
		return tx.wrap(err, "write the keys of user", user)
	}
	_, err = tx.exec(ctx, `INSERT INTO own_keys (user_id, off, keys) VALUES ($1, $2, $3)
		ON CONFLICT (user_id) DO UPDATE SET off = excluded.off, keys = excluded.keys`, int64(user), bit(k.Off), string(keys))
	return tx.wrap(err, "store the keys of user", user)
}
