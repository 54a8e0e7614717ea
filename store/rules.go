package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"gatehouse/desk"
)

// storedRule is what of a rule stands as JSON.
type storedRule struct {
	Hours int
	If    string
	Then  desk.RuleActions
	Time  desk.RuleTime
	Field desk.RuleField
}

const ruleColumns = `id, name, queue, stage, place, triggers, rule, enabled, parked_reason, parked_ticket, parked_at, author, changed, version`

func (tx *Tx) rules(ctx context.Context, query string, args ...any) ([]desk.Rule, error) {
	var list []desk.Rule
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var r desk.Rule
		var rest storedRule
		var stage int
		var triggers string
		err := rows.Scan(&r.ID, &r.Name, ref(&r.Queue), &stage, &r.Place, &triggers, asJSON{&rest}, flag(&r.Enabled),
			&r.Parked.Reason, ref(&r.Parked.Ticket), when(&r.Parked.At), ref(&r.Author), when(&r.Changed), &r.Version)
		if err != nil {
			return err
		}
		r.Stage = desk.RuleStages()[stage]
		for _, t := range strings.Split(strings.Trim(triggers, ","), ",") {
			r.On = append(r.On, desk.Trigger(t))
		}
		r.Hours, r.If, r.Then, r.Time, r.Field = rest.Hours, rest.If, rest.Then, rest.Time, rest.Field
		list = append(list, r)
		return nil
	}, query, args...)
	return list, err
}

// ruleValues are the values of ruleColumns behind the number, with whether it
// is timed and the folded name.
func ruleValues(r *desk.Rule) ([]any, error) {
	rest, err := json.Marshal(storedRule{r.Hours, r.If, r.Then, r.Time, r.Field})
	if err != nil {
		return nil, err
	}
	var triggers strings.Builder
	triggers.WriteByte(',')
	for _, t := range r.On {
		triggers.WriteString(string(t) + ",")
	}
	return []any{r.Name, desk.Fold(r.Name), null(r.Queue), max(slices.Index(desk.RuleStages(), r.Stage), 0), r.Place, triggers.String(), bit(r.Timed()),
		string(rest), bit(r.Enabled), r.Parked.Reason, null(r.Parked.Ticket), micros(r.Parked.At), null(r.Author), micros(r.Changed)}, nil
}

const ruleTaken = "There is a rule of that name already; choose another one."

// InsertRule adds a rule and sets its ID and Version. A name that another one
// has is a desk.Conflict.
func (tx *Tx) InsertRule(ctx context.Context, r *desk.Rule) error {
	r.Version = 1
	values, err := ruleValues(r)
	if err != nil {
		return tx.wrap(err, "write rule", r.Name)
	}
	err = tx.row(ctx, `INSERT INTO rule (name, folded, queue, stage, place, triggers, timed, rule, enabled, parked_reason, parked_ticket, parked_at,
		author, changed, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1) RETURNING id`, values...).Scan(&r.ID)
	if tx.d.unique(err) {
		return taken("name", ruleTaken)
	}
	return tx.wrap(err, "insert rule", r.Name)
}

// UpdateRule stores all of a rule and raises its version. A rule that is not of
// the version stored is a desk.Conflict.
func (tx *Tx) UpdateRule(ctx context.Context, r *desk.Rule) error {
	values, err := ruleValues(r)
	if err != nil {
		return tx.wrap(err, "write rule", r.Name)
	}
	n, err := tx.exec(ctx, `UPDATE rule SET name = $1, folded = $2, queue = $3, stage = $4, place = $5, triggers = $6, timed = $7, rule = $8,
		enabled = $9, parked_reason = $10, parked_ticket = $11, parked_at = $12, author = $13, changed = $14, version = version + 1
		WHERE id = $15 AND version = $16`, append(values, int64(r.ID), r.Version)...)
	switch {
	case tx.d.unique(err):
		return taken("name", ruleTaken)
	case err == nil && n == 0:
		return desk.Errorf(desk.Conflict, "The rule %s was changed by somebody else meanwhile. Look at it again, then repeat your change.", r.Name)
	}
	r.Version++
	return tx.wrap(err, "update rule", r.Name)
}

