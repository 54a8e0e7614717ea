package webtest_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"gatehouse/desk/sla"
	"gatehouse/web/webtest"
)

// rich is a desk on which every page that there is has something to show.
func rich(t testing.TB) *whole {
	t.Helper()
	w := newWhole(t)
	for _, s := range secrets {
		s.add(w)
	}
	agreement := webtest.Must(w.SaveAgreement(t.Context(), w.Sys, sla.Agreement{Name: "Gold", Targets: map[sla.Kind]time.Duration{sla.FirstResponse: time.Hour}}))(t)
	for kind, id := range map[string]int64{"agreement": int64(agreement), "grant": 1, "letter": 1, "other": 1, "ticket": int64(w.own), "customer": int64(w.Who["globex"])} {
		w.numbers[kind] = append([]int64{id}, w.numbers[kind]...)
	}
	return w
}

// A shown is a page by its address and by who looks at it.
type shown struct{ login, path string }

// shownPages are the pages of the router, each once, for somebody who sees it.
func (w *whole) shownPages() []shown {
	var out []shown
	for _, pattern := range w.Mux.Patterns() {
		at := lines[pattern]
		method, path, _ := strings.Cut(pattern, " ")
		if method != http.MethodGet || at.files || strings.Contains(path, "{token}") || path == "/assets/" {
			continue
		}
		if n := w.numbers[at.of]; len(n) > 1 {
			at.of, w.numbers["one"] = "one", n[:1]
		}
		if len(at.fills) > 1 {
			at.fills = at.fills[:1]
		}
		for _, p := range w.paths(strings.TrimSuffix(path, "{$}"), at) {
			out = append(out, shown{reader(p), p})
		}
	}
	return out
}

// reader is who looks at a page: somebody to whom it shows as much as can be.
func reader(path string) string {
	switch {
	case strings.HasPrefix(path, "/sign-in"):
		return ""
	case strings.HasPrefix(path, "/portal/people"):
		return "greta"
	case strings.HasPrefix(path, "/portal"):
		return "gus"
	}
	return "root"
}

// TestEveryPageIsSmall asks for every page of a desk with something on each;
// asking fails for one that is larger than a page may be.
func TestEveryPageIsSmall(t *testing.T) {
	w := rich(t)
	pages, seen := w.shownPages(), 0
	for _, p := range pages {
		if got := w.Get(p.login, p.path); got.Code == http.StatusOK {
			seen++
		} else if got.Code >= 500 {
			t.Errorf("%s shows status %d", p.path, got.Code)
		} else {
			t.Logf("%s: %d", p.path, got.Code)
		}
	}
	if seen < len(pages)*8/10 {
		t.Errorf("only %d of %d pages show something", seen, len(pages))
	}
}

// TestEveryPageForEverybody opens every page of the router in a browser, on a
// phone in the dark and on a desk in the light: it must be clean for axe, fit,
// and be usable by keyboard alone.
func TestEveryPageForEverybody(t *testing.T) {
	w := rich(t)
	sessions := map[string]string{}
	for _, login := range []string{"root", "gus", "greta"} {
		sessions[login] = w.Session(login)
	}
	b := webtest.Open(t, http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if login := reader(r.URL.Path); login != "" {
			r.AddCookie(&http.Cookie{Name: "gatehouse", Value: sessions[login]})
		}
		w.Handler.ServeHTTP(out, r)
	}))
	for _, p := range w.shownPages() {
		t.Run(strings.Trim(strings.ReplaceAll(p.path, "/", "-"), "-"), func(t *testing.T) {
			for _, name := range []string{"wide-light", "phone-dark"} {
				b.Go(t, p.path, webtest.Looks()[name])
				if at := webtest.Value[string](t, b, "location.pathname"); reader(at) == "" && p.login != "" {
					t.Fatalf("%s is not signed in, and is shown %s", p.login, at)
				}
				b.ExamineIn(t, "sweep"+strings.ReplaceAll(p.path, "/", "-"), name)
				b.CheckKeyboard(t)
			}
		})
	}
}
