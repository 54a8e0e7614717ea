package store

import (
	"context"
	"database/sql"
	"strings"

	"gatehouse/desk"
	"gatehouse/desk/query"
)

// A SortBy is a column by which a list of tickets can be sorted.
type SortBy string

// sortKeys are the columns as they are compared. What is not set comes last,
// whichever way the list goes, where unset says that zero is no value. last
// chooses between what was last done at all and what everybody could see of it.
func sortKeys(collate string, last func(all, heard string) string) map[SortBy]sortKey {
	name := func(of string) string { return "coalesce((" + of + "), '')" + collate }
	principal := func(of, from string) sortKey {
		return sortKey{key: "coalesce((SELECT " + personName + collate + " FROM desk_user p WHERE p.id = " + of + "), (SELECT " + personName + collate + " FROM customer p WHERE p.id = " + of +
			"), (SELECT p.folded" + collate + " FROM desk_group p WHERE p.id = " + of + "), '')" + collate, text: true, of: "coalesce(" + of + ", 0)", walk: namesOf(collate, from)}
	}
	updater := sortKey{key: name("SELECT " + ownerName + " FROM desk_user u WHERE u.id = " + last("t.updated_by", "t.heard_by")), text: true}
	if number := map[string]string{"all": updaterNumber, "heard": hearerNumber}[last("all", "heard")]; number != "" {
		updater.of, updater.names = number, numbersNamed(number)
	}
	return map[SortBy]sortKey{
		"id": {key: "t.id"}, "created": {key: "t.created"}, "updated": {key: last("t.updated", "t.heard")}, "priority": {key: "t.priority"}, "worked": {key: "t.time_worked"},
		"due": {key: "t.due", unset: true}, "starts": {key: "t.starts", unset: true}, "told": {key: "t.told", unset: true}, "resolved": {key: "t.resolved", unset: true},
		"subject": {key: "t.subject_folded" + collate, text: true}, "status": {key: "t.status" + collate, text: true},
		"queue":     {key: name("SELECT q.folded FROM queue q WHERE q.id = t.queue"), text: true, of: "t.queue", names: queueNames},
		"owner":     {key: name("SELECT " + ownerName + " FROM desk_user u WHERE u.id = t.owner"), text: true, of: ownerNumber, names: numbersNamed(ownerNumber)},
		"updater":   updater,
		"requestor": principal("t.asker", "desk_user customer desk_group"), "customer": principal("t.customer", "customer"),
	}
}

// A sortKey is a column as it is compared. Where it is the name of something, of
// is the number of that, and names lists the numbers with their names.
type sortKey struct {
	key         string
	text, unset bool
	of, names   string
	gather      bool         // no index is to be read in this order
	walk        []nameSource // where there are too many names to list them
}

// order is the column in the order of a list. What is added keeps the planners
// from reading an index of it.
func (k sortKey) order() string {
	switch {
	case !k.gather:
		return k.key
	case k.text:
		return "('' || " + k.key + ")"
	}
	return "(" + k.key + ") + 0"
}

// A Sort is how a list of tickets is sorted. After is the end of the page
// before; its ID zero: the beginning.
type Sort struct {
	By    SortBy
	Field *SortField // a custom field instead of a column
	Down  bool
	After SortEnd
	// Comments are the tickets of which the reader may read comments; the others
	// are sorted by what everybody could see of them. nil: he may of all.
	Comments *desk.Scope
}

// A SortEnd is the last ticket of a page: its value, as a number or as a text.
type SortEnd struct {
	Number int64
	Text   string
	ID     desk.TicketID
	Unset  bool // it has no value of the custom field
}

// Sorts reports whether lists can be sorted so.
func (by SortBy) Sorts() bool {
	_, ok := sortKeys("", whatever)[by]
	return ok
}

// whatever was last done counts, comments too.
func whatever(all, _ string) string { return all }

// heardOnly counts what everybody could see.
func heardOnly(_, heard string) string { return heard }

// lastDone says of ticket t what counts as done last for the reader of a list
// of a scope.
func (l *listing) lastDone(comments *desk.Scope) func(all, heard string) string {
	switch {
	case comments == nil || comments.All || comments.Equal(l.s):
		return whatever
	case comments.Empty():
		return heardOnly
	}
	read := newScoped(l.tx.d, &l.w, comments).inScope()
	return func(all, heard string) string {
		return "CASE WHEN " + read + " THEN " + all + " ELSE " + heard + " END"
	}
}

