package service_test

import (
	"errors"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

// stored returns the mailboxes and relays as they lie in the database.
func stored(h *house) (boxes []desk.MailAccount, relays []desk.MailRelay) {
	h.ok(h.store.View(h.ctx, func(tx *store.Tx) error {
		var err error
		if boxes, err = tx.MailAccounts(h.ctx); err != nil {
			return err
		}
		relays, err = tx.MailRelays(h.ctx)
		return err
	}))
	return boxes, relays
}

// TestSecretsOfThePostAreSealed: the database holds no password of a mailbox or
// relay, what an earlier version stored is sealed too, and only the system gets
// them back.
func TestSecretsOfThePostAreSealed(t *testing.T) {
	h := newHouse(t)
	h.makeQueue(desk.Queue{Name: "support"})
	h.agent("mia")
	h.grant(h.names["mia"], "AdminMail SeeQueue", desk.OnSystem())
	old := desk.MailAccount{Name: "Old", Server: "imap.x.example:993", Security: "tls", User: "old", Queue: "support", Password: "Sesame1", ClientSecret: "Sesame2", RefreshToken: "v1:Sesame3"}
	h.ok(h.store.Do(h.ctx, func(tx *store.Tx) error { return tx.SaveMailAccount(h.ctx, &old) }))
	fresh := desk.MailAccount{Name: "New", Server: "imap.x.example:993", User: "new", Queue: "support", Password: "Sesame4"}
	h.ok(h.SaveMailAccount(h.ctx, h.by("mia"), fresh))
	h.ok(h.SaveMailRelay(h.ctx, h.by("mia"), desk.MailRelay{Name: "Out", Server: "mail.x.example:587", User: "out", Password: "Sesame5"}))
	if got := must(h.SealStored(h.ctx, h.sys))(t); got != 1 {
		t.Errorf("sealed %d, want the old one", got)
	}
	if got := must(h.SealStored(h.ctx, h.sys))(t); got != 0 {
		t.Errorf("sealed %d once more", got)
	}
	boxes, relays := stored(h)
	for _, a := range boxes {
		if text := a.Password + a.ClientSecret + a.RefreshToken; strings.Contains(text, "Sesame") || !a.Sealed {
			t.Errorf("%s lies there as %q", a.Name, text)
		}
	}
	if strings.Contains(relays[0].Password, "Sesame") || !relays[0].Sealed {
		t.Errorf("the relay's lies there as %q", relays[0].Password)
	}
	open := must(h.MailAccounts(h.ctx, h.sys))(t)
	if a := open[1]; open[0].Password != "Sesame4" || a.Password != "Sesame1" || a.ClientSecret != "Sesame2" || a.RefreshToken != "v1:Sesame3" {
		t.Errorf("the system gets %+v", open)
	}
	if got := must(h.MailRelays(h.ctx, h.sys))(t)[0].Password; got != "Sesame5" {
		t.Errorf("the system gets the password %q of the relay", got)
	}
	if got := must(h.MailRelays(h.ctx, h.by("mia")))(t)[0].Password; got != "" {
		t.Errorf("mia is shown the password %q", got)
	}
	fresh.Minutes, fresh.Password = 7, "" // not typed again
	h.ok(h.SaveMailAccount(h.ctx, h.by("mia"), fresh))
	if must(h.MailAccounts(h.ctx, h.sys))(t)[0].Password != "Sesame4" {
		t.Error("the password did not stay")
	}
}

// TestAddressesOfMailServers: a server that cannot be one is refused where it is
// typed, for letters that come and for those that go.
func TestAddressesOfMailServers(t *testing.T) {
	h := newHouse(t)
	h.makeQueue(desk.Queue{Name: "support"})
	for _, row := range []struct{ server, security, wrong string }{
		{"mail.x.example:587", "starttls", ""},
		{"[2001:db8::25]:65535", "tls", ""},
		{"127.0.0.1:25", "off", ""},
		{"mail.x.example:25", "off", "security"},
		{"mail.x.example:25", "ssl", "security"},
		{"mail.x.example", "tls", "server"},
		{":25", "tls", "server"},
		{"mail.x.example:0", "tls", "server"},
		{"mail.x.example:65536", "tls", "server"},
		{"mail.x.example:smtp", "tls", "server"},
		{"mail.x.example:-25", "tls", "server"},
	} {
		out := h.SaveMailRelay(h.ctx, h.sys, desk.MailRelay{Name: "out", Server: row.server, Security: row.security})
		in := h.SaveMailAccount(h.ctx, h.sys, desk.MailAccount{Name: "in", Server: row.server, Security: row.security, User: "u", Queue: "support"})
		for _, err := range []error{out, in} {
			var e *desk.Error
			errors.As(err, &e)
			switch {
			case row.wrong == "" && err != nil:
				t.Errorf("%s %s: %v", row.server, row.security, err)
			case row.wrong != "" && (e == nil || len(e.Fields) != 1 || e.Fields[row.wrong] == ""):
				t.Errorf("%s %s: %v, want what is wrong with the %s alone", row.server, row.security, err, row.wrong)
			}
		}
	}
}

// TestASecretOfAnotherKey: what does not open is not used, says why, and stops
// nothing else.
func TestASecretOfAnotherKey(t *testing.T) {
	h := newHouse(t)
	h.makeQueue(desk.Queue{Name: "support"})
	for _, name := range []string{"a", "b"} {
		h.ok(h.SaveMailAccount(h.ctx, h.sys, desk.MailAccount{Name: name, Server: "imap.x.example:993", User: "u", Queue: "support", Password: "Sesame"}))
		h.ok(h.SaveMailRelay(h.ctx, h.sys, desk.MailRelay{Name: name, Server: "mail.x.example:587", User: "u", Password: "Sesame"}))
	}
	other := service.New(h.store, service.Options{Now: h.clock.now, Key: []byte(strings.Repeat("k", 32))})
	h.ok(other.SaveMailAccount(h.ctx, h.sys, desk.MailAccount{Name: "b", Server: "imap.x.example:993", User: "u", Queue: "support", Password: "Open"}))
	boxes := must(other.MailAccounts(h.ctx, h.sys))(t)
	if boxes[0].Password != "" || !boxes[0].Disabled || !strings.Contains(boxes[0].Said, "another key") || boxes[1].Password != "Open" || boxes[1].Disabled {
		t.Errorf("got %+v", boxes)
	}
	relays := must(other.MailRelays(h.ctx, h.sys))(t)
	if relays[0].Password != "" || !relays[0].Disabled || !strings.Contains(relays[0].Said, "another key") {
		t.Errorf("got %+v", relays)
	}
}

// TestRelaysThatAreRefused says what is wrong with a relay, by field; a password
// never goes to another server than it was given for.
func TestRelaysThatAreRefused(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct {
		in    desk.MailRelay
		field string
	}{
		{desk.MailRelay{Name: "x", Server: "mail.x.example"}, "server"},
		{desk.MailRelay{Name: "x", Server: ":25"}, "server"},
		{desk.MailRelay{Name: "x", Server: "mail.x.example:25", Security: "off"}, "security"},
		{desk.MailRelay{Name: "x", Server: "mail.x.example:25", Security: "ssl"}, "security"},
		{desk.MailRelay{Name: "x", Server: "mail.x.example:25", User: "a\nb"}, "user"},
		{desk.MailRelay{Name: "x", Server: "mail.x.example:25", Place: -1}, "place"},
	} {
		if err := h.SaveMailRelay(h.ctx, h.sys, tt.in); desk.FieldTexts(err)[tt.field] == "" {
			t.Errorf("%+v: got %v", tt.in, err)
		}
	}
	h.ok(h.SaveMailRelay(h.ctx, h.sys, desk.MailRelay{Name: "x", Server: "mail.x.example:25", User: "u", Password: "Sesame"}))
	h.ok(h.SaveMailRelay(h.ctx, h.sys, desk.MailRelay{Name: "X", Server: "evil.example:25", User: "u"}))
	if got := must(h.MailRelays(h.ctx, h.sys))(t); len(got) != 1 || got[0].Password != "" {
		t.Errorf("the password went along: %+v", got)
	}
}
