package in_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/mail/in"
	"gatehouse/mail/mailtest"
	"gatehouse/service"
)

var small = in.Limits{Bytes: 4000, Recipients: 2, Connections: 3, PerClient: 2, Idle: 10 * time.Second, Session: time.Minute}

// A dialogue is a conversation with a server in which each line is said as it
// stands here.
type dialogue struct {
	t    *testing.T
	conn net.Conn
	r    *bufio.Reader
}

func dial(t *testing.T, address string) *dialogue {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return &dialogue{t, conn, bufio.NewReader(conn)}
}

// hears reads one answer of the server and compares how it begins; what
// follows the first line goes unheard.
func (d *dialogue) hears(want string) {
	d.t.Helper()
	for {
		line, err := d.r.ReadString('\n')
		if err != nil {
			d.t.Fatalf("waiting for %q: %v", want, err)
		}
		if len(line) > 3 && line[3] == '-' {
			continue
		}
		if !strings.HasPrefix(line, want) {
			d.t.Fatalf("got %q, want %q", line, want)
		}
		return
	}
}

func (d *dialogue) says(text string) {
	d.t.Helper()
	if _, err := io.WriteString(d.conn, text); err != nil {
		d.t.Fatal(err)
	}
}

// play says the lines that begin with > and hears the others.
func (d *dialogue) play(script string) {
	d.t.Helper()
	for line := range strings.SplitSeq(strings.TrimSpace(script), "\n") {
		line = strings.TrimSpace(line)
		if say, ok := strings.CutPrefix(line, ">"); ok {
			d.says(strings.TrimPrefix(say, " ") + "\r\n")
			continue
		}
		d.hears(line)
	}
}

func TestConversations(t *testing.T) {
	for _, tt := range conversations {
		t.Run(tt.why, func(t *testing.T) {
			d := mailtest.OpenShop(t, "")
			dial(t, d.Listen(tt.lmtp, small)).play(tt.script)
			if got := len(spool(t, d)); got != tt.stored {
				t.Errorf("got %d letters stored, want %d", got, tt.stored)
			}
		})
	}
}

// spool returns the letters that came in, newest first.
func spool(t *testing.T, d *mailtest.Desk) []desk.Spooled {
	t.Helper()
	list, _, err := d.SpoolList(t.Context(), mailtest.System(), service.SpoolFilter{})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

const begin = "220\n> EHLO c\n250\n> MAIL FROM:<a@x.example>\n250\n> RCPT TO:<support@desk.example>\n250\n> DATA\n354\n"

func TestALetterIsStoredAsItCame(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	c := dial(t, d.Listen(false, small))
	c.play(begin)
	c.says("From:  a@x.example\r\nX: \xff\x80\r\n\r\n..\r\n...\r\nbare\nline \r\n \r\n.\r\n")
	c.hears("250")
	got := d.Spooled(spool(t, d)[0].ID)
	if want := "From:  a@x.example\r\nX: \xff\x80\r\n\r\n.\r\n..\r\nbare\nline \r\n \r\n"; string(got.Raw) != want {
		t.Errorf("got %q, want %q", got.Raw, want)
	}
	want := desk.Envelope{From: "a@x.example", Recipient: "support@desk.example", RemoteAddr: "127.0.0.1", Via: "smtp"}
	if got.Envelope != want {
		t.Errorf("got the envelope %+v, want %+v", got.Envelope, want)
	}
}

func TestALetterThatBreaksOffIsNotStored(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	c := dial(t, d.Listen(false, small))
	c.play(begin)
	c.says("Subject: half a let")
	if err := c.conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, c.conn); err != nil { // until the server has ended
		t.Fatal(err)
	}
	if got := spool(t, d); len(got) != 0 {
		t.Errorf("got %d letters, want none", len(got))
	}
}

func TestALineWithoutEnd(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	limits := small
	limits.Bytes = 10 << 20
	c := dial(t, d.Listen(false, limits))
	c.play(begin)
	go func() { _, _ = io.WriteString(c.conn, strings.Repeat("x", 1<<20)) }() // the server may hang up before the end
	c.hears("554 5.6.0")
	if got := spool(t, d); len(got) != 0 {
		t.Errorf("got %d letters, want none", len(got))
	}
}

// While the database is away the client is asked to come again.
func TestTheDatabaseIsAway(t *testing.T) {
	for _, lmtp := range []bool{false, true} {
		t.Run(fmt.Sprint("LMTP ", lmtp), func(t *testing.T) {
			d := mailtest.OpenShop(t, "")
			c := dial(t, d.Listen(lmtp, small))
			script := begin
			if lmtp {
				script = strings.Replace(begin, "EHLO", "LHLO", 1)
			}
			c.play(script)
			d.Store.Close()
			c.play("> y\n> .\n451 4.3.0\n> MAIL FROM:<a@x.example>\n250\n> RCPT TO:<support@desk.example>\n451 4.3.0")
		})
	}
}

func TestTooManyConnections(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	address := d.Listen(false, small)
	first, second := dial(t, address), dial(t, address)
	first.play("220\n> NOOP\n250")
	second.play("220\n> NOOP\n250")
	dial(t, address).hears("421 4.3.2")
	first.play("> QUIT\n221")
	if _, err := first.r.ReadByte(); !errors.Is(err, io.EOF) {
		t.Fatalf("got %v, want the end", err)
	}
	dial(t, address).hears("220")
}

