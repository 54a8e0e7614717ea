package service_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/query"
	"gatehouse/service"
	"gatehouse/store"
)

// newPage is the desk that docs/query.md describes.
func newPage(t testing.TB) *hall {
	h := &hall{newHouse(t), map[string]desk.TicketID{}}
	for _, login := range []string{"anna", "ben", "mia"} {
		h.agent(login)
		h.grant(h.names[login], "OwnTicket", desk.OnSystem())
	}
	h.group("Network", "mia")
	h.group("Technicians", "Network")
	h.customer(desk.Customer{Key: "acme", Name: "Acme Ltd"})
	h.contact("carla", "acme")
	h.contact("dora")
	h.makeQueue(desk.Queue{Name: "Support"})
	h.makeQueue(desk.Queue{Name: "Sales"})
	h.ok(h.AddQueueWatcher(h.ctx, h.sys, desk.Watcher{Queue: h.queue["Sales"], Role: desk.Cc, Who: h.names["ben"]}))
	must(h.CreateRole(h.ctx, h.sys, desk.Role{Name: "Engineer", Everywhere: true}))(t)
	h.make("printer", service.NewTicket{Requestors: h.ids("carla"), Text: "It burns with a blue flame"})
	h.make("router", service.NewTicket{Requestors: h.ids("Network"), Owner: h.id("anna"), Status: desk.StatusOpen, Priority: 50})
	h.make("vpn", service.NewTicket{Requestors: h.ids("mia", "dora"), Cc: h.ids("ben"), Status: desk.StatusStalled})
	h.ok(h.AddWatcher(h.ctx, h.sys, h.ticket["vpn"], desk.FirstOwnRole, h.names["ben"]))
	h.make("invoice", service.NewTicket{Queue: h.queue["Sales"], Requestors: h.ids("dora"), AdminCc: h.ids("anna"), Priority: 10})
	h.make("laptop", service.NewTicket{Queue: h.queue["Sales"], Owner: h.id("ben"), Status: desk.StatusResolved})
	due, worked := time.Date(2020, 1, 31, 12, 0, 0, 0, time.UTC), 90
	h.ok(h.ChangeTicket(h.ctx, h.sys, service.TicketChange{Ticket: h.ticket["router"], Plan: service.Plan{Due: &due, TimeWorked: &worked}}))
	h.ok(h.store.Do(h.ctx, func(tx *store.Tx) error {
		if err := tx.AddLink(h.ctx, store.Link{From: h.ticket["vpn"], Type: query.DependsOn, To: h.ticket["router"]}); err != nil {
			return err
		}
		return tx.AddLink(h.ctx, store.Link{From: h.ticket["laptop"], Type: query.RefersTo, To: h.ticket["invoice"]})
	}))
	h.fillIn("Building", desk.Field{Kind: desk.SeveralField, Choices: []desk.Choice{{Name: "North"}, {Name: "South"}}},
		map[string][]string{"printer": {"North"}, "router": {"North", "South"}})
	h.fillIn("Cost", desk.Field{Kind: desk.DecimalField}, map[string][]string{"printer": {"12.5"}, "invoice": {"100"}})
	h.fillIn("Delivery", desk.Field{Kind: desk.DayField}, map[string][]string{"router": {"2020-02-01"}})
	return h
}

// fillIn makes a field of all queues with values on some tickets.
func (h *hall) fillIn(name string, f desk.Field, values map[string][]string) {
	f.Name, f.Everywhere = name, true
	id := h.field(f)
	for ticket, texts := range values {
		h.ok(h.setField(h.sys, h.ticket[ticket], id, texts...))
	}
}

// examples are the rows of the page that begin with a query, and what they say.
func examples(page string) [][2]string {
	var list [][2]string
	for line := range strings.Lines(page) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), " | ")
		if len(cells) != 2 {
			cells = append(cells, "")
		}
		text := strings.TrimSpace(cells[0])
		if quoted := strings.Trim(text, "`"); text == "`"+quoted+"`" && strings.Contains(quoted, " ") && !strings.Contains(quoted, "`") {
			list = append(list, [2]string{quoted, strings.TrimSpace(cells[1])})
		}
	}
	return list
}

// TestTheQueryPage runs the examples of docs/query.md.
func TestTheQueryPage(t *testing.T) {
	text, err := os.ReadFile("../docs/query.md")
	if err != nil {
		t.Fatal(err)
	}
	h := newPage(t)
	run := 0
	for _, x := range examples(string(text)) {
		if strings.HasPrefix(x[1], "The query") {
			if err := h.CheckQuery(h.ctx, h.sys, x[0]); desk.Sentence(err) != x[1] {
				t.Errorf("%s: got %v", x[0], err)
			}
			continue
		}
		run++
		want := strings.ReplaceAll(x[1], ",", "")
		if got := h.find(t, h.sys, x[0]); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", x[0], got, want)
		}
	}
	if run < 60 {
		t.Errorf("only %d examples were found on the page", run)
	}
}

// TestTheQueryPageNamesEveryField: no field is without a word on the page.
func TestTheQueryPageNamesEveryField(t *testing.T) {
	text, err := os.ReadFile("../docs/query.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range query.Fields() {
		if !strings.Contains(string(text), "`"+f.Name) {
			t.Errorf("the page says nothing of %s", f.Name)
		}
	}
}

// TestPlansOfTickets: what queries ask for can be set, and its history is kept.
func TestPlansOfTickets(t *testing.T) {
	h := newPage(t)
	id := h.ticket["router"]
	due := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	h.ok(h.ChangeTicket(h.ctx, h.sys, service.TicketChange{Ticket: id, Plan: service.Plan{Due: &due, Starts: &due, TimeLeft: ptr(30), TimeEstimated: ptr(120), FinalPriority: ptr(80)}}))
	v := must(h.Ticket(h.ctx, h.sys, id))(t)
	if !v.Due.Equal(due) || !v.Starts.Equal(due) || v.TimeLeft != 30 || v.TimeEstimated != 120 || v.FinalPriority != 80 || v.TimeWorked != 90 {
		t.Errorf("stored %+v", v.Ticket)
	}
	planned := slices.IndexFunc(v.Events, func(e desk.Event) bool {
		return e.Kind == desk.EventPlan && e.Data["what"] == "due" && e.Data["to"] == "2026-05-01T00:00:00Z" && e.Data["from"] == "2020-01-31T12:00:00Z"
	})
	if planned < 0 {
		t.Errorf("the history %+v has no new due date", v.Events)
	}
	h.ok(h.ChangeTicket(h.ctx, h.sys, service.TicketChange{Ticket: id, Plan: service.Plan{Due: &time.Time{}}}))
	if got := h.find(t, h.sys, "Due IS NOT NULL"); got != "" {
		t.Errorf("due are %q", got)
	}
	wantKind(t, h.ChangeTicket(h.ctx, h.sys, service.TicketChange{Ticket: id, Plan: service.Plan{TimeWorked: ptr(-1)}}), desk.Invalid)
	wantKind(t, h.ChangeTicket(h.ctx, h.by("ben"), service.TicketChange{Ticket: id, Plan: service.Plan{Due: &due}}), desk.NotFound)
}
