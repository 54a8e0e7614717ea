package admin_test

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
	"gatehouse/web/admin"
	"gatehouse/web/webtest"
)

// markOf reads the mark of what a page shows, the first after some words.
func markOf(t *testing.T, d *webtest.Desk, path, after string) string {
	t.Helper()
	found := regexp.MustCompile(`(?s)` + after + `.*?name="seen" value="(\w+)"`).FindStringSubmatch(d.Get("root", path).Body.String())
	if found == nil {
		t.Fatalf("%s has no mark after %q", path, after)
	}
	return found[1]
}

// TestPermissionPages makes a permission, changes it after its effect was shown,
// takes that back, and removes it.
func TestPermissionPages(t *testing.T) {
	d := newDesk(t)
	wants(t, d.Get("root", "/admin/permissions"), http.StatusOK, "move_into", "ShowTicketComments", "internal comments", "!undo=")
	ro := "/admin/permissions/1"
	wants(t, d.Get("root", ro), http.StatusOK, "Permission ro", "read internal comments", "Staff", "!Delete</button>")
	change := []string{"seen", markOf(t, d, ro, ""), "agents", "ShowTicket", "agents", "SeeQueue", "for-agents", "1", "for-contacts", "1"}
	wants(t, d.Post("root", ro, change...), http.StatusOK, "Who gains and who loses", "ShowTicketComments", "Ann Archer")
	saved := d.Post("root", ro, append(change, "weighed", "yes")...)
	wants(t, saved, http.StatusSeeOther)
	wants(t, d.Get("root", saved.Header().Get("Location")), http.StatusOK, "Take it back", `value="SetPriority"`)
	wants(t, d.Post("root", ro, append(change, "weighed", "yes")...), http.StatusConflict, "Somebody changed this")
	undo := regexp.MustCompile(`/admin/changes/\d+/take-back`).FindString(d.Get("root", saved.Header().Get("Location")).Body.String())
	wants(t, d.Post("root", undo, "to", ro, "weighed", "yes"), http.StatusSeeOther)
	wants(t, d.Post("root", undo, "to", ro, "weighed", "yes"), http.StatusConflict)
	wants(t, d.Post("root", "/admin/permissions", "name", "two words"), http.StatusUnprocessableEntity, "one word")
	made := d.Post("root", "/admin/permissions", "name", "triage", "agents", "SetPriority")
	wants(t, made, http.StatusSeeOther)
	own := made.Header().Get("Location")
	wants(t, d.Get("root", own), http.StatusOK, "Permission triage", "Delete</button>")
	wants(t, d.Post("root", own, "seen", markOf(t, d, own, ""), "do", "disable"), http.StatusSeeOther)
	wants(t, d.Post("root", own, "seen", markOf(t, d, own, ""), "do", "remove"), http.StatusSeeOther)
	wants(t, d.Get("root", own), http.StatusNotFound)
}

// TestAccessPagesAreAQuestionOfRights: who may not administer access is told
// that there is no such page, and changes nothing.
func TestAccessPagesAreAQuestionOfRights(t *testing.T) {
	d := newDesk(t)
	for _, login := range []string{"ann", "bob", "carl", "quinn", "mia"} {
		for _, path := range []string{"/admin/permissions", "/admin/permissions/1", "/admin/permissions/new", "/admin/switches"} {
			if w := d.Get(login, path); w.Code == http.StatusOK {
				t.Errorf("%s got %s", login, path)
			}
		}
		for _, path := range []string{"/admin/permissions", "/admin/permissions/1", "/admin/switches/group", "/admin/changes/1/take-back", "/admin/default-groups/contacts"} {
			if w := d.Post(login, path, "weighed", "yes", "name", "x", "add", "Staff", "add-level", "rw"); w.Code < http.StatusBadRequest {
				t.Errorf("%s posted to %s: %d", login, path, w.Code)
			}
		}
	}
}

