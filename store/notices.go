package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"gatehouse/desk"
)

// ChangedNotices says that what somebody is told in the pages has changed.
const ChangedNotices desk.EventKind = "notices"

// AddNotice tells somebody of something. What he has not read of the same kind
// about the same becomes one notice with it, so that he has few.
func (tx *Tx) AddNotice(ctx context.Context, n *desk.Notice) error {
	tx.changedFor(n.User)
	again, err := tx.exec(ctx, `UPDATE notice SET by_user = $5, internal = $6, at = $7, times = times + 1
		WHERE user_id = $1 AND ticket = $2 AND kind = $3 AND about = $4 AND internal = $6 AND seen = 0`,
		int64(n.User), int64(n.Ticket), string(n.Kind), n.About, null(n.By), bit(n.Internal), micros(n.At))
	if err != nil || again > 0 {
		return tx.wrap(err, "tell again user", n.User)
	}
	err = tx.row(ctx, `INSERT INTO notice (user_id, ticket, kind, about, by_user, internal, at, times, seen) VALUES ($1, $2, $3, $4, $5, $6, $7, 1, 0) RETURNING id`,
		int64(n.User), int64(n.Ticket), string(n.Kind), n.About, null(n.By), bit(n.Internal), micros(n.At)).Scan(&n.ID)
	return tx.wrap(err, "tell user", n.User)
}

// Notices lists what somebody was told, the latest first: all, or what he has not
// read; with after only what comes behind that.
func (tx *Tx) Notices(ctx context.Context, user desk.UserID, unread bool, after *desk.Notice, limit int) ([]desk.Notice, error) {
	var list []desk.Notice
	which := ""
	if unread {
		which = ` AND seen = 0`
	}
	args := []any{int64(user), limit}
	if after != nil {
		which += ` AND (at < $3 OR at = $3 AND id < $4)`
		args = append(args, micros(after.At), int64(after.ID))
	}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var n desk.Notice
		err := rows.Scan(&n.ID, &n.User, &n.Ticket, &n.Kind, ref(&n.By), &n.About, flag(&n.Internal), when(&n.At), &n.Times, when(&n.Read))
		list = append(list, n)
		return err
	}, `SELECT id, user_id, ticket, kind, by_user, about, internal, at, times, seen FROM notice WHERE user_id = $1`+which+` ORDER BY at DESC, id DESC`+limited("$2"), args...)
	return list, tx.wrap(err, "list what was told to user", user)
}

// SetNotice notes that somebody has read one of his notices, or with a zero moment
// that he has not, and reports whether there is such a one.
func (tx *Tx) SetNotice(ctx context.Context, user desk.UserID, id desk.NoticeID, read time.Time) (bool, error) {
	tx.changedFor(user)
	n, err := tx.exec(ctx, `UPDATE notice SET seen = $3 WHERE id = $1 AND user_id = $2`, int64(id), int64(user), micros(read))
	return n > 0, tx.wrap(err, "note what was read by user", user)
}

// ReadNotices notes that somebody has read his notices: of a ticket and of those
// that were merged into it, or with zero all. It returns how many there were.
func (tx *Tx) ReadNotices(ctx context.Context, user desk.UserID, ticket desk.TicketID, read time.Time) (int, error) {
	n, err := tx.exec(ctx, `UPDATE notice SET seen = $3 WHERE user_id = $1 AND seen = 0
		AND (CAST($2 AS BIGINT) = 0 OR ticket = $2 OR ticket IN (SELECT id FROM ticket WHERE merged_into = $2))`, int64(user), int64(ticket), micros(read))
	if n > 0 {
		tx.changedFor(user)
	}
	return int(n), tx.wrap(err, "note what was read by user", user)
}

// PruneNotices forgets notices from before a moment, and of each person all but
// the latest.
func (tx *Tx) PruneNotices(ctx context.Context, before time.Time, keep int) error {
	if _, err := tx.exec(ctx, `DELETE FROM notice WHERE at < $1`, micros(before)); err != nil {
		return tx.wrap(err, "forget old notices", "")
	}
	_, err := tx.exec(ctx, `DELETE FROM notice WHERE id IN (SELECT id FROM
		(SELECT id, row_number() OVER (PARTITION BY user_id ORDER BY at DESC, id DESC) AS place FROM notice) AS placed WHERE place > $1)`, keep)
	return tx.wrap(err, "forget many notices", "")
}

