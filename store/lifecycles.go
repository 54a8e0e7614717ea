package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strconv"
	"time"

	"gatehouse/desk"
)

// storedCycle is a life cycle as JSON. Rights stand there by name, as their
// numbers are not for ever.
type storedCycle struct {
	Name, About      string
	States           []desk.State
	Steps            []storedStep
	Becomes          map[desk.Status]desk.Status `json:",omitempty"`
	Granted, Refused desk.Status                 `json:",omitempty"`
}

type storedStep struct {
	From, To desk.Status
	Right    string        `json:",omitempty"`
	Label    string        `json:",omitempty"`
	Does     desk.StepForm `json:",omitempty"`
}

func storeCycle(c *desk.LifeCycle) storedCycle {
	out := storedCycle{c.Name, c.About, c.States, nil, c.Becomes, c.Granted, c.Refused}
	for _, s := range c.Steps {
		step := storedStep{From: s.From, To: s.To, Label: s.Label, Does: s.Does}
		if s.Right != 0 {
			step.Right = s.Right.String()
		}
		out.Steps = append(out.Steps, step)
	}
	return out
}

func readCycle(id desk.LifeCycleID, data string) (*desk.LifeCycle, error) {
	var in storedCycle
	if err := json.Unmarshal([]byte(data), &in); err != nil {
		return nil, err
	}
	c := &desk.LifeCycle{ID: id, Name: in.Name, About: in.About, States: in.States, Becomes: in.Becomes, Granted: in.Granted, Refused: in.Refused}
	for _, s := range in.Steps {
		step := desk.Step{From: s.From, To: s.To, Label: s.Label, Does: s.Does}
		step.Right, _ = desk.ParseRight(s.Right)
		c.Steps = append(c.Steps, step)
	}
	return c, nil
}

// storedQueueCycle says which life cycle a queue has.
type storedQueueCycle struct {
	Queue desk.QueueID
	Cycle desk.LifeCycleID
}

// LifeBook returns all life cycles by name, and which queue has which.
func (tx *Tx) LifeBook(ctx context.Context) (*desk.LifeBook, error) {
	b := &desk.LifeBook{Queues: map[desk.QueueID]desk.LifeCycleID{}}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id int64
		var kind, data string
		if err := rows.Scan(&id, &kind, &data); err != nil {
			return err
		}
		if kind == queueCycleKind {
			var q storedQueueCycle
			err := json.Unmarshal([]byte(data), &q)
			b.Queues[q.Queue] = q.Cycle
			return err
		}
		c, err := readCycle(desk.LifeCycleID(id), data)
		if err == nil {
			b.Cycles = append(b.Cycles, *c)
		}
		return err
	}, `SELECT id, kind, data FROM definition WHERE kind IN ('life cycle', 'life cycle of a queue') ORDER BY folded, id`)
	return b, tx.wrap(err, "read the life cycles", "")
}

// SaveLifeCycle stores a life cycle, as a new one where it has no ID. A name
// that another one has is a desk.Conflict with the field "name".
func (tx *Tx) SaveLifeCycle(ctx context.Context, c *desk.LifeCycle) error {
	id, err := tx.saveDefinition(ctx, lifeCycleKind, int64(c.ID), c.Name, storeCycle(c))
	c.ID = desk.LifeCycleID(id)
	return err
}

// DeleteLifeCycle takes a life cycle away.
func (tx *Tx) DeleteLifeCycle(ctx context.Context, id desk.LifeCycleID) error {
	return tx.deleteDefinition(ctx, lifeCycleKind, int64(id))
}

// SetQueueLifeCycle gives a queue a life cycle; zero: the one that ships.
func (tx *Tx) SetQueueLifeCycle(ctx context.Context, queue desk.QueueID, cycle desk.LifeCycleID) error {
	name := strconv.FormatInt(int64(queue), 10)
	_, err := tx.exec(ctx, `DELETE FROM definition WHERE kind = $1 AND folded = $2`, queueCycleKind, name)
	if err != nil {
		return tx.wrap(err, "take the life cycle from queue", queue)
	}
	if cycle == 0 {
		return tx.definitionsChanged(ctx)
	}
	_, err = tx.saveDefinition(ctx, queueCycleKind, 0, name, storedQueueCycle{queue, cycle})
	return err
}

