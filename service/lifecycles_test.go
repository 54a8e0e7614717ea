package service_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/sla"
	"gatehouse/service"
)

// A repairShop is a desk with the queue repairs, which has a life cycle of its
// own, and the queue support, which has the one that ships. Ann may all, Ben
// works in both queues, Max may only hand out in repairs, Carla is a customer.
func repairShop(t *testing.T) *house {
	h := newHouse(t)
	h.agent("ann")
	h.agent("ben")
	h.agent("max")
	h.contact("carla")
	h.makeQueue(desk.Queue{Name: "repairs"})
	h.makeQueue(desk.Queue{Name: "support"})
	h.grant(h.names["ann"], "SuperUser", desk.OnSystem())
	for _, queue := range []string{"repairs", "support"} {
		h.grant(h.names["ben"], "rw", desk.OnQueue(h.queue[queue]))
		h.grant(h.names["carla"], "rw", desk.OnQueue(h.queue[queue]))
	}
	h.grant(h.names["max"], "ro", desk.OnQueue(h.queue["repairs"]))
	h.grant(h.names["max"], "OwnTicket", desk.OnQueue(h.queue["repairs"]))
	made := must(h.SaveLifeCycle(h.ctx, h.by("ann"), service.LifeCycleChange{Cycle: workshop()}))(t)
	must(h.SaveLifeCycle(h.ctx, h.by("ann"), service.LifeCycleChange{Queue: h.queue["repairs"], Cycle: desk.LifeCycle{ID: made.ID}}))(t)
	return h
}

// workshop is the life cycle of repairs.
func workshop() desk.LifeCycle {
	return desk.LifeCycle{Name: "Workshop", States: []desk.State{
		{Name: "handed in", Kind: desk.Initial, Answered: "in work"}, {Name: "in work", Kind: desk.Active},
		{Name: "parts ordered", Kind: desk.Active, Asked: "in work"},
		{Name: "handed out", Kind: desk.Inactive, Solved: true, Asked: "handed in"}, {Name: "scrapped", Kind: desk.Inactive},
	}, Steps: []desk.Step{
		{From: "handed in", To: "in work", Label: "Begin"}, {From: "in work", To: "parts ordered", Does: desk.StepComment, Label: "Order parts"},
		{From: "in work", To: "handed out", Right: desk.OwnTicket}, {From: "parts ordered", To: "in work"}, {From: "in work", To: "scrapped"},
	}, Becomes: map[desk.Status]desk.Status{desk.StatusStalled: "parts ordered", desk.StatusRejected: "scrapped"}}
}

func (h *house) shopCycle() *desk.LifeCycle {
	c := *must(h.QueueLifeCycle(h.ctx, h.sys, h.queue["repairs"]))(h.t)
	c.States, c.Steps = slices.Clone(c.States), slices.Clone(c.Steps)
	return &c
}

func (h *house) statusOf(id desk.TicketID) desk.Status {
	return must(h.Ticket(h.ctx, h.sys, id))(h.t).Status
}

func (h *house) repair(by string) desk.TicketID {
	return must(h.OpenTicket(h.ctx, h.by(by), service.NewTicket{Queue: h.queue["repairs"], Subject: "Kettle", Text: "Leaks."}))(h.t)
}

func TestTicketsFollowTheirLifeCycle(t *testing.T) {
	h := repairShop(t)
	id := h.repair("carla")
	if got := h.statusOf(id); got != "handed in" {
		t.Errorf("a new ticket is %s, want the first initial status", got)
	}
	set := func(by string, to desk.Status) error { return h.SetStatus(h.ctx, h.by(by), id, to, 0) }
	for _, step := range []struct {
		why  string
		by   string
		to   desk.Status
		want desk.Kind // zero: it works
	}{
		{"there is no step from handed in to handed out", "ben", "handed out", desk.Conflict},
		{"open is no status there", "ben", desk.StatusOpen, desk.Invalid},
		{"who may not change tickets begins no work", "max", "in work", desk.Forbidden},
		{"and does not learn what leads where", "max", "scrapped", desk.Forbidden},
		{"a customer does not either", "carla", "in work", desk.Forbidden},
		{"the work begins", "ben", "in work", 0},
		{"once", "ben", "in work", desk.Conflict},
		{"to hand out asks for OwnTicket, which Max has", "max", "handed out", 0},
	} {
		err := set(step.by, step.to)
		if got := desk.KindOf(err); err != nil && got != step.want || err == nil && step.want != 0 {
			t.Errorf("%s: got %v", step.why, err)
		}
	}
	v := must(h.Ticket(h.ctx, h.by("ben"), id))(t)
	if v.Active() || v.Resolved.IsZero() {
		t.Errorf("handed out: got %+v, want it done and solved", v.Ticket)
	}
	must(h.Write(h.ctx, h.by("carla"), service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "It leaks again."}))(t)
	if got := h.statusOf(id); got != "handed in" {
		t.Errorf("after the customer wrote it is %s, want what the life cycle makes of it", got)
	}
	must(h.Write(h.ctx, h.by("ben"), service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "We look."}))(t)
	if got := h.statusOf(id); got != "in work" {
		t.Errorf("after the answer it is %s, want in work", got)
	}
}

