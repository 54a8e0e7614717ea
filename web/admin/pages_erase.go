package admin

import "gatehouse/web"

// Data leads to what the desk holds of a person or company.
type Data struct {
	Export   string // URL of the archive
	Internal string // URL of the archive with internal comments
	Erase    string // URL of the page that erases; empty: may not
}

// An ErasePage says what would go with a person or company, and asks.
type ErasePage struct {
	Nav               []web.NavSection
	Kind              string // "user" or "customer"
	Name              string
	URL, Back, Export string
	Texts, People     web.Field
	Typed             web.Field
	Type              web.Text // what has to be typed
	Error             web.Text // zero: none
}

// View makes the page ready to be shown.
func (p ErasePage) View() web.View {
	part := "admin." + p.Kind + "s"
	return web.View{Template: "admin/erase", Title: web.T("erase.title", p.Name), Nav: p.Nav,
		Crumbs: top(to(part, "/admin/"+p.Kind+"s"), web.Link{Label: web.Plain(p.Name), URL: p.Back}), Body: p}
}

// Kept says how long a queue keeps closed tickets, and changes it.
type Kept struct {
	URL, Back string
	Days      web.Field
	Asked     int // days that were asked for
	Due       int // tickets that are as old as that
	Error     web.Text
}

// A KeepPage asks whether tickets are to be removed after a time.
type KeepPage struct {
	Nav  []web.NavSection
	Name string
	Kept Kept
}

// View makes the page ready to be shown.
func (p KeepPage) View() web.View {
	return web.View{Template: "admin/keep", Title: web.T("keep.title"), Nav: p.Nav,
		Crumbs: top(to("admin.queues", "/admin/queues"), web.Link{Label: web.Plain(p.Name), URL: p.Kept.Back}), Body: p}
}
