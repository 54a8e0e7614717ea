package store

import (
	"cmp"
	"context"
	"database/sql"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/query"
)

// ClaimRuleClock reports whether it is time to look at the rules that come with
// time, to one asker alone, and says when it is time again.
func (tx *Tx) ClaimRuleClock(ctx context.Context, again time.Duration) (bool, error) {
	now := tx.now()
	n, err := tx.exec(ctx, `UPDATE rule_clock SET next = $2 WHERE id = 1 AND next <= $1`, micros(now), micros(now.Add(again)))
	return n > 0, tx.wrap(err, "claim the clock of rules", "")
}

// HurryRuleClock says that it is time again at once.
func (tx *Tx) HurryRuleClock(ctx context.Context) error {
	_, err := tx.exec(ctx, `UPDATE rule_clock SET next = 0 WHERE id = 1`)
	return tx.wrap(err, "hurry the clock of rules", "")
}

// sweptAtOnce is how many runs one sweep looks at.
const sweptAtOnce = 5000

// SweepRuns forgets runs before a moment, a piece of all of them at a time and
// from the oldest again at the end. Those that wait for somebody stay, and those
// that keep a rule by time from having its turn again.
func (tx *Tx) SweepRuns(ctx context.Context, before time.Time) error {
	var from, to, seen int64
	var last time.Time
	err := tx.row(ctx, `SELECT c.swept, coalesce(max(p.id), 0), count(p.id), coalesce(max(p.at), 0) FROM rule_clock c
		LEFT JOIN (SELECT n.id, n.at FROM rule_run n WHERE n.id > (SELECT swept FROM rule_clock) ORDER BY n.id LIMIT $1) p ON 1 = 1
		GROUP BY c.swept`, sweptAtOnce).Scan(&from, &to, &seen, when(&last))
	if err != nil {
		return tx.wrap(err, "find old runs of rules", "")
	}
	if seen > 0 {
		if _, err := tx.exec(ctx, `DELETE FROM rule_run WHERE id > $1 AND id <= $2 AND at < $3 AND state <> 'parked' AND (moment = 0
			OR EXISTS (SELECT 1 FROM rule r WHERE r.id = rule_run.rule AND r.triggers = ',daily,')
			OR NOT EXISTS (SELECT 1 FROM ticket t WHERE t.id = rule_run.ticket AND (t.state = 2 OR t.state = 1 AND t.status_since = rule_run.moment)))`,
			from, to, micros(before)); err != nil {
			return tx.wrap(err, "forget runs of rules", "")
		}
	}
	if seen < sweptAtOnce || last.After(before) {
		to = 0
	}
	if from == to {
		return nil
	}
	_, err = tx.exec(ctx, `UPDATE rule_clock SET swept = $1 WHERE id = 1`, to)
	return tx.wrap(err, "note how far runs were swept", "")
}

// A RuleLook is how far a rule by time has looked: up to tickets of a moment,
// among those of the same moment up to one, and at what was changed until
// Changed. Of a daily rule the moment is that of the day, and the ticket the last
// one at which it looked. Version is the rule's when it did.
type RuleLook struct {
	Rule    desk.RuleID
	Version int64
	Moment  time.Time
	Ticket  desk.TicketID
	Changed time.Time
}

// RuleLook returns how far a rule has looked; zero: nowhere yet.
func (tx *Tx) RuleLook(ctx context.Context, id desk.RuleID) (RuleLook, error) {
	l := RuleLook{Rule: id}
	err := tx.each(ctx, func(rows *sql.Rows) error { return rows.Scan(&l.Version, when(&l.Moment), &l.Ticket, when(&l.Changed)) },
		`SELECT version, moment, ticket, changed FROM rule_look WHERE rule = $1`, int64(id))
	return l, tx.wrap(err, "read how far a rule has looked", id)
}

