package service_test

import (
	"fmt"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *house) namedSet(name string) service.NamedSetLine {
	h.t.Helper()
	for _, line := range must(h.NamedSets(h.ctx, h.sys))(h.t) {
		if line.Name == name {
			return line
		}
	}
	h.t.Fatalf("there is no permission %s", name)
	return service.NamedSetLine{}
}

// TestAPermissionChangesItsGrants: what a permission holds is what each grant of
// it gives, at once.
func TestAPermissionChangesItsGrants(t *testing.T) {
	h := companies(t)
	h.ok(h.set("al", "a", "ro", false))
	ticket := h.open(service.NewTicket{Queue: h.queue["qa"], Requestors: []desk.PrincipalID{h.names["ann"]}})
	comment := func() bool { return h.allows("al", "CommentOnTicket", ticket) }
	ro := h.namedSet("ro").NamedSet
	if comment() {
		t.Fatal("ro lets one comment")
	}
	ro.Agents |= desk.RightsOf(desk.CommentOnTicket)
	h.ok(h.UpdatePermission(h.ctx, h.sys, ro.Permission))
	if !comment() {
		t.Error("after CommentOnTicket came into ro its holder may not comment")
	}
	ro.Disabled = true
	h.ok(h.UpdatePermission(h.ctx, h.sys, ro.Permission))
	if comment() || h.groups("al", "ro", service.Permitted{}) != "" {
		t.Error("a disabled permission gives something")
	}
	ro.Disabled = false
	h.ok(h.UpdatePermission(h.ctx, h.sys, ro.Permission))
	if !comment() || h.namedSet("ro").Grants != 1 {
		t.Error("enabled again it does not give what it gave")
	}
}

// allows asks whether somebody may do something to a ticket.
func (h *house) allows(login, right string, ticket desk.TicketID) bool {
	h.t.Helper()
	return must(h.Explain(h.ctx, h.sys, login, right, fmt.Sprint("ticket:", ticket)))(h.t).Yes
}

func TestAPermissionOfTheDesksOwn(t *testing.T) {
	h := companies(t)
	triage := service.NamedSet{Permission: desk.Permission{Name: "Triage", Agents: desk.RightsOf(desk.ShowTicket, desk.SetPriority), Contacts: desk.RightsOf(desk.SeeQueue)}, ForContacts: true}
	triage.ID = must(h.SaveNamedSet(h.ctx, h.sys, triage))(t)
	h.ok(h.set("ann", "a", "triage", false))
	if got := h.groups("ann", "triage", service.Permitted{}); got != "a" {
		t.Errorf("ann has triage on %q, want a", got)
	}
	columns := must(h.RelationPage(h.ctx, h.sys, h.of(service.ContactGroups, "ann", false)))(t).Columns
	if got := strings.Join(columns, " "); got != "ro move_into rw Triage" {
		t.Errorf("contacts are offered %q", got)
	}
	triage.Name, triage.ForContacts, triage.ForAgents = "sorting", false, true
	must(h.SaveNamedSet(h.ctx, h.sys, triage))(t)
	if line := h.namedSet("sorting"); line.ForContacts || !line.ForAgents || line.Grants != 1 || line.Shipped {
		t.Errorf("after renaming it is %+v", line)
	}
	triage.Name = "sieve"
	h.ok(h.UpdatePermission(h.ctx, h.sys, triage.Permission))
	if line := h.namedSet("sieve"); line.ForContacts || !line.ForAgents {
		t.Errorf("with only another name it can be chosen elsewhere: %+v", line)
	}
	if err := h.RemovePermission(h.ctx, h.sys, triage.ID); desk.KindOf(err) != desk.Conflict {
		t.Errorf("one that is granted is deleted: %v", err)
	}
	grants, _, err := h.Grants(h.ctx, h.sys, service.GrantFilter{Permission: triage.ID})
	h.ok(err)
	h.ok(h.Revoke(h.ctx, h.sys, grants[0].ID))
	h.ok(h.RemovePermission(h.ctx, h.sys, triage.ID))
	again := must(h.CreatePermission(h.ctx, h.sys, triage.Permission))(t)
	if again <= triage.ID {
		t.Errorf("number %d was given again", again)
	}
}

