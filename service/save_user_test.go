package service_test

import (
	"testing"

	"gatehouse/desk"
)

// TestSaveUserIsOneChange: a user and his password are saved together, or
// neither is.
func TestSaveUserIsOneChange(t *testing.T) {
	h := newHouse(t)
	h.reads(desk.Directory{Name: "One", MaxLoss: 100}).sees(entry("ldapper"))
	must(h.CreateUser(h.ctx, h.sys, desk.User{Login: "own", Kind: desk.Contact}))(t)
	user := func(login string) desk.User {
		t.Helper()
		return *must(h.User(h.ctx, h.sys, must(h.userID(login))(t)))(t)
	}
	for _, tt := range []struct {
		why, login string // of whom there is
		change     func(u *desk.User)
		password   string
		want       desk.Kind
		enters     bool // he signs in with the password afterwards
	}{
		{"a password that a directory keeps", "ldapper", func(u *desk.User) { u.Zone = "Europe/Berlin" }, "correct horse", desk.Conflict, false},
		{"his data without a password", "ldapper", func(u *desk.User) { u.Zone = "Europe/Berlin" }, "", 0, false},
		{"a password that is too short", "own", func(u *desk.User) { u.Name = "Otto" }, "short", desk.Invalid, false},
		{"a name that is taken", "own", func(u *desk.User) { u.Login = "LDAPPER" }, "correct horse", desk.Conflict, false},
		{"both", "own", func(u *desk.User) { u.Name = "Otto" }, "correct horse", 0, true},
	} {
		was := user(tt.login)
		next := was
		tt.change(&next)
		id, err := h.SaveUser(h.ctx, h.sys, next, tt.password)
		if desk.KindOf(err) != tt.want {
			t.Errorf("%s: %v", tt.why, err)
		}
		if tt.want != 0 {
			next = was
		}
		if got := user(tt.login); got.Name != next.Name || got.Login != next.Login || got.Zone != next.Zone || err == nil && id != was.ID {
			t.Errorf("%s: saved %+v, want %+v", tt.why, got, next)
		}
		if _, err := h.SignIn(h.ctx, tt.login, "correct horse", "", ""); (err == nil) != tt.enters {
			t.Errorf("%s: signing in: %v", tt.why, err)
		}
	}
}

// TestANewUserWithAPassword: a refused password makes nobody; with a good one
// he signs in, and it is one change in the log that can be looked at as one.
func TestANewUserWithAPassword(t *testing.T) {
	h := newHouse(t)
	if _, err := h.SaveUser(h.ctx, h.sys, desk.User{Login: "nina", Kind: desk.Agent}, "short"); desk.KindOf(err) != desk.Invalid {
		t.Errorf("a short password: %v", err)
	}
	if _, err := h.userID("nina"); desk.KindOf(err) != desk.NotFound {
		t.Errorf("there is somebody after a refusal: %v", err)
	}
	id := must(h.SaveUser(h.ctx, h.sys, desk.User{Login: "nina", Kind: desk.Agent}, "correct horse"))(t)
	if in := must(h.userID("nina"))(t); in != id || id == 0 {
		t.Errorf("made %d, found %d", id, in)
	}
	must(h.SignIn(h.ctx, "nina", "correct horse", "", ""))(t)
	h.agent("tina")
	if _, err := h.SaveUser(h.ctx, h.by("tina"), desk.User{Login: "next", Kind: desk.Agent}, "correct horse"); desk.KindOf(err) != desk.Forbidden {
		t.Errorf("without a right: %v", err)
	}
	for login, right := range map[string]string{"root": "SuperUser", "adm": "AdminUsers"} {
		h.agent(login)
		h.grant(h.names[login], right, desk.OnSystem())
	}
	u := *must(h.User(h.ctx, h.sys, must(h.userID("root"))(t)))(t)
	if _, err := h.SaveUser(h.ctx, h.by("adm"), u, "correct horse"); desk.KindOf(err) != desk.Forbidden {
		t.Errorf("a superuser's password by who is none: %v", err)
	}
}
