package service_test

import "gatehouse/desk"

// reportUseCases are those of reports and dashboards.
var reportUseCases = map[string]func(h *sample) []any{
	"SendDashboards":   func(*sample) []any { return nil },
	"KeepCounting":     func(*sample) []any { return nil },
	"Report":           func(*sample) []any { return args(desk.TicketReport{By: []desk.Grouping{desk.ByQueue}}) },
	"Reports":          func(*sample) []any { return args([]desk.TicketReport{{By: []desk.Grouping{desk.ByStatus}}}) },
	"Dashboards":       func(h *sample) []any { h.deskBoard(); return nil },
	"Dashboard":        func(h *sample) []any { return args(h.deskBoard()) },
	"DashboardReports": func(h *sample) []any { return args(h.deskBoard()) },
	"DashboardGroups":  func(*sample) []any { return nil },
	"SaveDashboard":    func(*sample) []any { return args(desk.Dashboard{Name: "Of the desk"}) },
	"RemoveDashboard":  func(h *sample) []any { return args(h.deskBoard(), false) },
	"SubscribeDashboard": func(h *sample) []any {
		return args(desk.DashboardLetter{Dashboard: h.deskBoard(), Every: desk.Daily, Hour: 8})
	},
	"UnsubscribeDashboard": func(h *sample) []any { return args(h.deskBoard()) },
}

// deskBoard is a dashboard of the whole desk.
func (h *sample) deskBoard() desk.DashboardID {
	for _, d := range must(h.Dashboards(h.ctx, h.sys))(h.t) {
		return d.ID
	}
	return must(h.SaveDashboard(h.ctx, h.sys, desk.Dashboard{Name: "Board", Parts: []desk.DashboardPart{{}}}))(h.t)
}
