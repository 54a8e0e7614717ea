package service

import (
	"context"
	"slices"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// Edits are changes to be made together: use cases called on the service that
// is handed in, by the actor who asks, who is handed in too. That service is
// one transaction and ends with the function. Edits must be repeatable, as the
// transaction may be.
//
//	func(in *service.Service, by desk.Actor) error { return in.Revoke(ctx, by, grant) }
type Edits func(in *Service, by desk.Actor) error

// An Effect is what edits give to people and take from them.
type Effect struct {
	Version int64 // the access version before the edits
	// Does is what the edits would write into the audit log, oldest first, as far
	// as the actor may know of it; of many lines the first.
	Does          []Change
	People        int // users who gain or lose anything
	Gains, Losses []EffectLine
	// MoreGains and MoreLosses are how many lines there are beyond those listed.
	MoreGains, MoreLosses int
}

// Nothing reports whether nobody gains or loses anything.
func (e *Effect) Nothing() bool { return e.People == 0 }

// An EffectLine is rights that some people gain, or lose, on one thing.
type EffectLine struct {
	People []Name // the first of them, as far as the actor may know them
	Total  int    // how many they are
	Rights []string
	// Where is written as a place: "system", "queue:support", or "tickets" for
	// tickets here and there on which they stand. It is empty for things that the actor may not know of; then there are no Rights and no
	// Tickets either.
	Where   string
	Tickets Tally
}

// A Tally is a number of tickets.
type Tally struct {
	Count int
	More  bool // there are more
	// About: it was counted for one of several people, and others may differ by
	// the tickets that they stand on or reported themselves.
	About   bool
	Unknown bool // it was not counted
}

// WhatIf returns what edits would give to people and take from them, and makes
// none of them: they run in a transaction that is not stored. It asks what they
// ask, and refuses what they refuse. Tickets are counted for the gains and
// losses of most people first, up to a thousand each.
func (s *Service) WhatIf(ctx context.Context, by desk.Actor, edits Edits) (*Effect, error) {
	if by.IsNobody() {
		return nil, errNobody()
	}
	var before, after *access.Engine
	var made map[desk.QueueID]string
	var does []Change
	err := s.rehearse(ctx, by, func(o *op) error {
		before = o.e
		inner := o.within()
		err := edits(inner, by)
		after = inner.joined.e
		if err != nil {
			return err
		}
		if made, err = o.queueNames(ctx); err != nil {
			return err
		}
		does, err = o.written(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	var effect *Effect
	err = s.view(ctx, by, func(o *op) error {
		var err error
		o.rehearsed = made
		if effect, err = o.effect(ctx, before, after); err == nil {
			effect.Does = does
		}
		return err
	})
	return effect, err
}

// linesOfEdits is how many lines of the log a rehearsal tells.
const linesOfEdits = 10

// written returns what this transaction has written into the audit log about
// things of which the actor may know.
func (o *op) written(ctx context.Context) ([]Change, error) {
	if o.AuditChange() == 0 {
		return nil, nil
	}
	lines, _, err := o.AuditList(ctx, AuditFilter{Change: o.AuditChange(), After: -1, Limit: linesOfEdits})
	if err != nil {
		return nil, err
	}
	slices.Reverse(lines)
	list, err := o.changes(ctx, lines)
	return slices.DeleteFunc(list, func(c Change) bool {
		knows := o.mayKnow(c.On.ID)
		if c.On.Kind == "queue" {
			knows = o.knowsPlace(desk.OnQueue(desk.QueueID(c.On.ID)))
		}
		return !knows || !o.mayKnow(c.Who.ID)
	}), err
}

// rehearse runs a use case of which nothing is stored.
func (s *Service) rehearse(ctx context.Context, by desk.Actor, fn func(o *op) error) error {
	if s.joined != nil {
		return desk.Errorf(desk.Internal, "A rehearsal cannot be a part of a change.")
	}
	return s.store.Rehearse(ctx, func(tx *store.Tx) error { return s.begin(ctx, tx, by, fn) })
}
