package admin

import "gatehouse/web"

// An EffectPage says who gains and who loses what by a form, and asks whether
// it is to be done.
type EffectPage struct {
	Nav    []web.NavSection
	Action string // where the form goes
	Back   string
	Form   []Sent
	Does   []web.Event // the lines that it will write into the audit log
	Effect web.Effect
}

// A Sent is a field of a form as it was sent.
type Sent struct{ Name, Value string }

// View makes the page ready to be shown.
func (p EffectPage) View() web.View {
	return web.View{Template: "admin/effect", Title: web.T("grant.effect"), Nav: p.Nav, Crumbs: top(), Body: p}
}
