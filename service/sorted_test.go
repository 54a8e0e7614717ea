package service_test

import (
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// orderOf is the list of somebody by a column, page after page of two, as the
// subjects of the tickets.
func (h *house) orderOf(login, by string) string {
	h.t.Helper()
	name, down := strings.CutPrefix(by, "-")
	how := service.Sort{By: service.SortBy(name), Down: down}
	var got []string
	for more := true; more && len(got) < 99; {
		page, end, err := h.SortedTickets(h.ctx, h.by(login), service.TicketFilter{Limit: 2}, how)
		if desk.KindOf(err) == desk.Invalid {
			return "invalid"
		}
		h.ok(err)
		for _, l := range page.Lines {
			got = append(got, l.Subject)
		}
		more, how.After = page.More, end
	}
	return strings.Join(got, " ")
}

// TestSortedByPeopleAndFields: lists go by who asks, by customer and by custom
// fields; to contacts no order tells of people, and to nobody of values that he
// may not see.
func TestSortedByPeopleAndFields(t *testing.T) {
	h := newHouse(t)
	h.agent("ann")
	h.agent("ben")
	vault := h.makeQueue(desk.Queue{Name: "vault"})
	q := h.makeQueue(desk.Queue{Name: "support"})
	for _, key := range []string{"acme", "zeta"} {
		h.customer(desk.Customer{Key: key})
		h.contact(key+"-mia", key)
	}
	rank := h.field(desk.Field{Of: desk.OfTickets, Name: "Rank", Kind: desk.OneField, Everywhere: true, Choices: []desk.Choice{{Name: "low"}, {Name: "high"}, {Name: "alarm"}}})
	size := h.field(desk.Field{Of: desk.OfTickets, Name: "Size", Kind: desk.WholeField, Queues: []desk.QueueID{q}})
	h.grant(desk.Agents, "SeeQueue ShowTicket", desk.OnSystem())
	h.grant(h.names["ann"], "SeeCustomField", desk.OnSystem())
	h.grant(h.names["ben"], "SeeCustomField", desk.OnQueue(q))
	h.grant(desk.Contacts, "ro", desk.OnSystem())
	made := map[string]desk.TicketID{}
	for _, tt := range []struct {
		subject, who string
		queue        desk.QueueID
		rank, size   string
	}{
		{"A", "zeta-mia", q, "low", "10"}, {"B", "acme-mia", q, "alarm", "9"}, {"C", "zeta-mia", vault, "high", ""}, {"D", "", q, "", "-3"}, {"E", "acme-mia", vault, "alarm", ""},
	} {
		in := service.NewTicket{Queue: tt.queue, Subject: tt.subject}
		if tt.who != "" {
			in.Requestors = []desk.PrincipalID{h.names[tt.who]}
		}
		made[tt.subject] = h.open(in)
		for field, value := range map[desk.FieldID]string{rank: tt.rank, size: tt.size} {
			if value != "" {
				h.ok(h.SetFields(h.ctx, h.sys, service.FieldsChange{Ticket: made[tt.subject], Set: []service.FieldSet{{Field: field, Values: []string{value}}}}))
			}
		}
	}
	for _, tt := range []struct{ login, by, want string }{
		{"ann", "customer", "D B E A C"}, {"ann", "-customer", "C A E B D"}, {"ann", "requestor", "D B E A C"}, {"ann", "-requestor", "C A E B D"},
		{"ann", "cf.Rank", "A C B E D"}, {"ann", "-cf.rank", "E B C A D"}, {"ann", "cf.Size", "D B A C E"}, {"ann", "-cf.Size", "A B D E C"},
		{"ben", "cf.Rank", "A B C D E"}, {"ben", "-cf.Rank", "B A E D C"},
		{"ann", "cf.None", "invalid"}, {"ann", "cf.", "invalid"},
		{"zeta-mia", "customer", "invalid"}, {"zeta-mia", "-requestor", "invalid"}, {"zeta-mia", "-cf.Rank", "E B C A D"},
	} {
		if got := h.orderOf(tt.login, tt.by); got != tt.want {
			t.Errorf("%s by %s gets %q, want %q", tt.login, tt.by, got, tt.want)
		}
	}
	var before []string
	orders := func() (list []string) {
		for _, by := range []string{"cf.Rank", "-cf.Rank"} {
			list = append(list, h.orderOf("ben", by))
		}
		return list
	}
	for _, values := range [][]string{{"low"}, {"high"}, nil} { // of a ticket of which ben may not see them
		h.ok(h.SetFields(h.ctx, h.sys, service.FieldsChange{Ticket: made["E"], Set: []service.FieldSet{{Field: rank, Values: values}}}))
		if got := orders(); before != nil && !slices.Equal(got, before) {
			t.Errorf("with %v, which he may not see, ben's orders are %v, before %v", values, got, before)
		}
		before = orders()
	}
}

// TestWhoAsksFollows: the order by who asks is that of the list, when people come,
// go and become one.
func TestWhoAsksFollows(t *testing.T) {
	h := newHouse(t)
	h.agent("ann")
	q := h.makeQueue(desk.Queue{Name: "support"})
	h.grant(h.names["ann"], "SuperUser", desk.OnSystem())
	for _, login := range []string{"ada", "mia", "zoe"} {
		h.contact(login)
	}
	one := h.open(service.NewTicket{Queue: q, Subject: "one", Requestors: []desk.PrincipalID{h.names["zoe"]}})
	h.open(service.NewTicket{Queue: q, Subject: "two", Requestors: []desk.PrincipalID{h.names["mia"]}})
	want := func(why, order string) {
		t.Helper()
		if got := h.orderOf("ann", "requestor"); got != order {
			t.Errorf("%s: %q, want %q", why, got, order)
		}
	}
	want("at first", "two one")
	h.ok(h.AddWatcher(h.ctx, h.sys, one, desk.Requestor, h.names["ada"]))
	want("ada asks too, who was here first", "one two")
	h.ok(h.RemoveWatcher(h.ctx, h.sys, one, desk.Requestor, h.names["ada"]))
	want("gone again", "two one")
	must(h.MergeUsers(h.ctx, h.sys, service.UserMerge{From: h.id("zoe"), Into: h.id("ada")}))(t)
	want("made one with ada", "one two")
}

// TestWhoReportedAsks: nobody else stands there, and he is a contact.
func TestWhoReportedAsks(t *testing.T) {
	h := newHouse(t)
	h.agent("ann")
	h.contact("mia")
	q := h.makeQueue(desk.Queue{Name: "support"})
	h.grant(h.names["ann"], "SuperUser", desk.OnSystem())
	h.grant(desk.Everyone, "CreateTicket", desk.OnQueue(q))
	one := must(h.OpenTicket(h.ctx, h.by("mia"), service.NewTicket{Queue: q, Subject: "one"}))(t)
	h.ok(h.RemoveWatcher(h.ctx, h.sys, one, desk.Requestor, h.names["mia"]))
	h.open(service.NewTicket{Queue: q, Subject: "two"})
	if got := h.orderOf("ann", "-requestor"); got != "one two" {
		t.Errorf("reported by a contact, the order is %q", got)
	}
	u := must(h.User(h.ctx, h.sys, h.id("mia")))(t)
	u.Kind = desk.Agent
	h.ok(h.UpdateUser(h.ctx, h.sys, *u))
	if got := h.orderOf("ann", "-requestor"); got != "two one" {
		t.Errorf("reported by an agent, the order is %q", got)
	}
}
