package admin_test

import (
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/admin"
	"gatehouse/web/webtest"
)

// newDesk is a desk with one person for each kind of administrator: root may
// everything, carl chooses the people of Acme, quinn runs the queue Support,
// mia reads letters, uma makes users. Ann only answers, Bob and Mei are of
// Acme, Vera is of Brückner.
func newDesk(t testing.TB) *webtest.Desk {
	t.Helper()
	d := webtest.NewDesk(t, webtest.Area{Templates: admin.Templates, Routes: admin.Routes})
	d.Customer("acme", "Acme Robotics")
	d.Customer("brueckner", "Brückner & Söhne")
	for _, name := range []string{"Root Reed", "Carl Cole", "Quinn Quade", "Mia Moor", "Uma Ulm", "Ann Archer"} {
		d.User(name, "desk.example", desk.Agent)
	}
	d.User("Bob Baker", "acme.example", desk.Contact)
	d.User("Mei Chen", "acme.example", desk.Contact)
	d.User("Vera Voss", "brueckner.example", desk.Contact)
	d.Join("acme", "bob", desk.PartMember)
	d.Join("brueckner", "vera", desk.PartMember)
	d.Group("Staff")
	d.Group("Field engineers")
	d.Join("Staff", "Field engineers", desk.PartNone)
	d.Join("Field engineers", "ann", desk.PartNone)
	d.MakeQueue("Support")
	d.MakeQueue("Billing")
	d.Give(d.Who["root"], 0, desk.OnSystem(), "SuperUser")
	d.Give(d.Who["carl"], 0, desk.OnCustomer(desk.CustomerID(d.Who["acme"])), "SeeCustomer", "AdminCustomer")
	d.Give(d.Who["quinn"], 0, desk.OnQueue(d.Queue["Support"]), "SeeQueue", "AdminQueue", "ModifyQueueWatchers", "ShowACL", "ModifyACL")
	d.Give(d.Who["mia"], 0, desk.OnSystem(), "AdminMail", "ShowConfigTab")
	d.Give(d.Who["uma"], 0, desk.OnSystem(), "AdminUsers", "ShowAudit")
	d.Give(d.Who["Staff"], 0, desk.OnQueue(d.Queue["Support"]), "ro")
	return d
}

func at(d *webtest.Desk, kind, name string) string {
	id := int64(d.Who[name])
	if kind == "queue" {
		id = int64(d.Queue[name])
	}
	return "/admin/" + kind + "s/" + strconv.FormatInt(id, 10)
}

// wants compares an answer's status, and what it must and (after a !) must not
// say.
func wants(t testing.TB, w *httptest.ResponseRecorder, status int, words ...string) {
	t.Helper()
	if w.Code != status {
		t.Errorf("got status %d, want %d:\n%s", w.Code, status, w.Body)
	}
	for _, word := range words {
		word, not := strings.CutPrefix(word, "!")
		if strings.Contains(w.Body.String(), word) == not {
			t.Errorf("says %q: %v, want %v", word, not, !not)
		}
	}
}

// next gets the page that an answer leads to.
func next(t testing.TB, d *webtest.Desk, login string, w *httptest.ResponseRecorder) *httptest.ResponseRecorder {
	t.Helper()
	if w.Code != http.StatusSeeOther {
		t.Fatalf("got status %d, want to be led on:\n%s", w.Code, w.Body)
	}
	return d.Get(login, w.Header().Get("Location"))
}

