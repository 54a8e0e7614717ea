package service_test

import (
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// erasing is a desk with a contact who wrote, an agent with rights, and root.
func erasing(t *testing.T) *house {
	h := newHouse(t)
	h.customer(desk.Customer{Key: "acme", Name: "Acme Ltd"})
	h.agent("root")
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	h.agent("uma")
	h.grant(h.names["uma"], "AdminUsers AdminCustomers AdminSettings ShowAudit", desk.OnSystem())
	h.contact("carl", "acme")
	h.contact("vera", "acme")
	h.makeQueue(desk.Queue{Name: "support"})
	h.grant(desk.Everyone, "Requestor: ShowTicket ReplyToTicket SeeQueue", desk.OnSystem())
	return h
}

func TestEraseUser(t *testing.T) {
	h := erasing(t)
	id := h.open(service.NewTicket{Queue: h.queue["support"], Subject: "Leak", Requestors: []desk.PrincipalID{h.names["carl"]}})
	carl := must(h.User(h.ctx, h.sys, h.id("carl")))(t)
	renamed := *carl
	renamed.Login = "charles"
	h.ok(h.UpdateUser(h.ctx, h.sys, renamed))
	h.grant(h.names["carl"], "ShowTicket", desk.OnQueue(h.queue["support"]))
	must(h.Write(h.ctx, h.by("carl"), service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "my wages"}))(t)

	h.ok(h.EraseUser(h.ctx, h.by("root"), service.UserErasure{User: carl.ID, Texts: true}))

	gone := must(h.User(h.ctx, h.sys, carl.ID))(t)
	if !gone.Disabled || len(gone.Addresses) != 0 || strings.Contains(gone.Login+gone.Name, "carl") {
		t.Errorf("he is left as %+v", gone)
	}
	if g := must(h.GroupsOf(h.ctx, h.sys, carl.ID))(t); len(g) != 0 {
		t.Errorf("he is still a member of %v", g)
	}
	for _, word := range []string{"carl", "charles"} {
		lines, _, err := h.AuditLog(h.ctx, h.sys, service.AuditFilter{Words: word, Limit: 50})
		if h.ok(err); len(lines) > 0 {
			t.Errorf("the audit log still tells of %s: %+v", word, lines)
		}
	}
	page := must(h.Tickets(h.ctx, h.sys, service.TicketFilter{Text: "wages"}))(t)
	if len(page.Lines) != 0 {
		t.Error("what he wrote is still found")
	}
	if v := must(h.Verify(h.ctx, h.sys))(t); !v.Clean() {
		t.Errorf("verify finds %+v", v.Checks)
	}
	if again := must(h.CreateUser(h.ctx, h.sys, desk.User{Login: "carl", Kind: desk.Contact, Addresses: carl.Addresses}))(t); again == carl.ID {
		t.Error("who takes the login is the one who was erased")
	} else if _, err := h.Ticket(h.ctx, desk.Actor{User: again}, id); desk.KindOf(err) != desk.NotFound {
		t.Errorf("who takes the login and addresses has his ticket: %v", err)
	}
}

func TestWhoMayErase(t *testing.T) {
	h := erasing(t)
	r := h.reads(desk.Directory{Name: "staff", MaxLoss: 100})
	r.sees(entry("dirk"))
	dirk := desk.UserID(must(h.Find(h.ctx, h.sys, "user:dirk"))(t))
	for _, tt := range []struct {
		why  string
		by   string
		user desk.UserID
		want desk.Kind
	}{
		{"an administrator who is no superuser", "uma", h.id("carl"), desk.Forbidden},
		{"a contact himself", "carl", h.id("carl"), desk.Forbidden},
		{"oneself", "root", h.id("root"), desk.Conflict},
		{"whom a directory would bring back", "root", dirk, desk.Conflict},
		{"nobody", "root", 98765, desk.NotFound},
	} {
		t.Run(tt.why, func(t *testing.T) {
			wantKind(t, h.EraseUser(h.ctx, h.by(tt.by), service.UserErasure{User: tt.user}), tt.want)
		})
	}
	_, err := h.EraseCustomer(h.ctx, h.by("uma"), service.CustomerErasure{Customer: desk.CustomerID(h.names["acme"])})
	wantKind(t, err, desk.Forbidden)
}

