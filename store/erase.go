package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"gatehouse/desk"
)

// An Erasure is that somebody or something was erased. It names by number and
// moment of making, which tell nobody who it was.
type Erasure struct {
	Kind  string // "user", "customer" or "ticket"
	What  int64
	Made  time.Time // when what was erased was made; zero: not known
	Texts bool      // of a user: what he wrote as well
	At    time.Time
}

// erased stands where there were words. It has no word, so that it is not
// found.
const erased = "…"

// goesWith are the columns that name a user in rows which are about him alone
// and go with him. Rows of all others stay, as those of staysWithout.
var goesWith = map[string]bool{
	"own_write.user_id":    true,
	"user_address.user_id": true, "session.user_id": true, "token.user_id": true, "squelch.user_id": true,
	"pending_member.user_id": true, "directory_user.user_id": true, "membership.member": true, "queue_watcher.who": true,
	"code_app.user_id": true, "recovery_code.user_id": true, "passkey.user_id": true, "outside_login.user_id": true,
	"draft.user_id": true, "reply_template.owner": true, "reminder.user_id": true, "rating.user_id": true, "saved_view.owner": true, "view_place.user_id": true, "view_start.who": true, "dashboard.owner": true, "dashboard_letter.user_id": true,
	"batch.by_user": true, "held_reply.user_id": true, "presence.user_id": true, "digest.user_id": true,
	"half_done.user_id": true, "device.user_id": true, "notice.user_id": true, "own_keys.user_id": true, "reading.user_id": true, "import_file.by_user": true,
}

// EraseUser takes from a user all that tells who he is: login, name, addresses,
// password, sessions, memberships, places on queues, letters to him and the
// originals of letters from him. He is disabled, and stays as a number on what
// he did. With texts, what he wrote goes too: messages, files, and the subjects
// of the tickets that he reported. It returns when he was made. Grants to him
// are the caller's to revoke.
func (tx *Tx) EraseUser(ctx context.Context, id desk.UserID, texts bool) (made time.Time, err error) {
	if err := tx.refuseBehind(ctx, "erase people"); err != nil {
		return made, err
	}
	u, err := tx.User(ctx, id)
	if err != nil {
		return made, err
	}
	refs, err := tx.references(ctx)
	if err != nil {
		return made, err
	}
	e := &erasing{tx: tx, user: id, refs: refs}
	steps := []func(context.Context, *desk.User) error{e.letters, e.addresses}
	if texts {
		steps = append(steps, e.words, e.subjects)
	}
	for _, step := range append(steps, e.person, e.contents) {
		if err := step(ctx, u); err != nil {
			return made, err
		}
	}
	return u.Created, nil
}

// An erasing is one user on his way out.
type erasing struct {
	tx      *Tx
	user    desk.UserID
	refs    []reference
	digests []string // contents that may belong to nothing now
}

// run executes statements about the user, who is $1.
func (e *erasing) run(ctx context.Context, statements ...string) error {
	for _, statement := range statements {
		if _, err := e.tx.exec(ctx, statement, int64(e.user)); err != nil {
			return e.tx.wrap(err, "erase user", e.user)
		}
	}
	return nil
}

// note remembers the contents that a query about the user finds.
func (e *erasing) note(ctx context.Context, query string) error {
	found, err := e.tx.texts(ctx, query, int64(e.user))
	e.digests = append(e.digests, found...)
	return e.tx.wrap(err, "find contents of user", e.user)
}