// TestWhoSeesWhat asks for every page as everybody.
func TestWhoSeesWhat(t *testing.T) {
	d := newDesk(t)
	letters(t, d)
	grant := "/admin/grants/" + strconv.FormatInt(int64(grantOf(t, d, "Staff")), 10) + "/revoke"
	everybody := []string{"root", "carl", "quinn", "mia", "uma", "ann", "bob"}
	for _, tt := range []struct{ path, seenBy, says string }{
		{"/admin/", "root carl quinn mia uma", "Administration"},
		{"/admin/users", "root uma", "Bob Baker"},
		{"/admin/find?text=acme", "root carl quinn uma", "Searches people"},
		{"/admin/directories", "root", "The desk itself"},
		{"/admin/users/new", "root uma", "New user"},
		{at(d, "user", "bob"), "root uma", "bob@acme.example"},
		{"/admin/customers", "root carl", "Acme Robotics"},
		{at(d, "customer", "acme"), "root carl", "bob@acme.example"},
		{at(d, "customer", "brueckner"), "root", "Vera Voss"},
		{"/admin/groups", "root", "Field engineers"},
		{at(d, "group", "Staff"), "root", "Ann Archer"},
		{"/admin/queues", "root quinn", "Support"},
		{at(d, "queue", "Support"), "root quinn", "Support"},
		{at(d, "queue", "Billing"), "root", "Billing"},
		{"/admin/grants", "root quinn", "Staff"},
		{"/admin/grants/new", "root quinn", "Grant a right"},
		{grant, "root quinn", "Staff loses ro"},
		{"/admin/outbox", "root mia", "burns"},
		{"/admin/outbox/1", "root mia", "The printer"},
		{"/admin/spool", "root mia", "Letter 1 for support@desk.example"},
		{"/admin/spool/1", "root mia", "Subject: Hello"},
	} {
		for _, login := range everybody {
			t.Run(tt.path+" by "+login, func(t *testing.T) {
				seesPage(t, d.Get(login, tt.path), slices.Contains(strings.Fields(tt.seenBy), login), tt.says)
			})
		}
		if w := d.Get("", tt.path); w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/sign-in") {
			t.Errorf("nobody at %s got %d", tt.path, w.Code)
		}
	}
	wants(t, d.Get("carl", "/admin/customers"), 200, "!Brückner")
	wants(t, d.Get("quinn", "/admin/queues"), 200, "!Billing")
	wants(t, d.Get("quinn", "/admin/grants"), 200, "!Carl Cole", "!SuperUser")
	wants(t, d.Get("carl", "/admin/"), 200, "!/admin/users", "!/admin/outbox", "/admin/customers")
}

// TestStoppedReading: a reading that was stopped is shown and can be confirmed,
// by who may direct directories and nobody else.
func TestStoppedReading(t *testing.T) {
	d := newDesk(t)
	id := webtest.Must(d.SaveDirectory(t.Context(), d.Sys, desk.Directory{Name: "HR", Kind: "sql", Secret: "secret-address", Config: `{"driver":"postgres","table":"people","login":"login"}`}))(t)
	d.OK(d.RequestSync(t.Context(), d.Sys, id, false))
	_, report, err := d.BeginSync(t.Context(), d.Sys)
	d.OK(err)
	d.OK(d.EndSync(t.Context(), d.Sys, report, desk.Errorf(desk.Unavailable, "It does not answer.")))
	wants(t, d.Get("root", "/admin/directories"), 200, "HR", "failed", "!secret-address")
	wants(t, d.Get("root", "/admin/directories/"+strconv.FormatInt(int64(id), 10)), 200, "HR", "failed", "It does not answer.", "!secret-address")
	sync := "/admin/directories/" + strconv.FormatInt(int64(id), 10) + "/sync"
	for _, login := range []string{"uma", "carl", "ann", "bob"} {
		if w := d.Post(login, sync, "confirm", "1"); w.Code == http.StatusSeeOther {
			t.Errorf("%s has a directory read", login)
		}
	}
	wants(t, d.Post("root", sync, "confirm", "1"), http.StatusSeeOther)
	if got := webtest.Must(d.Directory(t.Context(), d.Sys, id))(t); !got.Confirm {
		t.Error("it is not confirmed")
	}
}

