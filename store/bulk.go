package store

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strings"

	"gatehouse/desk"
)

// A Bulk is a whole desk, or a part of one, to be loaded at once. Everything
// has its ID already: numbers that the desk has never used.
type Bulk struct {
	Users       []desk.User
	Groups      []desk.Group
	Customers   []desk.Customer
	Memberships []desk.Membership
	Queues      []desk.Queue
	Roles       []desk.Role // own ones
	Permissions []desk.Permission
	Grants      []desk.Grant // a source before what is delegated from it
	Watchers    []desk.Watcher
	Tickets     iter.Seq[desk.Ticket]
	// Progress, if set, is called now and then with the tickets loaded so far.
	Progress func(tickets int)
}

const (
	bulkRows    = 100   // rows of one statement
	bulkTickets = 20000 // tickets of one transaction
)

// BulkLoad stores a desk for imports and measurements: people and rights in one
// transaction, then the tickets with their holders in large ones. It checks
// nothing but what the database checks, and raises the access version once. A
// load that failed has left what was committed before.
func (s *Store) BulkLoad(ctx context.Context, b Bulk) error {
	if err := s.Do(ctx, func(tx *Tx) error { return tx.loadPeople(ctx, b) }); err != nil {
		return fmt.Errorf("loading people and rights: %w", err)
	}
	if err := s.loadTickets(ctx, b); err != nil {
		return fmt.Errorf("loading tickets: %w", err)
	}
	err := s.Do(ctx, func(tx *Tx) error {
		if err := tx.d.resets(ctx, tx); err != nil {
			return err
		}
		// What was loaded is where the history of access begins.
		if _, err := tx.exec(ctx, `DELETE FROM access_fact WHERE line IS NULL`); err != nil {
			return tx.wrap(err, "begin the history of access", "")
		}
		if err := tx.PruneTicketChanges(ctx); err != nil {
			return err
		}
		_, err := tx.BumpAccess(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("ending the load: %w", err)
	}
	_, err = s.write.ExecContext(ctx, s.d.afterLoad)
	return s.d.wrap(err, "count for the planner", "")
}

// A rowWriter collects rows of one table and writes many at once.
type rowWriter struct {
	tx      *Tx
	insert  string // up to and with the names of the columns
	columns int
	last    string // how the last value of a row is written: ? or something around it
	values  []any
}

func (tx *Tx) rowsOf(table, columns string) *rowWriter {
	return &rowWriter{tx: tx, insert: "INSERT INTO " + table + " (" + columns + ") VALUES ", columns: strings.Count(columns, ",") + 1, last: "?"}
}

func (r *rowWriter) add(ctx context.Context, values ...any) error {
	r.values = append(r.values, values...)
	if len(r.values) < r.columns*bulkRows {
		return nil
	}
	return r.flush(ctx)
}

func (r *rowWriter) flush(ctx context.Context) error {
	if len(r.values) == 0 {
		return nil
	}
	var text strings.Builder
	text.WriteString(r.insert)
	for i := range r.values {
		var place string
		switch i % r.columns {
		case r.columns - 1:
			place = "," + r.last + ")"
		case 0:
			place = "(?"
			if i > 0 {
				place = ",(?"
			}
		default:
			place = ",?"
		}
		text.WriteString(strings.Replace(place, "?", r.tx.d.place(i+1), 1))
	}
	_, err := r.tx.exec(ctx, text.String(), r.values...)
	r.values = r.values[:0]
	return r.tx.wrap(err, "load rows by", r.insert)
}

// load writes all the things: row returns the values of one of them.
func load[T any](ctx context.Context, r *rowWriter, things []T, row func(*T) []any) error {
	for i := range things {
		if err := r.add(ctx, row(&things[i])...); err != nil {
			return err
		}
	}
	return r.flush(ctx)
}

// pairsOf flattens what hangs on things: one row for each.
func pairsOf[T, U any](things []T, of func(*T) []U, row func(*T, int, U) []any) [][]any {
	var list [][]any
	for i := range things {
		for place, u := range of(&things[i]) {
			list = append(list, row(&things[i], place, u))
		}
	}
	return list
}

func asIs(row *[]any) []any { return *row }

func (tx *Tx) loadPeople(ctx context.Context, b Bulk) error {
	for _, step := range []func(context.Context, Bulk) error{tx.loadUsers, tx.loadGroups, tx.loadCustomers, tx.loadQueues, tx.loadRights} {
		if err := step(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) loadUsers(ctx context.Context, b Bulk) error {
	if err := load(ctx, tx.rowsOf("principal", "id, kind"), b.Users, func(u *desk.User) []any { return []any{int64(u.ID), "user"} }); err != nil {
		return err
	}
	if err := load(ctx, tx.rowsOf("desk_user", userColumnsStored+", created"), b.Users, func(u *desk.User) []any {
		return append(userValues(u), micros(u.Created))
	}); err != nil {
		return err
	}
	addresses := pairsOf(b.Users, func(u *desk.User) []string { return u.Addresses }, func(u *desk.User, place int, address string) []any {
		return []any{desk.Fold(address), address, int64(u.ID), place}
	})
	return load(ctx, tx.rowsOf("user_address", "folded, address, user_id, place"), addresses, asIs)
}

func (tx *Tx) loadGroups(ctx context.Context, b Bulk) error {
	if err := load(ctx, tx.rowsOf("principal", "id, kind"), b.Groups, func(g *desk.Group) []any { return []any{int64(g.ID), "group"} }); err != nil {
		return err
	}
	return load(ctx, tx.rowsOf("desk_group", groupColumnsStored), b.Groups, groupValues)
}

func (tx *Tx) loadCustomers(ctx context.Context, b Bulk) error {
	if err := load(ctx, tx.rowsOf("principal", "id, kind"), b.Customers, func(c *desk.Customer) []any { return []any{int64(c.ID), "customer"} }); err != nil {
		return err
	}
	always := make([]string, len(b.Customers))
	for i := range b.Customers {
		text, err := json.Marshal(b.Customers[i].AlwaysCc)
		if err != nil {
			return err
		}
		always[i] = string(text)
	}
	next := 0
	if err := load(ctx, tx.rowsOf("customer", customerColumnsStored), b.Customers, func(c *desk.Customer) []any {
		next++
		return append(customerValues(c), always[next-1])
	}); err != nil {
		return err
	}
	domains := pairsOf(b.Customers, func(c *desk.Customer) []string { return c.Domains }, func(c *desk.Customer, place int, domain string) []any {
		return []any{desk.Fold(domain), int64(c.ID), place}
	})
	if err := load(ctx, tx.rowsOf("customer_domain", "domain, customer, place"), domains, asIs); err != nil {
		return err
	}
	return load(ctx, tx.rowsOf("membership", membershipColumns), b.Memberships, func(m *desk.Membership) []any { return membershipValues(*m) })
}

func (tx *Tx) loadQueues(ctx context.Context, b Bulk) error {
	if err := load(ctx, tx.rowsOf("queue", "id, "+queueColumnsStored), b.Queues, func(q *desk.Queue) []any {
		return append([]any{int64(q.ID)}, queueValues(q)...)
	}); err != nil {
		return err
	}
	if err := load(ctx, tx.rowsOf("queue_count", "queue, active, inactive"), b.Queues, func(q *desk.Queue) []any {
		return []any{int64(q.ID), 0, 0}
	}); err != nil {
		return err
	}
	for i := range b.Queues {
		if err := tx.insertQueueAddresses(ctx, &b.Queues[i]); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) loadRights(ctx context.Context, b Bulk) error {
	if err := load(ctx, tx.rowsOf("role", roleColumnsStored), b.Roles, roleValues); err != nil {
		return err
	}
	for i := range b.Roles {
		if err := tx.setRoleQueues(ctx, &b.Roles[i]); err != nil {
			return err
		}
	}
	if err := load(ctx, tx.rowsOf("permission", "id, name, folded, agents, contacts, disabled"), b.Permissions, func(p *desk.Permission) []any {
		return []any{int64(p.ID), p.Name, desk.Fold(p.Name), rightNames(p.Agents), rightNames(p.Contacts), bit(p.Disabled)}
	}); err != nil {
		return err
	}
	if err := load(ctx, tx.rowsOf("desk_grant", "id, until_day, "+grantColumnsStored), b.Grants, func(g *desk.Grant) []any {
		return append([]any{int64(g.ID), int64(g.Until)}, grantKey(*g)...)
	}); err != nil {
		return err
	}
	return load(ctx, tx.rowsOf("queue_watcher", "queue, role, who"), b.Watchers, func(w *desk.Watcher) []any {
		return []any{null(w.Queue), int64(w.Role), int64(w.Who)}
	})
}

// loadTickets stores the tickets in transactions of bulkTickets.
func (s *Store) loadTickets(ctx context.Context, b Bulk) error {
	if b.Tickets == nil {
		return nil
	}
	batch := make([]desk.Ticket, 0, bulkTickets)
	done := 0
	store := func() error {
		err := s.Do(ctx, func(tx *Tx) error { return tx.loadBatch(ctx, batch) })
		done += len(batch)
		batch = batch[:0]
		if b.Progress != nil && err == nil {
			b.Progress(done)
		}
		return err
	}
	for t := range b.Tickets {
		if batch = append(batch, t); len(batch) < bulkTickets {
			continue
		}
		if err := store(); err != nil {
			return err
		}
	}
	return store()
}

func (tx *Tx) loadBatch(ctx context.Context, batch []desk.Ticket) error {
	if err := load(ctx, tx.rowsOf("ticket", "id, "+ticketColumnsStored), batch, func(t *desk.Ticket) []any {
		t.Version = max(t.Version, 1)
		settleHolders(t)
		tx.count(t.Queue, stateOf(t), 1)
		return append([]any{int64(t.ID)}, ticketValues(t)...)
	}); err != nil {
		return err
	}
	holders := tx.rowsOf("holder", holderColumns)
	for i := range batch {
		t := &batch[i]
		for _, h := range t.Holders {
			if err := holders.add(ctx, holderValues(t, h)...); err != nil {
				return err
			}
		}
	}
	if err := holders.flush(ctx); err != nil {
		return err
	}
	ids := make([]int64, len(batch))
	for i := range batch {
		ids[i] = int64(batch[i].ID)
	}
	if err := tx.settleShown(ctx, `id IN (`+tx.d.inList(1)+`)`, tx.d.list(ids)); err != nil {
		return err
	}
	return tx.loadSubjects(ctx, batch)
}

func (tx *Tx) loadSubjects(ctx context.Context, batch []desk.Ticket) error {
	var before int64
	if err := tx.row(ctx, `SELECT coalesce(max(id), 0) FROM document`).Scan(&before); err != nil {
		return tx.wrap(err, "find the last document", "")
	}
	documents := tx.rowsOf("document", "ticket, comment, words")
	documents.last = tx.d.wordsOf
	for i := range batch {
		words := wordsOf(batch[i].Subject, maxWords)
		if len(words) == 0 {
			continue
		}
		if err := documents.add(ctx, int64(batch[i].ID), 0, tx.d.textOf(words)); err != nil {
			return err
		}
	}
	if err := documents.flush(ctx); err != nil {
		return err
	}
	return tx.indexTexts(ctx, before)
}
