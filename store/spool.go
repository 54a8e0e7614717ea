package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"gatehouse/desk"
)

// InsertSpooled stores a letter that came in, raw, and sets its ID, Digest and
// Size; where they are not set, State and At too.
func (tx *Tx) InsertSpooled(ctx context.Context, sp *desk.Spooled) error {
	digest, err := tx.putBlob(ctx, sp.Raw)
	if err != nil {
		return err
	}
	sp.Digest, sp.Size = digest, int64(len(sp.Raw))
	if sp.At.IsZero() {
		sp.At = moment(micros(tx.now()))
	}
	if sp.State == "" {
		sp.State = desk.SpoolWaiting
	}
	e := sp.Envelope
	err = tx.row(ctx, `INSERT INTO spool (envelope_from, recipient, queue, action, remote, via, digest, size, at, state, reason, tries, next, ticket, message)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id`,
		e.From, e.Recipient, e.Queue, string(e.Action), e.RemoteAddr, e.Via, sp.Digest, sp.Size, micros(sp.At),
		string(sp.State), sp.Reason, sp.Tries, micros(sp.At), null(sp.Ticket), null(sp.Message)).Scan(&sp.ID)
	return tx.wrap(err, "store a letter", "")
}

const spoolColumns = `id, envelope_from, recipient, queue, action, remote, via, digest, size, at, state, reason, tries, ticket, message, released, as_ticket, subject, sender, notes`

func spoolFields(sp *desk.Spooled) []any {
	e := &sp.Envelope
	return []any{&sp.ID, &e.From, &e.Recipient, &e.Queue, &e.Action, &e.RemoteAddr, &e.Via, &sp.Digest, &sp.Size, when(&sp.At),
		&sp.State, &sp.Reason, &sp.Tries, ref(&sp.Ticket), ref(&sp.Message), flag(&sp.Released), flag(&sp.AsTicket),
		&sp.Notes.Subject, &sp.Notes.From, asJSON{&sp.Notes}}
}

// ClaimSpooled takes the letter that has been due the longest, with its Raw,
// and counts the try. One that was never tried is due whatever the clock said
// when it came, which may have been wrong. Nobody else gets it until the lease ends. It returns nil
// where none is due.
func (tx *Tx) ClaimSpooled(ctx context.Context, lease time.Duration) (*desk.Spooled, error) {
	var sp desk.Spooled
	now := tx.now()
	err := tx.row(ctx, `UPDATE spool SET tries = tries + 1, next = $2 WHERE id =
		(SELECT id FROM spool WHERE state = 'waiting' AND (next <= $1 OR tries = 0) ORDER BY next, id LIMIT 1`+tx.d.skipLocked+`)
		RETURNING `+spoolColumns, micros(now), micros(now.Add(lease))).Scan(spoolFields(&sp)...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, tx.wrap(err, "claim a letter", "")
	}
	sp.Raw, err = tx.blob(ctx, sp.Digest)
	return &sp, err
}

// UpdateSpooled stores what became of a letter: state, reason, ticket and
// message, the queue that it is for and its notes. It ends the lease: a waiting
// letter is due at next.
func (tx *Tx) UpdateSpooled(ctx context.Context, sp *desk.Spooled, next time.Time) error {
	notes, err := json.Marshal(sp.Notes)
	if err != nil {
		return tx.wrap(err, "write the notes of letter", sp.ID)
	}
	n, err := tx.exec(ctx, `UPDATE spool SET state = $2, reason = $3, tries = $4, next = $5, ticket = $6, message = $7, released = $8,
		queue = $9, as_ticket = $10, subject = $11, sender = $12, notes = $13 WHERE id = $1`,
		int64(sp.ID), string(sp.State), sp.Reason, sp.Tries, micros(next), null(sp.Ticket), null(sp.Message), bit(sp.Released),
		sp.Envelope.Queue, bit(sp.AsTicket), sp.Notes.Subject, sp.Notes.From, string(notes))
	if err == nil && n == 0 {
		return noLetter(sp.ID)
	}
	return tx.wrap(err, "update letter", sp.ID)
}

func noLetter(id any) error { return desk.Errorf(desk.NotFound, "There is no letter %v.", id) }

// Spooled returns a letter that came in, with its Raw.
func (tx *Tx) Spooled(ctx context.Context, id desk.SpoolID) (*desk.Spooled, error) {
	var sp desk.Spooled
	err := tx.row(ctx, `SELECT `+spoolColumns+` FROM spool WHERE id = $1`, int64(id)).Scan(spoolFields(&sp)...)
	if err != nil {
		return nil, tx.found(err, "read letter", id, fmt.Sprintf("There is no letter %d.", id))
	}
	sp.Raw, err = tx.blob(ctx, sp.Digest)
	return &sp, err
}

