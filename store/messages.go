package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"gatehouse/desk"
)

// InsertMessage adds a message with its attachments and sets their IDs and
// sizes. The attachments' Data is stored.
func (tx *Tx) InsertMessage(ctx context.Context, m *desk.Message) error {
	err := tx.row(ctx, `INSERT INTO message (ticket, kind, author, at, subject, body, html, letter_id, spool, via)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
		int64(m.Ticket), int64(m.Kind), null(m.Author), micros(m.At), m.Subject, m.Text, m.HTML, m.LetterID, int64(m.Spool), string(m.Via)).Scan(&m.ID)
	if err != nil {
		return tx.wrap(err, "insert a message on ticket", m.Ticket)
	}
	for i := range m.Attachments {
		if err := tx.insertAttachment(ctx, m, &m.Attachments[i]); err != nil {
			return err
		}
	}
	return tx.insertDocument(ctx, m.Ticket, m.ID, m.Kind == desk.Comment, messageText(m.Subject, m.Text))
}

func (tx *Tx) insertAttachment(ctx context.Context, m *desk.Message, a *desk.Attachment) error {
	a.Message, a.Ticket, a.Size = m.ID, m.Ticket, int64(len(a.Data))
	digest, err := tx.putBlob(ctx, a.Data)
	if err != nil {
		return err
	}
	err = tx.row(ctx, `INSERT INTO attachment (message, ticket, name, type, content_id, inline, size, digest)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
		int64(a.Message), int64(a.Ticket), a.Name, a.Type, a.ContentID, bit(a.Inline), a.Size, digest).Scan(&a.ID)
	return tx.wrap(err, "insert an attachment of ticket", m.Ticket)
}

const messageColumns = `m.id, m.ticket, m.kind, m.author, m.at, m.subject, m.body, m.html, m.letter_id, m.spool, m.via`

func messageFields(m *desk.Message) []any {
	return []any{&m.ID, &m.Ticket, &m.Kind, ref(&m.Author), when(&m.At), &m.Subject, &m.Text, &m.HTML, &m.LetterID, &m.Spool, &m.Via}
}

// Messages lists the messages of a ticket after one, oldest first, with their
// attachments but without what is in them. Comments only where asked for.
func (tx *Tx) Messages(ctx context.Context, ticket desk.TicketID, comments bool, after desk.MessageID, limit int) ([]desk.Message, error) {
	if list, ok := readAhead[desk.Message](tx, "messages", int64(ticket)); ok {
		list = slices.DeleteFunc(list, func(m desk.Message) bool { return m.ID <= after || !comments && m.Kind != desk.Reply })
		return list[:min(len(list), page(limit))], nil
	}
	kinds := ` AND m.kind = 1`
	if comments {
		kinds = ``
	}
	list, err := tx.messages(ctx, `m.ticket = $1 AND m.id > $2`+kinds+` ORDER BY m.id`+limited(`$3`), int64(ticket), int64(after), page(limit))
	return list, tx.wrap(err, "read the messages of ticket", ticket)
}

// Message returns a message with its attachments, without what is in them.
func (tx *Tx) Message(ctx context.Context, id desk.MessageID) (*desk.Message, error) {
	list, err := tx.messages(ctx, `m.id = $1`, int64(id))
	if err != nil {
		return nil, tx.wrap(err, "read message", id)
	}
	if len(list) == 0 {
		return nil, desk.Errorf(desk.NotFound, "There is no message %d.", id)
	}
	return &list[0], nil
}

