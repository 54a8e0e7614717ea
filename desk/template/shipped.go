package template

import (
	"slices"
	"strings"
)

// A Letter is one of the letters that the desk writes by itself.
type Letter struct {
	Name string
	Help string // who gets it and when, in English
}

// Letters lists the letters that have a template, in the order in which they
// are explained.
func Letters() []Letter {
	return []Letter{
		{"acknowledge", "To who opened a ticket: it came in."},
		{"opened-for", "To whom somebody at the desk opened a ticket for."},
		{"opened", "To the others on a ticket: it was opened."},
		{"reply", "What somebody answered on a ticket."},
		{"comment", "What somebody noted for the desk only."},
		{"forward", "To an address to which a message is sent on."},
		{"owner", "To who became the owner of a ticket."},
		{"resolved", "To the requestors: the ticket is resolved."},
		{"clock", "A clock of an agreement is due soon, or overdue."},
		{"approval", "To whom somebody asks for his approval."},
		{"decided", "To who asked for an approval: it was granted, refused or withdrawn."},
		{"rule", "What a rule tells that has no letter of its own."},
	}
}

// IsLetter reports whether there is a letter of that name.
func IsLetter(name string) bool {
	return slices.ContainsFunc(Letters(), func(l Letter) bool { return l.Name == name })
}

// Languages lists the languages in which letters ship.
func Languages() []string { return []string{"en", "de"} }

// Base returns the language that a tag such as de-AT is of, in small letters.
func Base(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
	return base
}

// Shipped returns the template with which a letter ships; empty where there is
// none of that name in that language.
func Shipped(name, language string) string {
	says := Says(name, language)
	if says == "" {
		return ""
	}
	text := says + "\n"
	switch name {
	case "opened", "reply", "comment":
		text += "\n{{message.text}}\n\n{{waited}}\n"
	case "approval":
		text += "\n{{message.text}}\n\n" + map[string]string{
			"en": "Grant or refuse it with a word on this page. Answering this letter asks back; it decides nothing:",
			"de": "Genehmigen Sie es oder lehnen Sie es mit einem Wort auf dieser Seite ab. Eine Antwort auf diese Nachricht fragt nach; sie entscheidet nichts:",
		}[language] + "\n{{ticket.url}}\n"
	case "decided":
		text += "\n{{message.text}}\n"
	case "opened-for":
		text += "\n{{message.text}}\n\n{{answer}}\n"
	case "forward":
		text += "\n{{message.text}}\n"
	case "acknowledge":
		text += "\n{{answer}}\n"
	case "resolved":
		text += "\n{{answer}}\n\n{{rate}}\n"
	case "rule":
		text += "\n{{waited}}\n"
	}
	return text + "\n--\n{{ticket.line}}\n{{ticket.for}}\n{{ticket.url}}\n\n{{why}}\n"
}

// Says returns the sentence by which a letter begins: what happened. Of clocks,
// rules and decisions it is put in whole, since it is made of more than fields.
func Says(name, language string) string {
	if name == "clock" || name == "rule" || name == "decided" {
		if slices.Contains(Languages(), language) {
			return "{{event.says}}"
		}
		return ""
	}
	switch language {
	case "en":
		return map[string]string{
			"acknowledge": "Thank you for your message. We have opened a ticket for it and will get back to you.",
			"opened-for":  `{{actor.name | default "The desk"}} has opened a ticket for you.`,
			"opened":      `{{actor.name | default "The desk"}} opened a ticket:`,
			"approval":    `{{actor.name | default "The desk"}} asks for your approval:`,
			"reply":       `{{actor.name | default "The desk"}} wrote:`,
			"comment":     `{{actor.name | default "The desk"}} left a comment, which customers do not see:`,
			"forward":     `{{actor.name | default "The desk"}} sends this on to you:`,
			"owner":       `{{actor.name | default "The desk"}} made you the owner of this ticket.`,
			"resolved":    "Your ticket has been resolved.",
		}[name]
	case "de":
		return map[string]string{
			"acknowledge": "Vielen Dank für Ihre Nachricht. Wir haben dafür ein Ticket eröffnet und melden uns bei Ihnen.",
			"opened-for":  `{{actor.name | default "Der Service-Desk"}} hat ein Ticket für Sie eröffnet.`,
			"opened":      `{{actor.name | default "Der Service-Desk"}} hat ein Ticket eröffnet:`,
			"approval":    `{{actor.name | default "Der Service-Desk"}} bittet um Ihre Genehmigung:`,
			"reply":       `{{actor.name | default "Der Service-Desk"}} schrieb:`,
			"comment":     `{{actor.name | default "Der Service-Desk"}} schrieb einen Kommentar, den Kunden nicht sehen:`,
			"forward":     `{{actor.name | default "Der Service-Desk"}} leitet Ihnen dies weiter:`,
			"owner":       `{{actor.name | default "Der Service-Desk"}} hat Sie zum Besitzer dieses Tickets gemacht.`,
			"resolved":    "Ihr Ticket ist erledigt.",
		}[name]
	}
	return ""
}
