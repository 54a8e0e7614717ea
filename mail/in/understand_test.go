package in

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"gatehouse/desk"
	"gatehouse/mail/message"
	"gatehouse/service"
)

func understood(env desk.Envelope, raw string) desk.Letter {
	return Understand(&desk.Spooled{ID: 7, Envelope: env, Raw: []byte(raw)}, "Desk")
}

func TestWhoWrote(t *testing.T) {
	for _, tt := range []struct{ why, envelope, header, name, address string }{
		{"the header says", "bounces@list.example", "From: Jo Doe <Jo@Example.ORG>\n", "Jo Doe", "jo@example.org"},
		{"the first of several", "", "From: a@x.example, b@x.example\n", "", "a@x.example"},
		{"else who sent it for others", "", "From: nobody\nSender: s@x.example\n", "", "s@x.example"},
		{"else the envelope", "E@x.example", "Subject: x\n", "", "e@x.example"},
		{"else nobody", "", "Subject: x\n", "", ""},
		{"an address that is none", "not an address", "Subject: x\n", "", ""},
		{"a name too long for a user is cut", "", "From: " + strings.Repeat("n", 500) + " <a@x.example>\n", strings.Repeat("n", desk.MaxName), "a@x.example"},
		{"a name of control characters is none", "", "From: =?utf-8?q?=E2=80=A8?= <a@x.example>\n", "", "a@x.example"},
	} {
		got := understood(desk.Envelope{From: tt.envelope, Via: "pipe"}, tt.header+"\ny\n").From
		if want := (desk.MailAddress{Name: tt.name, Address: tt.address}); got != want {
			t.Errorf("%s: got %v, want %v", tt.why, got, want)
		}
	}
}

func TestWhatKindOfLetter(t *testing.T) {
	for _, tt := range []struct {
		why         string
		env         desk.Envelope
		header      string
		automatic   string
		own, bounce bool
	}{
		{"a person's", desk.Envelope{From: "a@x.example", Via: "smtp"}, "From: a@x.example\n", "", false, false},
		{"a null sender over SMTP reports a failure", desk.Envelope{Via: "smtp"}, "From: a@x.example\n", "bounce", false, true},
		{"and over LMTP", desk.Envelope{Via: "lmtp"}, "From: a@x.example\n", "bounce", false, true},
		{"a pipe knows no sender", desk.Envelope{Via: "pipe"}, "From: a@x.example\n", "", false, false},
		{"an automatic answer with a null sender is none", desk.Envelope{Via: "smtp"}, "From: a@x.example\nAuto-Submitted: auto-replied\n", service.AutoReplied, false, false},
		{"a program's", desk.Envelope{Via: "pipe"}, "Auto-Submitted: auto-generated\n", "auto-generated", false, false},
		{"a mailing list's", desk.Envelope{Via: "pipe"}, "List-Id: <l.example>\n", "bulk", false, false},
		{"this desk's", desk.Envelope{Via: "pipe"}, "X-Gatehouse-Desk: Desk\n", "own", true, false},
		{"another desk's", desk.Envelope{Via: "pipe"}, "X-Gatehouse-Desk: Other\n", "", false, false},
	} {
		got := understood(tt.env, tt.header+"\ny\n")
		if got.Automatic != tt.automatic || got.Own != tt.own || got.Bounce != tt.bounce {
			t.Errorf("%s: got %q, own %v, bounce %v", tt.why, got.Automatic, got.Own, got.Bounce)
		}
	}
}

func TestThreadsComeNearestFirst(t *testing.T) {
	got := understood(desk.Envelope{}, "References: <1@x> <2@x> <3@x>\nIn-Reply-To: <3@x>\n\ny\n")
	if want := []string{"3@x", "2@x", "1@x"}; !slices.Equal(got.References, want) || got.InReplyTo[0] != "3@x" {
		t.Errorf("got %v after %v, want %v", got.References, got.InReplyTo, want)
	}
}

func TestALargeTextIsKeptWhole(t *testing.T) {
	text := strings.Repeat("ä", service.MaxText/2) + " the end"
	got := understood(desk.Envelope{}, "Content-Type: text/plain; charset=utf-8\n\n"+text)
	if len(got.Text) > service.MaxText || !utf8.ValidString(got.Text) || !strings.HasSuffix(got.Text, "attached file.]\n") {
		t.Errorf("got a text of %d bytes that ends in %q", len(got.Text), got.Text[len(got.Text)-40:])
	}
	if len(got.Files) != 1 || !strings.HasSuffix(string(got.Files[0].Data), " the end") {
		t.Errorf("got %d files", len(got.Files))
	}
}

func TestAPanicOfTheReaderIsAnError(t *testing.T) {
	_, err := readSafely(func() (*message.Letter, error) { panic("deep in a library") })
	if err == nil || !strings.Contains(err.Error(), "deep in a library") {
		t.Errorf("got %v", err)
	}
	raw := "From: a@x.example\nSubject: x\nMessage-ID: <1@x>\n\ny\n"
	l := unreadable([]byte(raw), errors.New("no matter why"))
	if l.From.Address != "a@x.example" || l.Subject != "x" || l.MessageID != "1@x" || !strings.Contains(l.Text, "no matter why") {
		t.Errorf("got %+v", l)
	}
	if len(l.Parts) != 1 || l.Parts[0].Type != "message/rfc822" || string(l.Parts[0].Data) != raw {
		t.Errorf("got parts %+v", l.Parts)
	}
}

func TestCountReceived(t *testing.T) {
	for _, tt := range []struct {
		why, raw string
		want     int
	}{
		{"none", "Subject: x\r\n\r\ny", 0},
		{"case does not count", "RECEIVED: a\r\nreceived: b\r\n\r\n", 2},
		{"folded ones count once", "Received: a\r\n received: b\r\n\r\n", 1},
		{"the body does not count", "Received: a\n\nReceived: b\n", 1},
		{"nothing at all", "", 0},
	} {
		if got := countReceived([]byte(tt.raw)); got != tt.want {
			t.Errorf("%s: got %d, want %d", tt.why, got, tt.want)
		}
	}
}

func FuzzUnderstand(f *testing.F) {
	f.Add("From: a@x.example\nSubject: x\n\ny\n", "b@x.example")
	f.Add("Content-Type: multipart/mixed; boundary=b\n\n--b\n\n--b--", "")
	f.Fuzz(func(t *testing.T, raw, from string) {
		l := understood(desk.Envelope{From: from, Via: "smtp"}, raw)
		for _, text := range []string{l.Subject, l.Text, l.HTML, l.From.Name, l.From.Address} {
			if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
				t.Errorf("got %q", text)
			}
		}
		if strings.ContainsAny(l.Subject+l.From.Name+l.From.Address, "\r\n") || len(l.Text) > service.MaxText {
			t.Errorf("got subject %q, sender %v and %d bytes of text", l.Subject, l.From, len(l.Text))
		}
	})
}
