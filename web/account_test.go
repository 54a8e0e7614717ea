package web_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/pquerna/otp/totp"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// localDesk is a desk at http://localhost, where passkeys work, and a browser
// before it.
func localDesk(t *testing.T) (*webtest.Desk, *webtest.Browser) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	d := webtest.NewDeskAt(t, "http://localhost:"+port)
	d.User("Ann Archer", "desk.example", desk.Agent)
	d.User("Bob Baker", "acme.example", desk.Contact)
	d.Give(desk.Everyone, 0, desk.OnSystem(), "ModifySelf", "ManageAuthTokens")
	return d, webtest.OpenOn(t, l, "localhost:"+port, d.Handler)
}

// TestPasskeysBelongToOneAddress: who opened the desk at another of its addresses
// is told at which one passkeys work.
func TestPasskeysBelongToOneAddress(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	d := webtest.NewDeskAt(t, "http://localhost"+strings.TrimPrefix(address, "127.0.0.1"))
	b := webtest.OpenOn(t, l, address, d.Handler)
	b.Go(t, "/sign-in", webtest.Looks()["wide-light"])
	b.Do(t, chromedp.Click("form[data-passkey] button"), chromedp.WaitVisible("form[data-passkey] .error"))
	b.Says(t, "Passkeys belong to localhost; open the desk there.")
}

// secret is the secret on the page that sets codes up.
func secret(t *testing.T, b *webtest.Browser) string {
	t.Helper()
	return strings.ReplaceAll(webtest.Value[string](t, b, `document.querySelector(".secret").textContent`), " ", "")
}

func codeAt(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	return webtest.Must(totp.GenerateCode(secret, at))(t)
}

func signIn(t *testing.T, b *webtest.Browser, login, password string) {
	t.Helper()
	b.Go(t, "/sign-in?next=/account", webtest.Looks()["wide-light"])
	b.Do(t, chromedp.SetValue("#f-login", login), chromedp.SetValue("#f-password", password))
	b.Press(t, "Sign in")
}

// TestAccountStory sets codes up, signs in with one, loses the device, makes a
// passkey, comes in by it alone, and makes a token.
func TestAccountStory(t *testing.T) {
	d, b := localDesk(t)
	password := d.Password("ann")
	signIn(t, b, "ann", password)
	b.Says(t, "You are signed in as ann", "With an app that shows codes")
	b.Examine(t, "account")
	b.Press(t, "Set up codes")
	b.Examine(t, "account-setup")
	if wide := webtest.Value[float64](t, b, `document.querySelector(".qr").getBoundingClientRect().width`); wide < 150 {
		t.Errorf("the picture is %v px wide: no camera reads it", wide)
	}
	b.Do(t, chromedp.SetValue("#f-code", "000000"))
	b.Press(t, "Switch it on")
	b.Says(t, "not the code that the program shows")
	key := secret(t, b)
	b.Do(t, chromedp.SetValue("#f-code", codeAt(t, key, d.Now())))
	b.Press(t, "Switch it on")
	b.Examine(t, "account-codes")
	codes := regexp.MustCompile(`[A-Z2-7]{4}(-[A-Z2-7]{4}){3}`).FindAllString(b.Text(t), -1)
	if len(codes) != 10 {
		t.Fatalf("%d recovery codes are shown", len(codes))
	}
	b.Press(t, "I have kept them")
	b.Says(t, "10 recovery codes are left")

	d.Pass(time.Minute)
	b.Go(t, "/account", webtest.Looks()["wide-light"])
	b.Follow(t, chromedp.Evaluate[chromedp.Void](`document.querySelector("form[action='/sign-out']").submit()`))
	signIn(t, b, "ann", password)
	b.Says(t, "One more step")
	b.Examine(t, "sign-in-second")
	b.Do(t, chromedp.SetValue("#f-code", "111111"))
	b.Press(t, "Sign in")
	b.Says(t, "This code is wrong")
	b.Do(t, chromedp.SetValue("#f-code", codes[3]))
	b.Press(t, "Sign in")
	b.Says(t, "9 recovery codes are left")

	device(t, b)
	b.Do(t, chromedp.SetValue("#f-key-name", "Telephone"))
	b.Press(t, "Make a passkey")
	b.Says(t, "The passkey is ready", "Telephone", "never used")
	if name := webtest.Value[string](t, b, `document.querySelector("#f-key-name").value`); !strings.Contains(name, ", ") {
		t.Errorf("the name for a passkey begins as %q, not with browser and system", name)
	}
	b.Do(t, chromedp.Evaluate[chromedp.Void](`document.querySelector("form[data-make] button").click()`))
	b.Do(t, chromedp.WaitVisible("form[data-make] .error"))
	b.Says(t, "a passkey of yours already")
	b.Examine(t, "account-passkey")
	b.Follow(t, chromedp.Evaluate[chromedp.Void](`document.querySelector("form[action='/sign-out']").submit()`))
	b.Go(t, "/sign-in?next=/account", webtest.Looks()["wide-light"])
	b.Press(t, "Sign in with a passkey")
	b.Says(t, "You are signed in as ann", "last used")

	b.Do(t, chromedp.SetValue("#f-token-name", "report"))
	b.Press(t, "Make a token")
	b.Says(t, "Your new token", "it is not shown again", "May only look", "Authorization: Bearer", "Copy")
	token := webtest.Value[string](t, b, `document.querySelector(".secret").textContent`)
	if in := webtest.Must(d.ByToken(t.Context(), token))(t); in.User.Login != "ann" || !in.Actor.Limits.OnlyLooks() {
		t.Errorf("the token is %+v", in.Actor)
	}
	b.Examine(t, "account-token")
	b.Go(t, "/account", webtest.Looks()["phone-light"])
	b.Follow(t, chromedp.Evaluate[chromedp.Void](`document.querySelector("button[name=lang][value=de]").click()`))
	b.Says(t, "Mein Konto")
	const outside = `[...document.querySelectorAll("main button, main input, main select")].filter(e => e.getBoundingClientRect().right > 310).map(e => e.textContent || e.name).join()`
	if cut := webtest.Value[string](t, b, outside); cut != "" {
		t.Errorf("on a German phone these are cut off: %s", cut)
	}
}

