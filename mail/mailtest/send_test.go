package mailtest_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
	"gatehouse/notify"
	"gatehouse/service"
)

// opened returns the shop, where carla has opened ticket 1 and everybody was
// told.
func opened(t *testing.T, d *mailtest.Desk) {
	t.Helper()
	d.Deliver("support@desk.example", "From: carla@case.example\nSubject: Toner\nMessage-ID: <first@case.example>\n\nIt is empty.\n")
	d.MustWork()
	d.Relay.Take()
}

func write(t *testing.T, d *mailtest.Desk, login string, in service.NewMessage) {
	t.Helper()
	in.Ticket = 1
	if in.Kind == 0 {
		in.Kind = desk.Reply
	}
	if in.Text == "" {
		in.Text = "Shake it."
	}
	if _, err := d.Write(t.Context(), d.By(login), in); err != nil {
		t.Fatal(err)
	}
}

// outbox returns the letters of the outbox to somebody, newest first.
func outbox(t *testing.T, d *mailtest.Desk, to string) []desk.Outgoing {
	t.Helper()
	list, _, err := d.Outbox(t.Context(), mailtest.System(), service.OutFilter{To: desk.UserID(d.Names[to])})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func later(mailtest.Sent) error {
	return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "greylisted"}
}

func TestARetrySendsTheSameBytes(t *testing.T) {
	onBoth(t, func(t *testing.T, d *mailtest.Desk) {
		opened(t, d)
		d.Relay.Answer(later)
		write(t, d, "ann", service.NewMessage{Files: []desk.Attachment{{Name: "a.bin", Type: "application/octet-stream", Size: 3, Data: []byte("abc")}}})
		d.MustWork()
		d.MustWork() // nothing is due yet
		first := d.Relay.Refused()
		if got, want := mailtest.To(first), "abe carla carlo"; got != want {
			t.Fatalf("tried: got %s, want %s", got, want)
		}
		if got := outbox(t, d, "carla")[0]; got.State != desk.OutWaiting || got.Reason != "the relay says: 451 greylisted" {
			t.Errorf("got %s because %q", got.State, got.Reason)
		}
		kept, err := d.LetterBytes(t.Context(), desk.System(desk.ViaJob), outbox(t, d, "carla")[0].ID)
		if err != nil || !slices.ContainsFunc(first, func(s mailtest.Sent) bool { return bytes.Equal(s.Raw, kept.Raw) }) {
			t.Errorf("what was kept is not what was sent: %v\n%s", err, kept.Raw)
		}
		d.Clock.Advance(time.Minute)
		d.MustWork()
		second := d.Relay.Refused()
		d.Relay.Answer(func(mailtest.Sent) error { return nil })
		d.Clock.Advance(5 * time.Minute)
		d.MustWork()
		third := d.Relay.Take()
		byTo := func(a, b mailtest.Sent) int { return strings.Compare(a.To, b.To) }
		slices.SortFunc(first, byTo)
		slices.SortFunc(second, byTo)
		if len(first) != 3 || len(second) != 3 || len(third) != 3 {
			t.Fatalf("got %d, %d and %d letters, want 3 each time", len(first), len(second), len(third))
		}
		for i := range first {
			if !bytes.Equal(first[i].Raw, second[i].Raw) || !bytes.Equal(second[i].Raw, third[i].Raw) {
				t.Errorf("the tries to %s differ:\n%s", first[i].To, cmp.Diff(string(first[i].Raw), string(third[i].Raw)))
			}
		}
		d.Clock.Advance(24 * time.Hour)
		d.MustWork()
		if got := d.Relay.Take(); len(got) != 0 {
			t.Errorf("sent once more to %s", mailtest.To(got))
		}
	})
}

