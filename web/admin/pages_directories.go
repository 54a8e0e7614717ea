package admin

import (
	"gatehouse/desk"
	"gatehouse/web"
)

// A DirectoriesPage lists where contacts come from, in the order in which they
// are asked: the desk itself, then the directories.
type DirectoriesPage struct {
	Nav  []web.NavSection
	Rows []DirectoryRow
	Late bool // one of them wants to be looked at
}

// A DirectoryRow is one directory.
type DirectoryRow struct {
	Name, URL string
	Kind      web.Text
	Place     int
	People    int
	Every     web.Text
	State     DirectoryState
	Disabled  bool
}

// A DirectoryState says how a directory is doing.
type DirectoryState struct {
	Level   string           // "good", "warn" or "bad"
	What    web.Text         // in a word
	Good    *desk.SyncReport // the latest reading that came to its end; nil: none
	Late    web.Text         // for how long it is due; zero: it is not
	Says    string           // what the latest reading says; empty: nothing
	Running *desk.SyncReport // nil: none runs
	Waiting bool             // it is read in a moment
	Stopped bool             // the latest reading would have taken too many people away
}

// View makes the page ready to be shown.
func (p DirectoriesPage) View() web.View {
	return web.View{Template: "admin/directories", Title: web.T("admin.directories"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// A DirectoryPage shows one directory, or the form for a new one.
type DirectoryPage struct {
	Nav      []web.NavSection
	Name     string // empty: a new one
	URL      string
	Disabled bool
	People   int
	Every    web.Text
	State    *DirectoryState // nil: a new one
	Reports  []desk.SyncReport
	Form     DirectoryForm
	Trial    *Trial
}

// A DirectoryForm asks how to reach and read a directory.
type DirectoryForm struct {
	Kind  string // "ldap" or "sql"
	Seen  string
	Kept  bool // there is a secret, which is not shown
	Parts []FormPart
	Error web.Text // zero: none
}

// A FormPart are fields of a form that belong together.
type FormPart struct {
	Title  string // key of its words
	Fields []Labelled
}

// A Trial is what trying a directory found.
type Trial struct {
	Steps   []TrialStep
	OK      bool
	Seen    web.Text
	Entries []TrialEntry
	Lacks   []web.Text
}

// A TrialStep is one thing that was tried.
type TrialStep struct {
	Label web.Text
	OK    bool
	Text  string
}

// A TrialEntry is somebody as the desk would take him over.
type TrialEntry struct {
	desk.DirectoryEntry
	Ours []string // the groups of the desk that he would be in
}

// View makes the page ready to be shown.
func (p DirectoryPage) View() web.View {
	title := web.Plain(p.Name)
	if p.Name == "" {
		title = web.T("directory.new." + p.Form.Kind)
	}
	return web.View{Template: "admin/directory", Title: title, Nav: p.Nav,
		Crumbs: append(top(), web.Link{Label: web.T("admin.directories"), URL: "/admin/directories"}), Body: p}
}
