package mailtest_test

import (
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
	"gatehouse/service"
)

// TestLookingAtALetter: a preview shows what the reader could get, and to who
// looks only what he may see: noah may not read comments, eve sees no ticket.
func TestLookingAtALetter(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	q := d.Queues["support"]
	for _, login := range []string{"noah", "eve"} {
		d.User(login, desk.Agent)
		d.Grant(d.Names[login], 0, desk.ShowTemplate)
	}
	d.Grant(d.Names["ann"], 0, desk.ShowTemplate)
	d.Grant(d.Names["noah"], 0, desk.ShowTicket)
	id, err := d.OpenTicket(t.Context(), d.By("carla"), service.NewTicket{Queue: q, Subject: "Toner", Text: "It is empty."})
	if err != nil {
		t.Fatal(err)
	}
	for kind, text := range map[desk.MessageKind]string{desk.Reply: "Shake it.", desk.Comment: "He is a bore."} {
		if _, err := d.Write(t.Context(), mailtest.System(), service.NewMessage{Ticket: id, Kind: kind, Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		why, by, letter string
		toCustomer      bool
		text            string
		has, hasNot     string
	}{
		{"a reply", "ann", "reply", false, "{{ticket.queue}}: {{message.text}}", "support: Shake it.", ""},
		{"to the customer", "ann", "reply", true, "Dear {{reader.name}}, {{message.text}} {{ticket.queue}}", "Dear Carla, Shake it.", "support"},
		{"a comment", "ann", "comment", false, "{{message.text}}", "He is a bore.", ""},
		{"a comment that he may not read", "noah", "comment", false, "Text:\n{{message.text}}", "Text:", "bore"},
		{"nor as one that is sent on", "noah", "forward", false, "Text:\n{{message.text}}", "Text:", "bore"},
		{"an acknowledgement repeats nothing", "ann", "acknowledge", true, "Thanks.\n{{message.text}}", "Thanks.", "empty"},
		{"a new ticket", "ann", "opened", false, "{{actor.name}}: {{message.text}}", "Carla: It is empty.", ""},
		{"resolved", "ann", "resolved", false, "{{event.to}}", "resolved", ""},
		{"a clock", "ann", "clock", false, "{{event.says}}", "The first answer is due by", ""},
		{"opened for somebody", "ann", "opened-for", true, "{{event.says}}", "Ann has opened a ticket for you.", ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got, err := d.PreviewLetter(t.Context(), d.By(tt.by), desk.LetterTemplate{Name: tt.letter, Queue: q, Language: "en", Subject: "Of {{ticket.id}}", Text: tt.text}, id, tt.toCustomer)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(got.Text, tt.has) || tt.hasNot != "" && strings.Contains(got.Text, tt.hasNot) || got.Subject != desk.TagSubject("Of "+id.String(), "Desk", id) {
				t.Errorf("got %q\n%s", got.Subject, got.Text)
			}
		})
	}
	reply := desk.LetterTemplate{Name: "reply", Queue: q, Language: "en", Text: "x"}
	for _, login := range []string{"eve", "carla"} {
		if _, err := d.PreviewLetter(t.Context(), d.By(login), reply, id, false); desk.KindOf(err) != desk.NotFound {
			t.Errorf("%s looks at a letter: %v", login, err)
		}
	}
	if err := d.SaveLetterTemplate(t.Context(), d.By("ann"), reply); desk.KindOf(err) != desk.Forbidden {
		t.Errorf("ann changes a template: %v", err)
	}
}

// TestALetterInOnesOwnWords goes through the post: each reader gets it in his
// language, and what ships where nobody wrote another.
func TestALetterInOnesOwnWords(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	for language, text := range map[string]string{"en": "In short: {{message.text}}", "de": "Kurz: {{message.text}}"} {
		if err := d.SaveLetterTemplate(t.Context(), mailtest.System(), desk.LetterTemplate{Name: "reply", Queue: d.Queues["support"], Language: language, Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	d.Grant(d.Names["abe"], 0, desk.ModifySelf)
	if err := d.SetPreferences(t.Context(), d.By("abe"), service.Preferences{Name: "Abe", Language: "de"}); err != nil {
		t.Fatal(err)
	}
	d.Deliver("support@desk.example", "From: carla@case.example\nSubject: Toner\n\nIt is empty.\n")
	d.MustWork()
	d.Relay.Take()
	if _, err := d.Write(t.Context(), mailtest.System(), service.NewMessage{Ticket: 1, Kind: desk.Reply, Text: "Shake it."}); err != nil {
		t.Fatal(err)
	}
	d.MustWork()
	for _, sent := range d.Relay.Take() {
		want := "In short: Shake it."
		if strings.HasPrefix(sent.To, "abe@") {
			want = "Kurz: Shake it."
		}
		if got := strings.TrimSpace(sent.Letter.Text); got != want {
			t.Errorf("%s got %q", sent.To, got)
		}
	}
}
