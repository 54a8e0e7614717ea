package bench

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"gatehouse/desk"
	"gatehouse/web"
	"gatehouse/web/agent"
	"gatehouse/web/portal"
	"gatehouse/web/webtest"
)

// BenchmarkFirstList measures in Chromium how long it takes from the request
// until the list is painted, for an agent and a contact at a desk of size H
// (100,000 tickets): `cold` with nothing kept from before, as somebody sees it
// who comes for the first time, `again` with scripts and styles kept.
func BenchmarkFirstList(b *testing.B) {
	r := servedDesk(b, "H")
	browser := webtest.Open(b, r.site(b))
	for who, class := range map[string]string{"agent": agentMedian, "contact": contactMany} {
		page := map[string]string{"agent": agentPages.list, "contact": contactPages.list}[who]
		browser.Go(b, "/sign-in", webtest.Looks()["wide-light"])
		webtest.Value[string](b, browser, fmt.Sprintf("document.cookie = 'gatehouse=%s; path=/'", r.token(b, r.people[class][0])))
		for _, kept := range []bool{false, true} {
			b.Run(who+map[bool]string{false: "/cold", true: "/again"}[kept], func(b *testing.B) {
				var first []float64
				for range b.N {
					if !kept {
						browser.Forget(b)
					}
					browser.Go(b, page, webtest.Looks()["wide-light"])
					first = append(first, painted(b, browser))
				}
				slices.Sort(first)
				b.ReportMetric(first[len(first)/2], "ms/painted")
				b.ReportMetric(first[len(first)*95/100], "ms/p95")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}

// painted is how many milliseconds after the request the rows of the list were
// painted: the first paint that had contents, which comes after the rows as
// pages are sent whole.
func painted(b *testing.B, browser *webtest.Browser) float64 {
	b.Helper()
	if rows := webtest.Value[int](b, browser, "document.querySelectorAll('main a[href*=\"/tickets/\"]').length"); rows == 0 {
		b.Fatalf("no ticket is on the page")
	}
	return webtest.Value[float64](b, browser, `new Promise(done => new PerformanceObserver(list => done(list.getEntries()[0].startTime))
		.observe({type: 'largest-contentful-paint', buffered: true}))`)
}

// servedDesk is a desk of the size that is filled, started and looked at.
func servedDesk(b *testing.B, size string) *run {
	b.Helper()
	r, err := prepare(Options{Size: size, Seed: 1, Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := r.end(); err != nil {
			b.Error(err)
		}
	})
	for _, do := range []func() error{
		func() error { return r.fill(b.Context()) }, func() error { return r.start(b.Context()) }, func() error { return r.choosePeople(b.Context()) },
	} {
		if err := do(); err != nil {
			b.Fatal(err)
		}
	}
	return r
}

// site are the pages of the desk.
func (r *run) site(b *testing.B) http.Handler {
	b.Helper()
	site, err := web.New(web.Config{Sessions: web.SessionsOf(r.service, false, web.Usual{})}, agent.Templates, portal.Templates)
	if err != nil {
		b.Fatal(err)
	}
	mux := &web.Mux{}
	web.Routes(mux, site, r.service)
	agent.Routes(mux, site, r.service)
	portal.Routes(mux, site, r.service)
	return site.Guard(mux)
}

// token is that of a session of the user.
func (r *run) token(b *testing.B, user desk.UserID) string {
	b.Helper()
	if err := r.service.SetPassword(b.Context(), desk.System(desk.ViaCLI), user, "", password); err != nil {
		b.Fatal(err)
	}
	in, err := r.service.SignIn(b.Context(), r.login(user), password, "bench", "127.0.0.1")
	if err != nil {
		b.Fatal(err)
	}
	return in.Token
}
