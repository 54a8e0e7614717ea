package agent

import (
	"net/http"
	"slices"
	"strconv"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// A ReportPage puts a report together and shows it.
type ReportPage struct {
	Nav                                              []web.NavSection
	Title, Query, Measure, By, And, Chart, Last, Top web.Field
	Error                                            string
	Mistake                                          *Mistake
	Card                                             *Card
	Hidden                                           []Hidden // the report, for the form that keeps it
	Where, Name, For                                 web.Field
	Dashboard                                        string // which the report is a part of; empty: none
	Part                                             string
}

// View makes the page ready to be shown.
func (p ReportPage) View() web.View {
	return web.View{Template: "agent/report", Title: web.T("report.page"), Nav: p.Nav, Body: p,
		Crumbs: []web.Link{{Label: web.T("nav.dashboards"), URL: base + "/dashboards"}}}
}

// drawer reads what cards are written with.
func (h handler) drawer(r *http.Request) (*drawer, error) {
	fields, err := h.desk.Fields(r.Context(), web.Actor(r))
	return &drawer{web.ReaderOf(r), slices.DeleteFunc(fields, func(f service.FieldLine) bool { return f.Of != desk.OfTickets || f.Disabled })}, err
}

// report shows a report with the form by which it is changed. Everything that
// it is stands in its address.
func (h handler) report(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f, err := h.frame(r)
	if err != nil {
		return err
	}
	d, err := h.drawer(r)
	if err != nil {
		return err
	}
	report := reportOf(q)
	if len(q) == 0 {
		report = desk.TicketReport{Query: "Status = '__Active__'", By: []desk.Grouping{desk.ByQueue}, Measure: desk.HowMany, Chart: desk.BarChart}
	}
	page := reportForm(d, report)
	page.Nav = f.nav
	result := service.ReportResult{}
	result.Table, result.Err = h.desk.Report(r.Context(), web.Actor(r), report)
	mistake := service.QueryMistake(result.Err)
	switch kind := desk.KindOf(result.Err); {
	case result.Err == nil:
		card := d.card("report", report, result)
		card.Width, card.Open, card.Edit = 6, true, ""
		page.Card = &card
	case kind == desk.Invalid || kind == desk.NotFound || kind == desk.TooLarge:
		page.Error = web.Refuse(result.Err, &page.Title, &page.Query, &page.Measure, &page.By, &page.And, &page.Chart, &page.Last, &page.Top)
	default:
		return result.Err
	}
	if mistake != nil {
		page.Mistake = marked(report.Query, mistake)
	}
	for name, values := range reportValues(&report) {
		page.Hidden = append(page.Hidden, Hidden{Name: name, Value: values[0]})
	}
	slices.SortFunc(page.Hidden, func(a, b Hidden) int { return compareText(a.Name, b.Name) })
	if err := h.whereToKeep(r, page); err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func compareText(a, b string) int {
	if a < b {
		return -1
	}
	return 1
}

// reportForm is the form of a report.
func reportForm(d *drawer, r desk.TicketReport) *ReportPage {
	p := &ReportPage{
		Title:   web.Field{Name: "title", Value: r.Title},
		Query:   web.Field{Name: "query", Kind: "textarea", Rows: 2, Value: r.Query},
		Measure: choices("measure", ""), By: choices("by", ""), And: choices("and", ""), Chart: choices("chart", ""),
		Last: web.Field{Name: "last", Kind: "number", Value: positive(r.Last)}, Top: web.Field{Name: "top", Kind: "number", Value: positive(r.Top)},
	}
	for _, m := range desk.Measures() {
		add(&p.Measure, string(r.Measure), string(m), web.T("report.measure."+string(m)))
	}
	for _, k := range desk.ChartKinds() {
		add(&p.Chart, string(r.Chart), string(k), web.T("report.chart."+string(k)))
	}
	for i, field := range []*web.Field{&p.By, &p.And} {
		chosen := ""
		if i < len(r.By) {
			chosen = string(r.By[i])
		}
		add(field, chosen, "", web.T("report.by.nothing"))
		for _, g := range desk.Groupings() {
			if i == 0 || !g.Flow() {
				add(field, chosen, string(g), web.Plain(d.grouping(g)))
			}
		}
		for _, f := range d.fields {
			add(field, chosen, string(desk.GroupingOf(f.ID)), web.Plain(f.Name))
		}
	}
	return p
}

func positive(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// whereToKeep offers the dashboards to which the report can be added.
func (h handler) whereToKeep(r *http.Request, p *ReportPage) error {
	q := r.URL.Query()
	p.Where, p.Name = choices("dashboard", ""), web.Field{Form: "keep-", Name: "name"}
	p.Where.Form = "keep-"
	list, err := h.desk.Dashboards(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	for _, line := range list {
		id := strconv.FormatInt(int64(line.ID), 10)
		if !line.May {
			continue
		}
		add(&p.Where, q.Get("dashboard"), id, web.Plain(line.Name))
		if n, err := strconv.Atoi(q.Get("part")); err == nil && id == q.Get("dashboard") && n >= 0 && n < len(line.Parts) {
			p.Dashboard, p.Part = id, q.Get("part")
		}
	}
	add(&p.Where, "", "new", web.T("dashboard.new"))
	p.For, err = h.forWhom(r)
	return err
}

// forWhom asks for whom a dashboard is.
func (h handler) forWhom(r *http.Request) (web.Field, error) {
	f := choices("for", "", web.Option{Value: "me", Label: web.T("saved.me")})
	f.Form = "keep-"
	groups, all, err := h.desk.DashboardGroups(r.Context(), web.Actor(r))
	for _, g := range groups {
		add(&f, "", strconv.FormatInt(int64(g.ID), 10), web.Plain(g.Text))
	}
	if all {
		add(&f, "", "desk", web.T("saved.desk"))
	}
	return f, err
}

// reportCSV writes the table of a report.
func (h handler) reportCSV(w http.ResponseWriter, r *http.Request) error {
	d, err := h.drawer(r)
	if err != nil {
		return err
	}
	report := reportOf(r.URL.Query())
	t, err := h.desk.Report(r.Context(), web.Actor(r), report)
	if err != nil {
		return err
	}
	c := Card{}
	d.tabulate(&c, t)
	for i := range c.Heads {
		c.Heads[i] = web.Harmless(c.Heads[i])
	}
	out, err := web.SendCSV(w, "report.csv", c.Heads)
	if err != nil {
		return err
	}
	var rows [][]string
	for i, row := range c.Rows {
		line := []string{web.Harmless(row.Label)}
		for j := range t.Cells[i] {
			line = append(line, t.PlainCell(t.Cells[i][j])...)
		}
		rows = append(rows, line)
	}
	return out.WriteAll(rows)
}

// A Hidden is a value that a form sends without showing it.
type Hidden struct{ Name, Value string }
