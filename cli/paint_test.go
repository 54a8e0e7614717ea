package cli

import (
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"gatehouse/bench"
	"gatehouse/config"
	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
	"gatehouse/web/webtest"
)

// BenchmarkFirstList measures in Chromium how long it takes from the request
// until the list is painted, for an agent and a contact at a desk of size H
// (100,000 tickets): "cold" with nothing kept from before, as somebody sees it
// who comes for the first time, "again" with scripts and styles kept.
func BenchmarkFirstList(b *testing.B) {
	svc := benchDesk(b, "H")
	pages, err := (&daemon{app: &app{svc: svc, conf: &config.Config{Language: "en", Zone: time.UTC}}, log: slog.New(slog.DiscardHandler)}).pages()
	if err != nil {
		b.Fatal(err)
	}
	browser := webtest.Open(b, pages)
	for _, who := range []struct{ login, list string }{{"agent44", "/agent/tickets?view=open"}, {"contact7", "/portal/"}} {
		browser.Go(b, "/sign-in", webtest.Looks()["wide-light"])
		webtest.Value[string](b, browser, fmt.Sprintf("document.cookie = 'gatehouse=%s; path=/'", sessionOf(b, svc, who.login)))
		b.Run(who.login+"/cold", func(b *testing.B) { measurePaint(b, browser, who.list, browser.Forget) })
		b.Run(who.login+"/again", func(b *testing.B) { measurePaint(b, browser, who.list, func(testing.TB) {}) })
	}
}

// measurePaint opens the list again and again, each time after before.
func measurePaint(b *testing.B, browser *webtest.Browser, list string, before func(testing.TB)) {
	b.Helper()
	var times []float64
	for range b.N {
		before(b)
		browser.Go(b, list, webtest.Looks()["wide-light"])
		times = append(times, painted(b, browser))
	}
	slices.Sort(times)
	b.ReportMetric(times[len(times)/2], "ms/painted")
	b.ReportMetric(times[len(times)*95/100], "ms/p95")
	b.ReportMetric(0, "ns/op")
}

// painted is how many milliseconds after the request the largest part of the
// page was painted. The rows of the list are there then.
func painted(b *testing.B, browser *webtest.Browser) float64 {
	b.Helper()
	if rows := webtest.Value[int](b, browser, `document.querySelectorAll('main a[href*="/tickets/"]').length`); rows == 0 {
		b.Fatal("no ticket is on the page")
	}
	return webtest.Value[float64](b, browser, `new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
		.observe({type: 'largest-contentful-paint', buffered: true}))`)
}

// benchDesk is the desk of a size that bench measures.
func benchDesk(b *testing.B, size string) *service.Service {
	b.Helper()
	st, err := store.Open(b.Context(), store.Options{Dir: b.TempDir(), Migrate: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := st.Close(); err != nil {
			b.Error(err)
		}
	})
	if err := bench.Fill(b.Context(), st, size, 1); err != nil {
		b.Fatal(err)
	}
	return service.New(st, service.Options{Name: "Bench", BaseURL: "http://127.0.0.1", Domain: "desk.example"})
}

// sessionOf signs somebody in.
func sessionOf(b testing.TB, svc *service.Service, login string) string {
	b.Helper()
	const password = "correct horse battery staple"
	system := desk.System(desk.ViaCLI)
	id, err := svc.Find(b.Context(), system, login)
	if err == nil {
		err = svc.SetPassword(b.Context(), system, desk.UserID(id), "", password)
	}
	if err != nil {
		b.Fatal(err)
	}
	in, err := svc.SignIn(b.Context(), login, password, "bench", "127.0.0.1")
	if err != nil {
		b.Fatal(err)
	}
	return in.Token
}
