package service_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

// code is what a program with the secret shows now.
func (h *house) code(secret string) string {
	h.t.Helper()
	return must(totp.GenerateCode(secret, h.clock.at))(h.t)
}

// appOf sets codes up for somebody, and returns the secret and the recovery
// codes.
func (h *house) appOf(login string) (string, []string) {
	h.t.Helper()
	setup := must(h.BeginApp(h.ctx, h.by(login)))(h.t)
	codes := must(h.ConfirmApp(h.ctx, h.by(login), setup.Token, h.code(setup.Secret)))(h.t)
	h.clock.at = h.clock.at.Add(time.Minute)
	return setup.Secret, codes
}

// factorDesk has agnes, an agent who may change her account and has a password.
func factorDesk(t *testing.T) *house {
	h := doorDesk(t)
	h.grant(h.names["agnes"], "ModifySelf ManageAuthTokens", desk.OnSystem())
	return h
}

func (h *house) half() *service.Entrance {
	h.t.Helper()
	return must(h.SignIn(h.ctx, "agnes", "correct horse", "", "192.0.2.1"))(h.t)
}

// TestSecondFactorIsAsked: a password alone lets nobody in who has codes, and a
// code counts once.
func TestSecondFactorIsAsked(t *testing.T) {
	h := factorDesk(t)
	secret, recovery := h.appOf("agnes")
	in := h.half()
	if in.Token != "" || !in.App || in.Setup {
		t.Fatalf("the password alone led to %+v", in)
	}
	right := h.code(secret)
	for _, tt := range []struct {
		why, code string
		works     bool
	}{
		{"nothing", "", false},
		{"a wrong code", "000000", false},
		{"the code that the app shows", right[:3] + " " + right[3:], true},
		{"the same code once more", right, false},
		{"a recovery code, typed without care", strings.ToLower(strings.ReplaceAll(recovery[0], "-", " ")), true},
		{"the same recovery code once more", recovery[0], false},
	} {
		if in = h.half(); !in.App {
			t.Fatal("the second factor is not asked for")
		}
		token, err := h.EnterByCode(h.ctx, in.Step, tt.code, "", "192.0.2.1")
		if works := err == nil && token != ""; works != tt.works {
			t.Errorf("%s: got %v", tt.why, err)
		}
		if !tt.works {
			continue
		}
		_, err = h.EnterByCode(h.ctx, in.Step, recovery[9], "", "")
		wantKind(t, err, desk.Unauthenticated)
	}
	h.clock.at = h.clock.at.Add(5 * time.Minute)
	if _, err := h.EnterByCode(h.ctx, in.Step, right, "", ""); err == nil {
		t.Error("an old code works")
	}
	if f := must(h.FactorsOf(h.ctx, h.sys, h.id("agnes")))(t); f.Codes != 9 {
		t.Errorf("%d recovery codes are left, want 9", f.Codes)
	}
}

// TestStepsEnd: the second step waits ten minutes, and codes cannot be guessed.
func TestStepsEnd(t *testing.T) {
	h := factorDesk(t)
	secret, _ := h.appOf("agnes")
	in := h.half()
	h.clock.at = h.clock.at.Add(service.StepLasts + time.Second)
	_, err := h.EnterByCode(h.ctx, in.Step, h.code(secret), "", "")
	wantKind(t, err, desk.Unauthenticated)
	in = h.half()
	for range 12 {
		_, err = h.EnterByCode(h.ctx, in.Step, "000000", "", "")
	}
	wantKind(t, err, desk.TooMany)
	in = h.half() // the password is not what was guessed, but the code stays slow
	_, err = h.EnterByCode(h.ctx, in.Step, h.code(secret), "", "")
	wantKind(t, err, desk.TooMany)
}

// TestSecondFactorIsDemanded: who must have one and has none sets it up before
// he is let in; who demands it has one himself.
func TestSecondFactorIsDemanded(t *testing.T) {
	h := factorDesk(t)
	h.grant(h.names["agnes"], "AdminSettings", desk.OnSystem())
	before := h.half()
	err := h.SetSetting(h.ctx, h.by("agnes"), service.SettingSecondFactor, "agents")
	wantKind(t, err, desk.Invalid)
	h.ok(h.SetSetting(h.ctx, h.by("agnes"), service.SettingSecondFactor, "contacts"))
	if in := h.half(); in.Token == "" {
		t.Error("an agent is asked for what contacts must have")
	}
	h.ok(h.SetSetting(h.ctx, h.sys, service.SettingSecondFactor, "agents contacts"))
	if _, err := h.Resume(h.ctx, before.Token); err == nil {
		t.Error("a session without a second factor goes on")
	}
	in := h.half()
	if in.Token != "" || !in.Setup {
		t.Fatalf("got %+v", in)
	}
	setup := must(h.BeginAppToEnter(h.ctx, in.Step))(t)
	_, _, err = h.ConfirmAppToEnter(h.ctx, in.Step, setup.Token, "000000", desk.Session{})
	wantKind(t, err, desk.Invalid)
	if again := must(h.AppSetupToEnter(h.ctx, in.Step, setup.Token))(t); again.Secret != setup.Secret {
		t.Error("a wrong code makes another secret")
	}
	token, codes, err := h.ConfirmAppToEnter(h.ctx, in.Step, setup.Token, h.code(setup.Secret), desk.Session{})
	h.ok(err)
	if len(codes) != 10 || must(h.Resume(h.ctx, token))(t).User.Login != "agnes" {
		t.Errorf("%d codes", len(codes))
	}
	h.clock.at = h.clock.at.Add(time.Minute)
	wantKind(t, h.RemoveApp(h.ctx, h.by("agnes"), h.code(setup.Secret)), desk.Conflict)
	h.ok(h.SetSetting(h.ctx, h.sys, service.SettingSecondFactor, ""))
	wantKind(t, h.RemoveApp(h.ctx, h.by("agnes"), "000000"), desk.Invalid)
	h.ok(h.RemoveApp(h.ctx, h.by("agnes"), h.code(setup.Secret)))
	if in := h.half(); in.Token == "" {
		t.Error("the code is still asked for")
	}
}

