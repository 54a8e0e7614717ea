package service_test

import (
	"slices"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// A chain is a desk with a delegation in it: uma, of the group night, which is
// in the group staff, may DeleteTicket as one of staff and pass it on; she
// passed it on to her personal group, in which xan is.
type chain struct {
	*house
	q                  desk.QueueID
	personal           desk.PrincipalID
	source, pass, made desk.GrantID
}

func newChain(t *testing.T) *chain {
	t.Helper()
	h := &chain{house: newHouse(t)}
	for _, login := range []string{"uma", "xan", "adm", "root"} {
		h.agent(login)
	}
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	h.grant(h.names["adm"], "ModifyACL ShowACL", desk.OnSystem())
	h.group("night", "uma")
	h.group("staff", "night")
	h.q = h.makeQueue(desk.Queue{Name: "support"})
	h.personal = h.personalGroup("uma", "mates", "xan")
	h.source = h.give("staff", desk.DeleteTicket, desk.OnQueue(h.q))
	h.pass = h.give("uma", desk.DelegateRights, desk.OnSystem())
	h.made = must(h.Delegate(h.ctx, h.by("uma"), service.Delegation{Source: h.source, To: h.personal}))(t)
	return h
}

func (h *house) personalGroup(owner, name string, members ...string) desk.PrincipalID {
	h.t.Helper()
	id := desk.PrincipalID(must(h.CreateGroup(h.ctx, h.sys, desk.Group{Name: name, Personal: desk.UserID(h.names[owner])}))(h.t))
	h.names[owner+"/"+name] = id
	for _, m := range members {
		h.join(owner+"/"+name, m, desk.PartNone, false)
	}
	return id
}

func (h *house) give(who string, r desk.Right, where desk.Place) desk.GrantID {
	h.t.Helper()
	return must(h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names[who], Right: r, Place: where}))(h.t)
}

// may reports whether somebody holds a right, as the desk answers it.
func (h *house) may(login string, r desk.Right, object string) bool {
	h.t.Helper()
	return must(h.Check(h.ctx, h.sys, "user:"+login, r.String(), object))(h.t)
}

// delegated returns the numbers of the delegated grants that there are.
func (h *house) delegated() []desk.GrantID {
	h.t.Helper()
	lines, more, err := h.Grants(h.ctx, h.sys, service.GrantFilter{Limit: 1000})
	h.ok(err)
	if more {
		h.t.Fatal("there are more grants than this test reads")
	}
	var ids []desk.GrantID
	for _, l := range lines {
		if l.Source != 0 {
			ids = append(ids, l.ID)
		}
	}
	return ids
}

func (h *house) switchGroup(name string, disabled bool) {
	h.t.Helper()
	g := must(h.Group(h.ctx, h.sys, desk.GroupID(h.names[name])))(h.t)
	g.Disabled = disabled
	h.ok(h.UpdateGroup(h.ctx, h.sys, *g))
}

func (h *house) switchUser(login string, disabled bool) {
	h.t.Helper()
	u := must(h.User(h.ctx, h.sys, desk.UserID(h.names[login])))(h.t)
	u.Disabled = disabled
	h.ok(h.UpdateUser(h.ctx, h.sys, *u))
}

// TestDelegationsEnd: each row ends the delegation for good, or shows that
// something does not.
func TestDelegationsEnd(t *testing.T) {
	leave := func(group, member string) func(*chain) error {
		return func(h *chain) error { return h.RemoveMember(h.ctx, h.sys, h.names[group], h.names[member]) }
	}
	for _, tt := range []struct {
		why    string
		change func(*chain) error
		ends   bool
	}{
		{"its source is revoked", func(h *chain) error { return h.Revoke(h.ctx, h.by("adm"), h.source) }, true},
		{"its maker leaves the group", leave("night", "uma"), true},
		{"a group in between is taken out", leave("staff", "night"), true},
		{"its maker may not pass on any more", func(h *chain) error { return h.Revoke(h.ctx, h.by("adm"), h.pass) }, true},
		{"its maker becomes a contact", func(h *chain) error {
			u := must(h.User(h.ctx, h.sys, desk.UserID(h.names["uma"])))(h.t)
			u.Kind = desk.Contact
			return h.UpdateUser(h.ctx, h.sys, *u)
		}, true},
		{"its maker's membership is over since yesterday", func(h *chain) error {
			return h.UpdateMember(h.ctx, h.sys, desk.Membership{Group: h.names["night"], Member: h.names["uma"], Until: desk.DayOf(h.clock.at) - 1})
		}, true},
		{"its maker withdraws it", func(h *chain) error { return h.Undelegate(h.ctx, h.by("uma"), h.made) }, true},
		{"a superuser withdraws it", func(h *chain) error { return h.Undelegate(h.ctx, h.by("root"), h.made) }, true},
		{"its maker still belongs to the group by another way", func(h *chain) error {
			h.join("staff", "uma", desk.PartNone, false)
			return leave("night", "uma")(h)
		}, false},
		{"the group is called otherwise", func(h *chain) error {
			return h.UpdateGroup(h.ctx, h.sys, desk.Group{ID: desk.GroupID(h.names["staff"]), Name: "crew"})
		}, false},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h := newChain(t)
			if !h.may("xan", desk.DeleteTicket, "queue:support") {
				t.Fatal("what was passed on is not held")
			}
			h.ok(tt.change(h))
			if left := len(h.delegated()) > 0; left == tt.ends {
				t.Errorf("it is left: %v", left)
			}
			if may := h.may("xan", desk.DeleteTicket, "queue:support"); may == tt.ends {
				t.Errorf("it is held: %v", may)
			}
		})
	}
}