// SortedTickets lists tickets of the scope in an order, and whether there are
// more, with the end of the page. The ends of the filter's own pages do not
// count. Times that are not set are not in the list of those that are sorted by
// them going up; they come at the end of one going down.
func (tx *Tx) SortedTickets(ctx context.Context, s *desk.Scope, f TicketFilter, by Sort) (list []desk.Ticket, end SortEnd, more bool, err error) {
	list, ends, err := tx.sorted(ctx, s, f, by)
	if err != nil {
		return nil, end, false, err
	}
	if list, more = cut(list, page(f.Limit)); len(list) > 0 {
		end = ends[len(list)-1]
	}
	return list, end, more, tx.fillHolders(ctx, list)
}

// SortedIDs returns the numbers of what SortedTickets lists, the one more
// included by which it knows that there are more.
func (tx *Tx) SortedIDs(ctx context.Context, s *desk.Scope, f TicketFilter, by Sort) ([]desk.TicketID, error) {
	list, _, err := tx.sorted(ctx, s, f, by)
	list, _ = cut(list, page(f.Limit)+1)
	ids := make([]desk.TicketID, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	return ids, err
}

// sorted lists the tickets of a page and one more, without their holders.
func (tx *Tx) sorted(ctx context.Context, s *desk.Scope, f TicketFilter, by Sort) (list []desk.Ticket, ends []SortEnd, err error) {
	if by.Field == nil && !by.By.Sorts() {
		return nil, nil, desk.Errorf(desk.Invalid, "Lists cannot be sorted by %q.", string(by.By))
	}
	f.Before, f.After = 0, 0
	l, err := tx.newListing(ctx, s, f, page(f.Limit)+1)
	if err != nil || l == nil || f.Text != "" && len(askedWords(f.Text)) == 0 {
		return nil, nil, err
	}
	key := sortKeys(tx.d.collate, l.lastDone(by.Comments))[by.By]
	l.addConditions("")
	if l.f.Queues != nil {
		l.inQueues = in(tx.d, &l.w, "t.queue", numbers(l.f.Queues))
		if len(l.f.Queues) == 1 { // PostgreSQL takes each list to be one of ten
			l.inQueues = "t.queue = " + l.w.arg(int64(l.f.Queues[0]))
		}
		l.conds = append(l.conds, l.inQueues)
	}
	if !s.All {
		l.conds = append(l.conds, "("+l.scope.inScope()+") IS TRUE")
		if l.f.IDs, err = tx.fewInScope(ctx, s, f); err != nil {
			return nil, nil, err
		}
	}
	if l.f.IDs != nil {
		l.conds = append(l.conds, in(tx.d, &l.w, "t.id", numbers(l.f.IDs)))
	}
	named, err := l.startSorted(ctx, key)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case by.Field != nil:
		list, ends, err = l.readByField(ctx, by)
	case named && key.walk != nil:
		list, ends, err = l.readWalked(ctx, key, by)
	case named:
		list, ends, err = l.readNamed(ctx, key, by)
	case l.partly(by):
		list, ends, err = l.readPartly(ctx, f, by)
	default:
		list, ends, err = l.readOrdered(ctx, key, by)
	}
	return list, ends, tx.wrap(err, "sort tickets by", by.By)
}

// readOrdered reads a page from the index of a column, or where few tickets are
// in the list's queues and of its activity, sorts these.
func (l *listing) readOrdered(ctx context.Context, key sortKey, by Sort) ([]desk.Ticket, []SortEnd, error) {
	conds := append(l.sorting(key, by), l.conds...)
	if l.f.IDs != nil || l.f.few != nil || l.f.Activity == Any && l.f.Queues == nil {
		return l.readSorted(ctx, key, by.Down, conds)
	}
	walks, err := l.walks(ctx)
	if err != nil {
		return nil, nil, err
	}
	if key.gather = !walks; walks {
		for at, cond := range conds {
			if cond == activeState || cond == l.inQueues {
				conds[at] = "(" + cond + ") IS TRUE" // keeps the planner from sorting all of these
			}
		}
	}
	return l.readSorted(ctx, key, by.Down, conds)
}

// walks reports whether so many tickets are in the list's queues and of its
// activity that a page is found sooner in an order of all than by sorting them.
func (l *listing) walks(ctx context.Context) (bool, error) {
	all, _, err := l.tx.countQueues(ctx, []int64{}, Any)
	if err != nil {
		return false, err
	}
	some, of, err := l.tx.countQueues(ctx, numbers(l.f.Queues), l.f.Activity)
	if l.f.Queues != nil {
		some = of
	}
	return some*some > all*int64(l.limit), err
}

