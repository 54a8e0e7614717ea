package admin_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
	"gatehouse/web/admin"
	"gatehouse/web/webtest"
)

func blueprintSamples() []webtest.Sample {
	page := admin.BlueprintPage{Nav: nav("admin.blueprints"), Name: "departments", URL: "/admin/blueprints/departments", Rules: []string{"managers hear every reply"},
		Fields: []admin.Labelled{
			{Label: web.T("blueprint.ask.queue"), Help: web.T("blueprint.ask.queue.help"), Field: web.Field{Name: "queue", Required: true, Value: "Sales"}},
			{Label: web.T("blueprint.ask.managers"), Help: web.T("blueprint.ask.managers.help"), Field: web.Field{Name: "managers", Required: true, Error: "Say which one."}}},
		Error: web.T("error.invalid.title"), Undo: &admin.TakeBack{Action: "/admin/changes/7/take-back", To: "/admin/blueprints"}}
	looked := page
	effect := effectPage().Effect
	looked.Error, looked.Undo, looked.Effect, looked.Queue = web.Text{}, nil, &effect, "Sales"
	standing := looked
	standing.Standing = true
	page.Next = []web.Link{{Label: web.T("blueprint.next.empty", "Crew"), URL: "/x"}, {Label: web.T("blueprint.next.people", "Staff", 3), URL: "/x"},
		{Label: web.T("blueprint.next.queue", "Sales"), URL: "/x"}, {Label: web.T("blueprint.next.rules"), URL: "/x"}}
	return []webtest.Sample{
		{Name: "admin-blueprints", View: admin.BlueprintsPage{Nav: nav("admin.blueprints"), Names: []string{"public-support", "helpers", "watching", "departments", "mailing-list", "portal"}}.View()},
		{Name: "admin-blueprint", View: page.View()}, {Name: "admin-blueprint-looked", View: looked.View()}, {Name: "admin-blueprint-standing", View: standing.View()},
	}
}

// TestBlueprintTexts: each blueprint that ships, and each thing that one asks,
// is explained in every language.
func TestBlueprintTexts(t *testing.T) {
	d := newDesk(t)
	list, err := d.Blueprints(t.Context(), d.Sys)
	d.OK(err)
	for _, lang := range web.Languages() {
		reader := web.Reader{Lang: lang}
		says := func(key string) {
			if got := reader.Say(web.T(key)); got == "" || got == key {
				t.Errorf("%s: %s has no text", lang, key)
			}
		}
		for _, b := range list {
			says("blueprint." + b.Name)
			says("blueprint.about." + b.Name)
			for _, ask := range b.Asks {
				says("blueprint.ask." + ask)
				says("blueprint.ask." + ask + ".help")
			}
		}
	}
}

// TestWhoSeesBlueprints: the pages ask what applying asks, on the desk; to others
// there are none, and what they send changes nothing.
func TestWhoSeesBlueprints(t *testing.T) {
	d := newDesk(t)
	d.Give(d.Who["uma"], 0, desk.OnSystem(), "AdminQueue")
	d.Give(d.Who["mia"], 0, desk.OnSystem(), "AdminQueue", "ModifyACL")
	for _, tt := range []struct {
		login string
		may   bool
	}{{"root", true}, {"mia", true}, {"uma", false}, {"quinn", false}, {"carl", false}, {"ann", false}, {"bob", false}} {
		for path, says := range map[string]string{"/admin/blueprints": "Customer portal", "/admin/blueprints/helpers": "sees no other"} {
			seesPage(t, d.Get(tt.login, path), tt.may, says)
		}
		if tt.may {
			wants(t, d.Get(tt.login, "/admin/blueprints/nothing"), 404)
			wants(t, d.Get(tt.login, "/admin/"), 200, `href="/admin/blueprints"`)
			continue
		}
		seesPage(t, d.Post(tt.login, "/admin/blueprints/helpers", "queue", "Made", "do", "look"), false, "Made")
		seesPage(t, d.Post(tt.login, "/admin/blueprints/helpers", "queue", "Made", "do", "apply"), false, "Made")
	}
	wants(t, d.Get("root", "/admin/queues"), 200, "!Made")
	// Each step asks what it asks: mia may make queues and grants, but no groups.
	w := d.Post("mia", "/admin/blueprints/public-support", "queue", "Made", "group", "Crew", "do", "apply")
	if w.Code < 400 {
		t.Errorf("a group is made by who may make none: %d", w.Code)
	}
	wants(t, d.Get("root", "/admin/queues"), 200, "!Made")
}

