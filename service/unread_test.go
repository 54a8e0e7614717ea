package service_test

import (
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// TestUnreadOfContacts: what is new to a contact is an answer that he may see and
// has not read; what is internal is never new to him, whatever he was granted, and
// what he wrote himself neither.
func TestUnreadOfContacts(t *testing.T) {
	h, id := newOffice(t)
	unread := func(who string) bool {
		t.Helper()
		page := must(h.OwnTickets(h.ctx, h.by(who), service.TicketFilter{Unread: true, Limit: 9}))(t)
		if len(page.Lines) != 1 {
			t.Fatalf("%s has %d tickets", who, len(page.Lines))
		}
		return page.Lines[0].Unread
	}
	writes := func(who string, kind desk.MessageKind) {
		t.Helper()
		h.clock.at = h.clock.at.Add(time.Minute)
		must(h.Write(h.ctx, h.by(who), service.NewMessage{Ticket: id, Kind: kind, Text: "x"}))(t)
	}
	want := func(why string, new bool) {
		t.Helper()
		if got := unread("rosa"); got != new {
			t.Errorf("%s: new is %v", why, got)
		}
	}
	must(h.ReadTicket(h.ctx, h.by("rosa"), id))(t)
	want("she has read it", false)
	h.grant(h.names["ben"], "CommentOnTicket", desk.OnSystem())
	writes("ben", desk.Comment)
	want("a comment", false)
	h.grant(h.names["rosa"], "ShowTicketComments", desk.OnSystem())
	want("a comment that she could read by a program", false)
	h.grant(h.names["rosa"], "ReplyToTicket", desk.OnSystem())
	writes("rosa", desk.Reply)
	want("her own reply", false)
	writes("ben", desk.Reply)
	want("an answer", true)
	before := must(h.ReadTicket(h.ctx, h.by("rosa"), id))(t)
	want("she reads it", false)
	if again := must(h.ReadTicket(h.ctx, h.by("rosa"), id))(t); again <= before {
		t.Errorf("she had read up to %d, and then up to %d", before, again)
	}
	if page := must(h.OwnTickets(h.ctx, h.by("rosa"), service.TicketFilter{Limit: 9}))(t); page.Lines[0].Unread {
		t.Error("it is marked for who did not ask")
	}
	h.contact("mole")
	_, err := h.ReadTicket(h.ctx, h.by("mole"), id)
	wantKind(t, err, desk.NotFound)
}

// TestOwnLettersSpeakHisLanguage: letters to one person about himself are in his
// language, else in the desk's.
func TestOwnLettersSpeakHisLanguage(t *testing.T) {
	h := newHouse(t)
	h.agent("root")
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	acme := h.customer(desk.Customer{Key: "acme", Name: "Acme"})
	subjects := map[string]string{}
	h.sets(service.SettingLanguage, "de")
	for _, in := range []struct{ login, language string }{{"usual", ""}, {"dora", "de"}, {"emma", "en"}} {
		id := h.user(in.login, desk.Contact)
		h.grant(h.names[in.login], "ModifySelf", desk.OnSystem())
		h.ok(h.SetPreferences(h.ctx, h.by(in.login), service.Preferences{Name: in.login, Language: in.language}))
		h.ok(h.SendSignInLink(h.ctx, in.login+"@case.example", "", "127.0.0.1"))
		h.ok(h.Welcome(h.ctx, h.by("root"), id))
		h.ok(h.Invite(h.ctx, h.by("root"), service.Invitation{Customer: acme, Address: in.login + "@case.example", Part: desk.PartMember}))
		h.ok(h.EndSessionsOf(h.ctx, h.by("root"), id))
		for _, l := range must(h.ClaimLetters(h.ctx, h.sys, 50))(t) {
			if l.To == id {
				subjects[in.login] += l.Subject + "; "
			}
		}
	}
	german := "Anmelden bei Desk; Willkommen bei Desk; Willkommen bei Desk; Ihr Konto bei Desk wurde geändert; "
	english := "Sign in to Desk; Welcome to Desk; Welcome to Desk; Your account at Desk was changed; "
	for login, want := range map[string]string{"usual": german, "dora": german, "emma": english} {
		if subjects[login] != want {
			t.Errorf("%s got %q, want %q", login, subjects[login], want)
		}
	}
}
