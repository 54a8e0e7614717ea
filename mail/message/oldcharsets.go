package message

import (
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/transform"
)

// whole makes a decoder of a function that reads all bytes at once.
type whole struct {
	transform.NopResetter
	read func(string) string
}

// Transform hands everything to the function when all has come. A piece that
// does not fit says so; the caller comes again with more room.
func (w whole) Transform(dst, src []byte, atEOF bool) (int, int, error) {
	if !atEOF {
		return 0, 0, transform.ErrShortSrc
	}
	text := w.read(string(src))
	if len(text) > len(dst) {
		return 0, 0, transform.ErrShortDst
	}
	return copy(dst, text), len(src), nil
}

// utf7 is the charset of RFC 2152, which some old programs of Microsoft write.
type utf7 struct{}

// NewDecoder reads it.
func (utf7) NewDecoder() *encoding.Decoder {
	return &encoding.Decoder{Transformer: whole{read: readUTF7}}
}

// NewEncoder is for nobody: the program writes UTF-8.
func (utf7) NewEncoder() *encoding.Encoder { return encoding.Replacement.NewEncoder() }

// readUTF7 reads UTF-16 in base64 between + and the first character that is no
// base64, which is passed over if it is a -. "+-" is a plus.
func readUTF7(s string) string {
	var out strings.Builder
	for s != "" {
		before, rest, ok := strings.Cut(s, "+")
		out.WriteString(before)
		if !ok {
			break
		}
		end := 0
		for end < len(rest) && sextet(rest[end]) >= 0 {
			end++
		}
		if end == 0 {
			out.WriteByte('+')
		}
		out.WriteString(string(utf16.Decode(unitsOf(rest[:end]))))
		s = strings.TrimPrefix(rest[end:], "-")
	}
	return out.String()
}

// unitsOf returns the whole units of 16 bits in base64.
func unitsOf(base64 string) []uint16 {
	var units []uint16
	var bits uint32
	have := 0
	for _, c := range []byte(base64) {
		bits = bits<<6 | uint32(sextet(c))
		if have += 6; have >= 16 {
			have -= 16
			units = append(units, uint16(bits>>have))
		}
	}
	return units
}

// shiftedKorean is ISO-2022-KR (RFC 1557): between the characters SO and SI
// stands EUC-KR without its highest bits.
type shiftedKorean struct{}

// NewDecoder reads it.
func (shiftedKorean) NewDecoder() *encoding.Decoder {
	return &encoding.Decoder{Transformer: whole{read: readShiftedKorean}}
}

// NewEncoder is for nobody: the program writes UTF-8.
func (shiftedKorean) NewEncoder() *encoding.Encoder { return encoding.Replacement.NewEncoder() }

func readShiftedKorean(s string) string {
	const shiftOut, shiftIn = 0x0e, 0x0f
	plain := make([]byte, 0, len(s))
	shifted := false
	for _, c := range []byte(strings.ReplaceAll(s, "\x1b$)C", "")) {
		switch {
		case c == shiftOut, c == shiftIn, c == '\n':
			shifted = c == shiftOut
			if c == '\n' {
				plain = append(plain, c)
			}
		case shifted && c > ' ':
			plain = append(plain, c|0x80)
		default:
			plain = append(plain, c)
		}
	}
	text, err := korean.EUCKR.NewDecoder().Bytes(plain)
	if err != nil {
		return s
	}
	return string(text)
}
