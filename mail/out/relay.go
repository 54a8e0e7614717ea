package out

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"gatehouse/desk"
)

// A Relay is the mail server that takes the desk's letters (RFC 5321).
type Relay struct {
	Address string // host:port; empty: there is none, and letters wait
	// StartTLS asks for an encrypted connection and sends nothing without one.
	StartTLS bool
	// Wrapped: the connection is encrypted from its first byte (RFC 8314).
	Wrapped bool
	// User and Password sign in by AUTH PLAIN, which wants StartTLS unless the
	// relay is on this machine. Empty: nobody signs in.
	User, Password string
	// TLS is used where it is not nil, for a relay with a certificate of its
	// own authority.
	TLS *tls.Config
}

// How long the relay may take: to be connected to, for one command, and to
// take the text of a letter and to answer for it.
const (
	connectTime = 30 * time.Second
	commandTime = 20 * time.Second
	submitTime  = 3 * time.Minute
)

// A refusedError says that a letter will never be taken as it is. Any other
// error may pass.
type refusedError struct{ reason string }

func (e *refusedError) Error() string { return e.reason }

// An unreachableError says that the relay takes no letters at all at the
// moment.
type unreachableError struct{ cause error }

func (e *unreachableError) Error() string { return "the relay cannot be reached: " + e.cause.Error() }

func (e *unreachableError) Unwrap() error { return e.cause }

// A session is an open connection to the relay.
type session struct {
	client *smtp.Client
	conn   net.Conn
	used   bool // for an earlier letter
	from   Relay
}

// deliver hands one letter to the relay. Where the connection of an earlier
// letter turns out to be dead, a new one is tried once. A relay that breaks off
// in the middle of a letter is not taken for one that is away, lest one letter
// that it cannot stand keeps all others waiting.
func (s *Sender) deliver(ctx context.Context, letter *desk.Outgoing, raw []byte) error {
	if s.open == nil {
		open, err := s.connect(ctx)
		if err != nil {
			return &unreachableError{err}
		}
		s.open = open
	}
	used := s.open.used
	err := s.open.hand(letter, raw)
	var answer *smtp.SMTPError
	var refused *refusedError
	switch {
	case err == nil || errors.As(err, &refused):
		return err
	case errors.As(err, &answer) && answer.Code >= 500:
		return &refusedError{fmt.Sprintf("the relay says: %d %s", answer.Code, answer.Message)}
	case errors.As(err, &answer) && answer.Code != 421: // RFC 5321, 3.8: 421 closes
		return fmt.Errorf("the relay says: %d %s", answer.Code, answer.Message)
	}
	s.open.client.Close()
	s.open = nil
	if used && answer == nil {
		return s.deliver(ctx, letter, raw)
	}
	return err
}

func (s *Sender) hangUp() {
	if s.open == nil {
		return
	}
	if s.open.client.Quit() != nil {
		s.open.client.Close()
	}
	s.open = nil
}

// connect opens a connection up to where letters can be sent.
func (r Relay) connect(hello string) (*session, error) {
	conn, err := net.DialTimeout("tcp", r.Address, connectTime)
	if err != nil {
		return nil, err
	}
	late := time.AfterFunc(connectTime, func() { conn.Close() }) // the client's own limits are longer
	defer late.Stop()
	var client *smtp.Client
	if r.Wrapped {
		client = smtp.NewClient(tls.Client(conn, r.tlsConfig()))
	} else if r.StartTLS {
		if client, err = smtp.NewClientStartTLS(conn, r.tlsConfig()); err != nil {
			return nil, fmt.Errorf("starting TLS: %w (a relay without TLS needs its own security off, or the setting relay_tls = off)", err)
		}
	} else {
		client = smtp.NewClient(conn)
	}
	client.CommandTimeout, client.SubmissionTimeout = commandTime, submitTime
	if err := r.signIn(client, hello); err != nil {
		client.Close()
		return nil, err
	}
	return &session{client: client, conn: conn, from: r}, nil
}

func (r Relay) signIn(client *smtp.Client, hello string) error {
	if err := client.Hello(hello); err != nil || r.User == "" {
		return err
	}
	if !r.StartTLS && !r.Wrapped && !desk.Loopback(r.Address) {
		return errors.New("its password would cross the network in the clear; switch STARTTLS on")
	}
	return client.Auth(sasl.NewPlainClient("", r.User, r.Password))
}

func (r Relay) host() string {
	host, _, _ := net.SplitHostPort(r.Address)
	return host
}

func (r Relay) tlsConfig() *tls.Config {
	config := &tls.Config{}
	if r.TLS != nil {
		config = r.TLS.Clone()
	}
	config.ServerName = cmp.Or(config.ServerName, r.host())
	config.MinVersion = max(config.MinVersion, tls.VersionTLS12)
	return config
}

// hand gives the relay one letter.
func (s *session) hand(letter *desk.Outgoing, raw []byte) error {
	if s.used {
		if err := s.client.Reset(); err != nil {
			return err
		}
	}
	s.used = true
	var options *smtp.MailOptions
	if !isASCII(letter.From.Address + letter.Address) {
		if ok, _ := s.client.Extension("SMTPUTF8"); !ok { // RFC 6531
			return &refusedError{"the relay takes no addresses with letters outside ASCII: " + letter.Address}
		}
		options = &smtp.MailOptions{UTF8: true}
	}
	if err := s.client.Mail(envelopeSender(letter), options); err != nil {
		return err
	}
	if err := s.client.Rcpt(letter.Address, nil); err != nil {
		return err
	}
	w, err := s.client.Data()
	if err != nil {
		return err
	}
	if err := s.conn.SetDeadline(time.Now().Add(submitTime)); err != nil { // the client sets none for the text
		return err
	}
	if _, err := w.Write(raw); err != nil {
		return err
	}
	return w.Close()
}

// envelopeSender is where reports of failed delivery go. An answer of a program
// has none, so that nothing answers it (RFC 3834, 3.3).
func envelopeSender(letter *desk.Outgoing) string {
	if letter.Auto == "auto-replied" {
		return ""
	}
	return letter.From.Address
}

func isASCII(s string) bool {
	for _, c := range []byte(s) {
		if c >= 0x80 {
			return false
		}
	}
	return true
}
