package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

// drivenTickets are the tickets of the desk while the load is driven, and what
// was confirmed of them.
type drivenTickets struct {
	run *run

	mu      sync.Mutex
	known   map[desk.TicketID]*desk.TicketFacts
	made    []desk.TicketID            // opened by the load, and confirmed
	words   map[desk.TicketID]string   // in their subjects
	marks   map[desk.TicketID][]string // of messages
	letters []string
	remarks map[desk.TicketID]bool
}

func newDrivenTickets(r *run) *drivenTickets {
	return &drivenTickets{run: r, known: map[desk.TicketID]*desk.TicketFacts{}, words: map[desk.TicketID]string{},
		marks: map[desk.TicketID][]string{}, remarks: map[desk.TicketID]bool{}}
}

// facts returns on what access to a ticket depends: as it was made, or, of a
// ticket that the load made, as the database has it.
func (ts *drivenTickets) facts(ctx context.Context, id desk.TicketID) (*desk.TicketFacts, error) {
	ts.mu.Lock()
	f := ts.known[id]
	ts.mu.Unlock()
	if f != nil {
		return f, nil
	}
	if int(id) <= ts.run.tickets.Len() {
		k := ts.run.tickets.At(int(id) - 1)
		f = &k.TicketFacts
	} else if err := ts.read(ctx, id, &f); err != nil {
		return nil, err
	}
	ts.mu.Lock()
	defer ts.mu.Unlock()
	ts.known[id] = f
	return f, nil
}

// read asks the database, again while it is away.
func (ts *drivenTickets) read(ctx context.Context, id desk.TicketID, to **desk.TicketFacts) error {
	return again(ctx, func() error {
		return ts.run.store.View(ctx, func(tx *store.Tx) error {
			t, err := tx.Ticket(ctx, id)
			if err == nil {
				*to = t.Facts()
			}
			return err
		})
	})
}

// again tries something for a while; the database may be away.
func again(ctx context.Context, do func() error) error {
	for until := time.Now().Add(time.Minute); ; <-time.After(200 * time.Millisecond) {
		err := do()
		if err == nil || desk.KindOf(err) == desk.NotFound || ctx.Err() != nil || time.Now().After(until) {
			return err
		}
	}
}

// opened notes that the opening of a ticket was confirmed.
func (ts *drivenTickets) opened(ctx context.Context, id desk.TicketID, word string) {
	if _, err := ts.facts(ctx, id); err != nil {
		word = "" // settle finds that it is not there
	}
	ts.mu.Lock()
	defer ts.mu.Unlock()
	ts.made = append(ts.made, id)
	ts.words[id] = word
}

// recent are the newest that are known, of those the load opened and of those
// that were there.
func (ts *drivenTickets) recent(n int) []desk.TicketID {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	list := slices.Clone(ts.made[max(0, len(ts.made)-n):])
	for id := ts.run.tickets.Len(); len(list) < n && id > 0; id-- {
		list = append(list, desk.TicketID(id))
	}
	return list
}

// someWord is a ticket with a word that no other has.
func (ts *drivenTickets) someWord() (desk.TicketID, string) {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	if len(ts.made) == 0 {
		return 0, ""
	}
	id := ts.made[rand.IntN(len(ts.made))]
	return id, ts.words[id]
}

// write notes that a message was confirmed.
func (ts *drivenTickets) write(id desk.TicketID, mark string) {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	ts.marks[id] = append(ts.marks[id], mark)
}

// written are the marks of a ticket's messages.
func (ts *drivenTickets) written(id desk.TicketID) []string {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	return slices.Clone(ts.marks[id])
}

// posted notes that a letter was taken.
func (ts *drivenTickets) posted(mark string) {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	ts.letters = append(ts.letters, mark)
}

func (ts *drivenTickets) remarked(id desk.TicketID) bool {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	return ts.remarks[id]
}

// remarkMark is what stands in the comment of a ticket.
func remarkMark(id desk.TicketID) string { return fmt.Sprintf("remark-%d-not-for-all", id) }

