package admin_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/web/webtest"
)

// TestStory goes through the administration: a contact for a customer, his
// part, a queue, a right granted and revoked, a letter.
func TestStory(t *testing.T) {
	d := newDesk(t)
	letters(t, d)
	d.OK(d.LetterFailed(t.Context(), d.Sys, 1, true, "550 5.1.1 no such mailbox"))
	password := d.Password("root")
	b := webtest.Open(t, d.Handler)
	b.Go(t, "/admin/", webtest.Looks()["wide-light"])
	b.Do(t, chromedp.SetValue("#f-login", "root"), chromedp.SetValue("#f-password", password))
	b.Press(t, "Sign in")
	b.Says(t, "Letters that failed", "The desk itself", "granted AdminMail to Mia Moor on system")
	b.Examine(t, "story-admin-overview")
	addContact(t, b)
	makeQueue(t, b)
	giveRight(t, b)
	b.Go(t, "/admin/outbox", webtest.Looks()["wide-light"])
	b.Press(t, "The printer burns")
	b.Says(t, "550 5.1.1 no such mailbox", "bob@acme.example", "The printer <b>burns</b>.")
	b.Examine(t, "story-admin-letter")
	b.Press(t, "Try again now")
	b.Says(t, "Waiting")
	b.Go(t, "/admin/spool", webtest.Looks()["wide-light"])
	b.Examine(t, "story-admin-spool")
	b.Go(t, at(d, "group", "Staff"), webtest.Looks()["wide-light"])
	b.Says(t, "Ann Archer", "through Field engineers")
	b.Examine(t, "story-admin-group")
	b.Go(t, "/admin/users", webtest.Looks()["wide-light"])
	b.Examine(t, "story-admin-users")
	b.Press(t, "Mei Chen")
	b.Examine(t, "story-admin-user")
}

// addContact adds somebody to a customer and changes her part.
func addContact(t *testing.T, b *webtest.Browser) {
	t.Helper()
	b.Go(t, "/admin/customers", webtest.Looks()["wide-light"])
	b.Examine(t, "story-admin-customers")
	b.Press(t, "Acme Robotics")
	b.Do(t, chromedp.SetValue("#f-add-who", "ravi"))
	b.Press(t, "Add")
	b.Says(t, "There is no ravi")
	b.Examine(t, "story-admin-customer-refused")
	b.Do(t, chromedp.SetValue("#f-add-who", "mei@acme.example"), chromedp.SetValue("#f-add-part", "reader"))
	b.Press(t, "Add")
	b.Says(t, "mei@acme.example was added", "Mei Chen")
	b.Do(t, chromedp.Evaluate[chromedp.Void](`(() => {
		const row = [...document.querySelectorAll("tr")].find(r => r.innerText.includes("Mei Chen"));
		row.querySelector("select").value = "manager";
		row.querySelector("button.small").id = "save-part";
	})()`))
	b.Follow(t, chromedp.Click("#save-part"))
	b.Says(t, "Mei Chen is Manager now")
	b.Examine(t, "story-admin-customer")
}

// makeQueue makes a queue.
func makeQueue(t *testing.T, b *webtest.Browser) {
	t.Helper()
	b.Go(t, "/admin/queues", webtest.Looks()["wide-light"])
	b.Do(t, chromedp.SetValue("#f-set-name", "Returns"), chromedp.SetValue("#f-set-address", "returns@desk.example"))
	b.Examine(t, "story-admin-queues")
	b.Press(t, "Save")
	b.Says(t, "Returns was made")
	b.Do(t, chromedp.SetValue("#f-add-who", "Field engineers"))
	b.Press(t, "Add")
	b.Says(t, "Field engineers was added", "AdminCc")
	b.Examine(t, "story-admin-queue")
}

// giveRight looks at what a grant gives, makes and revokes it.
func giveRight(t *testing.T, b *webtest.Browser) {
	t.Helper()
	b.Go(t, "/admin/grants", webtest.Looks()["wide-light"])
	b.Examine(t, "story-admin-grants")
	b.Press(t, "Grant a right")
	b.Do(t, chromedp.SetValue("#f-who", "Staff"), chromedp.SetValue("#f-what", "rw"), chromedp.SetValue("#f-where", "queue:Returns"))
	b.Press(t, "Show the effect")
	b.Says(t, "Staff gets rw on queue Returns, in any case. People reached: 1.", "Ann Archer")
	b.Examine(t, "story-admin-grant")
	b.Press(t, "Grant")
	b.Says(t, "The right was granted")
	b.Go(t, "/admin/grants?where=queue:Returns", webtest.Looks()["wide-light"])
	b.Press(t, "Revoke")
	b.Says(t, "Staff loses rw")
	b.Examine(t, "story-admin-revoke")
	b.Press(t, "Revoke")
	b.Says(t, "The grant was revoked")
}
