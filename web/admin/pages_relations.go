package admin

import (
	"time"

	"gatehouse/web"
)

// A RelationsPage lists the relations.
type RelationsPage struct {
	Nav       []web.NavSection
	Relations []string // "contact-group"
}

// View makes the page ready to be shown.
func (p RelationsPage) View() web.View {
	return web.View{Template: "admin/relations", Title: web.T("admin.relations"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// A RelationPickPage offers the records on both sides of a relation.
type RelationPickPage struct {
	Nav      []web.NavSection
	Relation string
	Sides    []PickSide
	Undo     *SheetUndo
}

// A PickSide is one side of a relation with the records to choose from.
type PickSide struct {
	Side  string // "left" or "right"
	Kind  string // "contact", "agent", "customer" or "group"
	Text  web.Field
	Links []web.Link
	More  string // URL; empty: these are all
}

// View makes the page ready to be shown.
func (p RelationPickPage) View() web.View {
	return web.View{Template: "admin/relation", Title: web.T("relation." + p.Relation), Nav: p.Nav, Crumbs: relationCrumbs(""), Body: p}
}

// A SheetPage shows what one record of a relation has with the others.
type SheetPage struct {
	Nav                       []web.NavSection
	Relation, Side            string
	Kind, RowKind             string // of the record, and of the rows
	Of                        web.Link
	From                      string // what the pages of records are told of the way back
	Action                    string
	Columns                   []string
	Members                   bool // rows are memberships, without boxes
	Contexts                  bool // there are two contexts
	Other                     bool // the one of other customers' tickets is shown
	Only                      bool // only rows that have something
	SwitchOnly, SwitchContext string
	Text                      web.Field
	Rows                      []SheetRow
	Pager                     web.Pager
	Empty                     web.Empty
	Preview                   *SheetPreview
	Stale                     []StaleRow // why a save was refused
	Undo                      *SheetUndo
	Error                     web.Text
}

// A SheetRow is one of the others.
type SheetRow struct {
	ID       int64
	Name     string
	URL      string // its own page
	Back     string // the same relation from its side
	State    string // as it is stored
	Boxes    []SheetBox
	Member   *SheetMember
	Disabled bool
	Locked   bool // may not be changed
}

// A SheetBox is a permission of a row.
type SheetBox struct {
	Name string
	On   bool
	From []Origin
}

// An Origin says by what else something is held.
type Origin struct {
	Text web.Text
	Lock bool // it comes from elsewhere and is not taken away here
}

// A SheetMember has the fields of a membership.
type SheetMember struct {
	Part        string // empty: no member
	Primary     bool
	From, Until string
}

// A StaleRow is a row with what it was and what it is, or shall be.
type StaleRow struct {
	ID       string // for forms
	Name     string
	Was, Now string
	By       string
	At       time.Time
}

// A SheetPreview is what a save would give and take.
type SheetPreview struct {
	Rows   []StaleRow
	Effect web.Effect
}

// A SheetUndo is a form that takes a save back.
type SheetUndo struct {
	Action string
	Rows   []StaleRow
}

// View makes the page ready to be shown.
func (p SheetPage) View() web.View {
	return web.View{Template: "admin/sheet", Title: web.T("relation.title."+p.RowKind, p.Of.Label), Nav: p.Nav, Crumbs: relationCrumbs(p.Relation), Body: p}
}

func relationCrumbs(relation string) []web.Link {
	crumbs := top(to("admin.relations", "/admin/relations"))
	if relation != "" {
		crumbs = append(crumbs, web.Link{Label: web.T("relation." + relation), URL: "/admin/relations/" + relation})
	}
	return crumbs
}