// TestFindIsScoped: a search finds what the reader's own lists would show.
func TestFindIsScoped(t *testing.T) {
	d := newDesk(t)
	wants(t, d.Get("root", "/admin/find?text=e"), 200, "Bob Baker", "Brückner", "Field engineers", "Billing")
	wants(t, d.Get("carl", "/admin/find?text=r"), 200, "Acme Robotics", "!Brückner", "!Vera", "!Field engineers", "!Support")
	wants(t, d.Get("quinn", "/admin/find?text=i"), 200, "!Billing", "!Vera")
	wants(t, d.Get("uma", "/admin/find?text=bob@acme"), 200, "Bob Baker", "!Acme Robotics")
	wants(t, d.Get("root", "/admin/find?text=zzz"), 200, "Nothing")
}

// seesPage: a page is there with its words, or it is not there, without them.
func seesPage(t *testing.T, w *httptest.ResponseRecorder, sees bool, says string) {
	t.Helper()
	if sees {
		wants(t, w, 200, says)
		return
	}
	if w.Code != 404 && w.Code != 403 {
		t.Errorf("got status %d", w.Code)
	}
	wants(t, w, w.Code, "!"+says)
}

// letters leaves one letter that goes out and one that came in.
func letters(t testing.TB, d *webtest.Desk) {
	t.Helper()
	ctx := t.Context()
	id := webtest.Must(d.OpenTicket(ctx, d.Sys, service.NewTicket{Queue: d.Queue["Support"], Subject: "The printer burns", Text: "x", Requestors: []desk.PrincipalID{d.Who["bob"]}}))(t)
	job := webtest.Must(d.ClaimJob(ctx, d.Sys, service.JobNotify))(t)
	d.OK(d.QueueLetters(ctx, d.Sys, job.ID, []desk.Outgoing{{Kind: desk.LetterReply, Ticket: id, To: desk.UserID(d.Who["bob"]), Address: "bob@acme.example",
		LetterID: "1.x@desk.example", Subject: "The printer burns [Desk #1]", Body: "The printer <b>burns</b>.", From: desk.MailAddress{Name: "Support", Address: "support@desk.example"}}}))
	env := desk.Envelope{From: "bob@acme.example", Recipient: "support@desk.example", Via: "lmtp"}
	webtest.Must(d.SpoolMail(ctx, d.Sys, env, []byte("From: bob@acme.example\r\nSubject: Hello\r\n\r\n<script>alert(1)</script>\r\n")))(t)
}

func grantOf(t testing.TB, d *webtest.Desk, who string) desk.GrantID {
	t.Helper()
	list, _, err := d.Grants(t.Context(), d.Sys, service.GrantFilter{Who: d.Who[who]})
	if err != nil || len(list) == 0 {
		t.Fatalf("%s has no grant (%v)", who, err)
	}
	return list[0].ID
}

