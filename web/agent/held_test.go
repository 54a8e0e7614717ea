package agent_test

import (
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/sla"
	"gatehouse/service"
	"gatehouse/web"
	"gatehouse/web/agent"
	"gatehouse/web/webtest"
)

// heldTicket is a ticket with a reply on its way and one that was refused.
func heldTicket() agent.TicketPage {
	p := ticket()
	p.HeldFor = 9
	p.Here = []agent.Here{{Person: staff("Tom Tailor"), Writes: true}, {Person: staff("Carla Costa")}}
	p.Plan = agent.Plan{Starts: ago(0), Due: ago(time.Hour), Told: ago(0), Late: true, Worked: "1:30", Left: "2:00", Estimated: "4:00", Change: &agent.PlanForm{}}
	p.Files[0].Look, p.Files[1].Look, p.Files[1].Pic = "/f", "/logo.svg", true
	p.Held = []agent.Held{
		{ID: 1, Blocks: []web.Block{{Text: "We come on Thursday at nine."}}, Files: []web.File{{Name: "plan.pdf", Size: "24 KB"}}, Due: webtest.Now(), Left: 7},
		{ID: 2, Blocks: []web.Block{{Text: "And bring the part."}}, Due: webtest.Now(), Refused: "You may see ticket 10470 but not do this to it."},
	}
	return p
}

func holding(o *service.Options) { o.HoldReplies = 10 * time.Second }

// sendDue writes the held replies that are due.
func sendDue(t testing.TB, d *webtest.Desk) {
	t.Helper()
	for job := webtest.Must(d.ClaimJob(t.Context(), d.Sys, service.JobHeld))(t); job != nil; job = webtest.Must(d.ClaimJob(t.Context(), d.Sys, service.JobHeld))(t) {
		d.OK(d.SendDueReply(t.Context(), d.Sys, *job))
	}
}

// TestUndoSend: a reply waits for ten seconds on its ticket's page and in the
// list on the left, can be taken back or sent at once, and else goes out.
func TestUndoSend(t *testing.T) {
	d := newDeskWith(t, holding)
	id := ask(t, d, "bob", "Arm 7 stops")
	messages := func() int { return len(webtest.Must(d.Ticket(t.Context(), d.Sys, id))(t).Messages) }
	send := func(text string, more ...string) string {
		t.Helper()
		w := d.PostFile("ann", path(id)+"/reply", "plan.pdf", []byte("%PDF-1.4"), append([]string{"text", text, "form", text}, more...)...)
		to := w.Header().Get("Location")
		if w.Code != 303 || !strings.Contains(to, "#held") {
			t.Fatalf("sending has status %d and leads to %q: %.300s", w.Code, to, text)
		}
		return "/agent/held/" + to[strings.LastIndex(to, "d")+1:]
	}
	first := send("It is the encoder.", "also", "maker@encoders.example")
	wants(t, d.Get("ann", path(id)), 200, "Your reply is stored and goes out in 10 seconds", "It is the encoder.", "plan.pdf", "Undo", "Going out: #1")
	wants(t, d.Get("tom", path(id)), 200, "!It is the encoder.", "!Going out")
	wants(t, d.Post("tom", first+"/undo"), 404)
	sendDue(t, d)
	if messages() != 1 {
		t.Error("the reply was written before its time")
	}
	wants(t, follow(t, d, "ann", d.Post("ann", first+"/undo")), 200, "is a draft again", "It is the encoder.</textarea>", `value="maker@encoders.example"`, "!Going out")
	wants(t, d.Post("ann", first+"/undo"), 404, "it was sent already")

	now := send("Please restart it.")
	wants(t, follow(t, d, "ann", d.Post("ann", now+"/send")), 200, "Your reply was sent.", "Please restart it.", "!Going out")
	send("And call us.", "status", "stalled")
	d.Pass(11 * time.Second)
	sendDue(t, d)
	wants(t, d.Get("ann", path(id)), 200, "And call us.", "!Going out")
	if v := webtest.Must(d.Ticket(t.Context(), d.Sys, id))(t); len(v.Messages) != 3 || v.Status != desk.StatusStalled || len(v.Messages[2].Attachments) != 1 {
		t.Errorf("there are %d messages, the status is %s", len(v.Messages), v.Status)
	}
}

// TestSendAndNext: after sending one goes on with the next ticket of the list.
func TestSendAndNext(t *testing.T) {
	d := newDesk(t)
	last, id := ask(t, d, "bob", "Arm 7 stops"), ask(t, d, "bob", "Arm 8 stops")
	if to := d.Post("ann", path(id)+"/reply?view=open", "text", "Hello", "next", "1").Header().Get("Location"); to != path(last)+"?view=open" {
		t.Errorf("next leads to %q", to)
	}
	if to := d.Post("ann", path(last)+"/comment?view=open", "text", "Hello", "next", "1").Header().Get("Location"); to != "/agent/tickets?view=open" {
		t.Errorf("after the last one next leads to %q", to)
	}
}