// Doing the job that tells people a second time tells nobody.
func TestTellingTwice(t *testing.T) {
	onBoth(t, func(t *testing.T, d *mailtest.Desk) {
		opened(t, d)
		write(t, d, "ann", service.NewMessage{})
		job, err := d.ClaimJob(t.Context(), desk.System(desk.ViaJob), service.JobNotify)
		if err != nil {
			t.Fatal(err)
		}
		tell := notify.Handler(d.Service)
		for range 2 {
			if err := tell(t.Context(), *job); err != nil {
				t.Error(err)
			}
		}
		d.MustWork()
		if got, want := mailtest.To(d.Relay.Take()), "abe carla carlo"; got != want {
			t.Errorf("told: got %s, want %s", got, want)
		}
	})
}

func TestWhatARelayRefusesForGood(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	opened(t, d)
	d.Relay.Answer(func(s mailtest.Sent) error {
		if strings.HasPrefix(s.To, "carla@") {
			return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
		}
		return nil
	})
	write(t, d, "ann", service.NewMessage{})
	d.MustWork()
	if got := outbox(t, d, "carla")[0]; got.State != desk.OutFailed || got.Reason != "the relay says: 550 no such user" {
		t.Errorf("got %s because %q", got.State, got.Reason)
	}
	if got, want := mailtest.To(d.Relay.Take()), "abe carlo"; got != want {
		t.Errorf("the others: got %s, want %s", got, want)
	}
}

// A relay that hangs up on one letter does not keep the desk from sending the
// letters behind it.
func TestALetterThatTheRelayCannotStand(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	opened(t, d)
	d.Relay.Answer(func(s mailtest.Sent) error {
		if strings.HasPrefix(s.To, "abe@") {
			return &smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "crashed"}
		}
		return nil
	})
	write(t, d, "ann", service.NewMessage{})
	d.MustWork()
	if got, want := mailtest.To(d.Relay.Take()), "carla carlo"; got != want {
		t.Errorf("the others: got %s, want %s", got, want)
	}
	if got := outbox(t, d, "abe")[0].State; got != desk.OutWaiting {
		t.Errorf("the letter is %s, want waiting", got)
	}
}

func TestTheRelayIsDownAndUpAgain(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	opened(t, d)
	d.Relay.Down()
	write(t, d, "ann", service.NewMessage{})
	if err := d.Work(); err == nil || !strings.Contains(err.Error(), "the relay cannot be reached") {
		t.Fatalf("got %v, want that the relay cannot be reached", err)
	}
	for range 5 { // some hours
		d.Clock.Advance(time.Hour)
		if err := d.Work(); err == nil {
			t.Fatal("a relay that is down was reached")
		}
	}
	if got := outbox(t, d, "carla")[0]; got.State != desk.OutWaiting {
		t.Errorf("got %s because %q, want waiting", got.State, got.Reason)
	}
	d.Relay.Up()
	d.Clock.Advance(2 * time.Hour)
	d.MustWork()
	if got, want := mailtest.To(d.Relay.Take()), "abe carla carlo"; got != want {
		t.Errorf("sent: got %s, want %s", got, want)
	}
}

func TestWithoutARelayLettersWait(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	d.Sender.Relay.Address = ""
	opened(t, d)
	if got := outbox(t, d, "carla")[0]; got.State != desk.OutWaiting || got.Tries != 0 {
		t.Errorf("got %s after %d tries, want waiting after none", got.State, got.Tries)
	}
	d.Sender.Relay.Address = d.Relay.Address
	d.Clock.Advance(30 * 24 * time.Hour)
	d.MustWork()
	if got, want := mailtest.To(d.Relay.Take()), "abe ann carla carlo"; got != want {
		t.Errorf("sent: got %s, want %s", got, want)
	}
}

