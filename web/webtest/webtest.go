// Package webtest looks at pages with a real browser: Debian's Chromium,
// driven by chromedp, and axe-core for what people with other eyes and hands
// need.
//
// It is for tests only. A machine without Chromium fails the test when
// GATEHOUSE_REQUIRE names "chromium" (or is "all"), and passes by otherwise.
package webtest

import (
	"context"
	_ "embed" // for axe
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

//go:embed testdata/axe-4.14.1.min.js
var axe string

const chromium = "/usr/bin/chromium"

// A Browser shows the pages of one server.
type Browser struct {
	ctx context.Context
	url string
}

// A Look is how a page is looked at.
type Look struct {
	Width, Height int64
	Dark          bool
}

// Looks are those that every page must stand: a phone and a desk, light and
// dark.
func Looks() map[string]Look {
	return map[string]Look{
		"phone-light": {320, 720, false}, "phone-dark": {320, 720, true},
		"wide-light": {1280, 900, false}, "wide-dark": {1280, 900, true},
	}
}

// Open starts a browser for the pages of h, both of which end with the test.
func Open(t testing.TB, h http.Handler) *Browser {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return open(t, server.URL)
}

// OpenOn is Open for pages that are served on a listener and asked for under a
// host's name.
func OpenOn(t testing.TB, l net.Listener, host string, h http.Handler) *Browser {
	t.Helper()
	server := httptest.NewUnstartedServer(h)
	server.Listener.Close()
	server.Listener = l
	server.Start()
	t.Cleanup(server.Close)
	return open(t, "http://"+host)
}

func open(t testing.TB, address string) *Browser {
	t.Helper()
	if _, err := os.Stat(chromium); err != nil {
		if required() {
			t.Fatalf("chromium is asked for by GATEHOUSE_REQUIRE: %v", err)
		}
		t.Skip("chromium is not installed")
	}
	flags := []chromedp.ExecAllocatorOption{chromedp.ExecPath(chromium), chromedp.UserDataDir(t.TempDir()), chromedp.NoFirstRun, chromedp.Headless}
	for _, name := range []string{"no-sandbox", "disable-gpu", "disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "hide-scrollbars"} {
		flags = append(flags, chromedp.Flag(name, true))
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	ctx, closeTab := chromedp.NewContext(alloc)
	t.Cleanup(func() { closeTab(); stop() })
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("starting chromium: %v", err)
	}
	return &Browser{ctx: ctx, url: address}
}

func required() bool {
	want := os.Getenv("GATEHOUSE_REQUIRE")
	return want == "all" || strings.Contains(want, "chromium")
}

// Go opens a page of the server in the given look.
func (b *Browser) Go(t testing.TB, path string, look Look) {
	t.Helper()
	b.wear(t, look)
	b.Do(t, chromedp.Navigate(b.url+path))
}

// Forget empties the browser's cache, as if it came for the first time.
func (b *Browser) Forget(t testing.TB) {
	t.Helper()
	b.Do(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, network.ClearBrowserCache, cdp.Empty{})
		return err
	}))
}

// wear shows pages in the given look from now on.
func (b *Browser) wear(t testing.TB, look Look) {
	t.Helper()
	scheme := "light"
	if look.Dark {
		scheme = "dark"
	}
	b.Do(t,
		chromedp.EmulateViewport(look.Width, look.Height),
		chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
			}})
			return err
		}),
	)
}

// Do runs actions of chromedp on the open page.
func (b *Browser) Do(t testing.TB, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	Run(t, b, chromedp.Steps(actions...))
}

// patience is how long one step in the browser may take.
const patience = 30 * time.Second

// Run runs one action on the open page and returns what it found.
func Run[T any](t testing.TB, b *Browser, action chromedp.Action[T]) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	out, err := chromedp.Run(ctx, action)
	if err != nil {
		t.Fatalf("in the browser: %v", err)
	}
	return out
}

// Value returns what a script expression is on the open page.
func Value[T any](t testing.TB, b *Browser, expression string) T {
	t.Helper()
	return Run(t, b, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// A violation is what axe says about one rule.
type violation struct {
	ID, Help string
	Nodes    []struct {
		HTML           string
		FailureSummary string
	}
}

// Check reports every fault of the open page: what axe finds, and whatever
// makes it wider than the window. axe stays in a page that is looked at again.
func (b *Browser) Check(t testing.TB) {
	t.Helper()
	if !Value[bool](t, b, `typeof axe !== "undefined"`) {
		b.Do(t, chromedp.Evaluate[chromedp.Void](axe+";undefined"))
	}
	for _, v := range Value[[]violation](t, b, `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations)`) {
		for _, n := range v.Nodes {
			t.Errorf("axe: %s (%s)\n%s\n%s", v.ID, v.Help, n.HTML, n.FailureSummary)
		}
	}
	for _, who := range Value[[]string](t, b, tooWide) {
		t.Errorf("wider than the window: %s", who)
	}
}

// tooWide names the elements that stick out of a page that scrolls sideways.
const tooWide = `(() => {
	const wide = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth <= wide) return [];
	return ["page " + document.documentElement.scrollWidth + " px"].concat([...document.querySelectorAll("body *")]
		.filter(e => e.getBoundingClientRect().right > wide + 1 && !e.closest(".table-box")).slice(0, 5).map(e => e.outerHTML.slice(0, 160)));
})()`

// Shoot writes a picture of the open page to the directory that the
// environment names in GATEHOUSE_SHOTS, if it does.
func (b *Browser) Shoot(t testing.TB, name string) {
	t.Helper()
	dir := os.Getenv("GATEHOUSE_SHOTS")
	if dir == "" {
		return
	}
	png := Run(t, b, chromedp.CaptureScreenshot())
	if err := os.WriteFile(fmt.Sprintf("%s/%s.png", dir, name), png, 0o644); err != nil {
		t.Fatal(err)
	}
}
