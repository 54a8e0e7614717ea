package service

import (
	"context"
	"slices"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// RunFilter chooses runs of rules.
type RunFilter = store.RunFilter

// A RunLine is a run as it is shown.
type RunLine struct {
	desk.RuleRun
	RuleName string
	Subject  string // of the ticket
	MayAgain bool   // the actor may have it made again
}

// RuleRuns lists runs of rules that the actor may see (ShowScrips), on tickets
// that he may see, newest first, and whether there may be more.
func (s *Service) RuleRuns(ctx context.Context, by desk.Actor, f RunFilter) ([]RunLine, bool, error) {
	var lines []RunLine
	var more bool
	err := s.view(ctx, by, func(o *op) error {
		rules, err := o.Tx.Rules(ctx)
		if err != nil {
			return err
		}
		seen := map[desk.RuleID]*desk.Rule{}
		asked := f.Rules
		f.Rules = []desk.RuleID{}
		for i := range rules {
			if o.can(desk.ShowScrips, rulePlace(&rules[i])) && (asked == nil || slices.Contains(asked, rules[i].ID)) {
				seen[rules[i].ID] = &rules[i]
				f.Rules = append(f.Rules, rules[i].ID)
			}
		}
		var list []desk.RuleRun
		if list, more, err = o.Tx.RuleRuns(ctx, f); err != nil {
			return err
		}
		for _, run := range list {
			t, err := o.ticketFor(ctx, desk.ShowTicket, run.Ticket)
			if err != nil {
				continue // not his to see
			}
			r := seen[run.Rule]
			lines = append(lines, RunLine{run, r.Name, t.Subject, run.State == desk.RunParked && o.can(desk.ModifyScrips, rulePlace(r))})
		}
		return nil
	})
	return lines, more, err
}

// RunAgain has a run that failed made again (ModifyScrips where its rule is, and
// what setting the rule going asks). A parked rule is set going by it.
func (s *Service) RunAgain(ctx context.Context, by desk.Actor, id desk.RunID) error {
	return s.do(ctx, by, func(o *op) error {
		run, err := o.Tx.RuleRun(ctx, id)
		if err != nil {
			return err
		}
		r, err := o.ruleFor(ctx, desk.ModifyScrips, formatID(run.Rule))
		if desk.KindOf(err) == desk.NotFound {
			return desk.Errorf(desk.NotFound, "There is no such run; runs are kept for some time only.")
		}
		if err != nil {
			return err
		}
		switch {
		case run.State != desk.RunParked:
			return desk.Errorf(desk.Conflict, "This run did not fail; there is nothing to make again.")
		case !r.Enabled:
			return desk.Errorf(desk.Conflict, "The rule %s is switched off; switch it on first.", r.Name)
		}
		if err := o.checkTrust(ctx, r); err != nil {
			return err
		}
		if r.Parked.Reason != "" {
			r.Parked = desk.Parked{}
			if err := o.UpdateRule(ctx, r); err != nil {
				return err
			}
		}
		if err := o.audit(ctx, change{"rule.again", "rule:" + r.Name, "", "ticket:" + formatID(run.Ticket)}); err != nil {
			return err
		}
		if strings.HasPrefix(run.What, hookWhat) {
			return o.callAgain(ctx, run)
		}
		run.State = desk.RunAgain
		if err := o.UpdateRuleRun(ctx, run); err != nil {
			return err
		}
		task := RuleTask{Rule: r.ID, Event: run.Event, Ticket: run.Ticket, Since: time.UnixMicro(run.Moment).UTC()}
		return o.InsertJob(ctx, &desk.Job{Kind: JobRules, Data: task.data(), Next: o.s.Now()})
	})
}
