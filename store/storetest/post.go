package storetest

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatehouse/desk"
	"gatehouse/store"
)

// over is a lease that ends before it begins, as if its time had passed.
const over = -time.Second

func testSpool(t *testing.T, s *store.Store) {
	k := newTicket(t, s, newCast(t, s), "Fire")
	sp := desk.Spooled{Raw: make([]byte, 100_000), Envelope: desk.Envelope{From: "a@x", Recipient: "b@x", Queue: "Support", Action: desk.Correspond,
		RemoteAddr: "127.0.0.1", Via: "lmtp"}}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if got, err := tx.ClaimSpooled(ctx, time.Minute); got != nil || err != nil {
			t.Errorf("got %v (%v) from an empty spool", got, err)
		}
		return tx.InsertSpooled(ctx, &sp)
	})
	if sp.Digest != store.Digest(sp.Raw) || sp.Size != 100_000 || sp.State != desk.SpoolWaiting || !sp.At.Equal(Start) {
		t.Errorf("got digest %s, size %d, state %s, at %s", sp.Digest, sp.Size, sp.State, sp.At)
	}
	sp.At = Start.Truncate(time.Microsecond)
	claim := func(lease time.Duration, want *desk.Spooled) {
		t.Helper()
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			got, err := tx.ClaimSpooled(ctx, lease)
			if !cmp.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
			return err
		})
	}
	sp.Tries = 1
	claim(over, &sp)
	sp.Tries = 2 // the lease is over: claimed again
	claim(time.Minute, &sp)
	claim(time.Minute, nil)
	sp.Reason = "no such queue"
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.UpdateSpooled(ctx, &sp, Start.Add(time.Second))
	})
	claim(time.Minute, nil) // not due
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateSpooled(ctx, &sp, Start) })
	sp.Tries = 3
	claim(time.Minute, &sp)
	sp.State, sp.Reason, sp.Ticket = desk.SpoolDone, "", k.ID
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateSpooled(ctx, &sp, Start) })
	claim(time.Minute, nil)
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Spooled(ctx, sp.ID)
		if !cmp.Equal(*got, sp) {
			t.Errorf("(-got +want):\n%s", cmp.Diff(*got, sp))
		}
		return err
	})
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { _, err := tx.Spooled(ctx, 99); return err })
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error {
		return tx.UpdateSpooled(ctx, &desk.Spooled{ID: 99, State: desk.SpoolDone}, Start)
	})
}

func testDuplicates(t *testing.T, s *store.Store) {
	letter := func(raw, recipient string, state desk.SpoolState) *desk.Spooled {
		return &desk.Spooled{Raw: []byte(raw), Envelope: desk.Envelope{Recipient: recipient}, State: state}
	}
	list := []*desk.Spooled{
		letter("one", "a@x", desk.SpoolRefused), letter("one", "a@x", desk.SpoolDone), letter("one", "a@x", ""),
		letter("one", "b@x", ""), letter("two", "a@x", ""), letter("three", "a@x", ""), letter("three", "a@x", desk.SpoolDone),
	}
	for _, sp := range list {
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertSpooled(ctx, sp) })
	}
	for _, tt := range []struct {
		why  string
		of   *desk.Spooled
		want desk.SpoolID
	}{
		{"the refused one does not count", list[1], 0},
		{"the first that was not refused", list[2], list[1].ID},
		{"for another recipient", list[3], 0},
		{"another letter", list[4], 0},
		{"one not stored yet", letter("two", "a@x", ""), list[4].ID},
		{"a later one that is done, for it is a copy of this one", list[5], 0},
		{"an earlier one that still waits", list[6], list[5].ID},
	} {
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			got, err := tx.FindDuplicate(ctx, tt.of)
			if (got == nil) != (tt.want == 0) || got != nil && got.ID != tt.want {
				t.Errorf("%s: got %v, want %d", tt.why, got, tt.want)
			}
			return err
		})
	}
	list[6].Ticket = newTicket(t, s, newCast(t, s), "three").ID
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.UpdateSpooled(ctx, list[6], Start); err != nil {
			return err
		}
		got, err := tx.FindDuplicate(ctx, list[5])
		if got == nil || got.ID != list[6].ID {
			t.Errorf("a later one that became a ticket: got %v, want %d", got, list[6].ID)
		}
		return err
	})
	testLetterNotes(t, s, list[4].ID)
	for _, tt := range []struct {
		filter store.SpoolFilter
		want   []desk.SpoolID
		more   bool
	}{
		{store.SpoolFilter{Limit: 2}, []desk.SpoolID{list[6].ID, list[5].ID}, true},
		{store.SpoolFilter{State: desk.SpoolWaiting, Before: list[3].ID}, []desk.SpoolID{list[2].ID}, false},
	} {
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			letters, more, err := tx.SpooledList(ctx, tt.filter)
			var got []desk.SpoolID
			for _, sp := range letters {
				got = append(got, sp.ID)
			}
			if !slices.Equal(got, tt.want) || more != tt.more {
				t.Errorf("got %v, more %v; want %v, more %v", got, more, tt.want, tt.more)
			}
			return err
		})
	}
}

