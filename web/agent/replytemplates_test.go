package agent_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/web/webtest"
)

// TestReplyTemplatesWithoutScript makes one, tries it on a ticket, puts it behind
// what was typed, takes it away and has it back, all by plain forms.
func TestReplyTemplatesWithoutScript(t *testing.T) {
	d, id := busyDesk(t)
	form := []string{"name", "Ask for the log", "text", "Hello {{contact.first}},\n\nplease send the log of {{ticket.id}}.\n\n{{me.name}}", "for", "me", "on", "8"}
	wants(t, d.Post("ann", "/agent/templates", append(form, "do", "look")...), 200, "It puts in:", "please send the log of #8.", "Hello Bob,", `value="Ask for the log"`)
	wants(t, d.Post("ann", "/agent/templates", "name", "x", "text", "{{contact.nam}}"), 422, "did you mean contact.name?", "{{contact.nam}}</textarea>")
	wants(t, d.Post("ann", "/agent/templates", "name", "x", "text", "x", "on", "999", "do", "look"), 200, "There is no ticket 999.")
	wants(t, d.Post("ann", "/agent/templates", "name", "x", "text", "x", "for", fmt.Sprintf("queue:%d", d.Queue["Billing"])), 404, "!Billing")
	done := d.Post("ann", "/agent/templates", form...)
	wants(t, follow(t, d, "ann", done), 200, "The template Ask for the log is kept.", "/agent/templates/1", "please send the log")
	wants(t, d.Get("tom", "/agent/templates"), 200, "!Ask for the log")
	wants(t, d.Get("tom", "/agent/templates/1"), 404)

	typed := d.Post("ann", path(id)+"/templates?kind=comment", "text", "First this.", "also", "x@encoders.example", "status", "stalled")
	choose := follow(t, d, "ann", typed)
	wants(t, choose, 200, "please send the log of "+id.String(), path(id)+"?put=1&amp;step=stalled&amp;with=comment#compose")
	wants(t, d.Get("ann", path(id)+"?put=1&with=comment&step=stalled"), 200, "First this.\n\nHello Bob,", `value="x@encoders.example"`, `<option value="stalled" selected>`)
	wants(t, d.Get("ann", path(id)+"?put=99"), 200, "First this.")
	wants(t, d.Get("ann", path(id)+"/templates?q=log+hello&part=1"), 200, "data-put", "!<html")
	wants(t, d.Get("ann", path(id)+"/templates?q=nothing"), 200, "No template fits.")
	wants(t, d.Get("ray", path(id)+"/templates"), 403)
	wants(t, d.Get("zoe", path(id)+"/templates"), 404)

	wants(t, d.Post("ann", "/agent/templates/1", "name", "Ask", "text", "Log?"), 303)
	gone := d.Post("ann", "/agent/templates/1/remove")
	wants(t, follow(t, d, "ann", gone), 200, "Bring it back", "/agent/templates/1/restore", "There is no reply template yet")
	wants(t, d.Post("ann", "/agent/templates/1/restore"), 303)
	wants(t, d.Get("ann", "/agent/templates/1"), 200, "Log?</textarea>")
}

// TestReplyTemplatesAreShared: who uses one of a queue sees it, and cannot change
// it.
func TestReplyTemplatesAreShared(t *testing.T) {
	d, id := busyDesk(t)
	d.Give(d.Who["tom"], 0, desk.OnQueue(d.Queue["Support"]), "ModifyTemplate")
	wants(t, d.Get("tom", "/agent/templates"), 200, "Of the queue Support")
	wants(t, d.Post("tom", "/agent/templates", "name", "Sorry", "language", "en", "text", "Sorry", "for", fmt.Sprintf("queue:%d", d.Queue["Support"])), 303)
	wants(t, d.Get("ann", "/agent/templates/1"), 200, "You may use it, not change it.", "!<textarea")
	wants(t, d.Post("ann", "/agent/templates/1", "name", "x", "text", "x"), 403)
	wants(t, d.Post("ann", "/agent/templates/1/remove"), 403)
	wants(t, d.Get("ann", path(id)+"/templates"), 200, "Sorry", "Of the queue Support", "en")
	wants(t, d.Get("bob", "/agent/templates"), 404)
}

// TestReplyTemplatesByKeys: t and / open the finder, Enter puts a template where
// the cursor is, and what was typed stays.
func TestReplyTemplatesByKeys(t *testing.T) {
	d, id := busyDesk(t)
	for _, name := range []string{"Alpha", "Beta"} {
		webtest.Must(d.SaveReplyTemplate(t.Context(), d.By("ann"), desk.ReplyTemplate{Owner: d.By("ann").User, Name: name, Text: name + " for {{contact.first}}"}))(t)
	}
	password := d.Password("ann")
	b := webtest.Open(t, d.Handler)
	b.Go(t, "/sign-in?next="+path(id), webtest.Look{Width: 1440, Height: 900})
	b.Do(t, chromedp.SetValue("#f-login", "ann"), chromedp.SetValue("#f-password", password))
	b.Press(t, "Sign in")
	const box = `document.querySelector("#f-reply-text")`
	// A key that was pressed here is typed as well, which a keyboard does not do.
	b.Do(t, chromedp.KeyEvent("r"), chromedp.SetValue("#f-reply-text", "Top, end"), chromedp.Evaluate[chromedp.Void](box+`.setSelectionRange(5, 5); `+box+`.blur()`),
		chromedp.KeyEvent("t"), poll(`document.querySelectorAll(".found li a").length === 2`), chromedp.Evaluate[chromedp.Void](`document.querySelector("dialog input").value = ""`), chromedp.KeyEvent("bet"), poll(`document.querySelectorAll(".found li a").length === 1`))
	b.Examine(t, "real-templates")
	b.Do(t, chromedp.KeyEvent("\r"), poll(`!document.querySelector("dialog")`))
	if got := webtest.Value[string](t, b, box+".value"); oneLine(got) != "Top, Beta for Bobend" {
		t.Errorf("after t, the reply is %q", got)
	}
	b.Do(t, chromedp.Evaluate[chromedp.Void](box+`.setSelectionRange(99, 99)`), chromedp.KeyEvent("\r"), chromedp.KeyEvent("/"), poll(`document.querySelectorAll(".found li a").length === 2`),
		chromedp.KeyEvent("\r"), poll(`!document.querySelector("dialog") && document.activeElement === `+box))
	if got := webtest.Value[string](t, b, box+".value"); oneLine(got) != "Top, Beta for BobendAlpha for Bob" {
		t.Errorf("after /, the reply is %q", got)
	}
}

// oneLine is a text without its line ends, which a key that was pressed adds here.
func oneLine(text string) string { return strings.ReplaceAll(text, "\n", "") }
