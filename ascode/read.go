package ascode

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"gatehouse/desk"
)

// Read reads a file. What it does not understand, an unknown key or right, a
// name said twice, is an error of kind desk.Invalid that says where and what is
// expected. Whether the things that it names are there is found when it is
// planned.
func Read(file string, text []byte) (*Config, error) {
	root, err := parse(file, text)
	if err != nil {
		return nil, err
	}
	r := &reader{Config: newConfig()}
	r.file = file
	r.root(root)
	if len(r.faults) == 0 {
		return r.Config, nil
	}
	more := ""
	if n := len(r.faults) - 1; n > 0 {
		more = fmt.Sprintf(" (and %d more)", n)
	}
	return nil, desk.Errorf(desk.Invalid, "%s%s", r.faults[0], more)
}

// parse returns the one document of a file.
func parse(file string, text []byte) (*yaml.Node, error) {
	d := yaml.NewDecoder(bytes.NewReader(text))
	var root yaml.Node
	if err := d.Decode(&root); err == io.EOF {
		return nil, desk.Errorf(desk.Invalid, "%s: the file is empty; it begins with \"format: %s\".", file, Format)
	} else if err != nil {
		return nil, desk.Errorf(desk.Invalid, "%s: this is not YAML: %s.", file, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if err := d.Decode(new(yaml.Node)); err != io.EOF {
		return nil, desk.Errorf(desk.Invalid, "%s: there is a second document in the file; a file holds one.", file)
	}
	return &root, nil
}

// A reader reads one file and notes what is wrong with it.
type reader struct {
	*Config
	faults []string
}

func (r *reader) fault(n *yaml.Node, format string, args ...any) {
	r.faults = append(r.faults, fmt.Sprintf("%s:%d: ", r.file, n.Line)+fmt.Sprintf(format, args...)+".")
}

// A pair is a key of a map with its value.
type pair struct{ key, value *yaml.Node }

// A field reads the value of one key.
type field struct {
	key  string
	read func(n *yaml.Node)
}

func resolved(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// pairs returns what a map holds; nothing where there is none.
func (r *reader) pairs(n *yaml.Node, what string) []pair {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		r.fault(n, "%s must be a map: {key: value}", what)
		return nil
	}
	var list []pair
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		p := pair{n.Content[i], resolved(n.Content[i+1])}
		key := desk.Fold(p.key.Value)
		switch {
		case p.key.Kind != yaml.ScalarNode || key == "":
			r.fault(p.key, "%s has a key that is no name", what)
		case seen[key]:
			r.fault(p.key, "%s has %s twice", what, p.key.Value)
		default:
			seen[key] = true
			list = append(list, p)
		}
	}
	return list
}

// fields reads a map of which each key is known.
func (r *reader) fields(n *yaml.Node, what string, fields []field) {
	var known []string
	for _, f := range fields {
		known = append(known, f.key)
	}
	for _, p := range r.pairs(n, what) {
		i := slices.Index(known, p.key.Value)
		if i < 0 {
			r.fault(p.key, "%s has no %q; it has %s", what, p.key.Value, strings.Join(known, ", "))
			continue
		}
		fields[i].read(p.value)
	}
}

func (r *reader) items(n *yaml.Node, what string) []*yaml.Node {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		r.fault(n, "%s must be a list", what)
		return nil
	}
	list := make([]*yaml.Node, len(n.Content))
	for i, item := range n.Content {
		list[i] = resolved(item)
	}
	return list
}

// word reads a text as it is written: no and 2024 are texts, too.
func (r *reader) word(n *yaml.Node, what string) string {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		r.fault(n, "%s must be a text", what)
		return ""
	}
	return n.Value
}

func (r *reader) flag(what string, to *bool) field {
	return field{what, func(n *yaml.Node) {
		if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" {
			r.fault(n, "%s must be true or false", what)
		}
		*to = n.Value == "true"
	}}
}

// words reads a list of texts, or one.
func (r *reader) words(n *yaml.Node, what string) []*yaml.Node {
	if n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
		return []*yaml.Node{n}
	}
	list := r.items(n, what)
	return slices.DeleteFunc(list, func(n *yaml.Node) bool { return r.word(n, what) == "" })
}

