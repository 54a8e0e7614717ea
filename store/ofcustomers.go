package store

import (
	"context"
	"database/sql"

	"gatehouse/desk"
)

// CountOpen counts the tickets within the scope that are still to be done, of
// each of some customers and each up to limit+1, in one statement. A customer
// without any is not in the answer.
func (tx *Tx) CountOpen(ctx context.Context, s *desk.Scope, of []desk.CustomerID, limit int) (map[desk.CustomerID]int, error) {
	if err := tx.flushCounts(ctx); err != nil {
		return nil, err
	}
	counts := map[desk.CustomerID]int{}
	if s.Empty() || len(of) == 0 {
		return counts, nil
	}
	var w where
	held := "SELECT 1 FROM holder f CROSS JOIN ticket t WHERE f.who = c.id AND f.state = 2 AND " + roleIs("f", desk.CustomerRole) +
		" AND t.id = f.ticket AND t.state = 2 AND " + newScoped(tx.d, &w, s).inScope()
	if s.All {
		held = "SELECT 1 FROM holder f WHERE f.who = c.id AND f.state = 2 AND " + roleIs("f", desk.CustomerRole)
	}
	statement, args := w.bind("SELECT c.id, (SELECT count(*) FROM (" + held + limited(w.arg(limit+1)) + ") AS held) FROM customer c WHERE " + in(tx.d, &w, "c.id", numbers(of)))
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var c desk.CustomerID
		var n int
		err := rows.Scan(&c, &n)
		if n > 0 {
			counts[c] = n
		}
		return err
	}, statement, args...)
	return counts, tx.wrap(err, "count the tickets of customers", "")
}

// OfOneCustomer returns the customer where a filter finds the open tickets of one,
// and no others.
func (f *TicketFilter) OfOneCustomer() (desk.CustomerID, bool) {
	rest := *f
	rest.Customers, rest.Activity = nil, Any
	if f.Activity != OnlyActive || len(f.Customers) != 1 || !rest.zero() || f.Query != "" {
		return 0, false
	}
	return f.Customers[0], true
}
