package service

import (
	"context"
	"slices"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// How often rules by time are looked at, at how many tickets each of them looks
// at a time, and how long runs are kept.
const (
	ruleClock = time.Minute
	turnLimit = 500
	runsKept  = 30 * 24 * time.Hour
)

// lateWrites is for how long what was written may come to be seen behind what
// was written after it: rules by time look at that much again.
const lateWrites = 10 * time.Minute

// RuleLook is how far a rule by time has looked.
type RuleLook = store.RuleLook

// A RuleRound is what one rule by time has to look at now. Once all of it is done,
// RoundDone notes so; what was not done comes again.
type RuleRound struct {
	Tasks []RuleTask
	look  RuleLook // how far it has looked then
	// More: there is more to look at already.
	More bool
	// many: most of the tickets may have nothing to do, and nothing is noted of them.
	many bool
}

// RipeRules returns for each rule by time the tickets for which it has its turn
// now, once a minute for all nodes together, and forgets old runs. However many
// tickets there are, it looks at those that have come since it last looked. Only
// the system asks.
func (s *Service) RipeRules(ctx context.Context, by desk.Actor) ([]RuleRound, error) {
	var rounds []RuleRound
	err := s.do(ctx, by, func(o *op) error {
		rounds = nil
		if err := o.needSystem(); err != nil {
			return err
		}
		if mine, err := o.ClaimRuleClock(ctx, ruleClock); err != nil || !mine {
			return err
		}
		if err := o.SweepRuns(ctx, s.Now().Add(-runsKept)); err != nil {
			return err
		}
		rules, err := o.Tx.Rules(ctx)
		if err != nil {
			return err
		}
		for i := range rules {
			if !rules[i].Timed() || !rules[i].Runs() {
				continue
			}
			round, err := o.round(ctx, &rules[i])
			if err != nil {
				return err
			}
			if round != nil {
				rounds = append(rounds, *round)
			}
		}
		return nil
	})
	return rounds, err
}

// RoundDone notes that a rule has looked at all of its round. Only the system
// does it.
func (s *Service) RoundDone(ctx context.Context, by desk.Actor, done RuleRound) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		if _, err := o.Tx.Rule(ctx, done.look.Rule); err != nil {
			return nil //nolint:nilerr // it was deleted meanwhile
		}
		if err := o.SaveRuleLook(ctx, done.look); err != nil || !done.More {
			return err
		}
		return o.HurryRuleClock(ctx)
	})
}

// round finds what a rule has to look at; nil: nothing, and nothing to note.
func (o *op) round(ctx context.Context, r *desk.Rule) (*RuleRound, error) {
	look, err := o.RuleLook(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	if r.Daily() {
		return o.dailyRound(ctx, r, look)
	}
	now := o.s.Now()
	if look.Version != r.Version { // it looks at everything anew, and does nothing twice
		look = RuleLook{Rule: r.ID, Version: r.Version, Changed: now}
	}
	round := &RuleRound{look: look}
	turns, err := o.Turns(ctx, r, look, now, turnLimit)
	if err != nil {
		return nil, err
	}
	if round.More = len(turns) == turnLimit; round.More {
		last := turns[len(turns)-1]
		round.look.Moment, round.look.Ticket = last.Since, last.Ticket
	} else {
		round.look.Moment, round.look.Ticket = later(look.Moment, lastTurn(r, now).Add(-lateWrites)), 0
	}
	changed, err := o.ChangedTurns(ctx, r, look.Changed.Add(-lateWrites), now, turnLimit)
	if err != nil {
		return nil, err
	}
	round.look.Changed = now
	if len(changed) == turnLimit {
		round.More = true
		round.look.Changed = later(changed[len(changed)-1].Updated.Add(lateWrites), look.Changed.Add(time.Microsecond))
	}
	for _, t := range append(turns, changed...) {
		task := RuleTask{Rule: r.ID, Ticket: t.Ticket, Since: t.Since}
		if !t.Done && !slices.Contains(round.Tasks, task) {
			round.Tasks = append(round.Tasks, task)
		}
	}
	return round, nil
}

// lastTurn is the last moment from which a rule counts that has come at another.
func lastTurn(r *desk.Rule, at time.Time) time.Time {
	hours := time.Duration(r.Hours) * time.Hour
	if r.On[0] == desk.OnDue {
		return at.Add(hours)
	}
	return at.Add(-hours)
}

// later is the later of two moments.
func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// turnOf says when a rule had its turn on a ticket from which it counts since a
// moment.
func turnOf(r *desk.Rule, since time.Time) time.Time {
	switch {
	case r.Daily():
		return since
	case r.On[0] == desk.OnDue:
		return since.Add(-time.Duration(r.Hours) * time.Hour)
	}
	return since.Add(time.Duration(r.Hours) * time.Hour)
}
