package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"gatehouse/api"
	"gatehouse/desk"
)

// TestRulesByAPI makes a rule, tries it, changes it, puts it into another order,
// stops it and deletes it.
func TestRulesByAPI(t *testing.T) {
	h := newHouse(t)
	list := func() []api.Rule { return read[api.Page[api.Rule]](h, "root", "GET /rules").Items }
	made := h.rule(object{"name": "Fire", "queue": "support", "on": []string{"created"}, "if": `ticket.subject.contains("fire")`, "priority": "90"})
	if made.Secret != "" {
		t.Errorf("a rule without a webhook has the secret %q", made.Secret)
	}
	path := at("/rules/{id}", made.ID)
	got := read[api.Rule](h, "root", "GET "+path)
	if *got.Name != "Fire" || *got.Queue != "support" || !*got.Enabled || *got.Stage != "normal" || got.Hours != nil || len(got.Does) != 1 || !got.May {
		t.Errorf("it came back as %+v", got)
	}
	run := h.tries("POST "+path+"/try", object{"ticket": h.acmes})
	if run.Looked != 1 || run.Would != 1 || !run.Trials[0].Holds || !strings.Contains(run.Trials[0].Does[0], "90") {
		t.Errorf("on the ticket it would do %+v", run)
	}
	fresh := h.tries("POST /rule-try", object{"days": 7, "rule": object{"name": "New", "on": []string{"created"}, "if": "ticket.priority > 50", "comment": "x"}})
	if fresh.Looked != 1 || fresh.Would != 0 || len(list()) != 1 {
		t.Errorf("a rule that is not kept would do %+v, there are %d rules", fresh, len(list()))
	}
	h.rule(object{"name": "Second", "on": []string{"waiting"}, "hours": 48, "notify": []string{"AdminCc"}, "push": true, "place": 5})
	h.want(http.StatusOK, "root", "PATCH "+path, object{"place": 9, "comment": "Hot.", "priority": "", "version": got.Version})
	h.want(http.StatusConflict, "root", "PATCH "+path, object{"place": 1, "version": got.Version})
	if rules := list(); *rules[0].Name != "Second" || *rules[0].Hours != 48 || rules[0].Push == nil || rules[1].Push != nil || *rules[1].Comment != "Hot." || rules[1].Priority != nil || *rules[1].If == "" {
		t.Errorf("in their order there are %+v", rules)
	}
	h.want(http.StatusOK, "root", "PATCH "+path, object{"enabled": false})
	if got := read[api.Rule](h, "root", "GET "+path); *got.Enabled || *got.Comment != "Hot." {
		t.Errorf("switched off it is %+v", got)
	}
	for _, wrong := range []object{{"if": "ticket.subjct == 1"}, {"on": []string{"never"}}, {"queue": "nowhere"}, {"notify": []string{"group:None"}}, {"comment": "{{ticket.colour}}"}, {"webhook": "ftp://x"}} {
		h.want(http.StatusUnprocessableEntity, "root", "PATCH "+path, wrong)
	}
	h.want(http.StatusNoContent, "root", "DELETE "+path, nil)
	h.want(http.StatusNotFound, "root", "GET "+path, nil)
}

// rule makes a rule as root.
func (h *house) rule(body object) api.RuleSaved {
	h.t.Helper()
	return parsed[api.RuleSaved](h, h.want(http.StatusCreated, "root", "POST /rules", body))
}

// parsed reads an answer.
func parsed[T any](h *house, text string) T {
	h.t.Helper()
	var v T
	h.ok(json.Unmarshal([]byte(text), &v))
	return v
}

// tries asks as root what a rule would do.
func (h *house) tries(request string, body object) api.DryRun {
	h.t.Helper()
	return parsed[api.DryRun](h, h.want(http.StatusOK, "root", request, body))
}

