package agent_test

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
	"gatehouse/web/agent"
	"gatehouse/web/webtest"
)

func batchAsked() agent.BatchPage {
	return agent.BatchPage{
		Nav: nav("view.open"), Count: 3, First: 1000, Tickets: "1,2,3", Back: "/agent/tickets?view=open", Numbers: []int64{10482, 10479, 10476}, Error: "Choose at least one thing to change.",
		Status: selection("", "status", "As it is", "Open", "Resolved"), Owner: web.Field{Name: "owner", Suggest: "user"}, Priority: web.Field{Name: "priority", Kind: "number"},
		Queue: selection("", "queue", "As it is", "Support"), Customer: web.Field{Name: "customer"}, Field: selection("", "field", "As it is", "Cost"),
		Value: web.Field{Name: "value", Kind: "textarea", Rows: 2}, Kind: selection("", "kind", "Nothing", "Internal comment"), Text: web.Field{Name: "text", Kind: "textarea"},
		Link: selection("", "link", "gets no link", "refers to"), To: web.Field{Name: "to"}, Merge: web.Field{Name: "merge", Error: "Write the number of a ticket."},
	}
}

func someSkips() []agent.BatchSkip {
	return []agent.BatchSkip{{Reason: "You may see the ticket but not do this to it.", Tickets: []int64{10470, 10467}}, {Reason: "It is so already.", Tickets: []int64{10461}, More: true}}
}

func batchSeen() agent.BatchPage {
	p := batchAsked()
	p.Error, p.First = "", 0
	p.Preview = &agent.BatchLook{Changes: 145, Letters: 290, Skipped: 3, Skips: someSkips()}
	return p
}

func batchDone() agent.BatchDonePage {
	return agent.BatchDonePage{URL: "/agent/batches/7", State: "done", At: ago(0), Words: []web.Text{web.T("batch.do.status", web.T("status.stalled")), web.T("batch.do.priority", 7)},
		Done: 148, All: 148, Count: 145, More: true, Changed: []agent.BatchTicket{{10482, "Toner of the printer on floor 3 is empty again"}, {10479, ""}},
		Skipped: 3, Skips: someSkips(), Undo: true, Undone: "/agent/batches/8"}
}

// workBatches does the jobs of batches.
func workBatches(t testing.TB, d *webtest.Desk) {
	t.Helper()
	for job := webtest.Must(d.ClaimJob(t.Context(), d.Sys, service.JobBatch))(t); job != nil; job = webtest.Must(d.ClaimJob(t.Context(), d.Sys, service.JobBatch))(t) {
		d.OK(d.RunBatch(t.Context(), d.Sys, *job))
	}
}

// TestBatchPages goes the whole way without script: tick, choose, look, do,
// see, undo.
func TestBatchPages(t *testing.T) {
	d := newDesk(t)
	one, two := ask(t, d, "bob", "Arm 7 stops"), ask(t, d, "mei", "Arm 8 stops")
	third := ask(t, d, "bob", "Other")
	d.OK(d.SetStatus(t.Context(), d.By("ann"), two, desk.StatusStalled, 0))
	ids := fmt.Sprintf("%d,%d", one, two)
	form := []string{"tickets", ids, "list", "view=open", "status", "stalled", "form", "f1"}
	wants(t, d.Get("ann", fmt.Sprintf("/agent/batch?ticket=%d&ticket=%d&list=view%%3Dopen", one, two)), 200, "2 tickets are chosen.", `value="`+ids+`"`, "/agent/tickets?view=open")
	wants(t, d.Get("ann", "/agent/batch?all=1&list="+url.QueryEscape("view=open&text=arm")), 200, "2 tickets are chosen.")
	wants(t, d.Get("ann", "/agent/batch"), 200, "No ticket is chosen")
	seen := d.Post("ann", "/agent/batch", append(form, "do", "preview")...)
	wants(t, seen, 200, "One ticket will be changed.", "One ticket stays as it is:", "It is so already.")
	wants(t, d.Post("ann", "/agent/batch", append(form, "do", "start", "seen", "made up")...), 200, "What will happen")
	start := append(form, "do", "start", "seen", hidden(t, seen, "seen"))
	done := d.Post("ann", "/agent/batch", start...)
	at := done.Header().Get("Location")
	if again := d.Post("ann", "/agent/batch", start...).Header().Get("Location"); again != at {
		t.Errorf("the form sent twice leads to %q and %q", at, again)
	}
	wants(t, d.Get("ann", at), 200, "Your changes are being made", "0 of 2 tickets are done.", "Stop")
	wants(t, d.Get("tom", at), 404)
	workBatches(t, d)
	wants(t, d.Get("ann", at), 200, "One ticket was changed.", "Arm 7 stops", "Status: Stalled", "It is so already.", "Undo")
	wants(t, d.Get("ann", "/agent/batches"), 200, "One ticket was changed.", at)
	back := d.Post("ann", at+"/undo")
	workBatches(t, d)
	wants(t, follow(t, d, "ann", back), 200, "Undoes an earlier change", "One ticket was changed.")
	wants(t, d.Get("ann", at), 200, "This was undone.")
	if got := webtest.Must(d.Ticket(t.Context(), d.Sys, one))(t).Status; got != desk.StatusNew {
		t.Errorf("after undoing the ticket is %s", got)
	}
	if got := webtest.Must(d.Ticket(t.Context(), d.Sys, third))(t).Status; got != desk.StatusNew {
		t.Errorf("a ticket that was not chosen is %s", got)
	}
}

