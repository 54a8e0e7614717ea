package webtest_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gatehouse/store/pgtest"
)

// random is what is new each time a page is made and tells nothing: the mark
// of a form, and the name of a request in the log.
var random = regexp.MustCompile(`name="form" value="[^"]*"|[A-Z2-7]{12,26}`)

// answer sends one request as somebody and returns what comes back, headers and
// cookies included.
func (w *whole) answer(login string, r request) string {
	w.t.Helper()
	path := r.path
	if r.method == http.MethodGet && r.query != "" {
		path += "?" + r.query
	}
	got := w.Get
	if r.method == http.MethodPost {
		got = func(login, path string) *httptest.ResponseRecorder { return w.Post(login, path, pairs(r.query)...) }
	}
	a := got(login, path)
	return random.ReplaceAllString(fmt.Sprintln(a.Code, a.Header(), a.Body), "*")
}

// pairs are the names and values of a form.
func pairs(query string) []string {
	values, err := url.ParseQuery(query)
	if err != nil {
		panic(err)
	}
	var out []string
	for name, list := range values {
		for _, v := range list {
			out = append(out, name, v)
		}
	}
	return out
}

// TestWhatOneMayNotSeeChangesNoByte holds two desks together that differ only
// in what somebody may not see. Whatever he asks for, on every page that there
// is, both give him the same bytes. Pages are looked at before anything is sent
// that could change them.
func TestWhatOneMayNotSeeChangesNoByte(t *testing.T) {
	for _, login := range words(everybody) {
		t.Run(login, func(t *testing.T) {
			bare, full := pair(t, login, func(testing.TB) string { return "" })
			same(t, login, bare, full, append(bare.asked(http.MethodGet), bare.asked(http.MethodPost)...))
		})
	}
}

// TestWhatOneMayNotSeeChangesNoByteOnPostgreSQL does the same there: everybody
// looks at every page, the forms are sent by somebody at the desk and by a
// customer, as what they do to what is hidden is the same for all of them.
func TestWhatOneMayNotSeeChangesNoByteOnPostgreSQL(t *testing.T) {
	for _, login := range words(everybody) {
		t.Run(login, func(t *testing.T) {
			bare, full := pair(t, login, pgtest.NewDatabase)
			all := bare.asked(http.MethodGet)
			if login == "anna" || login == "gus" {
				all = append(all, bare.asked(http.MethodPost)...)
			}
			same(t, login, bare, full, all)
		})
	}
}

// same sends requests to both desks and reports where the answers differ.
func same(t *testing.T, login string, bare, full *whole, all []request) {
	t.Helper()
	shown, differing := 0, 0
	for _, r := range all {
		want, got := bare.answer(login, r), full.answer(login, r)
		if strings.HasPrefix(want, "200 ") {
			shown++
		}
		if want == got {
			continue
		}
		if differing++; differing < 25 {
			t.Errorf("%s\n%s", r, difference(want, got))
		}
	}
	t.Logf("%d requests, %d of which showed something and %d differed", len(all), shown, differing)
	if len(all) < 400 || shown < 20 {
		t.Errorf("only %d requests were sent, of which %d showed something", len(all), shown)
	}
}

// asked are all requests of one method.
func (w *whole) asked(method string) []request {
	var out []request
	for _, pattern := range w.Mux.Patterns() {
		out = append(out, w.requests(pattern)...)
	}
	return slices.DeleteFunc(out, func(r request) bool { return r.method != method })
}

// difference shows where two answers part.
func difference(want, got string) string {
	i := 0
	for i < min(len(want), len(got)) && want[i] == got[i] {
		i++
	}
	cut := func(s string) string { return strings.Join(strings.Fields(s[max(0, i-80):min(len(s), i+120)]), " ") }
	return "\twithout: " + cut(want) + "\n\twith:    " + cut(got)
}
