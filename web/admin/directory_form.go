package admin

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/web"
)

// A configField is one field of a directory's own settings, which are JSON.
type configField struct {
	name, kind string
	usual      string // what counts where nothing is said
	required   bool
}

// configParts are the settings of a kind of directory, as package directory
// reads them.
func configParts(kind string) (reach, people, groups []configField) {
	if kind == "sql" {
		return []configField{{name: "driver", kind: "driver"}, {name: "table", required: true}},
			[]configField{{name: "id"}, {name: "login", required: true}, {name: "name"}, {name: "addresses"}, {name: "customers"},
				{name: "groups"}, {name: "language"}, {name: "password"}, {name: "disabled"}}, nil
	}
	return []configField{{name: "url", required: true}, {name: "start_tls", kind: "checkbox"}, {name: "ca", kind: "textarea"}, {name: "bind_dn"},
			{name: "base", required: true}, {name: "filter", usual: "(objectClass=person)"}},
		[]configField{{name: "id"}, {name: "login", usual: "uid"}, {name: "name", usual: "cn"}, {name: "addresses", usual: "mail"},
			{name: "language", usual: "preferredLanguage"}, {name: "customers"}},
		[]configField{{name: "group_base"}, {name: "group_name", usual: "cn"}, {name: "group_member", usual: "member"}}
}

// directoryForm are the fields of a directory.
func (h handler) directoryForm(r *http.Request, d *desk.Directory) (DirectoryForm, error) {
	same := *d
	same.Run, same.Next, same.Confirm = 0, time.Time{}, false
	f := DirectoryForm{Kind: d.Kind, Seen: seenState(same), Kept: d.ID != 0}
	config := configOf(d)
	reach, people, groups := configParts(d.Kind)
	secret := Labelled{Label: web.T("directory.secret." + d.Kind), Help: web.T("directory.secret.help." + d.Kind),
		Field: web.Field{Name: "secret", Kind: "password", Autocomplete: "new-password"}}
	if f.Kept {
		secret.Help = web.T("directory.secret.kept")
	}
	where := append([]Labelled{{Label: web.T("directory.name"), Help: web.T("directory.name.help"), Field: web.Field{Name: "name", Value: d.Name, Required: true}}},
		configFields(d.Kind, reach, config)...)
	lines, err := h.groupLines(r, d)
	if err != nil {
		return f, err
	}
	mapping := append(configFields(d.Kind, groups, config), Labelled{Label: web.T("directory.groups"), Help: web.T("directory.groups.help"),
		Field: web.Field{Name: "groups", Kind: "textarea", Rows: 3, Value: lines}})
	f.Parts = []FormPart{{"directory.part.where", append(where, secret)}, {"directory.part.people." + d.Kind, configFields(d.Kind, people, config)},
		{"directory.part.groups", mapping}, {"directory.part.reading", readingFields(d)}}
	return f, nil
}

func configFields(kind string, list []configField, config map[string]any) []Labelled {
	var out []Labelled
	for _, c := range list {
		l := Labelled{Label: web.T("directory." + kind + "." + c.name), Field: web.Field{Name: "config-" + c.name, Kind: c.kind, Required: c.required}}
		value := config[c.name]
		switch c.kind {
		case "checkbox":
			l.Field.Checked = value == true
		case "driver":
			l.Field.Kind = "select"
			l.Field.Options = options(fmt.Sprint(value), "postgres", "directory.driver.postgres", "mysql", "directory.driver.mysql", "sqlite", "directory.driver.sqlite")
		default:
			l.Field.Value, _ = value.(string)
		}
		if c.kind == "textarea" {
			l.Field.Rows = 2
		}
		switch c.name {
		case "url", "start_tls", "ca", "bind_dn", "base", "customers", "group_base", "table", "addresses", "password", "disabled", "groups":
			l.Help = web.T("directory." + kind + "." + c.name + ".help")
		case "id":
			l.Help = web.T("directory." + kind + ".id.help")
		default:
			if c.usual != "" {
				l.Help = web.T("directory.usual", c.usual)
			}
		}
		out = append(out, l)
	}
	return out
}

// readingFields ask when a directory is read and what that may do.
func readingFields(d *desk.Directory) []Labelled {
	return []Labelled{
		{Label: web.T("directory.place"), Help: web.T("directory.place.help"), Field: web.Field{Name: "place", Kind: "number", Value: strconv.Itoa(d.Place)}},
		{Label: web.T("directory.read.every"), Field: web.Field{Name: "every", Kind: "select",
			Options: spans(d.Every, everyText, 5*time.Minute, 15*time.Minute, time.Hour, 6*time.Hour, 24*time.Hour)}},
		{Label: web.T("directory.keep"), Help: web.T("directory.keep.help"), Field: web.Field{Name: "keep", Kind: "select",
			Options: spans(d.Keep, keepText, 6*time.Hour, 24*time.Hour, 3*24*time.Hour, 7*24*time.Hour, 30*24*time.Hour)}},
		{Label: web.T("directory.loss"), Help: web.T("directory.loss.help"), Field: web.Field{Name: "max_loss", Kind: "number", Value: strconv.Itoa(d.MaxLoss)}},
		{Label: web.T("directory.adopt"), Field: web.Field{Name: "adopt", Kind: "checkbox", Checked: d.Adopt}},
	}
}

