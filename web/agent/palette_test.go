package agent_test

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/service"
	"gatehouse/web"
	"gatehouse/web/agent"
	"gatehouse/web/webtest"
)

func palettePage(part bool) agent.PalettePage {
	return agent.PalettePage{Nav: nav(""), Find: web.Field{Name: "q", Kind: "search", Value: "arm"}, At: "/agent/tickets/10470", Part: part, Groups: []agent.PaletteGroup{
		{Title: web.T("palette.tickets"), Items: []agent.PaletteItem{{Label: web.Plain("#10470 Arm 7 stops with error E-41 after warm-up"), Hint: "Field service", URL: "/agent/tickets/10470", Icon: "ticket"}}},
		{Title: web.T("palette.actions"), Items: []agent.PaletteItem{{Label: web.T("act.reply"), URL: "/agent/tickets/10470#compose", Icon: "reply", Keys: "r", Press: "r"}, {Label: web.T("act.mine"), URL: "/agent/tickets?view=mine", Icon: "person", Keys: "g m"}}},
	}}
}

// TestPalette: it finds commands, views, queues, tickets, people and pages, and
// of each only what its reader may.
func TestPalette(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	billing := webtest.Must(d.OpenTicket(t.Context(), d.Sys, service.NewTicket{Queue: d.Queue["Billing"], Subject: "Arm invoice"}))(t)
	d.Post("ann", "/agent/views", "name", "Armada", "address", "view=open", "for", "me")
	at := func(q string) string {
		return "/agent/palette?part=1&q=" + q + "&at=" + path(id)
	}
	for _, tt := range []struct {
		login, q string
		says     []string
	}{
		{"ann", "arm", []string{"Arm 7 stops", "Armada", "!Arm invoice", "!<main"}},
		{"tom", "arm", []string{"Arm 7 stops", "Arm invoice", "!Armada"}},
		{"zoe", "arm", []string{"!Arm 7", "!Arm invoice", "Nothing is called so."}},
		{"ann", fmt.Sprint(int64(id)), []string{"Arm 7 stops"}},
		{"ann", fmt.Sprint(int64(billing)), []string{"!Arm invoice"}},
		{"ann", "reply", []string{"Reply", `data-press-key="r"`, path(id) + "#compose"}},
		{"ray", "reply", []string{`!data-press-key="r"`}},
		{"ray", "who+sees", []string{path(id) + "/who"}},
		{"zoe", "who+sees", []string{"!/who"}},
		{"ann", "bob", []string{"Bob Baker", "Watcher"}},
		{"zoe", "bob", []string{"!Bob Baker"}},
		{"ann", "billing", []string{"!queue=Billing"}},
		{"tom", "billing", []string{"queue=Billing"}},
		{"ann", "my+tick", []string{"My tickets", "view=mine"}},
		{"ann", "", []string{"New ticket", "!Arm 7"}},
	} {
		t.Run(tt.login+" "+tt.q, func(t *testing.T) { wants(t, d.Get(tt.login, at(tt.q)), 200, tt.says...) })
	}
	wants(t, d.Get("ann", "/agent/palette?q=arm"), 200, "<main", "Arm 7 stops")
	wants(t, d.Get("ann", at(strings.Repeat("a", 300))), 413)
	wants(t, d.Get("bob", at("arm")), 404)
}

// TestKeysPage: help without script, and single keys can be switched off.
func TestKeysPage(t *testing.T) {
	d := newDesk(t)
	wants(t, d.Get("ann", "/keys"), 200, `name="mine" value="g m"`, "My tickets", "!Administration</a><", "!are switched off", "<kbd>Ctrl&#43;K</kbd>", "!As they ship")
	wants(t, d.Get("bob", "/keys"), 200, "My account", "!My tickets")
	wants(t, d.Get("", "/keys"), 303)
	wants(t, d.Post("ann", "/preferences", "keys", "off", "next", "/keys"), 303)
	wants(t, d.Get("ann", "/keys"), 200, "data-nokeys", "Single keys are switched off")
	wants(t, d.Post("ann", "/preferences", "theme", "dark"), 303)
	wants(t, d.Get("ann", "/agent/tickets"), 200, "data-nokeys")
}

