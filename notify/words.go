package notify

import (
	"strings"

	"gatehouse/desk"
)

// words are the sentences of letters in one language.
type words struct {
	language string // of the templates that ship

	nobody string // who did what nobody did

	ruled        string // with a rule's name
	waited       string // how long the customer has been waiting
	hadWaited    string // how long he had, to whom somebody answered
	ruledOutside string // to who is not of the desk, and is not told names of rules

	decided map[string]string // what came of an approval, with who did it

	clockWarned, clockOverdue string            // which clock, due, agreement
	clocks                    map[string]string // by name: what is due
	moment                    string            // layout of a moment

	answer, rate     string // what he can do
	ticket, ticketIn string
	forWhom          string

	because, andBecause, oneTime   string
	yours                          string // to who asked and is not of the desk
	himself, through               string // reasons, with role and place
	ruleHimself, ruleThrough       string // reasons of rules, with whom and the rule
	unnamedHimself, unnamedThrough string // the same without the rule
	onTicket, onQueue              string
	roles                          map[desk.RoleID]string
}

// wordsOf returns the words of a language such as "de" or "de-AT"; English
// where there are none.
func wordsOf(language string) words {
	if strings.HasPrefix(strings.ToLower(language), "de") {
		return german
	}
	return english
}

var english = words{
	language:     "en",
	nobody:       "The desk",
	waited:       "The customer has waited for %s.",
	hadWaited:    "The customer had waited %s.",
	ruled:        "Something happened that you are told of: %s.",
	ruledOutside: "Something happened to your ticket.",
	clockWarned:  "%s is due by %s (agreed: %s).",
	clockOverdue: "%s was due by %s (agreed: %s) and is overdue.",
	clocks:       map[string]string{"first_response": "The first answer", "update": "An answer to the customer", "resolution": "The end of this ticket"},
	decided: map[string]string{"granted": "%s granted what you asked for.", "refused": "%s refused what you asked for.",
		"withdrawn": "%s withdrew this; nothing is to be decided any more.", "": "%s decided on it."},
	moment:         "Monday, 2 January 2006, 15:04 MST",
	answer:         "If you have something to add, just answer this letter.",
	rate:           "Are you content with how it was solved? Tell us with one click; you need not sign in:",
	ticket:         "Ticket %s: %s",
	ticketIn:       "Ticket %s in %s: %s",
	forWhom:        "For: ",
	because:        "You get this letter because ",
	andBecause:     ", and because ",
	oneTime:        "you were named for this one message",
	yours:          "it is your ticket",
	himself:        "you are %s %s",
	through:        "you belong to %s, which is %s %s",
	ruleHimself:    "the rule “%s” names you",
	ruleThrough:    "you belong to %s, which the rule “%s” names",
	unnamedHimself: "the rules of the desk name you",
	unnamedThrough: "you belong to %s, which the rules of the desk name",
	onTicket:       "of this ticket",
	onQueue:        "of the queue %s",
	roles: map[desk.RoleID]string{desk.Requestor: "the requestor", desk.Cc: "in Cc", desk.AdminCc: "in AdminCc",
		desk.Owner: "the owner", desk.CustomerRole: "the customer"},
}

var german = words{
	language:     "de",
	nobody:       "Der Service-Desk",
	waited:       "Der Kunde wartet seit %s.",
	hadWaited:    "Der Kunde hatte %s gewartet.",
	ruled:        "Es ist etwas geschehen, wovon Sie erfahren sollen: %s.",
	ruledOutside: "Bei Ihrem Ticket hat sich etwas getan.",
	clockWarned:  "%s ist fällig bis %s (vereinbart: %s).",
	clockOverdue: "%s war fällig bis %s (vereinbart: %s) und ist überfällig.",
	clocks:       map[string]string{"first_response": "Die erste Antwort", "update": "Eine Antwort an den Kunden", "resolution": "Der Abschluss dieses Tickets"},
	decided: map[string]string{"granted": "%s hat genehmigt, worum gebeten wurde.", "refused": "%s hat abgelehnt, worum gebeten wurde.",
		"withdrawn": "%s hat dies zurückgezogen; es ist nichts mehr zu entscheiden.", "": "%s hat darüber entschieden."},
	moment:         "02.01.2006, 15:04 MST",
	answer:         "Wenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.",
	rate:           "Sind Sie mit der Lösung zufrieden? Sagen Sie es uns mit einem Klick; anmelden müssen Sie sich nicht:",
	ticket:         "Ticket %s: %s",
	ticketIn:       "Ticket %s in %s: %s",
	forWhom:        "Für: ",
	because:        "Sie erhalten diese Nachricht, weil ",
	andBecause:     ", und weil ",
	oneTime:        "Sie für diese eine Nachricht angegeben wurden",
	yours:          "es Ihr Ticket ist",
	himself:        "Sie %s %s sind",
	through:        "Sie zu %s gehören und damit %s %s sind",
	ruleHimself:    "die Regel „%s“ Sie nennt",
	ruleThrough:    "Sie zu %s gehören, was die Regel „%s“ nennt",
	unnamedHimself: "die Regeln des Service-Desks Sie nennen",
	unnamedThrough: "Sie zu %s gehören, was die Regeln des Service-Desks nennen",
	onTicket:       "dieses Tickets",
	onQueue:        "der Queue %s",
	roles: map[desk.RoleID]string{desk.Requestor: "Anfragender", desk.Cc: "im Cc", desk.AdminCc: "im AdminCc",
		desk.Owner: "Besitzer", desk.CustomerRole: "Kunde"},
}
