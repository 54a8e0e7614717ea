package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"gatehouse/service"
)

func (h *handler) ruleRoutes() []route {
	const sees, changes = "ShowScrips on the rule's queue or the desk", "ModifyScrips on the rule's queue or the desk, and what its actions ask"
	made := shows(h, what{"createRule", "POST /rules", changes, "Make a rule"}, h.createRule)
	made.status = http.StatusCreated
	return []route{
		shows(h, what{"listRules", "GET /rules", sees, "The rules in the order in which they have their turn"}, h.listRules),
		shows(h, what{"rule", "GET /rules/{id}", sees, "A rule, with why it is parked if it is"}, h.rule),
		made,
		shows(h, what{"changeRule", "PATCH /rules/{id}", changes, "Change a rule, its place among the others, or whether it runs"}, h.changeRule),
		does(h, what{"removeRule", "DELETE /rules/{id}", "ModifyScrips on the rule's queue or the desk", "Delete a rule with the record of its runs"}, h.removeRule),
		shows(h, what{"tryRule", "POST /rules/{id}/try", changes, "What a rule would do on a ticket, or would have done in the last days; nothing is changed"}, h.tryRule),
		shows(h, what{"tryNewRule", "POST /rule-try", changes, "The same of a rule that is not kept"}, h.tryNewRule),
		shows(h, what{"listRuleRuns", "GET /rule-runs", sees + "; ShowTicket", "What rules did, newest first"}, h.listRuleRuns),
		does(h, what{"runAgain", "POST /rule-runs/{id}/again", changes, "Make a run that failed again"}, h.runAgain),
		shows(h, what{"ruleWords", "GET /rule-words", sees, "What conditions can ask and texts can put in"}, h.ruleWords),
	}
}

// A RuleText is a rule as it is written: queues, roles, people and groups by
// name. What is left out of a change stays.
type RuleText struct {
	Name           *string   `json:"name,omitempty" maxLength:"200"`
	Queue          *string   `json:"queue,omitempty" doc:"Where it looks; empty: at every queue."`
	Stage          *string   `json:"stage,omitempty" doc:"first, normal or last."`
	Place          *int      `json:"place,omitempty" doc:"Among the rules of its stage, the lowest first."`
	On             *[]string `json:"on,omitempty" doc:"What must happen: created, reply, status and so on; or one by time: waiting, asked, unanswered, untouched, aged, in-status, due, daily."`
	Hours          *int      `json:"hours,omitempty" doc:"Of what comes with time."`
	InStatus       *string   `json:"in_status,omitempty" doc:"Of in-status: the status."`
	At             *string   `json:"at,omitempty" doc:"Of daily: the time of day, as 08:30."`
	Calendar       *string   `json:"calendar,omitempty" doc:"Of daily: whose zone and days count; empty: the desk's zone, Monday to Friday."`
	Workdays       *bool     `json:"workdays,omitempty" doc:"Of daily: on days of work only."`
	Field          *string   `json:"field,omitempty" doc:"A custom field whose change the rule waits for, by its name or as CF.{Name}; on is field then."`
	From           *string   `json:"from,omitempty" doc:"Its value before; empty: any; -: none."`
	To             *string   `json:"to,omitempty" doc:"Its value after; empty: any; -: none."`
	If             *string   `json:"if,omitempty" doc:"A condition in CEL; empty: always."`
	Enabled        *bool     `json:"enabled,omitempty" doc:"Setting one going that is parked forgets why."`
	Status         *string   `json:"status,omitempty"`
	Owner          *string   `json:"owner,omitempty" doc:"A login, or nobody."`
	Priority       *string   `json:"priority,omitempty" doc:"A number, or one to add: +10."`
	Move           *string   `json:"move,omitempty" doc:"A queue."`
	Due            *string   `json:"due,omitempty" doc:"In so many hours."`
	Watch          *[]string `json:"watch,omitempty" doc:"Role and who: Cc group:Managers."`
	Unwatch        *[]string `json:"unwatch,omitempty"`
	Comment        *string   `json:"comment,omitempty" doc:"With fields such as {{ticket.subject}}."`
	Approvers      *[]string `json:"approvers,omitempty" doc:"Ask user:LOGIN and group:NAME for their approval."`
	ApprovalReason *string   `json:"approval_reason,omitempty" doc:"What they are to approve of, with fields."`
	OpenIn         *string   `json:"open_in,omitempty" doc:"Open a ticket in this queue."`
	OpenLink       *string   `json:"open_link,omitempty"`
	OpenSubject    *string   `json:"open_subject,omitempty"`
	OpenText       *string   `json:"open_text,omitempty"`
	Notify         *[]string `json:"notify,omitempty" doc:"Roles by name, user:LOGIN, group:NAME, customer:KEY."`
	Letter         *string   `json:"letter,omitempty" doc:"That they get; empty: the usual one."`
	Push           *bool     `json:"push,omitempty" doc:"Show those who are told a message on their devices too."`
	Webhook        *string   `json:"webhook,omitempty"`
	NewSecret      *bool     `json:"new_secret,omitempty" writeOnly:"true" doc:"Sign what the webhook gets with a new secret from now on."`
}

