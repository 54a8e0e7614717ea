package service_test

import (
	"fmt"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// A crowd is a desk with tickets of two queues, of which eve works in the first.
type crowd struct {
	*house
	tickets []desk.TicketID // three of support, one of billing
}

func newCrowd(t *testing.T) *crowd {
	t.Helper()
	h := &crowd{house: newHouse(t)}
	h.agent("eve")
	h.agent("tom")
	h.makeQueue(desk.Queue{Name: "support"})
	h.makeQueue(desk.Queue{Name: "billing"})
	h.customer(desk.Customer{Key: "acme"})
	h.customer(desk.Customer{Key: "bolt"})
	for _, login := range []string{"eve", "tom"} {
		h.grant(h.names[login], "rw", desk.OnQueue(h.queue["support"]))
	}
	h.grant(h.names["eve"], "SeeCustomer", desk.OnSystem())
	for i := range 3 {
		h.tickets = append(h.tickets, h.open(service.NewTicket{Queue: h.queue["support"], Subject: fmt.Sprint("Printer ", i), Customers: []desk.CustomerID{desk.CustomerID(h.names["acme"])}}))
	}
	h.tickets = append(h.tickets, h.open(service.NewTicket{Queue: h.queue["billing"]}))
	return h
}

// work does the jobs of batches until there are none.
func (h *crowd) work() {
	h.t.Helper()
	for range 100 {
		job := must(h.ClaimJob(h.ctx, h.sys, service.JobBatch))(h.t)
		if job == nil {
			return
		}
		h.ok(h.RunBatch(h.ctx, h.sys, *job))
	}
	h.t.Fatal("the jobs of batches never end")
}

// batch starts a batch as eve, has it done, and returns what became of it.
func (h *crowd) batch(c service.BatchChange) *service.BatchView {
	h.t.Helper()
	id := must(h.StartBatch(h.ctx, h.by("eve"), h.tickets, c, ""))(h.t)
	h.work()
	return must(h.Batch(h.ctx, h.by("eve"), id, 10))(h.t)
}

// facts says how a ticket stands, in words.
func (h *crowd) facts(id desk.TicketID) string {
	h.t.Helper()
	v := must(h.Ticket(h.ctx, h.sys, id))(h.t)
	return fmt.Sprintf("%s %s %d %s %d links %d messages %s", v.QueueName, v.Status, v.Priority,
		strings.ToLower(v.Names[desk.PrincipalID(v.Owner)].Text), len(v.Links), len(v.Messages)-1, h.standing(id, desk.CustomerRole))
}

// TestBatches: each change does what it says to the tickets of the actor's own
// queue, tells why it left the others, and can be taken back but for what was
// written.
func TestBatches(t *testing.T) {
	const was = "support new 0 nobody 0 links 0 messages acme"
	for _, tt := range []struct {
		why    string
		change func(h *crowd) service.BatchChange
		want   string // of the first ticket
		back   string // after undoing; empty: it cannot be
	}{
		{"another status", func(*crowd) service.BatchChange { return service.BatchChange{Status: desk.StatusStalled} },
			"support stalled 0 nobody 0 links 0 messages acme", was},
		{"taken for oneself", func(h *crowd) service.BatchChange { return service.BatchChange{Owner: ptr(h.id("eve"))} },
			"support new 0 eve 0 links 0 messages acme", was},
		{"given to another", func(h *crowd) service.BatchChange { return service.BatchChange{Owner: ptr(h.id("tom"))} },
			"support new 0 tom 0 links 0 messages acme", was},
		{"priority and status", func(*crowd) service.BatchChange {
			return service.BatchChange{Priority: ptr(7), Status: desk.StatusOpen}
		}, "support open 7 nobody 0 links 0 messages acme", was},
		{"another customer", func(h *crowd) service.BatchChange {
			return service.BatchChange{Customer: desk.CustomerID(h.names["bolt"])}
		}, "support new 0 nobody 0 links 0 messages bolt", was},
		{"a reply", func(*crowd) service.BatchChange { return service.BatchChange{Kind: desk.Reply, Text: "Done."} },
			"support open 0 nobody 0 links 1 messages acme", ""},
		{"a reply that resolves", func(*crowd) service.BatchChange {
			return service.BatchChange{Kind: desk.Reply, Text: "Done.", Status: desk.StatusResolved}
		}, "support resolved 0 nobody 0 links 1 messages acme", "support new 0 nobody 0 links 1 messages acme"},
		{"a link", func(h *crowd) service.BatchChange {
			return service.BatchChange{Link: service.LinkRefersTo, To: h.tickets[2]}
		}, "support new 0 nobody 1 links 0 messages acme", was},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h := newCrowd(t)
			c := tt.change(h)
			p := must(h.PreviewBatch(h.ctx, h.by("eve"), h.tickets, c))(t)
			v := h.batch(c)
			if p.Changes != v.Counts.Changed || v.Counts.Waits != 0 {
				t.Errorf("the preview promised %d changes, there were %+v", p.Changes, v.Counts)
			}
			if got := h.facts(h.tickets[0]); got != tt.want {
				t.Errorf("the first ticket is %q, want %q", got, tt.want)
			}
			if got := h.facts(h.tickets[3]); !strings.HasPrefix(got, "billing new 0 nobody 0 links 0 messages") {
				t.Errorf("another queue's ticket became %q", got)
			}
			h.undo(v, tt.back)
		})
	}
}