// SaveRuleLook stores how far a rule has looked.
func (tx *Tx) SaveRuleLook(ctx context.Context, l RuleLook) error {
	_, err := tx.exec(ctx, `INSERT INTO rule_look (rule, version, moment, ticket, changed) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (rule) DO UPDATE SET version = $2, moment = $3, ticket = $4, changed = $5`,
		int64(l.Rule), l.Version, micros(l.Moment), int64(l.Ticket), micros(l.Changed))
	return tx.wrap(err, "note how far a rule has looked", l.Rule)
}

// A Turn is a ticket for which a trigger by time has come.
type Turn struct {
	Ticket  desk.TicketID
	Since   time.Time // from when it counts
	Updated time.Time // when the ticket was changed last
	Done    bool      // the rule had it already
}

// A + before a column, or something added to a text, keeps the database from
// going by it: it goes by what it counts from, in order, and never sorts.

// turnsOf are the tickets to which a trigger by time can come, and from when it
// counts; ok: there are any.
func turnsOf(r *desk.Rule) (w where, column string, ok bool) {
	w.conds = append(w.conds, `t.state = 2`, `t.state > 0`) // as partial indexes say it
	switch r.On[0] {
	case desk.OnWaiting:
		column = "t.asked"
	case desk.OnAsked:
		column = "t.last_asked"
		w.conds = append(w.conds, `t.asked > 0`)
	case desk.OnUnanswered:
		column = "t.created"
		w.conds = append(w.conds, `+t.told = 0`)
	case desk.OnUntouched:
		column = "t.updated"
	case desk.OnAged:
		column = "t.created"
	case desk.OnInStatus:
		column, w.conds = "t.status_since", []string{`t.state > 0`}
		w.add(`t.status || '' = ?`, string(r.Time.In))
	case desk.OnDue:
		column = "t.due"
	default:
		return w, "", false
	}
	if r.Queue != 0 {
		w.add(`+t.queue = ?`, int64(r.Queue))
	}
	w.conds = append(w.conds, column+` > 0`)
	return w, column, true
}

// latest is the last moment from which the rule's trigger counts that has come
// at a moment.
func latest(r *desk.Rule, at time.Time) int64 {
	hours := time.Duration(r.Hours) * time.Hour
	if r.On[0] == desk.OnDue {
		return micros(at.Add(hours))
	}
	return micros(at.Add(-hours))
}

// Turns lists tickets for which a rule by time has come at a moment, those of a
// queue where the rule is of one, in the order from which they count, behind
// where it has looked, and those too for which it ran.
func (tx *Tx) Turns(ctx context.Context, r *desk.Rule, from RuleLook, at time.Time, limit int) ([]Turn, error) {
	w, column, ok := turnsOf(r)
	if !ok {
		return nil, nil
	}
	w.behind(r, column, from, at)
	return tx.turns(ctx, r, turnQuery{where: w, column: column, order: column + `, t.id`}, limit)
}

// behind chooses the tickets behind where a rule has looked.
func (w *where) behind(r *desk.Rule, column string, from RuleLook, at time.Time) {
	if r.On[0] == desk.OnInStatus {
		w.add(`t.status = ?`, string(r.Time.In)) // by whose index it goes
	}
	w.add(column+` <= ?`, latest(r, at))
	behind := w.arg(micros(from.Moment))
	w.conds = append(w.conds, column+` >= `+behind, `(`+column+` > `+behind+` OR t.id > `+w.arg(int64(from.Ticket))+`)`)
}

// ChangedTurns lists the same of tickets that were changed since a moment, in
// the order in which they were: those to which the rule may have come otherwise
// than by time going on.
func (tx *Tx) ChangedTurns(ctx context.Context, r *desk.Rule, since, at time.Time, limit int) ([]Turn, error) {
	w, column, ok := turnsOf(r)
	if !ok {
		return nil, nil
	}
	w.changed(r, column, since, at)
	return tx.turns(ctx, r, turnQuery{where: w, column: column, order: `t.updated, t.id`}, limit)
}

// changed chooses the tickets that were changed; + keeps from going by what it
// counts from.
func (w *where) changed(r *desk.Rule, column string, since, at time.Time) {
	w.add(`t.updated >= ?`, micros(since))
	w.add(`+`+column+` <= ?`, latest(r, at))
}