// device gives the browser a device that makes passkeys and whose holder
// always agrees.
func device(t *testing.T, b *webtest.Browser) {
	t.Helper()
	b.Do(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		if _, err := cdp.Call(ctx, target, webauthn.Enable, webauthn.EnableParams{}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, target, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
			HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
		}})
		return err
	}))
}

// TestSetupBeforeEntering: who must have a second factor is not let in before
// he has one, by any page.
func TestSetupBeforeEntering(t *testing.T) {
	d := door(t)
	password := d.Password("bob")
	d.OK(d.SetSetting(t.Context(), d.Sys, service.SettingSecondFactor, "contacts"))
	w := d.Post("", "/sign-in", "login", "bob", "password", password, "next", "/portal/tickets/3")
	if got := w.Header().Get("Location"); got != "/sign-in/setup?next=%2Fportal%2Ftickets%2F3" || given(w, "gatehouse") != "" {
		t.Fatalf("leads to %q, with a session: %v", got, given(w, "gatehouse") != "")
	}
	page := d.Get("", "/sign-in/setup?next=/portal/tickets/3").Body.String()
	form := regexp.MustCompile(`name="setup" value="([^"]+)"`).FindStringSubmatch(page)
	key := regexp.MustCompile(`class="secret">([^<]+)<`).FindStringSubmatch(page)
	if form == nil || key == nil {
		t.Fatalf("the page shows no secret: %s", page)
	}
	w = d.Post("", "/sign-in/setup", "setup", form[1], "code", codeAt(t, strings.ReplaceAll(key[1], " ", ""), d.Now()), "next", "/portal/tickets/3")
	if w.Code != 200 || given(w, "gatehouse") == "" || !strings.Contains(w.Body.String(), `href="/portal/tickets/3"`) {
		t.Errorf("got %d, with a session: %v", w.Code, given(w, "gatehouse") != "")
	}
}

// TestAccountForms: what is refused says so and keeps what was typed, but no
// password.
func TestAccountForms(t *testing.T) {
	d := door(t)
	d.Give(desk.Everyone, 0, desk.OnSystem(), "ModifySelf", "ManageAuthTokens")
	password := d.Password("ann")
	for _, tt := range []struct {
		why, path string
		form      []string
		status    int
		says      string
	}{
		{"a zone that there is not", "/account/data", []string{"name", "Annie", "zone", "Mars/North"}, 422, `value="Annie"`},
		{"name and zone", "/account/data", []string{"name", "Annie", "zone", "Europe/Berlin"}, 303, ""},
		{"a wrong old password", "/account/password", []string{"old", "x", "password", "battery staple"}, 422, "another one"},
		{"a short password", "/account/password", []string{"old", password, "password", "x"}, 422, "at least 8"},
		{"a password", "/account/password", []string{"old", password, "password", "battery staple"}, 303, ""},
		{"another's session", "/account/sessions/end", []string{"session", "x"}, 404, "no such session"},
		{"a token without a name", "/account/tokens", []string{"name", ""}, 422, ""},
		{"a passkey that is none", "/account/passkeys", []string{"ceremony", "x", "response", "{}"}, 409, "Begin again"},
		{"codes without an app", "/account/codes", []string{"code", "000000"}, 422, "This code is wrong"},
		{"a provider that there is not", "/account/connect/7", nil, 404, ""},
	} {
		w := d.Post("ann", tt.path, tt.form...)
		if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.says) {
			t.Errorf("%s: got %d, want %d and %q", tt.why, w.Code, tt.status, tt.says)
		}
		if strings.Contains(w.Body.String(), "battery staple") {
			t.Errorf("%s: the page has the password", tt.why)
		}
	}
	if w := d.Get("", "/account"); w.Header().Get("Location") != "/sign-in?next=%2Faccount" {
		t.Errorf("nobody gets %d", w.Code)
	}
}

// TestAnswersOfProviders: who comes back from nowhere is led to the sign-in.
func TestAnswersOfProviders(t *testing.T) {
	d := door(t)
	for _, cookie := range []string{"", "x", "99.x", "1.x", "-1.x"} {
		r := httptest.NewRequest(http.MethodGet, service.OutsidePath+"?"+url.Values{"code": {"x"}, "state": {"y"}}.Encode(), nil)
		w := with(d, r, "gatehouse-outside", cookie)
		if w.Code != 303 || w.Header().Get("Location") != "/sign-in" || given(w, "gatehouse") != "" {
			t.Errorf("%q: got %d to %q", cookie, w.Code, w.Header().Get("Location"))
		}
	}
	if w := d.Get("", "/sign-in/with/3"); w.Code != 404 {
		t.Errorf("a provider that there is not: got %d", w.Code)
	}
}
