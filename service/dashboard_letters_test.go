package service_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// dashboardLetters sends what is due and returns the letters with dashboards
// that are to go out.
func (h *house) dashboardLetters() []desk.Outgoing {
	h.t.Helper()
	for must(h.SendDashboards(h.ctx, h.sys))(h.t) {
	}
	list := must(h.ClaimLetters(h.ctx, h.sys, 100))(h.t)
	return slices.DeleteFunc(list, func(out desk.Outgoing) bool { return out.Kind != desk.LetterDashboard || out.Tries > 1 })
}

// TestDashboardsComeByMail: at its hour a dashboard comes once, with what its
// receiver may see then, and next at the same hour of its next day.
func TestDashboardsComeByMail(t *testing.T) {
	h := newSample(t)
	h.grant(h.names["bob"], "ShowTicket", desk.OnQueue(h.q))
	number := desk.TicketReport{Title: "All of them", Chart: desk.NumberChart}
	byQueue := desk.TicketReport{Title: "Queues", By: []desk.Grouping{desk.ByQueue, desk.ByStatus}}
	ages := desk.TicketReport{By: []desk.Grouping{desk.ByAge}, Measure: desk.Age}
	gone := desk.TicketReport{Title: "Broken", By: []desk.Grouping{"field-99"}}
	parts := []desk.DashboardPart{{Report: number}, {Report: byQueue}, {Report: ages}, {Report: gone}}
	id := must(h.SaveDashboard(h.ctx, h.by("bob"), desk.Dashboard{Owner: h.id("bob"), Name: "Mine", Parts: parts}))(t)
	h.ok(h.SubscribeDashboard(h.ctx, h.by("bob"), desk.DashboardLetter{Dashboard: id, Every: desk.Daily, Hour: 8}))
	if got := h.dashboardLetters(); len(got) != 0 {
		t.Errorf("before its hour there is %v", got)
	}
	due := must(h.Dashboard(h.ctx, h.by("bob"), id))(t).Letter.Next
	h.clock.at = due
	sees := must(h.CountTickets(h.ctx, h.by("bob"), service.TicketFilter{}, 0))(t)
	got := h.dashboardLetters()
	if len(got) != 1 || got[0].To != h.id("bob") || got[0].Subject != "Mine (Desk)" || got[0].Ticket != 0 {
		t.Fatalf("at its hour there are %+v", got)
	}
	for _, want := range []string{"All of them: " + string(rune('0'+sees)), "Queues\n", "support", "Broken\n  There is no such field.", "/agent/dashboards/"} {
		if !strings.Contains(got[0].Body, want) {
			t.Errorf("the letter does not say %q:\n%s", want, got[0].Body)
		}
	}
	if again := h.dashboardLetters(); len(again) != 0 {
		t.Errorf("it comes twice: %+v", again)
	}
	if next := must(h.Dashboard(h.ctx, h.by("bob"), id))(t).Letter.Next; !next.Equal(due.Add(24 * time.Hour)) {
		t.Errorf("next it comes at %v, want a day after %v", next, due)
	}
}

// TestNobodyGetsADashboardThatIsNotHis: who lost the right or is disabled gets
// none, and gets it again with the right.
func TestNobodyGetsADashboardThatIsNotHis(t *testing.T) {
	h := newSample(t)
	h.grant(desk.Agents, "SeeDashboard", desk.OnSystem())
	right := must(h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["bob"], Right: desk.SubscribeDashboard, Place: desk.OnSystem()}))(t)
	id := must(h.SaveDashboard(h.ctx, h.sys, desk.Dashboard{Name: "Of the desk", Parts: []desk.DashboardPart{{}}}))(t)
	h.ok(h.SubscribeDashboard(h.ctx, h.by("bob"), desk.DashboardLetter{Dashboard: id, Every: desk.Daily, Hour: 8}))
	day := func() []desk.Outgoing {
		h.clock.at = h.clock.at.Add(25 * time.Hour)
		return h.dashboardLetters()
	}
	if got := day(); len(got) != 1 {
		t.Errorf("with the right bob gets %+v", got)
	}
	h.ok(h.Revoke(h.ctx, h.sys, right))
	if got := day(); len(got) != 0 {
		t.Errorf("without the right bob gets %+v", got)
	}
	must(h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["bob"], Right: desk.SubscribeDashboard, Place: desk.OnSystem()}))(t)
	if got := day(); len(got) != 1 {
		t.Errorf("with the right again bob gets %+v", got)
	}
	h.ok(h.RemoveDashboard(h.ctx, h.sys, id, false))
	if got := day(); len(got) != 0 {
		t.Errorf("of what was taken away bob gets %+v", got)
	}
	h.ok(h.RemoveDashboard(h.ctx, h.sys, id, true))
	h.switchUser("bob", true)
	if got := day(); len(got) != 0 {
		t.Errorf("disabled bob gets %+v", got)
	}
}
