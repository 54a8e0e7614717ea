package service_test

import (
	"net/url"
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

// bar returns the keys of somebody's views, hidden ones in brackets, and with
// which the desk opens for him.
func (h *house) bar(login string) (order string, start desk.ViewKey) {
	h.t.Helper()
	bar := must(h.ViewBar(h.ctx, h.by(login)))(h.t)
	var names []string
	for _, v := range bar.Lines {
		name := v.Name
		if v.ID == 0 {
			name = string(v.Key)
		}
		if v.Hidden {
			name = "(" + name + ")"
		}
		names = append(names, name)
	}
	return strings.Join(names, " "), bar.Start
}

// TestViewsInTheirOrder: each has an order of his own, in which what he may not
// see has no place, and what comes later is last.
func TestViewsInTheirOrder(t *testing.T) {
	h := newSample(t)
	const usual = "mine new open watching stalled waiting overdue soon recent"
	arrange := func(login string, views ...string) error {
		var places []desk.ViewPlace
		for _, v := range views {
			key, hidden := strings.CutPrefix(v, "-")
			places = append(places, desk.ViewPlace{View: desk.ViewKey(key), Hidden: hidden})
		}
		return h.ArrangeViews(h.ctx, h.by(login), places)
	}
	own := must(h.SaveView(h.ctx, h.by("bob"), desk.View{Owner: h.id("bob"), Name: "Arms", Address: "view=open"}))(t)
	if got, start := h.bar("bob"); got != usual+" Arms" || start != "" {
		t.Errorf("to begin with bob has %q and starts with %q", got, start)
	}
	h.ok(arrange("bob", string(own.Key()), "open", "-mine", "-recent"))
	if got, _ := h.bar("bob"); got != "Arms open (mine) (recent) new watching stalled waiting overdue soon" {
		t.Errorf("in his order bob has %q", got)
	}
	if got, _ := h.bar("spare"); got != usual {
		t.Errorf("spare, who chose nothing, has %q", got)
	}
	for why, tt := range map[string]struct {
		login string
		views []string
		want  desk.Kind
	}{
		"a view that there is not":   {"bob", []string{"mine", "77"}, desk.NotFound},
		"one of somebody else":       {"spare", []string{string(own.Key())}, desk.NotFound},
		"one named twice":            {"bob", []string{"mine", "-mine"}, desk.Invalid},
		"a contact":                  {"ann", []string{"mine"}, desk.Forbidden},
		"a contact, nothing":         {"ann", nil, desk.Forbidden},
		"a word that is much longer": {"bob", []string{strings.Repeat("x", 9000)}, desk.NotFound},
	} {
		if err := arrange(tt.login, tt.views...); desk.KindOf(err) != tt.want || len(desk.Sentence(err)) > 200 {
			t.Errorf("%s: got %v", why, err)
		}
	}
	h.ok(h.RemoveView(h.ctx, h.by("bob"), own, false))
	if got, _ := h.bar("bob"); !strings.HasPrefix(got, "open (mine)") {
		t.Errorf("without the view that was taken away bob has %q", got)
	}
	h.ok(arrange("bob"))
	if got, _ := h.bar("bob"); got != usual {
		t.Errorf("back in the usual order bob has %q", got)
	}
	if bar := must(h.ViewBar(h.ctx, h.by("ann")))(t); len(bar.Lines)+len(bar.Starts) != 0 || bar.Start != "" {
		t.Errorf("a contact has views: %+v", bar)
	}
}

// TestWhatTheDeskOpensWith: one's own choice comes before that of a group, that
// of the group before that of the desk; what one does not see counts for nothing.
func TestWhatTheDeskOpensWith(t *testing.T) {
	h := newSample(t) // bob is a member of team, spare is not
	team := desk.GroupID(h.names["team"])
	start := func(by desk.Actor, in service.ViewStart) error { return h.StartWithView(h.ctx, by, in) }
	want := func(why, bobs, spares string) {
		t.Helper()
		for login, want := range map[string]string{"bob": bobs, "spare": spares} {
			if _, got := h.bar(login); string(got) != want {
				t.Errorf("%s: the desk opens for %s with %q, want %q", why, login, got, want)
			}
		}
	}
	ours := must(h.SaveView(h.ctx, h.sys, desk.View{Group: team, Name: "Ours", Address: "view=open"}))(t)
	h.ok(start(h.sys, service.ViewStart{Desk: true, View: "new"}))
	want("chosen for the desk", "new", "new")
	h.ok(start(h.sys, service.ViewStart{Group: team, View: ours.Key()}))
	want("chosen for the group, whose view bob may not see", "new", "new")
	h.grant(desk.Agents, "ShowSavedSearches", desk.OnGroup(team))
	want("chosen for the group", string(ours.Key()), "new")
	h.ok(start(h.by("bob"), service.ViewStart{View: "mine"}))
	want("chosen by bob", "mine", "new")
	h.ok(start(h.by("bob"), service.ViewStart{}))
	want("taken back by bob", string(ours.Key()), "new")
	h.ok(h.RemoveMember(h.ctx, h.sys, h.names["team"], h.names["bob"]))
	want("bob has left the group", "new", "new")
	h.ok(h.AddMember(h.ctx, h.sys, desk.Membership{Group: h.names["team"], Member: h.names["bob"]}))
	h.ok(h.RemoveView(h.ctx, h.sys, ours, false))
	want("the view of the group is gone", "new", "new")

	own := must(h.SaveView(h.ctx, h.by("bob"), desk.View{Owner: h.id("bob"), Name: "Mine", Address: "view=open"}))(t)
	if err := start(h.by("bob"), service.ViewStart{Group: team, View: "mine"}); desk.KindOf(err) != desk.Forbidden {
		t.Errorf("bob may not choose for the group, and gets %v", err)
	}
	h.grant(h.names["bob"], "EditSavedSearches", desk.OnGroup(team))
	for why, tt := range map[string]struct {
		by   desk.Actor
		in   service.ViewStart
		want desk.Kind
	}{
		"one's own view for the group":  {h.by("bob"), service.ViewStart{Group: team, View: own.Key()}, desk.Invalid},
		"a view that is gone":           {h.by("bob"), service.ViewStart{Group: team, View: ours.Key()}, desk.NotFound},
		"for the desk":                  {h.by("bob"), service.ViewStart{Desk: true, View: "mine"}, desk.Forbidden},
		"for a group that there is not": {h.by("spare"), service.ViewStart{Group: 999, View: "mine"}, desk.Forbidden},
		"for somebody else's group":     {h.by("spare"), service.ViewStart{Group: team, View: "mine"}, desk.Forbidden},
		"a contact":                     {h.by("ann"), service.ViewStart{View: "mine"}, desk.Forbidden},
		"the program for itself":        {h.sys, service.ViewStart{View: "mine"}, desk.Invalid},
	} {
		if err := start(tt.by, tt.in); desk.KindOf(err) != tt.want {
			t.Errorf("%s: got %v", why, err)
		}
	}
	h.ok(start(h.by("bob"), service.ViewStart{Group: team, View: "stalled"}))
	want("chosen by bob for the group", "stalled", "new")
}

// TestSharingViews: a view goes to a group, to the desk and back; who shares has
// to be let there.
func TestSharingViews(t *testing.T) {
	h := newSample(t)
	team := desk.GroupID(h.names["team"])
	id := must(h.SaveView(h.ctx, h.by("bob"), desk.View{Owner: h.id("bob"), Name: "Arms", Address: "view=open"}))(t)
	share := func(login string, group desk.GroupID, all bool) error {
		return h.ShareView(h.ctx, h.by(login), id, group, all)
	}
	sees := func(why string, want ...string) {
		t.Helper()
		for _, login := range []string{"bob", "spare", "root"} {
			if got := slices.Contains(h.viewsOf(login), "Arms"); got != slices.Contains(want, login) {
				t.Errorf("%s: %s sees it: %v", why, login, got)
			}
		}
	}
	if err := share("bob", team, false); desk.KindOf(err) != desk.Forbidden {
		t.Errorf("bob, who may not keep views of the team, gets %v", err)
	}
	h.grant(h.names["bob"], "EditSavedSearches", desk.OnGroup(team))
	if err := share("bob", team, false); desk.KindOf(err) != desk.Forbidden {
		t.Errorf("bob, who would see it no more, gets %v", err)
	}
	h.grant(desk.Agents, "ShowSavedSearches", desk.OnSystem())
	for _, login := range []string{"spare", "root", "ann"} {
		if err := share(login, 0, false); desk.KindOf(err) != desk.NotFound {
			t.Errorf("%s takes bob's view: %v", login, err)
		}
	}
	sees("before", "bob")
	h.ok(share("bob", team, false))
	sees("shared with the team", "bob")
	h.ok(h.AddMember(h.ctx, h.sys, desk.Membership{Group: h.names["team"], Member: h.names["spare"]}))
	sees("with a new member", "bob", "spare")
	if err := share("spare", 0, false); desk.KindOf(err) != desk.Forbidden {
		t.Errorf("spare, who may only look, gets %v", err)
	}
	if err := share("bob", 0, true); desk.KindOf(err) != desk.Forbidden {
		t.Errorf("bob shares with everybody: %v", err)
	}
	h.ok(h.ShareView(h.ctx, h.sys, id, 0, true))
	sees("shared with the desk", "bob", "spare", "root")
	if err := h.ShareView(h.ctx, h.sys, id, team, true); desk.KindOf(err) != desk.Invalid {
		t.Errorf("with the group and the desk at once: %v", err)
	}
	if err := h.ShareView(h.ctx, h.sys, id, 0, false); desk.KindOf(err) != desk.Invalid {
		t.Errorf("the program takes it for itself: %v", err)
	}
	h.grant(h.names["bob"], "EditSavedSearches", desk.OnSystem())
	h.ok(share("bob", 0, false))
	sees("taken back", "bob")
	h.ok(h.RemoveView(h.ctx, h.by("bob"), id, false))
	if err := share("bob", team, false); desk.KindOf(err) != desk.Conflict {
		t.Errorf("a view that was taken away is shared: %v", err)
	}
}

// TestAViewNamesNothingHidden: a view for the desk that names what its reader
// may not know of is none for him, by no door; who may change it has it.
func TestAViewNamesNothingHidden(t *testing.T) {
	h := newHouse(t)
	h.agent("root")
	h.agent("ann")
	h.makeQueue(desk.Queue{Name: "support"})
	h.makeQueue(desk.Queue{Name: "vault"})
	h.group("cabal")
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	h.grant(h.names["ann"], "ShowSavedSearches", desk.OnSystem())
	h.grant(h.names["ann"], "SeeQueue ShowTicket", desk.OnQueue(h.queue["support"]))
	for _, tt := range []struct {
		why, query string
		seen       bool
	}{
		{"a queue", "Queue = 'vault'", false},
		{"a part of its name", "NOT Queue LIKE 'vau'", false},
		{"a group", "WatcherGroup = 'cabal'", false},
		{"a field that there is not", "CF.{Margin} = '7'", false},
		{"what she sees", "Queue = 'support' AND Status = '__Active__'", true},
		{"a query with a mistake", "Queue = 'vault' AND", false},
		{"no query", "", true},
	} {
		id := must(h.SaveView(h.ctx, h.by("root"), desk.View{Name: "V", Address: url.Values{"query": {tt.query}, "owner": {"me"}}.Encode()}))(t)
		for login, want := range map[string]bool{"ann": tt.seen, "root": true} {
			if got := slices.Contains(h.viewsOf(login), "V"); got != want {
				t.Errorf("%s: %s has the view: %v, want %v", tt.why, login, got, want)
			}
		}
		h.ok(h.RemoveView(h.ctx, h.sys, id, false))
	}
}