func TestOfferedSteps(t *testing.T) {
	h := repairShop(t)
	id := h.repair("carla")
	h.ok(h.SetStatus(h.ctx, h.by("ben"), id, "in work", 0))
	for login, want := range map[string]string{
		"ben": "parts ordered/Order parts/comment, handed out//, scrapped//",
		"max": "handed out//",
		"ann": "parts ordered/Order parts/comment, handed out//, scrapped//, deleted//",
	} {
		var got []string
		for _, s := range must(h.Ticket(h.ctx, h.by(login), id))(t).Steps {
			got = append(got, fmt.Sprintf("%s/%s/%s", s.To, s.Label, s.Does))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s is offered %q, want %q", login, got, want)
		}
	}
}

// TestStatusesOfTickets: one is offered the statuses of the queues in which the
// tickets stand, of those tickets only that one may see.
func TestStatusesOfTickets(t *testing.T) {
	h := repairShop(t)
	repair := h.repair("carla")
	other := must(h.OpenTicket(h.ctx, h.by("carla"), service.NewTicket{Queue: h.queue["support"], Subject: "x", Text: "y"}))(t)
	const shop, ships = "deleted handed in handed out in work parts ordered scrapped", "new open stalled resolved rejected deleted"
	for _, tt := range []struct {
		why, by string
		of      []desk.TicketID
		want    string
	}{
		{"in the workshop", "ben", []desk.TicketID{repair}, shop},
		{"in support", "ben", []desk.TicketID{other}, ships},
		{"in both", "ben", []desk.TicketID{other, repair}, ships + strings.TrimPrefix(shop, "deleted")},
		{"max does not see support", "max", []desk.TicketID{other, repair}, shop},
		{"a ticket that there is not", "ben", []desk.TicketID{4711}, ""},
		{"of none", "ben", nil, ""},
	} {
		var names []string
		for _, s := range must(h.StatusesOf(h.ctx, h.by(tt.by), tt.of))(t) {
			names = append(names, string(s.Name))
			if s.Kind == "" {
				t.Errorf("%s: %s is of no kind", tt.why, s.Name)
			}
		}
		if got := strings.Join(names, " "); got != tt.want {
			t.Errorf("%s: offered are %q, want %q", tt.why, got, tt.want)
		}
	}
}

