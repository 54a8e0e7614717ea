package bench

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestKindOfPage(t *testing.T) {
	for _, tt := range []struct{ why, address, want string }{
		{"a plain page", "/admin/users", "/admin/users"},
		{"numbers are one kind", "/agent/tickets/42", "/agent/tickets/N"},
		{"and names with numbers", "/admin/customers/C0042/people", "/admin/customers/N/people"},
		{"values are one kind", "/agent/tickets?view=mine&before=7", "/agent/tickets?before&view"},
		{"each order is its own", "/agent/tickets?sort=-by-queue&view=open", "/agent/tickets?sort=-by-queue&view"},
		{"from whichever list somebody comes", "/agent/tickets/7?sort=-by-queue&view=open", "/agent/tickets/N?sort&view"},
		{"a query that cannot be read", "/x?%zz", "/x"},
	} {
		if got := kindOfPage(tt.address); got != tt.want {
			t.Errorf("%s: %s is of the kind %s, want %s", tt.why, tt.address, got, tt.want)
		}
	}
}

func TestLinksOf(t *testing.T) {
	const base = "http://127.0.0.1:99"
	page := `<a href="/a?x=1&amp;y=2#end">a</a> <a class=b href="b">b</a> <a href="//elsewhere.example/c">c</a> <a href="mailto:d@e">d</a>
		<form action="/f"><button formaction="/g">g</button></form> <link href="/h"> <a name="i">i</a> <a href="/assets/j.css">j</a> <a href="?k">k</a>`
	got := linksOf([]byte(page), base+"/here/now?old=1", base)
	if want := []string{"/a?x=1&y=2", "/here/b", "/here/now?k"}; !slices.Equal(got, want) {
		t.Errorf("got links %q, want %q", got, want)
	}
}

func TestLargestTable(t *testing.T) {
	page := `<table><thead><tr></thead><tbody><tr><td>1</tbody></table><table><tbody class="x"><tr><td>1<tr><td>2<tr><td>3</tbody></table><tbody>`
	rows, size := largestTable([]byte(page))
	if rows != 3 || size != len(`<tbody class="x"><tr><td>1<tr><td>2<tr><td>3`) {
		t.Errorf("got %d rows of %d bytes", rows, size)
	}
	if rows, size := largestTable([]byte("<p>none")); rows != 0 || size != 0 {
		t.Errorf("of no table: %d rows of %d bytes", rows, size)
	}
}

// TestCrawlFollowsLinks: a crawl comes to every kind of page once and again, and
// says of each what it took.
func TestCrawlFollowsLinks(t *testing.T) {
	var statements, asked atomic.Int64
	mux := http.NewServeMux()
	page := func(pattern, body string, queries int64) {
		mux.HandleFunc("GET "+pattern, func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			statements.Add(queries)
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, body)
		})
	}
	row := "<tr><td>" + strings.Repeat("x", 491) // 500 bytes with what is around it
	page("/list", `<a href="/t/1">1</a><a href="/t/2">2</a><a href="/t/3">3</a><a href="/gone">4</a><a href="/file">5</a><table><tbody>`+strings.Repeat(row, 100)+`</tbody>`, 7)
	page("/t/{id}", `<a href="/list">back</a>`, 2)
	mux.HandleFunc("GET /file", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "a,b\n", strings.Repeat("x", 99_000)) })
	server := httptest.NewServer(mux)
	defer server.Close()
	client := server.Client()
	client.Timeout = time.Minute
	c := &crawler{who: superuser, base: server.URL, client: client, statements: statements.Load, progress: func(int) {}, kinds: map[string]*crawledKind{}, known: map[string]bool{}}
	c.meet("/list")
	if err := c.follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	found := map[string]PageFigure{}
	for _, f := range c.figures() {
		found[f.Kind] = f
	}
	list, ticket, gone, file := found["/list"], found["/t/N"], found["/gone"], found["/file"]
	if len(found) != 4 || asked.Load() != crawlRounds*(1+crawlEach) {
		t.Errorf("it came to %d kinds by %d requests", len(found), asked.Load())
	}
	if list.Queries != 7 || list.Rows != 100 || list.FiftyKB < 24 || list.FiftyKB > 26 || list.KB < 50 || list.P50MS == 0 || list.Status != 0 {
		t.Errorf("the list: %+v", list)
	}
	if ticket.Pages != crawlEach || ticket.Queries != 2 || len(ticket.Misses()) != 0 {
		t.Errorf("the tickets: %+v", ticket)
	}
	if gone.Status != http.StatusNotFound || gone.Example != "/gone" || file.KB != 0 || file.Status != 0 {
		t.Errorf("what is gone: %+v; a file: %+v", gone, file)
	}
}

func TestWhatPagesMiss(t *testing.T) {
	for _, tt := range []struct {
		why  string
		f    PageFigure
		want string
	}{
		{"just within", PageFigure{P95MS: 50, KB: 60, FiftyKB: 20}, ""},
		{"slow", PageFigure{P50MS: 10, P95MS: 51, MaxMS: 90}, "51 ms"},
		{"slow once in a hundred", PageFigure{P95MS: 9, MaxMS: 900}, ""},
		{"large, and so are its rows", PageFigure{KB: 75.4, FiftyKB: 21}, "75 KB, 50 rows 21 KB"},
		{"asks a lot", PageFigure{Queries: 101}, "101 queries"},
		{"not there", PageFigure{Status: 404, P95MS: 60}, "status 404, 60 ms"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			if got := strings.Join(tt.f.Misses(), ", "); got != tt.want {
				t.Errorf("it misses %q, want %q", got, tt.want)
			}
		})
	}
}

func TestReportOfPages(t *testing.T) {
	r := Report{Size: "XS", Crawl: []PageFigure{
		{Who: superuser, Kind: "/slow", Example: "/slow?x", P50MS: 70, P95MS: 80, MaxMS: 90, KB: 12, Queries: 30},
		{Who: superuser, Kind: "/quick", P50MS: 2, P95MS: 3, MaxMS: 4, KB: 55, Queries: 4},
		{Who: contactMany, Kind: "/portal/", P50MS: 5, P95MS: 6, MaxMS: 7, KB: 9, Queries: 9},
	}}
	var out strings.Builder
	if err := r.Write(&out); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(out.String()), " ")
	for _, want := range []string{"superuser 2 70.0 70.0 70.0 55 30 30", "contact_many 1 5.0 5.0 5.0 9 9 9", "/slow superuser 80 ms 70.0 30 /slow?x"} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q: %s", want, out.String())
		}
	}
	if strings.Contains(text, "/quick") {
		t.Errorf("the report names a page that misses nothing: %s", out.String())
	}
}
