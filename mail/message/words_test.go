package message

import "testing"

func TestDecodeWords(t *testing.T) {
	for _, tt := range []struct{ why, in, want string }{
		{"none", "Toner = ?", "Toner = ?"},
		{"Q", "=?iso-8859-1?Q?Gr=FC=DFe_an_alle?=", "Grüße an alle"},
		{"B", "=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"},
		{"B without padding", "=?UTF-8?B?R3LDvMOfZQ?=", "Grüße"},
		{"blanks between words go", "=?utf-8?q?a?= \t =?utf-8?q?b?=", "ab"},
		{"blanks between a word and text stay", "x =?utf-8?q?a?= y", "x a y"},
		{"no blanks around", "(=?utf-8?q?a?=)", "(a)"},
		{"two charsets", "=?iso-8859-1?q?=FC?= =?koi8-r?q?=F0?=", "üП"},
		{"language", "=?utf-8*de?q?a?=", "a"},
		{"question marks inside", "=?utf-8?q?Really???=", "Really??"},
		{"equals sign at the end", "=?utf-8?q?a=?=", "a="},
		{"blanks inside", "=?utf-8?q?a b?=", "a b"},
		{"empty", "=?utf-8?q??=", ""},
		{"no end, as programs cut subjects off", "=?utf-8?q?abc", "abc"},
		{"no charset", "=??q?a=C3=BCc?=", "aüc"},
		{"unknown encoding", "=?utf-8?x?abc?=", "=?utf-8?x?abc?="},
		{"decoded once only", "=?utf-8?q?=3D=3Futf-8=3Fq=3Fa=3F=3D?=", "=?utf-8?q?a?="},
		{"good one after a bad one", "=?utf-8?q?bad =?utf-8?q?good?=", "=?utf-8?q?bad good"},
	} {
		if got := decodeWords(tt.in); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.why, got, tt.want)
		}
	}
}

func TestToUTF8(t *testing.T) {
	for _, tt := range []struct{ why, data, charset, want string }{
		{"as claimed", "\xcf\xf0\xe8\xe2\xe5\xf2", "windows-1251", "Привет"},
		{"UTF-8 called Cyrillic", "Привет", "windows-1251", "Привет"},
		{"quotes and case in the name", "\xfc", ` "ISO-8859-1" `, "ü"},
		{"name said twice", "\xe9", "charset=iso-8859-15", "é"},
		{"ASCII claimed, Latin-1 meant", "\xfc", "us-ascii", "ü"},
		{"UTF-8 with one broken character", "Grüße aus M\xfcnchen, schöne", "utf-8", "Grüße aus M\ufffdnchen, schöne"},
		{"two bytes per character", "\x93\xfa\x96\x7b", "shift_jis", "日本"},
		{"broken in its own charset", "\x93", "shift_jis", "\ufffd"},
		{"charset that browsers refuse", "+AGEAYg- 1+-1 +ZeVnLA", "utf-7", "ab 1+1 日本"},
		{"Korean between shifts", "\x1b$)C\x0eGQ1[\x0f!", "iso-2022-kr", "한글!"},
		{"Chinese with tildes", "~{VPND~}!", "hz-gb-2312", "中文!"},
		{"four bytes called GB2312", "\x81\x30\x81\x30", "gb2312", "\u0080"},
		{"charset that IANA knows and nobody writes", "\xfc", "iso-10646-ucs-4", "ü"},
	} {
		if got := toUTF8([]byte(tt.data), tt.charset); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.why, got, tt.want)
		}
	}
}

func TestGuessCharset(t *testing.T) {
	for _, tt := range []struct {
		why, data string
		want      string // as read in the guessed charset
	}{
		{"German", "gr\xf6\xdfte \xc4rger", "größte Ärger"},
		{"Windows", "20 \x80 f\xfcr \x84das\x93 Ger\xe4t", "20 € für „das“ Gerät"},
		{"Polish", "Drukarka nie dzia\xb3a, prosz\xea o pomoc. Dzi\xeakuj\xea, pozdrawiam", "Drukarka nie działa, proszę o pomoc. Dziękuję, pozdrawiam"},
		{"too short to tell", "\xe9", "é"},
		{"UTF-8", "größte", "größte"},
	} {
		data := []byte(tt.data)
		if got := toUTF8(data, guessCharset(data, false)); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.why, got, tt.want)
		}
	}
}

