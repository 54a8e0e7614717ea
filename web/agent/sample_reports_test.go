package agent_test

import (
	"fmt"

	"gatehouse/web"
	"gatehouse/web/agent"
	"gatehouse/web/chart"
	"gatehouse/web/webtest"
)

// card is a report with a chart of some kind.
func card(id string, width int, change func(*chart.Chart)) agent.Card {
	c := agent.Card{ID: id, Title: "Tickets by queue and status", Width: width, AsOf: "12:03", CSV: "/agent/reports.csv?by=queue", Edit: "/agent/reports?by=queue",
		Heads: []string{"Queue", "New", "Open"}, Legend: []agent.CardLegend{{Class: "s1", Text: "New"}, {Class: "s2", Text: "Open"}}}
	drawn := chart.Chart{ID: id, Title: c.Title, Desc: "3 groups; the largest is Support.", Series: []string{"New", "Open"}}
	for i, name := range []string{"Support", "Sales and everything that belongs to it, as of today", "Third"} {
		drawn.Labels = append(drawn.Labels, chart.Label{Text: name, Short: fmt.Sprint(i+1, " Nov")})
		drawn.Values = append(drawn.Values, []chart.Value{{N: 3, Text: "3", URL: "/agent/tickets?query=a"}, {N: float64(9 * i), Text: fmt.Sprint(9 * i), URL: "/agent/tickets?query=b"}})
		c.Rows = append(c.Rows, agent.CardRow{Label: name, Cells: []agent.CardCell{{Text: "3", URL: "/agent/tickets?query=a"}, {Text: fmt.Sprint(9 * i)}}})
	}
	change(&drawn)
	c.SVG = drawn.SVG()
	return c
}

// reportSamples are the pages of reports and dashboards.
func reportSamples() []webtest.Sample {
	choice := func(name string) web.Field { return selection("", name, "one", "two") }
	cards := []agent.Card{
		{ID: "n", Title: "Still to be done", Width: 2, Figure: &agent.CardCell{Text: "12,345", URL: "/agent/tickets"}},
		{ID: "e", Title: "Nothing", Width: 2, Empty: true}, {ID: "w", Title: "Broken", Width: 2, Error: "There is no such field."},
		card("stacked", 3, func(*chart.Chart) {}), card("side", 3, func(c *chart.Chart) { c.Side = true }),
		card("line", 6, func(c *chart.Chart) { c.Lines = true }), card("columns", 3, func(c *chart.Chart) { c.Upright = true }),
	}
	open := card("report", 6, func(*chart.Chart) {})
	open.Open = true
	form := agent.ReportPage{Nav: nav("view.open"), Title: web.Field{Name: "title"}, Query: web.Field{Name: "query", Kind: "textarea", Value: "Status ="}, Measure: choice("measure"), By: choice("by"),
		And: choice("and"), Chart: choice("chart"), Last: web.Field{Name: "last", Kind: "number"}, Top: web.Field{Name: "top", Kind: "number"}}
	wrong := form
	wrong.Error, wrong.Mistake = "A value is missing.", &agent.Mistake{Before: "Status =", Wrong: "…"}
	form.Card, form.Where, form.Name, form.For = &open, selection("keep-", "dashboard", "1"), web.Field{Form: "keep-", Name: "name"}, selection("keep-", "for", "me")
	form.Hidden = []agent.Hidden{{Name: "by", Value: "queue"}}
	board := agent.DashboardPage{Nav: nav("view.open"), ID: "1", Name: "Overview", Whose: web.T("saved.me"), Cards: cards, AsOf: "12:03", Edit: "/agent/dashboards/1/edit",
		Copy: web.Field{Form: "copy-", Name: "name", Value: "Overview"}, For: selection("keep-", "for", "me"),
		Subscribe: &agent.Subscription{Now: web.T("dashboard.gets.weekly"), Every: choice("every"), Day: choice("day"), Hour: choice("hour"), MonthDay: web.Field{Name: "monthday", Kind: "number"}}}
	edit := agent.DashboardEdit{Nav: nav("view.open"), URL: "/agent/dashboards/1", Name: web.Field{Name: "name", Value: "Overview"}, Version: 3,
		Parts: []agent.DashboardPart{{Number: 0, Title: "By age", Edit: "/x", First: true, Width: selection("part0-", "width", "3")}, {Number: 1, Title: "By queue", Edit: "/y", Last: true, Width: selection("part1-", "width", "3")}}}
	list := agent.DashboardsPage{Nav: nav("view.open"), Undo: "/agent/dashboards/2/restore", Name: web.Field{Name: "name"}, For: selection("", "for", "me"),
		List: []agent.DashboardLink{{Name: "Overview", URL: "/agent/dashboards/start", Whose: web.T("dashboard.shipped"), Parts: 12}, {Name: "Mine", URL: "/agent/dashboards/1", Whose: web.T("saved.me"), Parts: 1, ByMail: true}}}
	return []webtest.Sample{
		{Name: "agent-dashboard", View: board.View()}, {Name: "agent-dashboard-empty", View: agent.DashboardPage{ID: "2", Name: "Empty", Nav: nav("view.open"), Copy: board.Copy, For: board.For}.View()},
		{Name: "agent-dashboard-edit", View: edit.View()}, {Name: "agent-dashboards", View: list.View()},
		{Name: "agent-report", View: form.View()}, {Name: "agent-report-wrong", View: wrong.View()},
	}
}
