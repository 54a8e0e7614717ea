package service_test

import (
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// replies are the names of the reply templates that somebody may use, on a ticket or
// with zero anywhere; a star says that he may change it.
func (h *house) replies(login string, on desk.TicketID) string {
	h.t.Helper()
	list, err := h.ReplyTemplates(h.ctx, h.by(login), on)
	if err != nil {
		return desk.Sentence(err)
	}
	var names []string
	for _, t := range list {
		if t.May {
			t.Name += "*"
		}
		names = append(names, t.Name)
	}
	return strings.Join(names, " ")
}

// TestReplyTemplatesAreSeenByRight: one's own are one's own; those of a group
// are for its members, those of a queue and of the desk for who writes there;
// who changes them is another question.
func TestReplyTemplatesAreSeenByRight(t *testing.T) {
	h := newSample(t) // bob is a member of team, spare is not
	team, other := desk.GroupID(h.names["team"]), h.makeQueue(desk.Queue{Name: "third"})
	save := func(by desk.Actor, in desk.ReplyTemplate) (desk.ReplyTemplateID, error) {
		in.Text = "Hello"
		return h.SaveReplyTemplate(h.ctx, by, in)
	}
	own := must(save(h.by("bob"), desk.ReplyTemplate{Owner: h.id("bob"), Name: "own"}))(t)
	must(save(h.sys, desk.ReplyTemplate{Group: team, Name: "team"}))(t)
	ofQueue := must(save(h.sys, desk.ReplyTemplate{Queue: h.q, Name: "support"}))(t)
	must(save(h.sys, desk.ReplyTemplate{Queue: other, Name: "elsewhere"}))(t)
	must(save(h.sys, desk.ReplyTemplate{Name: "desk"}))(t)
	nowhere := "There is no ticket 1."
	for _, tt := range []struct {
		why                  string
		grant                func()
		bob, bobThere, spare string
	}{
		{"without rights one has one's own and one's groups'", func() {}, "own* team", nowhere, ""},
		{"who writes in the queue has those of it", func() { h.grant(h.names["spare"], "SeeQueue ShowTicket ReplyToTicket", desk.OnQueue(h.q)) }, "own* team", nowhere, "support"},
		{"who only comments has them too", func() { h.grant(h.names["bob"], "ShowTicket CommentOnTicket", desk.OnQueue(h.q)) }, "own* support team", "desk own* support team", "support"},
		{"AdminGroup lets change those of the group", func() { h.grant(h.names["bob"], "AdminGroup", desk.OnGroup(team)) }, "own* support team*", "desk own* support team*", "support"},
		{"ModifyTemplate those of the queue", func() { h.grant(h.names["bob"], "ModifyTemplate", desk.OnQueue(h.q)) }, "own* support* team*", "desk own* support* team*", "support"},
		{"on the desk, all but of foreign groups", func() { h.grant(h.names["spare"], "ModifyTemplate", desk.OnSystem()) }, "own* support* team*", "desk own* support* team*", "desk* elsewhere* support*"},
	} {
		tt.grant()
		for _, got := range []struct{ who, list, want string }{
			{"bob", h.replies("bob", 0), tt.bob}, {"bob on the ticket", h.replies("bob", h.ticket), tt.bobThere}, {"spare", h.replies("spare", 0), tt.spare}, {"ann, a contact", h.replies("ann", 0), ""},
		} {
			if got.list != got.want {
				t.Errorf("%s: %s has %q, want %q", tt.why, got.who, got.list, got.want)
			}
		}
	}
	for why, tt := range map[string]struct {
		err  error
		want desk.Kind
	}{
		"another's own is not there":          {h.RemoveReplyTemplate(h.ctx, h.by("spare"), own, false), desk.NotFound},
		"not even for who may everything":     {h.RemoveReplyTemplate(h.ctx, h.by("root"), own, false), desk.NotFound},
		"a contact sees none of a queue":      {h.RemoveReplyTemplate(h.ctx, h.by("ann"), ofQueue, false), desk.NotFound},
		"nor makes one of his own":            {second(save(h.by("ann"), desk.ReplyTemplate{Owner: h.id("ann"), Name: "x"})), desk.Forbidden},
		"none is made in another's name":      {second(save(h.by("bob"), desk.ReplyTemplate{Owner: h.id("spare"), Name: "x"})), desk.Forbidden},
		"nor in a queue that is out of sight": {second(save(h.by("bob"), desk.ReplyTemplate{Queue: other, Name: "x"})), desk.NotFound},
		"nor in a group that is not one's":    {second(save(h.by("spare"), desk.ReplyTemplate{Group: team, Name: "x"})), desk.Forbidden},
		"nor for the desk":                    {second(save(h.by("bob"), desk.ReplyTemplate{Name: "x"})), desk.Forbidden},
	} {
		if got := desk.KindOf(tt.err); got != tt.want {
			t.Errorf("%s: got %d (%v), want %d", why, got, tt.err, tt.want)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// TestReplyTemplatesComeBack: what was taken away is not offered, is had back,
// and what others use is written down.
func TestReplyTemplatesComeBack(t *testing.T) {
	h := newSample(t)
	h.grant(h.names["bob"], "SeeQueue ShowTicket ReplyToTicket ModifyTemplate", desk.OnQueue(h.q))
	id := must(h.SaveReplyTemplate(h.ctx, h.by("bob"), desk.ReplyTemplate{Queue: h.q, Name: "Sorry", Language: "DE-at", Text: "Leider\r\nnein \n"}))(t)
	line := must(h.ReplyTemplate(h.ctx, h.by("bob"), id))(t)
	if line.Language != "de" || line.Text != "Leider\nnein" || line.Of != "support" || !line.May {
		t.Errorf("it is kept as %+v", line)
	}
	h.ok(h.RemoveReplyTemplate(h.ctx, h.by("bob"), id, false))
	if got := h.replies("bob", h.ticket); got != "" {
		t.Errorf("after it was taken away there are %q", got)
	}
	wantKind(t, second(h.FillReply(h.ctx, h.by("bob"), service.ReplyFill{Ticket: h.ticket, Template: id})), desk.NotFound)
	h.ok(h.RemoveReplyTemplate(h.ctx, h.by("bob"), id, true))
	if got := h.replies("bob", h.ticket); got != "Sorry*" {
		t.Errorf("after it came back there are %q", got)
	}
	must(h.SaveReplyTemplate(h.ctx, h.by("bob"), desk.ReplyTemplate{ID: id, Name: "Sorry", Text: "No"}))(t)
	log, _, err := h.AuditLog(h.ctx, h.sys, service.AuditFilter{})
	h.ok(err)
	n := 0
	for _, e := range log {
		if e.Action == "mail.reply" && e.Object == "queue:support" {
			n++
		}
	}
	if n != 4 {
		t.Errorf("the log has %d lines of it, want 4", n)
	}
	for why, bad := range map[string]desk.ReplyTemplate{"no name": {Name: " ", Text: "x"}, "no text": {Name: "x", Text: " \n"}, "no language": {Name: "x", Text: "x", Language: "german"},
		"a field that there is not": {Name: "x", Text: "{{contact.nam}}"}, "a field of letters": {Name: "x", Text: "{{message.text}}"}} {
		bad.Queue = h.q
		if _, err := h.SaveReplyTemplate(h.ctx, h.by("bob"), bad); desk.KindOf(err) != desk.Invalid {
			t.Errorf("%s: got %v", why, err)
		}
	}
}

// TestFillReply: what a template makes of a ticket, as far as its reader may see
// it.
func TestFillReply(t *testing.T) {
	h := newSample(t)
	h.grant(h.names["bob"], "ShowTicket ReplyToTicket", desk.OnQueue(h.q))
	due := service.TicketChange{Ticket: h.ticket}
	due.Due = ptr(time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC))
	h.ok(h.ChangeTicket(h.ctx, h.sys, due))
	fill := func(login, text string) string {
		t.Helper()
		got, err := h.FillReply(h.ctx, h.by(login), service.ReplyFill{Ticket: h.ticket, Text: text})
		if err != nil {
			return desk.Sentence(err)
		}
		return got
	}
	for text, want := range map[string]string{
		"Hello {{contact.name}},\n\nabout {{ticket.id}} {{ticket.subject | upper}}": "Hello Ann,\n\nabout #1 THE PRINTER BURNS",
		"{{me.name}} of {{desk.name}}, {{ticket.due}}":                              "Bob of Desk, 2026-04-01",
		"{{ticket.url}}":                    "http://desk.example/portal/tickets/1",
		"In {{ticket.queue}}\nx":            "x", // he may not see the queue
		"{{ticket.queue | default \"us\"}}": "us",
		"{{nothing}}":                       "line 1",
	} {
		if got := fill("bob", text); got != want && !(want == "line 1" && strings.Contains(got, "there is no field nothing")) {
			t.Errorf("%q makes %q, want %q", text, got, want)
		}
	}
	h.grant(h.names["bob"], "SeeQueue", desk.OnQueue(h.q))
	if got := fill("bob", "{{ticket.queue}}"); got != "support" {
		t.Errorf("who sees the queue gets %q", got)
	}
	if got := fill("spare", "{{ticket.subject}}"); got != "There is no ticket 1." {
		t.Errorf("who does not see the ticket gets %q", got)
	}
	if got := fill("ann", "{{ticket.subject}}"); strings.Contains(got, "printer") {
		t.Errorf("a contact gets %q", got)
	}
	de := must(h.SaveReplyTemplate(h.ctx, h.by("bob"), desk.ReplyTemplate{Owner: h.id("bob"), Name: "A", Language: "de", Text: "Hallo"}))(t)
	must(h.SaveReplyTemplate(h.ctx, h.by("bob"), desk.ReplyTemplate{Owner: h.id("bob"), Name: "B", Language: "en", Text: "Hello"}))(t)
	if got := h.replies("bob", h.ticket); got != "B* A*" {
		t.Errorf("for an English contact the order is %q", got)
	}
	if got := must(h.FillReply(h.ctx, h.by("bob"), service.ReplyFill{Ticket: h.ticket, Template: de}))(t); got != "Hallo" {
		t.Errorf("by its number it makes %q", got)
	}
}
