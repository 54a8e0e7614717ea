package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/desk/query"
)

// Activity says which tickets a list shows: none that are not findable.
type Activity uint8

// The kinds of activity.
const (
	Any          Activity = iota
	OnlyActive            // what is still to be done
	OnlyInactive          // what is done
)

// A TicketFilter chooses tickets; its zero parts choose all. Filters add up:
// each narrows the list further.
type TicketFilter struct {
	Queues   []desk.QueueID
	Statuses []desk.Status
	// Kinds are the statuses of all life cycles; nil: only the shipped ones.
	Kinds    map[desk.Status]desk.StatusKind
	Activity Activity
	Owner    *desk.UserID // zero: tickets that nobody owns
	// NoApprovals leaves out tickets that ask for an approval, which package
	// service makes a part of Test.
	NoApprovals bool
	// Customers are those of whom one is the ticket's customer.
	Customers []desk.CustomerID
	Requestor desk.PrincipalID
	Reporter  desk.UserID
	// Text holds words that must all be in the subject, or all in one message;
	// the last one may be unfinished. A text without words finds nothing.
	Text string
	// TextComments are the tickets whose comments are searched; nil: none.
	TextComments *desk.Scope
	// Standing are principals of whom one stands in any role on the ticket.
	Standing []desk.PrincipalID
	IDs      []desk.TicketID
	// Query is a text in the query language, which package service makes a Test
	// of: the store reads only that.
	Query string
	Test  *query.Test
	// Fields are custom fields of which package service adds the values to each
	// ticket; the store leaves them alone.
	Fields []desk.FieldID
	// Unread has package service say which tickets hold something new to the
	// reader; the store leaves it alone.
	Unread bool
	// valued is a part of Test that asks for values of a custom field.
	valued *query.Test
	// parts are lists of parts of subjects, of which Test asks for one, and ranges
	// what it asks of columns of which there is an index; few are the tickets that
	// one of these leaves.
	parts  [][]string
	ranges []*query.Test
	either []query.Test // of which one holds: each asks who stands on or reported a ticket
	few    []int64
	// Before and After are ends of pages: Before shows the page of tickets
	// older than that one, After the page of newer ones that ends at it.
	Before desk.TicketID
	After  desk.TicketID
	Limit  int
}

// plans are the costs by which the way to make a list is chosen.
type plans struct {
	// The cost of a row in each of the three ways to find the newest tickets of
	// queues: a scan over all tickets, the newest ones of each queue, and all
	// tickets of the queues.
	scan, each, whole float64
	// textFirst: up to so many texts found, they are looked through instead of
	// the tickets in scope. rangeFirst: the same for tickets in a range.
	textFirst, rangeFirst int
	// sample: of so many of the newest tickets it is looked up whether some fit a
	// query; if they do, the newest are looked through until there are enough.
	sample int
	// percent is how much of the texts is looked at to find out that very many
	// have a word.
	percent float64
}

// usualPlans are what was measured, most on SQLite.
func usualPlans() plans {
	return plans{scan: 1, each: 8, whole: 1.5, textFirst: 5000, rangeFirst: 20000, sample: 1000, percent: 0.1}
}

// Tickets lists tickets of the scope, newest first, and whether there are more:
// older ones, or with After newer ones.
func (tx *Tx) Tickets(ctx context.Context, s *desk.Scope, f TicketFilter) (list []desk.Ticket, more bool, err error) {
	limit := page(f.Limit)
	l, err := tx.newListing(ctx, s, f, limit+1)
	if err != nil || l == nil {
		return nil, false, err
	}
	if err := l.chooseSources(ctx); err != nil {
		return nil, false, tx.wrap(err, "list tickets", "")
	}
	if len(l.sources) == 0 {
		return nil, false, nil
	}
	statement, args := l.w.bind(l.unkept() + `SELECT ` + ticketColumns + ` FROM ticket t WHERE t.id` + l.tx.d.oneOf(l.union()+l.order("id")) + ` ORDER BY t.id` + l.direction())
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var t desk.Ticket
		err := rows.Scan(ticketFields(&t)...)
		list = append(list, t)
		return err
	}, statement, args...)
	if err != nil {
		return nil, false, tx.wrap(err, "list tickets", "")
	}
	list, more = cut(list, limit)
	if f.After != 0 {
		slices.Reverse(list)
	}
	return list, more, tx.fillHolders(ctx, list)
}