// TestWhoMayChange sends every form as people who may not, and then as one who
// may.
func TestWhoMayChange(t *testing.T) {
	d := newDesk(t)
	letters(t, d)
	member := func(name string) []string { return []string{"member", strconv.FormatInt(int64(d.Who[name]), 10)} }
	acme, staff, support := at(d, "customer", "acme"), at(d, "group", "Staff"), at(d, "queue", "Support")
	d.OK(d.LetterFailed(t.Context(), d.Sys, 1, true, "no such mailbox"))
	for _, tt := range []struct {
		path   string
		form   []string
		except string // who may
	}{
		{"/admin/users", []string{"login", "new", "kind", "contact"}, "uma"},
		{at(d, "user", "mei") + "/disable", nil, "uma"},
		{at(d, "user", "mei") + "/enable", nil, "uma"},
		{"/admin/customers", []string{"key", "corvus"}, "root"},
		{acme + "/disable", nil, "root"},
		{acme + "/enable", nil, "root"},
		{acme + "/members", []string{"who", "mei", "part", "reader"}, "carl"},
		{acme + "/parts", append(member("mei"), "part", "manager"), "carl"},
		{acme + "/members/remove", member("mei"), "carl"},
		{at(d, "customer", "brueckner") + "/members", []string{"who", "mei", "part", "reader"}, "root"},
		{"/admin/groups", []string{"name", "Night shift"}, "root"},
		{staff + "/members", []string{"who", "uma"}, "root"},
		{staff + "/members/remove", member("uma"), "root"},
		{"/admin/queues", []string{"name", "Returns"}, "root"},
		{support + "/watchers", []string{"who", "group:Staff", "role", "3"}, "quinn"},
		{support + "/watchers/remove", []string{"watcher", "3 " + member("Staff")[1]}, "quinn"},
		{support + "/disable", nil, "quinn"},
		{staff + "/disable", nil, "root"},
		{"/admin/grants", []string{"who", "ann", "what", "DeleteTicket", "where", "queue:Support", "do", "save"}, "quinn"},
		{"/admin/grants/" + strconv.FormatInt(int64(grantOf(t, d, "Staff")), 10) + "/revoke", nil, "quinn"},
		{"/admin/outbox/1/retry", nil, "mia"},
		{at(d, "user", "vera") + "/merge", []string{"into", "bob"}, "root"},
	} {
		t.Run(tt.path, func(t *testing.T) {
			refusesOthers(t, d, tt.except, tt.path, tt.form)
			if w := d.Post("", tt.path, tt.form...); w.Code != http.StatusUnauthorized {
				t.Errorf("nobody got %d", w.Code)
			}
			wants(t, saved(t, d, tt.except, tt.path, tt.form...), 200)
		})
	}
}

// refusesOthers sends a form as everybody but the one who may.
func refusesOthers(t *testing.T, d *webtest.Desk, except, path string, form []string) {
	t.Helper()
	for _, login := range []string{"ann", "bob", "mia", "uma", "carl", "quinn"} {
		if login == except {
			continue
		}
		if w := d.Post(login, path, form...); w.Code != 404 && w.Code != 403 {
			t.Errorf("%s got %d:\n%s", login, w.Code, w.Body)
		}
	}
}

var seen = regexp.MustCompile(`name="seen" value="([^"]+)"`)

// TestSettings changes user, customer, group and queue, and not from a page
// that is out of date.
func TestSettings(t *testing.T) {
	for _, tt := range []struct {
		kind, name string
		form       []string
		says, long string
	}{
		{"user", "mei", []string{"login", "mei", "name", "Mei-Lin Chen", "kind", "contact", "address", "mei@acme.example, ml@acme.example", "zone", "Europe/Berlin", "lang", "de", "password", "correct horse"}, "ml@acme.example", "at most 200 characters"},
		{"customer", "acme", []string{"key", "acme", "name", "Acme Ltd", "domains", "acme.example acme.test", "sharing", "managers", "requestor", "add"}, "acme.test", "longer than 200"},
		{"group", "Staff", []string{"name", "Crew", "about", "Who answers"}, "Who answers", "longer than 200"},
		{"queue", "Support", []string{"name", "Help", "address", "help@desk.example", "comment_address", "note@desk.example", "guard", "", "sharing", "private"}, "note@desk.example", "longer than 200"},
	} {
		t.Run(tt.kind, func(t *testing.T) {
			d := newDesk(t)
			page := at(d, tt.kind, tt.name)
			mark := seen.FindStringSubmatch(d.Get("root", page).Body.String())
			if mark == nil {
				t.Fatal("the form has no mark of its state")
			}
			form := append([]string{"seen", mark[1]}, tt.form...)
			wants(t, next(t, d, "root", d.Post("root", page, form...)), 200, tt.says, "Saved.")
			wants(t, d.Post("root", page, form...), 409, "Somebody changed this while you looked at it", tt.says)
			form[1] = seen.FindStringSubmatch(d.Get("root", page).Body.String())[1]
			name := slices.Index(form, "name")
			if tt.kind == "user" {
				name = slices.Index(form, "login")
			}
			form[name+1] = strings.Repeat("x", 300)
			wants(t, d.Post("root", page, form...), 422, tt.long)
		})
	}
}

