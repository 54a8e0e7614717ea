package service_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// TestAdministers says which right opens which part of the administration.
func TestAdministers(t *testing.T) {
	h := newHouse(t)
	acme := h.customer(desk.Customer{Key: "acme"})
	group := h.group("team")
	queue := h.makeQueue(desk.Queue{Name: "support"})
	for i, tt := range []struct {
		right string
		where desk.Place
		want  service.Administers
	}{
		{"ShowTicket", desk.OnSystem(), service.Administers{}},
		{"AdminUsers", desk.OnSystem(), service.Administers{Users: true, NewUsers: true}},
		{"AdminCustomers", desk.OnSystem(), service.Administers{Users: true, Customers: true, NewCustomers: true, Grants: true, MayGrant: true}},
		{"AdminCustomer", desk.OnCustomer(acme), service.Administers{Customers: true}},
		{"SeeGroup", desk.OnGroup(group), service.Administers{Groups: true}},
		{"AdminGroup", desk.OnGroup(group), service.Administers{Groups: true, Grants: true, MayGrant: true}},
		{"AdminGroup", desk.OnSystem(), service.Administers{Groups: true, NewGroups: true, Grants: true, MayGrant: true}},
		{"AdminQueue", desk.OnQueue(queue), service.Administers{Queues: true}},
		{"AdminQueue", desk.OnSystem(), service.Administers{Queues: true, NewQueues: true}},
		{"ShowACL", desk.OnQueue(queue), service.Administers{Grants: true}},
		{"ModifyACL", desk.OnQueue(queue), service.Administers{Grants: true, MayGrant: true}},
		{"AdminMail", desk.OnSystem(), service.Administers{Mail: true}},
		{"ShowAudit", desk.OnSystem(), service.Administers{Audit: true}},
	} {
		login := fmt.Sprint("agent", i)
		h.agent(login)
		h.grant(h.names[login], tt.right, tt.where)
		if got := must(h.Administers(h.ctx, h.by(login)))(t); *got != tt.want {
			t.Errorf("%s on %v opens %+v, want %+v", tt.right, tt.where, *got, tt.want)
		}
	}
	h.contact("bob", "acme")
	h.grant(h.names["bob"], "AdminCustomer", desk.OnCustomer(acme))
	if got := must(h.Administers(h.ctx, h.by("bob")))(t); got.Any() {
		t.Errorf("a contact administers %+v", *got)
	}
}

// TestMemberPaths agrees with DeepMembers and names the way.
func TestMemberPaths(t *testing.T) {
	h := newHouse(t)
	for _, login := range []string{"ann", "ben", "cat", "dan"} {
		h.agent(login)
	}
	h.group("night", "ann", "ben")
	h.group("field", "night", "cat")
	h.group("old", "dan")
	h.group("staff", "field", "cat", "old")
	h.ok(h.UpdateGroup(h.ctx, h.sys, desk.Group{ID: desk.GroupID(h.names["old"]), Name: "old", Disabled: true}))
	h.ok(h.UpdateUser(h.ctx, h.sys, desk.User{ID: desk.UserID(h.names["ben"]), Login: "ben", Kind: desk.Agent, Disabled: true}))
	var got []string
	for _, m := range must(h.MemberPaths(h.ctx, h.sys, h.names["staff"], 10))(t) {
		var way []string
		for _, g := range m.Through {
			way = append(way, g.Text)
		}
		got = append(got, m.Name.Text+":"+strings.Join(way, ">"))
	}
	slices.Sort(got)
	if text, want := strings.Join(got, " "), "Ann:field>night Cat:"; text != want {
		t.Errorf("got %q, want %q", text, want)
	}
	if deep := must(h.DeepMembers(h.ctx, h.sys, h.names["staff"]))(t); len(deep) != len(got) {
		t.Errorf("DeepMembers has %d people, MemberPaths %d", len(deep), len(got))
	}
	if few := must(h.MemberPaths(h.ctx, h.sys, h.names["staff"], 1))(t); len(few) != 1 {
		t.Errorf("asked for one, got %d", len(few))
	}
}