// TestDelegationsSleep: while something is disabled they count for nothing, and
// they come back with it.
func TestDelegationsSleep(t *testing.T) {
	for _, tt := range []struct {
		why string
		set func(*chain, bool)
	}{
		{"its maker", func(h *chain, off bool) { h.switchUser("uma", off) }},
		{"the group of the source", func(h *chain, off bool) { h.switchGroup("staff", off) }},
		{"a group in between", func(h *chain, off bool) { h.switchGroup("night", off) }},
		{"the personal group", func(h *chain, off bool) { h.switchGroup("uma/mates", off) }},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h := newChain(t)
			tt.set(h, true)
			if h.may("xan", desk.DeleteTicket, "queue:support") {
				t.Error("it counts although that is disabled")
			}
			tt.set(h, false)
			if !h.may("xan", desk.DeleteTicket, "queue:support") {
				t.Error("it has not come back")
			}
		})
	}
}

func TestADelegationOfDelegateRightsTakesItsOwnWithIt(t *testing.T) {
	h := newHouse(t)
	for _, login := range []string{"uma", "xan", "yan"} {
		h.agent(login)
	}
	h.group("first", "uma")
	h.group("second", "xan")
	may := h.give("first", desk.DelegateRights, desk.OnSystem())
	config := h.give("second", desk.ShowConfigTab, desk.OnSystem())
	mates := h.personalGroup("uma", "mates", "xan")
	toYan := service.Delegation{Source: config, To: h.names["yan"]}
	_, err := h.Delegate(h.ctx, h.by("xan"), toYan)
	wantKind(t, err, desk.Forbidden)
	must(h.Delegate(h.ctx, h.by("uma"), service.Delegation{Source: may, To: mates}))(t)
	must(h.Delegate(h.ctx, h.by("xan"), toYan))(t)
	h.switchGroup("uma/mates", true)
	if h.may("yan", desk.ShowConfigTab, "system") {
		t.Error("who may not pass on at the moment has passed on")
	}
	h.switchGroup("uma/mates", false)
	if !h.may("yan", desk.ShowConfigTab, "system") {
		t.Error("it has not come back")
	}
	h.switchUser("uma", true)
	if h.may("yan", desk.ShowConfigTab, "system") {
		t.Error("what rests on a sleeping delegation is awake")
	}
	h.switchUser("uma", false)
	h.ok(h.Revoke(h.ctx, h.sys, may))
	if h.may("yan", desk.ShowConfigTab, "system") || !h.may("xan", desk.ShowConfigTab, "system") || len(h.delegated()) > 0 {
		t.Errorf("with what it rested on gone, there are left %v", h.delegated())
	}
}