// undo takes a batch back and compares the first ticket.
func (h *crowd) undo(v *service.BatchView, want string) {
	h.t.Helper()
	if v.Undoes != (want != "") {
		h.t.Errorf("can be undone: %v", v.Undoes)
	}
	id, err := h.StartBatch(h.ctx, h.by("eve"), nil, service.BatchChange{Undo: v.ID}, "")
	if want == "" {
		wantKind(h.t, err, desk.Conflict)
		return
	}
	h.ok(err)
	h.work()
	back := must(h.Batch(h.ctx, h.by("eve"), id, 10))(h.t)
	if got := h.facts(h.tickets[0]); got != want {
		h.t.Errorf("after undoing the first ticket is %q, want %q; %+v", got, want, back.Skips)
	}
	_, err = h.StartBatch(h.ctx, h.by("eve"), nil, service.BatchChange{Undo: v.ID}, "")
	wantKind(h.t, err, desk.Conflict)
	if again := must(h.Batch(h.ctx, h.by("eve"), v.ID, 10))(h.t); again.Undone != id || again.Undoes {
		h.t.Errorf("the batch says it was undone by %d and can be: %v", again.Undone, again.Undoes)
	}
}

// TestBatchMoves: a ticket that goes where the actor sees nothing is moved all
// the same, and its subject is told no longer.
func TestBatchMoves(t *testing.T) {
	h := newCrowd(t)
	h.grant(h.names["eve"], "SeeQueue MoveIntoQueue", desk.OnQueue(h.queue["billing"]))
	v := h.batch(service.BatchChange{Queue: h.queue["billing"], Priority: ptr(3)})
	if v.Counts.Changed != 3 || v.Changed[0].Subject != "" {
		t.Errorf("got %+v", v)
	}
	if got := h.facts(h.tickets[0]); got != "billing new 3 nobody 0 links 0 messages acme" {
		t.Errorf("the first ticket is %q", got)
	}
}

// TestBatchMerges: all but the one that takes them in, and back again.
func TestBatchMerges(t *testing.T) {
	h := newCrowd(t)
	v := h.batch(service.BatchChange{Merge: h.tickets[1]})
	if v.Counts.Changed != 2 || v.Counts.Skipped != 1 || v.Skips[0].Reason != "It is the ticket that takes the others in." {
		t.Errorf("got %+v %+v", v.Counts, v.Skips)
	}
	must(h.StartBatch(h.ctx, h.by("eve"), nil, service.BatchChange{Undo: v.ID}, ""))(t)
	h.work()
	if got := must(h.Ticket(h.ctx, h.sys, h.tickets[0]))(t); got.ID != h.tickets[0] {
		t.Errorf("after undoing the first ticket still leads to %d", got.ID)
	}
}

