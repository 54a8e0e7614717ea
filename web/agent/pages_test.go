package agent_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gatehouse/web"
	"gatehouse/web/agent"
	"gatehouse/web/webtest"
)

// TestPages shows every page of the package with realistic data.
func TestPages(t *testing.T) {
	webtest.Execute(t, reader(), samples(), agent.Templates)
}

// TestPagesInChromium looks at them with a browser.
func TestPagesInChromium(t *testing.T) {
	b := webtest.Open(t, webtest.Serve(t, reader(), samples(), agent.Templates))
	parts := []string{"agent-goes", "agent-goes-comment", "agent-palette-part", "agent-here", "agent-choose-part"} // of pages
	webtest.CheckAll(t, b, slices.DeleteFunc(samples(), func(s webtest.Sample) bool { return slices.Contains(parts, s.Name) }))
}

// TestRowsAreSmall keeps fifty rows of a list under 20 KB, on a small desk and on
// one of a million tickets, where each has a clock, many are unread and the list
// has a query.
func TestRowsAreSmall(t *testing.T) {
	large := list()
	large.Rows = rows(50)
	for i := range large.Rows {
		row := &large.Rows[i]
		row.ID, row.Unread = row.ID+1_000_000, i%3 == 0
		row.URL = fmt.Sprintf("/agent/tickets/%d?in=%s", row.ID, strings.Repeat("x", agent.PackedMost))
		row.Cells = []agent.Cell{{Customer: row.Customer}, {Text: row.Requestor}, {Text: row.Queue}, {Text: row.Owner}, {Status: row.Status},
			{Due: agent.Due{State: "running", Left: web.T("clock.in", web.T("clock.hours", 9))}}, {At: row.Updated}}
	}
	for _, s := range []webtest.Sample{{Name: "small", View: list().View()}, {Name: "large", View: large.View()}} {
		page := webtest.HTML(t, webtest.Serve(t, reader(), []webtest.Sample{s}, agent.Templates), "/"+s.Name)
		from, to := strings.Index(page, "<tbody>"), strings.Index(page, "</tbody>")
		if rows := strings.Count(page[from:to], "<tr>"); rows != 50 {
			t.Fatalf("%s: got %d rows, want 50", s.Name, rows)
		}
		if size := to - from; size > 20_000 {
			t.Errorf("%s: fifty rows are %d bytes, more than 20,000", s.Name, size)
		}
	}
}
