package api_test

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"gatehouse/api"
	"gatehouse/desk"
)

// decoded sends a request that succeeds and decodes what it answers.
func decoded[T any](h *house, login, request string, body any) T {
	h.t.Helper()
	var v T
	h.ok(json.Unmarshal([]byte(h.want(http.StatusOK, login, request, body)), &v))
	return v
}

// TestPreview: the same request below /preview says who would gain what and
// changes nothing; what would be refused is refused, in the same words.
func TestPreview(t *testing.T) {
	h := newHouse(t)
	grant := object{"who": h.who("otto"), "right": "ShowTicketComments", "place": object{"kind": "queue", "id": h.support}}
	e := decoded[api.Effect](h, "root", "POST /preview/grants", grant)
	if e.People != 1 || len(e.Gains) != 1 || len(e.Losses) != 0 || e.Gains[0].People[0].Ref != "user:otto" ||
		e.Gains[0].Where != "queue:support" || e.Gains[0].Tickets != 1 || strings.Join(e.Gains[0].Rights, " ") != "ShowTicketComments" {
		t.Errorf("a grant: %+v", e)
	}
	e = decoded[api.Effect](h, "root", at("DELETE /preview/groups/{id}/members/", h.team)+digits(h.who("anna")), nil)
	if e.People != 1 || len(e.Losses) == 0 || e.Losses[0].People[0].Ref != "user:anna" {
		t.Errorf("a member: %+v", e)
	}
	e = decoded[api.Effect](h, "root", "POST /preview/queues", object{"name": "new"})
	if e.People != 0 || len(e.Gains) != 0 {
		t.Errorf("a queue: %+v", e)
	}
}

// TestPreviewChangesNothing holds what the desk is before against after every
// preview, and what it answers to who may not against the route itself.
func TestPreviewChangesNothing(t *testing.T) {
	h := newHouse(t)
	before := decoded[api.Configuration](h, "root", "GET /access/configuration?customers=true", nil)
	for _, tt := range []struct {
		request string
		body    any
	}{
		{"POST /grants", object{"who": h.who("otto"), "right": "ShowTicket", "place": object{"kind": "system"}}},
		{"POST /users", object{"login": "new", "kind": "agent"}},
		{at("PATCH /users/{id}", h.users["anna"]), object{"disabled": true}},
		{"POST /groups", object{"name": "New"}},
		{at("PATCH /groups/{id}", h.team), object{"disabled": true}},
		{at("POST /groups/{id}/members", h.team), object{"member": h.who("otto")}},
		{at("PATCH /customers/{id}", h.acme), object{"disabled": true}},
		{at("DELETE /customers/{id}/members/", h.acme) + digits(h.who("bob")), nil},
		{at("PATCH /queues/{id}", h.support), object{"access_group": h.team}},
		{at("POST /queues/{id}/watchers", h.support), object{"role": "Cc", "who": h.who("bob")}},
		{"POST /roles", object{"name": "Auditor"}},
		{"PUT /default-groups/contacts", object{"groups": []object{{"group": h.team, "permission": "ro"}}}},
	} {
		preview := strings.Replace(tt.request, " /", " /preview/", 1)
		h.want(http.StatusOK, "root", preview, tt.body)
		tried, done := h.ask("otto", preview, tt.body), h.ask("otto", tt.request, tt.body)
		if tried.StatusCode < 400 || tried.StatusCode != done.StatusCode || tried.body != done.body {
			t.Errorf("%s: who may not is told %s, the preview %s", tt.request, done.body, tried.body)
		}
	}
	if after := decoded[api.Configuration](h, "root", "GET /access/configuration?customers=true", nil); after != before {
		t.Errorf("before\n%v\nafter\n%v", before, after)
	}
}