// remark writes a reply and a comment on each ticket that has none yet.
func (d *drive) remark(ctx context.Context, tickets []desk.TicketID) error {
	return d.store.Do(ctx, func(tx *store.Tx) error {
		for _, id := range tickets {
			if err := d.remarkOn(ctx, tx, id); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d *drive) remarkOn(ctx context.Context, tx *store.Tx, id desk.TicketID) error {
	if d.tickets.remarked(id) {
		return nil
	}
	d.tickets.mu.Lock()
	d.tickets.remarks[id] = true
	d.tickets.mu.Unlock()
	for kind, text := range map[desk.MessageKind]string{desk.Reply: sentence(d.random, 80), desk.Comment: remarkMark(id)} {
		m := &desk.Message{Ticket: id, Kind: kind, Author: d.root.user, At: time.Now(), Text: text, Via: desk.ViaWeb}
		if err := tx.InsertMessage(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// settle gives back what was taken, waits until all letters were worked off,
// counts what became of everything that was confirmed, and verifies the desk.
func (d *drive) settle(ctx context.Context) error {
	for _, m := range d.taken {
		if !d.history.doubted(desk.UserID(m.Member)) {
			d.change(ctx, m, true)
		}
	}
	d.Progress("working letters off", 0, 0)
	rest := d.waitForLetters
	if d.Settle != nil {
		rest = d.Settle
	}
	if err := rest(ctx); err != nil {
		return err
	}
	d.Progress("counting what was confirmed", 0, 0)
	for _, count := range []func(context.Context) error{d.countTickets, d.countMessages} {
		if err := again(ctx, func() error { return count(ctx) }); err != nil {
			return err
		}
	}
	found, err := d.service.Verify(ctx, desk.System(desk.ViaCLI))
	if err != nil {
		return err
	}
	if !found.Clean() {
		d.counts.wrong("verify: %+v", found)
	}
	return nil
}

// waitForLetters waits while letters are worked off; a minute without any
// progress is too long.
func (d *drive) waitForLetters(ctx context.Context) error {
	last, since := -1, time.Now()
	for {
		var waiting int
		err := again(ctx, func() error {
			counts, err := d.service.PostCounts(ctx, desk.System(desk.ViaCLI))
			waiting = int(counts.SpoolWaiting)
			return err
		})
		switch {
		case err != nil:
			return err
		case waiting == 0:
			return nil
		case waiting != last:
			last, since = waiting, time.Now()
		}
		if time.Since(since) > d.ServeOptions.Patience || isDone(ctx) {
			d.counts.wrong("letters: %d wait and nobody looks at them", waiting)
			return nil
		}
		<-time.After(200 * time.Millisecond)
	}
}

func isDone(ctx context.Context) bool { return ctx.Err() != nil }

// countTickets makes sure that each letter became one ticket, and each ticket
// that was opened is there, once.
func (d *drive) countTickets(ctx context.Context) error {
	there := map[string]int{}
	f := service.TicketFilter{Limit: 500}
	for more := true; more; {
		page, err := d.service.Tickets(ctx, desk.System(desk.ViaCLI), f)
		if err != nil {
			return err
		}
		more = page.More
		for _, line := range page.Lines {
			there[line.Subject]++
			f.Before = line.ID
			more = more && int(line.ID) > d.run.tickets.Len()
		}
	}
	d.tickets.mu.Lock()
	defer d.tickets.mu.Unlock()
	for _, mark := range d.tickets.letters {
		d.isOnce(there["Letter "+mark], "letter "+mark)
	}
	for id, mark := range d.tickets.words {
		d.isOnce(there["Opened "+mark], fmt.Sprintf("ticket %d, %q", id, mark))
	}
	d.counts.set("letters", len(d.tickets.letters))
	d.counts.set("tickets", len(d.tickets.words))
	return nil
}

func (d *drive) isOnce(n int, what string) {
	switch {
	case n == 0:
		d.counts.wrong("lost: %s was confirmed and is not there", what)
	case n > 1:
		d.counts.wrong("doubled: %s is there %d times", what, n)
	}
}

// countMessages makes sure that each message that was confirmed is there once.
func (d *drive) countMessages(ctx context.Context) error {
	d.tickets.mu.Lock()
	defer d.tickets.mu.Unlock()
	total := 0
	for id, marks := range d.tickets.marks {
		v, err := d.service.Ticket(ctx, desk.System(desk.ViaCLI), id)
		if err != nil {
			return err
		}
		there := map[string]int{}
		for _, m := range v.Messages {
			there[m.Text]++
		}
		for _, mark := range marks {
			d.isOnce(there["Written: "+mark], "message "+mark)
		}
		total += len(marks)
	}
	d.counts.set("messages", total)
	return nil
}
