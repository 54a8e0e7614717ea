package bench

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"gatehouse/desk"
)

const (
	crawlEach   = 2    // pages of a kind, at the most
	crawlRounds = 3    // how often each is asked for
	crawlKinds  = 1000 // of one person, at the most
)

// measureCrawl goes wherever links lead, from the lists, the administration, the
// reports, the portal and the account, as a superuser, an agent and a contact,
// and measures each kind of page. It only asks for pages, and presses nothing.
func (r *run) measureCrawl(ctx context.Context) error {
	if r.Site == nil {
		r.report.note("There is no web server in this run; links are not followed.")
		return nil
	}
	base, stop, err := r.listen()
	if err != nil {
		return err
	}
	defer stop()
	if pages, err := hasPages(ctx, base); err != nil || !pages {
		r.report.note("This program serves no pages; no links are followed.")
		return err
	}
	if err := r.service.KeepCounting(ctx, desk.System(desk.ViaJob)); err != nil { // as a node does
		return err
	}
	for _, who := range []struct {
		class  string
		front  front
		starts []string
	}{
		{superuser, agentPages, []string{"/", "/agent/tickets", "/admin/", "/agent/reports", "/agent/dashboards", "/account"}},
		{agentMedian, agentPages, []string{"/", "/agent/tickets", "/account"}},
		{contactMany, contactPages, []string{"/portal/", "/account"}},
	} {
		if len(r.people[who.class]) == 0 {
			r.report.note("Nobody was found who is of the class %s; his pages are not measured.", who.class)
			continue
		}
		if err := r.crawlAs(ctx, who.class, who.front, base, who.starts); err != nil {
			return fmt.Errorf("following links as %s: %w", who.class, err)
		}
	}
	return nil
}

func (r *run) crawlAs(ctx context.Context, class string, at front, base string, starts []string) error {
	user := r.people[class][0]
	client, err := r.signIn(ctx, user, true)
	if err != nil {
		return err
	}
	client.Timeout = time.Minute
	if _, err := r.visit(ctx, user, front{base + at.list, base + at.tickets}); err != nil {
		return err
	}
	c := &crawler{who: class, base: base, client: client, statements: r.store.Statements, kinds: map[string]*crawledKind{}, known: map[string]bool{}}
	c.progress = func(done int) { r.Progress("crawl", done, 0) }
	for _, path := range starts {
		c.meet(path)
	}
	if err := c.follow(ctx); err != nil {
		return err
	}
	r.report.Crawl = append(r.report.Crawl, c.figures()...)
	if c.left > 0 {
		r.report.note("As %s there were %d more kinds of pages than the %d that were looked at.", class, c.left, crawlKinds)
	}
	return nil
}

// A crawler follows links as one person.
type crawler struct {
	who, base  string
	client     *http.Client
	statements func() int64 // how many the store was asked for so far
	progress   func(done int)
	kinds      map[string]*crawledKind
	known      map[string]bool // addresses that were met
	next       []string        // those that are to be asked for
	left       int             // kinds that are not looked at
}

// A crawledKind is what was measured of a kind of page.
type crawledKind struct {
	PageFigure
	took times
}

// meet notes an address that a link leads to, unless enough of its kind are
// known.
func (c *crawler) meet(address string) {
	if c.known[address] {
		return
	}
	c.known[address] = true
	kind := kindOfPage(address)
	known := c.kinds[kind]
	switch {
	case known == nil && len(c.kinds) >= crawlKinds:
		c.left++
		return
	case known == nil:
		known = &crawledKind{PageFigure: PageFigure{Who: c.who, Kind: kind, Example: address}}
		c.kinds[kind] = known
	case known.Pages >= crawlEach:
		return
	}
	known.Pages++
	c.next = append(c.next, address)
}

// follow asks for all pages that links lead to.
func (c *crawler) follow(ctx context.Context) error {
	for done := 0; len(c.next) > 0; done++ {
		address := c.next[0]
		c.next = c.next[1:]
		c.progress(done)
		for round := range crawlRounds {
			page, err := c.ask(ctx, address)
			if err != nil {
				return err
			}
			c.kinds[kindOfPage(address)].add(page, address)
			if round > 0 || !page.html {
				continue
			}
			for _, link := range linksOf(page.body, c.base+address, c.base) {
				c.meet(link)
			}
		}
	}
	return nil
}

// An askedPage is what came for an address.
type askedPage struct {
	body    []byte
	took    time.Duration
	queries int64
	status  int
	html    bool
}