func TestTransferEncodings(t *testing.T) {
	for _, tt := range []struct{ why, encoding, body, want, defect string }{
		{"soft line ends", "quoted-printable", "a=\r\nb=\nc", "abc", ""},
		{"soft line end with blanks after it", "quoted-printable", "a= \t\nb", "ab", ""},
		{"blanks at the end of a line are not meant", "quoted-printable", "a  \r\nb=20\r\n", "a\r\nb \r\n", ""},
		{"small letters", "Quoted-Printable", "=c3=bc", "ü", ""},
		{"wrong escapes stay", "quoted-printable", "=G1=", "=G1", ""},
		{"escape cut off", "quoted-printable", "a=4", "a=4", ""},
		{"raw 8-bit", "quoted-printable", "ü", "ü", ""},
		{"lines", "base64", "SGVs\r\nbG8=\r\n", "Hello", ""},
		{"one letter too many", "base64", "SGVsbG8=S", "Hello", "A part in base64 is damaged."},
		{"8-bit in it", "BASE64", "SGVs\xffbG8", "Hello", "A part in base64 is damaged."},
		{"name in quotes", `"base64"`, "SGk=", "Hi", ""},
		{"uuencode", "x-uuencode", "begin 644 a", "begin 644 a", "A part in uuencode is damaged."},
		{"uuencode whole", "x-uuencode", "begin 644 a\n\"2&D`\n`\nend\n", "Hi", ""},
		{"with a comment", "base64 (really)", "SGk=", "Hi", ""},
		{"without its hyphen", "quotedprintable", "=48i", "Hi", ""},
		{"nobody's", "rot13", "Uv", "Uv", "A part has an unknown transfer encoding."},
	} {
		e := &entity{body: []byte(tt.body), fields: []rawField{{"Content-Transfer-Encoding", []byte(tt.encoding)}}}
		got, defect := e.decoded()
		if string(got) != tt.want || defect != tt.defect {
			t.Errorf("%s: got %q (%s), want %q (%s)", tt.why, got, defect, tt.want, tt.defect)
		}
	}
}

func TestParseMediaType(t *testing.T) {
	for _, tt := range []struct{ why, in, kind, boundary string }{
		{"usual", `multipart/mixed; boundary="a b"`, "multipart/mixed", "a b"},
		{"capitals", "Multipart/MIXED; BOUNDARY=b", "multipart/mixed", "b"},
		{"specials without quotes", "multipart/mixed; boundary=a/b=c", "multipart/mixed", "a/b=c"},
		{"said twice", "multipart/mixed; boundary=a; boundary=a", "multipart/mixed", "a"},
		{"no slash", "text", "x/y", ""},
		{"none", "", "x/y", ""},
		{"control characters", "text/\x00html", "x/y", ""},
		{"rubbish", ";;;===", "x/y", ""},
	} {
		kind, params := parseMediaType(tt.in, "x/y")
		if kind != tt.kind || params["boundary"] != tt.boundary {
			t.Errorf("%s: got %q with boundary %q, want %q with %q", tt.why, kind, params["boundary"], tt.kind, tt.boundary)
		}
	}
}

func TestExtendedName(t *testing.T) {
	for _, tt := range []struct{ why, in, want string }{
		{"UTF-8", "attachment; filename*=UTF-8''%C3%BC%20b.pdf", "ü b.pdf"},
		{"Latin-1 with a language", "attachment; filename*=iso-8859-1'de'%FC.pdf", "ü.pdf"},
		{"pieces", "attachment; filename*0*=utf-8''%C3;\r\n filename*1*=%BC; filename*2=\".pdf\"", "ü.pdf"},
		{"pieces that are not encoded", "attachment; filename*0=\"a%20\"; filename*1=\"b;c\"", "a%20b;c"},
		{"two parameters", "application/pdf; name*=utf-8''a.pdf; filename*=utf-8''a.pdf", "a.pdf"},
		{"wrong escapes stay", "attachment; filename*=utf-8''100%.pdf", "100%.pdf"},
		{"plain name is not ours", "attachment; filename=a.pdf", ""},
		{"another parameter", "attachment; username*=utf-8''a", ""},
	} {
		if got := extendedName(tt.in); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.why, got, tt.want)
		}
	}
}
