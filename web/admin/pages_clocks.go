package admin

import (
	"time"

	"gatehouse/web"
)

// A ClocksPage shows calendars, agreements and for which tickets they hold.
type ClocksPage struct {
	Nav         []web.NavSection
	May         bool // change them
	Calendars   []ClockRow
	Agreements  []ClockRow
	Assignments []AssignmentRow
	// The form that says for which tickets an agreement holds.
	Agreement, Queue, Customer, Priority web.Field
	Error                                web.Text
}

// A ClockRow is a calendar or an agreement in a list.
type ClockRow struct {
	Name    string
	URL     string
	About   web.Text
	Targets []string // of an agreement, by kind; empty: none
}

// An AssignmentRow says for which tickets an agreement holds.
type AssignmentRow struct {
	ID              int64
	Customer, Queue string
	Priority        web.Text
	Agreement       web.Text
}

// View makes the page ready to be shown.
func (p ClocksPage) View() web.View {
	return web.View{Template: "admin/clocks", Title: web.T("admin.clocks"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// A CalendarPage is the form of a calendar.
type CalendarPage struct {
	Nav        []web.NavSection
	May        bool
	Title      string // empty: a new one
	URL        string
	Name, Zone web.Field
	Days       []web.Field // from Monday
	Holidays   web.Field
	Hours      web.Field
	Error      web.Text
}

// View makes the page ready to be shown.
func (p CalendarPage) View() web.View {
	title := web.T("clocks.calendar.new")
	if p.Title != "" {
		title = web.Plain(p.Title)
	}
	return web.View{Template: "admin/calendar", Title: title, Nav: p.Nav, Crumbs: top(web.Link{Label: web.T("admin.clocks"), URL: clocksURL}), Body: p}
}

// An AgreementPage is the form of an agreement, with what it would promise.
type AgreementPage struct {
	Nav            []web.NavSection
	May            bool
	Title          string // empty: a new one
	URL            string
	Name, Calendar web.Field
	Targets        []web.Field // by kind
	Warn, At       web.Field
	Pauses         []PauseBox
	Asked          time.Time
	Promises       []PromiseRow
	Error          web.Text
}

// A PauseBox is a status in which no clock may run.
type PauseBox struct {
	Status  string
	Checked bool
}

// A PromiseRow says when something would be due.
type PromiseRow struct {
	Kind      web.Text
	Due, Warn time.Time
}

// View makes the page ready to be shown.
func (p AgreementPage) View() web.View {
	title := web.T("clocks.agreement.new")
	if p.Title != "" {
		title = web.Plain(p.Title)
	}
	return web.View{Template: "admin/agreement", Title: title, Nav: p.Nav, Crumbs: top(web.Link{Label: web.T("admin.clocks"), URL: clocksURL}), Body: p}
}
