package agent_test

import (
	"strings"
	"testing"

	"gatehouse/desk"
)

// TestSavedViews keeps a list under a name, finds it in the navigation with its
// count, renames it, takes it away and brings it back.
func TestSavedViews(t *testing.T) {
	d := newDesk(t)
	ask(t, d, "bob", "Arm 7 stops")
	list := "/agent/tickets?query=Subject+LIKE+'arm'"
	wants(t, d.Get("ann", list), 200, "Save this list", "Myself", "!Everybody at the desk")
	kept := follow(t, d, "ann", d.Post("ann", "/agent/views", "name", "Arms <b>", "for", "me", "address", "query=Subject+LIKE+%27arm%27&columns=status"))
	wants(t, kept, 200, "Arms &lt;b&gt;", "Arm 7 stops", "Change this view", "The view Arms")
	wants(t, d.Get("tom", "/agent/tickets?view=open"), 200, "!Arms")
	wants(t, d.Post("tom", "/agent/views/1", "name", "Toms", "address", "view=open"), 404)
	wants(t, d.Post("tom", "/agent/views", "name", "All", "for", "desk", "address", "view=open"), 403)
	wants(t, follow(t, d, "ann", d.Post("ann", "/agent/views/1", "name", "My arms", "address", "query=Subject+LIKE+%27arm%27")), 200, "My arms")
	gone := d.Post("ann", "/agent/views/1/remove")
	wants(t, follow(t, d, "ann", gone), 200, "!My arms", "Bring it back", "/agent/views/1/restore")
	wants(t, follow(t, d, "ann", d.Post("ann", "/agent/views/1/restore")), 200, "My arms")
	d.Give(desk.Agents, 0, desk.OnSystem(), "ShowSavedSearches")
	d.Give(d.Who["tom"], 0, desk.OnSystem(), "EditSavedSearches")
	wants(t, follow(t, d, "tom", d.Post("tom", "/agent/views", "name", "All of us", "for", "desk", "address", "query=Subject+LIKE+")), 200, "All of us")
	zoe := d.Get("zoe", "/agent/tickets?view=open")
	wants(t, zoe, 200, "All of us", "!My arms")
	if strings.Contains(zoe.Body.String(), "Arm 7 stops") {
		t.Error("a view shows what one may not see")
	}
}