// TicketIDs returns the numbers of what Tickets lists, the one more included by
// which it knows that there are more.
func (tx *Tx) TicketIDs(ctx context.Context, s *desk.Scope, f TicketFilter) ([]desk.TicketID, error) {
	l, err := tx.newListing(ctx, s, f, page(f.Limit)+1)
	if err != nil || l == nil {
		return nil, err
	}
	if err := l.chooseSources(ctx); err != nil || len(l.sources) == 0 {
		return nil, tx.wrap(err, "list tickets", "")
	}
	statement, args := l.w.bind(l.unkept() + l.union() + l.order("id"))
	list, err := tx.numbers(ctx, statement, args...)
	return ticketIDs(list), tx.wrap(err, "list tickets", "")
}

// CountTickets counts what Tickets lists on all its pages. It counts up to
// limit + 1, which stands for more than limit; without a limit, to the end.
func (tx *Tx) CountTickets(ctx context.Context, s *desk.Scope, f TicketFilter, limit int) (int, error) {
	if limit <= 0 {
		limit = 1<<31 - 2
	}
	l, err := tx.newListing(ctx, s, f, limit+1)
	if err != nil || l == nil {
		return 0, err
	}
	known, err := l.countKnown(ctx)
	if err != nil || known > limit {
		return min(known, limit+1), tx.wrap(err, "count tickets", "")
	}
	l.limit = limit + 1 - known
	if err := l.chooseSources(ctx); err != nil {
		return 0, tx.wrap(err, "count tickets", "")
	}
	if len(l.sources) == 0 {
		return known, nil
	}
	var n int
	statement, args := l.w.bind(l.unkept() + `SELECT count(*) FROM (` + l.union() + l.order("id") + `) AS found`)
	err = tx.row(ctx, statement, args...).Scan(&n)
	return known + n, tx.wrap(err, "count tickets", "")
}

// A listing is one list being put together: the newest tickets of each of some
// sources, which together hold the list, and nothing outside of it.
type listing struct {
	tx       *Tx
	s        *desk.Scope
	f        TicketFilter
	limit    int
	w        where
	scope    *scoped
	conds    []string // what the filter asks of ticket t
	inQueues string   // one of them: that it is in the queues of a sorted list
	cursors  []string // the conditions on the id, with # for it
	sources  []string
	counted  []int64 // queues whose tickets have been counted already
}

// unkept marks the statements of queries.
func (l *listing) unkept() string {
	if l.f.Test != nil {
		return unkept
	}
	return ""
}

// newListing returns nil where the list is empty without looking.
func (tx *Tx) newListing(ctx context.Context, s *desk.Scope, f TicketFilter, limit int) (*listing, error) {
	if s == nil {
		return nil, desk.Errorf(desk.Internal, "A list of tickets was asked for without a scope.")
	}
	if err := tx.flushCounts(ctx); err != nil {
		return nil, err
	}
	if s.Empty() {
		return nil, nil
	}
	if f.Test != nil {
		f.narrow(f.Test)
		f.narrowStatuses(f.Test)
	}
	if f.Activity == Any {
		f.Activity = f.activityOf(f.Statuses)
	}
	l := (&listing{tx: tx, s: s, f: f}).again(limit)
	if f.Before != 0 {
		l.cursors = append(l.cursors, "# < "+l.w.arg(int64(f.Before)))
	}
	if f.After != 0 {
		l.cursors = append(l.cursors, "# > "+l.w.arg(int64(f.After)))
	}
	return l, nil
}

// again begins to put the same list together anew, without the ends of pages.
func (l *listing) again(limit int) *listing {
	l = &listing{tx: l.tx, s: l.s, f: l.f, limit: limit}
	l.scope = newScoped(l.tx.d, &l.w, l.s)
	if l.f.Test != nil {
		l.conds = append(l.conds, l.test(l.f.Test))
	}
	return l
}

// activityOf says what a list of such statuses shows at the most, so that what
// is still to be done is not looked for among all that ever was.
func (f *TicketFilter) activityOf(statuses []desk.Status) Activity {
	activity, kinds := Any, f.kinds()
	for i, s := range statuses {
		kind, known := kinds[s]
		if !known {
			return Any
		}
		of := OnlyInactive
		if kind.Active() {
			of = OnlyActive
		}
		if i > 0 && of != activity {
			return Any
		}
		activity = of
	}
	return activity
}

// states are the states of tickets that the list shows.
func (l *listing) states() []string {
	switch l.f.Activity {
	case OnlyActive:
		return []string{"2"}
	case OnlyInactive:
		return []string{"1"}
	}
	return []string{"1", "2"}
}

func (l *listing) direction() string {
	if l.f.After != 0 {
		return " ASC"
	}
	return " DESC"
}

