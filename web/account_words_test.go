package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
	"gatehouse/web/webtest"
)

// ownDoor is a desk where everybody may change his account.
func ownDoor(t *testing.T) *webtest.Desk {
	d := door(t)
	d.Give(desk.Everyone, 0, desk.OnSystem(), "ModifySelf")
	return d
}

// TestAccountRefusesInGerman: who reads German is told in German what is wrong
// with his password, his zone or his code.
func TestAccountRefusesInGerman(t *testing.T) {
	d := ownDoor(t)
	d.Password("bob")
	d.OK(d.SetPreferences(t.Context(), d.By("bob"), service.Preferences{Name: "Bob Baker", Language: "de"}))
	for _, tt := range []struct{ what, path, form, want string }{
		{"a short password", "/account/password", "old=x password=short", "Ein Passwort hat mindestens 8 Zeichen."},
		{"one that is tried first", "/account/password", "old=x password=Passwort1", "Dieses Passwort gehört zu denen, die zuerst probiert werden."},
		{"a wrong old one", "/account/password", "old=x password=langhaarige:Pudel", "Das jetzige Passwort ist ein anderes."},
		{"no zone", "/account/data", "name=Bob zone=Mars/Station", "Diese Zeitzone gibt es nicht"},
	} {
		var form []string
		for pair := range strings.FieldsSeq(tt.form) {
			name, value, _ := strings.Cut(pair, "=")
			form = append(form, name, value)
		}
		w := d.Post("bob", tt.path, form...)
		if page := w.Body.String(); w.Code != http.StatusUnprocessableEntity || !strings.Contains(page, tt.want) {
			t.Errorf("%s: status %d, and the page does not say %q", tt.what, w.Code, tt.want)
		}
	}
}

// TestLanguageIsRemembered: a language that is chosen in the menu holds for
// letters too, and one chosen in the account for the pages of this browser.
func TestLanguageIsRemembered(t *testing.T) {
	d := ownDoor(t)
	language := func() string { return webtest.Must(d.Account(t.Context(), d.By("bob")))(t).Language }
	menu := d.Post("bob", "/preferences", "lang", "de")
	if got := language(); got != "de" {
		t.Errorf("after a choice in the menu the account says %q", got)
	}
	if d.Post("bob", "/preferences", "theme", "dark"); language() != "de" {
		t.Error("choosing the dark changed the language")
	}
	saved := d.Post("bob", "/account/data", "name", "Bob", "lang", "en")
	if got := given(saved, "gatehouse-look"); got != "dark.en" || given(menu, "gatehouse-look") != ".de" || language() != "en" {
		t.Errorf("after a choice in the account the browser keeps %q, the account says %q", got, language())
	}
	if w := d.Post("", "/preferences", "lang", "de"); w.Code != http.StatusSeeOther {
		t.Errorf("somebody who is not signed in got %d", w.Code)
	}
}

// TestLostPassword: who came in by a link sets a new password without the old
// one, for a while; who came in by a password or long ago does not.
func TestLostPassword(t *testing.T) {
	d := ownDoor(t)
	d.Password("bob")
	page := func() string { return d.Get("bob", "/account").Body.String() }
	if !strings.Contains(page(), `name="old"`) {
		t.Fatal("who came in by a password is not asked for it")
	}
	d.CameBy("bob", "link")
	if strings.Contains(page(), `name="old"`) || !strings.Contains(page(), "you need not know the present one") {
		t.Error("who came in by a link is asked for a password that he lost")
	}
	d.Pass(31 * time.Minute)
	if w := d.Post("bob", "/account/password", "password", "battery staple"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(page(), `name="old"`) {
		t.Errorf("half an hour later it still goes without the old one: %d", w.Code)
	}
	d.CameBy("bob", "link")
	if w := d.Post("bob", "/account/password", "password", "battery staple"); w.Code != http.StatusSeeOther {
		t.Errorf("the new one is refused: %d", w.Code)
	}
	if _, err := d.SignIn(t.Context(), "bob", "battery staple", "", "192.0.2.7"); err != nil {
		t.Error(err)
	}
}

func TestBrowserName(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36":                                "Chrome, Linux",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 Edg/139.0":            "Edge, Windows",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:142.0) Gecko/20100101 Firefox/142.0":                                                  "Firefox, macOS",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E Safari/604.1": "Safari, iPhone",
		"Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36":                         "Chrome, Android",
		"curl/8.5":            "curl/8.5",
		"Firefox on a fridge": "Firefox",
		"":                    "",
	} {
		if got := web.BrowserName(agent); got != want {
			t.Errorf("%q: got %q, want %q", agent, got, want)
		}
	}
}
