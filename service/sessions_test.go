package service_test

import (
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// doorDesk has agnes, who has a password, and nick, who has none.
func doorDesk(t *testing.T) *house {
	h := newHouse(t)
	h.agent("agnes")
	h.agent("nick")
	h.ok(h.SetPassword(h.ctx, h.sys, desk.UserID(h.names["agnes"]), "", "correct horse"))
	return h
}

func TestSignInTellsNothing(t *testing.T) {
	h := doorDesk(t)
	h.ok(h.UpdateUser(h.ctx, h.sys, desk.User{ID: desk.UserID(h.names["nick"]), Login: "nick", Kind: desk.Agent, Disabled: true}))
	texts := map[string]bool{}
	for _, tt := range []struct{ login, password string }{
		{"agnes", "wrong horse"}, {"nobody", "correct horse"}, {"nick", "correct horse"}, {"nick", ""}, {"", ""},
	} {
		_, err := h.SignIn(h.ctx, tt.login, tt.password, "", "192.0.2.1")
		wantKind(t, err, desk.Unauthenticated)
		texts[desk.Sentence(err)] = true
	}
	if len(texts) != 1 {
		t.Errorf("the answers differ: %v", texts)
	}
}

func TestSessionsEnd(t *testing.T) {
	for _, tt := range []struct {
		why string
		end func(h *house, token string)
	}{
		{"by signing out", func(h *house, token string) { h.ok(h.SignOut(h.ctx, token)) }},
		{"after half a day without a request", func(h *house, _ string) { h.clock.at = h.clock.at.Add(service.SessionIdle) }},
		{"with a new password", func(h *house, _ string) {
			h.ok(h.SetPassword(h.ctx, h.sys, desk.UserID(h.names["agnes"]), "", "battery staple"))
		}},
		{"at once when the user is disabled", func(h *house, _ string) {
			h.ok(h.UpdateUser(h.ctx, h.sys, desk.User{ID: desk.UserID(h.names["agnes"]), Login: "agnes", Kind: desk.Agent, Disabled: true}))
		}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h := doorDesk(t)
			token := must(h.SignIn(h.ctx, "AGNES@case.example", "correct horse", "", "192.0.2.1"))(t).Token
			if in := must(h.Resume(h.ctx, token))(t); in.User.Login != "agnes" {
				t.Fatalf("it is the session of %s", in.User.Login)
			}
			tt.end(h, token)
			_, err := h.Resume(h.ctx, token)
			wantKind(t, err, desk.Unauthenticated)
		})
	}
}

func TestGuessingIsSlowedDown(t *testing.T) {
	h := doorDesk(t)
	var last error
	for range 11 {
		_, last = h.SignIn(h.ctx, "agnes", "wrong horse", "", "192.0.2.1")
	}
	wantKind(t, last, desk.TooMany)
	_, err := h.SignIn(h.ctx, "agnes", "correct horse", "", "192.0.2.9")
	wantKind(t, err, desk.TooMany)
	h.clock.at = h.clock.at.Add(10 * time.Minute)
	must(h.SignIn(h.ctx, "agnes", "correct horse", "", "192.0.2.1"))(t)
}

func TestTokensEnd(t *testing.T) {
	h := doorDesk(t)
	until := h.clock.at.Add(time.Hour)
	token := must(h.CreateToken(h.ctx, h.sys, service.NewToken{User: desk.UserID(h.names["agnes"]), Name: "script", Until: until}))(t)
	if in := must(h.ByToken(h.ctx, token))(t); in.Actor.User != desk.UserID(h.names["agnes"]) || in.Actor.Via != desk.ViaAPI {
		t.Errorf("the token is that of %+v", in.Actor)
	}
	_, err := h.ByToken(h.ctx, token+"x")
	wantKind(t, err, desk.Unauthenticated)
	h.clock.at = until
	_, err = h.ByToken(h.ctx, token)
	wantKind(t, err, desk.Unauthenticated)
}

func TestAuditNamesTheUser(t *testing.T) {
	h := doorDesk(t)
	list, _, err := h.AuditLog(h.ctx, h.sys, service.AuditFilter{Limit: 1})
	h.ok(err)
	if list[0].Action != "user.password" || list[0].Object != "user:agnes" || list[0].After != "" {
		t.Errorf("the last line says %s of %s, %q", list[0].Action, list[0].Object, list[0].After)
	}
}
