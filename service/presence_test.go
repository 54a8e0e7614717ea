package service_test

import (
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// customersDesk has the queue support, Acme with bob and alice, Bolt with
// jon, and ann who belongs to both, Acme first.
func customersDesk(t *testing.T, system string) *house {
	h := newHouse(t)
	h.ok(h.SetSetting(h.ctx, h.sys, service.SettingPresences, system))
	h.customer(desk.Customer{Key: "acme"})
	h.customer(desk.Customer{Key: "bolt"})
	h.contact("bob", "acme")
	h.contact("alice", "acme")
	h.contact("jon", "bolt")
	h.contact("ann", "acme", "bolt")
	h.makeQueue(desk.Queue{Name: "support", Address: "support@desk.example"})
	return h
}

func TestCustomersTakePart(t *testing.T) {
	replace, add, off := desk.PresenceReplace, desk.PresenceAdd, desk.PresenceOff
	for _, tt := range []struct {
		why      string
		system   string
		queue    desk.Presences
		acme     desk.Presences
		who      string
		role     desk.RoleID
		want     string // in the role
		customer string // in the role Customer
	}{
		{why: "off: only the ticket's Customer is set", system: "off off off", who: "bob", role: desk.Requestor, want: "bob", customer: "acme"},
		{why: "replace: the customer stands instead of the contact", system: "replace off off", who: "bob", role: desk.Requestor, want: "acme", customer: "acme"},
		{why: "add: the customer stands beside him", system: "add off off", who: "bob", role: desk.Requestor, want: "acme bob", customer: "acme"},
		{why: "somebody in two customers brings both", system: "replace off off", who: "ann", role: desk.Requestor, want: "acme bolt", customer: "acme bolt"},
		{why: "the queue overrides the desk", system: "replace off off", queue: desk.Presences{Requestor: off}, who: "bob", role: desk.Requestor, want: "bob", customer: "acme"},
		{why: "the customer overrides the queue", system: "off off off", queue: desk.Presences{Requestor: off}, acme: desk.Presences{Requestor: add}, who: "bob", role: desk.Requestor, want: "acme bob", customer: "acme"},
		{why: "each customer as it wants: one replaces, the other only follows", system: "off off off", acme: desk.Presences{Requestor: replace}, who: "ann", role: desk.Requestor, want: "acme", customer: "acme bolt"},
		{why: "in Cc the customer stands, but the ticket is not for it", system: "off replace off", who: "jon", role: desk.Cc, want: "bolt", customer: ""},
		{why: "in AdminCc each role has its own answer", system: "replace replace off", who: "jon", role: desk.AdminCc, want: "jon", customer: ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h := customersDesk(t, tt.system)
			q := must(h.Queue(h.ctx, h.sys, h.queue["support"]))(t)
			q.Presences = tt.queue
			h.ok(h.UpdateQueue(h.ctx, h.sys, *q))
			c := must(h.Customer(h.ctx, h.sys, desk.CustomerID(h.names["acme"])))(t)
			c.Presences = tt.acme
			h.ok(h.UpdateCustomer(h.ctx, h.sys, *c))
			who := []desk.PrincipalID{h.names[tt.who]}
			in := service.NewTicket{Queue: q.ID}
			switch tt.role {
			case desk.Requestor:
				in.Requestors = who
			case desk.Cc:
				in.Cc = who
			case desk.AdminCc:
				in.AdminCc = who
			}
			id := h.open(in)
			if got := h.standing(id, tt.role); got != tt.want {
				t.Errorf("in the role stand %q, want %q", got, tt.want)
			}
			if got := h.standing(id, desk.CustomerRole); got != tt.customer {
				t.Errorf("the ticket is for %q, want %q", got, tt.customer)
			}
		})
	}
}

func TestCustomersTakePartAfterOpening(t *testing.T) {
	h := customersDesk(t, "replace off off")
	id := h.open(service.NewTicket{Queue: h.queue["support"]})
	h.ok(h.AddWatcher(h.ctx, h.sys, id, desk.Requestor, h.names["bob"]))
	if got := h.standing(id, desk.Requestor); got != "acme" {
		t.Errorf("requestors are %q, want acme: the rule holds whenever somebody enters a role", got)
	}
	h.group("team", "alice")
	h.ok(h.AddWatcher(h.ctx, h.sys, id, desk.Requestor, h.names["team"]))
	if got := h.standing(id, desk.Requestor); got != "acme team" {
		t.Errorf("requestors are %q, want acme team: a group pulls no customer in through its members", got)
	}
}

