package service_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
)

func (h *house) boardsOf(login string) []string {
	h.t.Helper()
	names := []string{}
	for _, d := range must(h.Dashboards(h.ctx, h.by(login)))(h.t) {
		names = append(names, d.Name)
	}
	return names
}

// TestDashboardsAreSeenByRight: one's own are one's own; those of a group are
// for its members who may, those of the desk for whoever may there.
func TestDashboardsAreSeenByRight(t *testing.T) {
	h := newSample(t) // bob is a member of team, spare is not
	team := desk.GroupID(h.names["team"])
	own := must(h.SaveDashboard(h.ctx, h.by("bob"), desk.Dashboard{Owner: h.id("bob"), Name: "Mine"}))(t)
	ofTeam := must(h.SaveDashboard(h.ctx, h.sys, desk.Dashboard{Group: team, Name: "Of the team"}))(t)
	must(h.SaveDashboard(h.ctx, h.sys, desk.Dashboard{Name: "Of the desk"}))(t)
	look := func(why string, want map[string]string) {
		for login, names := range want {
			if got := strings.Join(h.boardsOf(login), ", "); got != names {
				t.Errorf("%s: %s sees %q, want %q", why, login, got, names)
			}
		}
	}
	look("nothing is granted", map[string]string{"bob": "Mine", "spare": "", "ann": ""})
	h.grant(desk.Everyone, "SeeDashboard", desk.OnGroup(team))
	look("on the group", map[string]string{"bob": "Mine, Of the team", "spare": "", "ann": ""})
	h.grant(desk.Everyone, "SeeDashboard", desk.OnSystem())
	look("on the desk", map[string]string{"bob": "Mine, Of the desk, Of the team", "spare": "Of the desk", "ann": ""})
	for login, want := range map[string]desk.Kind{"spare": desk.NotFound, "root": desk.NotFound, "ann": desk.NotFound} {
		if _, err := h.Dashboard(h.ctx, h.by(login), own); desk.KindOf(err) != want {
			t.Errorf("%s looks at bob's: %v", login, err)
		}
	}
	if err := h.RemoveDashboard(h.ctx, h.by("bob"), ofTeam, false); desk.KindOf(err) != desk.Forbidden {
		t.Errorf("bob takes the team's away: %v", err)
	}
	if _, err := h.SaveDashboard(h.ctx, h.by("bob"), desk.Dashboard{Owner: h.id("root"), Name: "For root"}); desk.KindOf(err) != desk.Forbidden {
		t.Errorf("bob keeps one for root: %v", err)
	}
	daily := desk.DashboardLetter{Dashboard: ofTeam, Every: desk.Daily, Hour: 8}
	if err := h.SubscribeDashboard(h.ctx, h.by("bob"), daily); desk.KindOf(err) != desk.Forbidden {
		t.Errorf("bob subscribes without the right: %v", err)
	}
	h.grant(h.names["bob"], "SubscribeDashboard", desk.OnGroup(team))
	h.ok(h.SubscribeDashboard(h.ctx, h.by("bob"), daily))
	line := must(h.Dashboard(h.ctx, h.by("bob"), ofTeam))(t)
	if line.Letter == nil || line.Letter.Hour != 8 || !line.Letter.Next.After(h.Now()) || line.May {
		t.Errorf("bob's dashboard is %+v", line)
	}
	h.ok(h.UnsubscribeDashboard(h.ctx, h.by("bob"), ofTeam))
	if line := must(h.Dashboard(h.ctx, h.by("bob"), ofTeam))(t); line.Letter != nil {
		t.Errorf("bob still gets %+v", line.Letter)
	}
}

