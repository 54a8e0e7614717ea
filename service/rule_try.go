package service

import (
	"context"
	"slices"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// A Trial is what a rule would do about one event, or on one ticket now.
type Trial struct {
	Event   desk.Event // zero: the ticket as it stands
	Ticket  desk.TicketID
	Subject string
	Holds   bool
	// Does says in words what would be done; Tells names who would get a letter,
	// as far as the actor may know them.
	Does  []string
	Tells []Name
	Fault string // why it could not be told, or would not work
}

// A DryRun is what a rule would have done.
type DryRun struct {
	Looked int // at how many events or tickets
	Would  int // how often it would have done something
	Failed int // how often it would have failed
	Trials []Trial
	More   bool // more would have been done, or looked at, than are here
	// Stopped: there was too much to look at all of it.
	Stopped bool
}

// Limits of dry runs.
const (
	dryEvents = 20_000
	dryLooks  = 1_000_000
	dryShown  = 100
	dryTime   = 10 * time.Second
)

// TryRule says what a rule would do on a ticket (what SaveRule asks, and
// ShowTicket on the ticket), for each event of the ticket that sets it off, the
// newest first, and changes nothing. A rule by time is asked of the ticket as it
// stands.
func (s *Service) TryRule(ctx context.Context, by desk.Actor, in WrittenRule, ticket desk.TicketID) (*DryRun, error) {
	d := &DryRun{}
	err := s.view(ctx, by, func(o *op) error {
		r, err := o.ruleToTry(ctx, in)
		if err != nil {
			return err
		}
		t, err := o.ticketFor(ctx, desk.ShowTicket, ticket)
		if err != nil {
			return err
		}
		if r.Timed() {
			return o.tryOn(ctx, r, o.timedEvent(t.ID), d)
		}
		events, err := o.visibleEvents(ctx, t, o.rightsOn(accessTicket(t)))
		if err != nil {
			return err
		}
		slices.Reverse(events)
		events = slices.DeleteFunc(events, func(e desk.Event) bool { return !waitsFor(r, TriggersOf(&e)) })
		for i := range events {
			if err := o.tryOn(ctx, r, events[i], d); err != nil {
				return err
			}
		}
		return nil
	})
	return d, err
}

// DryRunRule says what a rule would have done about all that happened since a
// moment, on tickets that the actor may see, and changes nothing. It asks what
// SaveRule asks. Of a rule by time it says for which tickets it had its
// turn since then or would have it as soon as it is set going, and of a daily
// one what it did or would have done the last day. Tickets are taken as they stand today.
func (s *Service) DryRunRule(ctx context.Context, by desk.Actor, in WrittenRule, since time.Time) (*DryRun, error) {
	d := &DryRun{}
	err := s.view(ctx, by, func(o *op) error {
		r, err := o.ruleToTry(ctx, in)
		if err != nil {
			return err
		}
		events, all, err := o.eventsToTry(ctx, r, since)
		if err != nil {
			return err
		}
		d.Stopped = !all
		began := time.Now()
		for _, e := range events {
			if time.Since(began) > dryTime {
				d.Stopped = true
				return nil
			}
			if err := o.tryOn(ctx, r, e, d); err != nil {
				return err
			}
		}
		return nil
	})
	return d, err
}

// eventsToTry lists what would have set a rule off, the newest last, and reports
// whether it is all of it.
func (o *op) eventsToTry(ctx context.Context, r *desk.Rule, since time.Time) (events []desk.Event, complete bool, err error) {
	if !r.Timed() {
		all, err := o.EventsBetween(ctx, o.scope(desk.ShowTicket), since, o.s.Now().Add(time.Minute), dryEvents)
		for i := range all {
			if waitsFor(r, TriggersOf(&all[i])) {
				events = append(events, all[i])
			}
		}
		return events, len(all) < dryEvents, err
	}
	turns, complete, err := o.turnsToTry(ctx, r, since)
	for _, t := range turns {
		if _, err := o.ticketFor(ctx, desk.ShowTicket, t.Ticket); err == nil {
			e := o.timedEvent(t.Ticket)
			e.At = turnOf(r, t.Since)
			events = append(events, e)
		}
	}
	return events, complete, err
}

// turnsToTry lists the tickets for which a rule by time had its turn since a
// moment, whether it ran for them or not; before those, where it did not run for
// them yet, the ones that it would come to as soon as it is set going.
func (o *op) turnsToTry(ctx context.Context, r *desk.Rule, since time.Time) (turns []store.Turn, complete bool, err error) {
	now := o.s.Now()
	if r.Daily() {
		day, err := o.dayOf(ctx, r, now)
		if err != nil || day.Before(since) {
			return nil, true, err
		}
		part := store.DailyPart{At: day, Looks: dryLooks, Limit: dryEvents}
		if when, err := o.s.book.compile(r.If); err != nil {
			return nil, false, err
		} else if part.Of, err = o.needed(ctx, when); err != nil {
			return nil, false, err
		}
		turns, _, more, err := o.DailyTurns(ctx, r, part)
		return turns, !more, err
	}
	turns, err = o.Turns(ctx, r, RuleLook{Rule: r.ID}, now, dryEvents)
	complete = len(turns) < dryEvents
	return slices.DeleteFunc(turns, func(t store.Turn) bool { return t.Done && turnOf(r, t.Since).Before(since) }), complete, err
}

func (o *op) timedEvent(id desk.TicketID) desk.Event {
	return desk.Event{Ticket: id, Kind: desk.EventRule, Via: desk.ViaRule, At: o.s.Now(), Data: map[string]string{}}
}

// ruleToTry reads a rule that is to be tried and need not be stored. It asks
// what saving asks, so that nobody learns from a rule what he may not see.
func (o *op) ruleToTry(ctx context.Context, in WrittenRule) (*desk.Rule, error) {
	old, err := o.ruleToSave(ctx, in)
	if err != nil {
		return nil, err
	}
	r, err := o.readRule(ctx, in, old)
	if err != nil {
		return nil, err
	}
	r.ID = in.ID
	return r, nil
}

// tryOn asks a rule of one event.
func (o *op) tryOn(ctx context.Context, r *desk.Rule, e desk.Event, d *DryRun) error {
	d.Looked++
	n, err := o.ruleNews(ctx, e)
	if err != nil {
		return err
	}
	if r.Queue != 0 && n.ticket.Queue != r.Queue || !n.ticket.Findable() {
		return nil
	}
	if fits, err := o.fits(ctx, r, n); err != nil || !fits {
		return err
	}
	trial := Trial{Event: e, Ticket: n.ticket.ID, Subject: n.ticket.Subject}
	when, err := o.s.book.compile(r.If)
	if err != nil {
		return err
	}
	facts, err := n.facts(o)
	if err == nil {
		err = n.addressFacts(ctx, o, facts, when.Asks())
	}
	if err != nil {
		return err
	}
	if trial.Holds, err = when.Holds(ctx, facts); err != nil {
		trial.Fault = err.Error()
		d.Failed++
	}
	if trial.Holds {
		d.Would++
		if err := o.wouldDo(ctx, r, n, &trial); err != nil {
			return err
		}
	}
	if len(d.Trials) >= dryShown {
		d.More = d.More || trial.Holds
		return nil
	}
	if trial.Holds || trial.Fault != "" || r.Timed() {
		d.Trials = append(d.Trials, trial)
	}
	return nil
}

// wouldDo says what a rule would do now.
func (o *op) wouldDo(ctx context.Context, r *desk.Rule, n *ruleNews, trial *Trial) error {
	w, err := o.writtenRule(ctx, r)
	if err != nil {
		return err
	}
	trial.Does = w.Does()
	if r.Then.Owner != nil && *r.Then.Owner != 0 && *r.Then.Owner != n.ticket.Owner {
		if err := o.mayOwn(ctx, n.ticket, *r.Then.Owner); err != nil {
			trial.Fault = desk.Sentence(err)
		}
	}
	if !r.Then.Tells() {
		return nil
	}
	list, err := o.ruleRecipients(ctx, r, n.notice())
	for _, to := range o.disclosed(list) {
		trial.Tells = append(trial.Tells, to.Name)
	}
	return err
}

// Does says in a line for each what a rule does, as it is written.
func (w *WrittenRule) Does() []string {
	var list []string
	for _, part := range []struct{ word, value string }{
		{"set the status to ", w.Status}, {"give it to ", w.Owner}, {"set the priority to ", w.Priority}, {"move it to ", w.Move},
		{"make it due in hours: ", w.Due}, {"add ", strings.Join(w.Watch, ", ")}, {"remove ", strings.Join(w.Unwatch, ", ")},
		{"open a ticket in ", w.OpenIn}, {"ask for approval: ", strings.Join(w.Approvers, ", ")}, {"tell ", strings.Join(w.Notify, ", ")}, {"call ", w.Webhook},
	} {
		if part.value != "" {
			list = append(list, part.word+part.value)
		}
	}
	if w.Comment != "" {
		list = append(list, "comment")
	}
	return list
}
