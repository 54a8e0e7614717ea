package service

import (
	"context"
	"strings"
	"time"

	"gatehouse/desk"
)

// webhookTries is how often a webhook is called before its run is parked; the
// waits between double from two seconds to about half an hour.
const webhookTries = 11

// A Hook is a webhook that is to be called.
type Hook struct {
	URL, Secret string
	Run         desk.RunID
	Rule        string
	Event       desk.Event
	Ticket      desk.Ticket
	Queue       string
	Message     *desk.Message // nil: there is none
	Names       map[desk.PrincipalID]Name
	PageURL     string // of the ticket; empty: not known
	Last        bool   // it is not tried again
}

// hookWhat is how the record of a run begins whose webhook alone failed.
const hookWhat = "webhook: "

// Hook returns what a job of the kind JobWebhook is to send; nil where the rule
// has none any more. Only the system asks.
func (s *Service) Hook(ctx context.Context, by desk.Actor, job desk.Job) (*Hook, error) {
	var h *Hook
	err := s.view(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		first, second, _ := strings.Cut(job.Data, "/")
		run, err := o.Tx.RuleRun(ctx, parseID[desk.RunID](first))
		if err != nil {
			return ignoreMissing(err)
		}
		r, err := o.Tx.Rule(ctx, run.Rule)
		if err != nil || r.Then.Webhook == "" {
			return ignoreMissing(err)
		}
		e, err := o.Event(ctx, parseID[desk.EventID](second))
		if err != nil {
			return ignoreMissing(err)
		}
		n, err := o.ruleNews(ctx, *e)
		if err != nil {
			return err
		}
		h = &Hook{URL: r.Then.Webhook, Secret: r.Then.Secret, Run: run.ID, Rule: r.Name, Event: *e, Ticket: *n.ticket, Queue: n.queue.Name,
			Message: n.message, Names: n.names, PageURL: n.values(s)["ticket.url"], Last: job.Tries >= webhookTries}
		return nil
	})
	return h, err
}

func ignoreMissing(err error) error {
	if desk.KindOf(err) == desk.NotFound {
		return nil
	}
	return err
}

// HookEnded ends a job that called a webhook. A reason says that the call failed
// for good: its run is parked; where the fault is the rule's, the rule too. Only
// the system does it.
func (s *Service) HookEnded(ctx context.Context, by desk.Actor, job desk.Job, reason string, grave bool) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		if err := o.DeleteJob(ctx, job.ID); desk.KindOf(err) == desk.NotFound {
			return nil
		} else if err != nil || reason == "" {
			return err
		}
		first, _, _ := strings.Cut(job.Data, "/")
		run, err := o.Tx.RuleRun(ctx, parseID[desk.RunID](first))
		if err != nil {
			return ignoreMissing(err)
		}
		run.State, run.What, run.At, run.Tries = desk.RunParked, oneLine(hookWhat+reason), o.s.Now(), job.Tries
		if err := o.UpdateRuleRun(ctx, run); err != nil || !grave {
			return err
		}
		r, err := o.Tx.Rule(ctx, run.Rule)
		if err != nil || r.Parked.Reason != "" {
			return ignoreMissing(err)
		}
		r.Parked = desk.Parked{Reason: run.What, Ticket: run.Ticket, At: o.s.Now()}
		if err := o.UpdateRule(ctx, r); err != nil {
			return err
		}
		return o.audit(ctx, change{"rule.park", "rule:" + r.Name, "", r.Parked.Reason})
	})
}

// callAgain calls the webhook of a run once more, where nothing else of the run
// failed.
func (o *op) callAgain(ctx context.Context, run *desk.RuleRun) error {
	event := run.Event
	if event == 0 {
		var err error
		if event, err = o.timedEventOf(ctx, run); err != nil {
			return err
		}
	}
	run.State, run.What = desk.RunDone, "webhook called again"
	if err := o.UpdateRuleRun(ctx, run); err != nil {
		return err
	}
	return o.InsertJob(ctx, &desk.Job{Kind: JobWebhook, Data: formatID(run.ID) + "/" + formatID(event), Next: o.s.Now()})
}

// timedEventOf finds what a run of a rule by time wrote into the history.
func (o *op) timedEventOf(ctx context.Context, run *desk.RuleRun) (desk.EventID, error) {
	events, err := o.Tx.Events(ctx, run.Ticket, 0, 5000)
	since := written(time.UnixMicro(run.Moment).UTC())
	for _, e := range events {
		if e.Kind == desk.EventRule && e.Data["rule"] == formatID(run.Rule) && e.Data["for"] == since {
			return e.ID, err
		}
	}
	return 0, err
}