// A LifeCycleChange is how a life cycle, or which one a queue has, was before
// and after a change.
type LifeCycleChange struct {
	Change int64
	// Queue: it got After in the place of Before, of which only the numbers
	// count. Zero: the life cycle itself was changed; nil: there was none, or it
	// was taken away.
	Queue         desk.QueueID
	Before, After *desk.LifeCycle
}

// NoteLifeCycle keeps a change, so that it can be taken back.
func (tx *Tx) NoteLifeCycle(ctx context.Context, c LifeCycleChange) error {
	var texts [2]string
	var id desk.LifeCycleID
	for i, cycle := range []*desk.LifeCycle{c.Before, c.After} {
		if cycle == nil {
			continue
		}
		id = max(id, cycle.ID)
		data, err := json.Marshal(storeCycle(cycle))
		if err != nil {
			return tx.wrap(err, "write life cycle", cycle.Name)
		}
		texts[i] = string(data)
		if c.Queue != 0 {
			texts[i] = strconv.FormatInt(int64(cycle.ID), 10)
		}
	}
	_, err := tx.exec(ctx, `INSERT INTO life_cycle_change (change, cycle, queue, before, after) VALUES ($1, $2, $3, $4, $5)`,
		c.Change, int64(id), int64(c.Queue), texts[0], texts[1])
	return tx.wrap(err, "keep a change of life cycle", id)
}

// LifeCycleChanges returns what a change did to life cycles, in its order.
func (tx *Tx) LifeCycleChanges(ctx context.Context, change int64) ([]LifeCycleChange, error) {
	var list []LifeCycleChange
	err := tx.each(ctx, func(rows *sql.Rows) error {
		c := LifeCycleChange{Change: change}
		var id desk.LifeCycleID
		var before, after string
		if err := rows.Scan(&id, &c.Queue, &before, &after); err != nil {
			return err
		}
		var err error
		if c.Before, err = changedCycle(id, c.Queue, before); err == nil {
			c.After, err = changedCycle(id, c.Queue, after)
		}
		list = append(list, c)
		return err
	}, `SELECT cycle, queue, before, after FROM life_cycle_change WHERE change = $1 ORDER BY id`, change)
	return list, tx.wrap(err, "read what changed in life cycles by change", change)
}

func changedCycle(id desk.LifeCycleID, queue desk.QueueID, text string) (*desk.LifeCycle, error) {
	switch {
	case text == "":
		return nil, nil
	case queue != 0:
		number, err := strconv.ParseInt(text, 10, 64)
		return &desk.LifeCycle{ID: desk.LifeCycleID(number)}, err
	}
	return readCycle(id, text)
}

// StatusCounts counts the tickets of some queues by status, those that are
// deleted too, and without those that were merged into others.
func (tx *Tx) StatusCounts(ctx context.Context, queues []desk.QueueID) (map[desk.Status]int64, error) {
	counts := map[desk.Status]int64{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var s desk.Status
		var n int64
		err := rows.Scan(&s, &n)
		counts[s] = n
		return err
	}, `SELECT status, count(*) FROM ticket WHERE queue IN (`+tx.d.inList(1)+`) AND merged_into IS NULL GROUP BY status`, tx.d.list(numbers(queues)))
	return counts, tx.wrap(err, "count tickets by status", "")
}

// A StatusMapping makes all tickets of some queues that stand in one status
// stand in another one.
type StatusMapping struct {
	Change   int64 // by which they are found again
	Queues   []desk.QueueID
	From, To desk.Status
	// FromKind is what From was, where it does not ship; Active and Solved say
	// what To is.
	FromKind       desk.StatusKind
	Active, Solved bool
	By             desk.UserID
	Via            desk.Way
	At             time.Time
}

// NoteStatus notes the tickets that a mapping is to change. All mappings of a
// change are noted before the first of them is carried out, so that none runs
// on what another one did.
func (tx *Tx) NoteStatus(ctx context.Context, m StatusMapping) error {
	_, err := tx.exec(ctx, `INSERT INTO status_mapped (change, ticket, was, became)
		SELECT CAST($1 AS BIGINT), id, status, CAST($2 AS TEXT) FROM ticket WHERE status = $3 AND queue IN (`+tx.d.inList(4)+`)`,
		m.Change, string(m.To), string(m.From), tx.d.list(numbers(m.Queues)))
	return tx.wrap(err, "note tickets of status", m.From)
}

