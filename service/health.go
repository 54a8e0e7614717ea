package service

import (
	"context"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// A Look is what was found out about one thing on which the desk depends.
type Look struct {
	Thing string
	State string // "ok", "look" (somebody should have one) or "wrong"
	Said  string
}

// Health is how the desk is doing.
type Health struct {
	Program string // its version; empty: not known
	Now     time.Time
	Post    PostCounts // what waits
	Looks   []Look     // at what it depends on; none: nobody looked
	Replica store.ReplicaState
	Work    []Work // how it goes with what the program does by itself
}

// Health tells how the desk is doing (ShowConfigTab). With look, it looks at
// all on which the desk depends, as the command doctor does, which may take
// some seconds.
func (s *Service) Health(ctx context.Context, by desk.Actor, look bool) (*Health, error) {
	h := &Health{Program: s.opt.Program, Now: s.Now()}
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.ShowConfigTab, access.System()); err != nil {
			return err
		}
		var err error
		if h.Post, err = o.Tx.PostCounts(ctx); err != nil {
			return err
		}
		h.Work, err = o.work(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	h.Replica = s.store.Replica()
	if look && s.opt.LookAround != nil {
		h.Looks = s.opt.LookAround(ctx)
	}
	return h, nil
}
