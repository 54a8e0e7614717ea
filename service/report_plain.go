package service

import (
	"cmp"
	"strconv"

	"gatehouse/desk"
)

// Plain returns the table as cells of plain text, its heads first, for programs:
// keys where groups have no name of their own, names made harmless for table programs, lengths of time in hours, and
// nothing where no tickets are.
func (t *ReportTable) Plain() [][]string {
	heads := []string{""}
	if len(t.By) > 0 {
		heads[0] = string(t.By[0])
	}
	switch {
	case t.apart():
		for _, column := range t.Columns {
			heads = append(heads, column.plain())
		}
	case t.Measure.Timed():
		heads = append(heads, "tickets", "median", "nine_tenths")
	default:
		heads = append(heads, "tickets")
	}
	rows := [][]string{heads}
	for i, group := range t.Rows {
		row := []string{cmp.Or(group.plain(), "all")}
		for _, cell := range t.Cells[i] {
			row = append(row, t.PlainCell(cell)...)
		}
		rows = append(rows, row)
	}
	return rows
}

// apart reports whether each cell is a column of its own.
func (t *ReportTable) apart() bool { return len(t.Columns) > 1 || len(t.By) > 1 }

func (g *ReportGroup) plain() string {
	if g.Key == OtherGroups {
		return strconv.Itoa(g.Others) + " others"
	}
	return desk.HarmlessCell(cmp.Or(g.Text, g.Key))
}

// PlainCell returns the numbers of a cell for programs, as many as it has
// columns in Plain.
func (t *ReportTable) PlainCell(c ReportCell) []string {
	hours := func(n float64) string { return strconv.FormatFloat(n, 'f', 2, 64) }
	switch {
	case !t.Measure.Timed():
		return []string{strconv.Itoa(c.Tickets)}
	case c.Tickets == 0:
		hours = func(float64) string { return "" }
	}
	if t.apart() {
		return []string{hours(c.Median.Hours())}
	}
	return []string{strconv.Itoa(c.Tickets), hours(c.Median.Hours()), hours(c.NineTenths.Hours())}
}
