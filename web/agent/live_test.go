package agent_test

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// TestLiveStream: a stream says that something changed and nothing about it, and
// ends with the session.
func TestLiveStream(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	session := d.Session("ann")
	server := httptest.NewServer(d.Handler)
	t.Cleanup(server.Close)
	open := func(path string) (*http.Response, *bufio.Scanner) {
		t.Helper()
		r := webtest.Must(http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, nil))(t)
		r.AddCookie(&http.Cookie{Name: "gatehouse", Value: session})
		w := webtest.Must(http.DefaultClient.Do(r))(t)
		t.Cleanup(func() { w.Body.Close() })
		return w, bufio.NewScanner(w.Body)
	}
	next := func(lines *bufio.Scanner) string {
		said := ""
		for lines.Scan() && lines.Text() != "" {
			said += lines.Text() + "|"
		}
		return said
	}
	w, lines := open("/agent/live?ticket=" + strings.TrimPrefix(id.String(), "#"))
	if got := w.Header.Get("Content-Type"); got != "text/event-stream" || next(lines) != ": here|" {
		t.Fatalf("the stream is %q", got)
	}
	say(d, "tom", desk.Reply, id, "Pineapple.")
	if got := next(lines); got != "event: change|data:|" {
		t.Errorf("a reply is told as %q", got)
	}
	wants(t, d.Post("tom", path(id)+"/here", "writes", "1"), 200)
	if got := next(lines); got != "event: people|data:|" {
		t.Errorf("somebody who comes is told as %q", got)
	}
	d.OK(d.SetOwner(t.Context(), d.By("tom"), ask(t, d, "bob", "Belt"), service.Give, desk.UserID(d.Who["ann"])))
	if got := next(lines); got != "event: notices|data:|" {
		t.Errorf("what concerns her elsewhere is told as %q", got)
	}
	d.OK(d.SetOwner(t.Context(), d.By("ann"), ask(t, d, "bob", "Case"), service.Give, desk.UserID(d.Who["tom"]))) // is not her affair
	d.OK(d.EndSession(t.Context(), d.By("ann"), sessionOf(t, d)))
	say(d, "tom", desk.Reply, id, "More.")
	if got := next(lines); got != "" || lines.Scan() {
		t.Errorf("after the session ended the stream says %q", got)
	}
	wants(t, d.Get("zoe", "/agent/live?ticket="+strings.TrimPrefix(id.String(), "#")), 404)
	wants(t, d.Get("bob", "/agent/live"), 404)
}

func sessionOf(t *testing.T, d *webtest.Desk) string {
	t.Helper()
	return webtest.Must(d.Account(t.Context(), d.By("ann")))(t).Sessions[0].Digest
}

// TestHere: who has the ticket open is named to those who may see it.
func TestHere(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	wants(t, d.Post("tom", path(id)+"/here", "writes", "1"), 200, "!Tom", "!<main")
	wants(t, d.Post("ann", path(id)+"/here"), 200, "Tom Tailor is replying")
	wants(t, d.Get("ray", path(id)), 200, "Tom Tailor is replying", "Ann Archer is looking at it")
	wants(t, d.Post("tom", path(id)+"/here", "gone", "1"), 204)
	wants(t, d.Get("ray", path(id)), 200, "!Tom Tailor is", "Ann Archer is looking at it")
	wants(t, d.Post("zoe", path(id)+"/here"), 404)
	wants(t, d.Post("bob", path(id)+"/here"), 404)
}

// TestLiveInChromium: what a colleague writes appears while one types, and what
// one has typed stays; so does the list.
func TestLiveInChromium(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	b := signedIn(t, d, "ann")
	b.Go(t, path(id), webtest.Looks()["wide-light"])
	b.Do(t, poll(`document.documentElement.dataset.live`), chromedp.SetValue("#f-reply-text", "I am typing"))
	say(d, "bob", desk.Reply, id, "It stopped again.")
	b.Do(t, poll(`document.querySelector("#talk").textContent.includes("It stopped again.")`))
	if got := webtest.Value[string](t, b, `document.querySelector("#f-reply-text").value`); got != "I am typing" {
		t.Errorf("what was typed is %q", got)
	}
	d.Post("tom", path(id)+"/here", "writes", "1")
	b.Do(t, poll(`document.querySelector("#present").textContent.includes("Tom Tailor is replying")`))
	b.Examine(t, "live-ticket")
	b.Do(t, chromedp.Evaluate[chromedp.Void](`(() => { const t = document.querySelector("#f-reply-text"); t.value = ""; t.dispatchEvent(new Event("input", {bubbles: true})); })()`))
	b.Go(t, "/agent/tickets?view=open", webtest.Looks()["wide-light"])
	b.Do(t, poll(`document.documentElement.dataset.live === "list"`), chromedp.Evaluate[chromedp.Void](`document.querySelector("tbody input").click()`))
	ask(t, d, "mei", "Arm 8 stops")
	b.Do(t, poll(`document.querySelector("tr.fresh")?.textContent.includes("Arm 8 stops")`))
	if !webtest.Value[bool](t, b, `document.querySelectorAll("tbody input")[1].checked && !document.querySelectorAll("tbody input")[0].checked`) {
		t.Error("what was ticked is not ticked any more")
	}
	d.OK(d.SetOwner(t.Context(), d.By("tom"), id, service.Give, desk.UserID(d.Who["ann"])))
	b.Do(t, poll(`document.querySelector(".side .bell .count")?.textContent === "unread: 1"`))
	b.Examine(t, "live-list")
	b.Go(t, "/agent/notices", webtest.Looks()["phone-dark"])
	b.Examine(t, "notices")
}
