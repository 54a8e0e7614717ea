package service_test

import (
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// supportDesk has the queue support with contacts as Requestors and the team
// (agnes, igor) that answers; Acme (bob, alice) and Bolt (jon).
func supportDesk(t *testing.T) *house {
	h := customersDesk(t, "replace off off")
	h.agent("agnes")
	h.agent("igor")
	h.group("team", "agnes", "igor")
	q := desk.OnQueue(h.queue["support"])
	h.grant(desk.Everyone, "CreateTicket", q)
	h.grant(desk.Everyone, "Requestor: ShowTicket ReplyToTicket", q)
	h.grant(h.names["team"], "SeeQueue ShowTicket ShowTicketComments ReplyToTicket CommentOnTicket OwnTicket ModifyTicket", q)
	return h
}

func (h *house) acmeTicket() desk.TicketID {
	h.t.Helper()
	return must(h.OpenTicket(h.ctx, h.by("bob"), service.NewTicket{Queue: h.queue["support"], Subject: "It burns", Text: "Help"}))(h.t)
}

func TestACompanyAndNobodyElseSeesItsTicket(t *testing.T) {
	h := supportDesk(t)
	id := h.acmeTicket()
	for _, tt := range []struct {
		why, who string
		want     desk.Kind
	}{
		{"who reported it", "bob", 0},
		{"his colleague, who was never named", "alice", 0},
		{"somebody of two companies, one of them Acme", "ann", 0},
		{"the team", "agnes", 0},
		{"a contact of another company is told that there is none", "jon", desk.NotFound},
	} {
		t.Run(tt.why, func(t *testing.T) {
			_, err := h.Ticket(h.ctx, h.by(tt.who), id)
			wantKind(t, err, tt.want)
			page := must(h.Tickets(h.ctx, h.by(tt.who), service.TicketFilter{}))(t)
			n := must(h.CountTickets(h.ctx, h.by(tt.who), service.TicketFilter{}, 10))(t)
			found := must(h.Tickets(h.ctx, h.by(tt.who), service.TicketFilter{Text: "burns"}))(t)
			if listed := len(page.Lines) == 1; listed != (tt.want == 0) || n != len(page.Lines) || len(found.Lines) != n {
				t.Errorf("lists %d, counts %d, finds %d; opening says %v", len(page.Lines), n, len(found.Lines), err)
			}
		})
	}
}

func TestJoiningAndLeavingHoldAtOnce(t *testing.T) {
	h := supportDesk(t)
	id := h.acmeTicket()
	h.contact("late")
	_, err := h.Ticket(h.ctx, h.by("late"), id)
	wantKind(t, err, desk.NotFound)
	h.join("acme", "late", desk.PartMember, true)
	v := must(h.Ticket(h.ctx, h.by("late"), id))(t)
	if len(v.Messages) != 1 {
		t.Errorf("sees %d messages of before his time, want 1", len(v.Messages))
	}
	h.ok(h.RemoveMember(h.ctx, h.sys, h.names["acme"], h.names["late"]))
	_, err = h.Ticket(h.ctx, h.by("late"), id)
	wantKind(t, err, desk.NotFound)
}

func TestOthersAreNotDisclosed(t *testing.T) {
	h := supportDesk(t)
	id := must(h.OpenTicket(h.ctx, h.by("ann"), service.NewTicket{Queue: h.queue["support"], Subject: "For both"}))(t)
	v := must(h.Ticket(h.ctx, h.by("bob"), id))(t)
	for _, n := range v.Names {
		if n.Text == "bolt" || n.Text == "Jon" {
			t.Errorf("bob of Acme is told of %s", n.Text)
		}
	}
	for _, w := range v.Watchers {
		if w.Name.Text == "bolt" {
			t.Error("bob of Acme sees that Bolt stands on the ticket")
		}
	}
	names := must(h.VisibleTo(h.ctx, h.by("bob"), id))(t)
	for _, n := range names {
		if n.Text == "Jon" {
			t.Error("bob of Acme is told that Jon sees the ticket")
		}
	}
	if list := must(h.Suggest(h.ctx, h.by("bob"), "jo"))(t); len(list) != 0 {
		t.Errorf("bob of Acme is suggested %v", list)
	}
	if list := must(h.Suggest(h.ctx, h.by("bob"), "ali"))(t); len(list) != 1 {
		t.Errorf("bob is suggested %v, want his colleague Alice", list)
	}
}

func TestComments(t *testing.T) {
	h := supportDesk(t)
	id := h.acmeTicket()
	must(h.Write(h.ctx, h.by("agnes"), service.NewMessage{Ticket: id, Kind: desk.Comment, Text: "He never pays",
		Files: []desk.Attachment{{Name: "bill.txt", Data: []byte("12")}}}))(t)
	if v := must(h.Ticket(h.ctx, h.by("igor"), id))(t); len(v.Messages) != 2 {
		t.Errorf("igor sees %d messages, want 2", len(v.Messages))
	}
	v := must(h.Ticket(h.ctx, h.by("bob"), id))(t)
	if len(v.Messages) != 1 {
		t.Errorf("bob sees %d messages, want 1", len(v.Messages))
	}
	line := must(h.Tickets(h.ctx, h.by("bob"), service.TicketFilter{}))(t).Lines[0]
	if !v.Updated.Equal(v.Created) || !line.Updated.Equal(v.Created) || line.Version != v.Version {
		t.Errorf("bob sees that something happened at %v and %v, after the opening at %v", v.Updated, line.Updated, v.Created)
	}
	for _, e := range v.Events {
		if e.Data["kind"] == "comment" {
			t.Error("bob sees in the history that there is a comment")
		}
	}
	if page := must(h.Tickets(h.ctx, h.by("bob"), service.TicketFilter{Text: "pays"}))(t); len(page.Lines) != 0 {
		t.Error("bob finds the ticket by a word of the comment")
	}
	if page := must(h.Tickets(h.ctx, h.by("igor"), service.TicketFilter{Text: "pays"}))(t); len(page.Lines) != 1 {
		t.Error("igor does not find the ticket by a word of the comment")
	}
	all := must(h.Ticket(h.ctx, h.sys, id))(t)
	file := all.Messages[1].Attachments[0].ID
	_, err := h.Attachment(h.ctx, h.by("bob"), file)
	wantKind(t, err, desk.NotFound)
	if a := must(h.Attachment(h.ctx, h.by("igor"), file))(t); string(a.Data) != "12" {
		t.Errorf("igor reads %q, want 12", a.Data)
	}
	_, err = h.Write(h.ctx, h.by("bob"), service.NewMessage{Ticket: id, Kind: desk.Comment, Text: "Me too"})
	wantKind(t, err, desk.Forbidden)
}

func TestOwnerRules(t *testing.T) {
	for _, tt := range []struct {
		why    string
		rights string // of agnes
		owner  string // before
		how    service.OwnerChange
		to     string
		want   desk.Kind
	}{
		{"TakeTicket takes what nobody owns", "ShowTicket OwnTicket TakeTicket", "", service.Take, "", 0},
		{"ModifyTicket does as well", "ShowTicket OwnTicket ModifyTicket", "", service.Take, "", 0},
		{"but not without OwnTicket", "ShowTicket TakeTicket", "", service.Take, "", desk.Conflict},
		{"and OwnTicket alone is not enough", "ShowTicket OwnTicket", "", service.Take, "", desk.Forbidden},
		{"another's is not taken", "ShowTicket OwnTicket TakeTicket", "igor", service.Take, "", desk.Conflict},
		{"but stolen with StealTicket", "ShowTicket OwnTicket StealTicket", "igor", service.Steal, "", 0},
		{"not with TakeTicket", "ShowTicket OwnTicket TakeTicket", "igor", service.Steal, "", desk.Forbidden},
		{"what nobody owns cannot be stolen", "ShowTicket OwnTicket StealTicket", "", service.Steal, "", desk.Conflict},
		{"ModifyTicket gives what nobody owns", "ShowTicket ModifyTicket", "", service.Give, "igor", 0},
		{"but moves another's to no third", "ShowTicket ModifyTicket OwnTicket", "igor", service.Give, "third", desk.Forbidden},
		{"ReassignTicket does", "ShowTicket ReassignTicket", "igor", service.Give, "third", 0},
		{"to its owner it cannot be given", "ShowTicket ReassignTicket", "igor", service.Give, "igor", desk.Conflict},
		{"nor to who may not own", "ShowTicket ReassignTicket", "igor", service.Give, "bob", desk.Conflict},
		{"one's own is given back", "ShowTicket OwnTicket ModifyTicket", "agnes", service.Untake, "", 0},
		{"another's is not", "ShowTicket ModifyTicket", "igor", service.Untake, "", desk.Conflict},
		{"who sees nothing learns nothing", "", "igor", service.Steal, "", desk.NotFound},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h := customersDesk(t, "off off off")
			for _, login := range []string{"agnes", "igor", "third"} {
				h.agent(login)
			}
			q := desk.OnQueue(h.queue["support"])
			h.grant(h.names["igor"], "OwnTicket", q)
			h.grant(h.names["third"], "OwnTicket", q)
			h.grant(h.names["agnes"], tt.rights, q)
			id := h.open(service.NewTicket{Queue: h.queue["support"]})
			if tt.owner != "" {
				temporary := desk.Grant{Who: h.names[tt.owner], Right: desk.OwnTicket, Place: desk.OnSystem()}
				temporary.ID = must(h.Grant(h.ctx, h.sys, temporary))(t)
				h.ok(h.SetOwner(h.ctx, h.sys, id, service.Give, desk.UserID(h.names[tt.owner])))
				h.ok(h.Revoke(h.ctx, h.sys, temporary.ID))
			}
			err := h.SetOwner(h.ctx, h.by("agnes"), id, tt.how, desk.UserID(h.names[tt.to]))
			wantKind(t, err, tt.want)
		})
	}
}

