package message

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// nested returns multiparts in one another, each with a boundary of its own,
// around a text.
func nested(depth int) string {
	var b strings.Builder
	for i := range depth {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	b.WriteString("\nHi\n")
	for i := depth - 1; i >= 0; i-- {
		fmt.Fprintf(&b, "--b%d--\n", i)
	}
	return b.String()
}

// parts returns a multipart with n parts.
func parts(n int, part string) string {
	boundary := fmt.Sprintf("b%d", len(part)) // another one than that of parts in the part
	return "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n" +
		strings.Repeat("--"+boundary+"\n"+part+"\n", n) + "--" + boundary + "--\n"
}

func TestLimits(t *testing.T) {
	lim := Limits{Bytes: 2000, HeaderBytes: 100, Headers: 4, Parts: 3, Depth: 2}
	fields := func(n int) string { return strings.Repeat("A: b\n", n) }
	for _, tt := range []struct {
		why, raw string
		want     *LimitError // nil: it is read
	}{
		{"as many bytes as may be", "\n" + strings.Repeat("a", 1999), nil},
		{"one byte more", "\n" + strings.Repeat("a", 2000), &LimitError{"bytes", 2001, 2000}},
		{"as much header as may be", "A: " + strings.Repeat("b", 96) + "\n\nHi", nil},
		{"more header", "A: " + strings.Repeat("b", 97) + "\n\nHi", &LimitError{"bytes of header", 101, 100}},
		{"more header, folded", "A: b\n" + strings.Repeat(" b\n", 40) + "\nHi", &LimitError{"bytes of header", 101, 100}},
		{"as many fields as may be", fields(4) + "\nHi", nil},
		{"one field more", fields(5) + "\nHi", nil},
		{"more header in a part", parts(1, "A: "+strings.Repeat("b", 97)+"\n\nHi"), &LimitError{"bytes of header", 101, 100}},
		{"as many parts as may be", parts(3, "\nHi"), nil},
		{"one part more", parts(4, "\nHi"), &LimitError{"parts", 4, 3}},
		{"parts of parts count", parts(1, parts(3, "\nHi")), &LimitError{"parts", 4, 3}},
		{"as deep as may be", nested(2), nil},
		{"one level more", nested(3), &LimitError{"levels of nested parts", 3, 2}},
		{"twenty levels", nested(20), &LimitError{"levels of nested parts", 3, 2}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			_, err := Parse([]byte(tt.raw), lim)
			var got *LimitError
			errors.As(err, &got)
			if diff := cmp.Diff(got, tt.want); diff != "" {
				t.Errorf("got (-) and want (+) differ:\n%s", diff)
			}
		})
	}
}

// Quadratic work on any of these would take hours, so that they need no clock
// to fail.
func TestHostileLettersEnd(t *testing.T) {
	const mb = 1 << 20
	fill := func(size int, piece string) string { return strings.Repeat(piece, size/len(piece)) }
	html := "Content-Type: text/html\n\n"
	for _, tt := range []struct {
		why, raw string
		refused  string // what there is too much of; empty: it is read
	}{
		{"one MB of nested parts", nested(mb / 60), "levels of nested parts"},
		{"the same boundary again and again", fill(mb, "Content-Type: multipart/mixed; boundary=b\n\n--b\n"), "levels of nested parts"},
		{"25 MB of tiny parts", parts(25*mb/7-20, ""), "parts"},
		{"25 MB of lines that look like boundaries", "Content-Type: multipart/mixed; boundary=b\n\n" + fill(24*mb, "--b-\n"), ""},
		{"deep, and then lines that look like boundaries", strings.TrimSuffix(nested(100), "--b0--\n") + fill(8*mb, "--bbb\n"), ""},
		{"25 MB in one line", "\n--" + fill(24*mb, "-"), ""},
		{"one field without end", "A:" + fill(mb, " b\n"), "bytes of header"},
		{"very many fields", fill(mb, "A:\n"), "bytes of header"},
		{"very many kinds of content", parts(500, "Content-Type: a/b"+fill(2000, ";a=")+"\nContent-Disposition: a"+fill(2000, ";\"=")+"\n\n"), ""},
		{"very many bad letters in letters", parts(400, "Content-Type: message/rfc822\n\nSubject: "+fill(50000, "=?a?b?")+"\n\n"), ""},
		{"beginnings of encoded words", "Subject: " + fill(250<<10, "=?a?b?") + "?=\n\nHi", ""},
		{"beginnings of encoded words in names", "From: " + fill(120<<10, "=?a?b? ") + "?= <jo@example.org>\n\nHi", ""},
		{"addresses without end", "To: " + fill(250<<10, "\"a(<") + "\n\nHi", ""},
		{"comments in comments", "To: " + fill(250<<10, "(") + "\n\nHi", ""},
		{"very many addresses", "To: " + fill(120<<10, "a@b,") + "\nTo: " + fill(120<<10, "a@b,") + "\n\nHi", ""},
		{"Message-IDs without end", "References: " + fill(250<<10, "<a@b") + "\n\nHi", ""},
		{"rubbish for base64", "Content-Transfer-Encoding: base64\n\n" + fill(8*mb, "!"), ""},
		{"rubbish for quoted-printable", "Content-Transfer-Encoding: quoted-printable\n\n" + fill(8*mb, "=\xff"), ""},
		{"HTML of opening brackets", html + fill(2*mb, "<"), ""},
		{"HTML of ampersands", html + fill(2*mb, "&"), ""},
		{"HTML of quotes in quotes", html + fill(2*mb, "<blockquote>a"), ""},
		{"HTML of links", html + fill(2*mb, "<a href=http://a>"), ""},
		{"HTML of one endless tag", html + "<a " + fill(2*mb, "b=c "), ""},
		{"HTML of comments", html + fill(2*mb, "<!--"), ""},
		{"HTML of scripts", html + "<script>" + fill(2*mb, "</scrip"), ""},
		{"HTML of text areas", html + "<textarea>" + fill(2*mb, "</textare "), ""},
		{"flowing text", "Content-Type: text/plain; format=flowed\n\n" + fill(2*mb, "> a \n>> "), ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			l, err := Parse([]byte(tt.raw), DefaultLimits())
			var limit *LimitError
			switch {
			case tt.refused == "" && err != nil:
				t.Errorf("got %v, want a letter", err)
			case tt.refused != "" && (!errors.As(err, &limit) || limit.What != tt.refused):
				t.Errorf("got %v, want too many %s", err, tt.refused)
			case err == nil:
				checkPromises(t, l)
			}
		})
	}
}