// LockSpooled returns a letter that came in, with its Raw, and keeps others from
// locking it or a copy of it until the transaction ends: whoever else holds it,
// as a clock was wrong or a process stopped, then sees what became of it.
func (tx *Tx) LockSpooled(ctx context.Context, id desk.SpoolID) (*desk.Spooled, error) {
	err := tx.each(ctx, func(rows *sql.Rows) error { return rows.Scan(new(int64)) },
		`SELECT id FROM spool WHERE digest = (SELECT digest FROM spool WHERE id = $1) ORDER BY id`+tx.d.lockRow, int64(id))
	if err != nil {
		return nil, tx.wrap(err, "lock letter", id)
	}
	return tx.Spooled(ctx, id)
}

// LetterNotes returns what is noted of letters that came in.
func (tx *Tx) LetterNotes(ctx context.Context, ids []desk.SpoolID) (map[desk.SpoolID]desk.LetterNotes, error) {
	found := map[desk.SpoolID]desk.LetterNotes{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id desk.SpoolID
		var n desk.LetterNotes
		err := rows.Scan(&id, &n.Subject, &n.From, asJSON{&n})
		found[id] = n
		return err
	}, `SELECT id, subject, sender, notes FROM spool WHERE id IN (`+tx.d.inList(1)+`)`, tx.d.list(numbers(ids)))
	return found, tx.wrap(err, "read the notes of letters", "")
}

// A SpoolFilter chooses letters that came in; its zero parts choose all.
type SpoolFilter struct {
	State  desk.SpoolState
	Before desk.SpoolID // older than it; zero: from the newest
	Limit  int
}

// SpooledList lists letters that came in, newest first and without Raw, and
// whether there are more.
func (tx *Tx) SpooledList(ctx context.Context, f SpoolFilter) (list []desk.Spooled, more bool, err error) {
	var w where
	if f.State != "" {
		w.add(`state = ?`, string(f.State))
	}
	if f.Before != 0 {
		w.add(`id < ?`, int64(f.Before))
	}
	limit := page(f.Limit)
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var sp desk.Spooled
		err := rows.Scan(spoolFields(&sp)...)
		list = append(list, sp)
		return err
	}, `SELECT `+spoolColumns+` FROM spool`+w.text()+` ORDER BY id DESC`+limited(w.arg(limit+1)), w.args...)
	list, more = cut(list, limit)
	return list, more, tx.wrap(err, "list letters", "")
}

// FindDuplicate returns the first letter that is the same for the same
// recipient, queue and action, and either came before this one and was not
// refused or came after it and became a ticket; nil where there is none. One
// that came after and is done without a ticket may be so because of this one. A
// letter without an ID is compared with all.
func (tx *Tx) FindDuplicate(ctx context.Context, sp *desk.Spooled) (*desk.Spooled, error) {
	before := int64(sp.ID)
	if before == 0 {
		before = math.MaxInt64
	}
	digest := sp.Digest
	if digest == "" {
		digest = Digest(sp.Raw)
	}
	var earlier desk.Spooled
	err := tx.row(ctx, `SELECT `+spoolColumns+` FROM spool WHERE digest = $1 AND recipient = $2 AND queue = $3 AND action = $4
		AND (id < $5 AND state <> 'refused' OR id > $5 AND state = 'done' AND ticket IS NOT NULL) ORDER BY id LIMIT 1`,
		digest, sp.Envelope.Recipient, sp.Envelope.Queue, string(sp.Envelope.Action), before).Scan(spoolFields(&earlier)...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, tx.wrap(err, "look for an earlier copy of letter", sp.ID)
	}
	return &earlier, nil
}

// Counts are how much waits in spool, outbox and jobs, and since when.
type Counts struct {
	SpoolWaiting, SpoolParked int
	OutWaiting, OutFailed     int
	Jobs, JobsParked          int
	OldestSpool, OldestOut    time.Time // zero: none waits
}

// PostCounts counts what waits in spool, outbox and jobs.
func (tx *Tx) PostCounts(ctx context.Context) (Counts, error) {
	var c Counts
	err := tx.row(ctx, `SELECT
		(SELECT count(*) FROM spool WHERE state = 'waiting'), (SELECT count(*) FROM spool WHERE state = 'parked'),
		(SELECT count(*) FROM outbox WHERE state = 'waiting'), (SELECT count(*) FROM outbox WHERE state = 'failed'),
		(SELECT count(*) FROM job WHERE parked = 0), (SELECT count(*) FROM job WHERE parked = 1),
		(SELECT min(at) FROM spool WHERE state = 'waiting'), (SELECT min(at) FROM outbox WHERE state = 'waiting')`).
		Scan(&c.SpoolWaiting, &c.SpoolParked, &c.OutWaiting, &c.OutFailed, &c.Jobs, &c.JobsParked, when(&c.OldestSpool), when(&c.OldestOut))
	return c, tx.wrap(err, "count what waits", "")
}
