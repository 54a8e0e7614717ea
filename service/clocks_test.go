package service_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/sla"
	"gatehouse/service"
)

// clockHouse is a desk with an agreement: an answer within four hours, within
// two for each further one, and the end within fifteen, by office hours in
// Berlin; stalled tickets wait. Ben owns tickets, Ann is AdminCc of support.
func clockHouse(t *testing.T) *house {
	h := newHouse(t)
	h.clock.at = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC) // a Monday, 9:00 in Berlin
	h.agent("ann")
	h.agent("ben")
	h.contact("carla")
	h.makeQueue(desk.Queue{Name: "support", Address: "support@desk.example"})
	h.makeQueue(desk.Queue{Name: "sales"})
	h.grant(h.names["ann"], "rw", desk.OnSystem())
	h.grant(h.names["ben"], "rw", desk.OnQueue(h.queue["support"]))
	h.grant(h.names["carla"], "rw", desk.OnQueue(h.queue["support"]))
	h.ok(h.AddQueueWatcher(h.ctx, h.sys, desk.Watcher{Queue: h.queue["support"], Role: desk.AdminCc, Who: h.names["ann"]}))
	week := must(sla.ParseWeek("mon-fri 09:00-17:00"))(t)
	office := must(h.SaveCalendar(h.ctx, h.sys, sla.Calendar{Name: "Office", Zone: "Europe/Berlin", Week: week}))(t)
	gold := must(h.SaveAgreement(h.ctx, h.sys, sla.Agreement{Name: "Gold", Calendar: office, Warn: 75, Pauses: []desk.Status{desk.StatusStalled},
		Targets: map[sla.Kind]time.Duration{sla.FirstResponse: 4 * time.Hour, sla.Update: 2 * time.Hour, sla.Resolution: 15 * time.Hour}}))(t)
	must(h.Assign(h.ctx, h.sys, sla.Assignment{Agreement: gold, Queue: h.queue["support"]}))(t)
	h.reckonAll()
	h.at("02 08:00")
	return h
}

// reckonAll does the jobs that reckon tickets.
func (h *house) reckonAll() {
	h.t.Helper()
	for {
		job := must(h.ClaimJob(h.ctx, h.sys, service.JobReckon))(h.t)
		if job == nil {
			return
		}
		h.ok(h.ReckonTickets(h.ctx, h.sys, *job))
	}
}

// ring does what clocks have to do now, and returns the events of clocks of a
// ticket so far, as "warned first_response".
func (h *house) ring(id desk.TicketID) string {
	h.t.Helper()
	for must(h.RingClocks(h.ctx, h.sys))(h.t) {
	}
	var said []string
	for _, e := range must(h.Ticket(h.ctx, h.sys, id))(h.t).Events {
		if kind, ok := strings.CutPrefix(string(e.Kind), "clock."); ok {
			said = append(said, kind+" "+e.Data["clock"])
		}
	}
	return strings.Join(said, ", ")
}

// fire opens a ticket as Carla.
func (h *house) fire(queue string) desk.TicketID {
	h.t.Helper()
	return must(h.OpenTicket(h.ctx, h.by("carla"), service.NewTicket{Queue: h.queue[queue], Subject: "Fire", Text: "It burns"}))(h.t)
}

// dues are the clocks of a ticket that have not ended, as "update 15:04", in UTC.
func (h *house) dues(id desk.TicketID) string {
	h.t.Helper()
	var list []string
	for _, c := range must(h.TicketClocks(h.ctx, h.sys, id))(h.t) {
		switch {
		case !c.Ended.IsZero():
		case c.Paused && c.Due.IsZero():
			list = append(list, c.Kind.String()+" paused")
		default:
			list = append(list, c.Kind.String()+c.Due.Format(" Mon 15:04"))
		}
	}
	return strings.Join(list, ", ")
}

func (h *house) at(text string) {
	h.t.Helper()
	at := must(time.Parse("2006-01-02 15:04", "2026-03-"+text))(h.t)
	h.clock.at = at
}

