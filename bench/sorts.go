package bench

import (
	"context"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// sortRounds is how often each sorted list is read, and sortPeople for how many
// people of a class at the most.
const (
	sortRounds = 3
	sortPeople = 4
)

// A SortFigure is how long a page of a sorted list takes, in milliseconds: the
// slowest of some people, of each the median, and whose class he is of.
type SortFigure struct {
	MS    float64 `json:"ms"`
	Class string  `json:"class"`
	Sees  int     `json:"sees"` // how many tickets that one sees, up to 100,000
}

// SortNames lists the sorted lists that are measured: by each column, up and
// down, of all tickets and of the active ones.
func SortNames() []string {
	var names []string
	for _, by := range []store.SortBy{"id", "created", "updated", "updater", "due", "starts", "told", "resolved", "priority", "worked", "subject", "status", "queue", "owner", "requestor", "customer"} {
		for _, way := range []string{", up", ", down"} {
			names = append(names, string(by)+way, string(by)+way+", active")
		}
	}
	return names
}

// sortOf reads a name of SortNames.
func sortOf(name string) (by store.Sort, active bool) {
	parts := strings.Split(name, ", ")
	return store.Sort{By: store.SortBy(parts[0]), Down: parts[1] == "down"}, len(parts) > 2
}

// measureSorts measures the first page of sorted lists, and the one behind it,
// for people of each class.
func (r *run) measureSorts(ctx context.Context) error {
	r.report.Sorts = map[string]SortFigure{}
	for i, name := range SortNames() {
		r.Progress("sorts", i+1, len(SortNames()))
		by, active := sortOf(name)
		f := store.TicketFilter{Limit: listPage}
		if active {
			f.Activity = store.OnlyActive
		}
		worst, err := r.slowest(ctx, f, by)
		if err != nil {
			return err
		}
		r.report.Sorts[name] = worst
	}
	return nil
}

// slowest is the figure of who of some people waits longest for a sorted list.
func (r *run) slowest(ctx context.Context, f store.TicketFilter, by store.Sort) (worst SortFigure, err error) {
	for _, class := range Classes() {
		for _, user := range evenly(r.people[class], sortPeople) {
			took, err := r.sorted(ctx, user, f, by)
			if err != nil {
				return worst, err
			}
			if ms := millis(took); ms > worst.MS {
				worst = SortFigure{MS: ms, Class: class, Sees: r.seen[user]}
			}
		}
	}
	return worst, nil
}

// evenly takes so many of a list at the most, from its beginning to its end.
func evenly(users []desk.UserID, most int) []desk.UserID {
	if len(users) <= most {
		return users
	}
	var some []desk.UserID
	for i := range most {
		some = append(some, users[i*(len(users)-1)/(most-1)])
	}
	return some
}

// sorted reads two pages of a sorted list for somebody, and returns how long the
// slower one took.
func (r *run) sorted(ctx context.Context, user desk.UserID, f store.TicketFilter, by store.Sort) (time.Duration, error) {
	scope, comments := r.engine.Scope(user, desk.ShowTicket), r.engine.Scope(user, desk.ShowTicketComments)
	by.Comments = &comments
	var slower time.Duration
	for range 2 {
		var took times
		var end store.SortEnd
		var more bool
		for range sortRounds {
			begin := time.Now()
			err := r.store.View(ctx, func(tx *store.Tx) (err error) {
				_, end, more, err = tx.SortedTickets(ctx, &scope, f, by)
				return err
			})
			if err != nil {
				return 0, err
			}
			took = append(took, time.Since(begin))
		}
		slower = max(slower, took.median())
		if !more {
			break
		}
		by.After = end
	}
	return slower, nil
}
