package admin

import "gatehouse/web"

// An AskPage answers who may do what, now and at an earlier moment: about one
// person and one right, about all rights of a person, or about everybody who
// has a right.
type AskPage struct {
	Nav                    []web.NavSection
	Who, Right, Object, At web.Field
	Asked                  web.Text // what was asked; zero: nothing yet
	Then                   string   // the moment, as it is written; empty: only now is asked
	Sides                  []AskSide
	Turned                 *AuditRow // what made the answer another one; nil: nothing or no change
	ByDay                  bool      // a first or last day has passed
	Rights                 []AskRight
	People                 []AskPeople
	Error                  web.Text
}

// An AskSide is one answer about one person.
type AskSide struct {
	Title web.Text
	Yes   bool
	Said  web.Text
	Why   web.Text // what is missing for a yes; zero: nothing
	Chain web.Chain
}

// An AskRight is a right that a person holds, or held.
type AskRight struct {
	Name, URL string
	Then, Now bool
}

// An AskPeople is a list of who may, each with his proof.
type AskPeople struct {
	Title  web.Text
	Count  int
	Proofs []web.Proof
	Capped bool
}

// View makes the page ready to be shown.
func (p AskPage) View() web.View {
	return web.View{Template: "admin/ask", Title: web.T("admin.ask"), Nav: p.Nav, Crumbs: top(), Body: p}
}
