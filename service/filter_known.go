package service

import (
	"context"
	"slices"

	"gatehouse/desk"
	"gatehouse/desk/query"
)

// keepToKnown lets a filter find tickets by people and customers whom the
// actor may know, or by whose tickets he reads there anyway. A company that
// watches his own ticket unseen is not to be found out by asking for it: by
// whom he does not know, only tickets of queues are found where he reads those
// of other customers. The filter must be bound.
func (o *op) keepToKnown(ctx context.Context, f *TicketFilter) error {
	if o.isAgent() {
		return nil
	}
	reader, err := o.readerOfOthers(ctx)
	if err != nil {
		return err
	}
	var tests []query.Test
	if f.Customers != nil {
		var known, hidden []desk.PrincipalID
		for _, c := range f.Customers {
			if id := desk.PrincipalID(c); reader.knows(o, id) {
				known = append(known, id)
			} else {
				hidden = append(hidden, id)
			}
		}
		if hidden != nil {
			f.Customers = nil
			tests = append(tests, query.Test{What: query.One, Tests: []query.Test{
				stands(known, query.RoleOn{Role: desk.CustomerRole}),
				stands(hidden, query.RoleOn{Role: desk.CustomerRole, Queues: reader.queues}),
			}})
		}
	}
	others := append([]desk.PrincipalID{f.Requestor, desk.PrincipalID(f.Reporter)}, f.Standing...)
	if f.Owner != nil {
		others = append(others, desk.PrincipalID(*f.Owner))
	}
	if slices.ContainsFunc(others, func(id desk.PrincipalID) bool { return !reader.knows(o, id) }) {
		tests = append(tests, reader.inQueues())
	}
	if tests == nil {
		return nil
	}
	if f.Test != nil {
		tests = append(tests, *f.Test)
	}
	f.Test = &query.Test{What: query.All, Tests: tests}
	return nil
}

func stands(who []desk.PrincipalID, in query.RoleOn) query.Test {
	if len(who) == 0 {
		return query.Never()
	}
	return query.Test{What: query.Stands, Roles: []query.RoleOn{in}, Who: who}
}

// A readerOfOthers is a contact with the customers whose tickets he reads and
// the queues where he reads those of every customer.
type readerOfOthers struct {
	customers []desk.PrincipalID
	queues    []desk.QueueID // never nil
}

func (o *op) readerOfOthers(ctx context.Context) (*readerOfOthers, error) {
	r := &readerOfOthers{queues: []desk.QueueID{}}
	p, all, err := o.askedPermission(ctx, "ro")
	if err != nil {
		return nil, err
	}
	counts := countsAs(p, all)
	r.customers = o.reachable(o.by.User, p, counts)
	groups := o.groupsOfOthers(o.by.User, p, counts)
	queues, err := o.Queues(ctx)
	for _, q := range queues {
		if slices.Contains(groups, q.AccessGroup) {
			r.queues = append(r.queues, q.ID)
		}
	}
	return r, err
}

// knows reports whether a contact may know somebody, or reads the tickets of
// his customer.
func (r *readerOfOthers) knows(o *op, id desk.PrincipalID) bool {
	return o.mayKnow(id) || slices.ContainsFunc(r.customers, func(c desk.PrincipalID) bool { return o.e.IsMember(id, c) })
}

func (r *readerOfOthers) inQueues() query.Test {
	if len(r.queues) == 0 {
		return query.Never()
	}
	t := query.Test{What: query.In, Column: query.Queue}
	for _, q := range r.queues {
		t.Numbers = append(t.Numbers, int64(q))
	}
	return t
}

// groupsOfOthers returns the groups on which a customer of a contact holds a
// permission for other customers.
func (o *op) groupsOfOthers(user desk.UserID, p desk.Permission, counts map[desk.PermissionID]bool) []desk.GroupID {
	var groups []desk.GroupID
	for _, c := range o.e.CustomersOf(user) {
		for _, g := range o.e.PermittedGroups(c, true) {
			if !slices.Contains(groups, g) && o.holds(c, g, p, counts, Permitted{Other: true}) {
				groups = append(groups, g)
			}
		}
	}
	return groups
}
