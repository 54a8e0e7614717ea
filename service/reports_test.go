package service_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/service"
)

// newStatistics is a house with tickets of every sort, and people who see some
// of them: anna all, ben a queue, carl what he stands on, dora nothing.
func newStatistics(t *testing.T) *house {
	h := newHouse(t)
	for _, key := range []string{"acme", "bolt"} {
		h.customer(desk.Customer{Key: key})
	}
	for _, login := range []string{"anna", "ben", "carl", "dora"} {
		h.agent(login)
	}
	h.contact("ann", "acme")
	h.contact("bea", "acme", "bolt")
	h.grant(h.names["anna"], "SuperUser", desk.OnSystem())
	var queues []desk.QueueID
	for _, name := range []string{"support", "it's \\ sales", "third"} {
		queues = append(queues, h.makeQueue(desk.Queue{Name: name}))
	}
	h.grant(h.names["ben"], "ShowTicket", desk.OnQueue(queues[0]))
	h.grant(h.names["ben"], "SeeQueue", desk.OnSystem())
	must(h.Grant(h.ctx, h.sys, desk.Grant{Who: desk.Everyone, As: desk.RolesOf(desk.AdminCc), Right: desk.ShowTicket, Place: desk.OnSystem()}))(t)
	must(h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["ben"], Right: desk.OwnTicket, Place: desk.OnSystem()}))(t)
	r := rand.New(rand.NewPCG(5, 6))
	h.clock.at = h.clock.at.AddDate(0, 0, -100)
	for i := range 40 {
		in := service.NewTicket{Queue: queues[r.IntN(3)], Subject: fmt.Sprint("Case ", i), Priority: r.IntN(3)}
		by := h.by([]string{"ann", "bea", "anna"}[r.IntN(3)])
		if by.User != h.id("anna") {
			by, in.Requestors = h.sys, []desk.PrincipalID{desk.PrincipalID(by.User)}
		}
		id := must(h.OpenTicket(h.ctx, by, in))(t)
		h.clock.at = h.clock.at.Add(time.Duration(r.IntN(50)) * time.Hour)
		switch r.IntN(5) {
		case 0:
			h.ok(h.SetStatus(h.ctx, h.sys, id, desk.StatusResolved, 0))
		case 1:
			h.ok(h.SetOwner(h.ctx, h.sys, id, service.Give, h.id("ben")))
		case 2:
			h.ok(h.AddWatcher(h.ctx, h.sys, id, desk.AdminCc, h.names["carl"]))
		case 3:
			must(h.Write(h.ctx, h.by("anna"), service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "Shake it."}))(t)
		}
	}
	return h
}

// drawReport draws a report of any shape.
func drawReport(rt *rapid.T) desk.TicketReport {
	queries := []string{"", "Status = '__Active__'", "Queue = 'support' OR Priority > 1", "NOT Subject LIKE '1'", "Created > '-40 days'", "Customer = 'acme'", "Owner = 'Nobody'"}
	r := desk.TicketReport{Query: rapid.SampledFrom(queries).Draw(rt, "query"), Measure: rapid.SampledFrom(desk.Measures()).Draw(rt, "measure"), Last: rapid.IntRange(0, 20).Draw(rt, "last")}
	r.By = rapid.SliceOfNDistinct(rapid.SampledFrom(desk.Groupings()), 0, 2, rapid.ID).Draw(rt, "by")
	if len(r.By) == 2 && (r.By[0].Flow() || r.By[1].Flow()) {
		r.By = r.By[:1]
	}
	if len(r.By) == 1 && r.By[0].Flow() {
		r.Measure = desk.HowMany
	}
	return r
}

// TestEachBarIsItsList: whatever is counted, for whomever, the list behind a
// number has as many tickets as the number says; and a report without groups
// counts what he can open and the query finds.
func TestEachBarIsItsList(t *testing.T) {
	h := newStatistics(t)
	rapid.Check(t, func(rt *rapid.T) {
		by := h.by(rapid.SampledFrom([]string{"anna", "ben", "carl", "dora"}).Draw(rt, "reader"))
		r := drawReport(rt)
		table, err := h.Report(h.ctx, by, r)
		if err != nil {
			rt.Fatal(err)
		}
		for i, row := range table.Cells {
			for j, cell := range row {
				if cell.Query == "" {
					continue
				}
				n, err := h.CountTickets(h.ctx, by, service.TicketFilter{Query: cell.Query}, 0)
				if err != nil || n != cell.Tickets {
					rt.Errorf("%v of %q by %v: %v, %v: counted %d, listed %d by %s: %v", r.Measure, r.Query, r.By, table.Rows[i], table.Columns[j], cell.Tickets, n, cell.Query, err)
				}
			}
		}
		if table.Total.Query != "" {
			n, err := h.CountTickets(h.ctx, by, service.TicketFilter{Query: table.Total.Query}, 0)
			if err != nil || n != table.Total.Tickets {
				rt.Errorf("in all %d, listed %d by %s: %v", table.Total.Tickets, n, table.Total.Query, err)
			}
		}
	})
}

