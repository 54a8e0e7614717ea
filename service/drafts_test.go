package service_test

import (
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// TestDrafts: what one has begun is kept for oneself, per ticket and kind, goes
// when it is sent, and is out of sight with its ticket.
func TestDrafts(t *testing.T) {
	h := newSample(t)
	h.agent("eve")
	given := must(h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["eve"], Right: desk.ShowTicket, Place: desk.OnSystem()}))(t)
	wantKind(t, h.SaveDraft(h.ctx, h.by("eve"), desk.Draft{Ticket: h.ticket, Kind: desk.Reply, Text: "Hm"}), desk.Forbidden)
	h.grant(h.names["eve"], "ReplyToTicket CommentOnTicket", desk.OnSystem())
	save := func(kind desk.MessageKind, text string) {
		t.Helper()
		h.ok(h.SaveDraft(h.ctx, h.by("eve"), desk.Draft{Ticket: h.ticket, Kind: kind, Text: text, Also: "a@else.example"}))
	}
	save(desk.Reply, "It")
	save(desk.Reply, "It is on")
	save(desk.Comment, "Is it?")
	list := func(login string) string {
		t.Helper()
		var words []string
		for _, d := range must(h.Drafts(h.ctx, h.by(login), 0))(t) {
			words = append(words, d.Kind.String()+": "+d.Text)
		}
		return strings.Join(words, "; ")
	}
	if got := list("eve"); got != "comment: Is it?; reply: It is on" {
		t.Errorf("eve has %q", got)
	}
	if got := list("root"); got != "" {
		t.Errorf("root has %q", got)
	}
	must(h.Write(h.ctx, h.by("eve"), service.NewMessage{Ticket: h.ticket, Kind: desk.Reply, Text: "It is on."}))(t)
	if got := list("eve"); got != "comment: Is it?" {
		t.Errorf("after sending, eve has %q", got)
	}
	h.ok(h.Revoke(h.ctx, h.sys, given))
	if got := list("eve"); got != "" {
		t.Errorf("eve sees %q of a ticket that she may not see", got)
	}
	must(h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["eve"], Right: desk.ShowTicket, Place: desk.OnSystem()}))(t)
	save(desk.Comment, " \n")
	if got := list("eve"); got != "" {
		t.Errorf("an empty draft is kept: %q", got)
	}
	wantKind(t, h.SaveDraft(h.ctx, h.by("eve"), desk.Draft{Ticket: h.ticket, Kind: desk.Reply, Text: strings.Repeat("x", service.MaxText+1)}), desk.TooLarge)
}