// TestDefaultGroupPage adds a default group, changes its level and takes it away.
func TestDefaultGroupPage(t *testing.T) {
	d := newDesk(t)
	page, save := "/admin/default-groups", "/admin/default-groups/contacts"
	mark := func() string { return markOf(t, d, page, "") }
	wants(t, d.Post("root", save, "seen", mark(), "add", "Nobody here", "add-level", "ro"), http.StatusUnprocessableEntity, "There is no")
	wants(t, d.Post("root", save, "seen", mark(), "add", "Staff", "add-level", "ro", "weighed", "yes"), http.StatusSeeOther)
	wants(t, d.Get("root", page), http.StatusOK, "Staff", "ro: read", "There are none.")
	level := fmt.Sprintf("level.%d.ro", d.Who["Staff"])
	old := mark()
	wants(t, d.Post("root", save, "seen", old, level, "rw", "weighed", "yes"), http.StatusSeeOther)
	wants(t, d.Post("root", save, "seen", old, level, "", "weighed", "yes"), http.StatusConflict, "Somebody changed this")
	wants(t, d.Get("root", page), http.StatusOK, fmt.Sprintf("level.%d.rw", d.Who["Staff"]))
	wants(t, d.Post("root", save, "seen", mark(), fmt.Sprintf("level.%d.rw", d.Who["Staff"]), "", "weighed", "yes"), http.StatusSeeOther)
	wants(t, d.Get("root", page), http.StatusOK, "!Staff")
}

// TestTickingWithoutScript: a button in the head of a column ticks the rows that
// are shown, and saves nothing.
func TestTickingWithoutScript(t *testing.T) {
	d := newDesk(t)
	page := sheet(d, service.AgentGroups, "left", "ann")
	wants(t, d.Post("root", page+"?text=staff", "tick", "note", field("was", "Staff", d), "", field("b", "Staff", d), "ro"), http.StatusOK,
		`value="note" aria-labelledby="n`+fmt.Sprint(d.Who["Staff"])+` c-note" checked`, `c-ro" checked`, "!Field engineers")
	wants(t, d.Get("root", page), http.StatusOK, "!checked")
}

// TestGroupSupportStory switches group support on in a browser, keeping things
// as they are in one place of two, and takes it back.
func TestGroupSupportStory(t *testing.T) {
	d := newDesk(t)
	d.OK(d.UpdateQueue(t.Context(), d.Sys, desk.Queue{ID: d.Queue["Support"], Name: "Support", AccessGroup: desk.GroupID(d.Who["Staff"])}))
	_, err := d.SetSwitch(t.Context(), d.Sys, service.SwitchChange{Setting: service.SettingGroupSupport})
	d.OK(err)
	wide, password := webtest.Looks()["wide-light"], d.Password("root")
	b := webtest.Open(t, d.Handler)
	b.Go(t, "/admin/switches", wide)
	b.Do(t, chromedp.SetValue("#f-login", "root"), chromedp.SetValue("#f-password", password))
	b.Press(t, "Sign in")
	b.Says(t, "Group support for contacts and customers", "Keep things as they are", "Staff", "queue without an access group")
	b.Examine(t, "story-switches")
	b.Do(t, chromedp.Click(fmt.Sprintf(`input[value="queue.%d"]`, d.Queue["Billing"])))
	b.Press(t, "Show the effect of switching it on")
	b.Says(t, "They lose", "Bob Baker", "CreateTicket")
	b.Examine(t, "story-switches-effect")
	b.Press(t, "Save the change")
	b.Says(t, "It is switched on.", "Take it back")
	b.Examine(t, "story-switches-done")
	b.Go(t, "/admin/default-groups", wide)
	b.Says(t, "Staff", "Of all customers")
	b.Examine(t, "story-defaults")
	b.Go(t, "/admin/permissions", wide)
	b.Examine(t, "story-permissions")
	b.Press(t, "note")
	b.Says(t, "Permission note", "write internal comments")
	b.Examine(t, "story-permission")
}

