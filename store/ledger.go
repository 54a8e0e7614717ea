package store

import (
	"context"
	"database/sql"
	"strings"

	"gatehouse/desk"
	"gatehouse/desk/query"
	"gatehouse/desk/tally"
)

// A TicketMark is up to where changes of tickets were read. It means something
// to the program that got it only, and to none that runs after it.
type TicketMark struct {
	mark int64
	last int64 // the last change that was there
}

// Before reports whether one mark can be seen to be older than the other.
func (m TicketMark) Before(o TicketMark) bool { return m.mark < o.mark }

// TicketMark returns up to where the transaction sees changes of tickets.
func (tx *Tx) TicketMark(ctx context.Context) (TicketMark, error) {
	var m TicketMark
	err := tx.row(ctx, `SELECT (`+tx.d.changeMark+`), (SELECT coalesce(max(id), 0) FROM ticket_change)`).Scan(&m.mark, &m.last)
	return m, tx.wrap(err, "read up to where tickets were changed", "")
}

// TicketsChanged returns tickets that were changed since a mark, in what reports
// count of them; some may be named that were not. ok is false where that is not
// known any more, or where they are more than limit.
func (tx *Tx) TicketsChanged(ctx context.Context, since TicketMark, limit int) (ids []desk.TicketID, ok bool, err error) {
	var first int64
	if err := tx.row(ctx, `SELECT coalesce(min(id), 0) FROM ticket_change`).Scan(&first); err != nil {
		return nil, false, tx.wrap(err, "read from where tickets were changed", "")
	}
	if first > since.last+1 {
		return nil, false, nil
	}
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var id desk.TicketID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT DISTINCT ticket FROM ticket_change WHERE `+tx.d.changedSince+` ORDER BY ticket`+limited("$2"), since.mark, limit+1)
	return ids, len(ids) <= limit, tx.wrap(err, "read which tickets were changed", "")
}

// keptTicketChanges is how many changes of tickets are kept at the least.
const keptTicketChanges = 100_000

// PruneTicketChanges takes old notes of changes of tickets away.
func (tx *Tx) PruneTicketChanges(ctx context.Context) error {
	_, err := tx.exec(ctx, `DELETE FROM ticket_change WHERE id < (SELECT max(id) FROM ticket_change) - $1`, keptTicketChanges)
	return tx.wrap(err, "take old changes of tickets away", "")
}

// countedTickets is how many tickets are read at once.
const countedTickets = 4096

// EachCounted calls f for each ticket that can be found, by number, with what
// is counted of it; ids, unless nil, are the only ones of which it does. The
// ticket is valid until f returns.
func (tx *Tx) EachCounted(ctx context.Context, ids []desk.TicketID, f func(*tally.Ticket)) error {
	if ids == nil {
		return tx.eachOfAll(ctx, f)
	}
	for len(ids) > 0 {
		n := min(len(ids), countedTickets)
		list := tx.d.list(numbers(ids[:n]))
		part, err := tx.counted(ctx, `t.id IN (`+tx.d.inList(1)+`)`, list)
		if err == nil {
			err = tx.holdersOfCounted(ctx, part, `ticket IN (`+tx.d.inList(1)+`)`, list)
		}
		if err != nil {
			return tx.wrap(err, "read tickets to be counted", "")
		}
		for i := range part {
			f(&part[i])
		}
		ids = ids[n:]
	}
	return nil
}

func (tx *Tx) eachOfAll(ctx context.Context, f func(*tally.Ticket)) error {
	for after := int64(0); ; {
		part, err := tx.counted(ctx, `t.id > $1`, after)
		if err == nil && len(part) > 0 {
			last := int64(part[len(part)-1].ID)
			err = tx.holdersOfCounted(ctx, part, `ticket > $1 AND ticket <= $2`, after, last)
			after = last
		}
		if err != nil {
			return tx.wrap(err, "read tickets to be counted", "")
		}
		for i := range part {
			f(&part[i])
		}
		if len(part) < countedTickets {
			return nil
		}
	}
}

// counted reads what is counted of tickets, without holders.
func (tx *Tx) counted(ctx context.Context, cond string, arg any) ([]tally.Ticket, error) {
	columns := []string{"t.id", "t.status", "t.sharing"}
	for _, c := range tally.Columns() {
		columns = append(columns, column(c))
	}
	var list []tally.Ticket
	var one tally.Ticket
	var status string
	var sharing int64
	into := []any{&one.ID, &status, &sharing}
	for i := range one.Numbers {
		into = append(into, &one.Numbers[i])
	}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		err := rows.Scan(into...)
		one.Status, one.Sharing = desk.Status(status), desk.Sharing(sharing)
		list = append(list, one)
		return err
	}, `SELECT `+strings.Join(columns, ", ")+` FROM ticket t WHERE t.state > 0 AND `+cond+` ORDER BY t.id`+limited("$2"), arg, countedTickets)
	return list, err
}

// holdersOfCounted adds the holders; both come by number.
func (tx *Tx) holdersOfCounted(ctx context.Context, list []tally.Ticket, cond string, args ...any) error {
	at := 0
	return tx.each(ctx, func(rows *sql.Rows) error {
		var id desk.TicketID
		var h desk.Holder
		if err := rows.Scan(&id, &h.Role, &h.Who); err != nil {
			return err
		}
		for at < len(list) && list[at].ID < id {
			at++
		}
		if at < len(list) && list[at].ID == id {
			list[at].Holders = append(list[at].Holders, h)
		}
		return nil
	}, `SELECT ticket, role, who FROM holder WHERE state > 0 AND `+cond+` ORDER BY ticket, role, who`, args...)
}

// TicketsMatching returns the numbers of all tickets that can be found and of
// which a test holds, in order. It asks for no scope, for it is a part of a
// count that does.
func (tx *Tx) TicketsMatching(ctx context.Context, t *query.Test) ([]int64, error) {
	l := &listing{tx: tx}
	cond := l.test(t)
	statement, args := l.w.bind(unkept + `SELECT t.id FROM ticket t WHERE t.state > 0 AND ` + cond + ` ORDER BY t.id`)
	list := []int64{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		list = append(list, id)
		return err
	}, statement, args...)
	return list, tx.wrap(err, "find tickets to be counted", "")
}
