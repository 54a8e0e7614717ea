package admin

import "gatehouse/web"

// A BlueprintsPage lists the working schemas that can be set up at once.
type BlueprintsPage struct {
	Nav   []web.NavSection
	Names []string
}

// View makes the page ready to be shown.
func (p BlueprintsPage) View() web.View {
	return web.View{Template: "admin/blueprints", Title: web.T("admin.blueprints"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// A BlueprintPage explains one schema and asks what it needs to be set up.
type BlueprintPage struct {
	Nav       []web.NavSection
	Name, URL string
	Rules     []string // that it makes, without the queue before them
	Fields    []Labelled
	Next      []web.Link // where it was just set up
	Error     web.Text
	Undo      *TakeBack
	Effect    *web.Effect // of setting it up as the form says; nil: not asked
	Queue     string      // of which the effect is shown
	Standing  bool        // all of it is there already
}

// View makes the page ready to be shown.
func (p BlueprintPage) View() web.View {
	return web.View{Template: "admin/blueprint", Title: web.T("blueprint." + p.Name), Nav: p.Nav, Crumbs: top(to("admin.blueprints", blueprintsURL)), Body: p}
}
