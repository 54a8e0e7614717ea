package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"gatehouse/desk"
	"gatehouse/service"
)

// A ReportAsked says what is counted of which tickets.
type ReportAsked struct {
	Title   string   `json:"title,omitempty" query:"title" maxLength:"120"`
	Query   string   `json:"query,omitempty" query:"query" maxLength:"5000" doc:"In the query language; empty: all that you may see."`
	Measure string   `json:"measure,omitempty" query:"measure" doc:"tickets, first-answer, resolution, waiting or age; empty: tickets."`
	By      []string `json:"by,omitempty" query:"by" maxItems:"2" doc:"status, queue, customer, owner, requestor, priority, age, waiting, field-NUMBER; created-, resolved- or flow- with day, week or month."`
	Chart   string   `json:"chart,omitempty" query:"chart" doc:"How a page draws it: bar, stacked, line, number or table."`
	Last    int      `json:"last,omitempty" query:"last" doc:"How many days, weeks or months; 0: as many as is usual."`
	Top     int      `json:"top,omitempty" query:"top" doc:"How many groups, the largest ones; 0: twelve."`
}

func (r *ReportAsked) desk() desk.TicketReport {
	out := desk.TicketReport{Title: r.Title, Query: r.Query, Measure: desk.Measure(r.Measure), Chart: desk.ChartKind(r.Chart), Last: r.Last, Top: r.Top}
	for _, g := range r.By {
		out.By = append(out.By, desk.Grouping(g))
	}
	return out
}

func reportAsked(r *desk.TicketReport) ReportAsked {
	wire := ReportAsked{Title: r.Title, Query: r.Query, Measure: string(r.Measure), Chart: string(r.Chart), Last: r.Last, Top: r.Top}
	for _, g := range r.By {
		wire.By = append(wire.By, string(g))
	}
	return wire
}

// A ReportTable is what a report counted: cells by row and column.
type ReportTable struct {
	ReportAsked
	Error   string         `json:"error,omitempty" doc:"Why it could not be counted; the rest is empty then."`
	AsOf    *time.Time     `json:"as_of,omitempty" doc:"From when the numbers are, up to a minute ago."`
	Rows    []ReportGroup  `json:"rows" nullable:"false"`
	Columns []ReportGroup  `json:"columns" nullable:"false"`
	Cells   [][]ReportCell `json:"cells" nullable:"false"`
	Total   ReportCell     `json:"total" doc:"Each ticket once."`
}

// A ReportGroup is a group of tickets.
type ReportGroup struct {
	Key    string `json:"key,omitempty" doc:"A status, a number, a day, a band of days or hours; none: in no group; others: the smaller groups."`
	Name   string `json:"name,omitempty"`
	Others int    `json:"others,omitempty" doc:"Of others: how many groups."`
}

// A ReportCell is what was counted of some tickets. Lengths are seconds.
type ReportCell struct {
	Tickets    int    `json:"tickets"`
	Median     *int64 `json:"median,omitempty"`
	NineTenths *int64 `json:"nine_tenths,omitempty"`
	Query      string `json:"query,omitempty" doc:"Lists these tickets."`
}

func reportTable(asked *desk.TicketReport, r service.ReportResult) ReportTable {
	wire := ReportTable{ReportAsked: reportAsked(asked), Rows: []ReportGroup{}, Columns: []ReportGroup{}, Cells: [][]ReportCell{}}
	if r.Err != nil {
		wire.Error = desk.Sentence(r.Err)
		return wire
	}
	t := r.Table
	cell := func(c service.ReportCell) ReportCell {
		out := ReportCell{Tickets: c.Tickets, Query: c.Query}
		if t.Measure.Timed() && c.Tickets > 0 {
			median, nine := int64(c.Median/time.Second), int64(c.NineTenths/time.Second)
			out.Median, out.NineTenths = &median, &nine
		}
		return out
	}
	groups := func(list []service.ReportGroup) []ReportGroup {
		out := make([]ReportGroup, len(list))
		for i, g := range list {
			out[i] = ReportGroup{g.Key, g.Text, g.Others}
		}
		return out
	}
	wire.ReportAsked, wire.AsOf, wire.Total = reportAsked(&t.TicketReport), moment(t.AsOf), cell(t.Total)
	wire.Rows, wire.Columns = groups(t.Rows), groups(t.Columns)
	for _, row := range t.Cells {
		line := make([]ReportCell, len(row))
		for j, c := range row {
			line[j] = cell(c)
		}
		wire.Cells = append(wire.Cells, line)
	}
	return wire
}

func (h *handler) runReport(ctx context.Context, by caller, in *ReportAsked) (ReportTable, error) {
	asked := in.desk()
	t, err := h.desk.Report(ctx, by.Actor, asked)
	if err != nil {
		return ReportTable{}, err
	}
	return reportTable(&asked, service.ReportResult{Table: t}), nil
}

// reportCSV serves the table of a report as a file.
func (h *handler) reportCSV() route {
	w := what{"reportCSV", "GET /reports.csv", "none; it counts what you may see", "Count tickets, as a table in CSV (RFC 4180); lengths are hours"}
	return w.route(func(api huma.API, op huma.Operation) {
		op.Responses = map[string]*huma.Response{"200": octets("The table.")}
		huma.Register(api, op, func(ctx context.Context, in *ReportAsked) (*downloadOutput, error) {
			t, err := h.desk.Report(ctx, callerOf(ctx).Actor, in.desk())
			if err != nil {
				return nil, h.failure(ctx, w.name, err)
			}
			var b bytes.Buffer
			if err := csv.NewWriter(&b).WriteAll(t.Plain()); err != nil {
				return nil, h.failure(ctx, w.name, err)
			}
			out := saved("report.csv", b.Bytes())
			out.Type = "text/csv; charset=utf-8"
			return out, nil
		})
	})
}
