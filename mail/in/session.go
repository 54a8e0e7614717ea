package in

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/emersion/go-smtp"

	"gatehouse/desk"
)

// storeTimeout bounds how long storing a letter or looking up an address takes
// before the client is asked to come again.
const storeTimeout = 30 * time.Second

// A session is what one client has said so far.
type session struct {
	server *Server
	conn   *connection
	remote string
	from   string
	to     []recipient
}

// A recipient is an address as the client wrote it and as the desk knows it.
type recipient struct{ written, canonical string }

// Reset forgets the letter that was begun.
func (s *session) Reset() {
	s.from, s.to = "", nil
	s.conn.busy.Store(false)
}

// Logout ends the session.
func (s *session) Logout() error { return nil }

// Mail begins a letter.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.Reset()
	s.from = from
	return nil
}

// Rcpt adds a recipient if it is an address of the desk.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	ctx, cancel := context.WithTimeout(context.Background(), storeTimeout)
	defer cancel()
	canonical, err := knownAddress(ctx, s.server.service, to)
	if err != nil {
		return s.answer(err)
	}
	s.to = append(s.to, recipient{to, canonical})
	return nil
}

// Data stores the letter for all recipients, or says that it did not. It may
// have for some of them; the copies that come again are known by their bytes.
func (s *session) Data(r io.Reader) error {
	raw, err := s.read(r)
	if err != nil {
		return s.answer(err)
	}
	for _, to := range s.to {
		if err := s.store(to, raw); err != nil {
			return s.answer(err)
		}
	}
	return nil
}

// LMTPData stores the letter and answers for each recipient.
func (s *session) LMTPData(r io.Reader, status smtp.StatusCollector) error {
	raw, err := s.read(r)
	if err != nil {
		return s.answer(err)
	}
	for _, to := range s.to {
		status.SetStatus(to.written, s.answer(s.store(to, raw)))
	}
	return nil
}

// read takes the letter from the client, who is not hung up on meanwhile.
func (s *session) read(r io.Reader) ([]byte, error) {
	s.conn.busy.Store(true)
	return readLetter(r, s.server.limits.Bytes)
}

func (s *session) store(to recipient, raw []byte) error {
	ctx, cancel := context.WithTimeout(context.Background(), storeTimeout)
	defer cancel()
	env := desk.Envelope{From: s.from, Recipient: to.canonical, RemoteAddr: s.remote, Via: s.server.via}
	id, err := s.server.service.SpoolMail(ctx, desk.System(desk.ViaMail), env, raw)
	if err != nil {
		return err
	}
	s.server.log.Info("letter stored", "spool", int64(id), "via", env.Via, "from", s.remote, "bytes", len(raw))
	s.server.stored()
	return nil
}

// answer turns an error into the answer to the client (RFC 3463). What the
// program cannot do now, and whatever is its own fault, may come again.
func (s *session) answer(err error) error {
	if err == nil {
		return nil
	}
	if own := (*smtp.SMTPError)(nil); errors.As(err, &own) {
		return own
	}
	if errors.Is(err, smtp.ErrTooLongLine) {
		return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: "The letter has a line that is too long."}
	}
	text := desk.Sentence(err)
	switch desk.KindOf(err) {
	case desk.NotFound:
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: text}
	case desk.TooLarge:
		return &smtp.SMTPError{Code: 552, EnhancedCode: smtp.EnhancedCode{5, 3, 4}, Message: text}
	case desk.Invalid:
		return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 4, 6}, Message: text}
	}
	s.server.log.Warn("a letter was put off", "via", s.server.via, "from", s.remote, "error", err)
	if errors.Is(err, desk.ErrNoRoom) {
		return &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 3, 1}, Message: "The desk has no room at the moment; try again later."}
	}
	return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "The desk cannot take letters at the moment; try again later."}
}
