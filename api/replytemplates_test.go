package api_test

import (
	"fmt"
	"net/http"
	"testing"

	"gatehouse/api"
	"gatehouse/desk"
)

// TestReplyTemplates makes one of one's own and one of a queue, fills them, takes
// one away and has it back; who may not learns nothing.
func TestReplyTemplates(t *testing.T) {
	h := newHouse(t)
	must(h.Grant(t.Context(), h.system, desk.Grant{Who: desk.PrincipalID(h.users["anna"]), Right: desk.ModifyTemplate, Place: desk.OnQueue(h.support)}))(t)
	h.want(http.StatusCreated, "anna", "POST /reply-templates", object{"name": "Own", "text": "Hello {{contact.name}}"})
	h.want(http.StatusCreated, "anna", "POST /reply-templates", object{"name": "Of support", "text": "Yours, {{me.name}}", "queue": h.support, "language": "en"})
	h.want(http.StatusForbidden, "anna", "POST /reply-templates", object{"name": "x", "text": "x", "desk": true})
	h.want(http.StatusUnprocessableEntity, "anna", "POST /reply-templates", object{"name": "x", "text": "{{contact}}"})
	h.want(http.StatusForbidden, "bob", "POST /reply-templates", object{"name": "x", "text": "x"})
	names := func(login, query string) string {
		got := ""
		for _, r := range read[api.Page[api.ReplyTemplate]](h, login, "GET /reply-templates"+query).Items {
			got += fmt.Sprintf("%s own=%v may=%v; ", r.Name, r.Own, r.May)
		}
		return got
	}
	on := fmt.Sprintf("?ticket=%d", h.acmes)
	for _, tt := range []struct{ who, query, want string }{
		{"anna", "", "Of support own=false may=true; Own own=true may=true; "}, {"anna", on, "Of support own=false may=true; Own own=true may=true; "},
		{"otto", "", ""}, {"gus", "", ""}, {"bob", "", ""},
	} {
		if got := names(tt.who, tt.query); got != tt.want {
			t.Errorf("%s%s has %q, want %q", tt.who, tt.query, got, tt.want)
		}
	}
	fill := fmt.Sprintf("GET /tickets/%d/reply-templates/", h.acmes)
	if got := read[api.FilledReply](h, "anna", fill+"2").Text; got != "Yours, Anna" {
		t.Errorf("it makes %q", got)
	}
	h.want(http.StatusNotFound, "otto", fill+"2", nil)
	h.want(http.StatusForbidden, "bob", fill+"2", nil)
	h.want(http.StatusNotFound, "otto", "GET /reply-templates/1", nil)
	h.want(http.StatusNoContent, "anna", "PUT /reply-templates/2", object{"name": "Changed", "text": "Bye"})
	h.want(http.StatusNotFound, "otto", "DELETE /reply-templates/2", nil)
	h.want(http.StatusNoContent, "anna", "DELETE /reply-templates/2", nil)
	if got := names("anna", on); got != "Own own=true may=true; " {
		t.Errorf("after it was taken away there are %q", got)
	}
	h.want(http.StatusNoContent, "anna", "POST /reply-templates/2/restore", nil)
	if got := read[api.ReplyTemplate](h, "anna", "GET /reply-templates/2"); got.Name != "Changed" || got.Queue != int64(h.support) || got.Language != "" {
		t.Errorf("after it came back it is %+v", got)
	}
}