// TestWhatIsEmptySaysWhy: a list in which nothing is yet is another one than a
// search that finds nothing, which can be taken away.
func TestWhatIsEmptySaysWhy(t *testing.T) {
	d := webtest.NewDesk(t, webtest.Area{Templates: admin.Templates, Routes: admin.Routes})
	d.User("Root Reed", "desk.example", desk.Agent)
	d.Give(d.Who["root"], 0, desk.OnSystem(), "SuperUser")
	for _, list := range []string{"/admin/customers", "/admin/groups", "/admin/queues"} {
		wants(t, d.Get("root", list), 200, "Nothing is here yet", "What you make appears here.", "!Nothing found", "!Nothing fits")
		wants(t, d.Get("root", list+"?text=zzz"), 200, "Nothing found", "Nothing fits", `href="`+list+`"`, "!Nothing is here yet")
	}
}

// TestUserForms refuses what cannot be, with what was typed.
func TestUserForms(t *testing.T) {
	d := newDesk(t)
	for _, tt := range []struct {
		why  string
		form []string
		says string
	}{
		{"no login", []string{"kind", "agent"}, "Give the user a login"},
		{"no kind", []string{"login", "x"}, "an agent or a contact"},
		{"a login that there is", []string{"login", "BOB", "kind", "contact"}, "There is a user BOB already"},
		{"a queue's address", []string{"login", "x", "kind", "contact", "address", "support@desk.example"}, "round in circles"},
		{"no address", []string{"login", "x", "kind", "contact", "address", "nowhere"}, "is not a mail address"},
		{"no such zone", []string{"login", "x", "kind", "contact", "zone", "Mars/Base"}, "no such time zone"},
		{"a short password", []string{"login", "x", "kind", "contact", "password", "123"}, "at least 8 characters"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			w := d.Post("root", "/admin/users", append(tt.form, "name", "Typed <Name>")...)
			if w.Code != 422 && w.Code != 409 {
				t.Errorf("got %d", w.Code)
			}
			wants(t, w, w.Code, tt.says, "Typed &lt;Name&gt;", "!123")
		})
	}
	wants(t, d.Post("uma", at(d, "user", "root")+"/disable"), 403, "Only a superuser can change a superuser")
}

// TestMembers refuses unknown names, twice the same, and circles.
func TestMembers(t *testing.T) {
	d := newDesk(t)
	staff, field, acme := at(d, "group", "Staff"), at(d, "group", "Field engineers"), at(d, "customer", "acme")
	wants(t, d.Post("root", field+"/members", "who", "Staff"), 409, "This would make a circle of groups: ", "Staff → Field engineers")
	wants(t, d.Post("root", staff+"/members", "who", "Nobody Known"), 422, "There is no Nobody Known", `value="Nobody Known"`)
	wants(t, d.Post("root", staff+"/members", "who", ""), 422, "Write a login")
	wants(t, saved(t, d, "root", staff+"/members", "who", "bob@acme.example"), 200, "Bob Baker")
	wants(t, d.Post("root", staff+"/members", "who", "bob"), 409)
	wants(t, d.Get("root", staff), 200, "Ann Archer", "through", "Field engineers")
	wants(t, d.Get("root", field), 200, "Belongs to", "Staff")
	wants(t, d.Post("carl", acme+"/members", "who", "vera", "part", "boss"), 422, "Choose one of these")
	wants(t, saved(t, d, "carl", acme+"/members", "who", "mei@acme.example", "part", "manager", "primary", "1"), 200, "Mei Chen", "primary")
	id := strconv.FormatInt(int64(d.Who["mei"]), 10)
	wants(t, saved(t, d, "carl", acme+"/parts", "member", id, "part", "reader"), 200, "Mei Chen is Reader now")
	list := webtest.Must(d.Members(t.Context(), d.Sys, d.Who["acme"]))(t)
	for _, m := range list {
		if m.Membership.Member == d.Who["mei"] && (m.Part != desk.PartReader || !m.Primary) {
			t.Errorf("the part is %s, primary %v; want reader, and still primary", m.Part, m.Primary)
		}
	}
	wants(t, d.Post("carl", acme+"/parts", "member", "99999", "part", "reader"), 404, "any more")
	wants(t, d.Post("carl", acme+"/members/remove", "member", "99999"), 404)
}