// TestRuleSecretsAreToldOnce: the secret of a webhook is in the answer that made
// it, and in no other.
func TestRuleSecretsAreToldOnce(t *testing.T) {
	h := newHouse(t)
	made := h.rule(object{"name": "Ring", "on": []string{"created"}, "webhook": "https://hooks.example/ring"})
	if len(made.Secret) < 20 {
		t.Fatalf("the secret is %q", made.Secret)
	}
	path := at("/rules/{id}", made.ID)
	for _, request := range []string{"GET " + path, "GET /rules", "GET /audit"} {
		if body := h.want(http.StatusOK, "root", request, nil); strings.Contains(body, made.Secret) {
			t.Errorf("%s tells the secret", request)
		}
	}
	if body := h.want(http.StatusOK, "root", "PATCH "+path, object{"place": 3}); strings.Contains(body, "secret") {
		t.Errorf("another change says %s", body)
	}
	again := parsed[api.RuleSaved](h, h.want(http.StatusOK, "root", "PATCH "+path, object{"new_secret": true}))
	if len(again.Secret) < 20 || again.Secret == made.Secret {
		t.Errorf("the new secret is %q", again.Secret)
	}
}

// TestWhoMayRules: who may see rules may not change them, who may see none is
// told that there are none, and nobody makes a rule do what he may not.
func TestWhoMayRules(t *testing.T) {
	h := newHouse(t)
	made := h.rule(object{"name": "Fire", "queue": "inner", "on": []string{"created"}, "comment": "x"})
	path := at("/rules/{id}", made.ID)
	requests := map[string]any{"GET " + path: nil, "PATCH " + path: object{"place": 1}, "DELETE " + path: nil, "POST " + path + "/try": object{"days": 1}}
	for request, body := range requests {
		h.want(http.StatusNotFound, "otto", request, body)
	}
	if got := read[api.Page[api.Rule]](h, "otto", "GET /rules"); len(got.Items) != 0 {
		t.Errorf("otto sees %+v", got)
	}
	if got := read[api.RuleWords](h, "otto", "GET /rule-words"); len(got.On)+len(got.Conditions)+len(got.Queues)+len(got.Calendars)+len(got.Custom) != 0 || got.Everywhere {
		t.Errorf("otto reads the words %+v", got)
	}
	h.grant(h.who("otto"), 0, desk.OnQueue(h.inner), desk.ShowScrips)
	delete(requests, "GET "+path)
	for request, body := range requests {
		h.want(http.StatusForbidden, "otto", request, body)
	}
	h.grant(h.who("otto"), 0, desk.OnQueue(h.inner), desk.ModifyScrips)
	h.want(http.StatusOK, "otto", "PATCH "+path, object{"enabled": false})
	h.want(http.StatusForbidden, "otto", "PATCH "+path, object{"enabled": true})
	h.want(http.StatusForbidden, "otto", "POST /rules", object{"name": "Mine", "queue": "inner", "on": []string{"created"}, "priority": "9"})
	if got := read[api.RuleWords](h, "otto", "GET /rule-words"); len(got.Conditions) < 10 || len(got.Queues) != 1 || got.Everywhere {
		t.Errorf("otto reads the words %+v", got)
	}
}

// TestRuleRunsByAPI: a run that did not fail is not made again, and who sees no
// rule sees none of its runs.
func TestRuleRunsByAPI(t *testing.T) {
	h := newHouse(t)
	made := h.rule(object{"name": "Late", "on": []string{"waiting"}, "hours": 0, "priority": "+1"})
	for _, round := range must(h.RipeRules(t.Context(), h.system))(t) {
		for _, task := range round.Tasks {
			h.ok(h.RunRule(t.Context(), h.system, task))
		}
	}
	runs := read[api.Page[api.RuleRun]](h, "root", at("GET /rule-runs?rule={id}", made.ID)).Items
	if len(runs) != 1 || runs[0].State != "done" || runs[0].Ticket != int64(h.acmes) || runs[0].Rule.Name != "Late" || runs[0].May {
		t.Fatalf("there are %+v", runs)
	}
	h.want(http.StatusConflict, "root", at("POST /rule-runs/{id}/again", runs[0].ID), nil)
	h.want(http.StatusNotFound, "otto", at("POST /rule-runs/{id}/again", runs[0].ID), nil)
	for query, want := range map[string]int{"?state=done": 1, "?state=parked": 0, "?ticket=1": 1, "?ticket=99": 0, "?rule=99": 0} {
		if got := read[api.Page[api.RuleRun]](h, "root", "GET /rule-runs"+query).Items; len(got) != want {
			t.Errorf("%s: there are %+v", query, got)
		}
	}
	if got := read[api.Page[api.RuleRun]](h, "otto", "GET /rule-runs").Items; len(got) != 0 {
		t.Errorf("otto sees %+v", got)
	}
}

