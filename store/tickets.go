package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"time"

	"gatehouse/desk"
)

// The states of tickets in lists, as they are stored.
const (
	hidden   = 0 // deleted or merged: not findable
	inactive = 1
	active   = 2
)

func stateOf(t *desk.Ticket) int64 {
	switch {
	case !t.Findable():
		return hidden
	case t.Active():
		return active
	}
	return inactive
}

// A queueCount is how many findable tickets a queue has, or by how much that
// changes.
type queueCount struct{ active, inactive int64 }

// count notes that a queue has more or fewer tickets of a state.
func (tx *Tx) count(queue desk.QueueID, state, by int64) {
	if tx.counts == nil {
		tx.counts = map[desk.QueueID]queueCount{}
	}
	c := tx.counts[queue]
	switch state {
	case active:
		c.active += by
	case inactive:
		c.inactive += by
	}
	tx.counts[queue] = c
}

// flushCounts writes the changed counters. That waits until the end of a
// transaction, as everybody who opens a ticket in the queue then waits for it,
// and goes by number, so that two transactions never wait for each other.
func (tx *Tx) flushCounts(ctx context.Context) error {
	for _, queue := range slices.Sorted(maps.Keys(tx.counts)) {
		c := tx.counts[queue]
		delete(tx.counts, queue)
		if c == (queueCount{}) {
			continue
		}
		_, err := tx.exec(ctx, `UPDATE queue_count SET active = active + $2, inactive = inactive + $3 WHERE queue = $1`,
			int64(queue), c.active, c.inactive)
		if err != nil {
			return tx.wrap(err, "count the tickets of queue", queue)
		}
	}
	return nil
}

// InsertTicket adds a ticket and sets its ID and Version. Its holders are
// stored with it; the owner becomes one of them.
func (tx *Tx) InsertTicket(ctx context.Context, t *desk.Ticket) error {
	t.Version = 1
	if t.InitialPriority == 0 {
		t.InitialPriority = t.Priority
	}
	settleHolders(t)
	asker, customer := tx.d.shown("$7", 31)
	err := tx.row(ctx, `INSERT INTO ticket (`+ticketColumnsStored+`, status_since, asker, customer)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, `+asker+`, `+customer+`) RETURNING id`,
		append(ticketValues(t), micros(statusSince(t)), tx.d.list(numbers(t.In(desk.Requestor))), tx.d.list(numbers(t.In(desk.CustomerRole))))...).Scan(&t.ID)
	if err != nil {
		return tx.wrap(err, "insert a ticket in queue", t.Queue)
	}
	if err := tx.insertHolders(ctx, t, t.Holders); err != nil {
		return err
	}
	tx.count(t.Queue, stateOf(t), 1)
	return tx.insertDocument(ctx, t.ID, 0, false, t.Subject)
}

const ticketColumnsStored = `queue, subject, status, state, priority, sharing, reporter, owner,
	created, updated, told, resolved, heard, merged_into, version, initial_priority, final_priority,
	starts, started, due, time_worked, time_left, time_estimated, subject_folded, asked, first_reply, last_asked, updated_by, heard_by`

// statusSince is since when a new ticket has its status.
func statusSince(t *desk.Ticket) time.Time {
	if !t.Resolved.IsZero() {
		return t.Resolved
	}
	return t.Updated
}

// ticketValues are the values of ticketColumnsStored.
func ticketValues(t *desk.Ticket) []any {
	return []any{int64(t.Queue), t.Subject, string(t.Status), stateOf(t), t.Priority, int64(t.Sharing), null(t.Reporter), null(t.Owner),
		micros(t.Created), micros(t.Updated), micros(t.Told), micros(t.Resolved), micros(t.Heard), null(t.MergedInto), t.Version,
		t.InitialPriority, t.FinalPriority, micros(t.Starts), micros(t.Started), micros(t.Due), t.TimeWorked, t.TimeLeft, t.TimeEstimated,
		desk.Fold(t.Subject), micros(t.Asked), micros(t.FirstReply), micros(t.LastAsked), null(t.UpdatedBy), null(t.HeardBy)}
}

