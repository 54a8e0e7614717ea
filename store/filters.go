package store

import (
	"context"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/desk/query"
)

// zero reports whether nothing is filtered.
func (f *TicketFilter) zero() bool {
	return f.Queues == nil && f.Statuses == nil && f.Activity == Any && f.Owner == nil && f.Customers == nil && f.Requestor == 0 &&
		f.Reporter == 0 && f.Text == "" && f.Standing == nil && f.IDs == nil && f.Test == nil && f.Before == 0 && f.After == 0
}

// A start is a part of a filter from which a list can start: few tickets that
// are found by an index, of which those in scope are kept.
type start string

const (
	byIDs       start = "ids"
	byText      start = "text"
	byRequestor start = "requestor"
	byCustomers start = "customers"
	byStanding  start = "standing"
	byOwner     start = "owner"
	byReporter  start = "reporter"
	byValue     start = "value"
	byFew       start = "few"
)

// start returns the part of the filter that leaves the fewest tickets.
func (l *listing) start(ctx context.Context) (start, error) {
	f := &l.f
	switch {
	case f.IDs != nil:
		return byIDs, nil
	case f.Text != "":
		few, err := l.tx.fewTexts(ctx, f.Text)
		if few || err != nil {
			return byText, err
		}
	}
	if f.valued != nil {
		if few, err := l.tx.fewValues(ctx, f.valued); few || err != nil {
			return byValue, err
		}
	}
	if few, err := l.findFew(ctx); few || err != nil {
		return byFew, err
	}
	switch {
	case f.Requestor != 0:
		return byRequestor, nil
	case f.Customers != nil:
		return byCustomers, nil
	case f.Standing != nil:
		return byStanding, nil
	case f.Owner != nil && *f.Owner != 0:
		return byOwner, nil
	case f.Reporter != 0:
		return byReporter, nil
	}
	return "", nil
}

// startFromFilter starts the list from the filter where it can.
func (l *listing) startFromFilter(ctx context.Context) (bool, error) {
	if l.f.Text != "" && len(askedWords(l.f.Text)) == 0 {
		return true, nil // no word, no ticket
	}
	from, err := l.start(ctx)
	if err != nil {
		return false, err
	}
	l.addConditions(from)
	if from == "" {
		return false, nil
	}
	if l.f.Queues != nil {
		l.conds = append(l.conds, in(l.tx.d, &l.w, "t.queue", numbers(l.f.Queues)))
	}
	scope := l.scope.inScope()
	switch from {
	case byIDs:
		l.sources = append(l.sources, "SELECT t.id FROM ticket t WHERE "+l.onTicket(in(l.tx.d, &l.w, "t.id", numbers(l.f.IDs)), scope)+l.order("t.id"))
	case byFew:
		l.sources = append(l.sources, "SELECT t.id FROM ticket t WHERE "+l.onTicket(in(l.tx.d, &l.w, "t.id", l.f.few), scope)+l.order("t.id + 0"))
	case byReporter:
		l.sources = append(l.sources, "SELECT t.id FROM ticket t WHERE "+l.onTicket("t.reporter = "+l.w.arg(int64(l.f.Reporter)), scope)+l.order("t.id"))
	case byText:
		// + 0 keeps the planner from reading all documents in the order of tickets.
		l.sources = append(l.sources, "SELECT DISTINCT t.id FROM document d CROSS JOIN ticket t WHERE t.id = d.ticket + 0 AND "+
			l.tx.d.matching(l.w.param(l.tx.d.textQuery(askedWords(l.f.Text))))+" AND "+l.mayRead()+" AND "+l.onTicket(scope)+l.order("t.id"))
	case byValue:
		l.sources = append(l.sources, "SELECT DISTINCT t.id FROM custom_value v CROSS JOIN ticket t WHERE t.id = v.object AND "+l.value(l.f.valued, "v.number")+" AND "+
			l.onTicket(scope)+l.order("t.id"))
	case byRequestor:
		l.newestHeld([]int64{int64(l.f.Requestor)}, roleIs("h", desk.Requestor), scope)
	case byCustomers:
		l.newestHeld(numbers(l.f.Customers), roleIs("h", desk.CustomerRole), scope)
	case byStanding:
		l.newestHeld(numbers(l.f.Standing), "1 = 1", scope)
	case byOwner:
		l.newestHeld([]int64{int64(*l.f.Owner)}, roleIs("h", desk.Owner), scope)
	}
	return true, nil
}

func roleIs(table string, role desk.RoleID) string {
	return table + ".role = " + strconv.Itoa(int(role))
}

