package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"gatehouse/desk"
)

// InsertOutgoing puts a letter into the outbox and sets its ID; where they are
// not set, State, At and Next too.
func (tx *Tx) InsertOutgoing(ctx context.Context, o *desk.Outgoing) error {
	values, err := tx.outboxValues(o)
	if err != nil {
		return err
	}
	err = tx.row(ctx, `INSERT INTO outbox (`+outboxWritten+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) RETURNING id`, values...).Scan(&o.ID)
	return tx.wrap(err, "put a letter into the outbox for", o.Address)
}

// InsertLetters puts letters of tickets into the outbox, as InsertOutgoing does
// one, but sets no IDs, and remembers them as RememberLetter does.
func (tx *Tx) InsertLetters(ctx context.Context, letters []desk.Outgoing) error {
	out, known := make([][]any, len(letters)), make([][]any, len(letters))
	var err error
	for i := range letters {
		o := &letters[i]
		if out[i], err = tx.outboxValues(o); err != nil {
			return err
		}
		known[i] = []any{o.LetterID, int64(o.Ticket), null(o.Message)}
	}
	if err := tx.insertRows(ctx, `INSERT INTO outbox (`+outboxWritten+`) VALUES `, out, ""); err != nil {
		return tx.wrap(err, "put letters into the outbox", "")
	}
	return tx.wrap(tx.insertRows(ctx, `INSERT INTO letter (letter_id, ticket, message) VALUES `, known, ` ON CONFLICT DO NOTHING`), "remember letters", "")
}

// insertRows inserts rows of the same number of values, several in a statement:
// 16, 8, 4, 2 or one, so that there are few statements to be kept ready.
func (tx *Tx) insertRows(ctx context.Context, into string, rows [][]any, then string) error {
	for n := 16; len(rows) > 0; {
		if n > len(rows) {
			n /= 2
			continue
		}
		var places []string
		var values []any
		for _, row := range rows[:n] {
			of := make([]string, len(row))
			for i := range row {
				of[i] = tx.d.place(len(values) + i + 1)
			}
			places, values = append(places, "("+joined(of)+")"), append(values, row...)
		}
		if _, err := tx.exec(ctx, into+joined(places)+then, values...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// outboxWritten are the columns of a letter that is put into the outbox.
const outboxWritten = `kind, ticket, message, event, to_user, address, why, letter_id, subject, body,
		from_name, from_addr, reply_to, refs, auto, state, reason, tries, at, next, sent_at`

// outboxValues are its values; State, At and Next are set where they are not.
func (tx *Tx) outboxValues(o *desk.Outgoing) ([]any, error) {
	if o.At.IsZero() {
		o.At = moment(micros(tx.now()))
	}
	if o.Next.IsZero() {
		o.Next = o.At
	}
	if o.State == "" {
		o.State = desk.OutWaiting
	}
	why, err := json.Marshal(o.Why)
	if err != nil {
		return nil, tx.wrap(err, "write why a letter goes to", o.To)
	}
	refs, err := json.Marshal(o.Refs)
	if err != nil {
		return nil, tx.wrap(err, "write the references of a letter to", o.To)
	}
	return []any{string(o.Kind), null(o.Ticket), null(o.Message), null(o.Event), null(o.To), o.Address, string(why), o.LetterID, o.Subject, o.Body,
		o.From.Name, o.From.Address, o.ReplyTo, string(refs), o.Auto, string(o.State), o.Reason, o.Tries,
		micros(o.At), micros(o.Next), micros(o.SentAt)}, nil
}

const outboxColumns = `id, kind, ticket, message, event, to_user, address, why, letter_id, subject, body,
	from_name, from_addr, reply_to, refs, auto, state, reason, tries, at, next, sent_at`

func outboxFields(o *desk.Outgoing) []any {
	return []any{&o.ID, &o.Kind, ref(&o.Ticket), ref(&o.Message), ref(&o.Event), ref(&o.To), &o.Address, asJSON{&o.Why}, &o.LetterID,
		&o.Subject, &o.Body, &o.From.Name, &o.From.Address, &o.ReplyTo, asJSON{&o.Refs}, &o.Auto, &o.State, &o.Reason, &o.Tries,
		when(&o.At), when(&o.Next), when(&o.SentAt)}
}

func (tx *Tx) outgoing(ctx context.Context, query string, args ...any) ([]desk.Outgoing, error) {
	var list []desk.Outgoing
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var o desk.Outgoing
		err := rows.Scan(outboxFields(&o)...)
		list = append(list, o)
		return err
	}, query, args...)
	return list, err
}

// ClaimOutgoing takes letters that are due, those due the longest first, and
// counts the try. Nobody else gets them until the lease ends.
func (tx *Tx) ClaimOutgoing(ctx context.Context, lease time.Duration, limit int) ([]desk.Outgoing, error) {
	now := tx.now()
	list, err := tx.outgoing(ctx, `UPDATE outbox SET tries = tries + 1, next = $2 WHERE id IN
		(SELECT id FROM outbox WHERE state = 'waiting' AND next <= $1 ORDER BY next, id`+limited(`$3`)+tx.d.skipLocked+`)
		RETURNING `+outboxColumns, micros(now), micros(now.Add(lease)), page(limit))
	slices.SortFunc(list, func(a, b desk.Outgoing) int { return cmp.Compare(a.ID, b.ID) })
	return list, tx.wrap(err, "claim letters to send", "")
}

// UpdateOutgoing stores how far a letter has got: state, reason, tries, when it
// is to be tried and when it was sent. It ends the lease.
func (tx *Tx) UpdateOutgoing(ctx context.Context, o *desk.Outgoing) error {
	n, err := tx.exec(ctx, `UPDATE outbox SET state = $2, reason = $3, tries = $4, next = $5, sent_at = $6 WHERE id = $1`,
		int64(o.ID), string(o.State), o.Reason, o.Tries, micros(o.Next), micros(o.SentAt))
	if err == nil && n == 0 {
		return noLetter(o.ID)
	}
	return tx.wrap(err, "update outgoing letter", o.ID)
}

// Outgoing returns a letter of the outbox.
func (tx *Tx) Outgoing(ctx context.Context, id desk.OutboxID) (*desk.Outgoing, error) {
	list, err := tx.outgoing(ctx, `SELECT `+outboxColumns+` FROM outbox WHERE id = $1`, int64(id))
	if err == nil && len(list) == 0 {
		return nil, noLetter(id)
	}
	if err != nil {
		return nil, tx.wrap(err, "read outgoing letter", id)
	}
	return &list[0], nil
}

// An OutFilter chooses letters of the outbox; its zero parts choose all.
type OutFilter struct {
	State   desk.OutboxState
	Ticket  desk.TicketID
	Message desk.MessageID
	To      desk.UserID
	Before  desk.OutboxID // older than it; zero: from the newest
	Limit   int
}

// OutgoingList lists letters of the outbox, newest first, and whether there are
// more.
func (tx *Tx) OutgoingList(ctx context.Context, f OutFilter) (list []desk.Outgoing, more bool, err error) {
	var w where
	if f.State != "" {
		w.add(`state = ?`, string(f.State))
	}
	if f.Ticket != 0 {
		w.add(`ticket = ?`, int64(f.Ticket))
	}
	if f.Message != 0 {
		w.add(`message = ?`, int64(f.Message))
	}
	if f.To != 0 {
		w.add(`to_user = ?`, int64(f.To))
	}
	if f.Before != 0 {
		w.add(`id < ?`, int64(f.Before))
	}
	limit := page(f.Limit)
	list, err = tx.outgoing(ctx, `SELECT `+outboxColumns+` FROM outbox`+w.text()+` ORDER BY id DESC`+limited(w.arg(limit+1)), w.args...)
	list, more = cut(list, limit)
	return list, more, tx.wrap(err, "list outgoing letters", "")
}

// OutgoingBytes returns the composed letter; nil before SetOutgoingBytes.
func (tx *Tx) OutgoingBytes(ctx context.Context, id desk.OutboxID) ([]byte, error) {
	var digest sql.NullString
	err := tx.row(ctx, `SELECT digest FROM outbox WHERE id = $1`, int64(id)).Scan(&digest)
	if err != nil {
		return nil, tx.found(err, "read the bytes of letter", id, fmt.Sprintf("There is no letter %d.", id))
	}
	if !digest.Valid {
		return nil, nil
	}
	return tx.blob(ctx, digest.String)
}

// SetOutgoingBytes stores the composed letter before its first try. A letter
// keeps the bytes that it was given first.
func (tx *Tx) SetOutgoingBytes(ctx context.Context, id desk.OutboxID, letter []byte) error {
	digest, err := tx.putBlob(ctx, letter)
	if err != nil {
		return err
	}
	n, err := tx.exec(ctx, `UPDATE outbox SET digest = $2 WHERE id = $1 AND digest IS NULL`, int64(id), digest)
	if err == nil && n == 0 {
		if _, err := tx.Outgoing(ctx, id); err != nil {
			return err
		}
		return desk.Errorf(desk.Conflict, "Letter %d was composed already.", id)
	}
	return tx.wrap(err, "store the bytes of letter", id)
}

// InsertJob adds a job and sets its ID; where it is not set, Next too.
func (tx *Tx) InsertJob(ctx context.Context, j *desk.Job) error {
	if j.Next.IsZero() {
		j.Next = moment(micros(tx.now()))
	}
	err := tx.row(ctx, `INSERT INTO job (kind, data, tries, next, reason, parked) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
		j.Kind, j.Data, j.Tries, micros(j.Next), j.Reason, bit(j.Parked)).Scan(&j.ID)
	return tx.wrap(err, "add a job of kind", j.Kind)
}

