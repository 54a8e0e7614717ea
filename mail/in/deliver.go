package in

import (
	"bytes"
	"context"
	"io"

	"gatehouse/desk"
	"gatehouse/mail/message"
	"gatehouse/service"
)

// maxReceived is how many mail servers a letter may have passed; one that
// passed more goes round in circles (RFC 5321, 6.3).
const maxReceived = 50

// Deliver stores one letter from a reader, such as standard input of a pipe.
// When it returns without an error the letter is on disk. The errors are of
// kind TooLarge, Invalid for an empty letter or one that goes round in circles,
// NotFound for an unknown queue or recipient, and Unavailable.
func Deliver(ctx context.Context, svc *service.Service, env desk.Envelope, r io.Reader) (desk.SpoolID, error) {
	raw, err := readLetter(r, message.DefaultLimits().Bytes)
	if err != nil {
		return 0, err
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return 0, desk.Errorf(desk.Invalid, "The letter is empty.")
	}
	if env.Queue == "" {
		if env.Recipient, err = knownAddress(ctx, svc, env.Recipient); err != nil {
			return 0, err
		}
	}
	return svc.SpoolMail(ctx, desk.System(desk.ViaMail), env, raw)
}

// readLetter reads a letter of at most limit bytes.
func readLetter(r io.Reader, limit int) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	switch {
	case err != nil:
		return nil, desk.Wrap(desk.Unavailable, err, "The letter broke off; send it again.")
	case len(raw) > limit:
		return nil, desk.Errorf(desk.TooLarge, "The letter is larger than the %d MB that the desk takes.", limit>>20)
	case countReceived(raw) > maxReceived:
		return nil, desk.Errorf(desk.Invalid, "The letter has passed more than %d mail servers; it goes round in circles.", maxReceived)
	}
	return raw, nil
}

// countReceived counts the Received fields of the header.
func countReceived(raw []byte) int {
	const field = "received:"
	n := 0
	for line := range bytes.Lines(raw) {
		if len(bytes.TrimRight(line, "\r\n")) == 0 {
			break
		}
		if len(line) >= len(field) && bytes.EqualFold(line[:len(field)], []byte(field)) {
			n++
		}
	}
	return n
}

// knownAddress returns the canonical form of an address at which the desk takes
// letters.
func knownAddress(ctx context.Context, svc *service.Service, address string) (string, error) {
	canonical, err := message.Canonical(address)
	if err != nil {
		return "", desk.Wrap(desk.NotFound, err, "%q is not a mail address.", address)
	}
	_, err = svc.MailTarget(ctx, desk.System(desk.ViaMail), canonical)
	return canonical, err
}