// activeState is the condition of active tickets t, as partial indexes have it.
const activeState = "t.state = 2"

// readSorted reads tickets t in their order, with the value of each by which
// they are sorted.
func (l *listing) readSorted(ctx context.Context, key sortKey, down bool, conds []string) (list []desk.Ticket, ends []SortEnd, err error) {
	statement, args := l.w.bind(l.unkept() + `SELECT ` + ticketColumns + `, ` + key.key + ` FROM ticket t WHERE ` + strings.Join(conds, " AND ") +
		` ORDER BY ` + key.order() + way(down) + `, t.id` + way(down) + limited(l.w.arg(l.limit)))
	err = l.tx.each(ctx, func(rows *sql.Rows) error {
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
	return list, ends, err
}

func than(down bool) string {
	if down {
		return " <"
	}
	return " >"
}

func way(down bool) string {
	if down {
		return " DESC"
	}
	return ""
}

// fewInScope returns the tickets of a list if they are few, else those that the
// filter names.
func (tx *Tx) fewInScope(ctx context.Context, s *desk.Scope, f TicketFilter) ([]desk.TicketID, error) {
	most := tx.s.plans.textFirst
	if f.IDs != nil || most < 0 {
		return f.IDs, nil
	}
	if n, err := tx.CountTickets(ctx, s, f, most); n > most || err != nil {
		return nil, err
	}
	l, err := tx.newListing(ctx, s, f, most+1)
	if err != nil || l == nil {
		return nil, err
	}
	if err := l.chooseSources(ctx); err != nil || len(l.sources) == 0 {
		return []desk.TicketID{}, err
	}
	statement, args := l.w.bind(l.unkept() + l.union())
	list, err := tx.numbers(ctx, statement, args...)
	ids := make([]desk.TicketID, len(list))
	for i, id := range list {
		ids[i] = desk.TicketID(id)
	}
	return ids, tx.wrap(err, "look for the tickets in scope", "")
}

// fewSorted is how many tickets are so few that nothing is to be won.
const fewSorted = 200

// startSorted leaves the tickets of somebody for whom the filter asks, or what is
// left by what the query asks, if these are few: sorting them is quicker than
// looking for them in an order. It says whether to look for them name by name.
func (l *listing) startSorted(ctx context.Context, key sortKey) (bool, error) {
	if l.f.IDs != nil && len(l.f.IDs) <= fewSorted {
		return false, nil
	}
	find := l.findFew
	if people := l.f.people(); people != nil {
		l.f.either, find = people, l.findEither
	}
	found, err := find(ctx)
	if err != nil {
		return false, err
	}
	if !found {
		return l.manyNamed(ctx, key)
	}
	l.conds = append(l.conds, in(l.tx.d, &l.w, "t.id", l.f.few))
	return false, nil
}

// people is what the filter asks for that an index of people finds; nil: nothing.
func (f *TicketFilter) people() []query.Test {
	var who []desk.PrincipalID
	switch {
	case f.Owner != nil && *f.Owner != 0:
		who = []desk.PrincipalID{desk.PrincipalID(*f.Owner)}
	case f.Requestor != 0:
		who = []desk.PrincipalID{f.Requestor}
	case f.Reporter != 0:
		return []query.Test{{What: query.In, Column: query.Reporter, Numbers: []int64{int64(f.Reporter)}}}
	case f.Standing != nil:
		who = f.Standing
	case f.Customers != nil:
		for _, c := range f.Customers {
			who = append(who, desk.PrincipalID(c))
		}
	default:
		return nil
	}
	return []query.Test{{What: query.Stands, Who: who}}
}

// sorting are the conditions of a page of a sorted list.
func (l *listing) sorting(key sortKey, by Sort) []string {
	conds := l.inState()
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
	id := l.w.arg(int64(by.After.ID))
	// The first condition lets an index begin there.
	return append(conds, key.key+than(by.Down)+"= "+value, "("+key.key+than(by.Down)+" "+value+" OR t.id"+than(by.Down)+" "+id+")")
}

// inState are the conditions on the state of tickets t of the list.
func (l *listing) inState() []string {
	switch l.f.Activity {
	case OnlyActive:
		return []string{"t.state > 0", activeState}
	case OnlyInactive:
		return []string{"t.state > 0", "t.state = 1"}
	}
	return []string{"t.state > 0"}
}