const jobColumns = `id, kind, data, tries, next, reason, parked`

func jobFields(j *desk.Job) []any {
	return []any{&j.ID, &j.Kind, &j.Data, &j.Tries, when(&j.Next), &j.Reason, flag(&j.Parked)}
}

// ClaimJob takes the job of one of the kinds (of any, where none is named) that
// has been due the longest, and counts the try. Nobody else gets it until the
// lease ends. It returns nil where none is due.
func (tx *Tx) ClaimJob(ctx context.Context, lease time.Duration, kinds ...string) (*desk.Job, error) {
	var w where
	now := tx.now()
	until := w.arg(micros(now.Add(lease)))
	w.add(`parked = 0 AND next <= ?`, micros(now))
	if len(kinds) > 0 {
		var any []string
		for _, kind := range kinds {
			any = append(any, w.arg(kind))
		}
		w.conds = append(w.conds, `kind IN (`+joined(any)+`)`)
	}
	var j desk.Job
	err := tx.row(ctx, `UPDATE job SET tries = tries + 1, next = `+until+` WHERE id =
		(SELECT id FROM job`+w.text()+` ORDER BY next, id LIMIT 1`+tx.d.skipLocked+`) RETURNING `+jobColumns, w.args...).Scan(jobFields(&j)...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, tx.wrap(err, "claim a job", "")
	}
	return &j, nil
}

