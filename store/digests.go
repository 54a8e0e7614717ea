package store

import (
	"context"
	"database/sql"
	"time"

	"gatehouse/desk"
)

// A DigestWish says that somebody wants the letters of a day as one.
type DigestWish struct {
	User desk.UserID
	Sent time.Time // when the last one was made, or when he chose it
}

// DigestWishes returns those of the users named who want digests; of all users,
// where none is named.
func (tx *Tx) DigestWishes(ctx context.Context, users ...desk.UserID) ([]DigestWish, error) {
	var w where
	if len(users) > 0 {
		w.conds = append(w.conds, in(tx.d, &w, "user_id", numbers(users)))
	}
	var list []DigestWish
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var d DigestWish
		err := rows.Scan(&d.User, when(&d.Sent))
		list = append(list, d)
		return err
	}, `SELECT user_id, sent FROM digest`+w.text()+` ORDER BY user_id`, w.args...)
	return list, tx.wrap(err, "read who wants digests", "")
}

// SetDigestWish stores that somebody wants digests, and when the last one was
// made.
func (tx *Tx) SetDigestWish(ctx context.Context, d DigestWish) error {
	_, err := tx.exec(ctx, `INSERT INTO digest (user_id, sent) VALUES ($1, $2) ON CONFLICT (user_id) DO UPDATE SET sent = excluded.sent`,
		int64(d.User), micros(d.Sent))
	return tx.wrap(err, "store that digests are wanted by", d.User)
}

// EndDigestWish forgets it. What was collected and is in no digest yet waits to
// be sent at once.
func (tx *Tx) EndDigestWish(ctx context.Context, user desk.UserID) error {
	if _, err := tx.exec(ctx, `DELETE FROM digest WHERE user_id = $1`, int64(user)); err != nil {
		return tx.wrap(err, "forget that digests are wanted by", user)
	}
	_, err := tx.exec(ctx, `UPDATE outbox SET state = 'waiting', next = $2 WHERE to_user = $1 AND state = 'collected' AND gathered_in = 0`,
		int64(user), micros(tx.now()))
	return tx.wrap(err, "send at once what was collected for", user)
}

// Gather puts what was collected for somebody, the oldest first, into a digest
// and returns how many letters that are.
func (tx *Tx) Gather(ctx context.Context, user desk.UserID, digest desk.OutboxID, limit int) (int64, error) {
	n, err := tx.exec(ctx, `UPDATE outbox SET gathered_in = $2 WHERE id IN
		(SELECT id FROM outbox WHERE to_user = $1 AND state = 'collected' AND gathered_in = 0 ORDER BY id`+limited(`$3`)+`)`,
		int64(user), int64(digest), limit)
	return n, tx.wrap(err, "gather letters for", user)
}

// Collected counts what was collected for somebody and is in no digest yet.
func (tx *Tx) Collected(ctx context.Context, user desk.UserID) (n int, err error) {
	err = tx.row(ctx, `SELECT count(*) FROM outbox WHERE to_user = $1 AND state = 'collected' AND gathered_in = 0`, int64(user)).Scan(&n)
	return n, tx.wrap(err, "count what was collected for", user)
}

// Gathered lists the letters that go in a digest, oldest first.
func (tx *Tx) Gathered(ctx context.Context, digest desk.OutboxID) ([]desk.Outgoing, error) {
	list, err := tx.outgoing(ctx, `SELECT `+outboxColumns+` FROM outbox WHERE gathered_in = $1 AND state = 'collected' ORDER BY ticket, id`, int64(digest))
	return list, tx.wrap(err, "read what goes in digest", digest)
}

// ForgetOutgoingBytes has a letter be composed anew.
func (tx *Tx) ForgetOutgoingBytes(ctx context.Context, id desk.OutboxID) error {
	_, err := tx.exec(ctx, `UPDATE outbox SET digest = NULL WHERE id = $1`, int64(id))
	return tx.wrap(err, "forget the bytes of letter", id)
}
