package service

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gatehouse/desk"
)

// Jobs of rules: JobRules has the number of an event, JobWebhook that of a run.
const (
	JobRules   = "rules"
	JobWebhook = "webhook"
)

// How rules are kept from going round.
const (
	maxChain     = 8  // rules that set each other going
	maxRunsHour  = 30 // runs of one rule on one ticket in an hour
	maxRuleTries = 4  // tries of a run that fails for no fault of its own
)

// TriggersOf lists the triggers that an event sets off; the reader of a message
// finds out by whom it is.
func TriggersOf(e *desk.Event) []desk.Trigger {
	switch e.Kind {
	case desk.EventCreated:
		return []desk.Trigger{desk.OnCreated}
	case desk.EventMessage:
		switch {
		case e.Data["silent"] != "":
			return nil // a program answered for its owner: nobody is told
		case e.Data["kind"] == desk.Comment.String():
			return []desk.Trigger{desk.OnComment}
		case e.Data["side"] == sideCustomer:
			return []desk.Trigger{desk.OnReply, desk.OnCustomerReply}
		}
		return []desk.Trigger{desk.OnReply, desk.OnAgentReply}
	case desk.EventWatcher:
		on := []desk.Trigger{desk.OnWatcherAdded}
		if e.Data["change"] == "removed" {
			on[0] = desk.OnWatcherRemoved
		}
		if parseID[desk.RoleID](e.Data["role"]) == desk.CustomerRole {
			on = append(on, desk.OnCustomerSet)
		}
		return on
	case desk.EventMerged:
		if e.Data["into"] != "" {
			return nil // the other one goes on
		}
		return []desk.Trigger{desk.OnMerged}
	case desk.EventLink:
		if e.Data["change"] == "removed" {
			return nil
		}
		return []desk.Trigger{desk.OnLink}
	}
	same, ok := map[desk.EventKind]desk.Trigger{
		desk.EventStatus: desk.OnStatus, desk.EventOwner: desk.OnOwner, desk.EventQueue: desk.OnMoved, desk.EventPriority: desk.OnPriority,
		desk.EventSubject: desk.OnSubject, desk.EventSharing: desk.OnSharing, desk.EventPlan: desk.OnPlan, desk.EventCustomer: desk.OnCustomerSet,
		desk.EventBounced: desk.OnLetterFailed, desk.EventField: desk.OnFieldSet, desk.EventClockWarned: desk.OnClockWarned,
		desk.EventClockOverdue: desk.OnClockOverdue, desk.EventClockMet: desk.OnClockMet, desk.EventClockPaused: desk.OnClockPaused, desk.EventClockResumed: desk.OnClockResumed,
		desk.EventApproval: desk.OnApproval, desk.EventRated: desk.OnRated, desk.EventSquelched: desk.OnSquelched,
	}[e.Kind]
	if !ok {
		return nil
	}
	return []desk.Trigger{same}
}

// callRules leaves a job behind where a rule waits for what happened.
func (o *op) callRules(ctx context.Context, e *desk.Event) error {
	on := TriggersOf(e)
	if len(on) == 0 {
		return nil
	}
	waits, err := o.AnyRuleOn(ctx, e.Ticket, on)
	if err != nil || !waits {
		return err
	}
	return o.InsertJob(ctx, &desk.Job{Kind: JobRules, Data: formatID(e.ID), Next: o.s.Now()})
}

// RuleTasks returns what a job of rules asks for, in the order of the rules:
// every rule for an event, or one for one thing. Only the system asks.
func (s *Service) RuleTasks(ctx context.Context, by desk.Actor, job desk.Job) ([]RuleTask, error) {
	var list []RuleTask
	err := s.view(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		parts := parseIDs[desk.EventID](job.Data)
		if len(parts) == 0 || strings.Contains(job.Data, "/") {
			list = []RuleTask{taskOf(job)}
			return nil
		}
		e, err := o.Event(ctx, parts[0])
		if err != nil {
			return err
		}
		rules, err := o.Tx.Rules(ctx)
		on := TriggersOf(e)
		for i := range rules {
			if rules[i].Runs() && waitsFor(&rules[i], on) {
				list = append(list, RuleTask{Rule: rules[i].ID, Event: e.ID, Tries: job.Tries})
			}
		}
		return err
	})
	return list, err
}

