package api_test

import (
	"fmt"
	"strings"
	"testing"

	"gatehouse/api"
)

// TestNotices: what concerns somebody is listed for him alone, and read one by
// one or all together; and tickets are marked.
func TestNotices(t *testing.T) {
	h := newHouse(t)
	told := func(login, query string) string {
		t.Helper()
		var words []string
		for _, n := range read[api.Page[api.Notice]](h, login, "GET /notices"+query).Items {
			word := n.Kind
			if n.By != nil {
				word += " by " + n.By.Name
			}
			if n.Times > 1 {
				word += fmt.Sprint(" ", n.Times)
			}
			if n.Read {
				word += " read"
			}
			if n.Ticket != int64(h.acmes) || n.Subject != "Printer on fire" {
				t.Errorf("it is about %d, %s", n.Ticket, n.Subject)
			}
			words = append(words, word)
		}
		return strings.Join(words, ", ")
	}
	one := at("/tickets/{id}", h.acmes)
	h.want(204, "root", "PATCH "+one, object{"owner": object{"how": "give", "user": h.users["anna"]}})
	for range 2 {
		h.want(201, "bob", "POST "+one+"/messages", object{"kind": "reply", "text": "Hello?"})
	}
	if got := told("anna", ""); got != "reply by Bob 2, owner by Root" {
		t.Errorf("anna is told %q", got)
	}
	for _, login := range []string{"otto", "bob", "root"} {
		if got := told(login, ""); got != "" {
			t.Errorf("%s is told %q", login, got)
		}
	}
	first := read[api.Page[api.Notice]](h, "anna", "GET /notices").Items[0].ID
	h.want(404, "root", fmt.Sprintf("PATCH /notices/%d", first), object{"read": true})
	h.want(204, "anna", fmt.Sprintf("PATCH /notices/%d", first), object{"read": true})
	if got := told("anna", "?unread=true"); got != "owner by Root" {
		t.Errorf("unread is %q", got)
	}
	h.want(204, "anna", "POST /notices/read", nil)
	if got := told("anna", ""); got != "reply by Bob 2 read, owner by Root read" {
		t.Errorf("all are read: %q", got)
	}
	h.want(204, "anna", "POST /tickets/mark", object{"tickets": []int64{int64(h.acmes), 999}, "unread": true})
	h.want(422, "anna", "POST /tickets/mark", object{"tickets": []int64{}})
}
