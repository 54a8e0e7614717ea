package message

import (
	"bytes"
	"net/textproto"
	"strings"

	"github.com/jhillyerd/enmime/v2/mediatype"
)

// A rawField is one header field as it came. The value still has its line
// ends, encoded words and 8-bit characters.
type rawField struct {
	name  string // canonical, such as Content-Type
	value []byte
}

// An entity is a letter or a part of one: slices of the raw letter.
type entity struct {
	fields   []rawField
	kind     string            // media type in lower case, such as text/plain
	params   map[string]string // of Content-Type
	body     []byte
	children []*entity // of a multipart
}

// get returns the first field of that name, unfolded but not decoded.
func (e *entity) get(name string) string {
	for _, f := range e.fields {
		if f.name == name {
			return unfold(f.value)
		}
	}
	return ""
}

// A stop is where a body ended: at a delimiter line of the multipart at that
// level, counted from outside, or at the end of the letter with level -1.
type stop struct {
	level int
	final bool
}

// A splitter cuts a letter into entities in one pass over its bytes. Which
// line ends what, and all limits but Bytes, are decided here and nowhere else.
type splitter struct {
	raw     []byte
	pos     int
	lim     Limits
	parts   int
	depth   int            // of the multiparts we are in
	open    map[string]int // their boundaries; of equal ones the innermost
	defects []string
}

// newSplitter accepts line ends of old Macs, which are lone carriage returns.
func newSplitter(raw []byte, lim Limits) *splitter {
	if bytes.IndexByte(raw, '\n') < 0 {
		raw = bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
	}
	return &splitter{raw: raw, lim: lim, open: map[string]int{}}
}

// letter reads the whole raw letter.
func (s *splitter) letter() (*entity, error) {
	s.skipLeading()
	root, _, err := s.entity("text/plain")
	return root, err
}

// skipLeading passes what may stand before a header by mistake: a byte order
// mark, blank lines and the "From " line of an mbox.
func (s *splitter) skipLeading() {
	if bytes.HasPrefix(s.raw, []byte("\ufeff")) {
		s.pos = len("\ufeff")
	}
	for s.pos < len(s.raw) && (s.raw[s.pos] == '\r' || s.raw[s.pos] == '\n') {
		s.pos++
	}
	rest := bytes.TrimPrefix(s.raw[s.pos:], []byte(">"))
	if after, ok := bytes.CutPrefix(rest, []byte("From ")); ok && !bytes.HasPrefix(bytes.TrimLeft(after, " "), []byte(":")) {
		_, s.pos = s.line()
	}
}

// line returns the line at pos without its end, and where the next one begins.
func (s *splitter) line() (line []byte, next int) {
	next = len(s.raw)
	if i := bytes.IndexByte(s.raw[s.pos:], '\n'); i >= 0 {
		next = s.pos + i + 1
	}
	return bytes.TrimRight(s.raw[s.pos:next], "\r\n"), next
}

// entity reads a header and what belongs to it. The parts of a multipart are
// read by recursion, never deeper than Limits.Depth.
func (s *splitter) entity(defaultKind string) (*entity, stop, error) {
	e := &entity{}
	var err error
	if e.fields, err = s.header(); err != nil {
		return e, stop{}, err
	}
	e.kind, e.params = parseMediaType(e.get("Content-Type"), defaultKind)
	if !strings.HasPrefix(e.kind, "multipart/") {
		var end stop
		e.body, end = s.body()
		return e, end, nil
	}
	end, err := s.multipart(e)
	return e, end, err
}

// multipart reads the parts of e. A multipart in which its boundary never
// comes becomes a text, so that nothing of it is lost.
func (s *splitter) multipart(e *entity) (stop, error) {
	if s.depth >= s.lim.Depth {
		return stop{}, &LimitError{What: "levels of nested parts", Got: s.depth + 1, Max: s.lim.Depth}
	}
	boundary := strings.TrimRight(e.params["boundary"], " \t")
	if boundary == "" {
		s.defect("A part says that it has parts but not what divides them.")
		boundary = s.likelyBoundary()
	}
	boundary = s.meantBoundary(boundary)
	level := s.depth
	outer, hidden := s.open[boundary]
	if s.depth++; boundary != "" {
		s.open[boundary] = level
	}
	childKind := "text/plain"
	if e.kind == "multipart/digest" {
		childKind = "message/rfc822"
	}
	preamble, end := s.body()
	for end.level == level && !end.final {
		if s.parts++; s.parts > s.lim.Parts {
			return stop{}, &LimitError{What: "parts", Got: s.parts, Max: s.lim.Parts}
		}
		var child *entity
		var err error
		if child, end, err = s.entity(childKind); err != nil {
			return stop{}, err
		}
		e.children = append(e.children, child)
	}
	s.depth--
	if delete(s.open, boundary); hidden {
		s.open[boundary] = outer
	}
	if len(e.children) == 0 {
		s.check(boundary != "", "A part says that it has parts but has none.")
		e.kind, e.params, e.body = "text/plain", nil, preamble
	}
	if end.level == level {
		_, end = s.body() // the epilogue, which nobody reads
		return end, nil
	}
	s.check(boundary != "", "A list of parts has no end.")
	return end, nil
}