// TestQueues makes and changes queues, and refuses what cannot be.
func TestQueues(t *testing.T) {
	d := newDesk(t)
	wants(t, d.Post("root", "/admin/queues", "name", "support"), 409, "There is a queue")
	wants(t, d.Post("root", "/admin/queues", "name", "New", "address", "bob@acme.example"), 422, "address of the user bob")
	wants(t, d.Post("root", "/admin/queues", "name", "New", "guard", "99999"), 422, "There is no such group")
	guard := strconv.FormatInt(int64(d.Who["Staff"]), 10)
	wants(t, next(t, d, "root", d.Post("root", "/admin/queues", "name", "Returns", "address", "returns@desk.example", "guard", guard)), 200, "Returns", "Staff")
	d.Give(d.Who["mia"], 0, desk.OnGroup(desk.GroupID(d.Who["Staff"])), "ForwardMessage")
	wants(t, d.Get("root", at(d, "queue", "Support")), 200, "!ForwardMessage")
	list := webtest.Must(d.Service.Queues(t.Context(), d.Sys, desk.SeeQueue))(t)
	wants(t, d.Get("root", "/admin/queues/"+strconv.FormatInt(int64(list[1].ID), 10)), 200, "Returns", "ForwardMessage")
	support := at(d, "queue", "Support")
	wants(t, d.Post("quinn", support+"/watchers", "who", "nobody", "role", "3"), 422, "There is no nobody")
	wants(t, d.Post("quinn", support+"/watchers", "who", "ann", "role", "4"), 422, "on tickets only")
	wants(t, next(t, d, "quinn", d.Post("quinn", support+"/watchers", "who", "acme", "role", "2")), 200, "Acme Robotics", "Cc")
	wants(t, d.Post("quinn", support+"/watchers/remove", "watcher", "nonsense"), 422)
}

