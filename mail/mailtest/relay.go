package mailtest

import (
	"errors"
	"io"
	"log"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"

	"gatehouse/mail/message"
)

// A Sent is a letter that a relay took.
type Sent struct {
	From   string // the envelope's sender
	To     string // the envelope's recipient
	Raw    []byte
	Letter *message.Letter
}

// ErrDrop, as the answer to a letter, breaks the connection off in its place.
var ErrDrop = errors.New("the relay breaks off")

// A Relay is a mail server that keeps what it is sent.
type Relay struct {
	Address string
	t       testing.TB

	mu      sync.Mutex
	server  *smtp.Server
	sent    []Sent
	answer  func(s Sent) error
	refused []Sent
}

// StartRelay starts a relay, which ends with the test.
func StartRelay(t testing.TB) *Relay {
	t.Helper()
	r := &Relay{Address: "127.0.0.1:0", t: t, answer: func(Sent) error { return nil }}
	r.Up()
	t.Cleanup(r.Down)
	return r
}

// Up makes the relay take connections, at the same address as before.
func (r *Relay) Up() {
	r.t.Helper()
	l, err := net.Listen("tcp", r.Address)
	if err != nil {
		r.t.Fatal(err)
	}
	r.Address = l.Addr().String()
	r.server = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &relaySession{relay: r, conn: c}, nil }))
	r.server.Domain = "relay.example"
	r.server.ErrorLog = log.New(io.Discard, "", 0)
	go func(server *smtp.Server) {
		if err := server.Serve(l); err != nil {
			r.t.Errorf("serving the relay: %v", err)
		}
	}(r.server)
}

// Down closes the relay and all connections to it.
func (r *Relay) Down() { r.server.Close() }

// Answer decides about each letter from now on: nil takes it.
func (r *Relay) Answer(answer func(s Sent) error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = answer
}

// Take returns what was sent since it was asked last, by recipient.
func (r *Relay) Take() []Sent {
	r.mu.Lock()
	defer r.mu.Unlock()
	sent := r.sent
	r.sent = nil
	slices.SortStableFunc(sent, func(a, b Sent) int { return strings.Compare(a.To, b.To) })
	return sent
}

// Refused returns what the relay did not take since it was asked last.
func (r *Relay) Refused() []Sent {
	r.mu.Lock()
	defer r.mu.Unlock()
	refused := r.refused
	r.refused = nil
	return refused
}

// To returns the local parts of the recipients, in one line.
func To(sent []Sent) string {
	var names []string
	for _, s := range sent {
		name, _, _ := strings.Cut(s.To, "@")
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// A relaySession takes one letter after another.
type relaySession struct {
	relay *Relay
	conn  *smtp.Conn
	next  Sent
}

// Reset forgets the letter that was begun.
func (s *relaySession) Reset() { s.next = Sent{} }

// Logout ends the session.
func (s *relaySession) Logout() error { return nil }

// Mail notes the sender.
func (s *relaySession) Mail(from string, _ *smtp.MailOptions) error {
	s.next = Sent{From: from}
	return nil
}

// Rcpt notes the recipient; a second one would tell each of the other.
func (s *relaySession) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.next.To != "" {
		s.relay.t.Errorf("a letter goes to %s and to %s", s.next.To, to)
	}
	s.next.To = to
	return nil
}

// Data takes the letter if the test wants it.
func (s *relaySession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.next.Raw = raw
	if s.next.Letter, err = message.Parse(raw, message.DefaultLimits()); err != nil {
		s.relay.t.Errorf("the relay got a letter that cannot be read: %v", err)
	}
	s.relay.mu.Lock()
	defer s.relay.mu.Unlock()
	if err := s.relay.answer(s.next); err != nil {
		s.relay.refused = append(s.relay.refused, s.next)
		if errors.Is(err, ErrDrop) {
			s.conn.Conn().Close()
		}
		return err
	}
	s.relay.sent = append(s.relay.sent, s.next)
	return nil
}
