package service_test

import (
	"slices"
	"testing"
	"time"

	"gatehouse/service"
)

// tokenUnused makes a token for ever and lets time pass.
func (h *house) tokenUnused(login, name string, later time.Duration) func() {
	must(h.CreateToken(h.ctx, h.sys, service.NewToken{User: h.id(login), Name: name}))(h.t)
	h.clock.at = h.clock.at.Add(later)
	return func() { h.endToken(login, name) }
}

func (h *house) endToken(login, name string) {
	h.t.Helper()
	for _, t := range must(h.Tokens(h.ctx, h.sys, h.id(login)))(h.t) {
		if t.Name == name {
			h.ok(h.EndToken(h.ctx, h.sys, t.Digest))
		}
	}
}

// TestCheckupOfTokens: each token that is probably not as somebody wants it is
// named, and no more once it is ended.
func TestCheckupOfTokens(t *testing.T) {
	h := newHouse(t)
	h.superusers("root", "rita")
	for _, tt := range []struct {
		want string
		make func() (end func())
	}{
		{"token.unused forgotten", func() func() { return h.tokenUnused("rita", "forgotten", 31*24*time.Hour) }},
		{"token.ends script", func() func() {
			text := must(h.CreateToken(h.ctx, h.sys, service.NewToken{User: h.id("rita"), Name: "script", Until: h.clock.at.Add(60 * 24 * time.Hour)}))(h.t)
			h.clock.at = h.clock.at.Add(50 * 24 * time.Hour)
			must(h.ByToken(h.ctx, text))(h.t)
			return func() { h.endToken("rita", "script") }
		}},
		{"token.endless all", func() func() { return h.tokenUnused("rita", "all", 0) }},
	} {
		t.Run(tt.want, func(t *testing.T) {
			end := tt.make()
			if got := h.mistakes(h.by("root")); !slices.Contains(got, tt.want) {
				t.Errorf("got %v", got)
			}
			end()
			if got := h.mistakes(h.by("root")); slices.Contains(got, tt.want) {
				t.Errorf("it is ended, and %v", got)
			}
		})
	}
}