// TestGrants looks at the effect, grants, finds and revokes.
func TestGrants(t *testing.T) {
	d := newDesk(t)
	form := []string{"who", "Field engineers", "what", "showticket", "where", "queue:Billing", "as", "AdminCc", "until", "2027-03-31"}
	wants(t, d.Post("root", "/admin/grants", append(form, "do", "look")...), 200, "Field engineers gets ShowTicket on queue Billing, while standing as AdminCc. People reached: 1", "Ann Archer")
	wants(t, d.Get("root", "/admin/grants?who=Field+engineers"), 200, "Nothing found")
	wants(t, next(t, d, "root", d.Post("root", "/admin/grants", append(form, "do", "save")...)), 200, "2027-03-31", "The right was granted")
	wants(t, d.Post("root", "/admin/grants", append(form, "do", "save")...), 409)
	for filter, says := range map[string]string{"who=Field+engineers": "AdminCc", "what=showticket": "Field engineers", "where=queue:Billing": "Field engineers",
		"what=nonsense": "Nothing found", "where=queue:nowhere": "Nothing found", "who=nobody": "Nothing found"} {
		wants(t, d.Get("root", "/admin/grants?"+filter), 200, says, "!SuperUser")
	}
	for _, tt := range []struct {
		why, who, what, where, as, says string
		status                          int
	}{
		{"unknown person", "nobody", "rw", "system", "", "There is no nobody", 422},
		{"unknown right", "ann", "Fly", "system", "", "no right and no permission Fly", 422},
		{"no place", "ann", "rw", " ", "", "Say where it is to hold", 422},
		{"unknown place", "ann", "rw", "queue:Nowhere", "", "There is no place queue:Nowhere", 422},
		{"no place at all", "ann", "rw", "moon", "", "Write system", 422},
		{"a right that the thing does not have", "ann", "AdminUsers", "queue:Support", "", "cannot be granted on such a thing", 422},
		{"a right through a role that no role gives", "ann", "AdminUsers", "system", "Cc", "through a role", 422},
	} {
		t.Run(tt.why, func(t *testing.T) {
			for _, do := range []string{"look", "save"} {
				wants(t, d.Post("root", "/admin/grants", "who", tt.who, "what", tt.what, "where", tt.where, "as", tt.as, "do", do), tt.status, tt.says, `value="`+tt.what+`"`)
			}
		})
	}
	wants(t, d.Post("quinn", "/admin/grants", "who", "ann", "what", "rw", "where", "queue:Billing", "do", "look"), 422, "There is no place queue:Billing")
	wants(t, d.Post("quinn", "/admin/grants", "who", "quinn", "what", "SuperUser", "where", "system", "do", "save"), 403, "SuperUser")
	revoke := "/admin/grants/" + strconv.FormatInt(int64(grantOf(t, d, "Field engineers")), 10) + "/revoke"
	wants(t, d.Get("root", revoke), 200, "Field engineers loses ShowTicket")
	wants(t, next(t, d, "root", d.Post("root", revoke)), 200, "The grant was revoked", "!2027-03-31")
	wants(t, d.Post("root", revoke), 404)
}

// TestGrantPages goes through many grants page by page.
func TestGrantPages(t *testing.T) {
	d := newDesk(t)
	for _, info := range desk.AllRights() {
		if info.Class == desk.TicketRight {
			d.Give(d.Who["ann"], 0, desk.OnQueue(d.Queue["Billing"]), info.Name)
			d.Give(d.Who["mia"], 0, desk.OnQueue(d.Queue["Billing"]), info.Name)
			d.Give(d.Who["uma"], 0, desk.OnQueue(d.Queue["Billing"]), info.Name)
		}
	}
	older := regexp.MustCompile(`rel="next" href="([^"]+)"`)
	rows := 0
	for path := "/admin/grants?where=queue:Billing"; path != ""; {
		body := d.Get("root", path).Body.String()
		rows += strings.Count(body, "/revoke")
		path = address(older, body)
	}
	if rows != 60 {
		t.Errorf("the pages hold %d grants, want 60", rows)
	}
}

// TestLetters shows letters as text, and tries one again.
func TestLetters(t *testing.T) {
	d := newDesk(t)
	letters(t, d)
	wants(t, d.Get("mia", "/admin/outbox/1"), 200, "The printer &lt;b&gt;burns", "bob@acme.example", "&lt;1.x@desk.example&gt;")
	wants(t, d.Get("mia", "/admin/spool/1"), 200, "&lt;script&gt;", "!<script>alert")
	d.OK(d.LetterFailed(t.Context(), d.Sys, 1, true, "550 no such mailbox"))
	wants(t, d.Get("mia", "/admin/"), 200, "Letters that failed", "trouble")
	wants(t, d.Get("mia", "/admin/outbox?status=failed"), 200, "burns", "Failed")
	wants(t, d.Get("mia", "/admin/outbox?status=sent"), 200, "No letters")
	wants(t, d.Get("mia", "/admin/outbox/1"), 200, "550 no such mailbox", "Try again now")
	wants(t, next(t, d, "mia", d.Post("mia", "/admin/outbox/1/retry")), 200, "Waiting", "It is tried again")
	d.OK(d.SpoolFailed(t.Context(), d.Sys, 1, "It rained."))
	wants(t, d.Get("mia", "/admin/spool/1"), 200, "It rained.")
	wants(t, d.Get("mia", "/admin/outbox/99"), 404)
	wants(t, d.Get("mia", "/admin/spool/99"), 404)
}

