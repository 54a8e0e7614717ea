package service_test

import (
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// TestMergeUsers: who stays has what both had; who goes is disabled, and
// neither his login nor his addresses lead to anybody new.
func TestMergeUsers(t *testing.T) {
	h, acme := asksFirst(t)
	h.contact("kim")
	h.join("acme", "kim", desk.PartReader, true)
	h.contact("kim2")
	h.join("acme", "kim2", desk.PartMember, false)
	h.join("bolt", "kim2", desk.PartContact, true)
	id := h.open(service.NewTicket{Queue: h.queue["support"], Requestors: []desk.PrincipalID{h.names["kim2"]}})
	must(h.MergeUsers(h.ctx, h.sys, service.UserMerge{From: h.id("kim2"), Into: h.id("kim")}))(t)
	parts := map[desk.PrincipalID]string{}
	for _, m := range must(h.GroupsOf(h.ctx, h.sys, h.id("kim")))(t) {
		parts[m.Group] = m.Part.String()
		if m.Primary != (m.Group == desk.PrincipalID(acme)) {
			t.Errorf("the primary customer is %v", m.Name)
		}
	}
	if parts[desk.PrincipalID(acme)] != "member" || parts[h.names["bolt"]] != "contact" {
		t.Errorf("kim has the parts %v", parts)
	}
	if _, err := h.Ticket(h.ctx, h.by("kim"), id); err != nil {
		t.Errorf("kim does not see the ticket of kim2: %v", err)
	}
	gone := must(h.User(h.ctx, h.sys, h.id("kim2")))(t)
	if !gone.Disabled || len(gone.Addresses) != 0 || len(must(h.GroupsOf(h.ctx, h.sys, gone.ID))(t)) != 0 {
		t.Errorf("kim2 is left as %+v", gone)
	}
	for _, u := range []desk.User{{Login: "kim2", Kind: desk.Contact}, {Login: "x", Kind: desk.Contact, Addresses: []string{"kim2@case.example"}}} {
		if _, err := h.CreateUser(h.ctx, h.sys, u); desk.KindOf(err) != desk.Conflict && desk.KindOf(err) != desk.Invalid {
			t.Errorf("making %+v: %v", u, err)
		}
	}
	h.writes("kim2@case.example")
	page := must(h.Tickets(h.ctx, h.sys, service.TicketFilter{Reporter: h.id("kim")}))(t)
	if len(page.Lines) != 1+1 { // the letter beside what h.open made
		t.Errorf("a letter of kim2 is not kim's: %d tickets", len(page.Lines))
	}
}

// TestWhoMayMerge: the refusals, each with what its sentence says.
func TestWhoMayMerge(t *testing.T) {
	h, _ := asksFirst(t)
	h.agent("uma")
	h.agent("root")
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	h.grant(h.names["uma"], "AdminUsers", desk.OnSystem())
	h.contact("vera", "bolt")
	h.contact("lone")
	h.contact("other")
	h.agent("dave")
	h.grant(h.names["dave"], "OwnTicket", desk.OnQueue(h.queue["support"]))
	h.agent("eve")
	for _, tt := range []struct{ why, by, from, into, says string }{
		{"a contact may not", "ann", "lone", "other", "AdminUsers"},
		{"one is not two", "uma", "lone", "lone", "one user already"},
		{"kinds differ", "uma", "lone", "eve", "agent and a contact"},
		{"a superuser is not taken over", "uma", "root", "eve", "superuser"},
		{"his customer's people are not hers to choose", "uma", "vera", "lone", "no such user, group or customer"},
		{"nobody merges himself away", "uma", "uma", "eve", "yourself"},
	} {
		_, err := h.MergeUsers(h.ctx, h.by(tt.by), service.UserMerge{From: h.id(tt.from), Into: h.id(tt.into), Previewed: true})
		if err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: got %v, want a refusal with %q", tt.why, err, tt.says)
		}
	}
	must(h.MergeUsers(h.ctx, h.by("uma"), service.UserMerge{From: h.id("dave"), Into: h.id("eve")}))(t)
	if h.may("eve", desk.OwnTicket, "queue:support") {
		t.Error("a grant went with dave that uma could not give")
	}
	must(h.MergeUsers(h.ctx, h.by("uma"), service.UserMerge{From: h.id("lone"), Into: h.id("other")}))(t)
}

// TestMergeGainsNothingUnseen: without the effect seen, nobody gets tickets or
// rights by it.
func TestMergeGainsNothingUnseen(t *testing.T) {
	h, _ := asksFirst(t)
	h.agent("root")
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	h.contact("lone")
	in := service.UserMerge{From: h.id("ann"), Into: h.id("lone")}
	if _, err := h.MergeUsers(h.ctx, h.by("root"), in); desk.KindOf(err) != desk.Conflict {
		t.Errorf("lone gets the tickets of acme: %v", err)
	}
	in.Previewed = true
	must(h.MergeUsers(h.ctx, h.by("root"), in))(t)
}