// TestLostFactors: an administrator takes them away, a superuser's only a
// superuser, and their owner learns of it.
func TestLostFactors(t *testing.T) {
	h := factorDesk(t)
	h.agent("admin")
	h.grant(h.names["admin"], "AdminUsers", desk.OnSystem())
	h.appOf("agnes")
	wantKind(t, h.ResetFactors(h.ctx, h.by("agnes"), h.id("agnes")), desk.Forbidden)
	h.grant(h.names["agnes"], "SuperUser", desk.OnSystem())
	wantKind(t, h.ResetFactors(h.ctx, h.by("admin"), h.id("agnes")), desk.Forbidden)
	h.grant(h.names["admin"], "SuperUser", desk.OnSystem())
	h.ok(h.ResetFactors(h.ctx, h.by("admin"), h.id("agnes")))
	if in := h.half(); in.Token == "" {
		t.Error("the code is still asked for")
	}
	list, _, err := h.AuditLog(h.ctx, h.sys, service.AuditFilter{Limit: 2})
	h.ok(err)
	if list[1].Action != "factor.reset" || list[1].By != h.id("admin") {
		t.Errorf("the audit log says %+v", list[1])
	}
	letters := must(h.ClaimLetters(h.ctx, h.sys, 50))(t)
	last := letters[len(letters)-1]
	if last.Kind != desk.LetterAccount || last.To != h.id("agnes") || !strings.Contains(last.Body, "by the people who run this desk") {
		t.Errorf("the last letter is %+v", last)
	}
}

// TestTheFirstPasswordAlarmsNobody: the letter that a password was changed is
// for who has had an account before.
func TestTheFirstPasswordAlarmsNobody(t *testing.T) {
	h := newHouse(t)
	h.agent("admin")
	h.grant(h.names["admin"], "AdminUsers", desk.OnSystem())
	u := desk.User{Login: "newt", Name: "Newt", Kind: desk.Agent, Addresses: []string{"newt@desk.example"}}
	id := must(h.CreateUser(h.ctx, h.by("admin"), u))(t)
	letters := func() (n int) {
		for _, l := range must(h.ClaimLetters(h.ctx, h.sys, 50))(t) {
			if l.Kind == desk.LetterAccount && l.To == id {
				n++
			}
		}
		return n
	}
	h.ok(h.SetPassword(h.ctx, h.by("admin"), id, "", "correct horse"))
	if n := letters(); n != 0 {
		t.Errorf("%d letters about the first password of a new account", n)
	}
	h.ok(h.SetPassword(h.ctx, h.by("admin"), id, "", "battery staple"))
	if n := letters(); n != 1 {
		t.Errorf("%d letters about another password", n)
	}
}

// TestOwnSessions: one sees and ends one's own, and a new password ends all
// others.
func TestOwnSessions(t *testing.T) {
	h := factorDesk(t)
	h.agent("eve")
	a, b, c := h.half().Token, h.half().Token, h.half().Token
	if list := must(h.Account(h.ctx, h.by("agnes")))(t).Sessions; len(list) != 3 || list[0].Way != "password" {
		t.Fatalf("got %+v", list)
	}
	wantKind(t, h.EndSession(h.ctx, h.by("eve"), service.SessionName(a)), desk.NotFound)
	h.ok(h.EndSession(h.ctx, h.by("agnes"), service.SessionName(a)))
	err := h.ChangePassword(h.ctx, h.by("agnes"), service.PasswordChange{Old: "wrong", New: "battery staple", Keep: b})
	wantKind(t, err, desk.Invalid)
	h.ok(h.ChangePassword(h.ctx, h.by("agnes"), service.PasswordChange{Old: "correct horse", New: "battery staple", Keep: b}))
	for token, want := range map[string]bool{a: false, b: true, c: false} {
		if _, err := h.Resume(h.ctx, token); (err == nil) != want {
			t.Errorf("got %v, want it to go on: %v", err, want)
		}
	}
}