// settleHolders makes the owner, and nobody else, stand in the role Owner, and
// brings the holders into the order in which they are read.
func settleHolders(t *desk.Ticket) {
	var holders []desk.Holder
	for _, h := range t.Holders {
		if h.Role != desk.Owner {
			holders = append(holders, h)
		}
	}
	if t.Owner != 0 {
		holders = append(holders, desk.Holder{Role: desk.Owner, Who: desk.PrincipalID(t.Owner)})
	}
	slices.SortFunc(holders, byRole)
	t.Holders = slices.Compact(holders)
}

func byRole(a, b desk.Holder) int {
	return cmp.Or(cmp.Compare(a.Role, b.Role), cmp.Compare(a.Who, b.Who))
}

const holderColumns = `ticket, role, who, state, queue, sharing`

// holderValues are the values of holderColumns.
func holderValues(t *desk.Ticket, h desk.Holder) []any {
	return []any{int64(t.ID), int64(h.Role), int64(h.Who), stateOf(t), int64(t.Queue), int64(t.Sharing)}
}

func (tx *Tx) insertHolders(ctx context.Context, t *desk.Ticket, holders []desk.Holder) error {
	for _, h := range holders {
		_, err := tx.exec(ctx, `INSERT INTO holder (`+holderColumns+`) VALUES ($1, $2, $3, $4, $5, $6)`, holderValues(t, h)...)
		if err != nil {
			return tx.wrap(err, "insert a holder of ticket", t.ID)
		}
	}
	return nil
}

const ticketColumns = `t.id, t.queue, t.subject, t.status, t.priority, t.sharing, t.reporter, t.owner,
	t.created, t.updated, t.told, t.resolved, t.heard, t.merged_into, t.version, t.initial_priority, t.final_priority,
	t.starts, t.started, t.due, t.time_worked, t.time_left, t.time_estimated, t.asked, t.first_reply, t.last_asked, t.clock_due, t.state, t.updated_by, t.heard_by`

func ticketFields(t *desk.Ticket) []any {
	return []any{&t.ID, &t.Queue, &t.Subject, &t.Status, &t.Priority, &t.Sharing, ref(&t.Reporter), ref(&t.Owner),
		when(&t.Created), when(&t.Updated), when(&t.Told), when(&t.Resolved), when(&t.Heard), ref(&t.MergedInto), &t.Version,
		&t.InitialPriority, &t.FinalPriority, when(&t.Starts), when(&t.Started), when(&t.Due), &t.TimeWorked, &t.TimeLeft, &t.TimeEstimated,
		when(&t.Asked), when(&t.FirstReply), when(&t.LastAsked), when(&t.ClockDue), live(t), ref(&t.UpdatedBy), ref(&t.HeardBy)}
}

// live reads from the state of a ticket whether a status of the desk's own is
// one in which work is still to be done. The status is read before.
func live(t *desk.Ticket) sql.Scanner {
	return scanned(func(state int64) { t.Live = state == active && !t.Status.Known() })
}

// Ticket returns a ticket with its holders.
func (tx *Tx) Ticket(ctx context.Context, id desk.TicketID) (*desk.Ticket, error) {
	t, err := once(tx, "ticket", int64(id), func() (desk.Ticket, error) {
		t, err := tx.oneTicket(ctx, id, "")
		if err != nil {
			return desk.Ticket{}, err
		}
		return *t, nil
	})
	if err != nil {
		return nil, err
	}
	t.Holders = slices.Clone(t.Holders)
	return &t, nil
}

// LockTicket returns the ticket with its holders, and keeps others from
// changing it until the transaction ends.
func (tx *Tx) LockTicket(ctx context.Context, id desk.TicketID) (*desk.Ticket, error) {
	return tx.oneTicket(ctx, id, tx.d.lockRow)
}

func (tx *Tx) oneTicket(ctx context.Context, id desk.TicketID, lock string) (*desk.Ticket, error) {
	list := make([]desk.Ticket, 1)
	err := tx.row(ctx, `SELECT `+ticketColumns+` FROM ticket t WHERE t.id = $1`+lock, int64(id)).Scan(ticketFields(&list[0])...)
	if err != nil {
		return nil, tx.found(err, "read ticket", int64(id), fmt.Sprintf("There is no ticket %d.", int64(id)))
	}
	return &list[0], tx.fillHolders(ctx, list)
}