// TestBatchRights: what one may not, each ticket says by itself; what one may
// not see is told of as missing; batches are their maker's own.
func TestBatchRights(t *testing.T) {
	h := newCrowd(t)
	h.agent("ray")
	h.grant(h.names["ray"], "SeeQueue ShowTicket CommentOnTicket", desk.OnQueue(h.queue["support"]))
	h.contact("bob", "acme")
	change := service.BatchChange{Status: desk.StatusStalled}
	p := must(h.PreviewBatch(h.ctx, h.by("ray"), append(h.tickets, 4711), change))(t)
	want := []service.BatchSkip{
		{Reason: "You may see the ticket but not do this to it.", Tickets: h.tickets[:3]},
		{Reason: "There is no such ticket.", Tickets: []desk.TicketID{h.tickets[3], 4711}},
	}
	if p.Changes != 0 || fmt.Sprint(p.Skips) != fmt.Sprint(want) || p.Skipped() != 5 {
		t.Errorf("got %+v, want %+v", p, want)
	}
	if got := h.facts(h.tickets[0]); !strings.Contains(got, " new ") {
		t.Errorf("a preview changed the ticket: %q", got)
	}
	_, err := h.PreviewBatch(h.ctx, h.by("bob"), h.tickets, change)
	wantKind(t, err, desk.Forbidden)
	_, err = h.StartBatch(h.ctx, h.by("ray"), h.tickets[3:], change, "")
	wantKind(t, err, desk.NotFound)
	v := h.batch(change)
	_, err = h.Batch(h.ctx, h.by("tom"), v.ID, 5)
	wantKind(t, err, desk.NotFound)
	wantKind(t, h.StopBatch(h.ctx, h.by("tom"), v.ID), desk.NotFound)
	_, err = h.StartBatch(h.ctx, h.by("tom"), nil, service.BatchChange{Undo: v.ID}, "")
	wantKind(t, err, desk.NotFound)
	if list := must(h.Batches(h.ctx, h.by("tom"), 10))(t); len(list) != 0 {
		t.Errorf("tom has %+v", list)
	}
}

// TestBatchRightsAreThoseOfItsTurn: what is taken away before the job comes to
// a ticket, and a person who is disabled, change nothing any more.
func TestBatchRightsAreThoseOfItsTurn(t *testing.T) {
	h := newCrowd(t)
	change := service.BatchChange{Status: desk.StatusStalled}
	id := must(h.StartBatch(h.ctx, h.by("eve"), h.tickets, change, "form"))(t)
	if again := must(h.StartBatch(h.ctx, h.by("eve"), h.tickets, change, "form"))(t); again != id {
		t.Errorf("the same form made batch %d and then %d", id, again)
	}
	u := must(h.User(h.ctx, h.sys, h.id("eve")))(t)
	u.Disabled = true
	h.ok(h.UpdateUser(h.ctx, h.sys, *u))
	h.work()
	u.Disabled = false
	h.ok(h.UpdateUser(h.ctx, h.sys, *u))
	v := must(h.Batch(h.ctx, h.by("eve"), id, 5))(t)
	if v.Counts.Changed != 0 || v.Counts.Skipped != 3 || !strings.Contains(v.Skips[0].Reason, "disabled") {
		t.Errorf("got %+v %+v", v.Counts, v.Skips)
	}
	stopped := must(h.StartBatch(h.ctx, h.by("eve"), h.tickets, change, ""))(t)
	h.ok(h.StopBatch(h.ctx, h.by("eve"), stopped))
	h.work()
	if v := must(h.Batch(h.ctx, h.by("eve"), stopped, 5))(t); v.Counts.Waits != 3 || !v.Stopped || v.Undoes {
		t.Errorf("the stopped batch is %+v", v)
	}
}

