package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/web/webtest"
)

// door is a desk with ann, an agent, and bob, a contact, who sign in.
func door(t *testing.T) *webtest.Desk {
	t.Helper()
	d := webtest.NewDesk(t)
	d.User("Ann Archer", "desk.example", desk.Agent)
	d.User("Bob Baker", "acme.example", desk.Contact)
	return d
}

// given is the value of a cookie that an answer sets, or nothing.
func given(w *httptest.ResponseRecorder, name string) string {
	for _, c := range w.Result().Cookies() {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

// with asks with a cookie.
func with(d *webtest.Desk, r *http.Request, name, value string) *httptest.ResponseRecorder {
	r.AddCookie(&http.Cookie{Name: name, Value: value})
	return ask(d.Handler, r)
}

// TestSignIn says where signing in leads, and that what was wrong is not told.
func TestSignIn(t *testing.T) {
	d := door(t)
	ann, bob := d.Password("ann"), d.Password("bob")
	for _, tt := range []struct {
		why, login, password, next string
		status                     int
		to                         string
	}{
		{"an agent", "ann", ann, "", 303, "/"},
		{"by address", "ann@desk.example", ann, "", 303, "/"},
		{"back to where he was", "bob", bob, "/portal/tickets/3?x=1", 303, "/portal/tickets/3?x=1"},
		{"never to another site", "bob", bob, "//evil.example/", 303, "/"},
		{"a wrong password", "ann", bob, "", 401, ""},
		{"nobody", "zed", bob, "", 401, ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			w := d.Post("", "/sign-in", "login", tt.login, "password", tt.password, "next", tt.next)
			if w.Code != tt.status || w.Header().Get("Location") != tt.to {
				t.Errorf("got %d to %q, want %d to %q", w.Code, w.Header().Get("Location"), tt.status, tt.to)
			}
			if begun := given(w, "gatehouse") != ""; begun != (tt.status == 303) {
				t.Errorf("a session was begun: %v", begun)
			}
			if tt.status == 401 && !strings.Contains(w.Body.String(), "do not fit together") {
				t.Error("the page does not say what to do")
			}
		})
	}
}

// TestStartPage leads everybody to his area.
func TestStartPage(t *testing.T) {
	d := door(t)
	for login, want := range map[string]string{"ann": "/agent/", "bob": "/portal/", "": "/sign-in"} {
		if got := d.Get(login, "/").Header().Get("Location"); got != want {
			t.Errorf("/ leads %q to %q, want %q", login, got, want)
		}
	}
	if got := d.Get("ann", "/sign-in?next=/agent/tickets").Header().Get("Location"); got != "/agent/tickets" {
		t.Errorf("who is signed in is led to %q, want on", got)
	}
	if w := d.Get("ann", "/nowhere"); w.Code != http.StatusNotFound {
		t.Errorf("what is not there has status %d", w.Code)
	}
}

// TestSignOut ends the session at the desk, not only in the browser.
func TestSignOut(t *testing.T) {
	d := door(t)
	token := given(d.Post("", "/sign-in", "login", "ann", "password", d.Password("ann")), "gatehouse")
	out := with(d, httptest.NewRequest(http.MethodPost, "/sign-out", nil), "gatehouse", token)
	if out.Code != http.StatusSeeOther || out.Header().Get("Location") != "/sign-in" {
		t.Errorf("got %d to %q", out.Code, out.Header().Get("Location"))
	}
	if got := with(d, get("/"), "gatehouse", token).Header().Get("Location"); got != "/sign-in" {
		t.Errorf("the session that has ended leads to %q, want /sign-in", got)
	}
}

// TestSignInLink: the letter's link signs in once, and only when its button
// is pressed. Known and unknown addresses get the same answer.
func TestSignInLink(t *testing.T) {
	d := door(t)
	known, unknown := d.Post("", "/sign-in/link", "address", "bob@acme.example"), d.Post("", "/sign-in/link", "address", "zed@acme.example")
	if known.Code != 303 || known.Code != unknown.Code || given(known, "gatehouse-notice") != given(unknown, "gatehouse-notice") {
		t.Errorf("known and unknown addresses are told apart: %d and %d", known.Code, unknown.Code)
	}
	letters, err := d.ClaimLetters(t.Context(), d.Sys, 5)
	if err != nil || len(letters) != 1 {
		t.Fatalf("got %d letters (%v), want 1", len(letters), err)
	}
	_, rest, _ := strings.Cut(letters[0].Body, "http://desk.example")
	link, _, _ := strings.Cut(rest, "\n")
	_, token, _ := strings.Cut(link, "token=")
	for range 2 {
		if w := d.Get("", link); w.Code != 200 || !strings.Contains(w.Body.String(), token) {
			t.Errorf("looking at the link has status %d", w.Code)
		}
	}
	session := given(d.Post("", "/sign-in/use-link", "token", token), "gatehouse")
	if got := with(d, get("/"), "gatehouse", session).Header().Get("Location"); got != "/portal/" {
		t.Errorf("the link leads to %q, want the portal", got)
	}
	if w := d.Post("", "/sign-in/use-link", "token", token); w.Code != http.StatusUnauthorized {
		t.Errorf("the second use has status %d, want 401", w.Code)
	}
}

// TestTooManyTries: guessing is slowed down, wherever it comes from.
func TestTooManyTries(t *testing.T) {
	d := door(t)
	var last int
	for range 12 {
		last = d.Post("", "/sign-in", "login", "ann", "password", "guess").Code
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the twelfth try has status %d, want 429", last)
	}
}

// TestLook: how a browser shows pages is kept in it, and only what there is.
func TestLook(t *testing.T) {
	d := door(t)
	w := d.Post("ann", "/preferences", "theme", "dark", "lang", "de", "next", "/sign-in")
	page := with(d, get("/sign-in"), "gatehouse-look", given(w, "gatehouse-look")).Body.String()
	if !strings.Contains(page, `lang="de" data-theme="dark"`) || !strings.Contains(page, "Anmelden") {
		t.Errorf("the page is not dark and German: %.120s", page)
	}
	page = with(d, get("/sign-in"), "gatehouse-look", `x"><script>.xx`).Body.String()
	if strings.Contains(page, "<script>.xx") || !strings.Contains(page, `lang="en"`) {
		t.Errorf("a cookie of one's own making got into the page: %.120s", page)
	}
	if got := d.Post("ann", "/preferences", "theme", "dark", "next", "https://evil.example").Header().Get("Location"); got != "/" {
		t.Errorf("leads to %q, want /", got)
	}
}
