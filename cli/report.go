package cli

import (
	"encoding/csv"
	"fmt"
	"strings"
	"text/tabwriter"

	"gatehouse/desk"
	"gatehouse/service"
)

// reportWords say what is counted.
type reportWords struct {
	Query   string   `placeholder:"QUERY" help:"Which tickets; empty: all that one may see."`
	Measure string   `placeholder:"WHAT" help:"tickets, first-answer, resolution, waiting or age."`
	By      []string `placeholder:"GROUPS" help:"One or two of status, queue, customer, owner, requestor, priority, age, waiting, field-NUMBER; or by time: created-, resolved- or flow- with day, week or month."`
	Last    int      `placeholder:"N" help:"How many days, weeks or months."`
	Top     int      `placeholder:"N" help:"How many groups, the largest ones."`
}

func (w *reportWords) report() desk.TicketReport {
	r := desk.TicketReport{Query: w.Query, Measure: desk.Measure(w.Measure), Last: w.Last, Top: w.Top}
	for _, g := range w.By {
		r.By = append(r.By, desk.Grouping(g))
	}
	return r
}

type reportCommand struct {
	reportWords
	CSV bool `name:"csv" help:"Print CSV; lengths are hours."`
}

// Run counts tickets.
func (cmd *reportCommand) Run(c *caller) error {
	t, err := c.svc.Report(c.ctx, c.by, cmd.report())
	switch {
	case err != nil:
		return err
	case cmd.CSV:
		return csv.NewWriter(c.p.Out).WriteAll(t.Plain())
	case c.json:
		return printJSON(c.p.Out, countedLine("", service.ReportResult{Table: t}))
	}
	return c.printTable(t)
}

// printTable prints the table of a report, numbers to the right of names.
func (c *caller) printTable(t *service.ReportTable) error {
	w := tabwriter.NewWriter(c.p.Out, 0, 8, 2, ' ', 0)
	for i, row := range t.Plain() {
		if i == 0 {
			row = upper(row)
		}
		for j := range row {
			row[j] = clean(row[j])
		}
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	return w.Flush()
}

// reportCounted is a report in JSON: rows of cells, its heads first.
type reportCounted struct {
	Title string     `json:"title"`
	Query string     `json:"query"`
	Error string     `json:"error"`
	AsOf  string     `json:"as_of"`
	Total int        `json:"total"`
	Rows  [][]string `json:"rows"`
}

func countedLine(title string, r service.ReportResult) reportCounted {
	if r.Err != nil {
		return reportCounted{Title: title, Error: desk.Sentence(r.Err), Rows: [][]string{}}
	}
	t := r.Table
	return reportCounted{Title: title, Query: t.Query, AsOf: t.AsOf.UTC().Format("2006-01-02T15:04:05Z"), Total: t.Total.Tickets, Rows: t.Plain()}
}