// TestChangesAreListedAndTakenBack: by their number, found by who made them,
// how, what and when; and what somebody could do before is still known.
func TestChangesAreListedAndTakenBack(t *testing.T) {
	h := newHouse(t)
	began := h.Now().UTC()
	h.made("root", "POST /grants", object{"who": h.who("otto"), "right": "ShowTicket", "place": object{"kind": "queue", "id": h.support}})
	since := "&since=" + began.Format(time.RFC3339)
	lines := read[api.Page[api.AuditEntry]](h, "root", "GET /audit?via=api&action=grant.add&words=queue:support"+since)
	if len(lines.Items) != 1 || lines.Items[0].By != int64(h.users["root"]) || lines.Items[0].Change == 0 {
		t.Fatalf("got %+v", lines)
	}
	for _, none := range []string{"via=cli" + since, "via=api&until=" + began.Format(time.RFC3339), "via=api&words=globex", "via=api&by=" + digits(h.users["anna"])} {
		if list := read[api.Page[api.AuditEntry]](h, "root", "GET /audit?"+none); len(list.Items) != 0 {
			t.Errorf("%s: %+v", none, list)
		}
	}
	const question = "GET /access/explain?user=otto&right=ShowTicket&object=queue:support"
	if !read[api.Explanation](h, "root", question).Yes || read[api.Explanation](h, "root", question+"&at="+began.Format(time.RFC3339)).Yes {
		t.Error("it is not known what he could do before and after")
	}
	h.want(http.StatusForbidden, "bob", strings.Replace(question, "otto", "bob", 1)+"&at="+began.Format(time.RFC3339), nil)

	change := desk.EventID(lines.Items[0].Change)
	e := decoded[api.Effect](h, "root", at("POST /preview/changes/{id}/take-back", change), nil)
	if len(e.Losses) != 1 || e.Losses[0].People[0].Ref != "user:otto" {
		t.Errorf("the preview of taking back: %+v", e)
	}
	h.want(http.StatusNotFound, "otto", at("POST /changes/{id}/take-back", change), nil)
	if back := h.made("root", at("POST /changes/{id}/take-back", change), nil); back <= int64(change) {
		t.Errorf("taken back by change %d", back)
	}
	if read[api.Explanation](h, "root", question).Yes {
		t.Error("he may still")
	}
	h.want(http.StatusConflict, "root", at("POST /changes/{id}/take-back", change), nil)
}

// TestTheConfigurationAsAFile: written, planned and applied over the interface.
func TestTheConfigurationAsAFile(t *testing.T) {
	h := newHouse(t)
	c := read[api.Configuration](h, "root", "GET /access/configuration")
	same := decoded[api.AccessPlan](h, "root", "POST /access/configuration/plan", object{"yaml": c.YAML})
	if len(same.Steps) != 0 || same.Version != c.Version {
		t.Errorf("its own file changes %v", same)
	}
	more := object{"yaml": "format: gatehouse-access/1\ngroups: {Team: {members: [user:anna, user:otto]}}", "plan": c.Version}
	plan := decoded[api.AccessPlan](h, "root", "POST /access/configuration/plan", more)
	if strings.Join(plan.Steps, "; ") != "+ group:Team: member user:otto" || plan.Effect.People != 1 {
		t.Errorf("the plan is %+v", plan)
	}
	h.want(http.StatusForbidden, "anna", "POST /access/configuration/plan", more)
	h.want(http.StatusForbidden, "anna", "GET /access/configuration", nil)
	done := decoded[api.AppliedAccess](h, "root", "POST /access/configuration/apply", more)
	if done.Change == 0 || len(done.Steps) != 1 {
		t.Errorf("applied: %+v", done)
	}
	h.want(http.StatusConflict, "root", "POST /access/configuration/apply", object{"yaml": c.YAML, "plan": c.Version})
	h.want(http.StatusUnprocessableEntity, "root", "POST /access/configuration/plan", object{"yaml": "format: gatehouse-access/1\ngruops: {}"})
}

func digits[T ~int64](id T) string { return strconv.FormatInt(int64(id), 10) }
