package service_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// newOffice is a desk with the agents ann, ben, who may not read comments, and
// cy, who sees nothing, and the contact rosa, who asks for lamps.
func newOffice(t testing.TB) (*house, desk.TicketID) {
	h := newHouse(t)
	for _, login := range []string{"ann", "ben", "cy"} {
		h.agent(login)
	}
	h.customer(desk.Customer{Key: "rose"})
	h.contact("rosa", "rose")
	q := h.makeQueue(desk.Queue{Name: "support"})
	h.grant(h.names["ann"], "rw", desk.OnQueue(q))
	for _, right := range []string{"ShowTicket", "ReplyToTicket", "OwnTicket", "Watch", "SeeQueue"} {
		h.grant(h.names["ben"], right, desk.OnQueue(q))
	}
	h.grant(h.names["rosa"], "ro", desk.OnQueue(q))
	h.grant(h.names["rosa"], "rw", desk.OnQueue(q))
	return h, h.open(service.NewTicket{Queue: q, Subject: "Lamps", Requestors: []desk.PrincipalID{h.names["rosa"]}})
}

// told says what somebody is told in the pages: what he has not read.
func (h *house) told(login string) string {
	h.t.Helper()
	var words []string
	list := must(h.Notices(h.ctx, h.by(login), true))(h.t)
	for _, n := range list {
		word := string(n.Kind)
		if n.Who.Text != "" {
			word += " by " + n.Who.Text
		}
		if n.Times > 1 {
			word += fmt.Sprint(" ", n.Times)
		}
		words = append(words, strings.TrimSpace(word+" "+n.Rule+n.Note))
	}
	if n := must(h.UnreadNotices(h.ctx, h.by(login)))(h.t); n != len(list) {
		h.t.Errorf("%s has %d, and %d are counted", login, len(list), n)
	}
	slices.Reverse(words)
	return strings.Join(words, ", ")
}

func (h *house) wantTold(why string, want map[string]string) {
	h.t.Helper()
	for login, want := range want {
		if got := h.told(login); got != want {
			h.t.Errorf("%s: %s is told %q, want %q", why, login, got, want)
		}
	}
}

// TestNotices: whoever stands on a ticket himself is told of what concerns him,
// and of nothing that he did himself or may not see.
func TestNotices(t *testing.T) {
	h, id := newOffice(t)
	write := func(login string, kind desk.MessageKind, text string) {
		t.Helper()
		h.clock.at = h.clock.at.Add(time.Minute)
		must(h.Write(h.ctx, h.by(login), service.NewMessage{Ticket: id, Kind: kind, Text: text}))(t)
	}
	h.wantTold("of tickets on which one does not stand, nothing", map[string]string{"ann": "", "ben": ""})
	h.ok(h.SetOwner(h.ctx, h.by("ann"), id, service.Give, h.id("ben")))
	h.ok(h.AddWatcher(h.ctx, h.by("ann"), id, desk.AdminCc, h.names["ann"]))
	h.wantTold("given a ticket", map[string]string{"ben": "owner by Ann", "ann": ""})
	write("rosa", desk.Reply, "Where are they? cc @ann")
	write("rosa", desk.Reply, "Hello?")
	h.wantTold("a customer wrote twice, and names nobody", map[string]string{"ben": "owner by Ann, reply by Rosa 2", "ann": "reply by Rosa 2", "rosa": ""})
	write("ann", desk.Comment, "She is in a hurry. @ben @cy @nobody")
	h.wantTold("a comment is for those who may read it", map[string]string{"ben": "owner by Ann, reply by Rosa 2", "ann": "reply by Rosa 2", "cy": ""})
	write("ann", desk.Reply, "They come (@ben knows when).\n> wrote @cy")
	h.wantTold("named in a reply", map[string]string{"ben": "owner by Ann, reply by Rosa 2, mention by Ann", "cy": ""})
	shown := must(h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["ben"], Right: desk.ShowTicketComments, Place: desk.OnSystem()}))(t)
	write("ann", desk.Comment, "And @Ben, be quick.")
	h.wantTold("named in a comment", map[string]string{"ben": "owner by Ann, reply by Rosa 2, mention by Ann, mention by Ann"})
	h.ok(h.Revoke(h.ctx, h.sys, shown))
	h.wantTold("rights are asked when it is shown", map[string]string{"ben": "owner by Ann, reply by Rosa 2, mention by Ann"})
	before := must(h.ReadTicket(h.ctx, h.by("ben"), id))(t)
	h.wantTold("who reads the ticket has read what he was told of it", map[string]string{"ben": ""})
	if again := must(h.ReadTicket(h.ctx, h.by("ben"), id))(t); before != 0 || again == 0 {
		t.Errorf("he had read up to %d, and then up to %d", before, again)
	}
	h.ok(h.SetStatus(h.ctx, h.sys, id, desk.StatusDeleted, 0))
	h.wantTold("of what is gone nobody is told", map[string]string{"ann": ""})
}

