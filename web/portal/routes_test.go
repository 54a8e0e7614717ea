package portal_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/portal"
	"gatehouse/web/webtest"
)

// newDesk is a desk with two companies: bob and mei (manager) of Acme, and bob
// of its daughter Acme Logistics too; vera of Brückner. Ann answers in Support.
func newDesk(t testing.TB) *webtest.Desk {
	t.Helper()
	d := webtest.NewDesk(t, webtest.Area{Templates: portal.Templates, Routes: portal.Routes})
	d.Customer("acme", "Acme Robotics")
	d.Customer("acme-log", "Acme Logistics")
	d.Customer("brueckner", "Brückner & Söhne")
	d.User("Bob Baker", "acme.example", desk.Contact)
	d.User("Mei Chen", "acme.example", desk.Contact)
	d.User("Vera Voss", "brueckner.example", desk.Contact)
	d.User("Ann Archer", "desk.example", desk.Agent)
	d.User("Lone Larsen", "home.example", desk.Contact)
	d.Group("Support staff")
	d.Join("Support staff", "ann", desk.PartNone)
	d.Join("acme", "bob", desk.PartMember)
	d.Join("acme", "mei", desk.PartManager)
	d.Join("acme-log", "bob", desk.PartMember)
	d.Join("brueckner", "vera", desk.PartMember)
	d.MakeQueue("Support")
	support := desk.OnQueue(d.Queue["Support"])
	d.Give(desk.Contacts, desk.RolesOf(desk.Requestor, desk.Cc, desk.CustomerRole), support, "ShowTicket", "ReplyToTicket")
	d.Give(desk.Contacts, 0, support, "CreateTicket", "SeeQueue")
	d.Give(d.Who["Support staff"], 0, support, "rw")
	d.OK(d.SetSetting(t.Context(), d.Sys, service.SettingPresences, "replace off off"))
	d.OK(d.AddQueueWatcher(t.Context(), d.Sys, desk.Watcher{Queue: d.Queue["Support"], Role: desk.AdminCc, Who: d.Who["Support staff"]}))
	return d
}

// ask opens a ticket as somebody.
func ask(t testing.TB, d *webtest.Desk, login, subject string, customer string) desk.TicketID {
	t.Helper()
	in := service.NewTicket{Queue: d.Queue["Support"], Subject: subject, Text: "About: " + subject, Requestors: []desk.PrincipalID{d.Who[login]}}
	if customer != "" {
		in.Customers = []desk.CustomerID{desk.CustomerID(d.Who[customer])}
	}
	return webtest.Must(d.OpenTicket(t.Context(), d.By(login), in))(t)
}

func url1(id desk.TicketID) string {
	return "/portal/tickets/" + strings.TrimPrefix(id.String(), "#")
}

// wants compares an answer's status, and what it must and (after a !) must not
// say.
func wants(t testing.TB, w *httptest.ResponseRecorder, status int, words ...string) {
	t.Helper()
	if w.Code != status {
		t.Errorf("got status %d, want %d:\n%s", w.Code, status, w.Body)
	}
	body := w.Body.String()
	for _, word := range words {
		word, not := strings.CutPrefix(word, "!")
		if strings.Contains(body, word) == not {
			t.Errorf("says %q: %v, want %v", word, not, !not)
		}
	}
}

