package agent_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"gatehouse/web/agent"
	"gatehouse/web/webtest"
)

// TestKeys works the desk with the keyboard only.
func TestKeys(t *testing.T) {
	b := webtest.Open(t, webtest.Serve(t, reader(), samples(), agent.Templates))
	wide := webtest.Look{Width: 1440, Height: 900}

	b.Go(t, "/agent-list", wide)
	b.Do(t, chromedp.KeyEvent("j"), chromedp.KeyEvent("j"), chromedp.KeyEvent("k"))
	if got, want := webtest.Value[string](t, b, `document.activeElement.textContent`), list().Rows[0].Subject; got != want {
		t.Errorf("j, j, k lead to %q, want the first row %q", got, want)
	}
	b.Do(t, chromedp.KeyEvent("/"))
	if got := webtest.Value[string](t, b, `document.activeElement.id`); got != "search" {
		t.Errorf("/ leads to %q, want the search field", got)
	}
	b.Do(t, chromedp.KeyEvent("jk"))
	// The driver also types the / itself, which a person's browser does not.
	if got := webtest.Value[string](t, b, `document.activeElement.value`); !strings.HasSuffix(got, "jk") {
		t.Errorf("typing in a field gave %q, want the letters and no shortcut", got)
	}

	b.Go(t, "/agent-ticket", wide)
	for _, tt := range []struct{ key, form, shot string }{
		{"c", "comment-form", "agent-comment"}, {"r", "reply-form", "agent-reply"},
	} {
		b.Do(t, chromedp.Evaluate[chromedp.Void](`document.activeElement.blur()`), chromedp.KeyEvent(tt.key))
		if got := webtest.Value[bool](t, b, `document.activeElement.matches(".`+tt.form+` textarea")`); !got {
			t.Errorf("key %s does not lead to the text of %s", tt.key, tt.form)
		}
		if got := webtest.Value[int](t, b, `[...document.querySelectorAll(".writer")].filter(f => f.offsetParent).length`); got != 1 {
			t.Errorf("after key %s there are %d forms to write in, want 1", tt.key, got)
		}
		b.Shoot(t, tt.shot)
	}
	b.Do(t, chromedp.Evaluate[chromedp.Void](`document.activeElement.blur()`), chromedp.KeyEvent("?"))
	b.Shoot(t, "agent-help")
	b.Check(t)
}

// TestNextTicket opens another ticket from the list pane: the address, the
// focus and what was typed stay right.
func TestNextTicket(t *testing.T) {
	other := ticket()
	other.Subject, other.Composer.Reply.Draft = "Question", "reply-2"
	here := ticket()
	here.List[1].URL = "/agent-other"
	both := []webtest.Sample{{Name: "agent-ticket", View: here.View()}, {Name: "agent-other", View: other.View()}}
	b := webtest.Open(t, webtest.Serve(t, reader(), both, agent.Templates))
	b.Go(t, "/agent-ticket", webtest.Look{Width: 1440, Height: 900})
	b.Do(t,
		chromedp.Evaluate[chromedp.Void](`window.sameDocument = true`),
		chromedp.SetValue("#f-reply-text", "for the first"),
		chromedp.Click(`.list-pane a[href="/agent-other"]`),
		poll(`document.querySelector("main h1").textContent === "Question" && document.activeElement.id === "subject"`),
	)
	for expression, want := range map[string]string{
		`location.pathname`: "/agent-other", `String(window.sameDocument)`: "true", `document.querySelector("#f-reply-text").value`: "",
		`document.title`: "#10470 Question · Gatehouse",
	} {
		if got := webtest.Value[string](t, b, expression); got != want {
			t.Errorf("%s is %q, want %q", expression, got, want)
		}
	}
	webtest.Run(t, b, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.Evaluate[chromedp.Void](`history.back()`)))
	if got, want := webtest.Value[string](t, b, `location.pathname + document.querySelector("main h1").textContent`), "/agent-ticket"+here.Subject; got != want {
		t.Errorf("back leads to %q, want %q", got, want)
	}
}

func poll(expression string) chromedp.Action[chromedp.Void] {
	return chromedp.Poll[chromedp.Void](expression)
}