// Who is entitled to a letter is asked at the moment of sending.
func TestNoLetterForWhoHasLeft(t *testing.T) {
	for _, tt := range []struct {
		why    string
		change func(d *mailtest.Desk) error
		reason string
		told   string
	}{
		{"carlo leaves the company", func(d *mailtest.Desk) error {
			return d.RemoveMember(d.T.Context(), mailtest.System(), d.Names["acme"], d.Names["carlo"])
		}, "he no longer stands in a role on the ticket", "abe carla"},
		{"carlo is disabled", func(d *mailtest.Desk) error {
			return d.UpdateUser(d.T.Context(), mailtest.System(), desk.User{ID: desk.UserID(d.Names["carlo"]), Login: "carlo", Kind: desk.Contact,
				Addresses: []string{"carlo@case.example"}, Disabled: true})
		}, "the user is disabled or has another address now", "abe carla"},
		{"carlo has another address", func(d *mailtest.Desk) error {
			return d.UpdateUser(d.T.Context(), mailtest.System(), desk.User{ID: desk.UserID(d.Names["carlo"]), Login: "carlo", Kind: desk.Contact,
				Addresses: []string{"new@case.example"}})
		}, "the user is disabled or has another address now", "abe carla"},
		{"carlo wants no letters", func(d *mailtest.Desk) error {
			return d.Squelch(d.T.Context(), d.By("carlo"), 1, desk.UserID(d.Names["carlo"]), true)
		}, "he does not want letters of this ticket", "abe carla"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			d := mailtest.OpenShop(t, "")
			opened(t, d)
			d.Relay.Answer(later)
			write(t, d, "ann", service.NewMessage{})
			d.MustWork() // queued, and put off by the relay
			if err := tt.change(d); err != nil {
				t.Fatal(err)
			}
			d.Relay.Answer(func(mailtest.Sent) error { return nil })
			d.Clock.Advance(time.Minute)
			d.MustWork()
			if got := mailtest.To(d.Relay.Take()); got != tt.told {
				t.Errorf("told: got %s, want %s", got, tt.told)
			}
			if got := outbox(t, d, "carlo")[0]; got.State != desk.OutDropped || got.Reason != tt.reason {
				t.Errorf("got %s because %q, want dropped because %q", got.State, got.Reason, tt.reason)
			}
		})
	}
}

// A letter says who it is from and how to answer, is marked as the desk's own,
// and tells nobody of the other receivers.
func TestWhatALetterCarries(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	d.Deliver("support@desk.example", "From: carla@case.example\nSubject: Toner\nMessage-ID: <first@case.example>\n\nMy password is Secret99.\n")
	d.MustWork()
	acknowledgement := d.Relay.Take()[2]
	if got := acknowledgement.From; got != "" {
		t.Errorf("an automatic answer has the sender %s, want none", got)
	}
	l := acknowledgement.Letter
	if l.Get("Auto-Submitted") != "auto-replied" || l.Subject != "[Desk #1] Toner" || strings.Contains(l.Text, "Secret99") {
		t.Errorf("got the acknowledgement %q, %s:\n%s", l.Subject, l.Get("Auto-Submitted"), l.Text)
	}
	write(t, d, "ann", service.NewMessage{Files: []desk.Attachment{
		{Name: "Störung.pdf", Type: "application/pdf", Size: 4, Data: []byte("%PDF")}}})
	d.MustWork()
	for _, sent := range d.Relay.Take() {
		l := sent.Letter
		if sent.From != "support@desk.example" || l.Get("Auto-Submitted") != "" || l.Get("X-Gatehouse-Desk") != "Desk" {
			t.Errorf("to %s: got the sender %s and the header %v", sent.To, sent.From, l.Header)
		}
		if want := []string{"first@case.example", "ticket-1@desk.example"}; !slices.Equal(l.References, want) {
			t.Errorf("to %s: got the references %v, want %v", sent.To, l.References, want)
		}
		if len(l.Parts) != 1 || l.Parts[0].Name != "Störung.pdf" || string(l.Parts[0].Data) != "%PDF" {
			t.Errorf("to %s: got the files %+v", sent.To, l.Parts)
		}
		for _, other := range []string{"abe", "carla", "carlo"} {
			if !strings.HasPrefix(sent.To, other+"@") && strings.Contains(string(sent.Raw), other+"@") {
				t.Errorf("the letter to %s names %s:\n%s", sent.To, other, sent.Raw)
			}
		}
	}
}
