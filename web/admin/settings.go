package admin

import (
	"net/http"
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// settingsURL is where the settings of the running desk are changed.
const settingsURL = "/admin/settings"

// A SettingsPage shows and changes what holds for the whole desk, and shows what
// the program was started with.
type SettingsPage struct {
	Nav      []web.NavSection
	Sections []SettingSection
	Access   string // where the switches of access are; empty: not for the reader
	Started  []service.StartSetting
}

// A SettingSection is some settings that are saved together; its name gives it
// its words.
type SettingSection struct {
	Name string
	Form *PlaceForm
	May  bool // the reader may change it
}

// View makes the page ready to be shown.
func (p SettingsPage) View() web.View {
	return web.View{Template: "admin/settings", Title: web.T("settings.title"), Nav: p.Nav, Crumbs: top(), Body: p}
}

func (h handler) settings(w http.ResponseWriter, r *http.Request) error {
	page, err := h.settingsPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) settingsPage(r *http.Request) (*SettingsPage, error) {
	f, err := h.frame(r, "settings.title")
	if err != nil {
		return nil, err
	}
	if err := partOf(f.Clocks); err != nil { // ShowConfigTab
		return nil, err
	}
	values, given, err := h.svc.Settings(r.Context(), web.Actor(r))
	if err != nil {
		return nil, err
	}
	page := &SettingsPage{Nav: f.nav}
	if f.Switches {
		page.Access = "/admin/switches"
	}
	if page.Started, err = h.svc.Started(r.Context(), web.Actor(r)); err != nil {
		return nil, err
	}
	sets, err := h.setOptions(r, f)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"desk", "signin", "customers", "rights"} {
		s := SettingSection{Name: name, May: f.ChangeClocks, Form: &PlaceForm{Action: settingsURL + "/" + name}}
		s.Form.Fields = settingFields(name, values, given, sets)
		s.Form.Seen = seenState(values)
		page.Sections = append(page.Sections, s)
	}
	return page, nil
}

// setOptions are the permissions that can be offered to people; none where the
// reader may not see them.
func (h handler) setOptions(r *http.Request, f *frame) ([]web.Option, error) {
	if !f.Sets {
		return nil, nil
	}
	list, err := h.svc.Permissions(r.Context(), web.Actor(r))
	var out []web.Option
	for _, p := range list {
		out = append(out, web.Option{Value: desk.Fold(p.Name), Label: web.Plain(p.Name)})
	}
	return out, err
}

// settingFields are the fields of a section.
func settingFields(section string, values map[string]string, given []string, sets []web.Option) []Labelled {
	boxes := func(name string, list []web.Option) Labelled {
		chosen := strings.Fields(desk.Fold(values[name]))
		field := web.Field{Form: "set-", Name: name, Kind: "boxes"}
		for _, o := range list {
			o.Selected = slices.Contains(chosen, o.Value)
			field.Options = append(field.Options, o)
		}
		return Labelled{Label: web.T("settings." + name), Field: field}
	}
	switch section {
	case "desk":
		return append(deskFields(values, given), boxes(service.SettingLanguages, []web.Option{{Value: "en", Label: web.Plain("English")}, {Value: "de", Label: web.Plain("Deutsch")}}))
	case "signin":
		return []Labelled{boxes(service.SettingSecondFactor, []web.Option{{Value: "agents", Label: web.T("settings.agents")}, {Value: "contacts", Label: web.T("settings.contacts")}})}
	case "customers":
		words := append(strings.Fields(values[service.SettingPresences]), "", "", "")
		var list []Labelled
		for i, role := range presenceRoles() {
			list = append(list, choose(role, "admin.mode."+role, options(words[i],
				"replace", "admin.customer.mode.replace", "add", "admin.customer.mode.add", "off", "admin.customer.mode.off")))
		}
		return list
	}
	fields := []Labelled{choose(service.SettingModifyACL, "settings.modify_acl", options(values[service.SettingModifyACL], "any", "settings.modify_acl.any", "held", "settings.modify_acl.held"))}
	if sets != nil {
		fields = append(fields, boxes(service.SettingContactPermissions, sets), boxes(service.SettingAgentPermissions, sets))
	}
	return fields
}

func presenceRoles() []string { return []string{"requestor", "cc", "admincc"} }

// deskFields are how the desk is called and how it speaks.
func deskFields(values map[string]string, given []string) []Labelled {
	name, zone := input(service.SettingName, values[service.SettingName], "settings.desk_name"), input(service.SettingZone, values[service.SettingZone], "settings.default_zone")
	language := choose(service.SettingLanguage, "settings.default_language", []web.Option{
		{Value: "en", Label: web.Plain("English"), Selected: values[service.SettingLanguage] == "en"}, {Value: "de", Label: web.Plain("Deutsch"), Selected: values[service.SettingLanguage] == "de"}})
	name.Help, zone.Help, language.Help = web.T("settings.desk_name.help"), web.T("settings.default_zone.help"), web.T("settings.default_language.help")
	name.Field.Required, zone.Field.Required = true, true
	list := []Labelled{name, language, zone}
	for i := range list {
		if slices.Contains(given, list[i].Field.Name) {
			fixed := input(list[i].Field.Name, values[list[i].Field.Name], "settings."+list[i].Field.Name)
			fixed.Field.Readonly, fixed.Help = true, web.T("settings.given")
			list[i] = fixed
		}
	}
	return list
}

// saveSettings takes the settings of a section.
func (h handler) saveSettings(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, err := h.settingsPage(r)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(page.Sections, func(s SettingSection) bool { return s.Name == r.PathValue("section") })
	if at < 0 {
		return desk.Errorf(desk.NotFound, "There is no such page.")
	}
	form := page.Sections[at].Form
	if err = stale(r, form.Seen); err == nil {
		err = h.svc.SetSettings(r.Context(), web.Actor(r), readSettings(r, page.Sections[at]))
	}
	if err != nil {
		form.refuse(r, err)
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, settingsURL, web.T("admin.done.saved"))
}

// readSettings reads what a section's form says, as SetSettings takes it. What
// is shown and not asked is left alone.
func readSettings(r *http.Request, s SettingSection) map[string]string {
	out := map[string]string{}
	if s.Name == "customers" {
		var words []string
		for _, role := range presenceRoles() {
			words = append(words, r.PostFormValue(role))
		}
		return map[string]string{service.SettingPresences: strings.Join(words, " ")}
	}
	for _, f := range s.Form.fields() {
		if !f.Readonly {
			out[f.Name] = strings.TrimSpace(strings.Join(r.PostForm[f.Name], " "))
		}
	}
	return out
}
