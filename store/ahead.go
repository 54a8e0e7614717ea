package store

import (
	"context"
	"database/sql"
	"slices"

	"gatehouse/desk"
)

// A transaction that only reads sees one state to its end, so what it asks for by
// number is asked once. What is going to be asked for many things one after the
// other can be read for all of them before: see ReadAhead.

// A fact is what is kept of a thing by its number.
type fact struct {
	what string
	of   int64
}

// once reads something that a transaction which only reads has not read yet.
// Whoever is given it must not change it.
func once[T any](tx *Tx, what string, of int64, read func() (T, error)) (T, error) {
	if known, ok := tx.known[fact{what, of}].(T); ok {
		return known, nil
	}
	value, err := read()
	if err == nil {
		tx.know(what, of, value)
	}
	return value, err
}

// know keeps what was read, where nothing is written.
func (tx *Tx) know(what string, of int64, value any) {
	if tx.write {
		return
	}
	if tx.known == nil {
		tx.known = map[fact]any{}
	}
	tx.known[fact{what, of}] = value
}

// Ahead is what is going to be asked for.
type Ahead struct {
	Groups    []desk.GroupID // themselves, and who is directly in them
	Users     []desk.UserID
	Customers []desk.CustomerID
	Members   []desk.PrincipalID // of which groups they are direct members
	// Tickets: what stands on them and on their queues, links and who gets no letters, and with
	// Contents their messages and histories.
	Tickets  []desk.TicketID
	Contents bool
}

// ReadAhead reads in a few statements what is going to be asked for, so that
// asking for each thing costs none. It does so only where nothing is written.
func (tx *Tx) ReadAhead(ctx context.Context, a Ahead) error {
	if tx.write {
		return nil
	}
	for _, part := range []struct {
		of   int
		read func(context.Context, Ahead) error
	}{
		{len(a.Groups), tx.groupsAhead}, {len(a.Users), tx.usersAhead}, {len(a.Customers), tx.customersAhead}, {len(a.Members), tx.membersAhead}, {len(a.Tickets), tx.ticketsAhead},
	} {
		if part.of == 0 {
			continue
		}
		if err := part.read(ctx, a); err != nil {
			return tx.wrap(err, "read ahead", "")
		}
	}
	return nil
}

func (tx *Tx) groupsAhead(ctx context.Context, a Ahead) error {
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var g desk.Group
		err := rows.Scan(groupFields(&g)...)
		tx.know("group", int64(g.ID), g)
		return err
	}, `SELECT `+groupColumns+` FROM desk_group g WHERE g.id IN (`+tx.d.inList(1)+`)`, tx.d.list(numbers(a.Groups)))
	if err != nil {
		return err
	}
	list, err := tx.memberships(ctx, ` WHERE group_id IN (`+tx.d.inList(1)+`) ORDER BY group_id, member`, tx.d.list(numbers(a.Groups)))
	knowEach(tx, "members", a.Groups, list, func(m desk.Membership) desk.GroupID { return desk.GroupID(m.Group) })
	return err
}

func (tx *Tx) usersAhead(ctx context.Context, a Ahead) error {
	found, err := tx.UsersByID(ctx, a.Users)
	for id, u := range found {
		tx.know("user", int64(id), *u)
	}
	return err
}

func (tx *Tx) customersAhead(ctx context.Context, a Ahead) error {
	var w where
	w.conds = append(w.conds, in(tx.d, &w, "c.id", numbers(a.Customers)))
	list, err := tx.customers(ctx, &w, len(a.Customers))
	for _, c := range list {
		tx.know("customer", int64(c.ID), c)
	}
	return err
}

func (tx *Tx) membersAhead(ctx context.Context, a Ahead) error {
	list, err := tx.memberships(ctx, ` WHERE member IN (`+tx.d.inList(1)+`) ORDER BY member, group_id`, tx.d.list(numbers(a.Members)))
	knowEach(tx, "memberships", a.Members, list, func(m desk.Membership) desk.PrincipalID { return m.Member })
	return err
}

