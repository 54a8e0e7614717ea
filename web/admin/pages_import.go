package admin

import (
	"time"

	"gatehouse/web"
)

// An ImportsPage takes files and lists those that were sent.
type ImportsPage struct {
	Nav   []web.NavSection
	Kind  web.Field
	Error string // why the file was not taken; empty: it was, or none was sent
	Rows  []ImportRow
}

// An ImportRow is one file.
type ImportRow struct {
	Name, URL string
	Kind      web.Text
	State     web.Text
	Level     string // "open", "waiting" or "failed"
	At        time.Time
	Lines     int
}

// View makes the page ready to be shown.
func (p ImportsPage) View() web.View {
	return web.View{Template: "admin/imports", Title: web.T("import.title"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// An ImportPage shows one file: its columns, what it would do, what it did.
type ImportPage struct {
	Nav     []web.NavSection
	Row     ImportRow
	Works   bool // a job has it
	Done    int
	Columns []Labelled // of ours, to be matched; none: the file was brought in
	SkipBad web.Field
	Error   web.Text // of the form; zero: none
	Tried   bool     // it was looked through as the columns are now
	Report  *ImportReport
}

// An ImportReport is what a file did or would do.
type ImportReport struct {
	Error      string
	Counts     web.Text
	Bad        int
	Errors     []ImportLine
	MoreErrors int
	Changes    []ImportLine
	Effect     *web.Effect
	CSV        string // where the report is for table programs
}

// An ImportLine is a line of the file with what is wrong with it, or what it
// changes.
type ImportLine struct {
	Line          int
	Text          string
	Before, After string
}

// View makes the page ready to be shown.
func (p ImportPage) View() web.View {
	return web.View{Template: "admin/import", Title: web.Plain(p.Row.Name), Nav: p.Nav,
		Crumbs: append(top(), web.Link{Label: web.T("import.title"), URL: "/admin/import"}), Body: p}
}
