package portal_test

import (
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// TestTooLargeFilesKeepTheText: where files are too large, the form comes back with
// what was typed before them, and nothing is written.
func TestTooLargeFilesKeepTheText(t *testing.T) {
	d := newDesk(t)
	large := make([]byte, 5<<20)
	first := d.Post("bob", "/portal/tickets", "subject", "Arm", "text", "It stands still", "form", "one").Header().Get("Location")
	for _, tt := range []struct {
		what, path string
		fields     []string
		says       []string
	}{
		{"a new ticket", "/portal/tickets", []string{"form", "two", "subject", "The <arm> again", "text", "It took long to write"}, []string{"The &lt;arm&gt; again", "It took long to write", `value="two"`}},
		{"a reply", first + "/messages", []string{"form", "three", "seen", "1", "text", "It took long to write"}, []string{"It took long to write", "It stands still", `value="three"`}},
		{"a text that is larger than what is kept", first + "/messages", []string{"form", "four", "text", strings.Repeat("x", 300<<10)}, []string{"It stands still"}},
	} {
		t.Run(tt.what, func(t *testing.T) {
			w := d.PostFile("bob", tt.path, "film.mp4", large, tt.fields...)
			wants(t, w, 413, append(tt.says, "The files are too large", "smaller ones")...)
		})
	}
	wants(t, d.PostFile("bob", "/portal/tickets/99/messages", "film.mp4", large, "text", "x"), 404)
	if n := webtest.Must(d.CountTickets(t.Context(), d.Sys, service.TicketFilter{}, 100))(t); n != 1 {
		t.Errorf("there are %d tickets, want the first one only", n)
	}
	if v := webtest.Must(d.Ticket(t.Context(), d.Sys, desk.TicketID(1)))(t); len(v.Messages) != 1 {
		t.Errorf("the ticket has %d messages, want 1", len(v.Messages))
	}
}
