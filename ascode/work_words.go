package ascode

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A said is a key of a thing with its value, on one line.
type said struct{ key, value string }

// sayings are what is said of a thing.
func sayings(thing any) []said {
	var n yaml.Node
	if err := n.Encode(thing); err != nil {
		return nil // what is written can be encoded
	}
	var list []said
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i].Value, n.Content[i+1]
		list = append(list, said{key, oneLine(value)})
	}
	return list
}

// oneLine writes a value as people read it.
func oneLine(n *yaml.Node) string {
	var parts []string
	switch n.Kind {
	case yaml.ScalarNode:
		return strings.Join(strings.Fields(n.Value), " ")
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			parts = append(parts, n.Content[i].Value+" "+oneLine(n.Content[i+1]))
		}
		return strings.Join(parts, " ")
	}
	for _, part := range n.Content {
		parts = append(parts, oneLine(part))
	}
	return strings.Join(parts, ", ")
}

// made says what a new thing is.
func made(thing any) string {
	var parts []string
	for _, s := range sayings(thing) {
		if s.key == "name" {
			continue
		}
		parts = append(parts, s.key+" "+s.value)
	}
	return strings.Join(parts, "; ")
}

// changed says what differs between two things; nothing where they are the same.
func changed(was, is any) string {
	before, after := sayings(was), sayings(is)
	var parts []string
	for _, s := range after {
		i := slices.IndexFunc(before, func(b said) bool { return b.key == s.key })
		switch {
		case i < 0:
			parts = append(parts, s.key+" becomes "+s.value)
		case before[i].value != s.value:
			parts = append(parts, s.key+" "+before[i].value+" becomes "+s.value)
		}
	}
	for _, b := range before {
		if !slices.ContainsFunc(after, func(s said) bool { return s.key == b.key }) {
			parts = append(parts, b.key+" "+b.value+" goes")
		}
	}
	return strings.Join(parts, "; ")
}

// alike reports whether two things are written the same way.
func alike(a, b any) bool {
	x, errA := written(a)
	y, errB := written(b)
	return errA == nil && errB == nil && string(x) == string(y)
}