// TestDashboardsComeBack: what was taken away can be had back, one that was
// changed meanwhile is refused, and so is what is no dashboard.
func TestDashboardsComeBack(t *testing.T) {
	h := newSample(t)
	bob := h.by("bob")
	parts := []desk.DashboardPart{{Report: desk.TicketReport{Query: "Status = 'open'", By: []desk.Grouping{desk.ByQueue}}, Width: 2}, {}}
	id := must(h.SaveDashboard(h.ctx, bob, desk.Dashboard{Owner: h.id("bob"), Name: "Mine", Parts: parts}))(t)
	h.ok(h.RemoveDashboard(h.ctx, bob, id, false))
	if got := h.boardsOf("bob"); len(got) != 0 {
		t.Errorf("after it was taken away there are %v", got)
	}
	h.ok(h.RemoveDashboard(h.ctx, bob, id, true))
	line := must(h.Dashboard(h.ctx, bob, id))(t)
	if len(line.Parts) != 2 || line.Parts[0].Width != 2 || line.Parts[1].Width != 3 || line.Parts[0].Report.Query != "Status = 'open'" {
		t.Errorf("after it came back it is %+v", line)
	}
	must(h.SaveDashboard(h.ctx, bob, desk.Dashboard{ID: id, Name: "Mine", Version: line.Version}))(t)
	if _, err := h.SaveDashboard(h.ctx, bob, desk.Dashboard{ID: id, Name: "Late", Version: line.Version}); desk.KindOf(err) != desk.Conflict {
		t.Errorf("a stale page: %v", err)
	}
	for why, d := range map[string]desk.Dashboard{"no name": {}, "a wrong query": {Name: "x", Parts: []desk.DashboardPart{{Report: desk.TicketReport{Query: "Status ="}}}},
		"too much": {Name: "x", Parts: make([]desk.DashboardPart, desk.MaxParts+1)}} {
		d.Owner = h.id("bob")
		if _, err := h.SaveDashboard(h.ctx, bob, d); desk.KindOf(err) != desk.Invalid {
			t.Errorf("%s: got %v", why, err)
		}
	}
	for _, l := range []desk.DashboardLetter{{Every: "hourly"}, {Every: desk.Weekly, Day: 8}, {Every: desk.Monthly, Day: 29}, {Every: desk.Daily, Hour: 24}} {
		l.Dashboard = id
		if err := h.SubscribeDashboard(h.ctx, bob, l); desk.KindOf(err) != desk.Invalid {
			t.Errorf("%+v: got %v", l, err)
		}
	}
}

// TestWhenDashboardsCome: a letter comes at its hour where the reader is, over
// the change of the clock too.
func TestWhenDashboardsCome(t *testing.T) {
	berlin := must(time.LoadLocation("Europe/Berlin"))(t)
	at := func(text string) time.Time { return must(time.ParseInLocation("2006-01-02 15:04", text, berlin))(t) }
	for _, tt := range []struct {
		letter      desk.DashboardLetter
		after, want string
	}{
		{desk.DashboardLetter{Every: desk.Daily, Hour: 8}, "2026-11-22 07:59", "2026-11-22 08:00"},
		{desk.DashboardLetter{Every: desk.Daily, Hour: 8}, "2026-11-22 08:00", "2026-11-23 08:00"},
		{desk.DashboardLetter{Every: desk.Weekly, Day: 1, Hour: 8}, "2026-11-22 12:00", "2026-11-23 08:00"},
		{desk.DashboardLetter{Every: desk.Weekly, Day: 7, Hour: 8}, "2026-11-22 12:00", "2026-11-29 08:00"},
		{desk.DashboardLetter{Every: desk.Monthly, Day: 28, Hour: 0}, "2026-02-28 00:00", "2026-03-28 00:00"},
		{desk.DashboardLetter{Every: desk.Daily, Hour: 2}, "2026-03-28 12:00", "2026-03-29 03:00"},
	} {
		if got := tt.letter.After(at(tt.after)); !got.Equal(at(tt.want)) {
			t.Errorf("%+v after %s: %v, want %s", tt.letter, tt.after, got, tt.want)
		}
	}
}

// TestTheStartingDashboardWorks for whoever looks.
func TestTheStartingDashboardWorks(t *testing.T) {
	h := newSample(t)
	var reports []desk.TicketReport
	start := desk.StartingDashboard()
	h.ok(start.Check())
	for _, p := range start.Parts {
		reports = append(reports, p.Report)
	}
	for _, r := range must(h.Reports(h.ctx, h.by("root"), reports))(t) {
		if r.Err != nil {
			t.Error(r.Err)
		}
	}
	if !slices.Contains(desk.ShippedTitles(), "Workload") {
		t.Error("the titles that pages know are others")
	}
}