// A DailyPart is a part of the tickets for which a daily rule has its turn.
type DailyPart struct {
	At    time.Time     // of the day's turn; tickets that were opened later have none
	After desk.TicketID // behind this one
	Of    *query.Test   // which they are; nil: all
	Looks int           // at how many tickets still to be done it looks at most
	Limit int           // how many it lists at most
}

// DailyTurns lists tickets still to be done that were there at a moment and of
// which a test holds, of a queue where the rule is of one, by number, the last one
// at which it looked, zero: at none, and whether there are more behind it. However
// few there are of which the test holds, it looks at a part only.
func (tx *Tx) DailyTurns(ctx context.Context, r *desk.Rule, p DailyPart) (turns []Turn, last desk.TicketID, more bool, err error) {
	q := tx.dailyOf(r, &p)
	if turns, err = tx.turns(ctx, r, q, p.Limit); err != nil {
		return nil, 0, false, err
	}
	if len(turns) == p.Limit {
		return turns, turns[len(turns)-1].Ticket, true, nil
	}
	part, w := partOfDay(r, &p)
	var looked int
	err = tx.row(ctx, `SELECT coalesce(max(t.id), 0), count(*) FROM `+part, w.args...).Scan(&last, &looked)
	return turns, last, looked == p.Looks, tx.wrap(err, "look for tickets of rule", r.Name)
}

// dailyOf is the query of tickets of a day: of those of a part, which is read
// first, the ones of which the test holds.
func (tx *Tx) dailyOf(r *desk.Rule, p *DailyPart) turnQuery {
	part, w := partOfDay(r, p)
	l := &listing{tx: tx, w: w}
	q := turnQuery{from: part, order: `t.id`, column: `CAST(` + l.w.arg(micros(p.At)) + ` AS BIGINT)`}
	if p.Of != nil {
		q.mark = unkept // there are as many as there are conditions
		l.w.conds = append(l.w.conds, l.test(p.Of))
	}
	q.where = l.w
	return q
}

// partOfDay is the next tickets of a day at which to look, as a table t, with its
// arguments.
func partOfDay(r *desk.Rule, p *DailyPart) (string, where) {
	w := where{conds: []string{`t.state = 2`}}
	if r.Queue != 0 {
		w.add(`t.queue = ?`, int64(r.Queue))
	}
	w.add(`t.id > ?`, int64(p.After))
	w.add(`t.created <= ?`, micros(p.At))
	part := `(SELECT ` + testedColumns + ` FROM ticket t` + w.text() + ` ORDER BY t.id` + limited(w.arg(p.Looks)) + `) t`
	return part, where{args: w.args}
}

// A turnQuery chooses tickets, with from when it counts and in which order.
type turnQuery struct {
	where
	mark, from    string // from: empty: all tickets
	column, order string
}

func (tx *Tx) turns(ctx context.Context, r *desk.Rule, q turnQuery, limit int) ([]Turn, error) {
	var list []Turn
	statement, args := q.bind(q.statement(r, limit))
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var t Turn
		err := rows.Scan(&t.Ticket, when(&t.Since), when(&t.Updated), flag(&t.Done))
		list = append(list, t)
		return err
	}, statement, args...)
	return list, tx.wrap(err, "look for tickets of rule", r.Name)
}

func (q *turnQuery) statement(r *desk.Rule, limit int) string {
	return q.mark + `SELECT t.id, ` + q.column + `, t.updated, CASE WHEN EXISTS (SELECT 1 FROM rule_run n WHERE n.rule = ` + q.arg(int64(r.ID)) + ` AND n.ticket = t.id
		AND coalesce(n.event, 0) = 0 AND n.moment = ` + q.column + `) THEN 1 ELSE 0 END FROM ` + cmp.Or(q.from, `ticket t`) + q.text() + ` ORDER BY ` + q.order + limited(q.arg(limit))
}