// order ends a source: newest first, no more than are needed.
func (l *listing) order(column string) string {
	return " ORDER BY " + column + l.direction() + l.scope.once("limit", func() string { return limited(l.w.arg(l.limit)) })
}

// union is the query for the ids of all sources.
func (l *listing) union() string {
	parts := make([]string, len(l.sources))
	for i, source := range l.sources {
		parts[i] = "SELECT id FROM (" + source + ") AS source"
	}
	return strings.Join(parts, " UNION ")
}

// onTicket are the conditions for tickets t that every source has.
func (l *listing) onTicket(more ...string) string {
	conds := []string{"t.state > 0"}
	switch l.f.Activity {
	case OnlyActive:
		conds = []string{"t.state = 2"}
	case OnlyInactive:
		conds = append(conds, "t.state = 1")
	}
	for _, cursor := range l.cursors {
		conds = append(conds, strings.Replace(cursor, "#", "t.id", 1))
	}
	if len(l.counted) > 0 {
		conds = append(conds, l.uncounted("t.queue"))
	}
	return strings.Join(slices.Concat(conds, more, l.conds), " AND ")
}

// chooseSources finds the sources of the list.
func (l *listing) chooseSources(ctx context.Context) error {
	started, err := l.startFromFilter(ctx)
	if err != nil || started {
		return err
	}
	if l.s.All && l.f.Queues == nil {
		l.sources = append(l.sources, "SELECT t.id FROM ticket t WHERE "+l.onTicket()+l.order("t.id"))
		return nil
	}
	if err := l.fromQueues(ctx); err != nil {
		return err
	}
	if l.s.All {
		return nil
	}
	if l.f.Queues != nil {
		l.conds = append(l.conds, in(l.tx.d, &l.w, "t.queue", numbers(l.f.Queues)))
	}
	l.fromPrincipals()
	l.fromUser()
	return nil
}

// fromQueues finds the tickets of the queues that the scope reaches as a whole.
func (l *listing) fromQueues(ctx context.Context) error {
	r := queueReaches(l.s)
	if l.s.All {
		r = &reaches{all: numbers(l.f.Queues)}
	}
	all, shared := l.among(r.all), l.among(r.shared)
	if len(l.counted) > 0 {
		all = nil
	}
	var narrow []string
	if l.s.Contact && !l.s.All && len(all) > 0 {
		narrow = []string{l.scope.sharingLetsIn()}
	}
	if err := l.fromQueueList(ctx, all, narrow); err != nil {
		return err
	}
	return l.fromQueueList(ctx, shared, []string{"t.sharing = 0"})
}

