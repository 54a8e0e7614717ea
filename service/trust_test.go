package service_test

import (
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

func TestModifyACLCanBeNarrowedToWhatOneHolds(t *testing.T) {
	h := newHouse(t)
	h.agent("adm")
	h.agent("xan")
	h.group("guard")
	q := h.makeQueue(desk.Queue{Name: "support", AccessGroup: desk.GroupID(h.names["guard"])})
	onQueue, onGuard := desk.OnQueue(q), desk.OnGroup(desk.GroupID(h.names["guard"]))
	h.grant(h.names["adm"], "ModifyACL ShowTicket", onQueue)
	h.grant(h.names["adm"], "AdminGroup OwnTicket", onGuard)
	h.grant(desk.Everyone, "Requestor: ReplyToTicket", onQueue)
	of := func(r desk.Right, where desk.Place) desk.Grant {
		return desk.Grant{Who: h.names["xan"], Right: r, Place: where}
	}
	ro := desk.Grant{Who: h.names["xan"], Permission: 1, Place: onQueue}
	foreign := must(h.Grant(h.ctx, h.sys, of(desk.DeleteTicket, onQueue)))(t)
	must(h.Grant(h.ctx, h.by("adm"), of(desk.StealTicket, onQueue)))(t)
	h.ok(h.SetSetting(h.ctx, h.sys, service.SettingModifyACL, "held"))
	wantKind(t, h.SetSetting(h.ctx, h.sys, service.SettingModifyACL, "some"), desk.Invalid)
	for _, tt := range []struct {
		why  string
		g    desk.Grant
		want desk.Kind
	}{
		{"what he holds there", of(desk.ShowTicket, onQueue), 0},
		{"what he holds by the queue's group", of(desk.OwnTicket, onQueue), 0},
		{"on the group, what he holds there", of(desk.OwnTicket, onGuard), 0},
		{"but not what he holds on a queue only", of(desk.ShowTicket, onGuard), desk.Forbidden},
		{"what he does not hold", of(desk.TakeTicket, onQueue), desk.Forbidden},
		{"what he holds in a role only", of(desk.ReplyToTicket, onQueue), desk.Forbidden},
		{"a permission of which he lacks something", ro, desk.Forbidden},
	} {
		t.Run(tt.why, func(t *testing.T) {
			_, err := h.Grant(h.ctx, h.by("adm"), tt.g)
			wantKind(t, err, tt.want)
		})
	}
	wantKind(t, h.Revoke(h.ctx, h.by("adm"), foreign), desk.Forbidden)
}

// TestNobodyPreparesASuperUser: what would make somebody a superuser only
// later, when something is enabled or a day has come, is refused now.
func TestNobodyPreparesASuperUser(t *testing.T) {
	h := newHouse(t)
	for _, login := range []string{"adm", "xan", "retired"} {
		h.agent(login)
	}
	h.grant(h.names["adm"], "AdminGroup AdminGroupMembership AdminUsers ModifyACL AdminAllPersonalGroups DelegateRights", desk.OnSystem())
	h.group("admins", "retired")
	h.group("sleeping")
	h.join("admins", "sleeping", desk.PartNone, false)
	h.grant(h.names["admins"], "SuperUser", desk.OnSystem())
	h.switchGroup("sleeping", true)
	h.switchUser("retired", true)
	by, today := h.by("adm"), desk.DayOf(h.clock.at)
	retired := must(h.User(h.ctx, h.sys, desk.UserID(h.names["retired"])))(t)
	retired.Addresses = []string{"adm@elsewhere.example"}
	_, token := h.CreateToken(h.ctx, by, service.NewToken{User: retired.ID, Name: "x", Until: h.clock.at.AddDate(1, 0, 0)})
	_, granted := h.Grant(h.ctx, by, desk.Grant{Who: h.names["xan"], Right: desk.SuperUser, Place: desk.OnSystem()})
	for _, tt := range []struct {
		why string
		err error
	}{
		{"grant it", granted},
		{"join its group", h.AddMember(h.ctx, by, desk.Membership{Group: h.names["admins"], Member: h.names["adm"]})},
		{"join its group from tomorrow on", h.AddMember(h.ctx, by, desk.Membership{Group: h.names["admins"], Member: h.names["xan"], From: today + 1})},
		{"join a disabled group below", h.AddMember(h.ctx, by, desk.Membership{Group: h.names["sleeping"], Member: h.names["xan"]})},
		{"change the days of a membership", h.UpdateMember(h.ctx, by, desk.Membership{Group: h.names["admins"], Member: h.names["retired"], Until: today + 9})},
		{"set the password of a disabled one", h.SetPassword(h.ctx, by, retired.ID, "", "correct horse battery")},
		{"set his address", h.UpdateUser(h.ctx, by, *retired)},
		{"make a token for him", token},
	} {
		t.Run(tt.why, func(t *testing.T) { wantKind(t, tt.err, desk.Forbidden) })
	}
}

// TestNobodyIsBroughtToSuperUser: who comes by letter, invitation, directory or
// as a customer's first contact does not become a superuser, even where the
// customer is disabled now.
func TestNobodyIsBroughtToSuperUser(t *testing.T) {
	h := newHouse(t)
	h.agent("adm")
	h.grant(h.names["adm"], "AdminCustomer AdminCustomers AdminUsers", desk.OnSystem())
	h.group("admins")
	crown := h.customer(desk.Customer{Key: "crown", Domains: []string{"crown.example"}, AutoJoin: true})
	h.customer(desk.Customer{Key: "acme"})
	h.contact("gus", "acme")
	h.contact("king", "crown")
	h.join("admins", "crown", desk.PartNone, false)
	h.grant(h.names["admins"], "SuperUser", desk.OnSystem())
	h.makeQueue(desk.Queue{Name: "support", Address: "support@desk.example"})
	h.grant(desk.Everyone, "CreateTicket", desk.OnSystem())
	env := desk.Envelope{Recipient: "support@desk.example", From: "new@crown.example"}
	id := must(h.SpoolMail(h.ctx, h.sys, env, []byte("Subject: x\r\n\r\ny")))(t)
	must(h.ReceiveMail(h.ctx, h.sys, desk.Letter{Spool: id, Envelope: env, From: desk.MailAddress{Address: env.From}, Subject: "x", Text: "y"}))(t)
	if got := h.in("new@crown.example"); strings.Contains(got, "crown/") {
		t.Errorf("who wrote a letter is in %s", got)
	}
	r := h.reads(desk.Directory{Name: "out", Adopt: true, MaxLoss: 100})
	if report := r.sees(entry("king")); !strings.Contains(report.Text, "superuser") {
		t.Errorf("a directory takes a superuser over: %+v", report)
	}
	off := must(h.Customer(h.ctx, h.sys, crown))(t)
	off.Disabled = true
	h.ok(h.UpdateCustomer(h.ctx, h.sys, *off))
	_, made := h.CreateContactOf(h.ctx, h.by("adm"), desk.User{Login: "fresh", Kind: desk.Contact}, crown)
	for why, err := range map[string]error{
		"his primary customer": h.SetPrimaryCustomer(h.ctx, h.by("adm"), h.id("gus"), crown),
		"a new contact":        made,
		"a relation page":      h.saveMember("adm", "gus", "crown", "", "member"),
		"an invitation":        h.Invite(h.ctx, h.by("adm"), service.Invitation{Customer: crown, Address: "x@else.example"}),
	} {
		t.Run(why, func(t *testing.T) { wantKind(t, err, desk.Forbidden) })
	}
	h.ok(h.RequestSync(h.ctx, h.sys, r.id, false))
	_, report, err := h.BeginSync(h.ctx, h.sys)
	h.ok(err)
	wantKind(t, h.SyncPage(h.ctx, h.sys, report, []desk.DirectoryEntry{entry("fresh", "crown")}), desk.Forbidden)
}

// saveMember saves one row of the page of somebody's customers.
func (h *house) saveMember(as, who, customer, was, now string) error {
	q := service.RelationQuery{Relation: service.ContactCustomers, Of: h.names[who]}
	_, err := h.SaveRelation(h.ctx, h.by(as), q, []service.RelationChange{{Row: h.names[customer], Was: was, Now: now}})
	return err
}

// TestMembersOfDirectoriesStay: what a directory says is not changed by a page
// that shows it either.
func TestMembersOfDirectoriesStay(t *testing.T) {
	h := newHouse(t)
	h.customer(desk.Customer{Key: "acme"})
	h.customer(desk.Customer{Key: "bolt"})
	h.contact("gus")
	h.agent("admin")
	h.grant(h.names["admin"], "SuperUser", desk.OnSystem())
	h.reads(desk.Directory{Name: "out", MaxLoss: 100})
	m := desk.Membership{Group: h.names["acme"], Member: h.names["gus"], Part: desk.PartMember, Primary: true, Source: "out"}
	h.ok(h.AddMember(h.ctx, h.sys, m))
	wantKind(t, h.saveMember("admin", "gus", "acme", "member primary", ""), desk.Conflict)
	wantKind(t, h.saveMember("admin", "gus", "acme", "member primary", "member primary until:2099-12-31"), desk.Conflict)
	wantKind(t, h.SetPrimaryCustomer(h.ctx, h.sys, h.id("gus"), desk.CustomerID(h.names["bolt"])), desk.Conflict)
	h.ok(h.saveMember("admin", "gus", "acme", "member primary", "manager primary"))
}

// TestNoPermissionHoldsSuperUser: it would come with what anybody may grant who
// has ModifyACL.
func TestNoPermissionHoldsSuperUser(t *testing.T) {
	for _, p := range desk.ShippedPermissions() {
		if (p.Agents | p.Contacts).Has(desk.SuperUser) {
			t.Errorf("%s holds SuperUser", p.Name)
		}
	}
	h := newHouse(t)
	sets := desk.RightsOf(desk.SuperUser, desk.SeeQueue)
	h.ok(h.store.Do(h.ctx, func(tx *store.Tx) error {
		for _, p := range []desk.Permission{{Name: "all", Agents: sets}, {Name: "all", Contacts: sets}} {
			wantKind(t, tx.InsertPermission(h.ctx, &p), desk.Invalid)
			p.ID = desk.RW
			wantKind(t, tx.UpdatePermission(h.ctx, &p), desk.Invalid)
		}
		return nil
	}))
}

// TestDisabledReceiveNothingNew: a new grant to whom is disabled would lie in
// wait; what he had stays, and so does his place in groups.
func TestDisabledReceiveNothingNew(t *testing.T) {
	h := newHouse(t)
	h.agent("bob")
	h.group("team")
	h.group("top")
	q := h.makeQueue(desk.Queue{Name: "support"})
	had := desk.Grant{Who: h.names["bob"], Right: desk.SeeQueue, Place: desk.OnQueue(q)}
	must(h.Grant(h.ctx, h.sys, had))(t)
	h.switchUser("bob", true)
	h.switchGroup("team", true)
	_, again := h.Grant(h.ctx, h.sys, had)
	wantKind(t, again, desk.Conflict) // it is there
	for _, who := range []string{"bob", "team"} {
		_, err := h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names[who], Permission: desk.RW, Place: desk.OnQueue(q)})
		wantKind(t, err, desk.Invalid)
		_, err = h.ReadGrant(h.ctx, h.sys, service.Written{Who: who, What: "OwnTicket", Where: "system"})
		wantKind(t, err, desk.Invalid)
	}
	for _, who := range []string{"bob", "team"} {
		wantKind(t, h.set(who, "top", "rw", false), desk.Invalid)
	}
	h.join("team", "bob", desk.PartNone, false)
	h.join("top", "team", desk.PartNone, false)
	h.switchUser("bob", false)
	if !h.may("bob", desk.SeeQueue, "queue:support") {
		t.Error("enabled again, bob has lost what he had")
	}
}
