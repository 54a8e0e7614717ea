package admin_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
	"gatehouse/web/admin"
	"gatehouse/web/webtest"
)

// settingSamples are the pages of settings and of first steps.
func settingSamples() []webtest.Sample {
	step := func(name string, done, later, next bool) admin.FirstStepRow {
		return admin.FirstStepRow{Name: name, Done: done, Later: later, Next: next, Letter: name == "relay", Links: []web.Link{{Label: web.T("settings.title"), URL: "/admin/settings"}}}
	}
	page := admin.FirstStepsPage{Nav: nav("first.steps"), BaseURL: "https://desk.example.org", Left: 2, Steps: []admin.FirstStepRow{
		step("account", true, false, false), step("desk", false, true, false), step("relay", false, false, true), step("post", false, false, false)}}
	away, over := page, page
	away.Away, over.Over = true, true
	form := &admin.PlaceForm{Action: "/admin/settings/desk", Error: web.Plain("There is no such time zone."), Fields: []admin.Labelled{
		{Label: web.T("settings.desk_name"), Help: web.T("settings.given"), Field: web.Field{Name: "desk_name", Value: "Desk", Readonly: true}},
		{Label: web.T("settings.contact_permissions"), Field: web.Field{Name: "contact_permissions", Kind: "boxes", Options: []web.Option{{Value: "ro", Label: web.Plain("ro"), Selected: true}, {Value: "rw", Label: web.Plain("rw")}}}}}}
	started := []service.StartSetting{{Name: "relay_password", Value: "(set, not shown)", Source: "file", Help: "Password to sign in with at the relay."}, {Name: "relay", Source: "default", Help: "Mail server."}}
	own := admin.RoleRow{Name: web.Plain("Auditor"), URL: "/admin/roles/64", Where: web.Plain("Support, Returns"), Single: true, Disabled: true}
	languages := admin.LanguagesPage{Nav: nav("languages.title"), Settings: "/admin/settings", Text: web.Field{Name: "text", Value: "Later"}, Names: []string{"en", "de"}, Empty: empty(),
		Rows: []admin.LanguageRow{{Lang: "en", Usual: true, Offered: true, Texts: 2100}, {Lang: "de", Texts: 2099, Missing: 1}}}
	none := languages
	none.Searched, languages.More, languages.Texts = true, true, []web.TextRow{{Key: "first.later", In: []string{"put off", ""}}}
	return []webtest.Sample{
		{Name: "admin-languages", View: languages.View()}, {Name: "admin-languages-none", View: none.View()},
		{Name: "admin-roles", View: admin.RolesPage{Nav: nav("roles.title"), Rows: []admin.RoleRow{{Name: web.T("role.cc"), Where: web.T("roles.everywhere")}, own}, New: form}.View()},
		{Name: "admin-role", View: admin.RolePage{Nav: nav("roles.title"), Row: own, Form: form}.View()},
		{Name: "admin-first", View: page.View()}, {Name: "admin-first-away", View: away.View()}, {Name: "admin-first-over", View: over.View()},
		{Name: "admin-settings", View: admin.SettingsPage{Nav: nav("settings.title"), Sections: []admin.SettingSection{{Name: "desk", May: true, Form: form}, {Name: "rights", Form: form}}, Access: "/admin/switches", Started: started}.View()},
	}
}

