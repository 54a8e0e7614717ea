package message

import (
	"bytes"
	"cmp"
	"html"
	"slices"
	"strings"
	"unicode/utf8"
)

// A passage is a stretch of the letter's text, in one or both forms.
type passage struct {
	plain, html       string
	isPlain, isMarkup bool
	wrapped           bool // from a winmail.dat, which repeats what stands outside it
}

// readBody fills in texts and parts.
func (l *Letter) readBody(root *entity) {
	passages := l.collect(root, root)
	passages = unless(passages, passage.silent)
	passages = unless(passages, func(p passage) bool { return p.wrapped })
	var texts, markups []string
	plain, markup := 0, 0
	for _, p := range passages {
		if p.isMarkup && strings.TrimSpace(p.plain) == "" {
			p.isPlain = false // an empty text beside a full one
		}
		if p.isPlain {
			plain++
		} else {
			p.plain = HTMLText(p.html)
		}
		if p.isMarkup {
			markup++
		} else {
			p.html = "<pre>" + html.EscapeString(p.plain) + "</pre>"
		}
		texts = append(texts, p.plain)
		markups = append(markups, p.html)
	}
	l.Text = strings.Join(texts, "\n")
	if markup > 0 {
		l.HTML = strings.Join(markups, "\n")
		l.HTMLOnly = plain == 0
	}
	l.check(strings.TrimSpace(l.Text) == "" && len(l.Parts) == 0, "It is empty.")
}

// unless leaves out such passages where there are others.
func unless(list []passage, such func(passage) bool) []passage {
	if rest := slices.DeleteFunc(slices.Clone(list), such); len(rest) > 0 {
		return rest
	}
	return list
}

func (p passage) silent() bool {
	return p.isPlain && !p.isMarkup && strings.TrimSpace(p.plain) == ""
}

// collect returns the passages of e in order and puts all else into l.Parts.
func (l *Letter) collect(e, root *entity) []passage {
	if len(e.children) == 0 {
		return l.leaf(e, root)
	}
	l.Signed = cmp.Or(l.Signed, e.signed())
	var list []passage
	for _, child := range e.children {
		list = append(list, l.collect(child, root)...)
	}
	if e.kind == "multipart/alternative" {
		return merge(list)
	}
	return list
}

// merge makes one passage of alternatives: what is plain, and what is HTML.
func merge(list []passage) []passage {
	if len(list) < 2 {
		return list
	}
	var plain, markup []string
	for _, p := range list {
		if p.isPlain {
			plain = append(plain, p.plain)
		}
		if p.isMarkup {
			markup = append(markup, p.html)
		}
	}
	return []passage{{
		plain: strings.Join(plain, "\n"), isPlain: len(plain) > 0,
		html: strings.Join(markup, "\n"), isMarkup: len(markup) > 0,
	}}
}

// leaf reads a part without parts of its own.
func (l *Letter) leaf(e, root *entity) []passage {
	disposition, params := parseDisposition(e.get("Content-Disposition"))
	name := e.fileName(params)
	data, defect := e.decoded()
	l.check(defect != "", defect)
	if e.readable() && disposition != "attachment" && (name == "" || e == root) {
		if defect != "" && !utf8.Valid(data) && isPlainText(e.body) {
			data = e.body // it was never encoded
		}
		return l.passage(e, data)
	}
	if e.kind == "application/ms-tnef" || strings.EqualFold(name, "winmail.dat") {
		return l.unwrap(l.attach(e, disposition, name, data))
	}
	list, done := l.protected(e, root, data)
	if !done {
		l.attach(e, disposition, name, data)
	}
	return list
}

// attach adds a part and returns its bytes.
func (l *Letter) attach(e *entity, disposition, name string, data []byte) []byte {
	id := first(messageIDs("<" + strings.Trim(e.get("Content-Id"), "<> ") + ">"))
	part := Part{Type: e.kind, ContentID: id, Data: data, Name: cleanName(name)}
	part.Inline = disposition == "inline" || disposition == "" && id != ""
	if part.Name == "" {
		part.Name = inventName(part, len(l.Parts)+1)
	}
	l.Parts = append(l.Parts, part)
	return data
}

// isPlainText reports whether a body that is said to be encoded is a text as it
// stands: printable ASCII with as many blanks as texts have.
func isPlainText(body []byte) bool {
	blanks := 0
	for _, c := range body {
		if c == ' ' {
			blanks++
		}
		if c >= 0x7f || c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return blanks > 0 && len(body)/blanks < 15
}

// readable reports whether a part is a text for people. A text of a kind that
// nobody knows is shown as a plain one (RFC 2046, 4.1.4).
func (e *entity) readable() bool {
	switch e.kind {
	case "text/calendar", "text/csv", "text/vcard", "text/x-vcard", "text/directory", "text/rfc822-headers", "text/x-moz-deleted",
		"text/rtf", "text/css", "text/javascript", "text/xml", "text/x-amp-html", "text/watch-html":
		return false
	}
	return strings.HasPrefix(e.kind, "text/")
}

// passage reads a text part in its charset.
func (l *Letter) passage(e *entity, data []byte) []passage {
	isHTML := e.kind == "text/html"
	if !isHTML {
		var files []Part
		data, files = takeEncoded(data)
		l.Parts = append(l.Parts, files...)
	}
	charset := strings.TrimSpace(e.params["charset"])
	if lookupCharset(charset) == nil && bytes.Contains(data, []byte("\x1b$")) {
		charset = "iso-2022-jp"
	}
	if lookupCharset(charset) == nil && !utf8.Valid(data) {
		l.check(charset != "", "A text is not in the charset that it names.")
		l.check(charset == "", "A text does not name its charset.")
		if guess := guessCharset(data, isHTML); guess != "" {
			charset = guess
		}
	}
	text := CleanText(toUTF8(data, charset))
	if isHTML {
		return []passage{{html: text, isMarkup: true}}
	}
	if strings.EqualFold(e.params["format"], "flowed") {
		text = Unflow(text, strings.EqualFold(e.params["delsp"], "yes"))
	}
	return []passage{{plain: text, isPlain: true}}
}

// textCharset is the charset that the first text part claims: the best guess
// for 8-bit characters in the header, which say nothing about themselves.
func (e *entity) textCharset() string {
	if strings.HasPrefix(e.kind, "text/") && e.params["charset"] != "" {
		return e.params["charset"]
	}
	for _, child := range e.children {
		if c := child.textCharset(); c != "" {
			return c
		}
	}
	return ""
}
