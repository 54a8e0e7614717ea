// Package ascode is the access configuration of a desk as a YAML file: it
// writes what there is, reads what shall be, says what differs and makes it so
// in one transaction.
//
// It promises that a file written from a desk and applied to it changes
// nothing, that the same desk is always written the same way, that sections
// which a file does not have are left alone, and that whatever is refused is
// refused whole, with file and line. Each change is made by the use case that
// makes it elsewhere, with the rights of who asks.
//
// It does not make users, customers or queues, removes nothing that can only be
// disabled, and leaves alone what was passed on and what a directory keeps.
package ascode

import (
	"maps"
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

// Format is the first line of every file.
const Format = "gatehouse-access/1"

// The sections of a file, in the order in which they are written.
func sections() []string {
	return []string{"settings", "permissions", "roles", "groups", "personal_groups", "customers", "queues", "watchers", "grants"}
}

// A ref names a thing without regard to case, as "group:support"; the desk
// itself is "system".
type ref string

type (
	settingName    string
	permissionName string // folded
	roleName       string // folded
)

type permission struct {
	agents, contacts desk.RightSet
	disabled         bool
}

type role struct {
	single, everywhere, disabled bool
	queues                       string // refs, joined
}

type group struct {
	description string
	disabled    bool
}

type place struct{ group, who ref }

type membership struct {
	part        desk.Part
	primary     bool
	from, until desk.Day
}

type queue struct {
	guard    ref
	disabled bool
}

type watcher struct {
	on   ref // a queue or the desk
	role roleName
	who  ref
}

type grant struct {
	who   ref
	as    string // names of roles, joined
	what  string // folded
	where ref
}

// A Config is the access configuration, as it is or as it shall be.
type Config struct {
	Version int64 // the access version at which it was read from a desk

	file        string // that it was read from
	has         map[string]bool
	settings    map[settingName]string
	permissions map[permissionName]permission
	roles       map[roleName]role
	groups      map[ref]group
	members     map[place]membership
	queues      map[ref]queue
	watchers    map[watcher]bool
	grants      map[grant]desk.Day // with their last day

	texts map[string]string        // how things are written, by what they are folded to
	ids   map[ref]desk.PrincipalID // of what the desk has
	rows  map[ref]desk.Queue       // the same of queues
	lines map[any]int              // in the file, by key of the maps above
	today desk.Day
}

func newConfig() *Config {
	return &Config{
		has: map[string]bool{}, settings: map[settingName]string{}, permissions: map[permissionName]permission{},
		roles: map[roleName]role{}, groups: map[ref]group{}, members: map[place]membership{}, queues: map[ref]queue{},
		watchers: map[watcher]bool{}, grants: map[grant]desk.Day{}, texts: map[string]string{}, ids: map[ref]desk.PrincipalID{},
		rows: map[ref]desk.Queue{}, lines: map[any]int{},
	}
}

// Has reports whether there is a section of that name.
func (c *Config) Has(section string) bool { return c.has[section] }

// ref folds a reference and remembers how it is written.
func (c *Config) ref(text string) ref { return ref(c.folded("", text)) }

func (c *Config) role(name string) roleName { return roleName(c.folded("role:", name)) }

// folded is the key of a name; kind keeps the names of different things apart.
func (c *Config) folded(kind, text string) string {
	key := desk.Fold(text)
	if _, known := c.texts[kind+key]; !known {
		c.texts[kind+key] = strings.TrimSpace(text)
	}
	return key
}

func (c *Config) text(r ref) string { return c.texts[string(r)] }

func (c *Config) roleText(r roleName) string { return c.texts["role:"+string(r)] }

// name is the text of a reference without its kind.
func (c *Config) name(r ref) string {
	_, name, _ := strings.Cut(c.text(r), ":")
	return name
}

// joint is between the parts of a joined list; no name has it.
const joint = "\n"

func joined[T ~string](list []T) string {
	texts := make([]string, len(list))
	for i, t := range list {
		texts[i] = string(t)
	}
	slices.Sort(texts)
	return strings.Join(slices.Compact(texts), joint)
}

func split(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, joint)
}

