package admin_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
	"gatehouse/web/admin"
	"gatehouse/web/webtest"
)

func sheet(d *webtest.Desk, relation service.Relation, side, name string) string {
	return fmt.Sprintf("/admin/relations/%s/%s/%d", relation, side, d.Who[name])
}

func field(kind, of string, d *webtest.Desk) string { return fmt.Sprintf("%s.%d", kind, d.Who[of]) }

// TestSheets saves relation pages as a form without script does.
func TestSheets(t *testing.T) {
	d := newDesk(t)
	page := sheet(d, service.CustomerGroups, "left", "acme")
	wants(t, d.Get("root", page), http.StatusOK, "Field engineers", "move_into", "!Billing")
	wants(t, d.Post("root", page, "do", "look", field("was", "Staff", d), "", field("b", "Staff", d), "rw"), http.StatusOK, "What will change", "checked")
	wants(t, d.Post("root", page, "do", "save", field("was", "Staff", d), "", field("b", "Staff", d), "rw"), http.StatusSeeOther)
	wants(t, d.Get("root", page), http.StatusOK, `value="rw"`, "in rw", "checked")
	wants(t, d.Get("root", fmt.Sprintf("/admin/users/%d", d.Who["bob"])), http.StatusOK, "Effective permissions", "<code>rw</code>", "Acme Robotics")
	wants(t, d.Get("root", fmt.Sprintf("/admin/groups/%d", d.Who["Staff"])), http.StatusOK, "!Effective permissions")
	wants(t, d.Post("root", page+"?context=other", "do", "finish", field("was", "Staff", d), "", field("b", "Staff", d), "ro"), http.StatusSeeOther)
	wants(t, d.Get("root", page+"?context=other&only=yes"), http.StatusOK, `value="ro" aria-labelledby="n`, "checked", "!Field engineers")
	wants(t, d.Post("root", page, "do", "save", field("was", "Staff", d), "", field("b", "Staff", d), "ro"), http.StatusConflict,
		"This changed while you looked", "changed by Root Reed", "<code>rw</code>")
	wants(t, d.Post("root", page, "do", "undo", field("was", "Staff", d), "rw", field("now", "Staff", d), ""), http.StatusSeeOther)
	wants(t, d.Get("root", page), http.StatusOK, "!checked")
}

// TestThreeCustomersWithThreeParts: each membership of a contact has a part of
// its own.
func TestThreeCustomersWithThreeParts(t *testing.T) {
	d := newDesk(t)
	d.Customer("north", "Northwind")
	page := sheet(d, service.ContactCustomers, "left", "bob")
	wants(t, d.Post("root", page, "do", "save",
		field("was", "brueckner", d), "", field("part", "brueckner", d), "reader",
		field("was", "north", d), "", field("part", "north", d), "manager", field("until", "north", d), "2099-12-31"), http.StatusSeeOther)
	wants(t, d.Get("root", page+"?only=yes"), http.StatusOK, `value="reader" selected`, `value="manager" selected`, `value="member" selected`, "2099-12-31")
	wants(t, d.Get("root", sheet(d, service.ContactCustomers, "right", "north")+"?only=yes"), http.StatusOK, "Bob Baker", "!Vera Voss")
}

// TestSheetsAreAQuestionOfRights: others than those who administer access are
// told that there is no such page.
func TestSheetsAreAQuestionOfRights(t *testing.T) {
	d := newDesk(t)
	for _, login := range []string{"ann", "mia", "bob"} {
		for _, path := range []string{"/admin/relations", sheet(d, service.AgentGroups, "right", "Staff"), sheet(d, service.AgentGroups, "left", "ann")} {
			if w := d.Get(login, path); w.Code == http.StatusOK || strings.Contains(w.Body.String(), "Field engineers") {
				t.Errorf("%s got %s: %d", login, path, w.Code)
			}
		}
	}
	wants(t, d.Get("quinn", sheet(d, service.AgentGroups, "right", "Staff")), http.StatusNotFound)
	wants(t, d.Post("carl", sheet(d, service.AgentGroups, "left", "carl"), "do", "save", field("was", "Staff", d), "", field("b", "Staff", d), "rw"), http.StatusNotFound)
}