func (r *reader) day(what string, to *desk.Day) field {
	return field{what, func(n *yaml.Node) {
		day, err := desk.ParseDay(r.word(n, what))
		if err != nil || day == 0 {
			r.fault(n, "%s must be a day, as 2026-12-31", what)
		}
		*to = day
	}}
}

// principals are the kinds of references to who can hold something.
func principals() []string { return []string{"user", "group", "personal", "customer", "system"} }

// reference reads a reference of one of the kinds.
func (r *reader) reference(n *yaml.Node, what string, kinds []string) ref {
	written := r.word(n, what)
	kind, name, _ := strings.Cut(written, ":")
	if !slices.Contains(kinds, kind) || strings.TrimSpace(name) == "" {
		r.fault(n, "%s must be written as %s:NAME, not %q", what, strings.Join(kinds, ":NAME, "), written)
	}
	return r.ref(written)
}

func (r *reader) root(doc *yaml.Node) {
	root := doc.Content[0]
	format := ""
	known := append([]string{"format"}, sections()...)
	read := map[string]func(*yaml.Node){
		"format": func(n *yaml.Node) { format = n.Value }, "settings": r.settingsIn, "permissions": r.permissionsIn, "roles": r.rolesIn,
		"groups":          func(n *yaml.Node) { r.groupsIn(n, "group:") },
		"personal_groups": func(n *yaml.Node) { r.groupsIn(n, "personal:") },
		"customers":       r.customersIn, "queues": r.queuesIn, "grants": r.grantsIn,
		"watchers": func(n *yaml.Node) { r.watchersIn(n, r.ref("system")) },
	}
	var fields []field
	for _, key := range known {
		fields = append(fields, field{key, func(n *yaml.Node) {
			r.has[key] = true
			read[key](n)
		}})
	}
	r.fields(root, "the file", fields)
	if format != Format {
		r.faults = slices.Insert(r.faults, 0, fmt.Sprintf("%s:%d: the format is %q; this program reads \"format: %s\".", r.file, root.Line, format, Format))
	}
}

func (r *reader) settingsIn(n *yaml.Node) {
	for _, p := range r.pairs(n, "settings") {
		name := settingName(p.key.Value)
		r.settings[name], r.lines[name] = r.word(p.value, p.key.Value), p.key.Line
	}
}

func (r *reader) permissionsIn(n *yaml.Node) {
	for _, p := range r.pairs(n, "permissions") {
		name := permissionName(r.folded("permission:", p.key.Value))
		var v permission
		r.fields(p.value, "permission "+p.key.Value, []field{
			{"agents", func(n *yaml.Node) { v.agents = r.rights(n, "agents") }},
			{"contacts", func(n *yaml.Node) { v.contacts = r.rights(n, "contacts") }},
			r.flag("disabled", &v.disabled),
		})
		r.permissions[name], r.lines[name] = v, p.key.Line
	}
}

func (r *reader) rights(n *yaml.Node, what string) desk.RightSet {
	var set desk.RightSet
	for _, word := range r.words(n, what) {
		right, ok := desk.ParseRight(word.Value)
		if !ok {
			r.fault(word, "there is no right %q; gatehouse access rights lists all", word.Value)
		}
		set |= desk.RightsOf(right)
	}
	return set
}

func (r *reader) rolesIn(n *yaml.Node) {
	for _, p := range r.pairs(n, "roles") {
		name := r.role(p.key.Value)
		var v role
		r.fields(p.value, "role "+p.key.Value, []field{
			r.flag("single", &v.single), r.flag("disabled", &v.disabled), r.flag("everywhere", &v.everywhere),
			{"queues", func(n *yaml.Node) {
				var used []ref
				for _, word := range r.words(n, "queues") {
					used = append(used, r.ref("queue:"+word.Value))
				}
				v.queues = joined(used)
			}},
		})
		r.roles[name], r.lines[name] = v, p.key.Line
	}
}

func (r *reader) groupsIn(n *yaml.Node, kind string) {
	for _, p := range r.pairs(n, "groups") {
		if kind == "personal:" && !strings.Contains(p.key.Value, "/") {
			r.fault(p.key, "a personal group is written as OWNER/NAME, not %q", p.key.Value)
		}
		key := r.ref(kind + p.key.Value)
		var v group
		r.fields(p.value, "group "+p.key.Value, []field{
			{"description", func(n *yaml.Node) { v.description = r.word(n, "description") }},
			r.flag("disabled", &v.disabled),
			{"members", func(n *yaml.Node) { r.membersIn(n, key) }},
		})
		r.groups[key], r.lines[key] = v, p.key.Line
	}
}

