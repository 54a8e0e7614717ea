package message

import (
	"runtime"
	"strings"
	"testing"
)

// What reading takes, the rubbish counted that is left behind, is at most ten
// times the letter and a little.
func TestReadingTakesTenTimesTheLetterAtMost(t *testing.T) {
	const size = 4 << 20
	fill := func(piece string) string { return strings.Repeat(piece, size/len(piece)) }
	html, b64 := "Content-Type: text/html\n\n", "Content-Type: a/b\nContent-Transfer-Encoding: base64\n\n"
	for _, tt := range []struct{ why, raw string }{
		{"text", "\n" + fill("hello world, this is text\n")},
		{"text in Latin-1", "Content-Type: text/plain; charset=iso-8859-1\n\n" + fill("hello w\xf6rld\n")},
		{"text whose charset is guessed", "\n" + fill("\xe4\xf6 abc\n")},
		{"flowing text", "Content-Type: text/plain; format=flowed\n\n" + fill("> a \n>> ")},
		{"HTML", html + fill("<p>hello world</p>\n")},
		{"HTML of brackets", html + fill("<")},
		{"HTML of links", html + fill("<a href=http://a>")},
		{"a file", b64 + fill("aGVsbG8gd29ybGQgdGhpcyBpcyB0ZXh0aGVsbG8gd29ybGQgdGhpcyBpcyB0ZXh0\n")},
		{"files that never begin", "\n" + fill("begin 644 a\n")},
		{"files of nothing", "\n" + fill("begin 644 a\n`\nend\n")},
		{"letters in the letter", parts(900, "Content-Type: message/rfc822\n\nSubject: "+strings.Repeat("=?a?b?", size/6000)+"\n\n")},
		{"addresses", strings.Repeat("To: "+strings.Repeat("a@b,", 7000)+"\n", 8) + "\n\nHi" + fill(" ")},
		{"lines that look like boundaries", "Content-Type: multipart/mixed; boundary=b\n\n" + fill("--b-\n")},
	} {
		raw := []byte(tt.raw)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := Parse(raw, DefaultLimits()); err != nil {
			t.Errorf("%s: %v", tt.why, err)
		}
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took > times*uint64(len(raw))+2<<20 {
			t.Errorf("%s: reading %d bytes took %d, %.1f times as many", tt.why, len(raw), took, float64(took)/float64(len(raw)))
		}
	}
}
