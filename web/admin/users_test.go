package admin_test

import (
	"strconv"
	"testing"
)

// TestPasswordsOfUsers: the form of a new account does not speak of a password
// that is kept.
func TestPasswordsOfUsers(t *testing.T) {
	d := newDesk(t)
	wants(t, d.Get("root", "/admin/users/new"), 200, "a link by mail lets them in too", "!to keep it")
	wants(t, d.Get("root", "/admin/users/"+strconv.FormatInt(int64(d.Who["bob"]), 10)), 200, "Leave empty to keep it", "!lets them in too")
}
