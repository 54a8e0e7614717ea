package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"gatehouse/desk"
)

// InsertHeld stores a held reply with its files and sets its ID.
func (tx *Tx) InsertHeld(ctx context.Context, h *desk.Held) error {
	what, err := json.Marshal(h.Text)
	if err != nil {
		return tx.wrap(err, "write a held reply on ticket", h.Ticket)
	}
	err = tx.row(ctx, `INSERT INTO held_reply (user_id, via, ticket, what, at, due, refused) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
		int64(h.User), string(h.Via), int64(h.Ticket), string(what), micros(h.At), micros(h.Due), h.Refused).Scan(&h.ID)
	if err != nil {
		return tx.wrap(err, "hold a reply on ticket", h.Ticket)
	}
	for place, f := range h.Files {
		digest, err := tx.putBlob(ctx, f.Data)
		if err != nil {
			return err
		}
		_, err = tx.exec(ctx, `INSERT INTO held_file (held, place, name, type, size, digest) VALUES ($1, $2, $3, $4, $5, $6)`,
			int64(h.ID), place, f.Name, f.Type, len(f.Data), digest)
		if err != nil {
			return tx.wrap(err, "hold a file of reply", h.ID)
		}
	}
	return nil
}

const heldColumns = `SELECT id, user_id, via, ticket, what, at, due, refused FROM held_reply`

func heldFields(h *desk.Held) []any {
	return []any{&h.ID, &h.User, &h.Via, &h.Ticket, asJSON{&h.Text}, when(&h.At), when(&h.Due), &h.Refused}
}

// Held returns a held reply with its files and what is in them, and keeps
// others from it until the transaction ends, where that one writes.
func (tx *Tx) Held(ctx context.Context, id desk.HeldID) (*desk.Held, error) {
	var h desk.Held
	lock := ""
	if tx.write {
		lock = tx.d.lockRow
	}
	err := tx.row(ctx, heldColumns+` WHERE id = $1`+lock, int64(id)).Scan(heldFields(&h)...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noHeld(id)
	}
	if err != nil {
		return nil, tx.wrap(err, "read held reply", id)
	}
	var digests []string
	h.Files, digests, err = tx.heldFiles(ctx, id)
	for i := range h.Files {
		if err == nil {
			h.Files[i].Data, err = tx.blob(ctx, digests[i])
		}
	}
	return &h, err
}

func noHeld(id desk.HeldID) error {
	return desk.Errorf(desk.NotFound, "There is no held reply %d.", id)
}

func (tx *Tx) heldFiles(ctx context.Context, id desk.HeldID) (files []desk.Attachment, digests []string, err error) {
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var f desk.Attachment
		var digest string
		err := rows.Scan(&f.Name, &f.Type, &f.Size, &digest)
		files, digests = append(files, f), append(digests, digest)
		return err
	}, `SELECT name, type, size, digest FROM held_file WHERE held = $1 ORDER BY place`, int64(id))
	return files, digests, tx.wrap(err, "list the files of held reply", id)
}

// HeldOf lists the held replies of a user, the oldest first, with the names of
// their files: on a ticket, or with zero on all.
func (tx *Tx) HeldOf(ctx context.Context, user desk.UserID, ticket desk.TicketID) ([]desk.Held, error) {
	var list []desk.Held
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var h desk.Held
		err := rows.Scan(heldFields(&h)...)
		list = append(list, h)
		return err
	}, heldColumns+` WHERE user_id = $1 AND (ticket = $2 OR $2 = 0) ORDER BY id`, int64(user), int64(ticket))
	for i := range list {
		if err == nil {
			list[i].Files, _, err = tx.heldFiles(ctx, list[i].ID)
		}
	}
	return list, tx.wrap(err, "list the held replies of user", user)
}

// HeldByOthers lists who else has a reply held on a ticket that is going to be
// written.
func (tx *Tx) HeldByOthers(ctx context.Context, ticket desk.TicketID, user desk.UserID) ([]desk.UserID, error) {
	list, err := tx.numbers(ctx, `SELECT DISTINCT user_id FROM held_reply WHERE ticket = $1 AND user_id <> $2 AND refused = '' ORDER BY user_id`, int64(ticket), int64(user))
	users := make([]desk.UserID, len(list))
	for i, id := range list {
		users[i] = desk.UserID(id)
	}
	return users, tx.wrap(err, "look for held replies on ticket", ticket)
}

// RefuseHeld records why a held reply could not be written.
func (tx *Tx) RefuseHeld(ctx context.Context, id desk.HeldID, why string) error {
	_, err := tx.exec(ctx, `UPDATE held_reply SET refused = $2 WHERE id = $1`, int64(id), why)
	return tx.wrap(err, "refuse held reply", id)
}

// DeleteHeld takes a held reply away, with contents that are nobody else's.
func (tx *Tx) DeleteHeld(ctx context.Context, id desk.HeldID) error {
	_, digests, err := tx.heldFiles(ctx, id)
	if err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `DELETE FROM held_file WHERE held = $1`, int64(id)); err != nil {
		return tx.wrap(err, "take away the files of held reply", id)
	}
	n, err := tx.exec(ctx, `DELETE FROM held_reply WHERE id = $1`, int64(id))
	if err == nil && n == 0 {
		return noHeld(id)
	}
	if err != nil || len(digests) == 0 {
		return tx.wrap(err, "take away held reply", id)
	}
	refs, err := tx.references(ctx)
	if err != nil {
		return fmt.Errorf("taking away held reply %d: %w", id, err)
	}
	return tx.dropContents(ctx, refs, digests)
}
