package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gatehouse/service"
)

// TestRatePage: the link of a letter asks, marks what it names, keeps nothing
// before the form is sent, and of a wrong one nothing is told.
func TestRatePage(t *testing.T) {
	d := door(t)
	page := ask(d.Handler, get(service.RatePath+"1.2-abc?mark=partly"))
	body := page.Body.String()
	if page.Code != 200 || !strings.Contains(body, `action="/rate/1.2-abc"`) || !strings.Contains(body, `value="partly" required checked`) {
		t.Errorf("the page: %d\n%s", page.Code, body)
	}
	send := func(form string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodPost, service.RatePath+"1.2-abc", strings.NewReader(form))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		return ask(d.Handler, r)
	}
	if w := send("mark=content&note=x"); w.Code != 404 || !strings.Contains(w.Body.String(), "This link rates nothing") {
		t.Errorf("a wrong token: %d\n%s", w.Code, w.Body)
	}
}