func TestWhatOneMayPassOn(t *testing.T) {
	h := newChain(t)
	h.contact("con")
	h.agent("off")
	h.switchUser("off", true)
	h.grant(h.names["con"], "DelegateRights", desk.OnSystem())
	others := h.personalGroup("xan", "friends")
	team := desk.OnGroup(h.group("team"))
	asRequestor := must(h.Grant(h.ctx, h.sys, desk.Grant{Who: desk.Everyone, As: desk.RolesOf(desk.Requestor), Right: desk.ShowTicket, Place: desk.OnQueue(h.q)}))(t)
	h.group("elsewhere")
	foreign := h.give("elsewhere", desk.ShowConfigTab, desk.OnSystem())
	ofTeam, byTeam := h.give("xan", desk.AdminGroup, team), h.give("xan", desk.DelegateRights, team)
	queueOfXan, ofCon := h.give("xan", desk.OwnTicket, desk.OnQueue(h.q)), h.give("con", desk.ShowTicket, desk.OnQueue(h.q))
	to := h.names["adm"]
	for _, tt := range []struct {
		why    string
		by     string
		source desk.GrantID
		to     desk.PrincipalID
		until  desk.Day
		want   desk.Kind
	}{
		{"a right of a group one is not in", "uma", foreign, to, 0, desk.NotFound},
		{"the same, seen", "adm", foreign, h.names["xan"], 0, desk.Forbidden},
		{"what comes with a role", "uma", asRequestor, to, 0, desk.Forbidden},
		{"what was passed on", "xan", h.made, to, 0, desk.Forbidden},
		{"without DelegateRights there", "xan", queueOfXan, to, 0, desk.Forbidden},
		{"rights on a group, with DelegateRights on it", "xan", ofTeam, to, 0, 0},
		{"and that right itself", "xan", byTeam, to, 0, 0},
		{"a contact's", "con", ofCon, to, 0, desk.Forbidden},
		{"to oneself", "uma", h.source, h.names["uma"], 0, desk.Invalid},
		{"to a group that is not personal", "uma", h.source, h.names["team"], 0, desk.Invalid},
		{"to somebody else's personal group", "uma", h.source, others, 0, desk.Invalid},
		{"to everybody", "uma", h.source, desk.Everyone, 0, desk.Invalid},
		{"to nobody", "uma", h.source, 99999, 0, desk.Invalid},
		{"to somebody who is disabled", "uma", h.source, h.names["off"], 0, desk.Invalid},
		{"until yesterday", "uma", h.source, to, desk.DayOf(h.clock.at) - 1, desk.Invalid},
		{"twice", "uma", h.source, h.personal, 0, desk.Conflict},
		{"to a user", "uma", h.source, to, 0, 0},
		{"by the system, which holds nothing itself", "", h.source, to, 0, desk.Invalid},
	} {
		t.Run(tt.why, func(t *testing.T) {
			by, before := h.by(tt.by), len(h.delegated())
			if tt.by == "" {
				by = h.sys
			}
			_, err := h.Delegate(h.ctx, by, service.Delegation{Source: tt.source, To: tt.to, Until: tt.until})
			wantKind(t, err, tt.want)
			if made := len(h.delegated()) - before; (made == 1) != (tt.want == 0) {
				t.Errorf("made %d grants", made)
			}
		})
	}
}

func TestWhoMayWithdraw(t *testing.T) {
	h := newChain(t)
	h.agent("stranger")
	for _, tt := range []struct {
		why  string
		by   string
		id   desk.GrantID
		want desk.Kind
	}{
		{"who may change grants may not", "adm", h.made, desk.Forbidden},
		{"a stranger learns nothing", "stranger", h.made, desk.NotFound},
		{"what was not passed on is not withdrawn", "adm", h.source, desk.Conflict},
		{"who got it may not", "xan", h.made, desk.NotFound},
		{"what is not there", "uma", 99999, desk.NotFound},
		{"its maker may", "uma", h.made, 0},
		{"but not twice", "uma", h.made, desk.NotFound},
	} {
		t.Run(tt.why, func(t *testing.T) { wantKind(t, h.Undelegate(h.ctx, h.by(tt.by), tt.id), tt.want) })
	}
}

func TestADelegatedGrantIsNeitherGrantedNorRevoked(t *testing.T) {
	h := newChain(t)
	wantKind(t, h.Revoke(h.ctx, h.by("adm"), h.made), desk.Forbidden)
	forged := desk.Grant{Who: h.names["xan"], Right: desk.OwnTicket, Place: desk.OnQueue(h.q), Source: h.source, Delegator: desk.UserID(h.names["uma"])}
	must(h.Grant(h.ctx, h.by("adm"), forged))(t)
	if got := h.delegated(); !slices.Equal(got, []desk.GrantID{h.made}) {
		t.Errorf("delegated are %v, want only %d", got, h.made)
	}
}

func TestAGrantThatIsOverMakesWay(t *testing.T) {
	h := newChain(t)
	today := desk.DayOf(h.clock.at)
	g := desk.Grant{Who: h.names["xan"], Right: desk.OwnTicket, Place: desk.OnQueue(h.q), Until: today}
	must(h.Grant(h.ctx, h.sys, g))(t)
	h.clock.at = h.clock.at.AddDate(0, 0, 1)
	if h.may("xan", desk.OwnTicket, "queue:support") {
		t.Error("a grant outlives its last day")
	}
	g.Until = today + 7
	must(h.Grant(h.ctx, h.sys, g))(t)
	if !h.may("xan", desk.OwnTicket, "queue:support") {
		t.Error("granted anew, it is not held")
	}
	_, err := h.Grant(h.ctx, h.sys, g)
	wantKind(t, err, desk.Conflict)
}
