// Package out sends the letters of the outbox to a relay, a mail server that
// passes them on.
//
// It promises that a letter is composed once and its bytes kept before the
// first try, so that every try sends the same letter with the same Message-ID;
// that a letter counts as sent only after the relay took it; and that while the
// relay is away letters wait. A letter can reach the relay twice, where the
// desk breaks off between the relay's answer and noting it; mail programs tell
// such copies by their Message-ID.
//
// It signs letters by DKIM where it has a key. It does not deliver to recipients'
// own servers or decide who gets a letter.
package out

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

const (
	batch = 20 // letters taken at once
	// batchTime is how long letters of a batch are begun. With what the last
	// one can take it is less than the ten minutes for which they are ours.
	batchTime = time.Minute
)

// A Sender sends letters to the first relay that can be reached: of those that
// are set up at the desk, then Relay, then Spare. It is for one goroutine.
type Sender struct {
	Service *service.Service
	Relay   Relay
	Spare   []Relay // tried in this order where the relay cannot be reached
	Signer  *Signer // nil: letters are not signed
	Log     *slog.Logger

	open   *session // nil: not connected
	relays []target // in the order in which they are tried
}

// Step sends a batch of the letters that are due and reports whether there were
// any. Without a relay it takes none: letters wait. The error is that of a
// relay that cannot be reached, or of the outbox.
func (s *Sender) Step(ctx context.Context) (bool, error) {
	if err := s.choose(ctx); err != nil || len(s.relays) == 0 {
		return false, err
	}
	letters, err := s.Service.ClaimLetters(ctx, by(), batch)
	if err != nil || len(letters) == 0 {
		s.hangUp()
		return false, err
	}
	ctx, cancel := context.WithTimeout(ctx, batchTime)
	defer cancel()
	var away error
	for i := range letters {
		if ctx.Err() != nil {
			break // the rest comes again when our claim to it ends
		}
		if away != nil {
			err = s.fail(ctx, &letters[i], away)
		} else {
			away, err = s.send(ctx, &letters[i])
		}
		if err != nil {
			return true, err
		}
	}
	return away == nil, away
}

func by() desk.Actor { return desk.System(desk.ViaJob) }

// send sends one letter and notes how it went. away says that the relay cannot
// be reached, err that the outbox cannot.
func (s *Sender) send(ctx context.Context, letter *desk.Outgoing) (away, err error) {
	raw, err := s.bytes(ctx, letter)
	if desk.KindOf(err) == desk.Unavailable {
		return nil, err
	}
	if err == nil {
		err = s.deliver(ctx, letter, raw)
	}
	if err != nil {
		s.Log.Warn("a letter was not sent", "letter", int64(letter.ID), "tries", letter.Tries, "error", err)
		if unreachable := (*unreachableError)(nil); errors.As(err, &unreachable) {
			away = err
		}
		return away, s.fail(ctx, letter, err)
	}
	s.Log.Info("letter sent", "letter", int64(letter.ID), "kind", string(letter.Kind), "ticket", int64(letter.Ticket), "bytes", len(raw))
	return nil, s.Service.LetterSent(context.WithoutCancel(ctx), by(), letter.ID)
}

func (s *Sender) fail(ctx context.Context, letter *desk.Outgoing, reason error) error {
	var refused *refusedError
	return s.Service.LetterFailed(context.WithoutCancel(ctx), by(), letter.ID, errors.As(reason, &refused), reason.Error())
}

// bytes returns the letter as it is sent: what was kept of an earlier try, or
// what is composed and kept now.
func (s *Sender) bytes(ctx context.Context, letter *desk.Outgoing) ([]byte, error) {
	parts, err := s.Service.LetterBytes(ctx, by(), letter.ID)
	if err != nil || parts.Raw != nil {
		return parts.Raw, err
	}
	raw, err := compose(letter, parts, s.Service.Name(), s.Service.Domain())
	if err != nil {
		return nil, &refusedError{err.Error()} // and would be next time
	}
	if raw, err = s.Signer.sign(raw); err != nil {
		return nil, err // the key may be mended
	}
	return raw, s.Service.KeepLetterBytes(ctx, by(), letter.ID, raw)
}