// TestRelationStory goes through the relation pages in a browser: from the
// list to a customer, a head box after typing, saving, the contact and back.
func TestRelationStory(t *testing.T) {
	d := newDesk(t)
	d.OK(d.UpdateQueue(t.Context(), d.Sys, desk.Queue{ID: d.Queue["Support"], Name: "Support", AccessGroup: desk.GroupID(d.Who["Staff"])}))
	wide := webtest.Looks()["wide-light"]
	password := d.Password("root")
	b := webtest.Open(t, d.Handler)
	b.Go(t, "/admin/relations", wide)
	b.Do(t, chromedp.SetValue("#f-login", "root"), chromedp.SetValue("#f-password", password))
	b.Press(t, "Sign in")
	b.Says(t, "Contacts ↔ groups", "Customers ↔ groups", "Agents ↔ groups")
	b.Examine(t, "story-relations")
	b.Press(t, "Customers ↔ groups")
	b.Examine(t, "story-relation-pick")
	b.Press(t, "Acme Robotics")
	b.Do(t, chromedp.SendKeys("#f-text", "staff"), chromedp.Click(`th[data-col="rw"] input`))
	b.Press(t, "What will change?")
	b.Says(t, "What will change", "Staff", "rw", "They gain", "Bob Baker")
	b.Examine(t, "story-relation-preview")
	b.Press(t, "Save")
	b.Says(t, "Saved: 1.", "One row was changed.", "in rw")
	b.Examine(t, "story-relation-saved")
	if got := d.Get("root", sheet(d, service.CustomerGroups, "left", "acme")+"?only=yes").Body.String(); strings.Contains(got, "Field engineers") {
		t.Error("the head box set a row that was not shown")
	}
	b.Go(t, sheet(d, service.ContactGroups, "left", "bob"), wide)
	b.Says(t, "Acme Robotics")
	b.Examine(t, "story-relation-contact")
	b.Press(t, "Staff")
	b.Says(t, "Back to Contacts ↔ groups")
	b.Press(t, "Back to Contacts ↔ groups")
	b.Says(t, "Groups of Bob Baker")
	b.Go(t, sheet(d, service.ContactCustomers, "left", "bob"), wide)
	b.Examine(t, "story-relation-parts")
	b.Do(t, chromedp.SetValue(fmt.Sprintf("[name='part.%d']", d.Who["brueckner"]), "manager"), chromedp.SetValue(fmt.Sprintf("[name='until.%d']", d.Who["brueckner"]), "2099-12-31"))
	b.Press(t, "What will change?")
	b.Says(t, "manager until:2099-12-31")
	b.Press(t, "Save")
	b.Says(t, "Saved: 1.", "One row was changed.")
	b.Go(t, sheet(d, service.AgentGroups, "right", "Staff"), wide)
	b.Examine(t, "story-relation-agents")
}

// relationSamples are the relation pages as large as they get.
func relationSamples() []webtest.Sample {
	columns := []string{"ro", "move_into", "create", "note", "owner", "priority", "rw"}
	page := admin.SheetPage{
		Nav: nav("admin.relations"), Relation: "agent-group", Side: "left", Kind: "agent", RowKind: "group", Of: web.Link{Label: web.Plain("Ann Archer"), URL: "/admin/users/7"},
		From: "agent-group/left/7", Action: "/admin/relations/agent-group/left/7", Columns: columns, Text: web.Field{Name: "text", Kind: "search"}, SwitchOnly: "?only=yes",
		Pager:   web.Pager{Older: "/admin/relations/agent-group/left/7?after=x"},
		Stale:   []admin.StaleRow{{Name: "Support", Was: "", Now: "ro", By: "Tom Tailor", At: ago(0)}, {Name: "Billing", Was: "ro", Now: ""}},
		Preview: &admin.SheetPreview{Rows: []admin.StaleRow{{Name: "Support", Was: "", Now: "rw"}}, Effect: effectPage().Effect},
		Undo:    &admin.SheetUndo{Action: "/admin/relations/agent-group/left/7", Rows: []admin.StaleRow{{ID: "12", Was: "ro", Now: "rw"}}}, Error: web.T("relation.stale.what"),
	}
	for i := range 40 {
		row := admin.SheetRow{ID: int64(10000 + i), Name: fmt.Sprintf("Service group %d", i), URL: fmt.Sprintf("/admin/groups/%d?from=agent-group/left/7", 10000+i),
			Back: fmt.Sprintf("/admin/relations/agent-group/right/%d", 10000+i), State: "ro note", Locked: i == 3, Disabled: i == 4}
		for j, c := range columns {
			box := admin.SheetBox{Name: c, On: (i+j)%3 == 0}
			if i%4 == 0 && j < 6 {
				box.From = []admin.Origin{{Text: web.T("relation.in", "rw")}}
			} else if j%3 == 1 {
				box.From = []admin.Origin{{Text: web.Plain("Field engineers"), Lock: true}}
			}
			row.Boxes = append(row.Boxes, box)
		}
		page.Rows = append(page.Rows, row)
	}
	members := page
	members.Preview, members.Stale, members.Undo, members.Error, members.Columns, members.Members = nil, nil, nil, web.Text{}, nil, true
	members.Relation, members.Kind, members.RowKind, members.Contexts = "contact-customer", "contact", "customer", true
	members.Rows = []admin.SheetRow{{ID: 1, Name: "Acme Robotics", URL: "/admin/customers/1", Back: "/x", Member: &admin.SheetMember{Part: "manager", Primary: true, Until: "2026-12-31"}}, {ID: 2, Name: "Northwind", URL: "/admin/customers/2", Back: "/x", Member: &admin.SheetMember{}}}
	none := members
	none.Rows, none.Empty = nil, web.Empty{Icon: "search", Title: web.T("admin.empty.title"), Hint: web.T("admin.empty.hint")}
	pick := admin.RelationPickPage{Nav: nav("admin.relations"), Relation: "contact-group", Sides: []admin.PickSide{
		{Side: "left", Kind: "contact", Text: web.Field{Name: "left", Kind: "search"}, Links: []web.Link{{Label: web.Plain("Bob Baker"), URL: "/a"}, {Label: web.Plain("Mei Chen"), URL: "/b"}}, More: "/c"},
		{Side: "right", Kind: "group", Text: web.Field{Name: "right", Kind: "search"}},
	}}
	return []webtest.Sample{
		{Name: "admin-relations", View: admin.RelationsPage{Nav: nav("admin.relations"), Relations: []string{"contact-group", "group-group"}}.View()},
		{Name: "admin-relation", View: pick.View()}, {Name: "admin-sheet", View: page.View()}, {Name: "admin-sheet-members", View: members.View()}, {Name: "admin-none-sheet", View: none.View()},
	}
}

