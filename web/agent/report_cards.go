package agent

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
	"gatehouse/web/chart"
)

// A Card is a report as it is shown: its chart with the table behind it.
type Card struct {
	ID     string
	Title  string
	AsOf   string // the time of day from when it is
	Width  int    // of six columns
	Error  string // why it cannot be shown; empty: it can
	Empty  bool   // nothing was found
	Figure *CardCell
	SVG    template.HTML
	Legend []CardLegend
	Heads  []string
	Rows   []CardRow
	Open   bool   // the table is shown at once
	CSV    string // URL of the table
	Edit   string // URL where the report can be changed and looked at by itself
}

// A CardRow is a row of the table: a group with its numbers.
type CardRow struct {
	Label string
	Cells []CardCell
}

// A CardCell is a number with the list that it counts.
type CardCell struct{ Text, URL string }

// A CardLegend says what a colour means.
type CardLegend struct{ Class, Text string }

// A drawer makes cards for a reader.
type drawer struct {
	reader web.Reader
	fields []service.FieldLine
}

// card shows a report that was counted.
func (d *drawer) card(id string, r desk.TicketReport, result service.ReportResult) Card {
	c := Card{ID: id, Title: d.title(&r), Width: 3, CSV: base + "/reports.csv?" + reportValues(&r).Encode(), Edit: base + "/reports?" + reportValues(&r).Encode()}
	if result.Err != nil {
		c.Error = desk.Sentence(result.Err)
		return c
	}
	t := result.Table
	c.AsOf, c.Empty = d.reader.In(t.AsOf).Format("15:04"), t.Total.Tickets == 0 && !slices.ContainsFunc(t.Cells, someTickets)
	d.tabulate(&c, t)
	switch {
	case r.Chart == desk.NumberChart:
		c.Empty = false
		c.Figure = &CardCell{d.measured(t, t.Total), d.list(t.Total.Query)}
	case r.Chart == desk.NoChart || len(t.By) == 0:
		c.Open = true
	case !c.Empty:
		d.draw(&c, t)
	}
	return c
}

func someTickets(row []service.ReportCell) bool {
	return slices.ContainsFunc(row, func(c service.ReportCell) bool { return c.Tickets > 0 })
}

// list is the address of the list of tickets that a query finds.
func (d *drawer) list(query string) string {
	if query == "" {
		return ""
	}
	return base + "/tickets?" + plainly(url.Values{"query": {query}})
}

// measured is what a cell says: how many, or how long.
func (d *drawer) measured(t *service.ReportTable, c service.ReportCell) string {
	switch {
	case !t.Measure.Timed():
		return strconv.Itoa(c.Tickets)
	case c.Tickets == 0:
		return "–"
	}
	return d.length(c.Median)
}

// length writes a length of time briefly.
func (d *drawer) length(l time.Duration) string {
	text := ""
	switch {
	case l < time.Hour:
		text = d.reader.Say(web.T("report.minutes", strconv.Itoa(int(l/time.Minute))))
	case l < 48*time.Hour:
		text = d.reader.Say(web.T("report.hours", strconv.FormatFloat(l.Hours(), 'f', 1, 64)))
	default:
		text = d.reader.Say(web.T("report.days", strconv.FormatFloat(l.Hours()/24, 'f', 1, 64)))
	}
	return strings.Replace(text, ".", d.reader.Say(web.T("report.point")), 1)
}

// tabulate writes the table behind a chart.
func (d *drawer) tabulate(c *Card, t *service.ReportTable) {
	first := ""
	if len(t.By) > 0 {
		first = d.grouping(t.By[0])
	}
	c.Heads = append([]string{first}, d.heads(t)...)
	for i, row := range t.Rows {
		line := CardRow{Label: d.group(t.By, 0, row)}
		for _, cell := range t.Cells[i] {
			line.Cells = append(line.Cells, d.cells(t, cell)...)
		}
		c.Rows = append(c.Rows, line)
	}
}

// heads are the names of the columns.
func (d *drawer) heads(t *service.ReportTable) []string {
	say := func(key string) string { return d.reader.Say(web.T(key)) }
	switch {
	case len(t.Columns) > 1 || len(t.By) > 1:
		var heads []string
		for _, column := range t.Columns {
			heads = append(heads, d.group(t.By, 1, column))
		}
		return heads
	case t.Measure.Timed():
		return []string{say("report.tickets"), say("report.median"), say("report.ninety")}
	}
	return []string{say("report.tickets")}
}

func (d *drawer) cells(t *service.ReportTable, c service.ReportCell) []CardCell {
	link := d.list(c.Query)
	if c.Tickets == 0 {
		link = ""
	}
	switch {
	case !t.Measure.Timed() || len(t.Columns) > 1 || len(t.By) > 1:
		return []CardCell{{d.measured(t, c), link}}
	case c.Tickets == 0:
		return []CardCell{{"0", ""}, {"–", ""}, {"–", ""}}
	}
	return []CardCell{{strconv.Itoa(c.Tickets), link}, {d.length(c.Median), ""}, {d.length(c.NineTenths), ""}}
}

