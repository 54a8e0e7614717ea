package store

import (
	"context"
	"database/sql"

	"gatehouse/desk"
)

// A Link leads from one ticket to another.
type Link struct {
	From desk.TicketID
	Type string // "refers-to", "depends-on", "parent", …
	To   desk.TicketID
}

// AddLink links one ticket to another. A link that is there stays.
func (tx *Tx) AddLink(ctx context.Context, l Link) error {
	_, err := tx.exec(ctx, `INSERT INTO link (ticket, type, target) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		int64(l.From), l.Type, int64(l.To))
	return tx.wrap(err, "link ticket", l.From)
}

// RemoveLink takes a link away.
func (tx *Tx) RemoveLink(ctx context.Context, l Link) error {
	n, err := tx.exec(ctx, `DELETE FROM link WHERE ticket = $1 AND type = $2 AND target = $3`, int64(l.From), l.Type, int64(l.To))
	if err == nil && n == 0 {
		return desk.Errorf(desk.NotFound, "There is no such link.")
	}
	return tx.wrap(err, "unlink ticket", l.From)
}

// Links lists the links from and to a ticket.
func (tx *Tx) Links(ctx context.Context, ticket desk.TicketID) ([]Link, error) {
	if list, ok := readAhead[Link](tx, "links", int64(ticket)); ok {
		return list, nil
	}
	var list []Link
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var l Link
		err := rows.Scan(&l.From, &l.Type, &l.To)
		list = append(list, l)
		return err
	}, `SELECT ticket, type, target FROM link WHERE ticket = $1 OR target = $1 ORDER BY type, ticket, target`, int64(ticket))
	return list, tx.wrap(err, "read the links of ticket", ticket)
}

// Squelch sets whether a user gets no letters about the ticket.
func (tx *Tx) Squelch(ctx context.Context, ticket desk.TicketID, user desk.UserID, on bool) error {
	statement := `DELETE FROM squelch WHERE ticket = $1 AND user_id = $2`
	if on {
		statement = `INSERT INTO squelch (ticket, user_id) VALUES ($1, $2)
			ON CONFLICT (ticket, user_id) DO UPDATE SET wanted = 0`
	}
	_, err := tx.exec(ctx, statement, int64(ticket), int64(user))
	return tx.wrap(err, "squelch on ticket", ticket)
}

// Squelched lists the users who get no letters about the ticket.
func (tx *Tx) Squelched(ctx context.Context, ticket desk.TicketID) ([]desk.UserID, error) {
	if list, ok := readAhead[desk.UserID](tx, "squelched", int64(ticket)); ok {
		return list, nil
	}
	return tx.squelches(ctx, ticket, 0)
}

// squelches lists the users who get no letters about the ticket, or with wanted 1
// those who want them in any case.
func (tx *Tx) squelches(ctx context.Context, ticket desk.TicketID, wanted int) ([]desk.UserID, error) {
	var list []desk.UserID
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id desk.UserID
		err := rows.Scan(&id)
		list = append(list, id)
		return err
	}, `SELECT user_id FROM squelch WHERE ticket = $1 AND wanted = $2 ORDER BY user_id`, int64(ticket), wanted)
	return list, tx.wrap(err, "read who wants which letters of ticket", ticket)
}

// RememberLetter notes to which ticket and message the letter with that
// Message-ID belongs. Noting it again changes nothing.
func (tx *Tx) RememberLetter(ctx context.Context, letterID string, ticket desk.TicketID, message desk.MessageID) error {
	_, err := tx.exec(ctx, `INSERT INTO letter (letter_id, ticket, message) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		letterID, int64(ticket), null(message))
	return tx.wrap(err, "remember a letter of ticket", ticket)
}

// TicketsByLetter returns the tickets to which letters with those Message-IDs
// belong, in the order of the ids given, each ticket once. Tickets that were
// merged stand as themselves.
func (tx *Tx) TicketsByLetter(ctx context.Context, letterIDs []string) ([]desk.TicketID, error) {
	var list []desk.TicketID
	seen := map[desk.TicketID]bool{}
	for _, letterID := range letterIDs {
		err := tx.each(ctx, func(rows *sql.Rows) error {
			var id desk.TicketID
			err := rows.Scan(&id)
			if !seen[id] {
				list = append(list, id)
			}
			seen[id] = true
			return err
		}, `SELECT ticket FROM letter WHERE letter_id = $1 ORDER BY ticket`, letterID)
		if err != nil {
			return nil, tx.wrap(err, "find the tickets of a letter", "")
		}
	}
	return list, nil
}

