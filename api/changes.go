package api

import (
	"context"
	"time"

	"gatehouse/ascode"
	"gatehouse/desk"
	"gatehouse/service"
)

const configurationRights = "ShowACL, SeeGroup, SeeQueue, AdminUsers and ShowConfigTab on the whole desk, SeeCustomer for customers"

func (h *handler) changeRoutes() []route {
	return []route{
		shows(h, what{"listAudit", "GET /audit", "ShowAudit", "The audit log, newest first"}, h.listAudit),
		shows(h, what{"showAuditState", "GET /audit/state", "ShowAudit", "Whether the chain of the audit log was whole when it was last looked at"}, h.auditState),
		shows(h, what{"checkAudit", "POST /audit/check", "ShowAudit", "Look at the chain of the whole audit log, and note what was found"}, h.checkAudit),
		makes(h, what{"takeBack", "POST /changes/{id}/take-back", "those of the reverse of each of its steps", "Take a change of access back, as a change of its own, whose number it answers"}, "", h.takeBack),
		shows(h, what{"exportAccess", "GET /access/configuration", configurationRights, "The access configuration as YAML"}, h.exportAccess),
		shows(h, what{"planAccess", "POST /access/configuration/plan", configurationRights + "; and those of each step", "What a file of the access configuration would change, and who would gain and lose what"}, h.planAccess),
		shows(h, what{"applyAccess", "POST /access/configuration/apply", configurationRights + "; and those of each step", "Make the access configuration as a file says, as one change"}, h.applyAccess),
	}
}

// An AuditEntry is a line of the audit log.
type AuditEntry struct {
	ID     int64        `json:"id"`
	Change int64        `json:"change" doc:"All lines of one change have its number."`
	At     *time.Time   `json:"at"`
	By     int64        `json:"by,omitempty" doc:"The user; absent: the desk itself."`
	Actor  *Who         `json:"actor,omitempty" doc:"The same with his name."`
	Via    string       `json:"via"`
	Action string       `json:"action"`
	Object string       `json:"object"`
	Who    *Who         `json:"who,omitempty" doc:"To whom it was granted, or who became a member or watcher."`
	Before string       `json:"before,omitempty"`
	After  string       `json:"after,omitempty"`
	Differ []Difference `json:"differences" nullable:"false" doc:"What is not the same before and after, with names instead of numbers."`
	Hash   string       `json:"hash" doc:"Chains the lines, so that a changed or missing one is found."`
}

// A Difference is one thing that a line of the audit log says.
type Difference struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

func (c caller) audited(e service.Change) AuditEntry {
	line := AuditEntry{ID: e.ID, Change: e.Change, At: moment(e.At), By: int64(e.By), Via: string(e.Via), Action: e.Action, Object: e.AuditEntry.Object,
		Before: e.Before, After: e.After, Hash: e.Hash}
	names := map[desk.PrincipalID]service.Name{e.ByName.ID: e.ByName, e.Who.ID: e.Who}
	line.Actor, line.Who = c.whoOf(names, desk.PrincipalID(e.By)), c.whoOf(names, e.Who.ID)
	line.Differ = pageOf(e.Differ, func(d service.Difference) Difference { return Difference(d) }).Items
	return line
}

type listAuditInput struct {
	Paging
	Object string    `query:"object" maxLength:"300" doc:"As it is written: group:Support."`
	Action string    `query:"action" maxLength:"100" doc:"As grant.add."`
	Kind   string    `query:"kind" maxLength:"30" doc:"What stands before the dot of the action, as grant."`
	About  string    `query:"about" maxLength:"300" doc:"All that was done to user:bob, group:a, customer:acme or queue:support under each name that it had, what was granted to it, and where it was let in."`
	By     int64     `query:"by" minimum:"1" doc:"What this user did."`
	Actor  string    `query:"actor" maxLength:"300" doc:"What the user of this login did; system for the desk itself."`
	Via    string    `query:"via" enum:"web,api,cli,mail,job" doc:"By this way in."`
	Words  string    `query:"words" maxLength:"300" doc:"In the object, or in what was before or after."`
	Change int64     `query:"change" minimum:"1"`
	Since  time.Time `query:"since"`
	Until  time.Time `query:"until" doc:"Before this moment."`
}

