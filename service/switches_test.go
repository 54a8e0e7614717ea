package service_test

import (
	"fmt"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

func TestSwitchingGroupSupportOnKeepsThingsAsTheyAre(t *testing.T) {
	h := companies(t)
	h.makeQueue(desk.Queue{Name: "open"})
	h.ok(h.UpdateGroup(h.ctx, h.sys, desk.Group{ID: h.groupID("c"), Name: "c", Disabled: true}))
	_, err := h.SetSwitch(h.ctx, h.sys, service.SwitchChange{Setting: service.SettingGroupSupport})
	h.ok(err)
	loses := func(keep ...desk.Place) *service.Effect {
		return must(h.WhatIf(h.ctx, h.sys, func(in *service.Service, by desk.Actor) error {
			_, err := in.SetSwitch(h.ctx, by, service.SwitchChange{Setting: service.SettingGroupSupport, On: true, Keep: keep})
			return err
		}))(t)
	}
	h.open(service.NewTicket{Queue: h.queue["qa"], Requestors: []desk.PrincipalID{h.names["ann"]}})
	if got := loses(); got.People != 3 || len(got.Losses) == 0 {
		t.Errorf("switching it on without keeping anything touches %d with %d losses, want all three", got.People, len(got.Losses))
	}
	state := must(h.AccessSwitches(h.ctx, h.sys))(t)
	var keep []desk.Place
	var names string
	for _, k := range state.Keep {
		names, keep = names+k.Name.Ref+" ", append(keep, k.Grant.Place)
		if k.Granted || k.Queues != 1 {
			t.Errorf("%s is %+v, want one queue and no grant", k.Name.Text, k)
		}
	}
	if state.GroupSupport || names != "queue:open group:a group:b " {
		t.Errorf("offered to keep is %q, want the queue without a group and the enabled groups", names)
	}
	if got := loses(keep...); len(got.Gains) != 0 {
		t.Errorf("keeping things gives something: %+v", got.Gains)
	}
	number := must(h.SetSwitch(h.ctx, h.sys, service.SwitchChange{Setting: service.SettingGroupSupport, On: true, Keep: keep}))(t)
	if got := h.groups("ann", "rw", service.Permitted{}); got != "a b" {
		t.Errorf("kept is rw on %q, want a b", got)
	}
	must(h.TakeBack(h.ctx, h.sys, number))(t)
	if got := h.groups("ann", "rw", service.Permitted{}); got != "a b crew" {
		t.Errorf("after taking it back ann has rw on %q, want all", got)
	}
	if state := must(h.AccessSwitches(h.ctx, h.sys))(t); state.GroupSupport || state.Keep[1].Granted {
		t.Errorf("after taking it back the switches are %+v", state)
	}
}

// TestAnEffectSaysAThingOnce: people who gain the same stand in one line, be
// they counted together or alone.
func TestAnEffectSaysAThingOnce(t *testing.T) {
	h := effectHouse(t)
	h.contact("cora", "acme")
	h.contact("bill", "bolt")
	h.contact("bell", "bolt")
	on := service.SwitchChange{Setting: service.SettingGroupSupport, On: true, Keep: []desk.Place{desk.OnQueue(h.queue["support"])}}
	must(h.SetSwitch(h.ctx, h.sys, on))(t)
	effect := must(h.WhatIf(h.ctx, h.sys, func(in *service.Service, by desk.Actor) error {
		_, err := in.SetSwitch(h.ctx, by, service.SwitchChange{Setting: service.SettingGroupSupport})
		return err
	}))(t)
	seen := map[string]bool{}
	for _, l := range effect.Gains {
		says := fmt.Sprint(l.Rights, l.Where, l.Tickets)
		if l.Tickets.Count == 0 {
			says = fmt.Sprint(l.Rights, l.Where)
		}
		if seen[says] {
			t.Errorf("%s is said twice", says)
		}
		seen[says] = true
	}
	if len(seen) < 2 {
		t.Errorf("the effect is %s, want several lines", told(effect))
	}
}

func TestSwitchingIsRefused(t *testing.T) {
	h := companies(t)
	h.grant(h.names["al"], "AdminSettings", desk.OnSystem())
	on := service.SwitchChange{Setting: service.SettingGroupSupport, On: true}
	for _, tt := range []struct {
		why  string
		by   desk.Actor
		in   service.SwitchChange
		want desk.Kind
	}{
		{"by who may not grant", h.by("al"), on, desk.Forbidden},
		{"by who may not change settings", h.by("bo"), on, desk.Forbidden},
		{"another setting", h.sys, service.SwitchChange{Setting: service.SettingModifyACL, On: true}, desk.NotFound},
		{"a place that is not offered", h.sys, service.SwitchChange{Setting: service.SettingGroupSupport, On: true, Keep: []desk.Place{desk.OnSystem()}}, desk.Conflict},
	} {
		if _, err := h.SetSwitch(h.ctx, tt.by, tt.in); desk.KindOf(err) != tt.want || err == nil {
			t.Errorf("%s: got %v, want kind %d", tt.why, err, tt.want)
		}
	}
}

// TestAPermissionIsTakenBack: a change of a permission has an undo, unless it
// was changed again since.
func TestAPermissionIsTakenBack(t *testing.T) {
	h := companies(t)
	ro := h.namedSet("ro").NamedSet
	before := ro
	ro.Agents |= desk.RightsOf(desk.CommentOnTicket)
	change := func() int64 {
		return must(h.Together(h.ctx, h.sys, func(in *service.Service, by desk.Actor) error { return in.UpdatePermission(h.ctx, by, ro.Permission) }))(t)
	}
	number := change()
	must(h.TakeBack(h.ctx, h.sys, number))(t)
	if got := h.namedSet("ro").NamedSet; got != before {
		t.Errorf("taken back it is %+v, want %+v", got, before)
	}
	if _, err := h.TakeBack(h.ctx, h.sys, number); desk.KindOf(err) != desk.Conflict {
		t.Errorf("it is taken back twice: %v", err)
	}
}

// TestWhatTogetherGivesIsForeseen: edits within edits have their effect.
func TestWhatTogetherGivesIsForeseen(t *testing.T) {
	h := companies(t)
	effect := must(h.WhatIf(h.ctx, h.sys, func(in *service.Service, by desk.Actor) error {
		_, err := in.Together(h.ctx, by, func(in *service.Service, by desk.Actor) error {
			_, err := in.Grant(h.ctx, by, desk.Grant{Who: h.names["al"], Right: desk.SeeQueue, Place: desk.OnSystem()})
			return err
		})
		return err
	}))(t)
	if effect.People != 1 || len(effect.Gains) == 0 {
		t.Errorf("the effect is %+v, want that one gains", effect)
	}
}
