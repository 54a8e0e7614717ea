package service_test

import (
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// TestVerifyMissesTheKey: a desk that was restored without the key that sealed
// its secrets is told which of them do not open, and is well once it has it.
func TestVerifyMissesTheKey(t *testing.T) {
	h := newHouse(t)
	verify := func(key string) (looked int64, faults []string, clean bool) {
		t.Helper()
		h.Service = service.New(h.store, service.Options{Name: "Desk", Now: h.clock.now, Key: []byte(key)})
		found := must(h.Verify(h.ctx, h.sys))(t)
		at := slices.IndexFunc(found.Checks, func(c service.Check) bool { return c.Name == "secrets" })
		return found.Checks[at].Looked, found.Checks[at].Faults, found.Clean()
	}
	if looked, faults, clean := verify("old"); looked != 0 || len(faults) != 0 || !clean {
		t.Errorf("without secrets: %d, %q, %v", looked, faults, clean)
	}
	h.agent("ann")
	h.grant(h.names["ann"], "ModifySelf", desk.OnSystem())
	h.appOf("ann")
	h.ok(h.SaveMailRelay(h.ctx, h.sys, desk.MailRelay{Name: "out", Server: "mail.example.org:587", Security: "starttls", User: "desk", Password: "s3cret"}))
	h.ok(h.SaveMailRelay(h.ctx, h.sys, desk.MailRelay{Name: "open", Server: "mail.example.org:25", Security: "starttls"}))
	if looked, faults, clean := verify("old"); looked != 2 || len(faults) != 0 || !clean {
		t.Errorf("with its key: %d, %q, %v", looked, faults, clean)
	}
	looked, faults, clean := verify("new")
	if said := strings.Join(faults, "\n"); looked != 2 || len(faults) != 2 || clean || !strings.Contains(said, "the relay out does not open") || !strings.Contains(said, "second factor of ann") || strings.Contains(said, "s3cret") {
		t.Errorf("with another one: %d, %q, %v", looked, faults, clean)
	}
	if _, faults, clean := verify("old"); len(faults) != 0 || !clean {
		t.Errorf("with its key again: %q, %v", faults, clean)
	}
}