// apply writes what was sent over a rule.
func (t *RuleText) apply(w *service.WrittenRule) {
	for _, text := range []struct{ to, sent *string }{
		{&w.Name, t.Name}, {&w.Queue, t.Queue}, {&w.Stage, t.Stage}, {&w.InStatus, t.InStatus}, {&w.At, t.At}, {&w.Calendar, t.Calendar}, {&w.Field, t.Field}, {&w.From, t.From}, {&w.To, t.To}, {&w.ApprovalReason, t.ApprovalReason}, {&w.If, t.If}, {&w.Status, t.Status}, {&w.Owner, t.Owner}, {&w.Priority, t.Priority},
		{&w.Move, t.Move}, {&w.Due, t.Due}, {&w.Comment, t.Comment}, {&w.OpenIn, t.OpenIn}, {&w.OpenLink, t.OpenLink}, {&w.OpenSubject, t.OpenSubject},
		{&w.OpenText, t.OpenText}, {&w.Letter, t.Letter}, {&w.Webhook, t.Webhook},
	} {
		set(text.to, text.sent)
	}
	for _, list := range []struct{ to, sent *[]string }{{&w.On, t.On}, {&w.Watch, t.Watch}, {&w.Unwatch, t.Unwatch}, {&w.Notify, t.Notify}, {&w.Approvers, t.Approvers}} {
		set(list.to, list.sent)
	}
	set(&w.Place, t.Place)
	set(&w.Hours, t.Hours)
	set(&w.Enabled, t.Enabled)
	set(&w.Workdays, t.Workdays)
	set(&w.Push, t.Push)
	set(&w.NewSecret, t.NewSecret)
}

// ruleText writes a rule with what it says only.
func ruleText(w *service.WrittenRule, timed bool) RuleText {
	text := func(s string) *string {
		if s == "" {
			return nil
		}
		return &s
	}
	list := func(l []string) *[]string {
		if len(l) == 0 {
			return nil
		}
		return &l
	}
	t := RuleText{Name: &w.Name, Queue: text(w.Queue), Stage: &w.Stage, Place: &w.Place, On: list(w.On), InStatus: text(w.InStatus), At: text(w.At), Calendar: text(w.Calendar), Field: text(w.Field), From: text(w.From), To: text(w.To),
		Approvers: list(w.Approvers), ApprovalReason: text(w.ApprovalReason), If: text(w.If), Enabled: &w.Enabled, Status: text(w.Status),
		Owner: text(w.Owner), Priority: text(w.Priority), Move: text(w.Move), Due: text(w.Due), Watch: list(w.Watch), Unwatch: list(w.Unwatch), Comment: text(w.Comment),
		OpenIn: text(w.OpenIn), OpenLink: text(w.OpenLink), OpenSubject: text(w.OpenSubject), OpenText: text(w.OpenText), Notify: list(w.Notify), Letter: text(w.Letter), Webhook: text(w.Webhook)}
	if w.Workdays {
		t.Workdays = &w.Workdays
	}
	if w.Push {
		t.Push = &w.Push
	}
	if timed {
		t.Hours = &w.Hours
	}
	return t
}