// addConditions notes what the filter asks of ticket t, but for its queues and
// what the start sees to.
func (l *listing) addConditions(from start) {
	f, d, w := &l.f, l.tx.d, &l.w
	add := func(by string, there bool, cond func() string) {
		if there && string(from) != by {
			l.conds = append(l.conds, cond())
		}
	}
	holds := func(cond string) string {
		return "EXISTS (SELECT 1 FROM holder f WHERE f.ticket = t.id AND " + cond + ")"
	}
	add("status", f.Statuses != nil, func() string {
		names := []string{"NULL"}
		for _, status := range f.Statuses {
			names = append(names, w.arg(string(status)))
		}
		return "t.status IN (" + joined(names) + ")"
	})
	add("nobody", f.Owner != nil && *f.Owner == 0, func() string { return "t.owner IS NULL" })
	// Never t.owner = n: SQLite puts n into the expression by which owners are
	// indexed wherever a query asks for it too, and finds nothing.
	add(string(byOwner), f.Owner != nil && *f.Owner != 0, func() string { return l.oneOf(query.Owner, []int64{int64(*f.Owner)}) })
	add(string(byReporter), f.Reporter != 0, func() string { return "t.reporter = " + w.arg(int64(f.Reporter)) })
	add(string(byRequestor), f.Requestor != 0, func() string {
		return holds(roleIs("f", desk.Requestor) + " AND f.who = " + w.arg(int64(f.Requestor)))
	})
	add(string(byCustomers), f.Customers != nil, func() string {
		return holds(roleIs("f", desk.CustomerRole) + " AND " + in(d, w, "f.who", numbers(f.Customers)))
	})
	add(string(byStanding), f.Standing != nil, func() string { return holds(in(d, w, "f.who", numbers(f.Standing))) })
	add(string(byText), f.Text != "", func() string {
		return "EXISTS (SELECT 1 FROM document d WHERE d.ticket = t.id AND " + l.mayRead() + " AND " + d.hasText(w.param(d.textCheck(askedWords(f.Text)))) + ")"
	})
}

// mayRead is the condition that document d of ticket t may be found: it is no
// comment, or one of a ticket whose comments are searched.
func (l *listing) mayRead() string {
	if l.f.TextComments == nil {
		return "d.comment = 0"
	}
	return "(d.comment = 0 OR " + newScoped(l.tx.d, &l.w, l.f.TextComments).inScope() + ")"
}

// fewTexts reports whether so few texts have the words that all of them can be
// looked at.
func (tx *Tx) fewTexts(ctx context.Context, typed string) (bool, error) {
	most := tx.s.plans.textFirst
	words := askedWords(typed)
	// Whole words come first: SQLite counts prefixes to the end, whatever the limit.
	for _, query := range []any{tx.d.wordQuery(words), tx.d.textQuery(words)} {
		if many, err := tx.manyTexts(ctx, query); many || err != nil {
			return false, err
		}
		var n int
		err := tx.row(ctx, `SELECT count(*) FROM (SELECT 1 FROM `+tx.d.matches+limited(`$2`)+`) AS found`, query, most+1).Scan(&n)
		if err != nil || n > most {
			return false, tx.wrap(err, "look for words", "")
		}
	}
	return true, nil
}

// manyTexts reports whether a sample of the texts shows that very many have what
// a query asks for, where counting them costs more than that.
func (tx *Tx) manyTexts(ctx context.Context, query any) (bool, error) {
	if tx.d.sampled == "" {
		return false, nil
	}
	var found float64
	err := tx.row(ctx, tx.d.sampled, query, tx.s.plans.percent).Scan(&found)
	many := found >= 10 && found*100/tx.s.plans.percent > 4*float64(tx.s.plans.textFirst)
	return many, tx.wrap(err, "look for words in a sample", "")
}

// value is the condition that value v is one of a custom field that a test asks
// for. Indexes hold numbers and the beginnings of texts. Where the thing is
// known already, a sign before number keeps SQLite from going through all that
// lies in a range for each thing.
func (l *listing) value(t *query.Test, number string) string {
	field := "v.field = " + l.w.arg(int64(t.Custom)) + " AND "
	switch {
	case t.Numbers != nil:
		return field + in(l.tx.d, &l.w, "v.number", t.Numbers)
	case t.Patterns == nil:
		return field + l.between(number, t.From, t.To)
	}
	conds := []string{"1 = 0"}
	for _, p := range t.Patterns {
		text, plain := query.Plain(p)
		switch {
		case !plain:
			conds = append(conds, l.like("v.folded", []string{p}))
		case short(text) == text:
			conds = append(conds, "v.short = "+l.w.arg(text))
		default:
			conds = append(conds, "(v.short = "+l.w.arg(short(text))+" AND v.folded = "+l.w.arg(text)+")")
		}
	}
	return field + "(" + strings.Join(conds, " OR ") + ")"
}

// fewValues reports whether a custom field has so few of the values asked for
// that all of them can be looked at.
func (tx *Tx) fewValues(ctx context.Context, t *query.Test) (bool, error) {
	l := &listing{tx: tx}
	most := tx.s.plans.textFirst
	statement, args := l.w.bind(unkept + `SELECT count(*) FROM (SELECT 1 FROM custom_value v WHERE ` + l.value(t, "v.number") + limited(l.w.arg(most+1)) + `) AS found`)
	var n int
	err := tx.row(ctx, statement, args...).Scan(&n)
	return n <= most, tx.wrap(err, "look for values of custom field", t.Custom)
}
