package message

import (
	"bytes"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// answer is a letter that can be sent.
func answer() Outgoing {
	return Outgoing{
		From:      Address{"Help desk", "desk@example.com"},
		To:        []Address{{"Jo", "jo@example.org"}},
		Subject:   "Re: [desk #12] Toner",
		MessageID: "12.1@desk.example.com",
		Date:      time.Date(2026, 11, 2, 10, 0, 0, 0, time.FixedZone("", 3600)),
		Text:      "It is on its way.\n",
	}
}

func compose(t *testing.T, out Outgoing) string {
	t.Helper()
	raw, err := Compose(out)
	if err != nil {
		t.Fatalf("Compose: %v", err)
	}
	return string(raw)
}

func TestComposePlain(t *testing.T) {
	out := answer()
	out.ReplyTo = []Address{{"", "desk+12@example.com"}}
	out.Cc = []Address{{"Müller", "m@example.org"}}
	out.InReplyTo = "1@example.org"
	out.References = []string{"0@example.org", "not an id", "1@example.org"}
	out.AutoSubmitted = "auto-replied"
	out.Extra = []Field{{DeskHeader, "desk"}, {"X-Note", "Grüße"}}
	out.Text = "Schöne Grüße\n"
	want := strings.ReplaceAll(`Date: Mon, 02 Nov 2026 10:00:00 +0100
From: Help desk <desk@example.com>
Reply-To: desk+12@example.com
To: Jo <jo@example.org>
Cc: =?utf-8?b?TcO8bGxlcg==?= <m@example.org>
Subject: Re: [desk #12] Toner
Message-ID: <12.1@desk.example.com>
In-Reply-To: <1@example.org>
References: <0@example.org> <1@example.org>
Auto-Submitted: auto-replied
X-Gatehouse-Desk: desk
X-Note: =?utf-8?b?R3LDvMOfZQ==?=
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Sch=C3=B6ne Gr=C3=BC=C3=9Fe
`, "\n", "\r\n")
	if diff := cmp.Diff(compose(t, out), want); diff != "" {
		t.Errorf("got (-) and want (+) differ:\n%s", diff)
	}
}

func TestComposeRefuses(t *testing.T) {
	for _, tt := range []struct {
		why    string
		change func(*Outgoing)
	}{
		{"no sender", func(o *Outgoing) { o.From = Address{} }},
		{"no recipient", func(o *Outgoing) { o.To = nil }},
		{"recipient with a line end", func(o *Outgoing) { o.To[0].Address = "jo@example.org\r\nBcc: x@example.net" }},
		{"two recipients in one", func(o *Outgoing) { o.To[0].Address = "jo@example.org, x@example.net" }},
		{"address that is not canonical", func(o *Outgoing) { o.To[0].Address = "jo@EXAMPLE.org" }},
		{"no Message-ID", func(o *Outgoing) { o.MessageID = "" }},
		{"Message-ID with a line end", func(o *Outgoing) { o.MessageID = "1@x\r\nBcc: x@example.net" }},
		{"no date", func(o *Outgoing) { o.Date = time.Time{} }},
		{"Auto-Submitted of our own invention", func(o *Outgoing) { o.AutoSubmitted = "maybe" }},
		{"extra value with a line end", func(o *Outgoing) { o.Extra = []Field{{"X-A", "a\r\nBcc: x@example.net"}} }},
		{"extra name with a colon", func(o *Outgoing) { o.Extra = []Field{{"X-A: b\r\nBcc", "a"}} }},
		{"extra field that we write", func(o *Outgoing) { o.Extra = []Field{{"subject", "a"}} }},
		{"extra field of MIME", func(o *Outgoing) { o.Extra = []Field{{"Content-Type", "text/html"}} }},
		{"hidden recipients", func(o *Outgoing) { o.Extra = []Field{{"Bcc", "x@example.net"}} }},
	} {
		out := answer()
		tt.change(&out)
		if raw, err := Compose(out); err == nil {
			t.Errorf("%s: got a letter, want an error:\n%s", tt.why, raw)
		}
	}
}

func TestComposeSameBytes(t *testing.T) {
	out := answer()
	out.HTML = "<p>Hi</p>"
	out.Attachments = []Part{{Name: "a.pdf", Type: "application/pdf", Data: []byte("%PDF")}}
	first := compose(t, out)
	if again := compose(t, out); again != first {
		t.Errorf("the same letter got other bytes:\n%s", cmp.Diff(first, again))
	}
	out.MessageID = "12.2@desk.example.com"
	boundary := func(s string) string { return s[strings.Index(s, "boundary="):][:40] }
	if other := compose(t, out); boundary(other) == boundary(first) {
		t.Errorf("another letter got the boundary %s too", boundary(first))
	}
}

func TestComposeKeepsFirstAndLastReferences(t *testing.T) {
	out := answer()
	for i := range 300 {
		out.References = append(out.References, strings.Repeat("x", i+1)+"@example.org")
	}
	l := mustParse(t, compose(t, out))
	if len(l.References) != maxSentReferences || l.References[0] != "x@example.org" ||
		l.References[maxSentReferences-1] != out.References[299] {
		t.Errorf("got %d references from %q to %q", len(l.References), l.References[0], l.References[len(l.References)-1])
	}
}

func TestComposeLetterInLetter(t *testing.T) {
	const inner = "From: ann@example.net\r\nSubject: Inner\r\n\r\nHi\r\n"
	for _, tt := range []struct{ why, data, want string }{
		{"plain ASCII goes as a letter", inner, "message/rfc822"},
		{"8-bit goes as a file", inner + "Gr\xfc\xdfe\r\n", "application/octet-stream"},
		{"bare line ends go as a file", "From: a@b\n\nHi\n", "application/octet-stream"},
		{"what could end our parts goes as a file", inner + "--" + new(Outgoing).boundary("mixed") + "--\r\n", "application/octet-stream"},
	} {
		out := answer()
		out.Attachments = []Part{{Name: "inner.eml", Type: "message/rfc822", Data: []byte(tt.data)}}
		got := mustParse(t, compose(t, out)).Parts
		want := []Part{{Name: "inner.eml", Type: tt.want, Data: []byte(tt.data)}}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("%s: got (-) and want (+) differ:\n%s", tt.why, diff)
		}
	}
}

