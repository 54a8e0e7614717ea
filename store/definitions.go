package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"gatehouse/desk"
	"gatehouse/desk/sla"
)

// The kinds of definitions.
const (
	calendarKind   = "calendar"
	agreementKind  = "agreement"
	assignmentKind = "assignment"
	lifeCycleKind  = "life cycle"
	queueCycleKind = "life cycle of a queue"
)

// DefinitionVersion returns a number that grows with each change of a
// definition.
func (tx *Tx) DefinitionVersion(ctx context.Context) (int64, error) {
	return once(tx, "definitions", 0, func() (version int64, err error) {
		err = tx.row(ctx, `SELECT version FROM definition_version WHERE id = 1`).Scan(&version)
		return version, tx.wrap(err, "read the version of definitions", "")
	})
}

// DefinitionsChanged reports whether this transaction has changed a definition,
// so that what it reads may yet be rolled back.
func (tx *Tx) DefinitionsChanged() bool { return tx.redefined }

// Book returns all that is agreed about clocks, by number.
func (tx *Tx) Book(ctx context.Context) (*sla.Book, error) {
	b := &sla.Book{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id int64
		var kind, data string
		if err := rows.Scan(&id, &kind, &data); err != nil {
			return err
		}
		return addDefinition(b, id, kind, data)
	}, `SELECT id, kind, data FROM definition WHERE kind IN ('calendar', 'agreement', 'assignment') ORDER BY id`)
	return b, tx.wrap(err, "read calendars and agreements", "")
}

func addDefinition(b *sla.Book, id int64, kind, data string) error {
	switch kind {
	case calendarKind:
		var c sla.Calendar
		err := json.Unmarshal([]byte(data), &c)
		c.ID = sla.CalendarID(id)
		b.Calendars = append(b.Calendars, c)
		return err
	case agreementKind:
		var a sla.Agreement
		err := json.Unmarshal([]byte(data), &a)
		a.ID = sla.AgreementID(id)
		b.Agreements = append(b.Agreements, a)
		return err
	}
	var a sla.Assignment
	err := json.Unmarshal([]byte(data), &a)
	a.ID = sla.AssignmentID(id)
	b.Assignments = append(b.Assignments, a)
	return err
}

// SaveCalendar stores a calendar, as a new one where it has no ID. A name that
// another one has is a desk.Conflict with the field "name".
func (tx *Tx) SaveCalendar(ctx context.Context, c *sla.Calendar) error {
	id, err := tx.saveDefinition(ctx, calendarKind, int64(c.ID), c.Name, c)
	c.ID = sla.CalendarID(id)
	return err
}

// SaveAgreement stores an agreement, as SaveCalendar does.
func (tx *Tx) SaveAgreement(ctx context.Context, a *sla.Agreement) error {
	id, err := tx.saveDefinition(ctx, agreementKind, int64(a.ID), a.Name, a)
	a.ID = sla.AgreementID(id)
	return err
}

// SaveAssignment stores an assignment, as SaveCalendar does. Two for the same
// tickets are a desk.Conflict.
func (tx *Tx) SaveAssignment(ctx context.Context, a *sla.Assignment) error {
	name := fmt.Sprintf("queue %d, customer %d", a.Queue, a.Customer)
	if a.Priority != nil {
		name += fmt.Sprintf(", priority %d", *a.Priority)
	}
	id, err := tx.saveDefinition(ctx, assignmentKind, int64(a.ID), name, a)
	a.ID = sla.AssignmentID(id)
	return err
}

func (tx *Tx) saveDefinition(ctx context.Context, kind string, id int64, name string, v any) (int64, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return 0, tx.wrap(err, "write "+kind, name)
	}
	var other int64
	err = tx.row(ctx, `SELECT id FROM definition WHERE kind = $1 AND folded = $2`, kind, desk.Fold(name)).Scan(&other)
	switch {
	case err == nil && other != id:
		return 0, taken("name", fmt.Sprintf("Another %s is called so already.", kind))
	case err != nil && err != sql.ErrNoRows:
		return 0, tx.wrap(err, "look for "+kind, name)
	}
	if id == 0 {
		err = tx.row(ctx, `INSERT INTO definition (kind, name, folded, data) VALUES ($1, $2, $3, $4) RETURNING id`,
			kind, name, desk.Fold(name), string(data)).Scan(&id)
	} else {
		var n int64
		n, err = tx.exec(ctx, `UPDATE definition SET name = $3, folded = $4, data = $5 WHERE kind = $1 AND id = $2`, kind, id, name, desk.Fold(name), string(data))
		if err == nil && n == 0 {
			return 0, noDefinition(kind, id)
		}
	}
	if err != nil {
		return 0, tx.wrap(err, "store "+kind, name)
	}
	return id, tx.definitionsChanged(ctx)
}

func noDefinition(kind string, id int64) error {
	return desk.Errorf(desk.NotFound, "There is no %s %d.", kind, id)
}

func (tx *Tx) definitionsChanged(ctx context.Context) error {
	tx.redefined = true
	_, err := tx.exec(ctx, `UPDATE definition_version SET version = version + 1 WHERE id = 1`)
	return tx.wrap(err, "raise the version of definitions", "")
}

// DeleteCalendar takes a calendar away. What used it works round the clock.
func (tx *Tx) DeleteCalendar(ctx context.Context, id sla.CalendarID) error {
	return tx.deleteDefinition(ctx, calendarKind, int64(id))
}

// DeleteAgreement takes an agreement away.
func (tx *Tx) DeleteAgreement(ctx context.Context, id sla.AgreementID) error {
	return tx.deleteDefinition(ctx, agreementKind, int64(id))
}

// DeleteAssignment takes an assignment away.
func (tx *Tx) DeleteAssignment(ctx context.Context, id sla.AssignmentID) error {
	return tx.deleteDefinition(ctx, assignmentKind, int64(id))
}

func (tx *Tx) deleteDefinition(ctx context.Context, kind string, id int64) error {
	n, err := tx.exec(ctx, `DELETE FROM definition WHERE kind = $1 AND id = $2`, kind, id)
	if err == nil && n == 0 {
		return noDefinition(kind, id)
	}
	if err != nil {
		return tx.wrap(err, "delete "+kind, id)
	}
	return tx.definitionsChanged(ctx)
}