// TestAfterABlueprint: who has set one up is led on to its groups, of which he
// learns nothing that he may not know.
func TestAfterABlueprint(t *testing.T) {
	d := newDesk(t)
	w := next(t, d, "root", d.Post("root", "/admin/blueprints/departments", "queue", "Made", "group", "Crew", "managers", "Staff", "do", "apply"))
	wants(t, w, 200, "It is set up in Made.", "What comes next", "Put people into Crew: nobody is in it yet", `href="`+at(d, "group", "Staff")+`"`,
		"Staff: ", "The queue Made: its address", "Its rules")
	wants(t, d.Get("root", "/admin/blueprints/helpers?queue=Made"), 200, "The queue Made", "!Its rules", "!Crew")
	wants(t, d.Get("root", "/admin/blueprints/departments?queue=Gone&group=Gone"), 200, "!What comes next")
	d.Give(d.Who["mia"], 0, desk.OnSystem(), "AdminQueue", "ModifyACL")
	wants(t, d.Get("mia", "/admin/blueprints/departments?queue=nosuch&group=nosuch"), 200, "!What comes next")
}

// TestABlueprintInGerman: its page says the names of the rules as it makes them.
func TestABlueprintInGerman(t *testing.T) {
	d := newDesk(t)
	german := func(method string, form url.Values) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, "http://desk.example/admin/blueprints/departments", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		r.AddCookie(&http.Cookie{Name: "gatehouse", Value: d.Session("root")})
		r.AddCookie(&http.Cookie{Name: "gatehouse-look", Value: ".de"})
		w := httptest.NewRecorder()
		d.Handler.ServeHTTP(w, r)
		return w
	}
	wants(t, german(http.MethodGet, nil), 200, "Die Leitung liest jede Antwort", "!managers hear")
	wants(t, german(http.MethodPost, url.Values{"queue": {"Ost"}, "group": {"Team Ost"}, "managers": {"Leitung"}}), 303)
	if _, err := d.Rule(t.Context(), d.Sys, "Ost: Die Leitung liest jede Antwort"); err != nil {
		t.Error(err)
	}
}

// TestBlueprintStory sets a blueprint up in the browser: refused, looked at,
// applied, applied once more, and taken back.
func TestBlueprintStory(t *testing.T) {
	d := newDesk(t)
	password := d.Password("root")
	b := webtest.Open(t, d.Handler)
	b.Go(t, "/admin/blueprints", webtest.Looks()["wide-light"])
	b.Do(t, chromedp.SetValue("#f-login", "root"), chromedp.SetValue("#f-password", password))
	b.Press(t, "Sign in")
	b.Press(t, "Department with managers")
	b.Says(t, "It makes these rules", "managers hear every reply")
	b.Do(t, chromedp.SetValue("#f-queue", "Sales"), chromedp.SetValue("#f-group", "Field engineers"), chromedp.SetValue("#f-managers", "Staff"),
		chromedp.SetValue("#f-address", "no address"))
	b.Press(t, "Show what it would change")
	b.Says(t, "no address")
	b.Do(t, chromedp.SetValue("#f-address", "sales@desk.example"))
	b.Press(t, "Show what it would change")
	b.Says(t, "What it would change in Sales", "Nothing is changed yet", "Ann Archer", "ReplyToTicket", "queue Sales")
	wants(t, d.Get("root", "/admin/queues"), 200, "!Sales")
	b.Examine(t, "story-admin-blueprint")
	b.Press(t, "Set it up")
	b.Says(t, "It is set up in Sales.", "Take it back", "What comes next", "Field engineers: ", "The queue Sales: its address")
	if _, err := d.Rule(t.Context(), d.Sys, "Sales: managers hear every reply"); err != nil {
		t.Errorf("there is no such rule: %v", err)
	}
	w := d.Post("root", "/admin/blueprints/departments", service.AskQueue, "Sales", service.AskGroup, "Field engineers", service.AskManagers, "Staff", "do", "look")
	wants(t, w, 200, "All of it is there already in Sales")
	b.Press(t, "Take it back")
	b.Says(t, "They lose", "Ann Archer")
	b.Press(t, "Save the change")
	wants(t, d.Get("root", "/admin/rules"), 200, "Sales: managers hear every reply", "off-row")
}