func TestWatcherRules(t *testing.T) {
	for _, tt := range []struct {
		why    string
		rights string // of agnes
		role   desk.RoleID
		who    string
		want   desk.Kind
	}{
		{"ModifyTicket adds anybody", "ShowTicket ModifyTicket", desk.AdminCc, "igor", 0},
		{"Watch adds oneself as Cc", "ShowTicket Watch", desk.Cc, "agnes", 0},
		{"not somebody else", "ShowTicket Watch", desk.Cc, "igor", desk.Forbidden},
		{"nor a group of one's own", "ShowTicket Watch", desk.Cc, "team", desk.Forbidden},
		{"nor as AdminCc", "ShowTicket Watch", desk.AdminCc, "agnes", desk.Forbidden},
		{"WatchAsAdminCc does", "ShowTicket WatchAsAdminCc", desk.AdminCc, "agnes", 0},
		{"SetCustomer sets the customer", "ShowTicket SetCustomer", desk.CustomerRole, "bolt", 0},
		{"only a customer is one", "ShowTicket SetCustomer", desk.CustomerRole, "team", desk.Invalid},
		{"twice in one role is refused", "ShowTicket ModifyTicket", desk.Requestor, "bob", desk.Conflict},
		{"the owner is no watcher", "ShowTicket ModifyTicket", desk.Owner, "igor", desk.Invalid},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h := customersDesk(t, "off off off")
			h.agent("agnes")
			h.agent("igor")
			h.group("team", "agnes")
			h.grant(h.names["agnes"], tt.rights, desk.OnQueue(h.queue["support"]))
			id := h.open(service.NewTicket{Queue: h.queue["support"], Requestors: []desk.PrincipalID{h.names["bob"]}})
			err := h.AddWatcher(h.ctx, h.by("agnes"), id, tt.role, h.names[tt.who])
			wantKind(t, err, tt.want)
			if stands := strings.Contains(h.standing(id, tt.role), tt.who); err == nil && !stands {
				t.Errorf("%s does not stand in the role", tt.who)
			}
		})
	}
}

