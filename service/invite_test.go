package service_test

import (
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// TestInvite: a manager brings people into his customer and no other, audited,
// and nobody who would bring another customer's tickets along.
func TestInvite(t *testing.T) {
	h := newSample(t)
	h.contact("max")
	h.join("acme", "max", desk.PartManager, true)
	h.contact("vera", "bolt")
	h.contact("free")
	acme, bolt := desk.CustomerID(h.names["acme"]), desk.CustomerID(h.names["bolt"])
	for _, tt := range []struct {
		why     string
		by      string
		to      desk.CustomerID
		address string
		want    desk.Kind
	}{
		{"somebody new", "max", acme, "New@acme.example", 0},
		{"him again", "max", acme, "new@acme.example", desk.Invalid},
		{"a contact of nobody", "max", acme, "free@case.example", 0},
		{"a contact of another customer", "max", acme, "vera@case.example", desk.Invalid},
		{"an agent", "max", acme, "bob@case.example", desk.Invalid},
		{"into another customer", "max", bolt, "x@acme.example", desk.NotFound},
		{"by a member", "ann", acme, "x@acme.example", desk.NotFound},
		{"no address", "max", acme, "x", desk.Invalid},
		{"a contact of another customer, by who runs the desk", "root", acme, "vera@case.example", 0},
	} {
		t.Run(tt.why, func(t *testing.T) {
			wantKind(t, h.Invite(h.ctx, h.by(tt.by), service.Invitation{Customer: tt.to, Address: tt.address, Part: desk.PartReader}), tt.want)
		})
	}
	u, _, err := h.Users(h.ctx, h.sys, service.UserFilter{Text: "new@acme.example"})
	h.ok(err)
	if len(u) != 1 || u[0].Kind != desk.Contact {
		t.Fatalf("got %+v", u)
	}
	if got := h.in("new@acme.example"); got != "acme/hand" {
		t.Errorf("he belongs to %q", got)
	}
	out, _, err := h.Outbox(h.ctx, h.sys, service.OutFilter{Limit: 50})
	h.ok(err)
	letters := 0
	for _, l := range out {
		if l.To == u[0].ID && strings.Contains(l.Body, "/sign-in") && !strings.Contains(l.Body, "token") {
			letters++
		}
	}
	if letters != 1 {
		t.Errorf("%d letters went to him, want one", letters)
	}
	log, _, err := h.AuditLog(h.ctx, h.sys, service.AuditFilter{Action: "member.invite", By: h.id("max")})
	h.ok(err)
	if len(log) != 2 || log[0].Object != "customer:acme" {
		t.Errorf("the audit log has %+v", log)
	}
}

// TestInvitingIsBounded: nobody sends letters to the world by it.
func TestInvitingIsBounded(t *testing.T) {
	h := newSample(t)
	h.contact("max")
	h.join("acme", "max", desk.PartManager, true)
	var last error
	for i := range 12 {
		last = h.Invite(h.ctx, h.by("max"), service.Invitation{Customer: desk.CustomerID(h.names["acme"]), Address: string(rune('a'+i)) + "@new.example"})
	}
	wantKind(t, last, desk.TooMany)
}
