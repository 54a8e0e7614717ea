package service

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"gatehouse/desk"
	"gatehouse/desk/query"
	"gatehouse/desk/tally"
)

// A ReportTable is what a report counted: a table of rows by columns.
type ReportTable struct {
	desk.TicketReport
	AsOf time.Time
	// Rows and Columns are the groups of both groupings. Where there is none,
	// there is one group without a key.
	Rows, Columns []ReportGroup
	Cells         [][]ReportCell // by row and column
	Total         ReportCell     // each ticket once, though it be in several groups
}

// A ReportGroup is one group of tickets.
type ReportGroup struct {
	// Key tells it from the others: a status, a number, a day ("2026-11-22"), a
	// band of ages in days or of waiting in hours ("8-14", "91-"); "none" is what
	// is in no group, and "others" are the smaller groups.
	Key    string
	Text   string    // its name, where it has one of its own
	At     time.Time // when the day, week or month begins, in the reader's zone
	Others int       // how many groups "others" are
}

// NoGroup and OtherGroups are the keys of what is no group of its own.
const (
	NoGroup     = "none"
	OtherGroups = "others"
)

// A ReportCell is what was counted of some tickets.
type ReportCell struct {
	Tickets int
	// Median and NineTenths are those of lengths of time: half of the tickets,
	// and nine of ten, took no longer.
	Median, NineTenths time.Duration
	Query              string // that lists these tickets; empty: none does
}

// A ReportResult is a report that was counted, or why it could not be.
type ReportResult struct {
	Table *ReportTable
	Err   error
}

// Report counts the tickets that the actor, who works at the desk, may see. A
// report is shown again for up to a minute (AsOf says from when it is), but
// never once the actor's rights were changed.
func (s *Service) Report(ctx context.Context, by desk.Actor, r desk.TicketReport) (*ReportTable, error) {
	results, err := s.Reports(ctx, by, []desk.TicketReport{r})
	if err != nil {
		return nil, err
	}
	return results[0].Table, results[0].Err
}

// Reports counts several reports at once, as Report does. What is wrong with
// one of them keeps the others from nothing.
func (s *Service) Reports(ctx context.Context, by desk.Actor, list []desk.TicketReport) ([]ReportResult, error) {
	if by.IsNobody() {
		return nil, errNobody()
	}
	ledger, err := s.tickets(ctx)
	if err != nil {
		return nil, err
	}
	results := make([]ReportResult, len(list))
	err = s.view(ctx, by, func(o *op) error {
		if !o.isAgent() {
			return desk.Errorf(desk.Forbidden, "Reports are for the people at the desk.")
		}
		c := &reporter{op: o, ledger: ledger, scope: o.scope(desk.ShowTicket), now: o.s.Now(), asOf: o.s.Now(), tests: map[string]query.Test{}}
		if c.zone, err = o.zone(ctx); err != nil {
			return err
		}
		return c.count(ctx, list, results)
	})
	return results, err
}

// A reporter counts reports for somebody.
type reporter struct {
	*op
	ledger *tally.Ledger
	scope  *desk.Scope
	now    time.Time
	asOf   time.Time // from when the numbers are at the latest
	zone   *time.Location
	tests  map[string]query.Test // of queries, ready for the ledger
}

// count fills in the results, those from before where they still hold.
func (c *reporter) count(ctx context.Context, list []desk.TicketReport, results []ReportResult) error {
	var plans []*plan
	var specs []tally.Spec
	at := map[*plan]int{}
	for i := range list {
		r := list[i]
		if err := r.Check(); err != nil {
			results[i].Err = err
			continue
		}
		if results[i].Table = c.s.counting.find(c.key(&r), c.kept(nil)); results[i].Table != nil {
			continue
		}
		p, err := c.plan(ctx, &r)
		switch {
		case desk.KindOf(err) == desk.Internal || ctx.Err() != nil:
			return err
		case err != nil:
			results[i].Err = err
			continue
		}
		at[p] = i
		plans, specs = append(plans, p), append(specs, p.specs...)
	}
	if len(specs) == 0 {
		return nil
	}
	found := c.ledger.Count(c.scope, specs)
	for _, p := range plans {
		table, err := c.table(ctx, p, found[:len(p.specs)])
		if err != nil {
			return err
		}
		found = found[len(p.specs):]
		results[at[p]].Table = table
		c.s.counting.keep(c.key(p.report), c.kept(table))
	}
	return nil
}

