package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"gatehouse/desk"
)

// CountGained counts by queue the tickets that one scope covers and another
// one, of the same user, does not: those that he gains by the change from
// before to after. It stops at limit tickets, and says so with more.
func (tx *Tx) CountGained(ctx context.Context, after, before *desk.Scope, limit int) (found map[desk.QueueID]int, more bool, err error) {
	if err := tx.flushCounts(ctx); err != nil {
		return nil, false, err
	}
	found = map[desk.QueueID]int{}
	if after.Empty() || before.All {
		return found, false, nil
	}
	var w where
	gained := "t.state > 0 AND " + newScoped(tx.d, &w, after).inScope() +
		" AND (" + newScoped(tx.d, &w, before).inScope() + ") IS NOT TRUE" // a ticket without reporter makes it neither true nor false
	limited := limited(w.arg(limit + 1))
	sources := tx.gainedFrom(&w, after, before)
	for i, source := range sources {
		sources[i] = "SELECT id, queue FROM (SELECT t.id, t.queue FROM " + source + gained + limited + ") AS source"
	}
	query, args := w.bind("SELECT queue, count(*) FROM (" + strings.Join(sources, " UNION ") + limited + ") AS found GROUP BY queue")
	total := 0
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var q desk.QueueID
		var n int
		err := rows.Scan(&q, &n)
		found[q], total = n, total+n
		return err
	}, query, args...)
	return found, total > limit, tx.wrap(err, "count tickets gained by user", after.User)
}

// gainedFrom says where tickets can be that are in one scope and not in the
// other, each place ready for conditions on ticket t: in queues that are
// reached otherwise than before, with principals that count otherwise, or with
// the user himself.
func (tx *Tx) gainedFrom(w *where, after, before *desk.Scope) []string {
	another := !before.Empty() && (before.User != after.User || before.Contact != after.Contact)
	if after.All || another {
		return []string{"ticket t WHERE "}
	}
	sources := []string{}
	if queues := changedQueues(after, before); len(queues) > 0 {
		sources = append(sources, "ticket t WHERE "+in(tx.d, w, "t.queue", queues)+" AND ")
	}
	if who := changedHolders(after, before); len(who) > 0 {
		sources = append(sources, "ticket t WHERE t.id IN (SELECT h.ticket FROM holder h WHERE h.state IN (1, 2) AND "+in(tx.d, w, "h.who", who)+") AND ")
	}
	return append(sources, "ticket t WHERE t.reporter = "+w.arg(int64(after.User))+" AND ")
}

// changedQueues are the queues of which the scope reaches other tickets than
// the other scope.
func changedQueues(after, before *desk.Scope) []int64 {
	reaches := func(s *desk.Scope, q desk.QueueID) []desk.Reach {
		var list []desk.Reach
		for _, r := range s.Queues {
			if r.Queue == q {
				list = append(list, r.Reach)
			}
		}
		return list
	}
	var list []int64
	for _, q := range after.Queues {
		if !slices.EqualFunc(reaches(after, q.Queue), reaches(before, q.Queue), desk.Reach.Equal) {
			list = append(list, int64(q.Queue))
		}
	}
	return list
}

// changedHolders are those by whom it may come, standing on a ticket, that one
// scope covers it and the other does not.
func changedHolders(after, before *desk.Scope) []int64 {
	sameRoles := after.RolesElsewhere == before.RolesElsewhere && slices.Equal(after.Roles, before.Roles)
	list := []int64{int64(after.User)}
	for _, p := range after.Principals {
		same := func(o desk.PrincipalReach) bool { return o.Who == p.Who && o.Reach.Equal(p.Reach) }
		if !sameRoles || !slices.ContainsFunc(before.Principals, same) {
			list = append(list, int64(p.Who))
		}
	}
	for _, pair := range [][2][]desk.PrincipalID{{after.Customers, before.Customers}, {after.Managed, before.Managed}} {
		for _, c := range slices.Concat(pair[0], pair[1]) {
			if slices.Contains(pair[0], c) != slices.Contains(pair[1], c) {
				list = append(list, int64(c))
			}
		}
	}
	return list
}