func TestWhichCustomersSomebodyBrings(t *testing.T) {
	for _, tt := range []struct {
		why  string
		set  func(h *house)
		in   service.NewTicket
		want string
	}{
		{"all of them", func(*house) {}, service.NewTicket{}, "acme bolt"},
		{"the one that the form names", func(*house) {}, service.NewTicket{Customers: []desk.CustomerID{-1}}, "bolt"},
		{"the primary one, where he is set so", func(h *house) {
			u := must(h.User(h.ctx, h.sys, desk.UserID(h.names["ann"])))(h.t)
			u.OnlyPrimary = true
			h.ok(h.UpdateUser(h.ctx, h.sys, *u))
		}, service.NewTicket{}, "acme"},
		{"the queue's", func(h *house) {
			q := must(h.Queue(h.ctx, h.sys, h.queue["support"]))(h.t)
			q.Customer = desk.CustomerID(h.names["bolt"])
			h.ok(h.UpdateQueue(h.ctx, h.sys, *q))
		}, service.NewTicket{}, "bolt"},
		{"none that is disabled", func(h *house) {
			c := must(h.Customer(h.ctx, h.sys, desk.CustomerID(h.names["acme"])))(h.t)
			c.Disabled = true
			h.ok(h.UpdateCustomer(h.ctx, h.sys, *c))
		}, service.NewTicket{}, "bolt"},
		{"none whose membership has ended", func(h *house) {
			h.ok(h.UpdateMember(h.ctx, h.sys, desk.Membership{Group: h.names["acme"], Member: h.names["ann"],
				Part: desk.PartMember, Until: desk.DayOf(h.clock.at) - 1}))
		}, service.NewTicket{}, "bolt"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h := customersDesk(t, "replace off off")
			tt.set(h)
			tt.in.Queue = h.queue["support"]
			tt.in.Requestors = []desk.PrincipalID{h.names["ann"]}
			if len(tt.in.Customers) > 0 {
				tt.in.Customers = []desk.CustomerID{desk.CustomerID(h.names["bolt"])}
			}
			if got := h.standing(h.open(tt.in), desk.CustomerRole); got != tt.want {
				t.Errorf("the ticket is for %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAlwaysCcAndReason(t *testing.T) {
	h := customersDesk(t, "add off off")
	c := must(h.Customer(h.ctx, h.sys, desk.CustomerID(h.names["acme"])))(t)
	c.AlwaysCc = []desk.PrincipalID{h.names["alice"]}
	h.ok(h.UpdateCustomer(h.ctx, h.sys, *c))
	id := h.open(service.NewTicket{Queue: h.queue["support"], Requestors: []desk.PrincipalID{h.names["bob"]}})
	if got := h.standing(id, desk.Cc); got != "alice" {
		t.Errorf("in Cc stand %q, want alice", got)
	}
	var reasons []string
	for _, e := range must(h.Ticket(h.ctx, h.sys, id))(t).Events {
		if e.Kind == desk.EventCustomer {
			reasons = append(reasons, e.Data["how"]+" by "+e.Data["why"])
		}
	}
	if len(reasons) != 1 || reasons[0] != "add by membership" {
		t.Errorf("the history says %q, want one entry: add by membership", reasons)
	}
}

func TestReporterIsKept(t *testing.T) {
	h := customersDesk(t, "replace off off")
	h.grant(desk.Everyone, "CreateTicket", desk.OnSystem())
	own := must(h.OpenTicket(h.ctx, h.by("bob"), service.NewTicket{Queue: h.queue["support"], Subject: "Mine"}))(t)
	called := h.open(service.NewTicket{Queue: h.queue["support"], Requestors: []desk.PrincipalID{h.names["alice"]}})
	for id, want := range map[desk.TicketID]string{own: "bob", called: "alice"} {
		if got := must(h.Ticket(h.ctx, h.sys, id))(t).Reporter; got != desk.UserID(h.names[want]) {
			t.Errorf("ticket %d was reported by %d, want %s", id, got, want)
		}
	}
}

func TestSharingOfNewTickets(t *testing.T) {
	private, managers := desk.Private, desk.ManagersOnly
	for _, tt := range []struct {
		why                    string
		asked, customer, queue *desk.Sharing
		want                   desk.Sharing
	}{
		{"shared, where nobody says otherwise", nil, nil, nil, desk.Shared},
		{"as the queue has it", nil, nil, &managers, desk.ManagersOnly},
		{"as the customer has it, whatever the queue says", nil, &private, &managers, desk.Private},
		{"as was asked for", &managers, &private, nil, desk.ManagersOnly},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h := customersDesk(t, "replace off off")
			c := must(h.Customer(h.ctx, h.sys, desk.CustomerID(h.names["acme"])))(t)
			c.Sharing = tt.customer
			h.ok(h.UpdateCustomer(h.ctx, h.sys, *c))
			q := must(h.Queue(h.ctx, h.sys, h.queue["support"]))(t)
			q.Sharing = tt.queue
			h.ok(h.UpdateQueue(h.ctx, h.sys, *q))
			id := h.open(service.NewTicket{Queue: q.ID, Sharing: tt.asked, Requestors: []desk.PrincipalID{h.names["bob"]}})
			if got := must(h.Ticket(h.ctx, h.sys, id))(t).Sharing; got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
