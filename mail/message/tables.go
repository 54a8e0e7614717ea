package message

import (
	"html"
	"regexp"
	"strings"
)

// How tables of letters look: as the rest, without colours that a dark letter
// would hide.
const (
	tableHead  = `<h2 style="margin:20px 0 6px;font-size:16px">`
	tableBegin = `<table style="margin:0 0 12px;border-collapse:collapse;font-size:14px">` + "\n"
	cellStyle  = ` style="padding:4px 16px 4px 0;border-bottom:1px solid #808080;text-align:`
)

// between is what stands between the cells of a row.
var between = regexp.MustCompile(` {2,}`)

// MarkupTables is Markup for letters with tables: lines that two blanks indent
// are the rows of one, with two blanks or more between their cells, and the first
// of them its heads. A line before it, in the same paragraph, is what it is
// called.
func MarkupTables(text string) string {
	text = strings.ReplaceAll(CleanText(text), "\r\n", "\n")
	body, end, footed := cutEnd(text)
	var b strings.Builder
	b.WriteString(markupBegin)
	for block := range strings.SplitSeq(body, "\n\n") {
		lines := strings.Split(strings.Trim(block, "\n"), "\n")
		from := 0
		for from < len(lines) && !strings.HasPrefix(lines[from], "  ") {
			from++
		}
		if from == len(lines) {
			writeBlocks(&b, block, 0)
			continue
		}
		for _, line := range lines[:from] {
			b.WriteString(tableHead + html.EscapeString(line) + "</h2>\n")
		}
		writeTable(&b, lines[from:])
	}
	if footed {
		b.WriteString(footerBegin)
		writeBlocks(&b, end, 0)
		b.WriteString("</div>\n")
	}
	b.WriteString(markupEnd)
	return b.String()
}

// cutEnd cuts off what stands below the last "-- ".
func cutEnd(text string) (body, end string, footed bool) {
	at := strings.LastIndex("\n"+text, endMark)
	if at < 0 {
		return text, "", false
	}
	return ("\n" + text)[:at], ("\n" + text)[at+len(endMark):], true
}

func writeTable(b *strings.Builder, lines []string) {
	b.WriteString(tableBegin)
	for i, line := range lines {
		kind := "td"
		if i == 0 {
			kind = "th"
		}
		b.WriteString("<tr>")
		for j, cell := range between.Split(strings.TrimSpace(line), -1) {
			side := "right"
			if j == 0 {
				side = "left"
			}
			b.WriteString("<" + kind + cellStyle + side + `">` + html.EscapeString(cell) + "</" + kind + ">")
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</table>\n")
}