// setSamples are the pages of permissions, default groups and switches.
func setSamples() []webtest.Sample {
	rights := []string{"SeeQueue", "ShowTicket", "ShowTicketComments", "ReplyToTicket", "CommentOnTicket", "ModifyTicket", "OwnTicket"}
	sets := admin.SetsPage{Nav: nav("admin.permissions"), New: true, Undo: &admin.TakeBack{Action: "/admin/changes/7/take-back", To: "/admin/permissions"}, Rows: []admin.SetRow{
		{Name: "ro", URL: "/admin/permissions/1", Agents: rights[:3], Contacts: rights[:2], Grants: web.Plain("12"), GrantsURL: "/admin/grants?what=ro"},
		{Name: "rw", URL: "/admin/permissions/7", Agents: rights, Contacts: rights[:4], Grants: web.Plain("1000+"), GrantsURL: "/admin/grants?what=rw"},
		{Name: "triage", URL: "/admin/permissions/101", Own: true, Disabled: true, Agents: rights[5:], Grants: web.Plain("0"), GrantsURL: "/admin/grants?what=triage"}}}
	set := admin.SetPage{Nav: nav("admin.permissions"), Title: "triage", URL: "/admin/permissions/101", Seen: "x", May: true, Own: true, Switch: true, Remove: true, Disabled: true,
		Name: web.Field{Name: "name", Value: "triage"}, ForAgents: web.Field{Name: "for-agents", Kind: "checkbox", Checked: true}, ForOthers: web.Field{Name: "for-contacts", Kind: "checkbox"},
		Grants: grants(), AllGrants: "/admin/grants?what=triage", Error: web.Plain("There is a permission triage already.")}
	for _, title := range []string{"set.tickets", "set.fields", "set.queues"} {
		part := admin.SetPart{Title: title}
		for i, name := range rights {
			part.Rows = append(part.Rows, admin.SetRight{Name: name + title[4:5], Meaning: "right." + name, Agents: i%2 == 0, Contacts: i%3 == 0})
		}
		set.Parts = append(set.Parts, part)
	}
	switches := admin.SwitchesPage{Nav: nav("admin.switches"), Undo: sets.Undo, Error: web.Plain("A group was changed meanwhile."),
		Switches: []admin.SwitchRow{{Name: "group", May: true, Keep: true}, {Name: "other", On: true, May: true}, {Name: "company", On: true}},
		Keep:     []admin.KeepRow{{Value: "group.12", Name: "Support", Queues: 3, Checked: true}, {Value: "queue.2", Name: "General", Queues: 1, Queue: true}}}
	defaults := admin.DefaultsPage{Nav: nav("admin.defaults"), Undo: sets.Undo, Lists: []admin.DefaultList{
		{Of: "contacts", Seen: "x", Rows: []admin.DefaultRow{{Name: "Support", URL: "/admin/groups/12", Level: choice("contacts", "level.12.ro", "ro", "rw")},
			{Name: "A group of old", URL: "/admin/groups/13", Disabled: true, Level: choice("contacts", "level.13.rw", "rw", "ro")}},
			Add: web.Field{Form: "contacts", Name: "add", Value: "Assembly", Error: "There is no group Assembly."}, Level: choice("contacts", "add-level", "ro", "rw")},
		{Of: "customers", Locked: true, Error: web.Plain("Somebody changed this while you looked at it.")}}}
	return []webtest.Sample{{Name: "admin-sets", View: sets.View()}, {Name: "admin-set", View: set.View()},
		{Name: "admin-set-new", View: admin.SetPage{Nav: nav("admin.permissions"), URL: "/admin/permissions", May: true, Own: true, Name: web.Field{Name: "name"},
			ForAgents: set.ForAgents, ForOthers: set.ForOthers, Parts: set.Parts}.View()},
		{Name: "admin-switches", View: switches.View()}, {Name: "admin-defaults", View: defaults.View()}}
}
