package bench

import (
	"cmp"
	"context"
	"slices"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

const (
	listPage   = 50   // tickets of a page
	countLimit = 1000 // a list says "1,000+" where there are more
	sampled    = 400  // of how many agents and contacts each it is looked up what they see
	seenLimit  = 100_000
)

// The classes of people, by how many tickets they see.
const (
	contactFew  = "contact_few"
	contactMany = "contact_many"
	agentFew    = "agent_few"
	agentMedian = "agent_median"
	agentMany   = "agent_many"
	superuser   = "superuser"
)

// Classes lists the classes in order.
func Classes() []string {
	return []string{contactFew, contactMany, agentFew, agentMedian, agentMany, superuser}
}

// A seer is a user with how many tickets he sees, up to seenLimit.
type seer struct {
	user desk.UserID
	seen int
}

// people are some users of each class.
type people map[string][]desk.UserID

// choosePeople looks up how many tickets some people see, and puts those of
// them into classes who see any.
func (r *run) choosePeople(ctx context.Context) error {
	if r.engine == nil { // checks are not measured
		r.engine = access.New(r.world)
	}
	r.seen = map[desk.UserID]int{}
	var agents, contacts, supers []seer
	users := slices.Clone(r.world.Users)
	r.random.Shuffle(len(users), func(i, j int) { users[i], users[j] = users[j], users[i] })
	for _, u := range users {
		list := &contacts
		scope := r.engine.Scope(u.ID, desk.ShowTicket)
		switch {
		case scope.All:
			list = &supers
		case u.Kind == desk.Agent:
			list = &agents
		}
		if u.Disabled || len(*list) >= sampled {
			continue
		}
		var seen int
		if err := r.store.View(ctx, func(tx *store.Tx) (err error) {
			seen, err = tx.CountTickets(ctx, &scope, store.TicketFilter{}, seenLimit)
			return err
		}); err != nil {
			return err
		}
		*list = append(*list, seer{u.ID, seen})
		r.seen[u.ID] = seen
		r.Progress("choosing people", len(agents)+len(contacts)+len(supers), 0)
	}
	r.people = classify(agents, contacts, supers)
	return nil
}

// classify takes those who see few tickets from the lower quarter of the
// contacts and the lower tenth of the agents, those who see many from the upper
// twentieth and tenth.
func classify(agents, contacts, supers []seer) people {
	return people{
		contactFew: between(contacts, 0, 25), contactMany: between(contacts, 95, 100),
		agentFew: between(agents, 0, 10), agentMedian: between(agents, 45, 55), agentMany: between(agents, 90, 100),
		superuser: between(supers, 0, 100),
	}
}

// between returns those who see any ticket, from one percent to another in the
// order of how many; at least one, if there is one.
func between(list []seer, from, to int) []desk.UserID {
	list = slices.DeleteFunc(slices.Clone(list), func(s seer) bool { return s.seen == 0 })
	slices.SortFunc(list, func(a, b seer) int { return cmp.Or(cmp.Compare(a.seen, b.seen), cmp.Compare(a.user, b.user)) })
	if len(list) == 0 {
		return nil
	}
	first := min(len(list)*from/100, len(list)-1)
	var users []desk.UserID
	for _, s := range list[first:max(first+1, len(list)*to/100)] {
		users = append(users, s.user)
	}
	return users
}

// measureLists measures, for random people of each class, the newest active
// tickets and how many there are, counted up to countLimit. Where all are on the
// page, they need not be counted.
func (r *run) measureLists(ctx context.Context) error {
	r.report.ListPageUS, r.report.ListPageP99US = map[string]float64{}, map[string]float64{}
	for _, class := range Classes() {
		users := r.people[class]
		if len(users) == 0 {
			r.report.note("Nobody was found who is of the class %s; its lists are not measured.", class)
			continue
		}
		for range least {
			if _, err := r.list(ctx, users); err != nil {
				return err
			}
		}
		var took times
		for w := r.watch(1000); w.goOn(len(took)); {
			once, err := r.list(ctx, users)
			if err != nil {
				return err
			}
			took = append(took, once)
		}
		r.report.ListPageUS[class], r.report.ListPageP99US[class] = micros(took.median()), micros(took.percentile(99))
	}
	return nil
}

// list makes the list of one of the users and returns how long it took.
func (r *run) list(ctx context.Context, users []desk.UserID) (time.Duration, error) {
	user := users[r.random.IntN(len(users))]
	active := store.TicketFilter{Activity: store.OnlyActive, Limit: listPage}
	begin := time.Now()
	err := r.store.View(ctx, func(tx *store.Tx) error {
		scope := r.engine.Scope(user, desk.ShowTicket)
		if _, more, err := tx.Tickets(ctx, &scope, active); err != nil || !more {
			return err
		}
		_, err := tx.CountTickets(ctx, &scope, active, countLimit)
		return err
	})
	return time.Since(begin), err
}