// TestOwnKeys: somebody changes his keys, for every browser and nobody else; two
// things on one key and what nobody can press are refused with what was typed.
func TestOwnKeys(t *testing.T) {
	d := newDesk(t)
	form := []string{}
	page := d.Get("ann", "/keys").Body.String()
	for _, f := range regexp.MustCompile(`<input name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		form = append(form, f[1], html.UnescapeString(f[2]))
	}
	change := func(pairs ...string) []string {
		all := slices.Clone(form)
		for i := 0; i+1 < len(pairs); i += 2 {
			for j := 0; j+1 < len(all); j += 2 {
				if all[j] == pairs[i] {
					all[j+1] = pairs[i+1]
				}
			}
		}
		return all
	}
	wants(t, d.Post("ann", "/keys", change("reply", "c")...), 422, "The key c is that of", `name="reply" value="c"`)
	wants(t, d.Post("ann", "/keys", change("reply", "xyz")...), 422, "Write one sign", `name="reply" value="xyz"`)
	wants(t, d.Post("ann", "/keys", change("reply", "a", "take", "", "mine", "g ö")...), 303)
	wants(t, d.Get("ann", "/agent/tickets"), 200, `data-keys="a" data-does="r"`, `data-keys="" data-does="o"`, `data-keys="g ö" data-does="g m"`, "!data-nokeys")
	wants(t, d.Get("ann", "/keys"), 200, `name="reply" value="a"`, "As they ship")
	wants(t, d.Get("tom", "/agent/tickets"), 200, `data-keys="r"`, "!data-does")
	wants(t, d.Post("ann", "/preferences", "keys", "off"), 303)
	wants(t, d.Get("ann", "/agent/tickets"), 200, "data-nokeys", `data-keys="a" data-does="r"`)
	wants(t, d.Post("ann", "/keys", "do", "reset"), 303)
	wants(t, d.Get("ann", "/agent/tickets"), 200, "!data-does", "!data-nokeys")
	wants(t, d.Post("", "/keys", form...), 401)
}

// TestPaletteInChromium opens it with Ctrl+K, finds a ticket, and presses what
// the page can do; a list is ticked and changed by keys alone.
func TestPaletteInChromium(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	b := signedIn(t, d, "ann")
	b.Go(t, "/agent/tickets?view=open", webtest.Looks()["wide-light"])
	b.Do(t, chromedp.Evaluate[chromedp.Void](`document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "k", ctrlKey: true, bubbles: true}))`), poll(`document.querySelector("dialog.palette .found")`))
	b.Do(t, chromedp.SendKeys("dialog.palette input", "arm"), poll(`document.querySelector("dialog.palette .found a.on")?.textContent.includes("Arm 7")`))
	b.Shoot(t, "palette")
	b.Check(t)
	b.Follow(t, chromedp.KeyEvent("\r"))
	if got := webtest.Value[string](t, b, "location.pathname"); got != path(id) {
		t.Errorf("Enter leads to %q", got)
	}
	b.Do(t, chromedp.Evaluate[chromedp.Void](`document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "k", ctrlKey: true, bubbles: true}))`), poll(`document.querySelector("dialog.palette .found")`))
	b.Do(t, chromedp.SendKeys("dialog.palette input", "comment"), poll(`document.querySelector("dialog.palette a.on")?.dataset.pressKey === "c"`), chromedp.KeyEvent("\r"),
		poll(`document.activeElement.id === "f-comment-text"`))
	b.Do(t, chromedp.Evaluate[chromedp.Void](`document.activeElement.blur()`), chromedp.KeyEvent("s"), poll(`document.activeElement.id === "f-status-status"`))
}
