package ascode

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"gatehouse/desk"
)

// YAML writes the configuration: sections in their order, things by name.
func (c *Config) YAML() ([]byte, error) { return encode(c.document()) }

func encode(root *yaml.Node) ([]byte, error) {
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(root); err != nil {
		return nil, desk.Wrap(desk.Internal, err, "The configuration could not be written.")
	}
	return b.Bytes(), e.Close()
}

func (c *Config) document() *yaml.Node {
	root := mapping()
	put(root, "format", text(Format))
	for _, section := range []struct {
		name string
		node func() *yaml.Node
	}{
		{"settings", c.settingsNode}, {"permissions", c.permissionsNode}, {"roles", c.rolesNode},
		{"groups", func() *yaml.Node { return c.groupsNode("group:") }}, {"personal_groups", func() *yaml.Node { return c.groupsNode("personal:") }},
		{"customers", c.customersNode}, {"queues", c.queuesNode},
		{"watchers", func() *yaml.Node { return c.watchersNode("system") }}, {"grants", c.grantsNode},
	} {
		if c.has[section.name] {
			put(root, section.name, section.node())
		}
	}
	return root
}

func mapping() *yaml.Node { return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"} }

// inline is a map in braces, for things of few fields.
func inline() *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: yaml.FlowStyle}
}

func text(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
}

func put(m *yaml.Node, key string, value *yaml.Node) {
	m.Content = append(m.Content, text(key), value)
}

func putFlag(m *yaml.Node, key string, on bool) {
	if on {
		put(m, key, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: "true"})
	}
}

func putText(m *yaml.Node, key, value string) {
	if value != "" {
		put(m, key, text(value))
	}
}

func putList(m *yaml.Node, key string, list []string) {
	if len(list) > 0 {
		put(m, key, texts(list))
	}
}

func texts(list []string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Style: yaml.FlowStyle}
	for _, t := range list {
		n.Content = append(n.Content, text(t))
	}
	return n
}

func (c *Config) settingsNode() *yaml.Node {
	m := mapping()
	for _, name := range sorted(c.settings) {
		put(m, string(name), text(c.settings[name]))
	}
	return m
}

func (c *Config) permissionsNode() *yaml.Node {
	m := mapping()
	for _, name := range sorted(c.permissions) {
		p := c.permissions[name]
		n := mapping()
		putFlag(n, "disabled", p.disabled)
		put(n, "agents", texts(p.agents.Names()))
		put(n, "contacts", texts(p.contacts.Names()))
		put(m, c.texts["permission:"+string(name)], n)
	}
	return m
}

func (c *Config) rolesNode() *yaml.Node {
	m := mapping()
	for _, name := range sorted(c.roles) {
		r := c.roles[name]
		n := inline()
		putFlag(n, "single", r.single)
		putFlag(n, "disabled", r.disabled)
		putFlag(n, "everywhere", r.everywhere)
		putList(n, "queues", c.names(split(r.queues)))
		put(m, c.roleText(name), n)
	}
	return m
}

// names are references without their kinds.
func (c *Config) names(refs []string) []string {
	var list []string
	for _, r := range refs {
		list = append(list, c.name(ref(r)))
	}
	return list
}

func (c *Config) groupsNode(kind string) *yaml.Node {
	m := mapping()
	for _, key := range sorted(c.groups) {
		if !strings.HasPrefix(string(key), kind) {
			continue
		}
		g := c.groups[key]
		n := mapping()
		putText(n, "description", g.description)
		putFlag(n, "disabled", g.disabled)
		if members := c.membersNode(key); len(members.Content) > 0 {
			put(n, "members", members)
		}
		if len(n.Content) == 0 {
			n.Style = yaml.FlowStyle
		}
		put(m, c.name(key), n)
	}
	return m
}

func (c *Config) membersNode(of ref) *yaml.Node {
	list := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	var who []ref
	for key := range c.members {
		if key.group == of {
			who = append(who, key.who)
		}
	}
	slices.Sort(who)
	for _, w := range who {
		m := c.members[place{of, w}]
		n := inline()
		put(n, "who", text(c.text(w)))
		putText(n, "part", m.part.String())
		putFlag(n, "primary", m.primary)
		putText(n, "from", m.from.String())
		putText(n, "until", m.until.String())
		if len(n.Content) == 2 {
			n = text(c.text(w))
		}
		list.Content = append(list.Content, n)
	}
	return list
}

func (c *Config) customersNode() *yaml.Node {
	m := mapping()
	customers := map[ref]bool{}
	for key := range c.members {
		if isCustomer(key.group) {
			customers[key.group] = true
		}
	}
	for _, key := range sorted(customers) {
		n := mapping()
		put(n, "members", c.membersNode(key))
		put(m, c.name(key), n)
	}
	return m
}

func isCustomer(r ref) bool { return strings.HasPrefix(string(r), "customer:") }

func (c *Config) queuesNode() *yaml.Node {
	m := mapping()
	for _, key := range sorted(c.queues) {
		q := c.queues[key]
		n := mapping()
		putFlag(n, "disabled", q.disabled)
		if q.guard != "" {
			putText(n, "access_group", c.guardText(q.guard))
		}
		if watchers := c.watchersNode(key); len(watchers.Content) > 0 {
			put(n, "watchers", watchers)
		}
		if len(n.Content) == 0 {
			n.Style = yaml.FlowStyle
		}
		put(m, c.name(key), n)
	}
	return m
}

// guardText is the name of a group; personal ones keep their kind.
func (c *Config) guardText(r ref) string {
	if strings.HasPrefix(string(r), "group:") {
		return c.name(r)
	}
	return c.text(r)
}

func (c *Config) watchersNode(on ref) *yaml.Node {
	m := mapping()
	roles := map[roleName][]string{}
	for w := range c.watchers {
		if w.on == on {
			roles[w.role] = append(roles[w.role], string(w.who))
		}
	}
	for _, r := range sorted(roles) {
		slices.Sort(roles[r])
		var who []string
		for _, w := range roles[r] {
			who = append(who, c.text(ref(w)))
		}
		putList(m, c.roleText(r), who)
	}
	return m
}

// A bundle is the grants of one line: all that somebody has somewhere.
type bundle struct {
	who   ref
	where ref
	as    string
	until desk.Day
}

func compareBundles(a, b bundle) int {
	return cmp.Or(cmp.Compare(a.who, b.who), cmp.Compare(a.where, b.where), cmp.Compare(a.as, b.as), cmp.Compare(a.until, b.until))
}

func (c *Config) grantsNode() *yaml.Node {
	list := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	list.Content = c.grantNodes(c.grants)
	return list
}

func (c *Config) grantNodes(grants map[grant]desk.Day) []*yaml.Node {
	what := map[bundle][]string{}
	for g, until := range grants {
		b := bundle{g.who, g.where, g.as, until}
		what[b] = append(what[b], c.whatText(g.what))
	}
	var nodes []*yaml.Node
	for _, b := range slices.SortedFunc(maps.Keys(what), compareBundles) {
		slices.Sort(what[b])
		n := inline()
		put(n, "who", text(c.text(b.who)))
		putList(n, "as", c.roleTexts(b.as))
		putList(n, "what", what[b])
		put(n, "where", text(c.text(b.where)))
		putText(n, "until", b.until.String())
		nodes = append(nodes, n)
	}
	return nodes
}

func (c *Config) roleTexts(as string) []string {
	var list []string
	for _, r := range split(as) {
		list = append(list, c.roleText(roleName(r)))
	}
	return list
}