func TestStatusAndItsRules(t *testing.T) {
	h := supportDesk(t)
	id := h.acmeTicket()
	status := func() desk.Status { return must(h.Ticket(h.ctx, h.sys, id))(t).Status }
	must(h.Write(h.ctx, h.by("agnes"), service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "Shake it"}))(t)
	if got := status(); got != desk.StatusOpen {
		t.Errorf("after the first answer it is %s, want open", got)
	}
	h.ok(h.SetStatus(h.ctx, h.by("agnes"), id, desk.StatusResolved, 0))
	must(h.Write(h.ctx, h.by("alice"), service.NewMessage{Ticket: id, Kind: desk.Reply, Text: "It burns still"}))(t)
	if got := status(); got != desk.StatusOpen {
		t.Errorf("after an answer of the customer it is %s, want open again", got)
	}
	wantKind(t, h.SetStatus(h.ctx, h.by("bob"), id, desk.StatusResolved, 0), desk.Forbidden)
	wantKind(t, h.SetStatus(h.ctx, h.by("agnes"), id, desk.StatusDeleted, 0), desk.Forbidden)
	wantKind(t, h.SetStatus(h.ctx, h.by("agnes"), id, "lost", 0), desk.Invalid)
	wantKind(t, h.SetStatus(h.ctx, h.by("agnes"), id, desk.StatusStalled, 1), desk.Conflict)
}

