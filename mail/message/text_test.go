package message

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestHTMLText(t *testing.T) {
	for _, tt := range []struct{ why, in, want string }{
		{"paragraphs", "<p>One</p><p>Two</p>", "One\n\nTwo"},
		{"lines", "One<br>Two<br/>\nThree", "One\nTwo\nThree"},
		{"Outlook's divisions", "<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo"},
		{"blanks and line ends in the source", "<p>  One\n  and \t two  </p>\n", "One and two"},
		{"marks inside a word", "im<b>port</b>ant <i>word</i>s", "important words"},
		{"hard blanks", "a&nbsp;&nbsp;b", "a b"},
		{"entities", "1 &lt; 2 &amp; &#8364; &uuml;", "1 < 2 & € ü"},
		{"NUL by entity", "a&#0;b&#7;c", "a\ufffdbc"},
		{"link", `see <a href="https://example.org/a?b=1&amp;c=2">here</a>.`, "see here <https://example.org/a?b=1&c=2>."},
		{"link that shows its address", `<a href="https://example.org/">https://example.org</a>`, "https://example.org"},
		{"link that shows another address", `<a href="https://evil.example">https://example.org</a>`, "https://example.org <https://evil.example>"},
		{"mail link", `<a href="mailto:jo@example.org">Jo</a>`, "Jo <jo@example.org>"},
		{"link that runs a script", `<a href="javascript:alert(1)">here</a>`, "here"},
		{"link without end", `<a href="https://example.org">here`, "here <https://example.org>"},
		{"list", "<ul><li>One</li><li>Two <b>b</b></li></ul>After", "- One\n- Two b\n\nAfter"},
		{"table", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
		{"quote", "Yes<blockquote>One<br>Two<blockquote>Old</blockquote></blockquote>No", "Yes\n> One\n> Two\n> > Old\nNo"},
		{"quote that ends twice", "</blockquote>a<blockquote>b", "a\n> b"},
		{"program text", "<pre>if x {\n    y\n}</pre>", "if x {\n    y\n}"},
		{"script and style", "<style>p{}</style>a<script>alert('</p>')</script>b<title>t</title>", "ab"},
		{"script without end", "a<script>b", "a"},
		{"picture", `<img alt="Logo" src="cid:1"> Hi`, "Logo Hi"},
		{"comment", "a<!-- b -->c", "ac"},
		{"no HTML at all", "Hello", "Hello"},
		{"nothing", "", ""},
	} {
		if got := HTMLText(tt.in); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.why, got, tt.want)
		}
	}
}

func TestHTMLTextIsBounded(t *testing.T) {
	got := HTMLText(strings.Repeat("<blockquote>", 20) + strings.Repeat("<br>a", 2<<20/5*3))
	if len(got) > maxHTMLText+10 || !strings.HasSuffix(got, "[…]") {
		t.Errorf("got %d bytes that end in %q", len(got), got[len(got)-10:])
	}
}

func TestCleanText(t *testing.T) {
	for _, tt := range []struct{ why, in, want string }{
		{"line ends", "a\r\nb\rc\nd", "a\nb\nc\nd"},
		{"control characters", "a\x00b\x1b[31mc\td\u0085", "ab[31mc\td"},
		{"broken UTF-8", "Gr\xfc\xdfe", "Gr\ufffde"},
		{"byte order marks", "\ufeffa\ufeff", "a"},
	} {
		if got := CleanText(tt.in); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.why, got, tt.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		once := CleanText(rapid.String().Draw(t, "text"))
		if twice := CleanText(once); twice != once {
			t.Errorf("cleaned twice: got %q, want %q", twice, once)
		}
	})
}

func TestUnflow(t *testing.T) {
	for _, tt := range []struct {
		why, in string
		delsp   bool
		want    string
	}{
		{"joined", "one \ntwo\nthree", false, "one two\nthree"},
		{"joined without the blank", "Zusammen \nfassung", true, "Zusammenfassung"},
		{"quotes are joined by depth", "> a \n> b\n>> c \nd", false, "> a b\n>> c \nd"},
		{"stuffed line", " From here\n  indented", false, "From here\n indented"},
		{"signature", "bye \n-- \nJo", false, "bye \n-- \nJo"},
		{"empty lines", "a\n\nb", false, "a\n\nb"},
		{"nothing", "", false, ""},
	} {
		if got := Unflow(tt.in, tt.delsp); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.why, got, tt.want)
		}
	}
}

func TestCleanName(t *testing.T) {
	for _, tt := range []struct{ why, in, want string }{
		{"plain", "Übersicht 2026.pdf", "Übersicht 2026.pdf"},
		{"path", "/etc/passwd", "passwd"},
		{"path of Windows", `C:\a\b.exe`, "b.exe"},
		{"only a path", "../..", ""},
		{"hidden file", ".htaccess", "htaccess"},
		{"ends in dots", "a.exe. . ", "a.exe"},
		{"special characters", `a<b>:"|?*.txt`, "a_b______.txt"},
		{"line end", "a\r\nb.txt", "a  b.txt"},
		{"zero-width", "a\u200bb.txt", "ab.txt"},
		{"long keeps its ending", strings.Repeat("ü", 150) + ".pdf", strings.Repeat("ü", 98) + ".pdf"},
		{"long without an ending", strings.Repeat("a", 300), strings.Repeat("a", 200)},
	} {
		if got := cleanName(tt.in); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.why, got, tt.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		once := cleanName(rapid.String().Draw(t, "name"))
		if twice := cleanName(once); twice != once {
			t.Errorf("cleaned twice: got %q, want %q", twice, once)
		}
	})
}
