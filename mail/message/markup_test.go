package message_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gatehouse/mail/message"
)

func TestMarkup(t *testing.T) {
	for _, tt := range []struct {
		why, text string
		has       []string
		hasNot    []string
	}{
		{"paragraphs and lines", "One\ntwo\n\nthree", []string{">One<br>\ntwo</p>", ">three</p>"}, nil},
		{"what looks like HTML is text", "<script>alert(1)</script> & <img src=x onerror=y>", []string{"&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;img"}, []string{"<script", "<img"}},
		{"an address of a page", "See https://desk.example/a?b=1&c=2.", []string{`<a href="https://desk.example/a?b=1&amp;c=2" rel="noreferrer">https://desk.example/a?b=1&amp;c=2</a>.`}, nil},
		{"no address that runs something", "javascript:alert(1) data:text/html,x", []string{"javascript:alert(1)"}, []string{"<a "}},
		{"nothing leaves the quotes of an address", `https://x.example/"onmouseover="y`, []string{`href="https://x.example/"`}, []string{`"onmouseover`}},
		{"a quotation", "He said:\n> Shake it.\n>\n> > Really?\nYes.", []string{"He said:</p>\n<blockquote", ">Shake it.</p>\n<blockquote", ">Really?</p>\n</blockquote>\n</blockquote>\n", ">Yes.</p>"}, []string{"&gt;"}},
		{"quotations in one another end", strings.Repeat(">", 5000) + " x", []string{"&gt;&gt; x"}, []string{strings.Repeat("<blockquote", 6)}},
		{"the end", "Hello\n\n-- \nTicket #42: Toner\n\nYou get this letter", []string{">Hello</p>\n<div style=", ">Ticket #42: Toner</p>"}, []string{"-- "}},
		{"nothing but an end", "-- \nx", []string{">x</p>"}, nil},
		{"blanks are kept", "a  b\n  c\td", []string{"a&nbsp; b<br>\n&nbsp; c&nbsp; &nbsp; d"[:12]}, nil},
		{"nothing", "", []string{"</html>"}, []string{"<p"}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got := message.Markup(tt.text)
			for _, part := range tt.has {
				if !strings.Contains(got, part) {
					t.Errorf("missing %q in\n%s", part, got)
				}
			}
			for _, part := range tt.hasNot {
				if strings.Contains(got, part) {
					t.Errorf("should not be there: %q in\n%s", part, got)
				}
			}
		})
	}
}

// FuzzMarkup: whatever a text says, its HTML holds the elements that we write
// and no others, fetches nothing, and has every word of it.
func FuzzMarkup(f *testing.F) {
	for _, text := range []string{"a\n> b\n-- \nc", "<a href=x>", "https://x.example/'\">y", ">>>>>>>\n\n> \n", "&amp;\x00\t  \r\nx"} {
		f.Add(text)
	}
	allowed := map[string]bool{"html": true, "head": true, "meta": true, "body": true, "div": true, "p": true, "br": true, "blockquote": true, "a": true}
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := html.Parse(strings.NewReader(message.Markup(text)))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			if !allowed[n.Data] {
				t.Errorf("%q becomes an element %s", text, n.Data)
			}
			for _, a := range n.Attr {
				if a.Key == "src" || strings.HasPrefix(a.Key, "on") || a.Key == "href" && !strings.HasPrefix(a.Val, "http") {
					t.Errorf("%q becomes the attribute %s=%q", text, a.Key, a.Val)
				}
			}
		}
	})
}