// key is under what a report is kept, which was checked.
func (c *reporter) key(r *desk.TicketReport) reportKey {
	return reportKey{c.by.User, c.by.Limits.String(), c.zone.String(), fmt.Sprintf("%q %q %q %q %q %d %d", r.Title, r.Query, r.Measure, r.By, r.Chart, r.Last, r.Top)}
}

func (c *reporter) kept(t *ReportTable) keptReport {
	return keptReport{version: c.e.Version(), day: desk.DayOf(c.now), at: c.now, ledger: c.ledger, scope: c.scope, table: t}
}

// test makes a query ready for the ledger.
func (c *reporter) test(ctx context.Context, text string) (query.Test, error) {
	if t, ok := c.tests[text]; ok {
		return t, nil
	}
	f := TicketFilter{Query: text}
	if err := c.bindFilter(ctx, &f); err != nil {
		return query.Test{}, err
	}
	t := query.Always()
	if f.Test != nil {
		t = *f.Test
	}
	err := c.answer(ctx, &t)
	c.tests[text] = t
	return t, err
}

// answer asks the database what the ledger does not know.
func (c *reporter) answer(ctx context.Context, t *query.Test) error {
	for _, part := range tally.Foreign(t) {
		found, late, err := c.matching(ctx, part)
		if err != nil {
			return err
		}
		if late {
			c.asOf = c.now.Add(-c.s.store.ReplicaLate())
		}
		*part = query.Test{What: query.In, Column: query.ID, Numbers: found}
	}
	return nil
}

// A plan is how a report is counted.
type plan struct {
	report     *desk.TicketReport
	row, col   *axis
	specs      []tally.Spec
	conditions []string // that every ticket which is counted meets
}

func (c *reporter) plan(ctx context.Context, r *desk.TicketReport) (*plan, error) {
	p := &plan{report: r, row: onlyOne(), col: onlyOne()}
	test, err := c.test(ctx, r.Query)
	if err != nil {
		return nil, err
	}
	spec := tally.Spec{Test: test, Time: c.timeOf(r.Measure)}
	if r.Query != "" {
		p.conditions = append(p.conditions, r.Query)
	}
	if cond := measured(r.Measure); cond != "" {
		p.conditions = append(p.conditions, cond)
	}
	for i, g := range r.By {
		a, err := c.axis(ctx, g, r)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			p.row = a
		} else {
			p.col = a
		}
		spec.By = append(spec.By, a.by)
	}
	p.specs = []tally.Spec{spec}
	if len(r.By) == 1 && r.By[0].Flow() {
		p.col = bothEnds()
		ends := spec
		ends.By = []tally.By{{Time: query.Resolved, Bounds: spec.By[0].Bounds}}
		p.specs = append(p.specs, ends)
	}
	return p, nil
}

// timeOf is what of a ticket is measured.
func (c *reporter) timeOf(m desk.Measure) tally.Time {
	now := c.now.UnixMicro()
	switch m {
	case desk.FirstAnswer:
		return tally.Time{From: query.Created, To: query.FirstReply}
	case desk.Resolution:
		return tally.Time{From: query.Created, To: query.Resolved}
	case desk.Waiting:
		return tally.Time{From: query.Asked, Until: now}
	case desk.Age:
		return tally.Time{From: query.Created, Until: now}
	}
	return tally.Time{}
}