// of turns what the service tells into a Config.
func of(a *service.AccessConfiguration, customers bool) *Config {
	c := newConfig()
	c.Version, c.today = a.World.Version, a.World.Today
	for _, s := range sections() {
		c.has[s] = s != "customers" || customers
	}
	for name, value := range a.Settings {
		c.settings[settingName(name)] = value
	}
	for id, n := range a.Names {
		c.ids[c.ref(n.Ref)] = id
	}
	for _, g := range a.Groups {
		c.groups[c.ref(a.Names[desk.PrincipalID(g.ID)].Ref)] = group{g.Description, g.Disabled}
	}
	for _, m := range a.World.Memberships {
		key := place{c.ref(a.Names[m.Group].Ref), c.ref(a.Names[m.Member].Ref)}
		c.members[key] = membership{m.Part, m.Primary, m.From, m.Until}
	}
	c.ofQueues(a)
	c.ofGrants(a)
	return c
}

func (c *Config) ofQueues(a *service.AccessConfiguration) {
	queues := map[desk.QueueID]ref{0: c.ref("system")}
	for _, q := range a.Queues {
		key := c.ref("queue:" + q.Name)
		queues[q.ID], c.rows[key] = key, q
		guard := ref("")
		if q.AccessGroup != 0 {
			guard = c.ref(a.Names[desk.PrincipalID(q.AccessGroup)].Ref)
		}
		c.queues[key] = queue{guard, q.Disabled}
	}
	names := map[desk.RoleID]roleName{}
	for _, r := range a.Roles {
		names[r.ID] = c.role(r.Name)
		if r.ID.Builtin() {
			continue
		}
		var used []ref
		for _, q := range r.Queues {
			used = append(used, queues[q])
		}
		c.roles[names[r.ID]] = role{r.Single, r.Everywhere, r.Disabled, joined(used)}
	}
	for _, w := range a.World.Watchers {
		c.watchers[watcher{queues[w.Queue], names[w.Role], c.ref(a.Names[w.Who].Ref)}] = true
	}
}

// ofGrants leaves out grants whose last day is past, and those on things that
// have no names.
func (c *Config) ofGrants(a *service.AccessConfiguration) {
	permissions := map[desk.PermissionID]string{}
	for _, p := range a.World.Permissions {
		permissions[p.ID] = c.folded("permission:", p.Name)
		c.permissions[permissionName(permissions[p.ID])] = permission{p.Agents, p.Contacts, p.Disabled}
	}
	queues := map[int64]string{}
	for _, q := range a.Queues {
		queues[int64(q.ID)] = "queue:" + q.Name
	}
	for _, g := range a.World.Grants {
		if !desk.InForce(0, g.Until, c.today) {
			continue
		}
		where := "system"
		switch g.Place.Kind {
		case desk.GroupPlace, desk.CustomerPlace:
			where = a.Names[desk.PrincipalID(g.Place.ID)].Ref
		case desk.QueuePlace:
			where = queues[g.Place.ID]
		case desk.FieldPlace, desk.TicketPlace:
			continue
		}
		what := permissions[g.Permission]
		if g.Permission == 0 {
			what = c.folded("right:", g.Right.String())
		}
		var as []roleName
		for _, r := range a.Roles {
			if g.As.Has(r.ID) {
				as = append(as, c.role(r.Name))
			}
		}
		c.grants[grant{c.ref(a.Names[g.Who].Ref), joined(as), what, c.ref(where)}] = g.Until
	}
}

// whatText is how a right or permission is written.
func (c *Config) whatText(what string) string {
	if r, ok := desk.ParseRight(what); ok {
		return r.String()
	}
	return c.texts["permission:"+what]
}

// sorted lists the keys of a map of things by name.
func sorted[K ~string, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
