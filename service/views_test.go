package service_test

import (
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *house) viewsOf(login string) []string {
	h.t.Helper()
	var names []string
	for _, v := range must(h.Views(h.ctx, h.by(login)))(h.t) {
		names = append(names, v.Name)
	}
	return names
}

// TestViewsAreSeenByRight: one's own views are one's own; those of a group are
// for its members who may, those of the desk for whoever may there.
func TestViewsAreSeenByRight(t *testing.T) {
	h := newSample(t) // bob is a member of team, spare is not
	team := desk.GroupID(h.names["team"])
	save := func(by desk.Actor, v desk.View) (desk.ViewID, error) { return h.SaveView(h.ctx, by, v) }
	own := must(save(h.by("bob"), desk.View{Owner: h.id("bob"), Name: "Mine", Address: "view=open"}))(t)
	must(save(h.sys, desk.View{Group: team, Name: "Of the team", Address: "status=stalled"}))(t)
	must(save(h.sys, desk.View{Name: "Of the desk", Address: "status=open"}))(t)
	for _, tt := range []struct {
		why   string
		grant func()
		want  map[string]string
	}{
		{"nothing is granted", func() {}, map[string]string{"bob": "Mine", "spare": "", "ann": ""}},
		{"on the group", func() { h.grant(desk.Agents, "ShowSavedSearches", desk.OnGroup(team)) }, map[string]string{"bob": "Mine, Of the team", "spare": ""}},
		{"on the desk", func() { h.grant(desk.Everyone, "ShowSavedSearches", desk.OnSystem()) },
			map[string]string{"bob": "Mine, Of the desk, Of the team", "spare": "Of the desk", "ann": ""}},
	} {
		tt.grant()
		for login, want := range tt.want {
			if got := strings.Join(h.viewsOf(login), ", "); got != want {
				t.Errorf("%s: %s sees %q, want %q", tt.why, login, got, want)
			}
		}
	}
	for login, want := range map[string]desk.Kind{"spare": desk.NotFound, "root": desk.NotFound, "ann": desk.NotFound} {
		if err := h.RemoveView(h.ctx, h.by(login), own, false); desk.KindOf(err) != want {
			t.Errorf("%s takes bob's view away: %v", login, err)
		}
	}
	if _, err := save(h.by("bob"), desk.View{Owner: h.id("root"), Name: "For root"}); desk.KindOf(err) != desk.Forbidden {
		t.Errorf("bob keeps a view for root: %v", err)
	}
	if _, err := save(h.by("ann"), desk.View{Owner: h.id("ann"), Name: "A contact's"}); desk.KindOf(err) != desk.Forbidden {
		t.Errorf("a contact keeps a view: %v", err)
	}
	if _, err := save(h.by("bob"), desk.View{Group: team, Name: "x"}); desk.KindOf(err) != desk.Forbidden {
		t.Errorf("bob keeps a view for the team: %v", err)
	}
	h.grant(h.names["bob"], "EditSavedSearches", desk.OnGroup(team))
	shared := must(save(h.by("bob"), desk.View{Group: team, Name: "x"}))(t)
	must(save(h.by("bob"), desk.View{ID: shared, Owner: h.id("bob"), Name: "Renamed"}))(t)
	if got := must(h.Views(h.ctx, h.by("bob")))(t); !slices.ContainsFunc(got, func(v service.ViewLine) bool { return v.Name == "Renamed" && v.Group == team && v.May }) {
		t.Errorf("bob's views are %v", got)
	}
}

// TestViewsComeBack: what was taken away can be had back.
func TestViewsComeBack(t *testing.T) {
	h := newSample(t)
	id := must(h.SaveView(h.ctx, h.by("bob"), desk.View{Owner: h.id("bob"), Name: "Mine 😀", Address: "query=" + "Status+%3D+%27open%27"}))(t)
	h.ok(h.RemoveView(h.ctx, h.by("bob"), id, false))
	if got := h.viewsOf("bob"); len(got) != 0 {
		t.Errorf("after it was taken away there are %v", got)
	}
	h.ok(h.RemoveView(h.ctx, h.by("bob"), id, true))
	if got := h.viewsOf("bob"); !slices.Equal(got, []string{"Mine 😀"}) {
		t.Errorf("after it came back there are %v", got)
	}
	for why, v := range map[string]desk.View{"no name": {Name: " "}, "an address too long": {Name: "x", Address: strings.Repeat("a", 10_001)}, "no address": {Name: "x", Address: "%zz"}} {
		v.Owner = h.id("bob")
		if _, err := h.SaveView(h.ctx, h.by("bob"), v); desk.KindOf(err) != desk.Invalid {
			t.Errorf("%s: got %v", why, err)
		}
	}
}
