package portal_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// TestStory goes through the portal as a contact does: sign in, the company's
// tickets, one of them, a reply, a new ticket.
func TestStory(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "mei", "Arm 7 stops with error E-41 after warm-up", "acme")
	ask(t, d, "bob", "New colleague needs access to the manuals", "acme-log")
	webtest.Must(d.Write(t.Context(), d.By("ann"), service.NewMessage{Ticket: id, Kind: desk.Reply,
		Text:  "Hello Mei,\n\nE-41 is the encoder of the second joint. Is the cable warm?\n\nAnn\n\nOn Monday Mei wrote:\n> since this morning",
		Files: []desk.Attachment{{Name: "encoder-manual.txt", Data: make([]byte, 48_000)}}}))(t)
	password := d.Password("bob")
	b := webtest.Open(t, d.Handler)
	b.Go(t, "/portal/", webtest.Looks()["wide-light"])
	b.Do(t, chromedp.SetValue("#f-login", "bob"), chromedp.SetValue("#f-password", password))
	b.Press(t, "Sign in")
	b.Says(t, "My tickets", "New colleague needs access")
	b.Examine(t, "story-portal-mine")
	b.Press(t, "My company's tickets")
	b.Says(t, "Arm 7 stops", "Acme Robotics", "Acme Logistics")
	b.Examine(t, "story-portal-company")
	b.Press(t, "Arm 7 stops")
	b.Says(t, "You, Mei Chen", "it is a ticket of Acme Robotics", "encoder-manual.txt", "48 KB")
	b.Examine(t, "story-portal-ticket")
	b.Press(t, "Send reply")
	b.Says(t, "Write something first")
	b.Examine(t, "story-portal-refused")
	b.Do(t, chromedp.SetValue("#f-text", "The cable is hot.\nBob"))
	b.Press(t, "Send reply")
	b.Says(t, "Your reply was sent", "The cable is hot")
	b.Press(t, "Stop mail")
	b.Says(t, "You get no more mail", "You have stopped the mail")
	b.Press(t, "My tickets")
	b.Press(t, "New ticket")
	b.Examine(t, "story-portal-new")
	b.Do(t, chromedp.SetValue("#f-customer", "acme-log"), chromedp.SetValue("#f-sharing", "private"),
		chromedp.SetValue("#f-subject", "Where is the calibration sheet?"), chromedp.SetValue("#f-text", "I looked everywhere."))
	b.Press(t, "Send")
	b.Says(t, "Your ticket #3 was opened", "Where is the calibration sheet?", "Acme Logistics", "You and the people at the desk")
	b.Examine(t, "story-portal-opened")
	d.OK(d.SetStatus(t.Context(), d.Sys, id, desk.StatusResolved, 0))
	b.Go(t, url1(id), webtest.Looks()["wide-light"])
	b.Says(t, "Are you content with how it was solved?")
	b.Examine(t, "story-portal-rate")
	b.Do(t, chromedp.Evaluate[chromedp.Void](`document.querySelector("#f-mark-partly").click(); document.querySelector("#f-note").value = "It took long."`))
	b.Press(t, "Send")
	b.Says(t, "You said that you are partly content")
	b.Examine(t, "story-portal-rated")
	if list := webtest.Must(d.Ratings(t.Context(), d.By("ann"), id))(t).Lines; len(list) != 1 || list[0].Mark != desk.MarkPartly || list[0].Note != "It took long." {
		t.Errorf("ann reads %+v", list)
	}
}