// testLetterNotes: what was decided about a letter stays with it, and is found
// without its bytes.
func testLetterNotes(t *testing.T, s *store.Store, id desk.SpoolID) {
	t.Helper()
	notes := desk.LetterNotes{Subject: "Fire", From: "Carl <carl@example.org>", Marks: []desk.LetterMark{desk.MarkSpam}, Defects: []string{"It is “odd”."},
		Steps: []desk.LetterStep{{What: desk.StepTo, Said: "To support."}, {What: desk.StepResult, Said: "Refused."}}}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		entry, err := tx.Spooled(ctx, id)
		if err != nil {
			return err
		}
		entry.Notes, entry.AsTicket, entry.Envelope.Queue = notes, true, "support"
		return tx.UpdateSpooled(ctx, entry, Start)
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Spooled(ctx, id)
		if err != nil {
			return err
		}
		if !cmp.Equal(got.Notes, notes) || !got.AsTicket || got.Envelope.Queue != "support" {
			t.Errorf("(-got +want):\n%s", cmp.Diff(got.Notes, notes))
		}
		found, err := tx.LetterNotes(ctx, []desk.SpoolID{id, 99})
		if len(found) != 1 || !cmp.Equal(found[id], notes) {
			t.Errorf("the notes of two letters: %+v", found)
		}
		return err
	})
}

func testOutbox(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	k := newTicket(t, s, c, "Fire")
	o := desk.Outgoing{Kind: desk.LetterReply, Ticket: k.ID, To: c.carl, Address: "carl@example.org",
		Why: []desk.Why{{Role: desk.Cc, Through: desk.PrincipalID(c.acme), OnQueue: true}, {AutoText: "“so”"}}, LetterID: "1@x", Subject: "Re: Fire", Body: "Water",
		From: desk.MailAddress{Name: "Desk", Address: "d@x"}, ReplyTo: "r@x", Refs: []string{"0@x"}, Auto: "auto-generated"}
	later := desk.Outgoing{Kind: desk.LetterSignIn, Address: "x@x", Next: Start.Add(time.Hour)}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertOutgoing(ctx, &o); err != nil {
			return err
		}
		return tx.InsertOutgoing(ctx, &later)
	})
	o.At, o.Next = Start.Truncate(time.Microsecond), o.At
	claim := func(lease time.Duration, want ...desk.OutboxID) {
		t.Helper()
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			list, err := tx.ClaimOutgoing(ctx, lease, 10)
			var got []desk.OutboxID
			for _, o := range list {
				got = append(got, o.ID)
			}
			if !slices.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
			return err
		})
	}
	claim(over, o.ID)
	claim(time.Minute, o.ID)
	claim(time.Minute)
	o.State, o.Reason, o.Tries, o.SentAt, o.Next = desk.OutSent, "250 ok", 2, Start.Add(time.Minute).Truncate(time.Microsecond), time.Time{}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateOutgoing(ctx, &o) })
	claim(time.Minute)
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Outgoing(ctx, o.ID)
		if err != nil {
			return err
		}
		if !cmp.Equal(*got, o) {
			t.Errorf("(-got +want):\n%s", cmp.Diff(*got, o))
		}
		for _, f := range []store.OutFilter{{State: desk.OutSent}, {Ticket: k.ID}, {To: c.carl}, {Before: later.ID}} {
			if list, more, err := tx.OutgoingList(ctx, f); err != nil || more || len(list) != 1 || list[0].ID != o.ID {
				t.Errorf("%+v: got %v, more %v (%v)", f, list, more, err)
			}
		}
		list, more, err := tx.OutgoingList(ctx, store.OutFilter{Limit: 1})
		if len(list) != 1 || list[0].ID != later.ID || !more {
			t.Errorf("got %v, more %v; want the newest", list, more)
		}
		return err
	})
	for _, ask := range []func(context.Context, *store.Tx) error{
		func(ctx context.Context, tx *store.Tx) error { _, err := tx.Outgoing(ctx, 99); return err },
		func(ctx context.Context, tx *store.Tx) error { _, err := tx.OutgoingBytes(ctx, 99); return err },
		func(ctx context.Context, tx *store.Tx) error { return tx.SetOutgoingBytes(ctx, 99, nil) },
		func(ctx context.Context, tx *store.Tx) error { return tx.UpdateOutgoing(ctx, &desk.Outgoing{ID: 99}) },
	} {
		refused(t, s, desk.NotFound, ask)
	}
}

