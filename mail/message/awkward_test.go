package message

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// An awkward letter is one as programs and people really write them, with what
// a reader who knows what was meant finds in it.
type awkward struct {
	why     string
	raw     string
	from    string // "": jo@example.org
	subject string // "": Toner
	text    string // without blanks around it
	files   string // each as name (type) content, divided by "; "
}

// jo begins the letters whose sender and subject are nothing special.
const jo = "From: Jo <jo@example.org>\nSubject: Toner\n"

// awkwardLetters are all of them.
func awkwardLetters() []awkward {
	return slices.Concat(awkwardHeaders, awkwardSenders, awkwardWords, awkwardTexts, awkwardParts, awkwardNames, awkwardMore)
}

func TestAwkwardLetters(t *testing.T) {
	list := awkwardLetters()
	if len(list) < 350 {
		t.Errorf("got %d letters, want 350 or more", len(list))
	}
	for _, tt := range list {
		t.Run(tt.why, func(t *testing.T) {
			l, err := Parse([]byte(tt.raw), DefaultLimits())
			if err != nil {
				t.Fatalf("Parse: %v", err)
			}
			checkPromises(t, l)
			for _, is := range []struct{ what, got, want, usual string }{
				{"sender", l.From.Address, tt.from, "jo@example.org"},
				{"subject", l.Subject, tt.subject, "Toner"},
				{"text", strings.TrimSpace(l.Text), tt.text, ""},
				{"files", filesOf(l), tt.files, ""},
			} {
				want := is.want
				if want == "" {
					want = is.usual
				}
				if want == none {
					want = ""
				}
				if is.got != want {
					t.Errorf("%s: got %q, want %q", is.what, is.got, want)
				}
			}
		})
	}
}

func filesOf(l *Letter) string {
	var list []string
	for _, p := range l.Parts {
		content := strings.TrimSpace(string(p.Data))
		if len(content) > 60 {
			content = fmt.Sprintf("%d bytes", len(p.Data))
		}
		list = append(list, fmt.Sprintf("%s (%s) %s", p.Name, p.Type, content))
	}
	return strings.Join(list, "; ")
}