// measured is the condition that a ticket has what is measured.
func measured(m desk.Measure) string {
	switch m {
	case desk.FirstAnswer:
		return "FirstAnswered IS NOT NULL"
	case desk.Resolution:
		return "Resolved IS NOT NULL"
	case desk.Waiting:
		return "Waiting IS NOT NULL"
	}
	return ""
}

// table makes a table of what was counted.
func (c *reporter) table(ctx context.Context, p *plan, found []tally.Counted) (*ReportTable, error) {
	t := &ReportTable{TicketReport: *p.report, AsOf: c.asOf}
	cells := found[0].Cells
	if len(p.report.By) == 0 {
		cells = []tally.Cell{found[0].Total}
	}
	for _, ends := range found[1:] {
		for _, cell := range ends.Cells {
			cell.Keys[1] = 1
			cells = append(cells, cell)
		}
	}
	rows, err := p.row.groups(ctx, found[0], sums(cells, 0), cmpTop(p.report.Top, usualTop))
	if err != nil {
		return nil, err
	}
	columns, err := p.col.groups(ctx, found[0], sums(cells, 1), usualParts)
	if err != nil {
		return nil, err
	}
	joined := join(cells, rows, columns)
	for i, row := range rows.list {
		t.Rows = append(t.Rows, row.ReportGroup)
		line := make([]ReportCell, len(columns.list))
		for j, column := range columns.list {
			line[j] = cellOf(joined[[2]int{i, j}])
			if row.Key != OtherGroups && column.Key != OtherGroups {
				line[j].Query = allOf(p.conditions, row.in(j), column.cond)
			}
		}
		t.Cells = append(t.Cells, line)
	}
	for _, column := range columns.list {
		t.Columns = append(t.Columns, column.ReportGroup)
	}
	t.Total = cellOf(found[0].Total)
	if !p.row.partial && !p.col.partial {
		t.Total.Query = allOf(p.conditions, p.row.whole, p.col.whole)
	}
	return t, nil
}

// How many groups are shown where nothing else is asked for.
const (
	usualTop   = 12
	usualParts = 7
)

func cmpTop(asked, usual int) int {
	if asked > 0 {
		return asked
	}
	return usual
}

// sums says how many tickets there are of each key of one of the groupings.
func sums(cells []tally.Cell, of int) map[int64]int {
	n := map[int64]int{}
	for _, cell := range cells {
		n[cell.Keys[of]] += cell.N
	}
	return n
}

// join puts the cells into the places of their groups.
func join(cells []tally.Cell, rows, columns *chosen) map[[2]int]tally.Cell {
	joined := map[[2]int]tally.Cell{}
	for _, cell := range cells {
		i, shown := rows.place(cell.Keys[0])
		j, also := columns.place(cell.Keys[1])
		if !shown || !also {
			continue
		}
		sum := joined[[2]int{i, j}]
		sum.N += cell.N
		sum.Times = slices.Concat(sum.Times, cell.Times)
		joined[[2]int{i, j}] = sum
	}
	return joined
}

func cellOf(c tally.Cell) ReportCell {
	return ReportCell{Tickets: c.N,
		Median:     time.Duration(tally.Quantile(c.Times, 50)) * time.Microsecond,
		NineTenths: time.Duration(tally.Quantile(c.Times, 90)) * time.Microsecond}
}

// allOf joins conditions into one query.
func allOf(conditions []string, more ...string) string {
	text := ""
	for _, cond := range slices.Concat(conditions, more) {
		switch {
		case cond == "" || cond == text:
		case text == "":
			text = cond
		default:
			text = bracketed(text) + " AND " + bracketed(cond)
		}
	}
	if text == "" {
		return "id > 0"
	}
	return text
}

// bracketed keeps a condition together where it is joined with others.
func bracketed(cond string) string {
	if slices.ContainsFunc(strings.FieldsFunc(cond, func(r rune) bool { return !unicode.IsLetter(r) }), func(word string) bool { return strings.EqualFold(word, "OR") }) {
		return "(" + cond + ")"
	}
	return cond
}