// A Rule does something by itself when something happens to a ticket.
type Rule struct {
	ID int64 `json:"id"`
	RuleText
	Does    []string    `json:"does" nullable:"false" doc:"In words."`
	Signed  bool        `json:"signed,omitempty" doc:"What its webhook gets is signed; the secret is never told again."`
	Parked  *RuleParked `json:"parked,omitempty" doc:"It broke, and is out until somebody saves it or sets it going."`
	Waiting int         `json:"waiting,omitempty" doc:"Runs that failed and wait, up to a hundred."`
	Version int64       `json:"version"`
	May     bool        `json:"may_change"`
}

// A RuleParked says why a rule is out.
type RuleParked struct {
	Reason string     `json:"reason"`
	Ticket int64      `json:"ticket,omitempty"`
	At     *time.Time `json:"at,omitempty"`
}

func rule(l *service.RuleLine) Rule {
	wire := Rule{ID: int64(l.ID), RuleText: ruleText(&l.Written, l.Timed()), Does: l.Written.Does(), Signed: l.Written.Webhook != "", Waiting: l.Waiting, Version: l.Version, May: l.MayChange}
	if wire.Does == nil {
		wire.Does = []string{}
	}
	if p := l.Parked; p.Reason != "" {
		wire.Parked = &RuleParked{p.Reason, int64(p.Ticket), moment(p.At)}
	}
	return wire
}

func (h *handler) listRules(ctx context.Context, by caller, _ *Nothing) (Page[Rule], error) {
	list, err := h.desk.Rules(ctx, by.Actor)
	return pageOf(list, func(l service.RuleLine) Rule { return rule(&l) }), err
}

func (h *handler) rule(ctx context.Context, by caller, in *Numbered) (Rule, error) {
	l, err := h.desk.Rule(ctx, by.Actor, strconv.FormatInt(in.ID, 10))
	if err != nil {
		return Rule{}, err
	}
	return rule(l), nil
}

// A RuleSaved is a rule that was made or changed.
type RuleSaved struct {
	ID     int64  `json:"id"`
	Secret string `json:"secret,omitempty" doc:"By which what the webhook gets is signed; told once."`
}

func (h *handler) createRule(ctx context.Context, by caller, in *struct{ Body RuleText }) (RuleSaved, error) {
	w := service.WrittenRule{Enabled: true}
	in.Body.apply(&w)
	return h.saveRule(ctx, by, w)
}

func (h *handler) saveRule(ctx context.Context, by caller, w service.WrittenRule) (RuleSaved, error) {
	id, secret, err := h.desk.SaveRuleTold(ctx, by.Actor, w)
	return RuleSaved{int64(id), secret}, err
}

type changeRuleInput struct {
	Numbered
	Body struct {
		RuleText
		Version int64 `json:"version,omitempty" doc:"As you saw it; if somebody was faster nothing is changed."`
	}
}

// changeRule switches a rule where nothing else is asked, so that whoever stops
// one need not hold what its actions ask.
func (h *handler) changeRule(ctx context.Context, by caller, in *changeRuleInput) (RuleSaved, error) {
	l, err := h.desk.Rule(ctx, by.Actor, strconv.FormatInt(in.ID, 10))
	if err != nil {
		return RuleSaved{}, err
	}
	if (in.Body.RuleText == RuleText{Enabled: in.Body.Enabled}) && in.Body.Enabled != nil && in.Body.Version == 0 {
		return RuleSaved{ID: in.ID}, h.desk.SwitchRule(ctx, by.Actor, number(l.ID), *in.Body.Enabled)
	}
	w := l.Written
	in.Body.apply(&w)
	w.Version = l.Version
	if in.Body.Version != 0 {
		w.Version = in.Body.Version
	}
	return h.saveRule(ctx, by, w)
}

func (h *handler) removeRule(ctx context.Context, by caller, in *Numbered) error {
	return h.desk.DeleteRule(ctx, by.Actor, strconv.FormatInt(in.ID, 10))
}
