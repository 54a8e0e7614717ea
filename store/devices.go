package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gatehouse/desk"
)

const deviceColumns = `id, user_id, name, endpoint, key, auth, created, used`

func deviceFields(d *desk.Device) []any {
	return []any{&d.ID, &d.User, &d.Name, &d.Endpoint, &d.Key, &d.Auth, when(&d.Created), when(&d.Used)}
}

// SaveDevice stores a device and sets its ID. A browser that was known already
// is the device of whoever saves it last.
func (tx *Tx) SaveDevice(ctx context.Context, d *desk.Device) error {
	err := tx.row(ctx, `INSERT INTO device (user_id, name, endpoint, key, auth, created, used) VALUES ($1, $2, $3, $4, $5, $6, 0)
		ON CONFLICT (endpoint) DO UPDATE SET user_id = excluded.user_id, name = excluded.name, key = excluded.key, auth = excluded.auth, created = excluded.created, used = 0
		RETURNING id`, int64(d.User), d.Name, d.Endpoint, d.Key, d.Auth, micros(d.Created)).Scan(&d.ID)
	return tx.wrap(err, "store a device of user", d.User)
}

// Devices lists the devices of a user, the oldest first.
func (tx *Tx) Devices(ctx context.Context, user desk.UserID) ([]desk.Device, error) {
	var list []desk.Device
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var d desk.Device
		err := rows.Scan(deviceFields(&d)...)
		list = append(list, d)
		return err
	}, `SELECT `+deviceColumns+` FROM device WHERE user_id = $1 ORDER BY id`, int64(user))
	return list, tx.wrap(err, "list the devices of user", user)
}

// Device returns a device.
func (tx *Tx) Device(ctx context.Context, id desk.DeviceID) (*desk.Device, error) {
	var d desk.Device
	err := tx.row(ctx, `SELECT `+deviceColumns+` FROM device WHERE id = $1`, int64(id)).Scan(deviceFields(&d)...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, desk.Errorf(desk.NotFound, "There is no such device.")
	}
	return &d, tx.wrap(err, "read device", id)
}

// UseDevice notes when a device took a message.
func (tx *Tx) UseDevice(ctx context.Context, id desk.DeviceID, at time.Time) error {
	_, err := tx.exec(ctx, `UPDATE device SET used = $2 WHERE id = $1`, int64(id), micros(at))
	return tx.wrap(err, "note that a device was used", id)
}

// DeleteDevice takes a device away; one that is not there is no error.
func (tx *Tx) DeleteDevice(ctx context.Context, id desk.DeviceID) error {
	_, err := tx.exec(ctx, `DELETE FROM device WHERE id = $1`, int64(id))
	return tx.wrap(err, "take away device", id)
}