// TestNoticesAreRead: one by one and all, by their owner alone, and are forgotten.
func TestNoticesAreRead(t *testing.T) {
	h, id := newOffice(t)
	h.ok(h.SetOwner(h.ctx, h.sys, id, service.Give, h.id("ben")))
	must(h.Write(h.ctx, h.by("rosa"), service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "Well?"}))(t)
	list := must(h.Notices(h.ctx, h.by("ben"), false))(t)
	if len(list) != 2 || list[0].Subject != "Lamps" || list[0].Who.Text != "Rosa" || list[1].Who.Text != "" {
		t.Fatalf("ben is told %+v", list)
	}
	wantKind(t, h.SetNotice(h.ctx, h.by("ann"), list[0].ID, true), desk.NotFound)
	h.ok(h.SetNotice(h.ctx, h.by("ben"), list[0].ID, true))
	h.wantTold("one is read", map[string]string{"ben": "owner"})
	h.ok(h.SetNotice(h.ctx, h.by("ben"), list[0].ID, false))
	h.wantTold("and is not", map[string]string{"ben": "owner, reply by Rosa"})
	if n := must(h.ReadNotices(h.ctx, h.by("ben")))(t); n != 2 {
		t.Errorf("%d were read", n)
	}
	if list := must(h.Notices(h.ctx, h.by("ben"), false))(t); len(list) != 2 || list[1].Read.IsZero() {
		t.Errorf("read, they are %+v", list)
	}
	if list := must(h.Notices(h.ctx, h.by("rosa"), false))(t); len(list) != 0 {
		t.Errorf("a customer is told %+v", list)
	}
	h.clock.at = h.clock.at.Add(91 * 24 * time.Hour)
	h.ok(h.ForgetNotices(h.ctx, h.sys))
	wantKind(t, h.ForgetNotices(h.ctx, h.by("ben")), desk.Forbidden)
	if list := must(h.Notices(h.ctx, h.by("ben"), false))(t); len(list) != 0 {
		t.Errorf("after three months he is told %+v", list)
	}
}

// TestNoticesOfReminders: a reminder that came due tells by the pages too.
func TestNoticesOfReminders(t *testing.T) {
	h, id := newOffice(t)
	must(h.SaveReminder(h.ctx, h.by("ben"), service.NewReminder{Ticket: id, Note: "Call", Due: h.Now().Add(time.Hour)}))(t)
	h.clock.at = h.clock.at.Add(2 * time.Hour)
	h.remindJobs()
	h.wantTold("a reminder", map[string]string{"ben": "reminder Call", "ann": ""})
}