func (r *reader) customersIn(n *yaml.Node) {
	for _, p := range r.pairs(n, "customers") {
		r.fields(p.value, "customer "+p.key.Value, []field{
			{"members", func(n *yaml.Node) { r.membersIn(n, r.ref("customer:"+p.key.Value)) }},
		})
	}
}

func (r *reader) membersIn(n *yaml.Node, of ref) {
	for _, item := range r.items(n, "members") {
		var m membership
		var who ref
		if isCustomer(of) {
			m.part = desk.PartMember
		}
		if item.Kind == yaml.ScalarNode {
			who = r.reference(item, "a member", principals())
		} else {
			fields := []field{{"who", func(n *yaml.Node) { who = r.reference(n, "a member", principals()) }}, r.day("from", &m.from), r.day("until", &m.until)}
			if isCustomer(of) {
				fields = append(fields, r.part(&m.part), r.flag("primary", &m.primary))
			}
			r.fields(item, "a member", fields)
		}
		key := place{of, who}
		if _, twice := r.members[key]; twice {
			r.fault(item, "%s is a member twice", r.text(who))
		}
		r.members[key], r.lines[key] = m, item.Line
	}
}

func (r *reader) part(to *desk.Part) field {
	return field{"part", func(n *yaml.Node) {
		part, ok := desk.ParsePart(r.word(n, "part"))
		if !ok {
			r.fault(n, "part must be manager, member, reader or contact")
		}
		*to = part
	}}
}

func (r *reader) queuesIn(n *yaml.Node) {
	for _, p := range r.pairs(n, "queues") {
		key := r.ref("queue:" + p.key.Value)
		var v queue
		r.fields(p.value, "queue "+p.key.Value, []field{
			r.flag("disabled", &v.disabled),
			{"access_group", func(n *yaml.Node) {
				name := r.word(n, "access_group")
				if !strings.HasPrefix(name, "personal:") {
					name = "group:" + strings.TrimPrefix(name, "group:")
				}
				v.guard = r.ref(name)
			}},
			{"watchers", func(n *yaml.Node) { r.watchersIn(n, key) }},
		})
		r.queues[key], r.lines[key] = v, p.key.Line
	}
}

func (r *reader) watchersIn(n *yaml.Node, on ref) {
	for _, p := range r.pairs(n, "watchers") {
		for _, who := range r.words(p.value, p.key.Value) {
			key := watcher{on, r.role(p.key.Value), r.reference(who, "a watcher", principals())}
			r.watchers[key], r.lines[key] = true, who.Line
		}
	}
}

func (r *reader) grantsIn(n *yaml.Node) {
	for _, item := range r.items(n, "grants") {
		r.grantIn(item)
	}
}

// grantIn reads a line of grants: one grant for each right or permission.
func (r *reader) grantIn(n *yaml.Node) {
	g := grant{}
	var what []*yaml.Node
	var until desk.Day
	r.fields(n, "a grant", []field{
		{"who", func(n *yaml.Node) { g.who = r.reference(n, "who", principals()) }},
		{"as", func(n *yaml.Node) {
			var as []roleName
			for _, word := range r.words(n, "as") {
				as = append(as, r.role(word.Value))
			}
			g.as = joined(as)
		}},
		{"what", func(n *yaml.Node) { what = r.words(n, "what") }},
		{"where", func(n *yaml.Node) {
			if g.where = r.ref(n.Value); g.where != "system" {
				g.where = r.reference(n, "where", []string{"queue", "group", "personal", "customer"})
			}
		}},
		r.day("until", &until),
	})
	if g.who == "" || g.where == "" || len(what) == 0 {
		r.fault(n, "a grant needs who, what and where")
		return
	}
	for _, word := range what {
		g.what = desk.Fold(word.Value)
		if right, ok := desk.ParseRight(word.Value); !ok {
			r.folded("permission:", word.Value)
		} else {
			g.what = desk.Fold(right.String())
		}
		if _, twice := r.grants[g]; twice {
			r.fault(word, "%s is granted twice to %s on %s", word.Value, r.text(g.who), r.text(g.where))
		}
		r.grants[g], r.lines[g] = until, word.Line
	}
}