func TestASilentClientIsHungUpOn(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	limits := small
	limits.Idle = 20 * time.Millisecond
	c := dial(t, d.Listen(false, limits))
	c.play("220\n421 4.4.2")
}

// A client that sends a little now and then cannot stay for ever.
func TestAConnectionLastsOnlySoLong(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	limits := small
	limits.Session = 50 * time.Millisecond
	c := dial(t, d.Listen(false, limits))
	c.play("220\n> NOOP\n250\n421")
}

// Stopping lets a letter that is being sent come to its end.
func TestStop(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := in.NewServer(in.Config{Service: d.Service, Limits: small, Log: slog.New(slog.DiscardHandler)})
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	idle, sending := dial(t, l.Addr().String()), dial(t, l.Addr().String())
	idle.play("220")
	sending.play(begin)
	sending.says("Subject: x\r\n\r\n")
	stopped := make(chan error, 1)
	go func() { stopped <- server.Stop(context.Background()) }()
	idle.hears("421")
	select {
	case err := <-stopped:
		t.Fatalf("stopped in the middle of a letter: %v", err)
	default:
	}
	sending.play("> y\n> .\n250\n421")
	if err := <-stopped; err != nil {
		t.Errorf("got %v", err)
	}
	if err := <-served; err != nil {
		t.Errorf("got %v", err)
	}
	if got := len(spool(t, d)); got != 1 {
		t.Errorf("got %d letters, want 1", got)
	}
}

func TestDeliver(t *testing.T) {
	for _, tt := range []struct {
		why    string
		env    desk.Envelope
		letter string
		want   desk.Kind
	}{
		{"for a queue", desk.Envelope{Queue: "support", Action: desk.Correspond}, "Subject: x\n\ny", 0},
		{"for an address", desk.Envelope{Recipient: "SUPPORT@desk.example"}, "Subject: x\n\ny", 0},
		{"for no queue", desk.Envelope{Queue: "none"}, "Subject: x\n\ny", desk.NotFound},
		{"for no address", desk.Envelope{Recipient: "none@desk.example"}, "Subject: x\n\ny", desk.NotFound},
		{"for what is no address", desk.Envelope{Recipient: "none"}, "Subject: x\n\ny", desk.NotFound},
		{"nothing", desk.Envelope{Queue: "support"}, " \n", desk.Invalid},
		{"in circles", desk.Envelope{Queue: "support"}, strings.Repeat("Received: x\n", 51) + "\ny", desk.Invalid},
		{"too large", desk.Envelope{Queue: "support"}, strings.Repeat("x", 25<<20+1), desk.TooLarge},
	} {
		t.Run(tt.why, func(t *testing.T) {
			d := mailtest.OpenShop(t, "")
			_, err := in.Deliver(t.Context(), d.Service, tt.env, strings.NewReader(tt.letter))
			if got := desk.KindOf(err); got != tt.want {
				t.Errorf("got kind %d (%v), want %d", got, err, tt.want)
			}
			if got := len(spool(t, d)); got != 1 && tt.want == 0 || got != 0 && tt.want != 0 {
				t.Errorf("got %d letters stored", got)
			}
		})
	}
}

// TestSwaks has a mail program that is not ours deliver.
func TestSwaks(t *testing.T) {
	for _, protocol := range []string{"esmtp", "lmtp"} {
		t.Run(protocol, func(t *testing.T) {
			d := mailtest.OpenShop(t, "")
			address := d.Listen(protocol == "lmtp", in.Limits{})
			args := []string{"--protocol", protocol, "--server", address, "--from", "carla@case.example"}
			out, err := mailtest.Swaks(t, append(args, "--to", "support@desk.example,support-comment@desk.example", "--header", "Subject: by swaks",
				"--body", "hello", "--attach", "@/etc/hostname", "--suppress-data")...)
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			d.MustWork()
			v := d.Show(1)
			if v.Subject != "by swaks" || strings.TrimSpace(v.Messages[0].Text) != "hello" || len(v.Messages[0].Attachments) != 1 {
				t.Errorf("got %q: %+v", v.Subject, v.Messages[0])
			}
			if out, err = mailtest.Swaks(t, append(args, "--to", "nobody@desk.example")...); err == nil || !strings.Contains(out, "550 5.1.1") {
				t.Errorf("an unknown address: got %v\n%s", err, out)
			}
		})
	}
}

func TestStartTLS(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	certified := httptest.NewTLSServer(nil)
	defer certified.Close()
	for _, lmtp := range []bool{false, true} {
		protocol := map[bool]string{true: "LMTP", false: "ESMTP"}[lmtp]
		address := d.ListenTLS(lmtp, in.Limits{}, certified.TLS.Clone())
		said, err := mailtest.Swaks(t, "--server", address, "--protocol", protocol, "--tls", "--from", "carla@case.example", "--to", "support@desk.example")
		if err != nil || !strings.Contains(said, "TLS started") {
			t.Errorf("%s: %v\n%s", protocol, err, said)
		}
	}
	d.MustWork()
	if got := len(d.Show(2).Messages); got != 1 {
		t.Errorf("the second letter became %d messages", got)
	}
}
