package access_test

import (
	"slices"
	"testing"

	"gatehouse/access"
	"gatehouse/desk"
)

// TestWhatIsRevokedIsNobodysToPassOn: what With takes away, and what it gives
// anew, is so for passing on, too.
func TestWhatIsRevokedIsNobodysToPassOn(t *testing.T) {
	const ann = desk.UserID(101)
	on := desk.OnQueue(1)
	may := desk.Grant{ID: 1, Who: desk.PrincipalID(ann), Right: desk.DelegateRights, Place: desk.OnSystem()}
	owns := desk.Grant{ID: 2, Who: desk.PrincipalID(ann), Right: desk.OwnTicket, Place: on}
	w := &desk.World{Version: 1, Users: []desk.WorldUser{{ID: ann, Kind: desk.Agent}}, Queues: []desk.WorldQueue{{ID: 1}, {ID: 2}},
		Permissions: desk.ShippedPermissions(), Settings: desk.DefaultAccessSettings(), Grants: []desk.Grant{may, owns}}
	before := access.New(w)
	gone := before.With(access.Change{Version: 2, Revoked: []desk.GrantID{owns.ID}})
	owns.Place = desk.OnSystem()
	again := gone.With(access.Change{Version: 3, Granted: []desk.Grant{owns}})
	owns.Place = desk.OnQueue(2)
	moved := before.With(access.Change{Version: 2, Granted: []desk.Grant{owns}}) // the same number, elsewhere
	for _, tt := range []struct {
		why   string
		e     *access.Engine
		holds bool
		onOne bool // of OwnTicket on the first queue alone
	}{{"before", before, true, true}, {"revoked", gone, false, false}, {"granted again", again, true, true}, {"granted elsewhere", moved, true, false}} {
		if got := slices.Contains(tt.e.Delegable(ann), owns.ID); got != tt.holds || tt.e.Holds(ann, owns.ID) != tt.holds {
			t.Errorf("%s: ann may pass it on: %v, want %v", tt.why, got, tt.holds)
		}
		if got := tt.e.Can(ann, desk.OwnTicket, access.Queue(1)); got != tt.onOne {
			t.Errorf("%s: ann may own: %v, want %v", tt.why, got, tt.onOne)
		}
	}
}
