package store

import (
	"context"
	"fmt"

	"gatehouse/desk"
)

// A ticket keeps who asks, as lists show him, and its first customer, so that
// lists can be sorted by their names.

// shown are the expressions for these two: reporter is who reported the ticket,
// and the parameters from n on are who stands on it as Requestor and as Customer.
func (d *dialect) shown(reporter string, n int) (asker, customer string) {
	least := func(table string, n int) string {
		return `(SELECT min(p.id) FROM ` + table + ` p WHERE p.id IN (` + d.inList(n) + `))`
	}
	return firstShown(least("desk_user", n), reporter, least("customer", n), least("desk_group", n)), least("customer", n+1)
}

// firstShown is the person who stands as Requestor, else the contact who reported
// the ticket, else the customer or the group that stands there.
func firstShown(person, reporter, customer, group string) string {
	return fmt.Sprintf(`coalesce(%s, (SELECT r.id FROM desk_user r WHERE r.id = %s AND r.kind = %d), %s, %s)`, person, reporter, desk.Contact, customer, group)
}

// settleShown brings the two up to date where holders were written without their
// ticket.
func (tx *Tx) settleShown(ctx context.Context, cond string, args ...any) error {
	least := func(table string, role desk.RoleID) string {
		return `(SELECT min(p.id) FROM holder h JOIN ` + table + ` p ON p.id = h.who WHERE h.ticket = ticket.id AND ` + roleIs("h", role) + `)`
	}
	asker := firstShown(least("desk_user", desk.Requestor), "ticket.reporter", least("customer", desk.Requestor), least("desk_group", desk.Requestor))
	_, err := tx.exec(ctx, `UPDATE ticket SET asker = `+asker+`, customer = `+least("customer", desk.CustomerRole)+` WHERE `+cond, args...)
	return tx.wrap(err, "note who asks", "")
}
