package agent_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// TestRefusedFormsBesideATicket: a form beside the ticket that was refused is open,
// with what was typed and what is wrong at its place; the others are closed.
func TestRefusedFormsBesideATicket(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	const open = `class="change" open>`
	for _, tt := range []struct {
		what, form string
		typed      []string
		says       []string
	}{
		{"a priority that is none", "facts", []string{"subject", "Arm 7 stops <again>", "priority", "high"}, []string{"Arm 7 stops &lt;again&gt;", `value="high"`, "facts-priority-error", "The priority is a whole number."}},
		{"a customer that is not there", "customer", []string{"customer", "Nowhere Ltd"}, []string{`value="Nowhere Ltd"`, "There is no customer “Nowhere Ltd”"}},
		{"a length of time that is none", "plan", []string{"worked", "long", "due", "2030-01-02T10:00"}, []string{`value="long"`, `value="2030-01-02T10:00"`, "plan-worked-error"}},
		{"a reminder at no moment", "reminders", []string{"in", "at", "due", "", "note", "Call <him>"}, []string{`value="Call &lt;him&gt;"`, `value="at" selected`}},
		{"a change of what somebody changed meanwhile", "facts", []string{"subject", "Mine", "version", "99"}, []string{`value="Mine"`}},
	} {
		t.Run(tt.what, func(t *testing.T) {
			w := d.Post("ann", path(id)+"/"+tt.form, tt.typed...)
			if w.Code != 422 && w.Code != 409 {
				t.Fatalf("got status %d", w.Code)
			}
			wants(t, w, w.Code, append(tt.says, open)...)
			if n := strings.Count(w.Body.String(), open); n != 1 {
				t.Errorf("%d forms are open", n)
			}
		})
	}
	wants(t, d.Get("ann", path(id)), 200, "!"+open, "Arm 7 stops")
}

// TestReply writes, and sends the same form twice.
func TestReply(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	page := d.Get("ann", path(id))
	wants(t, page, 200, "Acme Robotics through Requestor", "Send to 3 people", "Bob Baker", "Mei Chen", "Tom Tailor", "Internal comment – no customer")
	form := []string{"text", "Is it warm?", "form", token(t, page), "seen", hidden(t, page, "seen"), "status", "stalled", "also", "help@fleet.example"}
	for range 2 {
		wants(t, follow(t, d, "ann", d.Post("ann", path(id)+"/reply", form...)), 200, "Is it warm?", "from New to Open", "from Open to Stalled")
	}
	v := webtest.Must(d.Ticket(t.Context(), d.Sys, id))(t)
	if len(v.Messages) != 2 || v.Status != desk.StatusStalled {
		t.Errorf("got %d messages and status %s, want 2 and stalled", len(v.Messages), v.Status)
	}
}

// TestRefusedReplies: what was typed is kept, with the reason beside it.
func TestRefusedReplies(t *testing.T) {
	for _, tt := range []struct {
		why    string
		form   []string
		status int
		says   []string
	}{
		{"nothing written", []string{"text", " \n"}, 422, []string{"Write something first."}},
		{"no address", []string{"text", "Kept <text>", "also", "depot@"}, 422, []string{"Kept &lt;text&gt;", "depot@ is not a mail address", `value="depot@"`}},
		{"no such status", []string{"text", "Kept", "status", "burning"}, 422, []string{"Kept", "There is no status"}},
		{"a very long text", []string{"text", strings.Repeat("long ", 250_000)}, 413, []string{"larger than 1 MB"}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			d := newDesk(t)
			id := ask(t, d, "bob", "Arm 7 stops")
			wants(t, d.Post("ann", path(id)+"/reply", tt.form...), tt.status, append(tt.says, "<h1 id=\"subject\"")...)
			if n := len(webtest.Must(d.Ticket(t.Context(), d.Sys, id))(t).Messages); n != 1 {
				t.Errorf("there are %d messages, want 1", n)
			}
		})
	}
}

// TestStaleReply: two agents answer; the second is shown the first's answer
// with his own text kept, and can send it then.
func TestStaleReply(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	page := d.Get("tom", path(id))
	say(d, "ann", desk.Reply, id, "I am on it.")
	again := d.Post("tom", path(id)+"/reply", "text", "Reset it.", "form", token(t, page), "seen", hidden(t, page, "seen"))
	wants(t, again, 409, "1 message came while you were writing", "I am on it.", "Reset it.")
	done := d.Post("tom", path(id)+"/reply", "text", "Reset it.", "form", token(t, again), "seen", hidden(t, again, "seen"))
	wants(t, follow(t, d, "tom", done), 200, "I am on it.", "Reset it.", "!came while")
}