// TestGuessedPasswords: what is tried first is refused, whoever sets it, and one's
// own names where one sets it oneself.
func TestGuessedPasswords(t *testing.T) {
	h := factorDesk(t)
	wantKind(t, h.SetPassword(h.ctx, h.sys, h.id("agnes"), "", "Passw0rd!"), desk.Invalid)
	for _, password := range []string{"password1", "agnes1234", "short"} {
		err := h.ChangePassword(h.ctx, h.by("agnes"), service.PasswordChange{Old: "correct horse", New: password})
		wantKind(t, err, desk.Invalid)
	}
	h.ok(h.ChangePassword(h.ctx, h.by("agnes"), service.PasswordChange{Old: "correct horse", New: "agnes and her horse"}))
}

// TestNewPasswordByLink: the session of a link or passkey needs no old password
// for half an hour, that of a password does, and nobody's session serves another.
func TestNewPasswordByLink(t *testing.T) {
	h := factorDesk(t)
	h.agent("eve")
	h.grant(h.names["eve"], "ModifySelf", desk.OnSystem())
	h.ok(h.SetPassword(h.ctx, h.sys, h.id("eve"), "", "eve has one too"))
	n := 0
	session := func(way string) string {
		n++
		token := fmt.Sprint("session ", n, " by ", way)
		h.ok(h.store.Do(h.ctx, func(tx *store.Tx) error {
			return tx.InsertSession(h.ctx, &desk.Session{Digest: service.SessionName(token), User: h.id("agnes"), Way: way, Created: h.clock.at, Seen: h.clock.at})
		}))
		return token
	}
	change := func(login, keep string) error {
		return h.ChangePassword(h.ctx, h.by(login), service.PasswordChange{New: "battery staple", Keep: keep})
	}
	byPassword, byLink := session("password"), session("link")
	wantKind(t, change("agnes", ""), desk.Invalid)
	wantKind(t, change("agnes", byPassword), desk.Invalid)
	wantKind(t, change("eve", byLink), desk.Invalid)
	a := must(h.Account(h.ctx, h.by("agnes")))(t)
	if !a.NeedsOld(byPassword, h.clock.at) || a.NeedsOld(byLink, h.clock.at) || !a.NeedsOld("", h.clock.at) {
		t.Error("the account says otherwise who needs the old password")
	}
	h.ok(change("agnes", byLink))
	h.ok(change("agnes", session("passkey")))
	late := session("link")
	h.clock.at = h.clock.at.Add(31 * time.Minute)
	wantKind(t, change("agnes", late), desk.Invalid)
}

// TestTokensLook: a token that may only look changes nothing, no token changes
// an account, and each is its owner's to end.
func TestTokensLook(t *testing.T) {
	h := factorDesk(t)
	h.agent("eve")
	h.grant(h.names["eve"], "ManageAuthTokens", desk.OnSystem())
	text := must(h.CreateToken(h.ctx, h.by("agnes"), service.NewToken{User: h.id("agnes"), Name: "look", Limits: desk.Limits{Looks: true}}))(t)
	in := must(h.ByToken(h.ctx, text))(t)
	must(h.Account(h.ctx, in.Actor))(t)
	_, err := h.CreateToken(h.ctx, in.Actor, service.NewToken{User: h.id("agnes"), Name: "more"})
	wantKind(t, err, desk.Forbidden)
	full := must(h.CreateToken(h.ctx, h.by("agnes"), service.NewToken{User: h.id("agnes"), Name: "full", Until: h.clock.at.Add(time.Hour)}))(t)
	_, err = h.BeginApp(h.ctx, must(h.ByToken(h.ctx, full))(t).Actor)
	wantKind(t, err, desk.Forbidden)
	list := must(h.Tokens(h.ctx, h.by("agnes"), h.id("agnes")))(t)
	if len(list) != 2 || list[0].LastUsed.IsZero() {
		t.Fatalf("got %+v", list)
	}
	_, err = h.Tokens(h.ctx, h.by("eve"), h.id("agnes"))
	wantKind(t, err, desk.Forbidden)
	wantKind(t, h.EndToken(h.ctx, h.by("eve"), list[0].Digest), desk.NotFound)
	h.ok(h.EndToken(h.ctx, h.by("agnes"), list[0].Digest))
}

// TestSealedSecretsStayApart: what is sealed does not open with another key or
// in another place.
func TestSealedSecretsStayApart(t *testing.T) {
	h := factorDesk(t)
	secret, recovery := h.appOf("agnes")
	other := service.New(h.store, service.Options{Now: h.clock.now, Key: []byte("another key of at least 32 signs")})
	in, err := other.SignIn(h.ctx, "agnes", "correct horse", "", "")
	h.ok(err)
	_, err = other.EnterByCode(h.ctx, in.Step, h.code(secret), "", "")
	wantKind(t, err, desk.Invalid)
	if _, err = other.EnterByCode(h.ctx, in.Step, recovery[0], "", ""); err != nil {
		t.Errorf("a recovery code needs no key, got %v", err)
	}
}