// TestFindMember reads what people write, for those who may choose.
func TestFindMember(t *testing.T) {
	h := newHouse(t)
	h.customer(desk.Customer{Key: "acme"})
	h.customer(desk.Customer{Key: "brueckner"})
	h.agent("ann")
	h.agent("lone")
	h.contact("bob")
	h.join("acme", "bob", desk.PartManager, true)
	h.contact("mei", "acme")
	h.contact("vera", "brueckner")
	h.group("Field engineers")
	h.grant(h.names["ann"], "AdminCustomer", desk.OnCustomer(desk.CustomerID(h.names["acme"])))
	for _, tt := range []struct{ login, text, want string }{
		{"ann", "vera", "vera"}, {"ann", " VERA@case.example ", "vera"}, {"ann", "field engineers", "Field engineers"},
		{"ann", "group:Field engineers", "Field engineers"}, {"ann", "brueckner", "brueckner"}, {"ann", "nobody", ""}, {"ann", "", ""}, {"ann", "group:vera", ""},
		{"bob", "mei", "mei"}, {"bob", "vera", ""}, {"bob", "brueckner", ""}, {"bob", "Field engineers", ""},
	} {
		id, err := h.FindMember(h.ctx, h.by(tt.login), h.names["acme"], tt.text)
		if id != h.names[tt.want] || (tt.want == "") != (desk.KindOf(err) == desk.Invalid) {
			t.Errorf("%s writes %q and gets %d (%v), want %s", tt.login, tt.text, id, err, tt.want)
		}
	}
	for _, number := range []desk.PrincipalID{h.names["vera"], h.names["brueckner"], h.names["Field engineers"], 987654} {
		err := h.AddMember(h.ctx, h.by("bob"), desk.Membership{Group: h.names["acme"], Member: number})
		if wantKind(t, err, desk.NotFound); err != nil && err.Error() != "There is no such user, group or customer." {
			t.Errorf("who may not know them and writes the number %d is told: %v", number, err)
		}
	}
	_, err := h.FindMember(h.ctx, h.by("lone"), h.names["acme"], "vera")
	wantKind(t, err, desk.NotFound)
}

// TestReach counts whom a grant reaches, and asks what granting asks.
func TestReach(t *testing.T) {
	h := newHouse(t)
	h.agent("ann")
	h.agent("ben")
	h.agent("boss")
	h.group("team", "ann", "ben")
	queue := desk.OnQueue(h.makeQueue(desk.Queue{Name: "support"}))
	h.grant(h.names["boss"], "ModifyACL", queue)
	g := must(h.ReadGrant(h.ctx, h.by("boss"), service.Written{Who: "team", What: "RW", Where: "queue:support", As: []string{"admincc"}, Until: "2027-01-31"}))(t)
	if g.Who != h.names["team"] || g.Permission != desk.RW || g.As != desk.RolesOf(desk.AdminCc) || g.Until.String() != "2027-01-31" {
		t.Errorf("it was read as %+v", g)
	}
	reached := must(h.Reach(h.ctx, h.by("boss"), g, 1))(t)
	if reached.Total != 2 || len(reached.Some) != 1 || reached.Line.What != "rw" {
		t.Errorf("it reaches %+v, want 2 people, one of them named", reached)
	}
	_, err := h.Reach(h.ctx, h.by("ann"), g, 1)
	wantKind(t, err, desk.Forbidden)
	_, err = h.ReadGrant(h.ctx, h.by("ann"), service.Written{Who: "team", What: "rw", Where: "queue:support"})
	wantKind(t, err, desk.Invalid)
	_, err = h.ReadGrant(h.ctx, h.by("boss"), service.Written{Who: "team", What: "rw", Where: "queue:support", Until: "soon"})
	wantKind(t, err, desk.Invalid)
}

// TestChanges names who was given what.
func TestChanges(t *testing.T) {
	h := newHouse(t)
	h.agent("ann")
	h.group("team", "ann")
	h.grant(h.names["team"], "ShowTicket", desk.OnSystem())
	list := must(h.Changes(h.ctx, h.sys, 2))(t)
	if len(list) != 2 || list[0].Who.Text != "team" || list[0].What != "ShowTicket" || list[1].Who.Text != "Ann" {
		t.Errorf("got %+v", list)
	}
	if list[0].Undo != list[0].Change || list[1].Undo != list[1].Change {
		t.Errorf("%+v cannot be taken back", list)
	}
}

// TestChangesToTakeBack: what has nothing to do with access cannot be taken
// back, and what was done as one change is offered once.
func TestChangesToTakeBack(t *testing.T) {
	h := newHouse(t)
	h.agent("ann")
	both := must(h.Together(h.ctx, h.sys, func(in *service.Service, by desk.Actor) error {
		for _, name := range []string{"one", "two"} {
			if _, err := in.CreateGroup(h.ctx, by, desk.Group{Name: name}); err != nil {
				return err
			}
		}
		return nil
	}))(t)
	if err := h.SetPassword(h.ctx, h.sys, desk.UserID(h.names["ann"]), "", "a long enough password"); err != nil {
		t.Fatal(err)
	}
	list := must(h.Changes(h.ctx, h.sys, 3))(t)
	got := []int64{list[0].Undo, list[1].Undo, list[2].Undo}
	if want := []int64{0, both, 0}; !slices.Equal(got, want) {
		t.Errorf("%+v: to take back %v, want %v", list, got, want)
	}
}