// data writes a task for a job: rule/event/ticket/since.
func (t RuleTask) data() string {
	return fmt.Sprintf("%d/%d/%d/%d", t.Rule, t.Event, t.Ticket, t.Since.UnixMicro())
}

func taskOf(job desk.Job) RuleTask {
	parts := append(strings.Split(job.Data, "/"), "", "", "")
	since := time.UnixMicro(parseID[int64](parts[3])).UTC()
	return RuleTask{Rule: parseID[desk.RuleID](parts[0]), Event: parseID[desk.EventID](parts[1]),
		Ticket: parseID[desk.TicketID](parts[2]), Since: since, Tries: job.Tries, Again: true}
}

func waitsFor(r *desk.Rule, on []desk.Trigger) bool {
	return slices.ContainsFunc(r.On, func(t desk.Trigger) bool { return slices.Contains(on, t) })
}

// A RuleTask is what a rule has to look at: an event, or with Ticket and Since a
// ticket for which its time has come.
type RuleTask struct {
	Rule   desk.RuleID
	Event  desk.EventID
	Ticket desk.TicketID
	Since  time.Time
	Tries  int
	// Again: somebody wants it, whatever led to it.
	Again bool
	daily bool // of a daily rule, which remembers how far it has looked
}

// RunRule has a rule look at what happened and do what it says, each time for
// one and the same only once, in one transaction. A fault parks the rule, or the
// run where it is the ticket that stands against it; then the error is nil, and
// everything else goes on. An error means that it is to be tried again. Only the
// system does it.
func (s *Service) RunRule(ctx context.Context, by desk.Actor, task RuleTask) error {
	m, err := s.matched(ctx, by, task)
	if err != nil || m == nil {
		return s.ruleFailed(ctx, by, task, cmp.Or(err, s.passed(ctx, by, task)))
	}
	err = s.do(ctx, m.actor(), func(o *op) error { return o.runRule(ctx, m) })
	return s.ruleFailed(ctx, by, task, err)
}

// passed records that a rule by time looked at a ticket and had nothing to do,
// so that it does not look again.
func (s *Service) passed(ctx context.Context, by desk.Actor, task RuleTask) error {
	if task.Event != 0 || task.daily {
		return nil
	}
	return s.do(ctx, by, func(o *op) error {
		r, err := o.Tx.Rule(ctx, task.Rule)
		// It was deleted or parked meanwhile; a daily one remembers how far it has looked.
		if err != nil || r.Daily() || !r.Runs() {
			return nil //nolint:nilerr
		}
		_, err = o.InsertRuleRun(ctx, task.run(o, desk.RunPassed, "the condition did not hold"))
		return err
	})
}

// A match is a rule that has something to do.
type match struct {
	rule  *desk.Rule
	task  RuleTask
	event desk.Event // of a rule by time: what is to be written
	chain []desk.RuleID
}

func (m *match) actor() desk.Actor {
	return desk.ByRule(desk.Cause{Rule: m.rule.ID, Name: m.rule.Name, Chain: formatIDs(append(slices.Clone(m.chain), m.rule.ID))})
}

// A ruleFault is something that is wrong with a rule or its run, not with the
// desk. grave: the whole rule is parked.
type ruleFault struct {
	reason string
	grave  bool
}

func (f *ruleFault) Error() string { return f.reason }

