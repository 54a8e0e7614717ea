package api

import (
	"context"
	"strconv"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// RuleTry says on what a rule is tried.
type RuleTry struct {
	Ticket int64 `json:"ticket,omitempty" minimum:"1" doc:"On what happened to this ticket."`
	Days   int   `json:"days,omitempty" minimum:"1" maximum:"366" doc:"On what happened in so many days; 7 where nothing is said."`
}

// A DryRun is what a rule would have done.
type DryRun struct {
	Looked int     `json:"looked" doc:"At how many events or tickets."`
	Would  int     `json:"would" doc:"How often it would have done something."`
	Failed int     `json:"failed"`
	More   bool    `json:"more,omitempty" doc:"There is more than is here."`
	Part   bool    `json:"part,omitempty" doc:"There was too much to look at all of it."`
	Trials []Trial `json:"trials" nullable:"false"`
}

// A Trial is what a rule would do about one event, or on a ticket now.
type Trial struct {
	Ticket  int64      `json:"ticket"`
	Subject string     `json:"subject"`
	Event   string     `json:"event,omitempty"`
	At      *time.Time `json:"at,omitempty"`
	Holds   bool       `json:"holds"`
	Does    []string   `json:"does,omitempty"`
	Tells   []Who      `json:"tells,omitempty"`
	Fault   string     `json:"fault,omitempty"`
}

type tryRuleInput struct {
	Numbered
	Body RuleTry
}

func (h *handler) tryRule(ctx context.Context, by caller, in *tryRuleInput) (DryRun, error) {
	l, err := h.desk.Rule(ctx, by.Actor, strconv.FormatInt(in.ID, 10))
	if err != nil {
		return DryRun{}, err
	}
	return h.dryRun(ctx, by, l.Written, in.Body)
}

type tryNewRuleInput struct {
	Body struct {
		RuleTry
		Rule RuleText `json:"rule"`
	}
}

func (h *handler) tryNewRule(ctx context.Context, by caller, in *tryNewRuleInput) (DryRun, error) {
	w := service.WrittenRule{Enabled: true}
	in.Body.Rule.apply(&w)
	return h.dryRun(ctx, by, w, in.Body.RuleTry)
}

func (h *handler) dryRun(ctx context.Context, by caller, w service.WrittenRule, on RuleTry) (DryRun, error) {
	var d *service.DryRun
	var err error
	if on.Ticket != 0 {
		d, err = h.desk.TryRule(ctx, by.Actor, w, desk.TicketID(on.Ticket))
	} else {
		days := on.Days
		if days == 0 {
			days = 7
		}
		d, err = h.desk.DryRunRule(ctx, by.Actor, w, h.desk.Now().AddDate(0, 0, -days))
	}
	if err != nil {
		return DryRun{}, err
	}
	wire := DryRun{Looked: d.Looked, Would: d.Would, Failed: d.Failed, More: d.More, Part: d.Stopped, Trials: []Trial{}}
	for _, t := range d.Trials {
		wire.Trials = append(wire.Trials, Trial{int64(t.Ticket), t.Subject, string(t.Event.Kind), moment(t.Event.At), t.Holds, t.Does, by.whos(t.Tells), t.Fault})
	}
	return wire, nil
}

// A RuleRun is one time that a rule was to do something.
type RuleRun struct {
	ID      int64      `json:"id"`
	Rule    Thing      `json:"rule"`
	Ticket  int64      `json:"ticket"`
	Subject string     `json:"subject"`
	State   string     `json:"state" enum:"done,parked,again,passed"`
	At      *time.Time `json:"at"`
	What    string     `json:"what" doc:"What was done, or why it failed."`
	Tries   int        `json:"tries,omitempty"`
	May     bool       `json:"may_again,omitempty" doc:"You may have it made again."`
}

type ruleRunsInput struct {
	Rule   int64  `query:"rule" minimum:"0"`
	Ticket int64  `query:"ticket" minimum:"0"`
	State  string `query:"state" enum:"done,parked,again,passed,"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (h *handler) listRuleRuns(ctx context.Context, by caller, in *ruleRunsInput) (Page[RuleRun], error) {
	f := service.RunFilter{Ticket: desk.TicketID(in.Ticket), State: desk.RunState(in.State), Limit: in.Limit}
	if in.Rule != 0 {
		f.Rules = []desk.RuleID{desk.RuleID(in.Rule)}
	}
	list, _, err := h.desk.RuleRuns(ctx, by.Actor, f)
	return pageOf(list, func(r service.RunLine) RuleRun {
		return RuleRun{int64(r.ID), Thing{int64(r.Rule), r.RuleName}, int64(r.Ticket), r.Subject, string(r.State), moment(r.At), r.What, r.Tries, r.MayAgain}
	}), err
}

func (h *handler) runAgain(ctx context.Context, by caller, in *Numbered) error {
	return h.desk.RunAgain(ctx, by.Actor, desk.RunID(in.ID))
}

// RuleWords are the words of which rules are made.
type RuleWords struct {
	On         []string   `json:"on" nullable:"false"`
	Conditions []RuleWord `json:"conditions" nullable:"false"`
	Fields     []RuleWord `json:"fields" nullable:"false" doc:"Of texts, as {{NAME}}."`
	Filters    []RuleWord `json:"filters" nullable:"false" doc:"Of fields, as {{NAME | FILTER}}."`
	Roles      []string   `json:"roles" nullable:"false"`
	Statuses   []string   `json:"statuses" nullable:"false"`
	Calendars  []string   `json:"calendars" nullable:"false" doc:"By whose zone and days of work a rule can go by the clock."`
	Custom     []string   `json:"custom_fields" nullable:"false" doc:"Of tickets, as far as you may know of them: a rule can wait for a change of one."`
	Queues     []string   `json:"queues" nullable:"false" doc:"Where you may make rules."`
	Everywhere bool       `json:"everywhere" doc:"You may make rules for every queue."`
}

// A RuleWord is a name with what it means.
type RuleWord struct {
	Name string `json:"name"`
	Type string `json:"type,omitempty"`
	Help string `json:"help"`
}

func (h *handler) ruleWords(ctx context.Context, by caller, _ *Nothing) (RuleWords, error) {
	w, err := h.desk.RuleWords(ctx, by.Actor)
	if err != nil {
		return RuleWords{}, err
	}
	list := func(l []string) []string { return append([]string{}, l...) }
	wire := RuleWords{On: []string{}, Conditions: []RuleWord{}, Fields: []RuleWord{}, Filters: []RuleWord{}, Roles: list(w.Roles), Statuses: list(w.Statuses), Calendars: list(w.Calendars), Custom: list(w.Custom), Queues: list(w.Queues), Everywhere: w.Everywhere}
	for _, t := range w.Triggers {
		wire.On = append(wire.On, string(t))
	}
	for _, n := range w.Names {
		wire.Conditions = append(wire.Conditions, RuleWord{n.Name, n.Type, n.Help})
	}
	for _, f := range w.Fields {
		wire.Fields = append(wire.Fields, RuleWord{f.Name, "", f.Help})
	}
	for _, f := range w.Filters {
		wire.Filters = append(wire.Filters, RuleWord{f.Name, "", f.Help})
	}
	return wire, nil
}
