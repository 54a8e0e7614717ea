package service

import (
	"context"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/desk/condition"
	"gatehouse/desk/template"
)

// A WrittenRule is a rule as people write it: queues, roles, people and groups
// by name.
type WrittenRule struct {
	ID      desk.RuleID // zero: a new one
	Version int64       // that the writer had before him; zero: whatever
	Name    string
	Queue   string // empty: every queue
	Stage   string // empty: normal
	Place   int
	On      []string
	Hours   int
	// Of what comes with time: the status of in-status; of daily the time of day as
	// 08:30, the calendar whose zone and days count, and whether only days of work.
	InStatus, At, Calendar string
	Workdays               bool
	// A change of a custom field, by its name or as CF.{Name}: from a value and to
	// one. Empty: any; "-": none.
	Field, From, To string
	If              string
	Enabled         bool

	Status, Owner, Priority, Move string // Owner: a login, or nobody
	Due                           string // in how many hours
	Watch, Unwatch                []string
	Comment                       string
	Approvers                     []string // user:bob, group:a
	ApprovalReason                string
	OpenIn, OpenLink              string
	OpenSubject, OpenText         string
	Notify                        []string // roles by name, user:bob, group:a, customer:acme
	Letter                        string   // a template; empty: the usual letter
	Push                          bool     // devices of those who are told show a message as well
	Webhook                       string
	NewSecret                     bool // the webhook is signed with a new secret from now on
}

// A RuleLine is a rule as it is shown.
type RuleLine struct {
	desk.Rule
	Written WrittenRule
	Author  Name
	// MayChange: the actor may change it.
	MayChange bool
	Waiting   int // runs of it that failed and wait for somebody, up to a hundred
}

// Rules returns the rules that the actor may see, in the order in which they
// have their turn: those of queues where he holds ShowScrips, or of all.
func (s *Service) Rules(ctx context.Context, by desk.Actor) ([]RuleLine, error) {
	var list []RuleLine
	err := s.view(ctx, by, func(o *op) error {
		rules, err := o.Tx.Rules(ctx)
		if err != nil {
			return err
		}
		for i := range rules {
			if !o.can(desk.ShowScrips, rulePlace(&rules[i])) {
				continue
			}
			line, err := o.ruleLine(ctx, &rules[i])
			if err != nil {
				return err
			}
			list = append(list, *line)
		}
		return nil
	})
	return list, err
}

// Rule returns a rule (ShowScrips where it is) by its number or name.
func (s *Service) Rule(ctx context.Context, by desk.Actor, ref string) (*RuleLine, error) {
	var line *RuleLine
	err := s.view(ctx, by, func(o *op) error {
		r, err := o.ruleFor(ctx, desk.ShowScrips, ref)
		if err != nil {
			return err
		}
		line, err = o.ruleLine(ctx, r)
		return err
	})
	return line, err
}

func rulePlace(r *desk.Rule) access.Object {
	if r.Queue == 0 {
		return access.System()
	}
	return access.Queue(r.Queue)
}

// ruleFor returns a rule if the actor holds the right where it is; who may not
// see it is told that there is none.
func (o *op) ruleFor(ctx context.Context, right desk.Right, ref string) (*desk.Rule, error) {
	none := desk.Errorf(desk.NotFound, "There is no rule %s.", ref)
	r, err := o.RuleByName(ctx, ref)
	if id := parseID[desk.RuleID](ref); id > 0 {
		r, err = o.Tx.Rule(ctx, id)
	}
	if desk.KindOf(err) == desk.NotFound {
		return nil, none
	}
	if err != nil {
		return nil, err
	}
	x := rulePlace(r)
	switch {
	case o.can(right, x):
		return r, nil
	case o.can(desk.ShowScrips, x):
		return nil, o.need(right, x)
	}
	return nil, none
}

