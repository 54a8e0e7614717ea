package api_test

import "testing"

// TestLettersAskForRights sends what root may do with letters, mailboxes and
// their rules as an agent and a contact without rights.
func TestLettersAskForRights(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct {
		request string
		body    any
		root    int
	}{
		{"GET /mail", nil, 200},
		{"GET /outbox", nil, 200},
		{"GET /outbox/1", nil, 404},
		{"POST /outbox/1/retry", nil, 404},
		{"GET /spool", nil, 200},
		{"GET /spool/1/letter", nil, 404},
		{"POST /spool/1/retry", nil, 404},
		{"POST /spool/1/ticket", object{"queue": h.inner}, 404},
		{"GET /outbox/1/letter", nil, 404},
		{"GET /paused-addresses", nil, 200},
		{"POST /paused-addresses/gone@else.example/resume", nil, 204},
		{"GET /mail-accounts", nil, 200},
		{"PUT /mail-accounts/office", object{"server": "imap.else.example", "user": "desk", "queue": "support"}, 422},
		{"PUT /mail-accounts/office", object{"server": "imap.else.example:993", "user": "desk", "queue": "support", "password": "Sesame7"}, 204},
		{"POST /mail-accounts/office/test", nil, 503}, // this desk cannot ask any
		{"DELETE /mail-accounts/office", nil, 204},
		{"DELETE /mail-accounts/office", nil, 404},
		{"GET /mail-policy", nil, 200},
		{"PUT /mail-policy", object{"unproven": "hold"}, 204},
	} {
		for login, want := range map[string]int{"gus": 403, "anna": 403} {
			if got := h.ask(login, tt.request, tt.body); got.StatusCode != want {
				t.Errorf("%s as %s: got %d, want %d: %s", tt.request, login, got.StatusCode, want, got.body)
			}
		}
		if got := h.ask("root", tt.request, tt.body); got.StatusCode != tt.root {
			t.Errorf("%s as root: got %d, want %d: %s", tt.request, got.StatusCode, tt.root, got.body)
		}
	}
}