// TestReportsCountWhatOneCanOpen compares with opening each ticket.
func TestReportsCountWhatOneCanOpen(t *testing.T) {
	h := newStatistics(t)
	seen := map[string]int{}
	for _, login := range []string{"anna", "ben", "carl", "dora"} {
		by := h.by(login)
		want := map[string]int{}
		var took []time.Duration
		for id := desk.TicketID(1); id <= 40; id++ {
			v, err := h.Ticket(h.ctx, by, id)
			if err != nil {
				continue
			}
			seen[login]++
			want[v.QueueName+" "+string(v.Status)]++
			if !v.Resolved.IsZero() {
				took = append(took, v.Resolved.Sub(v.Created))
			}
		}
		table := must(h.Report(h.ctx, by, desk.TicketReport{By: []desk.Grouping{desk.ByQueue, desk.ByStatus}}))(t)
		got := cellsOf(table)
		if !reflect.DeepEqual(got, want) || table.Total.Tickets != seen[login] {
			t.Errorf("%s counts %v of %d, can open %v of %d", login, got, table.Total.Tickets, want, seen[login])
		}
		slices.Sort(took)
		one := must(h.Report(h.ctx, by, desk.TicketReport{Measure: desk.Resolution}))(t).Total
		if len(took) > 0 && (one.Median != took[(len(took)+1)/2-1] || one.NineTenths != took[(len(took)*9+9)/10-1]) {
			t.Errorf("%s: median %v, nine of ten %v, of %v", login, one.Median, one.NineTenths, took)
		}
	}
	if seen["anna"] != 40 || seen["ben"] == 0 || seen["ben"] == 40 || seen["carl"] == 0 || seen["dora"] != 0 {
		t.Errorf("the tickets seen are %v, which shows nothing", seen)
	}
}

// cellsOf are the cells that are not empty, by queue and status.
func cellsOf(t *service.ReportTable) map[string]int {
	cells := map[string]int{}
	for i, row := range t.Cells {
		for j, cell := range row {
			if cell.Tickets > 0 {
				cells[t.Rows[i].Text+" "+t.Columns[j].Key] = cell.Tickets
			}
		}
	}
	return cells
}

// TestARevokedRightIsNotServedAgain: what was counted is shown again within the
// minute, but not once a right or a ticket was taken from the reader.
func TestARevokedRightIsNotServedAgain(t *testing.T) {
	h := newStatistics(t)
	all := desk.TicketReport{}
	look := func(login string) int { return must(h.Report(h.ctx, h.by(login), all))(h.t).Total.Tickets }
	ben, carl := look("ben"), look("carl")
	at := h.clock.at
	id := must(h.OpenTicket(h.ctx, h.sys, service.NewTicket{Queue: h.queue["support"], Subject: "New"}))(t)
	h.clock.at = at
	if got := look("ben"); got != ben {
		t.Errorf("within the minute ben counts %d, counted %d", got, ben)
	}
	h.clock.at = h.clock.at.Add(time.Minute)
	if got := look("ben"); got != ben+1 {
		t.Errorf("a minute later ben counts %d, want %d", got, ben+1)
	}
	h.ok(h.MoveTicket(h.ctx, h.sys, id, h.queue["third"]))
	if got := look("ben"); got != ben {
		t.Errorf("when a ticket was moved away ben counts %d, want %d", got, ben)
	}
	h.ok(h.AddWatcher(h.ctx, h.sys, id, desk.AdminCc, h.names["carl"]))
	h.clock.at = h.clock.at.Add(time.Minute)
	if got := look("carl"); got != carl+1 {
		t.Errorf("with another ticket carl counts %d, want %d", got, carl+1)
	}
	h.ok(h.RemoveWatcher(h.ctx, h.sys, id, desk.AdminCc, h.names["carl"]))
	if got := look("carl"); got != carl {
		t.Errorf("when it was taken from him carl counts %d, want %d", got, carl)
	}
	given, _, err := h.Grants(h.ctx, h.sys, service.GrantFilter{Who: h.names["ben"]})
	h.ok(err)
	for _, g := range given {
		if g.Right == desk.ShowTicket {
			h.ok(h.Revoke(h.ctx, h.sys, g.ID))
		}
	}
	if got := look("ben"); got != 0 {
		t.Errorf("without the right ben counts %d", got)
	}
}