// ruleLine writes a rule out for the actor. Names that he may not know of are
// not kept from him: he administers the rule that tells them.
func (o *op) ruleLine(ctx context.Context, r *desk.Rule) (*RuleLine, error) {
	line := &RuleLine{Rule: *r, MayChange: o.can(desk.ModifyScrips, rulePlace(r))}
	var err error
	if line.Written, err = o.writtenRule(ctx, r); err != nil {
		return nil, err
	}
	line.Then.Secret = "" // told once, when it is made
	names, err := o.names(ctx, []desk.PrincipalID{desk.PrincipalID(r.Author)})
	if err != nil {
		return nil, err
	}
	if r.Author != 0 {
		line.Author = names[desk.PrincipalID(r.Author)]
	}
	runs, _, err := o.Tx.RuleRuns(ctx, RunFilter{Rules: []desk.RuleID{r.ID}, State: desk.RunParked, Limit: 100})
	line.Waiting = len(runs)
	return line, err
}

// SaveRule makes a rule or changes one (ModifyScrips where it is and was, and
// what checkTrust says). A rule that was parked is set going again. It returns
// the rule's number.
func (s *Service) SaveRule(ctx context.Context, by desk.Actor, in WrittenRule) (desk.RuleID, error) {
	id, _, err := s.SaveRuleTold(ctx, by, in)
	return id, err
}

// SaveRuleTold is SaveRule that tells the secret by which the rule's webhook is
// signed, where that was made now; nothing tells it again.
func (s *Service) SaveRuleTold(ctx context.Context, by desk.Actor, in WrittenRule) (id desk.RuleID, secret string, err error) {
	err = s.do(ctx, by, func(o *op) error {
		old, err := o.ruleToSave(ctx, in)
		if err != nil {
			return err
		}
		r, err := o.readRule(ctx, in, old)
		if err != nil {
			return err
		}
		if err := o.storeRule(ctx, r, old); err != nil {
			return err
		}
		id = r.ID
		if old == nil || old.Then.Secret != r.Then.Secret {
			secret = r.Then.Secret
		}
		return nil
	})
	return id, secret, err
}

// ruleToSave returns the rule that is to be changed, nil for a new one.
func (o *op) ruleToSave(ctx context.Context, in WrittenRule) (*desk.Rule, error) {
	if in.ID == 0 {
		return nil, nil
	}
	old, err := o.ruleFor(ctx, desk.ModifyScrips, formatID(in.ID))
	if err == nil && in.Version != 0 && in.Version != old.Version {
		return nil, desk.Errorf(desk.Conflict, "The rule %s was changed by somebody else meanwhile. Look at it again, then repeat your change.", old.Name)
	}
	return old, err
}

func (o *op) storeRule(ctx context.Context, r, old *desk.Rule) error {
	r.Author, r.Changed, r.Parked = o.by.User, o.s.Now(), desk.Parked{}
	action, before, store := "rule.add", "", o.InsertRule
	if old != nil {
		r.ID, r.Version = old.ID, old.Version
		action, store = "rule.change", o.UpdateRule
		before = describeRule(old)
	}
	if err := store(ctx, r); err != nil {
		return err
	}
	return o.audit(ctx, change{action, "rule:" + r.Name, before, describeRule(r)})
}

// describeRule says for the audit log what a rule is.
func describeRule(r *desk.Rule) string {
	var on []string
	for _, t := range r.On {
		on = append(on, string(t))
	}
	text := "queue:" + formatID(r.Queue) + " on " + strings.Join(on, ",") + describeTime(r) + " if " + oneLine(r.If) + " then " + strings.Join(describeActions(&r.Then), "; ")
	if !r.Enabled {
		text += " (off)"
	}
	return text
}

// SwitchRule sets a rule going or stops it (ModifyScrips where it is). Setting
// one going that was parked forgets why, and asks what saving it asks.
func (s *Service) SwitchRule(ctx context.Context, by desk.Actor, ref string, on bool) error {
	return s.do(ctx, by, func(o *op) error {
		r, err := o.ruleFor(ctx, desk.ModifyScrips, ref)
		if err != nil {
			return err
		}
		old := *r
		if on {
			if err := o.checkTrust(ctx, r); err != nil {
				return err
			}
			r.Parked = desk.Parked{}
			if !r.Enabled { // what came while it was off is not made up for
				r.Changed = o.s.Now()
			}
		}
		r.Enabled = on
		if err := o.UpdateRule(ctx, r); err != nil {
			return err
		}
		return o.audit(ctx, change{"rule.change", "rule:" + r.Name, describeRule(&old), describeRule(r)})
	})
}