func (h *house) wants(got, want string) {
	h.t.Helper()
	if got != want {
		h.t.Errorf("got %q, want %q", got, want)
	}
}

func TestALifeWithClocks(t *testing.T) {
	h := clockHouse(t)
	id := h.fire("support")
	h.wants(h.dues(id), "first_response Mon 12:00, resolution Tue 15:00")
	h.at("02 10:00")
	must(h.Write(h.ctx, h.by("ben"), service.NewMessage{Ticket: id, Kind: desk.Comment, Text: "Hm."}))(t)
	h.wants(h.dues(id), "first_response Mon 12:00, resolution Tue 15:00")
	must(h.Write(h.ctx, h.by("ben"), service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "Shake it."}))(t)
	h.wants(h.dues(id), "resolution Tue 15:00")
	h.at("02 11:00")
	must(h.Write(h.ctx, h.by("carla"), service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "No."}))(t)
	h.wants(h.dues(id), "update Mon 13:00, resolution Tue 15:00")
	h.at("02 12:00")
	h.ok(h.SetStatus(h.ctx, h.by("ben"), id, desk.StatusStalled, 0))
	h.wants(h.dues(id), "update paused, resolution paused")
	h.at("03 12:00")
	h.ok(h.SetStatus(h.ctx, h.by("ben"), id, desk.StatusOpen, 0))
	h.wants(h.dues(id), "update Tue 13:00, resolution Wed 15:00")
	h.ok(h.SetStatus(h.ctx, h.by("ben"), id, desk.StatusResolved, 0))
	h.wants(h.dues(id), "")
	h.at("05 08:00")
	must(h.Write(h.ctx, h.by("carla"), service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "It burns again."}))(t)
	h.wants(h.dues(id), "update Thu 10:00, resolution Fri 15:00")
	h.ok(h.MoveTicket(h.ctx, h.sys, id, h.queue["sales"]))
	h.wants(h.dues(id), "")
	h.ok(h.MoveTicket(h.ctx, h.sys, id, h.queue["support"]))
	h.wants(h.dues(id), "update Thu 10:00, resolution Fri 15:00")
}

func TestClocksRingOnce(t *testing.T) {
	h := clockHouse(t)
	id := h.fire("support")
	h.ok(h.SetOwner(h.ctx, h.sys, id, service.Give, h.id("ben")))
	h.wants(h.ring(id), "")
	h.at("02 11:01")
	h.wants(h.ring(id), "warned first_response")
	h.wants(h.ring(id), "warned first_response")
	h.at("02 11:30") // a pause does not take back what was said
	h.ok(h.SetStatus(h.ctx, h.sys, id, desk.StatusStalled, 0))
	h.ok(h.SetStatus(h.ctx, h.sys, id, desk.StatusOpen, 0))
	h.wants(h.ring(id), "warned first_response")
	h.at("02 12:02")
	h.wants(h.ring(id), "warned first_response, overdue first_response")
	h.at("02 15:00")
	h.wants(h.ring(id), "warned first_response, overdue first_response")
	must(h.Write(h.ctx, h.by("ben"), service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "Sorry."}))(t)
	h.at("04 16:00") // the desk slept: both at once, and one letter
	h.wants(h.ring(id), "warned first_response, overdue first_response, warned resolution, overdue resolution")
	clocks := must(h.TicketClocks(h.ctx, h.sys, id))(t)
	if c := clocks[0]; c.Kept() || c.Ended.IsZero() || c.Agreement != "Gold" || c.Queue != "support" {
		t.Errorf("the first answer: got %+v, want it broken, by Gold for support", c)
	}
}

func TestWhoIsToldOfClocks(t *testing.T) {
	h := clockHouse(t)
	id := h.fire("support")
	h.ok(h.SetOwner(h.ctx, h.sys, id, service.Give, h.id("ben")))
	h.at("02 12:02")
	h.ring(id)
	var told []string
	for {
		job := must(h.ClaimJob(h.ctx, h.sys, service.JobNotify))(t)
		if job == nil {
			break
		}
		news := must(h.News(h.ctx, h.sys, desk.EventID(parse(t, job.Data))))(t)
		for _, r := range news.Recipients {
			if r.Kind == desk.LetterClock {
				told = append(told, string(news.Event.Kind)+" "+r.Name.Ref)
			}
		}
		h.ok(h.QueueLetters(h.ctx, h.sys, job.ID, nil))
	}
	slices.Sort(told)
	h.wants(strings.Join(told, ", "), "clock.overdue user:ann, clock.overdue user:ben")
}

