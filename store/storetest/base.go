package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"gatehouse/desk"
	"gatehouse/store"
)

// testBlobs: contents of any size come back, in rows or in files, the same one
// stored any number of times.
func testBlobs(t *testing.T, s *store.Store) {
	k := newTicket(t, s, newCast(t, s), "Fire")
	for _, size := range []int{0, 1, 64 << 10, 64<<10 + 1, 3 << 20} {
		content := bytes.Repeat([]byte{0xff, 0, '\'', '\n'}, size/4+1)[:size]
		first, second := attach(t, s, k.ID, content), attach(t, s, k.ID, content)
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			a, errA := tx.Attachment(ctx, first)
			b, errB := tx.Attachment(ctx, second)
			if err := errors.Join(errA, errB); err != nil || !bytes.Equal(a.Data, content) || !bytes.Equal(b.Data, content) {
				t.Errorf("%d bytes: something else came back (%v)", size, err)
			}
			return nil
		})
	}
	t.Run("one that was rolled back can come again", func(t *testing.T) {
		content := bytes.Repeat([]byte("again"), 20_000)
		insert := func(ctx context.Context, tx *store.Tx) error {
			return tx.InsertMessage(ctx, &desk.Message{Ticket: k.ID, Kind: desk.Reply, Attachments: []desk.Attachment{{Data: content}}})
		}
		refused(t, s, desk.Invalid, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(insert(ctx, tx), desk.Errorf(desk.Invalid, "no"))
		})
		do(t, s, insert)
	})
}

// attach stores a message with one attachment.
func attach(t testing.TB, s *store.Store, ticket desk.TicketID, content []byte) desk.AttachmentID {
	t.Helper()
	m := &desk.Message{Ticket: ticket, Kind: desk.Reply, Attachments: []desk.Attachment{{Data: content}}}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertMessage(ctx, m) })
	return m.Attachments[0].ID
}

// testStrangeTexts: what letters bring is stored, as well as both databases can.
func testStrangeTexts(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	for text, want := range map[string]string{
		"nul\x00byte":               "nul\uFFFDbyte",
		"no \xff UTF-8":             "no \uFFFD UTF-8",
		"\x01\x7f":                  "\x01\x7f",
		"\U0001F525 \u202e e\u0301": "\U0001F525 \u202e e\u0301",
		"$1 ? ' -- \\":              "$1 ? ' -- \\",
	} {
		k := newTicket(t, s, c, text)
		m := desk.Message{Ticket: k.ID, Kind: desk.Reply, Text: text, Attachments: []desk.Attachment{{Name: text}}}
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertMessage(ctx, &m) })
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			ticket, err := tx.Ticket(ctx, k.ID)
			if err != nil {
				return err
			}
			message, err := tx.Message(ctx, m.ID)
			if err != nil {
				return err
			}
			got := []string{ticket.Subject, message.Text, message.Attachments[0].Name}
			same(t, text, got, nil, []string{want, want, want})
			return nil
		})
	}
}

func testTransactions(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	t.Run("are rolled back whole", func(t *testing.T) {
		broken := errors.New("broken")
		err := s.Do(t.Context(), func(tx *store.Tx) error {
			k := desk.Ticket{Queue: c.support, Status: desk.StatusNew}
			return errors.Join(tx.InsertTicket(t.Context(), &k), tx.SetSetting(t.Context(), "x", "y"), broken)
		})
		if !errors.Is(err, broken) {
			t.Errorf("got %v, want the error of the function", err)
		}
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			_, ok, err := tx.Setting(ctx, "x")
			same(t, "whether the setting is there", ok, err, false)
			n, err := tx.CountTickets(ctx, everyone(), store.TicketFilter{}, 0)
			same(t, "tickets", n, err, 0)
			return nil
		})
	})
	t.Run("that only read see one state and write nothing", func(t *testing.T) {
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			before, err := tx.AccessVersion(ctx)
			if err != nil {
				return err
			}
			do(t, s, func(ctx context.Context, tx *store.Tx) error { _, err := tx.BumpAccess(ctx); return err })
			after, err := tx.AccessVersion(ctx)
			same(t, "version", after, err, before)
			return nil
		})
		err := s.View(t.Context(), func(tx *store.Tx) error { return tx.SetSetting(t.Context(), "x", "y") })
		if err == nil {
			t.Error("a view wrote")
		}
	})
	t.Run("end with their context", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		err := s.Do(ctx, func(tx *store.Tx) error {
			cancel()
			return tx.SetSetting(ctx, "x", "y")
		})
		if err == nil {
			t.Error("it was stored")
		}
		if err := s.Ping(t.Context()); err != nil {
			t.Errorf("the next one: %v", err)
		}
	})
}

// testPanic: a transaction is rolled back by a panic, and the next one works.
func testPanic(t *testing.T, s *store.Store) {
	func() {
		defer func() { _ = recover() }()
		_ = s.Do(t.Context(), func(tx *store.Tx) error {
			panic(tx.SetSetting(t.Context(), "x", "y"))
		})
	}()
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, ok, err := tx.Setting(ctx, "x")
		same(t, "whether it was stored", ok, err, false)
		return nil
	})
}

// testWriters: of changes at once none is lost.
func testWriters(t *testing.T, s *store.Store) {
	k := newTicket(t, s, newCast(t, s), "0")
	const writers, times = 6, 8
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for range times {
				if err := s.Do(t.Context(), func(tx *store.Tx) error { return raisePriority(t.Context(), tx, k.ID) }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Ticket(ctx, k.ID)
		if err != nil {
			return err
		}
		if got.Priority != writers*times || got.Subject != fmt.Sprint(writers*times) {
			t.Errorf("got priority %d, want %d", got.Priority, writers*times)
		}
		version, err := tx.AccessVersion(ctx)
		if version != 1+writers*times {
			t.Errorf("got access version %d, want %d", version, 1+writers*times)
		}
		if bad, err := tx.VerifyAudit(ctx); bad != 0 || err != nil {
			t.Errorf("line %d of the audit log is wrong (%v)", bad, err)
		}
		return err
	})
}

// raisePriority changes the ticket, the audit log and the access version.
func raisePriority(ctx context.Context, tx *store.Tx, id desk.TicketID) error {
	k, err := tx.LockTicket(ctx, id)
	if err != nil {
		return err
	}
	k.Priority++
	k.Subject = fmt.Sprint(k.Priority)
	if err := tx.Audit(ctx, &desk.AuditEntry{Action: k.Subject}); err != nil {
		return err
	}
	if _, err := tx.BumpAccess(ctx); err != nil {
		return err
	}
	return tx.UpdateTicket(ctx, k)
}

func testPlan(t *testing.T, s *store.Store) {
	plan, err := s.Plan(t.Context())
	if err != nil || len(plan) == 0 {
		t.Fatalf("got %v (%v), want the steps of the schema", plan, err)
	}
	last := int64(0) // numbers are given out before the steps are there, so that some are missing
	for _, m := range plan {
		if m.Version <= last || m.Name == "" || !m.Applied {
			t.Errorf("got %+v after step %d, want a later step, applied", m, last)
		}
		last = m.Version
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Error(err)
	}
}
