package message

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxQuoteDepth bounds how deep quotes are marked, for each adds to each line.
const maxQuoteDepth = 10

// maxHTMLText bounds in bytes what HTMLText returns; a few tags can make long
// lines.
const maxHTMLText = 4 << 20

// HTMLText returns what a person would read of an HTML text, as plain text:
// paragraphs, lists and quotes keep their shape, links are followed by their
// address, pictures by their description; scripts and styles are left out. It
// reads the HTML once from front to back and trusts none of its nesting. After
// 4 MB it stops with "[…]".
func HTMLText(s string) string {
	r := &textWriter{}
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		if r.out.Len() > maxHTMLText {
			return CleanText(cut(r.out.String(), maxHTMLText)) + "\n[…]"
		}
		switch z.Next() {
		case html.ErrorToken:
			r.closeLink()
			return CleanText(strings.TrimSpace(r.out.String()))
		case html.TextToken:
			if r.hidden == 0 {
				r.write(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			r.start(atom.Lookup(name), z, more)
		case html.EndTagToken:
			name, _ := z.TagName()
			r.end(atom.Lookup(name))
		}
	}
}

// A textWriter writes words with single blanks and remembers how many line
// ends are wanted before the next one.
type textWriter struct {
	out    strings.Builder
	lines  int       // line ends wanted
	blank  bool      // a blank wanted
	quote  int       // depth of blockquote
	pre    int       // in pre
	hidden atom.Atom // the element whose text is left out
	href   string    // of the link that is open
	linkAt int       // where its text begins
}

// start handles an opening tag.
func (r *textWriter) start(tag atom.Atom, z *html.Tokenizer, hasAttr bool) {
	if r.hidden != 0 {
		return
	}
	switch tag {
	case atom.Script, atom.Style, atom.Title, atom.Template:
		r.hidden = tag
	case atom.Br:
		r.lines++
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Table, atom.Ul, atom.Ol, atom.Hr:
		r.want(2)
	case atom.Div, atom.Tr, atom.Dt, atom.Dd, atom.Section, atom.Article, atom.Header, atom.Footer:
		r.want(1)
	case atom.Blockquote:
		r.want(1)
		r.quote++
	case atom.Pre:
		r.want(1)
		r.pre++
	case atom.Li:
		r.want(1)
		r.write("- ")
	case atom.Td, atom.Th:
		r.blank = true
	case atom.A:
		r.closeLink()
		r.href, r.linkAt = attribute(z, hasAttr, "href"), r.out.Len()
	case atom.Img:
		r.write(attribute(z, hasAttr, "alt"))
	}
}

// end handles a closing tag.
func (r *textWriter) end(tag atom.Atom) {
	if r.hidden != 0 {
		if tag == r.hidden {
			r.hidden = 0
		}
		return
	}
	switch tag {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Table, atom.Ul, atom.Ol:
		r.want(2)
	case atom.Div, atom.Tr, atom.Li, atom.Dt, atom.Dd, atom.Section, atom.Article, atom.Header, atom.Footer:
		r.want(1)
	case atom.Blockquote:
		r.want(1)
		r.quote = max(0, r.quote-1)
	case atom.Pre:
		r.want(1)
		r.pre = max(0, r.pre-1)
	case atom.A:
		r.closeLink()
	}
}

// want asks for at least n line ends before the next word.
func (r *textWriter) want(n int) { r.lines = max(r.lines, n) }

// closeLink writes the address of the open link unless its text shows it.
func (r *textWriter) closeLink() {
	href := r.href
	r.href = ""
	if !strings.HasPrefix(href, "http://") && !strings.HasPrefix(href, "https://") && !strings.HasPrefix(href, "mailto:") {
		return
	}
	shown := strings.TrimSpace(r.out.String()[r.linkAt:])
	bare := strings.TrimPrefix(href, "mailto:")
	if shown != bare && shown+"/" != bare {
		r.blank = r.out.Len() > 0
		r.write("<" + bare + ">")
	}
}

// write adds text. Outside pre, runs of blanks and line ends are one blank.
func (r *textWriter) write(s string) {
	if r.pre > 0 {
		for i, line := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
			if i > 0 {
				r.lines++
			}
			r.word(line)
		}
		return
	}
	fields := strings.Fields(s)
	if len(fields) == 0 {
		r.blank = r.blank || s != ""
		return
	}
	if strings.IndexByte(" \t\r\n", s[0]) >= 0 {
		r.blank = true
	}
	r.word(strings.Join(fields, " "))
	r.blank = strings.IndexByte(" \t\r\n", s[len(s)-1]) >= 0
}

// word writes what is wanted before s, and s.
func (r *textWriter) word(s string) {
	if s == "" {
		return
	}
	marks := strings.Repeat("> ", min(r.quote, maxQuoteDepth))
	switch {
	case r.out.Len() == 0:
		r.out.WriteString(marks)
	case r.lines > 0:
		for range min(r.lines, 2) {
			r.out.WriteString("\n")
		}
		r.out.WriteString(marks)
	case r.blank:
		r.out.WriteByte(' ')
	}
	r.lines, r.blank = 0, false
	r.out.WriteString(s)
}

// attribute returns one attribute of the tag that was just read.
func attribute(z *html.Tokenizer, more bool, name string) string {
	for more {
		var key, value []byte
		if key, value, more = z.TagAttr(); string(key) == name {
			return strings.TrimSpace(string(value))
		}
	}
	return ""
}