func parse(t testing.TB, text string) int64 {
	t.Helper()
	var n int64
	for _, r := range text {
		n = 10*n + int64(r-'0')
	}
	return n
}

func TestManyNodesRingOnce(t *testing.T) {
	h := clockHouse(t)
	var ids []desk.TicketID
	for range 30 {
		ids = append(ids, h.fire("support"))
	}
	h.at("02 14:00")
	now := h.clock.at
	fixed := func() time.Time { return now }
	done := make(chan error)
	for range 4 {
		node := service.New(h.store, service.Options{Now: fixed})
		go func() {
			for {
				worked, err := node.RingClocks(h.ctx, h.sys)
				if err != nil || !worked {
					done <- err
					return
				}
			}
		}()
	}
	for range 4 {
		h.ok(<-done)
	}
	for _, id := range ids {
		h.wants(h.ring(id), "warned first_response, overdue first_response")
	}
}

func TestWhatIsAgreedLater(t *testing.T) {
	h := clockHouse(t)
	old := must(h.OpenTicket(h.ctx, h.sys, service.NewTicket{Queue: h.queue["sales"], Subject: "Old", Requestors: []desk.PrincipalID{h.names["carla"]}, Status: desk.StatusOpen}))(t)
	h.at("09 09:00")
	h.wants(h.dues(old), "")
	book := must(h.ClockBook(h.ctx, h.sys))(t)
	five := 5
	urgent := must(h.SaveAgreement(h.ctx, h.sys, sla.Agreement{Name: "Urgent", Targets: map[sla.Kind]time.Duration{sla.Resolution: time.Hour}}))(t)
	must(h.Assign(h.ctx, h.sys, sla.Assignment{Agreement: book.Agreements[0].ID, Queue: h.queue["sales"]}))(t)
	must(h.Assign(h.ctx, h.sys, sla.Assignment{Agreement: urgent, Queue: h.queue["sales"], Priority: &five}))(t)
	h.reckonAll()
	h.wants(h.dues(old), "first_response Mon 12:00, resolution Tue 15:00")
	h.wants(h.ring(old), "") // it is overdue, but there is no flood of letters
	h.ok(h.ChangeTicket(h.ctx, h.sys, service.TicketChange{Ticket: old, Priority: &five}))
	h.wants(h.dues(old), "resolution Mon 09:00")
	clocks := must(h.TicketClocks(h.ctx, h.sys, old))(t)
	if c := clocks[0]; c.Agreement != "Urgent" || c.Queue != "sales" || c.Priority == nil || *c.Priority != 5 {
		t.Errorf("why: got %+v", c)
	}
	for _, a := range must(h.ClockBook(h.ctx, h.sys))(t).Assignments {
		wantKind(t, h.RemoveAgreement(h.ctx, h.sys, urgent), desk.Conflict)
		h.ok(h.Unassign(h.ctx, h.sys, a.ID))
		if a.Agreement == urgent {
			h.ok(h.RemoveAgreement(h.ctx, h.sys, urgent))
			break
		}
	}
	wantKind(t, h.RemoveCalendar(h.ctx, h.sys, book.Calendars[0].ID), desk.Conflict)
	h.reckonAll()
	h.wants(h.dues(old), "")
}

