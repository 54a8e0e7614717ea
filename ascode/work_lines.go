package ascode

import (
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"gatehouse/desk"
)

// A passage is where a thing stands in a file: its line, those of what is said of
// it, and the values that it names.
type passage struct {
	line   int
	keys   map[string]int
	values []*yaml.Node
}

// workKinds are the sections of a file of work and what is in them.
func workKinds() map[string]string {
	return map[string]string{"calendars": "calendar", "agreements": "agreement", "without_clocks": "tickets", "life_cycles": "life cycle",
		"rules": "rule", "templates": "template", "forms": "form"}
}

// workPlaces finds where each thing of a file stands, by kind and name; of two
// with the same name, the second.
func workPlaces(text []byte) map[string]*passage {
	var root yaml.Node
	found := map[string]*passage{}
	if yaml.Unmarshal(text, &root) != nil || len(root.Content) == 0 || root.Content[0].Kind != yaml.MappingNode {
		return found
	}
	sections := root.Content[0].Content
	for i := 0; i+1 < len(sections); i += 2 {
		kind, list := workKinds()[sections[i].Value], sections[i+1]
		for _, item := range list.Content {
			if kind == "tickets" {
				item = list
			}
			found[placeKey(kind, placeName(kind, item))] = passageOf(item)
		}
	}
	return found
}

func placeKey(kind, name string) string { return kind + " " + desk.Fold(name) }

// placeName is what a thing is called, as told calls it.
func placeName(kind string, item *yaml.Node) string {
	if kind == "tickets" {
		return "without clocks"
	}
	if kind == "template" {
		var t workTemplate
		if item.Decode(&t) == nil {
			return t.name()
		}
	}
	if kind == "form" {
		var f workForm
		if item.Decode(&f) == nil {
			return f.name()
		}
	}
	for i := 0; i+1 < len(item.Content); i += 2 {
		if item.Content[i].Value == "name" {
			return item.Content[i+1].Value
		}
	}
	return ""
}

func passageOf(item *yaml.Node) *passage {
	p := &passage{line: item.Line, keys: map[string]int{}}
	if item.Kind != yaml.MappingNode {
		p.values = scalars(item)
		return p
	}
	for i := 0; i+1 < len(item.Content); i += 2 {
		key, value := item.Content[i], item.Content[i+1]
		p.keys[key.Value] = key.Line
		if key.Value != "name" {
			p.values = append(p.values, scalars(value)...)
		}
	}
	return p
}

// scalars are the values in a part of a file.
func scalars(n *yaml.Node) []*yaml.Node {
	if n.Kind == yaml.ScalarNode {
		return []*yaml.Node{n}
	}
	var list []*yaml.Node
	for i, c := range n.Content {
		if n.Kind != yaml.MappingNode || i%2 == 1 {
			list = append(list, scalars(c)...)
		}
	}
	return list
}

// keyOf is how a file says the field of a form that an error names.
func keyOf(field string) string {
	written, ok := map[string]string{"on": "when", "open": "open_in", "hours": "hours", "states": "statuses", "mon": "hours", "tue": "hours", "wed": "hours",
		"thu": "hours", "fri": "hours", "sat": "hours", "sun": "hours"}[field]
	if ok {
		return written
	}
	return field
}

// lineOf is the line of what an error is about: of the key that it names, of the
// one value that its sentence names, else of the thing.
func (p *passage) lineOf(err error) int {
	best := 0
	for field := range desk.FieldTexts(err) {
		if line := p.keys[keyOf(field)]; line > 0 && (best == 0 || line < best) {
			best = line
		}
	}
	if best > 0 {
		return best
	}
	sentence := " " + told(err) + " "
	named := ""
	for _, v := range p.values {
		if len(v.Value) < len(named) || strings.TrimSpace(v.Value) == "" {
			continue
		}
		if regexp.MustCompile(`[ “"(]` + regexp.QuoteMeta(v.Value) + `[ ”").,;:]`).MatchString(sentence) {
			best, named = v.Line, v.Value
		}
	}
	if best > 0 {
		return best
	}
	return p.line
}

// where says at what line of the file something stands that is wrong; without the
// line where the file does not have it.
func (w *Work) where(kind, name string, err error) string {
	if p := w.places[placeKey(kind, name)]; p != nil {
		return fmt.Sprintf("%s:%d: %s %s: ", w.file, p.lineOf(err), kind, name)
	}
	return fmt.Sprintf("%s: %s %s: ", w.file, kind, name)
}

// lineOf is the line at which a thing of the file begins.
func (w *Work) lineOf(kind, name string) int {
	if p := w.places[placeKey(kind, name)]; p != nil {
		return p.line
	}
	return 1
}

// lineInYAML is how the reader of YAML names a line.
var lineInYAML = regexp.MustCompile(`^(?:unmarshal errors: )?line (\d+): `)

// unread says what is wrong with a file that is no YAML, or none of work, where
// that stands.
func unread(file string, err error) error {
	text := strings.Join(strings.Fields(strings.TrimPrefix(err.Error(), "yaml: ")), " ")
	if m := lineInYAML.FindStringSubmatch(text); m != nil {
		return desk.Wrap(desk.Invalid, err, "%s:%s: %s.", file, m[1], strings.TrimPrefix(text, m[0]))
	}
	return desk.Wrap(desk.Invalid, err, "%s: %s.", file, text)
}