// ask asks for a page. An answer that takes longer than a minute is status zero.
func (c *crawler) ask(ctx context.Context, address string) (page askedPage, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+address, nil)
	if err != nil {
		return page, fmt.Errorf("asking for %s: %w", address, err)
	}
	before, begin := c.statements(), time.Now()
	answer, err := c.client.Do(request)
	if err != nil {
		page.took = time.Since(begin)
		if page.took < c.client.Timeout || ctx.Err() != nil {
			return page, fmt.Errorf("asking for %s: %w", address, err)
		}
		return page, nil
	}
	defer func() { err = errors.Join(err, answer.Body.Close()) }()
	page.body, err = io.ReadAll(answer.Body)
	page.took, page.queries, page.status = time.Since(begin), c.statements()-before, answer.StatusCode
	page.html = strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html")
	return page, err
}

// add adds what came to the figure of a kind.
func (k *crawledKind) add(page askedPage, address string) {
	k.took = append(k.took, page.took)
	if page.status != http.StatusOK && k.Status == 0 {
		k.Status, k.Example = cmp.Or(page.status, http.StatusGatewayTimeout), address
	}
	if k.Status == 0 && page.took == slices.Max(k.took) {
		k.Example = address
	}
	k.Queries = max(k.Queries, int(page.queries))
	if !page.html {
		return
	}
	k.KB = max(k.KB, round(float64(len(page.body))/kilobyte))
	rows, size := largestTable(page.body)
	if rows >= 10 {
		k.Rows, k.FiftyKB = max(k.Rows, rows), max(k.FiftyKB, round(float64(size)*50/float64(rows)/kilobyte))
	}
}

// figures are those of all kinds, the slowest first.
func (c *crawler) figures() []PageFigure {
	var list []PageFigure
	for _, k := range c.kinds {
		k.P50MS, k.P95MS, k.MaxMS = millis(k.took.median()), millis(k.took.percentile(95)), millis(slices.Max(k.took))
		list = append(list, k.PageFigure)
	}
	slices.SortFunc(list, func(a, b PageFigure) int { return cmp.Or(cmp.Compare(b.P50MS, a.P50MS), cmp.Compare(a.Kind, b.Kind)) })
	return list
}

// kindOfPage is an address without the numbers in it, and of what stands behind
// the question mark only the names; how a list is sorted and of which kind
// something is stays, but not from which list somebody came to one thing.
func kindOfPage(address string) string {
	path, query, _ := strings.Cut(address, "?")
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if strings.ContainsAny(part, "0123456789") || strings.ContainsAny(part, "%:@") {
			parts[i] = "N"
		}
	}
	kind := strings.Join(parts, "/")
	values, err := url.ParseQuery(query)
	if err != nil || len(values) == 0 {
		return kind
	}
	var names []string
	for name, of := range values {
		if name == "kind" || name == "sort" && parts[len(parts)-1] != "N" {
			name += "=" + of[0]
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return kind + "?" + strings.Join(names, "&")
}

// linksOf are the addresses to which the links of a page lead, on the same site.
func linksOf(page []byte, at, base string) []string {
	here, err := url.Parse(at)
	if err != nil {
		return nil
	}
	var links []string
	for z := html.NewTokenizer(bytes.NewReader(page)); z.Next() != html.ErrorToken; {
		token := z.Token()
		if token.DataAtom != atom.A || token.Type != html.StartTagToken {
			continue
		}
		for _, attribute := range token.Attr {
			to, err := here.Parse(attribute.Val)
			if attribute.Key != "href" || err != nil || to.Scheme+"://"+to.Host != base || strings.HasPrefix(to.Path, "/assets/") {
				continue
			}
			to.Fragment, to.RawFragment = "", ""
			links = append(links, strings.TrimPrefix(to.String(), base))
		}
	}
	return links
}

// largestTable is how many rows the largest table of a page has in its body, and
// how many bytes these are.
func largestTable(page []byte) (rows, size int) {
	for rest := page; ; {
		begin := bytes.Index(rest, []byte("<tbody"))
		if begin < 0 {
			return rows, size
		}
		rest = rest[begin:]
		end := bytes.Index(rest, []byte("</tbody>"))
		if end < 0 {
			return rows, size
		}
		if n := bytes.Count(rest[:end], []byte("<tr")); n > rows {
			rows, size = n, end
		}
		rest = rest[end:]
	}
}