// TestStaleStatus: a status chosen before an older state is not set.
func TestStaleStatus(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	page := d.Get("tom", path(id))
	wants(t, follow(t, d, "ann", d.Post("ann", path(id)+"/status", "status", "resolved")), 200, "Resolved")
	wants(t, d.Post("tom", path(id)+"/status", "status", "stalled", "version", hidden(t, page, "version")), 409, "changed by somebody else", "notice bad")
	if got := webtest.Must(d.Ticket(t.Context(), d.Sys, id))(t).Status; got != desk.StatusResolved {
		t.Errorf("the status is %s, want resolved", got)
	}
}

// TestWorkOnATicket changes everything that a ticket's page changes.
func TestWorkOnATicket(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	for _, tt := range []struct {
		login, form string
		fields      []string
		says        []string
	}{
		{"ann", "/owner", []string{"do", "take"}, []string{"took the ticket", "Give back"}},
		{"tom", "/owner", []string{"do", "steal"}, []string{"took the ticket over from Ann Archer"}},
		{"tom", "/owner", []string{"do", "untake"}, []string{"gave the ticket back", "Nobody yet"}},
		{"ann", "/owner", []string{"do", "give", "owner", fmt.Sprint(d.Who["tom"])}, []string{"gave the ticket to Tom Tailor"}},
		{"ann", "/facts", []string{"subject", "Arm 8 stops", "priority", "5"}, []string{"changed the subject, which was “Arm 7 stops”", "Priority 5"}},
		{"ann", "/sharing", []string{"sharing", "managers"}, []string{"Managers of Acme Robotics only"}},
		{"ann", "/watchers", []string{"who", "leasing@fleet.example", "role", "2"}, []string{"added leasing@fleet.example as Cc"}},
		{"ann", "/watchers", []string{"who", "Vera Voss", "role", "2"}, []string{"added Vera Voss as Cc"}},
		{"ann", "/watchers/remove", []string{"watcher", fmt.Sprintf("2:%d", d.Who["vera"])}, []string{"removed Vera Voss as Cc"}},
		{"ann", "/customer", []string{"customer", "brueckner"}, []string{"added Brückner &amp; Söhne as Customer"}},
		{"tom", "/queue", []string{"queue", fmt.Sprint(d.Queue["Billing"])}, []string{"moved the ticket to Billing"}},
	} {
		d.Pass(time.Minute)
		wants(t, follow(t, d, tt.login, d.Post(tt.login, path(id)+tt.form, tt.fields...)), 200, tt.says...)
	}
	wants(t, d.Get("ann", path(id)), 404)
	page := d.Post("tom", path(id)+"/watchers", "who", "nobody at all", "role", "2")
	wants(t, page, 422, "nobody that the desk knows", `value="nobody at all"`)
}

// TestNewTicket opens a ticket for somebody, twice with one form, and keeps
// what was typed where it is refused.
func TestNewTicket(t *testing.T) {
	d := newDesk(t)
	page := d.Get("ann", "/agent/tickets/new")
	form := []string{"queue", fmt.Sprint(d.Queue["Support"]), "requestor", "bob", "cc", "vera, new@fleet.example", "subject", "He called", "text", "About arm 7", "form", token(t, page)}
	first := d.PostFile("ann", "/agent/tickets", "../../etc/pass.txt", []byte("note"), form...)
	wants(t, follow(t, d, "ann", first), 200, "He called", "About arm 7", "Acme Robotics", "Vera Voss", "new@fleet.example", "pass.txt")
	second := d.Post("ann", "/agent/tickets", form...)
	if got, want := second.Header().Get("Location"), first.Header().Get("Location"); got != want {
		t.Errorf("the second sending leads to %q, want %q", got, want)
	}
	for _, tt := range []struct {
		why, field, value, says string
		status                  int
	}{
		{"nobody", "requestor", "who knows", "nobody that the desk knows", 422},
		{"no subject", "subject", " ", "Say in a few words", 422},
		{"no such customer", "customer", "nowhere", "There is no customer “nowhere”", 422},
		{"another's queue", "queue", fmt.Sprint(d.Queue["Billing"]), "no such queue", 404},
	} {
		values := map[string]string{"queue": fmt.Sprint(d.Queue["Support"]), "requestor": "bob", "subject": "Kept", "text": "Kept text", tt.field: tt.value}
		var fields []string
		for name, value := range values {
			fields = append(fields, name, value)
		}
		w := d.Post("ann", "/agent/tickets", fields...)
		wants(t, w, tt.status, tt.says, "Kept text")
	}
}

