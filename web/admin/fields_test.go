package admin_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/web"
	"gatehouse/web/admin"
	"gatehouse/web/webtest"
)

// fieldSamples are the pages of custom fields.
func fieldSamples() []webtest.Sample {
	text := func(name, value string) web.Field { return web.Field{Form: "cf-", Name: name, Value: value} }
	box := func(name string) web.Field {
		return web.Field{Form: "cf-", Name: name, Kind: "checkbox", Checked: true}
	}
	field := admin.FieldPage{
		Nav: nav("admin.fields"), Title: "Building", URL: "/admin/fields/1", Seen: "ab", May: true, Switch: true, Use: web.T("fields.use", 3),
		Of: text("of", "ticket"), Name: text("name", "Building"), Kind: web.Field{Form: "cf-", Name: "kind", Kind: "select", Options: []web.Option{{Value: "one", Label: web.T("fields.kind.one"), Selected: true}}},
		Description: text("description", "Where it stands"), Required: box("required"), Pattern: text("pattern", ""), Hint: text("hint", ""), Lowest: text("lowest", ""), Highest: text("highest", ""),
		Length: text("max_length", ""), Default: text("default", ""), More: text("more", ""), Everywhere: box("everywhere"),
		Queues:  web.Field{Form: "cf-", Name: "queues", Kind: "boxes", Options: []web.Option{{Value: "1", Label: web.Plain("support"), Selected: true}}},
		Choices: []admin.ChoiceRow{{ID: "1", Name: text("choice-1", "North"), Place: text("place-1", "1"), Offered: box("offered-1"), Used: web.Plain("3")}},
		Grants:  grants(), AllGrants: "/admin/grants?where=field:Building",
	}
	list := admin.FieldsPage{Nav: nav("admin.fields"), New: true, Lists: []admin.FieldList{
		{Of: web.T("fields.of.ticket"), New: "/admin/fields/new?of=ticket", Order: true, Rows: []admin.FieldRow{
			{Name: "Building", About: "Where it stands", URL: "/admin/fields/1", Kind: web.T("fields.kind.one"), Where: web.Plain("support"), Required: true, Down: "2 1"},
			{Name: "Cost", URL: "/admin/fields/2", Kind: web.T("fields.kind.decimal"), Where: web.T("fields.everywhere"), Disabled: true, Up: "2 1"},
		}},
		{Of: web.T("fields.of.customer"), New: "/admin/fields/new?of=customer"},
	}}
	return []webtest.Sample{{Name: "admin-fields", View: list.View()}, {Name: "admin-field", View: field.View()}}
}

// TestFieldPages makes a field, changes it, orders its values, disables it, and
// refuses what cannot be and who may not.
func TestFieldPages(t *testing.T) {
	d := newDesk(t)
	wants(t, d.Get("root", "/admin/fields"), http.StatusOK, "Custom fields", "No custom fields yet.", "/admin/fields/new?of=customer")
	wants(t, d.Get("root", "/admin/fields/new?of=ticket"), http.StatusOK, "One of a list", "It applies to all queues", "Support")
	wants(t, d.Post("root", "/admin/fields", "of", "ticket", "name", "Size <b>", "kind", "text", "pattern", "("), http.StatusUnprocessableEntity, "cannot be read", "Size &lt;b&gt;")
	wants(t, d.Post("root", "/admin/fields", "of", "ticket", "name", "Size", "kind", "one"), http.StatusUnprocessableEntity, "at least one value")
	support := fmt.Sprint(d.Queue["Support"])
	made := d.Post("root", "/admin/fields", "of", "ticket", "name", "Size <b>", "kind", "one", "more", "Small\nLarge\n", "queues", support)
	page := next(t, d, "root", made)
	wants(t, page, http.StatusOK, "Field Size &lt;b&gt;", `value="Small"`, `value="Large"`, "Values on 0")
	own := made.Header().Get("Location")
	f := webtest.Must(d.FindField(t.Context(), d.Sys, "Size <b>"))(t)
	small, large := fmt.Sprint(f.Choices[0].ID), fmt.Sprint(f.Choices[1].ID)
	change := []string{"seen", markOf(t, d, own, ""), "name", "Size", "kind", "one", "queues", support, "more", "Huge",
		"choice-" + small, "Tiny", "place-" + small, "2", "choice-" + large, "Large", "place-" + large, "1", "offered-" + large, "1"}
	wants(t, next(t, d, "root", d.Post("root", own, change...)), http.StatusOK, "Field Size", `value="Tiny"`, `value="Huge"`)
	wants(t, d.Post("root", own, change...), http.StatusConflict, "Somebody changed this", `value="Tiny"`)
	f = webtest.Must(d.FindField(t.Context(), d.Sys, "size"))(t)
	if len(f.Choices) != 3 || f.Choices[0].Name != "Large" || !f.Choices[1].Disabled || f.Choices[1].Name != "Tiny" {
		t.Errorf("the choices are %+v", f.Choices)
	}
	wants(t, d.Get("root", "/admin/fields"), http.StatusOK, "Size", "Support", "One of a list")
	wants(t, next(t, d, "root", d.Post("root", own+"/disable")), http.StatusOK, "Size", "Enable")
	d.Post("root", "/admin/fields", "of", "ticket", "name", "Colour", "kind", "text", "everywhere", "1")
	second := webtest.Must(d.FindField(t.Context(), d.Sys, "colour"))(t).ID
	wants(t, next(t, d, "root", d.Post("root", "/admin/fields/order", "order", fmt.Sprintf("%d %d", second, f.ID))), http.StatusOK)
	if list := webtest.Must(d.Fields(t.Context(), d.Sys))(t); list[0].ID != second {
		t.Errorf("the first field is %s, want Colour", list[0].Name)
	}
	for _, login := range []string{"ann", "bob", "quinn", "uma"} {
		wants(t, d.Get(login, "/admin/fields"), http.StatusNotFound)
		wants(t, d.Get(login, own), http.StatusNotFound)
		if w := d.Post(login, own, change...); w.Code != http.StatusNotFound {
			t.Errorf("%s changes a field: %d", login, w.Code)
		}
	}
}