func TestMostUrgentFirst(t *testing.T) {
	h := clockHouse(t)
	first := h.fire("support")
	h.at("02 09:00")
	second := h.fire("support")
	h.open(service.NewTicket{Queue: h.queue["sales"]})
	must(h.Write(h.ctx, h.by("ben"), service.NewMessage{Ticket: first, Kind: desk.Reply, Text: "Soon."}))(t)
	order := func(by desk.Actor, f service.TicketFilter, after service.DueEnd) string {
		page := must(h.UrgentTickets(h.ctx, by, f, after))(t)
		var list []string
		for _, l := range page.Lines {
			list = append(list, l.ID.String())
		}
		if page.More {
			list = append(list, "more")
		}
		return strings.Join(list, " ")
	}
	h.wants(order(h.by("ben"), service.TicketFilter{}, service.DueEnd{}), "#2 #1")
	h.wants(order(h.by("ben"), service.TicketFilter{Limit: 1}, service.DueEnd{}), "#2 more")
	due := must(h.Ticket(h.ctx, h.sys, second))(t).ClockDue
	h.wants(order(h.by("ben"), service.TicketFilter{Limit: 1}, service.DueEnd{Due: due, ID: second}), "#1")
	h.wants(order(h.by("ben"), service.TicketFilter{Query: "ClockDue < '2026-03-02 13:30'"}, service.DueEnd{}), "#2")
	h.wants(order(h.by("ben"), service.TicketFilter{Owner: new(desk.UserID), Queues: []desk.QueueID{h.queue["sales"]}}, service.DueEnd{}), "")
	h.wants(order(h.by("carla"), service.TicketFilter{}, service.DueEnd{}), "")
}

func TestCustomersLearnNothingOfClocks(t *testing.T) {
	h := clockHouse(t)
	id := h.fire("support")
	h.at("02 13:00")
	h.ring(id)
	v := must(h.Ticket(h.ctx, h.by("carla"), id))(t)
	if !v.ClockDue.IsZero() || slices.ContainsFunc(v.Events, func(e desk.Event) bool { return strings.HasPrefix(string(e.Kind), "clock.") }) {
		t.Errorf("the page: got %v, %v", v.ClockDue, v.Events)
	}
	_, err := h.TicketClocks(h.ctx, h.by("carla"), id)
	wantKind(t, err, desk.NotFound)
	for _, q := range []string{"ClockDue IS NOT NULL", "ClockDue IS NULL", "ClockDue > 'now'", "ClockDue < 'now'", "NOT ClockDue < Created"} {
		page := must(h.Tickets(h.ctx, h.by("carla"), service.TicketFilter{Query: q}))(t)
		for _, l := range page.Lines {
			if !l.ClockDue.IsZero() {
				t.Errorf("%s: the list tells when it is due", q)
			}
		}
	}
	before := len(must(h.Tickets(h.ctx, h.by("carla"), service.TicketFilter{Query: "ClockDue IS NOT NULL"}))(t).Lines)
	if before != 0 {
		t.Errorf("a query finds tickets by when they are due")
	}
}

func TestHowLongTheCustomerWaits(t *testing.T) {
	h := clockHouse(t)
	id := h.fire("support")
	h.at("04 08:00")
	must(h.Write(h.ctx, h.by("carla"), service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "Hello?"}))(t)
	find := func(q string) int {
		return len(must(h.Tickets(h.ctx, h.by("ann"), service.TicketFilter{Query: q}))(t).Lines)
	}
	if n := find("WaitingSince < '47 hours ago' AND CustomerWrote > '1 hour ago'"); n != 1 {
		t.Errorf("waiting for 48 hours, though he asked again: found %d", n)
	}
	h.at("04 10:00")
	must(h.Write(h.ctx, h.by("ben"), service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "Here."}))(t)
	v := must(h.Ticket(h.ctx, h.sys, id))(t)
	e := v.Events[len(v.Events)-1]
	for _, e = range slices.Backward(v.Events) {
		if e.Kind == desk.EventMessage {
			break
		}
	}
	if waited := (&service.News{Event: e}).Waited(); waited < 119*time.Minute || waited > 2*time.Hour {
		t.Errorf("the answer says that he waited %s since his last message, want 2 hours", waited)
	}
	if n := find("WaitingSince IS NOT NULL"); n != 0 {
		t.Errorf("he has his answer: found %d", n)
	}
	if n := find("FirstAnswered = '2026-03-04'"); n != 1 {
		t.Errorf("answered for the first time on that day: found %d", n)
	}
}
