package admin

import "gatehouse/web"

// A FieldsPage lists the custom fields.
type FieldsPage struct {
	Nav   []web.NavSection
	Lists []FieldList
	New   bool // the reader may make one
}

// A FieldList are the custom fields of tickets, people or customers.
type FieldList struct {
	Of    web.Text
	New   string // address of the form for a new one
	Rows  []FieldRow
	Order bool // the reader may change it
}

// A FieldRow is a custom field in the list. Up and Down are the orders that its
// buttons send; empty: there is no such way.
type FieldRow struct {
	Name, About, URL string
	Kind, Where      web.Text
	Required         bool
	Disabled         bool
	Up, Down         string
}

// View makes the page ready to be shown.
func (p FieldsPage) View() web.View {
	return web.View{Template: "admin/fields", Title: web.T("admin.fields"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// A FieldPage is one custom field, or the form for a new one.
type FieldPage struct {
	Nav      []web.NavSection
	Title    string // empty: a new one
	URL      string
	Seen     string
	May      bool // change it
	Disabled bool
	Switch   bool
	Use      web.Text

	Of, Name, Kind, Description, Required                       web.Field
	Pattern, Hint, Lowest, Highest, Length, Default, More, Only web.Field
	Everywhere, Queues                                          web.Field
	Choices                                                     []ChoiceRow

	Grants    []GrantRow
	AllGrants string
	Error     web.Text
}

// A ChoiceRow is a value that can be chosen.
type ChoiceRow struct {
	ID      string
	Name    web.Field
	Place   web.Field
	Offered web.Field
	Used    web.Text
}

// View makes the page ready to be shown.
func (p FieldPage) View() web.View {
	title := web.T("fields.title", p.Title)
	if p.Title == "" {
		title = web.T("fields.new")
	}
	return web.View{Template: "admin/field", Title: title, Nav: p.Nav, Crumbs: top(to("admin.fields", "/admin/fields")), Body: p}
}

// A RecordForm are the custom fields of a user or customer.
type RecordForm struct {
	Action string
	Fields []web.Custom
	May    bool // change one of them
	Error  web.Text
}
