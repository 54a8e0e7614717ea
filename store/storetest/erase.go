package storetest

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// A written ticket is one with everything that names tickets.
type writtenTicket struct {
	desk.Ticket
	spooled, copied desk.Spooled
	file            desk.AttachmentID
	letter          desk.OutboxID
}

// write makes a ticket of carl's, who writes a letter with a file to it, and to
// whom the desk writes back.
func write(t *testing.T, s *store.Store, c cast, mark string, file []byte) *writtenTicket {
	t.Helper()
	w := &writtenTicket{Ticket: newTicket(t, s, c, mark+" subject")}
	envelope := desk.Envelope{From: "Carl@Example.org", Recipient: "support@example.org"}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		w.spooled = desk.Spooled{Raw: []byte("From: carl@example.org\n\n" + mark), Envelope: envelope, State: desk.SpoolDone}
		w.copied = w.spooled
		err := tx.InsertSpooled(ctx, &w.spooled)
		w.spooled.Ticket = w.ID
		w.spooled.Notes = desk.LetterNotes{Subject: mark + " letter", From: "Carl Carlson <carl@example.org>", Steps: []desk.LetterStep{{What: desk.StepFrom, Said: "Carl Carlson wrote it."}}}
		err = errors.Join(err, tx.UpdateSpooled(ctx, &w.spooled, Start), tx.InsertSpooled(ctx, &w.copied))
		m := &desk.Message{Ticket: w.ID, Kind: desk.Reply, Author: c.carl, At: Start, Subject: mark + " head", Text: mark + " body", HTML: "<p>" + mark,
			LetterID: mark + "@example.org", Spool: w.spooled.ID, Attachments: []desk.Attachment{{Name: "plan", Data: file}}}
		err = errors.Join(err, tx.InsertMessage(ctx, m))
		w.file = m.Attachments[0].ID
		e := &desk.Event{Ticket: w.ID, Kind: desk.EventBounced, By: c.carl, At: Start, Message: m.ID, Data: map[string]string{"to": "carl@example.org"}}
		err = errors.Join(err, tx.InsertEvent(ctx, e))
		out := &desk.Outgoing{Kind: desk.LetterReply, Ticket: w.ID, Message: m.ID, Event: e.ID, To: c.carl, Address: "carl@example.org",
			Subject: mark + " answer", Body: mark + " answered", From: desk.MailAddress{Name: "Carl Carlson", Address: "support@example.org"}}
		err = errors.Join(err, tx.InsertOutgoing(ctx, out), tx.SetOutgoingBytes(ctx, out.ID, []byte("To: carl@example.org\n\n"+mark+" answered")))
		w.letter = out.ID
		return errors.Join(err, tx.Squelch(ctx, w.ID, c.carl, true),
			tx.InsertSuggestion(ctx, &desk.Suggestion{Ticket: w.ID, Spool: w.copied.ID, From: desk.MailAddress{Address: "carl@example.org", Name: "Carl Carlson"}, Subject: mark, Excerpt: mark, At: Start}))
	})
	return w
}

// testPurge: a ticket goes with all that is its own and all that was merged into
// it, and nothing of another one goes.
func testPurge(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	shared := bytes.Repeat([]byte("shared"), 30_000)
	gone, stays := write(t, s, c, "vanished", shared), write(t, s, c, "stays", shared)
	merged := write(t, s, c, "melted", []byte("own"))
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		k, err := tx.Ticket(ctx, merged.ID)
		if err != nil {
			return err
		}
		k.MergedInto = gone.ID
		return errors.Join(tx.UpdateTicket(ctx, k), tx.AddLink(ctx, store.Link{From: stays.ID, Type: "refers_to", To: gone.ID}))
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		went, err := tx.PurgeTickets(ctx, []desk.TicketID{gone.ID, 987})
		if got := slices.Sorted(maps.Keys(went)); !slices.Equal(got, []desk.TicketID{gone.ID, merged.ID}) || !went[gone.ID].Equal(gone.Created.Truncate(time.Microsecond)) {
			t.Errorf("%v went, want the ticket and what was merged into it", went)
		}
		return err
	})
	for _, w := range []*writtenTicket{gone, merged} {
		refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { _, err := tx.Ticket(ctx, w.ID); return err })
		refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { _, err := tx.Spooled(ctx, w.copied.ID); return err })
		refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { _, err := tx.Attachment(ctx, w.file); return err })
	}
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		file, err := tx.Attachment(ctx, stays.file)
		if err == nil && !bytes.Equal(file.Data, shared) {
			t.Error("the other ticket's file, of the same content, is not what it was")
		}
		return err
	})
	text := everything(t, s)
	lacks(t, text, "vanished")
	lacks(t, text, "melted")
	lacks(t, text, gone.spooled.Digest)
	if !strings.Contains(text, "stays body") {
		t.Error("the other ticket is gone too")
	}
	clean(t, s)
}

