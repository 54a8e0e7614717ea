package service_test

import (
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// asksFirst is a desk where Acme takes in senders of acme.example when its
// manager mei agrees. Everybody may open tickets in support.
func asksFirst(t *testing.T) (*house, desk.CustomerID) {
	t.Helper()
	h := newHouse(t)
	id := h.customer(desk.Customer{Key: "acme", Domains: []string{"case.example"}, AutoJoin: true, AskFirst: true})
	h.customer(desk.Customer{Key: "bolt"})
	h.contact("ann", "acme")
	h.contact("mei")
	h.join("acme", "mei", desk.PartManager, true)
	q := h.makeQueue(desk.Queue{Name: "support", Address: "support@desk.example"})
	h.grant(desk.Everyone, "CreateTicket", desk.OnQueue(q))
	must(h.Grant(h.ctx, h.sys, desk.Grant{Who: desk.Everyone, As: desk.RolesOf(desk.Requestor, desk.CustomerRole), Right: desk.ShowTicket, Place: desk.OnQueue(q)}))(t)
	return h, id
}

// writes lets a letter from an address arrive.
func (h *house) writes(address string) {
	h.t.Helper()
	env := desk.Envelope{Recipient: "support@desk.example", From: address}
	id := must(h.SpoolMail(h.ctx, h.sys, env, []byte("Subject: x\r\n\r\n"+address)))(h.t)
	l := desk.Letter{Spool: id, Envelope: env, From: desk.MailAddress{Address: address}, Subject: "x " + address, Text: address}
	must(h.ReceiveMail(h.ctx, h.sys, l))(h.t)
}

// waiting lists who waits, as somebody is told.
func (h *house) waiting(by desk.Actor, id desk.CustomerID) []string {
	h.t.Helper()
	var list []string
	for _, w := range must(h.PendingMembers(h.ctx, by, id))(h.t) {
		list = append(list, w.Address)
	}
	return list
}

// TestWhoWaitsSeesNothing: an unknown sender and a known one wait; neither sees
// anything of the company before its manager lets him in.
func TestWhoWaitsSeesNothing(t *testing.T) {
	h, acme := asksFirst(t)
	h.contact("known")
	h.writes("new@case.example")
	h.writes("known@case.example")
	h.writes("known@case.example")
	h.writes("else@where.example")
	if got, want := h.waiting(h.by("mei"), acme), []string{"new@case.example", "known@case.example"}; !slices.Equal(got, want) {
		t.Fatalf("%v wait, want %v", got, want)
	}
	for _, m := range must(h.Members(h.ctx, h.sys, h.names["acme"]))(t) {
		if m.Name.Text != "Ann" && m.Name.Text != "Mei" {
			t.Errorf("%s belongs to acme already", m.Name.Text)
		}
	}
	out, _, err := h.Outbox(h.ctx, h.sys, service.OutFilter{})
	h.ok(err)
	told := 0
	for _, l := range out {
		if strings.HasPrefix(l.Subject, "Somebody wants to join") && l.Address == "mei@case.example" {
			told++
		}
	}
	if told != 2 {
		t.Errorf("mei was told %d times, want 2", told)
	}
	known := desk.UserID(h.names["known"])
	h.ok(h.Admit(h.ctx, h.by("mei"), service.Admission{Customer: acme, User: known, Part: desk.PartReader}))
	got := must(h.GroupsOf(h.ctx, h.sys, known))(t)
	if len(got) != 1 || got[0].Part != desk.PartReader || got[0].Source != "domain" || !got[0].Primary {
		t.Errorf("known became %+v", got)
	}
	if err := h.Admit(h.ctx, h.by("mei"), service.Admission{Customer: acme, User: known}); desk.KindOf(err) != desk.NotFound {
		t.Errorf("letting him in twice: %v", err)
	}
}

// TestRefusedStaysRefused: who was refused does not wait again when he writes.
func TestRefusedStaysRefused(t *testing.T) {
	h, acme := asksFirst(t)
	h.writes("new@case.example")
	user := must(h.PendingMembers(h.ctx, h.sys, acme))(t)[0].User
	h.ok(h.Admit(h.ctx, h.by("mei"), service.Admission{Customer: acme, User: user, Refuse: true}))
	h.writes("new@case.example")
	if got := h.waiting(h.sys, acme); len(got) != 0 {
		t.Errorf("%v wait again", got)
	}
}

// TestWhoMayAdmit: only who chooses the people of the customer is told and
// decides, and nobody of another customer is let in by its manager.
func TestWhoMayAdmit(t *testing.T) {
	h, acme := asksFirst(t)
	h.contact("vera", "bolt")
	h.writes("vera@case.example")
	vera := service.Admission{Customer: acme, User: desk.UserID(h.names["vera"])}
	for _, login := range []string{"ann", "vera"} {
		if err := h.Admit(h.ctx, h.by(login), vera); err == nil {
			t.Errorf("%s let vera in", login)
		}
		if list, err := h.PendingMembers(h.ctx, h.by(login), acme); err == nil {
			t.Errorf("%s is told of %v", login, list)
		}
	}
	if err := h.Admit(h.ctx, h.by("mei"), vera); desk.KindOf(err) != desk.Conflict {
		t.Errorf("mei lets in who belongs to another customer: %v", err)
	}
	h.ok(h.Admit(h.ctx, h.sys, vera))
}

// TestCompanyAccessOff: with the switch a colleague's ticket is gone at once,
// for managers too, and it comes back with it, by taking the change back too.
func TestCompanyAccessOff(t *testing.T) {
	h, acme := asksFirst(t)
	id := h.open(service.NewTicket{Queue: h.queue["support"], Requestors: []desk.PrincipalID{h.names["ann"]}})
	sees := func(login string, want bool) {
		t.Helper()
		_, err := h.Ticket(h.ctx, h.by(login), id)
		if got := err == nil; got != want {
			t.Errorf("%s sees the ticket: %v (%v), want %v", login, got, err, want)
		}
		page := must(h.Tickets(h.ctx, h.by(login), service.TicketFilter{}))(t)
		if got := len(page.Lines) == 1; got != want {
			t.Errorf("%s is shown it in his list: %v, want %v", login, got, want)
		}
	}
	sees("mei", true)
	c := must(h.Customer(h.ctx, h.sys, acme))(t)
	c.OwnOnly = true
	change := must(h.Together(h.ctx, h.sys, func(in *service.Service, by desk.Actor) error { return in.UpdateCustomer(h.ctx, by, *c) }))(t)
	sees("mei", false)
	sees("ann", true)
	must(h.TakeBack(h.ctx, h.sys, change))(t)
	sees("mei", true)
}

// TestManagersAreAskedInTheirLanguage: who wants to join is told to each manager
// in his own.
func TestManagersAreAskedInTheirLanguage(t *testing.T) {
	h, _ := asksFirst(t)
	h.contact("jonas")
	h.join("acme", "jonas", desk.PartManager, true)
	jonas := must(h.User(h.ctx, h.sys, h.id("jonas")))(t)
	jonas.Language = "de"
	h.ok(h.UpdateUser(h.ctx, h.sys, *jonas))
	h.writes("new@case.example")
	letters, _, err := h.Outbox(h.ctx, h.sys, service.OutFilter{})
	h.ok(err)
	for who, begins := range map[string]string{
		"mei":   "Somebody wants to join acme: new@case.example wrote to Desk and wants to belong to acme.",
		"jonas": "Jemand möchte zu acme gehören: new@case.example hat an Desk geschrieben und möchte zu acme gehören.",
	} {
		if !slices.ContainsFunc(letters, func(l desk.Outgoing) bool {
			return l.To == h.id(who) && strings.HasPrefix(l.Subject+": "+l.Body, begins) && strings.Contains(l.Body, "/portal/people/")
		}) {
			t.Errorf("%s is not asked so, in %+v", who, letters)
		}
	}
}