func (h *handler) listAudit(ctx context.Context, by caller, in *listAuditInput) (Page[AuditEntry], error) {
	before, err := idAfter[int64]("audit", in.After)
	if err != nil {
		return Page[AuditEntry]{}, err
	}
	list, more, err := h.desk.FindChanges(ctx, by.Actor, service.AuditQuestion{Actor: in.Actor, Subject: in.About, AuditFilter: service.AuditFilter{
		Object: in.Object, Action: in.Action, Kind: in.Kind, By: desk.UserID(in.By), Via: desk.Way(in.Via), Words: in.Words, Change: in.Change,
		Since: in.Since, Until: in.Until, Before: before, Limit: in.Limit,
	}})
	page := pageOf(list, by.audited)
	if more {
		page.Next = link(by.url, "after", idCursor("audit", list[len(list)-1].ID))
	}
	return page, err
}

// An AuditState says how the chain of the audit log was found.
type AuditState struct {
	Last      int64      `json:"last" doc:"The newest line."`
	Checked   *time.Time `json:"checked" nullable:"true" doc:"When it was last looked at; null: never."`
	Bad       int64      `json:"bad,omitempty" doc:"The first line that was changed or missing then."`
	Right     *time.Time `json:"whole" nullable:"true" doc:"When it was last whole; null: never."`
	RightLine int64      `json:"whole_to,omitempty" doc:"Up to which line it was whole then."`
}

func auditState(st desk.AuditState, err error) (AuditState, error) {
	return AuditState{st.Last, moment(st.Checked), st.Bad, moment(st.Right), st.RightLine}, err
}

func (h *handler) auditState(ctx context.Context, by caller, _ *struct{}) (AuditState, error) {
	return auditState(h.desk.AuditState(ctx, by.Actor))
}

func (h *handler) checkAudit(ctx context.Context, by caller, _ *struct{}) (AuditState, error) {
	return auditState(h.desk.CheckAudit(ctx, by.Actor))
}

// A changeID numbers a change.
type changeID int64

func (h *handler) takeBack(ctx context.Context, by caller, in *Numbered) (changeID, error) {
	id, err := h.desk.TakeBack(ctx, by.Actor, int64(in.ID))
	return changeID(id), err
}

// A Configuration is the access configuration as a file.
type Configuration struct {
	YAML    string `json:"yaml"`
	Version int64  `json:"version" doc:"The access version that it is of."`
}

type exportAccessInput struct {
	Customers bool `query:"customers" doc:"The members of customers too."`
}

func (h *handler) exportAccess(ctx context.Context, by caller, in *exportAccessInput) (Configuration, error) {
	c, err := ascode.Export(ctx, h.desk, by.Actor, in.Customers)
	if err != nil {
		return Configuration{}, err
	}
	text, err := c.YAML()
	return Configuration{string(text), c.Version}, err
}

// A ConfigurationInput is a file to be applied.
type ConfigurationInput struct {
	YAML string `json:"yaml" maxLength:"1500000"`
	Plan int64  `json:"plan,omitempty" minimum:"1" doc:"The version of the plan: refuse if access was changed since."`
}

// An AccessPlan is what a file would change.
type AccessPlan struct {
	Version int64    `json:"version"`
	Steps   []string `json:"steps" nullable:"false" doc:"+ is made, - is taken away, ~ is changed."`
	Effect  Effect   `json:"effect"`
}

func stepTexts(steps []ascode.Step) []string { return pageOf(steps, ascode.Step.String).Items }

func (h *handler) planAccess(ctx context.Context, by caller, in *struct{ Body ConfigurationInput }) (AccessPlan, error) {
	want, err := ascode.Read("yaml", []byte(in.Body.YAML))
	if err != nil {
		return AccessPlan{}, err
	}
	p, err := ascode.Plan(ctx, h.desk, by.Actor, want)
	if err != nil {
		return AccessPlan{}, err
	}
	return AccessPlan{p.Version, stepTexts(p.Steps), by.effect(p.Effect)}, nil
}

// An AppliedAccess is what applying a file has done.
type AppliedAccess struct {
	Change int64    `json:"change" doc:"By which it can be taken back; 0: nothing was to be done."`
	Steps  []string `json:"steps" nullable:"false"`
}

func (h *handler) applyAccess(ctx context.Context, by caller, in *struct{ Body ConfigurationInput }) (AppliedAccess, error) {
	want, err := ascode.Read("yaml", []byte(in.Body.YAML))
	if err != nil {
		return AppliedAccess{}, err
	}
	steps, change, err := ascode.Apply(ctx, h.desk, by.Actor, want, in.Body.Plan)
	return AppliedAccess{change, stepTexts(steps)}, err
}