func TestListsAndQueriesFollowLifeCycles(t *testing.T) {
	h := repairShop(t)
	waits, done, open := h.repair("carla"), h.repair("carla"), h.repair("carla")
	for _, id := range []desk.TicketID{waits, done, open} {
		h.ok(h.SetStatus(h.ctx, h.by("ben"), id, "in work", 0))
	}
	h.ok(h.SetStatus(h.ctx, h.by("ben"), waits, "parts ordered", 0))
	h.ok(h.SetStatus(h.ctx, h.by("ben"), done, "scrapped", 0))
	other := must(h.OpenTicket(h.ctx, h.by("carla"), service.NewTicket{Queue: h.queue["support"], Subject: "x", Text: "y"}))(t)
	for _, tt := range []struct {
		why    string
		filter service.TicketFilter
		want   []desk.TicketID
	}{
		{"still to be done", service.TicketFilter{Activity: service.OnlyActive}, []desk.TicketID{other, open, waits}},
		{"done", service.TicketFilter{Activity: service.OnlyInactive}, []desk.TicketID{done}},
		{"by a status of the desk's own", service.TicketFilter{Statuses: []desk.Status{"parts ordered"}}, []desk.TicketID{waits}},
		{"by statuses of both sorts", service.TicketFilter{Statuses: []desk.Status{"scrapped", desk.StatusNew}}, []desk.TicketID{other, done}},
		{"by query: active", service.TicketFilter{Query: "Status = '__Active__'"}, []desk.TicketID{other, open, waits}},
		{"by query: inactive", service.TicketFilter{Query: "Status = '__Inactive__'"}, []desk.TicketID{done}},
		{"by query: not active", service.TicketFilter{Query: "Status != '__Active__'"}, []desk.TicketID{done}},
		{"by query: a status", service.TicketFilter{Query: "Status = 'Parts ordered'"}, []desk.TicketID{waits}},
		{"by query: a part of one", service.TicketFilter{Query: "Status LIKE 'or'"}, []desk.TicketID{open, waits}},
		{"by query: another one", service.TicketFilter{Query: "Status = 'new' OR Status = 'scrapped'"}, []desk.TicketID{other, done}},
	} {
		page := must(h.Tickets(h.ctx, h.by("ben"), tt.filter))(t)
		var got []desk.TicketID
		for _, line := range page.Lines {
			got = append(got, line.ID)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.why, got, tt.want)
		}
		n := must(h.CountTickets(h.ctx, h.by("ben"), tt.filter, 100))(t)
		if int(n) != len(tt.want) {
			t.Errorf("%s: counted %d, want %d", tt.why, n, len(tt.want))
		}
	}
}

func TestStatusesOfQueuesThatOneSees(t *testing.T) {
	h := repairShop(t)
	h.agent("eva")
	names := func(login string) (list []string) {
		for _, s := range must(h.Statuses(h.ctx, h.by(login)))(t) {
			list = append(list, string(s.Name)+" "+string(s.Kind))
		}
		return list
	}
	if got := names("ben"); !slices.Contains(got, "parts ordered active") || !slices.Contains(got, "new initial") {
		t.Errorf("Ben sees the statuses %v", got)
	}
	if got := names("eva"); len(got) != 6 {
		t.Errorf("who does not see repairs learns of its statuses: %v", got)
	}
}

// A status in which tickets stand is not taken away without saying what they
// become; then they change quietly, and the change can be taken back.
func TestStatusRemovedWhileTicketsStandInIt(t *testing.T) {
	h := repairShop(t)
	ann := h.by("ann")
	id := h.repair("carla")
	h.ok(h.SetStatus(h.ctx, h.by("ben"), id, "in work", 0))
	h.ok(h.SetStatus(h.ctx, h.by("ben"), id, "parts ordered", 0))
	less := h.shopCycle()
	less.States = slices.DeleteFunc(less.States, func(s desk.State) bool { return s.Name == "parts ordered" || s.Name == "scrapped" })
	less.Steps = slices.DeleteFunc(less.Steps, func(s desk.Step) bool { return less.State(s.From) == nil || less.State(s.To) == nil })
	less.Becomes = nil
	change := service.LifeCycleChange{Cycle: *less}
	effect := must(h.WeighLifeCycle(h.ctx, ann, change))(t)
	if len(effect.Moved) != 1 || effect.Moved[0] != (service.MovedStatus{From: "parts ordered", Tickets: 1, To: "in work", Open: true}) {
		t.Errorf("the preview says %+v", effect.Moved)
	}
	if !slices.Equal(effect.Gone, []desk.Status{"scrapped"}) || !slices.Equal(effect.Queues, []string{"repairs"}) {
		t.Errorf("the preview says that %v go, in %v", effect.Gone, effect.Queues)
	}
	_, err := h.SaveLifeCycle(h.ctx, ann, change)
	wantKind(t, err, desk.Conflict)
	if !strings.Contains(desk.Sentence(err), "1 ticket stands in parts ordered") || desk.FieldTexts(err)["map.parts ordered"] == "" {
		t.Errorf("refused with %q, want how many stand where", desk.Sentence(err))
	}
	if h.statusOf(id) != "parts ordered" || h.shopCycle().State("scrapped") == nil {
		t.Error("a refused change changed something")
	}
	change.Map = map[desk.Status]desk.Status{"parts ordered": "handed out"}
	done := must(h.SaveLifeCycle(h.ctx, ann, change))(t)
	v := must(h.Ticket(h.ctx, ann, id))(t)
	if v.Status != "handed out" || v.Active() || v.Resolved.IsZero() {
		t.Errorf("after the change: got %s, active %t", v.Status, v.Active())
	}
	last := v.Events[len(v.Events)-1]
	if last.Kind != desk.EventStatus || last.Data["why"] != "mapped" || last.By != ann.User {
		t.Errorf("the history ends with %+v, want who mapped it", last)
	}
	must(h.TakeBack(h.ctx, ann, done.Change))(t)
	if h.statusOf(id) != "parts ordered" || h.shopCycle().State("scrapped") == nil {
		t.Errorf("taken back: got %s", h.statusOf(id))
	}
	if n := must(h.CountTickets(h.ctx, ann, service.TicketFilter{Activity: service.OnlyActive}, 10))(t); n != 1 {
		t.Errorf("taken back: %d tickets at work, want 1", n)
	}
	_, err = h.TakeBack(h.ctx, ann, done.Change)
	wantKind(t, err, desk.Conflict)
	wantKind(t, errOf(h.SaveLifeCycle(h.ctx, h.by("ben"), change)), desk.Forbidden)
}

