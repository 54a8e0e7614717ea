package notify_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/notify"
	"gatehouse/service"
)

const (
	ann   = desk.UserID(101) // an agent
	carla = desk.UserID(102) // a contact
	acme  = desk.PrincipalID(103)
)

var testDesk = notify.Desk{Name: "Desk", BaseURL: "https://desk.example", Domain: "desk.example"}

// news is of a reply by ann to carla, who stands there through acme.
func news() *service.News {
	names := map[desk.PrincipalID]service.Name{
		desk.PrincipalID(ann): {Text: "Ann", Agent: true}, desk.PrincipalID(carla): {Text: "Carla"}, acme: {Text: "Acme GmbH"}}
	return &service.News{
		Event: desk.Event{ID: 9, Kind: desk.EventMessage, By: ann},
		Ticket: desk.Ticket{ID: 42, Subject: "Toner", Holders: []desk.Holder{
			{Role: desk.Requestor, Who: acme}, {Role: desk.CustomerRole, Who: acme}}},
		Queue:   desk.Queue{Name: "support", Address: "support@desk.example", CommentAddress: "internal@desk.example"},
		Message: &desk.Message{ID: 5, Kind: desk.Reply, Author: ann, Text: "Shake it.\n", Subject: "Toner"},
		Actor:   names[desk.PrincipalID(ann)], ActorAgent: true,
		Recipients: []service.Recipient{to(carla, desk.LetterReply, desk.Why{Role: desk.Requestor, Through: acme})},
		Languages:  map[desk.UserID]string{}, Names: names,
		References: []string{"first@case.example", "ticket-42@desk.example"},
	}
}

func to(user desk.UserID, kind desk.LetterKind, why ...desk.Why) service.Recipient {
	name := service.Name{Text: "Carla"}
	if user == ann {
		name = service.Name{Text: "Ann", Agent: true}
	}
	return service.Recipient{User: user, Address: strings.ToLower(name.Text) + "@case.example", Name: name, Kind: kind, Why: why,
		ReplyTo: "support+42-mac@desk.example"}
}

// only plans the news, which has one recipient.
func only(t *testing.T, n *service.News) desk.Outgoing {
	t.Helper()
	letters := notify.Plan(n, testDesk)
	if len(letters) != 1 {
		t.Fatalf("got %d letters, want 1", len(letters))
	}
	return letters[0]
}

func TestLettersOfClocks(t *testing.T) {
	for _, tt := range []struct {
		kind     desk.EventKind
		language string
		want     string
	}{
		{desk.EventClockWarned, "en", "The first answer is due by Friday, 20 November 2026, 15:00 UTC (agreed: Gold)."},
		{desk.EventClockOverdue, "en", "The first answer was due by Friday, 20 November 2026, 15:00 UTC (agreed: Gold) and is overdue."},
		{desk.EventClockOverdue, "de", "Die erste Antwort war fällig bis 20.11.2026, 15:00 UTC (vereinbart: Gold) und ist überfällig."},
	} {
		n := news()
		n.Message, n.Languages = nil, map[desk.UserID]string{ann: tt.language}
		n.Event = desk.Event{ID: 9, Kind: tt.kind, Data: map[string]string{"clock": "first_response", "agreement": "Gold", "due": "2026-11-20T15:00:00Z"}}
		n.Recipients = []service.Recipient{to(ann, desk.LetterClock, desk.Why{Role: desk.Owner, Through: desk.PrincipalID(ann)})}
		if out := only(t, n); !strings.HasPrefix(out.Body, tt.want) || out.Auto != "auto-generated" {
			t.Errorf("%s: got %q, auto %q", tt.kind, out.Body, out.Auto)
		}
	}
}

func TestPlan(t *testing.T) {
	want := desk.Outgoing{
		Kind: desk.LetterReply, Ticket: 42, Message: 5, Event: 9, To: carla, Address: "carla@case.example",
		Why:      []desk.Why{{Role: desk.Requestor, Through: acme}},
		LetterID: "e9.u102@desk.example", Subject: "Re: [Desk #42] Toner",
		From: desk.MailAddress{Name: "Ann via Desk", Address: "support@desk.example"}, ReplyTo: "support+42-mac@desk.example",
		Refs: []string{"first@case.example", "ticket-42@desk.example"},
		Body: `Ann wrote:

Shake it.

-- 
Ticket #42: Toner
https://desk.example/portal/tickets/42

You get this letter because you belong to Acme GmbH, which is the requestor of this ticket.
`,
	}
	if diff := cmp.Diff(want, only(t, news())); diff != "" {
		t.Errorf("the letter differs (-want +got):\n%s", diff)
	}
}