// DeleteRule takes a rule away with the record of its runs.
func (tx *Tx) DeleteRule(ctx context.Context, id desk.RuleID) error {
	for _, of := range []string{`DELETE FROM rule_run WHERE rule = $1`, `DELETE FROM rule_look WHERE rule = $1`} {
		if _, err := tx.exec(ctx, of, int64(id)); err != nil {
			return tx.wrap(err, "delete the runs of rule", id)
		}
	}
	n, err := tx.exec(ctx, `DELETE FROM rule WHERE id = $1`, int64(id))
	if err == nil && n == 0 {
		return noRule()
	}
	return tx.wrap(err, "delete rule", id)
}

func noRule() error { return desk.Errorf(desk.NotFound, "There is no such rule.") }

// Rule returns a rule.
func (tx *Tx) Rule(ctx context.Context, id desk.RuleID) (*desk.Rule, error) {
	return tx.oneRule(ctx, `id = $1`, int64(id))
}

// RuleByName returns the rule of a name.
func (tx *Tx) RuleByName(ctx context.Context, name string) (*desk.Rule, error) {
	return tx.oneRule(ctx, `folded = $1`, desk.Fold(name))
}

func (tx *Tx) oneRule(ctx context.Context, cond string, arg any) (*desk.Rule, error) {
	list, err := tx.rules(ctx, `SELECT `+ruleColumns+` FROM rule WHERE `+cond, arg)
	if err == nil && len(list) == 0 {
		return nil, noRule()
	}
	if err != nil {
		return nil, tx.wrap(err, "read a rule", "")
	}
	return &list[0], nil
}

// Rules lists all rules in the order in which they have their turn.
func (tx *Tx) Rules(ctx context.Context) ([]desk.Rule, error) {
	list, err := tx.rules(ctx, `SELECT `+ruleColumns+` FROM rule ORDER BY stage, place, folded`)
	return list, tx.wrap(err, "list the rules", "")
}

// AnyRuleOn reports whether a rule that runs waits for one of the triggers in
// the queue of a ticket.
func (tx *Tx) AnyRuleOn(ctx context.Context, ticket desk.TicketID, on []desk.Trigger) (bool, error) {
	var w where
	var any []string
	for _, t := range on {
		any = append(any, tx.d.holds("triggers", w.arg(","+string(t)+",")))
	}
	var n int
	err := tx.row(ctx, `SELECT count(*) FROM rule WHERE enabled = 1 AND parked_reason = '' AND timed = 0 AND (`+strings.Join(any, " OR ")+`)
		AND (queue IS NULL OR queue = (SELECT queue FROM ticket WHERE id = `+w.arg(int64(ticket))+`))`, w.args...).Scan(&n)
	return n > 0, tx.wrap(err, "look for rules on ticket", ticket)
}

// InsertRuleRun records a run and sets its ID. It reports false where the rule
// ran for the same already.
func (tx *Tx) InsertRuleRun(ctx context.Context, run *desk.RuleRun) (bool, error) {
	var list []desk.RunID
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id desk.RunID
		err := rows.Scan(&id)
		list = append(list, id)
		return err
	}, `INSERT INTO rule_run (rule, ticket, event, moment, at, state, what, tries) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT DO NOTHING RETURNING id`,
		int64(run.Rule), int64(run.Ticket), null(run.Event), run.Moment, micros(run.At), string(run.State), run.What, run.Tries)
	if err != nil || len(list) == 0 {
		return false, tx.wrap(err, "record a run of rule", run.Rule)
	}
	run.ID = list[0]
	return true, nil
}

// UpdateRuleRun stores how a run ended: when, state, what and tries.
func (tx *Tx) UpdateRuleRun(ctx context.Context, run *desk.RuleRun) error {
	n, err := tx.exec(ctx, `UPDATE rule_run SET at = $2, state = $3, what = $4, tries = $5 WHERE id = $1`,
		int64(run.ID), micros(run.At), string(run.State), run.What, run.Tries)
	if err == nil && n == 0 {
		return noRun()
	}
	return tx.wrap(err, "update run", run.ID)
}

func noRun() error {
	return desk.Errorf(desk.NotFound, "There is no such run; runs are kept for some time only.")
}

// A RunFilter chooses runs of rules; its zero parts choose all.
type RunFilter struct {
	Rules  []desk.RuleID // of these; nil: of all
	Ticket desk.TicketID
	Event  desk.EventID
	State  desk.RunState
	Before desk.RunID // older than it; zero: from the newest
	Limit  int
}

