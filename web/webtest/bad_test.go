package webtest_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// TestSessionEndsWhileTyping: what was typed into a form comes back when the
// session has ended meanwhile, and nothing was done.
func TestSessionEndsWhileTyping(t *testing.T) {
	w := newWhole(t)
	for path, form := range map[string][]string{
		"/agent/tickets/1/reply":     {"text", "A long <answer>\nof two lines", "also", "new@else.example"},
		"/agent/tickets/1/comment":   {"text", "A long <answer>\nof two lines"},
		"/agent/tickets":             {"subject", "Arm 7", "text", "A long <answer>\nof two lines", "queue", "Support"},
		"/portal/tickets/1/messages": {"text", "A long <answer>\nof two lines", "seen", "0"},
		"/portal/tickets":            {"subject", "Arm 7", "text", "A long <answer>\nof two lines"},
		"/portal/tickets/1/rating":   {"mark", "content", "note", "A long <answer>\nof two lines"},
	} {
		t.Run(path, func(t *testing.T) {
			for name, got := range map[string]*httptest.ResponseRecorder{"a form": w.Post("", path, form...), "a form with a file": w.PostFile("", path, "a.txt", []byte("x"), form...)} {
				if got.Code != http.StatusUnauthorized || !strings.Contains(got.Body.String(), "A long &lt;answer&gt;\nof two lines</textarea>") {
					t.Errorf("%s: status %d, and what was typed is lost:\n%s", name, got.Code, got.Body)
				}
			}
		})
	}
	if v := webtest.Must(w.Ticket(t.Context(), w.Sys, 1))(t); len(v.Messages) != 2 {
		t.Errorf("the ticket has %d messages, want the 2 before", len(v.Messages))
	}
}

// TestFormSentTwice: who presses twice, or goes back and sends again, writes
// once.
func TestFormSentTwice(t *testing.T) {
	w := newWhole(t)
	count := func() int { return len(webtest.Must(w.Ticket(t.Context(), w.Sys, w.own))(t).Messages) }
	for _, tt := range []struct{ login, path string }{
		{"anna", "/agent/tickets/1/reply"}, {"anna", "/agent/tickets/1/comment"}, {"gus", "/portal/tickets/1/messages"},
	} {
		before := count()
		for range 3 {
			got := w.Post(tt.login, tt.path, "text", "Once "+tt.path, "form", "TOKEN"+tt.path, "seen", "99")
			if got.Code != http.StatusSeeOther {
				t.Errorf("%s: status %d:\n%s", tt.path, got.Code, got.Body)
			}
		}
		if n := count() - before; n > 1 {
			t.Errorf("%s sent three times wrote %d messages", tt.path, n)
		}
	}
	for range 2 {
		w.Post("gus", "/portal/tickets", "subject", "Once only", "text", "x", "form", "SAME")
	}
	found := webtest.Must(w.Tickets(t.Context(), w.Sys, service.TicketFilter{Query: "Subject = 'Once only'"}))(t)
	if len(found.Lines) != 1 {
		t.Errorf("the form of a new ticket sent twice opened %d", len(found.Lines))
	}
}

// TestTenMegabytesPasted are refused with what to do, or within the limit of a
// form given back.
func TestTenMegabytesPasted(t *testing.T) {
	w := newWhole(t)
	for _, path := range []string{"/agent/tickets/1/reply", "/portal/tickets/1/messages"} {
		login := map[bool]string{true: "anna", false: "gus"}[strings.HasPrefix(path, "/agent")]
		for _, size := range []int{2 << 20, 10 << 20} {
			got := w.Post(login, path, "text", strings.Repeat("x", size), "seen", "99")
			if got.Code != http.StatusRequestEntityTooLarge && got.Code != http.StatusUnprocessableEntity {
				t.Errorf("%s with %d MB: status %d", path, size>>20, got.Code)
			}
			if body := strings.ReplaceAll(got.Body.String(), strings.Repeat("x", 1000), ""); !strings.Contains(body, "too large") && !strings.Contains(body, "larger than 1 MB") {
				t.Errorf("%s with %d MB does not say that it is too much: %s", path, size>>20, body)
			}
		}
	}
}

// TestStrangeFiles: a file keeps no folders in its name, and what a browser
// could run is sent as something to be saved, with no rights.
func TestStrangeFiles(t *testing.T) {
	w := newWhole(t)
	svg := `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>`
	for i, name := range []string{"../../x", `..\..\x.svg`, "/etc/passwd", "a\x00b\r\nX-Evil: 1.svg", "drawing.svg", "page.html", ".", ""} {
		got := w.PostFile("gus", "/portal/tickets/1/messages", name, []byte(svg), "text", fmt.Sprintf("file %d", i), "seen", "99")
		if got.Code != http.StatusSeeOther && !strings.Contains(name, "\x00") {
			t.Errorf("%q: status %d", name, got.Code)
		}
	}
	for _, m := range webtest.Must(w.Ticket(t.Context(), w.Sys, w.own))(t).Messages {
		for _, a := range m.Attachments {
			if strings.ContainsAny(a.Name, "/\\\x00\r\n") || strings.Trim(a.Name, ".") == "" {
				t.Errorf("a file is called %q", a.Name)
			}
			got := w.Get("anna", fmt.Sprintf("/agent/attachment/%d", a.ID))
			h := got.Header()
			if got.Code != http.StatusOK || h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") ||
				!strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || h.Get("X-Evil") != "" {
				t.Errorf("%q is served with %d, %v", a.Name, got.Code, h)
			}
		}
	}
}

// TestLinkToWhatIsGone: the address of a merged ticket leads on to the other
// one, that of a hidden one is like that of none, also where the other one is
// hidden.
func TestLinkToWhatIsGone(t *testing.T) {
	w := newWhole(t)
	half := w.ask("gus", "Half", "globex")
	w.OK(w.MergeTicket(t.Context(), w.Sys, half, w.own))
	for login, path := range map[string]string{"anna": "/agent/tickets/", "gus": "/portal/tickets/"} {
		got := w.Get(login, path+number(half))
		if got.Code == http.StatusSeeOther {
			got = w.Get(login, got.Header().Get("Location"))
		}
		if got.Code != http.StatusOK || !strings.Contains(got.Body.String(), "About: Half") {
			t.Errorf("%s follows the link to a merged ticket: %d", login, got.Code)
		}
	}
	w.MakeQueue("Vault")
	hidden := w.ask("gus", "Hidden", "globex", "Vault")
	gone := w.ask("gus", "Gone", "globex")
	w.OK(w.MergeTicket(t.Context(), w.Sys, gone, hidden))
	for login, path := range map[string]string{"anna": "/agent/tickets/", "gus": "/portal/tickets/"} {
		for _, id := range []desk.TicketID{hidden, gone} {
			got := w.Get(login, path+number(id))
			if got.Code != http.StatusNotFound || !strings.Contains(got.Body.String(), "There is no ticket "+number(id)) {
				t.Errorf("%s asks for ticket %d: %d", login, id, got.Code)
			}
		}
	}
}

func number(id desk.TicketID) string { return strings.TrimPrefix(id.String(), "#") }
