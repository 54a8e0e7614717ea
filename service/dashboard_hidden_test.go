package service_test

import (
	"strconv"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// TestADashboardNamesNothingHidden: what one wrote into the dashboard of a group
// or the desk tells its readers of no queue, group or field that they may not
// know of, be it in the list, the page, its numbers, a copy or the letter.
func TestADashboardNamesNothingHidden(t *testing.T) {
	h := newHouse(t)
	h.agent("root")
	h.agent("ann")
	h.makeQueue(desk.Queue{Name: "support"})
	h.makeQueue(desk.Queue{Name: "vault"})
	h.group("cabal")
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	h.grant(h.names["ann"], "SeeDashboard", desk.OnSystem())
	h.grant(h.names["ann"], "SubscribeDashboard", desk.OnSystem())
	for _, right := range []string{"SeeQueue", "ShowTicket"} {
		h.grant(h.names["ann"], right, desk.OnQueue(h.queue["support"]))
	}
	secret := must(h.CreateField(h.ctx, h.sys, desk.Field{Of: desk.OfTickets, Name: "Margin", Kind: desk.TextField, Everywhere: true}))(t)
	must(h.OpenTicket(h.ctx, h.sys, service.NewTicket{Queue: h.queue["support"], Subject: "Kettle"}))(t)
	must(h.OpenTicket(h.ctx, h.sys, service.NewTicket{Queue: h.queue["vault"], Subject: "Gold"}))(t)

	for _, tt := range []struct {
		why, query string
		by         desk.Grouping
		hidden     bool
	}{
		{"a queue", "Queue = 'vault'", "", true},
		{"a part of its name", "Queue LIKE 'vau'", "", true},
		{"its number", "Queue = " + strconv.FormatInt(int64(h.queue["vault"]), 10), "", true},
		{"beside one that she sees", "Queue = 'support' OR NOT Queue = 'vault'", "", true},
		{"a group", "WatcherGroup = 'cabal'", "", true},
		{"a field", "CF.{Margin} = '7'", "", true},
		{"a field in a queue", "CF.vault.{Colour} = 'x'", "", true},
		{"by a field", "", desk.GroupingOf(secret), true},
		{"what she sees", "Queue = 'support' AND Status = '__Active__' AND Owner = 'Nobody' AND Subject LIKE 'vault'", desk.ByQueue, false},
		{"all", "", desk.ByStatus, false},
	} {
		t.Run(tt.why, func(t *testing.T) {
			report := desk.TicketReport{Title: "Counted", Query: tt.query}
			if tt.by != "" {
				report.By = []desk.Grouping{tt.by}
			}
			board := desk.Dashboard{Name: "Board " + tt.why, Parts: []desk.DashboardPart{{Report: report}}}
			board.ID = must(h.SaveDashboard(h.ctx, h.by("root"), board))(t)
			defer func() { h.ok(h.RemoveDashboard(h.ctx, h.sys, board.ID, false)) }()
			line, results, err := h.DashboardReports(h.ctx, h.by("ann"), board.ID)
			h.ok(err)
			if line.Hidden[0] != tt.hidden || (results[0].Err != nil) != tt.hidden || len(line.Seen()) == 0 != tt.hidden {
				t.Errorf("hidden is %v, counting it says %v, a copy has %v", line.Hidden, results[0].Err, line.Seen())
			}
			listed := must(h.Dashboards(h.ctx, h.by("ann")))(t)[0]
			shown := must(h.Dashboard(h.ctx, h.by("ann"), board.ID))(t)
			for _, l := range []*service.DashboardLine{&listed, shown, line} {
				if r := l.Parts[0].Report; (r.Query == "" && len(r.By) == 0) != tt.hidden || r.Title != "Counted" {
					t.Errorf("ann reads %+v", r)
				}
			}
			if l := must(h.Dashboard(h.ctx, h.by("root"), board.ID))(t); l.Hidden[0] || l.Parts[0].Report.Query != tt.query {
				t.Errorf("who may change it reads %+v", l)
			}
			h.ok(h.SubscribeDashboard(h.ctx, h.by("ann"), desk.DashboardLetter{Dashboard: board.ID, Every: desk.Daily, Hour: 8}))
			h.clock.at = must(h.Dashboard(h.ctx, h.by("ann"), board.ID))(t).Letter.Next
			letters := h.dashboardLetters()
			if len(letters) != 1 || strings.Contains(letters[0].Body, "not there for you") != tt.hidden {
				t.Errorf("ann gets %+v", letters)
			}
			for _, word := range []string{"vault'", "cabal", "Margin"} {
				if tt.hidden && strings.Contains(letters[0].Body, word) {
					t.Errorf("the letter names %s:\n%s", word, letters[0].Body)
				}
			}
		})
	}
}

// TestPlainTables: a table for programs has a cell for each head, nothing where
// no tickets are, and no name that a table program takes for a formula.
func TestPlainTables(t *testing.T) {
	h := newHouse(t)
	h.agent("root")
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	h.makeQueue(desk.Queue{Name: "=1+1"})
	must(h.OpenTicket(h.ctx, h.sys, service.NewTicket{Queue: h.queue["=1+1"], Subject: "Kettle"}))(t)
	for _, tt := range []struct {
		report desk.TicketReport
		want   string
	}{
		{desk.TicketReport{}, ",tickets;all,1"},
		{desk.TicketReport{By: []desk.Grouping{desk.ByQueue}}, "queue,tickets;'=1+1,1"},
		{desk.TicketReport{By: []desk.Grouping{desk.ByQueue, desk.ByStatus}}, "queue,new;'=1+1,1"},
		{desk.TicketReport{By: []desk.Grouping{desk.ByQueue}, Measure: desk.FirstAnswer}, "queue,tickets,median,nine_tenths"},
		{desk.TicketReport{By: []desk.Grouping{desk.CreatedByMonth}, Last: 1, Measure: desk.FirstAnswer}, "created-month,tickets,median,nine_tenths;MONTH,0,,"},
		{desk.TicketReport{By: []desk.Grouping{desk.FlowByMonth}, Last: 1}, "flow-month,created,resolved;MONTH,1,0"},
	} {
		table := must(h.Report(h.ctx, h.by("root"), tt.report))(t)
		var rows []string
		for _, row := range table.Plain() {
			rows = append(rows, strings.Join(row, ","))
		}
		want := strings.ReplaceAll(tt.want, "MONTH", h.Now().Format("2006-01")+"-01")
		if got := strings.Join(rows, ";"); got != want {
			t.Errorf("%v: got %q, want %q", tt.report.By, got, want)
		}
	}
}
