package message

import (
	"html"
	"regexp"
	"strings"
)

// How the parts of a letter look. There are no colours but greys that can be
// read on white as on black, so that a program that shows letters dark need not
// guess, and nothing that would be fetched from elsewhere.
const (
	markupBegin = `<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></head>` +
		`<body style="margin:0;padding:16px;font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5"><div style="max-width:44em">` + "\n"
	markupEnd   = "</div></body></html>\n"
	quoteBegin  = `<blockquote style="margin:0 0 12px;padding:0 0 0 12px;border-left:2px solid #808080">` + "\n"
	quoteEnd    = "</blockquote>\n"
	footerBegin = `<div style="margin-top:20px;padding-top:10px;border-top:1px solid #808080;font-size:13px;color:#767676">` + "\n"
	paragraph   = `<p style="margin:0 0 12px">`
)

// endMark stands before the end of a letter (RFC 3676, 4.3).
const endMark = "\n-- \n"

// maxQuotes is how deep quotations are set in one another.
const maxQuotes = 5

// Markup returns a text as the HTML of a letter: paragraphs, quotations and the
// end below the last "-- " as what they are, addresses of pages as links, and else
// the text as it stands, whatever it says.
func Markup(text string) string {
	var b strings.Builder
	b.WriteString(markupBegin)
	body, end := "\n"+strings.ReplaceAll(CleanText(text), "\r\n", "\n"), ""
	at := strings.LastIndex(body, endMark)
	if at >= 0 {
		body, end = body[:at], body[at+len(endMark):]
	}
	writeBlocks(&b, strings.TrimPrefix(body, "\n"), 0)
	if at >= 0 {
		b.WriteString(footerBegin)
		writeBlocks(&b, end, 0)
		b.WriteString("</div>\n")
	}
	b.WriteString(markupEnd)
	return b.String()
}

// writeBlocks writes paragraphs and quotations.
func writeBlocks(b *strings.Builder, text string, depth int) {
	lines := strings.Split(text, "\n")
	for from := 0; from < len(lines); {
		to := from + 1
		quoted := depth < maxQuotes && strings.HasPrefix(lines[from], ">")
		blank := strings.TrimSpace(lines[from]) == ""
		for to < len(lines) && !blank && (strings.TrimSpace(lines[to]) != "" || quoted) && quoted == (depth < maxQuotes && strings.HasPrefix(lines[to], ">")) {
			to++
		}
		switch {
		case quoted:
			writeQuote(b, lines[from:to], depth)
		case !blank:
			writeParagraph(b, lines[from:to])
		}
		from = to
	}
}

func writeParagraph(b *strings.Builder, lines []string) {
	b.WriteString(paragraph)
	for i, line := range lines {
		if i > 0 {
			b.WriteString("<br>\n")
		}
		b.WriteString(markupLine(line))
	}
	b.WriteString("</p>\n")
}

func writeQuote(b *strings.Builder, lines []string, depth int) {
	inner := make([]string, len(lines))
	for i, line := range lines {
		inner[i] = strings.TrimPrefix(strings.TrimPrefix(line, ">"), " ")
	}
	b.WriteString(quoteBegin)
	writeBlocks(b, strings.Join(inner, "\n"), depth+1)
	b.WriteString(quoteEnd)
}

// pageAddress finds addresses of pages in a text. What ends a sentence or a
// bracket is not part of one.
var pageAddress = regexp.MustCompile(`https?://[^\s<>"']*[^\s<>"'.,;:!?)\]}]`)

// markupLine writes a line: escaped, blanks kept, addresses of pages as links.
func markupLine(line string) string {
	var b strings.Builder
	at := 0
	for _, found := range pageAddress.FindAllStringIndex(line, -1) {
		address := html.EscapeString(line[found[0]:found[1]])
		b.WriteString(blanks(line[at:found[0]]) + `<a href="` + address + `" rel="noreferrer">` + address + `</a>`)
		at = found[1]
	}
	return b.String() + blanks(line[at:])
}

// blanks escapes a text and keeps blanks that a browser would join.
func blanks(text string) string {
	text = strings.ReplaceAll(html.EscapeString(text), "\t", "    ")
	if strings.HasPrefix(text, " ") {
		text = "&nbsp;" + text[1:]
	}
	return strings.ReplaceAll(text, "  ", "&nbsp; ")
}
