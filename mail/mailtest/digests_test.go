package mailtest_test

import (
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
	"gatehouse/service"
)

// daily has somebody want the letters of a day as one.
func daily(t *testing.T, d *mailtest.Desk, login string) {
	t.Helper()
	d.Grant(d.Names[login], 0, desk.ModifySelf)
	if err := d.SetLettersDaily(t.Context(), d.By(login), true); err != nil {
		t.Fatal(err)
	}
}

// nextMorning is after seven on the day after.
func nextMorning(d *mailtest.Desk) { d.Clock.Advance(23 * time.Hour) }

// TestADayInOneLetter: who wants it gets what was written on tickets once a day
// in the morning, what is about himself at once, and others as before.
func TestADayInOneLetter(t *testing.T) {
	onBoth(t, func(t *testing.T, d *mailtest.Desk) {
		daily(t, d, "abe")
		opened(t, d)
		write(t, d, "ann", service.NewMessage{Text: "Shake it."})
		write(t, d, "ann", service.NewMessage{Kind: desk.Comment, Text: "He is a bore."})
		d.MustWork()
		if got := sentTo(d); got["abe"] != nil || got["carla"] == nil {
			t.Errorf("at once: got %v", got)
		}
		if err := d.SetOwner(t.Context(), mailtest.System(), 1, service.Give, desk.UserID(d.Names["abe"])); err != nil {
			t.Fatal(err)
		}
		d.MustWork()
		if got := sentTo(d)["abe"]; got == nil || !strings.Contains(got.Text, "made you the owner") {
			t.Errorf("of himself: got %+v", got)
		}
		nextMorning(d)
		d.MustWork()
		sent := d.Relay.Take()
		if len(sent) != 1 || mailtest.To(sent) != "abe" {
			t.Fatalf("in the morning: got %s", mailtest.To(sent))
		}
		text := sent[0].Letter.Text
		for _, part := range []string{"== [Desk #1] Toner ==", "https://desk.example/agent/tickets/1", "Shake it.", "He is a bore.", "https://desk.example/account"} {
			if strings.Count(text, part) != 1 {
				t.Errorf("%q stands there %d times:\n%s", part, strings.Count(text, part), text)
			}
		}
		if strings.Contains(text, "You get this letter because") {
			t.Errorf("the ends of letters stand in\n%s", text)
		}
		for _, out := range outbox(t, d, "abe") {
			if out.State != desk.OutSent {
				t.Errorf("letter %s is %s", out.Kind, out.State)
			}
		}
		d.MustWork()
		nextMorning(d)
		d.MustWork()
		if got := d.Relay.Take(); len(got) != 0 {
			t.Errorf("a day without news: got %s", mailtest.To(got))
		}
	})
}

// TestDigestsAskAtTheLastMoment: what one may no longer read when the digest goes
// is not in it, also when it was written and could not be sent at first.
func TestDigestsAskAtTheLastMoment(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	daily(t, d, "abe")
	opened(t, d)
	write(t, d, "ann", service.NewMessage{Text: "Shake it."})
	write(t, d, "ann", service.NewMessage{Kind: desk.Comment, Text: "He is a bore."})
	d.MustWork()
	d.Relay.Take()
	nextMorning(d)
	d.Relay.Answer(later)
	d.MustWork()
	if got := d.Relay.Refused(); len(got) != 1 || !strings.Contains(got[0].Letter.Text, "bore") {
		t.Fatalf("at first: got %d", len(got))
	}
	noComments := func() {
		grants, _, err := d.Grants(t.Context(), mailtest.System(), service.GrantFilter{Who: d.Names["Staff"], Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range grants {
			if g.Right != desk.ShowTicketComments {
				continue
			}
			if err := d.Revoke(t.Context(), mailtest.System(), g.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	noComments()
	d.Relay.Answer(func(mailtest.Sent) error { return nil })
	d.Clock.Advance(time.Hour)
	d.MustWork()
	sent := d.Relay.Take()
	if len(sent) != 1 || strings.Contains(sent[0].Letter.Text, "bore") || !strings.Contains(sent[0].Letter.Text, "Shake it.") {
		t.Errorf("then: got %d letters: %+v", len(sent), sent)
	}
	write(t, d, "ann", service.NewMessage{Text: "And again."})
	d.MustWork()
	d.Relay.Take()
	if err := d.Squelch(t.Context(), mailtest.System(), 1, desk.UserID(d.Names["abe"]), true); err != nil {
		t.Fatal(err)
	}
	nextMorning(d)
	d.MustWork()
	if got := d.Relay.Take(); len(got) != 0 {
		t.Errorf("of nothing that he may be told he got %s", got[0].Letter.Text)
	}
}

// TestBackToLettersAtOnce: what was collected goes at once when one no longer
// wants it collected.
func TestBackToLettersAtOnce(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	daily(t, d, "abe")
	opened(t, d)
	write(t, d, "ann", service.NewMessage{Text: "Shake it."})
	d.MustWork()
	d.Relay.Take()
	if err := d.SetLettersDaily(t.Context(), d.By("abe"), false); err != nil {
		t.Fatal(err)
	}
	d.MustWork()
	if got := d.Relay.Take(); mailtest.To(got) != "abe abe" {
		t.Errorf("got %q", mailtest.To(got))
	}
}
