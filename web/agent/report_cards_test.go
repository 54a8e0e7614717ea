package agent_test

import (
	"encoding/csv"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// tickets are some of every status, asked and answered at several times.
func tickets(t *testing.T) *webtest.Desk {
	t.Helper()
	d := newDesk(t)
	for i, status := range []desk.Status{desk.StatusNew, desk.StatusOpen, desk.StatusStalled, desk.StatusResolved, desk.StatusRejected} {
		id := ask(t, d, "bob", fmt.Sprint("Arm ", i, " stops"))
		d.Pass(26 * time.Hour)
		if status != desk.StatusNew {
			say(d, "ann", desk.Reply, id, "Shake it.") // which opens it
		}
		if status != desk.StatusNew && status != desk.StatusOpen {
			d.OK(d.SetStatus(t.Context(), d.Sys, id, status, 0))
		}
	}
	return d
}

// keyLike finds what looks like the key of a text that is missing.
var keyLike = regexp.MustCompile(`\b(report|dashboard|status|clock)\.[a-z]+(\.[a-z0-9-]+)?\b`)

// TestReportsInWords shows a report of each measure and grouping in both
// languages: each has its chart and its table, and no text is missing.
func TestReportsInWords(t *testing.T) {
	d := tickets(t)
	for _, lang := range []string{"en", "de"} {
		wants(t, d.Post("ann", "/preferences", "lang", lang), 303)
		for _, g := range desk.Groupings() {
			for _, m := range desk.Measures() {
				inWords(t, d, g, m)
			}
		}
		for _, path := range []string{"/agent/dashboards", "/agent/dashboards/start", "/agent/reports"} {
			if missing := keyLike.FindString(text(d.Get("ann", path))); missing != "" {
				t.Errorf("%s in %s: %q is no word", path, lang, missing)
			}
		}
	}
}

func inWords(t *testing.T, d *webtest.Desk, g desk.Grouping, m desk.Measure) {
	t.Helper()
	if g.Flow() && m.Timed() {
		return
	}
	page := d.Get("ann", "/agent/reports?"+url.Values{"by": {string(g)}, "measure": {string(m)}}.Encode())
	wants(t, page, 200)
	if body := page.Body.String(); !strings.Contains(body, `<table class="numbers"`) && m != desk.Waiting && g != desk.ByWaiting {
		t.Errorf("%s by %s has no table", m, g)
	}
	if missing := keyLike.FindString(text(page)); missing != "" {
		t.Errorf("%s by %s: %q is no word", m, g, missing)
	}
}

// TestChartsLeadToTheirLists follows each link of the dashboard that every desk
// has: the list has as many tickets as the number says.
func TestChartsLeadToTheirLists(t *testing.T) {
	d := tickets(t)
	page := html.UnescapeString(d.Get("ann", "/agent/dashboards/start").Body.String())
	link := regexp.MustCompile(`<td><a href="(/agent/tickets\?query=[^"]*)">([0-9]+)</a>`)
	found := link.FindAllStringSubmatch(page, -1)
	if len(found) < 20 {
		t.Fatalf("there are %d numbers with a list", len(found))
	}
	for _, m := range found {
		want, _ := strconv.Atoi(m[2]) // digits only
		list := look(t, d, "ann", m[1])
		wants(t, list, 200)
		if got := strings.Count(list.Body.String(), "Arm "); got < want || want == 0 && got > 0 {
			t.Errorf("%s has %d tickets, the chart says %d", m[1], got, want)
		}
		query, err := url.QueryUnescape(strings.TrimPrefix(m[1], "/agent/tickets?query="))
		if err != nil {
			t.Fatal(err)
		}
		if n := webtest.Must(d.CountTickets(t.Context(), d.By("ann"), service.TicketFilter{Query: query}, 0))(t); n != want {
			t.Errorf("%q finds %d tickets, the chart says %d", query, n, want)
		}
	}
}

// TestReportAddresses: a report is what its address says, all of it, and the
// address that its dashboard keeps for it is the same.
func TestReportAddresses(t *testing.T) {
	d := tickets(t)
	for _, report := range []url.Values{
		{"by": {"queue"}}, {"by": {"queue"}, "and": {"status"}, "chart": {"stacked"}, "top": {"3"}},
		{"query": {"Status = 'open' OR Subject LIKE 'a&b'"}, "measure": {"age"}, "by": {"created-day"}, "chart": {"line"}, "last": {"7"}},
		{"title": {"Ärger & <b> 😀"}, "chart": {"number"}}, {"chart": {"table"}, "by": {"owner"}, "measure": {"first-answer"}},
	} {
		fields := []string{"dashboard", "new", "name", "Kept"}
		for name, values := range report {
			fields = append(fields, name, values[0])
		}
		kept := follow(t, d, "ann", d.Post("ann", "/agent/reports", fields...))
		wants(t, kept, 200)
		edit := regexp.MustCompile(`href="/agent/reports\?([^"]*part=0)"`).FindStringSubmatch(html.UnescapeString(kept.Body.String()))
		if edit == nil {
			t.Fatalf("the dashboard leads to no report: %.600s", text(kept))
		}
		got, err := url.ParseQuery(edit[1])
		if err != nil {
			t.Fatal(err)
		}
		for name, values := range report {
			if got.Get(name) != values[0] {
				t.Errorf("%s became %q, was %q", name, got.Get(name), values[0])
			}
		}
		wants(t, d.Get("ann", "/agent/reports?"+edit[1]), 200, "Change the dashboard")
	}
}

// TestCSVIsTheTable: the numbers for programs are those of the page, row by row.
func TestCSVIsTheTable(t *testing.T) {
	d := tickets(t)
	for _, query := range []string{"by=status", "by=queue&and=status", "by=age", "by=flow-day&last=7", "by=owner&and=queue"} {
		rows, err := csv.NewReader(d.Get("ann", "/agent/reports.csv?"+query).Body).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		page := d.Get("ann", "/agent/reports?"+query).Body.String()
		from := strings.Index(page, `<table class="numbers"`)
		table := page[from : from+strings.Index(page[from:], "</table>")]
		var want []string
		for _, cell := range regexp.MustCompile(`(?s)<t[hd][^>]*>(.*?)</t[hd]>`).FindAllStringSubmatch(table, -1) {
			want = append(want, html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(cell[1], "")))
		}
		if got := slices.Concat(rows...); !slices.Equal(got, want) {
			t.Errorf("%s: the file has %q, the page %q", query, got, want)
		}
	}
}
