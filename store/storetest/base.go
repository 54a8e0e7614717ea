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
		var got []desk.AttachmentID
		for range 2 {
			do(t, s, func(ctx context.Context, tx *store.Tx) error {
				m := &desk.Message{Ticket: k.ID, Kind: desk.Reply, Attachments: []desk.Attachment{{Data: content}}}
				err := tx.InsertMessage(ctx, m)
				got = append(got, m.Attachments[0].ID)
				return err
			})
		}
		for _, id := range got {
			view(t, s, func(ctx context.Context, tx *store.Tx) error {
				a, err := tx.Attachment(ctx, id)
				if err == nil && !bytes.Equal(a.Data, content) {
					t.Errorf("%d bytes: something else came back", size)
				}
				return err
			})
		}
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

// testStrangeTexts: what letters bring is stored, as well as both databases can.
func testStrangeTexts(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	for text, want := range map[string]string{
		"nul\x00byte":          "nul\uFFFDbyte",
		"no \xff UTF-8":        "no \uFFFD UTF-8",
		"\x01\x7f":             "\x01\x7f",
		"\U0001F525 ‮ e\u0301": "\U0001F525 ‮ e\u0301",
		"$1 ? ' -- \\":         "$1 ? ' -- \\",
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
			for _, got := range []string{ticket.Subject, message.Text, message.Attachments[0].Name} {
				if got != want {
					t.Errorf("%q: got %q, want %q", text, got, want)
				}
			}
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
			if _, ok, err := tx.Setting(ctx, "x"); ok || err != nil {
				t.Errorf("set %v (%v)", ok, err)
			}
			n, err := tx.CountTickets(ctx, everyone(), store.TicketFilter{}, 0)
			if n != 0 {
				t.Errorf("got %d tickets, want none", n)
			}
			return err
		})
	})
	t.Run("are rolled back by a panic", func(t *testing.T) {
		func() {
			defer func() { _ = recover() }()
			_ = s.Do(t.Context(), func(tx *store.Tx) error {
				if err := tx.SetSetting(t.Context(), "panic", "y"); err != nil {
					t.Error(err)
				}
				panic("no")
			})
		}()
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			_, ok, err := tx.Setting(ctx, "panic")
			if ok {
				t.Error("it was stored")
			}
			return err
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
			if after != before {
				t.Errorf("got version %d after %d", after, before)
			}
			return err
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

// testWriters: of changes at once none is lost.
func testWriters(t *testing.T, s *store.Store) {
	k := newTicket(t, s, newCast(t, s), "0")
	const writers, times = 6, 8
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for range times {
				err := s.Do(t.Context(), func(tx *store.Tx) error {
					locked, err := tx.LockTicket(t.Context(), k.ID)
					if err != nil {
						return err
					}
					locked.Priority++
					locked.Subject = fmt.Sprint(locked.Priority)
					if err := tx.Audit(t.Context(), &desk.AuditEntry{Action: locked.Subject}); err != nil {
						return err
					}
					if _, err := tx.BumpAccess(t.Context()); err != nil {
						return err
					}
					return tx.UpdateTicket(t.Context(), locked)
				})
				if err != nil {
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

func testPlan(t *testing.T, s *store.Store) {
	plan, err := s.Plan(t.Context())
	if err != nil || len(plan) == 0 {
		t.Fatalf("got %v (%v), want the steps of the schema", plan, err)
	}
	for i, m := range plan {
		if m.Version != int64(i+1) || m.Name == "" || !m.Applied {
			t.Errorf("got %+v, want step %d, applied", m, i+1)
		}
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Error(err)
	}
}