var awkwardHeaders = []awkward{
	{
		why:     "subject folded with a tab",
		raw:     "From: jo@example.org\nSubject: Toner\n\tis empty\n\nHi",
		subject: "Toner is empty",
		text:    "Hi",
	},
	{
		why:  "subject folded after the colon",
		raw:  "From: jo@example.org\nSubject:\n Toner\n\nHi",
		text: "Hi",
	},
	{
		why:  "subject folded over blank-only lines",
		raw:  "From: jo@example.org\nSubject: Toner\n  \n\nHi",
		text: "Hi",
	},
	{
		why:  "mixed line ends",
		raw:  "From: jo@example.org\r\nSubject: Toner\n\r\nHi\nthere\r\n",
		text: "Hi\nthere",
	},
	{
		why:  "two carriage returns at each end",
		raw:  "From: jo@example.org\r\r\nSubject: Toner\r\r\n\r\r\nHi\r\r\n",
		text: "Hi",
	},
	{
		why:  "names in small letters",
		raw:  "from: jo@example.org\nsubject: Toner\n\nHi",
		text: "Hi",
	},
	{
		why:  "no blank after the colon",
		raw:  "From:jo@example.org\nSubject:Toner\n\nHi",
		text: "Hi",
	},
	{
		why:  "two subjects: the first counts",
		raw:  jo + "Subject: Paper\n\nHi",
		text: "Hi",
	},
	{
		why:     "an empty subject",
		raw:     "From: jo@example.org\nSubject:\n\nHi",
		subject: none,
		text:    "Hi",
	},
	{
		why:     "no subject",
		raw:     "From: jo@example.org\n\nHi",
		subject: none,
		text:    "Hi",
	},
	{
		why:     "a subject of colons",
		raw:     "From: jo@example.org\nSubject: Re: AW: : Toner: now\n\nHi",
		subject: "Re: AW: : Toner: now",
		text:    "Hi",
	},
	{
		why:  "an mbox line in the midst",
		raw:  "From: jo@example.org\n>From jo@example.org Mon Nov  2 09:00:00 2026\nSubject: Toner\n\nHi",
		text: "Hi",
	},
	{
		why:  "a line without a colon in the midst",
		raw:  "From: jo@example.org\nThis is no field\nSubject: Toner\n\nHi",
		text: "Hi",
	},
	{
		why:  "a name with a blank in it",
		raw:  "From: jo@example.org\nX Spam: no\nSubject: Toner\n\nHi",
		text: "Hi",
	},
	{
		why:  "a field of 8-bit name",
		raw:  "From: jo@example.org\nX-\xfc: no\nSubject: Toner\n\nHi",
		text: "Hi",
	},
	{
		why:  "a field without a name",
		raw:  "From: jo@example.org\n: no\nSubject: Toner\n\nHi",
		text: "Hi",
	},
	{
		why:  "begins with a fold",
		raw:  "  folded from nowhere\nFrom: jo@example.org\nSubject: Toner\n\nHi",
		text: "Hi",
	},
	{
		why:  "begins with blank lines",
		raw:  "\r\n\r\n" + jo + "\nHi",
		text: "Hi",
	},
	{
		why:  "a name longer than a line",
		raw:  "From: jo@example.org\n" + strings.Repeat("X", 300) + ": y\nSubject: Toner\n\nHi",
		text: "Hi",
	},
	{
		why: "nothing but a header, no line end",
		raw: "From: jo@example.org\nSubject: Toner",
	},
	{
		why:     "a NUL in the subject",
		raw:     "From: jo@example.org\nSubject: To\x00ner\n\nHi",
		subject: "To ner",
		text:    "Hi",
	},
	{
		why:  "a subject that turns the direction",
		raw:  "From: jo@example.org\nSubject: \u202eToner\n\nHi",
		text: "Hi",
	},
	{
		why:     "a subject of 3,000 characters",
		raw:     "From: jo@example.org\nSubject: " + strings.Repeat("a", 3000) + "\n\nHi",
		subject: strings.Repeat("a", 998),
		text:    "Hi",
	},
	{
		why:  "a body that looks like a header",
		raw:  jo + "\nSubject: Paper\nFrom: eve@evil.example\n",
		text: "Subject: Paper\nFrom: eve@evil.example",
	},
	{
		why:  "a body that begins with an mbox line",
		raw:  jo + "\n>From here on\n",
		text: ">From here on",
	},
	{
		why:  "no version of MIME",
		raw:  jo + "Content-Type: text/html\n\n<b>Hi</b>",
		text: "Hi",
	},
	{
		why:  "a wrong version of MIME",
		raw:  jo + "MIME-Version: 2.0 (really)\nContent-Type: text/html\n\n<b>Hi</b>",
		text: "Hi",
	},
	{
		why:  "only resent fields besides",
		raw:  "Resent-From: eve@evil.example\nResent-Subject: Paper\n" + jo + "\nHi",
		text: "Hi",
	},
	{
		why:     "a comment in the subject is no comment",
		raw:     "From: jo@example.org\nSubject: Toner (black)\n\nHi",
		subject: "Toner (black)",
		text:    "Hi",
	},
	{
		why:  "a hundred fields of trace",
		raw:  strings.Repeat("Received: from a by b; Mon, 2 Nov 2026 09:00:00 +0000\n", 100) + jo + "\nHi",
		text: "Hi",
	},
}

func withFrom(value string) string { return "From: " + value + "\nSubject: Toner\n\nHi" }