// TestBatchUndoLeavesWhatChangedSince: what somebody changed after the batch
// stays as he made it.
func TestBatchUndoLeavesWhatChangedSince(t *testing.T) {
	h := newCrowd(t)
	v := h.batch(service.BatchChange{Status: desk.StatusStalled})
	h.ok(h.SetStatus(h.ctx, h.by("tom"), h.tickets[0], desk.StatusResolved, 0))
	id := must(h.StartBatch(h.ctx, h.by("eve"), nil, service.BatchChange{Undo: v.ID}, ""))(t)
	h.work()
	back := must(h.Batch(h.ctx, h.by("eve"), id, 5))(t)
	if back.Counts.Changed != 2 || back.Counts.Skipped != 1 || !strings.Contains(back.Skips[0].Reason, "changed again") {
		t.Errorf("got %+v %+v", back.Counts, back.Skips)
	}
	if got := h.facts(h.tickets[0]); !strings.Contains(got, "resolved") {
		t.Errorf("what was changed since is %q", got)
	}
}

// TestBatchFields: custom fields too.
func TestBatchFields(t *testing.T) {
	h := newCrowd(t)
	f := h.field(desk.Field{Name: "Cost", Everywhere: true})
	h.grant(h.names["eve"], "ModifyCustomField", desk.OnQueue(h.queue["support"]))
	v := h.batch(service.BatchChange{Fields: []service.FieldSet{{Field: f, Values: []string{"12"}}}})
	value := func() string {
		return strings.Join(desk.ValueTexts(must(h.Ticket(h.ctx, h.sys, h.tickets[0]))(t).Fields[0].Values), ",")
	}
	if v.Counts.Changed != 3 || value() != "12" {
		t.Errorf("got %+v, the field is %q; %+v", v.Counts, value(), v.Skips)
	}
	must(h.StartBatch(h.ctx, h.by("eve"), nil, service.BatchChange{Undo: v.ID}, ""))(t)
	h.work()
	if value() != "" {
		t.Errorf("after undoing the field is %q", value())
	}
}

// TestBatchesRefused: what no batch can be.
func TestBatchesRefused(t *testing.T) {
	h := newCrowd(t)
	many := make([]desk.TicketID, service.MaxBatch+1)
	for i := range many {
		many[i] = desk.TicketID(i + 1)
	}
	for _, tt := range []struct {
		why     string
		tickets []desk.TicketID
		change  service.BatchChange
		want    desk.Kind
	}{
		{"nothing to change", h.tickets, service.BatchChange{}, desk.Invalid},
		{"no tickets", nil, service.BatchChange{Status: desk.StatusOpen}, desk.Invalid},
		{"too many tickets", many, service.BatchChange{Status: desk.StatusOpen}, desk.TooLarge},
		{"a status that is none", h.tickets, service.BatchChange{Status: "lost"}, desk.Invalid},
		{"nothing written", h.tickets, service.BatchChange{Kind: desk.Reply, Text: " "}, desk.Invalid},
		{"merging and more", h.tickets, service.BatchChange{Merge: 1, Status: desk.StatusOpen}, desk.Invalid},
		{"a link to nothing", h.tickets, service.BatchChange{Link: service.LinkRefersTo}, desk.Invalid},
		{"a link that is none", h.tickets, service.BatchChange{Link: "likes", To: 1}, desk.Invalid},
		{"undoing what is not there", nil, service.BatchChange{Undo: 99}, desk.NotFound},
	} {
		t.Run(tt.why, func(t *testing.T) {
			_, err := h.PreviewBatch(h.ctx, h.by("eve"), tt.tickets, tt.change)
			wantKind(t, err, tt.want)
			_, err = h.StartBatch(h.ctx, h.by("eve"), tt.tickets, tt.change, "")
			wantKind(t, err, tt.want)
		})
	}
}
