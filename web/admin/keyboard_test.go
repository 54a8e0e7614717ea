package admin_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// tabTo presses the tabulator until the element that has the focus is so, which
// is said in JavaScript of e.
func tabTo(t *testing.T, b *webtest.Browser, so string) {
	t.Helper()
	for range 120 {
		b.Do(t, chromedp.KeyEvent("\t"))
		if webtest.Value[bool](t, b, `(e => `+so+`)(document.activeElement)`) {
			return
		}
	}
	t.Fatalf("no pressing of the tabulator leads to where %s", so)
}

// TestRelationByKeyboard gives a customer rw without a mouse, looks at the
// effect, saves, and takes it back.
func TestRelationByKeyboard(t *testing.T) {
	d := newDesk(t)
	d.OK(d.UpdateQueue(t.Context(), d.Sys, desk.Queue{ID: d.Queue["Support"], Name: "Support", AccessGroup: desk.GroupID(d.Who["Staff"])}))
	page, password := sheet(d, service.CustomerGroups, "left", "acme"), d.Password("root")
	b := webtest.Open(t, d.Handler)
	b.Go(t, page, webtest.Looks()["wide-light"])
	tabTo(t, b, `e.name === "login"`)
	b.Do(t, chromedp.KeyEvent("root"))
	tabTo(t, b, `e.name === "password"`)
	b.Do(t, chromedp.KeyEvent(password))
	b.Follow(t, chromedp.KeyEvent("\r"))
	tabTo(t, b, `e.type === "checkbox" && e.value === "rw" && e.closest("tr").innerText.includes("Staff")`)
	b.Do(t, chromedp.KeyEvent(" "))
	if got := d.Get("root", page+"?only=yes").Body.String(); strings.Contains(got, " checked") {
		t.Error("ticking a box saves it")
	}
	b.Follow(t, chromedp.KeyEvent("\r"))
	b.Says(t, "What will change", "Staff", "They gain")
	tabTo(t, b, `e.value === "save"`)
	b.Follow(t, chromedp.KeyEvent("\r"))
	b.Says(t, "Saved: 1.")
	tabTo(t, b, `e.value === "undo"`)
	b.Follow(t, chromedp.KeyEvent("\r"))
	if got := d.Get("root", page+"?only=yes").Body.String(); strings.Contains(got, " checked") {
		t.Error("it was not taken back")
	}
}
