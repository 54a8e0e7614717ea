package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"

	"gatehouse/desk"
)

// Lists that are sorted by the name of their queue, their owner or of who changed
// them last are read name by
// name, those of each from an index: no index of tickets holds the names of what
// they belong to. A name may be that of several people; their tickets are one
// group then, sorted by number.

// ownerName is the name by which user u is sorted.
const ownerName = "CASE WHEN u.name_folded = '' THEN u.folded ELSE u.name_folded END"

// The numbers of people by which tickets are found in an index.
const (
	ownerNumber   = "coalesce(t.owner, 0)"
	updaterNumber = "coalesce(t.updated_by, 0)"
	hearerNumber  = "coalesce(t.heard_by, 0)"
)

// queueNames lists the queues, by number, and their names.
const queueNames = `SELECT q.id, q.folded FROM queue q`

// numbersNamed lists the people that tickets can be of, by number, and their
// names. They are looked for one after the other in the index.
func numbersNamed(number string) string {
	return `WITH RECURSIVE o (n) AS (SELECT CAST(-1 AS BIGINT) UNION ALL
		SELECT (SELECT min(` + number + `) FROM ticket t WHERE t.state > 0 AND ` + number + ` > o.n) FROM o WHERE o.n IS NOT NULL)
		SELECT o.n, coalesce((SELECT ` + ownerName + ` FROM desk_user u WHERE u.id = o.n), '') FROM o WHERE o.n >= 0`
}

// mostNamed is of how many names tickets are looked for in one statement at most.
const mostNamed = 256

// manyNamed reports whether a list is read name by name: not where the filter
// leaves so few tickets that sorting them is quicker.
func (l *listing) manyNamed(ctx context.Context, key sortKey) (bool, error) {
	if key.names == "" && key.walk == nil || l.f.IDs != nil || l.f.Text != "" {
		return false, nil
	}
	if l.f.Queues == nil || key.names == queueNames {
		return true, nil
	}
	return l.walks(ctx)
}

// A naming is a number and its name.
type naming struct {
	of   int64
	name string
}

// readNamed reads a page of tickets that are sorted by a name.
func (l *listing) readNamed(ctx context.Context, key sortKey, by Sort) ([]desk.Ticket, []SortEnd, error) {
	names, err := l.namings(ctx, key, by)
	if err != nil {
		return nil, nil, err
	}
	if key.names != queueNames || l.s.All {
		return l.readEach(ctx, key, by, names)
	}
	reached := queueReaches(l.s)
	whole := slices.Concat(reached.all, reached.shared)
	names = slices.DeleteFunc(names, func(n naming) bool { return !slices.Contains(whole, n.of) })
	list, ends, err := l.again(l.limit).readElsewhere(ctx, key, by, whole)
	if err != nil {
		return nil, nil, err
	}
	more, also, err := l.readEach(ctx, key, by, names)
	list, ends = sortedBoth(append(list, more...), append(ends, also...), by.Down)
	return list, ends, err
}

// readElsewhere reads a page of the tickets in queues that the scope does not
// reach as a whole: of those on which somebody stands who is in the scope, for
// their queues may be full of tickets that are not.
func (l *listing) readElsewhere(ctx context.Context, key sortKey, by Sort, whole []int64) ([]desk.Ticket, []SortEnd, error) {
	l.addConditions("")
	if l.f.Queues != nil {
		l.conds = append(l.conds, in(l.tx.d, &l.w, "t.queue", numbers(l.f.Queues)))
	}
	most := l.limit
	l.counted, l.limit = whole, 1<<31-2 // of each of them all
	l.fromPrincipals()
	l.fromUser()
	if l.limit = most; len(l.sources) == 0 {
		return nil, nil, nil
	}
	return l.readSorted(ctx, key, by.Down, append(l.sorting(key, by), "t.id"+l.tx.d.oneOf(l.union())))
}

// sortedBoth sorts two parts of a list by their ends.
func sortedBoth(list []desk.Ticket, ends []SortEnd, down bool) ([]desk.Ticket, []SortEnd) {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if down {
			a, b = b, a
		}
		return cmp.Or(cmp.Compare(ends[a].Text, ends[b].Text), cmp.Compare(ends[a].Number, ends[b].Number), cmp.Compare(ends[a].ID, ends[b].ID))
	})
	sorted, at := make([]desk.Ticket, len(list)), make([]SortEnd, len(list))
	for i, from := range order {
		sorted[i], at[i] = list[from], ends[from]
	}
	return sorted, at
}

// readEach reads a page of the tickets of some names: of one name first, and of
// more at once while these do not fill the page.
func (l *listing) readEach(ctx context.Context, key sortKey, by Sort, names []naming) (list []desk.Ticket, ends []SortEnd, err error) {
	most := l.limit
	for n := 1; err == nil && len(names) > 0 && len(list) < most; n = min(4*n, mostNamed) {
		var also []string
		end := sameName(names, min(n, len(names)))
		if by.After.ID != 0 && names[0].name == by.After.Text {
			end = sameName(names, 1)
			also = []string{"t.id" + than(by.Down) + " " + l.w.arg(int64(by.After.ID))}
		}
		var some []desk.Ticket
		var at []SortEnd
		l.limit = most - len(list)
		some, at, err = l.readSorted(ctx, key, by.Down, []string{"t.id" + l.tx.d.oneOf(l.ofEach(key, by.Down, names[:end], also))})
		list, ends, names = append(list, some...), append(ends, at...), names[end:]
	}
	return list, ends, err
}

// ofEach is the query for the first tickets of each of some names.
func (l *listing) ofEach(key sortKey, down bool, names []naming, also []string) string {
	of := make([]int64, len(names))
	for i, n := range names {
		of[i] = n.of
	}
	conds := slices.Concat(l.inState(), []string{key.of + " = outer.n"}, also, l.conds)
	inner := "SELECT t.id FROM ticket t WHERE " + strings.Join(conds, " AND ") + " ORDER BY t.id" + way(down) + limited(l.w.arg(l.limit))
	return l.tx.d.newestOfEach(l.w.param(l.tx.d.list(of)), inner)
}

// namings are the names of a page, in its order.
func (l *listing) namings(ctx context.Context, key sortKey, by Sort) ([]naming, error) {
	var list []naming
	names, args := key.names, []any(nil)
	if key.of == ownerNumber && l.f.Owner != nil { // they are all of one
		names, args = `SELECT CAST($1 AS BIGINT), coalesce((SELECT `+ownerName+` FROM desk_user u WHERE u.id = $1), '')`, []any{int64(*l.f.Owner)}
	}
	err := l.tx.each(ctx, func(rows *sql.Rows) error {
		var n naming
		err := rows.Scan(&n.of, &n.name)
		way := cmp.Compare(n.name, by.After.Text)
		if key.names == queueNames && l.f.Queues != nil && !slices.Contains(l.f.Queues, desk.QueueID(n.of)) {
			return err
		}
		if by.After.ID == 0 || way == 0 || way < 0 == by.Down {
			list = append(list, n)
		}
		return err
	}, names, args...)
	slices.SortFunc(list, func(a, b naming) int {
		if by.Down {
			a, b = b, a
		}
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.of, b.of))
	})
	return list, err
}

// sameName moves an end of a part of the names to where a name ends.
func sameName(names []naming, end int) int {
	for end < len(names) && names[end].name == names[end-1].name {
		end++
	}
	return end
}
