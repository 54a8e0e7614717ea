package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/desk/query"
)

// A SortBy is a column by which a list of tickets can be sorted.
type SortBy string

// sortKeys are the columns as they are compared. What is not set comes last,
// whichever way the list goes, where unset says that zero is no value.
func sortKeys(collate string) map[SortBy]sortKey {
	name := func(of string) string { return "coalesce((" + of + "), '')" + collate }
	return map[SortBy]sortKey{
		"id": {key: "t.id"}, "created": {key: "t.created"}, "updated": {key: "t.updated"}, "priority": {key: "t.priority"}, "worked": {key: "t.time_worked"},
		"due": {key: "t.due", unset: true}, "starts": {key: "t.starts", unset: true}, "told": {key: "t.told", unset: true}, "resolved": {key: "t.resolved", unset: true},
		"subject": {key: "t.subject_folded" + collate, text: true}, "status": {key: "t.status" + collate, text: true},
		"queue": {key: name("SELECT q.folded FROM queue q WHERE q.id = t.queue"), text: true},
		"owner": {key: name("SELECT CASE WHEN u.name_folded = '' THEN u.folded ELSE u.name_folded END FROM desk_user u WHERE u.id = t.owner"), text: true},
	}
}

type sortKey struct {
	key         string
	text, unset bool
}

// A Sort is how a list of tickets is sorted. After is the end of the page
// before; its ID zero: the beginning.
type Sort struct {
	By    SortBy
	Down  bool
	After SortEnd
}

// A SortEnd is the last ticket of a page: its value, as a number or as a text.
type SortEnd struct {
	Number int64
	Text   string
	ID     desk.TicketID
}

// Sorts reports whether lists can be sorted so.
func (by SortBy) Sorts() bool {
	_, ok := sortKeys("")[by]
	return ok
}

// SortedTickets lists tickets of the scope in an order, and whether there are
// more, with the end of the page. The ends of the filter's own pages do not
// count. Times that are not set are not in the list of those that are sorted by
// them going up; they come at the end of one going down.
func (tx *Tx) SortedTickets(ctx context.Context, s *desk.Scope, f TicketFilter, by Sort) (list []desk.Ticket, end SortEnd, more bool, err error) {
	key, ok := sortKeys(tx.d.collate)[by.By]
	if !ok {
		return nil, end, false, desk.Errorf(desk.Invalid, "Lists cannot be sorted by %q.", string(by.By))
	}
	limit := page(f.Limit)
	f.Before, f.After = 0, 0
	l, err := tx.newListing(ctx, s, f, limit+1)
	if err != nil || l == nil || f.Text != "" && len(askedWords(f.Text)) == 0 {
		return nil, end, false, err
	}
	l.addConditions("")
	if l.f.Queues != nil {
		l.conds = append(l.conds, in(tx.d, &l.w, "t.queue", numbers(l.f.Queues)))
	}
	if l.f.IDs != nil {
		l.conds = append(l.conds, in(tx.d, &l.w, "t.id", numbers(l.f.IDs)))
	}
	if !s.All {
		l.conds = append(l.conds, "("+l.scope.inScope()+") IS TRUE")
	}
	if err := l.startSorted(ctx); err != nil {
		return nil, end, false, err
	}
	conds := l.sorting(key, by)
	way := ""
	if by.Down {
		way = " DESC"
	}
	var ends []SortEnd
	statement, args := l.w.bind(l.unkept() + `SELECT ` + ticketColumns + `, ` + key.key + ` FROM ticket t WHERE ` +
		strings.Join(append(conds, l.conds...), " AND ") + ` ORDER BY ` + key.key + way + `, t.id` + way + limited(l.w.arg(l.limit)))
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var t desk.Ticket
		var at SortEnd
		var value any = &at.Number
		if key.text {
			value = &at.Text
		}
		err := rows.Scan(append(ticketFields(&t), value)...)
		at.ID = t.ID
		list, ends = append(list, t), append(ends, at)
		return err
	}, statement, args...)
	if err != nil {
		return nil, end, false, tx.wrap(err, "sort tickets by", by.By)
	}
	if list, more = cut(list, limit); len(list) > 0 {
		end = ends[len(list)-1]
	}
	return list, end, more, tx.fillHolders(ctx, list)
}

// startSorted leaves the tickets of somebody for whom the filter asks, or what is
// left by what the query asks, if these are few: sorting them is quicker than
// looking for them in an order.
func (l *listing) startSorted(ctx context.Context) error {
	who := slices.Clone(l.f.Standing)
	switch {
	case l.f.Owner != nil && *l.f.Owner != 0:
		who = []desk.PrincipalID{desk.PrincipalID(*l.f.Owner)}
	case l.f.Requestor != 0:
		who = []desk.PrincipalID{l.f.Requestor}
	}
	found, err := false, error(nil)
	if who != nil {
		l.f.either = []query.Test{{What: query.Stands, Who: who}}
		found, err = l.findEither(ctx)
	} else {
		found, err = l.findFew(ctx)
	}
	if found && err == nil {
		l.conds = append(l.conds, in(l.tx.d, &l.w, "t.id", l.f.few))
	}
	return err
}

// sorting are the conditions of a page of a sorted list.
func (l *listing) sorting(key sortKey, by Sort) []string {
	conds := []string{"t.state > 0"}
	switch l.f.Activity {
	case OnlyActive:
		conds = append(conds, "t.state = 2")
	case OnlyInactive:
		conds = append(conds, "t.state = 1")
	}
	if key.unset && !by.Down {
		conds = append(conds, key.key+" > 0")
	}
	if by.After.ID == 0 {
		return conds
	}
	var value string
	if key.text {
		value = l.w.arg(by.After.Text)
	} else {
		value = l.w.arg(by.After.Number)
	}
	than := " > "
	if by.Down {
		than = " < "
	}
	id := l.w.arg(int64(by.After.ID))
	return append(conds, "("+key.key+than+value+" OR "+key.key+" = "+value+" AND t.id"+than+id+")")
}
