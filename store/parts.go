package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"unicode/utf8"

	"gatehouse/desk/query"
)

// Subjects are found by any part of them: triggers keep the parts of three signs
// of each folded subject, with two spaces behind it so that whatever is in it
// begins a part, in SQLite in the index ticket_part and in PostgreSQL in that of
// the table ticket_part. Each subject that has the parts of a pattern is looked
// at, so the parts need not say where they stand.
const (
	partSigns  = 3
	mostParts  = 16 // of one pattern: so many leave few subjects
	mostLists  = 20 // patterns of which one must fit
	mostRanges = 4  // of which it is looked up whether they hold few tickets
)

// partsAsked are the parts of subjects for which a test asks, a list for each of
// its patterns. It is nil where subjects without any may fit: where the test is
// about more than subjects, or a pattern asks for no sign.
func partsAsked(t *query.Test) [][]string {
	var lists [][]string
	switch {
	case t.What == query.Texts && t.Column == query.Subject:
		for _, p := range t.Patterns {
			lists = append(lists, partsOf(p))
		}
	case t.What == query.One:
		for i := range t.Tests {
			more := partsAsked(&t.Tests[i])
			if more == nil {
				return nil
			}
			lists = append(lists, more...)
		}
	}
	if len(lists) > mostLists || slices.ContainsFunc(lists, func(parts []string) bool { return parts == nil }) {
		return nil
	}
	return lists
}

// partsOf returns parts that every text has which fits the pattern, each once.
// Every other one is enough. Where the pattern has no three signs in a row, it
// is the beginning of one part.
func partsOf(pattern string) []string {
	var parts []string
	var longest []rune
	pieces := strings.FieldsFunc(strings.Join(query.Pieces(pattern), "\x00"), unreadable)
	for _, piece := range pieces {
		signs := []rune(piece)
		if len(signs) > len(longest) {
			longest = signs
		}
		for i := 0; i+partSigns <= len(signs) && len(parts) < mostParts; i += 2 {
			parts = append(parts, string(signs[i:i+partSigns]))
		}
		if last := len(signs) - partSigns; last > 0 && last%2 == 1 {
			parts = append(parts, string(signs[last:]))
		}
	}
	if parts == nil && len(longest) > 0 {
		return []string{string(longest)}
	}
	slices.Sort(parts)
	return slices.Compact(parts)
}

// unreadable reports signs that SQLite does not take as they are; no text that
// people send has any.
func unreadable(sign rune) bool { return sign == 0 || sign == 0xfffe || sign == 0xffff }

// joinParts writes that all parts of one of the lists are asked for.
func joinParts(lists [][]string, quote func(string) string, and, or string) string {
	each := make([]string, len(lists))
	for i, parts := range lists {
		quoted := make([]string, len(parts))
		for j, part := range parts {
			quoted[j] = quote(part)
		}
		each[i] = "(" + strings.Join(quoted, and) + ")"
	}
	return strings.Join(each, or)
}

// findFew finds the tickets that are left by the parts of subjects or a range
// for which the query asks, if these are few, and reports whether it has. Where
// some of the newest tickets fit the query, looking through the newest is
// quicker, and it does not look.
func (l *listing) findFew(ctx context.Context) (bool, error) {
	if l.f.parts == nil && l.f.ranges == nil && l.f.either == nil {
		return false, nil
	}
	scarce, err := l.scarce(ctx)
	if err != nil || !scarce {
		return false, err
	}
	if l.f.parts != nil {
		most := l.tx.s.plans.textFirst
		list, err := l.tx.withParts(ctx, l.f.parts, most)
		if err != nil || len(list) <= most {
			l.f.few = list
			return err == nil, err
		}
	}
	if few, err := l.findEither(ctx); few || err != nil {
		return few, err
	}
	best, err := l.tx.smallest(ctx, l.f.ranges)
	if err != nil || best == nil {
		return false, err
	}
	one := &listing{tx: l.tx}
	statement, args := one.w.bind(unkept + one.inRange(best, l.tx.s.plans.rangeFirst))
	l.f.few, err = l.tx.numbers(ctx, statement, args...)
	return true, l.tx.wrap(err, "look for tickets in a range of", best.Column)
}

// aboutFew reports whether a test asks for tickets that an index of people finds.
func aboutFew(t *query.Test) bool {
	return t.What == query.Stands && t.Who != nil && len(t.Who) <= fewWho ||
		t.What == query.In && (t.Column == query.Reporter || t.Column == query.UpdatedBy) && len(t.Numbers) <= fewWho && !slices.Contains(t.Numbers, 0)
}

// findEither finds the tickets on which some people stand or that others have
// reported or changed last, if these are few.
func (l *listing) findEither(ctx context.Context) (bool, error) {
	if len(l.f.either) == 0 {
		return false, nil
	}
	most := l.tx.s.plans.rangeFirst
	all := []int64{}
	for _, t := range l.f.either {
		statement, who := `SELECT h.ticket FROM holder h WHERE h.who IN (`+l.tx.d.inList(1)+`)`, numbers(t.Who)
		if t.What == query.In {
			number := map[query.Column]string{query.Reporter: "t.reporter", query.UpdatedBy: updaterNumber}[t.Column]
			statement, who = `SELECT t.id FROM ticket t WHERE t.state > 0 AND `+number+` IN (`+l.tx.d.inList(1)+`)`, t.Numbers
		}
		list, err := l.tx.numbers(ctx, statement+limited(`$2`), l.tx.d.list(who), most+1)
		if err != nil {
			return false, l.tx.wrap(err, "look for the tickets of people", "")
		}
		if all = append(all, list...); len(all) > most {
			return false, nil
		}
	}
	slices.Sort(all)
	l.f.few = slices.Compact(all)
	return true, nil
}