// broughtIn stores a file of one line with a report that has that line.
func broughtIn(ctx context.Context, tx *store.Tx, by desk.UserID, line string) error {
	i := desk.Import{By: by, Kind: "memberships", Name: "people.csv", State: desk.ImportRunning, At: Start}
	return errors.Join(tx.InsertImport(ctx, &i, []byte(line)), tx.UpdateImport(ctx, &i, []string{line}), tx.DropImportContent(ctx, i.ID))
}

// testErase: nothing in the whole database tells of who was erased, and the
// audit log is whole.
func testErase(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	w := write(t, s, c, "secret", []byte("file"))
	held := []byte("held by carl")
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		u, err := tx.User(ctx, c.carl)
		if err != nil {
			return err
		}
		u.Name = "Carl Carlson"
		return errors.Join(tx.UpdateUser(ctx, u),
			tx.AddMembership(ctx, desk.Membership{Group: desk.PrincipalID(c.acme), Member: desk.PrincipalID(c.carl), Part: desk.PartMember}),
			tx.AddQueueWatcher(ctx, desk.Watcher{Queue: c.support, Role: desk.Cc, Who: desk.PrincipalID(c.carl)}),
			tx.InsertSession(ctx, &desk.Session{Digest: "d", User: c.carl, Created: Start, Seen: Start}),
			tx.InsertHalfDone(ctx, &desk.HalfDone{Digest: "h", Kind: "address", User: c.carl, Data: "carl@example.org", Until: Start.AddDate(9, 0, 0)}),
			tx.InsertHeld(ctx, &desk.Held{User: c.carl, Ticket: w.ID, Text: desk.HeldText{Text: "Carl writes"}, Files: []desk.Attachment{{Name: "plan", Data: held}}}),
			broughtIn(ctx, tx, c.carl, "acme,anybody"), broughtIn(ctx, tx, c.dora, "acme,carl@example.org"),
			tx.Audit(ctx, &desk.AuditEntry{Action: "user.create", Object: "user:carl", After: "login: carl; name: Carl Carlson"}),
			tx.Audit(ctx, &desk.AuditEntry{Action: "user.create", Object: "user:dora", After: "login: dora"}))
	})
	for _, texts := range []bool{false, true} {
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.EraseUser(ctx, c.carl, texts)
			if err != nil {
				return err
			}
			lines, err := tx.BlankAudit(ctx, "user:carl", "user:erased-7", time.Time{})
			if want := []int64{1}; !texts && !slices.Equal(lines, want) {
				t.Errorf("blanked %v, want %v", lines, want)
			}
			return errors.Join(err, tx.Audit(ctx, &desk.AuditEntry{Action: "user.erase", Object: "user:erased-7", After: "texts: false; lines: 1"}))
		})
		clean(t, s)
		text := everything(t, s)
		lacks(t, text, "carl")
		lacks(t, text, "Carl")
		lacks(t, text, w.spooled.Digest)
		lacks(t, text, fmt.Sprintf("%x", sha256.Sum256(held)))
		lacks(t, text, "anybody") // of his file; the other one's report stays without him
		if !strings.Contains(text, "acme,…") {
			t.Error("the report of dora's file is gone")
		}
		if strings.Contains(text, "secret body") == texts {
			t.Errorf("texts %t: what he wrote is there: %t", texts, !texts)
		}
		if texts {
			lacks(t, strings.ReplaceAll(text, "secret@example.org", ""), "secret ") // what letters are called by stays
		}
	}
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		sp, err := tx.Spooled(ctx, w.spooled.ID)
		if err == nil && (len(sp.Raw) != 0 || sp.Envelope.From != "") {
			t.Errorf("the original of his letter is left: %q from %q", sp.Raw, sp.Envelope.From)
		}
		u, err2 := tx.User(ctx, c.carl)
		if err2 == nil && (!u.Disabled || u.Login != store.ErasedLogin(c.carl)) {
			t.Errorf("he is %+v", u)
		}
		return errors.Join(err, err2)
	})
}

