package agent_test

import (
	"fmt"
	"html"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"gatehouse/web/webtest"
)

// longQuery is one of so many letters that finds every arm.
func longQuery(letters int) string {
	var text strings.Builder
	text.WriteString("Subject LIKE 'arm'")
	for i := 0; text.Len() < letters; i++ {
		fmt.Fprintf(&text, " AND id != %d AND Requestor.Name != 'Jürgen Brückner & Söhne, \"the ones in hall %d\"'", 1_000_000+i*7919%100_003, i*31%97)
	}
	return text.String()
}

// goesOn is where a link of a page that is at a path leads.
func goesOn(t testing.TB, at, link string) string {
	t.Helper()
	from, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	to, err := from.Parse(html.UnescapeString(link))
	if err != nil {
		t.Fatal(err)
	}
	return to.RequestURI()
}

// settled asks for a list and says where it stands.
func settled(t testing.TB, d *webtest.Desk, login, at string) (string, *httptest.ResponseRecorder) {
	t.Helper()
	w := d.Get(login, at)
	if w.Code != 303 {
		return at, w
	}
	to := w.Header().Get("Location")
	return to, d.Get(login, to)
}

// TestPagesOfLongQueriesAreSmall: whatever is asked, fifty rows are under 20 KB
// and the page under 60 KB, with every column that there is.
func TestPagesOfLongQueriesAreSmall(t *testing.T) {
	d := newDesk(t)
	for i := range 60 {
		ask(t, d, "bob", fmt.Sprintf("Arm %02d of the hall in the north stops again", i))
	}
	all := "customer,requestor,queue,owner,status,updated,updater,created,due,clock,waited,told,resolved,priority,worked"
	for _, letters := range []int{60, 200, 500, 1500, 4000, 7900} {
		for _, columns := range []string{"", all} {
			q := url.Values{"query": {longQuery(letters)[:letters]}, "sort": {"by-id"}, "columns": {columns}}
			if i := strings.LastIndex(q.Get("query"), " AND id"); i > 0 {
				q.Set("query", q.Get("query")[:i])
			}
			at, page := settled(t, d, "ann", "/agent/tickets?"+q.Encode())
			body := page.Body.String()
			wants(t, page, 200, "Arm 00", `rel="next"`)
			from, to := strings.Index(body, "<tbody>"), strings.Index(body, "</tbody>")
			if size := to - from; columns == "" && size > 20_000 {
				t.Errorf("%d letters: fifty rows are %d bytes", letters, size)
			}
			if len(body) > 60_000 {
				t.Errorf("%d letters: the page is %d bytes", letters, len(body))
			}
			if len(at) > 6500 {
				t.Errorf("%d letters: the address is %d bytes", letters, len(at))
			}
		}
	}
}

// TestLongQueriesGoOn: from a list with a long query, whose address is its own,
// lead the heads, the next page, the columns, the file, its tickets and the way
// back to just that list; and so does the form with what is typed in it.
func TestLongQueriesGoOn(t *testing.T) {
	d := newDesk(t)
	for i := range 60 {
		ask(t, d, "bob", fmt.Sprintf("Arm %02d", i))
	}
	ask(t, d, "bob", "Belt")
	query := longQuery(300)
	at, page := settled(t, d, "ann", "/agent/tickets?query="+url.QueryEscape(query))
	if !strings.HasPrefix(at, "/agent/in/a") || strings.Contains(at, "query") {
		t.Fatalf("the list stands at %s", at)
	}
	first := page.Body.String()
	wants(t, page, 200, "Arm 59", "!Arm 09", "!Belt", html.EscapeString("'arm'"))
	sorted := goesOn(t, at, regexp.MustCompile(`<a href="([^"]*sort=by-subject[^"]*)"`).FindStringSubmatch(first)[1])
	wants(t, d.Get("ann", sorted), 200, "Arm 00", `aria-sort="ascending"`, "!Arm 59", `href="1?sort=by-subject"`)
	wants(t, d.Get("ann", goesOn(t, at, way(first, "next"))), 200, "Arm 09", "!Arm 10", `rel="prev"`)
	next := goesOn(t, sorted, way(d.Get("ann", sorted).Body.String(), "next"))
	wants(t, d.Get("ann", next), 200, "Arm 59", "!Arm 49", "!Belt", `aria-sort="ascending"`)
	keep := hidden(t, page, "in")
	chosen, columns := settled(t, d, "ann", "/agent/tickets?in="+keep+"&column=priority&column=owner")
	wants(t, columns, 200, "Arm 59", "!Belt", "Priority")
	if chosen == at || !strings.HasPrefix(chosen, "/agent/in/") {
		t.Errorf("with other columns the list stands at %s", chosen)
	}
	file := regexp.MustCompile(`href="(/agent/tickets\.csv[^"]*)"`).FindStringSubmatch(first)[1]
	wants(t, d.Get("ann", html.UnescapeString(file)), 200, "Arm 00", "Arm 59", "!Belt")
	opened := d.Get("ann", goesOn(t, at, "7")).Header().Get("Location")
	if !strings.HasPrefix(opened, "/agent/tickets/7?in=") {
		t.Fatalf("a ticket of the list is at %s", opened)
	}
	ticket := d.Get("ann", opened)
	wants(t, ticket, 200, "Arm 59</span>", "!Belt</span>", "/agent/tickets/60?in=")
	wants(t, ticket, 200, fmt.Sprintf(`class="back" href="%s"`, at))
	wants(t, d.Get("ann", "/agent/in/"+keep+"/x"), 404)
	wants(t, d.Get("ann", "/agent/tickets?in="+keep[:len(keep)/2]), 200, "cut or damaged", "!Arm 59")
	wants(t, d.Get("bob", at), 404)
	form := url.Values{"query": {query}, "sort": {"by-id"}, "joint": {"AND"}, "field": {"Subject"}, "how": {"LIKE"}, "value": {"3"}}
	built := d.Get("ann", "/agent/tickets/build?"+form.Encode()) // Enter in the field adds too
	wants(t, follow(t, d, "ann", built), 200, "Arm 30", "!Arm 41", "sort=-by-id")
	form.Set("value", "")
	wants(t, follow(t, d, "ann", d.Get("ann", "/agent/tickets/build?"+form.Encode())), 200, "Arm 00", "!Belt")
}

// TestBatchesOfLongQueries: all tickets of a list with a long query are chosen,
// and from there one comes back to it.
func TestBatchesOfLongQueries(t *testing.T) {
	d := newDesk(t)
	for i := range 55 {
		ask(t, d, "bob", fmt.Sprintf("Arm %02d", i))
	}
	ask(t, d, "bob", "Belt")
	at, page := settled(t, d, "ann", "/agent/tickets?query="+url.QueryEscape(longQuery(600)))
	list := html.UnescapeString(hidden(t, page, "list"))
	asked := d.Get("ann", "/agent/batch?"+url.Values{"all": {"1"}, "list": {list}}.Encode())
	wants(t, asked, 200, "55")
	back, again := settled(t, d, "ann", "/agent/tickets?"+list)
	if back != at {
		t.Errorf("back leads to %.80s, not to %.80s", back, at)
	}
	wants(t, again, 200, "Arm 54")
	marked := d.Post("ann", "/agent/tickets/mark", "ticket", "3", "mark", "unread", "list", list)
	if to, _ := settled(t, d, "ann", marked.Header().Get("Location")); to != at {
		t.Errorf("marking leads to %.80s, not to %.80s", to, at)
	}
}
