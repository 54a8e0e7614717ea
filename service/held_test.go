package service_test

import (
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// sendDue writes the held replies that are due.
func (h *house) sendDue() {
	h.t.Helper()
	for job := must(h.ClaimJob(h.ctx, h.sys, service.JobHeld))(h.t); job != nil; job = must(h.ClaimJob(h.ctx, h.sys, service.JobHeld))(h.t) {
		h.ok(h.SendDueReply(h.ctx, h.sys, *job))
		h.ok(h.SendDueReply(h.ctx, h.sys, *job)) // as after a crash
	}
}

// TestHeldReplies: a held reply asks what writing asks, before and when it is
// written; it is its writer's own, and is written once.
func TestHeldReplies(t *testing.T) {
	h := newHouse(t)
	h.agent("eve")
	h.agent("ray")
	q := h.makeQueue(desk.Queue{Name: "support"})
	h.grant(h.names["eve"], "ShowTicket", desk.OnQueue(q))
	given := must(h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["eve"], Right: desk.ReplyToTicket, Place: desk.OnQueue(q)}))(t)
	h.grant(h.names["ray"], "ShowTicket", desk.OnQueue(q))
	id := h.open(service.NewTicket{Queue: q})
	messages := func() int { return len(must(h.Ticket(h.ctx, h.sys, id))(t).Messages) - 1 }
	hold := func(login, text, form string) (desk.HeldID, error) {
		return h.Hold(h.ctx, h.by(login), service.NewMessage{Ticket: id, Text: text, Form: form, Files: []desk.Attachment{{Name: "a.txt", Data: []byte(strings.Repeat("a", 70_000))}}})
	}
	_, err := hold("ray", "No", "")
	wantKind(t, err, desk.Forbidden)
	_, err = h.Hold(h.ctx, h.by("eve"), service.NewMessage{Ticket: id, Text: " "})
	wantKind(t, err, desk.Invalid)
	_, err = h.Hold(h.ctx, h.by("eve"), service.NewMessage{Ticket: id, Text: "x", Status: "lost"})
	wantKind(t, err, desk.Forbidden)

	first := must(hold("eve", "One", "f"))(t)
	if again := must(hold("eve", "One", "f"))(t); again != first {
		t.Errorf("the form sent twice is held as %d and %d", first, again)
	}
	h.ok(h.SaveDraft(h.ctx, h.by("eve"), desk.Draft{Ticket: id, Kind: desk.Reply, Text: "Two"}))
	_, err = h.TakeBackReply(h.ctx, h.by("ray"), first)
	wantKind(t, err, desk.NotFound)
	must(h.TakeBackReply(h.ctx, h.by("eve"), first))(t)
	if d := must(h.Drafts(h.ctx, h.by("eve"), id))(t); len(d) != 1 || d[0].Text != "One\n\nTwo" {
		t.Errorf("taking back leaves the drafts %+v", d)
	}
	h.clock.at = h.clock.at.Add(time.Minute)
	h.sendDue()
	if messages() != 0 {
		t.Errorf("a reply that was taken back was written")
	}
	must(hold("eve", "Three", ""))(t)
	h.clock.at = h.clock.at.Add(time.Minute)
	h.sendDue()
	if messages() != 1 || len(must(h.HeldReplies(h.ctx, h.by("eve"), 0))(t)) != 0 {
		t.Errorf("there are %d messages after one was due", messages())
	}

	must(hold("eve", "Four", ""))(t)
	h.ok(h.Revoke(h.ctx, h.sys, given))
	h.clock.at = h.clock.at.Add(time.Minute)
	h.sendDue()
	list := must(h.HeldReplies(h.ctx, h.by("eve"), id))(t)
	if messages() != 1 || len(list) != 1 || !strings.Contains(list[0].Refused, "not do this") {
		t.Errorf("after the right was revoked there are %d messages, held are %+v", messages(), list)
	}
	if got := must(h.HeldReplies(h.ctx, h.by("ray"), id))(t); len(got) != 0 {
		t.Errorf("ray sees %+v", got)
	}
	must(h.TakeBackReply(h.ctx, h.by("eve"), list[0].ID))(t)
}

// TestTwoHeldReplies: who sends a reply while a colleague's is held, is told so;
// when that one was written or taken back he can send his.
func TestTwoHeldReplies(t *testing.T) {
	h := newHouse(t)
	h.agent("eve")
	h.agent("ray")
	h.contact("mia")
	q := h.makeQueue(desk.Queue{Name: "support"})
	h.grant(desk.Agents, "ShowTicket ReplyToTicket", desk.OnQueue(q))
	h.grant(desk.Everyone, "Requestor: ShowTicket ReplyToTicket", desk.OnQueue(q))
	id := h.open(service.NewTicket{Queue: q, Requestors: []desk.PrincipalID{h.names["mia"]}})
	newest := func() desk.MessageID {
		list := must(h.Ticket(h.ctx, h.sys, id))(t).Messages
		return list[len(list)-1].ID
	}
	seen := newest()
	hold := func(login string, seen desk.MessageID) (desk.HeldID, error) {
		return h.Hold(h.ctx, h.by(login), service.NewMessage{Ticket: id, Text: login + " answers", LastSeen: seen})
	}
	first := must(hold("eve", seen))(t)
	_, err := hold("ray", seen)
	wantKind(t, err, desk.Conflict)
	if !strings.Contains(desk.Sentence(err), "Eve ") {
		t.Errorf("it is not said who answers: %v", err)
	}
	must(hold("eve", seen))(t) // her own do not hinder her
	_, err = h.Write(h.ctx, h.by("ray"), service.NewMessage{Ticket: id, Kind: desk.Comment, Text: "A word", LastSeen: seen})
	if desk.KindOf(err) == desk.Conflict {
		t.Errorf("a comment is hindered: %v", err)
	}
	must(h.Write(h.ctx, h.by("mia"), service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "More", LastSeen: newest()}))(t)
	for _, held := range must(h.HeldReplies(h.ctx, h.by("eve"), id))(t) {
		must(h.TakeBackReply(h.ctx, h.by("eve"), held.ID))(t)
	}
	if first == 0 {
		t.Error("nothing was held")
	}
	must(hold("ray", newest()))(t)
}
