package ascode

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"gatehouse/desk"
)

// Into writes the configuration into the text of a file that there is: order
// and comments of what is the same stay, what is no more is left out,
// what is new comes at the end of its section. Sections and settings that the
// file does not have are not added.
func (c *Config) Into(file string, old []byte) ([]byte, error) {
	was, err := Read(file, old)
	if err != nil {
		return nil, err
	}
	root, err := parse(file, old)
	if err != nil {
		return nil, err
	}
	fresh := c.document()
	kept := mapping()
	for i := 0; i < len(fresh.Content); i += 2 {
		key, value := fresh.Content[i], fresh.Content[i+1]
		if key.Value != "format" && !was.has[key.Value] {
			continue
		}
		switch key.Value {
		case "settings":
			value = withoutUnnamed(value, was)
		case "grants":
			value = c.grantsInto(file, child(root.Content[0], "grants"))
		}
		kept.Content = append(kept.Content, key, value)
	}
	root.Content[0] = merged(root.Content[0], kept)
	return encode(root)
}

func withoutUnnamed(settings *yaml.Node, was *Config) *yaml.Node {
	m := mapping()
	for i := 0; i < len(settings.Content); i += 2 {
		if _, named := was.settings[settingName(settings.Content[i].Value)]; named {
			m.Content = append(m.Content, settings.Content[i], settings.Content[i+1])
		}
	}
	return m
}

// child is the value of a key of a map.
func child(m *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key {
			return resolved(m.Content[i+1])
		}
	}
	return nil
}

// grantsInto keeps the lines of grants that are all still there, and writes the
// other grants as lines after them.
func (c *Config) grantsInto(file string, old *yaml.Node) *yaml.Node {
	list := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	rest := only(c.grants, func(grant) bool { return true })
	for _, item := range old.Content {
		line := &reader{Config: newConfig()}
		line.file = file
		line.grantIn(resolved(item))
		there := true
		for g, until := range line.grants {
			is, left := rest[g]
			there = there && left && is == until
		}
		if !there {
			continue
		}
		list.Content = append(list.Content, item)
		for g := range line.grants {
			delete(rest, g)
		}
	}
	list.Content = append(list.Content, c.grantNodes(rest)...)
	return list
}

// merged is the old node where both say the same, and what is new of the other.
func merged(old, fresh *yaml.Node) *yaml.Node {
	was := resolved(old)
	switch {
	case same(was) == same(fresh):
		return old
	case was.Kind == yaml.MappingNode && fresh.Kind == yaml.MappingNode:
		return mergedMap(was, fresh)
	case was.Kind == yaml.SequenceNode && fresh.Kind == yaml.SequenceNode:
		return mergedList(was, fresh)
	}
	fresh.HeadComment, fresh.LineComment, fresh.FootComment = old.HeadComment, old.LineComment, old.FootComment
	return fresh
}

func mergedMap(old, fresh *yaml.Node) *yaml.Node {
	m := *old
	m.Content = nil
	left := map[string]*yaml.Node{}
	for i := 0; i < len(fresh.Content); i += 2 {
		left[desk.Fold(fresh.Content[i].Value)] = fresh.Content[i+1]
	}
	for i := 0; i+1 < len(old.Content); i += 2 {
		key := desk.Fold(old.Content[i].Value)
		if value, there := left[key]; there {
			m.Content = append(m.Content, old.Content[i], merged(old.Content[i+1], value))
			delete(left, key)
		}
	}
	for i := 0; i < len(fresh.Content); i += 2 {
		if _, fit := left[desk.Fold(fresh.Content[i].Value)]; fit {
			m.Content = append(m.Content, fresh.Content[i], fresh.Content[i+1])
		}
	}
	if len(old.Content) == 0 {
		m.Style = fresh.Style
	}
	return &m
}

func mergedList(old, fresh *yaml.Node) *yaml.Node {
	list := *old
	list.Content = nil
	left := map[string]bool{}
	for _, n := range fresh.Content {
		left[same(n)] = true
	}
	for _, n := range old.Content {
		if text := same(n); left[text] {
			list.Content = append(list.Content, n)
			delete(left, text)
		}
	}
	for _, n := range fresh.Content {
		if left[same(n)] {
			list.Content = append(list.Content, n)
		}
	}
	if len(old.Content) == 0 {
		list.Style = fresh.Style
	}
	return &list
}

// same is a text that two nodes share if they say the same: the order of lists
// and maps does not count, and a list of one is that one.
func same(n *yaml.Node) string {
	n = resolved(n)
	if n.Kind == yaml.ScalarNode {
		return "=" + n.Value
	}
	var parts []string
	step := 1
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	for i := 0; i+step <= len(n.Content); i += step {
		part := same(n.Content[i])
		if step == 2 {
			part = desk.Fold(part) + ":" + same(n.Content[i+1])
		}
		parts = append(parts, part)
	}
	if step == 1 && len(parts) == 1 {
		return parts[0]
	}
	slices.Sort(parts)
	return "[" + strings.Join(parts, "\x00") + "]"
}
