package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"gatehouse/desk"
)

// InsertDashboard adds a dashboard and sets its ID and Version.
func (tx *Tx) InsertDashboard(ctx context.Context, d *desk.Dashboard) error {
	d.Version = 1
	values, err := dashboardValues(d)
	if err == nil {
		err = tx.row(ctx, `INSERT INTO dashboard (owner, group_id, name, folded, data, version, gone) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`, values...).Scan(&d.ID)
	}
	return tx.wrap(err, "insert dashboard", d.Name)
}

func dashboardValues(d *desk.Dashboard) ([]any, error) {
	data, err := json.Marshal(d.Parts)
	return []any{null(d.Owner), null(d.Group), d.Name, desk.Fold(d.Name), string(data), d.Version, bit(d.Gone)}, err
}

// UpdateDashboard stores all of a dashboard and raises its version. One that is
// not of the version stored is a desk.Conflict.
func (tx *Tx) UpdateDashboard(ctx context.Context, d *desk.Dashboard) error {
	values, err := dashboardValues(d)
	if err != nil {
		return tx.wrap(err, "write dashboard", d.ID)
	}
	n, err := tx.exec(ctx, `UPDATE dashboard SET owner = $1, group_id = $2, name = $3, folded = $4, data = $5, version = $6 + 1, gone = $7 WHERE id = $8 AND version = $6`,
		append(values, int64(d.ID))...)
	if err == nil && n == 0 {
		return desk.Errorf(desk.Conflict, "The dashboard was changed meanwhile; look at it again.")
	}
	d.Version++
	return tx.wrap(err, "update dashboard", d.ID)
}

const dashboardColumns = `SELECT id, owner, group_id, name, data, version, gone FROM dashboard`

func scanDashboard(scan func(...any) error) (desk.Dashboard, error) {
	var d desk.Dashboard
	var data string
	if err := scan(&d.ID, ref(&d.Owner), ref(&d.Group), &d.Name, &data, &d.Version, flag(&d.Gone)); err != nil {
		return d, err
	}
	return d, json.Unmarshal([]byte(data), &d.Parts)
}

// Dashboard returns a dashboard, one that was taken away too.
func (tx *Tx) Dashboard(ctx context.Context, id desk.DashboardID) (*desk.Dashboard, error) {
	d, err := scanDashboard(tx.row(ctx, dashboardColumns+` WHERE id = $1`, int64(id)).Scan)
	if err != nil {
		return nil, tx.found(err, "read dashboard", id, fmt.Sprintf("There is no dashboard %d.", id))
	}
	return &d, nil
}

// Dashboards lists the dashboards of a user and those of groups and of the desk,
// by name, without those that were taken away.
func (tx *Tx) Dashboards(ctx context.Context, owner desk.UserID) ([]desk.Dashboard, error) {
	var list []desk.Dashboard
	err := tx.each(ctx, func(rows *sql.Rows) error {
		d, err := scanDashboard(rows.Scan)
		list = append(list, d)
		return err
	}, dashboardColumns+` WHERE gone = 0 AND (owner IS NULL OR owner = $1) ORDER BY folded, id`, int64(owner))
	return list, tx.wrap(err, "list dashboards", "")
}

// SetDashboardLetter stores when somebody gets a dashboard by mail.
func (tx *Tx) SetDashboardLetter(ctx context.Context, l desk.DashboardLetter) error {
	_, err := tx.exec(ctx, `INSERT INTO dashboard_letter (dashboard, user_id, every, day, hour, next) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (dashboard, user_id) DO UPDATE SET every = excluded.every, day = excluded.day, hour = excluded.hour, next = excluded.next`,
		int64(l.Dashboard), int64(l.User), string(l.Every), l.Day, l.Hour, micros(l.Next))
	return tx.wrap(err, "subscribe to dashboard", l.Dashboard)
}

// DropDashboardLetter ends that somebody gets a dashboard by mail.
func (tx *Tx) DropDashboardLetter(ctx context.Context, id desk.DashboardID, user desk.UserID) error {
	_, err := tx.exec(ctx, `DELETE FROM dashboard_letter WHERE dashboard = $1 AND user_id = $2`, int64(id), int64(user))
	return tx.wrap(err, "unsubscribe from dashboard", id)
}

// DashboardLetters lists what somebody gets by mail.
func (tx *Tx) DashboardLetters(ctx context.Context, user desk.UserID) ([]desk.DashboardLetter, error) {
	return tx.dashboardLetters(ctx, `user_id = $1 ORDER BY dashboard`, int64(user))
}

// DueDashboardLetters lists letters that are due at a moment, the longest due
// first, up to a limit.
func (tx *Tx) DueDashboardLetters(ctx context.Context, at time.Time, limit int) ([]desk.DashboardLetter, error) {
	return tx.dashboardLetters(ctx, `next <= $1 ORDER BY next, dashboard, user_id`+limited("$2"), micros(at), limit)
}

func (tx *Tx) dashboardLetters(ctx context.Context, which string, args ...any) ([]desk.DashboardLetter, error) {
	var list []desk.DashboardLetter
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var l desk.DashboardLetter
		err := rows.Scan(&l.Dashboard, &l.User, &l.Every, &l.Day, &l.Hour, when(&l.Next))
		list = append(list, l)
		return err
	}, `SELECT dashboard, user_id, every, day, hour, next FROM dashboard_letter WHERE `+which, args...)
	return list, tx.wrap(err, "list letters of dashboards", "")
}