// letters empties the letters to him, and the originals of his own.
func (e *erasing) letters(ctx context.Context, _ *desk.User) error {
	const his = `id IN (SELECT spool FROM message WHERE author = $1 AND spool <> 0)
		OR lower(envelope_from) IN (SELECT folded FROM user_address WHERE user_id = $1)`
	const theirs = `to_user = $1 OR lower(address) IN (SELECT folded FROM user_address WHERE user_id = $1)`
	empty, err := e.tx.putBlob(ctx, nil)
	if err != nil {
		return err
	}
	if err := e.note(ctx, `SELECT digest FROM spool WHERE `+his); err != nil {
		return err
	}
	if err := e.note(ctx, `SELECT digest FROM outbox WHERE digest IS NOT NULL AND (`+theirs+`)`); err != nil {
		return err
	}
	return e.run(ctx,
		`UPDATE spool SET envelope_from = '', digest = '`+empty+`', size = 0, subject = '', sender = '', notes = '{}' WHERE `+his,
		`UPDATE suggestion SET address = '', name = '', subject = '`+erased+`', excerpt = '`+erased+`'
			WHERE lower(address) IN (SELECT folded FROM user_address WHERE user_id = $1)`,
		`UPDATE outbox SET state = CASE state WHEN 'waiting' THEN 'dropped' ELSE state END, address = '', subject = '`+erased+`', body = '', digest = NULL WHERE `+theirs,
		`UPDATE outbox SET from_name = '' WHERE message IN (SELECT id FROM message WHERE author = $1)`,
		`DELETE FROM bounced_address WHERE folded IN (SELECT folded FROM user_address WHERE user_id = $1)`)
}

// addresses takes his addresses out of the history of his tickets, and out of
// what is said of files that were brought in.
func (e *erasing) addresses(ctx context.Context, u *desk.User) error {
	for _, address := range u.Addresses {
		for _, form := range slices.Compact([]string{address, desk.Fold(address)}) {
			_, err := e.tx.exec(ctx, `UPDATE event SET data = replace(data, $2, '`+erased+`')
				WHERE ticket IN (SELECT ticket FROM holder WHERE who = $1 UNION SELECT id FROM ticket WHERE reporter = $1)`, int64(e.user), form)
			if err == nil {
				_, err = e.tx.exec(ctx, `UPDATE import_file SET report = replace(report, $1, '`+erased+`')`, form)
			}
			if err != nil {
				return e.tx.wrap(err, "erase the addresses of user", e.user)
			}
		}
	}
	return nil
}

// words takes out what he wrote, with its files.
func (e *erasing) words(ctx context.Context, _ *desk.User) error {
	const his = `message IN (SELECT id FROM message WHERE author = $1)`
	for table, digest := range map[string]string{"attachment": "digest", "outbox": "digest"} {
		if err := e.note(ctx, `SELECT `+digest+` FROM `+table+` WHERE `+digest+` IS NOT NULL AND `+his); err != nil {
			return err
		}
	}
	if err := e.tx.dropTexts(ctx, his, int64(e.user)); err != nil {
		return err
	}
	return e.run(ctx,
		`DELETE FROM document WHERE `+his,
		`DELETE FROM attachment WHERE `+his,
		`UPDATE outbox SET subject = '`+erased+`', body = '', digest = NULL WHERE `+his,
		`UPDATE message SET subject = '', body = '`+erased+`', html = '' WHERE author = $1`)
}

// subjects takes out those of the tickets that he reported.
func (e *erasing) subjects(ctx context.Context, _ *desk.User) error {
	const his = `ticket IN (SELECT id FROM ticket WHERE reporter = $1)`
	if err := e.tx.dropTexts(ctx, his+` AND message IS NULL`, int64(e.user)); err != nil {
		return err
	}
	return e.run(ctx,
		`DELETE FROM document WHERE message IS NULL AND `+his,
		`UPDATE event SET data = '{}' WHERE kind IN ('created', 'subject') AND `+his,
		`UPDATE ticket SET subject = '`+erased+`', subject_folded = '`+erased+`', version = version + 1 WHERE reporter = $1`)
}

// person takes out what tells who he is, and the rows that are about him alone.
func (e *erasing) person(ctx context.Context, u *desk.User) error {
	for _, named := range slices.Sorted(maps.Keys(goesWith)) {
		table, column, _ := strings.Cut(named, ".")
		his := `"` + column + `" = $1`
		rows := append(belongings(e.refs, table, his), belonging{table, his})
		digests, err := e.tx.digestsOf(ctx, e.refs, rows, int64(e.user))
		if err != nil {
			return err
		}
		e.digests = append(e.digests, digests...)
		for _, b := range rows {
			if err := e.run(ctx, fmt.Sprintf(`DELETE FROM "%s" WHERE %s`, b.table, b.which)); err != nil {
				return err
			}
		}
	}
	if err := e.tx.dropFieldValues(ctx, desk.OfUsers, []int64{int64(u.ID)}); err != nil {
		return err
	}
	gone := desk.User{ID: u.ID, Login: ErasedLogin(u.ID), Name: erased, Kind: u.Kind, Disabled: true}
	if err := e.run(ctx, `UPDATE desk_user SET password = '' WHERE id = $1`); err != nil {
		return err
	}
	return e.tx.UpdateUser(ctx, &gone)
}