const runColumns = `id, rule, ticket, event, moment, at, state, what, tries`

// RuleRuns lists runs, newest first, and whether there are more.
func (tx *Tx) RuleRuns(ctx context.Context, f RunFilter) (list []desk.RuleRun, more bool, err error) {
	var w where
	if f.Rules != nil {
		w.conds = append(w.conds, in(tx.d, &w, "rule", numbers(f.Rules)))
	}
	if f.Ticket != 0 {
		w.add(`ticket = ?`, int64(f.Ticket))
	}
	if f.Event != 0 {
		w.add(`event = ?`, int64(f.Event))
	}
	if f.State != "" {
		w.add(`state = ?`, string(f.State))
	}
	if f.Before != 0 {
		w.add(`id < ?`, int64(f.Before))
	}
	limit := page(f.Limit)
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var r desk.RuleRun
		err := rows.Scan(&r.ID, &r.Rule, &r.Ticket, ref(&r.Event), &r.Moment, when(&r.At), &r.State, &r.What, &r.Tries)
		list = append(list, r)
		return err
	}, `SELECT `+runColumns+` FROM rule_run`+w.text()+` ORDER BY id DESC`+limited(w.arg(limit+1)), w.args...)
	list, more = cut(list, limit)
	return list, more, tx.wrap(err, "list runs of rules", "")
}

// RuleRun returns one run.
func (tx *Tx) RuleRun(ctx context.Context, id desk.RunID) (*desk.RuleRun, error) {
	var r desk.RuleRun
	err := tx.row(ctx, `SELECT `+runColumns+` FROM rule_run WHERE id = $1`, int64(id)).
		Scan(&r.ID, &r.Rule, &r.Ticket, ref(&r.Event), &r.Moment, when(&r.At), &r.State, &r.What, &r.Tries)
	if err != nil {
		return nil, tx.found(err, "read run", id, desk.Sentence(noRun()))
	}
	return &r, nil
}

// RunsSince counts the runs of a rule on a ticket since a moment.
func (tx *Tx) RunsSince(ctx context.Context, rule desk.RuleID, ticket desk.TicketID, since time.Time) (n int, err error) {
	err = tx.row(ctx, `SELECT count(*) FROM rule_run WHERE rule = $1 AND ticket = $2 AND at >= $3`, int64(rule), int64(ticket), micros(since)).Scan(&n)
	return n, tx.wrap(err, "count the runs of rule", rule)
}

// LastAsked returns when the customer last wrote on a ticket before a message,
// or at all for zero; the zero time where he did not.
func (tx *Tx) LastAsked(ctx context.Context, ticket desk.TicketID, before desk.MessageID) (time.Time, error) {
	var at time.Time
	err := tx.row(ctx, `SELECT coalesce(max(m.at), 0) FROM message m LEFT JOIN desk_user u ON u.id = m.author WHERE m.ticket = $1 AND m.kind = $2
		AND (CAST($3 AS BIGINT) = 0 OR m.id < CAST($3 AS BIGINT)) AND (u.kind = $4 OR m.author = (SELECT reporter FROM ticket WHERE id = $1))`,
		int64(ticket), int64(desk.Reply), int64(before), int64(desk.Contact)).Scan(when(&at))
	return at, tx.wrap(err, "read when the customer last wrote on ticket", ticket)
}

// EventsBetween lists events of all tickets under a scope, oldest first.
func (tx *Tx) EventsBetween(ctx context.Context, scope *desk.Scope, from, to time.Time, limit int) ([]desk.Event, error) {
	if scope == nil {
		return nil, desk.Errorf(desk.Internal, "Events were to be listed without a scope.")
	}
	var w where
	w.add(`e.at >= ?`, micros(from))
	w.add(`e.at < ?`, micros(to))
	w.conds = append(w.conds, newScoped(tx.d, &w, scope).inScope())
	statement, args := w.bind(`SELECT e.id, e.ticket, e.kind, e.by_user, e.via, e.at, e.message, e.data FROM event e JOIN ticket t ON t.id = e.ticket` +
		w.text() + ` ORDER BY e.id` + limited(w.arg(limit)))
	var list []desk.Event
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var e desk.Event
		err := rows.Scan(eventFields(&e)...)
		list = append(list, e)
		return err
	}, statement, args...)
	return list, tx.wrap(err, "list events", "")
}
