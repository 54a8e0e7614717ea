package desk

import "testing"

func permission(t *testing.T, name string) *Permission {
	t.Helper()
	for _, p := range ShippedPermissions() {
		if p.Name == name {
			return &p
		}
	}
	t.Fatalf("there is no permission %s", name)
	return nil
}

func TestWhatCountsAsWhat(t *testing.T) {
	inside := &Permission{ID: 101, Name: "inside", Agents: RightsOf(ShowTicket, OwnTicket), Contacts: RightsOf(ShowTicket)}
	outside := &Permission{ID: 102, Name: "outside", Agents: RightsOf(DeleteTicket)}
	foreign := &Permission{ID: 103, Name: "foreign", Contacts: RightsOf(CommentOnTicket)}
	rw, ro, note, create := permission(t, "rw"), permission(t, "ro"), permission(t, "note"), permission(t, "create")
	for _, tt := range []struct {
		why  string
		p, q *Permission
		want bool
	}{
		{"each counts as itself", ro, ro, true},
		{"rw counts as itself", rw, rw, true},
		{"rw counts as ro", rw, ro, true},
		{"rw counts as what gives contacts nothing", rw, note, true},
		{"rw counts as create", rw, create, true},
		{"ro does not count as rw", ro, rw, false},
		{"ro does not count as note, of which it holds a right", ro, note, false},
		{"note does not count as ro", note, ro, false},
		{"rw counts as one of the desk's own whose rights it has", rw, inside, true},
		{"rw does not count as one that has more for agents", rw, outside, false},
		{"rw does not count as one that has more for contacts", rw, foreign, false},
		{"one of the desk's own counts as itself only", inside, ro, false},
	} {
		if got := tt.p.CountsAs(tt.q); got != tt.want {
			t.Errorf("%s: %s counts as %s: %t, want %t", tt.why, tt.p.Name, tt.q.Name, got, tt.want)
		}
	}
}

func TestWhatReads(t *testing.T) {
	for name, want := range map[string]bool{"ro": true, "rw": false, "create": false, "move_into": false, "note": false, "owner": false, "priority": false} {
		if got := permission(t, name).Reads(); got != want {
			t.Errorf("%s only reads: %t, want %t", name, got, want)
		}
	}
}

func TestShippedPermissionsKeepContactsOut(t *testing.T) {
	inside := RightsOf(ShowTicketComments, CommentOnTicket, ModifyTicket, DeleteTicket, OwnTicket, ReassignTicket)
	for _, p := range ShippedPermissions() {
		if p.Contacts&inside != 0 {
			t.Errorf("%s gives contacts %v", p.Name, (p.Contacts & inside).Names())
		}
		if p.Agents.Has(SuperUser) || p.Agents.Has(AdminUsers) {
			t.Errorf("%s makes administrators", p.Name)
		}
	}
}