func (e *erasing) contents(ctx context.Context, _ *desk.User) error {
	slices.Sort(e.digests)
	return e.tx.dropContents(ctx, e.refs, slices.Compact(e.digests))
}

// ErasedLogin is the login of a user, and the key of a customer, that was erased.
func ErasedLogin[T ~int64](id T) string { return fmt.Sprintf("erased-%d", id) }

// EraseCustomer takes from a customer all that tells which one it is. It is
// disabled, and stays as a number where it stood. Its memberships are the
// caller's to end.
func (tx *Tx) EraseCustomer(ctx context.Context, c *desk.Customer) error {
	if err := tx.refuseBehind(ctx, "erase companies"); err != nil {
		return err
	}
	if err := tx.dropFieldValues(ctx, desk.OfCustomers, []int64{int64(c.ID)}); err != nil {
		return err
	}
	return tx.UpdateCustomer(ctx, &desk.Customer{ID: c.ID, Key: ErasedLogin(c.ID), Name: erased, Disabled: true, Presences: c.Presences, OwnOnly: c.OwnOnly})
}

// CustomerMade returns when a customer was made; zero: that is not known.
func (tx *Tx) CustomerMade(ctx context.Context, id desk.CustomerID) (time.Time, error) {
	var made time.Time
	err := tx.row(ctx, `SELECT created FROM customer WHERE id = $1`, int64(id)).Scan(when(&made))
	return made, tx.found(err, "read when a customer was made", id, fmt.Sprintf("There is no customer %d.", id))
}

// BlankAudit takes the words out of lines of the audit log that are about an
// object, not older than a moment, and returns the numbers of those lines. Who
// did what and when stays, and so does the chain, for a later line that has the
// numbers says so: see VerifyAudit.
func (tx *Tx) BlankAudit(ctx context.Context, object, instead string, since time.Time) ([]int64, error) {
	var lines []int64
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		lines = append(lines, id)
		return err
	}, `UPDATE audit SET object = $2, before_json = '', after_json = '' WHERE object = $1 AND at >= $3 RETURNING id`, object, instead, micros(since))
	slices.Sort(lines)
	return lines, tx.wrap(err, "blank the audit log about", instead)
}

// blanked reports whether a line of the audit log has no words any more.
func blanked(e *desk.AuditEntry) bool {
	return e.Before == "" && e.After == "" && strings.Contains(e.Object, ":erased-")
}

// erasedLines are the lines that a line says to be blanked.
func erasedLines(e *desk.AuditEntry) []int64 {
	_, list, found := strings.Cut(e.After, "lines:")
	if !found || !strings.HasSuffix(e.Action, ".erase") {
		return nil
	}
	var lines []int64
	for word := range strings.FieldsSeq(list) {
		var id int64
		if _, err := fmt.Sscan(word, &id); err == nil {
			lines = append(lines, id)
		}
	}
	return lines
}

// NoteErasure remembers that something was erased.
func (tx *Tx) NoteErasure(ctx context.Context, e Erasure) error {
	_, err := tx.exec(ctx, `INSERT INTO erasure (kind, what, made, texts, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (kind, what, made) DO UPDATE SET texts = CASE WHEN excluded.texts > erasure.texts THEN excluded.texts ELSE erasure.texts END`,
		e.Kind, e.What, micros(e.Made), bit(e.Texts), micros(e.At))
	return tx.wrap(err, "note that something was erased", e.What)
}

// Erasures lists what was erased, the oldest first.
func (tx *Tx) Erasures(ctx context.Context) ([]Erasure, error) {
	var list []Erasure
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var e Erasure
		err := rows.Scan(&e.Kind, &e.What, when(&e.Made), flag(&e.Texts), when(&e.At))
		list = append(list, e)
		return err
	}, `SELECT kind, what, made, texts, at FROM erasure ORDER BY at, kind, what`)
	return list, tx.wrap(err, "list what was erased", "")
}