// testBlanked: a line of the audit log without its words is a fault, unless a
// later line says that an erasure took them.
func testBlanked(t *testing.T, s *store.Store) {
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for range 3 {
			if err := tx.Audit(ctx, &desk.AuditEntry{Action: "user.update", Object: "user:carl", After: "x"}); err != nil {
				return err
			}
		}
		_, err := tx.BlankAudit(ctx, "user:carl", "user:erased-7", time.Time{})
		return err
	})
	for _, step := range []struct {
		said string
		bad  int64
	}{{"", 1}, {"lines: 2 3", 1}, {"lines: 1 2", 0}} {
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			if step.said != "" {
				if err := tx.Audit(ctx, &desk.AuditEntry{Action: "user.erase", Object: "user:erased-7", After: step.said}); err != nil {
					return err
				}
			}
			bad, err := tx.VerifyAudit(ctx)
			if bad != step.bad {
				t.Errorf("after %q the first bad line is %d, want %d", step.said, bad, step.bad)
			}
			return err
		})
	}
}

// testErasures: what was erased is remembered, in the database and beside it.
func testErasures(t *testing.T, s *store.Store) {
	at := Start.Truncate(time.Microsecond)
	want := []store.Erasure{{Kind: "ticket", What: 3, Made: at, At: at}, {Kind: "user", What: 7, Made: at, Texts: true, At: at.Add(time.Hour)}}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, e := range append(want, want[0], store.Erasure{Kind: "user", What: 7, Made: at, At: at}) {
			if err := tx.NoteErasure(ctx, e); err != nil {
				return err
			}
		}
		got, err := tx.Erasures(ctx)
		same := slices.EqualFunc(got, want, func(a, b store.Erasure) bool {
			return a.Kind == b.Kind && a.What == b.What && a.Made.Equal(b.Made) && a.Texts == b.Texts && a.At.Equal(b.At)
		})
		if !same {
			t.Errorf("got %v, want %v", got, want)
		}
		return err
	})
	for range 2 {
		if err := s.KeepErasures(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if kept, err := s.KeptErasures(); len(kept) != 2 || err != nil {
		t.Errorf("beside the database stand %v (%v), want two", kept, err)
	}
	for _, text := range []string{"no", `{"kind":"user"}`, `{"kind":"user","what":-1}`} {
		if _, err := store.ReadErasures(strings.NewReader(text)); desk.KindOf(err) != desk.Invalid {
			t.Errorf("%s is read with %v", text, err)
		}
	}
}

func testRetention(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	closed := func(after time.Duration, status desk.Status) desk.TicketID {
		k := newTicket(t, s, c, "x")
		k.Status, k.Updated = status, Start.Add(after)
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateTicket(ctx, &k) })
		return k.ID
	}
	late, early := closed(2*time.Hour, desk.StatusResolved), closed(time.Hour, desk.StatusDeleted)
	closed(time.Hour, desk.StatusOpen)
	closed(9*time.Hour, desk.StatusResolved)
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		ids, n, err := tx.ClosedTickets(ctx, c.support, Start.Add(3*time.Hour), 5)
		if !slices.Equal(ids, []desk.TicketID{early, late}) || n != 2 {
			t.Errorf("got %v, %d, want %d and %d", ids, n, early, late)
		}
		for _, days := range []int{30, 40, 0, 50} {
			err = errors.Join(err, tx.SetRetention(ctx, c.support, days))
		}
		got, err2 := tx.Retentions(ctx)
		if want := map[desk.QueueID]int{c.support: 50}; !maps.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		return errors.Join(err, err2)
	})
}

// everything is all that the database holds, as a backup has it.
func everything(t *testing.T, s *store.Store) string {
	t.Helper()
	var backup bytes.Buffer
	if _, err := s.Backup(t.Context(), &backup, nil); err != nil {
		t.Fatal(err)
	}
	plain, err := gzip.NewReader(&backup)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(plain)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func lacks(t *testing.T, text, word string) {
	t.Helper()
	if i := strings.Index(text, word); i >= 0 {
		t.Errorf("there is still %q", text[max(0, i-200):min(len(text), i+100)])
	}
}

func clean(t *testing.T, s *store.Store) {
	t.Helper()
	v, err := s.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range v.Checks {
		if c.Bad > 0 {
			t.Errorf("%s: %v", c.Name, c.Faults)
		}
	}
}
