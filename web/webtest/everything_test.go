package webtest_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"gatehouse/service"
)

// changedAt says for each kind of thing that programs change by the API where a
// person changes it on a page: a pattern of the router, or after "no:" why there
// is none.
var changedAt = map[string]string{
	"access": "no: whole configurations are for the command line and programs; each thing in them has a page", "preview": "no: pages show what a change does before it is saved",
	"agreements": "POST /admin/clocks/agreements/{id}", "calendars": "POST /admin/clocks/calendars/{id}", "holds": "POST /admin/clocks",
	"approvals": "POST /agent/approvals/{id}/{do}", "audit": "POST /admin/audit/check", "batches": "POST /agent/batches/{id}/{do}",
	"changes": "POST /admin/changes/{change}/take-back", "customers": "POST /admin/customers/{id}", "dashboards": "POST /agent/dashboards/{id}",
	"default-groups": "POST /admin/default-groups/{of}", "delegations": "POST /agent/delegations", "directories": "POST /admin/directories/{id}",
	"fields": "POST /admin/fields/{id}", "grants": "POST /admin/grants", "groups": "POST /admin/groups/{id}", "imports": "POST /admin/import",
	"letter-templates": "POST /admin/mail/letters/{name}", "life-cycles": "POST /admin/life-cycles/{id}", "mail-accounts": "POST /admin/mail/accounts/{id}/{do}",
	"mail-policy": "POST /admin/mail/rules/{queue}", "mail-relays": "POST /admin/mail/relays/{id}/{do}", "me": "POST /account/data", "notices": "POST /agent/notices/read", "outbox": "POST /admin/outbox/{id}/retry",
	"paused-addresses": "POST /admin/mail/paused", "permissions": "POST /admin/permissions/{id}", "queues": "POST /admin/queues/{id}", "relations": "POST /admin/relations/{relation}/{side}/{id}",
	"reminders": "POST /agent/reminders/{id}/{do}", "reply-templates": "POST /agent/templates/{id}", "roles": "POST /admin/roles/{id}", "rule-runs": "POST /admin/runs/{id}/again",
	"rule-try": "no: a rule's own page tries it", "rules": "POST /admin/rules/{id}", "spool": "POST /admin/spool/{id}/retry", "tickets": "POST /agent/tickets/{id}/reply",
	"users": "POST /admin/users/{id}", "views": "POST /agent/views/{id}",
}

// TestWhateverProgramsChangeHasAPage: each kind of thing that the API changes is
// changed on a page too, or it is said why not. A new kind needs a line here.
func TestWhateverProgramsChangeHasAPage(t *testing.T) {
	golden, err := os.ReadFile("../../api/testdata/operations.golden")
	if err != nil {
		t.Fatal(err)
	}
	seen, patterns := map[string]bool{}, newWhole(t).Mux.Patterns()
	for line := range strings.Lines(string(golden)) {
		method, path, ok := strings.Cut(strings.TrimSpace(line), " /")
		if !ok || !slices.Contains([]string{"POST", "PUT", "PATCH", "DELETE"}, method) {
			continue
		}
		kind, _, _ := strings.Cut(path, "/")
		if seen[kind] {
			continue
		}
		seen[kind] = true
		page, known := changedAt[kind]
		if why, none := strings.CutPrefix(page, "no:"); none && len(why) > 10 {
			continue
		}
		if !known || !slices.Contains(patterns, page) {
			t.Errorf("the API changes %s, and there is no page %q for it", kind, page)
		}
	}
	for kind := range changedAt {
		if !seen[kind] {
			t.Errorf("the API changes no %s any more; remove it", kind)
		}
	}
}

// TestEverySettingHasAField: each setting that is kept in the database is asked
// for on a page, and each that the program is started with is shown there.
func TestEverySettingHasAField(t *testing.T) {
	w := newWhole(t)
	values, _, err := w.Settings(t.Context(), w.Sys)
	if err != nil {
		t.Fatal(err)
	}
	others := map[string]string{ // settings whose fields are called otherwise, or stand elsewhere
		service.SettingPresences:    `name="admincc"`,
		service.SettingGroupSupport: "/admin/switches", service.SettingOtherCustomers: "/admin/switches", service.SettingCompanyTickets: "/admin/switches",
	}
	page := w.Get("root", "/admin/settings").Body.String()
	for name := range values {
		want := others[name]
		if want == "" {
			want = `name="` + name + `"`
		}
		if !strings.Contains(page, want) {
			t.Errorf("the page of settings has no %s for %s", want, name)
		}
	}
}
