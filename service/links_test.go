package service_test

import (
	"slices"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// TestMerge: what was said and who stands on one ticket comes to the other one,
// and its number leads there.
func TestMerge(t *testing.T) {
	h := supportDesk(t)
	q := h.queue["support"]
	a := h.open(service.NewTicket{Queue: q, Subject: "Smoke", Requestors: []desk.PrincipalID{h.names["igor"]}, Owner: h.id("igor")})
	b := h.open(service.NewTicket{Queue: q, Subject: "Fire", Cc: []desk.PrincipalID{h.names["agnes"]}})
	c := h.open(service.NewTicket{Queue: q, Subject: "Water"})
	must(h.Write(h.ctx, h.by("igor"), service.NewMessage{Ticket: a, Kind: desk.Reply, Text: "It smells of kumbala."}))(t)
	for _, l := range []service.Link{{From: a, Type: service.LinkDependsOn, To: c}, {From: a, Type: service.LinkRefersTo, To: b}} {
		h.ok(h.LinkTickets(h.ctx, h.sys, l))
	}
	wantKind(t, h.MergeTicket(h.ctx, h.by("bob"), a, b), desk.NotFound)
	wantKind(t, h.MergeTicket(h.ctx, h.sys, a, a), desk.Conflict)
	h.ok(h.MergeTicket(h.ctx, h.by("agnes"), a, b))

	v := must(h.Ticket(h.ctx, h.by("agnes"), a))(t)
	if v.ID != b || v.Subject != "Fire" || v.Owner != 0 {
		t.Errorf("the number of the merged ticket leads to %d %q of %d", v.ID, v.Subject, v.Owner)
	}
	if got := h.standing(b, desk.Requestor); got != "igor" {
		t.Errorf("the requestors are %q", got)
	}
	if !slices.ContainsFunc(v.Messages, func(m desk.Message) bool { return m.Text == "It smells of kumbala." }) {
		t.Error("what was said did not come along")
	}
	if want := []service.Link{{From: b, Type: service.LinkDependsOn, To: c}}; !slices.Equal(v.Links, want) {
		t.Errorf("links %v, want %v", v.Links, want)
	}
	if page := must(h.Tickets(h.ctx, h.sys, service.TicketFilter{Text: "kumbala"}))(t); len(page.Lines) != 1 || page.Lines[0].ID != b {
		t.Errorf("a search for what was said finds %v", page.Lines)
	}
	wantKind(t, h.MergeTicket(h.ctx, h.sys, a, b), desk.Conflict)
	h.ok(h.MergeTicket(h.ctx, h.sys, b, c))
	if v := must(h.Ticket(h.ctx, h.sys, a))(t); v.ID != c {
		t.Errorf("after two merges the first number leads to %d, want %d", v.ID, c)
	}
	must(h.Write(h.ctx, h.by("igor"), service.NewMessage{Ticket: a, Kind: desk.Reply, Text: "Still here?"}))(t)
	h.ok(h.SetStatus(h.ctx, h.sys, c, desk.StatusResolved, 0))
}

// TestLinks: both tickets are asked about, and nothing is linked to itself.
func TestLinks(t *testing.T) {
	h := supportDesk(t)
	hidden := h.open(service.NewTicket{Queue: h.makeQueue(desk.Queue{Name: "vault"})})
	a, b := h.open(service.NewTicket{Queue: h.queue["support"]}), h.open(service.NewTicket{Queue: h.queue["support"]})
	gone := h.open(service.NewTicket{Queue: h.queue["support"]})
	h.ok(h.SetStatus(h.ctx, h.sys, gone, desk.StatusDeleted, 0))
	depends := service.Link{From: a, Type: service.LinkDependsOn, To: b}
	for _, tt := range []struct {
		why  string
		link service.Link
		want desk.Kind
	}{
		{"one depends on the other", depends, 0},
		{"again", depends, 0},
		{"on itself", service.Link{From: a, Type: service.LinkDependsOn, To: a}, desk.Invalid},
		{"a type that there is not", service.Link{From: a, Type: "likes", To: b}, desk.Invalid},
		{"one that he may not see", service.Link{From: a, Type: service.LinkRefersTo, To: hidden}, desk.NotFound},
		{"one that is not there", service.Link{From: a, Type: service.LinkRefersTo, To: 999}, desk.NotFound},
	} {
		t.Run(tt.why, func(t *testing.T) { wantKind(t, h.LinkTickets(h.ctx, h.by("agnes"), tt.link), tt.want) })
	}
	wantKind(t, h.LinkTickets(h.ctx, h.sys, service.Link{From: a, Type: service.LinkRefersTo, To: gone}), desk.Conflict)
	for _, status := range []desk.Status{desk.StatusResolved, desk.StatusRejected} {
		wantKind(t, h.SetStatus(h.ctx, h.by("agnes"), a, status, 0), desk.Conflict)
	}
	h.ok(h.UnlinkTickets(h.ctx, h.by("agnes"), depends))
	wantKind(t, h.UnlinkTickets(h.ctx, h.by("agnes"), depends), desk.NotFound)
	h.ok(h.SetStatus(h.ctx, h.by("agnes"), a, desk.StatusResolved, 0))
}

// TestWatcherByAddress: an address that nobody has becomes a contact, but only
// where the actor may put him there.
func TestWatcherByAddress(t *testing.T) {
	h := supportDesk(t)
	id := h.acmeTicket()
	for _, tt := range []struct {
		why, who, address string
		want              desk.Kind
	}{
		{"a contact may not", "bob", "new@else.example", desk.Forbidden},
		{"an agent may", "agnes", "New@Else.example", 0},
		{"twice in one role", "agnes", "new@else.example", desk.Conflict},
		{"an address of the desk", "agnes", "desk@desk.example", desk.Invalid},
		{"no address", "agnes", "new at else", desk.Invalid},
	} {
		t.Run(tt.why, func(t *testing.T) {
			wantKind(t, h.AddWatcherAddress(h.ctx, h.by(tt.who), id, desk.Cc, tt.address), tt.want)
			_, err := h.Find(h.ctx, h.sys, "user:new@else.example")
			if (err == nil) != (tt.who == "agnes") {
				t.Errorf("that there is a contact is %t", err == nil)
			}
		})
	}
	wantKind(t, h.AddQueueWatcherAddress(h.ctx, h.by("agnes"), h.queue["support"], desk.Cc, "x@else.example"), desk.Forbidden)
	h.ok(h.AddQueueWatcherAddress(h.ctx, h.sys, h.queue["support"], desk.Cc, "x@else.example"))
}

// TestSingleRole: whoever fills a role for one user makes room for the next;
// where the role is not used it cannot be filled.
func TestSingleRole(t *testing.T) {
	h := supportDesk(t)
	id := h.acmeTicket()
	role := must(h.CreateRole(h.ctx, h.sys, desk.Role{Name: "Engineer", Single: true, Queues: []desk.QueueID{h.queue["support"]}}))(t)
	h.ok(h.AddWatcher(h.ctx, h.sys, id, role, h.names["agnes"]))
	h.ok(h.AddWatcher(h.ctx, h.sys, id, role, h.names["igor"]))
	if got := h.standing(id, role); got != "igor" {
		t.Errorf("in the role stand %q, want igor", got)
	}
	wantKind(t, h.AddWatcher(h.ctx, h.sys, id, role, h.names["team"]), desk.Invalid)
	wantKind(t, h.AddWatcher(h.ctx, h.sys, id, role, h.names["igor"]), desk.Conflict)
	elsewhere := h.open(service.NewTicket{Queue: h.makeQueue(desk.Queue{Name: "vault"})})
	wantKind(t, h.AddWatcher(h.ctx, h.sys, elsewhere, role, h.names["igor"]), desk.Conflict)
}

// TestPrimaryCustomer: a contact leaves his primary customer for another one
// and keeps the further ones.
func TestPrimaryCustomer(t *testing.T) {
	h := supportDesk(t)
	h.customer(desk.Customer{Key: "third"})
	h.contact("cid", "acme", "third")
	primary := func() (name string, all int) {
		members := must(h.GroupsOf(h.ctx, h.sys, h.id("cid")))(t)
		for _, m := range members {
			if m.Primary {
				name = m.Name.Ref
			}
		}
		return name, len(members)
	}
	h.customer(desk.Customer{Key: "fourth"})
	for _, to := range []string{"third", "fourth"} {
		h.ok(h.SetPrimaryCustomer(h.ctx, h.sys, h.id("cid"), desk.CustomerID(h.names[to])))
		if name, all := primary(); name != "customer:"+to || all != 1 {
			t.Errorf("moved to %s, he belongs first to %s, of %d", to, name, all)
		}
	}
	wantKind(t, h.SetPrimaryCustomer(h.ctx, h.by("agnes"), h.id("cid"), desk.CustomerID(h.names["third"])), desk.NotFound)
}

// TestGrantAllIsWhole: of several grants one that is refused keeps all from
// being made, and so with revoking.
func TestGrantAllIsWhole(t *testing.T) {
	h := supportDesk(t)
	where := desk.OnQueue(h.queue["support"])
	of := func(r desk.Right) desk.Grant { return desk.Grant{Who: h.names["agnes"], Right: r, Place: where} }
	wantKind(t, h.GrantAll(h.ctx, h.sys, []desk.Grant{of(desk.Watch), of(desk.AdminUsers)}), desk.Invalid)
	h.ok(h.GrantAll(h.ctx, h.sys, []desk.Grant{of(desk.Watch), of(desk.StealTicket)}))
	wantKind(t, h.RevokeAll(h.ctx, h.sys, []desk.Grant{of(desk.Watch), of(desk.TakeTicket)}), desk.NotFound)
	h.ok(h.RevokeAll(h.ctx, h.sys, []desk.Grant{of(desk.Watch), of(desk.StealTicket)}))
}