// TestBatchFormKeeps: a form that is refused says where, and keeps what was
// typed; who may not is told why for each ticket.
func TestBatchFormKeeps(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	ticket := fmt.Sprint(int64(id))
	for _, tt := range []struct {
		login string
		form  []string
		code  int
		says  []string
	}{
		{"ann", []string{"text", "Hello all"}, 422, []string{"Say whether this is a reply or a comment.", "Hello all</textarea>"}},
		{"ann", []string{"priority", "high"}, 422, []string{"The priority is a whole number."}},
		{"ann", []string{"owner", "nobody that is"}, 422, []string{"is nobody that the desk knows"}},
		{"ann", []string{"customer", "nowhere"}, 422, []string{"There is no customer “nowhere”"}},
		{"ann", []string{"merge", "x"}, 422, []string{"Write the number of a ticket."}},
		{"ann", []string{}, 422, []string{"Choose at least one thing to change."}},
		{"ann", []string{"owner", "me", "kind", "comment", "text", "Mine."}, 200, []string{"One ticket will be changed.", "One letter will go out."}},
		{"ann", []string{"owner", "tom"}, 200, []string{"One ticket will be changed."}},
		{"ray", []string{"status", "open"}, 200, []string{"You may see the ticket but not do this to it.", "No ticket would be changed."}},
		{"zoe", []string{"status", "open"}, 404, []string{"There are no such tickets.", "!Arm 7"}},
	} {
		w := d.Post(tt.login, "/agent/batch", append(tt.form, "tickets", ticket, "do", "preview")...)
		t.Run(tt.login+" "+strings.Join(tt.form, " "), func(t *testing.T) { wants(t, w, tt.code, tt.says...) })
	}
}

// TestBatchInChromium ticks rows with mouse and keys and follows the change.
func TestBatchInChromium(t *testing.T) {
	d := newDesk(t)
	for i := range 5 {
		ask(t, d, "bob", fmt.Sprintf("Arm %d stops", i))
	}
	b := signedIn(t, d, "ann")
	b.Go(t, "/agent/tickets?view=open", webtest.Looks()["wide-light"])
	webtest.Value[bool](t, b, `document.querySelectorAll("tbody input")[0].click() || document.querySelectorAll("tbody input")[2].dispatchEvent(new MouseEvent("click", {bubbles: true, shiftKey: true}))`)
	if got := webtest.Value[string](t, b, `document.querySelector("[data-count]").textContent`); got != "Change 3 tickets" {
		t.Errorf("after ticking one and, with Shift, the third the button says %q", got)
	}
	b.Press(t, "Change 3 tickets")
	b.Says(t, "3 tickets are chosen.")
	webtest.Value[string](t, b, `document.querySelector("#f-status").value = "resolved"`)
	b.Press(t, "Preview")
	b.Says(t, "3 tickets will be changed.")
	b.Examine(t, "batch-preview")
	b.Press(t, "Change 3 tickets")
	workBatches(t, d)
	b.Go(t, webtest.Value[string](t, b, "location.pathname"), webtest.Looks()["wide-light"])
	b.Says(t, "3 tickets were changed.", "Undo")
	b.Examine(t, "batch-done")
	if n := len(regexp.MustCompile("#[0-9]+").FindAllString(b.Text(t), -1)); n != 3 {
		t.Errorf("the page names %d tickets, want 3", n)
	}
}

// TestListOnAPhone: the tickets come first there, the filter unfolds, and rows
// can be ticked; where there is room the filter stands open.
func TestListOnAPhone(t *testing.T) {
	d := newDesk(t)
	ask(t, d, "bob", "The arm stops")
	b := signedIn(t, d, "ann")
	seen := func(css string) bool {
		return webtest.Value[bool](t, b, `document.querySelector(`+"`"+css+"`"+`).checkVisibility()`)
	}
	for _, tt := range []struct {
		why, path, look string
		open            bool
	}{
		{"on a phone", "/agent/tickets?view=open", "phone-light", false},
		{"on a phone, while it narrows", "/agent/tickets?view=open&queue=Support", "phone-light", true},
		{"on a screen", "/agent/tickets?view=open", "wide-light", true},
	} {
		b.Go(t, tt.path, webtest.Looks()[tt.look])
		if got := seen("#f-customer"); got != tt.open {
			t.Errorf("%s the filter is seen: %v", tt.why, got)
		}
	}
	b.Go(t, "/agent/tickets?view=open", webtest.Looks()["phone-light"])
	b.Do(t, chromedp.Click(".filters > summary"))
	if !seen("#f-customer") {
		t.Error("the filter does not unfold")
	}
	b.Do(t, chromedp.Click("tbody input"))
	b.Press(t, "Change one ticket")
	b.Says(t, "One ticket is chosen.")
}

// signedIn is a browser in which somebody is signed in.
func signedIn(t *testing.T, d *webtest.Desk, login string) *webtest.Browser {
	t.Helper()
	password := d.Password(login)
	b := webtest.Open(t, d.Handler)
	b.Go(t, "/", webtest.Looks()["wide-light"])
	b.Do(t, chromedp.SetValue("#f-login", login), chromedp.SetValue("#f-password", password))
	b.Press(t, "Sign in")
	return b
}