// draw draws the chart.
func (d *drawer) draw(c *Card, t *service.ReportTable) {
	_, unit := t.By[0].Period()
	drawn := chart.Chart{ID: c.ID, Title: c.Title, Desc: d.describe(t), Upright: unit != "",
		Lines: t.Chart == desk.LineChart && unit != "", Side: t.Chart != desk.StackedChart || t.Measure.Timed()}
	two := t.Measure.Timed() && len(t.Columns) == 1
	for _, column := range t.Columns {
		drawn.Series = append(drawn.Series, d.group(t.By, 1, column))
	}
	if two {
		drawn.Series = []string{d.reader.Say(web.T("report.median")), d.reader.Say(web.T("report.ninety"))}
	}
	for i, row := range t.Rows {
		text := d.group(t.By, 0, row)
		drawn.Labels = append(drawn.Labels, chart.Label{Text: text, Short: text})
		var values []chart.Value
		for _, cell := range t.Cells[i] {
			values = append(values, d.value(t, cell))
			if two {
				values = append(values, d.value(t, service.ReportCell{Tickets: cell.Tickets, Median: cell.NineTenths, Query: cell.Query}))
			}
		}
		drawn.Values = append(drawn.Values, values)
	}
	for i, name := range drawn.Series {
		if len(drawn.Series) > 1 {
			c.Legend = append(c.Legend, CardLegend{chart.Class(i), name})
		}
	}
	c.SVG = drawn.SVG()
}

func (d *drawer) value(t *service.ReportTable, c service.ReportCell) chart.Value {
	v := chart.Value{N: float64(c.Tickets), Text: d.measured(t, c)}
	if t.Measure.Timed() {
		v.N, v.None = c.Median.Hours(), c.Tickets == 0
	}
	if c.Tickets > 0 {
		v.URL = strings.ReplaceAll(d.list(c.Query), "%20", "+") // which is one sign in a drawing
	}
	return v
}

// describe says in words what the chart shows: how many tickets, and the
// largest group.
func (d *drawer) describe(t *service.ReportTable) string {
	best, most := "", -1
	for i, row := range t.Rows {
		n := 0
		for _, cell := range t.Cells[i] {
			n += cell.Tickets
		}
		if n > most {
			best, most = d.group(t.By, 0, row), n
		}
	}
	return d.reader.Say(web.T("report.desc", len(t.Rows), best, most))
}

// title is what a report is called: as it was named, or what it counts.
func (d *drawer) title(r *desk.TicketReport) string {
	if slices.Contains(desk.ShippedTitles(), r.Title) {
		return d.reader.Say(web.T("report.title." + r.Title))
	}
	if r.Title != "" {
		return r.Title
	}
	what := d.reader.Say(web.T("report.measure." + string(cmp.Or(r.Measure, desk.HowMany))))
	switch len(r.By) {
	case 0:
		return what
	case 1:
		return d.reader.Say(web.T("report.title.by", what, d.titled(r.By[0])))
	}
	return d.reader.Say(web.T("report.title.and", what, d.titled(r.By[0]), d.titled(r.By[1])))
}

// titled is a grouping as titles name it, behind "by".
func (d *drawer) titled(g desk.Grouping) string {
	if _, unit := g.Period(); unit != "" {
		return d.reader.Say(web.T("report.in." + string(g)))
	}
	return d.grouping(g)
}

// grouping is the name of a grouping.
func (d *drawer) grouping(g desk.Grouping) string {
	for _, f := range d.fields {
		if f.ID == g.Field() {
			return f.Name
		}
	}
	if g.Field() != 0 {
		return d.reader.Say(web.T("report.by.field"))
	}
	return d.reader.Say(web.T("report.by." + string(g)))
}

// group is the name of a group of the first or second grouping.
func (d *drawer) group(by []desk.Grouping, at int, g service.ReportGroup) string {
	grouping := desk.Grouping("")
	if at < len(by) {
		grouping = by[at]
	}
	_, unit := grouping.Period()
	switch {
	case g.Key == "":
		return d.reader.Say(web.T("report.all"))
	case g.Key == service.OtherGroups:
		return d.reader.Say(web.T("report.others", g.Others))
	case g.Key == service.NoGroup && grouping == desk.ByOwner:
		return d.reader.Say(web.T("report.nobody"))
	case g.Key == service.NoGroup:
		return d.reader.Say(web.T("report.none"))
	case at == 1 && grouping == "": // opened and resolved
		return d.reader.Say(web.T("report.flow." + g.Key))
	case grouping == desk.ByStatus:
		return d.reader.Say(statusText(g.Key))
	case grouping == desk.ByAge:
		return d.reader.Say(web.T("report.age." + g.Key))
	case grouping == desk.ByWaiting:
		return d.reader.Say(web.T("report.waiting." + g.Key))
	case unit == "month":
		return g.At.Format("01/2006")
	case unit != "":
		return d.reader.Day(g.At)
	}
	return g.Text
}

// reportOf reads a report from a form or an address.
func reportOf(q url.Values) desk.TicketReport {
	number := func(name string) int {
		text := strings.TrimSpace(q.Get(name))
		if text == "" {
			return 0
		}
		if n, err := strconv.Atoi(text); err == nil {
			return n
		}
		return -1
	}
	r := desk.TicketReport{Title: q.Get("title"), Query: q.Get("query"), Measure: desk.Measure(q.Get("measure")), Chart: desk.ChartKind(q.Get("chart")), Last: number("last"), Top: number("top")}
	for _, name := range []string{"by", "and"} {
		if g := q.Get(name); g != "" {
			r.By = append(r.By, desk.Grouping(g))
		}
	}
	return r
}

// reportValues is the other way round.
func reportValues(r *desk.TicketReport) url.Values {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" && value != "0" {
			q.Set(name, value)
		}
	}
	set("title", r.Title)
	set("query", r.Query)
	set("measure", string(r.Measure))
	set("chart", string(r.Chart))
	set("last", strconv.Itoa(r.Last))
	set("top", strconv.Itoa(r.Top))
	for i, g := range r.By {
		set([]string{"by", "and"}[min(i, 1)], string(g))
	}
	return q
}
