package store

import (
	"context"

	"gatehouse/desk"
)

// MergeUser gives what a user has on tickets, and his addresses, to another
// one: what he stands as, reported and owns, what he is not told of, and the
// letters that wait for him and not for the other. His sessions and tokens end.
// What he wrote and did stays his. A login of his that is one of the addresses
// is changed, so that it names the other.
func (tx *Tx) MergeUser(ctx context.Context, from, into desk.UserID) error {
	for _, statement := range []string{
		`UPDATE holder SET who = $2 WHERE who = $1 AND NOT EXISTS
			(SELECT 1 FROM holder h WHERE h.ticket = holder.ticket AND h.role = holder.role AND h.who = $2)`,
		`DELETE FROM holder WHERE who = $1 AND who <> $2`,
		`UPDATE ticket SET version = version + 1, reporter = CASE WHEN reporter = $1 THEN $2 ELSE reporter END,
			owner = CASE WHEN owner = $1 THEN $2 ELSE owner END WHERE reporter = $1 OR owner = $1`,
		`INSERT INTO squelch (ticket, user_id, wanted) SELECT ticket, CAST($2 AS BIGINT), wanted FROM squelch WHERE user_id = $1 AND user_id <> $2 ON CONFLICT DO NOTHING`,
		`DELETE FROM squelch WHERE user_id = $1 AND user_id <> $2`,
		`UPDATE outbox SET to_user = $2 WHERE to_user = $1 AND state = 'waiting' AND NOT EXISTS
			(SELECT 1 FROM outbox o WHERE o.to_user = $2 AND o.event = outbox.event AND o.kind = outbox.kind)`,
		`DELETE FROM session WHERE user_id = $1 AND user_id <> $2`,
		`DELETE FROM token WHERE user_id = $1 AND user_id <> $2`,
		`DELETE FROM draft WHERE user_id = $1 AND user_id <> $2`,
		`DELETE FROM notice WHERE user_id = $1 AND user_id <> $2`,
		`DELETE FROM reading WHERE user_id = $1 AND user_id <> $2`,
		`DELETE FROM code_app WHERE user_id = $1 AND user_id <> $2`,
		`DELETE FROM recovery_code WHERE user_id = $1 AND user_id <> $2`,
		`DELETE FROM own_keys WHERE user_id = $1 AND user_id <> $2`,
		`DELETE FROM passkey WHERE user_id = $1 AND user_id <> $2`,
		`DELETE FROM outside_login WHERE user_id = $1 AND user_id <> $2`,
		`DELETE FROM pending_member WHERE user_id = $1 AND user_id <> $2`,
		`UPDATE desk_user SET login = login || ' #' || CAST(id AS TEXT), folded = folded || ' #' || CAST(id AS TEXT)
			WHERE id = $1 AND id <> $2 AND folded IN (SELECT folded FROM user_address WHERE user_id = $1)`,
		`UPDATE user_address SET user_id = $2, place = place + 1 +
			(SELECT coalesce(max(a.place), -1) FROM user_address a WHERE a.user_id = $2) WHERE user_id = $1`,
	} {
		if _, err := tx.exec(ctx, statement, int64(from), int64(into)); err != nil {
			return tx.wrap(err, "merge user", from)
		}
	}
	return tx.settleShown(ctx, `asker IN ($1, $2) OR id IN (SELECT ticket FROM holder WHERE who = $2)`, int64(from), int64(into))
}
