package store

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/desk/query"
)

// test is what a query asks, as a condition on ticket t. It is true or false,
// never unknown. storetest compares it with a plain evaluation; a change to one
// is a change to both. No text of a query gets into a statement.
func (l *listing) test(t *query.Test) string {
	switch t.What {
	case query.All:
		return l.tests(t.Tests, " AND ", "1 = 1")
	case query.One:
		return l.tests(t.Tests, " OR ", "1 = 0")
	case query.No:
		return "NOT (" + l.test(&t.Tests[0]) + ")"
	case query.In:
		return l.oneOf(t.Column, t.Numbers)
	case query.Between:
		return l.between(column(t.Column), t.From, t.To)
	case query.After:
		return "(" + column(t.Other) + " > 0 AND " + column(t.Column) + " > " + column(t.Other) + ")"
	case query.Texts:
		return l.texts(t)
	case query.Stands:
		return l.stands(t)
	case query.Linked:
		return l.linked(t)
	case query.Words:
		return l.words(t)
	case query.Covered:
		// A ticket that nobody reported makes inScope unknown, which is no.
		return "(" + newScoped(l.tx.d, &l.w, t.Scope).inScope() + ") IS TRUE"
	case query.Valued:
		return "EXISTS (SELECT 1 FROM custom_value v WHERE v.object = t.id AND " + l.value(t, "+v.number") + ")"
	}
	return "1 = 0"
}

func (l *listing) tests(list []query.Test, between, none string) string {
	if len(list) == 0 {
		return none
	}
	conds := make([]string, len(list))
	for i := range list {
		conds[i] = l.test(&list[i])
	}
	return "(" + strings.Join(conds, between) + ")"
}

// oneOf is the condition that a column is one of some numbers. Looking at one
// number is quicker than at a list.
func (l *listing) oneOf(c query.Column, numbers []int64) string {
	switch {
	case c == query.Owner && len(numbers) == 1 && numbers[0] == 0:
		return "t.owner IS NULL"
	case c == query.Queue: // IS TRUE keeps it from being a start: f.Queues is that
		return "((" + in(l.tx.d, &l.w, column(c), numbers) + ") IS TRUE)"
	case len(numbers) == 1:
		return "(" + column(c) + " = CAST(" + l.w.arg(numbers[0]) + " AS BIGINT))"
	}
	return "(" + in(l.tx.d, &l.w, column(c), numbers) + ")"
}

// texts is the condition that a text fits one of some patterns. Statuses are
// mostly named as they are.
func (l *listing) texts(t *query.Test) string {
	statuses := statusesLike(t.Patterns)
	if t.Column != query.Status || statuses == nil {
		return l.like(column(t.Column), t.Patterns)
	}
	names := []string{"NULL"}
	for _, s := range statuses {
		names = append(names, l.w.arg(string(s)))
	}
	return "(t.status IN (" + joined(names) + ") IS TRUE)"
}

// column is a fact of ticket t as it is written. Users that are not there are
// number zero.
func column(c query.Column) string {
	switch c {
	case query.Reporter, query.Owner, query.UpdatedBy, query.HeardBy:
		return "coalesce(t." + string(c) + ", 0)"
	case query.Subject:
		return "t.subject_folded"
	case query.ID, query.Queue, query.Status, query.Priority, query.InitialPriority, query.FinalPriority,
		query.TimeWorked, query.TimeLeft, query.TimeEstimated, query.Created, query.Updated, query.Heard, query.Told,
		query.StartsAt, query.Started, query.Due, query.Resolved,
		query.FirstReply, query.Asked, query.LastAsked, query.ClockDue:
		return "t." + string(c)
	}
	return "0" // there is no such column
}

// between is the condition that an expression lies in a range with open ends.
func (l *listing) between(expr string, from, to int64) string {
	var conds []string
	if from != query.Lowest {
		conds = append(conds, expr+" >= CAST("+l.w.arg(from)+" AS BIGINT)")
	}
	if to != query.Highest {
		conds = append(conds, expr+" < CAST("+l.w.arg(to)+" AS BIGINT)")
	}
	if len(conds) == 0 {
		return "1 = 1"
	}
	return "(" + strings.Join(conds, " AND ") + ")"
}