// UpdateJob stores how far a job has got. It ends the lease.
func (tx *Tx) UpdateJob(ctx context.Context, j *desk.Job) error {
	n, err := tx.exec(ctx, `UPDATE job SET data = $2, tries = $3, next = $4, reason = $5, parked = $6 WHERE id = $1`,
		int64(j.ID), j.Data, j.Tries, micros(j.Next), j.Reason, bit(j.Parked))
	if err == nil && n == 0 {
		return noJob(j.ID)
	}
	return tx.wrap(err, "update job", j.ID)
}

func noJob(id desk.JobID) error { return desk.Errorf(desk.NotFound, "There is no job %d.", id) }

// DeleteJob takes away a job that is done.
func (tx *Tx) DeleteJob(ctx context.Context, id desk.JobID) error {
	n, err := tx.exec(ctx, `DELETE FROM job WHERE id = $1`, int64(id))
	if err == nil && n == 0 {
		return noJob(id)
	}
	return tx.wrap(err, "delete job", id)
}

// A JobFilter chooses jobs; its zero parts choose all.
type JobFilter struct {
	Kind   string
	Parked *bool
	Before desk.JobID // older than it; zero: from the newest
	Limit  int
}

// Jobs lists jobs, newest first, and whether there are more.
func (tx *Tx) Jobs(ctx context.Context, f JobFilter) (list []desk.Job, more bool, err error) {
	var w where
	if f.Kind != "" {
		w.add(`kind = ?`, f.Kind)
	}
	if f.Parked != nil {
		w.add(`parked = ?`, bit(*f.Parked))
	}
	if f.Before != 0 {
		w.add(`id < ?`, int64(f.Before))
	}
	limit := page(f.Limit)
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var j desk.Job
		err := rows.Scan(jobFields(&j)...)
		list = append(list, j)
		return err
	}, `SELECT `+jobColumns+` FROM job`+w.text()+` ORDER BY id DESC`+limited(w.arg(limit+1)), w.args...)
	list, more = cut(list, limit)
	return list, more, tx.wrap(err, "list jobs", "")
}
