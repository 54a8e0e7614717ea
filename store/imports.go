package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"gatehouse/desk"
)

const importColumns = `id, by_user, via, kind, name, at, ended, state, places, skip_bad, lines, next`

// InsertImport stores a file that is to be brought in, and sets its ID.
func (tx *Tx) InsertImport(ctx context.Context, i *desk.Import, content []byte) error {
	places, err := json.Marshal(i.Places)
	if err != nil {
		return tx.wrap(err, "keep the file", i.Name)
	}
	err = tx.row(ctx, `INSERT INTO import_file (by_user, via, kind, name, at, ended, state, places, skip_bad, lines, report, next, content)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id`,
		int64(i.By), string(i.Via), i.Kind, i.Name, micros(i.At), micros(i.Ended), string(i.State), string(places), bit(i.SkipBad), i.Lines, "",
		micros(i.Next), content).Scan(&i.ID)
	return tx.wrap(err, "keep the file", i.Name)
}

// UpdateImport stores how far a file is, with the report of what it did or
// would do; nil: there is none.
func (tx *Tx) UpdateImport(ctx context.Context, i *desk.Import, report any) error {
	places, err := json.Marshal(i.Places)
	text := []byte("")
	if err == nil && report != nil {
		text, err = json.Marshal(report)
	}
	if err != nil {
		return tx.wrap(err, "change import", i.ID)
	}
	n, err := tx.exec(ctx, `UPDATE import_file SET ended = $2, state = $3, places = $4, skip_bad = $5, lines = $6, report = $7, next = $8 WHERE id = $1`,
		int64(i.ID), micros(i.Ended), string(i.State), string(places), bit(i.SkipBad), i.Lines, string(text), micros(i.Next))
	if err == nil && n == 0 {
		return noImport()
	}
	return tx.wrap(err, "change import", i.ID)
}

func noImport() error { return desk.Errorf(desk.NotFound, "There is no such file.") }

func (tx *Tx) imports(ctx context.Context, rest string, args ...any) ([]desk.Import, error) {
	var list []desk.Import
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var i desk.Import
		err := rows.Scan(&i.ID, &i.By, &i.Via, &i.Kind, &i.Name, when(&i.At), when(&i.Ended), &i.State, asJSON{&i.Places}, flag(&i.SkipBad), &i.Lines, when(&i.Next))
		list = append(list, i)
		return err
	}, `SELECT `+importColumns+` FROM import_file`+rest, args...)
	return list, err
}

// Imports lists the files of a user, newest first.
func (tx *Tx) Imports(ctx context.Context, by desk.UserID, limit int) ([]desk.Import, error) {
	list, err := tx.imports(ctx, ` WHERE by_user = $1 ORDER BY id DESC`+limited("$2"), int64(by), limit)
	return list, tx.wrap(err, "list the files of user", by)
}

// Import returns a file.
func (tx *Tx) Import(ctx context.Context, id desk.ImportID) (*desk.Import, error) {
	list, err := tx.imports(ctx, ` WHERE id = $1`, int64(id))
	if err == nil && len(list) == 0 {
		return nil, noImport()
	}
	if err != nil {
		return nil, tx.wrap(err, "read import", id)
	}
	return &list[0], nil
}

// ImportReport reads the report of a file, and says whether there is one.
func (tx *Tx) ImportReport(ctx context.Context, id desk.ImportID, to any) (bool, error) {
	var text string
	err := tx.row(ctx, `SELECT report FROM import_file WHERE id = $1`, int64(id)).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return false, noImport()
	}
	if err != nil || text == "" {
		return false, tx.wrap(err, "read the report of import", id)
	}
	return true, tx.wrap(json.Unmarshal([]byte(text), to), "read the report of import", id)
}

// ImportContent returns what stands in a file; nothing: it was brought in.
func (tx *Tx) ImportContent(ctx context.Context, id desk.ImportID) ([]byte, error) {
	var content []byte
	err := tx.row(ctx, `SELECT content FROM import_file WHERE id = $1`, int64(id)).Scan(&content)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noImport()
	}
	return content, tx.wrap(err, "read the file of import", id)
}

// DropImportContent forgets what stands in a file.
func (tx *Tx) DropImportContent(ctx context.Context, id desk.ImportID) error {
	_, err := tx.exec(ctx, `UPDATE import_file SET content = NULL WHERE id = $1`, int64(id))
	return tx.wrap(err, "forget the file of import", id)
}

// DropImports forgets the files of a user but for the newest ones and those
// that a job has.
func (tx *Tx) DropImports(ctx context.Context, by desk.UserID, keep int) error {
	_, err := tx.exec(ctx, `DELETE FROM import_file WHERE by_user = $1 AND next = 0 AND id NOT IN
		(SELECT id FROM import_file WHERE by_user = $1 ORDER BY id DESC`+limited("$2")+`)`, int64(by), keep)
	return tx.wrap(err, "forget old files of user", by)
}

// DropWaitingImports forgets files that were sent before a moment and never
// brought in, with what stands in them, but for those that a job has.
func (tx *Tx) DropWaitingImports(ctx context.Context, before time.Time) error {
	_, err := tx.exec(ctx, `DELETE FROM import_file WHERE next = 0 AND state <> $1 AND at < $2`, string(desk.ImportDone), micros(before))
	return tx.wrap(err, "forget files that were never brought in", "")
}

// ClaimImport returns the file that a job is to take, or nil, and keeps others
// from it for the time of the lease.
func (tx *Tx) ClaimImport(ctx context.Context, lease time.Duration) (*desk.Import, error) {
	var id desk.ImportID
	now := tx.now()
	err := tx.row(ctx, `UPDATE import_file SET next = $2 WHERE id =
		(SELECT id FROM import_file WHERE next > 0 AND next <= $1 ORDER BY next, id LIMIT 1`+tx.d.skipLocked+`)
		RETURNING id`, micros(now), micros(now.Add(lease))).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, tx.wrap(err, "claim a file", "")
	}
	return tx.Import(ctx, id)
}