// like is the condition that an expression fits one of some patterns.
func (l *listing) like(expr string, patterns []string) string {
	conds := make([]string, len(patterns))
	for i, p := range patterns {
		conds[i] = expr + " LIKE " + l.w.arg(p) + " ESCAPE '!'"
		if text, plain := held(p); plain {
			conds[i] = l.tx.d.holds(expr, l.w.arg(text))
		}
	}
	if len(conds) == 0 {
		return "1 = 0"
	}
	return "(" + strings.Join(conds, " OR ") + ")"
}

// held returns the text that a pattern asks for anywhere, if that is all it
// asks: there are quicker ways to look for it.
func held(pattern string) (string, bool) {
	text, begins := strings.CutPrefix(pattern, "%")
	text, ends := strings.CutSuffix(text, "%")
	return text, begins && ends && text != "" && !strings.ContainsAny(text, "%!_")
}

// stands is the condition that one of some principals stands in a role.
func (l *listing) stands(t *query.Test) string {
	role := l.roleIsOneOf(t.Roles)
	if role == "" {
		return "1 = 0"
	}
	if t.Who == nil {
		return "EXISTS (SELECT 1 FROM holder q WHERE q.ticket = t.id AND " + role + oneByOne + ")"
	}
	// The sign keeps SQLite from looking into an index once for each of them,
	// where a ticket has few holders.
	return "EXISTS (SELECT 1 FROM holder q WHERE q.ticket = t.id AND " + in(l.tx.d, &l.w, "+q.who", numbers(t.Who)) + " AND " + role + oneByOne + ")"
}

// oneByOne ends a question for what belongs to a ticket: PostgreSQL asks it of one
// ticket after the other then. Else it may read all holders there are, for a page
// of fifty.
const oneByOne = " LIMIT 1 OFFSET 0"

// roleIsOneOf is the condition on holder q that its role is asked for; "" where
// none is.
func (l *listing) roleIsOneOf(roles []query.RoleOn) string {
	var conds, everywhere []string
	for _, r := range roles {
		role := strconv.Itoa(int(r.Role))
		if r.Queues == nil {
			everywhere = append(everywhere, role)
			continue
		}
		conds = append(conds, "(q.role = "+role+" AND "+in(l.tx.d, &l.w, "q.queue", numbers(r.Queues))+")")
	}
	if everywhere != nil {
		conds = append(conds, "q.role IN ("+joined(everywhere)+")")
	}
	if conds == nil {
		return ""
	}
	return "(" + strings.Join(conds, " OR ") + ")"
}

// linked is the condition that the ticket is linked with one that may be known.
// The linked ticket is t inside of it, so that its scope can be asked.
func (l *listing) linked(t *query.Test) string {
	one := func(mine, other string) string {
		conds := []string{"t.id = k." + other, "t.state > 0", newScoped(l.tx.d, &l.w, t.Scope).inScope()}
		if t.Links != nil {
			types := []string{"NULL"}
			for _, link := range t.Links {
				types = append(types, l.w.arg(link))
			}
			conds = append(conds, "k.type IN ("+joined(types)+")")
		}
		if t.Numbers != nil {
			conds = append(conds, in(l.tx.d, &l.w, "k."+other, t.Numbers))
		}
		return "t.id IN (SELECT k." + mine + " FROM link k CROSS JOIN ticket t WHERE " + strings.Join(conds, " AND ") + ")"
	}
	switch t.Dir {
	case query.Outward:
		return one("ticket", "target")
	case query.Inward:
		return one("target", "ticket")
	}
	return "(" + one("ticket", "target") + " OR " + one("target", "ticket") + ")"
}

// words is the condition that one message of the ticket has all the words, the
// last one perhaps unfinished.
func (l *listing) words(t *query.Test) string {
	asked := askedWords(t.Words)
	if len(asked) == 0 {
		return "1 = 0"
	}
	read := "d.comment = 0"
	if t.Scope != nil {
		read = "(d.comment = 0 OR " + newScoped(l.tx.d, &l.w, t.Scope).inScope() + ")"
	}
	return "EXISTS (SELECT 1 FROM document d WHERE d.ticket = t.id AND d.message IS NOT NULL AND " + read + " AND " +
		l.tx.d.hasText(l.w.param(l.tx.d.textCheck(asked))) + ")"
}

// fewWho is from how many people a list can start at the most.
const fewWho = 100