// TestClocksByAPI makes a calendar and an agreement, has it hold for a queue,
// and takes all away again in the only order that there is.
func TestClocksByAPI(t *testing.T) {
	h := newHouse(t)
	office := object{"name": "Office", "zone": "Europe/Berlin", "hours": "mon-fri 09:00-17:00", "holidays": []string{"12-25 Christmas", "2026-04-03 Good Friday"}}
	calendar := h.made("root", "POST /calendars", office)
	office["hours"] = "mon-fri 08:00-12:00, 13:00-17:00"
	h.want(http.StatusNoContent, "root", at("PUT /calendars/{id}", calendar), office)
	got := read[api.Calendars](h, "root", "GET /calendars").Calendars
	if len(got) != 1 || got[0].Zone != "Europe/Berlin" || !strings.Contains(got[0].Hours, "13:00") || len(got[0].Holidays) != 2 {
		t.Errorf("the calendar is %+v", got)
	}
	gold := object{"name": "Gold", "calendar": calendar, "first_response": 4 * 3600, "pauses": []string{"stalled"}}
	agreement := h.made("root", "POST /agreements", gold)
	gold["resolution"] = 8 * 3600
	h.want(http.StatusNoContent, "root", at("PUT /agreements/{id}", agreement), gold)
	hold := h.made("root", at("POST /agreements/{id}/holds", agreement), object{"queue": h.support})
	list := read[api.Agreements](h, "root", "GET /agreements").Agreements
	if len(list) != 1 || list[0].Resolution != 8*3600 || list[0].Calendar != "Office" || len(list[0].Holds) != 1 || list[0].Holds[0].ID != hold || list[0].Pauses[0] != "stalled" {
		t.Errorf("the agreement is %+v", list)
	}
	for request, body := range map[string]object{"POST /calendars": {"name": "x", "hours": "someday"}, "POST /agreements": {"name": "x", "calendar": 99, "update": 60},
		at("POST /agreements/{id}/holds", agreement): {"queue": 99}} {
		h.want(http.StatusUnprocessableEntity, "root", request, body)
	}
	h.want(http.StatusNotFound, "root", "PUT /calendars/99", office)
	h.want(http.StatusNotFound, "root", "PUT /agreements/99", gold)
	h.want(http.StatusForbidden, "anna", "GET /calendars", nil)
	h.want(http.StatusForbidden, "anna", "POST /calendars", object{"name": "x", "hours": "mon 9-10"})
	h.want(http.StatusForbidden, "anna", "POST /agreements", object{"name": "x", "update": 60})
	h.want(http.StatusConflict, "root", at("DELETE /calendars/{id}", calendar), nil)
	h.want(http.StatusConflict, "root", at("DELETE /agreements/{id}", agreement), nil)
	for _, request := range []string{at("DELETE /holds/{id}", hold), at("DELETE /agreements/{id}", agreement), at("DELETE /calendars/{id}", calendar)} {
		h.want(http.StatusNoContent, "root", request, nil)
	}
}

// TestWordsOfRulesByAPI: calendars and custom fields are among what rules can
// name, for whoever may know of them.
func TestWordsOfRulesByAPI(t *testing.T) {
	h := newHouse(t)
	h.made("root", "POST /calendars", object{"name": "Office", "zone": "Europe/Berlin", "hours": "mon-fri 09:00-17:00"})
	must(h.CreateField(t.Context(), h.system, desk.Field{Of: desk.OfTickets, Name: "Building", Kind: desk.TextField, Everywhere: true}))(t)
	must(h.CreateField(t.Context(), h.system, desk.Field{Of: desk.OfCustomers, Name: "Contract", Kind: desk.TextField}))(t)
	words := func(login string) string {
		w := read[api.RuleWords](h, login, "GET /rule-words")
		return strings.Join(w.Calendars, ",") + "; " + strings.Join(w.Custom, ",")
	}
	if got := words("root"); got != "Office; Building" {
		t.Errorf("root can name %q", got)
	}
	h.grant(h.who("otto"), 0, desk.OnQueue(h.inner), desk.ShowScrips)
	if got := words("otto"); got != "; " {
		t.Errorf("otto, who may see neither, can name %q", got)
	}
	h.grant(h.who("otto"), 0, desk.OnSystem(), desk.SeeCustomField)
	if got := words("otto"); got != "; Building" {
		t.Errorf("otto, who sees custom fields, can name %q", got)
	}
}
