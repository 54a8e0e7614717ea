package agent_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/web/webtest"
)

// TestMention: the page answers whom a message can name, and nobody but those who
// may write it.
func TestMention(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	wants(t, d.Get("ann", path(id)), 200, `data-suggest="`+path(id)+`/mention?kind=reply"`, `data-suggest="`+path(id)+`/mention?kind=comment"`)
	got := d.Get("ann", path(id)+"/mention?kind=reply&q=to")
	wants(t, got, 200, `{"ref":"tom","name":"Tom Tailor","kind":"user"}`, "!bob")
	wants(t, d.Get("ann", path(id)+"/mention?kind=comment&q=ra"), 200, "[]")
	wants(t, d.Get("ann", path(id)+"/mention?kind=reply&q=ra"), 200, `"ref":"ray"`)
	wants(t, d.Get("zoe", path(id)+"/mention?q=to"), 404, "!Tom")
	wants(t, d.Get("bob", path(id)+"/mention?q=to"), 404, "!Tom")
	wants(t, d.Get("ann", "/agent/tickets/99/mention?q=to"), 404)
}

// TestMentionInChromium: an @ and a letter offer names, which keys choose; the
// named one is told, and what is offered is none of what others say with keys.
func TestMentionInChromium(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	b := signedIn(t, d, "ann")
	b.Go(t, path(id), webtest.Looks()["wide-light"])
	const box = "#f-comment-text"
	b.Do(t, chromedp.Evaluate[chromedp.Void](`document.querySelector('label[for="compose-comment"]').click()`))
	b.Do(t, chromedp.SendKeys(box, "He calls daily (@t"), poll(`document.querySelectorAll(".words [role=option]").length > 0`))
	b.Examine(t, "mention")
	b.Says(t, "Tom Tailor")
	b.Do(t, chromedp.KeyEvent("\t"), poll(`document.querySelector("#f-comment-text").value === "He calls daily (@tom "`), poll(`!document.querySelector(".words")`))
	b.Do(t, chromedp.SendKeys(box, "or mail@t"), poll(`document.querySelector("#f-comment-text").value.endsWith("mail@t")`), poll(`!document.querySelector(".words")`))
	b.Do(t, chromedp.SendKeys(box, " @to"), poll(`!!document.querySelector(".words")`), chromedp.KeyEvent("\x1b"), poll(`!document.querySelector(".words")`))
	b.Follow(t, chromedp.Evaluate[chromedp.Void](`document.querySelector("#f-comment-text").form.requestSubmit()`))
	list := webtest.Must(d.Notices(t.Context(), d.By("tom"), true))(t)
	if len(list) != 1 || list[0].Notice.Kind != desk.NoticeMention || !strings.Contains(list[0].Subject, "Arm 7") {
		t.Errorf("tom is told %+v", list)
	}
}
