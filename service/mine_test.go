package service_test

import (
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// portalHouse is a desk where customers stand in place of their contacts: bob
// and mei (manager) of acme, vera of brueckner, ann answers.
func portalHouse(t *testing.T) *house {
	t.Helper()
	h := newHouse(t)
	h.customer(desk.Customer{Key: "acme", Name: "Acme"})
	h.customer(desk.Customer{Key: "brueckner", Name: "Brückner"})
	h.contact("bob", "acme")
	h.contact("mei")
	h.join("acme", "mei", desk.PartManager, true)
	h.contact("vera", "brueckner")
	h.agent("ann")
	h.group("staff", "ann")
	q := desk.OnQueue(h.makeQueue(desk.Queue{Name: "support", Address: "support@desk.example"}))
	h.grant(desk.Contacts, "Requestor,Cc,Customer: ShowTicket ReplyToTicket", q)
	h.grant(desk.Contacts, "CreateTicket SeeQueue", q)
	h.grant(h.names["staff"], "rw", q)
	h.ok(h.SetSetting(h.ctx, h.sys, service.SettingPresences, "replace off off"))
	h.ok(h.AddQueueWatcher(h.ctx, h.sys, desk.Watcher{Queue: h.queue["support"], Role: desk.AdminCc, Who: h.names["staff"]}))
	return h
}

func (h *house) asked(login string) desk.TicketID {
	h.t.Helper()
	return must(h.OpenTicket(h.ctx, h.by(login), service.NewTicket{Queue: h.queue["support"], Subject: "Help"}))(h.t)
}

// TestOwnTickets: one's own are those that one reported or stands on, page by
// page both ways, and nobody else's.
func TestOwnTickets(t *testing.T) {
	h := portalHouse(t)
	var want []desk.TicketID
	for range 7 {
		want = append(want, h.asked("bob"))
		h.asked("mei")
		h.asked("vera")
		named := h.asked("mei")
		h.ok(h.AddWatcher(h.ctx, h.sys, named, desk.Cc, h.names["bob"]))
		want = append(want, named)
	}
	slices.Reverse(want)
	var got []desk.TicketID
	f := service.TicketFilter{Limit: 4}
	for {
		page := must(h.OwnTickets(h.ctx, h.by("bob"), f))(t)
		for _, l := range page.Lines {
			got = append(got, l.ID)
		}
		if !page.More {
			break
		}
		f.Before = got[len(got)-1]
	}
	if !slices.Equal(got, want) {
		t.Errorf("got tickets %v, want %v", got, want)
	}
	back := must(h.OwnTickets(h.ctx, h.by("bob"), service.TicketFilter{Limit: 4, After: want[9]}))(t)
	if len(back.Lines) != 4 || back.Lines[3].ID != want[8] || back.Lines[0].ID != want[5] || !back.More {
		t.Errorf("the page before %d is %v, want %v to %v and more", want[9], back.Lines, want[5], want[8])
	}
	if lines := back.Lines; lines[0].Asked.Text == "" {
		t.Error("it does not say who asked")
	}
}

// TestCompanies: one's customers, by name, those above them too, not disabled
// ones.
func TestCompanies(t *testing.T) {
	h := portalHouse(t)
	h.customer(desk.Customer{Key: "holding", Name: "A Holding"})
	gone := h.customer(desk.Customer{Key: "gone", Name: "Gone"})
	h.join("holding", "acme", desk.PartMember, false)
	h.join("gone", "bob", desk.PartMember, false)
	h.ok(h.UpdateCustomer(h.ctx, h.sys, desk.Customer{ID: gone, Key: "gone", Name: "Gone", Disabled: true}))
	var keys []string
	for _, c := range must(h.Companies(h.ctx, h.by("bob")))(t) {
		keys = append(keys, c.Key)
	}
	if got, want := strings.Join(keys, " "), "holding acme"; got != want {
		t.Errorf("bob belongs to %q, want %q", got, want)
	}
}

// TestWouldSee says before a ticket is opened what VisibleTo says after it.
func TestWouldSee(t *testing.T) {
	for sharing, want := range map[desk.Sharing]string{desk.Shared: "Bob Mei", desk.ManagersOnly: "Bob Mei", desk.Private: "Bob"} {
		h := portalHouse(t)
		in := service.NewTicket{Queue: h.queue["support"], Sharing: &sharing}
		before := texts(must(h.WouldSee(h.ctx, h.by("bob"), in))(t))
		in.Subject = "Help"
		id := must(h.OpenTicket(h.ctx, h.by("bob"), in))(t)
		after := texts(must(h.VisibleTo(h.ctx, h.by("bob"), id))(t))
		if before != want || after != want {
			t.Errorf("shared as %s: said %q, then it was %q, want %q", sharing, before, after, want)
		}
	}
	h := portalHouse(t)
	h.makeQueue(desk.Queue{Name: "internal"})
	_, err := h.WouldSee(h.ctx, h.by("bob"), service.NewTicket{Queue: h.queue["internal"]})
	wantKind(t, err, desk.NotFound)
}

func texts(names []service.Name) string {
	var list []string
	for _, n := range names {
		list = append(list, n.Text)
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// TestRecipientsToldToContacts: a contact is not told of people of another
// customer, nor of the addresses and groups of the desk.
func TestRecipientsToldToContacts(t *testing.T) {
	h := portalHouse(t)
	id := h.asked("bob")
	h.ok(h.AddWatcher(h.ctx, h.sys, id, desk.Cc, h.names["vera"]))
	told := must(h.GoesTo(h.ctx, h.by("bob"), id, desk.Reply, service.Delivery{OneTimeCc: []string{"vera@case.example"}}))(t)
	var got []string
	for _, r := range told {
		got = append(got, r.Name.Text+" "+r.Address)
		for _, why := range r.Why {
			if why.Through == h.names["staff"] {
				t.Error("it names a group of the desk")
			}
		}
	}
	slices.Sort(got)
	if text, want := strings.Join(got, ", "), "Ann , Mei mei@case.example"; text != want {
		t.Errorf("bob is told of %q, want %q", text, want)
	}
	if all := must(h.GoesTo(h.ctx, h.by("ann"), id, desk.Reply, service.Delivery{}))(t); len(all) != 3 {
		t.Errorf("ann is told of %d people, want Bob, Mei and Vera", len(all))
	}
}

// TestWhyMailNamesNoHiddenGroup: who gets letters through a group of the desk
// learns that, but not its name.
func TestWhyMailNamesNoHiddenGroup(t *testing.T) {
	h := portalHouse(t)
	h.group("difficult customers", "bob")
	id := h.asked("mei")
	h.ok(h.AddWatcher(h.ctx, h.sys, id, desk.Cc, h.names["difficult customers"]))
	found := false
	for _, line := range must(h.WhyMail(h.ctx, h.by("bob"), id))(t) {
		found = found || line.Role == desk.Cc && line.Name == (service.Name{})
		if strings.Contains(line.Name.Text, "difficult") {
			t.Error("bob learns the name of a group of the desk")
		}
	}
	if !found {
		t.Error("bob is not told that he stands as Cc through something")
	}
}
