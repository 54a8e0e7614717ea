package message

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// seen is what a test compares of a letter.
type seen struct {
	From    string // "" in a wanted one: the usual sender
	Subject string // "" in a wanted one: the usual subject
	Text    string
	HTML    string
	Derived bool     // the text was made from the HTML
	Parts   []string // name, type, where it is shown, content
	Auto    Auto
	Defects []string
}

func see(l *Letter) seen {
	s := seen{From: l.From.String(), Subject: l.Subject, Text: l.Text, HTML: l.HTML, Derived: l.HTMLOnly, Auto: l.Auto, Defects: l.Defects}
	if l.From.Address != "" {
		s.From = fmt.Sprintf("%s <%s>", l.From.Name, l.From.Address)
	}
	for _, p := range l.Parts {
		where := "below"
		if p.Inline {
			where = "inline " + p.ContentID
		}
		s.Parts = append(s.Parts, fmt.Sprintf("%s (%s, %s) %s", p.Name, p.Type, strings.TrimSpace(where), p.Data))
	}
	return s
}

// usual fills in what nearly all test letters share.
func (s seen) usual() seen {
	if s.From == "" {
		s.From = "Jo <jo@example.org>"
	}
	if s.Subject == "" {
		s.Subject = "Toner"
	}
	return s
}

// none stands for no sender or subject where empty would mean the usual one.
const none = "none"

func checkLetter(t *testing.T, file string, want seen) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "letters", file+".eml"))
	if err != nil {
		t.Fatal(err)
	}
	l, err := Parse(raw, DefaultLimits())
	if err != nil {
		t.Fatalf("Parse: %v", err)
	}
	got, want := see(l), want.usual()
	if got.From == "" {
		got.From = none
	}
	if got.Subject == "" {
		got.Subject = none
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("got (-) and want (+) differ:\n%s", diff)
	}
}

const innerLetter = "From: Ann <ann@example.net>\nSubject: Broken/again\n\nInner words"