func TestFormsAndStalePages(t *testing.T) {
	h := supportDesk(t)
	in := service.NewTicket{Queue: h.queue["support"], Subject: "Once", Form: "f1"}
	first := must(h.OpenTicket(h.ctx, h.by("bob"), in))(t)
	if again := must(h.OpenTicket(h.ctx, h.by("bob"), in))(t); again != first {
		t.Errorf("the form sent twice opened tickets %d and %d", first, again)
	}
	if other := must(h.OpenTicket(h.ctx, h.by("jon"), in))(t); other == first {
		t.Error("jon's form with the same token led to bob's ticket")
	}
	seen := must(h.Ticket(h.ctx, h.by("agnes"), first))(t).Messages[0].ID
	must(h.Write(h.ctx, h.by("bob"), service.NewMessage{Ticket: first, Kind: desk.Reply, Text: "One more thing"}))(t)
	_, err := h.Write(h.ctx, h.by("agnes"), service.NewMessage{Ticket: first, Kind: desk.Reply, Text: "Hello", LastSeen: seen})
	wantKind(t, err, desk.Conflict)
}

func TestMoving(t *testing.T) {
	h := supportDesk(t)
	target := h.makeQueue(desk.Queue{Name: "dev"})
	id := h.acmeTicket()
	h.ok(h.SetOwner(h.ctx, h.by("agnes"), id, service.Take, 0))
	wantKind(t, h.MoveTicket(h.ctx, h.by("agnes"), id, target), desk.NotFound)
	h.grant(h.names["team"], "SeeQueue", desk.OnQueue(target))
	wantKind(t, h.MoveTicket(h.ctx, h.by("agnes"), id, target), desk.Forbidden)
	h.grant(h.names["team"], "MoveIntoQueue", desk.OnQueue(target))
	h.ok(h.MoveTicket(h.ctx, h.by("agnes"), id, target))
	v := must(h.Ticket(h.ctx, h.sys, id))(t)
	if v.Queue != target || v.Owner != 0 {
		t.Errorf("it is in queue %d with owner %d, want queue %d without the owner, who may own nothing there", v.Queue, v.Owner, target)
	}
	_, err := h.Ticket(h.ctx, h.by("agnes"), id)
	wantKind(t, err, desk.NotFound)
}

func TestSuperUserByNoDetour(t *testing.T) {
	h := newHouse(t)
	h.agent("adam")
	h.agent("root")
	h.group("gods")
	h.group("old", "adam")
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	h.grant(h.names["gods"], "SuperUser", desk.OnSystem())
	h.grant(h.names["old"], "SuperUser", desk.OnSystem())
	h.ok(h.UpdateGroup(h.ctx, h.sys, desk.Group{ID: desk.GroupID(h.names["old"]), Name: "old", Disabled: true}))
	h.grant(h.names["adam"], "AdminUsers AdminGroup AdminGroupMembership ModifyACL AdminCustomers AdminRoles", desk.OnSystem())
	by := h.by("adam")
	super := desk.Grant{Who: h.names["adam"], Right: desk.SuperUser, Place: desk.OnSystem()}
	_, granted := h.Grant(h.ctx, by, super)
	for why, err := range map[string]error{
		"granting it to himself":             granted,
		"joining a group that has it":        h.AddMember(h.ctx, by, desk.Membership{Group: h.names["gods"], Member: h.names["adam"]}),
		"hanging his group under it":         h.AddMember(h.ctx, by, desk.Membership{Group: h.names["gods"], Member: h.names["old"]}),
		"enabling a disabled group of his":   h.UpdateGroup(h.ctx, by, desk.Group{ID: desk.GroupID(h.names["old"]), Name: "old"}),
		"setting a superuser's password":     h.SetPassword(h.ctx, by, desk.UserID(h.names["root"]), "", "correct horse"),
		"giving a superuser another address": h.UpdateUser(h.ctx, by, desk.User{ID: desk.UserID(h.names["root"]), Login: "root", Kind: desk.Agent, Addresses: []string{"adam@x.example"}}),
	} {
		if why == "hanging his group under it" {
			// It is disabled, so it makes nobody a superuser yet; enabling it would.
			h.ok(err)
			continue
		}
		if desk.KindOf(err) != desk.Forbidden {
			t.Errorf("%s: got %v, want to be refused", why, err)
		}
	}
	if ok := must(h.Check(h.ctx, h.sys, "adam", "SuperUser", "system"))(t); ok {
		t.Error("adam has become a superuser")
	}
}

func TestCyclesAreRefusedWithThePath(t *testing.T) {
	h := newHouse(t)
	h.group("a")
	h.group("b", "a")
	h.group("c", "b")
	err := h.AddMember(h.ctx, h.sys, desk.Membership{Group: h.names["a"], Member: h.names["c"]})
	wantKind(t, err, desk.Conflict)
	for _, name := range []string{"a", "b", "c", "→"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%q does not show the path", err)
		}
	}
	wantKind(t, h.AddMember(h.ctx, h.sys, desk.Membership{Group: h.names["a"], Member: h.names["a"]}), desk.Conflict)
}
