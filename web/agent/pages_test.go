package agent_test

import (
	"slices"
	"strings"
	"testing"

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

// TestRowsAreSmall keeps fifty rows of a list under 20 KB.
func TestRowsAreSmall(t *testing.T) {
	page := webtest.HTML(t, webtest.Serve(t, reader(), samples(), agent.Templates), "/agent-list")
	from, to := strings.Index(page, "<tbody>"), strings.Index(page, "</tbody>")
	if rows := strings.Count(page[from:to], "<tr>"); rows != 50 {
		t.Fatalf("got %d rows, want 50", rows)
	}
	if size := to - from; size > 20_000 {
		t.Errorf("fifty rows are %d bytes, more than 20,000", size)
	}
}
