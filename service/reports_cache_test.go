package service_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/service"
)

// A watched is a house in which reports are looked at while things change. It
// keeps of each reader how many tickets he could open at which moment.
type watched struct {
	*house
	rt     *rapid.T
	grants []desk.GrantID
	past   map[string][]moment
}

// A moment is which tickets somebody could open then.
type moment struct {
	at   time.Time
	open map[desk.TicketID]bool
}

// opened asks for every ticket what the reader may see of it.
func (w *watched) opened(login string) map[desk.TicketID]bool {
	open := map[desk.TicketID]bool{}
	for id := desk.TicketID(1); id <= 12; id++ {
		v, err := w.Ticket(w.ctx, w.by(login), id)
		if err == nil && v.ID == id {
			open[id] = true
		}
	}
	return open
}

// change does one thing that may give or take tickets.
func (w *watched) change() {
	id := desk.TicketID(rapid.IntRange(1, 12).Draw(w.rt, "ticket"))
	who := w.names[rapid.SampledFrom([]string{"ben", "carl"}).Draw(w.rt, "who")]
	queue := w.queue[rapid.SampledFrom([]string{"support", "third"}).Draw(w.rt, "queue")]
	var err error
	switch rapid.IntRange(0, 6).Draw(w.rt, "change") {
	case 0:
		err = w.MoveTicket(w.ctx, w.sys, id, queue)
	case 1:
		err = w.AddWatcher(w.ctx, w.sys, id, desk.AdminCc, who)
	case 2:
		err = w.RemoveWatcher(w.ctx, w.sys, id, desk.AdminCc, who)
	case 3:
		err = w.SetStatus(w.ctx, w.sys, id, rapid.SampledFrom([]desk.Status{desk.StatusOpen, desk.StatusResolved, desk.StatusDeleted}).Draw(w.rt, "status"), 0)
	case 4:
		var given desk.GrantID
		given, err = w.Grant(w.ctx, w.sys, desk.Grant{Who: who, Right: desk.ShowTicket, Place: desk.OnQueue(queue)})
		if err == nil {
			w.grants = append(w.grants, given)
		}
	case 5:
		if len(w.grants) > 0 {
			err = w.Revoke(w.ctx, w.sys, w.grants[0])
			w.grants = w.grants[1:]
		}
	case 6:
		w.clock.at = w.clock.at.Add(time.Duration(rapid.IntRange(0, 90).Draw(w.rt, "seconds")) * time.Second)
	}
	if kind := desk.KindOf(err); err != nil && kind != desk.Conflict && kind != desk.Invalid && kind != desk.NotFound {
		w.rt.Fatal(err)
	}
}

// look compares what the reader counts with what he could open within the last
// minute, and could still open now.
func (w *watched) look(login string) {
	now := w.opened(login)
	w.past[login] = append(w.past[login], moment{w.clock.at, now})
	table, err := w.Report(w.ctx, w.by(login), desk.TicketReport{})
	if err != nil {
		w.rt.Fatal(err)
	}
	got := table.Total.Tickets
	for _, then := range w.past[login] {
		recent := w.clock.at.Sub(then.at) <= time.Minute+30*time.Second // reading moves the clock
		within := !slices.ContainsFunc(slices.Collect(maps.Keys(then.open)), func(id desk.TicketID) bool { return !now[id] })
		if recent && within && len(then.open) == got {
			return
		}
	}
	w.rt.Errorf("%s counts %d as of %v; now he can open %d", login, got, table.AsOf, len(now))
}

// TestReportsAreNeverOlderThanTheySay: whatever happens in whatever order, what
// is counted could be opened a minute ago at the most, all of it still can, and
// so no ticket that was taken away is counted.
func TestReportsAreNeverOlderThanTheySay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := &watched{house: newHouse(t), rt: rt, past: map[string][]moment{}}
		w.agent("ben")
		w.agent("carl")
		for _, name := range []string{"support", "third"} {
			w.makeQueue(desk.Queue{Name: name})
		}
		must(w.Grant(w.ctx, w.sys, desk.Grant{Who: desk.Everyone, As: desk.RolesOf(desk.AdminCc), Right: desk.ShowTicket, Place: desk.OnSystem()}))(t)
		for i := range 12 {
			w.open(service.NewTicket{Queue: w.queue["support"], Subject: fmt.Sprint("Case ", i)})
		}
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			w.change()
			w.look(rapid.SampledFrom([]string{"ben", "carl"}).Draw(rt, "reader"))
		}
	})
}