// TestUnread: a list says what is new to its reader since he read it, comments to
// those who may read them; and he can say otherwise.
func TestUnread(t *testing.T) {
	h, id := newOffice(t)
	unread := func(login string) bool {
		t.Helper()
		page := must(h.Tickets(h.ctx, h.by(login), service.TicketFilter{Unread: true}))(t)
		sorted, _, err := h.SortedTickets(h.ctx, h.by(login), service.TicketFilter{Unread: true}, service.Sort{By: "subject"})
		h.ok(err)
		if len(page.Lines) != 1 || sorted.Lines[0].Unread != page.Lines[0].Unread {
			t.Fatalf("%s sees %+v", login, page.Lines)
		}
		return page.Lines[0].Unread
	}
	want := func(why string, ann, ben bool) {
		t.Helper()
		if a, b := unread("ann"), unread("ben"); a != ann || b != ben {
			t.Errorf("%s: ann %t, ben %t", why, a, b)
		}
	}
	want("a new ticket", true, true)
	must(h.ReadTicket(h.ctx, h.by("ann"), id))(t)
	must(h.ReadTicket(h.ctx, h.by("ben"), id))(t)
	want("read", false, false)
	h.clock.at = h.clock.at.Add(time.Minute)
	must(h.Write(h.ctx, h.sys, service.NewMessage{Ticket: id, Kind: desk.Comment, Text: "Hm."}))(t)
	want("a comment", true, false)
	must(h.Write(h.ctx, h.by("ben"), service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "Soon."}))(t)
	want("his own reply", true, false)
	if n := must(h.MarkTickets(h.ctx, h.by("ann"), []desk.TicketID{id, 99}, false))(t); n != 1 {
		t.Errorf("%d are marked as read", n)
	}
	must(h.MarkTickets(h.ctx, h.by("ben"), []desk.TicketID{id}, true))(t)
	want("as they said", false, true)
	must(h.ReadTicket(h.ctx, h.by("ben"), id))(t)
	want("read again", false, false)
	wantKind(t, func() error { _, err := h.ReadTicket(h.ctx, h.by("cy"), id); return err }(), desk.NotFound)
	_, err := h.MarkTickets(h.ctx, h.by("ann"), make([]desk.TicketID, 501), true)
	wantKind(t, err, desk.Invalid)
	must(h.Write(h.ctx, h.sys, service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "Sent."}))(t)
	want("a reply", true, true)
	h.clock.at = h.clock.at.Add(91 * 24 * time.Hour)
	want("long ago", false, false)
	h.agent("dot")
	h.grant(h.names["dot"], "ShowTicket", desk.OnSystem())
	if unread("dot") {
		t.Error("what was written before she came is new to dot")
	}
}

// TestNoticesOfAMergedTicket: what one was told of a ticket is about the one that
// took it in, and is read with that; of one that may not be seen nothing is left.
func TestNoticesOfAMergedTicket(t *testing.T) {
	h, id := newOffice(t)
	vault := h.makeQueue(desk.Queue{Name: "vault"})
	into := h.open(service.NewTicket{Queue: h.queue["support"], Subject: "Bulbs", Requestors: []desk.PrincipalID{h.names["rosa"]}})
	h.ok(h.SetOwner(h.ctx, h.by("ann"), id, service.Give, h.id("ben")))
	h.ok(h.MergeTicket(h.ctx, h.sys, id, into))
	list := must(h.Notices(h.ctx, h.by("ben"), true))(t)
	if len(list) != 1 || list[0].Notice.Ticket != into || list[0].Subject != "Bulbs" {
		t.Errorf("of the ticket that was merged ben is told %+v", list)
	}
	h.ok(h.MoveTicket(h.ctx, h.sys, into, vault))
	h.wantTold("of what he may not see", map[string]string{"ben": ""})
	h.ok(h.MoveTicket(h.ctx, h.sys, into, h.queue["support"]))
	h.wantTold("back again", map[string]string{"ben": "owner by Ann"})
	must(h.ReadTicket(h.ctx, h.by("ben"), into))(t)
	h.wantTold("read", map[string]string{"ben": ""})
}

// TestNoticesBehindWhatIsHidden: whoever may not see what he was told of latest is
// told all the rest, and it is counted, however much it is.
func TestNoticesBehindWhatIsHidden(t *testing.T) {
	h, id := newOffice(t)
	vault := h.makeQueue(desk.Queue{Name: "vault"})
	h.ok(h.SetOwner(h.ctx, h.by("ann"), id, service.Give, h.id("ben")))
	var hidden []desk.TicketID
	for i := range 130 {
		h.clock.at = h.clock.at.Add(time.Minute)
		one := h.open(service.NewTicket{Queue: h.queue["support"], Subject: fmt.Sprint("Lamp ", i), Requestors: []desk.PrincipalID{h.names["rosa"]}})
		h.ok(h.SetOwner(h.ctx, h.by("ann"), one, service.Give, h.id("ben")))
		hidden = append(hidden, one)
	}
	if n := must(h.UnreadNotices(h.ctx, h.by("ben")))(t); n != 100 {
		t.Errorf("of 131 %d are counted, want 100", n)
	}
	for _, one := range hidden {
		h.ok(h.MoveTicket(h.ctx, h.sys, one, vault))
	}
	h.wantTold("behind 130 that he may not see", map[string]string{"ben": "owner by Ann"})
	for _, one := range hidden[:3] {
		h.ok(h.MoveTicket(h.ctx, h.sys, one, h.queue["support"]))
	}
	h.wantTold("three of them again", map[string]string{"ben": "owner by Ann, owner by Ann, owner by Ann, owner by Ann"})
}
