package mailtest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
	"gatehouse/service"
)

// newTown returns the shop, where carla has opened ticket 1 by mail and
// everybody was told: with a second customer, an agent who may nothing, and a
// queue that is for acme alone.
func newTown(t *testing.T) (d *mailtest.Desk, replyTo string) {
	t.Helper()
	d = mailtest.OpenShop(t, "")
	d.Customer(desk.Customer{Key: "umbra", Name: "Umbra AG"}, "ulla")
	d.User("otto", desk.Agent)
	d.Deliver("support@desk.example", "From: carla@case.example\nSubject: Toner\nMessage-ID: <first@case.example>\n\nIt is empty.\n")
	d.MustWork()
	return d, d.Relay.Take()[2].Letter.ReplyTo[0].Address
}

func TestReceive(t *testing.T) {
	for _, tt := range []struct {
		why, to, letter string
		state           desk.SpoolState
		reason          string // of a refusal, a part of it
		ticket          desk.TicketID
		told            string
	}{
		{"an answer to a letter of the ticket", "support@desk.example", "From: carla@case.example\nSubject: other\nReferences: <x@y> <first@case.example>\n\nStill.\n",
			desk.SpoolDone, "", 1, "abe ann carlo"},
		{"an answer to the reply address alone", "REPLY", "From: carla@case.example\nSubject: other\n\nStill.\n",
			desk.SpoolDone, "", 1, "abe ann carlo"},
		{"an answer by the subject's tag", "support@desk.example", "From: carlo@case.example\nSubject: AW: [desk #1] Toner\n\nMe too.\n",
			desk.SpoolDone, "", 1, "abe ann carla"},
		{"a reply address with a wrong MAC is the queue's", "support+1-aaaaaaaaaa@desk.example", "From: carla@case.example\nSubject: x\n\ny\n",
			desk.SpoolDone, "", 2, "abe ann carla carlo"},
		{"a stranger with the tag", "support@desk.example", "From: eve@evil.example\nSubject: [Desk #1] Toner\n\ny\n",
			desk.SpoolHeld, "Nobody here has the address eve@evil.example", 1, ""},
		{"a stranger with the reply address", "REPLY", "From: eve@evil.example\nSubject: x\n\ny\n",
			desk.SpoolHeld, "Nobody here has the address", 1, ""},
		{"another company with the tag", "support@desk.example", "From: ulla@case.example\nSubject: [Desk #1] Toner\n\ny\n",
			desk.SpoolHeld, "may not write on this ticket", 1, ""},
		{"an agent without rights learns nothing", "REPLY", "From: otto@case.example\nSubject: x\n\ny\n",
			desk.SpoolHeld, "may not write on this ticket", 1, ""},
		{"an agent's comment", "support-comment@desk.example", "From: ann@case.example\nSubject: [Desk #1] Toner\n\nLazy customer.\n",
			desk.SpoolDone, "", 1, "abe"},
		{"a contact's comment", "support-comment@desk.example", "From: carla@case.example\nSubject: [Desk #1] Toner\n\ny\n",
			desk.SpoolHeld, "may not write on this ticket", 1, ""},
		{"a comment on nothing", "support-comment@desk.example", "From: ann@case.example\nSubject: Toner\n\ny\n",
			desk.SpoolRefused, "names no ticket", 0, ""},
		{"a tag of no ticket opens one", "support@desk.example", "From: carla@case.example\nSubject: [Desk #77] Toner\n\ny\n",
			desk.SpoolDone, "", 2, "abe ann carla carlo"},
		{"an unknown sender", "support@desk.example", "From: New One <new@new.example>\nSubject: Hello\n\ny\n",
			desk.SpoolDone, "", 2, "abe ann new"},
		{"a program opens a ticket and gets no answer", "support@desk.example", "From: carla@case.example\nAuto-Submitted: auto-generated\nSubject: Disk full\n\ny\n",
			desk.SpoolDone, "", 2, "abe ann"},
		{"an answer of a program is kept and told to nobody", "REPLY", "From: carla@case.example\nAuto-Submitted: auto-replied\nSubject: Out of office\n\ny\n",
			desk.SpoolDone, "", 1, ""},
		{"the desk's own letter", "support@desk.example", "From: carla@case.example\nX-Gatehouse-Desk: Desk\nSubject: x\n\ny\n",
			desk.SpoolRefused, "own that came back", 0, ""},
		{"a letter from a queue", "support@desk.example", "From: support+9-x@desk.example\nSubject: x\n\ny\n",
			desk.SpoolRefused, "address of the desk itself", 0, ""},
		{"a report of failed delivery", "support@desk.example", "From: MAILER-DAEMON@relay.example\nSubject: Undelivered\n\ny\n",
			desk.SpoolRefused, "could not be delivered", 0, ""},
		{"no sender", "support@desk.example", "Subject: ghost\n\ny\n",
			desk.SpoolDone, "", 2, "abe ann"},
		{"a sender who cannot be read", "support@desk.example", "From: \"a b\"@new.example\nSubject: x\n\ny\n",
			desk.SpoolDone, "", 2, "abe ann"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			d, replyTo := newTown(t)
			id := d.Deliver(strings.Replace(tt.to, "REPLY", replyTo, 1), tt.letter)
			d.MustWork()
			got := d.Spooled(id)
			if got.State != tt.state || got.Ticket != tt.ticket || !strings.Contains(got.Reason, tt.reason) {
				t.Errorf("got %s, ticket %d, because %q; want %s, ticket %d, because %q", got.State, got.Ticket, got.Reason, tt.state, tt.ticket, tt.reason)
			}
			if got := mailtest.To(d.Relay.Take()); got != tt.told {
				t.Errorf("told: got %q, want %q", got, tt.told)
			}
		})
	}
}

