package store

import (
	"context"
	"database/sql"

	"gatehouse/desk"
)

// SetQuiet sets whether a direct member of a customer is told of its tickets
// only where he stands on them himself. That is no part of access: the access
// version stays.
func (tx *Tx) SetQuiet(ctx context.Context, group, member desk.PrincipalID, quiet bool) error {
	n, err := tx.exec(ctx, `UPDATE membership SET quiet = $3 WHERE group_id = $1 AND member = $2`, int64(group), int64(member), bit(quiet))
	if err == nil && n == 0 {
		return desk.Errorf(desk.NotFound, noMember)
	}
	return tx.wrap(err, "change the letters of a member of", group)
}

// Quiet returns those of the members' customers of whose tickets they are told
// only where they stand on them themselves, by number; members without are not
// in the map.
func (tx *Tx) Quiet(ctx context.Context, members []desk.PrincipalID) (map[desk.PrincipalID][]desk.PrincipalID, error) {
	quiet := map[desk.PrincipalID][]desk.PrincipalID{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var member, group desk.PrincipalID
		err := rows.Scan(&member, &group)
		quiet[member] = append(quiet[member], group)
		return err
	}, `SELECT member, group_id FROM membership WHERE quiet = 1 AND member IN (`+tx.d.inList(1)+`) ORDER BY member, group_id`, tx.d.list(numbers(members)))
	return quiet, tx.wrap(err, "read whose customers are quiet", "")
}

// Want notes that a user wants the letters of a ticket, whatever he wants of
// other tickets of his customers. Squelch ends that.
func (tx *Tx) Want(ctx context.Context, ticket desk.TicketID, user desk.UserID) error {
	_, err := tx.exec(ctx, `INSERT INTO squelch (ticket, user_id, wanted) VALUES ($1, $2, 1)
		ON CONFLICT (ticket, user_id) DO UPDATE SET wanted = 1`, int64(ticket), int64(user))
	return tx.wrap(err, "note who wants the letters of ticket", ticket)
}

// Wanted lists the users who want the letters of the ticket.
func (tx *Tx) Wanted(ctx context.Context, ticket desk.TicketID) ([]desk.UserID, error) {
	return tx.squelches(ctx, ticket, 1)
}
