package store

import (
	"context"
	"database/sql"

	"gatehouse/desk"
)

// AddPending stores that somebody waits to become a member of a customer, and
// reports whether he did not before. Who was refused stays so.
func (tx *Tx) AddPending(ctx context.Context, p desk.PendingMember) (bool, error) {
	n, err := tx.exec(ctx, `INSERT INTO pending_member (customer, user_id, domain, since, refused)
		VALUES ($1, $2, $3, $4, 0) ON CONFLICT DO NOTHING`, int64(p.Customer), int64(p.User), p.Domain, micros(p.Since))
	return n > 0, tx.wrap(err, "store who waits to join customer", p.Customer)
}

// Pending lists who waits to become a member of a customer and was not refused,
// the longest first, up to a limit.
func (tx *Tx) Pending(ctx context.Context, customer desk.CustomerID, limit int) ([]desk.PendingMember, error) {
	var list []desk.PendingMember
	err := tx.each(ctx, func(rows *sql.Rows) error {
		p := desk.PendingMember{Customer: customer}
		err := rows.Scan(&p.User, &p.Domain, when(&p.Since))
		list = append(list, p)
		return err
	}, `SELECT user_id, domain, since FROM pending_member WHERE customer = $1 AND refused = 0 ORDER BY since, user_id`+limited("$2"),
		int64(customer), limit)
	return list, tx.wrap(err, "list who waits to join customer", customer)
}

const notPending = "Nobody like that waits for this customer any more."

// EndPending forgets that somebody waits. Where he does not, that is an error of
// kind NotFound, so that of two who decide at once one is told.
func (tx *Tx) EndPending(ctx context.Context, customer desk.CustomerID, user desk.UserID) error {
	n, err := tx.exec(ctx, `DELETE FROM pending_member WHERE customer = $1 AND user_id = $2 AND refused = 0`, int64(customer), int64(user))
	if err == nil && n == 0 {
		return desk.Errorf(desk.NotFound, notPending)
	}
	return tx.wrap(err, "end the waiting for customer", customer)
}

// RefusePending keeps that somebody was refused, so that he is not asked about
// again. Where he does not wait, that is an error of kind NotFound.
func (tx *Tx) RefusePending(ctx context.Context, customer desk.CustomerID, user desk.UserID) error {
	n, err := tx.exec(ctx, `UPDATE pending_member SET refused = 1 WHERE customer = $1 AND user_id = $2 AND refused = 0`, int64(customer), int64(user))
	if err == nil && n == 0 {
		return desk.Errorf(desk.NotFound, notPending)
	}
	return tx.wrap(err, "refuse who waits for customer", customer)
}
