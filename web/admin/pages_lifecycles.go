package admin

import "gatehouse/web"

// A LifeCyclesPage lists the life cycles and which queue has which.
type LifeCyclesPage struct {
	Nav    []web.NavSection
	May    bool // make and change them
	Cycles []LifeCycleRow
	Undo   *TakeBack
}

// A LifeCycleRow is a life cycle in the list.
type LifeCycleRow struct {
	Name     string // the shipped one has none of its own
	URL      string
	Statuses []string
	Queues   []string
	Shipped  bool
	About    string
}

// View makes the page ready to be shown.
func (p LifeCyclesPage) View() web.View {
	return web.View{Template: "admin/lifecycles", Title: web.T("admin.lifecycles"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// A LifeCyclePage is one life cycle drawn, with the form that changes it.
type LifeCyclePage struct {
	Nav         []web.NavSection
	May         bool
	Shipped     bool
	Title       string // empty: a new one
	URL, Copy   string
	Queues      []string
	Drawing     *LifeDrawing
	Name, About web.Field
	States      []StateFields
	Rights      []string // that steps can ask for
	Granted     web.Field
	Refused     web.Field
	Becomes     web.Field
	Error       web.Text
	Effect      *CycleEffect // of what was typed; nil: it was not asked for
	Undo        *TakeBack
}

// StateFields are the fields of a status.
type StateFields struct {
	Number, Was       string
	Name, Kind, Place web.Field
	Answered, Asked   web.Field
	Solved            bool
	Steps             []StepFields
	Deleted           bool // it is the status deleted, which stays
}

// StepFields are the fields of a step to another status.
type StepFields struct {
	To                 string
	Box                string // name of the box
	Checked            bool
	Right, Label, Does web.Field
}

// A CycleEffect is what a change of a life cycle does.
type CycleEffect struct {
	Queues      []string
	Moved       []web.Field // what a status becomes in which tickets stand
	Added, Gone []string
	StepsAdded  []StepRow
	StepsGone   []StepRow
	Nothing     bool
}

// View makes the page ready to be shown.
func (p LifeCyclePage) View() web.View {
	title := web.T("lifecycle.new")
	switch {
	case p.Shipped:
		title = web.T("lifecycle.shipped")
	case p.Title != "":
		title = web.Plain(p.Title)
	}
	return web.View{Template: "admin/lifecycle", Title: title, Nav: p.Nav, Crumbs: top(web.Link{Label: web.T("admin.lifecycles"), URL: lifeCyclesURL}), Body: p}
}

// A QueueCyclePage asks what becomes of the tickets of a queue that gets another
// life cycle.
type QueueCyclePage struct {
	Nav      []web.NavSection
	Queue    string
	QueueID  string
	CycleID  string
	From, To web.Text
	Effect   *CycleEffect
	Error    web.Text
	Drawing  *LifeDrawing
}

// View makes the page ready to be shown.
func (p QueueCyclePage) View() web.View {
	return web.View{Template: "admin/queuecycle", Title: web.T("lifecycle.give.title", p.Queue), Nav: p.Nav,
		Crumbs: top(web.Link{Label: web.T("admin.lifecycles"), URL: lifeCyclesURL}), Body: p}
}
