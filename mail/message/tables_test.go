package message_test

import (
	"encoding/xml"
	"io"
	"regexp"
	"strings"
	"testing"

	"gatehouse/mail/message"
)

// bare is a markup without its attributes and what stands around its body.
func bare(markup string) string {
	_, body, _ := strings.Cut(markup, "44em\">\n")
	body, _, _ = strings.Cut(body, "</div></body>")
	return regexp.MustCompile(`(<[a-z0-9]+) [^>]*>`).ReplaceAllString(body, "$1>")
}

// TestTablesOfLetters: what is indented is a table with its heads and its name,
// and everything else as in any letter.
func TestTablesOfLetters(t *testing.T) {
	for _, tt := range []struct{ why, text, want string }{
		{"a table with its name", "Queues\n  Queue    Tickets\n  support       12\n", "<h2>Queues</h2>\n<table>\n<tr><th>Queue</th><th>Tickets</th></tr>\n<tr><td>support</td><td>12</td></tr>\n</table>\n"},
		{"blanks within a name", "  A b  C\n  d e  1", "<table>\n<tr><th>A b</th><th>C</th></tr>\n<tr><td>d e</td><td>1</td></tr>\n</table>\n"},
		{"no table", "Just text.\nAnd more.", "<p>Just text.<br>\nAnd more.</p>\n"},
		{"an end", "Hello\n\n  A  B\n\n-- \nBye", "<p>Hello</p>\n<table>\n<tr><th>A</th><th>B</th></tr>\n</table>\n<div>\n<p>Bye</p>\n</div>\n"},
		{"what looks like HTML", "<b>\n  <i>  &", "<h2>&lt;b&gt;</h2>\n<table>\n<tr><th>&lt;i&gt;</th><th>&amp;</th></tr>\n</table>\n"},
		{"lines of other machines", "T\r\n  A  B\r\n", "<h2>T</h2>\n<table>\n<tr><th>A</th><th>B</th></tr>\n</table>\n"},
	} {
		if got := bare(message.MarkupTables(tt.text)); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.why, got, tt.want)
		}
	}
}

// FuzzMarkupTables: whatever a text says, each element that is begun is ended,
// and nothing of it is an element.
func FuzzMarkupTables(f *testing.F) {
	f.Add("A\n  B  C\n\n-- \nD")
	f.Add("  <script>  x\n\n>  > y")
	f.Fuzz(func(t *testing.T, text string) {
		markup := message.MarkupTables(text)
		if strings.Contains(markup, "<script") || strings.Contains(markup, "<img") {
			t.Errorf("an element came through: %s", markup)
		}
		d := xml.NewDecoder(strings.NewReader(bare(markup)))
		d.Strict, d.Entity, d.AutoClose = true, xml.HTMLEntity, []string{"br"}
		for {
			if _, err := d.Token(); err == io.EOF {
				return
			} else if err != nil && !strings.Contains(err.Error(), "illegal character") && !strings.Contains(err.Error(), "UTF-8") {
				t.Fatalf("%v in %s", err, markup)
			}
		}
	})
}