// TestPortalPages asks for every page as the right person, as one who has
// nothing to do with it, and as nobody.
func TestPortalPages(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops", "acme")
	ask(t, d, "vera", "Secret of Brückner", "")
	for _, tt := range []struct {
		why    string
		login  string
		path   string
		status int
		says   []string
	}{
		{"one's own", "bob", "/portal/", 200, []string{"Arm 7 stops", "Bob Baker", "Received", "!Secret"}},
		{"what a colleague asked is not one's own", "mei", "/portal/", 200, []string{"!Arm 7", "Nothing open"}},
		{"but the company's", "mei", "/portal/company", 200, []string{"Arm 7 stops", "Acme Robotics", "!Secret", "!Acme Logistics"}},
		{"several companies have a switcher", "bob", "/portal/company", 200, []string{"All companies", "of=acme-log"}},
		{"one of them", "bob", "/portal/company?of=acme-log", 200, []string{"!Arm 7"}},
		{"another's company", "bob", "/portal/company?of=brueckner", 404, []string{"no such company"}},
		{"a company that is not there", "bob", "/portal/company?of=nowhere", 404, []string{"no such company"}},
		{"nobody's company", "lone", "/portal/", 200, []string{"!/portal/company"}},
		{"a ticket", "bob", url1(id), 200, []string{"Arm 7 stops", "You, Mei Chen", "you opened this ticket"}},
		{"a colleague's ticket", "mei", url1(id), 200, []string{"You, Bob Baker", "it is a ticket of Acme Robotics"}},
		{"another company's ticket", "vera", url1(id), 404, []string{"There is no ticket", "!Arm 7"}},
		{"a ticket that is not there", "vera", "/portal/tickets/999", 404, []string{"There is no ticket 999"}},
		{"no number", "bob", "/portal/tickets/abc", 404, nil},
		{"an agent sees it too", "ann", url1(id), 200, []string{"Arm 7 stops"}},
		{"a new ticket, with companies", "bob", "/portal/tickets/new", 200, []string{"For which company", "Acme Logistics", "!brueckner"}},
		{"a new ticket without company", "lone", "/portal/tickets/new", 200, []string{"!For which company", "!Who can see it"}},
		{"nobody", "", "/portal/", 303, nil},
		{"nobody's ticket", "", url1(id), 303, nil},
	} {
		t.Run(tt.why, func(t *testing.T) {
			wants(t, d.Get(tt.login, tt.path), tt.status, tt.says...)
		})
	}
	if w := d.Post("", url1(id)+"/messages", "text", "hello"); w.Code != http.StatusUnauthorized {
		t.Errorf("nobody's reply got %d", w.Code)
	}
}

var hidden = regexp.MustCompile(`name="form" value="([^"]*)"`)

// token is the token of the form on a page.
func token(t testing.TB, w *httptest.ResponseRecorder) string {
	t.Helper()
	found := hidden.FindStringSubmatch(w.Body.String())
	if found == nil {
		t.Fatal("the page has no form token")
	}
	return found[1]
}

// follow gets the page that an answer leads to.
func follow(t testing.TB, d *webtest.Desk, login string, w *httptest.ResponseRecorder) *httptest.ResponseRecorder {
	t.Helper()
	if w.Code != http.StatusSeeOther {
		t.Fatalf("got status %d, want to be led on:\n%s", w.Code, w.Body)
	}
	return d.Get(login, w.Header().Get("Location"))
}

// TestNewTicket opens tickets through the form, and not where it is refused.
func TestNewTicket(t *testing.T) {
	d := newDesk(t)
	form := token(t, d.Get("bob", "/portal/tickets/new"))
	fields := []string{"form", form, "customer", "acme", "subject", "Arm 7 stops", "text", "Since <b>today</b>"}
	first := d.Post("bob", "/portal/tickets", fields...)
	wants(t, follow(t, d, "bob", first), 200, "Arm 7 stops", "Since &lt;b&gt;today", "You, Mei Chen")
	if again := d.Post("bob", "/portal/tickets", fields...); again.Header().Get("Location") != first.Header().Get("Location") {
		t.Errorf("sent twice, it leads to %s and %s", first.Header().Get("Location"), again.Header().Get("Location"))
	}
	for _, tt := range []struct {
		why    string
		login  string
		fields []string
		status int
		says   []string
	}{
		{"no subject", "bob", []string{"text", "I wrote much"}, 422, []string{"Say in a few words", "I wrote much"}},
		{"no text", "bob", []string{"subject", "Help"}, 422, []string{"Say what happened", `value="Help"`}},
		{"another's company", "bob", []string{"customer", "brueckner", "subject", "a", "text", "b"}, 422, []string{"a company of yours"}},
		{"an unknown company, with the same words", "bob", []string{"customer", "nowhere", "subject", "a", "text", "b"}, 422, []string{"a company of yours"}},
		{"an unknown queue", "bob", []string{"queue", "Secret", "subject", "a", "text", "b"}, 422, []string{"Choose one of these"}},
		{"an unknown sharing", "mei", []string{"sharing", "world", "subject", "a", "text", "b"}, 422, []string{"Choose who can see"}},
		{"too large a text", "bob", []string{"subject", "a", "text", strings.Repeat("x", 1<<20+1)}, 413, []string{"attach it as a file"}},
		{"too large for a form", "bob", []string{"subject", "a", "text", strings.Repeat("x", 5<<20)}, 413, nil},
	} {
		t.Run(tt.why, func(t *testing.T) {
			wants(t, d.PostFile(tt.login, "/portal/tickets", "", nil, tt.fields...), tt.status, tt.says...)
		})
	}
	if n := webtest.Must(d.CountTickets(t.Context(), d.Sys, service.TicketFilter{}, 100))(t); n != 1 {
		t.Errorf("there are %d tickets, want the first one only", n)
	}
}

