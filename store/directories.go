package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gatehouse/desk"
)

const directoryColumnsStored = `name, folded, kind, place, disabled, config, secret, adopt, every, max_loss, groups, run, next, confirm, keep`

func directoryValues(d *desk.Directory) ([]any, error) {
	groups, err := json.Marshal(d.Groups)
	return []any{d.Name, desk.Fold(d.Name), d.Kind, d.Place, bit(d.Disabled), d.Config, d.Secret, bit(d.Adopt), int64(d.Every),
		d.MaxLoss, string(groups), d.Run, micros(d.Next), bit(d.Confirm), int64(d.Keep)}, err
}

// SaveDirectory stores a directory, a new one if it has no ID, which is then
// set. Two of the same name are a desk.Conflict.
func (tx *Tx) SaveDirectory(ctx context.Context, d *desk.Directory) error {
	values, err := directoryValues(d)
	if err != nil {
		return tx.wrap(err, "save directory", d.Name)
	}
	nameTaken := taken("name", fmt.Sprintf("There is a directory %s already.", d.Name))
	var other int
	if err := tx.row(ctx, `SELECT count(*) FROM directory WHERE folded = $1 AND id <> $2`, desk.Fold(d.Name), int64(d.ID)).Scan(&other); err != nil {
		return tx.wrap(err, "look for directory", d.Name)
	}
	if other > 0 {
		return nameTaken
	}
	if d.ID == 0 {
		err := tx.row(ctx, `INSERT INTO directory (`+directoryColumnsStored+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id`, values...).Scan(&d.ID)
		return tx.wrap(err, "save directory", d.Name)
	}
	n, err := tx.exec(ctx, `UPDATE directory SET name = $1, folded = $2, kind = $3, place = $4, disabled = $5, config = $6, secret = $7,
		adopt = $8, every = $9, max_loss = $10, groups = $11, run = $12, next = $13, confirm = $14, keep = $15 WHERE id = $16`, append(values, int64(d.ID))...)
	if err == nil && n == 0 {
		return noDirectory()
	}
	return tx.wrap(err, "save directory", d.Name)
}

func noDirectory() error { return desk.Errorf(desk.NotFound, "There is no such directory.") }

// Directories lists all directories in their order.
func (tx *Tx) Directories(ctx context.Context) ([]desk.Directory, error) {
	var list []desk.Directory
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var d desk.Directory
		err := rows.Scan(&d.ID, &d.Name, &d.Kind, &d.Place, flag(&d.Disabled), &d.Config, &d.Secret, flag(&d.Adopt), &d.Every,
			&d.MaxLoss, asJSON{&d.Groups}, &d.Run, when(&d.Next), flag(&d.Confirm), &d.Keep)
		list = append(list, d)
		return err
	}, `SELECT id, name, kind, place, disabled, config, secret, adopt, every, max_loss, groups, run, next, confirm, keep
		FROM directory ORDER BY place, id`)
	return list, tx.wrap(err, "list directories", "")
}

// Directory returns a directory.
func (tx *Tx) Directory(ctx context.Context, id desk.DirectoryID) (*desk.Directory, error) {
	list, err := tx.Directories(ctx)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].ID == id {
			return &list[i], nil
		}
	}
	return nil, noDirectory()
}

// ClaimDirectory returns the directory that is to be read, or nil, and puts its
// next reading off by the lease.
func (tx *Tx) ClaimDirectory(ctx context.Context, lease time.Duration) (*desk.Directory, error) {
	var id desk.DirectoryID
	now := tx.now()
	err := tx.row(ctx, `UPDATE directory SET next = $2, run = run + 1 WHERE id =
		(SELECT id FROM directory WHERE disabled = 0 AND next > 0 AND next <= $1 ORDER BY next, id LIMIT 1`+tx.d.skipLocked+`)
		RETURNING id`, micros(now), micros(now.Add(lease))).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, tx.wrap(err, "claim a directory", "")
	}
	return tx.Directory(ctx, id)
}

const directoryUserColumns = `user_id, directory, entry, run, gone`

func (tx *Tx) directoryUsers(ctx context.Context, rest string, args ...any) ([]desk.DirectoryUser, error) {
	var list []desk.DirectoryUser
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var u desk.DirectoryUser
		err := rows.Scan(&u.User, &u.Directory, &u.Entry, &u.Run, flag(&u.Gone))
		list = append(list, u)
		return err
	}, `SELECT `+directoryUserColumns+` FROM directory_user`+rest, args...)
	return list, tx.wrap(err, "read users of directories", "")
}

// DirectoryUser returns from which directory a user comes, or nil.
func (tx *Tx) DirectoryUser(ctx context.Context, id desk.UserID) (*desk.DirectoryUser, error) {
	list, err := tx.directoryUsers(ctx, ` WHERE user_id = $1`, int64(id))
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// DirectoryUsers returns those of the users who come from directories.
func (tx *Tx) DirectoryUsers(ctx context.Context, ids []desk.UserID) ([]desk.DirectoryUser, error) {
	return tx.directoryUsers(ctx, ` WHERE user_id IN (`+tx.d.inList(1)+`)`, tx.d.list(numbers(ids)))
}

// DirectoryEntries returns the users of a directory who have one of its
// entries.
func (tx *Tx) DirectoryEntries(ctx context.Context, id desk.DirectoryID, entries []string) ([]desk.DirectoryUser, error) {
	return tx.directoryUsers(ctx, ` WHERE directory = $1 AND entry IN (`+tx.d.inTexts(2)+`)`, int64(id), tx.d.texts(entries))
}

// DirectoryMissed lists users of a directory whom no reading since run has
// seen and who are not gone yet, up to a limit.
func (tx *Tx) DirectoryMissed(ctx context.Context, id desk.DirectoryID, run int64, limit int) ([]desk.DirectoryUser, error) {
	return tx.directoryUsers(ctx, ` WHERE directory = $1 AND run < $2 AND gone = 0 ORDER BY user_id`+limited("$3"), int64(id), run, limit)
}

// ReadingBefore returns the number of the latest reading that began at that
// moment or before and came to the directory's end; 0: there is none.
func (tx *Tx) ReadingBefore(ctx context.Context, id desk.DirectoryID, at time.Time) (int64, error) {
	var run int64
	err := tx.row(ctx, `SELECT coalesce(max(run), 0) FROM directory_report WHERE directory = $1 AND started <= $2 AND state IN ('done', 'stopped')`,
		int64(id), micros(at)).Scan(&run)
	return run, tx.wrap(err, "look for readings of directory", id)
}

// CountDirectory counts the users of a directory who are not gone, and those of
// them whom no reading since run has seen.
func (tx *Tx) CountDirectory(ctx context.Context, id desk.DirectoryID, run int64) (all, missed int, err error) {
	err = tx.row(ctx, `SELECT count(*), coalesce(sum(CASE WHEN run < $2 THEN 1 ELSE 0 END), 0)
		FROM directory_user WHERE directory = $1 AND gone = 0`, int64(id), run).Scan(&all, &missed)
	return all, missed, tx.wrap(err, "count the users of directory", id)
}

// SetDirectoryUser stores from which directory a user comes.
func (tx *Tx) SetDirectoryUser(ctx context.Context, u desk.DirectoryUser) error {
	_, err := tx.exec(ctx, `INSERT INTO directory_user (`+directoryUserColumns+`) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (user_id) DO UPDATE SET directory = $2, entry = $3, run = $4, gone = $5`,
		int64(u.User), int64(u.Directory), u.Entry, u.Run, bit(u.Gone))
	return tx.wrap(err, "keep the directory of user", u.User)
}

// SeenInDirectory notes that a reading has seen the users.
func (tx *Tx) SeenInDirectory(ctx context.Context, ids []desk.UserID, run int64) error {
	_, err := tx.exec(ctx, `UPDATE directory_user SET run = $2, gone = 0 WHERE user_id IN (`+tx.d.inList(1)+`)`, tx.d.list(numbers(ids)), run)
	return tx.wrap(err, "note who was seen in a directory", "")
}

// MembershipsFrom lists the direct memberships of the members that come from a
// source.
func (tx *Tx) MembershipsFrom(ctx context.Context, source string, members []desk.PrincipalID) ([]desk.Membership, error) {
	list, err := tx.memberships(ctx, ` WHERE source = $1 AND member IN (`+tx.d.inList(2)+`) ORDER BY member, group_id`, source, tx.d.list(numbers(members)))
	return list, tx.wrap(err, "list the memberships from", source)
}

// RenameSource gives memberships of a source another one.
func (tx *Tx) RenameSource(ctx context.Context, old, source string) error {
	_, err := tx.exec(ctx, `UPDATE membership SET source = $2 WHERE source = $1`, old, source)
	return tx.wrap(err, "rename the source", old)
}

const reportColumns = `id, directory, run, started, ended, state, seen, added, changed, unchanged, gone, bad, text`

// SaveSyncReport stores a report, a new one if it has no ID, which is then set.
func (tx *Tx) SaveSyncReport(ctx context.Context, r *desk.SyncReport) error {
	values := []any{int64(r.Directory), r.Run, micros(r.Started), micros(r.Ended), string(r.State), r.Read, r.Added, r.Changed, r.Unchanged, r.Gone, r.Bad, r.Text}
	if r.ID == 0 {
		err := tx.row(ctx, `INSERT INTO directory_report (directory, run, started, ended, state, seen, added, changed, unchanged, gone, bad, text)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id`, values...).Scan(&r.ID)
		return tx.wrap(err, "begin a report on directory", r.Directory)
	}
	_, err := tx.exec(ctx, `UPDATE directory_report SET directory = $1, run = $2, started = $3, ended = $4, state = $5, seen = $6,
		added = $7, changed = $8, unchanged = $9, gone = $10, bad = $11, text = $12 WHERE id = $13`, append(values, r.ID)...)
	return tx.wrap(err, "write the report", r.ID)
}

// SyncReports lists the reports on a directory, newest first.
func (tx *Tx) SyncReports(ctx context.Context, id desk.DirectoryID, limit int) ([]desk.SyncReport, error) {
	var list []desk.SyncReport
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var r desk.SyncReport
		err := rows.Scan(&r.ID, &r.Directory, &r.Run, when(&r.Started), when(&r.Ended), &r.State, &r.Read, &r.Added, &r.Changed, &r.Unchanged, &r.Gone, &r.Bad, &r.Text)
		list = append(list, r)
		return err
	}, `SELECT `+reportColumns+` FROM directory_report WHERE directory = $1 ORDER BY id DESC`+limited("$2"), int64(id), limit)
	return list, tx.wrap(err, "list the reports on directory", id)
}