// TestSettingsPage: who holds ShowConfigTab sees the settings, who holds
// AdminSettings changes them, and a form of another state changes nothing.
func TestSettingsPage(t *testing.T) {
	d := newDesk(t)
	d.User("Lena Look", "desk.example", desk.Agent)
	d.Give(d.Who["lena"], 0, desk.OnSystem(), "ShowConfigTab")
	for _, login := range []string{"root", "lena", "carl", "quinn", "mia", "bob"} {
		seesPage(t, d.Get(login, "/admin/settings"), slices.Contains([]string{"root", "lena", "mia"}, login), "Customers on tickets")
		seesPage(t, d.Get(login, "/admin/first"), login == "root", "The first queue")
	}
	seen := func() string {
		_, rest, _ := strings.Cut(d.Get("root", "/admin/settings").Body.String(), `name="seen" value="`)
		mark, _, _ := strings.Cut(rest, `"`)
		return mark
	}
	for _, tt := range []struct {
		why, who, section string
		form              []string
		want              int
		name, value       string
	}{
		{"presences", "root", "customers", []string{"requestor", "replace", "cc", "add", "admincc", "off"}, 303, service.SettingPresences, "replace add off"},
		{"a word that is none", "root", "customers", []string{"requestor", "dance", "cc", "add", "admincc", "off"}, 422, service.SettingPresences, "replace add off"},
		{"permissions of contacts", "root", "rights", []string{service.SettingModifyACL, "held", "contact_permissions", "ro", "contact_permissions", "rw", "agent_permissions", "rw"}, 303, service.SettingContactPermissions, "ro rw"},
		{"whoever looks only", "lena", "desk", []string{"desk_name", "Mine", "default_language", "en", "default_zone", "UTC"}, 403, service.SettingName, "Desk"},
		{"who may not look", "quinn", "desk", []string{"desk_name", "Mine", "default_language", "en", "default_zone", "UTC"}, 404, service.SettingName, "Desk"},
		{"a second factor of all, without one's own", "root", "signin", []string{"second_factor", "agents"}, 422, service.SettingSecondFactor, ""},
		{"a second factor of contacts", "root", "signin", []string{"second_factor", "contacts"}, 303, service.SettingSecondFactor, "contacts"},
		{"a language", "root", "desk", []string{"desk_name", "Desk", "default_language", "de", "default_zone", "UTC"}, 303, service.SettingLanguage, "de"},
		{"a section that there is not", "root", "dance", nil, 404, service.SettingLanguage, "de"},
	} {
		w := d.Post(tt.who, "/admin/settings/"+tt.section, append([]string{"seen", seen()}, tt.form...)...)
		values, _, err := d.Settings(t.Context(), d.Sys)
		if w.Code != tt.want || err != nil || values[tt.name] != tt.value {
			t.Errorf("%s: %d, %s is %q, %v; want %d and %q", tt.why, w.Code, tt.name, values[tt.name], err, tt.want, tt.value)
		}
	}
	if w := d.Post("root", "/admin/settings/desk", "seen", "old", "desk_name", "New", "default_language", "en", "default_zone", "UTC"); w.Code != 409 || !strings.Contains(w.Body.String(), `value="New"`) || d.Name() != "Desk" {
		t.Errorf("a form of another state: %d, %s", w.Code, d.Name())
	}
	if w := d.Post("quinn", "/admin/first/relay", "later", "1"); !slices.Contains([]int{403, 404}, w.Code) {
		t.Errorf("quinn puts a step off: %d", w.Code)
	}
}

// TestLanguagesPage: it finds texts, and a language that is not offered is
// neither spoken nor offered, whatever a browser or a person has chosen.
func TestLanguagesPage(t *testing.T) {
	d := newDesk(t)
	for _, login := range []string{"root", "mia", "quinn", "bob"} {
		seesPage(t, d.Get(login, "/admin/languages?text=erste+schritte"), login == "root" || login == "mia", "first.steps")
	}
	wants(t, d.Get("root", "/admin/languages?text=xyzzy"), 200, "Nothing")
	d.OK(d.SetPreferences(t.Context(), d.By("root"), service.Preferences{Name: "Root", Language: "de"}))
	wants(t, d.Get("root", "/admin/languages"), 200, "Sprachen", "Deutsch</button>")
	d.OK(d.SetSetting(t.Context(), d.Sys, service.SettingLanguages, "en"))
	wants(t, d.Get("root", "/admin/languages"), 200, "not offered", "!Deutsch</button>", "!Sprachen")
	wants(t, d.Get("mia", "/account"), 200, "!Deutsch")
	d.OK(d.SetSetting(t.Context(), d.Sys, service.SettingLanguage, "de"))
	wants(t, d.Get("root", "/admin/languages"), 200, "Sprachen", "English</button>")
}

