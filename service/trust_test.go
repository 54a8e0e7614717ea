package service_test

import (
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
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
	_, token := h.CreateToken(h.ctx, by, retired.ID, "x", h.clock.at.AddDate(1, 0, 0))
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
