package service_test

import (
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// merged merges the second ticket into the first, unless it is.
func (h *sample) merged() desk.TicketID {
	h.t.Helper()
	if must(h.Ticket(h.ctx, h.sys, h.second))(h.t).ID == h.second {
		h.ok(h.MergeTicket(h.ctx, h.sys, h.second, h.ticket))
	}
	return h.ticket
}

func saidOn(v *service.TicketView) []string {
	var list []string
	for _, m := range v.Messages {
		list = append(list, m.Text)
	}
	return list
}

// TestUnmerge: what one ticket brought goes back with it, and nothing else; who
// came by it alone sees the other one no longer.
func TestUnmerge(t *testing.T) {
	h := newSample(t)
	h.contact("carl", "bolt")
	for _, who := range []string{"ann", "carl"} {
		h.grant(h.names[who], "Requestor:ShowTicket", desk.OnSystem())
	}
	other := h.open(service.NewTicket{Queue: h.q, Text: "Of bolt", Requestors: []desk.PrincipalID{h.names["carl"]}, Files: []desk.Attachment{{Name: "b.txt", Data: []byte("b")}}})
	p := must(h.PreviewMerge(h.ctx, h.sys, other, h.ticket))(t)
	var gains []string
	for _, n := range p.Gains {
		gains = append(gains, n.Ref)
	}
	if p.Messages != 1 || !slices.Equal(gains, []string{"user:ann", "user:carl"}) {
		t.Errorf("the preview says %+v", p)
	}
	before := must(h.Ticket(h.ctx, h.sys, h.ticket))(t)
	h.ok(h.MergeTicket(h.ctx, h.sys, other, h.ticket))
	must(h.Write(h.ctx, h.sys, service.NewMessage{Ticket: h.ticket, Kind: desk.Reply, Text: "Since then"}))(t)
	if list := must(h.MergedTickets(h.ctx, h.sys, h.ticket))(t); len(list) != 1 || list[0].ID != other {
		t.Errorf("merged are %+v", list)
	}
	if v := must(h.Ticket(h.ctx, h.by("carl"), h.ticket))(t); v.ID != h.ticket {
		t.Errorf("carl sees %d", v.ID)
	}
	h.ok(h.Unmerge(h.ctx, h.sys, other))
	if got := saidOn(must(h.Ticket(h.ctx, h.sys, other))(t)); !slices.Equal(got, []string{"Of bolt"}) {
		t.Errorf("the one that was taken out says %q", got)
	}
	after := must(h.Ticket(h.ctx, h.sys, h.ticket))(t)
	if want := append(saidOn(before), "Since then"); !slices.Equal(saidOn(after), want) || !slices.Equal(after.Holders, before.Holders) {
		t.Errorf("the other one says %q to %v, want %q to %v", saidOn(after), after.Holders, want, before.Holders)
	}
	_, err := h.Ticket(h.ctx, h.by("carl"), h.ticket)
	wantKind(t, err, desk.NotFound)
	must(h.Ticket(h.ctx, h.by("carl"), other))(t)
	wantKind(t, h.Unmerge(h.ctx, h.sys, other), desk.Conflict)
	h.ok(h.MergeTicket(h.ctx, h.sys, other, h.ticket)) // and once more
	h.ok(h.Unmerge(h.ctx, h.sys, other))
}

// TestForward: a message goes on with its files to who is named, and the ticket
// keeps that it did.
func TestForward(t *testing.T) {
	h := newSample(t)
	for _, tt := range []struct {
		why string
		to  []string
	}{{"nobody", nil}, {"no address", []string{"somebody"}}, {"two headers", []string{"a@else.example\r\nBcc: b@else.example"}}} {
		_, err := h.ForwardMessage(h.ctx, h.sys, service.Forward{Message: h.message, To: tt.to})
		if desk.FieldTexts(err)["to"] == "" {
			t.Errorf("%s: got %v", tt.why, err)
		}
	}
	in := service.Forward{Message: h.message, To: []string{"maker@else.example"}, Text: "Can you look?", Form: "f-1"}
	id := must(h.ForwardMessage(h.ctx, h.sys, in))(t)
	if again := must(h.ForwardMessage(h.ctx, h.sys, in))(t); again != id {
		t.Errorf("the form sent twice made message %d, too", again)
	}
	m := must(h.Message(h.ctx, h.sys, id))(t)
	if m.Kind != desk.Comment || !strings.HasPrefix(m.Text, "Can you look?\n\n-") || len(m.Attachments) != 1 {
		t.Errorf("the ticket keeps %+v", m)
	}
	if a := must(h.Attachment(h.ctx, h.sys, m.Attachments[0].ID))(t); string(a.Data) != "a" {
		t.Errorf("the file is %q", a.Data)
	}
	h.agent("blind")
	h.grant(h.names["blind"], "ShowTicket ForwardMessage", desk.OnSystem())
	comment := must(h.Write(h.ctx, h.sys, service.NewMessage{Ticket: h.ticket, Kind: desk.Comment, Text: "Secret"}))(t)
	_, err := h.ForwardMessage(h.ctx, h.by("blind"), service.Forward{Message: comment, To: in.To})
	wantKind(t, err, desk.NotFound)
}

// TestSplit: a ticket that is made of a message brings its files, and each
// leads to the other.
func TestSplit(t *testing.T) {
	h := newSample(t)
	h.agent("opener")
	h.grant(h.names["opener"], "SeeQueue CreateTicket", desk.OnSystem())
	in := service.NewTicket{Queue: h.q, Subject: "Apart", Text: "This too", Split: h.message}
	_, err := h.OpenTicket(h.ctx, h.by("opener"), in)
	wantKind(t, err, desk.NotFound)
	id := must(h.OpenTicket(h.ctx, h.sys, in))(t)
	v := must(h.Ticket(h.ctx, h.sys, id))(t)
	if len(v.Messages[0].Attachments) != 1 || len(v.Links) != 1 || v.Links[0].To != h.ticket {
		t.Errorf("got files %v and links %v", v.Messages[0].Attachments, v.Links)
	}
}