// narrow makes of what a query asks in any case the parts of the filter from
// which a list can start.
func (f *TicketFilter) narrow(t *query.Test) {
	switch t.What {
	case query.All:
		for i := range t.Tests {
			f.narrow(&t.Tests[i])
		}
	case query.In:
		if t.Column == query.Queue && f.Queues == nil {
			f.Queues = queueIDs(t.Numbers)
		}
		if t.Column == query.ID && f.IDs == nil {
			f.IDs = ticketIDs(t.Numbers)
		}
		if f.either == nil && aboutFew(t) {
			f.either = []query.Test{*t}
		}
	case query.Stands:
		if t.Who != nil && f.Standing == nil && len(t.Who) <= fewWho {
			f.Standing = t.Who
		}
	case query.Words:
		if f.Text == "" {
			f.Text, f.TextComments = t.Words, t.Scope
		}
	case query.Valued:
		if f.valued == nil {
			f.valued = t
		}
	case query.Texts, query.One:
		if t.What == query.One && len(t.Tests) == 1 {
			f.narrow(&t.Tests[0])
			return
		}
		if f.parts == nil {
			f.parts = partsAsked(t)
		}
		if f.either == nil && t.What == query.One && !slices.ContainsFunc(t.Tests, func(t query.Test) bool { return !aboutFew(&t) }) {
			f.either = t.Tests
		}
	case query.Between:
		if _, ok := ranged(t); ok && len(f.ranges) < mostRanges {
			f.ranges = append(f.ranges, t)
		}
	}
}

// narrowStatuses leaves the statuses of which a ticket may be that the query
// finds, whatever else it is.
func (f *TicketFilter) narrowStatuses(t *query.Test) {
	if f.Statuses != nil {
		return
	}
	var possible []desk.Status
	all := true
	for _, s := range slices.Sorted(maps.Keys(f.kinds())) {
		may, _ := bounds(t, s)
		if may && s != desk.StatusDeleted {
			possible = append(possible, s)
		}
		all = all && (may || s == desk.StatusDeleted)
	}
	switch activity := f.activityOf(possible); {
	case all:
	case f.Activity == Any && activity != Any && len(possible) == f.statusesOf(activity):
		f.Activity = activity // which says the same, and is quicker
	default:
		f.Statuses = append([]desk.Status{}, possible...)
	}
}

// statusesOf counts the statuses of findable tickets of an activity.
func (f *TicketFilter) statusesOf(a Activity) int {
	n := 0
	for s, kind := range f.kinds() {
		if s != desk.StatusDeleted && kind.Active() == (a == OnlyActive) {
			n++
		}
	}
	return n
}

// kinds are the statuses that there are, with their kinds.
func (f *TicketFilter) kinds() map[desk.Status]desk.StatusKind {
	if f.Kinds == nil {
		return (&desk.LifeBook{}).Kinds()
	}
	return f.Kinds
}

// bounds says of tickets of a status whether a test may hold for one of them,
// and whether it must hold for all.
func bounds(t *query.Test, s desk.Status) (may, must bool) {
	switch t.What {
	case query.All, query.One:
		may, must = t.What == query.All, t.What == query.All
		for i := range t.Tests {
			partMay, partMust := bounds(&t.Tests[i], s)
			if t.What == query.All {
				may, must = may && partMay, must && partMust
			} else {
				may, must = may || partMay, must || partMust
			}
		}
		return may, must
	case query.No:
		may, must = bounds(&t.Tests[0], s)
		return !must, !may
	case query.Texts:
		if t.Column == query.Status {
			fits := slices.ContainsFunc(t.Patterns, func(p string) bool { return query.Match(p, string(s)) })
			return fits, fits
		}
	}
	return true, false
}

func queueIDs(ids []int64) []desk.QueueID {
	list := []desk.QueueID{}
	for _, id := range ids {
		list = append(list, desk.QueueID(id))
	}
	return list
}

func ticketIDs(ids []int64) []desk.TicketID {
	list := []desk.TicketID{}
	for _, id := range ids {
		list = append(list, desk.TicketID(id))
	}
	return list
}

// statusesLike returns the statuses that one of the patterns names as they are;
// nil where there is more to a pattern.
func statusesLike(patterns []string) []desk.Status {
	list := []desk.Status{}
	for _, p := range patterns {
		if s, err := desk.CheckStatus(p); err != nil || string(s) != p {
			return nil
		}
		list = append(list, desk.Status(p))
	}
	return list
}
