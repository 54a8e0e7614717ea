package agent_test

import (
	"strings"
	"testing"

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
