package service

import (
	"context"
	"io"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// Saved says what a backup holds.
type Saved = store.Saved

// Backup writes the whole desk, as it is at one moment, while it is in use;
// secrets and the mail of everybody are in it. progress, if not nil, is told
// the rows and files written. Only the system does it.
func (s *Service) Backup(ctx context.Context, by desk.Actor, w io.Writer, progress func(done int)) (*Saved, error) {
	if err := s.view(ctx, by, func(o *op) error { return o.needSystem() }); err != nil {
		return nil, err
	}
	return s.store.Backup(ctx, w, progress)
}

// A Verification is what Verify found; a Check is one promise it looked after.
type (
	Verification = store.Verification
	Check        = store.Check
)

// Verify reads the whole desk and says what is not as it must be. It changes
// nothing but the note of how the audit log was found, and the desk goes on
// meanwhile. Only the system does it.
func (s *Service) Verify(ctx context.Context, by desk.Actor) (*Verification, error) {
	var log desk.AuditState
	var sealed store.Check
	err := s.view(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		var err error
		if log, err = o.Tx.AuditState(ctx); err != nil {
			return err
		}
		sealed, err = o.checkSealed(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	v, err := s.store.Verify(ctx)
	if err != nil {
		return nil, err
	}
	v.Checks = append(v.Checks, sealed)
	// A desk that is not as it must be may not let itself be written to; what
	// was found is told all the same.
	_ = s.store.Do(ctx, func(tx *store.Tx) error { return tx.NoteAuditCheck(ctx, s.Now(), log.Last, v.BadAuditLine) })
	return v, nil
}

// sweepAge is how old a file is at least that belongs to nothing and is
// removed: older than any transaction.
const sweepAge = 24 * time.Hour

// importAge is for how long a file waits to be brought in. It may be full of
// people.
const importAge = 7 * 24 * time.Hour

// SweepFiles removes files that belong to nothing, as broken off work leaves
// them, once they are a day old, and returns how many there were. It forgets
// files that somebody sent and did not bring in for a week. Only the system does
// it.
func (s *Service) SweepFiles(ctx context.Context, by desk.Actor) (removed int, err error) {
	err = s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		return o.DropWaitingImports(ctx, s.Now().Add(-importAge))
	})
	if err != nil {
		return 0, err
	}
	return s.store.SweepFiles(ctx, sweepAge)
}
