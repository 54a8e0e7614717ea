package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"gatehouse/desk"
)

// InsertQueue adds a queue and sets its ID. A name or address that another
// queue has is a desk.Conflict with the field "name", "address" or
// "comment_address".
func (tx *Tx) InsertQueue(ctx context.Context, q *desk.Queue) error {
	var id int64
	err := tx.row(ctx, `INSERT INTO queue (`+queueColumnsStored+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING RETURNING id`, queueValues(q)...).Scan(&id)
	if err == sql.ErrNoRows {
		return queueTaken(q.Name)
	}
	if err != nil {
		return tx.wrap(err, "insert queue", q.Name)
	}
	q.ID = desk.QueueID(id)
	if _, err := tx.exec(ctx, `INSERT INTO queue_count (queue, active, inactive) VALUES ($1, 0, 0)`, id); err != nil {
		return tx.wrap(err, "insert the counters of queue", q.Name)
	}
	return tx.insertQueueAddresses(ctx, q)
}

const queueColumnsStored = `name, folded, description, disabled, access_group, address, comment_address,
	presence_requestor, presence_cc, presence_admin_cc, sharing, customer`

// queueValues are the values of queueColumnsStored.
func queueValues(q *desk.Queue) []any {
	return []any{q.Name, desk.Fold(q.Name), q.Description, bit(q.Disabled), null(q.AccessGroup), q.Address, q.CommentAddress,
		int64(q.Presences.Requestor), int64(q.Presences.Cc), int64(q.Presences.AdminCc), storedSharing(q.Sharing), null(q.Customer)}
}

func queueTaken(name string) error {
	return taken("name", fmt.Sprintf("There is a queue %s already.", name))
}

func (tx *Tx) insertQueueAddresses(ctx context.Context, q *desk.Queue) error {
	for _, a := range []struct {
		field, address string
		action         desk.MailAction
	}{
		{"address", q.Address, desk.Correspond},
		{"comment_address", q.CommentAddress, desk.CommentByMail},
	} {
		if a.address == "" {
			continue
		}
		n, err := tx.exec(ctx, `INSERT INTO queue_address (folded, queue, action) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			desk.Fold(a.address), int64(q.ID), string(a.action))
		if err != nil {
			return tx.wrap(err, "insert the address of queue", q.Name)
		}
		if n == 0 {
			return taken(a.field, fmt.Sprintf("The address %s belongs to a queue already.", a.address))
		}
	}
	return nil
}

// UpdateQueue stores all of a queue.
func (tx *Tx) UpdateQueue(ctx context.Context, q *desk.Queue) error {
	other, err := tx.QueueByName(ctx, q.Name)
	if desk.KindOf(err) != desk.NotFound && err != nil {
		return err
	}
	if err == nil && other.ID != q.ID {
		return queueTaken(q.Name)
	}
	n, err := tx.exec(ctx, `UPDATE queue SET name = $1, folded = $2, description = $3, disabled = $4, access_group = $5,
		address = $6, comment_address = $7, presence_requestor = $8, presence_cc = $9, presence_admin_cc = $10,
		sharing = $11, customer = $12 WHERE id = $13`, append(queueValues(q), int64(q.ID))...)
	switch {
	case err != nil && tx.d.unique(err):
		return queueTaken(q.Name)
	case err != nil:
		return tx.wrap(err, "update queue", q.ID)
	case n == 0:
		return desk.Errorf(desk.NotFound, "There is no queue %d.", q.ID)
	}
	if _, err := tx.exec(ctx, `DELETE FROM queue_address WHERE queue = $1`, int64(q.ID)); err != nil {
		return tx.wrap(err, "replace the addresses of queue", q.ID)
	}
	return tx.insertQueueAddresses(ctx, q)
}

const queueColumns = `q.id, q.name, q.description, q.disabled, q.access_group, q.address, q.comment_address,
	q.presence_requestor, q.presence_cc, q.presence_admin_cc, q.sharing, q.customer`

func queueFields(q *desk.Queue) []any {
	return []any{&q.ID, &q.Name, &q.Description, flag(&q.Disabled), ref(&q.AccessGroup), &q.Address, &q.CommentAddress,
		&q.Presences.Requestor, &q.Presences.Cc, &q.Presences.AdminCc, sharing{&q.Sharing}, ref(&q.Customer)}
}

// Queue returns a queue.
func (tx *Tx) Queue(ctx context.Context, id desk.QueueID) (*desk.Queue, error) {
	if _, known := tx.known[fact{"queue", int64(id)}]; !known && tx.known[fact{"queues", 0}] == "one" { // they are asked for one after the other
		if _, err := tx.Queues(ctx); err != nil {
			return nil, err
		}
	}
	q, err := once(tx, "queue", int64(id), func() (q desk.Queue, err error) {
		if tx.known[fact{"queues", 0}] == nil {
			tx.know("queues", 0, "one")
		}
		err = tx.row(ctx, `SELECT `+queueColumns+` FROM queue q WHERE q.id = $1`, int64(id)).Scan(queueFields(&q)...)
		return q, err
	})
	if err != nil {
		return nil, tx.found(err, "read queue", id, "There is no such queue.")
	}
	return &q, nil
}

