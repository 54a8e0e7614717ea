package store

import (
	"context"
	"database/sql"

	"gatehouse/desk"
)

// Begun is how far a new desk is.
type Begun struct {
	Second   bool           // the user has a second factor
	Named    bool           // the desk was given a name
	Sent     bool           // a letter went out
	Took     bool           // a letter came in
	Agents   int            // how many are enabled, two at the most
	Peopled  bool           // somebody belongs to an enabled customer
	Answered bool           // an agent replied, ever, to somebody else's ticket
	Queues   []desk.QueueID // those that are enabled
}

// Begun looks, in one statement, how far the desk is, for a user; name is that
// of the setting which names the desk.
func (tx *Tx) Begun(ctx context.Context, user desk.UserID, name string) (*Begun, error) {
	b := &Begun{}
	says := map[string]*bool{"second": &b.Second, "named": &b.Named, "sent": &b.Sent, "took": &b.Took, "peopled": &b.Peopled, "answered": &b.Answered}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var what string
		var of int64
		err := rows.Scan(&what, &of)
		switch {
		case what == "queue":
			b.Queues = append(b.Queues, desk.QueueID(of))
		case what == "agent":
			b.Agents++
		case says[what] != nil:
			*says[what] = true
		}
		return err
	}, `SELECT 'queue' AS what, id AS of_it FROM queue WHERE disabled = 0
		UNION ALL SELECT 'agent', id FROM (SELECT id FROM desk_user WHERE kind = $1 AND disabled = 0 LIMIT 2) AS agents
		UNION ALL SELECT 'second', 0 WHERE EXISTS (SELECT 1 FROM code_app WHERE user_id = $2) OR EXISTS (SELECT 1 FROM passkey WHERE user_id = $2)
		UNION ALL SELECT 'named', 0 WHERE EXISTS (SELECT 1 FROM setting WHERE name = $3 AND value <> '')
		UNION ALL SELECT 'sent', 0 WHERE EXISTS (SELECT 1 FROM outbox WHERE state = $4)
		UNION ALL SELECT 'took', 0 WHERE EXISTS (SELECT 1 FROM spool)
		UNION ALL SELECT 'peopled', 0 WHERE EXISTS (SELECT 1 FROM membership m JOIN customer c ON c.id = m.group_id JOIN desk_user u ON u.id = m.member WHERE c.disabled = 0)
		UNION ALL SELECT 'answered', 0 WHERE EXISTS (SELECT 1 FROM message m JOIN desk_user u ON u.id = m.author JOIN ticket t ON t.id = m.ticket
			WHERE m.kind = $5 AND u.kind = $1 AND (t.reporter IS NULL OR t.reporter <> m.author))`,
		int64(desk.Agent), int64(user), name, string(desk.OutSent), int64(desk.Reply))
	return b, tx.wrap(err, "look how far the desk is for user", user)
}
