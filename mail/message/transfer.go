package message

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// decoded returns the body without its transfer encoding (RFC 2045), and what
// was wrong with that, or "". Nothing makes it fail: what is no valid encoding
// is kept as it stands or passed over. It is our own because enmime keeps an
// error value for every wrong byte, which is 25 million of them for the
// asking.
func (e *entity) decoded() (data []byte, defect string) {
	encoding, _, _ := strings.Cut(e.get("Content-Transfer-Encoding"), ";")
	encoding, _, _ = strings.Cut(encoding, "(")
	switch strings.Map(lettersAndDigits, strings.ToLower(encoding)) {
	case "", "7bit", "8bit", "binary", "7bits", "8bits", "none":
		return e.body, ""
	case "quotedprintable":
		return decodeQuotedPrintable(e.body), ""
	case "base64":
		data, clean := decodeBase64(e.body)
		if !clean {
			defect = "A part in base64 is damaged."
		}
		return data, defect
	case "uuencode", "xuuencode", "uue", "xuue":
		if rest, files := takeEncoded(e.body); len(files) > 0 {
			return files[0].Data, ""
		} else if len(rest) > 0 {
			return e.body, "A part in uuencode is damaged."
		}
	}
	return e.body, "A part has an unknown transfer encoding."
}

// lettersAndDigits keeps these of a name.
func lettersAndDigits(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// decodeQuotedPrintable leaves wrong escapes as they are.
func decodeQuotedPrintable(body []byte) []byte {
	out := make([]byte, 0, len(body))
	for len(body) > 0 {
		line := body
		end := ""
		if i := bytes.IndexByte(body, '\n'); i >= 0 {
			line, end = body[:i], "\n"
			if i > 0 && body[i-1] == '\r' {
				line, end = body[:i-1], "\r\n"
			}
		}
		body = body[len(line)+len(end):]
		line = bytes.TrimRight(line, " \t")
		if soft, ok := bytes.CutSuffix(line, []byte("=")); ok {
			line, end = soft, ""
		}
		out = appendUnescaped(out, line)
		out = append(out, end...)
	}
	return out
}

// appendUnescaped appends s to out with its =XX escapes decoded.
func appendUnescaped(out, s []byte) []byte {
	for i := 0; i < len(s); i++ {
		if s[i] == '=' && i+2 < len(s) && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0 {
			out = append(out, byte(unhex(s[i+1])<<4|unhex(s[i+2])))
			i += 2
			continue
		}
		out = append(out, s[i])
	}
	return out
}

// decodeBase64 passes over what is no base64 and starts again after padding,
// for some programs put several pieces one after the other. It reports
// whether all was well.
func decodeBase64(body []byte) (data []byte, clean bool) {
	clean = true
	data = make([]byte, 0, base64.StdEncoding.DecodedLen(len(body)))
	var bits uint32
	have := 0 // sextets in bits
	flush := func() {
		switch have {
		case 1:
			clean = false
		case 2:
			data = append(data, byte(bits>>4))
		case 3:
			data = append(data, byte(bits>>10), byte(bits>>2))
		}
		bits, have = 0, 0
	}
	for _, c := range body {
		v := sextet(c)
		switch {
		case v >= 0:
			bits = bits<<6 | uint32(v)
			have++
		case c == '=':
			flush()
		case c != '\r' && c != '\n' && c != ' ' && c != '\t':
			clean = false
		}
		if have == 4 {
			data = append(data, byte(bits>>16), byte(bits>>8), byte(bits))
			bits, have = 0, 0
		}
	}
	flush()
	return data, clean
}

// sextet returns the value of a base64 character, or -1.
func sextet(c byte) int {
	switch {
	case c >= 'A' && c <= 'Z':
		return int(c - 'A')
	case c >= 'a' && c <= 'z':
		return int(c-'a') + 26
	case c >= '0' && c <= '9':
		return int(c-'0') + 52
	case c == '+':
		return 62
	case c == '/':
		return 63
	}
	return -1
}
