package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// testNotices: what is not read is one notice with what comes after it; read, it
// is not; the oldest and the most are forgotten.
func testNotices(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	one, two := newTicket(t, s, c, "one"), newTicket(t, s, c, "two")
	at := Start.Truncate(time.Microsecond)
	hour := func(n int) time.Time { return at.Add(time.Duration(n) * time.Hour) }
	tell := func(hours int, n desk.Notice) {
		t.Helper()
		n.At = hour(hours)
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AddNotice(ctx, &n) })
	}
	list := func(why string, user desk.UserID, unread bool, want ...string) {
		t.Helper()
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			found, err := tx.Notices(ctx, user, unread, nil, 10)
			var got []string
			for _, n := range found {
				word := string(n.Kind)
				for range n.Times - 1 {
					word += "+"
				}
				if n.Internal {
					word += "!"
				}
				got = append(got, word)
			}
			same(t, why, got, err, want)
			noticesOneByOne(ctx, t, tx, found, unread)
			return nil
		})
	}
	tell(1, desk.Notice{User: c.anna, Ticket: one.ID, Kind: desk.NoticeReply, By: c.carl})
	tell(2, desk.Notice{User: c.anna, Ticket: two.ID, Kind: desk.NoticeOwner})
	tell(3, desk.Notice{User: c.anna, Ticket: one.ID, Kind: desk.NoticeReply, By: c.bob})
	tell(4, desk.Notice{User: c.anna, Ticket: one.ID, Kind: desk.NoticeReply, By: c.bob, Internal: true})
	tell(1, desk.Notice{User: c.bob, Ticket: one.ID, Kind: desk.NoticeReply, By: c.carl})
	list("two replies are one notice, a comment is another", c.anna, false, "reply!", "reply+", "owner")
	list("another one has his own", c.bob, true, "reply")
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		found, err := tx.Notices(ctx, c.anna, true, nil, 1)
		if err != nil {
			return err
		}
		ok, err := tx.SetNotice(ctx, c.bob, found[0].ID, hour(5))
		same(t, "another's notice", ok, err, false)
		ok, err = tx.SetNotice(ctx, c.anna, found[0].ID, hour(5))
		same(t, "her own", ok, err, true)
		n, err := tx.ReadNotices(ctx, c.anna, two.ID, hour(5))
		same(t, "of a ticket", n, err, 1)
		return nil
	})
	list("what is left", c.anna, true, "reply+")
	tell(6, desk.Notice{User: c.anna, Ticket: one.ID, Kind: desk.NoticeReply, By: c.carl, Internal: true})
	list("after it was read, the next is new", c.anna, true, "reply!", "reply+")
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		two.MergedInto = one.ID
		if err := tx.UpdateTicket(ctx, &two); err != nil {
			return err
		}
		if err := tx.AddNotice(ctx, &desk.Notice{User: c.anna, Ticket: two.ID, Kind: desk.NoticeClock, At: hour(7)}); err != nil {
			return err
		}
		r, err := tx.Reading(ctx, c.anna, one.ID, true)
		same(t, "not read of it and of those merged into it", r.Told, err, 3)
		n, err := tx.ReadNotices(ctx, c.anna, one.ID, hour(8))
		same(t, "of a ticket with those merged into it", n, err, 3)
		return tx.PruneNotices(ctx, hour(2), 2)
	})
	list("the latest are kept", c.anna, false, "clock", "reply!")
	list("the old are not", c.bob, false)
}

// testMergedTo: a ticket that was merged is where that one is which took it in.
func testMergedTo(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	one, two, three := newTicket(t, s, c, "one"), newTicket(t, s, c, "two"), newTicket(t, s, c, "three")
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		one.MergedInto, two.MergedInto = two.ID, three.ID
		if err := tx.UpdateTicket(ctx, &one); err != nil {
			return err
		}
		return tx.UpdateTicket(ctx, &two)
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		to, err := tx.MergedTo(ctx, []desk.TicketID{one.ID, two.ID, three.ID, 999})
		same(t, "where merged tickets are", fmt.Sprint(to), err, fmt.Sprint(map[desk.TicketID]desk.TicketID{one.ID: three.ID, two.ID: three.ID}))
		return nil
	})
}

// testReading: what others wrote since is unread, comments for those who may read
// them, and what is marked.
func testReading(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	at := Start.Truncate(time.Microsecond)
	hour := func(n int) time.Time { return at.Add(time.Duration(n) * time.Hour) }
	k := newTicket(t, s, c, "x")
	ids := []desk.TicketID{k.ID}
	wrote := func(by desk.UserID, kind desk.MessageKind, hours int) desk.MessageID {
		t.Helper()
		m := &desk.Message{Ticket: k.ID, Kind: kind, Author: by, Text: "x", At: hour(hours)}
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			k.Updated = hour(hours)
			if err := tx.UpdateTicket(ctx, &k); err != nil {
				return err
			}
			return tx.InsertMessage(ctx, m)
		})
		return m.ID
	}
	unread := func(why string, user desk.UserID, since int, comments []desk.TicketID, want bool) {
		t.Helper()
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			got, err := tx.Unread(ctx, user, hour(since), ids, comments)
			same(t, why, got[k.ID], err, want)
			return nil
		})
	}
	reads := func(upto desk.MessageID, marked bool) {
		t.Helper()
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.SetReading(ctx, c.anna, k.ID, store.Reading{Upto: upto, Marked: marked}, hour(9))
		})
	}
	unread("nothing was written", c.anna, 0, ids, false)
	first := wrote(c.carl, desk.Reply, 2)
	unread("never read", c.anna, 0, nil, true)
	unread("written before all that counts", c.anna, 3, nil, false)
	unread("one's own words", c.carl, 0, ids, false)
	reads(first, false)
	unread("read", c.anna, 0, ids, false)
	comment := wrote(c.bob, desk.Comment, 4)
	unread("a comment", c.anna, 0, ids, true)
	unread("a comment that one may not read", c.anna, 0, nil, false)
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Reading(ctx, c.anna, k.ID, true)
		same(t, "with comments", got, err, store.Reading{Upto: first, Newest: comment})
		got, err = tx.Reading(ctx, c.anna, k.ID, false)
		same(t, "without", got, err, store.Reading{Upto: first, Newest: first})
		got, err = tx.Reading(ctx, c.bob, k.ID, true)
		same(t, "who never read it", got, err, store.Reading{Newest: comment})
		return nil
	})
	reads(comment, true)
	unread("marked", c.anna, 99, nil, true)
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PruneReadings(ctx, hour(10)) })
	unread("forgotten", c.anna, 0, nil, true)
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		made, err := tx.ReadUntil(ctx, c.anna)
		same(t, "since one is there", made.IsZero(), err, false)
		if _, err := tx.ReadUntil(ctx, 99_999); desk.KindOf(err) != desk.NotFound {
			t.Errorf("of nobody: %v", err)
		}
		return nil
	})
}

// noticesOneByOne: behind each of somebody's notices comes the next one, and
// behind the last none.
func noticesOneByOne(ctx context.Context, t *testing.T, tx *store.Tx, all []desk.Notice, unread bool) {
	t.Helper()
	for i := range all {
		next, err := tx.Notices(ctx, all[i].User, unread, &all[i], 1)
		var got, want []desk.NoticeID
		for _, n := range next {
			got = append(got, n.ID)
		}
		if i+1 < len(all) {
			want = append(want, all[i+1].ID)
		}
		same(t, "the next one", got, err, want)
	}
}
