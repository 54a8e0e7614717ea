package service_test

import (
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// newClub is a desk with one of everything that has members.
func newClub(t *testing.T) (*house, desk.TicketID) {
	h := newHouse(t)
	for _, login := range []string{"uma", "xan", "old"} {
		h.agent(login)
	}
	h.group("night", "uma", "old")
	h.group("staff", "night", "xan")
	h.personalGroup("uma", "mates", "xan")
	h.customer(desk.Customer{Key: "acme"})
	h.contact("ann", "acme")
	h.switchUser("old", true)
	q := h.makeQueue(desk.Queue{Name: "support"})
	h.ok(h.AddQueueWatcher(h.ctx, h.sys, desk.Watcher{Queue: q, Role: desk.AdminCc, Who: h.names["staff"]}))
	h.ok(h.AddQueueWatcher(h.ctx, h.sys, desk.Watcher{Role: desk.Cc, Who: h.names["night"]}))
	return h, h.open(service.NewTicket{Queue: q, Requestors: []desk.PrincipalID{h.names["acme"]}})
}

func refs(list []service.Name) string {
	var words []string
	for _, n := range list {
		words = append(words, n.Ref)
	}
	return strings.Join(words, " ")
}

func TestRoster(t *testing.T) {
	h, ticket := newClub(t)
	for _, tt := range []struct {
		ref                                         string
		users, groups, deepUsers, deepGroups, mails string
	}{
		{"group:Staff", "user:xan", "group:night", "user:uma user:xan", "group:night", "uma@case.example xan@case.example"},
		{"group:night", "user:uma user:old", "", "user:uma", "", "uma@case.example"},
		{"personal:uma/MATES", "user:xan", "", "user:xan", "", "xan@case.example"},
		{"customer:acme", "user:ann", "", "user:ann", "", "ann@case.example"},
		{"system:Contacts", "user:ann", "", "user:ann", "", "ann@case.example"},
		{"system:Customers", "", "customer:acme", "user:ann", "customer:acme", "ann@case.example"},
		{"role:AdminCc@queue:support", "", "group:staff", "user:uma user:xan", "group:night group:staff", "uma@case.example xan@case.example"},
		{"role:cc@system", "", "group:night", "user:uma", "group:night", "uma@case.example"},
		{"role:Requestor@ticket:" + strings.TrimPrefix(ticket.String(), "#"), "", "customer:acme", "user:ann", "customer:acme", "ann@case.example"},
	} {
		t.Run(tt.ref, func(t *testing.T) {
			r := must(h.Roster(h.ctx, h.sys, tt.ref))(t)
			got := []string{refs(r.Users), refs(r.Groups), refs(r.DeepUsers), refs(r.DeepGroups), strings.Join(r.Addresses, " ")}
			if want := []string{tt.users, tt.groups, tt.deepUsers, tt.deepGroups, tt.mails}; !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
	h.switchGroup("staff", true)
	if r := must(h.Roster(h.ctx, h.sys, "group:staff"))(t); len(r.Users) != 1 || len(r.DeepUsers) != 0 {
		t.Errorf("a disabled group has %v, and below it %v", r.Users, r.DeepUsers)
	}
}

// TestRosterOfWhatOneMayNotSee: what is not there and what one may not see have
// the same words, whatever it is.
func TestRosterOfWhatOneMayNotSee(t *testing.T) {
	h, _ := newClub(t)
	h.agent("mia")
	for _, pair := range [][2]string{{"group:staff", "group:none1"}, {"personal:uma/mates", "personal:uma/none1"}, {"customer:acme", "customer:none"},
		{"system:Agents", "system:None12"}, {"role:Cc@system", "role:Xx@system"}, {"role:AdminCc@queue:support", "role:AdminCc@queue:nothing"},
		{"role:Requestor@ticket:1", "role:Requestor@ticket:9"}, {"user:uma", "user:non"}} {
		_, hidden := h.Roster(h.ctx, h.by("mia"), pair[0])
		_, missing := h.Roster(h.ctx, h.by("mia"), pair[1])
		wantKind(t, hidden, desk.NotFound)
		if got := strings.ReplaceAll(hidden.Error(), pair[0], pair[1]); got != missing.Error() {
			t.Errorf("%q is not %q", got, missing)
		}
	}
}

func TestHasMember(t *testing.T) {
	h, _ := newClub(t)
	for _, tt := range []struct {
		ref, member  string
		direct, deep bool
	}{
		{"group:staff", "uma", false, true},
		{"group:staff", "xan", true, true},
		{"group:staff", "group:night", true, true},
		{"group:night", "group:staff", false, false},
		{"group:night", "old", true, true},
		{"role:AdminCc@queue:support", "uma", false, true},
		{"role:Cc@queue:support", "uma", false, false},
		{"system:Agents", "uma", true, true},
		{"customer:acme", "ann", true, true},
	} {
		direct := must(h.HasMember(h.ctx, h.sys, tt.ref, tt.member, false))(t)
		deep := must(h.HasMember(h.ctx, h.sys, tt.ref, tt.member, true))(t)
		if direct != tt.direct || deep != tt.deep {
			t.Errorf("%s in %s: directly %v, by any path %v; want %v, %v", tt.member, tt.ref, direct, deep, tt.direct, tt.deep)
		}
	}
}

func TestMemberOf(t *testing.T) {
	h, _ := newClub(t)
	h.grant(h.names["uma"], "SeeGroup", desk.OnGroup(desk.GroupID(h.names["staff"])))
	for _, tt := range []struct {
		by, member string
		deep       bool
		want       string
	}{
		{"", "uma", false, "group:night"},
		{"", "uma", true, "group:night group:staff"},
		{"", "group:night", false, "group:staff"},
		{"", "xan", false, "group:staff personal:uma/mates"},
		{"uma", "uma", true, "group:staff"}, // as far as she sees them
	} {
		by := h.by(tt.by)
		if tt.by == "" {
			by = h.sys
		}
		if got := refs(must(h.MemberOf(h.ctx, by, tt.member, tt.deep))(t)); got != tt.want {
			t.Errorf("%s is a member of %q (deep: %v), want %q", tt.member, got, tt.deep, tt.want)
		}
	}
	_, err := h.MemberOf(h.ctx, h.by("uma"), "xan", true)
	wantKind(t, err, desk.NotFound)
}

func TestRightsOf(t *testing.T) {
	h, _ := newClub(t)
	h.grant(h.names["night"], "SeeGroup AdminGroup", desk.OnGroup(desk.GroupID(h.names["staff"])))
	if got := must(h.RightsOf(h.ctx, h.sys, service.Holder{Ref: "uma"}, "group:staff"))(t); got != desk.RightsOf(desk.SeeGroup, desk.AdminGroup) {
		t.Errorf("uma holds %v on the group", got)
	}
	_, err := h.RightsOf(h.ctx, h.by("xan"), service.Holder{Ref: "uma"}, "group:staff")
	wantKind(t, err, desk.NotFound)
}

func TestPersonalGroups(t *testing.T) {
	h := newHouse(t)
	for _, login := range []string{"uma", "own", "all", "mem"} {
		h.agent(login)
	}
	h.grant(h.names["own"], "AdminOwnPersonalGroups", desk.OnSystem())
	h.grant(h.names["all"], "AdminAllPersonalGroups", desk.OnSystem())
	h.grant(h.names["mem"], "AdminGroupMembership AdminGroup SeeGroup ModifyOwnMembership", desk.OnSystem())
	h.personalGroup("uma", "mates")
	h.personalGroup("own", "mates") // the same name, of another owner
	of := func(owner string) desk.PrincipalID { return h.names[owner+"/mates"] }
	add := func(owner, by, who string) error {
		return h.AddMember(h.ctx, h.by(by), desk.Membership{Group: of(owner), Member: h.names[who]})
	}
	create := func(by, owner, name string) error {
		_, err := h.CreateGroup(h.ctx, h.by(by), desk.Group{Name: name, Personal: desk.UserID(h.names[owner])})
		return err
	}
	for _, tt := range []struct {
		why  string
		err  error
		want desk.Kind
	}{
		{"without the right one makes none", create("uma", "uma", "A"), desk.Forbidden},
		{"with it one makes one's own", create("own", "own", "B"), 0},
		{"whose name is taken then", create("own", "own", "b"), desk.Conflict},
		{"but no others'", create("own", "uma", "C"), desk.Forbidden},
		{"others' need the other right", create("all", "uma", "D"), 0},
		{"and groups in general are something else", create("mem", "uma", "E"), desk.Forbidden},
		{"the owner without the right chooses no members", add("uma", "uma", "own"), desk.Forbidden},
		{"with it he does", add("own", "own", "uma"), 0},
		{"who may change everybody's does", add("uma", "all", "own"), 0},
		{"who chooses the members of groups does not join", add("uma", "mem", "mem"), desk.Forbidden},
		{"nor do others learn of it", add("uma", "own", "own"), desk.NotFound},
	} {
		t.Run(tt.why, func(t *testing.T) { wantKind(t, tt.err, tt.want) })
	}
}
