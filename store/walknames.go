package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"

	"gatehouse/desk"
)

// Lists that are sorted by who asks or by customer are read name by name like
// those of owners. There can be as many names as people, so that these are not
// listed, but read in their order from an index of names, as far as a page goes.

// personName is the name by which user or customer p is sorted.
const personName = "(CASE WHEN p.name_folded = '' THEN p.folded ELSE p.name_folded END)"

// A nameSource is a query for numbers and names, without its conditions, and the
// name in it.
type nameSource struct{ query, name string }

// namesOf are the sources of names in some tables, and of the name of nobody.
func namesOf(collate, tables string) []nameSource {
	list := []nameSource{{"SELECT p.id, p.name FROM (SELECT CAST(0 AS BIGINT) AS id, CAST('' AS TEXT) AS name) p", "p.name" + collate}}
	for table := range strings.FieldsSeq(tables) {
		name := personName + collate
		if table == "desk_group" {
			name = "p.folded" + collate
		}
		list = append(list, nameSource{"SELECT p.id, " + name + " FROM " + table + " p", name})
	}
	return list
}

// walkedNames is of how many names one looks at first, and walkedMost at the most.
const (
	walkedNames = 16
	walkedMost  = 1024
)

// readWalked reads a page of tickets that are sorted by such a name.
func (l *listing) readWalked(ctx context.Context, key sortKey, by Sort) (list []desk.Ticket, ends []SortEnd, err error) {
	most := l.limit
	from, including := by.After.Text, by.After.ID != 0
	for n := walkedNames; len(list) < most; n = min(4*n, walkedMost) {
		var first *string
		if by.After.ID != 0 || len(list) > 0 || n > walkedNames {
			first = &from
		}
		names, err := l.namesBehind(ctx, key.walk, walked{from: first, including: including, down: by.Down, most: n})
		if err != nil || len(names) == 0 {
			return list, ends, err
		}
		l.limit = most - len(list)
		some, at, err := l.readEach(ctx, key, by, names)
		if err != nil {
			return list, ends, err
		}
		list, ends = append(list, some...), append(ends, at...)
		from, including, by.After = names[len(names)-1].name, false, SortEnd{}
	}
	return list, ends, nil
}

// walked says which names are looked for.
type walked struct {
	from      *string // those behind this one; nil: from the beginning
	including bool    // and itself
	down      bool
	most      int // so many, and all that have the name of the last one
}

// namesBehind returns the next names in their order.
func (l *listing) namesBehind(ctx context.Context, sources []nameSource, by walked) ([]naming, error) {
	cond, args := "", []any{by.most + 1}
	if by.from != nil {
		cond, args = than(by.down)+" $2", append(args, *by.from)
		if by.including {
			cond = than(by.down) + "= $2"
		}
	}
	list, err := l.namesThat(ctx, sources, cond, func(s nameSource) string {
		return " ORDER BY " + s.name + way(by.down) + ", p.id" + way(by.down) + limited("$1")
	}, args)
	order := func(a, b naming) int {
		if by.down {
			a, b = b, a
		}
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.of, b.of))
	}
	if slices.SortFunc(list, order); err != nil || len(list) <= by.most {
		return list, err
	}
	last := list[by.most-1].name
	same, err := l.namesThat(ctx, sources, " = $1", func(nameSource) string { return "" }, []any{last})
	slices.SortFunc(same, order)
	return append(slices.DeleteFunc(list[:by.most], func(n naming) bool { return n.name == last }), same...), err
}

// namesThat returns the names of all sources of which a condition holds, each
// source ended in some way.
func (l *listing) namesThat(ctx context.Context, sources []nameSource, cond string, end func(nameSource) string, args []any) ([]naming, error) {
	parts := make([]string, len(sources))
	for i, s := range sources {
		parts[i] = s.query
		if cond != "" {
			parts[i] += " WHERE " + s.name + cond
		}
		parts[i] = "SELECT * FROM (" + parts[i] + end(s) + ") AS source"
	}
	var list []naming
	err := l.tx.each(ctx, func(rows *sql.Rows) error {
		var n naming
		err := rows.Scan(&n.of, &n.name)
		list = append(list, n)
		return err
	}, strings.Join(parts, " UNION ALL "), args...)
	return list, err
}