// QueueByName returns the queue of that name, without regard to case.
func (tx *Tx) QueueByName(ctx context.Context, name string) (*desk.Queue, error) {
	var q desk.Queue
	err := tx.row(ctx, `SELECT `+queueColumns+` FROM queue q WHERE q.folded = $1`, desk.Fold(name)).Scan(queueFields(&q)...)
	if err != nil {
		return nil, tx.found(err, "read queue", name, fmt.Sprintf("There is no queue %s.", name))
	}
	return &q, nil
}

// QueueByAddress returns the queue to which letters to the address go, and what
// they are there.
func (tx *Tx) QueueByAddress(ctx context.Context, address string) (*desk.Queue, desk.MailAction, error) {
	var q desk.Queue
	var action desk.MailAction
	err := tx.row(ctx, `SELECT `+queueColumns+`, a.action FROM queue_address a JOIN queue q ON q.id = a.queue WHERE a.folded = $1`,
		desk.Fold(address)).Scan(append(queueFields(&q), &action)...)
	if err != nil {
		return nil, "", tx.found(err, "find the queue of address", address, fmt.Sprintf("No queue has the address %s.", address))
	}
	return &q, action, nil
}

// Queues lists all queues by name, disabled ones included.
func (tx *Tx) Queues(ctx context.Context) ([]desk.Queue, error) {
	var list []desk.Queue
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var q desk.Queue
		err := rows.Scan(queueFields(&q)...)
		list = append(list, q)
		return err
	}, `SELECT `+queueColumns+` FROM queue q ORDER BY q.folded`)
	for _, q := range list {
		tx.know("queue", int64(q.ID), q)
	}
	tx.know("queues", 0, "all")
	return list, tx.wrap(err, "list queues", "")
}

// WatcherCounts counts who stands in roles on each of the queues.
func (tx *Tx) WatcherCounts(ctx context.Context) (map[desk.QueueID]int, error) {
	counts := map[desk.QueueID]int{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var q desk.QueueID
		var n int
		err := rows.Scan(&q, &n)
		counts[q] = n
		return err
	}, `SELECT queue, count(*) FROM queue_watcher WHERE queue IS NOT NULL GROUP BY queue`)
	return counts, tx.wrap(err, "count the watchers of queues", "")
}

// AddQueueWatcher puts a principal into a role on a queue, or with queue zero
// on the whole desk. Standing there already is a desk.Conflict.
func (tx *Tx) AddQueueWatcher(ctx context.Context, w desk.Watcher) error {
	n, err := tx.exec(ctx, `INSERT INTO queue_watcher (queue, role, who) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		null(w.Queue), int64(w.Role), int64(w.Who))
	if err == nil && n == 0 {
		return taken("who", "It stands in the role already.")
	}
	return tx.wrap(err, "add a watcher to queue", w.Queue)
}

// RemoveQueueWatcher takes a principal out of a role on a queue or the desk.
func (tx *Tx) RemoveQueueWatcher(ctx context.Context, w desk.Watcher) error {
	n, err := tx.exec(ctx, `DELETE FROM queue_watcher WHERE coalesce(queue, 0) = $1 AND role = $2 AND who = $3`,
		int64(w.Queue), int64(w.Role), int64(w.Who))
	if err == nil && n == 0 {
		return desk.Errorf(desk.NotFound, "It does not stand in the role.")
	}
	return tx.wrap(err, "remove a watcher of queue", w.Queue)
}

// QueueWatchers lists who stands in roles on the queue; with zero, on the whole
// desk.
func (tx *Tx) QueueWatchers(ctx context.Context, queue desk.QueueID) ([]desk.Watcher, error) {
	list, err := once(tx, "watchers", int64(queue), func() ([]desk.Watcher, error) {
		return tx.watchers(ctx, ` WHERE coalesce(queue, 0) = $1`, int64(queue))
	})
	return slices.Clone(list), tx.wrap(err, "list the watchers of queue", queue)
}

func (tx *Tx) watchers(ctx context.Context, cond string, args ...any) ([]desk.Watcher, error) {
	var list []desk.Watcher
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var w desk.Watcher
		err := rows.Scan(ref(&w.Queue), &w.Role, &w.Who)
		list = append(list, w)
		return err
	}, `SELECT queue, role, who FROM queue_watcher`+cond+` ORDER BY coalesce(queue, 0), role, who`, args...)
	return list, err
}