func TestLetterStructure(t *testing.T) {
	const unclosed, noParts = "A list of parts has no end.", "A part says that it has parts but has none."
	for _, tt := range []struct {
		why, file string
		want      seen
	}{
		{"plain text", "plain", seen{Text: "The printer is out of toner.\n"}},
		{"line ends of the wire", "crlf", seen{Text: "One\nTwo\n"}},
		{"line ends of old Macs", "old-mac", seen{Text: "One\nTwo\n"}},
		{"German letter with a file", "german-attachment", seen{
			From: "Jörg Müller <joerg@example.org>", Subject: "Grüße aus Köln",
			Text:  "Der Drucker läuft nicht, und zwar schon seit gestern.\n",
			Parts: []string{"Übersicht.pdf (application/pdf, below) %PDF-1.4"},
		}},
		{"two forms of one text", "alternative", seen{Text: "Plain words", HTML: "<p>Rich words</p>"}},
		{"two forms of which neither is plain", "alternative-html", seen{
			Text: "Rich\n\nwords", HTML: "<p>Rich</p>\n<p>words</p>", Derived: true,
		}},
		{"picture in the text", "inline-picture", seen{
			Text: "See [cid:pic]", HTML: `<img src="cid:pic@x">`,
			Parts: []string{"part-1.png (image/png, inline pic@x) \x89PNG"},
		}},
		{"text before and after a file", "text-around-file", seen{
			Text: "Before\nAfter", Parts: []string{"a.pdf (application/pdf, inline) %PDF"},
		}},
		{"plain text followed by HTML loses neither", "plain-then-html", seen{
			Text: "1 < 2\nFooter", HTML: "<pre>1 &lt; 2</pre>\n<p>Footer</p>",
		}},
		{"texts sent as files", "text-file", seen{Text: "See the log", Parts: []string{
			"part-1.txt (text/plain, below) log line", "page.html (text/html, below) <p>page</p>",
		}}},
		{"nothing but a file", "only-a-file", seen{Parts: []string{"scan.pdf (application/pdf, below) %PDF"}}},
		{"letter in a letter", "letter-in-letter", seen{
			Text: "Look:", Parts: []string{"Broken_again.eml (message/rfc822, below) " + innerLetter},
		}},
		{"digest, whose parts are letters", "digest", seen{
			Parts: []string{"Broken_again.eml (message/rfc822, below) " + innerLetter},
		}},
		{"invitation", "calendar", seen{Text: "Meet me", Parts: []string{
			"part-1.ics (text/calendar, below) BEGIN:VCALENDAR\nEND:VCALENDAR",
		}}},
		{"Outlook's wrapping", "winmail", seen{Text: "From Outlook", Parts: []string{
			"winmail.dat (application/ms-tnef, below) x\x9f>\"",
		}}},
		{"signed", "signed", seen{Text: "Signed words", Parts: []string{
			"part-1.asc (application/pgp-signature, below) -----BEGIN PGP SIGNATURE-----",
		}}},
		{"parts without a boundary are text", "no-boundary", seen{
			Text:    "--XX\n\nHello\n--XX--\n",
			Defects: []string{"A part says that it has parts but not what divides them."},
		}},
		{"boundary that never comes", "boundary-never-comes", seen{
			Text: "Hello from the preamble\n", Defects: []string{noParts, unclosed},
		}},
		{"parts without end", "no-end", seen{
			Text: "Hello", Parts: []string{"a.csv (text/csv, below) 1,2\n"}, Defects: []string{unclosed},
		}},
		{"boundary that begins like an outer one", "boundary-begins-alike", seen{Text: "Inner\nOuter"}},
		{"outer boundary ends the inner parts", "outer-ends-inner", seen{
			Text: "Inner\nOuter", Defects: []string{unclosed},
		}},
		{"boundary inside the header of a part", "part-without-header-end", seen{Text: "Hello"}},
		{"continuation that is not indented", "unindented-fold", seen{Text: "Hello"}},
	} {
		t.Run(tt.why, func(t *testing.T) { checkLetter(t, tt.file, tt.want) })
	}
}

