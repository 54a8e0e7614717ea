package store

import (
	"context"
	"database/sql"
	"fmt"

	"gatehouse/desk"
)

// InsertField adds a custom field and sets its ID and those of its choices. A
// name that another one has is a desk.Conflict with the field "name".
func (tx *Tx) InsertField(ctx context.Context, f *desk.Field) error {
	err := tx.row(ctx, `INSERT INTO custom_field (`+customColumnsStored+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT DO NOTHING RETURNING id`, customStored(f)...).Scan(&f.ID)
	if err == sql.ErrNoRows {
		return customTaken(f.Name)
	}
	if err != nil {
		return tx.wrap(err, "insert custom field", f.Name)
	}
	return tx.setFieldParts(ctx, f)
}

const customColumnsStored = `of_what, name, folded, description, kind, required, pattern, hint, lowest, highest,
	max_length, defaults, everywhere, only_kind, place, disabled`

// customStored are the values of customColumnsStored.
func customStored(f *desk.Field) []any {
	return []any{string(f.Of), f.Name, desk.Fold(f.Name), f.Description, string(f.Kind), bit(f.Required), f.Pattern, f.Hint, f.Lowest, f.Highest,
		f.MaxLength, jsonOf(f.Default), bit(f.Everywhere), int64(f.Only), f.Place, bit(f.Disabled)}
}

func customTaken(name string) error {
	return taken("name", fmt.Sprintf("There is a field %s already.", name))
}

// UpdateField stores all of a custom field. Its choices are those given;
// whatever was one and is not among them stays as it is.
func (tx *Tx) UpdateField(ctx context.Context, f *desk.Field) error {
	var others int
	if err := tx.row(ctx, `SELECT count(*) FROM custom_field WHERE folded = $1 AND id <> $2`, desk.Fold(f.Name), int64(f.ID)).Scan(&others); err != nil {
		return tx.wrap(err, "look for custom field", f.Name)
	}
	if others > 0 {
		return customTaken(f.Name)
	}
	n, err := tx.exec(ctx, `UPDATE custom_field SET of_what = $1, name = $2, folded = $3, description = $4, kind = $5, required = $6,
		pattern = $7, hint = $8, lowest = $9, highest = $10, max_length = $11, defaults = $12, everywhere = $13, only_kind = $14,
		place = $15, disabled = $16 WHERE id = $17`, append(customStored(f), int64(f.ID))...)
	switch {
	case err != nil && tx.d.unique(err):
		return customTaken(f.Name)
	case err != nil:
		return tx.wrap(err, "update custom field", f.ID)
	case n == 0:
		return desk.Errorf(desk.NotFound, "There is no field %d.", f.ID)
	}
	return tx.setFieldParts(ctx, f)
}

// setFieldParts stores queues and choices of a custom field.
func (tx *Tx) setFieldParts(ctx context.Context, f *desk.Field) error {
	if _, err := tx.exec(ctx, `DELETE FROM custom_field_queue WHERE field = $1`, int64(f.ID)); err != nil {
		return tx.wrap(err, "replace the queues of custom field", f.ID)
	}
	for _, q := range f.Queues {
		_, err := tx.exec(ctx, `INSERT INTO custom_field_queue (field, queue) VALUES ($1, $2) ON CONFLICT DO NOTHING`, int64(f.ID), int64(q))
		if err != nil {
			return tx.wrap(err, "insert a queue of custom field", f.ID)
		}
	}
	for i := range f.Choices {
		if err := tx.setChoice(ctx, f.ID, i, &f.Choices[i]); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) setChoice(ctx context.Context, field desk.FieldID, place int, c *desk.Choice) error {
	if c.ID == 0 {
		err := tx.row(ctx, `INSERT INTO custom_choice (field, name, place, disabled) VALUES ($1, $2, $3, $4) RETURNING id`,
			int64(field), c.Name, place, bit(c.Disabled)).Scan(&c.ID)
		return tx.wrap(err, "insert a choice of custom field", field)
	}
	_, err := tx.exec(ctx, `UPDATE custom_choice SET name = $3, place = $4, disabled = $5 WHERE id = $1 AND field = $2`,
		int64(c.ID), int64(field), c.Name, place, bit(c.Disabled))
	return tx.wrap(err, "update a choice of custom field", field)
}

// Fields lists the custom fields in their order, disabled ones included.
func (tx *Tx) Fields(ctx context.Context) ([]desk.Field, error) {
	var list []desk.Field
	at := map[desk.FieldID]int{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var f desk.Field
		err := rows.Scan(&f.ID, &f.Of, &f.Name, &f.Description, &f.Kind, flag(&f.Required), &f.Pattern, &f.Hint, &f.Lowest, &f.Highest,
			&f.MaxLength, asJSON{&f.Default}, flag(&f.Everywhere), &f.Only, &f.Place, flag(&f.Disabled))
		if len(f.Default) == 0 {
			f.Default = nil
		}
		at[f.ID] = len(list)
		list = append(list, f)
		return err
	}, `SELECT id, of_what, name, description, kind, required, pattern, hint, lowest, highest,
		max_length, defaults, everywhere, only_kind, place, disabled FROM custom_field ORDER BY place, folded`)
	if err != nil || len(list) == 0 {
		return nil, tx.wrap(err, "list custom fields", "")
	}
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var field desk.FieldID
		var queue desk.QueueID
		err := rows.Scan(&field, &queue)
		f := &list[at[field]]
		f.Queues = append(f.Queues, queue)
		return err
	}, `SELECT field, queue FROM custom_field_queue ORDER BY field, queue`)
	if err != nil {
		return nil, tx.wrap(err, "list the queues of custom fields", "")
	}
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var field desk.FieldID
		var c desk.Choice
		err := rows.Scan(&field, &c.ID, &c.Name, flag(&c.Disabled))
		f := &list[at[field]]
		f.Choices = append(f.Choices, c)
		return err
	}, `SELECT field, id, name, disabled FROM custom_choice ORDER BY field, place, id`)
	return list, tx.wrap(err, "list the choices of custom fields", "")
}

// shortText is how many characters of a text indexes hold.
const shortText = 60

// short is the beginning of a folded text.
func short(folded string) string {
	if r := []rune(folded); len(r) > shortText {
		return string(r[:shortText])
	}
	return folded
}

// SetFieldValues makes these the values of a custom field on one thing; none
// takes all away.
func (tx *Tx) SetFieldValues(ctx context.Context, f *desk.Field, object int64, values []desk.FieldValue) error {
	if _, err := tx.exec(ctx, `DELETE FROM custom_value WHERE field = $1 AND object = $2`, int64(f.ID), object); err != nil {
		return tx.wrap(err, "replace the values of custom field", f.ID)
	}
	w := tx.rowsOf("custom_value", "field, object, place, number, short, folded, content")
	for i, v := range values {
		text := v.Text
		if f.Kind.Chosen() {
			text = ""
		}
		folded := desk.Fold(text)
		if err := w.add(ctx, int64(f.ID), object, i, v.Number, short(folded), folded, text); err != nil {
			return err
		}
	}
	return w.flush(ctx)
}

// FieldValues returns the values of some custom fields on some things, by thing
// and field. What was chosen has its number only.
func (tx *Tx) FieldValues(ctx context.Context, fields []desk.FieldID, objects []int64) (map[int64]map[desk.FieldID][]desk.FieldValue, error) {
	found := map[int64]map[desk.FieldID][]desk.FieldValue{}
	if len(fields) == 0 || len(objects) == 0 {
		return found, nil
	}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var field desk.FieldID
		var object int64
		var v desk.FieldValue
		if err := rows.Scan(&field, &object, &v.Number, &v.Text); err != nil {
			return err
		}
		if found[object] == nil {
			found[object] = map[desk.FieldID][]desk.FieldValue{}
		}
		found[object][field] = append(found[object][field], v)
		return nil
	}, `SELECT field, object, number, content FROM custom_value
		WHERE field IN (`+tx.d.inList(1)+`) AND object IN (`+tx.d.inList(2)+`) ORDER BY field, object, place`, tx.d.list(numbers(fields)), tx.d.list(objects))
	return found, tx.wrap(err, "read the values of custom fields", "")
}

// CountFieldValues counts on how many things a custom field has values, up to
// a limit; with a choice, on how many that is chosen.
func (tx *Tx) CountFieldValues(ctx context.Context, field desk.FieldID, choice desk.ChoiceID, limit int) (int, error) {
	var n int
	err := tx.row(ctx, `SELECT count(*) FROM (SELECT DISTINCT object FROM custom_value WHERE field = $1 AND (CAST($2 AS BIGINT) = 0 OR number = $2)`+limited(`$3`)+`) AS found`,
		int64(field), int64(choice), limit).Scan(&n)
	return n, tx.wrap(err, "count the values of custom field", field)
}

// dropFieldValues takes away all values of custom fields on some things.
func (tx *Tx) dropFieldValues(ctx context.Context, of desk.FieldOf, objects []int64) error {
	_, err := tx.exec(ctx, `DELETE FROM custom_value WHERE field IN (SELECT id FROM custom_field WHERE of_what = $1) AND object IN (`+tx.d.inList(2)+`)`,
		string(of), tx.d.list(objects))
	return tx.wrap(err, "take away the values of custom fields of", of)
}

// EachFieldValue calls f for each value of a custom field of tickets. What was
// chosen has its number only.
func (tx *Tx) EachFieldValue(ctx context.Context, field desk.FieldID, f func(desk.TicketID, desk.FieldValue)) error {
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var ticket desk.TicketID
		var v desk.FieldValue
		if err := rows.Scan(&ticket, &v.Number, &v.Text); err != nil {
			return err
		}
		f(ticket, v)
		return nil
	}, `SELECT object, number, content FROM custom_value WHERE field = $1 ORDER BY object, place`, int64(field))
	return tx.wrap(err, "read all values of custom field", field)
}
