package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
)

// Audit adds a line to the audit log and sets its ID and Hash, and At where it
// is not set. Lines are written one after the other: until the transaction
// ends, others who write one wait.
func (tx *Tx) Audit(ctx context.Context, e *desk.AuditEntry) error {
	last, hash, err := tx.auditHead(ctx, tx.d.lockRow)
	if err != nil {
		return err
	}
	if err := tx.link(ctx, e, last, hash); err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO audit (id, at, by_user, via, action, object, before_json, after_json, hash, change)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		e.ID, micros(e.At), int64(e.By), string(e.Via), e.Action, e.Object, e.Before, e.After, e.Hash, e.Change)
	if err != nil {
		return tx.wrap(err, "write audit line", e.ID)
	}
	_, err = tx.exec(ctx, `UPDATE audit_head SET last = $1, hash = $2 WHERE id = 1`, e.ID, e.Hash)
	return tx.wrap(err, "write audit line", e.ID)
}

// link makes a line the one after the last, whose hash is given. It takes what
// the transaction has changed of access since its last line.
func (tx *Tx) link(ctx context.Context, e *desk.AuditEntry, last int64, hash string) error {
	if e.At.IsZero() {
		e.At = tx.now()
	}
	e.At = moment(micros(e.At)) // as it is stored, and so hashed
	e.ID = last + 1
	if tx.change == 0 {
		tx.change = e.ID
	}
	e.Change = tx.change
	digest, err := tx.claimFacts(ctx, e.ID)
	if err != nil {
		return err
	}
	e.Hash, err = chained(hash, e, digest)
	return tx.wrap(err, "chain audit line", e.ID)
}

// AuditChange returns the number of the change that the transaction is: the
// first line of the audit log that it wrote; zero: none yet.
func (tx *Tx) AuditChange() int64 { return tx.change }

func (tx *Tx) auditHead(ctx context.Context, lock string) (last int64, hash string, err error) {
	err = tx.row(ctx, `SELECT last, hash FROM audit_head WHERE id = 1`+lock).Scan(&last, &hash)
	return last, hash, tx.wrap(err, "read the end of the audit log", "")
}

// chained is the hash of a line after one with the given hash: SHA-256 in hex
// over the JSON of both, with the digest of the rows that the line is about.
// Lines from before there were changes are without them.
func chained(before string, e *desk.AuditEntry, digest string) (string, error) {
	fields := []any{before, e.ID, micros(e.At), e.By, e.Via, e.Action, e.Object, e.Before, e.After}
	if e.Change != 0 || digest != "" {
		fields = append(fields, e.Change, digest)
	}
	line, err := json.Marshal(fields)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(line)
	return hex.EncodeToString(sum[:]), nil
}

// An AuditFilter chooses lines of the audit log; its zero parts choose all.
type AuditFilter struct {
	Object  string
	Action  string
	Kind    string // what stands before the dot of the action: "grant"
	Changes bool   // without signing in
	By      desk.UserID
	// BySystem: what the desk itself did.
	BySystem bool
	Via      desk.Way // the way in
	Change   int64    // written by the same transaction
	Words    string   // in the object, or in what was before or after
	About    []AuditAbout
	Since    time.Time // at or after
	Until    time.Time // before
	Before   int64     // older than it; zero: from the newest
	After    int64     // newer than it: the oldest of these; zero: whatever
	Limit    int
}

// An AuditAbout chooses lines that are about a thing; of several, those that
// any of them chooses.
type AuditAbout struct {
	// Object is the thing's name in the lines From (itself) to To (not itself);
	// zero: from the first, to the newest.
	Object   string
	From, To int64
	Who      desk.PrincipalID // what was granted to it, where it became a member or watcher
	Queue    desk.QueueID     // the watchers of it
}

// where makes conditions of the filter.
func (f *AuditFilter) where() where {
	var w where
	for _, equal := range []struct {
		is     bool
		column string
		value  any
	}{
		{f.Object != "", "object", f.Object}, {f.Action != "", "action", f.Action}, {f.By != 0, "by_user", int64(f.By)},
		{f.Via != "", "via", string(f.Via)}, {f.Change != 0, "change", f.Change},
	} {
		if equal.is {
			w.add(equal.column+` = ?`, equal.value)
		}
	}
	if f.Kind != "" {
		w.add(`action LIKE ? ESCAPE '!'`, prefixed(f.Kind+"."))
	}
	if f.BySystem {
		w.add(`by_user = 0`)
	}
	if f.Changes {
		w.add(`action <> 'session.start'`)
	}
	if !f.Since.IsZero() {
		w.add(`at >= ?`, micros(f.Since))
	}
	if !f.Until.IsZero() {
		w.add(`at < ?`, micros(f.Until))
	}
	if f.Words != "" {
		p := containing(f.Words)
		w.add(`(lower(object) LIKE ? ESCAPE '!' OR lower(before_json) LIKE ? ESCAPE '!' OR lower(after_json) LIKE ? ESCAPE '!')`, p, p, p)
	}
	if len(f.About) > 0 {
		var either []string
		for i := range f.About {
			either = append(either, f.About[i].cond(&w))
		}
		w.add(`(` + strings.Join(either, " OR ") + `)`)
	}
	if f.Before != 0 {
		w.add(`id < ?`, f.Before)
	}
	if f.After != 0 {
		w.add(`id > ?`, f.After)
	}
	return w
}

