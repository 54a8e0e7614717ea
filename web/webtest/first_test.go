package webtest_test

import (
	"fmt"
	"net/url"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/admin"
	"gatehouse/web/agent"
	"gatehouse/web/portal"
	"gatehouse/web/webtest"
)

// freshDesk is a desk with nobody, and the link that its console shows.
func freshDesk(t *testing.T) (*troupe, string) {
	t.Helper()
	d := webtest.NewDesk(t,
		webtest.Area{Templates: agent.Templates, Routes: agent.Routes},
		webtest.Area{Templates: portal.Templates, Routes: portal.Routes},
		webtest.Area{Templates: admin.Templates, Routes: admin.Routes})
	key := webtest.Must(d.FirstKey(t.Context(), d.Sys))(t)
	return &troupe{Desk: d, t: t, passwords: map[string]string{}}, "/first?key=" + url.QueryEscape(key)
}

// fills types values into fields by name.
func (s *troupe) fills(values map[string]string) {
	s.t.Helper()
	for name, value := range values {
		s.b.Do(s.t, chromedp.SetValue("main [name="+name+"]", value))
	}
}

// posted has the desk's waiting letters taken by a relay, and returns to whom
// they went.
func (s *troupe) posted() []string {
	s.t.Helper()
	var to []string
	for _, l := range webtest.Must(s.ClaimLetters(s.t.Context(), s.Sys, 20))(s.t) {
		to = append(to, l.Address)
		s.OK(s.LetterSent(s.t.Context(), s.Sys, l.ID))
	}
	return to
}

// TestFromNothingToTheFirstAnswer: whoever has the link of the console makes
// the first account, and is led to the first answered ticket.
func TestFromNothingToTheFirstAnswer(t *testing.T) {
	s, link := freshDesk(t)
	s.b = webtest.Open(t, s.Handler)
	s.goes("/sign-in")
	s.b.Says(t, "This desk has no administrator yet.")
	s.goes(link)
	s.b.Examine(t, "story-first-account")
	s.fills(map[string]string{"name": "Ada Admin", "login": "ada", "address": "ada@desk.example", "password": "short"})
	s.b.Press(t, "Make my account and begin")
	s.b.Says(t, "at least 8 characters")
	s.fills(map[string]string{"password": "correct horse"})
	s.b.Press(t, "Make my account and begin")
	s.b.Says(t, "First steps", "A second factor for your account", "Later")
	s.b.Examine(t, "story-first-steps")
	s.passwords["ada"] = "correct horse"

	s.b.Press(t, "Later")
	s.b.Says(t, "put off", "Not later")
	s.b.Press(t, "Settings")
	s.fills(map[string]string{"desk_name": "Acme Help", "default_zone": "Mars/North"})
	s.b.Press(t, "Save")
	s.b.Says(t, "There is no such time zone")
	s.fills(map[string]string{"default_zone": "Europe/Berlin"})
	s.b.Press(t, "Save")
	s.b.Says(t, "Saved")
	s.b.Examine(t, "story-first-settings")
	s.goes("/admin/first")
	s.b.Press(t, "Send me a test letter")
	s.b.Says(t, "A test from Acme Help", "The letter is on its way")
	if to := s.posted(); !slices.Contains(to, "ada@desk.example") {
		t.Errorf("letters went to %v", to)
	}
	s.setsUp("public-support", map[string]string{"queue": "Help", "group": "Helpers"})
	s.goes("/admin/users/new?kind=agent")
	s.fills(map[string]string{"name": "Tina Toll", "login": "tina", "address": "tina@desk.example", "password": "correct mule"})
	s.b.Do(t, chromedp.Click("[name=welcome]"))
	s.b.Press(t, "Make user")
	s.b.Says(t, "and a letter goes to tina@desk.example")
	s.passwords["tina"] = "correct mule"
	s.goesOn()
}

