package service_test

import (
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// toldOf names the contacts who would get a reply of ann's on a ticket.
func (h *house) toldOf(id desk.TicketID) string {
	h.t.Helper()
	var list []string
	for _, r := range must(h.GoesTo(h.ctx, h.by("ann"), id, desk.Reply, service.Delivery{}))(h.t) {
		list = append(list, r.Name.Text)
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

func (h *house) quiet(by, customer, member string, on bool) error {
	return h.SetCompanyLetters(h.ctx, h.by(by), service.CompanyLetters{Customer: desk.CustomerID(h.names[customer]), Member: h.id(member), Quiet: on})
}

// TestQuietColleagues: for whom his customer is quiet is told of those of its
// tickets that he reported, was named on or follows, and of no others; what he
// sees stays.
func TestQuietColleagues(t *testing.T) {
	h := portalHouse(t)
	h.contact("dan", "acme")
	before := h.asked("bob")
	h.ok(h.quiet("mei", "acme", "dan", true))
	theirs, own := h.asked("bob"), h.asked("dan")
	named := h.open(service.NewTicket{Queue: h.queue["support"], Requestors: []desk.PrincipalID{h.names["bob"], h.names["dan"]}})
	later, followed := h.asked("bob"), h.asked("bob")
	h.ok(h.AddWatcher(h.ctx, h.sys, later, desk.Cc, h.names["dan"]))
	h.ok(h.Squelch(h.ctx, h.by("dan"), followed, h.id("dan"), false))
	for _, tt := range []struct {
		why    string
		ticket desk.TicketID
		told   bool
	}{
		{"opened before", before, false}, {"a colleague's", theirs, false}, {"his own", own, true},
		{"named when it was opened", named, true}, {"named later", later, true}, {"followed", followed, true},
	} {
		want := "Bob Mei"
		if tt.told {
			want = "Bob Dan Mei"
		}
		if got := h.toldOf(tt.ticket); got != want {
			t.Errorf("%s: told are %s, want %s", tt.why, got, want)
		}
		v := must(h.Ticket(h.ctx, h.by("dan"), tt.ticket))(t)
		why := must(h.WhyMail(h.ctx, h.by("dan"), tt.ticket))(t)
		if v.Quiet == tt.told || (len(why) > 0) != tt.told {
			t.Errorf("%s: the page says quiet: %t, with %d reasons", tt.why, v.Quiet, len(why))
		}
	}
	h.ok(h.Squelch(h.ctx, h.by("dan"), followed, h.id("dan"), true))
	if got := h.toldOf(followed); got != "Bob Mei" {
		t.Errorf("no longer followed: told are %s", got)
	}
	h.ok(h.quiet("dan", "acme", "dan", false))
	if got := h.toldOf(theirs); got != "Bob Dan Mei" {
		t.Errorf("he took it back himself: told are %s", got)
	}
}

// TestQuietThroughOthers: what is quiet is one customer, not what reaches
// somebody by another way.
func TestQuietThroughOthers(t *testing.T) {
	h := portalHouse(t)
	h.contact("dan", "acme")
	h.customer(desk.Customer{Key: "holding", Name: "Holding"})
	h.join("holding", "acme", desk.PartMember, false)
	h.ok(h.quiet("mei", "acme", "dan", true))
	h.ok(h.AddWatcher(h.ctx, h.sys, h.asked("vera"), desk.Cc, h.names["holding"]))
	id := h.asked("vera")
	h.ok(h.AddWatcher(h.ctx, h.sys, id, desk.Cc, h.names["holding"]))
	if got := h.toldOf(id); got != "Bob Mei Vera" {
		t.Errorf("through what the customer belongs to: told are %s", got)
	}
	h.join("holding", "dan", desk.PartMember, false)
	if got := h.toldOf(id); got != "Bob Dan Mei Vera" {
		t.Errorf("by a membership of his own: told are %s", got)
	}
}

// TestQuietAtSending: a letter that waits is not sent to whom the customer has
// become quiet for, and one to a colleague is.
func TestQuietAtSending(t *testing.T) {
	h := portalHouse(t)
	h.contact("dan", "acme")
	id := h.asked("bob")
	must(h.Write(h.ctx, h.by("ann"), service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "Done"}))(t)
	why := []desk.Why{{Role: desk.Requestor, Through: h.names["acme"]}}
	for {
		job := must(h.ClaimJob(h.ctx, h.sys, service.JobNotify))(t)
		if job == nil {
			break
		}
		var letters []desk.Outgoing
		for _, login := range []string{"bob", "dan"} {
			letters = append(letters, desk.Outgoing{Kind: desk.LetterReply, Ticket: id, To: h.id(login), Address: login + "@case.example",
				LetterID: login + job.Data + "@desk.example", Why: why})
		}
		h.ok(h.QueueLetters(h.ctx, h.sys, job.ID, letters))
	}
	h.ok(h.quiet("mei", "acme", "dan", true))
	claimed := must(h.ClaimLetters(h.ctx, h.sys, 50))(t)
	if len(claimed) == 0 {
		t.Fatal("no letter is to be sent")
	}
	for _, out := range claimed {
		if out.To == h.id("dan") {
			t.Errorf("dan gets the letter %s", out.LetterID)
		}
	}
	out, _, err := h.Outbox(h.ctx, h.sys, service.OutFilter{To: h.id("dan"), Limit: 50})
	h.ok(err)
	for _, o := range out {
		if o.State != desk.OutDropped || !strings.Contains(o.Reason, "only where he stands himself") {
			t.Errorf("dan's letter is %s: %s", o.State, o.Reason)
		}
	}
}

// TestWhoChoosesCompanyLetters: who manages the customer or runs the desk, and
// everybody for himself; others are told that there is none. It is audited, and
// a choice that was made already writes nothing.
func TestWhoChoosesCompanyLetters(t *testing.T) {
	h := portalHouse(t)
	h.contact("dan", "acme")
	h.superusers("root")
	for _, tt := range []struct {
		why, by, customer, member string
		want                      desk.Kind
	}{
		{"the manager", "mei", "acme", "dan", 0},
		{"the manager of the other one", "mei", "brueckner", "vera", desk.NotFound},
		{"a colleague", "bob", "acme", "dan", desk.NotFound},
		{"a stranger", "vera", "acme", "dan", desk.NotFound},
		{"himself", "bob", "acme", "bob", 0},
		{"himself at a company that is not his", "bob", "brueckner", "bob", desk.NotFound},
		{"who runs the desk", "root", "brueckner", "vera", 0},
		{"somebody who does not belong to it", "root", "brueckner", "dan", desk.NotFound},
	} {
		if got := desk.KindOf(h.quiet(tt.by, tt.customer, tt.member, true)); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.why, got, tt.want)
		}
	}
	h.ok(h.quiet("mei", "acme", "dan", true))
	log, _, err := h.AuditLog(h.ctx, h.sys, service.AuditFilter{Action: "member.letters", By: h.id("mei")})
	h.ok(err)
	if len(log) != 1 || !strings.Contains(log[0].Before, "letters: all") || !strings.Contains(log[0].After, "letters: named") {
		t.Errorf("the audit log has %+v", log)
	}
	for _, m := range must(h.ContactsOf(h.ctx, h.by("mei"), desk.CustomerID(h.names["acme"])))(t) {
		if quiet := m.Name.Text != "Mei"; m.Quiet != quiet {
			t.Errorf("%s is quiet: %t", m.Name.Text, m.Quiet)
		}
	}
	for _, m := range must(h.Members(h.ctx, h.by("mei"), h.names["acme"]))(t) {
		if quiet := m.Name.Text != "Mei"; m.Quiet != quiet {
			t.Errorf("%s is quiet among the members: %t", m.Name.Text, m.Quiet)
		}
	}
}
