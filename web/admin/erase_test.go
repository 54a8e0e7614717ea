package admin_test

import (
	"net/http"
	"testing"

	"gatehouse/desk"
	"gatehouse/web"
	"gatehouse/web/admin"
	"gatehouse/web/webtest"
)

func eraseSamples() []webtest.Sample {
	box := func(name string) web.Field { return web.Field{Name: name, Kind: "checkbox"} }
	erase := admin.ErasePage{Nav: nav("admin.users"), Kind: "user", Name: "Ravi Rao", URL: "/admin/users/7/erase", Back: "/admin/users/7", Export: "/admin/users/7/export",
		Texts: box("texts"), People: box("people"), Typed: web.Field{Name: "typed", Required: true}, Type: web.T("erase.type", "ravi")}
	company := erase
	company.Kind, company.Name, company.Error = "customer", "Acme Robotics", web.T("error.invalid.title")
	kept := admin.Kept{URL: "/admin/queues/3/keep", Back: "/admin/queues/3", Asked: 365, Due: 412, Days: web.Field{Name: "days", Kind: "number", Value: "365"}}
	return []webtest.Sample{
		{Name: "admin-erase-user", View: erase.View()}, {Name: "admin-erase-customer", View: company.View()},
		{Name: "admin-ticketform", View: ticketFormSample().View()},
		{Name: "admin-keep", View: admin.KeepPage{Nav: nav("admin.queues"), Name: "Support", Kept: kept}.View()},
	}
}

// TestErasing walks the way of a superuser, and shows that it is closed to
// others and that nothing goes by a slip.
func TestErasing(t *testing.T) {
	d := newDesk(t)
	bob := at(d, "user", "bob")
	wants(t, d.Get("uma", bob+"/erase"), http.StatusNotFound)
	wants(t, d.Get("uma", bob), http.StatusOK, bob+"/export", "!"+bob+"/erase")
	wants(t, d.Get("carl", bob+"/export"), http.StatusForbidden)
	wants(t, d.Get("root", bob), http.StatusOK, bob+"/export", bob+"/erase")
	archive := d.Get("root", bob+"/export")
	wants(t, archive, http.StatusOK, "PK")
	if kind := archive.Header().Get("Content-Type"); kind != "application/zip" {
		t.Errorf("the archive is %s", kind)
	}
	wants(t, d.Get("root", bob+"/erase"), http.StatusOK, "Erase Bob Baker", "What goes", "Type bob if you mean it", "Export everything first")
	wants(t, d.Post("root", bob+"/erase", "typed", "bab", "texts", "on"), http.StatusUnprocessableEntity, "nothing was erased", "checked")
	wants(t, d.Post("uma", bob+"/erase", "typed", "bob"), http.StatusForbidden)
	if u := webtest.Must(d.Service.User(t.Context(), d.Sys, desk.UserID(d.Who["bob"])))(t); u.Disabled {
		t.Fatal("what was refused erased him")
	}
	wants(t, next(t, d, "root", d.Post("root", bob+"/erase", "typed", " BOB ")), http.StatusOK, "Bob Baker is erased", "!bob@acme.example")
	root := at(d, "user", "root")
	wants(t, d.Post("root", root+"/erase", "typed", "root"), http.StatusConflict, "another superuser")
	acme := at(d, "customer", "acme")
	wants(t, d.Get("root", acme), http.StatusOK, acme+"/erase")
	wants(t, d.Get("root", acme+"/export"), http.StatusOK, "PK")
	wants(t, next(t, d, "root", d.Post("root", acme+"/erase", "typed", "acme", "people", "on")), http.StatusOK, "Acme Robotics is erased")
}

func TestKeepingClosedTickets(t *testing.T) {
	d := newDesk(t)
	support := at(d, "queue", "Support")
	wants(t, d.Get("quinn", support), http.StatusOK, support+"/keep", "Remove after days")
	wants(t, d.Get("ann", support), http.StatusNotFound)
	for _, step := range []struct {
		form   []string
		status int
		says   string
		then   int
	}{
		{[]string{"days", "many"}, http.StatusUnprocessableEntity, "number of days", 0},
		{[]string{"days", "3", "sure", "1"}, http.StatusUnprocessableEntity, "from 30", 0},
		{[]string{"days", "365"}, http.StatusOK, "0 tickets are as old as that", 0},
		{[]string{"days", "365", "sure", "1"}, http.StatusSeeOther, "", 365},
		{[]string{"days", "0"}, http.StatusSeeOther, "", 0},
	} {
		wants(t, d.Post("root", support+"/keep", step.form...), step.status, step.says)
		if kept := webtest.Must(d.Retention(t.Context(), d.Sys, d.Queue["Support"], nil))(t); kept.Days != step.then {
			t.Errorf("after %v closed tickets are kept %d days, want %d", step.form, kept.Days, step.then)
		}
	}
	wants(t, d.Post("quinn", support+"/keep", "days", "365", "sure", "1"), http.StatusForbidden)
}

// ticketFormSample is the page of the forms of a queue.
func ticketFormSample() *admin.TicketFormPage {
	boxes := func(name, ticked string) web.Field {
		f := web.Field{Name: name, Kind: "boxes"}
		for _, label := range []string{"Machine", "Serial number", "Building"} {
			f.Options = append(f.Options, web.Option{Value: label, Label: web.Plain(label), Selected: label == ticked})
		}
		return f
	}
	return &admin.TicketFormPage{
		Nav: nav("admin.queues"), Name: "Support", URL: "/admin/queues/3/form", Back: "/admin/queues/3",
		Rows: []admin.TicketFormRow{
			{Who: web.T("ticketform.everybody"), URL: "/admin/queues/3/form", Says: []web.Text{web.Plain("Tell us which machine it is."), web.T("ticketform.says.required", "1")}},
			{Who: web.Plain("Acme Robotics"), URL: "/admin/queues/3/form?customer=acme", Says: []web.Text{web.T("ticketform.says.closed")}},
		},
		For: web.Field{Name: "customer", Error: "There is no customer with this key."}, Intro: web.Field{Name: "intro", Kind: "textarea", Rows: 6, Value: "Tell us which machine it is."},
		Closed: web.Field{Name: "closed", Kind: "checkbox"}, RequiredFields: boxes("required", "Machine"), NotAsked: boxes("hidden", "Building"), Error: web.T("error.invalid.title"),
	}
}
