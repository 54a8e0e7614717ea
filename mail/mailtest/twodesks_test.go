package mailtest_test

import (
	"slices"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/mail/in"
	"gatehouse/mail/mailtest"
	"gatehouse/service"
)

// twoDesks are desks of which each is the other's relay, by SMTP: what one
// sends to the other arrives, and what it sends elsewhere is refused there.
func twoDesks(t *testing.T) (a, b *mailtest.Desk) {
	t.Helper()
	a, b = mailtest.OpenShopAs(t, "North", "north.example"), mailtest.OpenShopAs(t, "South", "south.example")
	a.Sender.Relay.Address = b.Listen(false, in.DefaultLimits())
	b.Sender.Relay.Address = a.Listen(false, in.DefaultLimits())
	return a, b
}

// exchange lets two desks work until they are silent for a day, and returns
// the letters that each got from the other, the latest first.
func exchange(t *testing.T, a, b *mailtest.Desk) (toA, toB []desk.Spooled) {
	t.Helper()
	for range 50 {
		for _, d := range []*mailtest.Desk{a, b} {
			d.Clock.Advance(30 * time.Minute)
			_ = d.Work() // that people elsewhere cannot be reached is of no concern
		}
	}
	bySMTP := func(d *mailtest.Desk) []desk.Spooled {
		list, _, err := d.SpoolList(t.Context(), mailtest.System(), service.SpoolFilter{})
		if err != nil {
			t.Fatal(err)
		}
		return slices.DeleteFunc(list, func(s desk.Spooled) bool { return s.Envelope.Via != "smtp" })
	}
	return bySMTP(a), bySMTP(b)
}

// TestTwoDesksEndByThemselves has two desks that are each other's customers.
// Whatever begins it, the programs exchange one letter; the answer of an agent
// is one more, which finds the ticket that began it, and nothing answers that.
func TestTwoDesksEndByThemselves(t *testing.T) {
	for _, tt := range []struct {
		why      string
		begin    func(a, b *mailtest.Desk) error
		toA, toB int             // letters
		answered desk.SpoolState // what becomes of the answer of an agent of b
	}{
		{"an agent of one opens a ticket in the name of the other", opensFor, 0, 1, desk.SpoolDone},
		{"an agent of one writes to the other from a ticket of somebody else", writesTo, 0, 1, desk.SpoolHeld},
		{"somebody forges a letter from one to the other", forges, 1, 0, desk.SpoolDone},
	} {
		t.Run(tt.why, func(t *testing.T) {
			a, b := twoDesks(t)
			if err := tt.begin(a, b); err != nil {
				t.Fatal(err)
			}
			toA, toB := exchange(t, a, b)
			if len(toA) != tt.toA || len(toB) != tt.toB {
				t.Fatalf("the programs exchanged %d and %d letters, want %d and %d", len(toA), len(toB), tt.toA, tt.toB)
			}
			write(t, b, "ann", service.NewMessage{Text: "We are looking into it."})
			toA, toB = exchange(t, a, b)
			if len(toA) != tt.toA+1 || len(toB) != tt.toB {
				t.Fatalf("after the answer there are %d and %d letters, want %d and %d", len(toA), len(toB), tt.toA+1, tt.toB)
			}
			if last := toA[0]; last.State != tt.answered || last.Ticket != 1 {
				t.Errorf("the answer is %s on ticket %d because %q, want %s on ticket 1", last.State, last.Ticket, last.Reason, tt.answered)
			}
		})
	}
}

func opensFor(a, _ *mailtest.Desk) error {
	id, err := a.CreateUser(a.T.Context(), mailtest.System(), desk.User{Login: "south", Kind: desk.Contact, Addresses: []string{"support@south.example"}})
	if err != nil {
		return err
	}
	_, err = a.OpenTicket(a.T.Context(), a.By("ann"), service.NewTicket{Queue: a.Queues["support"], Subject: "The line is down", Text: "Please look.",
		Requestors: []desk.PrincipalID{desk.PrincipalID(id)}})
	return err
}

func writesTo(a, _ *mailtest.Desk) error {
	a.Deliver("support@north.example", "From: carla@case.example\nSubject: Toner\n\nIt is empty.\n")
	_ = a.Work() // carla cannot be reached
	_, err := a.Write(a.T.Context(), a.By("ann"), service.NewMessage{Ticket: 1, Kind: desk.Reply, Text: "Can you help?",
		Delivery: service.Delivery{OneTimeCc: []string{"support@south.example"}}})
	return err
}

func forges(_, b *mailtest.Desk) error {
	b.Deliver("support@south.example", "From: support@north.example\nSubject: Hello\n\nWho is there?\n")
	return nil
}