// usersLike counts users whose address holds a text.
func usersLike(t *testing.T, d *mailtest.Desk, text string) int {
	t.Helper()
	list, _, err := d.Users(t.Context(), mailtest.System(), service.UserFilter{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

func TestRefusedSendersLeaveNoAccount(t *testing.T) {
	d := mailtest.Open(t, "")
	d.Queue("closed")
	id := d.Deliver("closed@desk.example", "From: eve@evil.example\nSubject: x\n\ny\n")
	ghost := d.Deliver("closed@desk.example", "Subject: x\n\ny\n")
	d.MustWork()
	if got := d.Spooled(ghost); got.State != desk.SpoolRefused || !strings.Contains(got.Reason, "does not say who wrote it") {
		t.Errorf("without a sender: got %s because %q", got.State, got.Reason)
	}
	if got := d.Spooled(id); got.State != desk.SpoolRefused || !strings.Contains(got.Reason, "may not open tickets in the queue closed") {
		t.Errorf("got %s because %q", got.State, got.Reason)
	}
	if got := usersLike(t, d, "evil"); got != 0 {
		t.Errorf("the refused sender has %d accounts", got)
	}
	if got := d.Spooled(id); !strings.HasPrefix(string(got.Raw), "From: eve") {
		t.Errorf("the refused letter was not kept: %q", got.Raw)
	}
}

func TestUnknownSenderJoinsTheCustomerOfHisDomain(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	d.Customer(desk.Customer{Key: "open", Name: "Open AG", Domains: []string{"open.example"}, AutoJoin: true,
		Presences: desk.Presences{Requestor: desk.PresenceReplace}}, "olga")
	d.Deliver("support@desk.example", "From: =?utf-8?q?Ren=C3=A9?= <Rene@OPEN.example>\nSubject: x\n\ny\n")
	d.MustWork()
	if got, want := mailtest.To(d.Relay.Take()), "abe ann olga rene"; got != want {
		t.Errorf("told: got %s, want %s", got, want)
	}
	if got := d.Show(1).Names[desk.PrincipalID(d.Show(1).Reporter)].Text; got != "René" {
		t.Errorf("got reporter %q, want René", got)
	}
}

func TestTheSameLetterTwiceBecomesOneTicket(t *testing.T) {
	onBoth(t, func(t *testing.T, d *mailtest.Desk) {
		letter := strings.Replace(germanLetter, "Message-ID: <one@case.example>\n", "", 1) // it is known by its bytes
		first := d.Deliver("support@desk.example", letter)
		second := d.Deliver("support@desk.example", letter)
		d.MustWork()
		if a, b := d.Spooled(first), d.Spooled(second); a.Ticket != 1 || b.Ticket != 1 || b.State != desk.SpoolDone {
			t.Errorf("got tickets %d and %d (%s)", a.Ticket, b.Ticket, b.Reason)
		}
		if got, want := mailtest.To(d.Relay.Take()), "abe ann carla carlo"; got != want {
			t.Errorf("told: got %s, want %s", got, want)
		}
	})
}

// A letter that brought the program down each time is parked.
func TestALetterThatKills(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	id := d.Deliver("support@desk.example", "From: carla@case.example\nSubject: x\n\ny\n")
	claims := 0
	for ; claims < 20; claims++ { // each time that it is started again
		entry, err := d.NextSpooled(t.Context(), desk.System(desk.ViaMail))
		if err != nil {
			t.Fatal(err)
		}
		if entry == nil {
			break
		}
		d.Clock.Advance(10 * time.Minute)
	}
	if got := d.Spooled(id); claims != 10 || got.State != desk.SpoolParked || !strings.Contains(got.Reason, "broke off each time") {
		t.Errorf("after %d tries: got %s because %q", claims, got.State, got.Reason)
	}
}

func TestOneLetterToSeveralAddresses(t *testing.T) {
	d, replyTo := newTown(t)
	d.Queue("sales")
	toAll := "From: carla@case.example\nTo: support@desk.example\nSubject: x\nReferences: <first@case.example>\nMessage-ID: <all@case.example>\n\ny\n"
	d.Deliver(replyTo, toAll)
	d.Deliver("support@desk.example", toAll)
	d.MustWork()
	if got := len(d.Show(1).Messages); got != 2 {
		t.Errorf("an answer to all became %d messages, want 1", got-1)
	}
	d.Relay.Take()
	toBoth := "From: carla@case.example\nSubject: New\nMessage-ID: <new@case.example>\n\ny\n"
	first, second := d.Deliver("support@desk.example", toBoth), d.Deliver("sales@desk.example", toBoth)
	d.MustWork()
	if a, b := d.Spooled(first).Ticket, d.Spooled(second).Ticket; a != 2 || b != 3 {
		t.Errorf("a letter to two queues became tickets %d and %d, want 2 and 3", a, b)
	}
}

func TestAnswersOfProgramsChangeNothing(t *testing.T) {
	d, replyTo := newTown(t)
	if err := d.SetStatus(t.Context(), d.By("ann"), 1, desk.StatusResolved, 0); err != nil {
		t.Fatal(err)
	}
	d.Deliver(replyTo, "From: carla@case.example\nAuto-Submitted: auto-replied (vacation)\nSubject: Out of office\n\ny\n")
	d.MustWork()
	if v := d.Show(1); v.Status != desk.StatusResolved || len(v.Messages) != 2 {
		t.Errorf("got status %s and %d messages, want resolved and 2", v.Status, len(v.Messages))
	}
}

// A program that does not say that it is one, and writes whenever it is
// answered, is not answered for ever.
func TestAcknowledgementsHaveAnEnd(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	acknowledged := func(letters int) (n int) {
		for i := range letters {
			d.Deliver("support@desk.example", fmt.Sprintf("From: robot@x.example\nSubject: Re: your letter\nX-Number: %d\n\nI am away for %d days.\n", i, i))
			d.MustWork()
		}
		for _, s := range d.Relay.Take() {
			if s.To == "robot@x.example" {
				n++
			}
		}
		return n
	}
	if got, want := acknowledged(30), 20; got != want {
		t.Errorf("got %d acknowledgements in an hour, want %d", got, want)
	}
	d.Clock.Advance(2 * time.Hour)
	if got := len(spoolOf(t, d, desk.SpoolDone)); got != 30 {
		t.Errorf("got %d letters received, want 30", got)
	}
	d.Deliver("support@desk.example", "From: robot@x.example\nSubject: later\n\ny\n")
	d.MustWork()
	if got, want := mailtest.To(d.Relay.Take()), "abe ann robot"; got != want {
		t.Errorf("after two hours: told %s, want %s", got, want)
	}
}

func spoolOf(t *testing.T, d *mailtest.Desk, state desk.SpoolState) []desk.Spooled {
	t.Helper()
	list, _, err := d.SpoolList(t.Context(), mailtest.System(), service.SpoolFilter{State: state, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// hostile letters become tickets all the same.
func TestHostileLetters(t *testing.T) {
	for _, tt := range []struct{ why, letter, text, file string }{
		{"nested without end", nested(200), "could not be read", "letter.eml"},
		{"thousands of parts", manyParts(2000), "could not be read", "letter.eml"},
		{"a header without end", "From: carla@case.example\nSubject: hostile\nX-Long: " + strings.Repeat("a\n b", 100_000) + "\n\ny\n", "could not be read", "letter.eml"},
		{"more text than a message holds", "From: carla@case.example\nSubject: hostile\n\n" + strings.Repeat("long line\n", 120_000), "goes on in the attached file", "text.txt"},
		{"a header in the subject", "From: carla@case.example\nSubject: =?utf-8?q?hostile=0D=0ABcc:_eve=40evil.example?=\n\nharmless\n", "harmless", ""},
		{"a header in the name", "From: =?utf-8?q?Carla=0D=0ABcc:_eve=40evil.example?= <carla@case.example>\nSubject: hostile\n\nharmless\n", "harmless", ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			d := mailtest.OpenShop(t, "")
			id := d.Deliver("support@desk.example", tt.letter)
			d.MustWork()
			if got := d.Spooled(id); got.State != desk.SpoolDone || got.Ticket != 1 {
				t.Fatalf("got %s because %q", got.State, got.Reason)
			}
			v := d.Show(1)
			if !strings.HasPrefix(v.Subject, "hostile") || v.Reporter != desk.UserID(d.Names["carla"]) || !strings.Contains(v.Messages[0].Text, tt.text) {
				t.Errorf("got ticket %q of user %d: %.200q", v.Subject, v.Reporter, v.Messages[0].Text)
			}
			if tt.file != "" && (len(v.Messages[0].Attachments) != 1 || v.Messages[0].Attachments[0].Name != tt.file) {
				t.Errorf("got files %+v, want %s", v.Messages[0].Attachments, tt.file)
			}
			if slices.ContainsFunc(d.Relay.Take(), func(s mailtest.Sent) bool { return s.Letter.Get("Bcc") != "" || strings.Contains(s.To, "evil") }) {
				t.Error("a letter went out with a header of a stranger's")
			}
		})
	}
}

func nested(depth int) string {
	var b strings.Builder
	b.WriteString("From: carla@case.example\nSubject: hostile\n")
	for i := range depth {
		name := strings.Repeat("x", i+1)
		b.WriteString("Content-Type: multipart/mixed; boundary=" + name + "\n\n--" + name + "\n")
	}
	return b.String() + "\ny\n"
}

func manyParts(n int) string {
	return "From: carla@case.example\nSubject: hostile\nContent-Type: multipart/mixed; boundary=b\n\n" +
		strings.Repeat("--b\nContent-Type: text/plain\n\ny\n", n) + "--b--\n"
}
