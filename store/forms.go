package store

import (
	"context"
	"database/sql"
	"strconv"
	"strings"

	"gatehouse/desk"
)

// TicketForms returns all forms by which customers open tickets, by queue and
// customer.
func (tx *Tx) TicketForms(ctx context.Context) ([]desk.TicketForm, error) {
	var list []desk.TicketForm
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var f desk.TicketForm
		var closed int
		var required, hidden string
		err := rows.Scan(&f.Queue, &f.Customer, &f.Intro, &closed, &required, &hidden)
		f.Closed, f.Required, f.Hidden = closed != 0, fieldNumbers(required), fieldNumbers(hidden)
		list = append(list, f)
		return err
	}, `SELECT queue, customer, intro, closed, required, hidden FROM ticket_form ORDER BY queue, customer`)
	return list, tx.wrap(err, "read the forms", "")
}

// SetTicketForm puts a form in the place of the one of its queue and customer;
// one that says nothing is taken away.
func (tx *Tx) SetTicketForm(ctx context.Context, f *desk.TicketForm) error {
	if _, err := tx.exec(ctx, `DELETE FROM ticket_form WHERE queue = $1 AND customer = $2`, int64(f.Queue), int64(f.Customer)); err != nil || f.Plain() {
		return tx.wrap(err, "take away the form of queue", f.Queue)
	}
	closed := 0
	if f.Closed {
		closed = 1
	}
	_, err := tx.exec(ctx, `INSERT INTO ticket_form (queue, customer, intro, closed, required, hidden) VALUES ($1, $2, $3, $4, $5, $6)`,
		int64(f.Queue), int64(f.Customer), f.Intro, closed, fieldWords(f.Required), fieldWords(f.Hidden))
	return tx.wrap(err, "set the form of queue", f.Queue)
}

func fieldWords(ids []desk.FieldID) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = strconv.FormatInt(int64(id), 10)
	}
	return strings.Join(words, " ")
}

func fieldNumbers(text string) []desk.FieldID {
	var ids []desk.FieldID
	for word := range strings.FieldsSeq(text) {
		if n, err := strconv.ParseInt(word, 10, 64); err == nil {
			ids = append(ids, desk.FieldID(n))
		}
	}
	return ids
}