// TestEraseCustomer: its own people go with it if asked, those of others stay.
func TestEraseCustomer(t *testing.T) {
	h := erasing(t)
	h.customer(desk.Customer{Key: "bolt"})
	h.join("bolt", "vera", desk.PartMember, false)
	acme := desk.CustomerID(h.names["acme"])
	people := must(h.EraseCustomer(h.ctx, h.by("root"), service.CustomerErasure{Customer: acme, People: true}))(t)
	if people != 1 {
		t.Errorf("%d people were erased with it, want carl", people)
	}
	c := must(h.Customer(h.ctx, h.sys, acme))(t)
	if !c.Disabled || strings.Contains(c.Key+c.Name, "cme") {
		t.Errorf("it is left as %+v", c)
	}
	if vera := must(h.User(h.ctx, h.sys, h.id("vera")))(t); vera.Disabled || vera.Login != "vera" {
		t.Errorf("vera, who belongs to bolt too, is left as %+v", vera)
	}
	if v := must(h.Verify(h.ctx, h.sys))(t); !v.Clean() {
		t.Errorf("verify finds %+v", v.Checks)
	}
}

// TestEraseAgain: what was erased is erased in a desk that has it again, and
// what has its number by chance is not.
func TestEraseAgain(t *testing.T) {
	h := erasing(t)
	carl := must(h.User(h.ctx, h.sys, h.id("carl")))(t)
	id := h.open(service.NewTicket{Queue: h.queue["support"], Subject: "Leak", Requestors: []desk.PrincipalID{h.names["vera"]}})
	made := must(h.Ticket(h.ctx, h.sys, id))(t).Created
	other := made.Add(time.Hour)
	for _, step := range []struct {
		why  string
		list []service.Erasure
		want int
	}{
		{"numbers of other things", []service.Erasure{{Kind: "user", What: int64(carl.ID), Made: other}, {Kind: "ticket", What: int64(id), Made: other},
			{Kind: "customer", What: int64(h.names["acme"]), Made: other}, {Kind: "user", What: 98765, Made: made}}, 0},
		{"the same", []service.Erasure{{Kind: "user", What: int64(carl.ID), Made: carl.Created}, {Kind: "ticket", What: int64(id), Made: made}}, 2},
		{"the same once more", []service.Erasure{{Kind: "user", What: int64(carl.ID), Made: carl.Created}, {Kind: "ticket", What: int64(id), Made: made}}, 0},
	} {
		if got := must(h.EraseAgain(h.ctx, h.sys, step.list))(t); got != step.want {
			t.Errorf("%s: %d were erased, want %d", step.why, got, step.want)
		}
	}
	_, err := h.Ticket(h.ctx, h.sys, id)
	wantKind(t, err, desk.NotFound)
	_, err = h.EraseAgain(h.ctx, h.by("root"), nil)
	h.ok(err)
}

// TestRetention: closed tickets go when they are older than their queue keeps
// them, and no others.
func TestRetention(t *testing.T) {
	h := erasing(t)
	open := func() desk.TicketID {
		return h.open(service.NewTicket{Queue: h.queue["support"], Requestors: []desk.PrincipalID{h.names["carl"]}})
	}
	closed, stays := open(), open()
	h.ok(h.SetStatus(h.ctx, h.sys, closed, desk.StatusResolved, 0))
	wantKind(t, h.SetRetention(h.ctx, h.by("uma"), h.queue["support"], 90), desk.NotFound)
	h.grant(h.names["uma"], "AdminQueue SeeQueue", desk.OnQueue(h.queue["support"]))
	wantKind(t, h.SetRetention(h.ctx, h.by("uma"), h.queue["support"], 90), desk.Forbidden)
	h.grant(h.names["uma"], "DeleteTicket", desk.OnQueue(h.queue["support"]))
	wantKind(t, h.SetRetention(h.ctx, h.by("uma"), h.queue["support"], 3), desk.Invalid)
	h.ok(h.SetRetention(h.ctx, h.by("uma"), h.queue["support"], 90))
	for _, step := range []struct {
		days, due int
		gone      bool
	}{{89, 0, false}, {2, 1, true}} {
		h.clock.at = h.clock.at.AddDate(0, 0, step.days)
		if r := must(h.Service.Retention(h.ctx, h.by("uma"), h.queue["support"], nil))(t); r.Due != step.due {
			t.Errorf("after %d days more, %d are due, want %d", step.days, r.Due, step.due)
		}
		for must(h.PurgeClosed(h.ctx, h.sys))(t) {
		}
		if _, err := h.Ticket(h.ctx, h.sys, closed); (desk.KindOf(err) == desk.NotFound) != step.gone {
			t.Errorf("after %d days more: %v", step.days, err)
		}
	}
	must(h.Ticket(h.ctx, h.sys, stays))(t)
	if v := must(h.Verify(h.ctx, h.sys))(t); !v.Clean() {
		t.Errorf("verify finds %+v", v.Checks)
	}
}