// meantBoundary returns the boundary of a multipart, or what divides its parts
// really where it is written wrongly: in single quotes, or in another case.
func (s *splitter) meantBoundary(boundary string) string {
	ahead := s.raw[s.pos:min(len(s.raw), s.pos+maxLook)]
	delimiter := []byte("--" + boundary)
	if boundary == "" || bytes.HasPrefix(ahead, delimiter) || bytes.Contains(ahead, append([]byte("\n"), delimiter...)) {
		return boundary
	}
	for line := range bytes.Lines(ahead) {
		divider, ok := bytes.CutPrefix(bytes.TrimRight(line, " \t\r\n"), []byte("--"))
		if ok && strings.EqualFold(string(divider), strings.Trim(boundary, "' ")) {
			s.defect("What divides its parts is written wrongly.")
			return string(divider)
		}
	}
	return boundary
}

// maxLook bounds in bytes how far ahead a boundary is looked for.
const maxLook = 4 << 10

// likelyBoundary finds what divides the parts of a multipart that does not
// say: a line of two dashes and more, with the header of a part below it.
func (s *splitter) likelyBoundary() string {
	var divider []byte
	for line := range bytes.Lines(s.raw[s.pos:min(len(s.raw), s.pos+maxLook)]) {
		line = bytes.TrimRight(line, " \t\r\n")
		if divider != nil && len(line) > 8 && bytes.EqualFold(line[:8], []byte("content-")) {
			return string(divider)
		}
		divider = nil
		if rest, ok := bytes.CutPrefix(line, []byte("--")); ok && len(rest) > 0 && len(rest) <= 70 {
			divider = rest
		}
	}
	return ""
}

// body reads up to a delimiter line of any open multipart and passes it. The
// line end before a delimiter belongs to the delimiter.
func (s *splitter) body() ([]byte, stop) {
	start := s.pos
	for s.depth > 0 && s.pos < len(s.raw) {
		if end, ok := s.delimiter(); ok {
			body := bytes.TrimSuffix(s.raw[start:s.pos], []byte("\n"))
			_, s.pos = s.line()
			return bytes.TrimSuffix(body, []byte("\r")), end
		}
		i := bytes.Index(s.raw[s.pos:], []byte("\n--"))
		if i < 0 {
			break
		}
		s.pos += i + 1
	}
	s.pos = len(s.raw)
	return s.raw[start:], stop{level: -1}
}

// delimiter says whether the line at pos divides or ends an open multipart;
// the innermost one wins. However many are open, it looks only twice.
func (s *splitter) delimiter() (stop, bool) {
	if s.depth == 0 || !bytes.HasPrefix(s.raw[s.pos:], []byte("--")) {
		return stop{}, false
	}
	line, _ := s.line()
	text := bytes.TrimRight(line[2:], " \t")
	if len(text) == 0 || len(text) > maxMediaType {
		return stop{}, false
	}
	end, ok := stop{level: -1}, false
	if level, is := s.open[string(text)]; is {
		end, ok = stop{level: level}, true
	}
	if text, is := bytes.CutSuffix(text, []byte("--")); is {
		if level, is := s.open[string(text)]; is && level > end.level {
			end, ok = stop{level: level, final: true}, true
		}
	}
	return end, ok
}

// header reads fields up to and with the blank line. On an error the fields
// before it are returned too.
func (s *splitter) header() ([]rawField, error) {
	var fields []rawField
	begin, valueAt := s.pos, 0
	passed := false // the last field was one too many
	for s.pos < len(s.raw) {
		line, next := s.line()
		if _, ok := s.delimiter(); ok {
			return fields, nil
		}
		if len(line) == 0 {
			s.pos = next
			return fields, nil
		}
		goesOn := continues(line, fields)
		name, ok := fieldName(line)
		if goesOn && passed {
			s.pos = next
			continue
		}
		if !ok && !goesOn && s.headerGoesOn(next) {
			s.defect("The header has a line that is no field.")
			s.pos = next
			continue
		}
		if !ok && !goesOn {
			s.defect("The header ends without a blank line.")
			return fields, nil
		}
		if n := next - begin; n > s.lim.HeaderBytes {
			return fields, &LimitError{What: "bytes of header", Got: n, Max: s.lim.HeaderBytes}
		}
		if goesOn {
			fields[len(fields)-1].value = s.raw[valueAt : s.pos+len(line)]
			s.pos = next
			continue
		}
		if len(fields) >= s.lim.Headers && (len(fields) >= 2*s.lim.Headers || !matters(name)) {
			s.defect("It has more header fields than are read.")
			s.pos, passed = next, true
			continue
		}
		passed = false
		valueAt = s.pos + bytes.IndexByte(line, ':') + 1
		fields = append(fields, rawField{name: name, value: s.raw[valueAt : s.pos+len(line)]})
		s.pos = next
	}
	return fields, nil
}