func TestChangingPermissionsIsRefused(t *testing.T) {
	h := companies(t)
	h.grant(h.names["al"], "ModifyACL", desk.OnSystem())
	h.grant(h.names["bo"], "AdminRoles", desk.OnSystem())
	h.grant(h.names["bo"], "AdminGroup", desk.OnSystem())
	set := func(id desk.PermissionID, name string, agents ...desk.Right) service.NamedSet {
		return service.NamedSet{Permission: desk.Permission{ID: id, Name: name, Agents: desk.RightsOf(agents...)}}
	}
	off := set(desk.RW, "rw", desk.ShowTicket)
	off.Disabled = true
	for _, tt := range []struct {
		why, by string
		in      service.NamedSet
		want    desk.Kind
	}{
		{"by who may grant but administers no groups", "al", set(1, "ro", desk.ShowTicket), desk.Forbidden},
		{"by who administers roles and may grant nothing", "bo", set(1, "ro", desk.DeleteTicket), desk.Forbidden},
		{"with a right of the desk", "", set(1, "ro", desk.AdminUsers), desk.Invalid},
		{"with the right to everything", "", set(1, "ro", desk.SuperUser), desk.Invalid},
		{"with a right of groups", "", set(1, "ro", desk.AdminGroup), desk.Invalid},
		{"one that ships gets another name", "", set(1, "read", desk.ShowTicket), desk.Invalid},
		{"rw is disabled", "", off, desk.Invalid},
		{"one that is not there", "", set(999, "x", desk.ShowTicket), desk.NotFound},
		{"a name of two words", "", set(0, "read it", desk.ShowTicket), desk.Invalid},
		{"a name that is taken", "", set(0, "RO", desk.ShowTicket), desk.Conflict},
	} {
		t.Run(tt.why, func(t *testing.T) {
			by := h.sys
			if tt.by != "" {
				by = h.by(tt.by)
			}
			_, saved := h.SaveNamedSet(h.ctx, by, tt.in)
			plain := h.UpdatePermission(h.ctx, by, tt.in.Permission)
			if tt.in.ID == 0 {
				_, plain = h.CreatePermission(h.ctx, by, tt.in.Permission)
			}
			for _, err := range []error{saved, plain} {
				if desk.KindOf(err) != tt.want || err == nil {
					t.Errorf("got %v, want kind %d", err, tt.want)
				}
			}
		})
	}
	if err := h.RemovePermission(h.ctx, h.sys, 1); desk.KindOf(err) != desk.Conflict {
		t.Errorf("one that ships is deleted: %v", err)
	}
}

// TestOnlyWhatOneHoldsGoesIntoAPermission: where the desk is set so, nobody puts
// a right into a permission, or takes it out, that he does not hold himself.
func TestOnlyWhatOneHoldsGoesIntoAPermission(t *testing.T) {
	h := companies(t)
	for _, right := range []string{"ModifyACL", "AdminGroup", "ShowTicket"} {
		h.grant(h.names["al"], right, desk.OnSystem())
	}
	h.ok(h.SetSetting(h.ctx, h.sys, service.SettingModifyACL, "held"))
	note := h.namedSet("note").NamedSet
	note.Agents |= desk.RightsOf(desk.DeleteTicket)
	if err := h.UpdatePermission(h.ctx, h.by("al"), note.Permission); desk.KindOf(err) != desk.Forbidden {
		t.Errorf("al put DeleteTicket into note: %v", err)
	}
	note.Agents ^= desk.RightsOf(desk.DeleteTicket, desk.ShowTicket)
	h.ok(h.UpdatePermission(h.ctx, h.by("al"), note.Permission))
}

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
	for _, right := range []string{"ModifyACL", "AdminGroup", "SeeQueue"} {
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