// spans are the choices of a time span, the present one and none among them.
func spans(now time.Duration, say func(time.Duration) web.Text, list ...time.Duration) []web.Option {
	list = append(list, 0, now)
	slices.Sort(list)
	var out []web.Option
	for _, d := range slices.Compact(list) {
		out = append(out, web.Option{Value: d.String(), Label: say(d), Selected: d == now})
	}
	return out
}

func keepText(keep time.Duration) web.Text {
	if keep <= 0 {
		return web.T("directory.keep.not")
	}
	return spanText(keep)
}

// groupLines writes the groups of a directory, one to a line.
func (h handler) groupLines(r *http.Request, d *desk.Directory) (string, error) {
	var lines []string
	for _, g := range d.Groups {
		ours, err := h.svc.Group(r.Context(), web.Actor(r), g.Ours)
		if err != nil {
			return "", err
		}
		lines = append(lines, g.Theirs+" = "+ours.Name)
	}
	return strings.Join(lines, "\n"), nil
}

// readDirectory puts what was typed into a directory.
func (h handler) readDirectory(r *http.Request, d *desk.Directory) error {
	d.Name, d.Secret, d.Adopt = r.PostFormValue("name"), r.PostFormValue("secret"), r.PostFormValue("adopt") != ""
	if err := readConfig(r, d); err != nil {
		return err
	}
	var err error
	for name, to := range map[string]*int{"place": &d.Place, "max_loss": &d.MaxLoss} {
		if *to, err = strconv.Atoi(strings.TrimSpace(r.PostFormValue(name))); err != nil {
			return desk.InvalidFields(map[string]string{name: "Write a number."})
		}
	}
	for name, to := range map[string]*time.Duration{"every": &d.Every, "keep": &d.Keep} {
		if *to, err = time.ParseDuration(r.PostFormValue(name)); err != nil {
			return desk.InvalidFields(map[string]string{name: "Choose one of these."})
		}
	}
	return h.readGroupLines(r, d)
}

// readConfig puts the settings of the directory's own into it. What the form
// does not show stays, and what is the same is left as it is written.
func readConfig(r *http.Request, d *desk.Directory) error {
	config := configOf(d)
	reach, people, groups := configParts(d.Kind)
	for _, c := range slices.Concat(reach, people, groups) {
		value := strings.TrimSpace(r.PostFormValue("config-" + c.name))
		switch {
		case value == "":
			delete(config, c.name)
		case c.kind == "checkbox":
			config[c.name] = true
		default:
			config[c.name] = value
		}
	}
	if maps.Equal(config, configOf(d)) {
		return nil
	}
	text, err := json.Marshal(config)
	if err != nil {
		return desk.Wrap(desk.Internal, err, "The settings cannot be written.")
	}
	d.Config = string(text)
	return nil
}

// configOf reads the settings of the directory's own, all of which are words
// and switches.
func configOf(d *desk.Directory) map[string]any {
	config := map[string]any{}
	if d.Config != "" && json.Unmarshal([]byte(d.Config), &config) != nil {
		return map[string]any{}
	}
	for name, value := range config {
		switch v := value.(type) {
		case string:
			config[name] = strings.TrimSpace(v)
		case bool:
			if !v {
				delete(config, name)
			}
		default:
			delete(config, name) // package directory refuses it
		}
	}
	return config
}

// readGroupLines reads the groups of a directory from their lines.
func (h handler) readGroupLines(r *http.Request, d *desk.Directory) error {
	d.Groups = nil
	for line := range strings.Lines(r.PostFormValue("groups")) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		at := strings.LastIndexByte(line, '=') // theirs may be a DN
		if at < 0 {
			return desk.InvalidFields(map[string]string{"groups": "Write each line as: their group = our group."})
		}
		ours, err := h.svc.Find(r.Context(), web.Actor(r), "group:"+strings.TrimSpace(line[at+1:]))
		if err != nil {
			return desk.InvalidFields(map[string]string{"groups": desk.Sentence(err)})
		}
		d.Groups = append(d.Groups, desk.DirectoryGroup{Theirs: strings.TrimSpace(line[:at]), Ours: desk.GroupID(ours)})
	}
	return nil
}

// fields are the fields of the form.
func (f *DirectoryForm) fields() []*web.Field {
	var list []*web.Field
	for i := range f.Parts {
		for j := range f.Parts[i].Fields {
			list = append(list, &f.Parts[i].Fields[j].Field)
		}
	}
	return list
}

// refuse makes the form one that was not taken.
func (f *DirectoryForm) refuse(r *http.Request, err error) {
	web.Retype(r, f.fields()...)
	f.Error = web.T("error.invalid.title")
	if rest := web.Refuse(err, f.fields()...); rest != "" {
		f.Error = web.Plain(rest)
	}
}
