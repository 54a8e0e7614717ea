package in

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-smtp"

	"gatehouse/mail/message"
	"gatehouse/service"
)

// The protocols, as envelopes name them.
const (
	viaLMTP = "lmtp"
	viaSMTP = "smtp"
)

// Limits bounds what clients can ask of a server.
type Limits struct {
	Bytes       int           // of a letter
	Recipients  int           // of a letter
	Connections int           // at once
	PerClient   int           // connections of one address at once
	Idle        time.Duration // how long a client may be silent
	Session     time.Duration // how long a connection may last
}

// DefaultLimits are those of a desk behind one or a few mail servers.
func DefaultLimits() Limits {
	return Limits{
		Bytes: message.DefaultLimits().Bytes, Recipients: 100, Connections: 100, PerClient: 30,
		Idle: 5 * time.Minute, Session: time.Hour, // RFC 5321, 4.5.3.2.7
	}
}

// maxLine is the longest line that is taken, in bytes: RFC 5321 has 1,000, but
// programs send HTML without any line end.
const maxLine = 256 << 10

// A Server takes letters by SMTP (RFC 5321) or LMTP (RFC 2033), which differ in
// that LMTP answers for each recipient. A letter is stored once for each
// recipient before the client is told so. It takes letters for the desk's own
// addresses only, asks nobody who he is: it stands behind a
// mail server or on a trusted network.
type Server struct {
	service *service.Service
	limits  Limits
	log     *slog.Logger
	stored  func()
	via     string
	smtp    *smtp.Server
	open    *connections
}

// Config is what a server needs.
type Config struct {
	Service *service.Service
	LMTP    bool
	Limits  Limits      // zero: DefaultLimits
	TLS     *tls.Config // for STARTTLS; nil: it is not offered
	Log     *slog.Logger
	// Stored is called after a letter was stored, so that it is looked at soon;
	// it must not block. Nil: nobody wants to know.
	Stored func()
}

// NewServer returns a server; Serve makes it take connections.
func NewServer(c Config) *Server {
	s := &Server{service: c.Service, limits: c.Limits, log: c.Log, stored: c.Stored, via: viaSMTP}
	if s.limits == (Limits{}) {
		s.limits = DefaultLimits()
	}
	if s.stored == nil {
		s.stored = func() {}
	}
	if c.LMTP {
		s.via = viaLMTP
	}
	s.open = newConnections(s.limits)
	s.smtp = smtp.NewServer(smtp.BackendFunc(s.newSession))
	s.smtp.LMTP = c.LMTP
	s.smtp.Domain = c.Service.Domain()
	s.smtp.MaxMessageBytes = int64(s.limits.Bytes)
	s.smtp.MaxRecipients = s.limits.Recipients
	s.smtp.MaxLineLength = maxLine
	s.smtp.WriteTimeout = time.Minute
	s.smtp.EnableSMTPUTF8 = true
	s.smtp.TLSConfig = c.TLS
	s.smtp.ErrorLog = printfLog{c.Log}
	return s
}

// Serve takes connections until Stop is called, then returns nil.
func (s *Server) Serve(l net.Listener) error {
	return s.smtp.Serve(&listener{Listener: l, open: s.open})
}

// Stop takes no more connections, lets letters that are being sent come to
// their end, and closes the rest: idle connections at once, all when ctx ends.
func (s *Server) Stop(ctx context.Context) error {
	s.open.stop()
	err := s.smtp.Shutdown(ctx)
	s.open.closeAll()
	return err
}

func (s *Server) newSession(c *smtp.Conn) (smtp.Session, error) {
	plain := c.Conn()
	if secured, ok := plain.(*tls.Conn); ok {
		plain = secured.NetConn()
	}
	conn, ok := plain.(*connection)
	if !ok {
		return nil, fmt.Errorf("a connection of type %T", c.Conn())
	}
	return &session{server: s, conn: conn, remote: conn.client()}, nil
}

// printfLog writes what go-smtp has to say into the log.
type printfLog struct{ log *slog.Logger }

// Printf writes a formatted line.
func (p printfLog) Printf(format string, v ...any) {
	p.log.Warn("mail server: " + strings.TrimSpace(fmt.Sprintf(format, v...)))
}

// Println writes a line.
func (p printfLog) Println(v ...any) {
	p.log.Warn("mail server: " + strings.TrimSpace(fmt.Sprintln(v...)))
}
