package agent_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// busyDesk is the desk with a week's tickets and one long conversation.
func busyDesk(t testing.TB) (*webtest.Desk, desk.TicketID) {
	t.Helper()
	d := newDesk(t)
	d.Pass(-50 * time.Hour)
	for _, q := range []string{"Fieldwork", "Hardware", "Network"} {
		id := d.MakeQueue(q)
		d.Give(d.Who["Support staff"], 0, desk.OnQueue(id), "rw")
	}
	for i, subject := range []string{
		"Toner of the printer on floor 3 is empty again", "VPN drops every afternoon around four", "Invoice 2026-1187 shows the wrong address",
		"Please add Bob to the project mailbox", "New laptop for the colleague who starts in December", "Backup of the night failed",
		"Re: Re: Fwd: Certificate of the customer portal expires on Friday – who renews it, and do we have to tell anybody?",
	} {
		id := ask(t, d, []string{"bob", "mei", "vera"}[i%3], subject)
		d.Pass(3 * time.Hour)
		if i%2 == 0 {
			d.OK(d.SetOwner(t.Context(), d.By("ann"), id, service.Take, 0))
		}
		if i%3 == 2 {
			d.OK(d.SetStatus(t.Context(), d.By("tom"), id, desk.StatusStalled, 0))
		}
	}
	id := ask(t, d, "bob", "Arm 7 stops with error E-41 after warm-up")
	d.OK(d.SetOwner(t.Context(), d.By("ann"), id, service.Take, 0))
	say(d, "ann", desk.Reply, id, "Hello Bob,\n\nE-41 is the encoder of the second joint. Is the cable at the joint warm?\n\nBest regards\nAnn")
	d.Pass(2 * time.Hour)
	webtest.Must(d.Write(t.Context(), d.By("bob"), service.NewMessage{Ticket: id, Kind: desk.Reply,
		Text: "Yes, it is hot. Log attached.\n\nOn Saturday Ann Archer wrote:\n> E-41 is the encoder of the second joint.\n> Is the cable at the joint warm?",
		HTML: `<p>Yes, it is <b>hot</b>. Log attached.</p><img src="cid:p@x">`,
		Files: []desk.Attachment{{Name: "controller-log.txt", Data: make([]byte, 48_000)},
			{Name: "p.gif", ContentID: "p@x", Inline: true, Data: []byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;")}}}))(t)
	say(d, "tom", desk.Comment, id, "We have one spare encoder in stock. Shall I drive there tomorrow?")
	d.OK(d.AddWatcher(t.Context(), d.By("ann"), id, desk.Cc, d.Who["vera"]))
	return d, id
}

// TestStory works through a morning at the desk: sign in, the list, a ticket,
// an answer, who sees it, a new ticket.
func TestStory(t *testing.T) {
	d, _ := busyDesk(t)
	password := d.Password("ann")
	b := webtest.Open(t, d.Handler)
	b.Go(t, "/", webtest.Looks()["wide-light"])
	b.Examine(t, "real-sign-in")
	b.Do(t, chromedp.SetValue("#f-login", "ann"), chromedp.SetValue("#f-password", "wrong"))
	b.Press(t, "Sign in")
	b.Says(t, "do not fit together")
	b.Do(t, chromedp.SetValue("#f-password", password))
	b.Press(t, "Sign in")
	b.Says(t, "My tickets", "Arm 7 stops", "Acme Robotics")
	b.Examine(t, "real-list")
	headsStandOverCells(t, b)
	b.Press(t, "Arm 7 stops")
	b.Says(t, "Is the cable at the joint warm?", "Acme Robotics took part as Requestor", "Vera Voss", "Quoted text", "controller-log.txt")
	b.Examine(t, "real-ticket")
	b.Press(t, "Send to 4 people")
	b.Says(t, "Write something first.")
	b.Examine(t, "real-refused")
	b.Do(t, chromedp.SetValue("#f-reply-text", "We come tomorrow at nine.\n\nAnn"))
	b.Press(t, "Send to 4 people")
	b.Says(t, "We come tomorrow at nine.", "goes to 4 people")
	b.Press(t, "Who sees this?")
	b.Says(t, "Member at Acme Robotics", "Acme Robotics stands as Requestor", "Support staff")
	b.Examine(t, "real-who")
	b.Go(t, "/agent/tickets/new", webtest.Looks()["wide-light"])
	b.Examine(t, "real-new")
	b.Do(t, chromedp.SetValue("#f-requestor", "mei"), chromedp.SetValue("#f-subject", "She called about the gripper"), chromedp.SetValue("#f-text", "It drops parts."))
	b.Press(t, "Open ticket")
	b.Says(t, "She called about the gripper", "was opened", "Acme Robotics")
}

// headsStandOverCells: the words in the head of a table begin where those of the
// cells below begin.
func headsStandOverCells(t *testing.T, b *webtest.Browser) {
	t.Helper()
	const crooked = `(() => {
		const left = (cell) => { const r = document.createRange(); r.selectNodeContents(cell); return r.getBoundingClientRect().left };
		const [head, row] = [document.querySelector(".tickets thead tr"), document.querySelector(".tickets tbody tr")];
		return [...head.cells].filter((th, i) => Math.abs(left(th) - left(row.cells[i])) > 3).map((th) => th.textContent).join(", ");
	})()`
	if got := webtest.Value[string](t, b, crooked); got != "" {
		t.Errorf("these heads do not stand over their cells: %s", got)
	}
}

// TestKeysAtTheDesk goes from the list into a ticket and writes, with the
// keyboard only; the list of names below a field comes while one types.
func TestKeysAtTheDesk(t *testing.T) {
	d, _ := busyDesk(t)
	password := d.Password("ann")
	b := webtest.Open(t, d.Handler)
	b.Go(t, "/sign-in?next=/agent/tickets?view=mine", webtest.Look{Width: 1440, Height: 900})
	b.Do(t, chromedp.SetValue("#f-login", "ann"), chromedp.SetValue("#f-password", password))
	b.Press(t, "Sign in")
	b.Do(t, chromedp.KeyEvent("j"), chromedp.KeyEvent("j"), chromedp.KeyEvent("k"))
	b.Follow(t, chromedp.KeyEvent("\r"))
	if got := webtest.Value[string](t, b, `document.querySelector("h1").textContent`); !strings.HasPrefix(got, "Arm 7 stops") {
		t.Errorf("j, j, k, Enter lead to %q, want the first ticket", got)
	}
	b.Do(t, chromedp.KeyEvent("r"), chromedp.KeyEvent("It works"))
	if got := webtest.Value[string](t, b, `document.querySelector("#f-reply-text").value`); !strings.HasSuffix(got, "It works") {
		t.Errorf("after r one writes %q into the reply", got)
	}
	b.Do(t, chromedp.Evaluate[chromedp.Void](`document.querySelector("details.change.block").open = true; document.querySelector("#f-watch-who").focus()`),
		chromedp.KeyEvent("mei"), poll(`[...document.querySelectorAll("#f-watch-who-list option")].some(o => o.value === "user:mei")`),
		chromedp.SetValue("#f-watch-who", "user:mei"))
	b.Press(t, "Add")
	b.Says(t, "added Mei Chen as Cc")
	if got := webtest.Value[string](t, b, `document.querySelector("#f-reply-text").value`); !strings.HasSuffix(got, "It works") {
		t.Errorf("after another form was sent the draft is %q, want it kept", got)
	}
}