// TestRolesPage: whoever holds AdminRoles makes roles, says where they apply
// and switches them off; what is built in cannot be changed.
func TestRolesPage(t *testing.T) {
	d := newDesk(t)
	d.User("Rolf Role", "desk.example", desk.Agent)
	d.Give(d.Who["rolf"], 0, desk.OnSystem(), "AdminRoles")
	for _, login := range []string{"root", "rolf", "quinn", "mia", "bob"} {
		seesPage(t, d.Get(login, "/admin/roles"), login == "root" || login == "rolf", "A role of your own")
	}
	role := func(name string) *desk.Role {
		for _, r := range webtest.Must(d.Roles(t.Context(), d.Sys))(t) {
			if r.Name == name {
				return &r
			}
		}
		return nil
	}
	support := strings.TrimPrefix(at(d, "queue", "Support"), "/admin/queues/")
	wants(t, d.Post("root", "/admin/roles", "name", ""), 422, "Give the role a name.")
	wants(t, d.Post("root", "/admin/roles", "name", "requestor", "single", "1"), 409, "Every desk has a role Requestor.")
	wants(t, d.Post("root", "/admin/roles", "name", "Auditor", "queue", support, "single", "1"), 303)
	if got := role("Auditor"); got == nil || got.Everywhere || len(got.Queues) != 1 || !got.Single {
		t.Fatalf("the role is %+v", got)
	}
	path := fmt.Sprintf("/admin/roles/%d", role("Auditor").ID)
	wants(t, d.Get("root", "/admin/roles"), 200, "Auditor", "Support", "one at the most")
	_, rest, _ := strings.Cut(d.Get("root", path).Body.String(), `name="seen" value="`)
	mark, _, _ := strings.Cut(rest, `"`)
	wants(t, d.Post("rolf", path, "seen", mark, "name", "Reviewer", "weighed", "yes"), 303)
	if got := role("Reviewer"); got == nil || len(got.Queues) != 1 || got.Everywhere {
		t.Errorf("who sees no queue took the role from one: %+v", got)
	}
	wants(t, d.Post("root", path, "seen", mark, "name", "Other", "weighed", "yes"), 409, "Somebody changed this")
	wants(t, d.Post("root", path+"/disable", "weighed", "yes"), 303)
	if got := role("Reviewer"); !got.Disabled {
		t.Error("it is not switched off")
	}
	wants(t, d.Get("root", "/admin/roles/1"), 404)
	wants(t, d.Post("quinn", path+"/enable", "weighed", "yes"), 404)
}

// TestEndingSignIns: an administrator of users ends somebody's tokens and
// sessions on his page, where the scope and the end of a token are seen.
func TestEndingSignIns(t *testing.T) {
	d := newDesk(t)
	webtest.Must(d.CreateToken(t.Context(), d.Sys, service.NewToken{User: desk.UserID(d.Who["ann"]), Name: "backup", Limits: desk.Limits{Looks: true}, Until: d.Now().AddDate(0, 0, 30)}))(t)
	page := at(d, "user", "ann")
	d.Get("ann", "/account") // she is signed in
	wants(t, d.Get("root", page), 200, "backup", "may only look", "End all sessions")
	_, rest, _ := strings.Cut(d.Get("root", page).Body.String(), `name="token" value="`)
	token, _, _ := strings.Cut(rest, `"`)
	for _, form := range [][]string{{"token", token}, nil} {
		if w := d.Post("quinn", page+"/sign-ins/end", form...); w.Code != 403 && w.Code != 404 {
			t.Errorf("quinn ends %v: %d", form, w.Code)
		}
	}
	wants(t, d.Post("root", page+"/sign-ins/end", "token", token), 303)
	wants(t, d.Post("root", page+"/sign-ins/end"), 303)
	wants(t, d.Get("root", page), 200, "!/sign-ins/end")
	wants(t, d.Get("ann", "/account"), 303)
}
