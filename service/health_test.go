package service_test

import (
	"testing"

	"gatehouse/desk"
)

// TestHealth tells who may look at the settings what waits, and nobody else.
func TestHealth(t *testing.T) {
	h := newSample(t)
	h.agent("eve")
	h.agent("zoe")
	h.grant(h.names["eve"], "ShowConfigTab", desk.OnSystem())
	got := must(h.Health(h.ctx, h.by("eve"), true))(t)
	want := must(h.PostCounts(h.ctx, h.sys))(t)
	if got.Post != want || got.Now.IsZero() || got.Post.Jobs == 0 {
		t.Errorf("got %+v, want %+v", got, want)
	}
	_, err := h.Health(h.ctx, h.by("zoe"), false)
	wantKind(t, err, desk.Forbidden)
}
