package service

import (
	"context"

	"gatehouse/access"
	"gatehouse/desk"
)

// bouncesToPause is how many letters have to come back for good until nothing
// more is sent to an address. A forged report names one letter at most.
const bouncesToPause = 3

// receiveBounce puts a report that a letter was not delivered with the letter
// and the person that it concerns. Reports of letters that the desk did not
// send, or to others than it sent them to, are refused: anybody can write one.
func (o *op) receiveBounce(ctx context.Context, l *desk.Letter) (Received, error) {
	sent, err := o.OutgoingByLetter(ctx, l.Returned)
	if err != nil {
		return Received{}, err
	}
	for i := range sent {
		out := &sent[i]
		for _, r := range l.Reports {
			if out.State != desk.OutSent || r.Recipient != "" && desk.Fold(r.Recipient) != desk.Fold(out.Address) {
				continue
			}
			return Received{State: desk.SpoolDone, Ticket: out.Ticket, Reason: "It reports that a letter could not be delivered."}, o.cameBack(ctx, out, r)
		}
	}
	return Received{}, refuse("It reports that a letter could not be delivered: %s", l.Subject)
}

// cameBack notes on a letter, its ticket and its address that it came back.
func (o *op) cameBack(ctx context.Context, out *desk.Outgoing, r desk.Report) error {
	if !r.Permanent {
		return nil // a warning; the relay goes on trying
	}
	reason := oneLine(r.Reason)
	if reason == "" {
		reason = "it came back"
	}
	out.State, out.Reason = desk.OutFailed, reason
	if err := o.UpdateOutgoing(ctx, out); err != nil {
		return err
	}
	count, err := o.Bounced(ctx, desk.BouncedAddress{Address: out.Address, Reason: reason, At: o.s.Now()})
	if err != nil {
		return err
	}
	change := "returned"
	if count >= bouncesToPause {
		change = "paused"
		if err := o.PauseAddress(ctx, out.Address, true); err != nil {
			return err
		}
	}
	if out.Ticket == 0 {
		return nil
	}
	return o.record(ctx, desk.Event{Ticket: out.Ticket, Kind: desk.EventBounced, Message: out.Message,
		Data: map[string]string{"to": out.Address, "change": change, "reason": reason}})
}

// paused says why nothing is sent to an address, or nothing.
func (o *op) paused(ctx context.Context, address string) (string, error) {
	b, err := o.BouncedAddress(ctx, address)
	if err != nil || b == nil || !b.Paused {
		return "", err
	}
	return "letters to this address come back: " + b.Reason, nil
}

// PausedAddresses lists the addresses to which nothing is sent because letters
// came back, the latest first (AdminMail).
func (s *Service) PausedAddresses(ctx context.Context, by desk.Actor) ([]desk.BouncedAddress, error) {
	var list []desk.BouncedAddress
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		var err error
		list, err = o.Tx.PausedAddresses(ctx)
		return err
	})
	return list, err
}

// ResumeAddress has letters sent to an address again (AdminMail). One that
// was never paused stays as it is.
func (s *Service) ResumeAddress(ctx context.Context, by desk.Actor, address string) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		if err := o.PauseAddress(ctx, address, false); desk.KindOf(err) == desk.NotFound {
			return nil
		} else if err != nil {
			return err
		}
		return o.audit(ctx, change{"mail.resume", address, "paused", "resumed"})
	})
}