func mustParse(t interface {
	Helper()
	Fatalf(string, ...any)
}, raw string) *Letter {
	t.Helper()
	l, err := Parse([]byte(raw), DefaultLimits())
	if err != nil {
		t.Fatalf("Parse: %v", err)
	}
	return l
}

// drawLetter makes a letter with everything in it from any Unicode.
func drawLetter(t *rapid.T) Outgoing {
	address := rapid.Custom(func(t *rapid.T) Address {
		return Address{
			Name:    cleanAddressName(rapid.String().Draw(t, "name")),
			Address: rapid.StringMatching(`[a-zA-Z0-9.+_'-]{1,20}@[a-z0-9]{1,10}\.example`).Draw(t, "address"),
		}
	})
	id := rapid.StringMatching(`[a-z0-9.]{1,60}@[a-z]{1,10}`)
	part := rapid.Custom(func(t *rapid.T) Part {
		name := cleanName(rapid.StringN(1, 100, 300).Draw(t, "file"))
		if name == "" {
			name = "a.bin"
		}
		return Part{
			Name: name,
			Type: rapid.SampledFrom([]string{"application/pdf", "text/plain", "image/png"}).Draw(t, "type"),
			Data: rapid.SliceOf(rapid.Byte()).Draw(t, "data"),
		}
	})
	return Outgoing{
		From:        address.Draw(t, "from"),
		To:          rapid.SliceOfN(address, 1, 5).Draw(t, "to"),
		Cc:          rapid.SliceOfN(address, 0, 5).Draw(t, "cc"),
		Subject:     cut(oneLine(rapid.String().Draw(t, "subject")), maxSubject),
		MessageID:   id.Draw(t, "id"),
		InReplyTo:   id.Draw(t, "in reply to"),
		References:  rapid.SliceOfN(id, 0, maxSentReferences).Draw(t, "references"),
		Date:        time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "date"), 0),
		Text:        CleanText(rapid.String().Draw(t, "text")),
		HTML:        rapid.SampledFrom([]string{"", "<p>Hi</p>\n", "<img src='cid:1'>"}).Draw(t, "html"),
		Attachments: rapid.SliceOfN(part, 0, 3).Draw(t, "attachments"),
	}
}

func TestLettersReadAsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		out := drawLetter(t)
		raw, err := Compose(out)
		if err != nil {
			t.Fatalf("Compose: %v", err)
		}
		l := mustParse(t, string(raw))
		got := Outgoing{
			From: l.From, To: l.To, Cc: l.Cc, Subject: l.Subject, MessageID: l.MessageID,
			InReplyTo: l.InReplyTo[0], References: l.References, Date: l.Date, Text: l.Text, HTML: l.HTML, Attachments: l.Parts,
		}
		if strings.TrimSpace(out.Text) == "" && out.HTML != "" {
			out.Text = HTMLText(out.HTML) // an empty text gives way to a full one
		}
		if diff := cmp.Diff(got, out, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("got (-) and want (+) differ:\n%s\n%s", diff, raw)
		}
		if want := []string{"It is empty."}; len(l.Defects) > 0 && !slices.Equal(l.Defects, want) {
			t.Errorf("got defects %q in our own letter", l.Defects)
		}
		checkWire(t, raw)
	})
}

