package admin

import (
	"time"

	"gatehouse/service"
	"gatehouse/web"
)

// A RulesPage lists the rules, the runs that failed and the latest that did not.
type RulesPage struct {
	Nav             []web.NavSection
	Rows            []RuleRow
	Waiting, Latest []RuleRunRow
	New             bool // the reader may make one
	Empty           web.Empty
}

// View makes the page ready to be shown.
func (p RulesPage) View() web.View {
	return web.View{Template: "admin/rules", Title: web.T("admin.rules"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// A RuleRow is a rule in the list.
type RuleRow struct {
	Name, URL, Queue string
	Stage            string // key of a text
	Place            int
	Turn             web.Text // when, of one by time
	On               []string // keys of texts
	Does             []string
	Off              bool
	Parked           string // why; empty: it is not
	ParkedAt         time.Time
	Ticket           web.Link // that it had met
	May              bool     // change it
	Waiting          int      // runs that failed
}

// A RuleRunRow is one run.
type RuleRunRow struct {
	ID            int64
	Rule, RuleURL string
	Ticket        web.Link
	Subject       string
	State         string // key of a text
	What          string
	At            time.Time
	Again         bool // it can be made again
}

// A RuleBox is something that can happen.
type RuleBox struct {
	Value   string
	Label   string // key of a text
	Checked bool
}

// A RulePage is one rule, or the form for a new one.
type RulePage struct {
	Nav     []web.NavSection
	Title   string // empty: a new one
	URL     string
	Version int64
	Row     *RuleRow
	Words   *service.RuleWords
	May     bool
	Secret  string // of the webhook, when it was made just now; else empty
	Signed  bool   // there is one
	Error   web.Text
	OnError string
	Runs    []RuleRunRow
	Trial   *RuleTrial
	Try     web.Field

	On, Timed                                         []RuleBox
	Name, Queue, Stage, Place, Hours, If              web.Field
	InStatus, At, Calendar, Workdays                  web.Field
	Field, From, To, Approvers, Reason                web.Field
	Status, Owner, Priority, Move, Due                web.Field
	Watch, Unwatch, Comment                           web.Field
	Open, OpenLink, OpenSubject, OpenText             web.Field
	Notify, Letter, Push, Webhook, NewSecret, Enabled web.Field
}

// View makes the page ready to be shown.
func (p RulePage) View() web.View {
	title := web.T("rule.new")
	if p.Title != "" {
		title = web.T("rule.title", p.Title)
	}
	return web.View{Template: "admin/rule", Title: title, Nav: p.Nav, Crumbs: top(to("admin.rules", "/admin/rules")), Body: p}
}

// A RuleTrial is what a rule would do.
type RuleTrial struct {
	Summary web.Text
	Rows    []RuleTrialRow
	More    bool
	Stopped bool // not all was looked at
	Week    bool // it was asked of what happened in the last week
}

// A RuleTrialRow is what it would do about one event.
type RuleTrialRow struct {
	Ticket      web.Link
	Subject     string
	At          time.Time
	Holds       bool
	Does, Tells []string
	Fault       string
}
