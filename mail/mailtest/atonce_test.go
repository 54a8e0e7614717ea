package mailtest_test

import (
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/mail/in"
	"gatehouse/mail/mailtest"
	"gatehouse/service"
	"gatehouse/store/pgtest"
)

// TestFirstLettersAtOnce: letters of somebody whom the desk does not know, read
// by several nodes at once, become a ticket each.
func TestFirstLettersAtOnce(t *testing.T) {
	d := mailtest.OpenShop(t, pgtest.NewDatabase(t))
	before, err := d.Tickets(t.Context(), mailtest.System(), service.TicketFilter{Limit: 500})
	if err != nil {
		t.Fatal(err)
	}
	const people, letters = 5, 4
	for i := range people * letters {
		d.Deliver("support@desk.example", mailtest.CRLF(fmt.Sprintf("From: new%d@else.example\nSubject: first %d\nMessage-ID: <f%d@else.example>\n\nx\n", i/letters, i, i)))
	}
	var nodes sync.WaitGroup
	for range letters {
		nodes.Go(func() {
			processor := &in.Processor{Service: d.Service, Log: slog.New(slog.DiscardHandler)}
			for worked := true; worked; {
				var err error
				if worked, err = processor.Step(t.Context()); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	nodes.Wait()
	d.Clock.Advance(time.Hour) // one that met others five times is tried again in a minute
	last := &in.Processor{Service: d.Service, Log: slog.New(slog.DiscardHandler)}
	for worked := true; worked && err == nil; {
		worked, err = last.Step(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	after, err := d.Tickets(t.Context(), mailtest.System(), service.TicketFilter{Limit: 500})
	if got := len(after.Lines) - len(before.Lines); err != nil || got != people*letters {
		list, _, _ := d.SpoolList(t.Context(), mailtest.System(), service.SpoolFilter{State: "refused"})
		t.Errorf("%d letters became %d tickets (%v); refused: %+v", people*letters, got, err, list)
	}
}

// TestOneLetterReadTwiceAtOnce: two nodes hold the same letter, as the clock of
// one of them is wrong or it was stopped for a while. It becomes one ticket.
func TestOneLetterReadTwiceAtOnce(t *testing.T) {
	d := mailtest.OpenShop(t, pgtest.NewDatabase(t))
	for i := range 10 {
		id := d.Deliver("support@desk.example", fmt.Sprintf("From: carla@case.example\nSubject: once %d\nMessage-ID: <o%d@else.example>\n\nx\n", i, i))
		entry := d.Spooled(id)
		letter := desk.Letter{Spool: id, Envelope: entry.Envelope, From: desk.MailAddress{Address: "carla@case.example"},
			Subject: fmt.Sprintf("once %d", i), Text: "x", LetterID: fmt.Sprintf("o%d@else.example", i)}
		var nodes sync.WaitGroup
		var got [3]service.Received
		for n := range got {
			nodes.Go(func() {
				var err error
				if got[n], err = d.ReceiveMail(t.Context(), desk.System(desk.ViaMail), letter); err != nil {
					t.Error(err)
				}
			})
		}
		nodes.Wait()
		if got[0] != got[1] || got[1] != got[2] || got[0].Ticket == 0 {
			t.Fatalf("letter %d became %+v", i, got)
		}
	}
}