// NoteStatusBack notes the tickets of which an earlier change mapped the status
// the other way round, and which stand there still.
func (tx *Tx) NoteStatusBack(ctx context.Context, earlier int64, m StatusMapping) error {
	_, err := tx.exec(ctx, `INSERT INTO status_mapped (change, ticket, was, became)
		SELECT CAST($1 AS BIGINT), s.ticket, s.became, s.was FROM status_mapped s JOIN ticket t ON t.id = s.ticket
		WHERE s.change = $2 AND s.was = $3 AND s.became = $4 AND t.status = s.became`,
		m.Change, earlier, string(m.To), string(m.From))
	return tx.wrap(err, "find the tickets mapped by change", earlier)
}

// MappedStatuses returns the pairs of statuses, was and became, of the tickets
// that a change mapped.
func (tx *Tx) MappedStatuses(ctx context.Context, change int64) ([][2]desk.Status, error) {
	var list [][2]desk.Status
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var pair [2]desk.Status
		err := rows.Scan(&pair[0], &pair[1])
		list = append(list, pair)
		return err
	}, `SELECT DISTINCT was, became FROM status_mapped WHERE change = $1 ORDER BY was, became`, change)
	return list, tx.wrap(err, "read what was mapped by change", change)
}

// noted is the condition that a ticket waits for a mapping: $1 the change, $2
// the status that it has, $3 the one that it gets.
const noted = `status = $2 AND id IN (SELECT ticket FROM status_mapped WHERE change = $1 AND was = $2 AND became = $3)`

// MapStatus carries a mapping out on the tickets noted for it, tells of it in
// the history of each, and returns how many there were. Tickets that were merged
// into others go along uncounted.
func (tx *Tx) MapStatus(ctx context.Context, m StatusMapping) (int64, error) {
	args := []any{m.Change, string(m.From), string(m.To)}
	said := map[string]string{"from": string(m.From), "to": string(m.To), "why": "mapped"}
	if m.FromKind != "" {
		said["from_kind"] = string(m.FromKind)
	}
	data, err := json.Marshal(said)
	if err != nil {
		return 0, err
	}
	state, resolved := m.state(), int64(0)
	if m.Solved {
		resolved = micros(m.At)
	}
	if err := tx.countMapped(ctx, args, state); err != nil {
		return 0, err
	}
	n, err := tx.exec(ctx, `INSERT INTO event (ticket, kind, by_user, via, at, data)
		SELECT id, 'status', CAST($4 AS BIGINT), CAST($5 AS TEXT), CAST($6 AS BIGINT), CAST($7 AS TEXT) FROM ticket WHERE merged_into IS NULL AND `+noted,
		append(args, null(m.By), string(m.Via), micros(m.At), string(data))...)
	if err != nil {
		return 0, tx.wrap(err, "tell of mapped tickets of status", m.From)
	}
	_, err = tx.exec(ctx, `UPDATE holder SET state = $4 WHERE ticket IN (SELECT id FROM ticket WHERE merged_into IS NULL AND `+noted+`)`, append(args, state)...)
	if err != nil {
		return 0, tx.wrap(err, "map the holders of tickets of status", m.From)
	}
	_, err = tx.exec(ctx, `UPDATE ticket SET status = $3, state = CASE WHEN merged_into IS NULL THEN CAST($4 AS BIGINT) ELSE 0 END,
		resolved = CASE WHEN CAST($5 AS BIGINT) = 0 THEN 0 WHEN resolved > 0 THEN resolved ELSE CAST($5 AS BIGINT) END,
		asked = CASE WHEN CAST($4 AS BIGINT) = 2 THEN asked ELSE 0 END, updated = CAST($6 AS BIGINT), status_since = CAST($6 AS BIGINT), version = version + 1 WHERE `+noted,
		append(args, state, resolved, micros(m.At))...)
	return n, tx.wrap(err, "map tickets of status", m.From)
}

// state is the state of tickets in the status that the mapping gives them.
func (m *StatusMapping) state() int64 {
	switch {
	case m.To == desk.StatusDeleted:
		return hidden
	case m.Active:
		return active
	}
	return inactive
}

// countMapped notes by how much the counters of queues change.
func (tx *Tx) countMapped(ctx context.Context, args []any, state int64) error {
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var queue desk.QueueID
		var of, n int64
		err := rows.Scan(&queue, &of, &n)
		tx.count(queue, of, -n)
		tx.count(queue, state, n)
		return err
	}, `SELECT queue, state, count(*) FROM ticket WHERE merged_into IS NULL AND `+noted+` GROUP BY queue, state`, args...)
	return tx.wrap(err, "count mapped tickets", "")
}
