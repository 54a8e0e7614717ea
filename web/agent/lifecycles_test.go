package agent_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// workshop is a desk where Support has a life cycle without any status that
// ships, and tom's queue Billing the one that ships.
func workshop(t *testing.T) *webtest.Desk {
	t.Helper()
	d := newDesk(t)
	c := desk.LifeCycle{Name: "Workshop", States: []desk.State{
		{Name: "handed in", Kind: desk.Initial}, {Name: "in work", Kind: desk.Active}, {Name: "handed out", Kind: desk.Inactive, Solved: true}, {Name: "scrapped", Kind: desk.Inactive},
	}, Steps: []desk.Step{{From: "handed in", To: "in work", Label: "Begin"}, {From: "in work", To: "handed out", Label: "Hand out", Does: desk.StepReply}, {From: "in work", To: "scrapped"}}}
	made := webtest.Must(d.SaveLifeCycle(t.Context(), d.Sys, service.LifeCycleChange{Cycle: c}))(t)
	webtest.Must(d.SaveLifeCycle(t.Context(), d.Sys, service.LifeCycleChange{Queue: d.Queue["Support"], Cycle: desk.LifeCycle{ID: made.ID}}))(t)
	return d
}

// TestStatusesOfTheDesk: the view of what was resolved, the form for several
// tickets and the palette know the statuses of the tickets' own life cycles.
func TestStatusesOfTheDesk(t *testing.T) {
	d := workshop(t)
	first, second := ask(t, d, "bob", "Kettle leaks"), ask(t, d, "bob", "Toaster burns")
	bill := webtest.Must(d.OpenTicket(t.Context(), d.Sys, service.NewTicket{Queue: d.Queue["Billing"], Subject: "Bill for the kettle"}))(t)
	form := func(ids ...desk.TicketID) string {
		address := "/agent/batch?list="
		for _, id := range ids {
			address += fmt.Sprintf("&ticket=%d", id)
		}
		return address
	}
	wants(t, d.Get("ann", form(first)), 200, `value="handed out"`, `value="scrapped"`, `!value="resolved"`)
	wants(t, d.Get("tom", form(bill)), 200, `value="resolved"`, `!value="handed out"`)
	wants(t, d.Get("tom", form(first, bill)), 200, `value="resolved"`, `value="handed out"`)
	wants(t, d.Get("ann", form(bill)), 200, `!value="resolved"`)

	at := func(q string, id desk.TicketID) string { return "/agent/palette?part=1&q=" + q + "&at=" + path(id) }
	wants(t, d.Get("ann", at("status", first)), 200, path(first)+"?step=in&#43;work#context", "!handed+out", "!resolved")
	wants(t, d.Get("ann", at("begin", first)), 200, "?step=in&#43;work#context")
	wants(t, d.Get("ray", at("status", first)), 200, "!?step=")
	wants(t, d.Get("ann", at("status", bill)), 200, "!?step=")
	wants(t, d.Get("tom", at("resol", bill)), 200, path(bill)+"?step=resolved&amp;with=reply#compose")
	wants(t, d.Get("ann", path(first)+"?step=in+work"), 200, `<details class="change" open>`, `<option value="in work" selected>`)

	for _, id := range []desk.TicketID{first, second} {
		d.OK(d.SetStatus(t.Context(), d.By("ann"), id, "in work", 0))
	}
	wants(t, d.Get("ann", at("hand+out", first)), 200, "?step=handed&#43;out&amp;with=reply#compose")
	d.Pass(time.Hour)
	d.OK(d.SetStatus(t.Context(), d.By("ann"), first, "handed out", 0))
	d.OK(d.SetStatus(t.Context(), d.By("ann"), second, "scrapped", 0))
	d.OK(d.SetStatus(t.Context(), d.By("tom"), bill, desk.StatusResolved, 0))
	wants(t, d.Get("ann", "/agent/tickets?view=recent"), 200, "Kettle leaks", "!Toaster", "!Bill for")
	wants(t, d.Get("tom", "/agent/tickets?view=recent"), 200, "Kettle leaks", "!Toaster", "Bill for")
}

// TestNoTicketsIsNoLength: of a day without tickets no length of time is told:
// the line has a gap, the table a dash, the file an empty cell.
func TestNoTicketsIsNoLength(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	d.Pass(3 * time.Hour)
	say(d, "ann", desk.Reply, id, "Shake it.")
	d.Pass(48 * time.Hour)
	address := "by=created-day&measure=first-answer&last=4&chart=line"
	page := d.Get("ann", "/agent/reports?"+address)
	if got := strings.Count(page.Body.String(), "<circle"); got != 2 {
		t.Errorf("there are %d dots, want one for the median and one for nine of ten", got)
	}
	wants(t, page, 200, "–")
	lines := strings.Split(strings.TrimSpace(d.Get("ann", "/agent/reports.csv?"+address).Body.String()), "\n")
	full, empty := 0, 0
	for _, line := range lines[1:] {
		switch {
		case strings.HasSuffix(line, ",0,,"):
			empty++
		case strings.HasSuffix(line, ",1,3.02,3.02"):
			full++
		default:
			t.Errorf("the file has the line %q", line)
		}
	}
	if full != 1 || empty != 3 {
		t.Errorf("the file has %d days with and %d without a length: %q", full, empty, lines)
	}
	wants(t, d.Get("ann", "/agent/reports.csv?by=created-day&and=queue&measure=first-answer&last=4"), 200, ",Support\n", ",3.02\n", ",\n")
}
