package service_test

import (
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// TestTicketsOfViews: a view lists for its reader what its page does, in its order.
func TestTicketsOfViews(t *testing.T) {
	h := supportDesk(t)
	first, second := h.acmeTicket(), h.acmeTicket()
	h.ok(h.ChangeTicket(h.ctx, h.sys, service.TicketChange{Ticket: first, Priority: ptr(9)}))
	h.ok(h.SetStatus(h.ctx, h.sys, second, desk.StatusStalled, 0))
	save := func(login, address string) desk.ViewKey {
		return must(h.SaveView(h.ctx, h.by(login), desk.View{Owner: h.id(login), Name: address, Address: address}))(t).Key()
	}
	both, swapped := first.String()+" "+second.String(), second.String()+" "+first.String()
	for _, tt := range []struct {
		why  string
		key  desk.ViewKey
		want string
	}{
		{"one that every desk has, the newest first", "open", swapped},
		{"what is stalled", "stalled", second.String()},
		{"one's own, of which there is none", "mine", ""},
		{"by priority", save("agnes", "view=open&sort=-by-priority"), both},
		{"in an order that there is not", save("agnes", "view=open&sort=by-cf.None"), swapped},
		{"of a queue", save("agnes", "queue=Support&status=stalled"), second.String()},
		{"of a queue that she does not know", save("agnes", "queue=vault"), ""},
		{"of a customer", save("agnes", "customer=acme&status=active"), swapped},
		{"of a customer that there is not", save("agnes", "customer=none"), ""},
		{"what a query finds", save("agnes", "query=Priority+%3E+5"), first.String()},
	} {
		var got []string
		for _, l := range must(h.ViewTickets(h.ctx, h.by("agnes"), tt.key, 10))(t).Lines {
			got = append(got, l.ID.String())
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: got %v, want %s", tt.why, got, tt.want)
		}
	}
	for login, key := range map[string]desk.ViewKey{"bob": "open", "agnes": "77"} {
		_, err := h.ViewTickets(h.ctx, h.by(login), key, 10)
		wantKind(t, err, desk.NotFound)
	}
}

// TestUrgentTicketsOfViews: views of clocks, and those saved with the most urgent
// first, come in that order everywhere.
func TestUrgentTicketsOfViews(t *testing.T) {
	h := clockHouse(t)
	late := h.fire("support")
	h.at("02 13:00")
	soon := h.fire("support")
	save := func(address string) desk.ViewKey {
		return must(h.SaveView(h.ctx, h.by("ann"), desk.View{Owner: h.id("ann"), Name: address, Address: address}))(t).Key()
	}
	both := late.String() + " " + soon.String()
	for key, want := range map[desk.ViewKey]string{
		"overdue": late.String(), "soon": soon.String(), save("view=open&sort=due"): both, save("view=open&sort=by-id"): both,
		save("view=overdue&status=active&sort=-by-id"): late.String(), save("view=open"): soon.String() + " " + late.String(),
	} {
		var got []string
		for _, l := range must(h.ViewTickets(h.ctx, h.by("ann"), key, 10))(t).Lines {
			got = append(got, l.ID.String())
		}
		h.wants(strings.Join(got, " "), want)
	}
}