// TestTwoAdministrators: the second one, who looks at the page as it was, is
// refused with the difference, and keeps what he ticked.
func TestTwoAdministrators(t *testing.T) {
	d := newDesk(t)
	d.Give(d.Who["uma"], 0, desk.OnSystem(), "AdminGroup")
	page := sheet(d, service.AgentGroups, "right", "Field engineers")
	first := []string{"do", "save", field("was", "ann", d), "", field("b", "ann", d), "note"}
	second := []string{"do", "save", field("was", "ann", d), "", field("b", "ann", d), "rw", field("was", "carl", d), "", field("b", "carl", d), "ro"}
	wants(t, d.Post("uma", page, first...), http.StatusSeeOther)
	refused := d.Post("root", page, second...)
	wants(t, refused, http.StatusConflict, "Nothing was saved", "Your boxes are kept", "changed by Uma Ulm", "you saw <code>–</code>, it is <code>note</code>")
	for _, kept := range []string{
		fmt.Sprintf(`name="was.%d" value="note"`, d.Who["ann"]),
		fmt.Sprintf(`name="b.%d" value="rw" aria-labelledby="n%d c-rw" checked`, d.Who["ann"], d.Who["ann"]),
		fmt.Sprintf(`name="b.%d" value="ro" aria-labelledby="n%d c-ro" checked`, d.Who["carl"], d.Who["carl"]),
	} {
		if !strings.Contains(refused.Body.String(), kept) {
			t.Errorf("the refused page lacks %s", kept)
		}
	}
	wants(t, d.Get("root", page+"?only=yes"), http.StatusOK, "Ann Archer", "!Carl Cole")
	again := []string{"do", "save", field("was", "ann", d), "note", field("b", "ann", d), "rw", field("was", "carl", d), "", field("b", "carl", d), "ro"}
	wants(t, d.Post("root", page, again...), http.StatusSeeOther)
	wants(t, d.Get("root", page+"?only=yes"), http.StatusOK, "Ann Archer", "Carl Cole")
}

// TestUndoIsASaveLikeAnother: the address of a saved page carries a form that
// takes it back, and what is made up in it gives nothing.
func TestUndoIsASaveLikeAnother(t *testing.T) {
	d := newDesk(t)
	page := sheet(d, service.AgentGroups, "left", "ann")
	w := d.Post("root", page, "do", "save", field("was", "Staff", d), "", field("b", "Staff", d), "owner")
	back := w.Header().Get("Location")
	wants(t, w, http.StatusSeeOther)
	wants(t, d.Get("root", back), http.StatusOK, "One row was changed", "Take it back", fmt.Sprintf(`name="now.%d" value=""`, d.Who["Staff"]))
	for _, made := range []string{"?undo=x", "?undo=left~1~", "?undo=left~x~~1~a~b", "?undo=up~1~~1~a~b", "?undo=left~1~~1~a"} {
		wants(t, d.Get("root", page+made), http.StatusOK, "!Take it back")
	}
	wants(t, d.Post("ann", page, "do", "undo", field("was", "Staff", d), "owner", field("now", "Staff", d), "rw"), http.StatusNotFound)
	wants(t, d.Post("root", page, "do", "undo", field("was", "Staff", d), "owner", field("now", "Staff", d), ""), http.StatusSeeOther)
	wants(t, d.Get("root", page+"?only=yes"), http.StatusOK, "!checked")
}

// TestPickingARecord: both sides are searched, and paged.
func TestPickingARecord(t *testing.T) {
	d := newDesk(t)
	for i := range 20 {
		d.Group(fmt.Sprintf("Region %02d", i))
	}
	wants(t, d.Get("root", "/admin/relations/agent-group"), http.StatusOK, "Ann Archer", "Region 00", "!Region 19", "right-after=")
	wants(t, d.Get("root", "/admin/relations/agent-group?right=region+1"), http.StatusOK, "Region 19", "!Region 09", "Ann Archer")
	wants(t, d.Get("root", "/admin/relations/agent-group?left=carl"), http.StatusOK, "Carl Cole", "!Ann Archer")
	wants(t, d.Get("root", "/admin/relations/contact-customer?left=nobody"), http.StatusOK, "Nothing found", "Acme Robotics")
	wants(t, d.Get("root", "/admin/relations/agent-agent"), http.StatusNotFound)
	wants(t, d.Get("root", "/admin/relations/agent-group/middle/1"), http.StatusNotFound)
}