// TestSeveralQueues: where there is a choice, none is made for the contact.
func TestSeveralQueues(t *testing.T) {
	d := newDesk(t)
	d.MakeQueue("Billing")
	d.Give(desk.Contacts, 0, desk.OnQueue(d.Queue["Billing"]), "CreateTicket", "SeeQueue")
	wants(t, d.Get("bob", "/portal/tickets/new"), 200, "Please choose", ">Billing</option>", ">Support</option>")
	wants(t, d.Post("bob", "/portal/tickets", "queue", "", "subject", "a", "text", "b"), 422, "Choose one of these", `id="f-queue-error"`)
	w := d.Post("bob", "/portal/tickets", "queue", "Billing", "subject", "a", "text", "b")
	id := strings.TrimPrefix(w.Header().Get("Location"), "/portal/tickets/")
	if v := webtest.Must(d.Ticket(t.Context(), d.Sys, 1))(t); id != "1" || v.QueueName != "Billing" {
		t.Errorf("ticket %s went to %s, want ticket 1 in Billing", id, v.QueueName)
	}
}

// TestSharing: what is chosen at opening decides who else sees the ticket.
func TestSharing(t *testing.T) {
	for _, tt := range []struct {
		sharing, reader string
		status          int
	}{{"", "bob", 200}, {"shared", "bob", 200}, {"managers", "bob", 404}, {"private", "bob", 404}, {"shared", "vera", 404}} {
		d := newDesk(t)
		w := d.Post("mei", "/portal/tickets", "sharing", tt.sharing, "subject", "Salaries", "text", "x")
		if got := d.Get(tt.reader, w.Header().Get("Location")).Code; got != tt.status {
			t.Errorf("shared %q, %s gets %d, want %d", tt.sharing, tt.reader, got, tt.status)
		}
	}
	d := newDesk(t)
	wants(t, d.Get("mei", "/portal/tickets/new"), 200, "Everybody of the company: You, Bob Baker and", "Managers only: You and", "!Vera")
}

// TestReply replies through the form, and not where it is refused.
func TestReply(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops", "acme")
	page := d.Get("mei", url1(id))
	wants(t, page, 200, `name="seen" value="1"`, "!Send and close")
	fields := []string{"form", token(t, page), "seen", "1", "text", "We need it on Monday."}
	for range 2 {
		wants(t, follow(t, d, "mei", d.Post("mei", url1(id)+"/messages", fields...)), 200, "We need it on Monday.")
	}
	if v := webtest.Must(d.Ticket(t.Context(), d.Sys, id))(t); len(v.Messages) != 2 {
		t.Errorf("sent twice, there are %d messages, want 2", len(v.Messages))
	}
	refused := d.Post("bob", url1(id)+"/messages", "seen", "1", "text", "Too late?")
	wants(t, refused, 409, "1 message came while you were writing", "Too late?", "We need it on Monday.", `name="seen" value="2"`)
	wants(t, d.Post("bob", url1(id)+"/messages", "seen", "2", "text", "  "), 422, "Write something first")
	wants(t, d.Post("vera", url1(id)+"/messages", "seen", "2", "text", "Hello"), 404, "!Arm 7")
	wants(t, d.Post("bob", url1(id)+"/messages", "text", strings.Repeat("x", 5<<20)), 413)
}

// TestClose: who may say that it is done does so, with or without a word.
func TestClose(t *testing.T) {
	d := newDesk(t)
	d.Give(desk.Contacts, desk.RolesOf(desk.CustomerRole), desk.OnQueue(d.Queue["Support"]), "ModifyTicket")
	for _, text := range []string{"", "It works again, thank you."} {
		id := ask(t, d, "bob", "Arm 7 stops", "acme")
		page := d.Get("bob", url1(id))
		wants(t, page, 200, "Send and close")
		w := d.Post("bob", url1(id)+"/messages", "form", token(t, page), "seen", "1", "text", text, "close", "1")
		wants(t, follow(t, d, "bob", w), 200, "Done", text)
	}
	wants(t, d.Get("bob", "/portal/"), 200, "Nothing open")
	wants(t, d.Get("bob", "/portal/?status=all"), 200, "Arm 7 stops")
}