// TestAttachments: files are saved and not run, whatever they are called.
func TestAttachments(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	png := append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 40)...)
	for _, tt := range []struct {
		name, kind, disposition string
		data                    []byte
	}{
		{"evil.html", "application/octet-stream", `attachment; filename=evil.html`, []byte("<script>alert(1)</script>")},
		{"evil.png", "application/octet-stream", `attachment; filename=evil.png`, []byte("<html><script>alert(1)</script>")},
		{"evil.svg", "application/octet-stream", `attachment; filename=evil.svg`, []byte(`<?xml version="1.0"?><svg onload="alert(1)"/>`)},
		{"Rückfrage.txt", "text/plain; charset=utf-8", `attachment; filename*=utf-8''R%C3%BCckfrage.txt`, []byte("hello")},
		{"arm.png", "image/png", `attachment; filename=arm.png`, png},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wants(t, follow(t, d, "ann", d.PostFile("ann", path(id)+"/comment", tt.name, tt.data, "text", "See")), 200, tt.name)
			messages := webtest.Must(d.Ticket(t.Context(), d.Sys, id))(t).Messages
			w := d.Get("ann", fmt.Sprintf("/agent/attachment/%d", messages[len(messages)-1].Attachments[0].ID))
			wantHeaders(t, w, map[string]string{
				"Content-Type": tt.kind, "Content-Disposition": tt.disposition, "X-Content-Type-Options": "nosniff",
				"Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'", "Cache-Control": "no-store",
			})
		})
	}
	wants(t, d.PostFile("ann", path(id)+"/comment", "big.bin", make([]byte, 5<<20), "text", "See"), 413, "too large")
}

// TestFormattedLetter: of a letter's HTML only what looks is kept.
func TestFormattedLetter(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	html := `<p style="color:red;background:url(http://evil.example/x)" onclick="a()">Hi</p><script>alert(1)</script><img src="cid:pic@acme">` +
		`<img src="http://evil.example/pixel.gif"><img src="/sign-out"><a href="javascript:a()">x</a><a href="https://acme.example/">y</a>` +
		`<form action="/sign-out"><input></form><iframe src="//evil.example"></iframe><style>@import "//evil.example"</style><base href="//evil.example"><meta http-equiv="refresh" content="0;//evil.example">`
	m := webtest.Must(d.Write(t.Context(), d.By("ann"), service.NewMessage{Ticket: id, Kind: desk.Comment, Text: "Hi", HTML: html,
		Files: []desk.Attachment{{Name: "a.png", ContentID: "pic@acme", Inline: true, Data: []byte("\x89PNG\r\n\x1a\n")}}}))(t)
	w := d.Get("ann", fmt.Sprintf("/agent/message/%d/html", m))
	wants(t, w, 200, "Hi", `src="/agent/attachment/1"`, `href="https://acme.example/"`, `style="color: red"`,
		"!script", "!evil", "!onclick", "!javascript", "!sign-out", "!<form", "!<iframe", "!<base", "!http-equiv", "!import")
	if policy := w.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "sandbox") || strings.Contains(policy, "allow-scripts") {
		t.Errorf("the frame's policy is %q", policy)
	}
	wants(t, d.Get("ann", path(id)), 200, fmt.Sprintf(`<iframe src="/agent/message/%d/html"`, m), "Show as it was formatted")
}

// TestSignedOutMeanwhile: a form of somebody whose session has ended changes
// nothing and gives back what was written.
func TestSignedOutMeanwhile(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	w := d.Post("", path(id)+"/reply", "text", "All that I wrote")
	if w.Code != http.StatusUnauthorized {
		t.Errorf("got %d, want 401", w.Code)
	}
}

// TestSplitStaysInTheQueue: a message becomes a ticket of the queue in which it came,
// where one may open tickets there and chooses no other.
func TestSplitStaysInTheQueue(t *testing.T) {
	d := newDesk(t)
	support, billing := ask(t, d, "bob", "Arm 7 stops"), webtest.Must(d.OpenTicket(t.Context(), d.Sys, service.NewTicket{Queue: d.Queue["Billing"], Subject: "Twice", Text: "Paid twice", Requestors: []desk.PrincipalID{d.Who["bob"]}}))(t)
	d.Give(d.Who["ann"], 0, desk.OnSystem(), "SuperUser")
	for id, queue := range map[desk.TicketID]string{support: "Support", billing: "Billing"} {
		first := webtest.Must(d.Ticket(t.Context(), d.Sys, id))(t).Messages[0].ID
		for more, want := range map[string]desk.QueueID{"": d.Queue[queue], fmt.Sprintf("&queue=%d", d.Queue["Support"]): d.Queue["Support"]} {
			wants(t, d.Get("ann", fmt.Sprintf("/agent/tickets/new?split=%d%s", first, more)), 200, fmt.Sprintf(`<option value="%d" selected>`, want))
		}
	}
}