// checkWire checks that a letter has only lines that SMTP carries and only
// header fields that we meant.
func checkWire(t interface{ Errorf(string, ...any) }, raw []byte) {
	for line := range bytes.SplitSeq(raw, []byte("\r\n")) {
		if len(line) > 998 || bytes.ContainsAny(line, "\r\n\x00") {
			t.Errorf("line is too long or has a bare line end: %q", line)
		}
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Errorf("net/mail cannot read it: %v\n%s", err, raw)
		return
	}
	known := []string{"Date", "From", "Reply-To", "To", "Cc", "Subject", "Message-Id", "In-Reply-To", "References",
		"Auto-Submitted", "Mime-Version", "Content-Type", "Content-Transfer-Encoding", "X-Extra"}
	for name, values := range m.Header {
		if !slices.Contains(known, name) || len(values) != 1 {
			t.Errorf("field %q came in by a value: %q", name, values)
		}
	}
}

func TestComposeShape(t *testing.T) {
	out := answer()
	out.Subject = "two  blanks"
	out.HTML = `<p>Look: <img src="cid:pic@desk"></p>`
	out.Attachments = []Part{
		{Name: "pic.png", Type: "image/png", ContentID: "pic@desk", Inline: true, Data: []byte("PNG")},
		{Name: "../Übersicht.csv", Type: "text/csv", Data: []byte("1;2\n")},
		{Type: "multipart/mixed", Data: []byte("x")},
	}
	raw := compose(t, out)
	var shape []string
	for line := range strings.SplitSeq(raw, "\r\n") {
		if strings.HasPrefix(line, "Content-Type: ") || strings.HasPrefix(line, "Content-Disposition: ") || strings.HasPrefix(line, "Subject: ") {
			shape = append(shape, line)
		}
	}
	want := []string{
		"Subject: =?utf-8?b?dHdvICBibGFua3M=?=",
		"Content-Type: multipart/mixed;",
		"Content-Type: multipart/alternative;",
		"Content-Type: text/plain; charset=utf-8",
		"Content-Type: multipart/related;",
		"Content-Type: text/html; charset=utf-8",
		"Content-Type: image/png",
		"Content-Disposition: inline; filename=pic.png",
		"Content-Type: text/csv; charset=utf-8",
		"Content-Disposition: attachment; filename*=utf-8''%C3%9Cbersicht.csv",
		"Content-Type: application/octet-stream",
		"Content-Disposition: attachment; filename=attachment.bin",
	}
	if diff := cmp.Diff(shape, want); diff != "" {
		t.Errorf("got (-) and want (+) differ:\n%s", diff)
	}
	l := mustParse(t, raw)
	if l.Subject != out.Subject || l.Text != out.Text || l.HTML != out.HTML || len(l.Parts) != 3 {
		t.Errorf("got subject %q, text %q, HTML %q, %d parts", l.Subject, l.Text, l.HTML, len(l.Parts))
	}
	if diff := cmp.Diff(l.Parts[0], out.Attachments[0]); diff != "" {
		t.Errorf("picture: got (-) and want (+) differ:\n%s", diff)
	}
}

func FuzzCompose(f *testing.F) {
	f.Add("Subject", "Name", "Text", "id@x")
	f.Add("A\r\nBcc: x@y", "B\r\n\r\nbody", "\x00\n.\n", "x>\r\nBcc: <y")
	f.Add(strings.Repeat("x ", 2000), strings.Repeat("ü", 500), "=_", "")
	f.Add("../\r", "text/plain", "=?utf-8?q?=0A?=", "=_@x")
	f.Fuzz(func(t *testing.T, subject, name, text, id string) {
		out := answer()
		out.Subject, out.Text, out.HTML, out.MessageID, out.InReplyTo = subject, text, name, id, id
		out.From.Name, out.To[0].Name = name, name
		out.References = []string{id, name}
		if name == oneLine(name) { // others are refused
			out.Extra = []Field{{"X-Extra", name}}
		}
		out.Attachments = []Part{{Name: subject, Type: name, ContentID: id, Inline: len(name)%2 == 0, Data: []byte(text)}}
		raw, err := Compose(out)
		if err != nil {
			return
		}
		checkWire(t, raw)
		l := mustParse(t, string(raw))
		if got, want := l.Text, CleanText(text); got != want {
			t.Errorf("text: got %q, want %q", got, want)
		}
		if want := strings.TrimSpace(cut(oneLine(subject), maxSubject)); l.Subject != want {
			t.Errorf("subject: got %q, want %q", l.Subject, want)
		}
		if len(l.Parts) != 1 || !bytes.Equal(l.Parts[0].Data, []byte(text)) {
			t.Errorf("got parts %+v, want one with %q", l.Parts, text)
		}
	})
}