// TestRecordFields: the pages of people and customers have their fields, for
// those who may see them.
func TestRecordFields(t *testing.T) {
	d := newDesk(t)
	region := webtest.Must(d.CreateField(t.Context(), d.Sys, desk.Field{Of: desk.OfCustomers, Name: "Region", Kind: desk.TextField}))(t)
	badge := webtest.Must(d.CreateField(t.Context(), d.Sys, desk.Field{Of: desk.OfUsers, Name: "Badge", Kind: desk.WholeField}))(t)
	acme, bob := at(d, "customer", "acme"), at(d, "user", "bob")
	wants(t, d.Get("root", acme), http.StatusOK, "Region", "!Badge")
	wants(t, d.Get("carl", acme), http.StatusOK, "!Region")
	wants(t, next(t, d, "root", d.Post("root", acme+"/fields", fmt.Sprint("was-", region), "[]", fmt.Sprint("field-", region), "EMEA <x>")), http.StatusOK, "EMEA &lt;x&gt;", "filled in")
	wants(t, d.Post("root", bob+"/fields", fmt.Sprint("was-", badge), "[]", fmt.Sprint("field-", badge), "seven"), http.StatusUnprocessableEntity, "Badge is a whole number", `value="seven"`)
	wants(t, d.Post("carl", acme+"/fields", fmt.Sprint("was-", region), "[]", fmt.Sprint("field-", region), "x"), http.StatusNotFound)
	d.Give(d.Who["uma"], 0, desk.OnField(badge), "SeeCustomField")
	wants(t, d.Get("uma", bob), http.StatusOK, "Badge", "!was-")
}

// TestFieldStory looks at the pages of fields in every look.
func TestFieldStory(t *testing.T) {
	d := newDesk(t)
	id := webtest.Must(d.CreateField(t.Context(), d.Sys, desk.Field{Of: desk.OfTickets, Name: "Building", Kind: desk.SeveralField, Description: "Where it stands",
		Queues: []desk.QueueID{d.Queue["Support"]}, Choices: []desk.Choice{{Name: "North"}, {Name: "A wing with a very long name that goes on and on", Disabled: true}}}))(t)
	webtest.Must(d.CreateField(t.Context(), d.Sys, desk.Field{Of: desk.OfCustomers, Name: "Region", Kind: desk.OneField, Choices: []desk.Choice{{Name: "EMEA"}}}))(t)
	password := d.Password("root")
	b := webtest.Open(t, d.Handler)
	b.Go(t, "/", webtest.Looks()["wide-light"])
	b.Do(t, chromedp.SetValue("#f-login", "root"), chromedp.SetValue("#f-password", password))
	b.Press(t, "Sign in")
	for name, path := range map[string]string{"real-fields": "/admin/fields", "real-field": fmt.Sprint("/admin/fields/", id), "real-field-new": "/admin/fields/new?of=user", "real-customer-fields": at(d, "customer", "acme")} {
		b.Go(t, path, webtest.Looks()["wide-light"])
		b.Examine(t, name)
	}
}
