package admin

import "gatehouse/web"

// An AuditPage shows what was done at the desk, newest first.
type AuditPage struct {
	Nav    []web.NavSection
	State  AuditState
	Find   []Labelled // the fields by which one looks
	Change int64      // only this change is shown; zero: all
	Rows   []AuditRow
	Pager  web.Pager
	Empty  web.Empty
	CSV    string // URL
	Error  web.Text
}

// An AuditState says how the chain of the log was found.
type AuditState struct {
	Level string // of the notice: "good", "warn" or "bad"
	Text  web.Text
	Back  string // where the check leads to
}

// An AuditRow is one line of the log.
type AuditRow struct {
	ID     int64
	Event  web.Event
	Via    web.Text
	Change web.Link   // all lines of the same change
	Links  []web.Link // the records of which it speaks
	Differ []AuditDifference
	Undo   *TakeBack // nil: there is nothing to take back
}

// An AuditDifference is one thing as it was before and as it became.
type AuditDifference struct {
	Field         web.Text
	Before, After string
}

// View makes the page ready to be shown.
func (p AuditPage) View() web.View {
	return web.View{Template: "admin/audit", Title: web.T("admin.audit"), Nav: p.Nav, Crumbs: top(), Body: p}
}
