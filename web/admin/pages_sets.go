package admin

import "gatehouse/web"

// A SetsPage lists the permissions.
type SetsPage struct {
	Nav  []web.NavSection
	Rows []SetRow
	New  bool // the reader may make one
	Undo *TakeBack
}

// A SetRow is a permission in the list.
type SetRow struct {
	Name             string
	URL              string
	Disabled         bool
	Own              bool     // it does not ship with the desk
	Agents, Contacts []string // names of rights
	Grants           web.Text
	GrantsURL        string
}

// View makes the page ready to be shown.
func (p SetsPage) View() web.View {
	return web.View{Template: "admin/sets", Title: web.T("admin.permissions"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// A SetPage is one permission, or the form for a new one.
type SetPage struct {
	Nav       []web.NavSection
	Title     string // empty: a new one
	URL       string
	Seen      string
	Name      web.Field
	ForAgents web.Field
	ForOthers web.Field // contacts and customers
	Parts     []SetPart
	May       bool // change it
	Own       bool
	Disabled  bool
	Switch    bool // it can be disabled
	Remove    bool
	Grants    []GrantRow
	AllGrants string
	Undo      *TakeBack
	Error     web.Text
}

// A SetPart are the rights of one kind.
type SetPart struct {
	Title string // key of a text
	Rows  []SetRight
}

// A SetRight is a right with whether the permission has it.
type SetRight struct {
	Name             string
	Meaning          string // key of a text
	Agents, Contacts bool
}

// View makes the page ready to be shown.
func (p SetPage) View() web.View {
	title := web.T("set.title", p.Title)
	if p.Title == "" {
		title = web.T("set.new")
	}
	return web.View{Template: "admin/set", Title: title, Nav: p.Nav, Crumbs: top(to("admin.permissions", "/admin/permissions")), Body: p}
}

// A TakeBack is a form that takes a change back.
type TakeBack struct{ Action, To string }

// A SwitchesPage has the switches of access.
type SwitchesPage struct {
	Nav      []web.NavSection
	Switches []SwitchRow
	Keep     []KeepRow // with group support off
	Undo     *TakeBack
	Error    web.Text
}

// A SwitchRow is one switch.
type SwitchRow struct {
	Name string // "group", "other" or "company"
	On   bool
	May  bool
	Keep bool // grants are offered with it
}

// A KeepRow is a place where rw for all contacts keeps things as they are.
type KeepRow struct {
	Value   string // "group.12"
	Name    string
	Queues  int
	Queue   bool // it is a queue without an access group
	Checked bool
}

// View makes the page ready to be shown.
func (p SwitchesPage) View() web.View {
	return web.View{Template: "admin/switches", Title: web.T("admin.switches"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// A DefaultsPage has the default groups of all contacts and of all customers.
type DefaultsPage struct {
	Nav   []web.NavSection
	Lists []DefaultList
	Undo  *TakeBack
}

// A DefaultList are the default groups of all contacts, or of all customers.
type DefaultList struct {
	Of     string // "contacts" or "customers"
	Seen   string
	Rows   []DefaultRow
	Add    web.Field
	Level  web.Field
	Locked bool // the reader may change nothing of it
	Error  web.Text
}

// A DefaultRow is a default group.
type DefaultRow struct {
	Name     string
	URL      string
	Disabled bool
	Level    web.Field // the empty level takes it away
}

// View makes the page ready to be shown.
func (p DefaultsPage) View() web.View {
	return web.View{Template: "admin/defaults", Title: web.T("admin.defaults"), Nav: p.Nav, Crumbs: top(), Body: p}
}