// TestWhatOneMayNotSeeChangesNoReport: tickets that ben does not see change no
// report of his, whatever they are.
func TestWhatOneMayNotSeeChangesNoReport(t *testing.T) {
	h := newStatistics(t)
	var reports []desk.TicketReport
	for _, g := range desk.Groupings() {
		reports = append(reports, desk.TicketReport{By: []desk.Grouping{g}}, desk.TicketReport{By: []desk.Grouping{g}, Query: "Subject LIKE 'Case' OR LinkedTo IS NULL"})
	}
	look := func() []service.ReportResult {
		h.clock.at = h.clock.at.Truncate(time.Hour).Add(time.Hour + time.Second)
		results := must(h.Reports(h.ctx, h.by("ben"), reports))(t)
		for _, r := range results {
			r.Table.AsOf = time.Time{}
		}
		return results
	}
	look()
	before := look()
	at := h.clock.at
	for i := range 10 {
		id := must(h.OpenTicket(h.ctx, h.sys, service.NewTicket{Queue: h.queue["third"], Subject: "Case of others", Priority: 50 + i, Requestors: []desk.PrincipalID{h.names["bea"]}}))(t)
		if i%2 == 0 {
			h.ok(h.SetStatus(h.ctx, h.sys, id, desk.StatusRejected, 0))
		}
	}
	h.clock.at = at.Add(-time.Hour)
	for i, after := range look() {
		if !reflect.DeepEqual(before[i], after) {
			t.Errorf("by %v: before %+v, after %+v", reports[i].By, before[i].Table, after.Table)
		}
	}
}

// TestReportsByField: values are counted where the reader may see them.
func TestReportsByField(t *testing.T) {
	h := newSample(t)
	id := h.field(desk.Field{Everywhere: true})
	h.ok(h.setField(h.sys, h.ticket, id, "x's"))
	report := desk.TicketReport{By: []desk.Grouping{desk.GroupingOf(id)}}
	h.agent("reader")
	h.grant(h.names["reader"], "ShowTicket", desk.OnSystem())
	if _, err := h.Report(h.ctx, h.by("reader"), report); desk.KindOf(err) != desk.NotFound {
		t.Errorf("who may not know the field gets %v", err)
	}
	h.grant(h.names["reader"], "SeeCustomField", desk.OnSystem())
	table := must(h.Report(h.ctx, h.by("reader"), report))(t)
	var got []string
	for i, row := range table.Rows {
		n := must(h.CountTickets(h.ctx, h.by("reader"), service.TicketFilter{Query: table.Cells[i][0].Query}, 0))(t)
		got = append(got, fmt.Sprint(row.Key, " ", table.Cells[i][0].Tickets, " ", n))
	}
	if want := []string{"none 1 1", "x's 1 1"}; !slices.Equal(got, want) {
		t.Errorf("counted %q, want %q", got, want)
	}
}

// TestWrongReports are refused, each for its own reason, and keep no other from
// being counted.
func TestWrongReports(t *testing.T) {
	h := newSample(t)
	wrong := []desk.TicketReport{
		{Query: "Status ="}, {By: []desk.Grouping{"colour"}}, {By: []desk.Grouping{"status", "status"}}, {Measure: "love"}, {Chart: "pie"},
		{By: []desk.Grouping{"flow-day", "queue"}}, {By: []desk.Grouping{"flow-day"}, Measure: desk.Age}, {Last: 5000}, {Top: -1},
		{By: []desk.Grouping{"status", "queue", "owner"}},
	}
	results := must(h.Reports(h.ctx, h.by("root"), append(wrong, desk.TicketReport{})))(t)
	for i := range wrong {
		if desk.KindOf(results[i].Err) != desk.Invalid {
			t.Errorf("%+v: got %v", wrong[i], results[i].Err)
		}
	}
	if last := results[len(wrong)]; last.Err != nil || last.Table.Total.Tickets == 0 {
		t.Errorf("the one that is right: %+v", last)
	}
	if _, err := h.Report(h.ctx, h.by("ann"), desk.TicketReport{}); desk.KindOf(err) != desk.Forbidden {
		t.Errorf("a contact gets %v", err)
	}
}