// TestMailChoice turns a ticket's letters off and on again.
func TestMailChoice(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops", "acme")
	wants(t, follow(t, d, "bob", d.Post("bob", url1(id)+"/unfollow")), 200, "You have stopped the mail", "Send me mail")
	wants(t, follow(t, d, "bob", d.Post("bob", url1(id)+"/follow")), 200, "you opened this ticket", "Stop mail")
	wants(t, d.Post("vera", url1(id)+"/unfollow"), 404)
	wants(t, d.Post("vera", url1(id)+"/follow"), 404)
}

// TestFiles: files come back as they were sent, to be saved and not shown, for
// those who see the ticket.
func TestFiles(t *testing.T) {
	d := newDesk(t)
	page := []byte("<script>alert(1)</script>")
	w := d.PostFile("bob", "/portal/tickets", "../log<1>.html", page, "customer", "acme", "subject", "Arm 7", "text", "See the log.")
	at := w.Header().Get("Location")
	wants(t, d.Get("bob", at), 200, "log&lt;1&gt;.html", at+"/files/1/1")
	got := d.Get("mei", at+"/files/1/1")
	wants(t, got, 200, string(page))
	for header, want := range map[string]string{"Content-Type": "octet-stream", "Content-Disposition": "attachment", "Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"} {
		if !strings.Contains(got.Header().Get(header), want) {
			t.Errorf("%s is %q, want %q in it", header, got.Header().Get(header), want)
		}
	}
	for _, path := range []string{"/files/1/2", "/files/2/1", "/files/0/1", "/files/1/0", "/files/x/1"} {
		wants(t, d.Get("bob", at+path), 404)
	}
	wants(t, d.Get("vera", at+"/files/1/1"), 404)
}

// TestCommentsStayInside: neither a comment nor its files nor its number nor
// that it came is on the page, for an agent in the portal neither.
func TestCommentsStayInside(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops", "acme")
	webtest.Must(d.Write(t.Context(), d.By("ann"), service.NewMessage{Ticket: id, Kind: desk.Comment, Text: "They never pay.",
		Files: []desk.Attachment{{Name: "debts.txt", Data: []byte("x")}}}))(t)
	for _, login := range []string{"bob", "ann"} {
		page := d.Get(login, url1(id))
		wants(t, page, 200, "!never pay", "!debts", `name="seen" value="1"`, "!Internal")
		w := d.Post(login, url1(id)+"/messages", "form", token(t, page), "seen", "1", "text", "Hello from "+login)
		wants(t, w, 303)
		wants(t, d.Get(login, url1(id)+"/files/2/1"), 404)
		id = ask(t, d, "bob", "Again", "acme")
		webtest.Must(d.Write(t.Context(), d.By("ann"), service.NewMessage{Ticket: id, Kind: desk.Comment, Text: "They never pay."}))(t)
	}
}

// TestPaging goes through a long list to its end and back.
func TestPaging(t *testing.T) {
	d := newDesk(t)
	for range 65 {
		ask(t, d, "bob", "Arm 7 stops", "acme")
	}
	seen := map[string]bool{}
	rows := regexp.MustCompile(`href="(/portal/tickets/\d+)"`)
	next := regexp.MustCompile(`rel="next" href="([^"]+)"`)
	prev := regexp.MustCompile(`rel="prev" href="([^"]+)"`)
	var path, last string
	for path = "/portal/"; path != ""; {
		last = path
		body := d.Get("bob", path).Body.String()
		for _, m := range rows.FindAllStringSubmatch(body, -1) {
			seen[m[1]] = true
		}
		path = ""
		if m := next.FindStringSubmatch(body); m != nil {
			path = strings.ReplaceAll(m[1], "&amp;", "&")
		}
	}
	if len(seen) != 65 {
		t.Errorf("the pages hold %d tickets, want 65", len(seen))
	}
	for pages := 0; ; pages++ {
		m := prev.FindStringSubmatch(d.Get("bob", last).Body.String())
		if m == nil {
			if pages != 2 {
				t.Errorf("the way back has %d steps, want 2", pages)
			}
			break
		}
		last = strings.ReplaceAll(m[1], "&amp;", "&")
	}
}

