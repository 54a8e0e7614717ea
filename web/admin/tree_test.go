package admin_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/web/admin"
	"gatehouse/web/webtest"
)

func tree() *admin.Tree {
	return &admin.Tree{Wide: 358, Tall: 136, More: true, Lines: []admin.TreeLine{{X1: 85, Y1: 90, X2: 179, Y2: 46}, {X1: 273, Y1: 90, X2: 179, Y2: 46, Broken: true}},
		Boxes: []admin.TreeBox{{X: 94, Name: "Employees", Full: "Employees", URL: "/admin/groups/8", People: 1},
			{Y: 90, Name: "Service staff", Full: "Service staff", URL: "/admin/groups/3", People: 12, Self: true}, {X: 188, Y: 90, Name: "A group with a very…", Full: "A group with a very long name", URL: "/admin/groups/9", Disabled: true}}}
}

// treeDesk has people for a department, and nothing of its tree.
func treeDesk(t *testing.T) *webtest.Desk {
	t.Helper()
	d := webtest.NewDesk(t, webtest.Area{Templates: admin.Templates, Routes: admin.Routes})
	for _, name := range []string{"Root Reed", "Sue Shaw", "Tim Todd", "Ian Imhof"} {
		d.User(name, "desk.example", desk.Agent)
	}
	d.Give(d.Who["root"], 0, desk.OnSystem(), "SuperUser")
	return d
}

// TestDepartment sets a department up by clicking, finds a wrong grant by “Who
// sees this?”, sees who loses by its removal, saves it, finds it in the audit
// log and takes it back.
func TestDepartment(t *testing.T) {
	d := treeDesk(t)
	password := d.Password("root")
	b := webtest.Open(t, d.Handler)
	b.Go(t, "/admin/groups", webtest.Looks()["wide-light"])
	b.Do(t, chromedp.SetValue("#f-login", "root"), chromedp.SetValue("#f-password", password))
	b.Press(t, "Sign in")
	plantTree(t, b)
	b.Says(t, "Around this group", "Sue Shaw", "through SupportManagers", "Tim Todd")
	b.Examine(t, "department-tree")
	b.Go(t, "/admin/queues", webtest.Looks()["wide-light"])
	b.Do(t, chromedp.SetValue("#f-set-name", "Helpdesk"), chromedp.SetValue("#f-set-address", "help@desk.example"))
	b.Press(t, "Save")
	grantOn(t, b, "SupportTeam", "rw")
	grantOn(t, b, "Team", "ShowTicket") // the wrong one: all of the department read tickets
	b.Go(t, "/admin/queues", webtest.Looks()["wide-light"])
	b.Press(t, "Helpdesk")
	b.Press(t, "Who sees this?")
	b.Says(t, "These may (4)", "Ian Imhof", "Team: ShowTicket")
	b.Examine(t, "department-who")
	b.Press(t, "Team: ShowTicket")
	b.Says(t, "They lose", "Ian Imhof", "ShowTicket", "queue Helpdesk")
	b.Examine(t, "department-revoke")
	b.Press(t, "Revoke")
	b.Says(t, "The grant was revoked")
	b.Go(t, "/admin/ask?right=ShowTicket&object=queue:Helpdesk", webtest.Looks()["wide-light"])
	b.Says(t, "These may (3)", "Sue Shaw", "Tim Todd")
	b.Go(t, "/admin/audit?about=Team&kind=grant", webtest.Looks()["wide-light"])
	b.Says(t, "revoked ShowTicket of Team on queue:Helpdesk", "in the pages")
	b.Examine(t, "department-audit")
	b.Press(t, "Take back")
	b.Says(t, "They gain", "Ian Imhof")
	b.Examine(t, "department-back")
	b.Press(t, "Save the change")
	b.Says(t, "The change was taken back", "granted ShowTicket to Team on queue:Helpdesk")
	b.Go(t, "/admin/ask?right=ShowTicket&object=queue:Helpdesk", webtest.Looks()["wide-light"])
	b.Says(t, "These may (4)", "Ian Imhof")
}

// plantTree makes the groups of the department and puts its people into them;
// it ends at the page of SupportTeam.
func plantTree(t *testing.T, b *webtest.Browser) {
	t.Helper()
	for _, name := range []string{"Team", "SupportTeam", "SupportManagers"} {
		b.Go(t, "/admin/groups", webtest.Looks()["wide-light"])
		b.Do(t, chromedp.SetValue("#f-set-name", name))
		b.Press(t, "Save")
		b.Says(t, name+" was made")
	}
	for _, m := range []struct{ group, member string }{{"Team", "SupportTeam"}, {"Team", "ian"}, {"SupportManagers", "sue"}, {"SupportTeam", "tim"}, {"SupportTeam", "SupportManagers"}} {
		b.Go(t, "/admin/groups", webtest.Looks()["wide-light"])
		b.Press(t, m.group)
		b.Do(t, chromedp.SetValue("#f-add-who", m.member))
		b.Press(t, "Add")
		b.Says(t, m.member+" was added")
	}
}

// grantOn grants something on the queue of the department.
func grantOn(t *testing.T, b *webtest.Browser, who, what string) {
	t.Helper()
	b.Go(t, "/admin/grants/new?who="+who+"&what="+what+"&where=queue:Helpdesk", webtest.Looks()["wide-light"])
	b.Press(t, "Show the effect")
	b.Says(t, who+" gets "+what)
	b.Press(t, "Grant")
	b.Says(t, "The right was granted")
}
