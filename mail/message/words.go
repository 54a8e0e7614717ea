package message

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf8"
)

// unfold joins the lines of a header value.
func unfold(value []byte) string {
	if bytes.IndexByte(value, '\n') < 0 {
		return strings.TrimSpace(string(value))
	}
	return strings.TrimSpace(strings.NewReplacer("\r", "", "\n", "").Replace(string(value)))
}

// cut returns at most max bytes of s and never half a character.
func cut(s string, max int) string {
	if len(s) <= max {
		return s
	}
	for max > 0 && !utf8.RuneStart(s[max]) {
		max--
	}
	return s[:max]
}

// oneLine makes s fit for one line: valid UTF-8, every control character,
// line separator and character that reorders or hides text a blank, no blanks
// around it.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unsafeInLine(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return strings.TrimSpace(s)
}

// unsafeInLine tells characters that break a line or turn its direction (the
// bidirectional controls, which make one name look like another).
func unsafeInLine(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\ufeff' ||
		r == '\u200e' || r == '\u200f' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// decodeField returns a header value as people read it. Raw 8-bit characters
// that are no UTF-8 are taken to be in the charset of the letter's text.
func decodeField(value []byte, charset string) string {
	return oneLine(decodeWords(rawToUTF8(unfold(value), charset)))
}

// rawToUTF8 reads a header value that may have raw 8-bit characters in it.
func rawToUTF8(value, charset string) string {
	enc := lookupCharset(charset)
	if enc != nil {
		// A charset in which ASCII is not ASCII, such as UTF-16, cannot be meant.
		if ascii, err := enc.NewDecoder().Bytes([]byte("ab")); err != nil || string(ascii) != "ab" {
			charset = ""
		}
	}
	if strings.Contains(value, "\x1b$") {
		return toUTF8([]byte(value), "iso-2022-jp") // which has no 8-bit characters
	}
	for _, c := range []byte(value) {
		if c >= 0x80 {
			return toUTF8([]byte(value), charset)
		}
	}
	return value
}

// An encodedWord is =?charset?encoding?text?= with the text decoded to bytes.
type encodedWord struct {
	charset string
	data    []byte
}

// decodeWords decodes the encoded words of RFC 2047 wherever they stand.
// Neighbours of one charset are joined before their bytes are read, because
// many programs cut in the middle of a character.
func decodeWords(s string) string {
	if !strings.Contains(s, "=?") {
		return s
	}
	var out strings.Builder
	var run encodedWord
	flush := func() {
		out.WriteString(toUTF8(run.data, run.charset))
		run = encodedWord{}
	}
	for s != "" {
		at := strings.Index(s, "=?")
		if at < 0 {
			break
		}
		word, size, ok := readWord(s[at:])
		if !ok {
			flush()
			out.WriteString(s[:at+2])
			s = s[at+2:]
			continue
		}
		between := s[:at]
		if run.charset == "" || strings.Trim(between, " \t") != "" {
			flush()
			out.WriteString(between)
		}
		if run.charset != word.charset {
			flush()
		}
		run.charset = word.charset
		run.data = append(run.data, word.data...)
		s = s[at+size:]
	}
	flush()
	out.WriteString(s)
	return out.String()
}

// readWord reads one encoded word at the start of s and says how long it is.
func readWord(s string) (word encodedWord, size int, ok bool) {
	charset, rest, ok := strings.Cut(s[2:min(len(s), 100)], "?")
	if !ok || len(rest) < 2 || rest[1] != '?' {
		return word, 0, false
	}
	size = 2 + len(charset) + 3
	text := s[size:]
	end := wordEnd(text)
	if end < 0 {
		return word, 0, false
	}
	size = min(size+end+2, len(s))            // a subject may have been cut off
	charset, _, _ = strings.Cut(charset, "*") // RFC 2231 adds a language
	if word.charset = strings.ToLower(charset); charset == "" {
		word.charset = "utf-8"
	}
	switch rest[0] | 0x20 {
	case 'q':
		word.data = decodeQ(text[:end])
	case 'b':
		word.data, _ = decodeBase64([]byte(text[:end]))
	default:
		return word, 0, false
	}
	return word, size, true
}

// wordEnd finds the ?= that ends an encoded word, or returns -1. It looks no
// further than where another word begins, so that a header full of beginnings
// is not read from each of them to its end. A word without blanks that goes on
// to the end of the text was cut off there.
func wordEnd(s string) int {
	blank := len(s) == 0
	for i := 0; i+1 < len(s); i++ {
		switch {
		case s[i] == ' ' || s[i] == '\t':
			blank = true
		case s[i] == '?' && s[i+1] == '=':
			return i
		case s[i] == '=' && s[i+1] == '?' && !strings.HasPrefix(s[i+2:], "="):
			return -1
		}
	}
	if blank {
		return -1
	}
	return len(strings.TrimSuffix(s, "?"))
}

// decodeQ decodes the Q encoding and leaves what is none as it is.
func decodeQ(s string) []byte {
	return appendUnescaped(nil, []byte(strings.ReplaceAll(s, "_", " ")))
}

// unhex returns the value of a hexadecimal digit, or -1.
func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// encodeWords writes s as encoded words of at most 75 characters, divided by
// blanks, each with whole characters in it.
func encodeWords(s string) string {
	const bytesPerWord = 45 // 60 characters of base64, 12 around them
	var words []string
	for s != "" {
		piece := cut(s, bytesPerWord)
		words = append(words, "=?utf-8?b?"+base64.StdEncoding.EncodeToString([]byte(piece))+"?=")
		s = s[len(piece):]
	}
	return strings.Join(words, " ")
}
