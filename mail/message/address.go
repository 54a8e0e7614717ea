package message

import (
	"errors"
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
)

// An Address is a mail address and the name that stands with it.
//
// Address has one form: trimmed, NFC, the domain in lower case and in ASCII
// (IDNA), quotes around the local part only where they are needed. It has one
// @ outside quotes and no blanks or control characters. Addresses that were
// made otherwise than by ParseAddress or ParseAddressList may break that;
// Compose refuses those.
type Address struct {
	Name    string // decoded, one line, may be empty
	Address string
}

// maxAddresses bounds a list, maxAddressList its text in bytes, maxAddress one
// address (RFC 5321) and maxAddressName the name with it.
const (
	maxAddresses   = 1000
	maxAddressList = 128 << 10
	maxAddress     = 254
	maxAddressName = 200
)

// String returns the form for a header (RFC 5322), with encoded words where
// the name needs them. It is always one line.
func (a Address) String() string {
	address, name := oneLine(a.Address), cleanAddressName(a.Name)
	switch {
	case name == "":
		return address
	case !isPlainASCII(name):
		return encodeWords(name) + " <" + address + ">"
	case strings.ContainsAny(name, `()<>[]:;@\,."`):
		name = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`
	}
	return name + " <" + address + ">"
}

// isPlainASCII reports whether s can stand in a header as it is and is not
// mistaken for an encoded word.
func isPlainASCII(s string) bool {
	for _, c := range []byte(s) {
		if c < ' ' || c >= 0x7f {
			return false
		}
	}
	return !strings.Contains(s, "=?")
}

// ParseAddress reads exactly one address, as in "Jo <jo@example.org>". The
// error says what is wrong, for people.
func ParseAddress(s string) (Address, error) {
	if len(s) > maxAddressList || !utf8.ValidString(s) {
		return Address{}, errors.New("this is not a mail address: it is too long or not UTF-8")
	}
	items := splitAddresses(s)
	if len(items) != 1 {
		return Address{}, fmt.Errorf("one mail address is wanted here, not %d", len(items))
	}
	return parseItem(items[0])
}

// ParseAddressList reads the addresses of a header field or of what a person
// typed, divided by commas or semicolons, and passes over what is no address.
// It is the one reader of addresses for rights, display and sending.
func ParseAddressList(s string) []Address {
	s = strings.ToValidUTF8(cut(s, maxAddressList), "\ufffd")
	var list []Address
	for _, item := range splitAddresses(s) {
		if a, err := parseItem(item); err == nil && len(list) < maxAddresses {
			list = append(list, a)
		}
	}
	return list
}

// looksLikeAddress finds what could be an address in any text.
var looksLikeAddress = regexp.MustCompile(`[^\s<>"(),;:@\[\]]+ ?@ ?[\pL\pN_-][\pL\pN_.-]*`)

// guessAddress finds the most likely sender in a field of which the grammar
// makes nothing: what stands in <>, else the first thing with an @. Nobody may
// be given a right for it that he would not have without.
func guessAddress(s string) Address {
	s = decodeWords(cut(s, maxAddressList))
	list := looksLikeAddress.FindAllStringIndex(s, 20)
	if len(list) == 0 {
		return Address{}
	}
	best := list[0]
	for _, at := range list {
		if at[0] > 0 && s[at[0]-1] == '<' {
			best = at
			break
		}
	}
	address, err := parseSpec(strings.ReplaceAll(strings.Trim(s[best[0]:best[1]], "'"), " ", ""))
	if err != nil {
		return Address{}
	}
	return Address{Name: cleanAddressName(strings.Trim(s[:best[0]], `<>"'( `)), Address: address}
}

// Canonical returns the key by which addresses are compared: the canonical
// address, wholly in lower case, NFC.
func Canonical(addr string) (string, error) {
	a, err := parseSpec(strings.TrimSpace(addr))
	if err != nil {
		return "", err
	}
	return norm.NFC.String(strings.ToLower(a)), nil
}

// An item is one entry of a list, taken apart: blank-divided words with their
// quotes, what stood in <> and in ().
type item struct {
	words   []string
	angles  []string
	comment string
	late    bool // something follows the <>
	broken  bool // a quote, bracket or comment has no end
}

// addressed reports whether something in the entry looks like an address.
func (it item) addressed() bool {
	return len(it.angles) > 0 || slices.ContainsFunc(it.words, func(w string) bool {
		return strings.Contains(w, "@") && !strings.HasPrefix(w, `"`)
	})
}

// splitAddresses cuts a list at commas and semicolons that stand outside
// quotes, brackets and comments, and drops the names of groups.
func splitAddresses(s string) []item {
	var items []item
	var it item
	var word strings.Builder
	endWord := func() {
		if word.Len() > 0 {
			it.words = append(it.words, word.String())
			it.late = it.late || len(it.angles) > 0
			word.Reset()
		}
	}
	endItem := func() {
		endWord()
		if len(it.words)+len(it.angles) > 0 || it.broken {
			items = append(items, it)
		}
		it = item{}
	}
	for s != "" && len(items) < 2*maxAddresses {
		n, closed := span(s)
		it.broken = it.broken || !closed
		switch s[0] {
		case ',', ';':
			endItem()
		case ':':
			endWord()
			it = item{broken: it.addressed()} // what came before names a group
		case ' ', '\t', '\r', '\n':
			endWord()
		case '(':
			it.comment = strings.TrimSuffix(s[1:n], ")")
		case '<':
			endWord()
			it.angles = append(it.angles, strings.TrimSuffix(s[1:n], ">"))
		default:
			word.WriteString(s[:n])
		}
		s = s[n:]
	}
	endItem()
	return items
}

// span returns how many bytes at the start of s belong together: a quoted
// string, a comment, <…> or […] to its end, or one character. Of an opening
// without end it takes all that is left and says so.
func span(s string) (n int, closed bool) {
	open, end := s[0], s[0]
	switch open {
	case '"':
	case '(':
		end = ')'
	case '<':
		end = '>'
	case '[':
		end = ']'
	default:
		return 1, true
	}
	depth, quoted := 1, false
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && open != '[':
			i++
		case c == '"' && open == '<':
			quoted = !quoted
		case c == end && !quoted:
			if depth--; depth == 0 {
				return i + 1, true
			}
		case c == '(' && open == '(':
			depth++
		}
	}
	return len(s), false
}

// parseItem makes an address of an entry. Where an entry can be read in two
// ways, such as two addresses in <>, it is refused: one of them would be used
// for rights and the other one shown.
func parseItem(it item) (Address, error) {
	if it.broken || len(it.angles) > 1 || it.late {
		return Address{}, errors.New("this is not a mail address: quotes or brackets do not match")
	}
	spec, words := "", it.words
	if len(it.angles) == 1 {
		spec = withoutComments(it.angles[0])
	} else if last := len(words) - 1; last >= 0 {
		spec, words = words[last], words[:last]
		if (item{words: words}).addressed() {
			return Address{}, errors.New("this is not a mail address: there are two in it")
		}
	}
	address, err := parseSpec(spec)
	if err != nil {
		return Address{}, err
	}
	name := unquote(strings.Join(words, " "))
	if name == "" {
		name = it.comment
	}
	return Address{Name: cleanAddressName(decodeWords(name)), Address: address}, nil
}

// withoutComments removes the comments that RFC 5322 allows around the parts of
// an address, and blanks around it.
func withoutComments(spec string) string {
	if !strings.Contains(spec, "(") {
		return strings.TrimSpace(spec)
	}
	var out strings.Builder
	for spec != "" {
		n, _ := span(spec)
		if spec[0] != '(' {
			out.WriteString(spec[:n])
		}
		spec = spec[n:]
	}
	return strings.TrimSpace(out.String())
}

// cleanAddressName bounds a name and keeps it on one line.
func cleanAddressName(name string) string {
	name = strings.Join(strings.Fields(oneLine(name)), " ")
	return strings.TrimSpace(cut(name, maxAddressName))
}

// unquote removes quotes and the backslashes in them.
func unquote(s string) string {
	if !strings.Contains(s, `"`) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			i++
			out.WriteByte(s[i])
		case s[i] != '"':
			out.WriteByte(s[i])
		}
	}
	return out.String()
}

