package message

import (
	"encoding/base64"
	"encoding/binary"
	"slices"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

// le16 and le32 are numbers as TNEF writes them.
func le16(n int) []byte { return binary.LittleEndian.AppendUint16(nil, uint16(n)) }
func le32(n int) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(n)) }

// tnefAttribute is one attribute of TNEF, its checksum not counted.
func tnefAttribute(id int, value []byte) []byte {
	return slices.Concat([]byte{1}, le16(id), le16(6), le32(len(value)), value, le16(0))
}

// property is one MAPI property with one value of several bytes.
func property(id, kind int, value []byte) []byte {
	return slices.Concat(le16(kind), le16(id), le32(1), le32(len(value)), value, make([]byte, rounded(len(value))-len(value)))
}

func utf16LE(s string) (b []byte) {
	for _, unit := range utf16.Encode([]rune(s)) {
		b = append(b, le16(int(unit))...)
	}
	return append(b, 0, 0)
}

// winmail is what Outlook makes of a letter with two files.
func winmail() []byte {
	return slices.Concat(le32(tnefSignature), le16(1),
		tnefAttribute(attMessageProps, slices.Concat(le32(3),
			le16(3), le16(0x0e07), le32(1), // a number, which is passed over
			le16(0x1f), le16(0x8001), make([]byte, 16), le32(1), le32(4), utf16LE("x"), le32(1), le32(4), utf16LE("y"),
			property(propBodyHTML, 0x102, []byte("<p>From Outlook</p>")))),
		tnefAttribute(attAttachRend, make([]byte, 14)),
		tnefAttribute(attAttachTitle, []byte("BERICH~1.PDF\x00")),
		tnefAttribute(attAttachData, []byte("%PDF")),
		tnefAttribute(attAttachProps, slices.Concat(le32(2),
			property(propLongName, 0x1f, utf16LE("Bericht für Köln.pdf")), property(propMIMEType, 0x1e, []byte("application/pdf\x00")))),
		tnefAttribute(attAttachRend, nil),
		tnefAttribute(attAttachTitle, []byte("b.txt\x00")),
		tnefAttribute(attAttachData, []byte("Hi")))
}

func TestWinmail(t *testing.T) {
	in := func(before string, data []byte) string {
		return multi("mixed", before, "application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n"+base64.StdEncoding.EncodeToString(data))
	}
	const files = "Bericht für Köln.pdf (application/pdf) %PDF; b.txt (application/octet-stream) Hi"
	for _, tt := range []struct {
		why, raw, text, files string
		damaged               bool
	}{
		{"files and text", in("text/plain\n\n", winmail()), "From Outlook", files, false},
		{"a text outside is not said twice", in("text/plain\n\nFrom Outlook", winmail()), "From Outlook", files, false},
		{"cut off inside a file", in("text/plain\n\nHi", winmail()[:len(winmail())-20]), "Hi", "Bericht für Köln.pdf (application/pdf) %PDF; part-3.bin (application/octet-stream) ", true},
		{"something else of that name", in("text/plain\n\nHi", []byte("no")), "Hi", "", false},
	} {
		l := mustParse(t, tt.raw)
		if l.Text != tt.text || slices.Contains(l.Defects, "A winmail.dat is damaged.") != tt.damaged {
			t.Errorf("%s: got text %q, defects %q", tt.why, l.Text, l.Defects)
		}
		wrapping := l.Parts[0]
		l.Parts = l.Parts[1:]
		if diff := cmp.Diff(filesOf(l), tt.files); diff != "" || wrapping.Name != "winmail.dat" {
			t.Errorf("%s: %s: got (-) and want (+) differ:\n%s", tt.why, wrapping.Name, diff)
		}
	}
}