var awkwardSenders = []awkward{
	{
		why:  "an address as the name",
		raw:  withFrom(`"boss@example.com" <jo@example.org>`),
		text: "Hi",
	},
	{
		why:  "an address as the name without quotes",
		raw:  withFrom(`boss@example.com <jo@example.org>`),
		text: "Hi",
	},
	{
		why:  "a comma in the name without quotes",
		raw:  withFrom(`Doe, Jo <jo@example.org>`),
		text: "Hi",
	},
	{
		why:  "a comma in the name in quotes",
		raw:  withFrom(`"Doe, Jo" <jo@example.org>`),
		text: "Hi",
	},
	{
		why:  "the name as a comment",
		raw:  withFrom(`jo@example.org (Jo Doe)`),
		text: "Hi",
	},
	{
		why:  "comments in comments",
		raw:  withFrom(`(a(b)c) jo@example.org (Jo (the) Doe)`),
		text: "Hi",
	},
	{
		why:  "a bracket in a quoted name",
		raw:  withFrom(`"Jo <boss@example.com>" <jo@example.org>`),
		text: "Hi",
	},
	{
		why:  "quotes escaped in the name",
		raw:  withFrom(`"Jo \"the\" Doe" <jo@example.org>`),
		text: "Hi",
	},
	{
		why:  "a quote without end",
		raw:  withFrom(`"Jo Doe <jo@example.org>`),
		text: "Hi",
	},
	{
		why:  "a bracket without end",
		raw:  withFrom(`Jo Doe <jo@example.org`),
		text: "Hi",
	},
	{
		why:  "brackets twice",
		raw:  withFrom(`Jo <<jo@example.org>>`),
		text: "Hi",
	},
	{
		why:  "something after the bracket",
		raw:  withFrom(`<jo@example.org> Jo Doe`),
		text: "Hi",
	},
	{
		why:  "blanks in the brackets",
		raw:  withFrom(`Jo < jo@example.org >`),
		text: "Hi",
	},
	{
		why:  "blanks around the at",
		raw:  withFrom(`Jo <jo @ example.org>`),
		text: "Hi",
	},
	{
		why:  "a route",
		raw:  withFrom(`Jo <@relay.example,@mx.example:jo@example.org>`),
		text: "Hi",
	},
	{
		why:  "a group of one",
		raw:  withFrom(`Sales: Jo <jo@example.org>;`),
		text: "Hi",
	},
	{
		why:  "a link for an address",
		raw:  withFrom(`Jo <mailto:jo@example.org>`),
		text: "Hi",
	},
	{
		why:  "an address in single quotes",
		raw:  withFrom(`'jo@example.org'`),
		text: "Hi",
	},
	{
		why:  "capitals in the domain",
		raw:  withFrom(`jo@EXAMPLE.Org`),
		text: "Hi",
	},
	{
		why:  "a dot at the end of the domain",
		raw:  withFrom(`jo@example.org.`),
		text: "Hi",
	},
	{
		why:  "a host without dots",
		raw:  withFrom(`root@localhost`),
		from: "root@localhost",
		text: "Hi",
	},
	{
		why:  "an address literal",
		raw:  withFrom(`jo@[192.0.2.1]`),
		from: "jo@[192.0.2.1]",
		text: "Hi",
	},
	{
		why:  "a plus and dots in wrong places",
		raw:  withFrom(`.jo..d+x@example.org`),
		from: ".jo..d+x@example.org",
		text: "Hi",
	},
	{
		why:  "a domain beyond ASCII",
		raw:  withFrom("jo@bücher.example"),
		from: "jo@xn--bcher-kva.example",
		text: "Hi",
	},
	{
		why:  "a name in encoded words inside quotes",
		raw:  withFrom(`"=?utf-8?q?J=C3=B6?=" <jo@example.org>`),
		text: "Hi",
	},
	{
		why:  "all of it in one encoded word",
		raw:  withFrom(`=?utf-8?q?J=C3=B6_=3Cjo=40example=2Eorg=3E?=`),
		text: "Hi",
	},
	{
		why:  "raw Latin-1 in the name",
		raw:  withFrom("J\xf6 <jo@example.org>"),
		text: "Hi",
	},
	{
		why:  "several lines of name",
		raw:  withFrom("Jo\n Doe\n <jo@example.org>"),
		text: "Hi",
	},
	{
		why:  "semicolons between two",
		raw:  withFrom("jo@example.org; boss@example.com"),
		text: "Hi",
	},
	{
		why:  "an empty one before it",
		raw:  withFrom(`<>, jo@example.org`),
		text: "Hi",
	},
	{
		why:  "an at in the quoted local part",
		raw:  withFrom(`"jo@home"@example.org`),
		from: `"jo@home"@example.org`,
		text: "Hi",
	},
	{
		why:  "an old exchange name",
		raw:  withFrom(`"Jo Doe" </O=EXAMPLE/OU=FIRST/CN=JO>`),
		from: none,
		text: "Hi",
	},
	{
		why:  "words alone",
		raw:  withFrom(`Mail Delivery System`),
		from: none,
		text: "Hi",
	},
	{
		why:  "two ats",
		raw:  withFrom(`Jo <jo@home@example.org>`),
		from: "jo@home",
		text: "Hi",
	},
	{
		why:  "an address that would add a field",
		raw:  withFrom("jo@example.org\r Bcc: eve@evil.example"),
		from: "jo@example.org",
		text: "Hi",
	},
}
