package webtest

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// CheckKeyboard reports what stands in the way of somebody who has no mouse on
// the open page: the first tabulator does not lead to the link past the
// navigation, something that can be pressed cannot be reached or comes out of
// turn, does not show that it has the focus, or keeps it.
func (b *Browser) CheckKeyboard(t testing.TB) {
	t.Helper()
	b.Do(t, chromedp.KeyEvent("\t"))
	for _, fault := range Value[[]string](t, b, keyboardFaults) {
		t.Errorf("by keyboard: %s", fault)
	}
}

// keyboardFaults names faults. A control that is drawn by its label shows its
// focus there. What is in a closed list of details is left out: it is not
// shown.
const keyboardFaults = `(() => {
	const faults = [], name = e => e.outerHTML.slice(0, 140);
	const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")]
		.filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex !== -1);
	if (!all.length) return ["nothing can be reached"];
	if (!all[0].matches("a.skip")) faults.push("the first stop is " + name(all[0]));
	else if (!document.querySelector(all[0].getAttribute("href"))) faults.push("the link past the navigation leads nowhere");
	const drawn = (e, pseudo) => {
		const s = getComputedStyle(e, pseudo);
		return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== "none";
	};
	for (const e of all) {
		if (e.tabIndex > 0) faults.push("out of turn: " + name(e));
		e.focus({focusVisible: true, preventScroll: true});
		if (document.activeElement !== e) { faults.push("cannot be reached: " + name(e)); continue; }
		const where = [e, e.parentElement, e.nextElementSibling, ...(e.labels || [])].filter(Boolean);
		if (!where.some(w => drawn(w) || drawn(w, "::before") || drawn(w, "::after"))) faults.push("does not show its focus: " + name(e));
		const tab = new KeyboardEvent("keydown", {key: "Tab", code: "Tab", bubbles: true, cancelable: true});
		if (!e.dispatchEvent(tab)) faults.push("keeps the focus: " + name(e));
	}
	document.activeElement?.blur();
	return faults.slice(0, 8);
})()`
