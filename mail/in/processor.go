package in

import (
	"context"
	"fmt"
	"log/slog"

	"gatehouse/desk"
	"gatehouse/service"
)

// A Processor makes tickets and messages of the letters in the spool.
type Processor struct {
	Service *service.Service
	Prover  Prover // whether letters come from whom they say
	Log     *slog.Logger
}

// Step takes the letter that has waited the longest, if one is due, and hands
// it to the desk. It reports whether there was one. What fails with one letter,
// even a panic, is noted on that letter, which is tried again later and parked
// after too many tries; the error is of the spool itself.
func (p *Processor) Step(ctx context.Context) (bool, error) {
	by := desk.System(desk.ViaMail)
	entry, err := p.Service.NextSpooled(ctx, by)
	if err != nil || entry == nil {
		return false, err
	}
	got, err := p.receive(ctx, by, entry)
	if err != nil {
		p.Log.ErrorContext(ctx, "a letter could not be received", "spool", entry.ID, "tries", entry.Tries, "error", err)
		return true, p.Service.SpoolFailed(ctx, by, entry.ID, err.Error())
	}
	p.Log.InfoContext(ctx, "letter received", "spool", entry.ID, "state", got.State, "ticket", int64(got.Ticket))
	return true, nil
}

func (p *Processor) receive(ctx context.Context, by desk.Actor, entry *desk.Spooled) (got service.Received, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("receiving it broke the program: %v", r)
		}
	}()
	letter, read := understand(entry, p.Service.Name())
	var why string
	if letter.Proof, why, err = p.Prover.Prove(ctx, entry, read); err != nil {
		return got, err
	}
	letter.Note(desk.StepProof, "%s", why)
	return p.Service.ReceiveMail(ctx, by, letter)
}