// TestCrowds: a page about very many people and grants stays small, and leads
// to all of them.
func TestCrowds(t *testing.T) {
	d := newDesk(t)
	d.Group("Crowd")
	for i := range 70 {
		name := "Person" + strconv.Itoa(i)
		d.User(name+" With A Longer Name Than Most", "acme.example", desk.Contact)
		d.Join("Crowd", strings.ToLower(name), desk.PartNone)
		d.Join("acme", strings.ToLower(name), desk.PartReader)
	}
	for _, info := range desk.AllRights() {
		if info.Class == desk.TicketRight {
			d.Give(d.Who["Crowd"], 0, desk.OnQueue(d.Queue["Billing"]), info.Name)
			d.Give(d.Who["acme"], 0, desk.OnQueue(d.Queue["Billing"]), info.Name)
		}
	}
	older, newer := regexp.MustCompile(`rel="next" href="([^"]+)"`), regexp.MustCompile(`rel="prev" href="([^"]+)"`)
	for kind, name := range map[string]string{"group": "Crowd", "customer": "acme"} {
		found, last := map[string]bool{}, ""
		for path := at(d, kind, name); path != ""; {
			body := d.Get("root", path).Body.String()
			for _, m := range regexp.MustCompile(`name="member" value="(\d+)"`).FindAllStringSubmatch(body, -1) {
				found[m[1]] = true
			}
			last, path = path, address(older, body)
		}
		if len(found) < 70 {
			t.Errorf("the pages of the %s hold %d people, want 70 and more", kind, len(found))
		}
		for range 2 {
			last = address(newer, d.Get("root", last).Body.String())
		}
		if last != at(d, kind, name) {
			t.Errorf("back from the third page of the %s leads to %q", kind, last)
		}
	}
	wants(t, d.Get("root", at(d, "queue", "Billing")), 200, "All these grants", "where=queue%3ABilling")
	wants(t, d.Get("root", at(d, "group", "Crowd")), 200, "There are more people")
}

// address is what a link on a page leads to, or nothing.
func address(link *regexp.Regexp, body string) string {
	m := link.FindStringSubmatch(body)
	if m == nil {
		return ""
	}
	return strings.ReplaceAll(m[1], "&amp;", "&")
}

// TestTicketsOfAContact: also those on which his company stands in his place.
func TestTicketsOfAContact(t *testing.T) {
	d := newDesk(t)
	acme := webtest.Must(d.Service.Customer(t.Context(), d.Sys, desk.CustomerID(d.Who["acme"])))(t)
	acme.Presences.Requestor = desk.PresenceReplace
	d.OK(d.UpdateCustomer(t.Context(), d.Sys, *acme))
	webtest.Must(d.OpenTicket(t.Context(), d.Sys, service.NewTicket{Queue: d.Queue["Support"], Subject: "Leak", Requestors: []desk.PrincipalID{d.Who["bob"]}}))(t)
	page := d.Get("root", at(d, "user", "bob"))
	wants(t, page, http.StatusOK, "<b>1</b><span>Open tickets")
	link := regexp.MustCompile(`/agent/tickets\?[^"]*Active[^"]*`).FindString(page.Body.String())
	query := webtest.Must(url.ParseQuery(strings.TrimPrefix(html.UnescapeString(link), "/agent/tickets?")))(t).Get("query")
	if n := webtest.Must(d.CountTickets(t.Context(), d.Sys, service.TicketFilter{Query: query}, 5))(t); n != 1 {
		t.Errorf("the link leads to %q, which finds %d tickets", query, n)
	}
}
