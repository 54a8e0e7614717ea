package admin_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/web"
	"gatehouse/web/admin"
	"gatehouse/web/webtest"
)

// saved sends a form, once more where its effect is shown first, and returns
// the page that it leads to.
func saved(t *testing.T, d *webtest.Desk, login, path string, form ...string) *httptest.ResponseRecorder {
	t.Helper()
	w := d.Post(login, path, form...)
	if w.Code == 200 && strings.Contains(w.Body.String(), `name="weighed"`) {
		w = d.Post(login, path, append(form, "weighed", "yes")...)
	}
	return next(t, d, login, w)
}

// TestNothingIsDoneBeforeItsEffectIsShown: a form that takes something from
// somebody is shown with that, and done when it is sent once more.
func TestNothingIsDoneBeforeItsEffectIsShown(t *testing.T) {
	d := newDesk(t)
	staff := at(d, "group", "Staff")
	isDisabled := func() bool {
		return webtest.Must(d.Service.Group(t.Context(), d.Sys, desk.GroupID(d.Who["Staff"])))(t).Disabled
	}
	shown := d.Post("root", staff+"/disable", "seen", "a<b")
	wants(t, shown, 200, "What will change", "What you change", "changed the group: group:Staff", "They lose", "Ann Archer", "ShowTicket", "Support",
		`name="seen" value="a&lt;b"`, `action="`+staff+`/disable"`, "Save the change", "Back")
	if isDisabled() {
		t.Error("the group was disabled before it was saved")
	}
	wants(t, next(t, d, "root", d.Post("root", staff+"/disable", "weighed", "yes")), 200, "disabled")
	if !isDisabled() {
		t.Error("the group was not disabled")
	}
	wants(t, d.Post("root", staff+"/disable", "weighed", "yes", "x", strings.Repeat("y", 10)), 303)
}

// TestAGrantIsShownWithItsEffect: before it is made and before it is revoked.
func TestAGrantIsShownWithItsEffect(t *testing.T) {
	d := newDesk(t)
	wants(t, d.Post("root", "/admin/grants", "who", "ann", "what", "DeleteTicket", "where", "queue:Support", "do", "look"), 200,
		"They gain", "Ann Archer", "<code>DeleteTicket</code>", "Support", "!They lose")
	wants(t, d.Post("root", "/admin/grants", "who", "ann", "what", "DeleteTicket", "where", "queue:Support", "do", "look"), 200, "They gain")
	before := webtest.Must(d.GrantsFor(t.Context(), d.Sys, d.Who["ann"], desk.Place{}, 10))(t)
	for _, g := range before {
		if g.What == "DeleteTicket" {
			t.Error("it was granted before it was saved")
		}
	}
}

func effectPage() admin.EffectPage {
	row := web.EffectRow{People: []web.Recipient{{Person: who("Ann Archer", "")}}, Others: 12, Rights: []string{"ReplyToTicket", "ShowTicket"},
		Where: web.T("grant.place.queue", "Billing"), Tickets: web.T("effect.count", 340)}
	bare := web.EffectRow{People: row.People, Where: web.T("effect.elsewhere")}
	return admin.EffectPage{Nav: nav("admin.groups"), Does: []web.Event{{By: who("Ann Archer", ""), What: web.T("audit.member.add", "group:Staff", "Tom Tailor")}}, Action: "/admin/groups/1/members", Back: "/admin/groups/1", Form: []admin.Sent{{Name: "who", Value: "ann"}},
		Effect: web.Effect{Summary: web.T("effect.people", 13), Gains: []web.EffectRow{row, bare}, Losses: []web.EffectRow{bare}, MoreGains: 3, MoreLosses: 1}}
}

// TestEffectsAreOffered: of a new queue and a new customer it can be asked what
// they change, which makes neither; another kind of user is asked about.
func TestEffectsAreOffered(t *testing.T) {
	d := newDesk(t)
	wants(t, d.Get("root", "/admin/queues"), 200, "Show what changes")
	w := d.Post("root", "/admin/queues", "name", "Returns", "address", "returns@desk.example", "do", "look")
	wants(t, w, 200, "Nobody gains or loses anything", `value="Returns"`, `name="weighed"`, "!name=\"do\"")
	wants(t, d.Get("root", "/admin/queues"), 200, "!Returns")
	wants(t, d.Post("root", "/admin/queues", "name", "Returns", "weighed", "yes"), http.StatusSeeOther)
	wants(t, d.Post("root", "/admin/queues", "name", "Returns", "do", "look"), 409, `value="Returns"`)
	wants(t, d.Post("root", "/admin/customers", "key", "new", "name", "New", "do", "look"), 200, "Nobody gains or loses anything", `value="new"`)
	wants(t, d.Get("root", "/admin/customers"), 200, "!New</a>")
	user := at(d, "user", "bob")
	_, rest, _ := strings.Cut(d.Get("root", user).Body.String(), `name="seen" value="`)
	seen, _, _ := strings.Cut(rest, `"`)
	d.Give(desk.Agents, 0, desk.OnSystem(), "SeeQueue")
	w = d.Post("root", user, "seen", seen, "login", "bob", "name", "Bob Baker", "address", "bob@acme.example", "kind", "agent")
	wants(t, w, 200, "They gain", "Bob Baker", "SeeQueue")
	wants(t, d.Get("root", user), 200, "Contact")
}