// maxNonsense is how many lines in a row that are no fields may stand in the
// midst of a header.
const maxNonsense = 3

// headerGoesOn says whether a line that is no field stands in the midst of a
// header: a well-known field follows it, or a few more such lines.
func (s *splitter) headerGoesOn(next int) bool {
	ahead := splitter{raw: s.raw, pos: next}
	for range maxNonsense {
		line, after := ahead.line()
		if name, ok := fieldName(line); ok {
			return wellKnown(name)
		}
		if len(line) == 0 {
			return false
		}
		ahead.pos = after
	}
	return false
}

// wellKnown reports whether a field is one of those that letters are about.
func wellKnown(name string) bool {
	switch name {
	case "From", "To", "Cc", "Subject", "Date", "Message-Id", "Received", "Return-Path", "Reply-To", "Sender",
		"Mime-Version", "In-Reply-To", "References", "Delivered-To", "Status", "Precedence", "Importance":
		return true
	}
	return strings.HasPrefix(name, "Content-") || strings.HasPrefix(name, "X-")
}

// matters reports whether a field is read however many there are: those that say
// what a letter is and where its parts are.
func matters(name string) bool {
	return name != "Received" && !strings.HasPrefix(name, "X-") && wellKnown(name)
}

// continues says whether a line belongs to the last field: it is indented, or
// its writer forgot to indent it after a separator.
func continues(line []byte, fields []rawField) bool {
	if len(fields) == 0 {
		return false
	}
	if line[0] == ' ' || line[0] == '\t' {
		return true
	}
	last := bytes.TrimRight(fields[len(fields)-1].value, " \t\r\n")
	_, named := fieldName(line)
	return !named && (bytes.HasSuffix(last, []byte(";")) || bytes.HasSuffix(last, []byte(",")))
}

// fieldName returns the canonical name of a line "Name: value", with blanks
// before the colon forgiven.
func fieldName(line []byte) (string, bool) {
	name, _, ok := bytes.Cut(line, []byte(":"))
	name = bytes.TrimRight(name, " \t")
	if !ok || len(name) == 0 || len(name) > 200 {
		return "", false
	}
	for _, c := range name {
		if c <= ' ' || c >= 0x7f {
			return "", false
		}
	}
	return textproto.CanonicalMIMEHeaderKey(string(name)), true
}

func (s *splitter) check(wrong bool, defect string) {
	if wrong {
		s.defect(defect)
	}
}

func (s *splitter) defect(text string) { s.defects = appendOnce(s.defects, text) }

// appendOnce keeps lists of defects short, however often the letter has them.
func appendOnce(list []string, text string) []string {
	for _, have := range list {
		if have == text {
			return list
		}
	}
	return append(list, text)
}

// maxMediaType bounds a Content-Type or Content-Disposition value: reading one
// is not linear in enmime.
const maxMediaType = 2000

// parseMediaType reads a Content-Type (RFC 2045) with the mistakes that occur.
func parseMediaType(value, otherwise string) (string, map[string]string) {
	value = withSemicolon(toUTF8([]byte(cut(value, maxMediaType)), ""))
	kind, params, _, err := mediatype.Parse(value)
	if err != nil {
		kind, _, _ = strings.Cut(value, ";")
	}
	kind = strings.ToLower(strings.TrimSpace(kind))
	if a, b, ok := strings.Cut(kind, "/"); !ok || !isToken(a) || !isToken(b) {
		return otherwise, params
	}
	return kind, params
}

// withSemicolon mends a value in which the type is followed by a comment, or by
// its parameters without a semicolon.
func withSemicolon(value string) string {
	end := strings.IndexAny(value, " \t(;")
	if end < 0 || value[end] == ';' || strings.IndexByte(value[:end], '/') < 0 {
		return value
	}
	rest := strings.TrimLeft(value[end:], " \t")
	if strings.HasPrefix(rest, "(") {
		n, _ := span(rest)
		rest = strings.TrimLeft(rest[n:], " \t")
	}
	return value[:end] + ";" + strings.TrimPrefix(rest, ";")
}

// isToken reports whether s is a token of RFC 2045.
func isToken(s string) bool {
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte(`()<>@,;:\"/[]?=`, c) >= 0 {
			return false
		}
	}
	return s != ""
}