// parseSpec returns the canonical form of local@domain.
func parseSpec(s string) (string, error) {
	local, domain, ok := cutSpec(s)
	if !ok {
		return "", fmt.Errorf("%q is not a mail address: it needs one @", cut(oneLine(s), 100))
	}
	local, ok = canonicalLocal(local)
	if !ok {
		return "", fmt.Errorf("%q is not a mail address: what stands before the @ is wrong", cut(oneLine(s), 100))
	}
	domain, ok = canonicalDomain(domain)
	if !ok {
		return "", fmt.Errorf("%q is not a mail address: what stands after the @ is no domain", cut(oneLine(s), 100))
	}
	if len(local)+1+len(domain) > maxAddress {
		return "", fmt.Errorf("a mail address has at most %d characters", maxAddress)
	}
	return local + "@" + domain, nil
}

// cutSpec divides at the first @ outside quotes; another one would be part of
// the domain, which allows none.
func cutSpec(s string) (local, domain string, ok bool) {
	at := strings.IndexByte(s, '@')
	if strings.HasPrefix(s, `"`) {
		at, _ = span(s)
	}
	if at <= 0 || at >= len(s) || s[at] != '@' {
		return "", "", false
	}
	return s[:at], s[at+1:], true
}

// canonicalLocal removes quotes that are not needed. Dots in wrong places are
// forgiven because such mailboxes exist; blanks, which RFC 5322 allows in
// quotes, are not.
func canonicalLocal(s string) (string, bool) {
	quoted := strings.HasPrefix(s, `"`)
	plain := s
	if quoted {
		plain = unquote(s)
	}
	plain = norm.NFC.String(plain)
	needsQuotes := strings.HasPrefix(plain, ".") || strings.HasSuffix(plain, ".") || strings.Contains(plain, "..")
	needsQuotes = needsQuotes && quoted
	for _, r := range plain {
		// The wide forms of @ look like one and are turned into one elsewhere.
		if r == ' ' || !unicode.IsPrint(r) || r == utf8.RuneError || r == '\uff20' || r == '\ufe6b' {
			return "", false
		}
		if strings.ContainsRune(`()<>[]:;@\,"`, r) {
			needsQuotes = true
		}
	}
	if plain == "" || needsQuotes && !quoted {
		return "", false
	}
	if needsQuotes {
		plain = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(plain) + `"`
	}
	return plain, true
}

// canonicalDomain returns the domain in lower case and ASCII, or an address
// literal such as [192.0.2.1].
func canonicalDomain(s string) (string, bool) {
	if literal, ok := strings.CutPrefix(s, "["); ok {
		literal, ok = strings.CutSuffix(strings.ToLower(literal), "]")
		ip, err := netip.ParseAddr(strings.TrimPrefix(literal, "ipv6:"))
		return "[" + literal + "]", ok && err == nil && ip.Zone() == ""
	}
	s = strings.ToLower(strings.TrimSuffix(s, "."))
	if !isPlainASCII(s) {
		ascii, err := idna.Lookup.ToASCII(s)
		if err != nil {
			return "", false
		}
		s = ascii
	}
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 {
			return "", false
		}
		for _, c := range []byte(label) {
			if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
				return "", false
			}
		}
	}
	return s, true
}
