package service_test

import (
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// TestAPermissionGivesWhatItContains: at once, to everybody who holds it, and
// nothing of the whole desk.
func TestAPermissionGivesWhatItContains(t *testing.T) {
	h := effectHouse(t)
	queue := desk.OnQueue(h.queue["support"])
	look := desk.Permission{Name: "look", Agents: desk.RightsOf(desk.ShowTicket)}
	look.ID = must(h.CreatePermission(h.ctx, h.sys, look))(t)
	must(h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["team"], Permission: look.ID, Place: queue}))(t)
	may := func(right string) bool { return must(h.Check(h.ctx, h.sys, "agnes", right, "queue:support"))(t) }
	if !may("ShowTicket") || may("SeeQueue") {
		t.Error("it does not give what it contains")
	}
	look.Agents = desk.RightsOf(desk.SeeQueue)
	h.ok(h.UpdatePermission(h.ctx, h.sys, look))
	if may("ShowTicket") || !may("SeeQueue") {
		t.Error("its change is not felt")
	}
	look.Disabled = true
	h.ok(h.UpdatePermission(h.ctx, h.sys, look))
	if may("SeeQueue") {
		t.Error("disabled, it gives something")
	}
	for _, tt := range []struct {
		why  string
		p    desk.Permission
		want desk.Kind
	}{
		{"a name that is in use", desk.Permission{Name: "RW"}, desk.Conflict},
		{"two words", desk.Permission{Name: "look twice"}, desk.Invalid},
		{"the name of a right", desk.Permission{Name: "showticket"}, desk.Invalid},
		{"SuperUser by a detour", desk.Permission{Name: "all", Agents: desk.RightsOf(desk.SuperUser)}, desk.Invalid},
	} {
		if _, err := h.CreatePermission(h.ctx, h.sys, tt.p); desk.KindOf(err) != tt.want {
			t.Errorf("%s: %v", tt.why, err)
		}
	}
	wantKind(t, h.UpdatePermission(h.ctx, h.sys, desk.Permission{ID: 99, Name: "none"}), desk.NotFound)
}

// TestPermissionsHoldWhatTheirMakersHold: where one may grant only what one
// holds, one may put no more into a permission, and take no more out of it.
func TestPermissionsHoldWhatTheirMakersHold(t *testing.T) {
	h := effectHouse(t)
	for _, right := range []string{"ModifyACL", "SeeQueue"} {
		h.grant(h.names["agnes"], right, desk.OnSystem())
	}
	h.ok(h.SetSetting(h.ctx, h.sys, service.SettingModifyACL, "held"))
	by := h.by("agnes")
	must(h.CreatePermission(h.ctx, by, desk.Permission{Name: "see", Contacts: desk.RightsOf(desk.SeeQueue)}))(t)
	_, err := h.CreatePermission(h.ctx, by, desk.Permission{Name: "own", Agents: desk.RightsOf(desk.OwnTicket)})
	wantKind(t, err, desk.Forbidden)
	wantKind(t, h.UpdatePermission(h.ctx, by, desk.Permission{ID: desk.RW, Name: "rw"}), desk.Forbidden)
	_, err = h.CreatePermission(h.ctx, h.by("boss"), desk.Permission{Name: "mine"})
	wantKind(t, err, desk.Forbidden)
}
