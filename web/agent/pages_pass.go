package agent

import "gatehouse/web"

// A PassPage shows what an agent may pass on, has passed on and got, and his
// personal groups.
type PassPage struct {
	Nav       []web.NavSection
	May       []PassGrant
	Passed    []PassGrant
	Got       []PassGrant
	To, Until web.Field
	Effect    *web.Effect // of what is about to be passed on; nil: not asked
	Groups    []PassGroup
	New       *web.Field // names a new personal group; nil: may not
	Error     web.Text
}

// A PassGrant is a grant that may be passed on, or was.
type PassGrant struct {
	ID          int64
	What, Where string
	Held        web.Text // to whom it was granted
	To          web.Text // to whom it was passed on; zero: it was not
	Until       string
	Chain       web.Chain
	Asleep      bool
	Withdraw    bool
	Chosen      bool
}

// A PassGroup is a personal group with its members.
type PassGroup struct {
	ID       int64
	Name     string
	Ref      string
	Members  []PassMember
	Add      web.Field
	Disabled bool
	May      bool
}

// A PassMember is a direct member of a personal group.
type PassMember struct {
	ID   int64
	Name string
}

// View makes the page ready to be shown.
func (p PassPage) View() web.View {
	return web.View{Template: "agent/pass", Title: web.T("pass.title"), Nav: p.Nav, Body: p}
}
