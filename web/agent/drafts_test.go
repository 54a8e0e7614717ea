package agent_test

import (
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/web/webtest"
)

// TestDraftsStay: what was begun is in the form again and in the list on the
// left, for its writer only, until it is sent.
func TestDraftsStay(t *testing.T) {
	d, id := busyDesk(t)
	if w := d.Post("ann", path(id)+"/draft?kind=comment&quiet=1", "text", "The cable is too"); w.Code != 204 {
		t.Fatalf("saving quietly has status %d", w.Code)
	}
	w := d.Post("ann", path(id)+"/draft?kind=comment", "text", "The cable is too short", "also", "maker@encoders.example")
	if w.Code != 303 || w.Header().Get("Location") != path(id)+"#compose" {
		t.Errorf("the button has status %d and leads to %q", w.Code, w.Header().Get("Location"))
	}
	wants(t, d.Get("ann", path(id)), 200, "Your draft is kept", "The cable is too short</textarea>", `value="maker@encoders.example"`, "Draft of", "Drafts")
	wants(t, d.Get("tom", path(id)), 200, "!The cable is too short", "!Drafts")
	list := d.Get("ann", "/agent/tickets").Body.String()
	if !strings.Contains(list, path(id)+"#compose") {
		t.Error("the list on the left does not lead to the draft")
	}
	wants(t, d.Post("ann", path(id)+"/comment", "text", "The cable is too short."), 303)
	if list := webtest.Must(d.Drafts(t.Context(), d.By("ann"), 0))(t); len(list) != 0 {
		t.Errorf("after sending there is still %+v", list)
	}
	if w := d.Post("ray", path(id)+"/draft?kind=reply&quiet=1", "text", "x"); w.Code != 403 {
		t.Errorf("who may not reply keeps a draft: %d", w.Code)
	}
	if w := d.Post("bob", path(id)+"/draft?quiet=1", "text", "x"); w.Code != 404 {
		t.Errorf("a contact gets %d at the desk", w.Code)
	}
	long := d.Post("ann", path(id)+"/draft?kind="+desk.Reply.String(), "text", strings.Repeat("x", 1<<20+1))
	if long.Code != 413 {
		t.Errorf("a draft that is too long has status %d", long.Code)
	}
}
