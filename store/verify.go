package store

import (
	"context"
	"database/sql"
	"fmt"
	"path"
	"strings"
	"time"

	"gatehouse/desk"
)

// shownFaults is how many faults of a check are described.
const shownFaults = 20

// A Check is one promise that Verify looked after.
type Check struct {
	Name   string   // "audit log"
	Looked int64    // at how many things
	Bad    int64    // how many of them are not as they must be
	Faults []string // the first of them, a sentence each
}

// A Verification is what Verify found.
type Verification struct {
	Checks []Check
	Notes  []string // what is no fault
	// BadAuditLine is the first line of the audit log that was changed or is
	// missing; zero: none.
	BadAuditLine int64
}

// Clean reports whether everything is as it must be.
func (v *Verification) Clean() bool {
	for _, c := range v.Checks {
		if c.Bad > 0 {
			return false
		}
	}
	return true
}

// Verify reads the whole desk, as it is at one moment, and says what is not as
// it must be. It changes nothing and others may go on.
func (s *Store) Verify(ctx context.Context) (*Verification, error) {
	v := &Verification{}
	err := s.View(ctx, func(tx *Tx) error {
		for _, part := range []struct {
			name string
			do   func(context.Context, *Check) error
		}{
			{"database", tx.checkDatabase}, {"references", tx.checkReferences}, {"audit log", func(ctx context.Context, c *Check) (err error) {
				v.BadAuditLine, err = tx.checkAudit(ctx, c)
				return err
			}},
			{"contents", tx.checkContents}, {"memberships", tx.checkCircles}, {"search", tx.checkTexts},
		} {
			c := Check{Name: part.name}
			if err := part.do(ctx, &c); err != nil {
				return err
			}
			v.Checks = append(v.Checks, c)
		}
		for _, r := range rules() {
			c := Check{Name: r.name}
			if err := tx.checkRule(ctx, r, &c); err != nil {
				return err
			}
			v.Checks = append(v.Checks, c)
		}
		return tx.noteFiles(ctx, v)
	})
	return v, err
}

func (c *Check) fault(format string, args ...any) {
	if c.Bad++; len(c.Faults) < shownFaults {
		c.Faults = append(c.Faults, fmt.Sprintf(format, args...))
	}
}

// A rule is a check that one query makes: it returns what to write into the
// sentence for each thing that is wrong.
type rule struct{ name, count, query, sentence string }

func rules() []rule {
	return []rule{
		{"counters", `SELECT count(*) FROM queue`, `SELECT q.name FROM queue q LEFT JOIN queue_count c ON c.queue = q.id
			LEFT JOIN (SELECT queue, sum(CASE WHEN state = 2 THEN 1 ELSE 0 END) AS open, sum(CASE WHEN state = 1 THEN 1 ELSE 0 END) AS done
				FROM ticket GROUP BY queue) t ON t.queue = q.id
			WHERE c.queue IS NULL OR c.active <> coalesce(t.open, 0) OR c.inactive <> coalesce(t.done, 0) ORDER BY q.id`,
			"The counter of the queue %s differs from its tickets."},
		{"tickets", `SELECT count(*) FROM ticket`, `SELECT id FROM ticket
			WHERE (state = 0) <> (status = 'deleted' OR merged_into IS NOT NULL) OR merged_into = id OR state NOT IN (0, 1, 2) ORDER BY id`,
			"Ticket %s is found in lists where it should not be, or is not where it should."},
		{"holders", `SELECT count(*) FROM holder`, `SELECT DISTINCT h.ticket FROM holder h JOIN ticket t ON t.id = h.ticket
			WHERE h.state <> t.state OR h.queue <> t.queue OR h.sharing <> t.sharing ORDER BY h.ticket`,
			"The people of ticket %s are listed with another state, queue or sharing than the ticket's."},
		{"owners", `SELECT count(*) FROM ticket WHERE owner IS NOT NULL`, `SELECT t.id FROM ticket t LEFT JOIN holder h ON h.ticket = t.id AND h.role = ` + fmt.Sprint(int64(desk.Owner)) + `
			WHERE coalesce(t.owner, 0) <> coalesce(h.who, 0) ORDER BY t.id`,
			"The owner of ticket %s does not stand in the role of one."},
		{"attachments", `SELECT count(*) FROM attachment`, `SELECT a.id FROM attachment a JOIN message m ON m.id = a.message JOIN blob b ON b.digest = a.digest
			WHERE a.ticket <> m.ticket OR a.size <> b.size ORDER BY a.id`,
			"Attachment %s is of another ticket than its message, or of another size than its content."},
		{"letters in", `SELECT count(*) FROM spool`, `SELECT s.id FROM spool s JOIN blob b ON b.digest = s.digest
			WHERE s.state NOT IN (` + spoolStates() + `) OR s.size <> b.size OR s.state = 'done' AND s.ticket IS NULL
				AND NOT EXISTS (SELECT 1 FROM spool e WHERE e.digest = s.digest AND e.recipient = s.recipient AND e.id < s.id) ORDER BY s.id`,
			"Letter %s that came in is done without a ticket and no copy of another, of another size than its content, or in no known state."},
		{"letters out", `SELECT count(*) FROM outbox`, `SELECT id FROM outbox
			WHERE state NOT IN ('waiting', 'sent', 'dropped', 'failed') OR state = 'sent' AND sent_at = 0 ORDER BY id`,
			"Letter %s that goes out was sent at no time, or is in no known state."},
		{"principals", `SELECT count(*) FROM principal`, `SELECT p.id FROM principal p LEFT JOIN desk_user u ON u.id = p.id
			LEFT JOIN desk_group g ON g.id = p.id LEFT JOIN customer c ON c.id = p.id
			WHERE p.kind = 'user' AND u.id IS NULL OR p.kind = 'group' AND g.id IS NULL OR p.kind = 'customer' AND c.id IS NULL ORDER BY p.id`,
			"Principal %s is not there as what it is said to be."},
		{"access version", `SELECT count(*) FROM access_version`, `SELECT c.version FROM access_change c JOIN access_version v ON v.id = 1 WHERE c.version > v.version ORDER BY c.version`,
			"A change is noted for access version %s, which has not come yet."},
	}
}

