package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gatehouse/api"
	"gatehouse/desk"
)

// TestTicketForms: who runs a queue says how its forms are, for everybody and for
// one customer, and each customer is offered his own.
func TestTicketForms(t *testing.T) {
	h := newHouse(t)
	for _, name := range []string{"Serial", "Cost"} {
		must(h.CreateField(t.Context(), h.system, desk.Field{Of: desk.OfTickets, Name: name, Kind: desk.TextField, Everywhere: true}))(t)
	}
	h.grant(desk.Contacts, 0, desk.OnQueue(h.support), desk.CreateTicket, desk.SeeQueue, desk.SeeCustomField, desk.SetInitialCustomField)
	h.grant(h.who("anna"), 0, desk.OnQueue(h.support), desk.AdminQueue, desk.SeeCustomField)
	forms := fmt.Sprintf(" /queues/%d/forms", h.support)
	offered := func(login string) string {
		h.t.Helper()
		var said []string
		for _, f := range read[api.Page[api.OfferedForm]](h, login, "GET /ticket-forms").Items {
			text := f.Queue.Name + ": " + f.Intro
			for _, field := range f.Fields {
				text += map[bool]string{true: " " + field.Name + "!", false: " " + field.Name}[field.Required]
			}
			said = append(said, text)
		}
		return strings.Join(said, "; ")
	}
	if got := offered("bob"); got != "support:  Serial Cost" {
		t.Errorf("to begin with bob is offered %q", got)
	}
	h.want(http.StatusNoContent, "anna", "PUT"+forms, object{"intro": "Which machine?", "required": []string{"serial"}})
	h.want(http.StatusNoContent, "anna", "PUT"+forms, object{"customer": h.acme, "intro": "Dear Acme", "left_out": []string{"Cost"}})
	for login, want := range map[string]string{"bob": "support: Dear Acme Serial", "gus": "support: Which machine? Serial! Cost"} {
		if got := offered(login); got != want {
			t.Errorf("%s is offered %q, want %q", login, got, want)
		}
	}
	list := read[api.Page[api.TicketForm]](h, "anna", "GET"+forms).Items
	if len(list) != 2 || list[0].Customer != nil || list[0].Required[0] != "Serial" || list[1].Customer.ID != int64(h.acme) || list[1].LeftOut[0] != "Cost" {
		t.Errorf("the forms are %+v", list)
	}
	for _, tt := range []struct {
		why, by, request string
		body             any
		want             int
	}{
		{"who does not run the queue", "otto", "GET" + forms, nil, http.StatusForbidden},
		{"who does not run the queue", "otto", "PUT" + forms, object{"closed": true}, http.StatusForbidden},
		{"a customer", "bob", "PUT" + forms, object{"closed": true}, http.StatusForbidden},
		{"a customer", "bob", "DELETE" + forms, nil, http.StatusForbidden},
		{"a field that there is not", "anna", "PUT" + forms, object{"required": []string{"Colour"}}, http.StatusUnprocessableEntity},
		{"a customer that there is not", "anna", "PUT" + forms, object{"customer": 9999, "closed": true}, http.StatusNotFound},
		{"a text that is too long", "anna", "PUT" + forms, object{"intro": strings.Repeat("x", 4001)}, http.StatusUnprocessableEntity},
		{"somebody else's company", "gus", fmt.Sprintf("GET /ticket-forms?customer=%d", h.acme), nil, http.StatusUnprocessableEntity},
	} {
		if got := h.ask(tt.by, tt.request, tt.body); got.StatusCode != tt.want {
			t.Errorf("%s: %s %s got %d, want %d: %s", tt.why, tt.by, tt.request, got.StatusCode, tt.want, got.body)
		}
	}
	h.want(http.StatusNoContent, "anna", fmt.Sprintf("DELETE%s?customer=%d", forms, h.acme), nil)
	h.want(http.StatusNoContent, "anna", "PUT"+forms, object{"closed": true})
	if got := offered("bob"); got != "" {
		t.Errorf("of a closed queue bob is offered %q", got)
	}
	h.want(http.StatusNoContent, "anna", "DELETE"+forms, nil)
	if got := offered("bob"); got != "support:  Serial Cost" {
		t.Errorf("in the end bob is offered %q", got)
	}
}