func TestLetterCharsets(t *testing.T) {
	const wrongCharset, noCharset = "A text is not in the charset that it names.", "A text does not name its charset."
	const badBase64 = "A part in base64 is damaged."
	for _, tt := range []struct {
		why, file string
		want      seen
	}{
		{"raw Latin-1 in the header", "latin1-header", seen{From: "Jörg <jo@example.org>", Subject: "Grüße", Text: "Hi\n"}},
		{"raw KOI8 in the header, named by the text", "koi8-header", seen{Subject: "Привет", Text: "Привет\n"}},
		{"raw UTF-8 in the header", "utf8-header", seen{From: "Jörg <jo@example.org>", Subject: "Grüße 🙂", Text: "Hi\n"}},
		{"UTF-8 called Latin-1", "utf8-called-latin1", seen{Text: "Grüße\n"}},
		{"Latin-1 called UTF-8", "latin1-called-utf8", seen{Text: "Grüße\n", Defects: []string{wrongCharset}}},
		{"charset that nobody knows", "unknown-charset", seen{Text: "Grüße\n", Defects: []string{wrongCharset}}},
		{"KOI8 without a name", "koi8-unnamed", seen{
			Text: "Здравствуйте! В принтере на втором этаже закончился тонер. Пожалуйста, пришлите новый " +
				"картридж до пятницы, потому что нам нужно напечатать договоры для клиентов. Спасибо большое " +
				"заранее, с уважением, Иван.\n",
			Defects: []string{noCharset},
		}},
		{"charset named in the HTML", "html-meta-charset", seen{
			Text: "Привет", HTML: "<meta charset=\"windows-1251\"><p>Привет</p>\n", Derived: true, Defects: []string{noCharset},
		}},
		{"UTF-16", "utf16", seen{Text: "Grüße"}},
		{"Japanese", "japanese", seen{Subject: "日本", Text: "日本\n"}},
		{"broken quoted-printable stays readable", "broken-qp", seen{Text: "100 =% and =ZZ and ü and soft break "}},
		{"base64 with rubbish in it", "broken-base64", seen{Text: "Hello world", Defects: []string{badBase64}}},
		{"two parts damaged alike are said once", "damaged-twice", seen{
			Text: "Hi\nHi", Defects: []string{badBase64},
		}},
		{"two pieces of base64", "glued-base64", seen{Text: "Hello again"}},
		{"unknown encoding stays as it is", "unknown-encoding", seen{
			Text: "Uryyb\n", Defects: []string{"A part has an unknown transfer encoding."},
		}},
		{"encoded words cut inside a character", "words-cut-in-character", seen{Subject: "Grüße an alle", Text: "Hi\n"}},
		{"encoded words with unknown charset and encoding", "words-unknown", seen{
			Subject: "Grüße =?utf-8?z?abc?= =?utf-8?b?", Text: "Hi\n",
		}},
		{"encoded line ends add no field and no sender", "words-inject", seen{
			From: "Jo <boss@example.com> <jo@example.org>", Subject: "Hi  Bcc: x@evil.example", Text: "Hi\n",
		}},
		{"NUL and bell", "nul", seen{Subject: "To ner", Text: "ABC\n"}},
		{"byte order marks", "byte-order-mark", seen{Text: "Hi\n"}},
	} {
		t.Run(tt.why, func(t *testing.T) { checkLetter(t, tt.file, tt.want) })
	}
}

func TestLetterHeader(t *testing.T) {
	const noFrom, noID, noDate = "It has no readable sender address.", "It has no Message-ID.", "It has no readable date."
	const noBlank = "The header ends without a blank line."
	for _, tt := range []struct {
		why, file string
		want      seen
	}{
		{"HTML only", "html-only", seen{
			Derived: true,
			Text:    "Hello desk,\n\nsee this page <https://example.org/a>.",
			HTML: "<html><head><title>x</title><style>p{}</style></head><body><p>Hello <b>desk</b>,</p>" +
				"<p>see <a href=\"https://example.org/a\">this page</a>.</p></body></html>\n",
		}},
		{"no sender", "no-from", seen{From: none, Text: "Who am I?\n", Defects: []string{noFrom}}},
		{"no bytes at all", "nothing", seen{
			From: none, Subject: none, Defects: []string{"It is empty.", noFrom, noID, noDate},
		}},
		{"header without a body", "header-only", seen{Defects: []string{"It is empty."}}},
		{"body without a header", "no-header", seen{
			From: none, Subject: none, Text: "Hello there,\nmy printer is out of toner.\n",
			Defects: []string{noBlank, noFrom, noID, noDate},
		}},
		{"no blank line after the header", "no-blank-line", seen{
			Text: "Hello, I forgot something\nand go on\n", Defects: []string{noBlank},
		}},
		{"line of an mbox before the header", "mbox", seen{Text: "Hi\n"}},
		{"blanks before the colon", "blank-before-colon", seen{Subject: "Paper", Text: "Hi\n"}},
		{"content type without a slash", "bad-content-type", seen{Text: "Hi\n"}},
		{"two From fields: the first one counts", "two-from-fields", seen{
			Text: "Hi\n", Defects: []string{"It names several senders; the first one counts.", "It has several From fields."},
		}},
		{"two senders: the first one counts", "two-senders", seen{
			Text: "Hi\n", Defects: []string{"It names several senders; the first one counts."},
		}},
		{"file names with paths", "names-with-paths", seen{Text: "Files", Parts: []string{
			"passwd (text/x-sh, below) 1", "a_b.exe (application/octet-stream, below) 2",
			"part-3.bin (application/octet-stream, below) 3",
		}}},
		{"file name that runs backwards", "name-backwards", seen{Text: "File", Parts: []string{
			"photo gpj.exe (application/octet-stream, below) 1",
		}}},
		{"file names written in four ways", "names-in-words", seen{Text: "Files", Parts: []string{
			"Übersicht.pdf (application/pdf, below) 1", "my report.pdf (application/pdf, below) 2",
			"Übersicht.pdf (application/pdf, below) 3", "Übersicht.pdf (application/pdf, below) 4",
		}}},
		{"flowed text", "flowed", seen{Text: "This is one long line.\n> quoted too\nFrom the start\n-- \nJo\n"}},
		{"bounce", "bounce", seen{
			From: "Mail Delivery System <MAILER-DAEMON@mx.example.net>", Text: "Not delivered", Auto: Bounce,
			Parts: []string{
				"part-1.txt (message/delivery-status, below) Status: 5.1.1",
				"Broken_again.eml (message/rfc822, below) " + innerLetter,
			},
		}},
		{"on holidays", "vacation", seen{Text: "I am away.\n", Auto: AutoReplied}},
		{"mailing list", "list", seen{Text: "Hi all\n", Auto: Bulk}},
	} {
		t.Run(tt.why, func(t *testing.T) { checkLetter(t, tt.file, tt.want) })
	}
}