// goesOn has customer, contact, letter and answer follow.
func (s *troupe) goesOn() {
	t := s.t
	t.Helper()
	groups, _, err := s.Groups(t.Context(), s.Sys, service.GroupFilter{Text: "Helpers", Limit: 1})
	s.OK(err)
	s.goes(fmt.Sprintf("/admin/groups/%d", groups[0].ID))
	s.fills(map[string]string{"who": "tina"})
	s.b.Press(t, "Add")
	s.b.Says(t, "Tina Toll", "ReplyToTicket")
	s.b.Press(t, "Save the change")
	s.Customer("acme", "Acme Ltd")
	s.User("Carla Cole", "acme.example", desk.Contact)
	s.passwords["carla"] = s.Password("carla")
	s.Join("acme", "carla", desk.PartMember)
	webtest.Must(s.SpoolMail(t.Context(), s.Sys, desk.Envelope{Recipient: "help@desk.example"}, []byte("Subject: x\r\n\r\nx")))(t)
	id := s.asked("carla", "Help", "The kettle leaks")
	s.goes("/admin/first")
	if got := webtest.Value[string](t, s.b, `[...document.querySelectorAll(".first-steps h2")].map(e => e.innerText.replace(/\s+/g, " ")).join("; ")`); got !=
		"A second factor for your account put off; Name, language and time zone done; Letters go out done; Letters come in done; The first queue done; The people who answer done; The first customer done; The first ticket is answered next" {
		t.Errorf("before the answer: %s", got)
	}

	s.sits("tina")
	s.goes(pageOf(id))
	s.b.Do(t, chromedp.SetValue("#compose [name=text]", "A new seal is on its way."))
	s.b.Press(t, "Send to")
	s.Pass(service.StepLasts)

	s.sits("ada")
	s.goes("/admin/")
	if webtest.Value[bool](t, s.b, `!!document.querySelector("nav a[href='/admin/first']")`) {
		t.Error("the menu leads to first steps of which none is left")
	}
	s.b.Press(t, "First steps")
	s.b.Says(t, "The first ticket is answered", "put off")
	if got := webtest.Value[int](t, s.b, `document.querySelectorAll(".first-steps .done").length`); got != 7 {
		t.Errorf("%d steps are done, want 7", got)
	}
}

// TestNobodyTakesAFreshDesk: without the key, and with one that was used,
// nobody is let in, and no page says more than that there is none.
func TestNobodyTakesAFreshDesk(t *testing.T) {
	s, link := freshDesk(t)
	form := []string{"name", "Eve", "login", "eve", "address", "eve@else.example", "password", "correct horse"}
	for _, key := range []string{"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"} {
		if w := s.Post("", "/first", append([]string{"key", key}, form...)...); w.Code != 404 || len(w.Result().Cookies()) > 0 {
			t.Errorf("with the key %q: %d", key, w.Code)
		}
		if w := s.Get("", "/first?key="+key); w.Code != 404 {
			t.Errorf("the page with the key %q: %d", key, w.Code)
		}
	}
	at, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	key := at.Query().Get("key")
	if w := s.Post("", "/first", "key", key, "name", "Ada", "login", "ada", "password", "correct horse"); w.Code != 422 {
		t.Errorf("without an address: %d", w.Code)
	}
	if w := s.Post("", "/first", append([]string{"key", key}, form...)...); w.Code != 303 || w.Header().Get("Location") != "/admin/first" {
		t.Fatalf("with the key: %d", w.Code)
	}
	all, _, err := s.Users(t.Context(), s.Sys, service.UserFilter{Text: "eve", Limit: 1})
	if s.OK(err); len(all) != 1 || all[0].Language != "en" {
		t.Errorf("she goes on as %+v, not in the language in which she began", all)
	}
	for _, again := range []string{link, "/first", "/first?key=x"} {
		if w := s.Get("", again); w.Code != 404 {
			t.Errorf("a second time %s: %d", again, w.Code)
		}
	}
}
