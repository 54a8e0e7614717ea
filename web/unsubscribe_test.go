package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gatehouse/service"
)

// The link of a letter asks before it does something, needs nobody signed in,
// and takes the one click of a mail program; of a wrong one nothing is told.
func TestUnsubscribe(t *testing.T) {
	d := door(t)
	page := ask(d.Handler, httptest.NewRequest(http.MethodGet, service.UnsubscribePath+"1.2-abc", nil))
	if page.Code != 200 || !strings.Contains(page.Body.String(), `action="/unsubscribe/1.2-abc"`) {
		t.Errorf("the page: %d\n%s", page.Code, page.Body)
	}
	click := httptest.NewRequest(http.MethodPost, service.UnsubscribePath+"1.2-abc", strings.NewReader("List-Unsubscribe=One-Click"))
	click.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if w := ask(d.Handler, click); w.Code != 401 || strings.Contains(w.Body.String(), "from another site") {
		t.Errorf("a wrong token: %d\n%s", w.Code, w.Body)
	}
}