func TestLetterThreads(t *testing.T) {
	raw, err := os.ReadFile("testdata/letters/threaded.eml")
	if err != nil {
		t.Fatal(err)
	}
	l := mustParse(t, string(raw))
	got := Letter{MessageID: l.MessageID, InReplyTo: l.InReplyTo, References: l.References,
		Date: l.Date.UTC(), ReplyTo: l.ReplyTo, To: l.To, Cc: l.Cc}
	want := Letter{
		MessageID:  "long-id@example.org",
		InReplyTo:  []string{"b@x"},
		References: []string{"a@x", "b@x", "badid@x"},
		Date:       time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC),
		ReplyTo:    []Address{{"Jo, private", "jo@home.example"}, {"Ann", "ann@example.net"}},
		To:         []Address{{"", "desk@example.com"}},
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("got (-) and want (+) differ:\n%s", diff)
	}
}

func TestMessageIDs(t *testing.T) {
	long := strings.Repeat("<a@x> ", 150)
	for _, tt := range []struct {
		why, in string
		want    []string
	}{
		{"several", "<a@x><b@x>, <c@x>", []string{"a@x", "b@x", "c@x"}},
		{"bare", "a@x b@x", []string{"a@x", "b@x"}},
		{"without an @, as Outlook once wrote", "<123>", []string{"123"}},
		{"bracket without end", "a@x <b@x", []string{"a@x"}},
		{"beyond ASCII", "<ü@x>", nil},
		{"words", "your letter of Monday", nil},
		{"empty", "<>", nil},
	} {
		if diff := cmp.Diff(messageIDs(tt.in), tt.want); diff != "" {
			t.Errorf("%s: got (-) and want (+) differ:\n%s", tt.why, diff)
		}
	}
	got := messageIDs("<first@x> " + long + "<last@x>")
	if len(got) != maxReferences || got[0] != "first@x" || got[maxReferences-1] != "last@x" {
		t.Errorf("long list: got %d ids from %s to %s", len(got), got[0], got[len(got)-1])
	}
}

func TestGetDoesNotMindCase(t *testing.T) {
	l := mustParse(t, "x-mailer: =?utf-8?q?M=C3=BC?=\nX-Mailer: second\n\nHi")
	if got := l.Get("X-MAILER"); got != "Mü" {
		t.Errorf("got %q, want the first one, decoded", got)
	}
	if got := l.Get("X-Other"); got != "" {
		t.Errorf("got %q of a field that is not there", got)
	}
}