func errOf[T any](_ T, err error) error { return err }

func TestKindOfAStatusWithTickets(t *testing.T) {
	h := repairShop(t)
	id := h.repair("carla")
	h.ok(h.SetStatus(h.ctx, h.by("ben"), id, "in work", 0))
	c := h.shopCycle()
	c.State("in work").Kind, c.State("handed in").Answered = desk.Inactive, "parts ordered"
	err := errOf(h.SaveLifeCycle(h.ctx, h.by("ann"), service.LifeCycleChange{Cycle: *c}))
	if !strings.Contains(desk.FieldTexts(err)["states"], "1 ticket stands in the status in work") {
		t.Errorf("a status in which a ticket stands changes its kind: got %v", err)
	}
	c = h.shopCycle()
	c.ID, c.Name, c.State("scrapped").Kind = 0, "Other", desk.Active
	c.Steps = append(c.Steps, desk.Step{From: "scrapped", To: "handed out"})
	err = errOf(h.SaveLifeCycle(h.ctx, h.by("ann"), service.LifeCycleChange{Cycle: *c}))
	if !strings.Contains(desk.FieldTexts(err)["states"], "in the life cycle Workshop") {
		t.Errorf("a status of two kinds: got %v", err)
	}
}

func TestQueueGetsAnotherLifeCycle(t *testing.T) {
	h := repairShop(t)
	ann := h.by("ann")
	id := must(h.OpenTicket(h.ctx, h.by("carla"), service.NewTicket{Queue: h.queue["support"], Subject: "x", Text: "y"}))(t)
	h.ok(h.SetStatus(h.ctx, h.by("ben"), id, desk.StatusStalled, 0))
	in := service.LifeCycleChange{Queue: h.queue["support"], Cycle: desk.LifeCycle{ID: h.shopCycle().ID}}
	wantKind(t, errOf(h.SaveLifeCycle(h.ctx, h.by("ben"), in)), desk.Forbidden)
	wantKind(t, errOf(h.SaveLifeCycle(h.ctx, ann, in)), desk.Conflict)
	in.Map = map[desk.Status]desk.Status{desk.StatusStalled: "parts ordered"}
	done := must(h.SaveLifeCycle(h.ctx, ann, in))(t)
	if got := h.statusOf(id); got != "parts ordered" {
		t.Errorf("the stalled ticket became %s", got)
	}
	_, err := h.RemoveLifeCycle(h.ctx, ann, h.shopCycle().ID)
	if desk.KindOf(err) != desk.Conflict || !strings.Contains(desk.Sentence(err), "repairs, support") {
		t.Errorf("a life cycle of two queues is taken away: %v", err)
	}
	// A ticket that went on meanwhile keeps the change from being taken back.
	h.ok(h.SetStatus(h.ctx, h.by("ben"), id, "in work", 0))
	_, err = h.TakeBack(h.ctx, ann, done.Change)
	if desk.KindOf(err) != desk.Conflict || !strings.Contains(desk.Sentence(err), "1 ticket stands in in work") {
		t.Errorf("taken back over a ticket that went on: %v", err)
	}
	h.ok(h.SetStatus(h.ctx, h.by("ben"), id, "parts ordered", 0))
	must(h.TakeBack(h.ctx, ann, done.Change))(t)
	if got := h.statusOf(id); got != desk.StatusStalled {
		t.Errorf("taken back: the ticket is %s, want stalled", got)
	}
}

