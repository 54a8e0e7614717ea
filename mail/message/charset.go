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
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
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

// lookupCharset finds a charset by the names of the web and of IANA, and by
// those that programs made up. It returns nil for UTF-8, ASCII and names that
// nobody knows: their bytes must speak for themselves.
func lookupCharset(name string) encoding.Encoding {
	name = strings.ToLower(strings.Trim(strings.TrimSpace(name), `"'`))
	name = strings.TrimPrefix(name, "charset=")
	if end := strings.IndexAny(name, "; \t\"'"); end >= 0 {
		name = name[:end]
	}
	if own, ok := ownCharset(name); ok {
		return own
	}
	if enc, err := htmlindex.Get(name); err == nil {
		if canonical, _ := htmlindex.Name(enc); canonical != "utf-8" && canonical != "replacement" {
			return enc
		}
		return nil
	}
	if enc, err := ianaindex.MIME.Encoding(name); err == nil {
		return enc
	}
	return nil
}

// ownCharset reads the names that the tables of others do not have, or read
// more narrowly than letters are written.
func ownCharset(name string) (encoding.Encoding, bool) {
	switch name {
	case "", "us-ascii", "ascii", "utf-8", "utf8":
		return nil, true
	case "gb2312", "gbk", "cp936", "x-gbk", "gb_2312-80", "euc-cn":
		return simplifiedchinese.GB18030, true // which holds the others
	case "hz-gb-2312", "hz":
		return simplifiedchinese.HZGB2312, true
	case "iso-2022-kr", "csiso2022kr":
		return shiftedKorean{}, true
	case "utf-7", "unicode-1-1-utf-7", "x-unicode-2-0-utf-7", "unicode-2-0-utf-7", "utf7":
		return utf7{}, true
	case "cp932", "x-ms-cp932", "sjis", "shiftjis":
		return japanese.ShiftJIS, true
	case "cp949", "ks_c_5601", "x-windows-949", "uhc":
		return korean.EUCKR, true
	case "cp950":
		return traditionalchinese.Big5, true
	}
	name = strings.ReplaceAll(name, "_", "-")
	for _, is := range []struct{ wrong, right string }{
		{"windows-cp", "windows-"}, {"cp-", "cp"}, {"latin-", "latin"}, {"iso-latin", "latin"}, {"iso8859", "iso-8859"}, {"8859-", "iso-8859-"},
		{"x-iso-", "iso-"}, {"win-", "windows-"}, {"windows1", "windows-1"}, {"x-cp", "cp"}, {"iso-8859x-", "iso-8859-"},
	} {
		if rest, ok := strings.CutPrefix(name, is.wrong); ok {
			return lookupCharset(is.right + rest), true
		}
	}
	if number, ok := strings.CutPrefix(name, "cp"); ok && !strings.HasPrefix(number, "125") {
		if enc, err := ianaindex.MIME.Encoding("ibm" + number); err == nil && enc != nil {
			return enc, true
		}
	}
	return nil, false
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