// TestLongConversation shows the end of it, and all when asked.
func TestLongConversation(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops", "acme")
	for i := range 40 {
		d.Pass(time.Minute)
		webtest.Must(d.Write(t.Context(), d.By("bob"), service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "word " + strings.Repeat("x", 10*i)}))(t)
	}
	wants(t, d.Get("bob", url1(id)), 200, "!About: Arm 7", `id="m41"`, `!id="m11"`, `id="m12"`, "?all=1")
	wants(t, d.Get("bob", url1(id)+"?all=1"), 200, "About: Arm 7", `id="m1"`, `id="m41"`)
}

// TestNothingOfOthersShows compares, byte for byte, the pages of two desks that
// differ in much that a contact may not see.
func TestNothingOfOthersShows(t *testing.T) {
	plain, full := newDesk(t), newDesk(t)
	ids := map[*webtest.Desk]desk.TicketID{}
	for _, d := range []*webtest.Desk{plain, full} {
		ids[d] = ask(t, d, "bob", "Arm 7 stops", "acme")
	}
	fillOtherwise(t, full, ids[full])
	for _, d := range []*webtest.Desk{plain, full} {
		d.Pass(time.Hour)
		webtest.Must(d.Write(t.Context(), d.By("ann"), service.NewMessage{Ticket: ids[d], Kind: desk.Reply, Text: "Try again.",
			Files: []desk.Attachment{{Name: "manual.txt", Data: []byte("turn it on")}}}))(t)
	}
	id := ids[plain]
	for _, path := range []string{
		"/portal/", "/portal/?status=all", "/portal/company", "/portal/company?status=all&of=acme", "/portal/company?of=brueckner", "/portal/company?of=corvus",
		"/portal/tickets/new", url1(id), url1(id) + "?all=1", url1(id) + "/files/2/1", url1(id) + "/files/3/1", url1(id + 1), url1(id + 2), url1(id + 1000),
		"/portal/?before=" + url.QueryEscape("99999"), "/portal/company?after=1",
	} {
		for _, login := range []string{"bob", "mei"} {
			got, want := seenBy(full, login, path), seenBy(plain, login, path)
			if got != want {
				t.Errorf("%s tells %s what he may not see:\n%s\ninstead of\n%s", path, login, got, want)
			}
		}
	}
}

// fillOtherwise adds to a desk what Acme may not see.
func fillOtherwise(t testing.TB, d *webtest.Desk, id desk.TicketID) {
	t.Helper()
	d.Customer("corvus", "Corvus")
	d.User("Cora Crane", "corvus.example", desk.Contact)
	d.Join("corvus", "cora", desk.PartManager)
	d.MakeQueue("Internal")
	ask(t, d, "vera", "Secret of Brückner", "")
	other := ask(t, d, "cora", "Arm 7 of Corvus", "")
	d.OK(d.AddWatcher(t.Context(), d.Sys, id, desk.Cc, d.Who["cora"]))
	d.OK(d.AddWatcher(t.Context(), d.Sys, id, desk.AdminCc, d.Who["ann"]))
	d.OK(d.Squelch(t.Context(), d.Sys, id, desk.UserID(d.Who["vera"]), true))
	webtest.Must(d.Write(t.Context(), d.By("ann"), service.NewMessage{Ticket: id, Kind: desk.Comment, Text: "They never pay.",
		Files: []desk.Attachment{{Name: "debts.txt", Data: []byte("x")}}}))(t)
	webtest.Must(d.Write(t.Context(), d.By("cora"), service.NewMessage{Ticket: other, Kind: desk.Reply, Text: "And now?"}))(t)
}

var random = regexp.MustCompile(`name="form" value="[^"]*"|request [0-9A-Z]{12}`)

// seenBy is an answer with status, but for what is random.
func seenBy(d *webtest.Desk, login, path string) string {
	w := d.Get(login, path)
	return http.StatusText(w.Code) + w.Header().Get("Content-Length") + "\n" + random.ReplaceAllString(w.Body.String(), "")
}
