package admin_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
	"gatehouse/web/admin"
	"gatehouse/web/webtest"
)

func sampleRule() admin.RuleRow {
	return admin.RuleRow{Name: "Managers hear", URL: "/admin/rules/1", Queue: "support", Stage: "rule.stage.normal", On: []string{"rule.on.reply-by-agent"},
		Does: []string{"tell group:Managers"}, May: true, Parked: "The condition failed: division by zero", ParkedAt: ago(0), Ticket: web.Link{Label: web.Plain("#42"), URL: "/agent/tickets/42"}, Waiting: 1}
}

func ruleRuns() []admin.RuleRunRow {
	return []admin.RuleRunRow{{ID: 1, Rule: "Managers hear", RuleURL: "/admin/rules/1", Ticket: web.Link{Label: web.Plain("#42"), URL: "/agent/tickets/42"},
		Subject: "Printer", State: "rule.state.parked", What: "division by zero", At: ago(0), Again: true}}
}

func ruleSamples() []webtest.Sample {
	row := sampleRule()
	words := &service.RuleWords{}
	area := func(name string) web.Field { return web.Field{Name: name, Kind: "textarea"} }
	text := func(name string) web.Field { return web.Field{Name: name} }
	page := admin.RulePage{Nav: nav("admin.rules"), Title: row.Name, URL: row.URL, Row: &row, Words: words, May: true, Secret: "S3CR3T", Signed: true, Runs: ruleRuns(),
		Trial: &admin.RuleTrial{Summary: web.T("rule.would", 9, 1, 0), More: true, Stopped: true, Rows: []admin.RuleTrialRow{
			{Ticket: row.Ticket, Subject: "Printer", At: ago(0), Holds: true, Does: row.Does, Tells: []string{"Mia Moor"}},
			{Ticket: row.Ticket, Subject: "Printer", At: ago(0), Fault: "division by zero"}, {Ticket: row.Ticket, Subject: "Printer", At: ago(0)}}},
		On: []admin.RuleBox{{Value: "created", Label: "rule.on.created", Checked: true}}, Timed: []admin.RuleBox{{Value: "waiting", Label: "rule.on.waiting"}},
		Name: text("name"), Queue: choice("", "queue", "support"), Stage: choice("", "stage", "normal"), Place: text("place"), Hours: text("hours"), If: area("if"),
		Status: choice("", "status", "open"), Owner: text("owner"), Priority: text("priority"), Move: text("move"), Due: text("due"), Watch: area("watch"), Unwatch: area("unwatch"),
		Comment: area("comment"), Open: text("open"), OpenLink: choice("", "open_link", "refers_to"), OpenSubject: text("open_subject"), OpenText: area("open_text"),
		Notify: area("notify"), Letter: area("letter"), Push: web.Field{Name: "push", Kind: "checkbox"}, Webhook: text("webhook"), NewSecret: web.Field{Name: "new_secret", Kind: "checkbox"}, Enabled: web.Field{Name: "enabled", Kind: "checkbox"},
		Field: choice("", "field", "Building"), From: text("from"), To: text("to"), Approvers: area("approvers"), Reason: area("approval_reason"),
		InStatus: choice("", "in_status", "open"), At: web.Field{Name: "at", Kind: "time"}, Calendar: choice("", "calendar", "Office"), Workdays: web.Field{Name: "workdays", Kind: "checkbox"},
		Try: text("ticket"), OnError: "Say what must happen."}
	return []webtest.Sample{
		{Name: "admin-rules", View: admin.RulesPage{Nav: nav("admin.rules"), Rows: []admin.RuleRow{row}, Waiting: ruleRuns(), Latest: ruleRuns(), New: true}.View()},
		{Name: "admin-rules-none", View: admin.RulesPage{Nav: nav("admin.rules"), Empty: web.Empty{Icon: "swap", Title: web.T("rule.none"), Hint: web.T("rule.none.hint")}}.View()},
		{Name: "admin-rule", View: page.View()},
	}
}

