package message

import (
	"net/mail"
	"net/textproto"
	"strings"
	"time"
)

// A Letter is what a letter says.
type Letter struct {
	MessageID  string    // without <>, empty when there is none
	InReplyTo  []string  // without <>
	References []string  // without <>, oldest first, at most 100
	Date       time.Time // zero when missing or unreadable
	From       Address   // zero when missing or unreadable
	Guessed    bool      // From was written wrongly and could be read otherwise, too
	Sender     Address   // zero when missing
	ReplyTo    []Address
	To, Cc     []Address
	Subject    string // decoded, one line, at most 998 bytes

	Text     string // as CleanText returns it; made from the HTML when there is no other
	HTML     string // as it came but for line ends and control characters; not safe to show
	HTMLOnly bool   // Text was made from HTML
	// Encrypted and Signed say by what: "PGP" or "S/MIME"; empty: it is not.
	// The desk neither decrypts nor checks.
	Encrypted, Signed string
	Opaque            bool   // Text was inside an S/MIME signature, which nobody has checked
	Parts             []Part // attachments, pictures in the text, letters in the letter

	Auto    Auto                // why its header says that no person wrote it
	Header  map[string][]string // decoded, by canonical name, for people to read
	Defects []string            // what was wrong with its form, as sentences
}

// A Part is a file that came with a letter or goes with one.
type Part struct {
	Name      string // a file name without path, at most 200 bytes
	Type      string // media type in lower case without parameters
	ContentID string // without <>; what cid: in the HTML refers to
	Inline    bool   // shown in the text, not below it
	Data      []byte // without transfer encoding; may share memory with the raw letter
}

// Get returns the first header field of that name, decoded for people to
// read, or "". Addresses must not be read from it.
func (l *Letter) Get(name string) string {
	if values := l.Header[textproto.CanonicalMIMEHeaderKey(name)]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// Parse reads a letter (RFC 5322, MIME). The error is a *LimitError; for such
// a letter ParseHeader still says who wrote and what about.
func Parse(raw []byte, lim Limits) (*Letter, error) {
	if len(raw) > lim.Bytes {
		return nil, &LimitError{What: "bytes", Got: len(raw), Max: lim.Bytes}
	}
	s := newSplitter(raw, lim)
	root, err := s.letter()
	if err != nil {
		return nil, err
	}
	l := &Letter{Defects: s.defects}
	l.readBody(root)
	l.readHeader(root)
	return l, nil
}

// ParseHeader reads as much of the header as DefaultLimits allow and nothing of
// the body. It never fails.
func ParseHeader(raw []byte) *Letter {
	lim := DefaultLimits()
	s := newSplitter(raw[:min(len(raw), lim.HeaderBytes)], lim)
	s.skipLeading()
	root := &entity{}
	root.fields, _ = s.header() // over a limit: those before it
	root.kind, root.params = parseMediaType(root.get("Content-Type"), "text/plain")
	l := &Letter{Defects: s.defects}
	l.readHeader(root)
	return l
}

// readHeader fills in everything that comes from the header fields.
func (l *Letter) readHeader(root *entity) {
	charset := root.textCharset()
	l.Header = make(map[string][]string, len(root.fields))
	for _, f := range root.fields {
		l.Header[f.name] = append(l.Header[f.name], decodeField(f.value, charset))
	}
	addresses := func(name string) []Address {
		var list []Address
		for _, f := range root.fields {
			if f.name == name && len(list) < maxAddresses {
				list = append(list, ParseAddressList(rawToUTF8(unfold(f.value), charset))...)
			}
		}
		return list[:min(len(list), maxAddresses)]
	}
	from := addresses("From")
	l.From, l.Sender = first(from), first(addresses("Sender"))
	if len(from) == 0 {
		l.From = guessAddress(rawToUTF8(root.get("From"), charset))
		l.Guessed = l.From.Address != ""
		l.check(l.Guessed, "Its sender address is written wrongly.")
	}
	l.ReplyTo, l.To, l.Cc = addresses("Reply-To"), addresses("To"), addresses("Cc")
	l.Subject = strings.TrimSpace(cut(l.Get("Subject"), maxSubject))
	l.MessageID = first(messageIDs(root.get("Message-Id")))
	l.InReplyTo = messageIDs(root.get("In-Reply-To"))
	l.References = messageIDs(root.get("References"))
	l.Date, _ = mail.ParseDate(root.get("Date"))
	l.Auto = automatic(l, root)

	l.check(len(from) > 1, "It names several senders; the first one counts.")
	l.check(len(l.Header["From"]) > 1, "It has several From fields.")
	l.check(l.From.Address == "", "It has no readable sender address.")
	l.check(l.MessageID == "", "It has no Message-ID.")
	l.check(l.Date.IsZero(), "It has no readable date.")
}

// maxSubject bounds a subject in bytes: a line of RFC 5322.
const maxSubject = 998

func (l *Letter) check(wrong bool, defect string) {
	if wrong {
		l.Defects = appendOnce(l.Defects, defect)
	}
}

func first[T any](list []T) T {
	var none T
	if len(list) == 0 {
		return none
	}
	return list[0]
}

// maxReferences bounds a list of Message-IDs that came in.
const maxReferences = 100

// messageIDs reads Message-IDs, in <> or bare, and passes over all else. Of a
// long list the first and the last ones stay.
func messageIDs(value string) []string {
	var ids []string
	for value != "" {
		var id string
		before, rest, ok := strings.Cut(value, "<")
		if !ok {
			break
		}
		if id, value, ok = strings.Cut(rest, ">"); !ok {
			value = before // for the bare ones
			break
		}
		// Programs fold long ids, which puts blanks into them.
		if id = strings.Join(strings.Fields(id), ""); validID(id) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		for _, id := range strings.Fields(value) {
			if strings.Contains(id, "@") && validID(id) {
				ids = append(ids, id)
			}
		}
	}
	return trimReferences(ids, maxReferences)
}

// trimReferences keeps the first id, which names the conversation, and the
// last ones, which name what was answered.
func trimReferences(ids []string, max int) []string {
	if len(ids) <= max {
		return ids
	}
	return append([]string{ids[0]}, ids[len(ids)-max+1:]...)
}

// validID reports whether an id can stand between < and > in a header:
// printable ASCII without blanks, at most 400 bytes.
func validID(id string) bool {
	for _, c := range []byte(id) {
		if c <= ' ' || c >= 0x7f || c == '<' || c == '>' {
			return false
		}
	}
	return id != "" && len(id) <= 400
}
