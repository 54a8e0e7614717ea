package admin_test

import (
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
	return []webtest.Sample{
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