// TestRuleStory makes a rule in the browser: refused with a suggestion, tried,
// saved, switched off and deleted.
func TestRuleStory(t *testing.T) {
	d := newDesk(t)
	letters(t, d)
	password := d.Password("root")
	b := webtest.Open(t, d.Handler)
	b.Go(t, "/admin/rules", webtest.Looks()["wide-light"])
	b.Do(t, chromedp.SetValue("#f-login", "root"), chromedp.SetValue("#f-password", password))
	b.Press(t, "Sign in")
	b.Says(t, "There are no rules")
	b.Press(t, "New rule")
	b.Do(t, chromedp.SetValue("#f-name", "Hot"), chromedp.Click(`input[value="created"]`), chromedp.SetValue("#f-priority", "+10"),
		chromedp.SetValue("#f-if", "ticket.priorty < 5"))
	b.Press(t, "Save")
	b.Says(t, "did you mean ticket.priority?")
	b.Do(t, chromedp.SetValue("#f-if", "ticket.priority < 5"))
	b.Press(t, "Try on the last week")
	b.Says(t, "With the tickets as they are now")
	b.Says(t, "What it would do", "set the priority to +10")
	b.Press(t, "Save")
	b.Says(t, "Hot is saved.")
	b.Examine(t, "story-admin-rule")
	b.Press(t, "Switch off")
	b.Says(t, "Hot is switched off.")
	b.Press(t, "Delete")
	b.Says(t, "Hot is deleted.", "There are no rules")
	if _, err := d.Rule(t.Context(), d.Sys, "Hot"); desk.KindOf(err) != desk.NotFound {
		t.Errorf("the rule is still there: %v", err)
	}
}

// TestTheRestOfADryRunIsNamed: where there was more to look at than one look
// takes, the page says that it says nothing of the rest; and only there.
func TestTheRestOfADryRunIsNamed(t *testing.T) {
	for _, stopped := range []bool{true, false} {
		page := admin.RulePage{Words: &service.RuleWords{}, May: true, Trial: &admin.RuleTrial{Summary: web.T("rule.would", 20000, 3, 0), Week: true, Stopped: stopped}}
		server := webtest.Serve(t, web.Reader{Admin: true, Agent: true}, []webtest.Sample{{Name: "dry", View: page.View()}}, admin.Templates)
		for _, lang := range web.Languages() {
			body, says := webtest.HTML(t, server, "/dry?lang="+lang), web.Reader{Lang: lang}.Say(web.T("rule.stopped"))
			if strings.Contains(body, says) != stopped {
				t.Errorf("%s, stopped %t: the page says %q or not", lang, stopped, says)
			}
			if count := (web.Reader{Lang: lang}).Say(web.T("rule.would", 20000, 3, 0)); !strings.Contains(body, count) {
				t.Errorf("%s: the page does not say %q", lang, count)
			}
		}
	}
}

// TestARefusedRuleKeepsItsForm: what can happen stands there once, with what was
// ticked.
func TestARefusedRuleKeepsItsForm(t *testing.T) {
	d := newDesk(t)
	w := d.Post("root", "/admin/rules", "name", "Round", "on", "daily", "at", "25:00", "priority", "+1", "stage", "normal", "do", "save")
	wants(t, w, 422, "Give a time of day from 00:00 to 23:59")
	for _, box := range []string{`value="daily" checked`, `value="created"`, `value="waiting"`} {
		if n := strings.Count(w.Body.String(), box); n != 1 {
			t.Errorf("%s stands there %d times", box, n)
		}
	}
}

// TestSecretsOfWebhooksAreToldOnce: the answer to who made one has it, and no
// page that anybody opens afterwards.
func TestSecretsOfWebhooksAreToldOnce(t *testing.T) {
	d := newDesk(t)
	told := func(path string, form ...string) string {
		t.Helper()
		w := d.Post("root", path, append([]string{"name", "Ring", "on", "created", "stage", "normal", "webhook", "https://hooks.example/x", "enabled", "1", "do", "save"}, form...)...)
		if w.Code == 303 {
			return ""
		}
		found := regexp.MustCompile(`<code class="secret">([A-Z0-9]{20,})</code>`).FindStringSubmatch(w.Body.String())
		if w.Code != 200 || found == nil {
			t.Fatalf("saving has status %d and tells no secret:\n%s", w.Code, w.Body)
		}
		return found[1]
	}
	first := told("/admin/rules")
	line := webtest.Must(d.Rule(t.Context(), d.Sys, "Ring"))(t)
	at := "/admin/rules/" + strconv.FormatInt(int64(line.ID), 10)
	if again := told(at, "place", "3"); again != "" {
		t.Errorf("saving it once more told %s", again)
	}
	second := told(at, "new_secret", "1")
	if second == first {
		t.Error("the new secret is the old one")
	}
	for _, page := range []string{at, "/admin/rules", "/admin/audit", "/admin/rules/new", "/admin/health"} {
		wants(t, d.Get("root", page), 200, "!"+first, "!"+second)
	}
	wants(t, d.Get("root", at), 200, "Make a new one when saving", "!class=\"secret\"")
}