// matched asks whether the rule has anything to do; nil: it has not.
func (s *Service) matched(ctx context.Context, by desk.Actor, task RuleTask) (*match, error) {
	var m *match
	err := s.view(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		r, err := o.Tx.Rule(ctx, task.Rule)
		if desk.KindOf(err) == desk.NotFound || err == nil && !r.Runs() {
			return nil
		}
		if err != nil {
			return err
		}
		e, err := o.taskEvent(ctx, task)
		if err != nil {
			return err
		}
		if m, err = o.match(ctx, r, task, e); err != nil || m == nil {
			return err
		}
		return o.checkLoops(ctx, m)
	})
	if err != nil {
		return nil, err
	}
	return m, nil
}

// taskEvent returns the event of a task; of a rule by time one that is not
// written yet.
func (o *op) taskEvent(ctx context.Context, task RuleTask) (desk.Event, error) {
	if task.Event == 0 {
		return desk.Event{Ticket: task.Ticket, Kind: desk.EventRule, Via: desk.ViaRule, At: o.s.Now(), Data: map[string]string{"for": written(task.Since)}}, nil
	}
	e, err := o.Event(ctx, task.Event)
	if err != nil {
		return desk.Event{}, err
	}
	return *e, nil
}

// match asks the rule's place and condition; nil: it has nothing to do.
func (o *op) match(ctx context.Context, r *desk.Rule, task RuleTask, e desk.Event) (*match, error) {
	n, err := o.ruleNews(ctx, e)
	if err != nil {
		return nil, err
	}
	if r.Queue != 0 && n.ticket.Queue != r.Queue || !n.ticket.Findable() {
		return nil, nil
	}
	if fits, err := o.fits(ctx, r, n); err != nil || !fits {
		return nil, err
	}
	holds, err := o.conditionHolds(ctx, r, n)
	if err != nil || !holds {
		return nil, err
	}
	m := &match{rule: r, task: task, event: e}
	if !task.Again {
		m.chain = parseIDs[desk.RuleID](e.Data["chain"])
	}
	return m, nil
}

// conditionHolds asks the rule's condition.
func (o *op) conditionHolds(ctx context.Context, r *desk.Rule, n *ruleNews) (bool, error) {
	when, err := o.s.book.condition(r)
	if err != nil {
		return false, &ruleFault{desk.Sentence(err), true}
	}
	facts, err := n.facts(o)
	if err != nil {
		return false, err
	}
	if err := n.addressFacts(ctx, o, facts, when.Asks()); err != nil {
		return false, err
	}
	holds, err := when.Holds(ctx, facts)
	if err != nil {
		return false, &ruleFault{err.Error(), true}
	}
	return holds, nil
}

// checkLoops parks a rule that goes round.
func (o *op) checkLoops(ctx context.Context, m *match) error {
	if slices.Contains(m.chain, m.rule.ID) {
		return &ruleFault{"The rule set itself going: what it did made it run again. Give it a condition that ends that.", true}
	}
	if len(m.chain) >= maxChain {
		return &ruleFault{fmt.Sprintf("%d rules set each other going, and this one would have been the next.", len(m.chain)), true}
	}
	n, err := o.RunsSince(ctx, m.rule.ID, m.event.Ticket, o.s.Now().Add(-time.Hour))
	if err == nil && n >= maxRunsHour {
		return &ruleFault{fmt.Sprintf("The rule ran %d times within an hour on one ticket, which looks like a loop.", n), true}
	}
	return err
}

// ruleFailed parks what failed for good; an error that another try may mend
// comes back.
func (s *Service) ruleFailed(ctx context.Context, by desk.Actor, task RuleTask, err error) error {
	if err == nil {
		return nil
	}
	fault := &ruleFault{desk.Sentence(err), true}
	known := (*ruleFault)(nil)
	switch {
	case errors.As(err, &known):
		fault = known
	case desk.KindOf(err) == desk.Conflict:
		fault.grave = false
	case desk.KindOf(err) == desk.Unavailable, desk.KindOf(err) == desk.Internal && task.Tries < maxRuleTries:
		return err
	case desk.KindOf(err) == desk.Internal:
		s.log.Error("a rule failed", "rule", int64(task.Rule), "error", err)
		fault.reason = "Something went wrong on our side; the log of the desk says what."
	}
	return s.ParkRule(ctx, by, task, fault.reason, fault.grave)
}