func (tx *Tx) messages(ctx context.Context, rest string, args ...any) ([]desk.Message, error) {
	var list []desk.Message
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var m desk.Message
		err := rows.Scan(messageFields(&m)...)
		list = append(list, m)
		return err
	}, `SELECT `+messageColumns+` FROM message m WHERE `+rest, args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	at := make(map[desk.MessageID]*desk.Message, len(list))
	ids := make([]int64, len(list))
	for i := range list {
		at[list[i].ID], ids[i] = &list[i], int64(list[i].ID)
	}
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var a desk.Attachment
		if err := rows.Scan(attachmentFields(&a)...); err != nil {
			return err
		}
		m := at[a.Message]
		m.Attachments = append(m.Attachments, a)
		return nil
	}, `SELECT `+attachmentColumns+` FROM attachment a WHERE a.message IN (`+tx.d.inList(1)+`) ORDER BY a.message, a.id`, tx.d.list(ids))
	return list, err
}

const attachmentColumns = `a.id, a.message, a.ticket, a.name, a.type, a.content_id, a.inline, a.size`

func attachmentFields(a *desk.Attachment) []any {
	return []any{&a.ID, &a.Message, &a.Ticket, &a.Name, &a.Type, &a.ContentID, flag(&a.Inline), &a.Size}
}

// Attachment returns an attachment with its Data.
func (tx *Tx) Attachment(ctx context.Context, id desk.AttachmentID) (*desk.Attachment, error) {
	var a desk.Attachment
	var digest string
	err := tx.row(ctx, `SELECT `+attachmentColumns+`, a.digest FROM attachment a WHERE a.id = $1`, int64(id)).
		Scan(append(attachmentFields(&a), &digest)...)
	if err != nil {
		return nil, tx.found(err, "read attachment", id, fmt.Sprintf("There is no attachment %d.", id))
	}
	a.Data, err = tx.blob(ctx, digest)
	return &a, err
}

// InsertEvent adds an entry to the history of a ticket and sets its ID.
func (tx *Tx) InsertEvent(ctx context.Context, e *desk.Event) error {
	data, err := json.Marshal(e.Data)
	if err != nil {
		return tx.wrap(err, "write an event of ticket", e.Ticket)
	}
	kind := e.Kind
	if kind == desk.EventMessage && e.Data["kind"] == desk.Comment.String() {
		kind = ChangedComment
	}
	tx.changed(e.Ticket, kind)
	err = tx.row(ctx, `INSERT INTO event (ticket, kind, by_user, via, at, message, data) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
		int64(e.Ticket), string(e.Kind), null(e.By), string(e.Via), micros(e.At), null(e.Message), string(data)).Scan(&e.ID)
	return tx.wrap(err, "insert an event of ticket", e.Ticket)
}

// Events lists the history of a ticket after an event, oldest first.
func (tx *Tx) Events(ctx context.Context, ticket desk.TicketID, after desk.EventID, limit int) ([]desk.Event, error) {
	if list, ok := readAhead[desk.Event](tx, "events", int64(ticket)); ok {
		list = slices.DeleteFunc(list, func(e desk.Event) bool { return e.ID <= after })
		return list[:min(len(list), page(limit))], nil
	}
	var list []desk.Event
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var e desk.Event
		err := rows.Scan(eventFields(&e)...)
		list = append(list, e)
		return err
	}, `SELECT `+eventColumns+` FROM event WHERE ticket = $1 AND id > $2 ORDER BY id`+limited(`$3`), int64(ticket), int64(after), page(limit))
	return list, tx.wrap(err, "read the history of ticket", ticket)
}

const eventColumns = `id, ticket, kind, by_user, via, at, message, data`

func eventFields(e *desk.Event) []any {
	return []any{&e.ID, &e.Ticket, &e.Kind, ref(&e.By), &e.Via, when(&e.At), ref(&e.Message), asJSON{&e.Data}}
}

// Event returns one entry of a history.
func (tx *Tx) Event(ctx context.Context, id desk.EventID) (*desk.Event, error) {
	var e desk.Event
	err := tx.row(ctx, `SELECT `+eventColumns+` FROM event WHERE id = $1`, int64(id)).Scan(eventFields(&e)...)
	if err != nil {
		return nil, tx.found(err, "read event", id, fmt.Sprintf("There is no event %d.", id))
	}
	return &e, nil
}
