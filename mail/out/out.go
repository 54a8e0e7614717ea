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
	"fmt"
	"log/slog"
	"time"

	"gatehouse/desk"
	"gatehouse/mail/message"
	"gatehouse/service"
)

const (
	batch = 20 // letters taken at once
	// batchTime is how long letters of a batch are begun. With what the last
	// one can take it is less than the ten minutes for which they are ours.
	batchTime = time.Minute
	// maxFiles bounds the files that go with a letter, in bytes; what is more
	// is named, to be fetched from the ticket's page.
	maxFiles = 10 << 20
)

// A Sender sends letters to one relay, or to another while that is away. It is for one goroutine.
type Sender struct {
	Service *service.Service
	Relay   Relay
	Spare   []Relay // tried in this order where the relay cannot be reached
	Signer  *Signer // nil: letters are not signed
	Log     *slog.Logger

	open *session // nil: not connected
}

// Step sends a batch of the letters that are due and reports whether there were
// any. Without a relay it takes none: letters wait. The error is that of a
// relay that cannot be reached, or of the outbox.
func (s *Sender) Step(ctx context.Context) (bool, error) {
	if s.Relay.Address == "" {
		return false, nil
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
		err = s.deliver(letter, raw)
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
	raw, files, err := s.Service.LetterBytes(ctx, by(), letter.ID)
	if err != nil || raw != nil {
		return raw, err
	}
	if raw, err = compose(letter, files, s.Service.Name(), s.Service.Domain()); err != nil {
		return nil, &refusedError{err.Error()} // and would be next time
	}
	if raw, err = s.Signer.sign(raw); err != nil {
		return nil, err // the key may be mended
	}
	return raw, s.Service.KeepLetterBytes(ctx, by(), letter.ID, raw)
}

// compose writes the letter.
func compose(letter *desk.Outgoing, files []desk.Attachment, name, domain string) ([]byte, error) {
	parts, left := fitting(files)
	text := letter.Body
	for _, f := range left {
		text += fmt.Sprintf("\n[%s, %d KB: too large for a letter, see the ticket's page]\n", f.Name, f.Size>>10)
	}
	out := message.Outgoing{
		From:    message.Address{Name: letter.From.Name, Address: letter.From.Address},
		To:      []message.Address{{Address: letter.Address}},
		Subject: letter.Subject, MessageID: letter.LetterID, References: letter.Refs, Date: letter.At,
		Text: text, Attachments: parts, AutoSubmitted: letter.Auto,
		List: message.Address{Name: letter.List.Name, Address: letter.List.Address}, Unsubscribe: letter.Unsubscribe,
		Extra: []message.Field{{Name: message.DeskHeader, Value: name}},
	}
	if out.From.Address == "" { // about no ticket
		out.From = message.Address{Name: name, Address: "desk@" + domain}
	}
	if letter.ReplyTo != "" {
		out.ReplyTo = []message.Address{{Address: letter.ReplyTo}}
	}
	if len(letter.Refs) > 0 {
		out.InReplyTo = letter.Refs[0]
	}
	return message.Compose(out)
}

// fitting returns the files that go with the letter and those for which there
// is no room.
func fitting(files []desk.Attachment) (parts []message.Part, left []desk.Attachment) {
	var size int64
	for _, f := range files {
		if size+f.Size > maxFiles {
			left = append(left, f)
			continue
		}
		size += f.Size
		parts = append(parts, message.Part{Name: f.Name, Type: f.Type, Data: f.Data})
	}
	return parts, left
}
