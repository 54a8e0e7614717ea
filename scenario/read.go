package scenario

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"gatehouse/desk"
)

// Read reads a file of scenarios. What it does not understand, an unknown key,
// operation or question, a missing or wrong argument, is an error of kind
// desk.Invalid that says where and what is expected.
func Read(file string, text []byte) ([]Scenario, error) {
	r := &reader{file: file, operations: operations(), questions: questions(), things: things(), settings: settings()}
	root, err := r.document(text)
	if err != nil {
		return nil, err
	}
	list := r.scenarios(root)
	if len(r.faults) == 0 {
		return list, nil
	}
	more := ""
	if n := len(r.faults) - 1; n > 0 {
		more = fmt.Sprintf(" (and %d more)", n)
	}
	return nil, desk.Errorf(desk.Invalid, "%s%s", r.faults[0], more)
}

// A reader reads one file and notes what is wrong with it.
type reader struct {
	file                          string
	operations, questions, things forms
	settings                      map[string]kind
	faults                        []string
}

func (r *reader) fault(n *yaml.Node, format string, args ...any) {
	r.faults = append(r.faults, fmt.Sprintf("%s:%d: ", r.file, n.Line)+fmt.Sprintf(format, args...))
}

// document returns the one document of a file.
func (r *reader) document(text []byte) (*yaml.Node, error) {
	d := yaml.NewDecoder(bytes.NewReader(text))
	var root yaml.Node
	if err := d.Decode(&root); err == io.EOF {
		return nil, desk.Errorf(desk.Invalid, "%s: the file is empty; it begins with \"format: %s\".", r.file, Format)
	} else if err != nil {
		return nil, desk.Errorf(desk.Invalid, "%s: this is not YAML: %s.", r.file, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if err := d.Decode(new(yaml.Node)); err != io.EOF {
		return nil, desk.Errorf(desk.Invalid, "%s: there is a second document in the file; a file holds one.", r.file)
	}
	return root.Content[0], nil
}

// A pair is a key of a map with its value.
type pair struct{ key, value *yaml.Node }

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
		if seen[p.key.Value] {
			r.fault(p.key, "%s has the key %s twice", what, p.key.Value)
			continue
		}
		seen[p.key.Value] = true
		list = append(list, p)
	}
	return list
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

func (r *reader) unknown(n *yaml.Node, what string, known []string) {
	r.fault(n, "unknown %s %q; there are %s", what, n.Value, strings.Join(known, ", "))
}

func (r *reader) scenarios(root *yaml.Node) []Scenario {
	var list []Scenario
	var format string
	for _, p := range r.pairs(root, "the file") {
		switch p.key.Value {
		case "format":
			format = p.value.Value
		case "scenarios":
			for _, n := range r.items(p.value, "scenarios") {
				list = append(list, r.scenario(n))
			}
		default:
			r.unknown(p.key, "key", []string{"format", "scenarios"})
		}
	}
	if format != Format {
		r.faults = slices.Insert(r.faults, 0, fmt.Sprintf("%s:%d: the format is %q; this program reads %s", r.file, root.Line, format, Format))
	}
	seen := map[string]int{}
	for _, s := range list {
		if first := seen[s.ID]; first != 0 {
			r.faults = append(r.faults, fmt.Sprintf("%s:%d: there is a scenario %s already, at line %d", r.file, s.Line, s.ID, first))
		}
		seen[s.ID] = s.Line
	}
	return list
}

func (r *reader) scenario(n *yaml.Node) Scenario {
	s := Scenario{File: r.file, Line: n.Line}
	for _, p := range r.pairs(n, "a scenario") {
		switch p.key.Value {
		case "id":
			s.ID = r.word(p.value, "id")
		case "title":
			s.Title = r.word(p.value, "title")
		case "source":
			s.Source = r.word(p.value, "source")
		case "settings":
			for _, setting := range r.pairs(p.value, "settings") {
				s.Settings = append(s.Settings, r.setting(setting.key, setting.value))
			}
		case "world":
			r.world(p.value, &s.World)
		case "steps":
			for _, step := range r.items(p.value, "steps") {
				s.Steps = append(s.Steps, r.step(step))
			}
		default:
			r.unknown(p.key, "key", []string{"id", "title", "source", "settings", "world", "steps"})
		}
	}
	if s.ID == "" {
		r.fault(n, "a scenario needs an id")
	}
	return s
}

func (r *reader) word(n *yaml.Node, what string) string {
	if n.Kind != yaml.ScalarNode {
		r.fault(n, "%s must be a text", what)
	}
	return n.Value
}

// setting reads a setting as an entry with the argument value.
func (r *reader) setting(key, value *yaml.Node) Entry {
	e := Entry{Name: key.Value, Line: key.Line, args: map[string]Value{}}
	k, ok := r.settings[key.Value]
	if !ok {
		r.unknown(key, "setting", slices.Sorted(maps.Keys(r.settings)))
		return e
	}
	e.args["value"] = r.settingValue(key.Value, k, value)
	return e
}

func (r *reader) settingValue(name string, k kind, value *yaml.Node) Value {
	if k != aValue {
		return r.value(name, k, value)
	}
	v := Value{Line: value.Line, Shape: AMap}
	for _, n := range r.items(value, name) {
		v.Items = append(v.Items, r.entry(n, "a default group", takes("group name", "permission name")))
	}
	return v
}

func (r *reader) world(n *yaml.Node, w *World) {
	lists := map[string]*[]Entry{"users": &w.Users, "customers": &w.Customers, "groups": &w.Groups, "roles": &w.Roles,
		"queues": &w.Queues, "tickets": &w.Tickets}
	for _, p := range r.pairs(n, "the world") {
		to := lists[p.key.Value]
		switch {
		case p.key.Value == "grants":
			for _, g := range r.items(p.value, "grants") {
				w.Grants = append(w.Grants, r.entry(g, "a grant", grantArgs()))
			}
		case to != nil:
			for _, thing := range r.pairs(p.value, p.key.Value) {
				e := r.entry(thing.value, thing.key.Value, r.things[p.key.Value])
				e.Name, e.Line = thing.key.Value, thing.key.Line
				*to = append(*to, e)
			}
		default:
			r.unknown(p.key, "key", append(slices.Sorted(maps.Keys(lists)), "grants"))
		}
	}
}

func (r *reader) step(n *yaml.Node) Step {
	var s Step
	for _, p := range r.pairs(n, "a step") {
		switch p.key.Value {
		case "do":
			e := r.called(p.value, "op", "operation", r.operations)
			r.checkSetting(&e, p.value)
			s.Do = &e
		case "ask":
			s.Ask = []Entry{}
			for _, q := range r.items(p.value, "ask") {
				e := r.called(q, "q", "question", r.questions)
				r.checkQuestion(&e, q)
				s.Ask = append(s.Ask, e)
			}
		default:
			r.unknown(p.key, "key", []string{"do", "ask"})
		}
	}
	if (s.Do == nil) == (s.Ask == nil) {
		r.fault(n, "a step has either do or ask")
	}
	return s
}

// called reads an operation or a question by the forms of its sort.
func (r *reader) called(n *yaml.Node, key, what string, known forms) Entry {
	for _, p := range r.pairs(n, "an "+what) {
		if p.key.Value != key {
			continue
		}
		form, ok := known[p.value.Value]
		if !ok {
			r.unknown(p.value, what, slices.Sorted(maps.Keys(known)))
			return Entry{Line: n.Line}
		}
		e := r.entry(n, p.value.Value, form, key)
		e.Name = p.value.Value
		return e
	}
	r.fault(n, "an %s needs the key %s", what, key)
	return Entry{Line: n.Line}
}
