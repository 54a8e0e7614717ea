package agent_test

import (
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// TestTooLargeFilesKeepTheText: where files are too large, an agent's form comes
// back with what was typed before them, and nothing is written.
func TestTooLargeFilesKeepTheText(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm")
	large := make([]byte, 5<<20)
	for _, tt := range []struct {
		what, path string
		fields     []string
		says       []string
	}{
		{"a new ticket", "/agent/tickets", []string{"form", "one", "requestor", "bob@acme.example", "subject", "The <arm> again", "text", "It took long to write", "cc", "mei@acme.example"}, []string{"The &lt;arm&gt; again", "It took long to write", "bob@acme.example", "mei@acme.example"}},
		{"a reply", path(id) + "/reply?view=open", []string{"form", "two", "seen", "1", "text", "It took long to write", "also", "maker@encoders.example"}, []string{"It took long to write</textarea>", "maker@encoders.example", "About: Arm"}},
		{"a comment", path(id) + "/comment", []string{"form", "three", "seen", "1", "text", "He is cross"}, []string{"He is cross</textarea>", "About: Arm"}},
		{"a text that is larger than what is kept", path(id) + "/reply", []string{"form", "four", "text", strings.Repeat("x", 300<<10)}, []string{"About: Arm"}},
	} {
		t.Run(tt.what, func(t *testing.T) {
			w := d.PostFile("ann", tt.path, "film.mp4", large, tt.fields...)
			wants(t, w, 413, append(tt.says, "The files are too large", "Choose the files again")...)
		})
	}
	wants(t, d.PostFile("ann", "/agent/tickets/99/reply", "film.mp4", large, "text", "x"), 413)
	wants(t, d.PostFile("zoe", path(id)+"/reply", "film.mp4", large, "text", "x"), 413, "!About: Arm")
	wants(t, d.PostFile("mei", path(id)+"/reply", "film.mp4", large, "text", "x"), 404, "!About: Arm")
	say(d, "bob", desk.Reply, id, "Are you there?")
	long := d.Post("ann", path(id)+"/reply", "form", "five", "seen", "1", "text", strings.Repeat("long ", 210<<10))
	wants(t, long, 413, "The text is larger than 1 MB", "1 message came while you were writing", "long long")
	if n := webtest.Must(d.CountTickets(t.Context(), d.Sys, service.TicketFilter{}, 100))(t); n != 1 {
		t.Errorf("there are %d tickets, want the first one only", n)
	}
	if v := webtest.Must(d.Ticket(t.Context(), d.Sys, id))(t); len(v.Messages) != 2 {
		t.Errorf("the ticket has %d messages, want 2", len(v.Messages))
	}
}
