package admin_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"gatehouse/web/webtest"
)

// TestNamesAreOffered: while one types a condition or the text of a letter, the
// names that fit are offered, by keys and by the mouse; Escape leaves what was
// typed, and outside of names nothing is offered.
func TestNamesAreOffered(t *testing.T) {
	d := newDesk(t)
	password := d.Password("root")
	b := webtest.Open(t, d.Handler)
	b.Go(t, "/admin/rules/new", webtest.Looks()["wide-light"])
	b.Do(t, chromedp.SetValue("#f-login", "root"), chromedp.SetValue("#f-password", password))
	b.Press(t, "Sign in")
	offered := func() string {
		return webtest.Value[string](t, b, `[...document.querySelectorAll(".words li")].map(li => (li.ariaSelected === "true" ? "*" : "") + li.dataset.name).join(" ")`)
	}
	for _, step := range []struct {
		why, box, keys string
		value          string // of the box afterwards
		offers         string // the first that is offered; "" nothing
	}{
		{"the beginning of a name", "if", "ticket.pri", "ticket.pri", "*ticket.priority"},
		{"Enter takes it", "if", kb.Enter, "ticket.priority", ""},
		{"a number", "if", " > 5 && ", "ticket.priority > 5 && ", ""},
		{"a name again", "if", "ticket.", "ticket.priority > 5 && ticket.", "*ticket."},
		{"Escape leaves it", "if", kb.Escape, "ticket.priority > 5 && ticket.", ""},
		{"what is no name", "if", "xyz", "ticket.priority > 5 && ticket.xyz", ""},
		{"a field of a letter", "letter", "Hello {{message.te", "Hello {{message.te", "*message.text"},
		{"Tab takes it", "letter", kb.Tab, "Hello {{message.text}}", ""},
		{"a word that is no field", "letter", " ticket", "Hello {{message.text}} ticket", ""},
	} {
		b.Do(t, chromedp.SendKeys("#f-"+step.box, step.keys))
		got := webtest.Value[string](t, b, `document.querySelector("#f-`+step.box+`").value`)
		if got = strings.ReplaceAll(got, "\n", ""); got != step.value { // the driver also types the end of the line, which a person's browser does not
			t.Errorf("%s: the box says %q, want %q", step.why, got, step.value)
		}
		if got := offered(); !strings.HasPrefix(got, step.offers) || (got == "") != (step.offers == "") {
			t.Errorf("%s: offered is %q, want %q first", step.why, got, step.offers)
		}
	}
	b.Do(t, chromedp.Evaluate[chromedp.Void](`document.querySelector("#f-if").value = ""`), chromedp.SendKeys("#f-if", "subj"))
	b.Check(t)
	b.Do(t, chromedp.Click(`.words [data-name="ticket.subject"]`))
	if got := webtest.Value[string](t, b, `document.querySelector("#f-if").value + document.activeElement.id`); got != "ticket.subjectf-if" {
		t.Errorf("a click gives %q", got)
	}
	b.Do(t, chromedp.SendKeys("#f-if", " "+kb.ArrowDown), chromedp.KeyEvent(" ", chromedp.KeyModifiers(2)))
	if offered() == "" {
		t.Error("Ctrl and space offer nothing")
	}
}
