package service_test

import (
	"slices"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// TestDashboardsGoWithTheirOwner: one's own dashboards and letters go where one
// is erased; those of the desk stay.
func TestDashboardsGoWithTheirOwner(t *testing.T) {
	h := newSample(t)
	h.grant(desk.Everyone, "SeeDashboard SubscribeDashboard", desk.OnSystem())
	own := must(h.SaveDashboard(h.ctx, h.by("spare"), desk.Dashboard{Owner: h.id("spare"), Name: "Mine"}))(t)
	all := must(h.SaveDashboard(h.ctx, h.sys, desk.Dashboard{Name: "Of the desk"}))(t)
	for _, id := range []desk.DashboardID{own, all} {
		h.ok(h.SubscribeDashboard(h.ctx, h.by("spare"), desk.DashboardLetter{Dashboard: id, Every: desk.Daily, Hour: 8}))
	}
	h.ok(h.EraseUser(h.ctx, h.by("root"), service.UserErasure{User: h.id("spare"), Texts: true}))
	if _, err := h.Dashboard(h.ctx, h.sys, own); desk.KindOf(err) != desk.NotFound {
		t.Errorf("what was his: %v", err)
	}
	if line := must(h.Dashboard(h.ctx, h.sys, all))(t); line.Name != "Of the desk" {
		t.Errorf("that of the desk: %+v", line)
	}
}

// TestDashboardsOfGroups: who leaves the group sees its dashboards no longer,
// and a group is offered to those who may keep dashboards for it.
func TestDashboardsOfGroups(t *testing.T) {
	h := newSample(t)
	team := desk.GroupID(h.names["team"])
	h.grant(desk.Agents, "SeeDashboard", desk.OnGroup(team))
	offered := func() (names []string) {
		groups, all, err := h.DashboardGroups(h.ctx, h.by("bob"))
		h.ok(err)
		for _, g := range groups {
			names = append(names, g.Text)
		}
		if all {
			names = append(names, "the desk")
		}
		return names
	}
	if got := offered(); len(got) != 0 {
		t.Errorf("without a right bob is offered %v", got)
	}
	h.grant(h.names["bob"], "ModifyDashboard", desk.OnGroup(team))
	if got := offered(); !slices.Equal(got, []string{"team"}) {
		t.Errorf("with a right on the group bob is offered %v", got)
	}
	id := must(h.SaveDashboard(h.ctx, h.by("bob"), desk.Dashboard{Group: team, Name: "Ours"}))(t)
	h.ok(h.RemoveMember(h.ctx, h.sys, desk.PrincipalID(team), h.names["bob"]))
	if _, err := h.Dashboard(h.ctx, h.by("bob"), id); desk.KindOf(err) != desk.NotFound {
		t.Errorf("bob, who left, gets %v", err)
	}
	if _, err := h.SaveDashboard(h.ctx, h.by("bob"), desk.Dashboard{ID: id, Name: "Mine now"}); desk.KindOf(err) != desk.NotFound {
		t.Errorf("bob, who left, changes it: %v", err)
	}
	if got := offered(); len(got) != 0 {
		t.Errorf("bob, who left, is offered %v", got)
	}
	h.grant(h.names["spare"], "SuperUser", desk.OnSystem())
	if got := h.boardsOf("spare"); len(got) != 0 {
		t.Errorf("a superuser who is no member sees %v", got)
	}
}
