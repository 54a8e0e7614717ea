package service_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
	"gatehouse/store/pgtest"
)

// A lateHouse is a desk whose lists are read from a replica.
type lateHouse struct {
	*house
	main, replica *pgtest.Server
	at            time.Time
}

// newLateHouse opens a desk with two queues, an agent who sees the first one, and
// five tickets there of which the replica knows.
func newLateHouse(t *testing.T) (*lateHouse, []desk.TicketID) {
	h := &lateHouse{main: pgtest.Start(t), at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	options := store.Options{Dir: t.TempDir(), URL: h.main.NewDatabase(t), Now: func() time.Time { return h.at }, Migrate: true}
	first := must(store.Open(t.Context(), options))(t)
	t.Cleanup(func() { first.Close() })
	h.replica = h.main.Standby(t)
	options.Replica, options.ReplicaLate = h.replica.At(t, options.URL), 5*time.Second
	st := must(store.Open(t.Context(), options))(t)
	t.Cleanup(func() { st.Close() })
	h.house = &house{Service: service.New(st, service.Options{Now: options.Now}), store: st, t: t, ctx: t.Context(), sys: desk.System(desk.ViaCLI),
		names: map[string]desk.PrincipalID{}, queue: map[string]desk.QueueID{}}
	h.ok(st.Do(h.ctx, func(tx *store.Tx) error { return tx.Replicate(h.ctx) }))
	h.makeQueue(desk.Queue{Name: "support"})
	h.makeQueue(desk.Queue{Name: "board"})
	h.agent("agnes")
	h.agent("igor")
	for _, who := range []string{"agnes", "igor"} {
		h.grant(h.names[who], "SeeQueue ShowTicket ReplyToTicket ModifyTicket", desk.OnQueue(h.queue["support"]))
	}
	h.grant(h.names["igor"], "SeeQueue ShowTicket CreateTicket ModifyTicket", desk.OnSystem())
	var ids []desk.TicketID
	for range 5 {
		ids = append(ids, h.open(service.NewTicket{Queue: h.queue["support"], Text: "Water in the cellar"}))
	}
	h.catchUp()
	return h, ids
}

func (h *lateHouse) catchUp() {
	h.t.Helper()
	h.store.LookAtReplica(h.ctx)
	h.replica.CatchUp(h.t, h.main)
	if state := h.store.LookAtReplica(h.ctx); !state.Used {
		h.t.Fatalf("the replica is not used: %+v", state)
	}
}

// wants asks for lists in three ways and compares them. answered says how many
// of three questions the replica is to have answered.
func (h *lateHouse) wants(why, who string, answered int64, want ...desk.TicketID) {
	h.t.Helper()
	want = slices.Clone(want)
	slices.Reverse(want)
	before := h.store.Replica()
	for name, list := range map[string]func() (*service.TicketPage, error){
		"newest": func() (*service.TicketPage, error) {
			return h.Tickets(h.ctx, h.by(who), service.TicketFilter{Limit: 4})
		},
		"found": func() (*service.TicketPage, error) {
			return h.Tickets(h.ctx, h.by(who), service.TicketFilter{Query: "Content LIKE 'water cellar'", Limit: 4})
		},
		"sorted": func() (*service.TicketPage, error) {
			page, _, err := h.SortedTickets(h.ctx, h.by(who), service.TicketFilter{Limit: 4}, service.Sort{By: "created", Down: true})
			return page, err
		},
	} {
		page := must(list())(h.t)
		var got []desk.TicketID
		for _, line := range page.Lines {
			got = append(got, line.ID)
		}
		if first := want[:min(len(want), 4)]; !slices.Equal(got, first) || page.More != (len(want) > 4) {
			h.t.Errorf("%s, %s: got %v (more: %v), want %v of %v", why, name, got, page.More, first, want)
		}
	}
	if got := h.store.Replica().Answered - before.Answered; got != answered {
		h.t.Errorf("%s: the replica answered %d of the questions, want %d", why, got, answered)
	}
}

// wantCount compares a count with what the list is to have.
func (h *lateHouse) wantCount(why, who string, want int, late bool) {
	h.t.Helper()
	got := must(h.TicketsCounted(h.ctx, h.by(who), service.TicketFilter{}, 100))(h.t)
	exact := must(h.CountTickets(h.ctx, h.by(who), service.TicketFilter{}, 100))(h.t)
	if got != (service.TicketCount{N: want, Late: late}) || !late && exact != want {
		h.t.Errorf("%s: got %+v, exactly %d, want %d (late: %v)", why, got, exact, want, late)
	}
}

// TestNothingLateIsShown: what the replica still shows and the database does
// not, nobody is shown; what somebody may not see any more is not even counted
// there for him, nor is what he could never see; and everybody sees at once what
// he did himself. The replica is held all the while.
func TestNothingLateIsShown(t *testing.T) {
	h, ids := newLateHouse(t)
	h.wants("all is the same", "agnes", 3, ids...)
	h.wantCount("all is the same", "agnes", 5, true)
	h.replica.Pause(t)

	h.ok(h.MoveTicket(h.ctx, h.by("igor"), ids[4], h.queue["board"]))
	h.wants("moved away by another", "agnes", 3, ids[:4]...)
	h.wantCount("moved away by another, counted as it was when she could see it", "agnes", 5, true)
	h.wants("to who moved it", "igor", 0, ids...)
	h.wantCount("to who moved it", "igor", 5, false)

	h.ok(h.ChangeTicket(h.ctx, h.by("agnes"), service.TicketChange{Ticket: ids[0], Subject: ptr("Mended")}))
	page := must(h.Tickets(h.ctx, h.by("agnes"), service.TicketFilter{Query: "Subject = 'Mended'"}))(t)
	if len(page.Lines) != 1 || page.Lines[0].Subject != "Mended" {
		t.Errorf("what she wrote a moment ago: got %+v", page.Lines)
	}
	h.wants("once she wrote herself", "agnes", 0, ids[:4]...)

	h.replica.Resume(t)
	h.catchUp()
	h.wants("when all is there", "agnes", 3, ids[:4]...)
	h.wantCount("when all is there", "agnes", 4, true)

	h.replica.Pause(t)
	h.grant(h.names["agnes"], "ShowTicket", desk.OnQueue(h.queue["board"]))
	h.wants("given a right a moment ago", "agnes", 0, ids...)
	h.wantCount("given a right a moment ago", "agnes", 5, false)
	g := must(h.FindGrant(h.ctx, h.sys, desk.Grant{Who: h.names["agnes"], Right: desk.ShowTicket, Place: desk.OnQueue(h.queue["board"])}))(t)
	h.ok(h.Revoke(h.ctx, h.sys, g.ID))
	h.wants("and taken it again", "agnes", 0, ids[:4]...)
	h.wantCount("and taken it again", "agnes", 4, false)
	h.replica.Resume(t)
	h.catchUp()
	h.wants("when that is there", "agnes", 3, ids[:4]...)
}

// TestLateWatchers: a contact who was taken from a ticket, or whose company's
// ticket became private, is shown it no more, though the replica has him there.
func TestLateWatchers(t *testing.T) {
	h, ids := newLateHouse(t)
	h.user("bob", desk.Contact)
	h.grant(desk.Everyone, "Requestor: ShowTicket", desk.OnQueue(h.queue["support"]))
	for _, id := range ids[:2] {
		h.ok(h.AddWatcher(h.ctx, h.sys, id, desk.Requestor, h.names["bob"]))
	}
	h.catchUp()
	h.wants("on two tickets", "bob", 3, ids[:2]...)
	h.replica.Pause(t)
	h.ok(h.RemoveWatcher(h.ctx, h.sys, ids[1], desk.Requestor, h.names["bob"]))
	h.wants("taken from one", "bob", 3, ids[0])
	h.ok(h.AddWatcher(h.ctx, h.sys, ids[3], desk.Requestor, h.names["bob"]))
	h.wants("put on another, of which the replica does not know", "bob", 3, ids[0], ids[3])
	h.ok(h.ChangeTicket(h.ctx, h.sys, service.TicketChange{Ticket: ids[0], Subject: ptr("New words")}))
	h.ok(h.RemoveWatcher(h.ctx, h.sys, ids[3], desk.Requestor, h.names["bob"]))
	for _, line := range must(h.Tickets(h.ctx, h.by("bob"), service.TicketFilter{}))(t).Lines {
		if line.Subject != "New words" {
			t.Errorf("%s is shown as it was: %q", line.ID, line.Subject)
		}
	}
}

// TestWhenNoReplicaIsAsked: not by the program itself, not while a day begins,
// and not for what belongs to a change.
func TestWhenNoReplicaIsAsked(t *testing.T) {
	h, ids := newLateHouse(t)
	must(h.Tickets(h.ctx, h.sys, service.TicketFilter{}))(t)
	if state := h.store.Replica(); state.Answered != 0 {
		t.Errorf("the program itself was answered %d times", state.Answered)
	}
	h.at = time.Date(2026, 3, 3, 0, 0, 4, 0, time.UTC)
	h.catchUp()
	h.wants("as the day begins", "agnes", 0, ids...)
	h.at = h.at.Add(time.Second)
	h.catchUp()
	h.wants("when it has begun", "agnes", 3, ids...)

	report := desk.TicketReport{Title: "Water", Query: "Content LIKE 'water'", Measure: desk.HowMany}
	table := must(h.Report(h.ctx, h.by("agnes"), report))(t)
	if table.Total.Tickets != 5 || !table.AsOf.Equal(h.at.Add(-5*time.Second)) {
		t.Errorf("the report: got %d as of %s, want 5 as of five seconds ago", table.Total.Tickets, table.AsOf)
	}
	counts := must(h.ViewCounts(h.ctx, h.by("agnes"), []service.TicketFilter{{Text: "water"}, {}}, 10))(t)
	if !slices.Equal(counts, []service.TicketCount{{N: 5, Late: true}, {N: 5}}) {
		t.Errorf("beside views: got %+v, want the first from the replica, the second from memory", counts)
	}
	h.replica.Stop(t)
	h.wants("gone", "agnes", 0, ids...)
	ctx, end := context.WithCancel(t.Context())
	end()
	h.FollowReplica(ctx) // ends at once
}
