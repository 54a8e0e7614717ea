package mailtest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
	"gatehouse/service"
)

// TestALoopIsReported: the letters of a sender who writes as no person does are
// held, and who looks after letters is told once a day, in his language.
func TestALoopIsReported(t *testing.T) {
	onBoth(t, func(t *testing.T, d *mailtest.Desk) {
		number := 0
		d.Grant(d.Names["abe"], 0, desk.AdminMail)
		told := func() (letters []mailtest.Sent) {
			for _, s := range d.Relay.Take() {
				if strings.Contains(s.Letter.Subject, "are held") {
					letters = append(letters, s)
				}
			}
			return letters
		}
		same := func(n int) (last desk.SpoolID) {
			for range n {
				number++
				last = d.Deliver("support@desk.example", fmt.Sprintf("Message-ID: <%d@away.example>\n", number)+"From: robot@away.example\nSubject: Alarm\n\nThe same again.\n")
				d.MustWork()
				d.Clock.Advance(time.Minute)
			}
			return last
		}
		same(3)
		if got := told(); len(got) != 0 {
			t.Errorf("told of %d loops too early", len(got))
		}
		last := same(2)
		got := told()
		if len(got) != 1 || got[0].To != "abe@case.example" || !strings.Contains(got[0].Letter.Text, "robot@away.example look like a loop") || !strings.Contains(got[0].Letter.Text, "/admin/spool?status=held") {
			t.Errorf("told of it: %+v", got)
		}
		entry := d.Spooled(last)
		if entry.State != desk.SpoolHeld || len(entry.Notes.Marks) != 1 || entry.Notes.Marks[0] != desk.MarkLoop {
			t.Errorf("the letter is %s with the marks %v", entry.State, entry.Notes.Marks)
		}
		loops, err := d.HeldLoops(t.Context(), d.By("abe"))
		if err != nil || len(loops) != 1 || loops[0].Letters != 2 || loops[0].Sender != "robot@away.example" {
			t.Errorf("the page says %+v, %v", loops, err)
		}
		d.Clock.Advance(24 * time.Hour)
		same(4)
		if got := told(); len(got) != 1 {
			t.Errorf("told %d times on the next day", len(got))
		}
	})
}

// TestLettersOfOneSenderInAnHour: a queue takes so many, others do not suffer,
// and the next hour is another one.
func TestLettersOfOneSenderInAnHour(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	rules(t, d, desk.MailPolicy{PerHour: 3})
	number := 0
	states := func(from string, n int) string {
		var list []string
		for range n {
			number++
			id := d.Deliver("support@desk.example", fmt.Sprintf("From: %s@case.example\nSubject: Matter %d\n\nText %d.\n", from, number, number))
			d.MustWork()
			list = append(list, string(d.Spooled(id).State))
		}
		return strings.Join(list, " ")
	}
	if got := states("carla", 5); got != "done done done held held" {
		t.Errorf("carla's: %s", got)
	}
	if got := states("carlo", 1); got != "done" {
		t.Errorf("carlo's: %s", got)
	}
	d.Clock.Advance(time.Hour)
	if got := states("carla", 1); got != "done" {
		t.Errorf("carla's an hour later: %s", got)
	}
	held, _, err := d.SpoolList(t.Context(), mailtest.System(), service.SpoolFilter{State: desk.SpoolHeld})
	if err != nil || len(held) != 2 {
		t.Fatalf("%d are held, %v", len(held), err)
	}
	if err := d.RetrySpooled(t.Context(), mailtest.System(), held[0].ID); err != nil {
		t.Fatal(err)
	}
	d.MustWork()
	if got := d.Spooled(held[0].ID); got.State != desk.SpoolDone {
		t.Errorf("one that was released is %s because %s", got.State, got.Reason)
	}
}