// testLetterBytes: a letter keeps the bytes that it was given first.
func testLetterBytes(t *testing.T, s *store.Store) {
	o := &desk.Outgoing{}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertOutgoing(ctx, o) })
	bytes := func(ctx context.Context, tx *store.Tx) ([]byte, error) { return tx.OutgoingBytes(ctx, o.ID) }
	set := func(letter string) func(context.Context, *store.Tx) error {
		return func(ctx context.Context, tx *store.Tx) error { return tx.SetOutgoingBytes(ctx, o.ID, []byte(letter)) }
	}
	same(t, "before", read(t, s, bytes), nil, nil)
	do(t, s, set("first"))
	refused(t, s, desk.Conflict, set("second"))
	same(t, "after", read(t, s, bytes), nil, []byte("first"))
}

func testJobs(t *testing.T, s *store.Store) {
	first := desk.Job{Kind: "mail", Data: `{"a":1}`, Next: Start.Add(-time.Minute)}
	second := desk.Job{Kind: "clock"}
	later := desk.Job{Kind: "mail", Next: Start.Add(time.Minute)}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, j := range []*desk.Job{&second, &first, &later} {
			if err := tx.InsertJob(ctx, j); err != nil {
				return err
			}
		}
		return nil
	})
	claim := func(want desk.JobID, lease time.Duration, kinds ...string) {
		t.Helper()
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			got, err := tx.ClaimJob(ctx, lease, kinds...)
			if (got == nil) != (want == 0) || got != nil && got.ID != want {
				t.Errorf("of kinds %q: got %v, want %d", kinds, got, want)
			}
			return err
		})
	}
	claim(0, time.Minute, "other")
	claim(second.ID, over, "other", "clock")
	claim(second.ID, time.Minute, "clock") // its lease is over
	claim(first.ID, time.Minute)
	claim(0, time.Minute)
	first.Next, first.Parked, first.Reason, first.Tries = time.Time{}, true, "broken", 5
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.UpdateJob(ctx, &first); err != nil {
			return err
		}
		return tx.DeleteJob(ctx, second.ID)
	})
	claim(0, time.Minute)
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, f := range []store.JobFilter{{Parked: yes()}, {Kind: "mail", Before: later.ID}} {
			if got, more, err := tx.Jobs(ctx, f); err != nil || more || !cmp.Equal(got, []desk.Job{first}) {
				t.Errorf("%+v: got %v, more %v (%v), want %v", f, got, more, err, first)
			}
		}
		counts, err := tx.PostCounts(ctx)
		if counts.Jobs != 1 || counts.JobsParked != 1 {
			t.Errorf("got %+v", counts)
		}
		return err
	})
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { return tx.DeleteJob(ctx, second.ID) })
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateJob(ctx, &second) })
}

// testClaims: several who claim at once never get the same thing, and all of
// them together get everything.
func testClaims(t *testing.T, s *store.Store) {
	const each = 12
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for range each {
			if err := tx.InsertSpooled(ctx, &desk.Spooled{Raw: []byte("x")}); err != nil {
				return err
			}
			if err := tx.InsertOutgoing(ctx, &desk.Outgoing{}); err != nil {
				return err
			}
			if err := tx.InsertJob(ctx, &desk.Job{}); err != nil {
				return err
			}
		}
		counts, err := tx.PostCounts(ctx)
		if counts.SpoolWaiting != each || counts.OutWaiting != each || !counts.OldestSpool.Equal(Start.Truncate(time.Microsecond)) {
			t.Errorf("got %+v, want %d of each since %s", counts, each, Start)
		}
		return err
	})
	var mu sync.Mutex
	claimed := map[any]int{}
	var claimers sync.WaitGroup
	for range 4 {
		claimers.Go(func() {
			things := claimAll(t, s)
			mu.Lock()
			defer mu.Unlock()
			for _, thing := range things {
				claimed[thing]++
			}
		})
	}
	claimers.Wait()
	if len(claimed) != 3*each {
		t.Errorf("%d of %d were claimed", len(claimed), 3*each)
	}
	for thing, times := range claimed {
		if times != 1 {
			t.Errorf("%T %v was claimed %d times", thing, thing, times)
		}
	}
}

// claimAll claims until there is nothing left.
func claimAll(t *testing.T, s *store.Store) []any {
	var all []any
	for {
		var things []any
		err := s.Do(t.Context(), func(tx *store.Tx) (err error) {
			things, err = claimOfEach(t.Context(), tx)
			return err
		})
		if err != nil {
			t.Error(err)
		}
		if len(things) == 0 || err != nil {
			return all
		}
		all = append(all, things...)
	}
}

func claimOfEach(ctx context.Context, tx *store.Tx) ([]any, error) {
	var things []any
	sp, err := tx.ClaimSpooled(ctx, time.Minute)
	if err != nil {
		return nil, err
	}
	if sp != nil {
		things = append(things, sp.ID)
	}
	letters, err := tx.ClaimOutgoing(ctx, time.Minute, 2)
	if err != nil {
		return nil, err
	}
	for _, o := range letters {
		things = append(things, o.ID)
	}
	j, err := tx.ClaimJob(ctx, time.Minute)
	if j != nil {
		things = append(things, j.ID)
	}
	return things, err
}