// testedColumns are those of a ticket that tests and scopes ask for.
const testedColumns = `t.id, t.queue, t.subject_folded, t.status, t.state, t.sharing, t.reporter, t.owner, t.priority, t.initial_priority, t.final_priority,
	t.time_worked, t.time_left, t.time_estimated, t.created, t.updated, t.heard, t.told, t.starts, t.started, t.due, t.resolved, t.first_reply, t.asked,
	t.last_asked, t.clock_due, t.updated_by, t.heard_by`

// scarce reports whether so few of the newest tickets fit the query that many
// thousands would have to be looked through until there are enough.
func (l *listing) scarce(ctx context.Context) (bool, error) {
	probe := &listing{tx: l.tx, s: l.s, f: TicketFilter{Activity: l.f.Activity}}
	probe.scope = newScoped(l.tx.d, &probe.w, l.s)
	newest := "SELECT " + testedColumns + " FROM ticket t WHERE " + probe.onTicket() + " ORDER BY t.id DESC" + limited(probe.w.arg(l.tx.s.plans.sample))
	var n int
	statement, args := probe.w.bind(unkept + `SELECT count(*) FROM (` + newest + `) AS t WHERE ` + probe.test(l.f.Test))
	err := l.tx.row(ctx, statement, args...).Scan(&n)
	return n*25 < l.limit, l.tx.wrap(err, "look at the newest tickets", "")
}

// withParts returns the tickets whose subjects have all parts of one of the
// lists; where they are more than most, some of them.
func (tx *Tx) withParts(ctx context.Context, lists [][]string, most int) ([]int64, error) {
	whole, err := tx.wholeParts(ctx, lists, most)
	switch {
	case err != nil:
		return nil, err
	case whole == nil:
		return make([]int64, most+1), nil
	case len(whole) == 0:
		return []int64{}, nil
	}
	list, err := tx.numbers(ctx, tx.d.withParts+limited(`$2`), tx.d.partQuery(whole), most+1)
	return list, tx.wrap(err, "look for parts of subjects", "")
}

// wholeParts puts in the place of beginnings of parts, where the database does
// not look for such, the parts that begin so. It is nil where these are in more
// subjects than most.
func (tx *Tx) wholeParts(ctx context.Context, lists [][]string, most int) ([][]string, error) {
	whole := [][]string{}
	held := 0
	for _, parts := range lists {
		if tx.d.partsFrom == "" || utf8.RuneCountInString(parts[0]) == partSigns {
			whole = append(whole, parts)
			continue
		}
		err := tx.each(ctx, func(rows *sql.Rows) error {
			var part string
			var subjects int
			err := rows.Scan(&part, &subjects)
			held += subjects
			whole = append(whole, []string{part})
			return err
		}, tx.d.partsFrom+limited(`$2`), parts[0], most+1)
		if err != nil {
			return nil, tx.wrap(err, "look for parts of subjects that begin with", parts[0])
		}
	}
	if held > most {
		return nil, nil
	}
	return whole, nil
}

// ranged are the columns of which there is an index, with what else is true of
// the rows in it: a range of others cannot be a start.
func ranged(t *query.Test) (also string, ok bool) {
	switch t.Column {
	case query.Created, query.Updated, query.Priority:
		return "", true
	case query.Due, query.Resolved:
		return " AND t." + string(t.Column) + " > 0", t.From > 0
	}
	return "", false
}

// smallest returns the range that holds the fewest tickets, and few enough to
// look at all of them; else nil.
func (tx *Tx) smallest(ctx context.Context, ranges []*query.Test) (best *query.Test, err error) {
	most := tx.s.plans.rangeFirst
	for _, r := range ranges {
		one := &listing{tx: tx}
		statement, args := one.w.bind(unkept + `SELECT count(*) FROM (` + one.inRange(r, most+1) + `) AS found`)
		n := 0
		if err := tx.row(ctx, statement, args...).Scan(&n); err != nil {
			return nil, tx.wrap(err, "count the tickets in a range of", r.Column)
		}
		if n <= most {
			best, most = r, n
		}
	}
	return best, nil
}

// inRange is the query for the tickets in a range, so many at the most. The order
// keeps the planners from looking through all tickets.
func (l *listing) inRange(t *query.Test, most int) string {
	also, _ := ranged(t)
	column := "t." + string(t.Column)
	return "SELECT t.id FROM ticket t WHERE t.state > 0" + also + " AND " + l.between(column, t.From, t.To) +
		" ORDER BY " + column + limited(l.w.arg(most))
}

// numbers returns the only column of a query's rows, never nil.
func (tx *Tx) numbers(ctx context.Context, query string, args ...any) ([]int64, error) {
	list := []int64{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var n int64
		err := rows.Scan(&n)
		list = append(list, n)
		return err
	}, query, args...)
	return list, err
}
