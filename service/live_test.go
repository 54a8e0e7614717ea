package service_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

// TestFeeds: a feed tells of what its reader may see then, of nothing else, and
// ends when he may see its ticket no longer.
func TestFeeds(t *testing.T) {
	h := newHouse(t)
	for _, login := range []string{"eve", "ray", "zoe"} {
		h.agent(login)
	}
	h.contact("ann")
	q, other := h.makeQueue(desk.Queue{Name: "support"}), h.makeQueue(desk.Queue{Name: "other"})
	h.grant(h.names["eve"], "rw", desk.OnQueue(q))
	seen := must(h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["ray"], Right: desk.ShowTicket, Place: desk.OnQueue(q)}))(t)
	id, hidden := h.open(service.NewTicket{Queue: q}), h.open(service.NewTicket{Queue: other})
	watch := func(login string, ticket desk.TicketID) *service.Feed {
		t.Helper()
		f := must(h.Watch(h.ctx, h.by(login), ticket))(t)
		t.Cleanup(f.Close)
		return f
	}
	feeds := map[string]*service.Feed{"eve on it": watch("eve", id), "eve": watch("eve", 0), "ray on it": watch("ray", id), "ray": watch("ray", 0), "zoe": watch("zoe", 0)}
	expect := func(why string, told ...string) {
		t.Helper()
		for name, f := range feeds {
			want := false
			for _, n := range told {
				want = want || n == name
			}
			if got := hears(t, f); got != want {
				t.Errorf("%s: %s is told %v, want %v", why, name, got, want)
			}
		}
	}
	must(h.Write(h.ctx, h.by("eve"), service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "x"}))(t)
	expect("a reply", "eve on it", "eve", "ray on it", "ray")
	must(h.Write(h.ctx, h.by("eve"), service.NewMessage{Ticket: id, Kind: desk.Comment, Text: "x"}))(t)
	expect("a comment", "eve on it", "eve")
	must(h.Write(h.ctx, h.sys, service.NewMessage{Ticket: hidden, Kind: desk.Reply, Text: "x"}))(t)
	expect("a ticket that nobody sees")
	must(h.Attend(h.ctx, h.by("eve"), id, false))(t)
	expect("eve comes", "eve on it", "ray on it")
	must(h.Attend(h.ctx, h.by("eve"), id, false))(t)
	expect("eve is still there")
	h.ok(h.store.Rehearse(h.ctx, func(tx *store.Tx) error {
		return tx.SetPresent(h.ctx, desk.Present{Ticket: id, User: h.id("zoe"), At: h.Now()}, h.Now())
	}))
	expect("nothing was stored")

	h.ok(h.Revoke(h.ctx, h.sys, seen))
	h.ok(h.SetStatus(h.ctx, h.by("eve"), id, desk.StatusStalled, 0))
	if _, err := feeds["ray on it"].Next(h.ctx); desk.KindOf(err) != desk.NotFound {
		t.Errorf("ray's feed of a ticket that he may see no longer gives %v", err)
	}
	delete(feeds, "ray on it")
	expect("after ray lost his right", "eve on it", "eve")

	_, err := h.Watch(h.ctx, h.by("zoe"), id)
	wantKind(t, err, desk.NotFound)
	_, err = h.Watch(h.ctx, h.by("ann"), 0)
	wantKind(t, err, desk.NotFound)
	h.store.StopListening()
	if _, err := feeds["eve"].Next(h.ctx); !errors.Is(err, io.EOF) {
		t.Errorf("at the end a feed gives %v", err)
	}
}

// hears reports whether a feed tells of something within a moment, and empties
// it.
func hears(t *testing.T, f *service.Feed) bool {
	t.Helper()
	told := false
	for {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		_, err := f.Next(ctx)
		cancel()
		if errors.Is(err, context.DeadlineExceeded) {
			return told
		}
		if err != nil {
			t.Fatal(err)
		}
		told = true
	}
}

// TestFeedsAreBounded: of each person only so many are open.
func TestFeedsAreBounded(t *testing.T) {
	h := newHouse(t)
	h.agent("eve")
	h.agent("tom")
	var first *service.Feed
	open := 0
	for ; open < 100; open++ {
		f, err := h.Watch(h.ctx, h.by("eve"), 0)
		if err != nil {
			wantKind(t, err, desk.TooMany)
			break
		}
		t.Cleanup(f.Close)
		first = f
	}
	if open != 12 {
		t.Errorf("eve has %d feeds, want 12", open)
	}
	must(h.Watch(h.ctx, h.by("tom"), 0))(t).Close()
	first.Close()
	first.Close()
	must(h.Watch(h.ctx, h.by("eve"), 0))(t).Close()
}

// TestPresence: those who have a ticket open are named to the others who may
// see it, for a minute.
func TestPresence(t *testing.T) {
	h := newHouse(t)
	for _, login := range []string{"eve", "tom", "zoe"} {
		h.agent(login)
	}
	q := h.makeQueue(desk.Queue{Name: "support"})
	h.grant(h.names["eve"], "rw", desk.OnQueue(q))
	given := must(h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["tom"], Right: desk.ShowTicket, Place: desk.OnQueue(q)}))(t)
	id := h.open(service.NewTicket{Queue: q})
	who := func(login string) string {
		t.Helper()
		said := ""
		for _, p := range must(h.Attending(h.ctx, h.by(login), id))(t) {
			said += p.Text
			if p.Writes {
				said += " writes"
			}
		}
		return said
	}
	must(h.Attend(h.ctx, h.by("tom"), id, false))(t)
	if got := must(h.Attend(h.ctx, h.by("eve"), id, true))(t); len(got) != 1 || got[0].Text != "Tom" {
		t.Errorf("eve finds %+v", got)
	}
	if got := who("tom"); got != "Eve writes" {
		t.Errorf("tom sees %q", got)
	}
	_, err := h.Attend(h.ctx, h.by("zoe"), id, false)
	wantKind(t, err, desk.NotFound)
	_, err = h.Attending(h.ctx, h.by("zoe"), id)
	wantKind(t, err, desk.NotFound)
	h.ok(h.Revoke(h.ctx, h.sys, given))
	if got := who("eve"); got != "" {
		t.Errorf("eve sees %q who may not see the ticket any more", got)
	}
	must(h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["tom"], Right: desk.ShowTicket, Place: desk.OnQueue(q)}))(t)
	h.ok(h.Leave(h.ctx, h.by("eve"), id))
	if got := who("tom"); got != "" {
		t.Errorf("after eve left tom sees %q", got)
	}
	h.clock.at = h.clock.at.Add(2 * time.Minute)
	if got := who("eve"); got != "" {
		t.Errorf("after two minutes eve sees %q", got)
	}
}