// A Reading is how far somebody has read a ticket.
type Reading struct {
	Upto   desk.MessageID // zero: he has not
	Marked bool           // he wants to find it unread
	Newest desk.MessageID // that he may see
	Told   int            // notices of the ticket that he has not read
}

// Reading returns how far somebody has read a ticket, with comments or without.
func (tx *Tx) Reading(ctx context.Context, user desk.UserID, ticket desk.TicketID, comments bool) (Reading, error) {
	var r Reading
	err := tx.row(ctx, `SELECT coalesce((SELECT upto FROM reading WHERE user_id = $1 AND ticket = $2), 0),
		coalesce((SELECT marked FROM reading WHERE user_id = $1 AND ticket = $2), 0),
		coalesce((SELECT id FROM message WHERE ticket = $2 AND (kind = $3 OR $4 = 1) ORDER BY id DESC LIMIT 1), 0),
		(SELECT count(*) FROM notice WHERE user_id = $1 AND seen = 0 AND (ticket = $2 OR ticket IN (SELECT id FROM ticket WHERE merged_into = $2)))`,
		int64(user), int64(ticket), int64(desk.Reply), bit(comments)).Scan(&r.Upto, flag(&r.Marked), &r.Newest, &r.Told)
	return r, tx.wrap(err, "read how far was read of ticket", ticket)
}

// SetReading notes up to which message somebody has read a ticket, or that he
// wants to find it unread; what else a Reading says does not count.
func (tx *Tx) SetReading(ctx context.Context, user desk.UserID, ticket desk.TicketID, r Reading, at time.Time) error {
	_, err := tx.exec(ctx, `INSERT INTO reading (user_id, ticket, upto, marked, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (user_id, ticket) DO UPDATE SET upto = excluded.upto, marked = excluded.marked, at = excluded.at`,
		int64(user), int64(ticket), int64(r.Upto), bit(r.Marked), micros(at))
	return tx.wrap(err, "note how far was read of ticket", ticket)
}

// ReadUntil returns the moment before which all counts as read by somebody.
func (tx *Tx) ReadUntil(ctx context.Context, user desk.UserID) (time.Time, error) {
	var at time.Time
	err := tx.row(ctx, `SELECT CASE WHEN read_until > created THEN read_until ELSE created END FROM desk_user WHERE id = $1`, int64(user)).Scan(when(&at))
	return at, tx.found(err, "read what counts as read by user", user, "There is no such user.")
}

// Unread returns those of some tickets on which others wrote since a moment what
// somebody has not read, or which he wants to find unread. comments are the
// tickets whose comments he may read.
func (tx *Tx) Unread(ctx context.Context, user desk.UserID, since time.Time, ids, comments []desk.TicketID) (map[desk.TicketID]bool, error) {
	unread := map[desk.TicketID]bool{}
	if len(ids) == 0 {
		return unread, nil
	}
	statement := `SELECT t.id FROM ticket t LEFT JOIN reading r ON r.ticket = t.id AND r.user_id = $3 WHERE t.id IN (` + tx.d.inList(1) + `)
		AND (coalesce(r.marked, 0) = 1 OR t.updated > $4 AND EXISTS (SELECT 1 FROM message m WHERE m.ticket = t.id AND m.id > coalesce(r.upto, 0)
			AND m.at > $4 AND coalesce(m.author, 0) <> $3 AND (m.kind = $5 OR t.id IN (` + tx.d.inList(2) + `))))`
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id desk.TicketID
		err := rows.Scan(&id)
		unread[id] = true
		return err
	}, strings.TrimSpace(statement), tx.d.list(numbers(ids)), tx.d.list(numbers(comments)), int64(user), micros(since), int64(desk.Reply))
	return unread, tx.wrap(err, "look for what is unread by user", user)
}

// PruneReadings forgets how far tickets were read before a moment.
func (tx *Tx) PruneReadings(ctx context.Context, before time.Time) error {
	_, err := tx.exec(ctx, `DELETE FROM reading WHERE at < $1`, micros(before))
	return tx.wrap(err, "forget what was read", "")
}