func TestMovesMapStatuses(t *testing.T) {
	h := repairShop(t)
	for _, tt := range []struct{ from, want desk.Status }{
		{desk.StatusNew, "handed in"}, {desk.StatusOpen, "in work"}, {desk.StatusStalled, "parts ordered"},
		{desk.StatusResolved, "handed out"}, {desk.StatusRejected, "scrapped"},
	} {
		id := must(h.OpenTicket(h.ctx, h.by("ben"), service.NewTicket{Queue: h.queue["support"], Subject: "x", Text: "y", Status: tt.from}))(t)
		h.ok(h.MoveTicket(h.ctx, h.by("ben"), id, h.queue["repairs"]))
		if got := h.statusOf(id); got != tt.want {
			t.Errorf("%s becomes %s in repairs, want %s", tt.from, got, tt.want)
		}
		before := must(h.Ticket(h.ctx, h.sys, id))(t)
		h.ok(h.MoveTicket(h.ctx, h.by("ben"), id, h.queue["support"]))
		after := must(h.Ticket(h.ctx, h.sys, id))(t)
		if !after.Status.Known() || after.Active() != before.Active() {
			t.Errorf("%s becomes %s back in support", tt.want, after.Status)
		}
	}
}

// Clocks pause in statuses of the desk's own, stop where a matter is done, and
// count right over a change of life cycle that is long gone.
func TestClocksFollowLifeCycles(t *testing.T) {
	h := repairShop(t)
	h.clock.at = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	a := must(h.SaveAgreement(h.ctx, h.sys, sla.Agreement{Name: "Gold", Pauses: []desk.Status{"parts ordered"},
		Targets: map[sla.Kind]time.Duration{sla.Resolution: 10 * time.Hour}}))(t)
	must(h.Assign(h.ctx, h.sys, sla.Assignment{Agreement: a}))(t)
	id := h.repair("carla")
	pass := func(hours int, to desk.Status) {
		h.clock.at = h.clock.at.Add(time.Duration(hours) * time.Hour)
		h.ok(h.SetStatus(h.ctx, h.by("ann"), id, to, 0))
	}
	pass(1, "in work")
	pass(1, "parts ordered")
	pass(5, "in work")
	pass(1, "scrapped")
	worked := func(why string) {
		t.Helper()
		h.clock.at = h.clock.at.Add(time.Hour)
		h.reckonAll()
		clocks := must(h.TicketClocks(h.ctx, h.by("ann"), id))(t)
		if len(clocks) != 1 || clocks[0].Worked.Round(time.Minute) != 3*time.Hour || clocks[0].Ended.IsZero() {
			t.Errorf("%s: got %+v, want 3 hours worked and an end", why, clocks)
		}
	}
	worked("paused five hours, then done")
	less := h.shopCycle()
	gone := []desk.Status{"scrapped", "parts ordered"}
	less.States = slices.DeleteFunc(less.States, func(s desk.State) bool { return slices.Contains(gone, s.Name) })
	less.Steps = slices.DeleteFunc(less.Steps, func(s desk.Step) bool { return slices.Contains(gone, s.To) || slices.Contains(gone, s.From) })
	less.Becomes = nil
	must(h.SaveLifeCycle(h.ctx, h.sys, service.LifeCycleChange{Cycle: *less, Map: map[desk.Status]desk.Status{"scrapped": "handed out"}}))(t)
	worked("after both went from the life cycle")
}

func TestRulesSetStatusesOfTheirQueue(t *testing.T) {
	h := repairShop(t)
	rule := service.WrittenRule{Name: "r", Queue: "repairs", On: []string{"comment"}, Status: "stalled", Enabled: true}
	err := errOf(h.SaveRule(h.ctx, h.by("ann"), rule))
	if !strings.Contains(desk.FieldTexts(err)["status"], "cannot set the status stalled") {
		t.Errorf("a status that the queue lacks: got %v", err)
	}
	rule.Status = "parts orderd"
	err = errOf(h.SaveRule(h.ctx, h.by("ann"), rule))
	if !strings.Contains(desk.FieldTexts(err)["status"], "did you mean parts ordered?") {
		t.Errorf("a slip: got %v", err)
	}
	rule.Status = "parts ordered"
	must(h.SaveRule(h.ctx, h.by("ann"), rule))(t)
}