// MoveContent makes what was said on a ticket, and its history, that of another
// one, and notes what that is. Its subject, its people and its letters stay.
func (tx *Tx) MoveContent(ctx context.Context, from, to desk.TicketID) error {
	for _, statement := range []string{
		`DELETE FROM merged_part WHERE ticket = $1 AND $2 > 0`,
		`INSERT INTO merged_part (ticket, kind, part, role) SELECT ticket, 'message', id, 0 FROM message WHERE ticket = $1 AND $2 > 0`,
		`INSERT INTO merged_part (ticket, kind, part, role) SELECT ticket, 'event', id, 0 FROM event WHERE ticket = $1 AND $2 > 0`,
		`UPDATE message SET ticket = $2 WHERE ticket = $1`,
		`UPDATE attachment SET ticket = $2 WHERE ticket = $1`,
		`UPDATE event SET ticket = $2 WHERE ticket = $1`,
		`UPDATE document SET ticket = $2 WHERE ticket = $1 AND message IS NOT NULL`,
	} {
		if _, err := tx.exec(ctx, statement, int64(from), int64(to)); err != nil {
			return tx.wrap(err, "move what was said on ticket", from)
		}
	}
	return nil
}

// MoveBack takes what MoveContent moved out of a ticket again.
func (tx *Tx) MoveBack(ctx context.Context, from, to desk.TicketID) error {
	const messages = ` IN (SELECT part FROM merged_part WHERE ticket = $1 AND kind = 'message')`
	for _, statement := range []string{
		`UPDATE attachment SET ticket = $1 WHERE ticket = $2 AND message` + messages,
		`UPDATE document SET ticket = $1 WHERE ticket = $2 AND message` + messages,
		`UPDATE message SET ticket = $1 WHERE ticket = $2 AND id` + messages,
		`UPDATE event SET ticket = $1 WHERE ticket = $2 AND id IN (SELECT part FROM merged_part WHERE ticket = $1 AND kind = 'event')`,
		`DELETE FROM merged_part WHERE ticket = $1 AND $2 > 0`,
	} {
		if _, err := tx.exec(ctx, statement, int64(from), int64(to)); err != nil {
			return tx.wrap(err, "move back what was said on ticket", from)
		}
	}
	return nil
}

// NoteMergedHolder notes that somebody stands on a ticket since another one was
// merged into it.
func (tx *Tx) NoteMergedHolder(ctx context.Context, from desk.TicketID, h desk.Holder) error {
	_, err := tx.exec(ctx, `INSERT INTO merged_part (ticket, kind, part, role) VALUES ($1, 'holder', $2, $3) ON CONFLICT DO NOTHING`,
		int64(from), int64(h.Who), int64(h.Role))
	return tx.wrap(err, "note who came with ticket", from)
}

// MergedHolders lists those whom a ticket brought into the one that took it in.
func (tx *Tx) MergedHolders(ctx context.Context, from desk.TicketID) ([]desk.Holder, error) {
	var list []desk.Holder
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var h desk.Holder
		err := rows.Scan(&h.Who, &h.Role)
		list = append(list, h)
		return err
	}, `SELECT part, role FROM merged_part WHERE ticket = $1 AND kind = 'holder' ORDER BY role, part`, int64(from))
	return list, tx.wrap(err, "read who came with ticket", from)
}

// MergedTo returns, of those tickets that were merged, the ones that they are part
// of now.
func (tx *Tx) MergedTo(ctx context.Context, ids []desk.TicketID) (map[desk.TicketID]desk.TicketID, error) {
	to := map[desk.TicketID]desk.TicketID{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id, into desk.TicketID
		err := rows.Scan(&id, &into)
		to[id] = into
		return err
	}, `WITH RECURSIVE part (id, now, next) AS (SELECT id, id, merged_into FROM ticket WHERE merged_into IS NOT NULL AND id IN (`+tx.d.inList(1)+`)
		UNION ALL SELECT p.id, t.id, t.merged_into FROM part p JOIN ticket t ON t.id = p.next)
		SELECT id, now FROM part WHERE next IS NULL`, tx.d.list(numbers(ids)))
	return to, tx.wrap(err, "look where tickets were merged into", "")
}

// MergedInto lists the tickets that one took in itself.
func (tx *Tx) MergedInto(ctx context.Context, into desk.TicketID) ([]desk.TicketID, error) {
	var list []desk.TicketID
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id desk.TicketID
		err := rows.Scan(&id)
		list = append(list, id)
		return err
	}, `SELECT id FROM ticket WHERE merged_into = $1 AND id IN (SELECT ticket FROM merged_part) ORDER BY id`, int64(into))
	return list, tx.wrap(err, "read what was merged into ticket", into)
}