// prefixed is the pattern of LIKE for texts that begin with one.
func prefixed(text string) string { return strings.TrimPrefix(containing(text), "%") }

// cond is the condition of one.
func (a *AuditAbout) cond(w *where) string {
	var either []string
	if a.Object != "" {
		cond := `object = ` + w.arg(a.Object)
		if a.From != 0 {
			cond += ` AND id >= ` + w.arg(a.From)
		}
		if a.To != 0 {
			cond += ` AND id < ` + w.arg(a.To)
		}
		either = append(either, cond)
	}
	if a.Who != 0 {
		id := strconv.FormatInt(int64(a.Who), 10)
		who, member, bare := w.arg("%; who: "+id+";%"), w.arg("%; member: "+id+";%"), w.arg(id)
		either = append(either, `action LIKE 'grant.%' AND ('; ' || before_json || ';' LIKE `+who+` OR '; ' || after_json || ';' LIKE `+who+`)`,
			`(action LIKE 'member.%' OR action = 'user.merge') AND ('; ' || before_json || ';' LIKE `+member+` OR '; ' || after_json || ';' LIKE `+member+`)`,
			`action LIKE 'watcher.%' AND `+bare+` IN (before_json, after_json)`)
	}
	if a.Queue != 0 {
		either = append(either, `action LIKE 'watcher.%' AND object LIKE `+w.arg("queue:"+strconv.FormatInt(int64(a.Queue), 10)+" role:%"))
	}
	return strings.Join(either, " OR ")
}

// AuditList lists lines of the audit log, newest first, and whether there are
// more: newer ones where those after a line are asked for, older ones else.
func (tx *Tx) AuditList(ctx context.Context, f AuditFilter) (list []desk.AuditEntry, more bool, err error) {
	w := f.where()
	limit, order := page(f.Limit), " ORDER BY id DESC"
	if f.After != 0 {
		order = " ORDER BY id"
	}
	err = tx.audit(ctx, func(e *desk.AuditEntry) error {
		list = append(list, *e)
		return nil
	}, w.text()+order+limited(w.arg(limit+1)), w.args...)
	list, more = cut(list, limit)
	if f.After != 0 {
		slices.Reverse(list)
	}
	return list, more, tx.wrap(err, "list the audit log", "")
}

func (tx *Tx) audit(ctx context.Context, each func(*desk.AuditEntry) error, rest string, args ...any) error {
	return tx.each(ctx, func(rows *sql.Rows) error {
		var e desk.AuditEntry
		err := rows.Scan(&e.ID, when(&e.At), &e.By, &e.Via, &e.Action, &e.Object, &e.Before, &e.After, &e.Hash, &e.Change)
		if err != nil {
			return err
		}
		return each(&e)
	}, `SELECT id, at, by_user, via, action, object, before_json, after_json, hash, change FROM audit`+rest, args...)
}

// VerifyAudit reads the whole audit log and returns the number of the first
// line that was changed or is missing, or zero. Lines from which an erasure took
// the words are right where its line, which is chained, has their numbers.
func (tx *Tx) VerifyAudit(ctx context.Context) (bad int64, err error) {
	last, end, err := tx.auditHead(ctx, "")
	if err != nil {
		return 0, err
	}
	digests, err := tx.digests(ctx)
	if err != nil {
		return 0, tx.wrap(err, "verify the audit log", "")
	}
	next, hash := int64(1), ""
	blank := map[int64]bool{} // lines without words, of which none has said yet that this is right
	err = tx.audit(ctx, func(e *desk.AuditEntry) error {
		want, err := chained(hash, e, digests[e.ID])
		delete(digests, e.ID)
		switch {
		case e.Hash == want:
			for _, line := range erasedLines(e) {
				delete(blank, line)
			}
		case e.ID == next && blanked(e):
			blank[e.ID] = true
		case bad == 0:
			bad = next
		}
		next, hash = next+1, e.Hash
		return err
	}, ` ORDER BY id`)
	if err == nil && bad == 0 && hash != end {
		bad = min(next, last+1)
	}
	for line := range blank {
		if bad == 0 || line < bad {
			bad = line
		}
	}
	for line := range digests { // rows of lines that are not there
		if bad == 0 || line < bad {
			bad = line
		}
	}
	return bad, tx.wrap(err, "verify the audit log", "")
}

// AuditState says how the chain of the audit log was when it was last looked
// at.
func (tx *Tx) AuditState(ctx context.Context) (st desk.AuditState, err error) {
	err = tx.row(ctx, `SELECT last, checked_at, checked_bad, right_at, right_line FROM audit_head WHERE id = 1`).
		Scan(&st.Last, when(&st.Checked), &st.Bad, when(&st.Right), &st.RightLine)
	return st, tx.wrap(err, "read the state of the audit log", "")
}

// NoteAuditCheck notes that the chain was looked at up to a line, and the first
// line that was wrong, or zero.
func (tx *Tx) NoteAuditCheck(ctx context.Context, at time.Time, line, bad int64) error {
	_, err := tx.exec(ctx, `UPDATE audit_head SET checked_at = $1, checked_bad = $2 WHERE id = 1`, micros(at), bad)
	if err == nil && bad == 0 {
		_, err = tx.exec(ctx, `UPDATE audit_head SET right_at = $1, right_line = $2 WHERE id = 1`, micros(at), line)
	}
	return tx.wrap(err, "note the state of the audit log", "")
}
