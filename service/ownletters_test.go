package service_test

import (
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// TestLettersOfRemindersInBothLanguages: in the language of whoever is reminded,
// with who asked for it and why; what people wrote is put in as it is.
func TestLettersOfRemindersInBothLanguages(t *testing.T) {
	for _, tt := range []struct {
		why, language, maker, note string
		silent                     bool
		subject                    string
		says                       []string
	}{
		{"for oneself", "en", "bob", "Call {page}\nat noon", false, "[Desk #1] Reminder: {maker} {note} burns",
			[]string{"You wanted to be reminded of this ticket.\n\n> Call {page}\n> at noon\n\nhttp://desk.example/agent/tickets/1\n\n-- \n"}},
		{"for oneself in German", "de", "bob", "", true, "[Desk #1] Erinnerung: {maker} {note} burns",
			[]string{"Sie wollten an dieses Ticket erinnert werden, wenn bis jetzt niemand geantwortet hat.\n\nhttp://desk.example/agent/tickets/1\n\n-- \nErledigt"}},
		{"by a colleague", "en", "root", "x", true, "[Desk #1] Reminder: {maker} {note} burns",
			[]string{"Root has you reminded of this ticket if nobody had answered by now.\n\n> x\n"}},
		{"by a colleague in German", "de-AT", "root", "x", false, "[Desk #1] Erinnerung: {maker} {note} burns",
			[]string{"Root lässt Sie an dieses Ticket erinnern.\n\n> x\n"}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h := newSample(t)
			h.grant(h.names["bob"], "ShowTicket ReplyToTicket", desk.OnQueue(h.q))
			subject := "{maker} {note} burns"
			h.ok(h.ChangeTicket(h.ctx, h.sys, service.TicketChange{Ticket: h.ticket, Subject: &subject}))
			h.grant(h.names["bob"], "ModifySelf", desk.OnSystem())
			h.ok(h.SetPreferences(h.ctx, h.by("bob"), service.Preferences{Name: "Bob", Language: tt.language}))
			due := h.Now().Add(time.Hour)
			must(h.SaveReminder(h.ctx, h.by(tt.maker), service.NewReminder{Ticket: h.ticket, User: h.id("bob"), Note: tt.note, Due: due, Silent: tt.silent}))(t)
			h.clock.at = due.Add(time.Minute)
			got := h.remindJobs()
			if len(got) != 1 {
				t.Fatalf("there are %d letters", len(got))
			}
			if subject, _, _ := strings.Cut(got[0], "\n"); subject != "bob@case.example: "+tt.subject {
				t.Errorf("the subject is %q, want %q", subject, tt.subject)
			}
			for _, want := range tt.says {
				if !strings.Contains(got[0], want) {
					t.Errorf("it says %q, want %q", got[0], want)
				}
			}
		})
	}
}

// TestOwnLettersInBothLanguages: each of the letters that the desk writes to
// somebody about himself is in his language and says what it is to say.
func TestOwnLettersInBothLanguages(t *testing.T) {
	h := newSample(t)
	h.grant(h.names["bob"], "ModifySelf", desk.OnSystem())
	for language, want := range map[string][]string{
		"en": {"Your account at Desk was changed\nAll sessions of your account were ended", "by the people who run this desk", "http://desk.example/account\n"},
		"de": {"Ihr Konto bei Desk wurde geändert\nAlle Sitzungen Ihres Kontos wurden beendet", "von denen, die dieses Desk betreiben", "http://desk.example/account\n"},
	} {
		h.ok(h.SetPreferences(h.ctx, h.by("bob"), service.Preferences{Name: "Bob", Language: language}))
		h.ok(h.EndSessionsOf(h.ctx, h.by("root"), h.id("bob")))
		list, _, err := h.Outbox(h.ctx, h.sys, service.OutFilter{})
		h.ok(err)
		found := ""
		for _, out := range list {
			if text := out.Subject + "\n" + out.Body; out.Kind == desk.LetterAccount && strings.HasPrefix(text, want[0]) {
				found = text
			}
		}
		for _, text := range want {
			if !strings.Contains(found, text) {
				t.Errorf("in %s the letter says %q, want %q", language, found, text)
			}
		}
		if strings.ContainsAny(found, "{}") {
			t.Errorf("in %s something was not put in: %s", language, found)
		}
	}
}