// TestSendAndNextOrder: the next ticket is that of the list's own order, as it
// was before one sent: by a column either way, the most urgent first, as a saved
// view has it; a ticket that is not in the list leads to its first one.
func TestSendAndNextOrder(t *testing.T) {
	d := newDesk(t)
	c, a, b := ask(t, d, "bob", "Cable"), ask(t, d, "bob", "Arm"), ask(t, d, "mei", "Belt")
	for id, priority := range map[desk.TicketID]string{c: "1", a: "5", b: "9"} {
		wants(t, d.Post("ann", path(id)+"/facts", "priority", priority), 303)
	}
	wants(t, d.Post("ann", path(c)+"/plan", "due", "2030-01-02T10:00"), 303)
	wants(t, d.Post("ann", "/agent/views", "name", "By name", "for", "me", "address", "view=open&sort=by-subject"), 303)
	const list = "/agent/tickets"
	for _, row := range []struct {
		from  desk.TicketID
		query string
		to    string
	}{
		{a, "view=open&sort=by-subject", path(b)},
		{b, "view=open&sort=by-subject", path(c)},
		{c, "view=open&sort=by-subject", list},
		{c, "view=open&sort=-by-subject", path(b)},
		{b, "view=open&sort=-by-priority", path(a)},
		{a, "view=open&sort=by-nonsense", path(c)},
		{c, "view=open&sort=by-due", list},
		{a, "view=open&sort=by-due", path(c)},
		{c, "view=open&sort=-by-due", path(b)},
		{b, "view=open&sort=-by-due", path(a)},
		{c, "saved=1", list},
		{a, "saved=1", path(b)},
		{b, "query=Nonsense%20=", list},
		{b, "query=Nonsense%20=&sort=by-subject", list},
		{b, "text=cable&sort=by-subject", path(c)},
		{b, "view=open&sort=-by-updated", path(a)},
	} {
		if row.query == "view=open&sort=-by-updated" {
			say(d, "ann", desk.Comment, a, "Later than the others.")
			d.Pass(time.Minute)
			say(d, "ann", desk.Comment, b, "Latest, and written to once more below.")
		}
		to := d.Post("ann", path(row.from)+"/comment?"+row.query, "text", "Hello "+row.query, "next", "1").Header().Get("Location")
		if at, query, _ := strings.Cut(to, "?"); at != row.to || !strings.Contains("&"+query, "&"+row.query[:strings.IndexByte(row.query, '=')]) {
			t.Errorf("after %s of %s next leads to %q, want %q", row.from, row.query, to, row.to)
		}
		d.Pass(time.Minute)
	}
}

// TestSendAndNextUrgent: where the most urgent comes first, so does the next one.
func TestSendAndNextUrgent(t *testing.T) {
	d := newDesk(t)
	gold := webtest.Must(d.SaveAgreement(t.Context(), d.Sys, sla.Agreement{Name: "Gold", Targets: map[sla.Kind]time.Duration{sla.Resolution: 24 * time.Hour}}))(t)
	webtest.Must(d.Assign(t.Context(), d.Sys, sla.Assignment{Agreement: gold, Queue: d.Queue["Support"]}))(t)
	first, second, third := ask(t, d, "bob", "First"), ask(t, d, "bob", "Second"), ask(t, d, "mei", "Third")
	for from, to := range map[desk.TicketID]string{first: path(second), second: path(third), third: "/agent/tickets"} {
		got := d.Post("ann", path(from)+"/comment?view=open&sort=due", "text", "Hello "+from.String(), "next", "1").Header().Get("Location")
		if at, _, _ := strings.Cut(got, "?"); at != to {
			t.Errorf("after %s next leads to %q, want %q", from, got, to)
		}
	}
}

// TestNewDomain: an outside domain to which nothing was sent yet is warned of,
// while one types too.
func TestNewDomain(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	wants(t, d.Get("ann", path(id)), 200, "!was never written to")
	at := path(id) + "/goes-to?kind=reply&also="
	wants(t, d.Get("ann", at+"maker@encoders.example"), 200, "encoders.example was never written to", "maker@encoders.example", `data-label="Send to`, "!<main")
	wants(t, d.Get("ann", at+"half@"), 200, "!was never written to", "!half@")
	wants(t, d.Get("ann", at+"new@acme.example"), 200, "!was never written to")
	wants(t, d.Get("ray", at+"maker@encoders.example"), 403)
	wants(t, d.Get("zoe", at+"maker@encoders.example"), 404)
	d.User("Lea Leasing", "fleet.example", desk.Contact)
	d.OK(d.AddWatcher(t.Context(), d.By("ann"), id, desk.Cc, d.Who["lea"]))
	wants(t, d.Get("ann", path(id)), 200, "fleet.example was never written to")
}
