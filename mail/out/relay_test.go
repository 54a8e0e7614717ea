package out_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
	"gatehouse/mail/out"
	"gatehouse/service"
)

// A guard is a relay that asks for a password, over TLS if it has a
// certificate.
type guard struct {
	letters chan string
	failing bool // its users cannot sign in at the moment
}

func (g *guard) NewSession(*smtp.Conn) (smtp.Session, error) { return &guarded{guard: g}, nil }

type guarded struct {
	*guard
	in bool
}

func (s *guarded) Reset()                   {}
func (s *guarded) Logout() error            { return nil }
func (s *guarded) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *guarded) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if s.failing || user != "desk" || password != "secret" {
			return errors.New("wrong")
		}
		s.in = true
		return nil
	}), nil
}

func (s *guarded) Mail(string, *smtp.MailOptions) error {
	if !s.in {
		return smtp.ErrAuthRequired
	}
	return nil
}

func (s *guarded) Rcpt(string, *smtp.RcptOptions) error { return nil }

func (s *guarded) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	s.letters <- string(raw)
	return err
}

func startGuard(t *testing.T, certificate *tls.Config) (*guard, string) {
	t.Helper()
	g := &guard{letters: make(chan string, 10)}
	server := smtp.NewServer(g)
	server.TLSConfig = certificate
	server.AllowInsecureAuth = certificate == nil
	server.ErrorLog = log.New(io.Discard, "", 0)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(l) }() // until it is closed
	t.Cleanup(func() { server.Close() })
	return g, l.Addr().String()
}

// certificate makes a certificate of its own authority for 127.0.0.1.
func certificate(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.ParseIP("127.0.0.1")}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, &tls.Config{RootCAs: roots}
}

func TestRelaysThatAskForMore(t *testing.T) {
	server, trusting := certificate(t)
	for _, tt := range []struct {
		why    string
		tls    *tls.Config // of the relay
		relay  out.Relay
		wanted string // of the error; empty: the letter is taken
	}{
		{"a password over TLS", server, out.Relay{StartTLS: true, TLS: trusting, User: "desk", Password: "secret"}, ""},
		{"a password on this machine", nil, out.Relay{User: "desk", Password: "secret"}, ""},
		{"a wrong password", nil, out.Relay{User: "desk", Password: "guess"}, "the relay cannot be reached: "},
		{"a certificate of nobody", server, out.Relay{StartTLS: true, User: "desk", Password: "secret"}, "certificate"},
		{"a relay without TLS where it is asked for", nil, out.Relay{StartTLS: true}, "doesn't support STARTTLS"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			d := mailtest.OpenShop(t, "")
			guard, address := startGuard(t, tt.tls)
			d.Sender.Relay = tt.relay
			d.Sender.Relay.Address = address
			d.Deliver("support@desk.example", "From: stranger@x.example\nSubject: x\n\ny\n")
			err := d.Work()
			if tt.wanted == "" && (err != nil || len(guard.letters) != 3) {
				t.Errorf("got %v and %d letters, want 3", err, len(guard.letters))
			}
			if tt.wanted != "" && (err == nil || !strings.Contains(err.Error(), tt.wanted)) {
				t.Errorf("got %v, want %q", err, tt.wanted)
			}
			letters := waiting(t, d)
			if want := 3 * min(1, len(tt.wanted)); len(letters) != want {
				t.Errorf("got %d letters waiting, want %d", len(letters), want)
			}
			if slices.ContainsFunc(letters, func(l desk.Outgoing) bool { return strings.Contains(l.Reason, "secret") }) {
				t.Errorf("the password stands in %+v", letters)
			}
		})
	}
}

func waiting(t *testing.T, d *mailtest.Desk) []desk.Outgoing {
	t.Helper()
	list, _, err := d.Outbox(t.Context(), mailtest.System(), service.OutFilter{State: desk.OutWaiting})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// A relay that may not sign us in now is not one that refuses our letters.
func TestLettersOutliveAWrongPassword(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	guard, address := startGuard(t, nil)
	guard.failing = true
	d.Sender.Relay = out.Relay{Address: address, User: "desk", Password: "secret"}
	d.Deliver("support@desk.example", "From: stranger@x.example\nSubject: x\n\ny\n")
	if err := d.Work(); err == nil {
		t.Fatal("signed in")
	}
	guard.failing = false
	d.Clock.Advance(time.Minute)
	d.MustWork()
	if got := len(guard.letters); got != 3 {
		t.Errorf("got %d letters, want 3", got)
	}
}

// Of files that are too much for a letter, it says where they are.
func TestFilesThatAreTooLarge(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	_, err := d.OpenTicket(t.Context(), d.By("carla"), service.NewTicket{Queue: d.Queues["support"], Subject: "x", Text: "y", Files: []desk.Attachment{
		{Name: "film.mp4", Type: "video/mp4", Size: 11 << 20, Data: make([]byte, 11<<20)},
		{Name: "note.txt", Type: "text/plain", Size: 4, Data: []byte("note")}}})
	if err != nil {
		t.Fatal(err)
	}
	d.MustWork()
	l := d.Relay.Take()[0].Letter // to abe
	if len(l.Parts) != 1 || l.Parts[0].Name != "note.txt" || !strings.Contains(l.Text, "[film.mp4, 11.0 MB, is too large for a letter. You find it here: https://desk.example/agent/attachment/1 ]") {
		t.Errorf("got %d files and\n%s", len(l.Parts), l.Text)
	}
}

// An address outside ASCII needs a relay that knows SMTPUTF8.
func TestAnAddressOutsideASCII(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	id, err := d.CreateUser(t.Context(), mailtest.System(), desk.User{Login: "jörg", Kind: desk.Contact, Addresses: []string{"jörg@case.example"}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.OpenTicket(t.Context(), mailtest.System(), service.NewTicket{Queue: d.Queues["support"], Subject: "x", Text: "y",
		Requestors: []desk.PrincipalID{desk.PrincipalID(id)}})
	if err != nil {
		t.Fatal(err)
	}
	d.MustWork()
	if got, want := mailtest.To(d.Relay.Take()), "abe ann"; got != want {
		t.Errorf("sent: got %s, want %s", got, want)
	}
	list, _, err := d.Outbox(t.Context(), mailtest.System(), service.OutFilter{To: id})
	if err != nil {
		t.Fatal(err)
	}
	if got := list[0]; got.State != desk.OutFailed || !strings.Contains(got.Reason, "outside ASCII") {
		t.Errorf("got %s because %q", got.State, got.Reason)
	}
}
