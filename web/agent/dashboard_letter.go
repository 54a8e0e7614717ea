package agent

import (
	"cmp"
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// letterRows is how many rows of a report a letter shows.
const letterRows = 40

// DashboardLetter writes a dashboard as a letter in its reader's language: its
// subject and its text, in which tables are indented.
func DashboardLetter(n *service.DashboardNews) (subject, body string) {
	lang := web.Languages()[0]
	if i := slices.IndexFunc(web.Languages(), func(l string) bool { return strings.HasPrefix(strings.ToLower(n.Language), l) }); i >= 0 {
		lang = web.Languages()[i]
	}
	d := &drawer{reader: web.Reader{Lang: lang, Zone: n.At.Location()}, fields: n.Fields}
	var b strings.Builder
	day := strings.TrimSuffix(d.reader.Day(n.At)+" ", ". ") // a day that ends with a point goes on with the year
	if day != d.reader.Day(n.At)+" " {
		day += "."
	}
	b.WriteString(n.Line.Name + ", " + day + n.At.Format("2006, 15:04 MST") + "\n" + n.URL + "\n")
	for i, result := range n.Results {
		b.WriteString("\n" + d.letterPart(n.Line.Parts[i].Report, result))
	}
	b.WriteString("\n-- \n" + d.reader.Say(web.T("dashboard.letter.end")) + "\n")
	return n.Line.Name + " (" + n.Desk + ")", b.String()
}

// letterPart writes a report: its name with its number, or with its table.
func (d *drawer) letterPart(r desk.TicketReport, result service.ReportResult) string {
	c := Card{Title: d.title(&r)}
	if result.Err != nil {
		return c.Title + "\n" + desk.Sentence(result.Err) + "\n"
	}
	t := result.Table
	switch {
	case r.Chart == desk.NumberChart || len(t.By) == 0:
		return c.Title + ": " + d.measured(t, t.Total) + "\n"
	case t.Total.Tickets == 0 && !slices.ContainsFunc(t.Cells, someTickets):
		return c.Title + ": " + d.reader.Say(web.T("report.empty")) + "\n"
	}
	d.tabulate(&c, t)
	table := [][]string{c.Heads}
	for _, row := range c.Rows[:min(len(c.Rows), letterRows)] {
		line := []string{row.Label}
		for _, cell := range row.Cells {
			line = append(line, cell.Text)
		}
		table = append(table, line)
	}
	for _, row := range table {
		for i, cell := range row {
			row[i] = cmp.Or(strings.Join(strings.Fields(cell), " "), "–")
		}
	}
	return c.Title + "\n" + service.AlignedTable(table)
}