// ParkRule records that a rule failed, with the reason and the ticket, and where
// it is the rule that is wrong takes it out until somebody looks at it. Only the
// system does it.
func (s *Service) ParkRule(ctx context.Context, by desk.Actor, task RuleTask, reason string, grave bool) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		r, err := o.Tx.Rule(ctx, task.Rule)
		if desk.KindOf(err) == desk.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		run := task.run(o, desk.RunParked, oneLine(reason))
		if task.Event != 0 {
			e, err := o.Event(ctx, task.Event)
			if err != nil {
				return err
			}
			run.Ticket = e.Ticket
		}
		fresh, err := o.beginRun(ctx, run)
		if err != nil {
			return err
		}
		if fresh {
			if err := o.UpdateRuleRun(ctx, run); err != nil {
				return err
			}
		}
		if !grave || r.Parked.Reason != "" {
			return nil
		}
		r.Parked = desk.Parked{Reason: oneLine(reason), Ticket: run.Ticket, At: o.s.Now()}
		if err := o.UpdateRule(ctx, r); err != nil {
			return err
		}
		return o.audit(ctx, change{"rule.park", "rule:" + r.Name, "", r.Parked.Reason})
	})
}

// run is the record of a task.
func (t RuleTask) run(o *op, state desk.RunState, what string) *desk.RuleRun {
	run := &desk.RuleRun{Rule: t.Rule, Ticket: t.Ticket, Event: t.Event, At: o.s.Now(), State: state, What: what, Tries: 1}
	if t.Event == 0 {
		run.Moment = t.Since.UnixMicro()
	}
	return run
}

// runRule does what the rule says and records it. Nothing is done where it ran
// for the same already.
func (o *op) runRule(ctx context.Context, m *match) error {
	t, err := o.lockCurrent(ctx, m.event.Ticket)
	if err != nil {
		return err
	}
	run := m.task.run(o, desk.RunDone, "")
	run.Ticket = t.ID
	if fresh, err := o.beginRun(ctx, run); err != nil || !fresh {
		return err
	}
	if m.task.Event == 0 {
		m.event.Data["what"] = string(m.rule.On[0])
		if err := o.recordEvent(ctx, &m.event); err != nil {
			return err
		}
	}
	did, err := o.act(ctx, m, t, run.ID)
	if err != nil {
		return err
	}
	run.What = strings.Join(did, "; ")
	if run.What == "" {
		run.What = "nothing to change"
	}
	return o.UpdateRuleRun(ctx, run)
}

// beginRun records that a rule runs, and reports false where it ran for the same
// already. A run that is to be made again is taken up.
func (o *op) beginRun(ctx context.Context, run *desk.RuleRun) (bool, error) {
	fresh, err := o.InsertRuleRun(ctx, run)
	if err != nil || fresh {
		return fresh, err
	}
	earlier, _, err := o.Tx.RuleRuns(ctx, RunFilter{Rules: []desk.RuleID{run.Rule}, Ticket: run.Ticket, Event: run.Event, State: desk.RunAgain, Limit: 100})
	for _, e := range earlier {
		if e.Moment == run.Moment && e.Event == run.Event {
			run.ID, run.Tries = e.ID, e.Tries+1
			return true, err
		}
	}
	return false, err
}

// EndJob takes away a job that is done; doing it again changes nothing. Only
// the system does it.
func (s *Service) EndJob(ctx context.Context, by desk.Actor, id desk.JobID) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		if err := o.DeleteJob(ctx, id); desk.KindOf(err) != desk.NotFound {
			return err
		}
		return nil
	})
}