func (tx *Tx) checkRule(ctx context.Context, r rule, c *Check) error {
	if err := tx.row(ctx, r.count).Scan(&c.Looked); err != nil {
		return tx.wrap(err, "count for the check of", r.name)
	}
	bad, err := tx.texts(ctx, r.query)
	for _, what := range bad {
		c.fault(r.sentence, what)
	}
	return tx.wrap(err, "check", r.name)
}

// checkDatabase has the database check itself. PostgreSQL checks its pages as
// it reads them.
func (tx *Tx) checkDatabase(ctx context.Context, c *Check) error {
	tables, err := tx.tables(ctx)
	if err != nil {
		return err
	}
	c.Looked = int64(len(tables))
	if tx.d.name != "sqlite" {
		return nil
	}
	said, err := tx.texts(ctx, `PRAGMA integrity_check(20)`)
	for _, line := range said {
		if line != "ok" {
			c.fault("SQLite says: %s.", line)
		}
	}
	return tx.wrap(err, "check the database", "")
}

// checkReferences looks for references that lead nowhere.
func (tx *Tx) checkReferences(ctx context.Context, c *Check) error {
	if tx.d.name == "sqlite" {
		err := tx.each(ctx, func(rows *sql.Rows) error {
			var from, to string
			var row sql.NullInt64
			var key int64
			err := rows.Scan(&from, &row, &to, &key)
			c.fault("Row %d of %s refers to a row of %s that is not there.", row.Int64, from, to)
			return err
		}, `PRAGMA foreign_key_check`)
		if err != nil {
			return tx.wrap(err, "check the references", "")
		}
		err = tx.row(ctx, `SELECT count(*) FROM pragma_table_list l, pragma_foreign_key_list(l.name) WHERE l.schema = 'main'`).Scan(&c.Looked)
		return tx.wrap(err, "count the references", "")
	}
	queries, err := tx.texts(ctx, postgresOrphans)
	for _, query := range queries {
		c.Looked++
		var where string
		var n int64
		if err := tx.row(ctx, query).Scan(&where, &n); err != nil {
			return tx.wrap(err, "check the references", "")
		}
		if n > 0 {
			c.fault("%d rows of %s refer to rows that are not there.", n, where)
		}
	}
	return tx.wrap(err, "check the references", "")
}

// postgresOrphans writes a query for each reference of one column: those of
// PostgreSQL hold unless somebody has switched them off.
const postgresOrphans = `SELECT format('SELECT %L, count(*) FROM %s a WHERE a.%I IS NOT NULL AND NOT EXISTS (SELECT 1 FROM %s b WHERE b.%I = a.%I)',
	k.conrelid::regclass, k.conrelid::regclass, f.attname, k.confrelid::regclass, t.attname, f.attname)
	FROM pg_constraint k JOIN pg_attribute f ON f.attrelid = k.conrelid AND f.attnum = k.conkey[1]
	JOIN pg_attribute t ON t.attrelid = k.confrelid AND t.attnum = k.confkey[1]
	WHERE k.contype = 'f' AND array_length(k.conkey, 1) = 1 AND k.connamespace = current_schema()::regnamespace ORDER BY 1`

func (tx *Tx) checkAudit(ctx context.Context, c *Check) (bad int64, err error) {
	if err := tx.row(ctx, `SELECT count(*) FROM audit`).Scan(&c.Looked); err != nil {
		return 0, tx.wrap(err, "count the audit log", "")
	}
	bad, err = tx.VerifyAudit(ctx)
	if bad != 0 {
		c.fault("Line %d of the audit log was changed, or is missing.", bad)
	}
	return bad, err
}

