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
	return slices.Concat(awkwardHeaders(), awkwardSenders(), awkwardWords(), awkwardTexts(), awkwardParts(), awkwardNames())
}

func TestAwkwardLetters(t *testing.T) {
	list := awkwardLetters()
	if len(list) < 150 {
		t.Errorf("got %d letters, want 150 or more", len(list))
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

func awkwardHeaders() []awkward {
	return []awkward{
		{why: "subject folded with a tab", raw: "From: jo@example.org\nSubject: Toner\n\tis empty\n\nHi", subject: "Toner is empty", text: "Hi"},
		{why: "subject folded after the colon", raw: "From: jo@example.org\nSubject:\n Toner\n\nHi", text: "Hi"},
		{why: "subject folded over blank-only lines", raw: "From: jo@example.org\nSubject: Toner\n  \n\nHi", text: "Hi"},
		{why: "mixed line ends", raw: "From: jo@example.org\r\nSubject: Toner\n\r\nHi\nthere\r\n", text: "Hi\nthere"},
		{why: "two carriage returns at each end", raw: "From: jo@example.org\r\r\nSubject: Toner\r\r\n\r\r\nHi\r\r\n", text: "Hi"},
		{why: "names in small letters", raw: "from: jo@example.org\nsubject: Toner\n\nHi", text: "Hi"},
		{why: "no blank after the colon", raw: "From:jo@example.org\nSubject:Toner\n\nHi", text: "Hi"},
		{why: "two subjects: the first counts", raw: jo + "Subject: Paper\n\nHi", text: "Hi"},
		{why: "an empty subject", raw: "From: jo@example.org\nSubject:\n\nHi", subject: none, text: "Hi"},
		{why: "no subject", raw: "From: jo@example.org\n\nHi", subject: none, text: "Hi"},
		{why: "a subject of colons", raw: "From: jo@example.org\nSubject: Re: AW: : Toner: now\n\nHi", subject: "Re: AW: : Toner: now", text: "Hi"},
		{why: "an mbox line in the midst", raw: "From: jo@example.org\n>From jo@example.org Mon Nov  2 09:00:00 2026\nSubject: Toner\n\nHi", text: "Hi"},
		{why: "a line without a colon in the midst", raw: "From: jo@example.org\nThis is no field\nSubject: Toner\n\nHi", text: "Hi"},
		{why: "a name with a blank in it", raw: "From: jo@example.org\nX Spam: no\nSubject: Toner\n\nHi", text: "Hi"},
		{why: "a field of 8-bit name", raw: "From: jo@example.org\nX-\xfc: no\nSubject: Toner\n\nHi", text: "Hi"},
		{why: "a field without a name", raw: "From: jo@example.org\n: no\nSubject: Toner\n\nHi", text: "Hi"},
		{why: "begins with a fold", raw: "  folded from nowhere\nFrom: jo@example.org\nSubject: Toner\n\nHi", text: "Hi"},
		{why: "begins with blank lines", raw: "\r\n\r\n" + jo + "\nHi", text: "Hi"},
		{why: "a name longer than a line", raw: "From: jo@example.org\n" + strings.Repeat("X", 300) + ": y\nSubject: Toner\n\nHi", text: "Hi"},
		{why: "nothing but a header, no line end", raw: "From: jo@example.org\nSubject: Toner"},
		{why: "a NUL in the subject", raw: "From: jo@example.org\nSubject: To\x00ner\n\nHi", subject: "To ner", text: "Hi"},
		{why: "a subject that turns the direction", raw: "From: jo@example.org\nSubject: \u202eToner\n\nHi", text: "Hi"},
		{why: "a subject of 3,000 characters", raw: "From: jo@example.org\nSubject: " + strings.Repeat("a", 3000) + "\n\nHi", subject: strings.Repeat("a", 998), text: "Hi"},
		{why: "a body that looks like a header", raw: jo + "\nSubject: Paper\nFrom: eve@evil.example\n", text: "Subject: Paper\nFrom: eve@evil.example"},
		{why: "a body that begins with an mbox line", raw: jo + "\n>From here on\n", text: ">From here on"},
		{why: "no version of MIME", raw: jo + "Content-Type: text/html\n\n<b>Hi</b>", text: "Hi"},
		{why: "a wrong version of MIME", raw: jo + "MIME-Version: 2.0 (really)\nContent-Type: text/html\n\n<b>Hi</b>", text: "Hi"},
		{why: "only resent fields besides", raw: "Resent-From: eve@evil.example\nResent-Subject: Paper\n" + jo + "\nHi", text: "Hi"},
		{why: "a comment in the subject is no comment", raw: "From: jo@example.org\nSubject: Toner (black)\n\nHi", subject: "Toner (black)", text: "Hi"},
		{why: "a hundred fields of trace", raw: strings.Repeat("Received: from a by b; Mon, 2 Nov 2026 09:00:00 +0000\n", 100) + jo + "\nHi", text: "Hi"},
	}
}

func awkwardSenders() []awkward {
	from := func(value string) string { return "From: " + value + "\nSubject: Toner\n\nHi" }
	return []awkward{
		{why: "an address as the name", raw: from(`"boss@example.com" <jo@example.org>`), text: "Hi"},
		{why: "an address as the name without quotes", raw: from(`boss@example.com <jo@example.org>`), text: "Hi"},
		{why: "a comma in the name without quotes", raw: from(`Doe, Jo <jo@example.org>`), text: "Hi"},
		{why: "a comma in the name in quotes", raw: from(`"Doe, Jo" <jo@example.org>`), text: "Hi"},
		{why: "the name as a comment", raw: from(`jo@example.org (Jo Doe)`), text: "Hi"},
		{why: "comments in comments", raw: from(`(a(b)c) jo@example.org (Jo (the) Doe)`), text: "Hi"},
		{why: "a bracket in a quoted name", raw: from(`"Jo <boss@example.com>" <jo@example.org>`), text: "Hi"},
		{why: "quotes escaped in the name", raw: from(`"Jo \"the\" Doe" <jo@example.org>`), text: "Hi"},
		{why: "a quote without end", raw: from(`"Jo Doe <jo@example.org>`), text: "Hi"},
		{why: "a bracket without end", raw: from(`Jo Doe <jo@example.org`), text: "Hi"},
		{why: "brackets twice", raw: from(`Jo <<jo@example.org>>`), text: "Hi"},
		{why: "something after the bracket", raw: from(`<jo@example.org> Jo Doe`), text: "Hi"},
		{why: "blanks in the brackets", raw: from(`Jo < jo@example.org >`), text: "Hi"},
		{why: "blanks around the at", raw: from(`Jo <jo @ example.org>`), text: "Hi"},
		{why: "a route", raw: from(`Jo <@relay.example,@mx.example:jo@example.org>`), text: "Hi"},
		{why: "a group of one", raw: from(`Sales: Jo <jo@example.org>;`), text: "Hi"},
		{why: "a link for an address", raw: from(`Jo <mailto:jo@example.org>`), text: "Hi"},
		{why: "an address in single quotes", raw: from(`'jo@example.org'`), text: "Hi"},
		{why: "capitals in the domain", raw: from(`jo@EXAMPLE.Org`), text: "Hi"},
		{why: "a dot at the end of the domain", raw: from(`jo@example.org.`), text: "Hi"},
		{why: "a host without dots", raw: from(`root@localhost`), from: "root@localhost", text: "Hi"},
		{why: "an address literal", raw: from(`jo@[192.0.2.1]`), from: "jo@[192.0.2.1]", text: "Hi"},
		{why: "a plus and dots in wrong places", raw: from(`.jo..d+x@example.org`), from: ".jo..d+x@example.org", text: "Hi"},
		{why: "a domain beyond ASCII", raw: from("jo@bücher.example"), from: "jo@xn--bcher-kva.example", text: "Hi"},
		{why: "a name in encoded words inside quotes", raw: from(`"=?utf-8?q?J=C3=B6?=" <jo@example.org>`), text: "Hi"},
		{why: "all of it in one encoded word", raw: from(`=?utf-8?q?J=C3=B6_=3Cjo=40example=2Eorg=3E?=`), text: "Hi"},
		{why: "raw Latin-1 in the name", raw: from("J\xf6 <jo@example.org>"), text: "Hi"},
		{why: "several lines of name", raw: from("Jo\n Doe\n <jo@example.org>"), text: "Hi"},
		{why: "semicolons between two", raw: from("jo@example.org; boss@example.com"), text: "Hi"},
		{why: "an empty one before it", raw: from(`<>, jo@example.org`), text: "Hi"},
		{why: "an at in the quoted local part", raw: from(`"jo@home"@example.org`), from: `"jo@home"@example.org`, text: "Hi"},
		{why: "an old exchange name", raw: from(`"Jo Doe" </O=EXAMPLE/OU=FIRST/CN=JO>`), from: none, text: "Hi"},
		{why: "words alone", raw: from(`Mail Delivery System`), from: none, text: "Hi"},
		{why: "two ats", raw: from(`Jo <jo@home@example.org>`), from: "jo@home", text: "Hi"},
		{why: "an address that would add a field", raw: from("jo@example.org\r Bcc: eve@evil.example"), from: "jo@example.org", text: "Hi"},
	}
}

func awkwardWords() []awkward {
	subject := func(value string) string { return "From: jo@example.org\nSubject: " + value + "\n\nHi" }
	return []awkward{
		{why: "blanks for underscores", raw: subject("=?utf-8?q?Gr=C3=BC=C3=9Fe aus K=C3=B6ln?="), subject: "Grüße aus Köln", text: "Hi"},
		{why: "underscores", raw: subject("=?iso-8859-1?Q?Gr=FC=DFe_aus_K=F6ln?="), subject: "Grüße aus Köln", text: "Hi"},
		{why: "no blank between the words", raw: subject("=?utf-8?q?Gr=C3=BC?==?utf-8?q?=C3=9Fe?="), subject: "Grüße", text: "Hi"},
		{why: "words folded", raw: subject("=?utf-8?q?Gr=C3=BC?=\n =?utf-8?q?=C3=9Fe?="), subject: "Grüße", text: "Hi"},
		{why: "two charsets", raw: subject("=?utf-8?q?Gr=C3=BC?= =?iso-8859-1?q?=DFe?="), subject: "Grüße", text: "Hi"},
		{why: "cut inside a character of three bytes", raw: subject("=?utf-8?b?5pel5pw=?= =?utf-8?b?rA==?="), subject: "日本", text: "Hi"},
		{why: "base64 without padding", raw: subject("=?utf-8?b?R3LDvMOfZQ?="), subject: "Grüße", text: "Hi"},
		{why: "base64 with blanks in it", raw: subject("=?utf-8?b?R3LD vMOf ZQ==?="), subject: "Grüße", text: "Hi"},
		{why: "a language with the charset", raw: subject("=?utf-8*de?q?Gr=C3=BC=C3=9Fe?="), subject: "Grüße", text: "Hi"},
		{why: "a question mark in the text", raw: subject("=?utf-8?q?Gr=C3=BC=C3=9Fe??="), subject: "Grüße?", text: "Hi"},
		{why: "text right after the word", raw: subject("=?utf-8?q?Gr=C3=BC=C3=9Fe?=: Toner"), subject: "Grüße: Toner", text: "Hi"},
		{why: "text right before the word", raw: subject("[List]=?utf-8?q?Gr=C3=BC=C3=9Fe?="), subject: "[List]Grüße", text: "Hi"},
		{why: "an empty word", raw: subject("=?utf-8?q??= Toner"), subject: "Toner", text: "Hi"},
		{why: "a word without end", raw: subject("=?utf-8?q?Gr=C3=BC"), subject: "=?utf-8?q?Gr=C3=BC", text: "Hi"},
		{why: "an unknown charset of ASCII", raw: subject("=?x-nobody?q?Toner?="), text: "Hi"},
		{why: "Latin-1 called UTF-8", raw: subject("=?utf-8?q?Gr=FC=DFe?="), subject: "Grüße", text: "Hi"},
		{why: "UTF-8 called Latin-1", raw: subject("=?iso-8859-1?q?Gr=C3=BC=C3=9Fe?="), subject: "Grüße", text: "Hi"},
		{why: "quotation marks of Windows called Latin-1", raw: subject("=?iso-8859-1?q?=84Toner=93?="), subject: "„Toner“", text: "Hi"},
		{why: "Japanese", raw: subject("=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?="), subject: "日本", text: "Hi"},
		{why: "Japanese whose shift goes on in the next word", raw: subject("=?ISO-2022-JP?B?GyRCRnw=?= =?ISO-2022-JP?B?S1wbKEI=?="), subject: "日本", text: "Hi"},
		{why: "Chinese called GB2312", raw: subject("=?gb2312?B?1tDOxA==?="), subject: "中文", text: "Hi"},
		{why: "Russian", raw: subject("=?koi8-r?B?8NLJ18XU?="), subject: "Привет", text: "Hi"},
		{why: "UTF-7", raw: subject("=?utf-7?q?Gr+APwA3w-e?="), subject: "Grüße", text: "Hi"},
		{why: "Korean of Microsoft", raw: subject("=?ks_c_5601-1987?B?x9Gx2w==?="), subject: "한글", text: "Hi"},
		{why: "a made-up name of Latin-1", raw: subject("=?iso8859_1?q?Gr=FC=DFe?="), subject: "Grüße", text: "Hi"},
		{why: "an encoded line end", raw: subject("=?utf-8?q?Toner=0ABcc:_x?="), subject: "Toner Bcc: x", text: "Hi"},
		{why: "words that say what words are", raw: subject("=?utf-8?q?=3D=3Futf-8=3Fq=3Fa=3F=3D?="), subject: "=?utf-8?q?a?=", text: "Hi"},
		{why: "raw UTF-8", raw: subject("Grüße 🖨"), subject: "Grüße 🖨", text: "Hi"},
		{why: "raw Windows-1252", raw: subject("Gr\xfc\xdfe \x96 Toner"), subject: "Grüße – Toner", text: "Hi"},
		{why: "raw ISO-2022-JP", raw: subject("\x1b$BF|K\\\x1b(B"), subject: "日本", text: "Hi"},
	}
}
