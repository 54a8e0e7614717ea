package message

import (
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
)

// toUTF8 reads data in the named charset. The name is a claim: a charset of
// one byte per character is not believed where the bytes are plainly UTF-8,
// and where the name is empty, unknown or refuted, Windows-1252 is taken,
// which has a character for nearly all bytes and was the commonest. The result
// is valid UTF-8.
func toUTF8(data []byte, name string) string {
	enc := lookupCharset(name)
	_, oneByte := enc.(*charmap.Charmap)
	if (enc == nil || oneByte) && mostlyUTF8(data) {
		return strings.ToValidUTF8(string(data), "\ufffd")
	}
	if enc == nil {
		enc = charmap.Windows1252
	}
	text, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "\ufffd")
	}
	return strings.ToValidUTF8(string(text), "\ufffd")
}

// lookupCharset finds a charset by the names of the web and of IANA. It
// returns nil for UTF-8, ASCII and names that nobody knows: their bytes must
// speak for themselves.
func lookupCharset(name string) encoding.Encoding {
	name = strings.ToLower(strings.Trim(strings.TrimSpace(name), `"'`))
	name = strings.TrimPrefix(name, "charset=")
	switch name {
	case "", "us-ascii", "ascii", "utf-8", "utf8":
		return nil
	}
	if enc, err := htmlindex.Get(name); err == nil {
		if canonical, _ := htmlindex.Name(enc); canonical == "utf-8" || canonical == "replacement" {
			return nil
		}
		return enc
	}
	if enc, err := ianaindex.MIME.Encoding(name); err == nil {
		return enc
	}
	return nil
}

// mostlyUTF8 reports whether data reads as UTF-8, a few broken characters
// forgiven. Text in another charset has next to no valid sequences.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		data = data[size:]
	}
	return good > bad || bad == 0
}

// detectSample is how much of a text is looked at to guess its charset, and
// detectConfidence from how many of 100 the guess is taken: right guesses for
// short letters in Latin-1, Latin-2, KOI8, Shift JIS and GBK begin there.
const (
	detectSample     = 64 << 10
	detectConfidence = 50
)

// guessCharset names the charset of a text that claims none or a wrong one,
// or "".
func guessCharset(data []byte, isHTML bool) string {
	if isHTML {
		_, name, _ := charset.DetermineEncoding(data[:min(len(data), 1024)], "text/html")
		return name // Windows-1252 when the HTML names none either
	}
	best, err := chardet.NewTextDetector().DetectBest(data[:min(len(data), detectSample)])
	if err != nil || best.Confidence < detectConfidence {
		return ""
	}
	return best.Charset
}
