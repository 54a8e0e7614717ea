package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gatehouse/desk"
)

// InsertReminder stores a reminder and sets its ID.
func (tx *Tx) InsertReminder(ctx context.Context, r *desk.Reminder) error {
	err := tx.row(ctx, `INSERT INTO reminder (ticket, user_id, maker, note, due, silent, made, told, done) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
		reminderValues(r)...).Scan(&r.ID)
	return tx.wrap(err, "insert a reminder on ticket", r.Ticket)
}

func reminderValues(r *desk.Reminder) []any {
	return []any{int64(r.Ticket), int64(r.User), null(r.Maker), r.Note, micros(r.Due), bit(r.Silent), micros(r.Made), micros(r.Told), micros(r.Done)}
}

// UpdateReminder stores all of a reminder.
func (tx *Tx) UpdateReminder(ctx context.Context, r *desk.Reminder) error {
	n, err := tx.exec(ctx, `UPDATE reminder SET ticket = $1, user_id = $2, maker = $3, note = $4, due = $5, silent = $6, made = $7, told = $8, done = $9 WHERE id = $10`,
		append(reminderValues(r), int64(r.ID))...)
	if err == nil && n == 0 {
		return noReminder()
	}
	return tx.wrap(err, "update reminder", r.ID)
}

func noReminder() error { return desk.Errorf(desk.NotFound, "There is no such reminder.") }

const reminderColumns = `SELECT id, ticket, user_id, maker, note, due, silent, made, told, done FROM reminder`

func reminderFields(r *desk.Reminder) []any {
	return []any{&r.ID, &r.Ticket, &r.User, ref(&r.Maker), &r.Note, when(&r.Due), flag(&r.Silent), when(&r.Made), when(&r.Told), when(&r.Done)}
}

// Reminder returns a reminder, and keeps others from changing it until the
// transaction ends, where that one writes.
func (tx *Tx) Reminder(ctx context.Context, id desk.ReminderID) (*desk.Reminder, error) {
	var r desk.Reminder
	lock := ""
	if tx.write {
		lock = tx.d.lockRow
	}
	err := tx.row(ctx, reminderColumns+` WHERE id = $1`+lock, int64(id)).Scan(reminderFields(&r)...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noReminder()
	}
	return &r, tx.wrap(err, "read reminder", id)
}

// RemindersOn lists the reminders of a ticket, and of those that were merged into
// it, that are open or were done since a moment: the open ones first, by when
// they are due.
func (tx *Tx) RemindersOn(ctx context.Context, ticket desk.TicketID, since time.Time) ([]desk.Reminder, error) {
	return tx.reminders(ctx, ` WHERE ticket IN (SELECT id FROM ticket WHERE id = $1 OR merged_into = $1) AND (done = 0 OR done >= $2)
		ORDER BY CASE done WHEN 0 THEN 0 ELSE 1 END, due, id LIMIT 100`, int64(ticket), micros(since))
}

// RemindersOf lists the open reminders of somebody, by when they are due.
func (tx *Tx) RemindersOf(ctx context.Context, user desk.UserID, limit int) ([]desk.Reminder, error) {
	return tx.reminders(ctx, ` WHERE user_id = $1 AND done = 0 ORDER BY due, id LIMIT $2`, int64(user), limit)
}

func (tx *Tx) reminders(ctx context.Context, which string, args ...any) ([]desk.Reminder, error) {
	var list []desk.Reminder
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var r desk.Reminder
		err := rows.Scan(reminderFields(&r)...)
		list = append(list, r)
		return err
	}, reminderColumns+which, args...)
	return list, tx.wrap(err, "list reminders", "")
}

// AnsweredSince reports whether a reply was written on a ticket after a moment by
// somebody else than a user.
func (tx *Tx) AnsweredSince(ctx context.Context, ticket desk.TicketID, user desk.UserID, since time.Time) (bool, error) {
	var n int
	err := tx.row(ctx, `SELECT count(*) FROM (SELECT 1 AS one FROM message WHERE ticket = $1 AND kind = $2 AND at > $3 AND coalesce(author, 0) <> $4 LIMIT 1) AS found`,
		int64(ticket), int64(desk.Reply), micros(since), int64(user)).Scan(&n)
	return n > 0, tx.wrap(err, "look for answers on ticket", ticket)
}

// ChangedReminder tells open pages that a reminder on a ticket came due or was
// changed.
func (tx *Tx) ChangedReminder(ticket desk.TicketID) { tx.changed(ticket, ChangedReminders) }