// checkContents compares every content with its digest.
func (tx *Tx) checkContents(ctx context.Context, c *Check) error {
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var digest string
		var size int64
		var content []byte
		if err := rows.Scan(&digest, &size, &content); err != nil {
			return err
		}
		c.Looked++
		if size > inRow {
			var err error
			if content, err = tx.s.files.get(ctx, digest); err != nil {
				c.fault("The file of the content %s cannot be read: %v.", digest, err)
				return nil
			}
		}
		if int64(len(content)) != size || Digest(content) != digest {
			c.fault("The content %s is not what it was.", digest)
		}
		return nil
	}, `SELECT digest, size, content FROM blob`)
	return tx.wrap(err, "check the contents", "")
}

// checkCircles looks for groups that are members of themselves.
func (tx *Tx) checkCircles(ctx context.Context, c *Check) error {
	members := map[desk.PrincipalID][]desk.PrincipalID{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var group, member desk.PrincipalID
		err := rows.Scan(&group, &member)
		members[group] = append(members[group], member)
		c.Looked++
		return err
	}, `SELECT group_id, member FROM membership ORDER BY group_id, member`)
	state := map[desk.PrincipalID]int{} // 1: being walked, 2: done
	var walk func(desk.PrincipalID)
	walk = func(id desk.PrincipalID) {
		state[id] = 1
		for _, m := range members[id] {
			switch state[m] {
			case 0:
				walk(m)
			case 1:
				c.fault("Group %d is a member of itself, by way of %d.", m, id)
			}
		}
		state[id] = 2
	}
	for id := range members {
		if state[id] == 0 {
			walk(id)
		}
	}
	return tx.wrap(err, "check the memberships", "")
}

// spoolStates lists the states of letters that came in, for SQL.
func spoolStates() string {
	var names []string
	for _, state := range desk.SpoolStates() {
		names = append(names, "'"+string(state)+"'")
	}
	return strings.Join(names, ", ")
}

// checkTexts compares what is found with what was written, and looks for texts
// that are not found.
func (tx *Tx) checkTexts(ctx context.Context, c *Check) error {
	same := `SELECT count(*) FROM document WHERE id = $1 AND words = ` + strings.Replace(tx.d.wordsOf, "?", "$2", 1)
	err := tx.eachText(ctx, func(id int64, text string) error {
		c.Looked++
		var n int
		err := tx.row(ctx, same, id, tx.d.textOf(wordsOf(text, maxWords))).Scan(&n)
		if err == nil && n == 0 {
			c.fault("Document %d is found by other words than were written.", id)
		}
		return tx.wrap(err, "check document", id)
	})
	if err != nil {
		return err
	}
	if tx.d.dropText != "" {
		lost, err := tx.texts(ctx, `SELECT id FROM document WHERE id NOT IN (SELECT id FROM document_text_docsize)
			UNION SELECT id FROM document_text_docsize WHERE id NOT IN (SELECT id FROM document) ORDER BY 1`)
		if err != nil {
			return tx.wrap(err, "check the index of words", "")
		}
		for _, id := range lost {
			c.fault("Document %s and the index of words do not agree.", id)
		}
	}
	lost, err := tx.texts(ctx, tx.d.unparted)
	if err != nil {
		return tx.wrap(err, "check the parts of subjects", "")
	}
	for _, id := range lost {
		c.fault("Ticket %s and the index of parts of subjects do not agree.", id)
	}
	return tx.checkUnfound(ctx, c)
}

// checkUnfound looks for messages and subjects with words but no document.
func (tx *Tx) checkUnfound(ctx context.Context, c *Check) error {
	for _, q := range []struct{ query, sentence string }{
		{`SELECT m.id, m.subject, m.body FROM message m WHERE NOT EXISTS (SELECT 1 FROM document d WHERE d.message = m.id AND d.ticket = m.ticket) ORDER BY m.id`,
			"Message %d is not found by its words."},
		{`SELECT t.id, t.subject, '' FROM ticket t WHERE NOT EXISTS (SELECT 1 FROM document d WHERE d.ticket = t.id AND d.message IS NULL) ORDER BY t.id`,
			"Ticket %d is not found by its subject."},
	} {
		err := tx.each(ctx, func(rows *sql.Rows) error {
			var id int64
			var subject, body string
			err := rows.Scan(&id, &subject, &body)
			if len(wordsOf(messageText(subject, body), maxWords)) > 0 {
				c.fault(q.sentence, id)
			}
			return err
		}, q.query)
		if err != nil {
			return tx.wrap(err, "look for texts that are not found", "")
		}
	}
	return nil
}

// noteFiles counts files that no content has.
func (tx *Tx) noteFiles(ctx context.Context, v *Verification) error {
	known := map[string]bool{}
	names, err := tx.texts(ctx, `SELECT digest FROM blob WHERE content IS NULL`)
	if err != nil {
		return tx.wrap(err, "read which files there are", "")
	}
	for _, name := range names {
		known[name] = true
	}
	unused := 0
	err = tx.s.files.each(ctx, func(name string, _ time.Time) error {
		if !known[path.Base(name)] {
			unused++
		}
		return nil
	})
	if unused > 0 {
		v.Notes = append(v.Notes, fmt.Sprintf("%d files belong to nothing: they are of work that was broken off, or under way, and are removed after a day.", unused))
	}
	return err
}
