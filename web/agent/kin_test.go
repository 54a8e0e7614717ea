package agent_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// TestKinStory links a ticket that is found by words, merges another one into
// it after looking at what that does, takes it out again, sends a message on,
// and makes a ticket of it.
func TestKinStory(t *testing.T) {
	d, id := busyDesk(t)
	other := ask(t, d, "vera", "Encoder of arm 7 smells")
	b := webtest.Open(t, d.Handler)
	password := d.Password("ann")
	b.Go(t, "/sign-in?next="+fmt.Sprintf("/agent/tickets/%d", id), webtest.Looks()["wide-light"])
	b.Do(t, chromedp.SetValue("#f-login", "ann"), chromedp.SetValue("#f-password", password))
	b.Press(t, "Sign in")
	b.Press(t, "Link, merge")
	b.Says(t, "linked with no other one")
	b.Do(t, chromedp.SetValue("#f-find", "smells"))
	b.Press(t, "Find a ticket")
	b.Says(t, "Encoder of arm 7 smells")
	b.Examine(t, "kin")
	b.Press(t, "Merge into it")
	b.Says(t, fmt.Sprintf("Merge #%d into #%d?", id, other), "Bob")
	b.Examine(t, "kin-merge")
	b.Press(t, "Merge")
	b.Says(t, fmt.Sprintf("#%d is merged into #%d", id, other), "Merged into this one")
	b.Press(t, "Take out again")
	b.Says(t, "taken out", "linked with no other one")

	b.Go(t, fmt.Sprintf("/agent/tickets/%d", id), webtest.Looks()["wide-light"])
	b.Says(t, "took this ticket out of", "Hello Bob")
	b.Press(t, "Forward")
	b.Examine(t, "forward")
	b.Do(t, chromedp.SetValue("#f-to", "maker@encoders.example"), chromedp.SetValue("#f-text", "Is this covered?"))
	b.Press(t, "Forward")
	b.Says(t, "on its way", "Is this covered?")
	b.Press(t, "Own ticket")
	b.Says(t, "Made of a message of")
	b.Examine(t, "split")
	b.Press(t, "Open ticket")
	b.Says(t, "One link")
	letters := 0
	for _, l := range webtest.Must(d.GoesTo(t.Context(), d.By("ann"), id, desk.Comment, service.Delivery{OneTimeCc: []string{"maker@encoders.example"}}))(t) {
		if l.Address == "maker@encoders.example" {
			letters++
		}
	}
	if letters != 1 {
		t.Errorf("the maker would get %d letters", letters)
	}
}

// TestKinRefuses: what cannot be says why and keeps what was typed; a ticket
// that one may not see is none.
func TestKinRefuses(t *testing.T) {
	d, id := busyDesk(t)
	path := fmt.Sprintf("/agent/tickets/%d", id)
	for _, tt := range []struct {
		why, path string
		form      []string
		status    int
		says      string
	}{
		{"no number", "/links", []string{"type", "refers_to", "target", "abc"}, 422, "Write the number of a ticket"},
		{"a ticket that there is not", "/links", []string{"type", "refers_to", "target", "9999"}, 422, "There is no ticket 9999"},
		{"no type", "/links", []string{"type", "x", "target", "1"}, 422, "depends on, refers to"},
		{"itself", "/links", []string{"type", "refers_to", "target", fmt.Sprint(id)}, 422, "not linked to itself"},
		{"a link that there is not", "/links/remove", []string{"link", "x"}, 404, "no such link"},
		{"merged into itself", "/merge", []string{"into", fmt.Sprint(id)}, 409, "one ticket already"},
		{"not merged", "/unmerge", []string{"from", "1"}, 409, "not merged"},
	} {
		w := d.Post("ann", path+tt.path, tt.form...)
		if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.says) {
			t.Errorf("%s: got %d, want %d and %q", tt.why, w.Code, tt.status, tt.says)
		}
	}
	message := webtest.Must(d.Ticket(t.Context(), d.Sys, id))(t).Messages[0].ID
	w := d.Post("ann", fmt.Sprintf("/agent/forward/%d", message), "to", "nobody", "text", "Is this covered?")
	if w.Code != 422 || !strings.Contains(w.Body.String(), "Is this covered?") {
		t.Errorf("a wrong address: got %d", w.Code)
	}
	for _, path := range []string{path + "/links", fmt.Sprintf("/agent/forward/%d", message)} {
		if w := d.Get("bob", path); w.Code != 404 {
			t.Errorf("a contact gets %d for %s", w.Code, path)
		}
	}
}

// TestLinkToAMergedTicket: an old number leads to the ticket that took it in and says
// so, to who may see that one; to others there is neither.
func TestLinkToAMergedTicket(t *testing.T) {
	d := newDesk(t)
	into, from := ask(t, d, "bob", "Arm 7 stops"), ask(t, d, "bob", "Arm 7 again")
	wants(t, d.Get("ann", path(from)), 200, "Arm 7 again", "!is merged into")
	wants(t, d.Post("ann", path(from)+"/merge", "into", strings.TrimPrefix(into.String(), "#")), 303)
	wants(t, d.Get("ann", path(from)), 200, "Arm 7 stops", from.String()+" is merged into "+into.String())
	wants(t, d.Get("ann", path(into)), 200, "Arm 7 stops", "!is merged into")
	wants(t, d.Get("zoe", path(from)), 404, "There is no ticket", "!is merged into")
}
