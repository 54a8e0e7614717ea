package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/microcosm-cc/bluemonday"

	"gatehouse/desk"
)

// framePolicy is for the HTML of a letter, which the ticket's page shows in a
// frame: no script, nothing from other hosts, links only into new windows. It
// keeps the origin, without which its own pictures would not be let in.
const framePolicy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; " +
	"frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"

// frameStyle makes letters without colours of their own readable.
const frameStyle = "<style>body{font:15px/1.5 system-ui,sans-serif;margin:.75rem;color:#1a1f1e;background:#fff;overflow-wrap:anywhere}" +
	"img{max-width:100%;height:auto}table{max-width:100%}blockquote{margin:.5rem 0;padding-left:.75rem;border-left:3px solid #c9cec9}</style>"

// ServeLetterHTML answers with the HTML of a message, cleaned, for the frame
// in its ticket's page. Files are served below base.
func ServeLetterHTML(w http.ResponseWriter, m *desk.Message, base string) error {
	if m.HTML == "" {
		return desk.Errorf(desk.NotFound, "This message was not formatted.")
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", framePolicy)
	h.Set("Cache-Control", "private, no-store")
	h.Set("Referrer-Policy", "no-referrer")
	_, _ = w.Write([]byte("<!doctype html><html><head><meta charset=\"utf-8\"><title>–</title>" + frameStyle + "</head><body>" +
		cleanHTML(m, base) + "</body></html>"))
	return nil
}

// cleanHTML keeps of a letter's HTML what only looks: text, tables, colours,
// links, and the pictures that came with the letter.
func cleanHTML(m *desk.Message, base string) string {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "div", "span", "b", "strong", "i", "em", "u", "s", "small", "sub", "sup", "code", "pre", "blockquote",
		"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "center", "font")
	p.AllowTables()
	p.AllowAttrs("color", "face").Matching(regexp.MustCompile(`^[#\w ,-]{1,60}$`)).OnElements("font")
	p.AllowAttrs("alt", "width", "height").Matching(regexp.MustCompile(`^[^<>]{0,200}$`)).OnElements("img")
	p.AllowStyles("color", "background-color", "font-weight", "font-style", "font-size", "text-align", "text-decoration", "padding", "margin-left",
		"border", "border-left", "border-collapse", "width").MatchingHandler(plainStyle).Globally()
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto", "cid")
	p.RequireParseableURLs(true)
	p.AddTargetBlankToFullyQualifiedLinks(true)
	p.RequireNoReferrerOnFullyQualifiedLinks(true)
	p.AllowAttrs("src").Matching(regexp.MustCompile(`(?i)^cid:`)).OnElements("img")
	p.RewriteSrc(func(u *url.URL) { *u = url.URL{Path: partPath(m, u, base)} })
	return p.Sanitize(m.HTML)
}

// plainStyle refuses values that load or compute something.
func plainStyle(value string) bool {
	return len(value) < 100 && !strings.ContainsAny(value, "(\\:@") || strings.HasPrefix(value, "rgb(")
}

// partPath is where the part of a letter is served that a cid: address names
// (RFC 2392), or nowhere.
func partPath(m *desk.Message, u *url.URL, base string) string {
	id, err := url.PathUnescape(u.Opaque)
	if err != nil || !strings.EqualFold(u.Scheme, "cid") {
		return ""
	}
	for _, a := range m.Attachments {
		if a.ContentID != "" && strings.Trim(a.ContentID, "<>") == id {
			return base + "/attachment/" + strconv.FormatInt(int64(a.ID), 10)
		}
	}
	return ""
}
