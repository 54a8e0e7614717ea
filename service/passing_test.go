package service_test

import (
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// TestPassing: what one passes on and gets is seen by both, live, and by who
// sees grants; nobody else is told that there is anything.
func TestPassing(t *testing.T) {
	h := newHouse(t)
	for _, login := range []string{"ann", "ben", "cleo", "root"} {
		h.agent(login)
	}
	h.contact("dora")
	h.group("team", "ann")
	q := h.makeQueue(desk.Queue{Name: "support"})
	h.grant(h.names["team"], "OwnTicket", desk.OnQueue(q))
	h.grant(h.names["ann"], "DelegateRights AdminOwnPersonalGroups", desk.OnSystem())
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	mine := must(h.Passing(h.ctx, h.by("ann"), h.id("ann")))(t)
	var source desk.GrantID
	for _, g := range mine.May {
		if g.What == "OwnTicket" {
			source = g.ID
		}
	}
	if source == 0 || len(mine.Passed)+len(mine.Got)+len(mine.Groups) != 0 {
		t.Fatalf("got %+v", mine)
	}
	mates := must(h.CreateGroup(h.ctx, h.by("ann"), desk.Group{Name: "mates", Personal: h.id("ann")}))(t)
	h.ok(h.AddMember(h.ctx, h.by("ann"), desk.Membership{Group: desk.PrincipalID(mates), Member: h.names["cleo"]}))
	must(h.Delegate(h.ctx, h.by("ann"), service.Delegation{Source: source, To: h.names["ben"]}))(t)
	must(h.Delegate(h.ctx, h.by("ann"), service.Delegation{Source: source, To: desk.PrincipalID(mates)}))(t)
	mine = must(h.Passing(h.ctx, h.by("ann"), h.id("ann")))(t)
	if len(mine.Passed) != 2 || mine.Passed[0].Chain.Maker.Text != "Ann" || mine.Passed[0].Asleep || len(mine.Groups) != 1 || len(mine.Got) != 0 {
		t.Errorf("ann passes on %+v", mine)
	}
	for _, tt := range []struct {
		by, of string
		want   int
	}{{"ben", "ben", 1}, {"cleo", "cleo", 1}, {"root", "ben", 1}, {"root", "root", 0}} {
		got := must(h.Passing(h.ctx, h.by(tt.by), h.id(tt.of)))(t)
		if len(got.Got) != tt.want {
			t.Errorf("%s sees that %s got %+v", tt.by, tt.of, got.Got)
		}
	}
	h.ok(h.UpdateGroup(h.ctx, h.sys, desk.Group{ID: desk.GroupID(h.names["team"]), Name: "team", Disabled: true}))
	if got := must(h.Passing(h.ctx, h.by("ben"), h.id("ben")))(t); len(got.Got) != 1 || !got.Got[0].Asleep {
		t.Errorf("what it rests on is disabled, ben sees %+v", got.Got)
	}
	h.ok(h.RemoveMember(h.ctx, h.sys, h.names["team"], h.names["ann"]))
	if got := must(h.Passing(h.ctx, h.by("ben"), h.id("ben")))(t); len(got.Got) != 0 {
		t.Errorf("ann has left the group; ben still sees %+v", got.Got)
	}
	for _, tt := range []struct{ by, of string }{{"ben", "ann"}, {"dora", "dora"}, {"dora", "ann"}} {
		if _, err := h.Passing(h.ctx, h.by(tt.by), h.id(tt.of)); desk.KindOf(err) != desk.NotFound {
			t.Errorf("%s about %s: got %v, want to be told that there is nothing", tt.by, tt.of, err)
		}
	}
}
