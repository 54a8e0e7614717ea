package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// TestRenewingTokens: a token is given another end on the page, and another secret,
// which is shown once; one that is over gets one anyway. Others' are not there.
func TestRenewingTokens(t *testing.T) {
	d := door(t)
	d.Give(desk.Everyone, 0, desk.OnSystem(), "ModifySelf", "ManageAuthTokens")
	old := webtest.Must(d.CreateToken(t.Context(), d.By("bob"), service.NewToken{User: d.By("bob").User, Name: "script", Until: d.Now().AddDate(0, 0, 3)}))(t)
	token := func() desk.Token { return webtest.Must(d.Tokens(t.Context(), d.By("bob"), d.By("bob").User))(t)[0] }
	renew := func(login string, form ...string) string {
		w := d.Post(login, "/account/tokens/renew", append(form, "token", token().Digest)...)
		if w.Code == http.StatusSeeOther {
			return ""
		}
		found := regexp.MustCompile(`id="new-token">([^<]+)<`).FindStringSubmatch(w.Body.String())
		if found == nil {
			t.Fatalf("%s with %v: status %d and no secret", login, form, w.Code)
		}
		return found[1]
	}
	if page := d.Get("bob", "/account").Body.String(); !strings.Contains(page, "/account/tokens/renew") || !strings.Contains(page, "no longer counts") {
		t.Error("the page offers no renewal")
	}
	if w := d.Post("ann", "/account/tokens/renew", "days", "90", "token", token().Digest); w.Code != http.StatusNotFound {
		t.Errorf("another one's token: %d", w.Code)
	}
	if secret := renew("bob", "days", "90"); secret != "" || !token().Until.Equal(d.Now().AddDate(0, 0, 90)) {
		t.Errorf("it ends %v, with the secret %q", token().Until, secret)
	}
	fresh := renew("bob", "days", "30", "secret", "1")
	for secret, want := range map[string]bool{old: false, fresh: true} {
		if _, err := d.ByToken(t.Context(), secret); (err == nil) != want {
			t.Errorf("got %v, want it to count: %v", err, want)
		}
	}
	d.Pass(31 * 24 * time.Hour)
	d.CameBy("bob", "")
	if page := d.Get("bob", "/account").Body.String(); !strings.Contains(page, "It gets a new secret, as it is over.") {
		t.Error("the page does not say what becomes of one that is over")
	}
	if late := renew("bob", "days", ""); late == fresh || !token().Until.IsZero() {
		t.Errorf("what was over goes on with its secret, until %v", token().Until)
	}
}