func TestBodies(t *testing.T) {
	himself := desk.Why{Role: desk.Owner, Through: desk.PrincipalID(ann)}
	for _, tt := range []struct {
		why       string
		recipient service.Recipient
		language  string
		change    func(n *service.News)
		has       []string
		hasNot    []string
	}{
		{"an agent learns whom it is for and gets his own page", to(ann, desk.LetterReply, himself), "", nil,
			[]string{"Ticket #42 in support: Toner\nFor: Acme GmbH\nhttps://desk.example/agent/tickets/42", "because you are the owner of this ticket."}, nil},
		{"a ticket of no company is for its requestors", to(ann, desk.LetterReply, himself), "", func(n *service.News) {
			n.Ticket.Holders = []desk.Holder{{Role: desk.Requestor, Who: desk.PrincipalID(carla)}}
		}, []string{"For: Carla\n"}, nil},
		{"a contact is told of no other company", to(carla, desk.LetterReply, desk.Why{Role: desk.Cc, Through: desk.PrincipalID(carla)}), "", nil,
			[]string{"because you are in Cc of this ticket."}, []string{"Acme", "support"}},
		{"who can rate is asked to", to(carla, desk.LetterResolved, himself), "de", func(n *service.News) {
			n.Rate = map[desk.UserID]string{carla: "https://desk.example/rate/42.9-abc"}
		}, []string{"zufrieden", "https://desk.example/rate/42.9-abc"}, nil},
		{"and in no other letter", to(carla, desk.LetterReply, himself), "", func(n *service.News) {
			n.Rate = map[desk.UserID]string{carla: "https://desk.example/rate/42.9-abc"}
		}, nil, []string{"/rate/"}},
		{"in German", to(carla, desk.LetterReply, desk.Why{Role: desk.Requestor, Through: acme}), "de-AT", nil,
			[]string{"Ann schrieb:\n\nShake it.", "weil Sie zu Acme GmbH gehören und damit Anfragender dieses Tickets sind."}, []string{"You"}},
		{"who asked is told so in words that need no explaining", to(carla, desk.LetterReply, desk.Why{Role: desk.Requestor, Through: desk.PrincipalID(carla)}), "", nil,
			[]string{"because it is your ticket."}, []string{"requestor"}},
		{"in a language that there is not", to(carla, desk.LetterReply, himself), "fr", nil, []string{"Ann wrote:"}, nil},
		{"with several reasons", to(ann, desk.LetterReply, himself, desk.Why{Role: desk.AdminCc, Through: acme, OnQueue: true}, desk.Why{OneTime: true}), "", nil,
			[]string{"because you are the owner of this ticket, and because you belong to Acme GmbH, which is in AdminCc of the queue support, and because you were named for this one message."}, nil},
		{"an acknowledgement repeats no text", to(carla, desk.LetterAcknowledge, himself), "", func(n *service.News) {
			n.Actor, n.ActorAgent, n.Event.By = service.Name{Text: "Carla"}, false, carla
		}, []string{"Thank you for your message.", "just answer this letter"}, []string{"Shake"}},
		{"but what an agent wrote for him", to(carla, desk.LetterAcknowledge, himself), "", nil,
			[]string{"Ann has opened a ticket for you.", "Shake it."}, nil},
		{"a comment says that it is one", to(ann, desk.LetterComment, himself), "", nil, []string{"which customers do not see", "Shake it."}, nil},
		{"an owner", to(ann, desk.LetterOwner, himself), "de", nil, []string{"Ann hat Sie zum Besitzer dieses Tickets gemacht."}, []string{"Shake"}},
		{"resolved", to(carla, desk.LetterResolved, himself), "", nil, []string{"has been resolved", "just answer this letter"}, []string{"Shake"}},
		{"nobody did it", to(ann, desk.LetterOwner, himself), "", func(n *service.News) {
			n.Event.By, n.Actor = 0, service.Name{Text: "nobody"}
		}, []string{"The desk made you the owner"}, []string{"nobody"}},
		{"an address of no user has no page", service.Recipient{Address: "far@away.example", Kind: desk.LetterReply, Why: []desk.Why{{OneTime: true}}}, "", nil,
			[]string{"Shake it."}, []string{"https://"}},
		{"a message of files only", to(carla, desk.LetterReply, himself), "", func(n *service.News) { n.Message.Text = " \n" },
			[]string{"Ann wrote:\n\n-- \n"}, nil},
	} {
		t.Run(tt.why, func(t *testing.T) {
			n := news()
			n.Recipients = []service.Recipient{tt.recipient}
			n.Languages[tt.recipient.User] = tt.language
			if tt.change != nil {
				tt.change(n)
			}
			got := only(t, n).Body
			if missing := slices.DeleteFunc(tt.has, func(part string) bool { return strings.Contains(got, part) }); len(missing) > 0 {
				t.Errorf("missing: %q in\n%s", missing, got)
			}
			if extra := slices.DeleteFunc(tt.hasNot, func(part string) bool { return !strings.Contains(got, part) }); len(extra) > 0 {
				t.Errorf("should not be there: %q in\n%s", extra, got)
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	for _, tt := range []struct {
		why                 string
		kind                desk.LetterKind
		change              func(n *service.News)
		from, subject, auto string
	}{
		{"an agent's reply", desk.LetterReply, func(*service.News) {}, "Ann via Desk <support@desk.example>", "Re: [Desk #42] Toner", ""},
		{"a contact's reply comes from the desk", desk.LetterReply, func(n *service.News) { n.Actor = service.Name{Text: "Carla"} },
			"Desk <support@desk.example>", "Re: [Desk #42] Toner", ""},
		{"a reply keeps its subject", desk.LetterReply, func(n *service.News) { n.Message.Subject = "AW: [Desk #42] Paper" },
			"Ann via Desk <support@desk.example>", "AW: [Desk #42] Paper", ""},
		{"a comment comes from where comments go", desk.LetterComment, func(*service.News) {}, "Ann via Desk <internal@desk.example>", "Re: [Desk #42] Toner", ""},
		{"without such an address, from the queue", desk.LetterComment, func(n *service.News) { n.Queue.CommentAddress = "" },
			"Ann via Desk <support@desk.example>", "Re: [Desk #42] Toner", ""},
		{"a queue without an address", desk.LetterReply, func(n *service.News) { n.Queue.Address = "" },
			"Ann via Desk <desk@desk.example>", "Re: [Desk #42] Toner", ""},
		{"an opening", desk.LetterOpened, func(*service.News) {}, "Ann via Desk <support@desk.example>", "[Desk #42] Toner", ""},
		{"an opening by a program", desk.LetterOpened, func(n *service.News) { n.Machine = true },
			"Ann via Desk <support@desk.example>", "[Desk #42] Toner", "auto-generated"},
		{"an acknowledgement", desk.LetterAcknowledge, func(*service.News) {}, "Desk <support@desk.example>", "[Desk #42] Toner", "auto-replied"},
		{"an owner", desk.LetterOwner, func(*service.News) {}, "Desk <support@desk.example>", "[Desk #42] Toner", "auto-generated"},
		{"resolved", desk.LetterResolved, func(*service.News) {}, "Desk <support@desk.example>", "[Desk #42] Toner", "auto-generated"},
	} {
		n := news()
		n.Recipients[0].Kind = tt.kind
		tt.change(n)
		got := only(t, n)
		if from := got.From.Name + " <" + got.From.Address + ">"; from != tt.from || got.Subject != tt.subject || got.Auto != tt.auto {
			t.Errorf("%s: got %s, %q, %q; want %s, %q, %q", tt.why, from, got.Subject, got.Auto, tt.from, tt.subject, tt.auto)
		}
	}
}

// recipients draws some, each with an address of his own.
func recipients(t *rapid.T) []service.Recipient {
	kinds := []desk.LetterKind{desk.LetterReply, desk.LetterComment, desk.LetterOpened, desk.LetterAcknowledge, desk.LetterResolved, desk.LetterOwner, desk.LetterClock}
	list := make([]service.Recipient, rapid.IntRange(0, 6).Draw(t, "recipients"))
	for i := range list {
		list[i] = service.Recipient{User: desk.UserID(200 + i), Address: strings.Repeat("x", i+1) + ".person@case.example",
			Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Why: []desk.Why{{Role: desk.Cc, Through: acme}}, Hidden: rapid.Bool().Draw(t, "hidden")}
		if rapid.Bool().Draw(t, "no user") {
			list[i].User = 0
		}
	}
	return list
}

// Planning twice gives the same letters; each letter has an id of its own and
// names no other recipient.
func TestPlanIsDeterministicAndDiscreet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := news()
		n.Recipients = recipients(t)
		first, again := notify.Plan(n, testDesk), notify.Plan(n, testDesk)
		if diff := cmp.Diff(first, again); diff != "" {
			t.Errorf("planned again:\n%s", diff)
		}
		var ids []string
		for i, letter := range first {
			ids = append(ids, letter.LetterID)
			if slices.ContainsFunc(n.Recipients, func(r service.Recipient) bool {
				return strings.Contains(letter.Body+letter.Subject+letter.From.Name, r.Address)
			}) {
				t.Errorf("letter %d names a receiver:\n%s", i, letter.Body)
			}
		}
		slices.Sort(ids)
		if len(slices.Compact(ids)) != len(n.Recipients) {
			t.Errorf("got the ids %v for %d recipients", ids, len(n.Recipients))
		}
	})
}

// TestRuleLetters: the letter of a rule says how long the customer waited, and a
// template of its own tells a contact nothing of the desk's.
func TestRuleLetters(t *testing.T) {
	everything := "{{actor.name}} | {{ticket.waited}}\nQueue: {{ticket.queue}}\nFor: {{ticket.customers}}\n{{message.text | quote}}\n{{ticket.url}}\n{{why}}"
	for _, tt := range []struct {
		why, letter string
		to          service.Recipient
		want        string
	}{
		{"a manager", everything, to(ann, desk.LetterReply, desk.Why{Rule: "Hear", Through: acme}),
			"Ann | 3 h\nQueue: support\nFor: Acme GmbH\n> Shake it.\nhttps://desk.example/agent/tickets/42\nYou get this letter because you belong to Acme GmbH, which the rule “Hear” names.\n"},
		{"a contact", everything, to(carla, desk.LetterReply, desk.Why{Rule: "Hear", Through: desk.PrincipalID(carla)}),
			"Ann |\n> Shake it.\nhttps://desk.example/portal/tickets/42\nYou get this letter because the rules of the desk name you.\n"},
		{"a contact of a company that is told", "{{event.says}}\n{{why}}", to(carla, desk.LetterRule, desk.Why{Rule: "Hear", Through: acme}),
			"Something happened to your ticket.\nYou get this letter because you belong to Acme GmbH, which the rules of the desk name.\n"},
		{"one of the desk who is told that a customer waits", "{{waited}}", to(ann, desk.LetterRule, desk.Why{Rule: "Hear", Through: acme}), "The customer has waited for 3 h.\n"},
		{"one of the desk who is told", "{{event.says}}", to(ann, desk.LetterRule, desk.Why{Rule: "Hear", Through: acme}), "Something happened that you are told of: Hear.\n"},
		{"an acknowledgement repeats no stranger", "{{message.text}}\nYours", to(carla, desk.LetterRule, desk.Why{Rule: "Hear"}), "Yours\n"},
		{"the usual letter", "", to(ann, desk.LetterReply, desk.Why{Rule: "Hear", Through: desk.PrincipalID(ann)}),
			"Ann wrote:\n\nShake it.\n\nThe customer had waited 3 h.\n\n-- \nTicket #42 in support: Toner\nFor: Acme GmbH\nhttps://desk.example/agent/tickets/42\n\nYou get this letter because the rule “Hear” names you.\n"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			n := news()
			n.Rule = &desk.Rule{ID: 3, Name: "Hear", Then: desk.RuleActions{Letter: tt.letter}}
			n.Values = map[string]string{"rule.name": "Hear", "actor.name": "Ann", "ticket.waited": "3 h", "ticket.queue": "support", "ticket.customers": "Acme GmbH", "message.text": "Shake it.\n"}
			n.Recipients = []service.Recipient{tt.to}
			got := only(t, n)
			if got.Body != tt.want || !strings.HasPrefix(got.LetterID, "r3.e9.") {
				t.Errorf("%s got\n%s\nwant\n%s", got.LetterID, got.Body, tt.want)
			}
		})
	}
}
