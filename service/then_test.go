package service_test

import (
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// TestTurned: what made an answer another one is found among what did not.
func TestTurned(t *testing.T) {
	h := newHouse(t)
	h.agent("ann")
	h.group("team")
	h.group("crew", "team")
	q := h.makeQueue(desk.Queue{Name: "support"})
	h.grant(h.names["crew"], "OwnTicket", desk.OnQueue(q))
	ask := service.Question{User: "ann", Right: "OwnTicket", Object: "queue:support"}
	moments := map[string]time.Time{"before all": h.Now()}
	noise := func() {
		h.ok(h.AddMember(h.ctx, h.sys, desk.Membership{Group: h.names["crew"], Member: h.names["spare"]}))
		h.ok(h.RemoveMember(h.ctx, h.sys, h.names["crew"], h.names["spare"]))
	}
	h.agent("spare")
	noise()
	h.join("team", "ann", desk.PartNone, false)
	noise()
	moments["as a member"] = h.Now()
	noise()
	h.ok(h.UpdateGroup(h.ctx, h.sys, desk.Group{ID: desk.GroupID(h.names["crew"]), Name: "crew", Disabled: true}))
	noise()
	moments["disabled"] = h.Now()
	for _, tt := range []struct {
		since string
		want  string // the action; empty: nothing turned
	}{{"before all", ""}, {"as a member", "group.update"}, {"disabled", ""}} {
		turn := must(h.Turned(h.ctx, h.sys, ask, moments[tt.since]))(t)
		switch {
		case tt.want == "" && turn != nil, tt.want != "" && (turn == nil || turn.Made == nil || turn.Made.Action != tt.want):
			t.Errorf("since %s: got %+v, want %q", tt.since, turn, tt.want)
		}
	}
	h.ok(h.UpdateGroup(h.ctx, h.sys, desk.Group{ID: desk.GroupID(h.names["crew"]), Name: "crew"}))
	turn := must(h.Turned(h.ctx, h.sys, ask, moments["before all"]))(t)
	if turn == nil || turn.Made == nil || turn.Made.Action != "member.add" && turn.Made.Action != "group.update" {
		t.Errorf("since the beginning it turned three times; got %+v", turn)
	}
	then, now, err := h.RightsAt(h.ctx, h.sys, ask, moments["disabled"])
	if err != nil || then.Has(desk.OwnTicket) || !now.Has(desk.OwnTicket) {
		t.Errorf("then %v, now %v: %v", then.Names(), now.Names(), err)
	}
	list := must(h.WhoCanAt(h.ctx, h.sys, ask, false, moments["as a member"]))(t)
	if len(list) != 1 || list[0].User.Text != "Ann" || len(list[0].Path) != 2 {
		t.Errorf("as a member there could: %+v", list)
	}
}

// TestTurnedByADay: a grant whose last day has passed was taken away by nobody.
func TestTurnedByADay(t *testing.T) {
	h := newHouse(t)
	h.agent("ann")
	q := h.makeQueue(desk.Queue{Name: "support"})
	must(h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["ann"], Right: desk.OwnTicket, Place: desk.OnQueue(q), Until: desk.DayOf(h.Now())}))(t)
	at := h.Now()
	for _, change := range []bool{false, true} {
		h.clock.at = h.clock.at.AddDate(0, 0, 2)
		if change {
			h.group("later")
		}
		turn := must(h.Turned(h.ctx, h.sys, service.Question{User: "ann", Right: "OwnTicket", Object: "queue:support"}, at))(t)
		if turn == nil || !turn.Day || turn.Made != nil {
			t.Errorf("a change since (%v): got %+v, want a day", change, turn)
		}
	}
}

// TestEndedDelegationIsExplained: of what was passed on and has ended since, the
// chain of then is told.
func TestEndedDelegationIsExplained(t *testing.T) {
	h := newHouse(t)
	h.agent("ann")
	h.agent("ben")
	q := h.makeQueue(desk.Queue{Name: "support"})
	h.grant(h.names["ann"], "DelegateRights", desk.OnSystem())
	source := must(h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["ann"], Right: desk.OwnTicket, Place: desk.OnQueue(q)}))(t)
	must(h.Delegate(h.ctx, h.by("ann"), service.Delegation{Source: source, To: h.names["ben"]}))(t)
	at := h.Now()
	h.ok(h.Revoke(h.ctx, h.sys, source))
	ask := service.Question{User: "ben", Right: "OwnTicket", Object: "queue:support"}
	a := must(h.ExplainAt(h.ctx, h.sys, ask, at))(t)
	if !a.Yes || a.Passed == nil || a.Passed.Maker.Text != "Ann" || a.Passed.Source.ID != source {
		t.Errorf("got %v", a.Words())
	}
	turn := must(h.Turned(h.ctx, h.sys, ask, at))(t)
	if turn == nil || turn.Made == nil || turn.Made.Change == 0 {
		t.Errorf("got %+v, want the revocation or the end that followed", turn)
	}
}
