package api

import (
	"context"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) accessRoutes() []route {
	return []route{
		shows(h, what{"check", "GET /access/check", "none about yourself; ShowACL there, or on a ticket ShowTicket, about others", "May somebody do something?"}, h.check),
		shows(h, what{"explain", "GET /access/explain", "as check; for an earlier moment ShowAudit too", "Why, or what comes nearest, now or at an earlier moment"}, h.explain),
		shows(h, what{"whoCan", "GET /access/who", "as check about others; for an earlier moment ShowAudit too", "Everybody who may do something, with reasons, now or at an earlier moment"}, h.whoCan),
		shows(h, what{"listRights", "GET /access/rights", "none", "All rights with their meaning"}, h.listRights),
		shows(h, what{"find", "GET /find", "none; agents only", "The number of user:bob, group:a, customer:acme, system:Everyone or an address"}, h.find),
		shows(h, what{"suggest", "GET /suggest", "none; what you may know of", "Users, groups and customers that a text could mean"}, h.suggest),
	}
}

// A Question is what the questions of access take.
type Question struct {
	Right  string `query:"right" required:"true" maxLength:"100" doc:"A right's name."`
	Object string `query:"object" required:"true" maxLength:"300" doc:"system, group:NAME, customer:KEY, queue:NAME, field:NAME or ticket:ID."`
}

type aboutUserInput struct {
	Question
	User string `query:"user" maxLength:"300" doc:"Login or address; else yourself."`
}

type explainInput struct {
	Question
	User string    `query:"user" maxLength:"300" doc:"Login or address; else yourself."`
	At   time.Time `query:"at" doc:"As it was at this moment (needs ShowAudit); else now."`
}

func (in aboutUserInput) login(by caller) string {
	if in.User == "" {
		return by.user.Login
	}
	return in.User
}

// A Verdict is a yes or no.
type Verdict struct {
	Yes bool `json:"yes"`
}

func (h *handler) check(ctx context.Context, by caller, in *aboutUserInput) (Verdict, error) {
	yes, err := h.desk.Check(ctx, by.Actor, in.login(by), in.Right, in.Object)
	return Verdict{yes}, err
}

// An Explanation is a yes or no with its reasons.
type Explanation struct {
	Yes    bool     `json:"yes"`
	User   Who      `json:"user"`
	Right  string   `json:"right"`
	Object string   `json:"object"`
	Words  []string `json:"words" nullable:"false" doc:"The answer, then why it is so or what comes nearest."`
	Grant  int64    `json:"grant,omitempty" doc:"The grant that gives it or comes nearest."`

	Turned *AuditEntry `json:"turned,omitempty" doc:"Of an earlier moment: the line of the audit log that made the answer another one."`
	ByDay  bool        `json:"turned_by_day,omitempty" doc:"Of an earlier moment: the answer is another one now because a first or last day has passed."`
}

func (c caller) explanation(a service.Answer) Explanation {
	return Explanation{Yes: a.Yes, User: c.who(a.User), Right: a.Right.String(), Object: a.Object, Words: a.Words(), Grant: int64(a.Proof.Grant.ID)}
}

func (h *handler) explain(ctx context.Context, by caller, in *explainInput) (Explanation, error) {
	login := aboutUserInput{in.Question, in.User}.login(by)
	if in.At.IsZero() {
		a, err := h.desk.Explain(ctx, by.Actor, login, in.Right, in.Object)
		if err != nil {
			return Explanation{}, err
		}
		return by.explanation(*a), nil
	}
	q := service.Question{User: login, Right: in.Right, Object: in.Object}
	a, err := h.desk.ExplainAt(ctx, by.Actor, q, in.At)
	if err != nil {
		return Explanation{}, err
	}
	out := by.explanation(*a)
	turn, err := h.desk.Turned(ctx, by.Actor, q, in.At)
	if turn != nil {
		out.ByDay = turn.Day
		if turn.Made != nil {
			line := by.audited(*turn.Made)
			out.Turned = &line
		}
	}
	return out, err
}

type whoCanInput struct {
	Question
	Superusers bool      `query:"superusers" doc:"Superusers too, who may everything."`
	At         time.Time `query:"at" doc:"As it was at this moment (needs ShowAudit); else now."`
}

func (h *handler) whoCan(ctx context.Context, by caller, in *whoCanInput) (Page[Explanation], error) {
	if !in.At.IsZero() {
		list, err := h.desk.WhoCanAt(ctx, by.Actor, service.Question{Right: in.Right, Object: in.Object}, in.Superusers, in.At)
		return pageOf(list, by.explanation), err
	}
	list, err := h.desk.WhoCan(ctx, by.Actor, in.Right, in.Object, in.Superusers)
	return pageOf(list, by.explanation), err
}

// A Right is one thing that one may be allowed to do.
type Right struct {
	Name    string   `json:"name"`
	On      []string `json:"on" nullable:"false" doc:"Where it can be granted."`
	Meaning string   `json:"meaning"`
}

// placeKinds are the places where rights are granted, by their words.
var placeKinds = []struct {
	kind desk.PlaceKind
	word string
}{
	{desk.SystemPlace, "system"}, {desk.GroupPlace, "group"}, {desk.QueuePlace, "queue"},
	{desk.CustomerPlace, "customer"}, {desk.FieldPlace, "field"},
}

func (h *handler) listRights(context.Context, caller, *Nothing) (Page[Right], error) {
	return pageOf(desk.AllRights(), func(info desk.RightInfo) Right {
		r := Right{Name: info.Name, Meaning: info.Meaning}
		for _, p := range placeKinds {
			if info.Right.GrantableOn(p.kind) {
				r.On = append(r.On, p.word)
			}
		}
		return r
	}), nil
}

type findInput struct {
	Ref string `query:"ref" required:"true" maxLength:"300"`
}

// A Found is the number of somebody.
type Found struct {
	ID int64 `json:"id"`
}

func (h *handler) find(ctx context.Context, by caller, in *findInput) (Found, error) {
	id, err := h.desk.Find(ctx, by.Actor, in.Ref)
	return Found{int64(id)}, err
}

type suggestInput struct {
	Text string `query:"text" required:"true" maxLength:"200"`
}

func (h *handler) suggest(ctx context.Context, by caller, in *suggestInput) (Page[Who], error) {
	names, err := h.desk.Suggest(ctx, by.Actor, in.Text)
	return pageOf(names, by.who), err
}
