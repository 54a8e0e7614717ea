package store

import "context"

// Totals counts what there is at the desk, disabled things included.
type Totals struct {
	Users, Customers, Groups, Queues, Grants int
}

// Totals counts users, customers, groups, queues and grants.
func (tx *Tx) Totals(ctx context.Context) (Totals, error) {
	var t Totals
	err := tx.row(ctx, `SELECT
		(SELECT count(*) FROM desk_user), (SELECT count(*) FROM customer), (SELECT count(*) FROM desk_group),
		(SELECT count(*) FROM queue), (SELECT count(*) FROM desk_grant)`).
		Scan(&t.Users, &t.Customers, &t.Groups, &t.Queues, &t.Grants)
	return t, tx.wrap(err, "count what there is", "")
}