// fillHolders reads the holders of all the tickets at once.
func (tx *Tx) fillHolders(ctx context.Context, list []desk.Ticket) error {
	if len(list) == 0 {
		return nil
	}
	at := make(map[desk.TicketID]*desk.Ticket, len(list))
	ids := make([]int64, len(list))
	for i := range list {
		at[list[i].ID], ids[i] = &list[i], int64(list[i].ID)
	}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id desk.TicketID
		var h desk.Holder
		if err := rows.Scan(&id, &h.Role, &h.Who); err != nil {
			return err
		}
		at[id].Holders = append(at[id].Holders, h)
		return nil
	}, `SELECT ticket, role, who FROM holder WHERE ticket IN (`+tx.d.inList(1)+`) ORDER BY ticket, role, who`, tx.d.list(ids))
	return tx.wrap(err, "read the holders of tickets", "")
}

// UpdateTicket stores all of a ticket with its holders and raises its version.
// A ticket that is not of the version stored is a desk.Conflict.
func (tx *Tx) UpdateTicket(ctx context.Context, t *desk.Ticket) error {
	var queue desk.QueueID
	var state int64
	var subject string
	err := tx.row(ctx, `SELECT queue, state, subject FROM ticket WHERE id = $1`+tx.d.lockRow, int64(t.ID)).Scan(&queue, &state, &subject)
	if err != nil {
		return tx.found(err, "read ticket", int64(t.ID), fmt.Sprintf("There is no ticket %d.", int64(t.ID)))
	}
	settleHolders(t)
	asker, customer := tx.d.shown("$7", 31)
	n, err := tx.exec(ctx, `UPDATE ticket SET queue = $1, subject = $2, status = $3, state = $4, priority = $5, sharing = $6,
		reporter = $7, owner = $8, created = $9, updated = $10, told = $11, resolved = $12, heard = $13, merged_into = $14, version = $15 + 1,
		initial_priority = $16, final_priority = $17, starts = $18, started = $19, due = $20,
		time_worked = $21, time_left = $22, time_estimated = $23, subject_folded = $24,
		asked = $25, first_reply = $26, last_asked = $27, updated_by = $28, heard_by = $29, asker = `+asker+`, customer = `+customer+`,
		status_since = CASE WHEN status = $3 THEN status_since ELSE $10 END WHERE id = $30 AND version = $15`,
		append(ticketValues(t), int64(t.ID), tx.d.list(numbers(t.In(desk.Requestor))), tx.d.list(numbers(t.In(desk.CustomerRole))))...)
	if err != nil {
		return tx.wrap(err, "update ticket", int64(t.ID))
	}
	if n == 0 {
		return desk.Errorf(desk.Conflict, "Ticket %d was changed meanwhile; look at it again.", int64(t.ID))
	}
	t.Version++
	tx.count(queue, state, -1)
	tx.count(t.Queue, stateOf(t), 1)
	if err := tx.updateHolders(ctx, t); err != nil {
		return err
	}
	if subject == t.Subject {
		return nil
	}
	return tx.replaceSubject(ctx, t)
}

// updateHolders writes what differs from the holders stored.
func (tx *Tx) updateHolders(ctx context.Context, t *desk.Ticket) error {
	stored := []desk.Ticket{{ID: t.ID}}
	if err := tx.fillHolders(ctx, stored); err != nil {
		return err
	}
	var added []desk.Holder
	for _, h := range t.Holders {
		if !slices.Contains(stored[0].Holders, h) {
			added = append(added, h)
		}
	}
	for _, h := range stored[0].Holders {
		if slices.Contains(t.Holders, h) {
			continue
		}
		_, err := tx.exec(ctx, `DELETE FROM holder WHERE ticket = $1 AND role = $2 AND who = $3`, int64(t.ID), int64(h.Role), int64(h.Who))
		if err != nil {
			return tx.wrap(err, "remove a holder of ticket", t.ID)
		}
	}
	_, err := tx.exec(ctx, `UPDATE holder SET state = $2, queue = $3, sharing = $4
		WHERE ticket = $1 AND (state <> $2 OR queue <> $3 OR sharing <> $4)`,
		int64(t.ID), stateOf(t), int64(t.Queue), int64(t.Sharing))
	if err != nil {
		return tx.wrap(err, "update the holders of ticket", t.ID)
	}
	return tx.insertHolders(ctx, t, added)
}
