package webtest

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Follow does something that leads to another page, and waits for it.
func (b *Browser) Follow(t testing.TB, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	Run(t, b, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.Steps(actions...)))
}

// Press presses the button or link with these words and waits for the page
// that it leads to.
func (b *Browser) Press(t testing.TB, words string) {
	t.Helper()
	const mark = `(words => {
		const seen = [...document.querySelectorAll("main button, main a, header nav a")].filter(e => e.checkVisibility());
		const found = seen.find(e => e.textContent.trim() === words) || seen.find(e => e.textContent.includes(words));
		document.querySelectorAll("[data-press]").forEach(e => e.removeAttribute("data-press"));
		found?.setAttribute("data-press", "");
		return !!found;
	})`
	if !Value[bool](t, b, mark+"("+quote(words)+")") {
		t.Fatalf("the page has nothing to press with %q:\n%s", words, b.Text(t))
	}
	b.Follow(t, chromedp.Click("[data-press]"))
}

func quote(s string) string { return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"` }

// Text is what the open page says.
func (b *Browser) Text(t testing.TB) string {
	t.Helper()
	return Value[string](t, b, `document.querySelector("main").innerText`)
}

// Says reports whatever the open page does not say.
func (b *Browser) Says(t testing.TB, words ...string) {
	t.Helper()
	text := b.Text(t)
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("the page does not say %q:\n%s", w, text)
		}
	}
}

// Examine looks at the open page in every look, and takes pictures when asked.
func (b *Browser) Examine(t testing.TB, name string) {
	t.Helper()
	b.ExamineIn(t, name, "phone-light", "phone-dark", "wide-dark", "wide-light")
}

// ExamineIn looks at the open page in some looks, and leaves it in the last. The
// page is not fetched again: no script of ours asks how wide or dark it is, as
// TestNoScriptAsksForTheLook has it.
func (b *Browser) ExamineIn(t testing.TB, name string, looks ...string) {
	t.Helper()
	for _, look := range looks {
		b.wear(t, Looks()[look])
		b.Shoot(t, name+"-"+look)
		b.Check(t)
	}
}