func TestParseHeaderOfRefusedLetters(t *testing.T) {
	const header = "From: Jo <jo@example.org>\nSubject: Toner\nMessage-ID: <1@example.org>\n"
	for _, tt := range []struct{ why, raw string }{
		{"too deep", header + nested(1000)},
		{"too much header", header + "A: " + strings.Repeat("b", 300<<10) + "\n\nHi"},
		{"too many bytes", header + "\n" + strings.Repeat("a", 26<<20)},
	} {
		if _, err := Parse([]byte(tt.raw), DefaultLimits()); err == nil {
			t.Errorf("%s: Parse read it", tt.why)
		}
		l := ParseHeader([]byte(tt.raw))
		if l.From.Address != "jo@example.org" || l.Subject != "Toner" || l.MessageID != "1@example.org" {
			t.Errorf("%s: got from %v, subject %q, id %q", tt.why, l.From, l.Subject, l.MessageID)
		}
	}
}

func TestLimitErrorSaysNumbers(t *testing.T) {
	_, err := Parse([]byte(nested(101)), DefaultLimits())
	if want := "the letter has 101 levels of nested parts or more, and at most 100 are read"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// checkPromises checks what the package promises of every letter.
func checkPromises(t interface {
	Helper()
	Errorf(string, ...any)
}, l *Letter) {
	t.Helper()
	line := func(what, s string) {
		t.Helper()
		if s != oneLine(s) || strings.ContainsFunc(s, unicode.IsControl) {
			t.Errorf("%s is not one clean line: %.200q", what, s)
		}
	}
	for what, text := range map[string]string{"text": l.Text, "HTML": l.HTML} {
		if !utf8.ValidString(text) || text != CleanText(text) || strings.ContainsAny(text, "\x00\r") {
			t.Errorf("%s is not clean: %.200q", what, text)
		}
	}
	line("subject", l.Subject)
	for name, values := range l.Header {
		line("field name", name)
		for _, v := range values {
			line(name, v)
		}
	}
	for _, id := range append(append([]string{l.MessageID + "x"}, l.References...), l.InReplyTo...) {
		if !validID(id) && len(id) < 400 {
			t.Errorf("%q is no Message-ID", id)
		}
	}
	for _, list := range [][]Address{l.ReplyTo, l.To, l.Cc} {
		if len(list) > maxAddresses {
			t.Errorf("got %d addresses, at most %d are promised", len(list), maxAddresses)
		}
		for _, a := range list {
			checkAddress(t, a)
		}
	}
	if l.From != (Address{}) {
		checkAddress(t, l.From)
	}
	for _, p := range l.Parts {
		line("file name", p.Name)
		if p.Name == "" || len(p.Name) > maxName || strings.ContainsAny(p.Name, `/\:`) || strings.HasPrefix(p.Name, ".") {
			t.Errorf("file name %q", p.Name)
		}
		if a, b, ok := strings.Cut(p.Type, "/"); !ok || !isToken(a) || !isToken(b) || p.Type != strings.ToLower(p.Type) {
			t.Errorf("type %q", p.Type)
		}
	}
}

// sizeOf returns how many bytes a letter holds.
func sizeOf(l *Letter) int {
	n := len(l.Text) + len(l.HTML)
	for _, values := range l.Header {
		n += len(strings.Join(values, ""))
	}
	for _, p := range l.Parts {
		n += len(p.Data) + len(p.Name) + len(p.Type)
	}
	return n
}

func FuzzTNEF(f *testing.F) {
	f.Add(winmail())
	f.Fuzz(func(t *testing.T, data []byte) {
		l := &Letter{}
		l.unwrap(data)
		checkPromises(t, l)
	})
}

func FuzzEncodedInText(f *testing.F) {
	f.Add([]byte("begin 644 a.txt\n\"2&D`\n`\nend\n"))
	f.Add([]byte("=ybegin line=128 size=2 name=a.bin\nr\x93\n=yend"))
	f.Fuzz(func(t *testing.T, text []byte) {
		rest, files := takeEncoded(text)
		size := len(rest)
		for _, p := range files {
			size += len(p.Data)
		}
		if size > len(text) {
			t.Errorf("%d bytes became %d", len(text), size)
		}
	})
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/letters/*.eml")
	if err != nil || len(files) < 40 {
		f.Fatalf("got %d letters, %v", len(files), err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	for _, letter := range awkwardLetters() {
		f.Add([]byte(letter.raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		before := bytes.Clone(raw)
		if l, err := Parse(raw, DefaultLimits()); err == nil {
			checkPromises(t, l)
			l.Automatic("<>", "desk")
			if got := sizeOf(l); got > 10*len(raw)+1<<20 {
				t.Errorf("a letter of %d bytes became one of %d", len(raw), got)
			}
		}
		checkPromises(t, ParseHeader(raw))
		if !bytes.Equal(raw, before) {
			t.Error("the raw letter was changed")
		}
	})
}
