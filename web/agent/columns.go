package agent

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// Columns are those that a list shows behind number and subject, and the form
// that chooses them.
type Columns struct {
	Shown  []Column
	Choose web.Field
	Keep   []web.Field // what else the address of the list says
	Own    bool        // they were chosen
	Usual  string      // URL of the list with the usual ones

	IDSort, SubjectSort     string // as Column.Sort, of the first two columns
	IDSorted, SubjectSorted bool
	IDFalls, SubjectFalls   bool
}

// A Column is a fact of tickets, or a custom field.
type Column struct {
	Name  string
	Label web.Text
	// Sort is the address of the list, sorted by the column; empty: it cannot be,
	// or it is, and then it is Sorted.
	Sort   string
	Sorted bool
	Falls  bool // it is sorted by it downwards
	field  *desk.Field
	cell   func(reader web.Reader, t service.TicketLine, row Row) Cell
}

// A Cell is what a column says of a ticket; one of its parts is set.
type Cell struct {
	Text     string
	Customer web.Customer
	Status   string
	At       time.Time
	Due      Due
	Values   []web.CustomValue
}

// maxColumns is how many columns a list shows at the most.
const maxColumns = 20

// customColumn is what the names of columns of custom fields begin with.
const customColumn = "cf."

// usualColumns are shown where none were chosen.
const usualColumns = "customer,requestor,queue,owner,status,updated"

// plainColumns are those of every desk.
func plainColumns() []Column {
	text := func(of func(service.TicketLine, Row) string) func(web.Reader, service.TicketLine, Row) Cell {
		return func(_ web.Reader, t service.TicketLine, row Row) Cell { return Cell{Text: of(t, row)} }
	}
	at := func(of func(service.TicketLine) time.Time) func(web.Reader, service.TicketLine, Row) Cell {
		return func(reader web.Reader, t service.TicketLine, _ Row) Cell {
			if moment := of(t); !moment.IsZero() {
				return Cell{At: reader.In(moment)}
			}
			return Cell{}
		}
	}
	list := []Column{
		{Name: "customer", cell: func(_ web.Reader, _ service.TicketLine, row Row) Cell { return Cell{Customer: row.Customer} }},
		{Name: "requestor", cell: text(func(_ service.TicketLine, row Row) string { return row.Requestor })},
		{Name: "queue", cell: text(func(_ service.TicketLine, row Row) string { return row.Queue })},
		{Name: "owner", cell: text(func(_ service.TicketLine, row Row) string { return row.Owner })},
		{Name: "status", cell: func(_ web.Reader, _ service.TicketLine, row Row) Cell { return Cell{Status: row.Status} }},
		{Name: "updated", cell: at(func(t service.TicketLine) time.Time { return t.Updated })},
		{Name: "updater", cell: text(func(t service.TicketLine, _ Row) string { return t.Updater.Text })},
		{Name: "created", cell: at(func(t service.TicketLine) time.Time { return t.Created })},
		{Name: "due", cell: at(func(t service.TicketLine) time.Time { return t.Due })},
		{Name: clockColumn, cell: func(_ web.Reader, _ service.TicketLine, row Row) Cell { return Cell{Due: row.Due} }},
		{Name: waitedColumn, cell: text(func(_ service.TicketLine, row Row) string { return row.Waited })},
		{Name: "told", cell: at(func(t service.TicketLine) time.Time { return t.Told })},
		{Name: "resolved", cell: at(func(t service.TicketLine) time.Time { return t.Resolved })},
		{Name: "priority", cell: text(func(t service.TicketLine, _ Row) string { return strconv.Itoa(t.Priority) })},
		{Name: "worked", cell: text(func(t service.TicketLine, _ Row) string { return minutes(t.TimeWorked) })},
	}
	for i := range list {
		list[i].Label = web.T("col." + list[i].Name)
	}
	return list
}

// minutes is a length of time as hours and minutes; "": none.
func minutes(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n/60) + ":" + strconv.Itoa(100 + n%60)[1:]
}

// columns reads which columns the address asks for, and tells the list which
// custom fields it shows. The same name is written cf.NAME.
func (h handler) columns(r *http.Request, l *listing) (*Columns, error) {
	fields, err := h.desk.Fields(r.Context(), web.Actor(r))
	if err != nil {
		return nil, err
	}
	all := plainColumns()
	for _, f := range fields {
		if f.Of == desk.OfTickets && !f.Disabled {
			all = append(all, Column{Name: customColumn + f.Name, Label: web.Plain(f.Name), field: &f.Field, cell: fieldCell(&f.Field)})
		}
	}
	c := &Columns{Choose: web.Field{Form: "columns-", Name: "column", Kind: "boxes"}}
	chosen := chosenColumns(l)
	if c.Own = len(chosen) > 0; !c.Own {
		chosen = strings.Split(usualColumns, ",")
	}
	for _, name := range chosen[:min(len(chosen), maxColumns)] {
		at := slices.IndexFunc(all, func(column Column) bool { return desk.Fold(column.Name) == desk.Fold(name) })
		if at < 0 {
			continue
		}
		c.Shown = append(c.Shown, all[at])
		if f := all[at].field; f != nil {
			l.filter.Fields = append(l.filter.Fields, f.ID)
		}
	}
	for _, column := range all {
		shown := slices.ContainsFunc(c.Shown, func(s Column) bool { return s.Name == column.Name })
		c.Choose.Options = append(c.Choose.Options, web.Option{Value: column.Name, Label: column.Label, Selected: shown})
	}
	kept, order := split(l.query)
	if kept.Del("columns"); len(plainly(kept)) > plainMost {
		kept = url.Values{"in": {packed(kept)}}
	}
	if kept.Set("sort", order.Get("sort")); order.Get("sort") == "" {
		kept.Del("sort")
	}
	for _, name := range slices.Sorted(maps.Keys(kept)) {
		c.Keep = append(c.Keep, web.Field{Name: name, Value: kept.Get(name)})
	}
	c.Usual = l.with("columns", "")
	return c, nil
}

// chosenColumns are the names of the columns in the address.
func chosenColumns(l *listing) []string {
	var list []string
	for _, name := range strings.Split(l.query.Get("columns"), ",") {
		if name = strings.TrimSpace(name); name != "" {
			list = append(list, name)
		}
	}
	return list
}

func fieldCell(f *desk.Field) func(web.Reader, service.TicketLine, Row) Cell {
	return func(reader web.Reader, t service.TicketLine, _ Row) Cell {
		return Cell{Values: web.CustomValues(reader, service.FieldShown{Field: *f, Values: t.Fields[f.ID]})}
	}
}

// rows are the tickets with what the columns say of them.
func (c *Columns) rows(reader web.Reader, now time.Time, lines []service.TicketLine, l *listing) []Row {
	list := rows(reader, now, lines, l)
	for i := range list {
		for _, column := range c.Shown {
			list[i].Cells = append(list[i].Cells, column.cell(reader, lines[i], list[i]))
		}
	}
	return list
}
