package agent_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// TestPlanOfATicket: due and starting dates, what was worked, and when the
// customer was last written to.
func TestPlanOfATicket(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	wants(t, d.Get("ann", path(id)), 200, "not written to yet", "Plan, log time")
	wants(t, d.Get("ray", path(id)), 200, "not written to yet", "!Plan, log time")
	for _, tt := range []struct {
		why  string
		form []string
		code int
		says []string
	}{
		{"a due date in the past", []string{"due", "2026-11-20T14:00", "starts", ""}, 303, []string{"overdue", "20 Nov"}},
		{"time is added up", []string{"worked", "1:30"}, 303, []string{"1:30"}},
		{"and again", []string{"worked", "45", "left", "2:00", "estimated", "300"}, 303, []string{"2:15", "2:00 left", "of 5:00"}},
		{"no date any more", []string{"due", ""}, 303, []string{"!due late"}},
		{"no moment", []string{"due", "soon"}, 422, []string{"Write the moment as"}},
		{"no length", []string{"worked", "1:75"}, 422, []string{"Write a length of time"}},
		{"less than nothing", []string{"worked", "-5"}, 422, []string{"Write a length of time"}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			w := d.Post("ann", path(id)+"/plan", tt.form...)
			if w.Code == 303 {
				wants(t, d.Get("ann", path(id)), 200, tt.says...)
			} else {
				wants(t, w, tt.code, tt.says...)
			}
		})
	}
	wants(t, d.Post("ann", path(id)+"/plan", "worked", "1:3x", "left", "7:45"), 422, `class="change" open><summary>Plan, log time`, `value="1:3x"`, `value="7:45"`, "f-plan-worked-error", "!worked: Write")
	wants(t, d.Post("ray", path(id)+"/plan", "worked", "5"), 403)
	wants(t, d.Post("zoe", path(id)+"/plan", "worked", "5"), 404)
	say(d, "ann", desk.Reply, id, "Hello")
	wants(t, d.Get("ann", path(id)), 200, "!not written to yet")
}

// TestPreviews: pictures, PDF and text are shown, and what could run a script
// is saved, whatever it is called.
func TestPreviews(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	png := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
	for name, tt := range map[string]struct{ content, kind, how string }{
		"display.png": {png, "image/png", "inline"},
		"manual.pdf":  {"%PDF-1.4 x", "application/pdf", "inline"},
		"log.txt":     {"12:00 stopped < 12:05", "text/plain; charset=utf-8", "inline"},
		"evil.svg":    {`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`, "application/octet-stream", "attachment"},
		"evil.png":    {`<html><script>alert(1)</script></html>`, "application/octet-stream", "attachment"},
		"evil.txt":    {`<!DOCTYPE html><script>alert(1)</script>`, "application/octet-stream", "attachment"},
		"evil.pdf":    {`<?xml version="1.0"?><svg/>`, "application/octet-stream", "attachment"},
	} {
		t.Run(name, func(t *testing.T) {
			webtest.Must(d.Write(t.Context(), d.By("ann"), service.NewMessage{Ticket: id, Kind: desk.Comment, Text: "See.", Files: []desk.Attachment{{Name: name, Data: []byte(tt.content)}}}))(t)
			v := webtest.Must(d.Ticket(t.Context(), d.Sys, id))(t)
			at := fmt.Sprintf("/agent/attachment/%d?look=1", v.Messages[len(v.Messages)-1].Attachments[0].ID)
			w := d.Get("ann", at)
			wantHeaders(t, w, map[string]string{"Content-Type": tt.kind, "X-Content-Type-Options": "nosniff", "Content-Disposition": tt.how + "; filename=" + name})
			if w.Header().Get("Content-Security-Policy") == "" {
				t.Error("it is shown without a policy")
			}
			wants(t, d.Get("ray", at), 404)
		})
	}
	wants(t, d.Get("ann", path(id)), 200, `class="thumb"`, "Look at it", "!evil.svg?look")
}

// TestPasteInChromium pastes a picture into a reply, and it is sent along.
func TestPasteInChromium(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	b := signedIn(t, d, "ann")
	b.Go(t, path(id), webtest.Looks()["wide-light"])
	b.Do(t, chromedp.Evaluate[chromedp.Void](`(() => {
		const data = new DataTransfer();
		data.items.add(new File(["picture"], "image.png", {type: "image/png"}));
		document.querySelector("#f-reply-text").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
		document.querySelector("#f-reply-text").value = "As you see.";
	})()`), poll(`document.querySelector("#f-reply-files").files.length === 1`))
	b.Press(t, "Send to")
	b.Says(t, "As you see.", "image-"+time.Now().UTC().Format("2006"))
	b.Examine(t, "plan-ticket")
}