// DeleteRule takes a rule away with the record of its runs (ModifyScrips where
// it is).
func (s *Service) DeleteRule(ctx context.Context, by desk.Actor, ref string) error {
	return s.do(ctx, by, func(o *op) error {
		r, err := o.ruleFor(ctx, desk.ModifyScrips, ref)
		if err != nil {
			return err
		}
		if err := o.Tx.DeleteRule(ctx, r.ID); err != nil {
			return err
		}
		return o.audit(ctx, change{"rule.remove", "rule:" + r.Name, describeRule(r), ""})
	})
}

// RuleWords are the words of which rules are made, for forms and their help.
type RuleWords struct {
	Triggers   []desk.Trigger
	Names      []condition.Name // of conditions
	Filters    []template.Field
	Roles      []string // whom a rule can tell
	Statuses   []string // that a rule can set somewhere
	Calendars  []string
	Fields     []template.Field // of templates
	Custom     []string         // custom fields that the actor may know of
	Queues     []string         // where the actor may make rules
	Everywhere bool             // he may make rules for every queue
}

// RuleWords returns the words of which the actor can make rules; none to who
// may see no rule.
func (s *Service) RuleWords(ctx context.Context, by desk.Actor) (*RuleWords, error) {
	w := &RuleWords{}
	err := s.view(ctx, by, func(o *op) error {
		queues, err := o.Tx.Queues(ctx)
		if err != nil {
			return err
		}
		sees := o.can(desk.ShowScrips, access.System())
		for _, q := range queues {
			sees = sees || o.can(desk.ShowScrips, access.Queue(q.ID))
			if o.can(desk.ModifyScrips, access.Queue(q.ID)) {
				w.Queues = append(w.Queues, q.Name)
			}
		}
		if !sees {
			w.Queues = nil
			return nil
		}
		w.Everywhere = o.can(desk.ModifyScrips, access.System())
		if w.Statuses, err = o.settable(ctx); err != nil {
			return err
		}
		calendars, err := o.calendarsFor(ctx, 0)
		if err != nil {
			return err
		}
		for _, c := range calendars {
			w.Calendars = append(w.Calendars, c.Name)
		}
		if w.Custom, err = o.fieldsForRules(ctx); err != nil {
			return err
		}
		w.Triggers, w.Names, w.Fields, w.Filters = desk.Triggers(), condition.Names(), template.Fields(), template.Filters()
		roles, err := o.Tx.Roles(ctx)
		for _, r := range roles {
			if !r.Disabled {
				w.Roles = append(w.Roles, r.Name)
			}
		}
		return err
	})
	return w, err
}

// CheckRule reads a rule as SaveRule does and asks what it asks, and keeps
// nothing. It returns the rule as it would be written.
func (s *Service) CheckRule(ctx context.Context, by desk.Actor, in WrittenRule) (*WrittenRule, error) {
	var out WrittenRule
	err := s.view(ctx, by, func(o *op) error {
		old, err := o.ruleToSave(ctx, in)
		if err != nil {
			return err
		}
		r, err := o.readRule(ctx, in, old)
		if err != nil {
			return err
		}
		out, err = o.writtenRule(ctx, r)
		return err
	})
	return &out, err
}

// roleByName returns an enabled role, nil where there is none of that name.
func (o *op) roleByName(ctx context.Context, name string) (*desk.Role, error) {
	roles, err := o.Tx.Roles(ctx)
	i := slices.IndexFunc(roles, func(r desk.Role) bool { return !r.Disabled && desk.Fold(r.Name) == desk.Fold(name) })
	if err != nil || i < 0 {
		return nil, err
	}
	return &roles[i], nil
}