// among leaves the queues that the filter asks for, each once.
func (l *listing) among(queues []int64) []int64 {
	var list []int64
	for _, q := range queues {
		if l.f.Queues == nil || slices.Contains(l.f.Queues, desk.QueueID(q)) {
			list = append(list, q)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// fromQueueList finds the tickets of some queues by the way that reads less.
func (l *listing) fromQueueList(ctx context.Context, queues []int64, narrow []string) error {
	if len(queues) == 0 {
		return nil
	}
	all, visible, err := l.tx.countQueues(ctx, queues, l.f.Activity)
	if err != nil {
		return err
	}
	if visible == 0 {
		return nil
	}
	limit, plans := float64(l.limit), l.tx.s.plans
	scan := plans.scan * limit * float64(all) / float64(visible)
	each := plans.each * min(float64(visible), limit*float64(len(queues)))
	whole := plans.whole * float64(visible)
	p := l.w.param(l.tx.d.list(queues))
	where := func(queue string) string { return l.onTicket(append([]string{queue}, narrow...)...) }
	switch {
	case scan <= each && scan <= whole:
		// IS TRUE keeps the planner from looking into each queue instead.
		l.sources = append(l.sources, "SELECT t.id FROM ticket t WHERE "+where("(t.queue IN ("+l.tx.d.inList(p)+")) IS TRUE")+l.order("t.id"))
	case each <= whole:
		l.sources = append(l.sources, l.tx.d.newestOfEach(p, "SELECT t.id FROM ticket t WHERE "+where("t.queue = outer.n")+l.order("t.id")))
	default:
		// + 0 keeps the planner from scanning all tickets by number instead.
		l.sources = append(l.sources, "SELECT t.id FROM ticket t WHERE "+where("t.queue IN ("+l.tx.d.inList(p)+")")+l.order("t.id + 0"))
	}
	return nil
}

// countQueues returns how many tickets there are, and how many in the queues.
// A page and its count ask the same, so a transaction keeps the answers.
func (tx *Tx) countQueues(ctx context.Context, queues []int64, a Activity) (all, some int64, err error) {
	key := fmt.Sprint(a, queues)
	if known, ok := tx.summed[key]; ok {
		return known[0], known[1], nil
	}
	all, some, err = tx.sumQueues(ctx, queues, a)
	if err == nil && !tx.write {
		tx.summed[key] = [2]int64{all, some}
	}
	return all, some, err
}

func (tx *Tx) sumQueues(ctx context.Context, queues []int64, a Activity) (all, some int64, err error) {
	column := map[Activity]string{Any: "active + inactive", OnlyActive: "active", OnlyInactive: "inactive"}[a]
	err = tx.row(ctx, `SELECT CAST(coalesce(sum(`+column+`), 0) AS BIGINT),
		CAST(coalesce(sum(CASE WHEN queue IN (`+tx.d.inList(1)+`) THEN `+column+` ELSE 0 END), 0) AS BIGINT) FROM queue_count`,
		tx.d.list(queues)).Scan(&all, &some)
	return all, some, tx.wrap(err, "count the tickets of queues", "")
}

// fromPrincipals finds the tickets on which the principals of the scope stand.
func (l *listing) fromPrincipals() {
	r := principalReaches(l.s)
	narrow := ""
	if l.s.Contact && len(r.all) > 0 {
		narrow = " AND (h.sharing = 0 OR EXISTS (SELECT 1 FROM ticket t WHERE t.id = h.ticket AND " + l.scope.sharingLetsIn() + "))"
	}
	l.fromHolders(r.all, narrow)
	l.fromHolders(r.shared, " AND h.sharing = 0")
}

func (l *listing) fromHolders(who []int64, narrow string) {
	if len(who) == 0 {
		return
	}
	cond := l.scope.roleIsEnough("h") + narrow
	if len(l.counted) > 0 {
		cond += " AND " + l.uncounted("h.queue")
	}
	l.newestHeld(who, cond, "")
}

// newestHeld adds the newest tickets on which each of some principals stands,
// with a condition on its holder h and perhaps one on the ticket t. Where
// nothing is asked of the ticket, holders are enough.
func (l *listing) newestHeld(who []int64, held, narrow string) {
	p := l.w.param(l.tx.d.list(who))
	from, also := "holder h", ""
	if narrow != "" || len(l.conds) > 0 {
		from, also = "holder h CROSS JOIN ticket t", " AND t.id = h.ticket AND "+l.onTicket(cmp.Or(narrow, "1 = 1"))
	}
	for _, cursor := range l.cursors {
		also = " AND " + strings.Replace(cursor, "#", "h.ticket", 1) + also
	}
	for _, state := range l.states() {
		each := l.tx.d.newestOfEach(p, "SELECT DISTINCT h.ticket AS id FROM "+from+
			" WHERE h.who = outer.n AND h.state = "+state+" AND "+held+also+l.order("h.ticket"))
		l.sources = append(l.sources, "SELECT DISTINCT id FROM ("+each+") AS held") // two of them may stand on one ticket
	}
}

// fromUser finds the tickets that are in the scope because of the user himself:
// he reported them, or stands on them.
func (l *listing) fromUser() {
	if l.s.User == 0 || !queueReaches(l.s).personal() && !principalReaches(l.s).personal() {
		return
	}
	l.sources = append(l.sources, "SELECT t.id FROM ticket t WHERE t.reporter = "+l.scope.user()+" AND "+
		l.onTicket(l.scope.inScope())+l.order("t.id"))
	if l.s.Naming != 0 {
		l.newestHeld([]int64{int64(l.s.User)}, l.scope.has(l.s.Naming, "h.role"), l.scope.inScope())
	}
}

// uncounted leaves out what countKnown has counted.
func (l *listing) uncounted(column string) string {
	return l.scope.once("uncounted "+column, func() string { return "NOT " + in(l.tx.d, &l.w, column, l.counted) })
}

// countKnown counts what counters tell: the tickets of queues that an agent
// sees as a whole. They are left out of what is counted by looking.
func (l *listing) countKnown(ctx context.Context) (int, error) {
	f := l.f
	f.Activity, f.Queues, f.Limit = Any, nil, 0
	if l.s.Contact || !f.zero() {
		return 0, nil
	}
	queues := l.among(queueReaches(l.s).all)
	if l.s.All {
		queues = numbers(l.f.Queues)
	}
	all, some, err := l.tx.countQueues(ctx, queues, l.f.Activity)
	if l.s.All && l.f.Queues == nil {
		some = all
	}
	if l.s.All {
		l.s = &desk.Scope{} // nothing is left to look for
	}
	l.counted = queues
	return int(some), err
}
