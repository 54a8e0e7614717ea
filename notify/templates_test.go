package notify_test

import (
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/desk/template"
	"gatehouse/service"
)

// TestWhichTemplate: the language of the reader decides, then that of the
// queue, then that of the desk; in it the queue's own template, then that for
// every queue, then what ships.
func TestWhichTemplate(t *testing.T) {
	own := func(queue desk.QueueID, language, text string) desk.LetterTemplate {
		return desk.LetterTemplate{Name: "reply", Queue: queue, Language: language, Text: text}
	}
	all := []desk.LetterTemplate{own(0, "en", "All: {{message.text}}"), own(3, "en", "Support: {{message.text}}"), own(4, "de", "Anderswo"), own(3, "fr", "Bonjour {{reader.name}} : {{answer}}"),
		{Name: "comment", Queue: 3, Language: "de", Text: "Nicht dies"}}
	for _, tt := range []struct {
		why       string
		templates []desk.LetterTemplate
		language  string
		usual     []string
		want      string // how the letter begins
	}{
		{"what ships", nil, "", nil, "Ann wrote:\n\nShake it."},
		{"what ships in his language", nil, "de-AT", nil, "Ann schrieb:\n\nShake it."},
		{"the queue's own", all, "", nil, "Support: Shake it."},
		{"that for every queue", all[:1], "en", nil, "All: Shake it."},
		{"not that of another queue", all, "de", nil, "Ann schrieb:"},
		{"a language that does not ship, with the sentences in English", all, "fr", nil, "Bonjour Carla : If you have"},
		{"who has chosen none gets that of the queue", all, "", []string{"de", "en"}, "Ann schrieb:"},
		{"or of the desk", nil, "", []string{"", "de"}, "Ann schrieb:"},
		{"his own goes before", nil, "en", []string{"de", "de"}, "Ann wrote:"},
		{"one in which there is nothing is passed over", nil, "pl", []string{"de", "en"}, "Ann schrieb:"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			n := news()
			n.Queue.ID, n.Templates, n.Usual, n.Languages[carla] = 3, tt.templates, tt.usual, tt.language
			got := only(t, n)
			if !strings.HasPrefix(got.Body, tt.want) || got.Reason != "" {
				t.Errorf("got %q, problem %q", got.Body, got.Reason)
			}
		})
	}
}

// TestATemplateThatIsBrokenStopsNoLetter: what ships is taken, and it is said.
func TestATemplateThatIsBrokenStopsNoLetter(t *testing.T) {
	for _, tt := range []struct{ why, subject, text string }{
		{"a field that there is no more", "", "Hello {{ticket.colour}}"},
		{"brackets that do not end", "", "Hello {{ticket.id"},
		{"a broken subject", "{{ticket.colour}}", "Hello"},
	} {
		n := news()
		n.Templates = []desk.LetterTemplate{{Name: "reply", Language: "en", Subject: tt.subject, Text: tt.text}}
		got := only(t, n)
		if !strings.HasPrefix(got.Body, "Ann wrote:\n\nShake it.") || got.Subject != "Re: [Desk #42] Toner" || !strings.Contains(got.Reason, "broken") {
			t.Errorf("%s: got %q, %q, problem %q", tt.why, got.Subject, got.Body, got.Reason)
		}
	}
}

// TestSubjectsByTemplate: the tag by which answers find the ticket is there,
// whatever the template says.
func TestSubjectsByTemplate(t *testing.T) {
	n := news()
	n.Templates = []desk.LetterTemplate{{Name: "reply", Language: "en", Subject: "News of {{ticket.subject | upper}} in {{ticket.queue}}", Text: "x"}}
	n.Values = map[string]string{"ticket.subject": "Toner", "ticket.queue": "support"}
	if got := only(t, n).Subject; got != "[Desk #42] News of TONER in" {
		t.Errorf("to a contact: %q", got)
	}
	n.Recipients = []service.Recipient{to(ann, desk.LetterReply, desk.Why{Role: desk.Owner, Through: desk.PrincipalID(ann)})}
	if got := only(t, n).Subject; got != "[Desk #42] News of TONER in support" {
		t.Errorf("to an agent: %q", got)
	}
}

// TestNoTemplateTellsAContactOfTheDesk: whatever a template asks, fields of the
// desk are empty for contacts, and an acknowledgement repeats no stranger.
func TestNoTemplateTellsAContactOfTheDesk(t *testing.T) {
	var everything strings.Builder
	for _, f := range template.Fields() {
		everything.WriteString(f.Name + "={{" + f.Name + "}}\n")
	}
	for _, l := range template.Letters() {
		n := news()
		n.Values = map[string]string{"ticket.queue": "VAULT", "ticket.priority": "VAULT", "ticket.requestors": "VAULT", "ticket.customers": "VAULT",
			"ticket.waited": "VAULT", "event.from": "VAULT", "event.to": "VAULT", "rule.name": "VAULT"}
		if l.Name != "rule" { // its sentence names the rule
			n.Rule = &desk.Rule{ID: 1}
		}
		kind := desk.LetterKind(l.Name)
		why := desk.Why{Role: desk.Requestor, Through: desk.PrincipalID(carla)}
		switch l.Name {
		case "forward":
			kind, why, n.Event.Data = desk.LetterComment, desk.Why{OneTime: true}, map[string]string{"forward": "1"}
		case "opened-for":
			kind = desk.LetterAcknowledge
		case "acknowledge":
			n.Actor = service.Name{Text: "Carla"}
		case "rule":
			n.Values["rule.name"] = ""
		}
		n.Recipients = []service.Recipient{to(carla, kind, why)}
		n.Templates = []desk.LetterTemplate{{Name: l.Name, Language: "en", Text: everything.String()}}
		got := only(t, n)
		if !strings.Contains(got.Body, "actor.name=") {
			t.Errorf("%s was not written by its template:\n%s", l.Name, got.Body)
		}
		if strings.Contains(got.Body, "VAULT") || l.Name == "acknowledge" && strings.Contains(got.Body, "Shake it") {
			t.Errorf("%s tells a contact too much:\n%s", l.Name, got.Body)
		}
	}
}

// TestShippedTemplates: each letter ships in each language, and says what
// happened, of which ticket, and why one gets it.
func TestShippedTemplates(t *testing.T) {
	for _, l := range template.Letters() {
		for _, language := range template.Languages() {
			parsed, err := template.Parse(template.Shipped(l.Name, language))
			if err != nil {
				t.Errorf("%s in %s: %v", l.Name, language, err)
				continue
			}
			if names := parsed.Names(); !slices.Contains(names, "ticket.line") || !slices.Contains(names, "ticket.url") || !slices.Contains(names, "why") {
				t.Errorf("%s in %s puts in only %v", l.Name, language, names)
			}
		}
		if template.Shipped(l.Name, "fr") != "" {
			t.Errorf("%s ships in a language that nobody wrote", l.Name)
		}
	}
}