func (tx *Tx) ticketsAhead(ctx context.Context, a Ahead) error {
	ids, all := tx.d.list(numbers(a.Tickets)), ` IN (`+tx.d.inList(1)+`)`
	var tickets []desk.Ticket
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var t desk.Ticket
		err := rows.Scan(ticketFields(&t)...)
		tickets = append(tickets, t)
		return err
	}, `SELECT `+ticketColumns+` FROM ticket t WHERE t.id`+all, ids)
	if err != nil {
		return err
	}
	if err := tx.fillHolders(ctx, tickets); err != nil {
		return err
	}
	queues := []desk.QueueID{}
	for _, t := range tickets {
		tx.know("ticket", int64(t.ID), t)
		queues = append(queues, t.Queue)
	}
	watchers, err := tx.watchers(ctx, ` WHERE coalesce(queue, 0) IN (`+tx.d.inList(1)+`)`, tx.d.list(numbers(queues)))
	if err != nil {
		return err
	}
	knowEach(tx, "watchers", queues, watchers, func(w desk.Watcher) desk.QueueID { return w.Queue })
	if err := tx.linksAhead(ctx, a.Tickets); err != nil {
		return err
	}
	type pair struct {
		ticket desk.TicketID
		user   desk.UserID
	}
	var squelched []pair
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var p pair
		err := rows.Scan(&p.ticket, &p.user)
		squelched = append(squelched, p)
		return err
	}, `SELECT ticket, user_id FROM squelch WHERE wanted = 0 AND ticket`+all+` ORDER BY ticket, user_id`, ids)
	if err != nil {
		return err
	}
	users := map[desk.TicketID][]desk.UserID{}
	for _, p := range squelched {
		users[p.ticket] = append(users[p.ticket], p.user)
	}
	for _, id := range a.Tickets {
		tx.know("squelched", int64(id), users[id])
	}
	if !a.Contents {
		return nil
	}
	return tx.contentsAhead(ctx, a.Tickets)
}

func (tx *Tx) linksAhead(ctx context.Context, tickets []desk.TicketID) error {
	links := map[desk.TicketID][]Link{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var l Link
		err := rows.Scan(&l.From, &l.Type, &l.To)
		links[l.From] = append(links[l.From], l)
		if l.To != l.From {
			links[l.To] = append(links[l.To], l)
		}
		return err
	}, `SELECT ticket, type, target FROM link WHERE ticket IN (`+tx.d.inList(1)+`) OR target IN (`+tx.d.inList(1)+`) ORDER BY type, ticket, target`, tx.d.list(numbers(tickets)))
	for _, id := range tickets {
		tx.know("links", int64(id), links[id])
	}
	return err
}

// contentsAhead reads all messages and histories of tickets.
func (tx *Tx) contentsAhead(ctx context.Context, tickets []desk.TicketID) error {
	ids, all := tx.d.list(numbers(tickets)), ` IN (`+tx.d.inList(1)+`)`
	messages, err := tx.messages(ctx, `m.ticket`+all+` ORDER BY m.id`, ids)
	if err != nil {
		return err
	}
	knowEach(tx, "messages", tickets, messages, func(m desk.Message) desk.TicketID { return m.Ticket })
	var events []desk.Event
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var e desk.Event
		err := rows.Scan(eventFields(&e)...)
		events = append(events, e)
		return err
	}, `SELECT `+eventColumns+` FROM event WHERE ticket`+all+` ORDER BY id`, ids)
	knowEach(tx, "events", tickets, events, func(e desk.Event) desk.TicketID { return e.Ticket })
	return err
}

// knowEach keeps what of a list belongs to each of some things, in its order,
// also that there is nothing.
func knowEach[I ~int64, T any](tx *Tx, what string, things []I, list []T, of func(T) I) {
	each := map[I][]T{}
	for _, v := range list {
		each[of(v)] = append(each[of(v)], v)
	}
	for _, id := range things {
		tx.know(what, int64(id), each[id])
	}
}

// readAhead returns what was read ahead of a thing, to be changed as one likes.
func readAhead[T any](tx *Tx, what string, of int64) ([]T, bool) {
	known, ok := tx.known[fact{what, of}].([]T)
	return slices.Clone(known), ok
}
